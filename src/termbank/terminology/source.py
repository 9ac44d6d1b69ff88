"""What the engine needs of a vocabulary and of mappings, whoever holds them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pyroaring import BitMap

from termbank.model import Concept, Mapping, MappingSet, VocabularyInfo
from termbank.store.entry import Entry, Place, TermHit


class Source(Protocol):
    """One version of one vocabulary. Two implementations: `FileSource` in a bank file, and `MemorySource`."""

    info: VocabularyInfo
    concept_count: int
    dates: tuple[str, ...]
    """Every ISO date on which some concept begins or ends, sorted."""

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        ...

    def find(self, code: str) -> Entry | None:
        """Return what is known of a code, or None."""
        ...

    def find_many(self, codes: Sequence[str]) -> dict[str, Entry]:
        """Return what is known of many codes; unknown ones are left out."""
        ...

    def variants(self, key: str) -> list[str]:
        """Return the codes that share a loose key."""
        ...

    def variants_many(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return the codes that share each of many loose keys; keys that no code has are left out."""
        ...

    def concept(self, code: str) -> Concept | None:
        """Return the concept of a code, or None."""
        ...

    def concepts(self) -> Iterator[Concept]:
        """Yield every concept, in pre-order."""
        ...

    def codes_from(self, start: str, end: str, limit: int) -> list[Entry]:
        """Return the codes from start up to but not including end, in code order."""
        ...

    def keys_from(self, start: str, end: str, limit: int) -> dict[str, str]:
        """Return code to loose key for the keys from start up to but not including end."""
        ...

    def at(self, ordinals: Iterable[int]) -> list[str]:
        """Return the codes that have those ordinals, in that order."""
        ...

    def everything(self) -> BitMap:
        """Return the ordinals of all codes."""
        ...

    def entries(self, ordinals: BitMap) -> list[Entry]:
        """Return what is known of the codes that have those ordinals, in rising order."""
        ...

    def place(self, code: str) -> Place | None:
        """Return where a code stands in the hierarchy, or None."""
        ...

    def descends(self, above: Entry | Place, below: Entry | Place) -> bool:
        """Tell whether one code is below another."""
        ...

    def descendants(self, entry: Entry) -> BitMap:
        """Return the ordinals of everything below a code."""
        ...

    def search(self, text: str, limit: int) -> list[TermHit]:
        """Return the terms nearest to a text, best first, each concept once."""
        ...


class MappingSource(Protocol):
    """Mapping sets that can be asked from either side."""

    def mapping_sets(self) -> list[MappingSet]:
        """Return the headers of the sets."""
        ...

    def mappings(self, side: str, system: str, code: str) -> list[tuple[MappingSet, Mapping]]:
        """Return the mappings whose `subject` or `object` (the side) is that code."""
        ...

    def pairs(self, mapping_set: MappingSet) -> Sequence[tuple[str, str]]:
        """Return the systems that a set maps from and to, pair by pair, in the order of its mappings."""
        ...

    def mappings_of(self, mapping_set: MappingSet) -> Iterable[Mapping]:
        """Return all mappings of a set, in order."""
        ...


class MemoryMappings:
    """Mapping sets in memory.

    Arguments:
        sets: the sets, with their mappings.
    """

    def __init__(self, sets: Iterable[MappingSet]) -> None:
        self._sets = []
        self._index: dict[tuple[str, str, str], list[tuple[MappingSet, Mapping]]] = {}
        self._pairs: dict[tuple[str, str | None], dict[tuple[str, str], None]] = {}
        self._whole: dict[tuple[str, str | None], list[Mapping]] = {}
        for mapping_set in sets:
            header = mapping_set.with_(mappings=())
            self._whole.setdefault((header.id, header.version), []).extend(mapping_set.mappings)
            self._sets.append(header)
            pairs = self._pairs.setdefault((header.id, header.version), {})
            for mapping in mapping_set.mappings:
                if mapping.object is not None:
                    pairs[mapping.subject.system, mapping.object.system] = None
                sides = (("subject", mapping.subject), ("object", mapping.object))
                for side, coding in sides:
                    if coding is not None:
                        self._index.setdefault((side, coding.system, coding.code), []).append((header, mapping))

    def mapping_sets(self) -> list[MappingSet]:
        """Return the headers of the sets."""
        return list(self._sets)

    def mappings(self, side: str, system: str, code: str) -> list[tuple[MappingSet, Mapping]]:
        """Return the mappings whose `subject` or `object` (the side) is that code."""
        return self._index.get((side, system, code), [])

    def pairs(self, mapping_set: MappingSet) -> Sequence[tuple[str, str]]:
        """Return the systems that a set maps from and to, pair by pair, in the order of its mappings."""
        return tuple(self._pairs.get((mapping_set.id, mapping_set.version), ()))

    def mappings_of(self, mapping_set: MappingSet) -> Sequence[Mapping]:
        """Return all mappings of a set, in order."""
        return self._whole.get((mapping_set.id, mapping_set.version), ())
