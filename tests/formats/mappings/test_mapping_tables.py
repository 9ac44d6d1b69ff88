"""Plain tables: two columns and more, how people write them, and what never goes into a cell."""

import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from mapping_making import OBJECT, SUBJECT, file, lost, of, pair, plain, rules

from termbank.errors import FormatError, WriteError
from termbank.formats.mappings import sheets, table
from termbank.model import Coding


def read(folder: Path, text: str, name: str = "lokal-to-kva.csv", **options):
    return table.read(file(folder, text, name), **options)


def workbook(path: Path, *rows: list[object]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def test_two_columns_are_enough(tmp_path: Path):
    found = read(tmp_path, "lokal kod;till kod\n1;AU124\n2;AU125\n")
    assert [str(each.subject) + " " + str(each.object) for each in found.mapping_set.mappings] == [
        "lokal#1 kva#AU124", "lokal#2 kva#AU125",
    ]  # fmt: skip
    assert {each.predicate for each in found.mapping_set.mappings} == {"skos:mappingRelation"}
    assert rules(found) == ["mapping-relationship-assumed"] and [place.line for place in found.places] == [2, 3]
    assert (found.mapping_set.subject_source, found.mapping_set.object_source) == ("lokal", "kva")


def test_two_columns_of_other_names_are_told(tmp_path: Path):
    found = read(tmp_path, "gammal,ny\nX1,AU124\n", "a.csv", source="a", target="b", predicate="skos:exactMatch")
    assert rules(found) == ["mapping-columns-assumed", "mapping-relationship-assumed"]
    assert plain(found.mapping_set.mappings[0]) == pair(Coding(system="a", code="X1"), Coding(system="b", code="AU124"))


def test_everything_that_people_write(tmp_path: Path):
    text = ("Källkod;Källtext;Målkod;Måltext;Förhållande;Kommentar;Granskad av;Datum;Säkerhet;Enhet\r\n"
            "1;Plan;AU124;SIP;vidare;täcker mer;Bo;2026-03-01;0,9;ktv\r\n")  # fmt: skip
    path = tmp_path / "lokal-to-kva.csv"
    path.write_bytes(text.encode("cp1252"))
    found = table.read(path)
    (only,) = found.mapping_set.mappings
    assert only.subject.display == "Plan" and only.object == Coding(system="kva", code="AU124", display="SIP")
    assert (only.predicate, only.comment, only.reviewer) == ("skos:broadMatch", "täcker mer", "Bo")
    assert only.date == datetime.date(2026, 3, 1) and only.confidence == 0.9
    assert only.extra["table"]["Enhet"] == "ktv" and rules(found) == ["encoding-assumed"]
    report = table.write(found.mapping_set, tmp_path / "lokal-to-kva.csv")
    assert not report and table.read(path).mapping_set.mappings == found.mapping_set.mappings


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (";AU124;;", "mapping-missing-code"), ("1;;;", "mapping-no-target"),
        ("1;AU124;ungefär;", "mapping-unknown-relationship"),
        ("1;AU124;saknas;", "mapping-unknown-relationship"), ("1,23E+17;AU124;;", "mapping-mangled-code"),
        ("1;AU124;;2", "mapping-not-a-number"), ("1;AU124", "too-few-fields"), ("1;AU124;;;;x", "too-many-fields"),
    ],
)  # fmt: skip
def test_each_row_is_accepted_or_refused(tmp_path: Path, row: str, rule: str):
    found = read(tmp_path, f"source_code;target_code;relationship;confidence\n1;AU124;=;\n{row}\n")
    assert [each.rule for each in found.refused] == [rule] and found.refused[0].location.line == 3
    assert found.rows == 2


def test_no_counterpart_must_be_said(tmp_path: Path):
    found = read(tmp_path, "source_code;target_code;relation\n1;;saknas\n")
    assert found.mapping_set.mappings[0].object is None and not found.findings
    table.write(found.mapping_set, tmp_path / "lokal-to-kva.csv")
    assert "1;;;;saknas;" in (tmp_path / "lokal-to-kva.csv").read_text().replace("1;;;;saknas", "1;;;;saknas")


