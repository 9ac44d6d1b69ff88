"""Hypothesis strategies for the nouns, and for small vocabularies that look like real ones."""

import datetime
from typing import Any, get_args

from hypothesis import strategies as st

from termbank.model import (
    Characteristic,
    CharacteristicType,
    Coding,
    Concept,
    ConceptFilter,
    ConceptSet,
    Condition,
    Definition,
    Edit,
    Finding,
    Identifier,
    IncludedConcept,
    Location,
    Mapping,
    MappingSet,
    Property,
    PropertyDefinition,
    Relation,
    Relationship,
    Term,
    UnmappedRule,
    ValueSet,
    Vocabulary,
)
from termbank.model.concept import (
    NameChange,
    PartOfSpeech,
    PropertyType,
    RelationType,
    StillRight,
    Strength,
    TermStatus,
    TermType,
)
from termbank.model.mapping import Predicate, UnmappedMode
from termbank.model.rules import catalogue
from termbank.model.vocabulary import (
    CodedValue,
    Content,
    Expectation,
    HierarchyMeaning,
    NotationVariant,
    PublicationStatus,
)

texts = st.text(max_size=12)
names = st.text(min_size=1, max_size=8)
dates = st.dates()
numbers = st.integers(0, 10**6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)
extras = st.none() | st.dictionaries(names, json_values, max_size=2)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def some(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=most).map(tuple)


