"""The lines of a file cut into rows, with the rules of quoting; a row that cannot be cut is refused by itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from termbank.model import Finding, Location
from termbank.model.rules import rule

_LONGEST = 1000
"""The most lines that one quoted value may span; a quote that is open longer was never meant to close."""

_SURROGATE = re.compile("[\udc80-\udcff]").search


class Row(NamedTuple):
    """One row: the line on which it begins, and its cells."""

    line: int
    cells: list[str]


class Refused(NamedTuple):
    """A row that is not taken: the line on which it begins, and why."""

    line: int
    finding: Finding


class Lines:
    """Lines that can be looked at ahead, counted from 1."""

    def __init__(self, lines: Iterator[str], above: int = 0) -> None:
        self._lines = lines
        self._ahead: list[str] = []
        self.number = above

    def next(self) -> str | None:
        """Take the next line, without its end; None after the last."""
        line = self._ahead.pop() if self._ahead else next(self._lines, None)
        if line is None:
            return None
        self.number += 1
        return line

    def back(self, lines: list[str]) -> None:
        """Put lines back, to be taken again."""
        self._ahead.extend(reversed(lines))
        self.number -= len(lines)


def rows(lines: Lines, separator: str, width: int, path: str) -> Iterator[Row | Refused | Finding]:
    """Cut lines into rows.

    Arguments:
        lines: what follows the header row.
        separator: tab or comma.
        width: how many columns the header has.
        path: for the places of findings.

    Yields:
        Rows of that width; refused rows; and findings that refuse nothing.
    """
    while (line := lines.next()) is not None:
        start = lines.number
        if '"' not in line and "\0" not in line and (line.isascii() or not _SURROGATE(line)):
            text = line[:-2] if line.endswith("\r\n") else line[:-1] if line.endswith("\n") else line
            cells = text.split(separator)
            if len(cells) == width and text.strip():
                yield Row(start, cells)
                continue
        yield from _careful(line, start, lines, separator, width, path)


def _careful(
    line: str, start: int, lines: Lines, separator: str, width: int, path: str
) -> Iterator[Row | Refused | Finding]:
    """Cut a line with quotes, or one that is not as it should be."""
    where = Location(path=path, line=start)
    if not line.strip():
        yield rule("sssom-blank-line").finding(where)
        return
    cells, taken, stray = _cells(line, lines, separator)
    if cells is not None and taken and (stray or len(cells) != width):
        lines.back(taken)  # a quote that closed somewhere it was not meant to
        cells = None
    if cells is None:
        yield Refused(start, rule("unclosed-quote").finding(where))
        return
    if stray:
        yield rule("sssom-stray-quote").finding(where)
    whole = line + "".join(taken)
    if "\0" in whole:
        yield Refused(start, rule("nul-byte").finding(where))
    elif _SURROGATE(whole):
        yield Refused(start, rule("sssom-undecodable").finding(where))
    elif len(cells) > width and any(cells[width:]):
        yield Refused(start, rule("too-many-fields").finding(where, found=len(cells), expected=width))
    else:
        if len(cells) < width:
            yield rule("sssom-short-row").finding(where, found=str(len(cells)), expected=str(width))
        yield Row(start, [*cells[:width], *[""] * (width - len(cells))])


def _cells(line: str, lines: Lines, separator: str) -> tuple[list[str] | None, list[str], bool]:
    """Cut a line, and those after it that a quoted value goes on over.

    Returns:
        The cells, or None where a quote never closes; the further lines; whether quotes stand where none should.
    """
    taken: list[str] = []
    cells: list[str] = []
    stray = False
    text, at = line, 0
    while True:
        if text[at : at + 1] != '"':
            end = text.find(separator, at)
            cell = text[at:] if end < 0 else text[at:end]
            if end < 0:
                cell = cell.rstrip("\r\n") if cell.endswith("\n") else cell
            stray = stray or '"' in cell
            cells.append(cell)
        else:
            found = _quoted(text, at + 1, lines, taken)
            if found is None:
                lines.back(taken)
                return None, [], False
            cell, text, at = found
            end = text.find(separator, at)
            rest = (text[at:] if end < 0 else text[at:end]).rstrip("\r\n" if end < 0 else "")
            stray = stray or bool(rest)
            cells.append(cell + rest)
        if end < 0:
            return cells, taken, stray
        at = end + 1


def _quoted(text: str, at: int, lines: Lines, taken: list[str]) -> tuple[str, str, int] | None:
    """Read a quoted value; return it, the line on which it ends, and where in that line."""
    parts: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            parts.append(text[at:])
            more = lines.next() if len(taken) < _LONGEST else None
            if more is None:
                return None
            taken.append(more)
            text, at = more, 0
        elif text[end + 1 : end + 2] == '"':
            parts.append(text[at : end + 1])
            at = end + 2
        else:
            parts.append(text[at:end])
            return "".join(parts), text, end + 1
