"""Which codes of a code system meet a filter: HL7's operators as set algebra."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.formats.fhir import code_systems
from termbank.model import Concept, ConceptFilter, Property, PropertyDefinition, Relation, Term, Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology import filters
from termbank.terminology.edition import Edition
from termbank.terminology.refusal import Refusal

NAMES = [f"c{number}" for number in range(8)]
COLOURS = ["red", "green", ""]


@st.composite
def hierarchies(draw):
    """Draw for every code those above it, among the codes before it; several, so that the hierarchy is no tree."""
    return {
        name: draw(st.lists(st.sampled_from(NAMES[:place]), max_size=3, unique=True) if place else st.just([]))
        for place, name in enumerate(NAMES)
    }


def edition(parents, colours=None, **fields):
    concepts = [
        Concept(
            id=name,
            terms=(Term(text=f"the {name}"),),
            relations=tuple(Relation(type="broader", target=parent) for parent in above),
            properties=(Property(code="colour", value=colours[name]),) if colours and colours[name] else (),
        )
        for name, above in parents.items()
    ]
    definitions = (PropertyDefinition(code="colour", type="code"),)
    fields = {"strict": True, "property_definitions": definitions, **fields}
    return Edition(MemorySource(Vocabulary(id="x", title="x", concepts=tuple(concepts), **fields)))


def selected(of, name, op, value):
    found = filters.select(of, ConceptFilter(property=name, op=op, value=value))
    return {entry.code for entry in of.entries(found)}


def above(parents, code):
    found = set(parents[code])
    for parent in parents[code]:
        found |= above(parents, parent)
    return found


@given(hierarchies(), st.sampled_from(NAMES))
def test_the_operators_of_the_hierarchy(parents, code):
    of, everything = edition(parents), set(NAMES)
    below = {name for name in NAMES if code in above(parents, name)}
    children = {name for name in NAMES if code in parents[name]}
    having_children = {parent for listed in parents.values() for parent in listed}
    expected = {
        "is-a": below | {code},
        "descendent-of": below,
        "is-not-a": everything - below - {code},
        "child-of": children,
        "generalizes": above(parents, code) | {code},
        "descendent-leaf": below - having_children,
    }
    assert {op: selected(of, "concept", op, code) for op in expected} == expected
    assert selected(of, "parent", "=", code) == children
    assert selected(of, "child", "=", code) == set(parents[code])
    assert selected(of, "child", "exists", "true") == having_children
    assert selected(of, "parent", "exists", "false") == {name for name in NAMES if not parents[name]}


@given(st.lists(st.sampled_from(COLOURS), min_size=8, max_size=8), st.sets(st.sampled_from(["red", "green", "blue"])))
def test_the_operators_on_values(given_colours, wanted):
    colours = dict(zip(NAMES, given_colours, strict=True))
    of, everything = edition({name: [] for name in NAMES}, colours), set(NAMES)
    listed = ", ".join(sorted(wanted)) or "none"
    inside = {name for name in NAMES if colours[name] in wanted}
    assert selected(of, "colour", "in", listed) == inside
    assert selected(of, "colour", "not-in", listed) == everything - inside
    assert selected(of, "colour", "=", "red") == {name for name in NAMES if colours[name] == "red"}
    having = {name for name in NAMES if colours[name]}
    assert selected(of, "colour", "exists", "true") == having
    assert selected(of, "colour", "exists", "false") == everything - having
    assert selected(of, "colour", "regex", "r.*|gre+n") == having


@given(st.text("c0123.*+?|()", min_size=1, max_size=6))
def test_a_regular_expression_must_match_the_whole_code_or_is_refused(pattern):
    of = edition({name: [] for name in NAMES})
    try:
        expected = {name for name in NAMES if re.fullmatch(pattern, name)}
        found = selected(of, "code", "regex", pattern)
    except (re.error, Refusal):
        return
    assert found == expected


@pytest.mark.parametrize(
    ("name", "op", "value", "expected"),
    [
        ("code", "=", "c1", {"c1"}),
        ("code", "in", "c1, c2,c9", {"c1", "c2"}),
        ("code", "not-in", ",".join(NAMES[1:]), {"c0"}),
        ("concept", "exists", "true", set(NAMES)),
        ("concept", "exists", "false", set()),
        ("display", "=", "the c3", {"c3"}),
        ("display", "regex", "the c[12]", {"c1", "c2"}),
        ("concept", "is-a", "nowhere", set()),
        ("concept", "is-not-a", "nowhere", set(NAMES)),
        ("inactive", "=", "true", set()),
        ("inactive", "=", "false", set(NAMES)),
    ],
)
def test_what_every_code_has(name, op, value, expected):
    assert selected(edition({each: [] for each in NAMES}), name, op, value) == expected


@pytest.mark.parametrize(
    ("name", "op", "value", "rule"),
    [
        ("colour", "=", None, "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE"),
        ("colour", "=", "", "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE"),
        ("size", "=", "big", "FILTER_NOT_UNDERSTOOD"),
        ("colour", "is-a", "red", "FILTER_NOT_UNDERSTOOD"),
        ("concept", "like", "c1", "FILTER_NOT_UNDERSTOOD"),
        ("parent", "regex", "c1", "FILTER_NOT_UNDERSTOOD"),
        ("code", "regex", "(?=c)", "INVALID_REGEX"),
        ("code", "regex", "a" * 1001, "INVALID_REGEX"),
        ("code", "regex", "(((a{0,999}){0,999}){0,999})", "INVALID_REGEX"),
    ],
)
def test_a_filter_that_is_not_understood_is_refused(name, op, value, rule):
    with pytest.raises(Refusal) as refusal:
        selected(edition({"c1": []}), name, op, value)
    assert refusal.value.finding.rule.partition("#")[0] == rule


def test_values_of_every_type_are_compared_as_text():
    values = [{"valueBoolean": True}, {"valueInteger": 7}, {"valueDecimal": 1.5}, {"valueDateTime": "2026"},
              {"valueCoding": {"system": "http://x.example.org", "code": "k"}}]  # fmt: skip
    concepts = [{"code": f"c{number}", "property": [{"code": "p", **value}]} for number, value in enumerate(values)]
    resource = {"resourceType": "CodeSystem", "url": "http://example.org/x", "status": "active",
                "content": "complete", "property": [{"code": "p", "type": "string"}], "concept": concepts}  # fmt: skip
    of = Edition(MemorySource(code_systems.read(resource)))
    for number, text in enumerate(["true", "7", "1.5", "2026", "k"]):
        assert selected(of, "p", "=", text) == {f"c{number}"}
