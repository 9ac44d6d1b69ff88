r"""The slow, exact reading of CSV whose quotes do not follow RFC 4180, one record at a time.

Real exports have `5" rör` and `="007"`: a quote inside a field that does not start with one is a character like any
other. In a field that does start with one, a quote that is followed by neither a separator, a line end nor a quote is
a character too, but only on the line where the field began: after a line end it is a sign that the field was never
closed. A field that is not closed within 1 MiB is not closed.
"""

import re
from functools import cache
from typing import NamedTuple

FIELD_LIMIT = 1 << 20
"""The longest quoted field, in bytes; what is longer is taken for a quote that was never closed."""

_LONE_CR = re.compile(rb"\r(?!\n)")


class Regular(NamedTuple):
    """The whole records of a block, rewritten where need be so that the quotes follow RFC 4180.

    Arguments:
        data: the records; each ends in LF (or CR LF).
        consumed: how many bytes of the block they were; the rest belongs to the next block.
        originals: records that were rewritten, as they stood: offset in `data` to text.
        cut: lines that were taken out since a quote in them is never closed: offset in `data`, and text.
    """

    data: bytes
    consumed: int
    originals: dict[int, bytes]
    cut: list[tuple[int, bytes]]


class Unclosed(Exception):
    """A quoted field is never closed."""


class Incomplete(Exception):
    """The block ends before the record does."""


def regularise(block: bytes, separator: bytes, final: bool) -> Regular:
    r"""Rewrite the records of a block so that a CSV reader can parse them.

    Arguments:
        block: starts where a record starts; ends in LF if it is the last.
        separator: one byte.
        final: whether this is the last block of the file.

    >>> regularise(b'a;5" r\n', b";", True).data
    b'a;"5"" r"\n'
    """
    well_formed, opening = _well_formed(separator), separator + b'"'
    pieces: list[bytes] = []
    originals: dict[int, bytes] = {}
    cut: list[tuple[int, bytes]] = []
    size = kept = position = 0
    lone = _lone_cr(block, 0)
    while True:
        lone = lone if lone >= position else _lone_cr(block, position)
        place = _first(block.find(b'"', position), lone, len(block))
        if place == len(block):
            position = len(block) if final else max(position, block.rfind(b"\n", position) + 1)
            break
        start = max(position, block.rfind(b"\n", position, place) + 1)
        end = block.find(b"\n", start) + 1
        rewritten: bytes | None
        if end and not block.startswith(b'"', start) and block.find(opening, start, end) < 0:
            rewritten = _unquoted(block[start:end], separator)
        else:
            match = well_formed.match(block, start)
            if match and match.end() - start <= FIELD_LIMIT:
                position = match.end()
                continue
            try:
                end, rewritten = record(block, start, separator, final)
            except Incomplete:
                position = start
                break
            except Unclosed:
                rewritten = b""
        if rewritten is not None:
            pieces += (block[kept:start], rewritten)
            size += start - kept
            original = block[start:end].removesuffix(b"\n").removesuffix(b"\r")
            if rewritten:
                originals[size] = original
            else:
                cut.append((size, original))
            size += len(rewritten)
            kept = end
        position = end
    pieces.append(block[kept:position])
    return Regular(b"".join(pieces), position, originals, cut)


def record(block: bytes, start: int, separator: bytes, final: bool) -> tuple[int, bytes | None]:
    """Read the record that starts at a place.

    Returns:
        Where the next record starts, and the record with its end as RFC 4180 would write it; None if it is so written.

    Raises:
        Unclosed: a quoted field of it is never closed, and its first line is whole.
        Incomplete: more of the file is needed to tell.
    """
    field_end = _field_end(separator)
    pieces: list[bytes] = []
    changed = False
    position = start
    while True:
        if block.startswith(b'"', position):
            try:
                end, text = _quoted(block, position, separator, final)
            except Unclosed:
                if block.find(b"\n", start) < 0:
                    raise Incomplete from None
                raise
            changed = changed or end - position != len(text)
        else:
            match = field_end.search(block, position)
            if match is None:
                raise Incomplete
            end = match.start()
            text = _literal(block[position:end])
            changed = changed or end - position != len(text)
        pieces.append(text)
        if block.startswith(separator, end):
            pieces.append(separator)
            position = end + 1
            continue
        after = block.index(b"\n", end) + 1
        pieces.append(block[end:after])
        return after, b"".join(pieces) if changed else None


def _unquoted(line: bytes, separator: bytes) -> bytes:
    """Rewrite a line in which quotes (or CR) stand, but no field starts with one."""
    ending = b"\r\n" if line.endswith(b"\r\n") else b"\n"
    line = line[: -len(ending)]
    fields = [_literal(field) for field in line.split(separator)]
    return separator.join(fields) + ending


def _literal(text: bytes) -> bytes:
    """Quote the text of an unquoted field, if it has characters that need it."""
    return b'"' + text.replace(b'"', b'""') + b'"' if b'"' in text or b"\r" in text else text


def _quoted(block: bytes, start: int, separator: bytes, final: bool) -> tuple[int, bytes]:
    """Return where the quoted field at a place ends, and the field with quotes inside it doubled."""
    limit = start + 1 + FIELD_LIMIT
    pieces: list[bytes] = []
    kept = start
    position = start + 1
    while True:
        place = block.find(b'"', position, limit)
        if place < 0:
            raise Unclosed if final or len(block) >= limit else Incomplete
        after = block[place + 1 : place + 3]
        if len(after) < 2 and not final and after in (b"", b"\r"):
            raise Incomplete
        if after[:1] == b'"':
            position = place + 2
        elif after[:1] in (separator, b"\n") or after == b"\r\n":
            pieces.append(block[kept : place + 1])
            return place + 1, b"".join(pieces)
        elif b"\n" in block[start:place]:
            raise Unclosed
        else:
            pieces.append(block[kept : place + 1] + b'"')
            kept = position = place + 1


def split(text: str, separator: str) -> list[str]:
    """Split a record that follows RFC 4180 into its fields.

    >>> split('a;"b;c";', ";")
    ['a', 'b;c', '']
    """
    fields: list[str] = []
    position = 0
    while True:
        if text.startswith('"', position):
            end = text.find('"', position + 1)
            while end >= 0 and text.startswith('"', end + 1):
                end = text.find('"', end + 2)
            end = end if end >= 0 else len(text)
            fields.append(text[position + 1 : end].replace('""', '"'))
            end += 1
        else:
            end = text.find(separator, position)
            end = end if end >= 0 else len(text)
            fields.append(text[position:end])
        if end >= len(text):
            return fields
        position = end + 1


def _lone_cr(block: bytes, position: int) -> int:
    match = _LONE_CR.search(block, position)
    return match.start() if match else len(block)


def _first(quote: int, lone: int, end: int) -> int:
    return min(quote if quote >= 0 else end, lone)


@cache
def _field_end(separator: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(separator) + rb"|\r?\n")


@cache
def _well_formed(separator: bytes) -> re.Pattern[bytes]:
    """Match a whole record that follows RFC 4180; atomic groups, so that it never backtracks."""
    s = re.escape(separator)
    field = rb'(?>"(?>[^"]+|"")*"|[^"\r\n' + s + rb"]*)"
    return re.compile(rb"(?>" + field + s + rb")*" + field + rb"\r?\n")
