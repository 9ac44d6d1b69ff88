"""A set of codes from one or more code systems (FHIR ValueSet.compose, in our words)."""

import datetime
from typing import Any, Literal

from pydantic import model_validator

from termbank.model.base import Extra, Noun
from termbank.model.concept import Term
from termbank.model.vocabulary import PublicationStatus

FilterOperator = Literal[
    "=", "is-a", "descendent-of", "descendent-leaf", "is-not-a", "regex", "in", "not-in", "generalizes", "child-of",
    "exists",
]  # fmt: skip


class ConceptFilter(Noun):
    """One condition on the concepts of a system (FHIR filter).

    Arguments:
        property: a property, or `concept`, `code`, `display`.
        op: the operator; one that is not of `FilterOperator` is kept, and refused when the set is used.
        value: what the operator compares with.
        extra: what else came with it in a FHIR resource.
    """

    property: str
    op: FilterOperator | str
    value: str | None = None
    extra: Extra | None = None


class IncludedConcept(Noun):
    """A code that a value set lists, with a display and designations of the value set's own, if it has any.

    >>> IncludedConcept.model_validate("AU124").code
    'AU124'
    """

    code: str
    display: str | None = None
    designations: tuple[Term, ...] = ()
    extra: Extra | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_code(cls, given: Any) -> Any:
        return {"code": given} if isinstance(given, str) else given


class ConceptSet(Noun):
    """Some concepts of one system: those listed, or those that meet every filter, or all of them.

    Arguments:
        system: id, URL or OID of the code system.
        version: its version, or a pattern of it (`1.x`); None: as the caller's rules say.
        concepts: the codes, listed; a plain code will do.
        filters: conditions that all hold.
        value_sets: further value sets that the concepts must also be in.
        extra: what else came with it in a FHIR resource.
    """

    system: str | None = None
    version: str | None = None
    concepts: tuple[IncludedConcept, ...] = ()
    filters: tuple[ConceptFilter, ...] = ()
    value_sets: tuple[str, ...] = ()
    extra: Extra | None = None


class ValueSet(Noun):
    """A set of codes: everything in one of `include` and in none of `exclude`.

    Arguments:
        id: short id.
        title: name for people.
        url, version: canonical URL and version.
        include, exclude: what is in it, and what of that is not.
        inactive: whether inactive codes are in it (FHIR compose.inactive); None: not said, they are.
        locked_date: the day on which it is to be read where a system has no version (FHIR compose.lockedDate).
        description: a few lines for people.
        status, experimental, language: as of a vocabulary.
        expansion: a stored expansion (FHIR ValueSet.expansion), as it came.
        composed: it has a definition (FHIR compose); without one only the stored expansion can be used.
        extra: what else came with it in a FHIR resource; under `compose`, what came with that element.

    >>> planning = ValueSet(id="planning", title="Planering", include=[ConceptSet(system="kva", concepts=["AU124"])])
    >>> planning.include[0].concepts[0].code
    'AU124'
    """

    id: str
    title: str = ""
    url: str | None = None
    version: str | None = None
    include: tuple[ConceptSet, ...] = ()
    exclude: tuple[ConceptSet, ...] = ()
    inactive: bool | None = None
    locked_date: datetime.date | None = None
    description: str | None = None
    status: PublicationStatus = "active"
    experimental: bool | None = None
    language: str | None = None
    expansion: Extra | None = None
    composed: bool = True
    extra: Extra | None = None

    @property
    def versioned(self) -> str:
        """`url|version`, as far as it has them; else its id."""
        name = self.url or self.id
        return f"{name}|{self.version}" if self.version else name
