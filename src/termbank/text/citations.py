"""Citations of statutes, regulations and their sections in running text, as Swedes write them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from termbank.documents.document import Document
from termbank.text.mention import Mention

_SERIES = r"(?:SFS|SOSFS|HSLF-FS|AFS|LVFS|SKOLFS|KVFS|RIFS|IVOFS)"
_YEAR = r"(?:18|19|20)\d\d:\d{1,4}"
_NAME = (
    r"(?<![\w-])(?:\w{1,60}-\s+(?:och|eller)\s+)?[\w-]{0,60}(?:lag|lagen|lagens|förordning|förordningen|förordningens|balk|balken"
    r"|ordning|ordningen|instruktion)(?:,?\s+\(?[A-ZÅÄÖ][A-Za-zåäö]{1,5}\)?)?|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}"
    r"|[Ff]öreskrift\w{0,20}(?: och allmänna råd)?|[Aa]llmänna råd"
)
_NUMBERED = re.compile(
    rf"(?:(?:{_NAME})\s*)?\(\s*(?:(?P<series>{_SERIES})\s*(?:nr\s*)?)?(?P<number>{_YEAR})\s*\)"
    rf"|(?P<series2>{_SERIES})\s*(?:nr\s*)?(?P<number2>{_YEAR})"
    rf"|(?:(?<![\w-])[\w-]{{0,60}}(?:lag|lagen|förordning|förordningen)|\b[A-ZÅÄÖ][A-Za-zåäö]{{1,4}}"
    r"|Socialstyrelsens (?:föreskrifter(?: och allmänna råd)?|allmänna råd|författningssamling))"
    rf"\)?,?\s+(?:nr\s*)?(?P<number3>{_YEAR})"
)
_REGULATIONS = re.compile(r"föreskrift|allmänna råd|författningssamling", re.IGNORECASE)
_PARA = r"\d{1,3}(?:\s?[a-z](?![\wåäö]))?"
_LIST = rf"{_PARA}(?:\s{{0,3}}(?:,|och|samt|eller|-|–)\s{{0,3}}{_PARA}){{0,40}}"
_PART = (
    r"(?:,?\s*(?:första|andra|tredje|fjärde|femte|sista)\s+(?:stycket|meningen|punkten)|\s+\d\s*st\.?|\s+p\.?\s*\d+)*"
)
_SECTION = re.compile(
    rf"(?P<chapter>{_PARA})\s*kap(?:\.|itlet)?,?\s*(?P<paras>{_LIST})\s*§§?{_PART}"
    rf"|(?P<paras2>{_LIST})\s*§§?{_PART},?\s*(?:i\s+)?(?P<chapter2>{_PARA})\s*kap(?:\.|itlet)?(?!\w)"
    rf"|(?P<chapter8>{_PARA})\s*kap(?:\.|itlet)?,?\s*§§?\s*(?P<paras8>{_LIST})"
    rf"|kap(?:\.|itel)?\s*(?P<chapter3>{_PARA}),?\s*§§?\s*(?P<paras3>{_LIST})"
    rf"|(?P<paras4>{_LIST})\s*§§?{_PART}"
    rf"|§§?\s*(?P<paras5>{_LIST})"
    rf"|(?<![\d:])(?P<chapter6>\d{{1,2}}):(?P<paras6>\d{{1,3}}(?:\s?[a-z](?!\w))?)(?![\d:])"
    rf"|(?P<chapter7>{_PARA})\s*kap\.?(?!\w)"
)
_JOIN = re.compile(r"[\s,]*(?:(?:i|enligt|av|ur|och|samt|eller|respektive)\s+)?(?:(?:den\s+)?nya\s+)?")
"""What may stand between a section and its act, and between two sections of one act."""

_DEFINITION = re.compile(
    rf"\((?:SFS\s*(?:nr\s*)?)?(?P<number>{_YEAR})\)(?:\s+om\s[^.;()]{{5,120}}?)?"
    r"(?:,\s*(?:(?:nedan|förkorta[dt]|i fortsättningen|här|kallad)\s+)?|\s*\((?:nedan\s+|förkorta[dt]\s+)?)"
    r"(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,6})\b(?!-)"
)
"""A number with the abbreviation that the document uses for the act from there on."""

_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


class Citation(NamedTuple):
    """A reference to a statute or regulation, or to sections of one.

    Arguments:
        start, end: the words of it, as offsets in the text.
        acts: ids of the acts that may be meant: its number, or every act that bears the name.
        numbered: whether the number stands there, so that there is one act.
        sections: chapter (or None) and section of each section named, such as `("2", "7")` and `("16", "3a")`.
    """

    start: int
    end: int
    acts: tuple[str, ...]
    numbered: bool
    sections: tuple[tuple[str | None, str], ...] = ()


def citations(document: Document, mentions: Iterable[Mention]) -> list[Citation]:
    """Return the citations in a document, in the order of its text.

    Arguments:
        document: the document.
        mentions: its mentions; those of the vocabularies `sfs` and `regulations` name acts without their number.

    >>> from termbank.documents.document import Segment
    >>> document = Document("a", "text", "Se 2 kap. 7 § lagen (2001:453).", (Segment(0, 31),))
    >>> citations(document, [])
    [Citation(start=3, end=30, acts=('2001:453',), numbered=True, sections=(('2', '7'),))]
    """
    named = [
        Citation(each.start, each.end, acts, False)
        for each in mentions
        if each.match in ("exact", "inflected", "abbreviation") and (acts := _acts(each))
    ]
    found: list[Citation] = []
    defined = _defined(document.text)
    named.sort()
    starts = [each.start for each in named]
    for segment in document.segments:
        written = list(_numbered(document.text, segment.start, segment.end))
        within = named[bisect_left(starts, segment.start) : bisect_left(starts, segment.end)]
        by_number = _Covered(written)
        cited = sorted([
            *written,
            *(act for act in within if not by_number.touches(act.start, act.end)),
        ])  # fmt: skip
        found.extend(_with_sections(document.text, segment.start, segment.end, cited))
    return [_resolved(document.text, each, defined) for each in found]


def _defined(text: str) -> dict[str, str]:
    """Return the abbreviations that a document gives to an act with its number: *socialtjänstlagen (2001:453), SoL*."""
    found: dict[str, set[str]] = {}
    for match in _DEFINITION.finditer(text):
        found.setdefault(match["short"], set()).add(match["number"])
    return {short: numbers.pop() for short, numbers in found.items() if len(numbers) == 1}


def _resolved(text: str, citation: Citation, defined: dict[str, str]) -> Citation:
    """Return a citation of sections by an abbreviation as one of the act that the document gave it to."""
    if citation.numbered or not citation.sections or len(citation.acts) < 2:
        return citation
    words = re.findall(r"\w+", text[citation.start : citation.end])
    meant = {defined[word] for word in words if word in defined} & set(citation.acts)
    return citation._replace(acts=(meant.pop(),)) if len(meant) == 1 else citation


def _acts(mention: Mention) -> tuple[str, ...]:
    readings = (each for each in mention.readings if each.vocabulary in ("sfs", "regulations"))
    return tuple(dict.fromkeys(each.concept for each in readings))


def _numbered(text: str, start: int, end: int) -> Iterator[Citation]:
    for match in _NUMBERED.finditer(text, start, end):
        number = match.group("number") or match.group("number2") or match.group("number3")
        series = match.group("series") or match.group("series2") or _series(match.group(), number)
        act = number if series == "SFS" else f"{series} {number}"
        yield Citation(match.start(), match.end(), (act,), True)


def _series(name: str, number: str) -> str:
    """Return the series that a number belongs to by the name before it; Socialstyrelsen had its own until 2015."""
    if not _REGULATIONS.search(name):
        return "SFS"
    return "SOSFS" if number < "2015:1" else "HSLF-FS"


def _with_sections(text: str, start: int, end: int, acts: list[Citation]) -> Iterator[Citation]:
    """Join each act with the sections that stand right before or after it."""
    covered = _Covered(acts)
    found = [match for match in _SECTION.finditer(text, start, end) if not covered.touches(match.start())]
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    left = 0  # those before it belong to an act already, or to none
    for act in acts:
        first, last, sections = act.start, act.end, list[tuple[str | None, str]]()
        nearest = at = bisect_right(ends, first) - 1
        while at >= left and _JOIN.fullmatch(text, ends[at], first):
            first = starts[at]
            sections[:0] = _sections(found[at])
            at -= 1
        if sections:
            left = nearest + 1
        at = len(found) if sections else max(bisect_left(starts, last), left)
        while at < len(found) and _JOIN.fullmatch(text, last, starts[at]):
            if text[last : starts[at]].strip() and covered.follows(text, starts[at], ends[at]):
                break  # it belongs to the next act: HSL, 2 kap. 7 § SoL; HSL och 2 kap. 7 § SoL
            last = ends[at]
            sections += _sections(found[at])
            left = at = at + 1
        yield act._replace(start=first, end=last, sections=tuple(sections))


class _Covered:
    """What citations of acts cover, asked for by offset.

    Arguments:
        acts: the citations, in the order of the text.
    """

    def __init__(self, acts: list[Citation]) -> None:
        self._starts = [act.start for act in acts]
        self._reach = list(accumulate((act.end for act in acts), max))

    def touches(self, start: int, end: int | None = None) -> bool:
        """Tell whether one covers an offset, or a part of a stretch."""
        before = bisect_right(self._starts, start) if end is None else bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def follows(self, text: str, start: int, end: int) -> bool:
        """Tell whether the next one that begins after an offset has only blanks between it and a stretch's end."""
        at = bisect_right(self._starts, start)
        return at < len(self._starts) and not text[end : self._starts[at]].strip()


def _sections(match: re.Match[str]) -> Iterator[tuple[str | None, str]]:
    groups = match.groupdict()
    chapter = next((groups[f"chapter{i}"] for i in ("", 2, 3, 6, 7, 8) if groups[f"chapter{i}"]), None)
    paras = next((groups[f"paras{i}"] for i in ("", 2, 3, 4, 5, 6, 8) if groups[f"paras{i}"]), "")
    chapter = chapter and re.sub(r"\s", "", chapter)
    for low, high in _RANGE.findall(paras):
        yield from ((chapter, str(number)) for number in range(int(low) + 1, min(int(high), int(low) + 40)))
    for para in re.findall(_PARA, paras):
        yield chapter, re.sub(r"\s", "", para)
