"""Small mappings and sets, made by hand and by hypothesis, for the tests of what is made of sets."""

import datetime
from typing import Any

from hypothesis import strategies as st

from termbank.mapping.predicates import INVERSES, WEAKER_INVERSES
from termbank.model import Coding, Condition, Mapping, MappingSet

A, B, C, D = "a", "b", "c", "d"


def mapping(one: str, other: str | None, predicate: str = "skos:exactMatch", **more: Any) -> Mapping:
    """Make a mapping of codes written `a1`: the system and the code."""
    target = None if other is None else Coding(system=other[0], code=other[1:])
    return Mapping(subject=Coding(system=one[0], code=one[1:]), object=target, predicate=predicate, **more)


def made(*mappings: Mapping, id: str = "m", **more: Any) -> MappingSet:
    return MappingSet(id=id, mappings=mappings, **more)


def codings(system: str, codes: str = "123") -> st.SearchStrategy[Coding]:
    return st.builds(Coding, system=st.just(system), code=st.sampled_from(codes), version=st.sampled_from([None, "1"]))


conditions = st.lists(
    st.builds(Condition, attribute=st.sampled_from(["sex", "age"]), value=st.sampled_from("mf")),
    max_size=2,
    unique=True,
).map(tuple)
kept_slots = st.dictionaries(
    st.sampled_from(
        ["subject_category", "object_category", "subject_type", "see_also", "similarity_score", "record_id", "other"]
    ),
    st.sampled_from(["x", "y"]),
    max_size=3,
)
extras = kept_slots.map(lambda slots: {"sssom": slots} if slots else None)


@st.composite
def mappings(draw: st.DrawFn, source: str = A, target: str = B, predicates: Any = None, none: bool = True) -> Mapping:
    """Draw a mapping that can be turned round."""
    predicate = draw(st.sampled_from(sorted(predicates or {*INVERSES, *WEAKER_INVERSES} - {"sssom:NoTermFound"})))
    stated = draw(st.sampled_from([None, "related-to", "equivalent", "source-is-narrower-than-target"]))
    return Mapping(
        subject=draw(codings(source)),
        object=draw(st.none() | codings(target)) if none else draw(codings(target)),
        predicate=predicate,
        negated=predicate not in WEAKER_INVERSES and draw(st.booleans()),
        conditions=draw(conditions),
        products=draw(conditions),
        justification=draw(st.sampled_from(["semapv:ManualMappingCuration", "semapv:LexicalMatching"])),
        confidence=draw(st.sampled_from([None, 0.5, 0.9, 1.0])),
        author=draw(st.sampled_from([None, "Anna"])),
        date=draw(st.sampled_from([None, datetime.date(2026, 1, 31)])),
        comment=draw(st.sampled_from([None, "ett skäl"])),
        stated=stated,
        extra=draw(extras),
    )


def sets(source: str = A, target: str = B, id: str = "m", **more: Any) -> st.SearchStrategy[MappingSet]:
    return st.lists(mappings(source, target, **more), max_size=6).map(
        lambda listed: made(*listed, id=id, subject_source=source, object_source=target)
    )


PLAIN = (
    "skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:closeMatch", "skos:relatedMatch",
    "owl:equivalentClass", "owl:sameAs", "rdfs:subClassOf", "oboInOwl:hasDbXref", "ex:unknown",
)  # fmt: skip
