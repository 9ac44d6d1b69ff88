"""Search over several vocabularies at once, with the terms of their supplements."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

from termbank.language.words import collation_key, words
from termbank.model import Concept, TermStatus
from termbank.model.base import Noun
from termbank.store.entry import TermHit, TermMatch
from termbank.terminology import validation
from termbank.terminology.source import Source

_STATUS_ORDER: tuple[TermStatus, ...] = ("preferred", "admitted", "unknown", "superseded", "deprecated")
"""Which concept comes first where the same term fits several alike."""

Match = TermMatch | Literal["code"]


class Hit(Noun):
    """One concept that a search found.

    Arguments:
        vocabulary: `id|version` of where it lives.
        concept: the concept.
        term: the term that matched; the code, where that is what matched.
        match: code, exact, prefix, words (all of them), spelling (after mending typing errors) or some-words.
        score: 0 to 1, for ordering.
        status: the status of the term in the concept; `preferred` for a code.
        supplement: `id|version` of the supplement that has the term, where it is not the vocabulary's own.
    """

    vocabulary: str
    concept: Concept
    term: str
    match: Match
    score: float
    status: TermStatus = "preferred"
    supplement: str | None = None


def search(places: Mapping[Source, Source], text: str, limit: int) -> list[Hit]:
    """Return the concepts whose terms or code fit a text best, each once.

    Arguments:
        places: the sources to search, each with the one that its concepts live in: itself, or what it supplements.
        text: what is looked for.
        limit: how many hits at most.
    """
    found: list[tuple[Source, Source, TermHit | None, str]] = []
    for source, base in places.items():
        found.extend((source, base, hit, code) for hit, code in _hits(source, text, limit))
    found.sort(key=_order)
    hits: dict[tuple[str, str], Hit] = {}
    for source, base, term, code in found:
        key = (base.info.id, code)
        if key not in hits and (hit := _hit(source, base, term, code)) is not None:
            hits[key] = hit
        if len(hits) == 2 * limit:
            break
    best = sorted(hits.values(), key=_preference)
    return best[:limit]


def _preference(hit: Hit) -> tuple[float, int, bool, bool]:
    """Return what like hits are ordered by: their status, whether they apply, whether they say what they mean."""
    concept = hit.concept
    return -hit.score, _STATUS_ORDER.index(hit.status), _over(concept), not concept.definitions


def _over(concept: Concept) -> bool:
    """Tell whether a concept no longer applies: of statutes with the same short name, the one in force comes first."""
    return concept.inactive or (concept.valid_to is not None and concept.valid_to < datetime.date.today())


def _hits(source: Source, text: str, limit: int) -> Iterator[tuple[TermHit | None, str]]:
    """Yield the hits of one source; None stands for a hit on the code itself."""
    known: set[str] = set()
    entry, _ = validation.find(source, text.strip())
    if entry is not None and words(entry.display) != words(text):
        known.add(entry.code)
        yield None, entry.code
    elif _looks_like_code(text):
        for begun in source.codes_from(text.strip(), text.strip() + "\U0010ffff", limit):
            known.add(begun.code)
            yield TermHit(begun.code, begun.code, "prefix", 0.9), begun.code
    for hit in source.search(text, limit):
        if hit.code not in known:
            yield hit, hit.code


def _looks_like_code(text: str) -> bool:
    return " " not in text.strip() and (text.isupper() or any(character.isdigit() for character in text))


def _order(row: tuple[Source, Source, TermHit | None, str]) -> tuple[float, int, tuple[str, str], str, bool]:
    """Return what hits are ordered by: a code first, then the best, the shortest, and as a Swedish reader expects.

    Where a vocabulary and its supplement have the same term, the vocabulary's own comes first.
    """
    source, base, hit, code = row
    if hit is None:
        return -2.0, 0, ("", ""), code, source is not base
    return -hit.score, len(hit.term), collation_key(hit.term), code, source is not base


def _hit(source: Source, base: Source, found: TermHit | None, code: str) -> Hit | None:
    said = source.concept(code)
    concept = said if source is base else base.concept(code)
    if said is None or concept is None:
        return None
    status = next((term.status for term in said.terms if found and term.text == found.term), "preferred")
    return Hit(
        vocabulary=base.info.versioned,
        concept=concept,
        term=found.term if found else code,
        match=found.match if found else "code",
        score=round(found.score, 3) if found else 1.0,
        status=status,
        supplement=source.info.versioned if source is not base else None,
    )
