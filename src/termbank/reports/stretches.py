"""The lines of a document as a page shows them: its blocks, and what lies between and within them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from termbank.reports.characters import visible
from termbank.reports.report import Block, Checked
from termbank.reports.shown import Shown

GAP = "gap"
"""The kind of a stretch that belongs to no block: code, addresses of links; it is never checked."""

Line = list[Block]
"""Stretches that stand on one line: a block that code lies in, and its other half, are one paragraph."""


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
    starts = sorted({each.span[0] for each in found if each.span})
    blocks = sorted(checked.blocks or _paragraphs(whole), key=lambda each: each[:2])
    result: list[Block] = []
    reached = 0
    for block in [*blocks, Block(len(whole), len(whole), GAP, None, None)]:
        start, end = max(block.start, reached), min(max(block.end, reached), len(whole))
        result += [
            _gap(whole, first, last, starts)
            for first, last in _pieces(whole, reached, start)
            if visible(whole[first:last]).strip() or _any_within(starts, first, last)
        ]
        if start < end:
            result.append(block._replace(start=start, end=end))
        reached = max(reached, end)
    return result


def lines(whole: str, blocks: Sequence[Block]) -> list[Line]:
    """Put the stretches that stand on one line together, where they are parts of one block.

    Arguments:
        whole: the text.
        blocks: its stretches.

    Returns:
        Lines, each with at least one stretch.

    >>> checked = Checked("a.md", "se `x` du", (Block(0, 3, "title", None, None), Block(6, 9, "title", None, None)))
    >>> [len(line) for line in lines(checked.text, stretches(checked, ()))]
    [3]
    """
    result: list[Line] = []
    for block in blocks:
        if result and _on_one_line(whole, result[-1][-1], block) and _alike(lead(result[-1]), block):
            result[-1].append(block)
        else:
            result.append([block])
    return result


def lead(line: Line) -> Block:
    """Return the stretch that says what a line is: the first that is no gap.

    >>> lead([Block(0, 1, "gap", None, None), Block(1, 2, "heading", None, 1)]).kind
    'heading'
    """
    return next((block for block in line if block.kind != GAP), line[0])


def _paragraphs(whole: str) -> Iterator[Block]:
    start = 0
    for line in whole.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n"))
        if line.strip():
            yield Block(start, end, "paragraph", None, None)
        start += len(line)


def _pieces(whole: str, start: int, end: int) -> list[tuple[int, int]]:
    """Divide what lies between two blocks: what ends the line of the first, what stands alone, what begins the next."""
    first = whole.find("\n", start, end)
    if first < 0:
        return [(start, end)] if start < end else []
    last = whole.rfind("\n", start, end) + 1
    return [piece for piece in ((start, first), (first, last), (last, end)) if piece[0] < piece[1]]


def _gap(whole: str, start: int, end: int, starts: list[int]) -> Block:
    """Return a gap, without the line ends around it where nothing was found in them."""
    inner = whole[start:end]
    first, last = end - len(inner.lstrip("\n")), start + len(inner.rstrip("\n"))
    if first >= last or _any_within(starts, start, first) or _any_within(starts, last, end):
        first, last = start, end
    return Block(first, last, GAP, None, None)


def _any_within(starts: list[int], first: int, last: int) -> bool:
    position = bisect_left(starts, first)
    return position < len(starts) and starts[position] < last


def _on_one_line(whole: str, before: Block, after: Block) -> bool:
    first = before.start if before.kind == GAP else before.end
    last = after.end if after.kind == GAP else after.start
    return "\n" not in whole[first:last]


def _alike(first: Block, second: Block) -> bool:
    return GAP in (first.kind, second.kind) or first[2:] == second[2:]
