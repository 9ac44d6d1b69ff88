"""Writing CSV in the dialect of the file it came from."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from termbank.errors import WriteError
from termbank.files import AtomicFile
from termbank.formats.dialect import Dialect
from termbank.records.atomic import AtomicWriter
from termbank.records.guard import neutralise, neutralise_frame

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CsvWriter", "neutralise"]


class CsvWriter(AtomicWriter):
    """A CSV file that appears under its name when `commit` is called; leaving the context without it removes it.

    A null is written as nothing and an empty string as `""`. No cell starts with a formula; see `guard`.

    Arguments:
        path: the target.
        dialect: encoding (with its byte order mark), separator and line end, and whether the last line has one.
        guard: whether a cell that would start with a formula gets an apostrophe.

    Raises:
        WriteError: the folder does not exist or cannot be written to.
    """

    def __init__(self, path: Path | str, dialect: Dialect, *, guard: bool = True) -> None:
        self.path = Path(path)
        self.dialect = dialect
        self._guard = guard
        self.neutralised = 0
        """How many cells would have started with a formula."""
        self._pending = ""  # the newline that the next record, or a dialect with a final newline, asks for
        self._file = AtomicFile(self.path)
        self._file.write(dialect.mark)

    def write_header(self, names: Sequence[str]) -> None:
        """Write the names of the columns.

        Raises:
            WriteError: disk or encoding cannot hold them.
        """
        self._write_text(self._fields(names))

    def write(self, table: "pl.DataFrame") -> None:
        """Write the rows of a table; its columns are strings.

        Raises:
            WriteError: disk or encoding cannot hold them.
        """
        if table.height:
            self._write_encoded(self._rendered(table))

    def write_records(self, records: "pl.Series") -> None:
        """Write records that are CSV already, without their ends.

        Raises:
            WriteError: disk or encoding cannot hold them.
        """
        if len(records):
            self._write_encoded(self._bytes(records.to_frame(), "never"))

    def guarded(self, table: "pl.DataFrame") -> "pl.DataFrame":
        """Return a table without formulas, and count them."""
        if not self._guard:
            return table
        safe, count = neutralise_frame(table)
        self.neutralised += count
        return safe

    def raw(self, prefix: Sequence[str], text: str) -> str:
        """Return a record of line, rule and reason, and a text as it stood.

        It is rewritten where it would do harm: a quote that never closes would take the records after it along, and is
        written inside one field; and it may have formulas.
        """
        if "unclosed-quote" in prefix:
            return self._fields([*prefix, text])
        if self._guard and any(char in text for char in "=@+-\t\r"):
            csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
            fields = next(csv.reader(io.StringIO(text, newline=""), delimiter=self.dialect.separator))
            if any(neutralise(field) != field for field in fields):
                return self._fields([*prefix, *fields])
        return self._fields(prefix) + self.dialect.separator + text

    def _rendered(self, table: "pl.DataFrame") -> memoryview:
        """Return rows as CSV in UTF-8, without the last newline."""
        table = self.guarded(table)
        if table.width == 1:  # a null alone would be a blank line
            table = table.fill_null("")
        return self._bytes(table, "necessary")

    def _bytes(self, table: "pl.DataFrame", quotes: Literal["necessary", "never"]) -> memoryview:
        buffer = io.BytesIO()
        table.write_csv(
            buffer,
            include_header=False,
            separator=self.dialect.separator,
            line_terminator=self.dialect.newline,
            quote_style=quotes,
        )
        return buffer.getbuffer()[: buffer.tell() - len(self.dialect.newline)]

    def complete(self) -> None:
        """Bring all that was written to the disk, so that `commit` has only the name to change.

        Raises:
            WriteError: there is no room for it; nothing is left of it.
        """
        if self.dialect.final_newline and not self._file.file.closed:
            self._write_text("")
        super().complete()

    def _fields(self, fields: Sequence[str]) -> str:
        """Write some fields as a record, without its end."""
        safe = [neutralise(field) if self._guard else field for field in fields]
        self.neutralised += sum(one != other for one, other in zip(safe, fields, strict=True))
        special = (self.dialect.separator, '"', "\n", "\r")
        quoted = ['"' + one.replace('"', '""') + '"' if any(c in one for c in special) else one for one in safe]
        return '""' if quoted == [""] else self.dialect.separator.join(quoted)

    def _write_text(self, text: str) -> None:
        self._write_encoded(memoryview(text.encode("utf-8", "surrogatepass")))

    def _write_encoded(self, text: memoryview) -> None:
        """Write UTF-8 text that has no newline at its end in the encoding of the dialect."""
        newline, self._pending = self._pending, self.dialect.newline
        encoding = self.dialect.encoding
        if encoding.startswith("utf-8"):
            self._file.write(newline.encode())
            self._file.write(text)
            return
        try:
            self._file.write((newline + str(text, "utf-8", "surrogatepass")).encode(encoding))
        except UnicodeEncodeError as error:
            self.abort()
            char = error.object[error.start]
            name = self.dialect.encoding_name
            raise WriteError(
                f"{self.path}: the character {char!r} (U+{ord(char):04X}) cannot be written in {name}; "
                "choose utf-8 for the output."
            ) from error
