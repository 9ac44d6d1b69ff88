"""From offsets in the text of a document to offsets in its source, and changes to exactly those words."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from termbank.model import Edit

_LINE_END = re.compile(r"\r\n?|\n")


class Change(NamedTuple):
    """A stretch of the source, and what shall stand there instead."""

    start: int
    end: int
    text: str


class Positions:
    """Where each stretch of a text stands in its source: pieces, in the order of both.

    A piece whose text is as long as its source maps character by character; any other (`&aring;`, a line break with the
    quotation mark of the next line) maps as a whole. Text that no piece covers stands nowhere in the source.

    Arguments:
        source: the whole source.

    >>> positions = Positions("sam<b>verkan</b>")
    >>> positions.add(0, 3, 0, 3)
    >>> positions.add(3, 9, 6, 12)
    >>> positions.source_offset(4), positions.spans(1, 5), positions.place(3)
    (7, [(1, 3), (6, 8)], (1, 7))
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = array("q")
        self._ends = array("q")
        self._source_starts = array("q")
        self._source_ends = array("q")

    def add(self, start: int, end: int, source_start: int, source_end: int) -> None:
        """Say where the next piece of the text stands; pieces come in order."""
        alike = end - start == source_end - source_start
        if self._ends and alike and self._ends[-1] == start and self._source_ends[-1] == source_start:
            length = self._ends[-1] - self._starts[-1]
            if length == self._source_ends[-1] - self._source_starts[-1]:
                self._ends[-1] = end
                self._source_ends[-1] = source_end
                return
        self._starts.append(start)
        self._ends.append(end)
        self._source_starts.append(source_start)
        self._source_ends.append(source_end)

    def source_offset(self, offset: int) -> int:
        """Return the offset in the source of the character at an offset in the text."""
        piece = bisect_right(self._starts, offset) - 1
        if piece < 0:
            return self._source_starts[0] if self._source_starts else 0
        inside = offset - self._starts[piece]
        if offset >= self._ends[piece]:
            return self._source_ends[piece]
        start, end = self._source_starts[piece], self._source_ends[piece]
        return start + inside if end - start == self._ends[piece] - self._starts[piece] else start

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of the source that a stretch of the text stands on, neighbours joined."""
        found: list[tuple[int, int]] = []
        for piece in range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end)):
            first, last = max(start, self._starts[piece]), min(end, self._ends[piece])
            if first >= last:
                continue
            source_start, source_end = self._source_starts[piece], self._source_ends[piece]
            if source_end - source_start == self._ends[piece] - self._starts[piece]:
                source_start, source_end = (
                    source_start + first - self._starts[piece],
                    source_start + last - self._starts[piece],
                )
            if found and found[-1][1] == source_start:
                found[-1] = (found[-1][0], source_end)
            else:
                found.append((source_start, source_end))
        return found

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the source, both from 1, of the character at an offset in the text."""
        position = self.source_offset(offset)
        line = bisect_right(self._lines, position)
        return line, position - self._lines[line - 1] + 1

    @cached_property
    def _lines(self) -> Sequence[int]:
        """The offsets in the source at which its lines start."""
        return array("q", [0, *(match.end() for match in _LINE_END.finditer(self._source))])

    def changes(self, edits: Iterable[Edit], write: Callable[[str, int], str]) -> list[Change]:
        """Return the changes to the source that make the edits of the text; markup between the words is left.

        Where markup stands inside the words, the new text goes to the first piece and the others become empty.

        Arguments:
            edits: offsets in the text.
            write: how a text is written in the source at an offset of it, with what has a meaning there escaped.

        Returns:
            The changes in order.

        Raises:
            ValueError: two edits overlap, or one concerns no word of the source.

        >>> positions = Positions("sam<b>verkan</b>")
        >>> positions.add(0, 3, 0, 3)
        >>> positions.add(3, 9, 6, 12)
        >>> changed("sam<b>verkan</b>", positions.changes([Edit(start=0, end=9, text="vård")], lambda text, _: text))
        'vård<b></b>'
        """
        found: list[Change] = []
        before = -1
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            if edit.start < before or edit.end < edit.start:
                raise ValueError(f"the edit of {edit.start} to {edit.end} overlaps the one before it")
            before = edit.end
            if edit.start == edit.end:
                position = self.source_offset(edit.start)
                spans = [(position, position)]
            else:
                spans = self.spans(edit.start, edit.end)
            if not spans:
                raise ValueError(f"the edit of {edit.start} to {edit.end} concerns no words of the file")
            found.append(Change(*spans[0], write(edit.text, spans[0][0])))
            found += [Change(start, end, "") for start, end in spans[1:]]
        return found


def changed(source: str, changes: Iterable[Change]) -> str:
    """Return the source with the changes made, everything else as it was.

    >>> changed("Vården samverkar.", [Change(0, 4, "Omsorg"), Change(16, 17, "!")])
    'Omsorgen samverkar!'
    """
    parts: list[str] = []
    done = 0
    for change in sorted(changes):
        parts += (source[done : change.start], change.text)
        done = max(done, change.end)
    parts.append(source[done:])
    return "".join(parts)
