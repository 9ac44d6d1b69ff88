"""A vocabulary: a version of a termbank or code system, with what it says about itself."""

import datetime
from typing import Literal

from termbank.model.base import Extra, Noun
from termbank.model.concept import Concept, PropertyType

Content = Literal["complete", "fragment", "supplement", "example", "not-present"]
"""FHIR CodeSystem.content. complete: what is absent does not exist. fragment: what is absent is unknown, never invalid.
supplement: adds terms to another vocabulary. example, not-present: nothing can be told from it."""

PublicationStatus = Literal["draft", "active", "retired", "unknown"]

HierarchyMeaning = Literal["is-a", "part-of", "grouped-by", "classified-with"]

IdentifierStatus = Literal["preferred", "accepted", "mistake"]

NotationVariant = Literal["case", "spaces", "dot", "dagger-asterisk", "qualifier"]
"""How a code may be written besides its own form: in the other case; with spaces in or around it; without its dot or
with one too many; with the dagger, asterisk or plus that marks aetiology and manifestation; with an ICF qualifier."""


Expectation = Literal[
    "preferred", "part_of_speech", "definition", "subject_field", "relation", "source", "checked_on"
]  # fmt: skip
"""Something that every concept of a vocabulary shall have, where its makers say so; `termbank vocab lint` holds it. A
preferred term is meant in Swedish."""


class Identifier(Noun):
    """One of the names by which a vocabulary is known.

    Arguments:
        value: the URL, or the OID in dotted form.
        type: url or oid.
        status: preferred (the one that is written), accepted, or mistake (circulates, is wrong, is accepted with a
            warning).
        seen: where this identifier was seen.
        note: what a reader should know.
    """

    value: str
    type: Literal["url", "oid"]
    status: IdentifierStatus = "accepted"
    seen: str | None = None
    note: str | None = None


class CodedValue(Noun):
    """One of the values that a property, or a type of characteristic, can have."""

    code: str
    description: str | None = None


class PropertyDefinition(Noun):
    """What a property of the concepts means.

    Arguments:
        code: its name, as `Property.code` has it.
        type: what its values are.
        title: what people see in place of the code.
        description: what it says of a concept.
        values: the values that it can have, where they are few.
        uri: what the property is in any code system (FHIR CodeSystem.property.uri).
        extra: what else came with it in a FHIR resource.
    """

    code: str
    type: PropertyType = "string"
    title: str | None = None
    description: str | None = None
    values: tuple[CodedValue, ...] = ()
    uri: str | None = None
    extra: Extra | None = None


class CharacteristicType(Noun):
    """A type of characteristic (ISO 1087) by which concepts are told apart, with the values that it can have.

    Arguments:
        code: its name, as `Characteristic.type` has it.
        values: the values, each with what it means.
        description: what the type is about.
    """

    code: str
    values: tuple[CodedValue, ...]
    description: str | None = None


