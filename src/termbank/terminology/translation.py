"""What a code is called over there: every mapping that says something, and how sure it is."""

from collections.abc import Iterable, Iterator
from typing import Literal

from termbank.model import Coding, Mapping, MappingSet, Relationship
from termbank.model.base import Noun
from termbank.model.mapping import INVERSE
from termbank.terminology.source import MappingSource


class Translation(Noun):
    """One answer to "what is this code over there".

    Arguments:
        coding: the code it is translated to; None where a reviewed mapping says that there is no counterpart.
        relationship: of the source to the target (FHIR R5); None where there is no counterpart.
        mapping_set: id of the set that says so.
        confidence: 0 to 1, as the mapping's author put it.
        justification: how the mapping came about (a semapv term).
        path: `forward` as the mapping is written, `inverse` read from its other side.
        comment: the author's reason.
    """

    coding: Coding | None
    relationship: Relationship | None
    mapping_set: str
    confidence: float | None = None
    justification: str | None = None
    path: Literal["forward", "inverse"] = "forward"
    comment: str | None = None


_ORDER = {"equivalent": 0, "source-is-narrower-than-target": 1, "source-is-broader-than-target": 1, "related-to": 2}


def translations(sources: Iterable[MappingSource], system: str, code: str, to: str) -> list[Translation]:
    """Return what mapping sets say of a code, the closest and surest first; nothing is chosen.

    Arguments:
        sources: where mapping sets are.
        system, code: the code, in the form of its system.
        to: short id of the system to translate to.
    """
    found: dict[tuple[str, str | None], Translation] = {}
    for source in sources:
        for translation in (*_forward(source, system, code, to), *_inverse(source, system, code, to)):
            key = (translation.mapping_set, translation.coding.code if translation.coding else None)
            found.setdefault(key, translation)
    return sorted(
        found.values(),
        key=lambda t: (_ORDER.get(t.relationship or "", 3), -(t.confidence or 0), t.coding.code if t.coding else "~"),
    )


def _forward(source: MappingSource, system: str, code: str, to: str) -> Iterator[Translation]:
    for mapping_set, mapping in source.mappings("subject", system, code):
        target = mapping.object.system if mapping.object else mapping_set.object_source
        if target == to and not mapping.negated:
            yield _translation(mapping_set, mapping, mapping.object, mapping.relationship, "forward")


def _inverse(source: MappingSource, system: str, code: str, to: str) -> Iterator[Translation]:
    for mapping_set, mapping in source.mappings("object", system, code):
        if mapping.subject.system == to and not mapping.negated:
            relationship = INVERSE[mapping.relationship] if mapping.relationship else None
            yield _translation(mapping_set, mapping, mapping.subject, relationship, "inverse")


def _translation(
    mapping_set: MappingSet,
    mapping: Mapping,
    coding: Coding | None,
    relationship: Relationship | None,
    path: Literal["forward", "inverse"],
) -> Translation:
    return Translation(
        coding=coding,
        relationship=relationship,
        mapping_set=mapping_set.id,
        confidence=mapping.confidence,
        justification=mapping.justification,
        path=path,
        comment=mapping.comment,
    )
