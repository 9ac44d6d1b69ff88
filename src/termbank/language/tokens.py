"""Running text cut into words: hyphens, soft hyphens and line breaks seen as a reader sees them."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[-:’'][^\W_]+)*-?")
"""A word: letters and digits, held together by hyphens, colons and apostrophes (SIP:en, e-hälsa); a hyphen at its end
belongs to it (*vård-* och omsorgsplan)."""

_SPACE = r"[ \t\u00a0\u2007\u202f]*\n?[ \t\u00a0\u2007\u202f]*"
GAP = re.compile(rf"{_SPACE}([(),/]*){_SPACE}")
"""What stands between two words of one term: blanks, a line break, and the signs that the term has there."""

_ODD = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u2010\u2011\u0300-\u036f]|-[ \t]*\r?\n|\r")
_PAIRED = frozenset({"och", "eller", "samt", "respektive", "resp", "till"})
_NEXT = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is read: without soft hyphens and broken words, in NFC.

    Arguments:
        text: the text to be matched.
        starts: where its stretches begin; empty: it is the original text.
        sources, ends: the offsets in the original text where each stretch begins and ends.
    """

    text: str
    starts: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of a stretch that is not empty."""
        if not self.starts:
            return start, end
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        beyond = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)
        until = self.ends[last] if end == beyond else self.sources[last] + end - self.starts[last]
        return self.sources[first] + start - self.starts[first], until


def clean(text: str) -> Cleaned:
    """Return a text as a reader sees it, with the way back to the original offsets.

    Soft hyphens and other invisible marks are left out, letters with combining accents are composed, the hyphens U+2010
    and U+2011 become plain ones, and a word that was broken at the end of a line is joined, unless what follows shows
    that the hyphen stands for a left-out part (vård- och omsorg).

    >>> cleaned = clean("sam\\u00adverkans-\\navtal")
    >>> cleaned.text, cleaned.original(0, 15)
    ('samverkansavtal', (0, 18))
    """
    if text.isascii() and "\n" not in text and "\r" not in text:
        return Cleaned(text)
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    ends: list[int] = []
    length = position = 0

    def keep(piece: str, source: int, end: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            sources.append(source)
            ends.append(end)
            parts.append(piece)
            length += len(piece)

    for match in _ODD.finditer(text):
        if match.start() < position:
            continue
        start, found = match.start(), match.group()
        if "\u0300" <= found <= "\u036f":
            if start == 0 or start <= position - 1:
                continue
            composed = unicodedata.normalize("NFC", text[start - 1 : start + 1])
            if len(composed) == 1:
                keep(text[position : start - 1], position, start - 1)
                keep(composed, start - 1, start + 1)
                position = start + 1
            continue
        if found[0] == "-":
            following = _NEXT.match(text, match.end())
            before = text[start - 1 : start]
            if not following or not before.isalpha() or following.group().lower() in _PAIRED:
                continue
            if not following.group()[0].islower():
                found = "-"  # SIP-\nmöte keeps its hyphen
        keep(text[position:start], position, start)
        if found in "\u2010\u2011-":
            keep("-", start, start + 1)
        elif found == "\r":
            keep("" if text[start + 1 : start + 2] == "\n" else "\n", start, start + 1)
        position = match.end()
    if not parts and position == 0:
        return Cleaned(text)
    keep(text[position:], position, len(text))
    return Cleaned("".join(parts), tuple(starts), tuple(sources), tuple(ends))
