"""lookup, search and translate: what a person, and a program, sees."""

import json
from pathlib import Path

import pytest
from command import run


def test_a_term() -> None:
    ran = run("lookup", "samverkan", "--lang", "sv")
    assert ran.code == 0 and ran.err == ""
    assert ran.out.startswith("samverkan\n  termbank|2026-11 · Begrepp i samordnad vård och omsorg")
    assert "samverkan  (rekommenderad, substantiv)" in ran.out
    assert "Post i Socialstyrelsens termbank  en annan post nämner begreppet" in ran.out, "what is not known is said"
    assert "Definition" in ran.out and "(vår formulering" in ran.out
    assert "Jämför            samordning; samarbete" in ran.out
    english = run("lookup", "samverkan", "--lang", "en").out
    assert "(preferred, noun)" in english and "Compare" in english and "our wording" in english


def test_a_term_that_is_preferred_here_and_deprecated_there() -> None:
    out = run("lookup", "vårdgivare", "--lang", "sv").out
    first, second = out.split("\n\n")
    assert first.startswith("vårdgivare\n")
    assert "vårdgivare  (rekommenderad, substantiv)" in first and "är avrådd här" not in first
    assert second.startswith("hälso- och sjukvårdspersonal\n")
    assert "vårdgivare är avrådd här; använd hälso- och sjukvårdspersonal" in second


def test_a_code() -> None:
    ran = run("lookup", "AU124", "--lang", "sv")
    assert ran.code == 0
    assert ran.out.startswith("AU124  Upprättande av samordnad individuell plan (SIP)\n  kva|2026")
    assert "motsvarar ksi XAH.20.75" in ran.out
    assert run("lookup", "au124", "--in", "kva", "--lang", "sv").out == ran.out
    ran = run("lookup", "GC", "--in", "kva", "--lang", "en")
    assert "Codes below" in ran.out and "Assumed to be a heading" in ran.out and "has no counterpart (ksi)" in ran.out


def test_a_misspelled_term() -> None:
    ran = run("lookup", "samvekran", "--lang", "sv")
    assert ran.code == 1
    assert ran.out.startswith("Ingenting heter samvekran.\nNärmast:\n")
    assert "samverkan" in ran.out.splitlines()[2]


def test_nothing() -> None:
    ran = run("lookup", "qqqqqqqqqq", "--lang", "en")
    assert ran.code == 1 and ran.out.startswith(
        "Nothing is called qqqqqqqqqq.\nWhat is shipped are fragments: icd-10-se|2026,"
    )
    ran = run("search", "qqqqqqqqqq", "--lang", "sv")
    assert (ran.code, ran.out) == (1, "Inget hittades för qqqqqqqqqq.\n")
    for form, nothing in (("json", "[]\n"), ("jsonl", "")):
        assert run("search", "qqqqqqqqqq", "--format", form)[:2] == (1, nothing)
        assert run("lookup", "qqqqqqqqqq", "--format", form)[:2] == (1, nothing)


def test_search() -> None:
    ran = run("search", "samordnad", "plan", "--in", "kva", "--limit", "3", "--lang", "sv")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 3 and all("kva|2026" in line for line in ran.out.splitlines())
    assert "samverkan" in run("search", "samverk").out
    assert run("search", "AU12").out.count("AU12") >= 3
    ran = run("search", "plan", "--in", "finns-inte")
    assert ran.code == 2 and "finns-inte" in ran.err and "kva|2026" in ran.err
    assert run("search", "plan", "--in", "kva|1999").code == 2


def test_translate() -> None:
    ran = run("translate", "--from", "ksi", "--to", "kva", "XAH.20.75", "--lang", "sv")
    assert ran.code == 0
    assert ran.out.startswith("XAH.20.75 Upprätta samordnad individuell plan (SIP)\n")
    assert "motsvarar kva AU124" in ran.out and "läst baklänges" in ran.out and "[kva-to-ksi]" in ran.out
    ran = run("translate", "--from", "kva", "--to", "ksi", "AU124", "XX999", "--lang", "sv")
    assert ran.code == 1
    unknown = "Koden XX999 är okänd här: kva|2026 är ett utdrag, inte hela kodverket."
    assert ran.out.endswith(f"XX999\n  {unknown}\n  ingen översättning känd\n")
    ran = run("translate", "--from", "kva", "--to", "ksi", "GC", "--lang", "en")
    assert ran.code == 0 and "has no counterpart (ksi)" in ran.out


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("lookup", "vårdgivare"), 2), (("search", "samordnad plan", "--limit", "4"), 4),
        (("translate", "--from", "kva", "--to", "ksi", "AU124", "GC"), 2), (("info",), 1), (("vocab", "list"), 10),
    ],
)  # fmt: skip
def test_what_programs_read(arguments: tuple[str, ...], count: int) -> None:
    whole = run(*arguments, "--format", "json")
    lines = run(*arguments, "--format", "jsonl")
    assert whole.err == lines.err == ""
    assert json.loads(whole.out) == [json.loads(line) for line in lines.out.splitlines()]
    assert len(lines.out.splitlines()) == count


def test_the_facts_in_json() -> None:
    first, second = json.loads(run("lookup", "vårdgivare", "--format", "json").out)
    assert (first["vocabulary"], first["concept"]["id"]) == ("termbank|2026-11", "vårdgivare")
    assert {term["text"]: term.get("status") for term in second["concept"]["terms"]}["vårdgivare"] == "deprecated"
    answer = json.loads(run("translate", "--from", "kva", "--to", "ksi", "AU124", "--format", "jsonl").out)
    assert answer["code"] == "AU124"
    assert answer["translations"][0]["coding"]["code"] == "XAH.20.75"
    assert answer["translations"][0]["relationship"] == "equivalent"


def test_the_language_is_that_of_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for locale, said in (("sv_SE.UTF-8", "Inget hittades"), ("en_US.UTF-8", "Nothing was"), ("C", "Nothing was")):
        monkeypatch.setenv("LANG", locale)
        assert run("search", "qqqqqqqqqq").out.startswith(said)


def test_a_code_that_only_an_older_version_has(tmp_path: Path) -> None:
    for version, title, codes in (("1", "gamla", "AB12;Upprätta plan\n"), ("2", "nya", "AB13;Upprätta vårdplan\n")):
        (tmp_path / f"{title}.csv").write_text(f"kod;titel\n{codes}", encoding="utf-8")
        bank = ("--bank", str(tmp_path / "x.bank"))
        assert (
            run("vocab", "add", str(tmp_path / f"{title}.csv"), "--as", "egen", "--version", version, *bank).code == 0
        )
    ran = run("lookup", "AB12", "--lang", "en", *bank)
    assert ran.code == 1
    assert ran.out.startswith(
        "The code AB12 does not exist in egen|2 but does in egen|1 (Upprätta plan).\nNearest:\n  AB13"
    )
