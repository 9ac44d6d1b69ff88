"""Where findings stand: parts of documents in both languages, lines, and the words with what is around them."""

import re
from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from termbank.model import Finding, Location
from termbank.model.parts import part_text
from termbank.reports.characters import one_line, width
from termbank.reports.report import Checked
from termbank.reports.texts import text

_CELL = re.compile(r"(?:(.*), )?cell ([A-Z]{1,3})([0-9]{1,7})")


class Excerpt(NamedTuple):
    """Words with what stands around them, on one line.

    Arguments:
        before, words, after: the line; a cut is shown by an ellipsis.
    """

    before: str
    words: str
    after: str


class Cell(NamedTuple):
    """A cell of a table: the table's name (English, lower case), and its row and column from 1."""

    table: str
    row: int
    column: int


def cell(part: str | None) -> Cell | None:
    """Return the cell that a part names, or None.

    >>> cell("table 2, cell B7")
    Cell(table='table 2', row=7, column=2)
    """
    match = _CELL.fullmatch(part or "")
    if match is None:
        return None
    column = 0
    for letter in match[2]:
        column = column * 26 + ord(letter) - 64
    return Cell(match[1] or "", int(match[3]), column)


def place(location: Location | None, language: str) -> str:
    """Write where in its document a finding stands: part and line, as far as they are known; empty: the whole document.

    >>> place(Location(line=3, column=7), "sv"), place(Location(part="header 1", start=3), "sv")
    ('rad 3, tecken 7', 'sidhuvud 1')
    """
    if location is None:
        return ""
    pieces = [part_text(location.part, language)] if location.part else []
    if location.line is not None and location.column is not None:
        pieces.append(text("line-column", language, line=location.line, column=location.column))
    elif location.line is not None:
        pieces.append(text("line", language, line=location.line))
    elif location.start is not None and not pieces:
        pieces.append(text("offset", language, start=location.start + 1))
    return ", ".join(one_line(piece) for piece in pieces)


def span(finding: Finding, length: int) -> tuple[int, int] | None:
    """Return the stretch of a text of that length that a finding is about; None: the whole document.

    >>> span(Finding(rule="notation", severity="info", location=Location(start=3, end=99)), 10)
    (3, 10)
    """
    location = finding.location
    if location is None or location.start is None or not length:
        return None
    start = min(max(location.start, 0), length)
    end = location.end if location.end is not None else start
    return start, min(max(end, start), length)


def words(checked: Checked, finding: Finding) -> str:
    """Return the words of the text that a finding is about, or what it says that they are.

    >>> words(Checked("a.txt", "två ord"), Finding(rule="notation", severity="info", location=Location(start=4, end=7)))
    'ord'
    """
    found = span(finding, len(checked.text))
    return checked.text[slice(*found)] if found and found[0] < found[1] else finding.value or ""


def excerpt(checked: Checked, finding: Finding, room: int) -> Excerpt | None:
    """Return the words of a finding with their paragraph or line around them, as wide as there is room for.

    Arguments:
        checked: the document.
        finding: what was found in it.
        room: how many columns there are.

    Returns:
        The excerpt, or None where a finding is about no stretch of the text.

    >>> found = Finding(rule="notation", severity="info", location=Location(start=4, end=7))
    >>> excerpt(Checked("a.txt", "ett ord till"), found, 9)
    Excerpt(before='…t ', words='ord', after=' t…')
    """
    found = span(finding, len(checked.text))
    if found is None:
        return None
    start, end = found
    first, last = _around(checked, start, end)
    shown = one_line(checked.text[start:end])
    if width(shown) > room:
        return Excerpt("", _fit(shown, room - 1) + "…", "")
    before = one_line(checked.text[first:start]).lstrip()
    after = one_line(checked.text[end:last]).rstrip()
    left = room - width(shown)
    if width(before) + width(after) <= left:
        return Excerpt(before, shown, after)
    before_room = max(left - width(after), left // 2)
    if width(before) > before_room:
        before = "…" + _fit(before[::-1], before_room - 1)[::-1] if before_room > 1 else ""
    after_room = left - width(before)
    if width(after) > after_room:
        after = _fit(after, after_room - 1) + "…" if after_room > 1 else ""
    return Excerpt(before, shown, after)


def _around(checked: Checked, start: int, end: int) -> tuple[int, int]:
    """Return the line that a stretch stands on, within its block."""
    first = max(checked.text.rfind("\n", max(0, start - 400), start) + 1, start - 400, 0)
    last = checked.text.find("\n", end, end + 400)
    last = last if last >= 0 else min(len(checked.text), end + 400)
    position = bisect_right(checked.blocks, start, key=attrgetter("start")) - 1
    if position >= 0 and start < (block := checked.blocks[position]).end:
        return max(first, block.start), max(end, min(last, block.end))
    return first, last


def _fit(text_: str, room: int) -> str:
    """Cut a text to what there is room for."""
    used = 0
    for position, character in enumerate(text_):
        used += width(character)
        if used > room:
            return text_[:position]
    return text_