def test_numbers_of_a_sheet_are_told(tmp_path: Path):
    path = workbook(
        tmp_path / "lokal-to-kva.xlsx", ["kod", "till"], [123, "AU124"], ["0123", "AU125"], [1.2e17, "AU126"], []
    )
    found = table.read(path)
    assert [each.subject.code for each in found.mapping_set.mappings] == ["123", "0123"]
    assert "mapping-number-cells" in rules(found)
    assert [each.rule for each in found.refused] == ["mapping-mangled-code"] and found.refused[0].location.line == 4
    uneven = read(tmp_path, "kod;till\n12;AU124\n345;AU125\n")
    assert "mapping-uneven-codes" in rules(uneven)
    assert "mapping-uneven-codes" not in rules(read(tmp_path, "kod;till\n012;AU124\n3;AU125\n"))


@pytest.mark.parametrize("name", ["plans.csv", "plans.xlsx"])
def test_no_cell_is_a_formula(tmp_path: Path, name: str):
    evil = pair(comment="=1+1", author="'=2", reviewer="@SUM(A1)", tool="-A1")
    report = table.write(of(evil), tmp_path / name)
    assert table.read(tmp_path / name).mapping_set.mappings == (evil,) and not report
    if name.endswith("csv"):
        assert ";'=1+1" in (tmp_path / name).read_text()
    else:
        with zipfile.ZipFile(tmp_path / name) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_first_six_columns_are_always_there(tmp_path: Path):
    table.write(of(pair()), tmp_path / "kva-to-ksi.csv")
    assert (tmp_path / "kva-to-ksi.csv").read_text() == (
        "source_code;source_title;target_code;target_title;relationship;comment\n"
        "AU124;Upprättande av SIP;XAH.20.75;;skos:exactMatch;\n"
    )
    table.write(of(pair(negated=True)), tmp_path / "plans.csv")
    assert table.read(tmp_path / "plans.csv").mapping_set.mappings == (pair(negated=True),)


def test_the_same_is_written_the_same(tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        table.write(of(pair(), id="a"), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_a_table_cannot_hold(tmp_path: Path):
    odd = pair(subject=SUBJECT.with_(code="1E10"), object=OBJECT)
    report = table.write(of(odd, pair(comment=" a "), title="T"), tmp_path / "plans.csv")
    assert lost(report) == {"mappings", "Mapping.comment", "MappingSet.title"}
    with pytest.raises(WriteError, match="too much"):
        table.write(of(pair(comment="a" * 40_000)), tmp_path / "plans.xlsx")
    with pytest.raises(FormatError, match="half a character"):
        table.write(of(pair(comment="\ud800")), tmp_path / "plans.csv")
    assert not (tmp_path / "plans.xlsx").exists()


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", {}, "empty"), ("a;a\n1;2\n", {}, "stands twice"), ("kod;titel;x\n1;2;3\n", {}, "target code"),
        ("kod;till\n1;2\n", {"columns": {"mål": "till"}}, "no column role"),
        ("kod;till\n1;2\n", {"columns": {"target_code": "mål"}}, "no column mål"),
        ("kod;till\n1;2\n", {}, "of which systems"),
        ('kod;till\n"1;2\n', {"source": "a", "target": "b"}, "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, text: str, options: dict, said: str):
    with pytest.raises(FormatError, match=said):
        read(tmp_path, text, "a.csv", **options)


def test_what_is_no_sheet(tmp_path: Path):
    with pytest.raises(FormatError, match="not an XLSX"):
        sheets.lines(file(tmp_path, "kod;till", "a.xlsx"))
    with pytest.raises(FormatError, match="cannot be read"):
        sheets.lines(file(tmp_path, "PK\x03\x04", "a.xlsx"))
    with pytest.raises(FormatError, match="no such file"):
        sheets.lines(tmp_path / "b.xlsx")


def test_columns_can_be_named(tmp_path: Path):
    found = read(tmp_path, "x;y;z\n1;2;3\n", columns={"source_code": "z", "target_code": "X"})
    assert str(found.mapping_set.mappings[0].object) == "kva#1"
    assert found.mapping_set.mappings[0].extra == {"table": {"y": "2"}}
