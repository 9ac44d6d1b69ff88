"""What the name of a paragraph style says of its text, in Word and OpenDocument, in English and Swedish."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(?:heading|rubrik)\s*([1-9])\b")
_QUOTATION = re.compile(r"citat\b|\bquot(?:e|ation)s?\b")
_CAPTION = re.compile(r"\b(?:caption|beskrivning|bildtext|tabelltext)\b")
_REPEATED = re.compile(r"(?:toc|index|innehåll) ?[1-9]|table of (?:figures|authorities)|figurförteckning")


@dataclass(frozen=True)
class Style:
    """What a style says of its paragraphs.

    Arguments:
        name: in lower case; of the style itself, or the nearest one it is based on that means something.
        level: of a heading, from 1; 0 if body text is said; None if nothing is.
        numbered: whether it makes list items; None if nothing is said.
        hidden: whether its text is hidden; None if nothing is said.
    """

    name: str = ""
    level: int | None = None
    numbered: bool | None = None
    hidden: bool | None = None

    @property
    def is_title(self) -> bool:
        """Whether it is the style of the document's title."""
        return self.name in {"title", "titel"}

    @property
    def heading(self) -> int | None:
        """The level of a heading, from 1; 0 for a subtitle; None for other text."""
        if self.level:
            return self.level
        named = _HEADING.match(self.name)
        if named and self.level is None:
            return int(named[1])
        return 0 if self.name in {"subtitle", "underrubrik"} else None

    @property
    def is_quotation(self) -> bool:
        """Whether its text is quoted."""
        return bool(_QUOTATION.search(self.name))

    @property
    def is_caption(self) -> bool:
        """Whether it is the caption of a figure or table."""
        return bool(_CAPTION.search(self.name))

    @property
    def is_repeated(self) -> bool:
        """Whether its text stands elsewhere too: tables of contents and of figures, indexes."""
        return bool(_REPEATED.fullmatch(self.name))

    @property
    def means_something(self) -> bool:
        """Whether its name alone says what its text is."""
        return bool(
            self.is_title or self.is_quotation or self.is_caption or self.is_repeated or _HEADING.match(self.name)
        )
