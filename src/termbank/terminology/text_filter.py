"""Which codes have certain words in their code or their designations, begun or inside longer words."""

from collections.abc import Iterator, Mapping

from pyroaring import BitMap

from termbank.language.words import words
from termbank.model import Concept, IncludedConcept
from termbank.terminology.edition import Edition

_INSIDE = 3
"""From how many letters on a word is also looked for inside longer ones (*samverkan* in *vårdsamverkan*); one with
digits is not (*777* is not *1777*)."""
_FEW = 1_000
"""For so few codes not all of the code system is read."""


def line(text: str) -> str:
    """Return a text as it is searched: its folded words, each after a space.

    >>> line("Vård- och omsorgsplan")
    ' vård och omsorgsplan'
    """
    return "".join(f" {word}" for word in words(text))


def needles(text: str) -> tuple[str, ...]:
    """Return what to look for in a line; all of it must be there.

    >>> needles("SIP vå 777")
    ('sip', ' vå', ' 777')
    """
    found = dict.fromkeys(words(text))
    return tuple(word if len(word) >= _INSIDE and word.isalpha() else f" {word}" for word in found)


class TextFilter:
    """Finds the codes that have all the words of a text in the code, or in one designation.

    Arguments:
        text: the words; where there are none, all codes fit.
    """

    def __init__(self, text: str) -> None:
        self._needles = needles(text)
        self._known: dict[int, tuple[Edition, BitMap, BitMap]] = {}

    def select(self, edition: Edition, codes: BitMap, listed: Mapping[int, IncludedConcept]) -> BitMap:
        """Return those of some codes that fit; each code is looked at once.

        Arguments:
            edition: the code system, with supplements.
            codes: the codes.
            listed: what a value set itself says of some of them.
        """
        if not self._needles:
            return codes
        _, seen, fitting = self._known.get(id(edition), (edition, BitMap(), BitMap()))
        rest = codes - seen
        if rest:
            fitting |= BitMap(each for each, lines in _lines(edition, rest) if any(map(self._fits, lines)))
            self._known[id(edition)] = edition, seen | rest, fitting
        found = codes & fitting
        for ordinal, concept in listed.items():
            texts = (concept.display or "", *(term.text for term in concept.designations))
            if ordinal in codes and any(self._fits(line(each)) for each in texts):
                found.add(ordinal)
        return found

    def _fits(self, searched: str) -> bool:
        return all(each in searched for each in self._needles)


def _lines(edition: Edition, codes: BitMap) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield codes with their code and designations as they are searched; those of many are read once and kept."""
    if not edition.lines and len(codes) < _FEW:
        for entry in edition.entries(codes):
            concept = edition.concept(entry.code)
            if concept is not None:
                yield entry.ordinal, _lines_of(edition, concept)
        return
    if not edition.lines:
        for ordinal, each in zip(edition.everything(), edition.source.concepts(), strict=True):
            edition.lines[ordinal] = _lines_of(edition, each)
    yield from ((each, edition.lines[each]) for each in codes)


def _lines_of(edition: Edition, concept: Concept) -> tuple[str, ...]:
    added = [each for source in edition.supplements if (each := source.concept(concept.id)) is not None]
    return tuple(map(line, (concept.id, *(term.text for each in (concept, *added) for term in each.terms))))
