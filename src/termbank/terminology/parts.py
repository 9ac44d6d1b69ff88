"""Codes of code systems as sets of ordinals: what value sets are put together from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from termbank.model import IncludedConcept
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry

A_STEP = 4
"""How many codes may be looked at one by one for one step of an inquiry; sets of ordinals cost nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some codes of one edition.

    Arguments:
        edition: the code system, in a version.
        codes: their ordinals.
        order: the ordinals as a value set lists them; empty: in the order of the code system.
        listed: what the value set says of codes that it lists.
        language: of the value set that lists them.
        versioned: the version is told with each code, since several versions are in the value set.
        whole: all codes of the system were asked for.
    """

    edition: Edition
    codes: BitMap
    order: tuple[int, ...] = ()
    listed: Mapping[int, IncludedConcept] = field(default_factory=dict)
    language: str = ""
    versioned: bool = False
    whole: bool = False

    def ordinals(self, start: int, count: int) -> list[int]:
        """Return some of the ordinals in order, from a place on."""
        if self.order:
            return [each for each in self.order if each in self.codes][start : start + count]
        return list(self.codes[start : start + count])


@dataclass(slots=True)
class Composition:
    """What a value set contains, and how that came about.

    Arguments:
        parts: the codes, in order, each once.
        flat: the hierarchy of the code systems cannot be shown in it.
        notes: what was used and what to be warned of: name (as FHIR's expansion parameters) and value.
        unclosed: why there may be more codes than these.
    """

    parts: list[Part] = field(default_factory=list)
    flat: bool = False
    notes: dict[tuple[str, str], None] = field(default_factory=dict)
    unclosed: dict[str, None] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of codes."""
        return sum(len(part.codes) for part in self.parts)


class Taken:
    """Codes of any number of editions.

    Arguments:
        parts: codes to begin with.
        inquiry: bears the cost of finding the codes of one edition in another.
    """

    def __init__(self, parts: Iterable[Part] = (), inquiry: Inquiry | None = None) -> None:
        self._inquiry = inquiry
        self._known: dict[str, dict[tuple[str | None, int], tuple[Edition, BitMap]]] = {}
        for part in parts:
            self.add(part.edition, part.codes)

    def add(self, edition: Edition, codes: BitMap, version: str | None = None) -> None:
        """Add codes; with a version they are other codes than those of another version."""
        known = self._known.setdefault(edition.url, {})
        before = known.get((version, id(edition.source)))
        known[version, id(edition.source)] = edition, codes | before[1] if before else codes

    def of(self, edition: Edition, version: str | None = None) -> BitMap:
        """Return those that are also in an edition, by its ordinals."""
        found = BitMap()
        for (known, _), (other, codes) in self._known.get(edition.url, {}).items():
            if known is None or version is None or known == version:
                found |= codes if other.source is edition.source else self._carried(codes, other, edition)
        return found

    def _carried(self, codes: BitMap, origin: Edition, target: Edition) -> BitMap:
        """Return the ordinals that the codes of one edition have in another edition of the same system."""
        if self._inquiry is not None:
            self._inquiry.step(1 + len(codes) // A_STEP)
        named = [each.code for each in origin.entries(codes)]
        return BitMap(each.ordinal for each in target.source.find_many(named).values())
