"""A document as every format gives it: one text, and what each stretch of it is."""

import datetime
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from termbank.model.finding import Finding, Location

SegmentKind = Literal[
    "title", "heading", "paragraph", "list-item", "cell", "caption", "quotation",
    "header", "footer", "footnote", "endnote", "text-box", "alternative-text",
]  # fmt: skip


class Segment(NamedTuple):
    """A stretch of a document's text that holds together: a paragraph, a heading, a table cell.

    Arguments:
        start, end: offsets in the document's text, the end not included; segments follow each other and never overlap.
        kind: what it is.
        part: where it stands, for a person, in English and lower case: `header 1`, `footnote 2`, `page 3`,
            `table 2, cell B7`, `sheet Blad1, cell B7`; None: in the body.
        level: of a heading, from 1.
        column: text of the heading of the table column that a cell stands in.
    """

    start: int
    end: int
    kind: SegmentKind = "paragraph"
    part: str | None = None
    level: int | None = None
    column: str | None = None


class Remark(NamedTuple):
    """A comment that stands in a document already: of Word, HTML or Markdown; it may tell what to ignore.

    Arguments:
        start, end: what it is about, as offsets in the text; equal: a place between words.
        text: what it says.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Document:
    """A document: its text, its segments, and what it says of itself.

    Arguments:
        path: file name, as it was given.
        format: docx, odt, html, markdown, pdf, xlsx or text.
        text: everything that is checked, in reading order; what lies between two segments (line breaks, code, the
            addresses of links) belongs to none and is never checked. Offsets count Unicode code points.
        segments: the stretches of the text, in order.
        title, owner: as the document's properties (or its first title) say.
        date: when the document says it was last changed.
        remarks: the comments that stand in the document, in order.
        findings: what was noticed on reading (a page without text).
        place: returns 1-based (line, column) in the file for an offset in the text, for formats that have lines.
    """

    path: str
    format: str
    text: str
    segments: tuple[Segment, ...]
    title: str | None = None
    owner: str | None = None
    date: datetime.date | None = None
    remarks: tuple[Remark, ...] = ()
    findings: tuple[Finding, ...] = ()
    place: Callable[[int], tuple[int, int]] | None = None

    def segment(self, offset: int) -> Segment | None:
        """Return the segment that an offset lies in, or None.

        >>> Document("a.txt", "text", "En rad", (Segment(0, 6),)).segment(3).kind
        'paragraph'
        """
        position = bisect_right(self.segments, offset, key=lambda each: each.start) - 1
        if position >= 0 and offset < self.segments[position].end:
            return self.segments[position]
        return None

    def location(self, start: int, end: int) -> Location:
        """Return where a stretch of the text stands, for a person and for a program."""
        segment = self.segment(start)
        line, column = self.place(start) if self.place else (None, None)
        part = segment.part if segment else None
        return Location(path=self.path, line=line, column=column, start=start, end=end, part=part)


class Comment(NamedTuple):
    """A comment to be written into a document.

    Arguments:
        start, end: the words it is about, as offsets in the document's text.
        text: what it says; paragraphs are separated by line breaks.
    """

    start: int
    end: int
    text: str
