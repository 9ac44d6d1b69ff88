"""Marks on the words of a text, which may overlap, as HTML."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from termbank.model.finding import SEVERITIES
from termbank.reports.markup import escape
from termbank.reports.shown import Shown
from termbank.reports.texts import text


class Mark(NamedTuple):
    """A finding's place in a text.

    Arguments:
        start, end: the words.
        shown: the finding.
        home: where the number stands that leads to the note: after this offset; None: not in this stretch.
    """

    start: int
    end: int
    shown: Shown
    home: int | None


def marked(whole: str, start: int, end: int, marks: Sequence[Mark], prefix: str, language: str) -> str:
    """Write a stretch of a text with its marks; the text itself is not changed.

    Where marks overlap, each piece is marked as the worst that covers it is, so elements never cross.

    Arguments:
        whole: the text.
        start, end: the stretch of it.
        marks: findings in it; they may reach outside it, lie in each other, and be empty.
        prefix: what ids begin with.
        language: of what the numbers are called.

    Returns:
        Markup: `mark` around words, and after each the number as a link to its note.

    >>> marked("a < b", 0, 5, [], "d1", "sv")
    'a &lt; b'
    """
    if not marks:
        return escape(whole[start:end])
    borders = {start, end}
    for mark in marks:
        borders.update(max(start, min(border, end)) for border in (mark.start, mark.end))
    homes: dict[int, list[Shown]] = {}
    for mark in marks:
        if mark.home is not None:
            homes.setdefault(mark.home, []).append(mark.shown)
    pieces = [_number(each, prefix, language) for each in homes.get(start, [])]
    edges = sorted(borders)
    for first, last in pairwise(edges):
        over = [mark.shown for mark in marks if mark.start < last and first < mark.end]
        written = escape(whole[first:last])
        pieces.append(f'<mark class="{_kinds(over)}">{written}</mark>' if over else written)
        pieces += [_number(each, prefix, language) for each in homes.get(last, [])]
    return "".join(pieces)


def kind(shown: Shown) -> str:
    """Return the classes of a finding: its severity's first letter, and whether it was known.

    >>> kind.__name__
    'kind'
    """
    return f"{shown.severity[0]} k" if shown.known else shown.severity[0]


def _kinds(over: list[Shown]) -> str:
    worst = max(over, key=lambda each: (not each.known, SEVERITIES.index(each.severity)))
    return f"{kind(worst)} o" if len(over) > 1 else kind(worst)


def _number(shown: Shown, prefix: str, language: str) -> str:
    name = f"{shown.number}, {text(shown.severity, language)}"
    return (
        f'<a class="ref {kind(shown)}" id="{prefix}-m{shown.number}" href="#{prefix}-n{shown.number}" '
        f'aria-label="{escape(name)}">{shown.number}</a>'
    )
