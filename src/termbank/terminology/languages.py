"""Which language is wanted, and which is there: BCP 47 tags and Accept-Language lists with weights."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MOST = 100
"""How many languages may be wanted at once."""
_SUBTAG = re.compile(r"[A-Za-z0-9]{1,8}")


class Tag(NamedTuple):
    """A language tag in its parts (RFC 5646), each empty where it is not said; `*` stands for any language."""

    language: str = ""
    script: str = ""
    region: str = ""
    rest: str = ""

    @classmethod
    def parse(cls, text: str) -> "Tag":
        """Take a tag apart.

        Raises:
            ValueError: the text is no language tag.

        >>> Tag.parse("sv-Latn-FI")
        Tag(language='sv', script='latn', region='fi', rest='')
        """
        parts = text.strip().split("-")
        language, more = parts[0], parts[1:]
        well_formed = all(map(_SUBTAG.fullmatch, more)) and re.fullmatch(r"\*|[A-Za-z]{2,8}|[ixIX]", language)
        if not well_formed or (language.lower() in ("i", "x") and not more):
            raise ValueError(f"{text!r} is no language tag (BCP 47)")
        script = region = ""
        if more and len(more[0]) == 4 and more[0].isalpha():
            script = more.pop(0)
        if more and ((len(more[0]) == 2 and more[0].isalpha()) or (len(more[0]) == 3 and more[0].isdigit())):
            region = more.pop(0)
        return cls(language.lower(), script.lower(), region.lower(), "-".join(more).lower())


_tags: dict[str, Tag | None] = {}


def tag(text: str) -> Tag | None:
    """Return a tag in its parts, or None where the text is no tag."""
    if text not in _tags:
        if len(_tags) > 10_000:
            _tags.clear()
        try:
            _tags[text] = Tag.parse(text)
        except ValueError:
            _tags[text] = None
    return _tags[text]


DEPTHS = (4, 3, 1)
"""How closely two tags must agree, the closest first: wholly; in language, script and region; in language."""


class Wanted(NamedTuple):
    """One language that is wanted, with its weight; 0 means that it is not wanted."""

    text: str
    tag: Tag
    weight: float = 1.0
    implied: bool = False

    def matches(self, language: str, depth: int) -> bool:
        """Tell whether a text in a language will do; an unknown language is only met by `*`."""
        if self.weight <= 0:
            return False
        if self.tag.language == "*":
            return True
        there = tag(language) if language else None
        return there is not None and there[:depth] == self.tag[:depth]


class Languages:
    """The languages that are wanted, the most wanted first.

    Arguments:
        wanted: the languages.

    >>> str(Languages.parse("da;q=0.5, sv"))
    'sv, da; q=0.5'
    """

    def __init__(self, wanted: tuple[Wanted, ...]) -> None:
        self.wanted = tuple(sorted(wanted, key=lambda each: -each.weight))

    @classmethod
    def parse(cls, text: str, any_other: bool = False) -> "Languages":
        """Read a list such as an Accept-Language header (RFC 9110).

        Arguments:
            text: tags, with weights (`sv, en;q=0.5, *;q=0`).
            any_other: any other language will do as a last resort, unless the list itself says something of `*`.

        Raises:
            ValueError: the text is no such list.
        """
        found = []
        if text.count(",") >= _MOST:
            raise ValueError(f"more than {_MOST} languages")
        for entry in text.split(","):
            name, *options = (part.strip() for part in entry.split(";"))
            weight = 1.0
            for option in options:
                key, _, value = option.partition("=")
                if key.strip() != "q" or not re.fullmatch(r"\s*(0(\.\d*)?|1(\.0*)?|\.\d+)\s*", value):
                    raise ValueError(f"{entry.strip()!r} is no language with a weight from 0 to 1")
                weight = float(value)
            found.append(Wanted(name, Tag.parse(name), weight))
        if any_other and not any(each.tag.language == "*" for each in found):
            found.append(Wanted("*", Tag("*"), 0.01, implied=True))
        return cls(tuple(found))

    def __iter__(self) -> Iterator[Wanted]:
        """Yield the languages, the most wanted first."""
        return iter(self.wanted)

    def __str__(self) -> str:
        """Write the list as it may stand in a message."""
        return ", ".join(self._shown())

    @property
    def header(self) -> str:
        """The list as it may stand in a header; those with a weight stand apart.

        >>> Languages.parse("sv,en,*;q=0").header
        'sv,en, *; q=0'
        """
        return ",".join(f" {each}" if "; q=" in each else each for each in self._shown()).lstrip()

    def _shown(self) -> Iterator[str]:
        shown = (each for each in self.wanted if not each.implied)
        return (each.text if each.weight == 1 else f"{each.text}; q={each.weight:g}" for each in shown)

    def match(self, language: str, depth: int = 1) -> bool:
        """Tell whether a text in a language will do for any that is wanted; one of unknown language always will."""
        return not language or any(each.matches(language, depth) for each in self.wanted)
