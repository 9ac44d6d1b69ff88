"""A set of codes from one or more code systems (FHIR ValueSet.compose, in our words)."""

from typing import Literal

from termbank.model.base import Noun

FilterOperator = Literal[
    "=", "is-a", "descendent-of", "is-not-a", "regex", "in", "not-in", "generalizes", "child-of", "exists"
]


class ConceptFilter(Noun):
    """One condition on the concepts of a system: a property, an operator and a value (FHIR filter)."""

    property: str
    op: FilterOperator
    value: str


class ConceptSet(Noun):
    """Some concepts of one system: those listed, or those that meet every filter, or all of them.

    Arguments:
        system: id, URL or OID of the code system.
        version: its version; None: as the caller's rules say.
        codes: the codes, listed.
        filters: conditions that all hold.
        value_sets: further value sets that the concepts must also be in.
    """

    system: str | None = None
    version: str | None = None
    codes: tuple[str, ...] = ()
    filters: tuple[ConceptFilter, ...] = ()
    value_sets: tuple[str, ...] = ()


class ValueSet(Noun):
    """A set of codes: everything in one of `include` and in none of `exclude`.

    >>> planning = ValueSet(id="planning", title="Planering", include=[ConceptSet(system="kva", codes=["AU124"])])
    >>> planning.include[0].codes
    ('AU124',)
    """

    id: str
    title: str
    url: str | None = None
    version: str | None = None
    include: tuple[ConceptSet, ...] = ()
    exclude: tuple[ConceptSet, ...] = ()
    description: str | None = None
