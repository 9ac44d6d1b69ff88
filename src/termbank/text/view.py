"""A document as the rules see it: its mentions, sentences, date, and what in it is not the author's own words."""

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from termbank.documents.document import Document, Segment
from termbank.text.mention import Mention

ZoneKind = Literal["quotation", "statute", "title", "name", "bibliography", "address", "history"]
"""What a stretch of a text is, where its words are not the author's own of today. quotation: somebody else's words.
statute: the title or citation of a statute or regulation. title: of another work. name: of an organisation.
bibliography: a list of references. address: a web or mail address or a file name. history: it tells of how it
was then."""

_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”»’)]*\s+(?=[\"”»(–•-]*\s*[A-ZÅÄÖ0-9])|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:t\.?\s?ex|bl\.?\s?a|m\.?\s?fl|m\.?\s?m|d\.?\s?v\.?\s?s|s\.?\s?k|f\.?\s?d|fr\.?\s?o\.?\s?m|t\.?\s?o\.?\s?m"
    r"|o\.?\s?s\.?\s?v|kap|st|nr|s|ca|jfr|resp|enl|dnr|prop|bet|tfn|ev|inkl|exkl|kl|etc|p|art)|(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)


_LONGEST = 1_000
"""How many characters of a sentence count on each side of an offset; what has no full stop is a list."""


class Zone(NamedTuple):
    """A stretch of a text that is not the author's own words of today."""

    start: int
    end: int
    kind: ZoneKind


class View:
    """A document with what the rules need to know of it.

    Arguments:
        document: the document.
        mentions: every mention of a concept in it, by where it begins.
        zones: what is not the author's own words.
        on: the day that the document is judged for.
        dated: whether that day is given or found in the document; otherwise it is today.
    """

    def __init__(
        self,
        document: Document,
        mentions: Iterable[Mention],
        zones: Iterable[Zone],
        on: datetime.date,
        dated: bool = False,
    ) -> None:
        self.document = document
        self.text = document.text
        self.mentions = list(mentions)
        self.zones = sorted(zones)
        self.on = on
        self.dated = dated

    def inside(self, start: int, end: int, *kinds: ZoneKind) -> bool:
        """Tell whether words touch a zone of one of those kinds; without kinds, of any kind."""
        return any(not kinds or zone.kind in kinds for zone in self.touching(start, end))

    def touching(self, start: int, end: int) -> list[Zone]:
        """Return the zones that words touch."""
        found = []
        for position in range(bisect_right(self.zones, end, key=lambda zone: zone.start) - 1, -1, -1):
            if self._reached[position] <= start:
                break
            zone = self.zones[position]
            if zone.end > start and zone.start < end:
                found.append(zone)
        return found[::-1]

    @cached_property
    def _reached(self) -> list[int]:
        """How far the zones up to each one reach."""
        return list(accumulate((zone.end for zone in self.zones), max))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of all segments, as offsets; a heading or a cell is one or several of its own."""
        found = []
        for segment in self.document.segments:
            found.extend(_sentences(self.text, segment))
        return found

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the offsets of the sentence that an offset lies in; of one without end, what stands around it."""
        position = bisect_right(self.sentences, offset, key=lambda each: each[0]) - 1
        start, end = self.sentences[max(position, 0)]
        return max(start, offset - _LONGEST), min(end, offset + _LONGEST)

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Return the offsets of the segment that an offset lies in."""
        segment = self.document.segment(offset)
        return (segment.start, segment.end) if segment else (offset, offset)


def _sentences(text: str, segment: Segment) -> list[tuple[int, int]]:
    start, found = segment.start, []
    for match in _SENTENCE_END.finditer(text, segment.start, segment.end):
        if match.group()[0] != "\n" and _ABBREVIATED.search(text, max(start, match.start() - 16), match.start()):
            continue
        found.append((start, match.start()))
        start = match.end()
    if start < segment.end:
        found.append((start, segment.end))
    return found
