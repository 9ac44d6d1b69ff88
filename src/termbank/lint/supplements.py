"""Supplements: they say what they add to, it exists, and their terms do not compete with its preferred ones."""

from collections.abc import Iterator

from termbank.errors import UnknownVocabulary
from termbank.formats.vocabulary_files import Reading
from termbank.model import Concept, Finding
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology
from termbank.terminology.source import Source


def check(reading: Reading, terminology: Terminology) -> Iterator[Finding]:
    """Check a vocabulary whose content is `supplement`."""
    vocabulary = reading.vocabulary
    if vocabulary.content != "supplement":
        return
    if vocabulary.supplements is None:
        yield rule("supplement-of-nothing").finding(reading.place.at("content"), vocabulary=vocabulary.id)
        return
    where = reading.place.at("supplements")
    try:
        base = terminology.source(vocabulary.supplements)
    except UnknownVocabulary:
        system = vocabulary.supplements
        yield rule("unknown-supplemented").finding(where, value=system, system=system, vocabulary=vocabulary.id)
        return
    if base.info.id == vocabulary.id:
        yield rule("supplement-of-itself").finding(reading.place.at("id"), system=vocabulary.id)
        return
    for concept in vocabulary.concepts:
        national = base.concept(concept.id)
        if national is None:
            yield _nothing(concept, base, reading)
        else:
            yield from _competing(concept, national, reading)


def _nothing(concept: Concept, base: Source, reading: Reading) -> Finding:
    asked = [concept.id.replace("-", " "), *(term.text for term in concept.terms)]
    near = list(dict.fromkeys(hit.code for text in asked for hit in base.search(text, 3)))[:5]
    return rule("nothing-to-supplement").finding(
        reading.places[concept.id].at("id"), value=concept.id, hint=f"→ {', '.join(near)}" if near else None,
        concept=concept.id, system=base.info.versioned,
    )  # fmt: skip


def _competing(concept: Concept, national: Concept, reading: Reading) -> Iterator[Finding]:
    preferred = {term.language: term.text for term in national.terms if term.status == "preferred"}
    for index, term in enumerate(concept.terms):
        other = preferred.get(term.language)
        if term.status == "preferred" and other not in (None, term.text):
            where = reading.places[concept.id].at("terms", index)
            yield rule("second-preferred").finding(where, term=term.text, concept=concept.id, other=other)
