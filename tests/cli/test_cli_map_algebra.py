"""termbank map invert, chain, merge, diff, coverage, check, and translate --via: what a person, and a program, sees."""

import json
from pathlib import Path

import pytest
from command import run

from termbank.formats import sssom

ROOT = Path(__file__).resolve().parents[2]
TO_KSI, TO_PLANS, FROM_KSI = (
    ROOT / "mappings" / f"{name}.sssom.tsv"
    for name in ("kva-to-ksi", "kva-to-care-plan-types", "ksi-to-care-plan-types")
)
HEAD = "#mapping_set_id: urn:x:{name}\n#license: https://spdx.org/licenses/CC0-1.0\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"


def written(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.sssom.tsv"
    lines = "".join(f"{row.replace(' ', chr(9))}\tsemapv:ManualMappingCuration\n" for row in rows)
    path.write_text(HEAD.format(name=name) + COLUMNS + lines, encoding="utf-8")
    return path


def test_turned_round_twice(tmp_path: Path) -> None:
    once, twice = tmp_path / "kva-to-ksi-inverted.sssom.tsv", tmp_path / "kva-to-ksi.sssom.tsv"
    ran = run("map", "invert", TO_KSI, "-o", once, "--lang", "sv")
    assert (ran.code, ran.err) == (0, "") and ran.out == f"{once}: 17 mappningar\n"
    assert run("map", "lint", once).code == 0
    assert run("map", "invert", once, "-o", twice).code == 0
    same = run("map", "diff", TO_KSI, twice, "--lang", "en")
    assert (same.code, same.out) == (0, "No difference.\n")


def test_on_stdout_it_is_sssom(tmp_path: Path) -> None:
    ran = run("map", "invert", TO_KSI)
    path = tmp_path / "kva-to-ksi-inverted.sssom.tsv"
    path.write_text(ran.out, encoding="utf-8")
    reading = sssom.read(path)
    assert len(reading.mapping_set.mappings) == 17 and not reading.refused
    assert len(json.loads(run("map", "invert", TO_KSI, "--format", "json").out)["mappings"]) == 17
    assert len(run("map", "invert", TO_KSI, "--format", "jsonl").out.splitlines()) == 17


def test_what_cannot_be_turned_round_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "x", "a:1 rdf:type b:1", "a:2 skos:exactMatch b:2")
    ran = run("map", "invert", path, "--lang", "sv", "--fail-on", "warning")
    assert ran.code == 1 and "kan inte vändas: rdf:type" in ran.err and "b:2" in ran.out and "b:1" not in ran.out


