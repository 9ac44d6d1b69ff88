"""Reading XLSX: rows with their types for the writer, and as strings for the engine."""

import datetime
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from termbank.errors import FormatError
from termbank.formats.dialect import unreadable
from termbank.records.header import Header, unique_names
from termbank.records.scan import Rejected
from termbank.records.stopping import first_starts_with

if TYPE_CHECKING:
    import polars as pl


class Rows(NamedTuple):
    """Some rows of a sheet, in order.

    Arguments:
        typed: their cells as they are: str, float, bool, date, datetime, time, timedelta or None.
        strings: the same as the engine sees them; see `cell_text`.
        lines: the row of the sheet that each is, 1-based.
        rejected: rows with values beyond the last column.
        blank: how many empty rows there were; they are neither.
    """

    typed: list[list[object]]
    strings: "pl.DataFrame"
    lines: list[int]
    rejected: list[Rejected]
    blank: int


def cell_text(value: object) -> str | None:
    """Return a cell as the engine sees it; None for an empty cell.

    >>> cell_text(321.0), cell_text(datetime.datetime(2026, 3, 1)), cell_text(True), cell_text("")
    ('321', '2026-03-01', 'true', None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


class XlsxScan:
    """A sheet that is being read; made by `read_xlsx`.

    Arguments:
        header: the names of the columns.
        records: how many rows were seen so far, the rejected ones among them.
        blank: how many empty rows were seen so far.
        stopped_at_line: the row before which the data ended; None if there is no sum row.
        trailing: how many rows that are not empty there are from that row on.
    """

    def __init__(
        self, path: Path, sheet: Any, *, offset: int, skip_rows: int, stop_at: Sequence[str], block_rows: int
    ) -> None:
        self.path = path
        self._sheet = sheet
        self._offset = offset  # the empty columns to the left, which calamine leaves out
        self._skip_rows = skip_rows
        self._stop_at = tuple(start.strip().casefold() for start in stop_at if start.strip())
        self._block_rows = block_rows
        self._reset()
        self.header = self._read_header(self._rows())

    def _reset(self) -> None:
        self.records = self.blank = self.trailing = 0
        self.stopped_at_line: int | None = None

    def _rows(self) -> Iterator[tuple[int, list[object]]]:
        """Yield all rows of the sheet, with their numbers, None for each empty cell."""
        left: list[object] = [None] * self._offset
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            yield number, left + [None if cell == "" else cell for cell in row]

    def _read_header(self, rows: Iterator[tuple[int, list[object]]]) -> Header:
        titles: list[str] = []
        for number, row in rows:
            cells = [cell_text(cell) or "" for cell in row]
            while cells and not cells[-1].strip():
                cells.pop()
            if number <= self._skip_rows:
                titles.append(";".join(cells))
            elif cells:
                return Header(unique_names(cells, f"{self.path}, row {number}"), number, titles)
        skipped = f" after the {self._skip_rows} rows that are skipped" if self._skip_rows else ""
        raise FormatError(f"{self.path}: there is no header row{skipped}; the sheet may be empty.")

    def __iter__(self) -> Iterator[Rows]:
        """Yield the rows, some thousands at a time; each call starts over."""
        self._reset()
        rows = self._rows()
        self._read_header(rows)
        width = len(self.header.names)
        typed: list[list[object]] = []
        texts: list[list[str | None]] = []
        lines: list[int] = []
        rejected: list[Rejected] = []
        blank = 0
        for number, row in rows:
            text = [cell_text(cell) for cell in row]
            if not any(text):
                blank += self.stopped_at_line is None
            elif self.stopped_at_line is not None or (self._stop_at and first_starts_with(text, self._stop_at)):
                self.stopped_at_line = self.stopped_at_line or number
                self.trailing += 1
            elif any(text[width:]):
                found = max(place for place, cell in enumerate(text, start=1) if cell)
                rejected.append(_too_many(number, text[:found], width))
            else:
                missing = width - len(row)
                typed.append(row[:width] + [None] * missing)
                texts.append(text[:width] + [None] * missing)
                lines.append(number)
            if len(lines) + len(rejected) >= self._block_rows:
                yield self._take(typed, texts, lines, rejected, blank)
                typed, texts, lines, rejected, blank = [], [], [], [], 0
        if lines or rejected or blank:
            yield self._take(typed, texts, lines, rejected, blank)

    def _take(
        self,
        typed: list[list[object]],
        texts: list[list[str | None]],
        lines: list[int],
        rejected: list[Rejected],
        blank: int,
    ) -> Rows:
        import polars as pl

        self.records += len(lines) + len(rejected)
        self.blank += blank
        schema = dict.fromkeys(self.header.names, pl.String)
        columns = zip(*texts, strict=True) if texts else ([] for _ in schema)
        strings = pl.DataFrame(
            [pl.Series(name, column, dtype=pl.String) for name, column in zip(schema, columns, strict=True)]
        )
        return Rows(typed, strings, lines, rejected, blank)


def _too_many(number: int, cells: list[str | None], width: int) -> Rejected:
    """Reject a row with values beyond the last column; its text is its cells as CSV with semicolons."""
    texts = [cell or "" for cell in cells]
    raw = ";".join('"' + text.replace('"', '""') + '"' if set(text) & set(';"\r\n') else text for text in texts)
    return Rejected(number, raw, "too-many-fields", (("found", str(len(cells))), ("expected", str(width))))


def read_xlsx(
    path: Path | str,
    *,
    sheet: str | int = 1,
    skip_rows: int = 0,
    stop_at: Sequence[str] = (),
    block_rows: int = 50_000,
) -> XlsxScan:
    """Open a sheet of an XLSX file and read its header.

    Arguments:
        path: the file.
        sheet: number, from 1, or name.
        skip_rows: title rows above the header row.
        stop_at: the data ends before the first row whose first cell that is not empty starts with one of these.
        block_rows: how many rows to give at a time.

    Raises:
        FormatError: it cannot be read, is no XLSX, needs a password, or has no such sheet or no header.
    """
    import python_calamine as calamine

    path = Path(path)
    _must_be_xlsx(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        found = names[sheet - 1] if isinstance(sheet, int) and 0 < sheet <= len(names) else sheet
        if found not in names:
            listed = ", ".join(repr(name) for name in names)
            raise FormatError(f"{path}: there is no sheet {sheet!r}; the sheets are {listed}.")
        opened = book.get_sheet_by_name(str(found))
    except calamine.PasswordError as error:
        raise _locked(path) from error
    except calamine.CalamineError as error:
        raise FormatError(f"{path}: the XLSX file is damaged ({error}); open it in Excel and save it anew.") from error
    offset = opened.start[1] if opened.start else 0
    return XlsxScan(path, opened, offset=offset, skip_rows=skip_rows, stop_at=stop_at, block_rows=block_rows)


def _must_be_xlsx(path: Path) -> None:
    """Tell early, and better than the reader would, that a file is no XLSX.

    Raises:
        FormatError: it is not.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            compound = file.read() if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" else b""
        if compound and "EncryptedPackage".encode("utf-16-le") in compound:
            raise _locked(path)
        if compound:
            raise FormatError(f"{path}: this is an old Excel file (XLS); open it in Excel and save it as XLSX.")
        if not start.startswith(b"PK"):
            raise FormatError(f"{path}: this is not an XLSX file; save it as XLSX, or give it its right name.")
        with zipfile.ZipFile(path) as archive:
            parts = archive.namelist()
    except zipfile.BadZipFile as error:
        raise FormatError(f"{path}: the XLSX file is damaged or not complete; fetch or save it anew.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    if not any(part.lower().endswith("workbook.xml") for part in parts):
        raise FormatError(f"{path}: this is a ZIP archive but not an XLSX file; save the sheet as XLSX.")


def _locked(path: Path) -> FormatError:
    return FormatError(f"{path}: the file is protected with a password; save it without one.")
