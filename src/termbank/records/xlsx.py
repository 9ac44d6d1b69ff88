"""Reading and writing XLSX: rows with their types for the writer, and as strings for the engine."""

import datetime
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self

from termbank.errors import FormatError, WriteError
from termbank.formats.dialect import unreadable
from termbank.records.atomic import AtomicFile, unwritable
from termbank.records.guard import neutralise
from termbank.records.header import Header, unique_names
from termbank.records.scan import Rejected
from termbank.records.stopping import first_starts_with

if TYPE_CHECKING:
    import polars as pl

_MAX_ROWS, _MAX_TEXT = 1_048_576, 32_767


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


class _Sink:
    """Passes on what the ZIP writer writes; what it still tries after the file was given up goes nowhere, silently."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self.given_up = False

    def write(self, data: bytes) -> int:
        if not self.given_up:
            self._file.write(data)
        self._at += len(data)
        return len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        self._at = place if self.given_up else self._file.seek(place, whence)
        return self._at

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        if not self.given_up:
            self._file.flush()


class XlsxWriter:
    """An XLSX file that appears under its name when `commit` is called; leaving the context without it removes it.

    Strings are written as strings, never as formulas or links, so that opening the file runs nothing. One that starts
    with `=` gets an apostrophe all the same: it would become a formula when a colleague edits the cell, or saves the
    sheet as CSV and opens that.

    Arguments:
        path: the target.
        sheet: name of the sheet.
        guard: whether a cell that starts with `=` gets an apostrophe.

    Raises:
        WriteError: the folder does not exist or cannot be written to.
    """

    def __init__(self, path: Path | str, *, sheet: str = "Sheet1", guard: bool = True) -> None:
        import xlsxwriter

        self.path = Path(path)
        self._guard = guard
        self.neutralised = 0
        """How many cells would have started with a formula."""
        self._row = 0
        self._file = AtomicFile(self.path)
        # xlsxwriter keeps the rows in a file of its own until the end, and leaves it there if that never comes
        self._scratch = tempfile.TemporaryDirectory(prefix=".termbank-", dir=self.path.parent)
        options = {
            "constant_memory": True,
            "tmpdir": self._scratch.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        try:
            self._sink = _Sink(self._file.file)
            self._book = xlsxwriter.Workbook(self._sink, options)
            self._sheet = self._book.add_worksheet(sheet)
        except Exception as error:
            self.abort()
            if isinstance(error, xlsxwriter.exceptions.XlsxWriterException):
                raise WriteError(
                    f"{self.path}: {sheet!r} cannot name a sheet; choose a shorter, plain name."
                ) from error
            raise
        self._formats: dict[type, Any] = {
            kind: self._book.add_format({"num_format": pattern})
            for kind, pattern in (
                (datetime.date, "yyyy-mm-dd"),
                (datetime.datetime, "yyyy-mm-dd hh:mm:ss"),
                (datetime.time, "hh:mm:ss"),
                (datetime.timedelta, "[h]:mm:ss"),
            )
        }

    def write_header(self, names: Sequence[str]) -> None:
        """Write the names of the columns.

        Raises:
            WriteError: the sheet is full or the disk is.
        """
        self.write_rows([names])

    def write_rows(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; each cell is a str, number, bool, date, datetime, time, timedelta or None.

        Raises:
            WriteError: the sheet is full or the disk is, or a text is too long for a cell.
        """
        try:
            for row in rows:
                if self._row == _MAX_ROWS:
                    raise self._failed(f"an XLSX sheet has room for {_MAX_ROWS} rows; write CSV, or split the input")
                for column, value in enumerate(row):
                    self._write_cell(column, value)
                self._row += 1
        except OSError as error:
            self.abort()
            raise error if isinstance(error, WriteError) else unwritable(self.path, error) from error

    def _write_cell(self, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, str):
            text = neutralise(value) if self._guard and value.startswith("=") else value
            self.neutralised += text is not value
            if len(text) > _MAX_TEXT:
                raise self._failed(f"a text in row {self._row + 1} is too long for an XLSX cell; write CSV")
            status = self._sheet.write_string(self._row, column, text)
        elif isinstance(value, bool):
            status = self._sheet.write_boolean(self._row, column, value)
        elif isinstance(value, int | float):
            status = self._sheet.write_number(self._row, column, value)
        elif type(value) in self._formats:
            status = self._sheet.write_datetime(self._row, column, value, self._formats[type(value)])
        else:
            raise TypeError(f"a cell cannot hold {type(value).__name__}")
        if status:
            raise self._failed(f"the cell in row {self._row + 1}, column {column + 1} is out of bounds; write CSV")

    def complete(self) -> None:
        """Bring all that was written to the disk, so that `commit` has only the name to change.

        Raises:
            WriteError: there is no room for it; nothing is left of it.
        """
        import xlsxwriter

        if self._file.file.closed:
            return
        try:
            self._book.close()
        except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
            self.abort()
            inner = error.args[0] if error.args else None
            for each in (error, inner):
                if isinstance(each, OSError):
                    raise unwritable(self.path, each) from error
            raise WriteError(f"{self.path}: the XLSX file cannot be completed ({error}); write CSV.") from error
        self._scratch.cleanup()
        self._file.complete()

    def commit(self) -> None:
        """Put the file under its final name.

        Raises:
            WriteError: it could not be completed; nothing is left of it.
        """
        self.complete()
        self._file.commit()

    def abort(self) -> None:
        """Remove what was written; after `commit` this does nothing."""
        self._scratch.cleanup()
        self._sink.given_up = True
        self._file.abort()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _failed(self, reason: str) -> WriteError:
        self.abort()
        return WriteError(f"{self.path}: {reason}.")