def test_chained(tmp_path: Path) -> None:
    made = tmp_path / "chained.sssom.tsv"
    ran = run("map", "chain", TO_KSI, FROM_KSI, "-o", made, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    found = sssom.read(made).mapping_set.mappings
    assert {(m.subject.code, m.object.code, m.predicate) for m in found} == {
        ("AU124", "SIP", "skos:relatedMatch"), ("AU125", "SIP", "skos:relatedMatch"),
        ("AU125", "SPU", "skos:relatedMatch"),
    }  # fmt: skip
    assert {m.justification for m in found} == {"semapv:MappingChaining"}
    assert "nothing leads on" in run("map", "chain", TO_KSI, FROM_KSI, "--lang", "en", "-v").err


def test_chained_through_a_system_in_any_direction(tmp_path: Path) -> None:
    made = tmp_path / "k.sssom.tsv"
    arguments = ("--from", "ksi", "--to", "care-plan-types", "--via", "kva", "-o", made)
    assert run("map", "chain", TO_KSI, TO_PLANS, *arguments).code == 0
    assert {m.subject.code for m in sssom.read(made).mapping_set.mappings} == {"XAH.20.75", "XAH.20.65"}
    for wrong in (
        ("map", "chain", TO_KSI),
        ("map", "chain", TO_KSI, "--via", "kva"),
        ("map", "chain", TO_KSI, "--to", "x"),
    ):
        assert run(*wrong).code == 2


def test_merged_with_what_contradicts(tmp_path: Path) -> None:
    one = written(tmp_path, "one", "a:1 skos:exactMatch b:1")
    two = written(tmp_path, "two", "a:1 skos:broadMatch b:1", "a:2 skos:exactMatch b:2")
    made = tmp_path / "merged.sssom.tsv"
    ran = run("map", "merge", one, two, "-o", made, "--lang", "sv")
    assert ran.code == 1, "a contradiction is an error"
    assert "skos:exactMatch [one] och skos:broadMatch [two] kan inte båda stämma" in ran.err
    assert len(sssom.read(made).mapping_set.mappings) == 3, "and nothing is decided"
    assert run("map", "merge", one, one, "-o", made).code == 0


def test_a_difference(tmp_path: Path) -> None:
    one = written(tmp_path, "one", "a:1 skos:exactMatch b:1", "a:2 skos:exactMatch b:2")
    two = written(tmp_path, "two", "a:1 skos:broadMatch b:1", "a:3 skos:exactMatch b:3")
    ran = run("map", "diff", one, two, "--lang", "sv")
    assert ran.code == 1
    for said in (
        "Tillkommit (1)",
        "Borttaget (1)",
        "Ändrat (1)",
        "a 1 → b 1\n    predicate_id: skos:exactMatch → skos:broadMatch",
    ):
        assert said in ran.out
    kinds = [row["kind"] for row in json.loads(run("map", "diff", one, two, "--format", "json").out)]
    assert kinds == ["header", "added", "removed", "changed"]
    assert run("map", "diff", one).code == 2


def test_covered(tmp_path: Path) -> None:
    ran = run("map", "coverage", TO_KSI, "--of", "kva", "--to", "ksi", "--lang", "sv", "--list", "none")
    assert ran.code == 0 and ran.err == ""
    assert "kva|2026 är här ett utdrag" in ran.out and "mappade                9 koder" in ran.out
    assert "GC           Samordning" in ran.out
    (plain,) = json.loads(run("map", "coverage", TO_KSI, "--of", "kva", "--to", "ksi", "--format", "json").out)
    assert plain["mapped"] + plain["none"] + plain["missing"] == plain["total"] and plain["complete"] is False


def test_rows_covered(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("kva;n\nAU124;1\nAU124;2\nGC;3\n19121212-1212;4\n", encoding="utf-8")
    arguments = ("map", "coverage", TO_KSI, "--of", "kva", "--to", "ksi", "--data", data, "--lang", "en")
    ran = run(*arguments, "--list", "mapped", "--list", "unknown")
    assert "2 rows (50.0 %), 1 codes" in ran.out and "AU124" in ran.out
    assert "19121212" not in ran.out, "values of records are not shown unasked"
    assert "19121212" in run(*arguments, "--list", "unknown", "--show-values").out
    assert "AU124" not in run(*arguments, "--list", "mapped", "--min-count", "5").out
    (plain,) = json.loads(run(*arguments, "--format", "json").out)
    assert plain["rows"] == {"total": 4, "mapped": 2, "none": 1, "missing": 0, "unknown": 1}
    assert run(*arguments, "--column", "finns-inte").code == 2


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "x.bank"
    for version, codes in (("1", "A1;Upprätta plan\nA2;Samtal\n"), ("2", "B1;Upprätta plan\nA2;Enskilt samtal\n")):
        listed = tmp_path / f"{version}.csv"
        listed.write_text(f"kod;titel\n{codes}", encoding="utf-8")
        assert run("vocab", "add", listed, "--as", "k", "--version", version, "--bank", path).code == 0
    return path


def test_codes_that_are_gone(tmp_path: Path, bank: Path) -> None:
    path = written(tmp_path, "x", "l:1 skos:exactMatch k:A1", "l:2 skos:exactMatch k:A2")
    repaired = tmp_path / "repairs.sssom.tsv"
    ran = run("map", "check", path, "--bank", bank, "--lang", "sv", "--repair", repaired)
    assert ran.code == 1 and "[withdrawn-code]" in ran.out and "l:1 → k:A1" in ran.out
    (found,) = sssom.read(repaired).mapping_set.mappings
    assert (found.object.code, found.predicate, found.justification) == (
        "B1",
        "skos:exactMatch",
        "semapv:LexicalMatching",
    )
    assert "B1 har samma titel som k A1" in ran.err
    rows = json.loads(run("map", "check", path, "--bank", bank, "--format", "json", "--repair", repaired).out)
    assert [row["rule"] for row in rows if row["severity"] == "error"] == ["withdrawn-code"]
    assert run("map", "check", TO_KSI, "--lang", "en").out.endswith("all codes are right.\n")


def test_a_new_edition(tmp_path: Path, bank: Path) -> None:
    path = written(tmp_path, "x", "l:1 skos:exactMatch k:A1", "l:2 skos:exactMatch k:A2")
    ran = run("map", "diff", path, "--edition", "k|1", "k|2", "--bank", bank, "--lang", "sv")
    assert ran.code == 1
    assert [line.rsplit("[")[-1] for line in ran.out.splitlines() if "[" in line] == [
        "edition-code-gone]", "edition-reworded]", "edition-new-code]",
    ]  # fmt: skip
    assert run("map", "diff", path, "--edition", "k|2", "k|2", "--bank", bank).code == 0
    assert run("map", "diff", path, "--edition", "k", "k|2", "--bank", bank).code == 2


# -- translate


def test_translated_through_another_system() -> None:
    ran = run("translate", "--from", "kva", "--to", "care-plan-types", "--via", "ksi", "AU124", "--lang", "sv")
    assert ran.code == 0
    for said in (
        "har samband med care-plan-types SIP",
        "säkerhet 0,855",
        "1. kva AU124 motsvarar ksi XAH.20.75",
        "[ksi-to-care-plan-types]",
    ):
        assert said in " ".join(ran.out.split())
    (answer,) = json.loads(
        run("translate", "--from", "kva", "--to", "care-plan-types", "--via", "ksi", "AU124", "--format", "json").out
    )
    assert answer["translations"][0]["direction"] == "other" and len(answer["translations"][0]["steps"]) == 2


def test_what_nothing_follows_of_is_shown_and_not_counted() -> None:
    asked = ("translate", "--from", "kva", "--to", "termbank", "--via", "ksi", "QT011")
    ran = run(*asked, "--lang", "en")
    assert ran.code == 1 and "no translation known" in ran.out
    assert "no relation follows to termbank anhörigstöd" in " ".join(ran.out.split())
    assert json.loads(run(*asked, "--format", "json").out) == [{"code": "QT011", "translations": []}]


def test_direction_choice_and_questions(tmp_path: Path) -> None:
    bank = tmp_path / "x.bank"
    for name in "lk":
        (tmp_path / f"{name}.csv").write_text("kod;titel\n1;Ett\n2;Två\n", encoding="utf-8")
        assert run("vocab", "add", tmp_path / f"{name}.csv", "--as", name, "--version", "1", "--bank", bank).code == 0
    path = written(tmp_path, "x", "l:1 skos:broadMatch k:1", "l:1 skos:narrowMatch k:2")
    assert run("vocab", "add", path, "--bank", bank).code == 0
    ran = run("translate", "--from", "l", "--to", "k", "1", "--bank", bank, "--lang", "sv", "--on", "2026-01-01")
    for said in (
        "Målet är vidare: detaljer går förlorade.",
        "Målet är snävare",
        "Flera svar; inget är valt.",
        "bedömd av människa",
    ):
        assert said in ran.out
    assert run("translate", "--from", "l", "--to", "k", "1", "--bank", bank, "--on", "igår").code == 2
    assert run("translate", "--from", "l", "--to", "k", "1", "--bank", bank, "--answer", "age").code == 2


def test_rules_are_asked_about_and_answered(tmp_path: Path) -> None:
    from termbank import Coding, Concept, Mapping, MappingSet, Vocabulary
    from termbank.store.build import build

    rules = ("IFA 248152002 | Female (finding) |", "OTHERWISE TRUE")
    mappings = tuple(
        Mapping(
            subject=Coding(system="l", code="1"), object=Coding(system="k", code=f"B{place}"),
            predicate="skos:exactMatch", group=1, priority=place, rule=rule,
        )
        for place, rule in enumerate(rules)
    )  # fmt: skip
    words = [Vocabulary(id=name, title=name, version="1", concepts=[Concept(id="1")]) for name in "lk"]
    build(tmp_path / "x.bank", words, [MappingSet(id="m", mappings=mappings)])
    asked = ("translate", "--from", "l", "--to", "k", "1", "--bank", tmp_path / "x.bank", "--lang", "sv")
    ran = run(*asked)
    assert ran.code == 0 and ran.out.count("rätt svar på: kön (--answer sex=...)") == 2
    ran = run(*asked, "--answer", "sex=male")
    assert "k B1" in ran.out and "k B0" not in ran.out and "rätt svar" not in ran.out
    wrong = run(*asked, "--answer", "sex=blue")
    assert wrong.code == 2 and "blue is none of female" in wrong.err


def test_what_is_not_written_is_not_counted(tmp_path: Path) -> None:
    made = tmp_path / "der2_iisssccRefset_x.txt"
    ran = run("map", "merge", TO_KSI, "-o", made, "--lang", "en")
    assert ran.code == 1 and ran.out == f"{made}: 0 mappings\n"