class VocabularyInfo(Noun):
    """Everything about a vocabulary but its concepts.

    Arguments:
        id: short id (`kva`), the name people use.
        title: full name.
        url: canonical URL (FHIR CodeSystem.url).
        version: version of the list; one word.
        identifiers: other URLs and OIDs under which it circulates.
        valid_from, valid_to: first and last day on which this version is in force; None: not stated.
        publisher: who publishes it, with dates where it changed.
        licence: under what terms, as far as known.
        source: where this copy comes from.
        content: complete, fragment or supplement; see `Content`.
        supplements: id of the vocabulary that a supplement adds to.
        case_sensitive: whether codes that differ in case are different.
        hierarchy: what the relation of a concept to the one above it means.
        notation: variants of a code that are accepted with a finding; see `NotationVariant`.
        property_definitions: what the properties mean.
        characteristic_types: the types of characteristics by which its concepts are told apart.
        expected: what every concept in it shall have; see `Expectation`.
        assumptions: what the list does not say and was therefore assumed when it was added: `selectable` (headings
            are taken not to be selectable), `validity` (the version is taken to be in force always), `hierarchy`.
        description: a few lines for people.
        status: whether this version is a draft, in use or retired (FHIR CodeSystem.status).
        experimental: it is made for tests and examples, not for use.
        language: the language of its displays; None: Swedish for our own lists, not known for a FHIR resource.
        version_algorithm: how versions are ordered (`semver`, `integer`, `alpha`, `date`, `natural`); None: seen from
            the versions.
        strict: from a FHIR resource: codes only as written, displays by FHIR's rules, nothing assumed.
        extra: what else came with it in a FHIR resource.
    """

    id: str
    title: str
    url: str | None = None
    version: str = "1"
    identifiers: tuple[Identifier, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    publisher: str | None = None
    licence: str | None = None
    source: str | None = None
    content: Content = "complete"
    supplements: str | None = None
    case_sensitive: bool = True
    hierarchy: HierarchyMeaning | None = "is-a"
    notation: tuple[NotationVariant, ...] = ()
    property_definitions: tuple[PropertyDefinition, ...] = ()
    characteristic_types: tuple[CharacteristicType, ...] = ()
    expected: tuple[Expectation, ...] = ()
    assumptions: tuple[Literal["selectable", "validity", "hierarchy"], ...] = ()
    description: str | None = None
    status: PublicationStatus = "active"
    experimental: bool | None = None
    language: str | None = None
    version_algorithm: str | None = None
    strict: bool = False
    extra: Extra | None = None

    @property
    def variants(self) -> tuple[NotationVariant, ...]:
        """Every way to write a code that is accepted: `notation`, and the other case where case makes no difference."""
        return self.notation if self.case_sensitive or "case" in self.notation else (*self.notation, "case")

    @property
    def versioned(self) -> str:
        """`id|version`, the name of exactly this version; the id, where there is no version."""
        return f"{self.id}|{self.version}" if self.version else self.id


class Vocabulary(VocabularyInfo):
    """A vocabulary with its concepts.

    >>> from termbank.model import Term
    >>> kinds = Vocabulary(id="plan", title="Planer", concepts=[Concept(id="SIP", terms=(Term(text="SIP"),))])
    >>> kinds.versioned, len(kinds.concepts)
    ('plan|1', 1)
    """

    concepts: tuple[Concept, ...] = ()

    def info(self) -> VocabularyInfo:
        """Return what the vocabulary says about itself, without the concepts."""
        return VocabularyInfo.model_validate({name: getattr(self, name) for name in VocabularyInfo.model_fields})


class KnownSystem(Noun):
    """What is known about a code or identifier system whichever list of it is loaded: its names and its notation.

    Arguments:
        id, title, url, identifiers, publisher, licence, case_sensitive, hierarchy, notation: as in `VocabularyInfo`.
        kind: a code system that lists can be loaded for, or a system of identifiers.
        dot_after: how many characters stand before the dot, where lists circulate without it.
        parents: where the code above a code comes from when a list does not say: `prefix` takes the longest other code
            that the code begins with.
        description: a few lines for people.
        extra: what else came with it in a FHIR NamingSystem.
    """

    id: str
    title: str
    kind: Literal["code-system", "identifier-system"] = "code-system"
    url: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    publisher: str | None = None
    licence: str | None = None
    case_sensitive: bool = True
    hierarchy: HierarchyMeaning | None = "is-a"
    notation: tuple[NotationVariant, ...] = ()
    dot_after: int | None = None
    parents: Literal["column", "prefix"] = "column"
    description: str | None = None
    extra: Extra | None = None

    def info(self, **fields: object) -> VocabularyInfo:
        """Return the header of a list of this system, with the fields that belong to the list (version ...)."""
        names = (self.model_fields_set & set(VocabularyInfo.model_fields)) - {"extra"}
        own = {name: getattr(self, name) for name in names}
        return VocabularyInfo.model_validate({**own, **{k: v for k, v in fields.items() if v is not None}})
