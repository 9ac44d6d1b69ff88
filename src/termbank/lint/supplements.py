"""Supplements: they say what they add to, and what they add to exists."""

from collections.abc import Iterator

from termbank.formats.vocabulary_files import Reading
from termbank.lint.relations import elsewhere
from termbank.model import Finding
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology


def check(reading: Reading, terminology: Terminology) -> Iterator[Finding]:
    """Check a vocabulary whose content is `supplement`."""
    vocabulary = reading.vocabulary
    if vocabulary.content != "supplement":
        return
    if vocabulary.supplements is None:
        yield rule("supplement-of-nothing").finding(reading.header, vocabulary=vocabulary.id)
        return
    for concept in vocabulary.concepts:
        where = reading.places[concept.id].at("id")
        yield from elsewhere(vocabulary.supplements, concept.id, concept.id, where, terminology)
