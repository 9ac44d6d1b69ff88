"""Puts a document's text together, segment by segment, and remembers where each piece of it stands in the source."""

from typing import NamedTuple

from termbank.documents import limits
from termbank.documents.document import Remark, Segment, SegmentKind
from termbank.documents.positions import Positions
from termbank.documents.refusal import refusal

SEPARATOR = "\n\n"
"""What stands between two segments."""


class Kind(NamedTuple):
    """What a segment is; see `Segment`."""

    kind: SegmentKind = "paragraph"
    part: str | None = None
    level: int | None = None
    column: str | None = None


class Composer:
    """A text that is being put together.

    Segments start and end with what is no white space.

    Arguments:
        path: of the document, for messages.
        source: what the positions lead to.

    >>> composer = Composer("a.html", "<p>Se <b>även</b></p>")
    >>> composer.begin(Kind())
    >>> composer.write("Se ", 3)
    >>> composer.write("även", 9)
    >>> text, segments = composer.finish()
    >>> text, segments[0].start, segments[0].end, composer.positions.source_offset(3)
    ('Se även', 0, 7, 9)
    """

    def __init__(self, path: str, source: str = "") -> None:
        self.positions = Positions(source)
        self.length = 0
        self._path = path
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._remarks: list[tuple[int, str]] = []
        self._kind = Kind()
        self._start: int | None = None
        self._inked = 0  # the end of the last character of the segment that is no white space
        self._separate = False
        self._blank = False  # whether what was written last is white space

    @property
    def spaced(self) -> bool:
        """Whether a segment has no text yet, or what was written ends with white space: more would say nothing."""
        return self._separate or self._blank or not self.length

    def begin(self, kind: Kind) -> None:
        """End the running segment, if any; what is written next belongs to a new one of that kind."""
        self.end()
        self._kind = kind
        self._separate = self.length > 0

    def end(self) -> None:
        """End the running segment."""
        if self._start is None:
            return
        self._segments.append(Segment(self._start, self._inked, *self._kind))
        self._start = None

    def write(self, text: str, start: int | None = None, end: int | None = None) -> None:
        """Add text to the segment.

        Arguments:
            text: what is to be checked.
            start, end: where it stands in the source; without an end it stands there as it is written.
        """
        if not text:
            return
        if self._start is None:
            bare = text.lstrip()
            space = text[: len(text) - len(bare)]
            if space and self.length and not self._separate:  # after code: the space stays, outside
                self._place(space, start, end if not bare else None)
                self._append(space)
            if not bare:
                return
            if start is not None and end is None:
                start += len(space)
            text = bare
            self._divide()
            self._start = self._inked = self.length
        self._place(text, start, end)
        trailing = len(text) - len(text.rstrip())
        self._append(text)
        if trailing < len(text):
            self._inked = self.length - trailing

    def aside(self, text: str, start: int, end: int | None = None) -> None:
        """Add text that belongs to no segment, such as code; what follows is a segment of the same kind."""
        self.end()
        self._divide()
        self._place(text, start, end)
        self._append(text)

    def written(self, start: int) -> str:
        """Return the text from an offset on, up to what was written last."""
        found: list[str] = []
        position = self.length
        for part in reversed(self._parts):
            if position <= start:
                break
            found.append(part)
            position -= len(part)
        return "".join(reversed(found))[start - position :]

    def remark(self, text: str) -> None:
        """Take up a comment that stands here: in the running segment, or before the next."""
        here = self.length + len(SEPARATOR) * (self.length > 0) if self._start is None else self._inked
        self._remarks.append((here, text))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The comments that were taken up."""
        places = ((min(here, self.length), text) for here, text in self._remarks)
        return tuple(Remark(here, here, text) for here, text in places)

    def finish(self) -> tuple[str, tuple[Segment, ...]]:
        """Return the text and its segments."""
        self.end()
        return "".join(self._parts), tuple(self._segments)

    def _divide(self) -> None:
        """Keep what comes apart from the segment before."""
        if self._separate:
            self._append(SEPARATOR)
            self._separate = False

    def _place(self, text: str, start: int | None, end: int | None) -> None:
        if start is not None:
            self.positions.add(self.length, self.length + len(text), start, start + len(text) if end is None else end)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
        self._blank = text[-1].isspace()
        if self.length > limits.CHARACTERS:
            limit = f"{limits.CHARACTERS} Unicode"
            raise refusal("document-too-large", self._path, size=f"> {limit}", limit=limit)
