"""Writing CSV in the dialect of the file it came from."""

import io
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from termbank.errors import WriteError
from termbank.formats.dialect import Dialect
from termbank.records.atomic import AtomicFile
from termbank.records.guard import neutralise, neutralise_frame

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CsvWriter", "neutralise"]


class CsvWriter:
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

    def write_mixed(self, table: "pl.DataFrame", lines: Sequence[int], raw: Sequence[tuple[int, Sequence[str], str]]) -> None:
        """Write rejected records in their order: the rows of a table, and records that are no rows.

        Arguments:
            table: rows, whose columns are strings.
            lines: the line that each of them came from.
            raw: for each other record its line, some fields of ours, and its text as it stood.

        Raises:
            WriteError: disk or encoding cannot hold them.
        """
        if not raw:
            self.write(table)
            return
        rendered = str(self._rendered(table), "utf-8", "surrogatepass") if table.height else ""
        rows = rendered.split(self.dialect.newline) if table.height else []
        if len(rows) != table.height:  # a field has a newline of its own
            rows = [str(self._rendered(table[place]), "utf-8", "surrogatepass") for place in range(table.height)]
        records = list(zip(lines, rows, strict=True))
        records += [(line, self._fields(prefix) + self.dialect.separator + text) for line, prefix, text in raw]
        records.sort(key=lambda record: record[0])
        self._write_text(self.dialect.newline.join(text for _, text in records))

    def _rendered(self, table: "pl.DataFrame") -> memoryview:
        """Return rows as CSV in UTF-8, without the last newline."""
        if self._guard:
            table, count = neutralise_frame(table)
            self.neutralised += count
        if table.width == 1:  # a null alone would be a blank line
            table = table.fill_null("")
        buffer = io.BytesIO()
        table.write_csv(
            buffer,
            include_header=False,
            separator=self.dialect.separator,
            line_terminator=self.dialect.newline,
            quote_style="necessary",
        )
        return buffer.getbuffer()[: buffer.tell() - len(self.dialect.newline)]

    def write_raw(self, prefix: Sequence[str], raw: str) -> None:
        """Write a rejected record: some fields of ours, then its text as it stood.

        Raises:
            WriteError: disk or encoding cannot hold them.
        """
        self._write_text(self._fields(prefix) + self.dialect.separator + raw)

    def commit(self) -> None:
        """Put the file under its final name.

        Raises:
            WriteError: it could not be completed; nothing is left of it.
        """
        if self.dialect.final_newline:
            self._write_text("")
        self._file.commit()

    def abort(self) -> None:
        """Remove what was written; after `commit` this does nothing."""
        self._file.abort()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

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
