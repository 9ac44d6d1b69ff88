"""XLSX: cells with their places and the headings of their columns."""

import contextlib
import random
import zipfile
from pathlib import Path

import mentions
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from termbank.documents import sheet
from termbank.errors import FormatError


def book(path: Path, sheets: dict[str, dict[str, object]], title: str = "") -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        if title:
            workbook.set_properties({"title": title, "author": "Anna"})
        for name, cells in sheets.items():
            page = workbook.add_worksheet(name)
            for place, value in cells.items():
                page.write(place, value)
    return path


def test_structure(tmp_path: Path) -> None:
    cells = {
        "B2": "Rapport",
        "B4": "Term",
        "C4": "Kod",
        "D4": "Antal",
        "B5": "samverkan",
        "C5": 101,
        "D5": 7,
        "D6": "några",
        "C7": True,
    }
    path = book(tmp_path / "a.xlsx", {"Blad 1": cells, "Tomt": {}, "Två": {"A1": "enda\nrad"}}, "Termer")
    document = sheet.read(path)
    mentions.holds_together(document)
    found = [(document.text[s.start : s.end], s.kind, s.part, s.column) for s in document.segments]
    assert found == [
        ("Rapport", "cell", "sheet Blad 1, cell B2", None), ("Term", "cell", "sheet Blad 1, cell B4", None),
        ("Kod", "cell", "sheet Blad 1, cell C4", None), ("Antal", "cell", "sheet Blad 1, cell D4", None),
        ("samverkan", "cell", "sheet Blad 1, cell B5", "Term"), ("101", "cell", "sheet Blad 1, cell C5", "Kod"),
        ("några", "cell", "sheet Blad 1, cell D6", "Antal"), ("enda\nrad", "cell", "sheet Två, cell A1", None),
    ]  # fmt: skip
    assert (document.title, document.owner) == ("Termer", "Anna")


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 40), st.integers(0, 30)), st.sampled_from(["word", "number", "space"]), max_size=12
    )
)
def test_mentions_stand_in_their_cells(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[tuple[int, int], str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("Å")
        for number, ((row, column), kind) in enumerate(cells.items()):
            page.write(row, column, {"word": f"Vi får qå{number}ö", "number": 5, "space": "  "}[kind])
    document = sheet.read(path)
    mentions.holds_together(document)
    for number, ((row, column), kind) in enumerate(cells.items()):
        if kind == "word":
            start = document.text.index(f"qå{number}ö")
            part = f"sheet Å, cell {xlsxwriter.utility.xl_rowcol_to_cell(row, column)}"
            assert document.location(start, start + 1).part == part


def _rewritten(source: Path, target: Path, part: str, data: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return target


def test_one_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A": {"A1": "a", "XFD1048576": "b"}})
    with pytest.raises(FormatError) as error:
        sheet.read(path)
    assert error.value.finding.rule == "document-too-large"


def test_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(FormatError):
        sheet.read(tmp_path / "a.xlsx")
    path = book(tmp_path / "b.xlsx", {"A": {"A1": "a"}})
    with pytest.raises(FormatError):
        sheet.read(_rewritten(path, tmp_path / "c.xlsx", "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"))


def test_cut_and_broken_files(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A": {"A1": "Term", "B1": "Kod", "A2": "vård", "B2": 3}})
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        inner = archive.read("xl/worksheets/sheet1.xml")
    chance = random.Random(1)
    for number in range(300):
        data = bytearray(inner if number % 3 == 0 else whole)
        if number % 3 == 1:
            data = data[: chance.randrange(len(data))]
        for _ in range(chance.randrange(1, 6)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        target = tmp_path / "b.xlsx"
        if number % 3 == 0:
            _rewritten(path, target, "xl/worksheets/sheet1.xml", bytes(data))
        else:
            target.write_bytes(data)
        with contextlib.suppress(FormatError):
            mentions.holds_together(sheet.read(target))
