"""Paragraphs, headings, lists, headers and footers of pages on which only lines and their places are known."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from termbank.documents.document import SegmentKind

_ITEM = re.compile(r"\s*(?:[-–•◦‣▪●○■*\uf0b7\uf0a7]|\(?(?:\d{1,3}|[a-zåäö])[.)])\s+(?=\S)")
_DIGITS = re.compile(r"\d+")
_HEADING_LENGTH = 200
_LARGER = 1.12
_REPEATED_ON = 3


class Line(NamedTuple):
    """A line of a page.

    Arguments:
        text: its text.
        height: of its base line, from the bottom of the page, in points.
        size: of its letters, in points.
    """

    text: str
    height: float
    size: float


class Paragraph(NamedTuple):
    """Lines that belong together."""

    page: int
    kind: SegmentKind
    text: str
    level: int | None = None


class Layout:
    """What the lines of all pages say about each other.

    Arguments:
        pages: the lines of each page.

    >>> page = [Line("Syfte", 700, 16), Line("Rutin för sam-", 670, 11), Line("verkan.", 656, 11), Line("Ny.", 620, 11)]
    >>> [(each.kind, each.text) for each in Layout([page]).paragraphs()]
    [('heading', 'Syfte'), ('paragraph', 'Rutin för sam-\\nverkan.'), ('paragraph', 'Ny.')]
    """

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._pages = pages
        self._headers = self._repeated(0)
        self._footers = self._repeated(-1)
        repeated = self._headers | self._footers
        sizes: Counter[float] = Counter()
        for lines in pages:
            for line in lines:
                if _pattern(line) not in repeated:
                    sizes[round(line.size, 1)] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        larger = sorted((size for size in sizes if size > self._body * _LARGER), reverse=True)
        self._levels = {size: min(level, 6) for level, size in enumerate(larger, start=1)}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of all pages in order."""
        for number, page in enumerate(self._pages, start=1):
            lines = list(page)
            footer = lines.pop() if lines and _pattern(lines[-1]) in self._footers else None
            if lines and _pattern(lines[0]) in self._headers:
                yield Paragraph(number, "header", lines.pop(0).text.strip())
            leading = _leading(lines)
            block: list[Line] = []
            for line in lines:
                if block and self._apart(block[-1], line, leading):
                    yield self._paragraph(number, block)
                    block = []
                block.append(line)
            if block:
                yield self._paragraph(number, block)
            if footer:
                yield Paragraph(number, "footer", footer.text.strip())

    def _apart(self, above: Line, line: Line, leading: float) -> bool:
        """Tell whether a line starts a new paragraph."""
        step = above.height - line.height
        return (
            abs(above.size - line.size) > 0.1 * max(above.size, line.size)
            or step > max(leading * 1.25, 1.0) + 0.5
            or step < -line.size
            or _ITEM.match(line.text) is not None
        )

    def _paragraph(self, number: int, block: Sequence[Line]) -> Paragraph:
        text = "\n".join(line.text.strip() for line in block)
        if mark := _ITEM.match(block[0].text):
            bare = text[len(mark[0].lstrip()) :] if text.startswith(mark[0].strip()) else text
            return Paragraph(number, "list-item", bare.lstrip())
        level = self._levels.get(round(block[0].size, 1))
        if level and len(text) <= _HEADING_LENGTH:
            return Paragraph(number, "heading", text, level)
        return Paragraph(number, "paragraph", text)

    def _repeated(self, place: int) -> set[str]:
        """Return the first or last lines that most pages have, but for the numbers in them."""
        found = Counter(_pattern(lines[place]) for lines in self._pages if len(lines) > 1)
        least = max(_REPEATED_ON, len(self._pages) // 2)
        return {pattern for pattern, count in found.items() if count >= least}


def _pattern(line: Line) -> str:
    return _DIGITS.sub("0", " ".join(line.text.split()))


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line; the least usual one where there are several, or a guess."""
    steps = Counter(
        round((above.height - line.height) * 2) / 2
        for above, line in pairwise(lines)
        if 0.7 * line.size < above.height - line.height < 2.5 * line.size
    )
    if not steps:
        return 1.4 * lines[0].size if lines else 0.0
    most = max(steps.values())
    return min(step for step, count in steps.items() if count * 2 >= most)
