"""Writing XLSX: cells keep their types, and nothing in them runs when the file is opened."""

import datetime
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from termbank.errors import WriteError
from termbank.files import AtomicFile, unwritable
from termbank.records.atomic import AtomicWriter
from termbank.records.guard import neutralise

_MAX_ROWS, _MAX_TEXT = 1_048_576, 32_767


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


class XlsxWriter(AtomicWriter):
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
        super().complete()

    def abort(self) -> None:
        """Remove what was written; after `commit` this does nothing."""
        self._scratch.cleanup()
        self._sink.given_up = True
        super().abort()

    def _failed(self, reason: str) -> WriteError:
        self.abort()
        return WriteError(f"{self.path}: {reason}.")
