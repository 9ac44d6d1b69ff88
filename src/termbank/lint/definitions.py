"""Definitions: they neither repeat their own term nor go in circles (ISO 704)."""

from collections.abc import Iterator

from termbank.formats.vocabulary_files import Reading
from termbank.language.words import words
from termbank.lint.relations import circles
from termbank.model import Concept, Finding, Term
from termbank.model.rules import rule

_ENDING = 4
"""How many letters longer than the term a word may be and still be taken for a form of it (vårdgivarens)."""

_ALIKE = 4
"""Words shorter than this must be the same: `plan` has forms, `vad` has not."""


def check(reading: Reading) -> Iterator[Finding]:
    """Check the definitions of a vocabulary, each language by itself."""
    languages = {definition.language for concept in reading.vocabulary.concepts for definition in concept.definitions}
    for language in sorted(languages):
        yield from _check(reading, language)


def _check(reading: Reading, language: str) -> Iterator[Finding]:
    designations = _designations(reading.vocabulary.concepts, language)
    mentioned: dict[str, list[str]] = {}
    for concept in reading.vocabulary.concepts:
        for index, definition in enumerate(concept.definitions):
            if definition.language != language:
                continue
            found = _mentions(words(definition.text), designations)
            own = found.pop(concept.id, None)
            mentioned[concept.id] = list(found)
            if own is not None:
                where = reading.places[concept.id].at("definitions", index)
                yield rule("definition-repeats-term").finding(where, concept=concept.id, term=own)
    for circle in circles(
        {concept: [other for other in others if other in mentioned] for concept, others in mentioned.items()}
    ):
        where = reading.places[circle[0]].at("definitions")
        yield rule("circular-definitions").finding(where, path=" > ".join([*circle, circle[0]]))


def _designations(concepts: tuple[Concept, ...], language: str) -> dict[str, list[tuple[list[str], str, str]]]:
    """Return the terms that a definition may mention, by how their first word begins."""
    found: dict[str, list[tuple[list[str], str, str]]] = {}
    for concept in concepts:
        for term in concept.terms:
            if term.language == language and _is_name(term):
                split = words(term.text)
                found.setdefault(split[0][:_ALIKE], []).append((split, concept.id, term.text))
    return found


def _is_name(term: Term) -> bool:
    """Tell whether a term names the concept, and not something else too (a deprecated one may)."""
    return term.status in ("preferred", "admitted") and term.part_of_speech != "verb" and bool(words(term.text))


def _mentions(text: list[str], designations: dict[str, list[tuple[list[str], str, str]]]) -> dict[str, str]:
    """Return the concepts whose terms stand in a text, the longest term at each place, with that term."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        fitting = [
            (len(split), concept, term)
            for split, concept, term in designations.get(text[at][:_ALIKE], ())
            if len(split) <= len(text) - at and all(map(_form_of, text[at:], split))
        ]
        longest = max((length for length, _, _ in fitting), default=1)
        for length, concept, term in fitting:
            if length == longest:
                found.setdefault(concept, term)
        at += longest
    return found


def _form_of(word: str, term: str) -> bool:
    if len(term) < _ALIKE:
        return word == term
    return word.startswith(term) and len(word) - len(term) <= _ENDING
