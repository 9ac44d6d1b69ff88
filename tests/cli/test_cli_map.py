"""map lint and map convert: what they say, what they write, and with which exit code."""

import json
from pathlib import Path

import pytest
from command import run

HEAD = "#curie_map:\n#  a: https://a/\n#  b: https://b/\n#license: https://l/\n#mapping_set_id: https://s/\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"
ROW = "a:1\tskos:exactMatch\tb:1\tsemapv:MappingReview\t0.50\n"
BAD = ROW.replace("0.50", "1.5")


@pytest.fixture
def sound(isolated: Path) -> Path:
    path = isolated / "par.sssom.tsv"
    path.write_text(HEAD + COLUMNS + ROW, encoding="utf-8")
    return path


@pytest.fixture
def wrong(isolated: Path) -> Path:
    path = isolated / "fel.sssom.tsv"
    path.write_text(HEAD + COLUMNS + ROW + BAD, encoding="utf-8")
    return path


def test_lint(sound: Path, wrong: Path) -> None:
    ran = run("map", "lint", sound, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{sound}: rows 1, accepted 1, refused 0\nerrors: 0, warnings: 0, info: 0\n"
    ran = run("map", "lint", sound, wrong, "--lang", "sv")
    assert ran.code == 1, "a row is refused"
    assert f"{wrong}:8: confidence: fel: confidence är 1.5, som inte är ett tal från 0 till 1." in ran.out
    assert ran.out.endswith(f"{wrong}: rader 2, godtagna 1, avvisade 1\nfel: 1, varningar: 0, upplysningar: 0\n")


def test_lint_of_what_is_no_mapping_set(isolated: Path, sound: Path) -> None:
    empty = isolated / "tom.sssom.tsv"
    empty.write_bytes(b"")
    ran = run("map", "lint", empty, sound, "--lang", "en")
    assert ran.code == 1 and f"{empty}:1: error: The file is empty." in ran.out and f"{sound}: rows 1" in ran.out
    ran = run("map", "lint", isolated / "finns-inte.tsv")
    assert ran.code == 2 and "no such file" in ran.err and ran.out == ""


def test_lint_as_json_and_by_severity(sound: Path, wrong: Path) -> None:
    ran = run("map", "lint", wrong, "--format", "json", "--lang", "en")
    (found,) = json.loads(ran.out)
    assert ran.code == 1 and found["rule"] == "sssom-not-a-number"
    assert found["location"] == {"path": str(wrong), "line": 8, "field": "confidence"}
    sound.write_text(sound.read_text() + "\n", encoding="utf-8")
    assert run("map", "lint", sound).code == 0
    assert run("map", "lint", sound, "--fail-on", "info").code == 1


def test_lint_with_metadata_apart(isolated: Path) -> None:
    rows = isolated / "rader.tsv"
    rows.write_text(COLUMNS + ROW, encoding="utf-8")
    assert run("map", "lint", rows).code == 1
    about = isolated / "om.yml"
    about.write_text(HEAD.replace("#", ""), encoding="utf-8")
    assert run("map", "lint", rows, "--metadata", about).code == 0
    assert run("map", "lint", about).code == 0


def test_convert_there_and_back(sound: Path) -> None:
    made = sound.with_name("par.sssom.json")
    ran = run("map", "convert", sound, "-o", made, "--lang", "en")
    assert (ran.code, ran.out) == (0, f"{made}: 1 of 1 mappings were written; refused rows: 0\n")
    assert json.loads(made.read_text())["mappings"][0]["confidence"] == 0.5
    back = sound.with_name("ut.sssom.tsv")
    assert run("map", "convert", made, "-o", back).code == 0
    assert back.read_text() == HEAD.replace("#license: https://l/\n#mapping_set_id: https://s/\n", "") + (
        "#mapping_set_id: https://s/\n#license: https://l/\n" + COLUMNS + ROW.replace("0.50", "0.5")
    )
    ran = run("map", "convert", sound, "-o", sound.with_name("a.json"), "--format", "json")
    assert json.loads(ran.out)[0] == {
        "path": str(sound.with_name("a.json")), "rows": 1, "written": 1, "refused": 0, "losses": [],
    }  # fmt: skip


def test_convert_drops_no_row_in_silence(wrong: Path) -> None:
    made = wrong.with_name("ut.sssom.json")
    ran = run("map", "convert", wrong, "-o", made, "--lang", "en")
    assert ran.code == 1 and not made.exists()
    assert ran.err.endswith(
        "Nothing was written. Errors: 1. Correct them; map convert --skip-errors converts the rest.\n"
    )
    ran = run("map", "convert", wrong, "-o", made, "--skip-errors", "--lang", "en")
    assert ran.code == 0 and ran.out == f"{made}: 1 of 2 mappings were written; refused rows: 1\n"
    assert f"{wrong}:8: confidence: error:" in ran.err


def test_convert_says_what_is_lost(sound: Path) -> None:
    sound.write_text(sound.read_text().replace("0.50", "0.12345"), encoding="utf-8")
    ran = run("map", "convert", sound, "-o", sound.with_name("ut.tsv"), "--lang", "en")
    assert ran.code == 0 and "confidence, beyond three decimals" in ran.err and "0.12345" in ran.err
    ran = run("map", "convert", sound, "-o", sound.with_name("ut.json"), "--lang", "en")
    assert ran.err == "" and "0.12345" in sound.with_name("ut.json").read_text()


@pytest.mark.parametrize("name", ["ut.fhir.json", "ut.jskos.json", "ut.xlsx", "ut.xml", "ut.csv", "ut.usagi.csv"])
def test_convert_writes_no_sssom_under_the_name_of_another_format(sound: Path, name: str) -> None:
    ran = run("map", "convert", sound, "-o", sound.with_name(name))
    assert ran.code == 2 and "map merge" in ran.err and not sound.with_name(name).exists()


def test_another_format_is_named_once(sound: Path) -> None:
    other = sound.with_name("karta.json")
    other.write_text('{"resourceType": "ConceptMap", "url": "https://x/", "status": "active"}', encoding="utf-8")
    for command in (("lint", other), ("convert", other, "-o", sound.with_name("ut.sssom.tsv"))):
        ran = run("map", *command)
        assert ran.code == 2 and "is no SSSOM but fhir; termbank map merge" in ran.err and ran.out == ""
