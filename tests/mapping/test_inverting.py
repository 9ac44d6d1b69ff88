"""Sets turned round: what is said stays true, nothing is lost, and turned again they are as they were."""

import pytest
from algebra_making import made, mapping, mappings, sets
from hypothesis import given

from termbank.formats import sssom
from termbank.mapping import slots
from termbank.mapping.inverting import INVERSION, invert, invert_set, is_no_term
from termbank.model import Condition, Mapping, UnmappedRule
from termbank.model.mapping import INVERSE

pytestmark = pytest.mark.slow


@given(mappings())
def test_turned_twice_it_is_the_same(one):
    turned = invert(one)
    assert turned is not None
    assert invert(turned) == one


@given(sets())
def test_so_is_a_set(one):
    turned = invert_set(one)
    assert turned.findings == ()
    assert len(turned.mapping_set.mappings) == len(one.mappings)
    assert (turned.mapping_set.subject_source, turned.mapping_set.object_source) == ("b", "a")
    assert invert_set(turned.mapping_set).mapping_set == one


@given(mappings(none=False))
def test_the_relationship_is_the_opposite(one):
    turned = invert(one)
    assert turned is not None
    assert turned.relationship == INVERSE[one.relationship]


@pytest.mark.parametrize(
    ("predicate", "inverse"),
    [
        ("skos:broadMatch", "skos:narrowMatch"), ("skos:narrowMatch", "skos:broadMatch"),
        ("skos:exactMatch", "skos:exactMatch"), ("skos:relatedMatch", "skos:relatedMatch"),
        ("rdfs:subClassOf", "skos:narrowMatch"), ("owl:sameAs", "owl:sameAs"),
        ("semapv:crossSpeciesBroadMatch", "semapv:crossSpeciesNarrowMatch"),
    ],
)  # fmt: skip
def test_predicates(predicate, inverse):
    assert invert(mapping("a1", "b1", predicate)).predicate == inverse


def test_what_is_kept_and_what_changes_sides():
    one = mapping(
        "a1", "b1", author="Anna", confidence=0.7, comment="skäl", justification="semapv:LexicalMatching",
        conditions=(Condition(attribute="sex", value="f"),),
        extra={"sssom": {
            "subject_category": "act", "record_id": "r:1", "mapping_cardinality": "1:n",
            "cardinality_scope": ["subject_source", "predicate_id"],
        }},
    )  # fmt: skip
    turned = invert(one)
    assert (turned.author, turned.confidence, turned.comment, turned.justification) == ("Anna", 0.7, "skäl", INVERSION)
    assert (turned.conditions, turned.products) == ((), one.conditions)
    assert slots.of(turned) == {
        "object_category": "act", "mapping_cardinality": "n:1", "cardinality_scope": ["object_source", "predicate_id"],
        "inverted_justification": "semapv:LexicalMatching", "inverted_record": "r:1",
    }  # fmt: skip


def test_no_counterpart_turned_round():
    turned = invert(mapping("a1", None, extra={"sssom": {"object_source_version": "2"}}))
    assert is_no_term(turned.subject) and turned.subject.version == "2"
    assert str(turned.object) == "a#1"


def test_an_r4_equivalence_is_turned_too():
    url = "http://hl7.org/fhir/4.0/StructureDefinition/extension-ConceptMap.group.element.target.equivalence"
    one = mapping(
        "a1", "b1", "skos:broadMatch", extra={"extension": [{"url": url, "valueCode": "subsumes"}, {"url": "x"}]}
    )
    turned = invert(one)
    assert turned.extra["extension"] == [{"url": url, "valueCode": "specializes"}, {"url": "x"}]


def test_what_cannot_be_turned_is_found():
    refused = (
        mapping("a1", "b1", "ex:unknown"), mapping("a2", "b1", "rdfs:subClassOf", negated=True),
        mapping("a3", "b1", rule="IFA 248152002 | Female |"), mapping("a4", "b1", group=1, priority=1),
    )  # fmt: skip
    whole = made(
        mapping("a9", "b9"), *refused, unmapped_rules=(UnmappedRule(source="a", target="b", mode="use-source-code"),)
    )
    turned = invert_set(whole)
    assert [each.subject.code for each in turned.mapping_set.mappings] == ["9"]
    assert [each.rule for each in turned.findings] == ["no-inverse"] * 4 + ["unmapped-rule-left-out"]


PLAIN = {"extra": None, "conditions": (), "products": (), "stated": None}
"""What SSSOM has no slots for, or wants of certain kinds."""


@given(
    sets().map(lambda one: one.model_copy(update={"mappings": tuple(m.model_copy(update=PLAIN) for m in one.mappings)}))
)
def test_it_is_whole_after_a_file(tmp_path_factory, one):
    folder = tmp_path_factory.mktemp("sets")
    sssom.write(invert_set(one).mapping_set, folder / "m-inverted.sssom.tsv")
    again = invert_set(sssom.read(folder / "m-inverted.sssom.tsv").mapping_set).mapping_set
    assert again.id == "m" and again.url is None
    read = [each.model_copy(update=PLAIN) for each in again.mappings]
    assert sorted(map(Mapping.to_json, read)) == sorted(map(Mapping.to_json, one.mappings))
