"""Ids and terms: one preferred a language, replacements for what is not to be used, abbreviations with full forms."""

import unicodedata
from collections.abc import Iterator, Sequence

from termbank.formats.vocabulary_files import Reading
from termbank.formats.yaml_lines import Place
from termbank.model import Concept, Finding
from termbank.model.rules import rule
from termbank.model.vocabulary import Expectation

_ABBREVIATED = ("abbreviation", "acronym", "short-form")


def check(reading: Reading) -> Iterator[Finding]:
    """Check the ids and terms of a vocabulary."""
    concepts = reading.vocabulary.concepts
    info = reading.vocabulary
    if any(sign.isspace() or sign in "|#/" for sign in info.id + info.version):
        yield rule("unusable-id").finding(reading.place.at("id"), value=info.id, concept=info.versioned)
    if not concepts:
        yield rule("empty-vocabulary").finding(reading.place.at(), vocabulary=info.versioned)
    targets = {r.target for concept in concepts for r in concept.relations if r.vocabulary is None}
    for concept in concepts:
        place = reading.places[concept.id]
        yield from _identity(concept, place)
        yield from _texts(concept, place)
        yield from _designations(concept, place)
        if reading.vocabulary.content != "supplement":
            yield from _replacements(concept, place)
        for field in _lacking(concept, concept.id in targets, reading.vocabulary.expected):
            yield rule("missing-field").finding(place.at(), concept=concept.id, field=field)
    yield from _shared(reading)


def _identity(concept: Concept, place: Place) -> Iterator[Finding]:
    if concept.id != concept.id.strip() or any(sign in concept.id for sign in "|#\n\t"):
        yield rule("unusable-id").finding(place.at("id"), value=concept.id, concept=concept.id)


def _texts(concept: Concept, place: Place) -> Iterator[Finding]:
    texts = [("terms", index, term.text) for index, term in enumerate(concept.terms)]
    texts += [("definitions", index, definition.text) for index, definition in enumerate(concept.definitions)]
    for field, index, text in texts:
        if text != " ".join(text.split()) or not text or text != unicodedata.normalize("NFC", text):
            yield rule("untidy-text").finding(place.at(field, index), value=text, concept=concept.id, field=field)


def _designations(concept: Concept, place: Place) -> Iterator[Finding]:
    preferred: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for index, term in enumerate(concept.terms):
        if term.status == "preferred":
            preferred.setdefault(term.language, []).append(term.text)
        if (term.language, term.text) in seen:
            yield rule("repeated-term").finding(place.at("terms", index), term=term.text, concept=concept.id)
        seen.add((term.language, term.text))
    for language, texts in preferred.items():
        if len(texts) > 1:
            terms = ", ".join(texts)
            where = place.at("terms")
            yield rule("several-preferred").finding(where, concept=concept.id, language=language, terms=terms)
    for index, term in enumerate(concept.terms):
        where = place.at("terms", index)
        if term.status == "superseded" and term.change is None:
            yield rule("superseded-how").finding(where, term=term.text, concept=concept.id)
        if term.type in ("abbreviation", "acronym") and not _has_full_form(concept, term.language):
            yield rule("no-full-form").finding(where, term=term.text, concept=concept.id)


def _replacements(concept: Concept, place: Place) -> Iterator[Finding]:
    """Check that what is not to be used has something in its place; a supplement leaves that to what it adds to."""
    if any(relation.type == "replaced-by" for relation in concept.relations):
        return
    preferred = {term.language for term in concept.terms if term.status == "preferred"}
    for index, term in enumerate(concept.terms):
        if (
            term.status in ("deprecated", "superseded")
            and term.language not in preferred
            and term.change != "abolished"
        ):
            where = place.at("terms", index)
            yield rule("no-replacement").finding(where, term=term.text, status=term.status, concept=concept.id)


def _has_full_form(concept: Concept, language: str) -> bool:
    return any(term.language == language and term.type not in _ABBREVIATED for term in concept.terms)


def _lacking(concept: Concept, is_target: bool, expected: Sequence[Expectation]) -> list[str]:
    superseded = any(term.status == "superseded" for term in concept.terms)
    has: dict[Expectation, bool] = {
        "preferred": superseded or any(t.language == "sv" and t.status == "preferred" for t in concept.terms),
        "part_of_speech": all(term.part_of_speech for term in concept.terms),
        "definition": bool(concept.definitions),
        "subject_field": bool(concept.subject_field),
        "relation": bool(concept.relations) or is_target,
        "source": bool(concept.source),
        "checked_on": concept.checked_on is not None,
    }
    return [field for field in expected if not has[field]]


def _shared(reading: Reading) -> Iterator[Finding]:
    """Find preferred terms that two concepts share; codes may share titles, so only where terms are worked with."""
    if not reading.vocabulary.expected:
        return
    first: dict[str, str] = {}
    for concept in reading.vocabulary.concepts:
        for index, term in enumerate(concept.terms):
            if term.status == "preferred" and term.language == "sv":
                other = first.setdefault(term.text, concept.id)
                if other != concept.id:
                    where = reading.places[concept.id].at("terms", index)
                    yield rule("same-preferred-term").finding(where, term=term.text, concept=concept.id, other=other)