def nouns(kind: Any, needed: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Make a noun from the fields it needs and any of the others; every field must stand in one of the two."""
    assert set(needed) | set(optional) == set(kind.model_fields), kind
    return st.fixed_dictionaries(needed, optional=optional).map(kind.model_validate)


codings = nouns(Coding, {"system": names, "code": names}, {"version": names, "display": texts})
terms = nouns(
    Term,
    {"text": texts},
    {
        "language": st.sampled_from(["sv", "en", "fi"]), "status": one_of(TermStatus),
        "part_of_speech": one_of(PartOfSpeech), "type": one_of(TermType), "inflection": some(texts), "use": texts,
        "context": some(texts),
        "note": texts, "source": texts, "valid_from": dates, "valid_to": dates, "change": one_of(NameChange),
        "still_right": some(one_of(StillRight)), "designation_use": st.none() | codings, "extra": extras,
    },
)  # fmt: skip
characteristics = nouns(
    Characteristic, {"type": names, "value": names}, {"strength": one_of(Strength), "note": texts, "source": texts}
)
definitions = nouns(
    Definition,
    {"text": texts},
    {"language": st.sampled_from(["sv", "en"]), "wording": st.sampled_from(["official", "ours"]), "source": texts},
)
relations = nouns(Relation, {"type": one_of(RelationType), "target": names}, {"vocabulary": names})
properties = nouns(
    Property,
    {
        "code": names,
        "value": st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts | codings,
    },
    {"type": one_of(PropertyType), "extra": extras},
)
concepts = nouns(
    Concept,
    {"id": names},
    {
        "terms": some(terms), "definitions": some(definitions), "comment": texts, "notes": some(texts),
        "examples": some(texts), "subject_field": texts, "relations": some(relations),
        "characteristics": some(characteristics), "properties": some(properties),
        "abstract": st.booleans(), "inactive": st.booleans(), "valid_from": dates, "valid_to": dates,
        "decided": st.integers(1900, 2100), "checked_on": dates, "source": texts, "extra": extras,
    },
)  # fmt: skip
identifiers = nouns(
    Identifier,
    {"value": names, "type": st.sampled_from(["url", "oid"])},
    {"status": st.sampled_from(["preferred", "accepted", "mistake"]), "seen": texts, "note": texts},
)
coded_values = nouns(CodedValue, {"code": names}, {"description": texts})
property_definitions = nouns(
    PropertyDefinition,
    {"code": names},
    {
        "type": one_of(PropertyType), "title": texts, "description": texts, "values": some(coded_values),
        "uri": texts, "extra": extras,
    },
)  # fmt: skip
characteristic_types = nouns(CharacteristicType, {"code": names, "values": some(coded_values)}, {"description": texts})
vocabularies = nouns(
    Vocabulary,
    {"id": names, "title": texts},
    {
        "url": texts, "version": names, "identifiers": some(identifiers), "valid_from": dates, "valid_to": dates,
        "publisher": texts, "licence": texts, "source": texts, "content": one_of(Content), "supplements": names,
        "case_sensitive": st.booleans(), "hierarchy": one_of(HierarchyMeaning),
        "notation": some(one_of(NotationVariant), 5), "property_definitions": some(property_definitions),
        "characteristic_types": some(characteristic_types), "expected": some(one_of(Expectation)),
        "assumptions": some(st.sampled_from(["selectable", "validity", "hierarchy"])), "description": texts,
        "status": one_of(PublicationStatus), "experimental": st.none() | st.booleans(), "language": st.none() | names,
        "version_algorithm": st.none() | names, "strict": st.booleans(), "extra": extras,
        "concepts": some(concepts, 3),
    },
)  # fmt: skip
conditions = nouns(Condition, {"attribute": names, "value": texts}, {})
mappings = nouns(
    Mapping,
    {"subject": codings, "object": st.none() | codings, "predicate": one_of(Predicate)},
    {
        "negated": st.booleans(), "conditions": some(conditions), "group": numbers, "priority": numbers, "rule": texts,
        "justification": names, "confidence": st.floats(0, 1), "author": texts, "reviewer": texts, "date": dates,
        "tool": texts, "comment": texts, "stated": st.none() | one_of(Relationship), "products": some(conditions),
        "extra": extras,
    },
)  # fmt: skip
unmapped_rules = nouns(
    UnmappedRule,
    {"source": names, "target": names, "mode": one_of(UnmappedMode)},
    {
        "coding": st.none() | codings, "other_map": st.none() | names, "relationship": st.none() | one_of(Relationship),
        "extra": extras,
    },
)  # fmt: skip
mapping_sets = nouns(
    MappingSet,
    {"id": names},
    {
        "title": texts, "version": names, "subject_source": names, "object_source": names, "licence": texts,
        "description": texts, "unmapped": st.sampled_from(["unknown", "none"]), "url": texts,
        "source_scope": texts, "target_scope": texts, "unmapped_rules": some(unmapped_rules),
        "status": one_of(PublicationStatus), "experimental": st.none() | st.booleans(), "extra": extras,
        "mappings": some(mappings, 3),
    },
)  # fmt: skip
operators = st.sampled_from(["=", "is-a", "regex", "in", "not-in", "exists", "child-of", "like"])  # the last is none
filters = nouns(ConceptFilter, {"property": names, "op": operators}, {"value": st.none() | texts, "extra": extras})
included_concepts = nouns(
    IncludedConcept, {"code": names}, {"display": st.none() | texts, "designations": some(terms), "extra": extras}
)
concept_sets = nouns(
    ConceptSet,
    {},
    {
        "system": names, "version": names, "concepts": some(included_concepts), "filters": some(filters),
        "value_sets": some(names), "extra": extras,
    },
)  # fmt: skip
value_sets = nouns(
    ValueSet,
    {"id": names, "title": texts},
    {
        "url": texts, "version": names, "include": some(concept_sets), "exclude": some(concept_sets),
        "inactive": st.none() | st.booleans(), "locked_date": st.none() | dates, "description": texts,
        "status": one_of(PublicationStatus), "experimental": st.none() | st.booleans(), "language": st.none() | names,
        "expansion": extras, "composed": st.booleans(), "extra": extras,
    },
)  # fmt: skip
locations = nouns(
    Location,
    {},
    {
        "path": names, "line": numbers, "column": numbers, "start": numbers, "end": numbers, "part": texts,
        "field": texts, "pointer": texts,
    },
)  # fmt: skip
edits = nouns(Edit, {"start": numbers, "end": numbers, "text": texts}, {})
findings = nouns(
    Finding,
    {"rule": st.sampled_from(sorted(catalogue())), "severity": st.sampled_from(["error", "warning", "info"])},
    {
        "arguments": some(st.tuples(names, texts)), "location": locations, "value": texts, "hint": texts,
        "edits": some(edits), "concepts": some(names),
    },
)  # fmt: skip

# -- vocabularies that look like real ones: few letters, so that codes and words meet

codes = st.text("ABab01. *", min_size=1, max_size=4)
title_words = st.sampled_from(
    ["vård", "vard", "plan", "planering", "öga", "åtgärd", "Ménière", "samverkan", "samordning", "i", "a_b", "3", "ß"]
)
titles = st.lists(title_words, min_size=1, max_size=4).map(" ".join)
days = st.dates(datetime.date(2024, 12, 30), datetime.date(2025, 1, 4))


@st.composite
def small_vocabularies(draw: st.DrawFn, version: str = "1") -> Vocabulary:
    """Draw a vocabulary with a polyhierarchy without cycles, dates, and titles that share their words."""
    ids = draw(st.lists(codes, unique=True, max_size=9))
    found = []
    for index, code in enumerate(ids):
        above = draw(st.lists(st.sampled_from(ids[:index]), unique=True, max_size=3)) if index else []
        dated = draw(st.booleans())
        found.append(
            Concept(
                id=code,
                terms=tuple(Term(text=text) for text in draw(st.lists(titles, max_size=2))),
                relations=tuple(Relation(type="broader", target=parent) for parent in above),
                abstract=draw(st.booleans()) if dated else False,
                inactive=draw(st.booleans()) if dated else False,
                valid_from=draw(st.none() | days) if dated else None,
                valid_to=draw(st.none() | days) if dated else None,
            )
        )
    return Vocabulary(
        id="x",
        title="X",
        version=version,
        content=draw(st.sampled_from(["complete", "complete", "fragment"])),
        valid_from=draw(st.none() | days),
        valid_to=draw(st.none() | days),
        notation=draw(st.lists(one_of(NotationVariant), unique=True).map(tuple)),
        assumptions=draw(st.sampled_from([(), ("selectable",)])),
        concepts=tuple(draw(st.permutations(found))),
    )
