"""Where the text of a package stands in its XML: the same for Word and OpenDocument."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from termbank.documents.composer import Composer, Kind
from termbank.documents.document import Segment


@dataclass(frozen=True, eq=False)
class Flow:
    """A stream of text of its own: the body, a header, a footnote, a text box.

    Arguments:
        part: the part of the package that it stands in.
        label: what it is, for a person: `header 1`; None: the body.
        commentable: whether a comment may stand in it.
        anchor: the element in the body that it hangs on (the mark of a footnote), if there is one.
    """

    part: str
    label: str | None = None
    commentable: bool = True
    anchor: "etree._Element | None" = None


class Piece(NamedTuple):
    """A stretch of the text and the node that it stands in.

    Arguments:
        start, end: offsets in the text.
        node: the element.
        local: offset in the node's text of the first character; -1: the element as a whole stands for the piece.
        where: text (inside the element), tail (after it), or the name of an attribute.
        flow: what it belongs to.
    """

    start: int
    end: int
    node: "etree._Element"
    local: int
    where: str
    flow: Flow


@dataclass
class Extraction:
    """What was read of a package.

    Arguments:
        text: all of it.
        segments, pieces: of the text, in order.
        remarked: what the comments that stand in it are about, as offsets, by their names.
        remarks: what those comments say, where that stands beside the text.
        roots: the parts that the text stands in.
    """

    text: str
    segments: tuple[Segment, ...]
    pieces: list[Piece]
    remarked: dict[str, tuple[int, int]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    roots: dict[str, "etree._Element"] = field(default_factory=dict)

    @property
    def first_title(self) -> str | None:
        """The first title in the text, or else the first heading."""
        for kind in ("title", "heading"):
            for each in self.segments:
                if each.kind == kind:
                    return self.text[each.start : each.end]
        return None

    def covering(self, start: int, end: int) -> list[Piece]:
        """Return the pieces that a stretch of the text stands on; of an empty one, the piece it stands in or before."""
        first = max(bisect_right(self.pieces, start, key=lambda each: each.start) - 1, 0)
        if first < len(self.pieces) and self.pieces[first].end <= start:
            first += 1
        last = bisect_left(self.pieces, end, key=lambda each: each.start)
        found = self.pieces[first:last]
        if found:
            return found
        return self.pieces[first : first + 1] or self.pieces[-1:]

    def segment(self, offset: int) -> Segment | None:
        """Return the segment that an offset lies in or at the end of, or None."""
        position = bisect_right(self.segments, offset, key=lambda each: each.start) - 1
        found = self.segments[position] if position >= 0 else None
        return found if found and offset <= found.end else None

    def check(self, start: int, end: int) -> None:
        """Refuse offsets that the text does not have.

        Raises:
            ValueError: they lie outside the text, or the end before the start.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} is no stretch of a text of {len(self.text)} characters")


class Writer:
    """Puts the text together and remembers where each piece of it stands.

    Arguments:
        path: of the document, for messages.
        flow: where the text begins.
    """

    def __init__(self, path: str, flow: Flow) -> None:
        self.flow = flow
        self.pieces: list[Piece] = []
        self.captured: list[str] | None = None
        self._composer = Composer(path)
        self._open = False
        self._remarks: dict[str, tuple[int, int | None]] = {}

    def begin(self, kind: Kind) -> None:
        """End the running segment; what is written next belongs to a new one."""
        self._composer.begin(kind)
        self._open = False

    def write(self, text: str, node: "etree._Element", local: int = -1, where: str = "text") -> None:
        """Add text that stands in a node; white space at the start of a segment is left out."""
        if not self._open:
            bare = text.lstrip()
            if local >= 0:
                local += len(text) - len(bare)
            text = bare
        if not text:
            return
        self._open = True
        self._composer.write(text)
        end = self._composer.length
        self.pieces.append(Piece(end - len(text), end, node, local, where, self.flow))
        if self.captured is not None:
            self.captured.append(text)

    def remark(self, name: str | None, starts: bool | None) -> None:
        """Note that what a comment is about begins (True), ends (False), or is known to be here somewhere (None)."""
        here = self._composer.length
        first, last = self._remarks.get(name or "", (here, None))
        if starts is None and last is not None:
            return
        self._remarks[name or ""] = (first, None if starts else here)

    def finish(self) -> Extraction:
        """Return everything that was written."""
        text, segments = self._composer.finish()
        remarked = {name: _bare(text, first, last) for name, (first, last) in self._remarks.items()}
        return Extraction(text, segments, self.pieces, remarked)


def _bare(text: str, start: int, end: int | None) -> tuple[int, int]:
    """Return a stretch of a text without the white space around it."""
    stretch = text[start : start if end is None else end]
    bare = stretch.lstrip()
    start += len(stretch) - len(bare) if bare else 0
    return start, start + len(bare.rstrip())
