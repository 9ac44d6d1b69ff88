"""Sheets: types are kept, nothing is dropped, and nothing runs when the file is opened."""

import datetime
import stat
import zipfile

import openpyxl
import pytest
import xlsxwriter

from termbank.errors import FormatError, WriteError
from termbank.records.xlsx import read_xlsx
from termbank.records.xlsx_out import XlsxWriter

DAY = datetime.date(2026, 3, 1)
NOON = datetime.datetime(2026, 3, 1, 12, 30)


def sheet(path, rows, first=(0, 0), name="Blad 1"):
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet(name)
    book.add_worksheet("Blad 2")
    for number, row in enumerate(rows, start=first[0]):
        page.write_row(number, first[1], row)
    book.close()
    return path


def read(path, **options):
    found = read_xlsx(path, **options)
    blocks = list(found)
    return found, [row for b in blocks for row in b.strings.rows()], [row for b in blocks for row in b.typed], [
        line for b in blocks for line in b.lines], [r for b in blocks for r in b.rejected]  # fmt: skip


@pytest.mark.parametrize("block_rows", [1, 2, 50_000])
def test_rows_and_their_types(tmp_path, block_rows):
    rows = [
        ["Rapport"], [], ["kod", None, "dag"], ["007", 321, DAY], [], [True, 0.5, NOON], ["x"],
        ["a", 1, DAY, None, "y;"],
        ["Summa", 3], [], ["slut"],
    ]  # fmt: skip
    path = sheet(tmp_path / "in.xlsx", rows, first=(2, 1))
    found, strings, typed, lines, rejected = read(path, skip_rows=3, stop_at=["summa"], block_rows=block_rows)
    assert found.header.names == ["column_1", "kod", "column_3", "dag"]
    assert (found.header.line, found.header.titles) == (5, ["", "", ";Rapport"])
    assert strings == [
        (None, "007", "321", "2026-03-01"), (None, "true", "0.5", "2026-03-01T12:30:00"), (None, "x", None, None),
    ]  # fmt: skip
    assert typed == [[None, "007", 321.0, DAY], [None, True, 0.5, NOON], [None, "x", None, None]]
    assert lines == [6, 8, 9]
    assert [(r.line, r.raw, r.rule) for r in rejected] == [(10, ';a;1;2026-03-01;;"y;"', "too-many-fields")]
    assert (found.records, found.trailing, found.stopped_at_line) == (4, 2, 11)
    assert found.blank == 1


def test_written_rows_are_read_back(tmp_path):
    target = tmp_path / "ut.xlsx"
    rows = [["007", 321.0, DAY, NOON], ["=1+1", True, None, datetime.time(8, 5)],
            ["http://x.se", -5, datetime.timedelta(hours=30), "å"]]  # fmt: skip
    with XlsxWriter(target) as writer:
        writer.write_header(["a", "b", "c", "d"])
        writer.write_rows(rows)
        assert not target.exists()
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} <= {0o600, 0o700}
        writer.commit()
    assert writer.neutralised == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]
    rows[1][0] = "'=1+1"
    assert read(target)[2] == rows
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(target).active.iter_rows(min_row=2)]
    assert cells[0] == ["007", 321, datetime.datetime(2026, 3, 1), NOON]
    assert cells[1][0] == "'=1+1"
    assert openpyxl.load_workbook(target).active["A4"].hyperlink is None


def test_nothing_is_left_without_commit(tmp_path):
    with XlsxWriter(tmp_path / "ut.xlsx") as writer:
        writer.write_header(["a"])
    with pytest.raises(WriteError, match="too long"), XlsxWriter(tmp_path / "ut.xlsx") as writer:
        writer.write_rows([["x" * 40_000]])
    with pytest.raises(WriteError, match="sheet"):
        XlsxWriter(tmp_path / "ut.xlsx", sheet="[fel]" * 10)
    assert not list(tmp_path.iterdir())


def test_sheets_by_number_and_name(tmp_path):
    path = sheet(tmp_path / "in.xlsx", [["a"], ["1"]])
    assert read(path, sheet="Blad 1")[1] == read(path, sheet=1)[1] == [("1",)]
    for wrong in (3, 0, "blad"):
        with pytest.raises(FormatError, match="'Blad 1', 'Blad 2'"):
            read_xlsx(path, sheet=wrong)
    with pytest.raises(FormatError, match="no header row"):
        read_xlsx(path, sheet=2)


def test_columns_of_the_same_name(tmp_path):
    with pytest.raises(FormatError, match="row 1: more than one column is named 'a'"):
        read_xlsx(sheet(tmp_path / "in.xlsx", [["a", "a"]]))


def test_files_that_are_no_sheets(tmp_path):
    whole = sheet(tmp_path / "in.xlsx", [["a"]]).read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    wrong = {
        "text.xlsx": (b"a;b\n", "not an XLSX"),
        "half.xlsx": (whole[: len(whole) // 2], "damaged"),
        "old.xlsx": (ole + b"Workbook", "XLS"),
        "locked.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "password"),
    }
    for name, (content, words) in wrong.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FormatError, match=words):
            read_xlsx(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(FormatError, match="ZIP"):
        read_xlsx(tmp_path / "zip.xlsx")
    with pytest.raises(FormatError, match="no such file"):
        read_xlsx(tmp_path / "none.xlsx")
    with pytest.raises(FormatError, match="folder"):
        read_xlsx(tmp_path)
