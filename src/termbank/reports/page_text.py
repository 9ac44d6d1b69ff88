"""The text of a document as HTML: headings, paragraphs, tables, marks on its words, and notes beside them."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from termbank.model.parts import part_text
from termbank.reports.marks import Mark, marked
from termbank.reports.markup import element, escape
from termbank.reports.places import cell
from termbank.reports.report import Block, Checked
from termbank.reports.shown import Shown
from termbank.reports.stretches import GAP, Line, lead, lines, stretches
from termbank.reports.tables import table
from termbank.reports.texts import text

Notes = Callable[[list[Shown]], str]
"""Writes the notes of findings."""


class _Unit(NamedTuple):
    """What stands in one place of the page: a block or a table, with the findings that begin in it."""

    html: str
    found: list[Shown]


def body(checked: Checked, found: Sequence[Shown], prefix: str, language: str, notes: Notes) -> Iterator[str]:
    r"""Write the text of a document, each block followed by the notes of the findings that begin in it.

    Arguments:
        checked: the document.
        found: its findings that have a place in the text.
        prefix: what ids begin with.
        language: `sv` or `en`, of labels.
        notes: writes notes.

    Returns:
        Markup, row by row: a block, its notes, and the text that follows until the next block that has notes.

    >>> "".join(body(Checked("a.txt", "En rad"), (), "d1", "sv", lambda _: ""))
    '<div class="row"><div class="t"><p class="b">En rad</p></div></div>\n'
    """
    noted = ""
    texts: list[str] = []
    for unit in _units(checked, found, prefix, language):
        if unit.found:
            if noted or texts:
                yield _row(noted, texts)
            noted, texts = f'<div class="t">{unit.html}</div>{notes(unit.found)}', []
        else:
            texts.append(unit.html)
    if noted or texts:
        yield _row(noted, texts)


def _row(noted: str, texts: list[str]) -> str:
    rest = f'<div class="t">{"".join(texts)}</div>' if texts else ""
    return f'<div class="row{" noted" if noted else ""}">{noted}{rest}</div>\n'


def _units(checked: Checked, found: Sequence[Shown], prefix: str, language: str) -> Iterator[_Unit]:
    blocks = stretches(checked, found)
    marks = dict(zip(blocks, _placed(blocks, found), strict=True))
    writer = _Writer(checked.text, prefix, language, marks)
    for name, group in groupby(lines(checked.text, blocks), key=_table_of):
        if name is None:
            for line in group:
                yield _Unit(writer.line(line), writer.found(line))
        else:
            yield writer.table(name, list(group))


def _table_of(line: Line) -> str | None:
    block = lead(line)
    found = cell(block.part) if block.kind == "cell" else None
    return found.table if found else None


def _placed(blocks: list[Block], found: Sequence[Shown]) -> list[list[Mark]]:
    """Return the marks of each block; the number of a finding stands where it ends in the block it begins in."""
    placed: list[list[Mark]] = [[] for _ in blocks]
    starts = [block.start for block in blocks]
    for each in found:
        if each.span is None or not blocks:
            continue
        start, end = each.span
        home = min(max(bisect_right(starts, start) - 1, 0), len(blocks) - 1)
        if home + 1 < len(blocks) and start >= blocks[home].end and start < end:
            home += 1
        inside = min(max(end, blocks[home].start), blocks[home].end)
        placed[home].append(Mark(start, end, each, inside))
        for position in range(home + 1, len(blocks)):
            if blocks[position].start >= end:
                break
            placed[position].append(Mark(start, end, each, None))
    return placed


class _Writer:
    """Writes the lines of one document, in order; it keeps the level of the last heading, and the last part."""

    def __init__(self, whole: str, prefix: str, language: str, marks: dict[Block, list[Mark]]) -> None:
        self.whole = whole
        self.prefix = prefix
        self.language = language
        self.marks = marks
        self.level = 2
        self.part: str | None = None

    def found(self, line: Line) -> list[Shown]:
        """Return the findings that begin in a line."""
        return [mark.shown for block in line for mark in self.marks[block] if mark.home is not None]

    def marked(self, line: Line) -> str:
        """Write the text of a line; what is not checked stands in it as code."""
        pieces, reached = [], line[0].start
        for block in line:
            pieces.append(escape(self.whole[reached : block.start]))
            written = marked(self.whole, block.start, block.end, self.marks[block], self.prefix, self.language)
            pieces.append(element("code", written) if block.kind == GAP and len(line) > 1 else written)
            reached = block.end
        return "".join(pieces)

    def line(self, line: Line) -> str:
        """Write a line, with its part above it where that is another than that of the one before."""
        block = lead(line)
        label = self._label(block)
        inner = self.marked(line)
        if block.kind in ("title", "heading") and self.whole[block.start : block.end].strip():
            wanted = 3 if block.kind == "title" else 2 + max(1, block.level or 1)
            self.level = min(wanted, self.level + 1, 6)
            return label + element(f"h{self.level}", inner, class_="b")
        if block.kind == GAP:
            return label + element("pre", inner, class_="b gap")
        kind = block.kind if block.kind in ("list-item", "quotation", "caption") else ""
        return label + element("p", inner, class_=f"b {kind}".rstrip())

    def table(self, name: str, group: list[Line]) -> _Unit:
        """Write a table or a sheet."""
        self.part = None
        cells = []
        for line in group:
            where = cell(lead(line).part)
            if where is not None:
                cells.append((where, f'<div class="b">{self.marked(line)}</div>'))
        label = _capital(part_text(name, self.language)) or text("table", self.language, number="").strip()
        return _Unit(table(label, cells, self.language), [each for line in group for each in self.found(line)])

    def _label(self, block: Block) -> str:
        if block.part == self.part or block.kind == GAP:
            return ""
        self.part = block.part
        if block.part is None:
            return ""
        label = escape(_capital(part_text(block.part, self.language)))
        return element("p", label, class_="part", lang=None if self.language == "sv" else self.language)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
