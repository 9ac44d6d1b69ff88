"""vocab and info: a user's own lists, and banks of their own."""

import json
from pathlib import Path

import pytest
from command import run

LIST = "kod;benämning;giltig från\nA1;Ett;2025-01-01\nB2;Två;\n"
ADD = ("--as", "egen", "--version", "1", "--lang", "en")


@pytest.fixture
def egen(prepared: Path) -> Path:
    path = prepared / "egen.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def names() -> set[str]:
    return {f"{each['id']}|{each['version']}" for each in json.loads(run("vocab", "list", "--format", "json").out)}


def test_add_look_up_and_remove(egen: Path) -> None:
    ran = run("vocab", "add", egen, *ADD, "--title", "Vår lista")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 codes were added as egen|1.\nThe list does not say the following")
    assert "egen|1" in names()
    assert run("lookup", "B2", "--lang", "en").out.startswith("B2  Två\n  egen|1 · Vår lista · complete")
    ran = run("vocab", "add", egen, *ADD)
    assert ran.code == 2
    assert ran.err == "termbank: egen|1 is already among your lists; remove it first, or replace it (--replace)\n"
    egen.write_text(LIST + "C3;Tre;\n", encoding="utf-8")
    assert run("vocab", "add", egen, *ADD, "--replace").code == 0
    assert run("lookup", "C3", "--in", "egen").code == 0
    ran = run("vocab", "remove", "egen|1", "--lang", "sv")
    assert (ran.code, ran.out) == (0, "egen|1 togs bort ur dina listor.\n")
    assert "egen|1" not in names()
    ran = run("vocab", "remove", "egen|1")
    assert ran.code == 2 and "egen|1 is not among your lists; they are: none" in ran.err


def test_two_versions_side_by_side(egen: Path) -> None:
    assert run("vocab", "add", egen, *ADD, "--valid-to", "2025-12-31").code == 0
    egen.write_text("kod;benämning\nA1;Ett, nytt\n", encoding="utf-8")
    later = ("--as", "egen", "--version", "2", "--valid-from", "2026-01-01", "--lang", "en")
    assert run("vocab", "add", egen, *later).code == 0
    assert {"egen|1", "egen|2"} <= names()
    assert run("lookup", "A1", "--in", "egen", "--lang", "en").out.startswith("A1  Ett, nytt")
    assert run("lookup", "A1", "--in", "egen|1", "--lang", "en").out.startswith("A1  Ett\n")
    listed = run("vocab", "list", "--lang", "en").out
    assert "until 2025-12-31" in listed and "from 2026-01-01" in listed


def test_a_complete_list_goes_before_the_fragment_that_is_shipped(egen: Path) -> None:
    egen.write_text("kod;titel\nAU124;Vår egen\n", encoding="utf-8")
    assert run("vocab", "add", egen, "--as", "kva", "--version", "2026").code == 0
    assert run("lookup", "AU124", "--in", "kva", "--lang", "sv").out.startswith("AU124  Vår egen\n  kva|2026")


def test_errors_are_located(egen: Path) -> None:
    egen.write_text(
        "kod;titel;giltig från\nA1;Ett;\nA1;Igen;\n;Utan kod;\nB2;Två;igår\nC3\nD4;Fyra;\n", encoding="utf-8"
    )
    ran = run("vocab", "add", egen, *ADD)
    assert ran.code == 1
    assert [line for line in ran.err.splitlines() if not line.startswith(" ")] == [
        f"{egen}:3: error: The code A1 already stands on line 2. [duplicate-code]",
        f"{egen}:4: error: The row has no code. [missing-code]",
        f"{egen}:5: error: valid_from is igår, which is no date. [not-a-date]",
        f"{egen}:6: error: The row has 1 fields, the header 3. [too-few-fields]",
        "Nothing was written. Errors: 4. Correct them; vocab add --skip-errors adds the rest.",
    ]
    assert "    Write dates as 2026-03-01." in ran.err.splitlines(), "what to do about it"
    assert "egen|1" not in names()
    ran = run("vocab", "add", egen, *ADD, "--skip-errors")
    assert ran.code == 0 and "2 codes were added" in ran.out and "4 rows with errors were left out" in ran.out


def test_columns_by_name(egen: Path) -> None:
    egen.write_text("nr;ord\nA1;Ett\n", encoding="utf-8")
    assert run("vocab", "add", egen, *ADD).code == 2
    ran = run("vocab", "add", egen, *ADD, "--columns", "code=nr,title=ord")
    assert ran.code == 0
    for wrong in ("code", "code=", "kod=nr", "code=finns ej"):
        assert run("vocab", "add", egen, *ADD, "--replace", "--columns", wrong).code == 2
    assert run("vocab", "add", egen, *ADD, "--replace", "--columns", "code=nr", "--valid-from", "igår").code == 2


def test_a_bank_of_its_own(egen: Path) -> None:
    bank = egen.with_name("region.bank")
    assert run("vocab", "add", egen, *ADD, "--bank", bank).code == 0
    assert "egen|1" not in names()
    listed = json.loads(run("vocab", "list", "--bank", bank, "--format", "json").out)
    assert [each["id"] for each in listed] == ["egen"]
    assert run("lookup", "A1", "--bank", bank).code == 0
    assert run("lookup", "samverkan", "--bank", bank).code == 1
    egen.write_text("kod;titel\nA1;Annat\n", encoding="utf-8")
    assert run("vocab", "add", egen, *ADD, "--bank", bank).code == 0
    assert "Annat" in run("lookup", "A1", "--bank", bank).out
    assert run("vocab", "remove", "egen|1", "--bank", bank).code == 2


@pytest.mark.slow
def test_build(isolated: Path) -> None:
    target = isolated / "alla.bank"
    ran = run("vocab", "build", "-o", target)
    assert ran.code == 0 and str(target) in ran.out
    assert run("lookup", "AU124", "--bank", target).code == 0
    first = json.loads(run("info", "--bank", target, "--format", "json").out)[0]["digest"]
    assert json.loads(run("info", "--format", "json").out)[0]["digest"] == first
    assert run("vocab", "build").code == 0
    assert run("vocab", "build", "-o", isolated / "finns" / "ej" / "x.bank").code in (0, 2)


def test_info(prepared: Path) -> None:
    ran = run("info", "--verify", "--lang", "sv")
    assert ran.code == 0
    for said in ("Egna listor", str(prepared / "data"), "kva|2026", "utdrag", "kva-to-ksi"):
        assert said in ran.out
    facts = json.loads(run("info", "--format", "jsonl").out)
    assert set(facts) == {
        "termbank", "python", "bank", "digest", "data", "cache", "vocabularies", "mapping_sets", "value_sets",
    }  # fmt: skip
    assert {each["id"] for each in facts["mapping_sets"]} >= {"kva-to-ksi"}


def test_a_list_that_was_damaged(egen: Path) -> None:
    assert run("vocab", "add", egen, *ADD).code == 0
    (own,) = (egen.parent / "data" / "vocabularies").iterdir()
    own.write_bytes(own.read_bytes()[:40])
    ran = run("lookup", "A1")
    assert ran.code == 2 and own.name in ran.err and len(ran.err.splitlines()) == 1
