"""The compact facts that questions are answered from; public Concepts are made only at the boundary."""

from typing import Literal, NamedTuple

TermMatch = Literal["exact", "prefix", "words", "spelling", "some-words"]


class Entry(NamedTuple):
    """What is known of one code without reading its concept.

    Arguments:
        code: the code.
        ordinal: its number in pre-order over the hierarchy, unique within its bank.
        last: the highest ordinal below it in the tree of first parents.
        extra: other concepts are below it too, through further parents.
        display: its preferred term.
        abstract: it is declared not to be selectable.
        inactive: it is retired.
        valid_from, valid_to: ISO dates, or None.
    """

    code: str
    ordinal: int
    last: int
    extra: int
    display: str
    abstract: int
    inactive: int
    valid_from: str | None
    valid_to: str | None


class Place(NamedTuple):
    """Where a code stands in the hierarchy; see `Entry`."""

    ordinal: int
    last: int
    extra: int


class TermHit(NamedTuple):
    """One term that a search found: the concept's code, the term, how it matched and how well (0 to 1)."""

    code: str
    term: str
    match: TermMatch
    score: float
