"""The byte scanner that goes before Polars: finds the records of a CSV file and takes out those that are malformed.

Polars alone pads short rows, stops at long ones and only reads UTF-8. Here nothing is lost: every record of the file
is either in a `Block`'s data, as UTF-8 and with the right number of fields, or in its `rejected`, with line and reason.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from termbank.errors import ConservationError, FormatError
from termbank.formats.dialect import Dialect
from termbank.records.decoding import Reader, shown
from termbank.records.header import Header, column_names
from termbank.records.quoting import FIELD_LIMIT, Incomplete, Regular, Unclosed, record, regularise
from termbank.records.stopping import StopRows

if TYPE_CHECKING:
    import polars as pl

_LF, _CR, _QUOTE = 10, 13, 34

Offsets = npt.NDArray[np.int64]


class Rejected(NamedTuple):
    r"""A record that is not well formed.

    Arguments:
        line: where it starts, 1-based.
        raw: its text without the line end; bytes that are no text, and NUL, as `\xNN`.
        rule: too-few-fields, too-many-fields, nul-byte, undecodable or unclosed-quote.
        arguments: of the rule's text.
    """

    line: int
    raw: str
    rule: str
    arguments: tuple[tuple[str, str], ...]


class Block(NamedTuple):
    """Some records of a file, in order.

    Arguments:
        data: the well-formed ones as UTF-8; each has the header's number of fields and ends in LF (or CR LF).
        lines: the line on which each of them starts, 1-based.
        rejected: the others.
        blank: how many empty lines there were; they are neither.
    """

    data: bytes
    lines: Offsets
    rejected: list[Rejected]
    blank: int


class _Marks(NamedTuple):
    """Where the records of a text are: offset of each start and of its LF, fields in each, newlines before each."""

    starts: Offsets
    ends: Offsets
    fields: Offsets
    newlines: Offsets


class Scan:
    """A CSV file that is being scanned; made by `scan`.

    Arguments:
        header: the names of the columns.
        records: how many records were seen so far, the rejected ones among them.
        blank: how many empty lines were seen so far.
        stopped_at_line: the line of the sum row before which the data ended; None if there is none.
        trailing: how many lines that are not blank there are from that row on.
    """

    def __init__(self, path: Path, dialect: Dialect, skip_rows: int, stop_at: Sequence[str], block_size: int) -> None:
        self.path = path
        self.dialect = dialect
        self._skip_rows = skip_rows
        self._stop = StopRows(stop_at, dialect.separator)
        self._size = block_size
        self._separator = dialect.separator.encode()
        with Reader(path, dialect) as reader:
            self.header, _, _ = self._read_header(reader, min(block_size, 1 << 16))
        self._reset(0)

    def _reset(self, line: int) -> None:
        self.records = self.blank = self.trailing = 0
        self.stopped_at_line: int | None = None
        self._line = line

    def blocks(self) -> Iterator[Block]:
        """Yield the records, some megabytes at a time; each call starts over.

        Raises:
            FormatError: the file cannot be read any more.
        """
        with Reader(self.path, self.dialect) as reader:
            _, rest, line = self._read_header(reader, self._size)
            self._reset(line)
            final = False
            while not final:
                chunk = reader.read(max(self._size, len(rest)))
                final = not chunk
                rest += chunk
                if final and rest and not rest.endswith(b"\n"):
                    rest += b"\n"
                regular, marks = self._whole_records(rest, final)
                rest = rest[regular.consumed :]
                block, stopped = self._block(regular, marks, reader.old_mac)
                self.records += len(block.lines) + len(block.rejected)
                self.blank += block.blank
                if regular.consumed:
                    yield block
                if stopped is not None:
                    self.trailing = stopped + _count_lines(rest, reader, self._size)
                    return

    def _read_header(self, reader: Reader, size: int) -> tuple[Header, bytes, int]:
        """Read the title rows and the header; return it, the bytes read after it, and the line these start on."""
        text, position, line, titles, final = b"", 0, 1, list[str](), False
        while True:
            while (end := text.find(b"\n", position)) >= 0:
                row = text[position:end].removesuffix(b"\r")
                if len(titles) == self._skip_rows and row:
                    break
                if len(titles) < self._skip_rows:
                    titles.append(shown(row, self.dialect))
                position, line = end + 1, line + 1
            if end >= 0:
                try:
                    end, rewritten = record(text, position, self._separator, final)
                except Incomplete:
                    pass
                except Unclosed:
                    raise FormatError(f"{self.path}:{line}: a quote in the header line is never closed.") from None
                else:
                    row = text[position:end]
                    names = column_names(rewritten or row, self.dialect, reader.old_mac, f"{self.path}:{line}")
                    return Header(names, line, titles), text[end:], line + row.count(b"\n")
            if final:
                skipped = f" after the {self._skip_rows} lines that are skipped" if self._skip_rows else ""
                raise FormatError(f"{self.path}: there is no header line{skipped}; the file may be empty.")
            chunk = reader.read(max(size, len(text)))
            final = not chunk
            text += chunk if chunk or text.endswith(b"\n") else b"\n"

    def _whole_records(self, text: bytes, final: bool) -> tuple[Regular, _Marks]:
        """Find the whole records at the start of a text; where the quotes are irregular, rewrite them first."""
        if b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"):
            marks = _mark(text, self._separator)
            whole = int(marks.ends[-1]) + 1 if marks is not None and len(marks.ends) else 0
            if marks is not None and (whole == len(text) or (whole and not final)):
                return Regular(text[:whole], whole, {}, []), marks
        regular = regularise(text, self._separator, final)
        marks = _mark(regular.data, self._separator, check=False)
        assert marks is not None
        return regular, marks

    def _block(self, regular: Regular, marks: _Marks, old_mac: bool) -> tuple[Block, int | None]:
        """Take out what is not well formed; return the rest, and how many lines follow a sum row if there is one."""
        data, cut = regular.data, regular.cut
        consumed_lines = len(cut) + int(np.count_nonzero(np.frombuffer(data, np.uint8) == _LF))
        places = np.array([offset for offset, _ in cut], dtype=np.int64)
        lines = self._line + marks.newlines + np.searchsorted(places, marks.starts, side="right")
        cut_lines = self._line + np.arange(len(cut)) + _newlines_before(data, places)
        self._line += consumed_lines

        stopped = None
        stop = self._stop.find(data, marks.starts, marks.ends)
        if stop is not None:
            start = int(marks.starts[stop])
            self.stopped_at_line = int(lines[stop])
            stopped = _non_blank(data[start:]) + sum(offset > start for offset, _ in cut)
            cut = [(offset, raw) for offset, raw in cut if offset <= start]
            marks = _Marks(*(part[:stop] for part in marks))
            data, lines = data[:start], lines[:stop]

        keep, blank, faults = self._judge(data, marks)
        rejected = [
            Rejected(line, self._shown(raw, old_mac), "unclosed-quote", ())
            for line, (_, raw) in zip(cut_lines.tolist(), cut, strict=False)
        ]
        for index, (rule, arguments) in faults.items():
            start, end = int(marks.starts[index]), int(marks.ends[index])
            raw = regular.originals.get(start)
            raw = data[start:end].removesuffix(b"\r") if raw is None else raw
            rejected.append(Rejected(int(lines[index]), self._shown(raw, old_mac), rule, arguments))
        rejected.sort(key=lambda item: item.line)
        if not keep.all():
            data, lines = _only(data, marks, keep), lines[keep]
        if old_mac:
            data = _cr_in_quotes(data)
        return Block(data, lines, rejected, blank), stopped

    def _judge(
        self, data: bytes, marks: _Marks
    ) -> tuple[npt.NDArray[np.bool_], int, dict[int, tuple[str, tuple[tuple[str, str], ...]]]]:
        """Tell which records are well formed, how many lines are blank, and what is wrong with the others."""
        width = len(self.header.names)
        keep = marks.fields == width
        array = np.frombuffer(data, np.uint8)
        maybe = np.flatnonzero((marks.fields == 1) & (marks.ends - marks.starts <= 1))
        empty = maybe[(marks.ends[maybe] == marks.starts[maybe]) | (array[marks.starts[maybe]] == _CR)]
        keep[empty] = False
        is_blank = set(empty.tolist())

        faults: dict[int, tuple[str, tuple[tuple[str, str], ...]]] = {}
        for index in np.flatnonzero(~keep).tolist():
            if index not in is_blank:
                found = int(marks.fields[index])
                rule = "too-few-fields" if found < width else "too-many-fields"
                faults[index] = rule, (("found", str(found)), ("expected", str(width)))
        for index in _undecodable(data, array, marks):
            faults[index] = "undecodable", (("encoding", self.dialect.encoding_name),)
        if b"\0" in data:
            for index in np.unique(np.searchsorted(marks.ends, np.flatnonzero(array == 0))).tolist():
                faults[index] = "nul-byte", ()
        keep[list(faults)] = False
        return keep, len(is_blank), faults

    def _shown(self, raw: bytes, old_mac: bool) -> str:
        text = shown(raw, self.dialect)
        return text.replace("\n", "\r") if old_mac else text


def scan(
    path: Path | str,
    dialect: Dialect,
    *,
    skip_rows: int = 0,
    stop_at: Sequence[str] = (),
    block_size: int = 8 << 20,
) -> Scan:
    """Open a CSV file and read its header.

    Arguments:
        path: the file.
        dialect: how it is written.
        skip_rows: title lines above the header line.
        stop_at: the data ends before the first record whose first field that is not empty starts with one of these
            (in either case): sum rows at the end of a report.
        block_size: how many bytes to read at a time; 8 MiB fits the caches and is half as fast again as 32.

    Raises:
        FormatError: the file cannot be read, has no header, or two columns of it have the same name.
    """
    return Scan(Path(path), dialect, skip_rows, stop_at, block_size)


def frame(block: Block, header: Header, dialect: Dialect, needed: Sequence[str] | None = None) -> "pl.DataFrame":
    r"""Parse the records of a block: all columns strings, an empty field null and a quoted empty one `""`.

    Arguments:
        block: the records.
        header: the names of the columns.
        dialect: how they are written.
        needed: the columns to parse; None: all.

    Raises:
        ConservationError: there are not as many rows as records; that cannot happen.

    >>> block = Block(b'1;""\n;x\n', np.array([2, 3]), [], 0)
    >>> frame(block, Header(["a", "b"], 1, []), Dialect()).rows()
    [('1', ''), (None, 'x')]
    """
    import polars as pl

    schema = {name: pl.String() for name in header.names}
    if not len(block.lines):
        return pl.DataFrame(schema=schema)
    # Polars would take "x^" at the start for compressed data and a byte order mark for none: put a row before it.
    extra = block.data[:1] in (b"x", b"\xef")
    data = dialect.separator.encode() * (len(schema) - 1) + b"\n" + block.data if extra else block.data
    try:
        table = pl.read_csv(
            data,
            has_header=False,
            schema=schema,
            columns=None if needed is None else [place for place, name in enumerate(schema) if name in needed],
            separator=dialect.separator,
            quote_char='"',
            eol_char="\n",
        )
    except pl.exceptions.PolarsError as error:
        raise ConservationError(f"Polars cannot parse what was found well formed: {type(error).__name__}.") from error
    table = table.slice(1) if extra else table
    if table.height != len(block.lines):
        raise ConservationError(f"{len(block.lines)} records were found but {table.height} rows were parsed.")
    return table


def _mark(text: bytes, separator: bytes, check: bool = True) -> _Marks | None:
    """Find the whole records of a text by the parity of its quotes; None if these do not follow RFC 4180."""
    array = np.frombuffer(text, np.uint8)
    marks = array == _LF
    marks |= array == separator[0]
    quoted = b'"' in text
    if quoted:
        is_quote = array == _QUOTE
        inside = np.bitwise_xor.accumulate(is_quote.view(np.uint8))
        marks = np.greater(marks.view(np.uint8), inside)
    places = np.flatnonzero(marks)
    last = np.flatnonzero(array[places] == _LF)
    ends = places[last]
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    fields = np.diff(last, prepend=-1)
    newlines = np.arange(len(ends), dtype=np.int64)
    if quoted and len(ends):
        size = int(ends[-1]) + 1
        if check and (int((ends - starts).max()) >= FIELD_LIMIT or not _follows_rfc(array[:size], is_quote, separator)):
            return None
        if np.count_nonzero(array[:size] == _LF) != len(ends):
            newlines = np.searchsorted(np.flatnonzero(array[:size] == _LF), starts)
    return _Marks(starts, ends, fields, newlines)


def _follows_rfc(array: npt.NDArray[np.uint8], is_quote: npt.NDArray[np.bool_], separator: bytes) -> bool:
    """Tell whether each opening quote starts a field and each closing quote ends one."""
    quotes = np.flatnonzero(is_quote[: len(array)])
    before, after = quotes[::2] - 1, quotes[1::2] + 1
    if len(before) and before[0] < 0:
        before = before[1:]
    allowed = np.zeros(256, dtype=np.bool_)
    allowed[[_LF, _QUOTE, separator[0]]] = True
    if not allowed[array[before]].all():
        return False
    ended = allowed[array[after]]
    return bool(ended.all()) or bool((array[after[~ended]] == _CR).all())  # the caller saw that LF follows each CR


def _undecodable(data: bytes, array: npt.NDArray[np.uint8], marks: _Marks) -> list[int]:
    """Return which records are not valid UTF-8."""
    try:
        if not data.isascii():
            codecs.utf_8_decode(data, "strict", True)
    except UnicodeDecodeError:
        bad = []
        for index in np.unique(np.searchsorted(marks.ends, np.flatnonzero(array >= 128))).tolist():
            try:
                data[int(marks.starts[index]) : int(marks.ends[index])].decode()
            except UnicodeDecodeError:
                bad.append(index)
        return bad
    return []


def _only(data: bytes, marks: _Marks, keep: npt.NDArray[np.bool_]) -> bytes:
    """Return the text of the records that are kept."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], keep.view(np.int8), [0])))).reshape(-1, 2)
    view = memoryview(data)
    runs = zip(marks.starts[edges[:, 0]].tolist(), (marks.ends[edges[:, 1] - 1] + 1).tolist(), strict=True)
    return b"".join([view[start:end] for start, end in runs])


def _newlines_before(data: bytes, places: Offsets) -> Offsets:
    """Count the newlines before each of some places."""
    if not len(places):
        return places
    return np.searchsorted(np.flatnonzero(np.frombuffer(data, np.uint8) == _LF), places)


def _cr_in_quotes(data: bytes) -> bytes:
    """Give the line ends inside quoted fields of a CR file back."""
    return re.sub(rb'"[^"]*"', lambda match: match[0].replace(b"\n", b"\r"), data) if b'"' in data else data


def _non_blank(text: bytes) -> int:
    return sum(1 for line in text.split(b"\n") if line.strip())


def _count_lines(rest: bytes, reader: Reader, size: int) -> int:
    """Count the lines that are not blank in what is left of a file."""
    count = 0
    while chunk := reader.read(size):
        whole, _, rest = (rest + chunk).rpartition(b"\n")
        count += _non_blank(whole)
    return count + _non_blank(rest)
