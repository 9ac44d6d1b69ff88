"""Dates: in order, and none that is still to come where it says what somebody has done."""

import datetime
from collections.abc import Iterator

from termbank.formats.vocabulary_files import Reading
from termbank.model import Finding, Location
from termbank.model.rules import rule


def check(reading: Reading) -> Iterator[Finding]:
    """Check the dates of a vocabulary, its concepts and their terms."""
    info = reading.vocabulary
    if info.valid_from and info.valid_to and info.valid_to < info.valid_from:
        yield _order(reading.place.at("valid_to"), info.id, "valid_to", info.valid_from, info.valid_to)
    today = datetime.date.today()
    for concept in info.concepts:
        place = reading.places[concept.id]
        start, end = concept.valid_from, concept.valid_to
        if start and end and end < start:
            yield _order(place.at(), concept.id, "valid_to", start, end)
        for index, term in enumerate(concept.terms):
            if term.valid_from and term.valid_to and term.valid_to < term.valid_from:
                yield _order(
                    place.at("terms", index), concept.id, f"valid_to ({term.text})", term.valid_from, term.valid_to
                )
        if concept.checked_on and concept.checked_on > today:
            yield _future(place.at(), concept.id, "checked_on", concept.checked_on)
        if concept.decided and concept.decided > today.year:
            yield _future(place.at(), concept.id, "decided", concept.decided)
        if concept.decided and concept.checked_on and concept.checked_on.year < concept.decided:
            yield _order(place.at(), concept.id, "checked_on", concept.decided, concept.checked_on)


def _order(where: Location, concept: str, what: str, earlier: object, later: object) -> Finding:
    return rule("date-order").finding(where, concept=concept, what=what, earlier=earlier, later=later)


def _future(where: Location, concept: str, what: str, date: object) -> Finding:
    return rule("future-date").finding(where, concept=concept, what=what, date=date)
