"""The text of a document as HTML: headings, paragraphs, tables, marks on its words, and notes beside them."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from termbank.reports.characters import visible
from termbank.reports.marks import Mark, marked
from termbank.reports.markup import element, escape
from termbank.reports.places import cell, part_text
from termbank.reports.report import Block, Checked
from termbank.reports.shown import Shown
from termbank.reports.tables import table
from termbank.reports.texts import text

Notes = Callable[[list[Shown]], str]
"""Writes the notes of findings."""

GAP = "gap"
"""The kind of a stretch that belongs to no block: code, addresses of links; it is never checked."""


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


def stretches(checked: Checked, found: Sequence[Shown]) -> list[Block]:
    """Return the blocks of a document and what lies between them, where that is more than space or has a finding.

    Arguments:
        checked: the document; without blocks, its lines are taken for paragraphs.
        found: its findings that have a place in the text.

    Returns:
        Stretches in order, which do not overlap.

    >>> [block.kind for block in stretches(Checked("a.md", "ett `kod`", (Block(0, 4, "paragraph", None, None),)), ())]
    ['paragraph', 'gap']
    """
    whole = checked.text
    blocks = list(checked.blocks) or list(_lines(whole))
    starts = sorted({each.span[0] for each in found if each.span})
    result: list[Block] = []
    reached = 0
    for block in [*sorted(blocks, key=lambda each: each[:2]), Block(len(whole), len(whole), GAP, None, None)]:
        start, end = max(block.start, reached), min(max(block.end, reached), len(whole))
        if reached < start and (visible(whole[reached:start]).strip() or _any_between(starts, reached, start)):
            result.append(Block(reached, start, GAP, None, None))
        if start < end:
            result.append(block._replace(start=start, end=end))
        reached = max(reached, end)
    return result


def _lines(whole: str) -> Iterator[Block]:
    start = 0
    for line in whole.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n"))
        if line.strip():
            yield Block(start, end, "paragraph", None, None)
        start += len(line)


def _any_between(starts: list[int], first: int, last: int) -> bool:
    position = bisect_right(starts, first - 1)
    return position < len(starts) and starts[position] < last


def _units(checked: Checked, found: Sequence[Shown], prefix: str, language: str) -> Iterator[_Unit]:
    blocks = stretches(checked, found)
    marks = _placed(blocks, found)
    writer = _Writer(checked.text, prefix, language)
    pairs = list(zip(blocks, marks, strict=True))
    for name, group in groupby(pairs, key=lambda pair: _table_of(pair[0])):
        if name is None:
            for block, here in group:
                yield _Unit(writer.block(block, here), [mark.shown for mark in here if mark.home is not None])
        else:
            yield writer.table(name, list(group))


def _table_of(block: Block) -> str | None:
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
    """Writes the blocks of one document, in order; it keeps the level of the last heading, and the last part."""

    def __init__(self, whole: str, prefix: str, language: str) -> None:
        self.whole = whole
        self.prefix = prefix
        self.language = language
        self.level = 2
        self.part: str | None = None

    def marked(self, block: Block, marks: list[Mark]) -> str:
        """Write the text of a block."""
        return marked(self.whole, block.start, block.end, marks, self.prefix, self.language)

    def block(self, block: Block, marks: list[Mark]) -> str:
        """Write a block, with its part above it where that is another than that of the one before."""
        label = self._label(block)
        inner = self.marked(block, marks)
        if block.kind in ("title", "heading") and self.whole[block.start : block.end].strip():
            wanted = 3 if block.kind == "title" else 2 + max(1, block.level or 1)
            self.level = min(wanted, self.level + 1, 6)
            return label + element(f"h{self.level}", inner, class_="b")
        if block.kind == GAP:
            return label + element("pre", inner, class_="b gap")
        kind = block.kind if block.kind in ("list-item", "quotation", "caption") else ""
        return label + element("p", inner, class_=f"b {kind}".rstrip())

    def table(self, name: str, group: list[tuple[Block, list[Mark]]]) -> _Unit:
        """Write a table or a sheet."""
        self.part = None
        cells = []
        for block, marks in group:
            where = cell(block.part)
            if where is not None:
                cells.append((where, f'<div class="b">{self.marked(block, marks)}</div>'))
        label = _capital(part_text(name, self.language)) or text("table", self.language, number="").strip()
        found = [mark.shown for _, marks in group for mark in marks if mark.home is not None]
        return _Unit(table(label, cells, self.language), found)

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
