"""Mappings between concepts of two vocabularies, with SSSOM's provenance and FHIR's meaning."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from termbank.model.base import Extra, Noun
from termbank.model.coding import Coding

Predicate = Literal[
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
    "owl:equivalentClass", "owl:sameAs", "oboInOwl:hasDbXref", "sssom:NoTermFound",
]  # fmt: skip
"""The predicates that are met most; SSSOM allows any other CURIE."""

LITERAL = "rdfs:Literal"
"""The system of a text that is mapped itself, without a code: `Coding(system=LITERAL, code="upprätta SIP")`."""

Relationship = Literal[
    "equivalent", "source-is-narrower-than-target", "source-is-broader-than-target", "related-to", "not-related-to"
]
"""FHIR R5 ConceptMap relationships, read from the source to the target."""

RELATIONSHIPS: dict[str, Relationship] = {
    "skos:exactMatch": "equivalent",
    "owl:equivalentClass": "equivalent",
    "owl:equivalentProperty": "equivalent",
    "owl:sameAs": "equivalent",
    "rdfs:subClassOf": "source-is-narrower-than-target",
    "rdfs:subPropertyOf": "source-is-narrower-than-target",
    "skos:closeMatch": "related-to",
    "skos:broadMatch": "source-is-narrower-than-target",
    "skos:narrowMatch": "source-is-broader-than-target",
    "skos:relatedMatch": "related-to",
    "oboInOwl:hasDbXref": "related-to",
}
"""What each SSSOM predicate means as a FHIR relationship; `sssom:NoTermFound` has none, any other is `related-to`."""

INVERSE: dict[Relationship, Relationship] = {
    "equivalent": "equivalent",
    "source-is-narrower-than-target": "source-is-broader-than-target",
    "source-is-broader-than-target": "source-is-narrower-than-target",
    "related-to": "related-to",
    "not-related-to": "not-related-to",
}


class Condition(Noun):
    """Something that must hold for a mapping to apply (FHIR dependsOn, RF2 map rule)."""

    attribute: str
    value: str


class Mapping(Noun):
    """One statement that a concept corresponds to another in some way, or to none.

    Arguments:
        subject: the coding mapped from; a text without a code is one of the system `LITERAL`.
        object: the coding mapped to; None where the statement is that there is no counterpart.
        predicate: SSSOM predicate (a `Predicate`, or any other CURIE), read "subject predicate object":
            `skos:broadMatch` means the object is broader.
        negated: the statement is that the predicate does *not* hold (SSSOM predicate_modifier Not).
        conditions, group, priority, rule: when the mapping applies, and in what order (RF2 complex maps).
        justification: how the mapping came about (a semapv term).
        confidence: 0 to 1, how sure its author is.
        author, reviewer, date, tool: who, when and by what.
        comment: why.
        stated: the FHIR relationship as the source states it, where the predicate says less (`related-to` may be a
            closeMatch or a relatedMatch).
        products: further codes that belong to the target (FHIR target.product).
        extra: what else came with it in a FHIR resource; under `sssom`, the SSSOM slots that have no field here.
    """

    subject: Coding
    object: Coding | None
    predicate: Annotated[str, Field(min_length=1)]
    negated: bool = False
    conditions: tuple[Condition, ...] = ()
    group: int | None = None
    priority: int | None = None
    rule: str | None = None
    justification: str = "semapv:UnspecifiedMatching"
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    author: str | None = None
    reviewer: str | None = None
    date: datetime.date | None = None
    tool: str | None = None
    comment: str | None = None
    stated: Relationship | None = None
    products: tuple[Condition, ...] = ()
    extra: Extra | None = None

    @property
    def relationship(self) -> Relationship | None:
        """The FHIR relationship of subject to object; None where there is no counterpart.

        >>> kva, ksi = Coding(system="kva", code="AU124"), Coding(system="ksi", code="XAH.20.75")
        >>> Mapping(subject=kva, object=ksi, predicate="skos:exactMatch").relationship
        'equivalent'
        """
        if self.object is None:
            return None
        if self.stated is not None:
            return self.stated
        if self.negated:
            return "not-related-to"
        return None if self.predicate == "sssom:NoTermFound" else RELATIONSHIPS.get(self.predicate, "related-to")


UnmappedMode = Literal["use-source-code", "fixed", "other-map"]
"""use-source-code: it is the same code in the target. fixed: always the same one. other-map: another set tells."""


class UnmappedRule(Noun):
    """What a code of one system, that a mapping set does not map to another system, becomes (FHIR group.unmapped).

    Arguments:
        source, target: the systems, as `Coding.system` and perhaps `|version`.
        mode: see `UnmappedMode`.
        coding: the target of mode `fixed`.
        other_map: canonical URL or id of the set that mode `other-map` asks.
        relationship: of the source to the target.
        extra: what else came with it in a FHIR resource.
    """

    source: str
    target: str
    mode: UnmappedMode
    coding: Coding | None = None
    other_map: str | None = None
    relationship: Relationship | None = None
    extra: Extra | None = None


class MappingSet(Noun):
    """Mappings that were made and are kept together.

    Arguments:
        id: short id, or the SSSOM mapping_set_id.
        title: name for people.
        version: version of the set.
        subject_source, object_source: the vocabularies mapped from and to (id or URL).
        licence, description: for people.
        unmapped: what a source code that is not in the set means: `unknown` (nobody looked), or `none` (the set covers
            its source: there is no counterpart).
        url: canonical URL (FHIR ConceptMap.url).
        source_scope, target_scope: the value sets mapped from and to (FHIR sourceScope, targetScope).
        unmapped_rules: what codes that are not mapped become, system by system.
        status, experimental: as of a vocabulary.
        extra: what else came with it in a FHIR resource; under `sssom`, the SSSOM slots that have no field here.
        mappings: the statements.
    """

    id: str
    title: str = ""
    version: str | None = None
    subject_source: str | None = None
    object_source: str | None = None
    licence: str | None = None
    description: str | None = None
    unmapped: Literal["unknown", "none"] = "unknown"
    url: str | None = None
    source_scope: str | None = None
    target_scope: str | None = None
    unmapped_rules: tuple[UnmappedRule, ...] = ()
    status: Literal["draft", "active", "retired", "unknown"] = "active"
    experimental: bool | None = None
    extra: Extra | None = None
    mappings: tuple[Mapping, ...] = ()
