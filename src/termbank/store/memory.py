"""A vocabulary held in memory, for small ones and for those that come with a call; nothing is compiled."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from pyroaring import BitMap

from termbank.errors import FormatError
from termbank.formats import normalised
from termbank.language.spelling import typing_errors
from termbank.language.words import collation_key, words
from termbank.model import Concept, Vocabulary
from termbank.model.notation import loose_key
from termbank.model.relations import completed
from termbank.store import hierarchy
from termbank.store.entry import Entry, Place, TermHit
from termbank.store.search import overlap, rank


class MemorySource:
    """One version of one vocabulary in memory; implements `termbank.terminology.source.Source`.

    Arguments:
        vocabulary: the vocabulary, with its concepts.

    Raises:
        FormatError: two concepts have the same id.

    >>> from termbank.model import Term
    >>> plans = Vocabulary(id="plan", title="Planer", concepts=[Concept(id="SIP", terms=(Term(text="SIP"),))])
    >>> MemorySource(plans).find("SIP").display
    'SIP'
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.info = vocabulary.info()
        concepts = completed(vocabulary.concepts)
        self._concepts = {concept.id: concept for concept in concepts}
        if len(self._concepts) < len(concepts):
            raise FormatError(f"{vocabulary.versioned} has the same concept id twice")
        self.concept_count = len(self._concepts)
        place = {concept.id: index for index, concept in enumerate(concepts)}
        numbering = hierarchy.number([[place[p] for p in c.parents() if p in place] for c in concepts])
        self._order = [concepts[index].id for index in numbering.order]
        self._extra = numbering.extra
        self._entries: dict[str, Entry] = {}
        for position, index in enumerate(numbering.order):
            concept = concepts[index]
            self._entries[concept.id] = Entry(
                code=concept.id,
                ordinal=position,
                last=numbering.last[position],
                extra=int(position in numbering.extra),
                display=concept.display() or "",
                abstract=int(concept.abstract),
                inactive=int(concept.inactive),
                valid_from=concept.valid_from.isoformat() if concept.valid_from else None,
                valid_to=concept.valid_to.isoformat() if concept.valid_to else None,
            )
        self.keys_from = lru_cache(maxsize=64)(self._read_keys)
        self.dates: tuple[str, ...] = tuple(
            sorted({date for entry in self._entries.values() for date in (entry.valid_from, entry.valid_to) if date})
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the normalised vocabulary."""
        return normalised.digest(self.info, self._concepts.values())

    @cached_property
    def _variants(self) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = {}
        for code in sorted(self._concepts):
            keys.setdefault(loose_key(code, self.info.variants), []).append(code)
        return keys

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        return [(key, code) for key in sorted(self._variants, key=str.encode) for code in self._variants[key]]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._concepts, key=str.encode)

    @cached_property
    def _terms(self) -> list[tuple[list[str], str, str]]:
        """Every term as (its words, the term, its concept), those with the fewest words and letters first."""
        terms = [(words(term.text), term.text, c.id) for c in self._concepts.values() for term in c.terms]
        return sorted(terms, key=lambda term: (len(term[0]), len(term[1]), self._entries[term[2]].ordinal))

    @cached_property
    def _stock(self) -> set[str]:
        return {word for split, _, _ in self._terms for word in split}

    def find(self, code: str) -> Entry | None:
        """Return what is known of a code, or None."""
        return self._entries.get(code)

    def find_many(self, codes: Sequence[str]) -> dict[str, Entry]:
        """Return what is known of many codes; unknown ones are left out."""
        return {code: self._entries[code] for code in codes if code in self._entries}

    def variants(self, key: str) -> list[str]:
        """Return the codes that share a loose key."""
        return self._variants.get(key, []) if self.info.variants else []

    def variants_many(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return the codes that share each of many loose keys; keys that no code has are left out."""
        return {key: codes for key in keys if (codes := self.variants(key))}

    def concept(self, code: str) -> Concept | None:
        """Return the concept of a code, or None."""
        return self._concepts.get(code)

    def concepts(self) -> Iterator[Concept]:
        """Yield every concept, in pre-order."""
        return (self._concepts[code] for code in self._order)

    def codes_from(self, start: str, end: str, limit: int) -> list[Entry]:
        """Return the codes from start up to but not including end, in code order."""
        low = bisect_left(self._sorted, start.encode(errors="surrogatepass"), key=str.encode)
        high = bisect_left(self._sorted, end.encode(errors="surrogatepass"), key=str.encode)
        return [self._entries[code] for code in self._sorted[low : min(high, low + limit)]]

    def _read_keys(self, start: str, end: str, limit: int) -> dict[str, str]:
        """Return code to loose key for the keys from start up to but not including end."""
        low = bisect_left(self._keys, start.encode(errors="surrogatepass"), key=lambda pair: pair[0].encode())
        high = bisect_left(self._keys, end.encode(errors="surrogatepass"), key=lambda pair: pair[0].encode())
        return {code: key for key, code in self._keys[low : min(high, low + limit)]}

    def at(self, ordinals: Iterable[int]) -> list[str]:
        """Return the codes that have those ordinals, in that order."""
        return [self._order[ordinal] for ordinal in ordinals]

    def everything(self) -> BitMap:
        """Return the ordinals of all codes."""
        return BitMap(range(len(self._order)))

    def entries(self, ordinals: BitMap) -> list[Entry]:
        """Return what is known of the codes that have those ordinals, in rising order."""
        return [self._entries[self._order[ordinal]] for ordinal in ordinals]

    def place(self, code: str) -> Place | None:
        """Return where a code stands in the hierarchy, or None."""
        entry = self._entries.get(code)
        return None if entry is None else Place(entry.ordinal, entry.last, entry.extra)

    def descends(self, above: Entry | Place, below: Entry | Place) -> bool:
        """Tell whether one code is below another."""
        if above.ordinal < below.ordinal <= above.last:
            return True
        extra = self._extra.get(above.ordinal)
        return extra is not None and below.ordinal in extra

    def descendants(self, entry: Entry) -> BitMap:
        """Return the ordinals of everything below a code."""
        below = BitMap(range(entry.ordinal + 1, entry.last + 1))
        return below | self._extra.get(entry.ordinal, BitMap())

    def search(self, text: str, limit: int) -> list[TermHit]:
        """Return the terms nearest to a text, best first, each concept once."""
        asked = words(text)[:12]
        hits: dict[str, TermHit] = {}
        found = [hit for split, term, code in self._terms if (hit := _fit(asked, split, term, code))] if asked else []
        if asked and len(found) < limit:
            known = {hit.term for hit in found}
            found += [hit for hit in self._misspelled(asked) if hit.term not in known]
        if not found and len(asked) > 1:
            shared = ((overlap(asked, term), term, code) for _, term, code in self._terms)
            found = [TermHit(code, term, "some-words", score) for score, term, code in shared if score]
        for hit in sorted(found, key=lambda hit: (-hit.score, len(hit.term), collation_key(hit.term))):
            hits.setdefault(hit.code, hit)
        return list(hits.values())[: limit * 3]

    def _misspelled(self, asked: list[str]) -> list[TermHit]:
        mended = [(0, word) if word in self._stock else self._mend(word) for word in asked]
        penalty = 0.1 * sum(errors for errors, _ in mended)
        right = [word for _, word in mended]
        if not penalty or not all(right):
            return []
        return [
            TermHit(code, term, *rank(right, term, penalty))
            for split, term, code in self._terms
            if set(right) <= set(split)
        ]

    def _mend(self, word: str) -> tuple[int, str]:
        near = [(errors, known) for known in self._stock if (errors := typing_errors(word, known))]
        return min(near, default=(0, ""))


def _fit(asked: list[str], split: list[str], term: str, code: str) -> TermHit | None:
    rest, last = asked[:-1], asked[-1]
    if all(word in split for word in rest) and any(word.startswith(last) for word in split):
        return TermHit(code, term, *rank(asked, term))
    return None
