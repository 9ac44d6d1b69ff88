"""What is read is written back the same: in JSON and XML, in R4 and R5, and our own lists as far as FHIR can say."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FULL

import strategies
from termbank.formats.fhir import code_systems, concept_maps, json_form, naming_systems, resources, value_sets, xml_form
from termbank.formats.fhir.losses import LossReport
from termbank.model import (
    Coding,
    Concept,
    ConceptFilter,
    ConceptSet,
    Definition,
    Identifier,
    IncludedConcept,
    KnownSystem,
    Mapping,
    MappingSet,
    Property,
    PropertyDefinition,
    Relation,
    Term,
    UnmappedRule,
    ValueSet,
    Vocabulary,
)


def read(resource):
    return resources.read(resource, id=None if resource.get("url") or resource.get("id") else "")


# -- HL7's test cases


def test_every_terminology_resource_of_the_test_cases_comes_back(tx):
    count = 0
    for name, resource in tx:
        if resource["resourceType"] not in resources.READ:
            continue
        before = copy.deepcopy(resource)
        noun = read(resource)
        again, losses = resources.write(noun)
        assert again == resource, name
        assert resource == before, f"{name}: reading changed it"
        assert not losses, name
        assert type(noun).from_json(noun.to_json()) == noun, name
        assert resources.write(type(noun).from_json(noun.to_json()))[0] == resource, name
        count += 1
    assert count > 290


def test_every_terminology_resource_comes_back_by_way_of_r4(tx):
    for name, resource in tx:
        if resource["resourceType"] in resources.READ:
            noun = read(resource)
            older, losses = resources.write(noun, "4.0.1")
            if not losses:
                assert read(older) == noun, name
                assert resources.write(read(older), "4.0.1")[0] == older, name


def test_every_resource_of_the_test_cases_comes_back_as_json(tx_files):
    for path in tx_files:
        resource = json_form.parse(path.read_bytes())
        for indent in (2, None):
            text = json_form.text(resource, indent)
            assert json.loads(text) == json.loads(path.read_text(encoding="utf-8-sig")), path.name
            assert json_form.parse(text) == resource, path.name


def test_every_resource_of_the_test_cases_comes_back_as_xml(tx):
    count = 0
    for name, resource in tx:
        plain = _without_test_marks(resource)
        losses = LossReport()
        assert xml_form.parse(xml_form.data(plain, losses)) == plain, name
        assert not losses, (name, losses)
        count += 1
    assert count > 1000


def _without_test_marks(value):
    """Leave out what the test cases add to resources: `$optional$`, `title:de` ..., which FHIR has not."""
    if isinstance(value, list):
        return [_without_test_marks(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _without_test_marks(each) for name, each in value.items() if "$" not in name and ":" not in name}


# -- resources with everything


@pytest.mark.parametrize("resource", FULL, ids=lambda each: each["resourceType"])
def test_every_element_comes_back(resource):
    noun = resources.read(resource)
    assert resources.write(noun)[0] == resource
    assert resources.write(type(noun).from_json(noun.to_json()))[0] == resource
    assert not resources.write(noun)[1]


@pytest.mark.parametrize("resource", FULL, ids=lambda each: each["resourceType"])
def test_every_element_comes_back_from_xml(resource):
    losses = LossReport()
    again = xml_form.parse(xml_form.data(resource, losses))
    assert not losses
    assert again == _without_empty(resource)


def _without_empty(value):
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    return {name: _without_empty(each) for name, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("resource", FULL, ids=lambda each: each["resourceType"])
def test_what_only_r5_has_comes_back_from_r4_or_is_lost_aloud(resource):
    noun = resources.read(resource)
    older, losses = resources.write(noun, "4.0.1")
    lost = {loss.field for loss in losses.losses}
    again = resources.write(resources.read(older))[0]
    gone = {name for name in resource if name not in again}
    assert gone == {field.split(".")[1] for field in lost if field.count(".") == 1}
    if not lost:
        assert again == resource
    for name in ("effectivePeriod", "topic", "versionAlgorithmCoding", "noMap", "sourceScopeCanonical", "relationship"):
        assert f'"{name}"' not in json.dumps(older)


@pytest.mark.parametrize("equivalence", [
    "relatedto", "equivalent", "equal", "wider", "subsumes", "narrower", "specializes", "inexact", "disjoint",
    "unmatched",
])  # fmt: skip
def test_each_equivalence_of_r4_comes_back(equivalence):
    target = {"equivalence": equivalence, "comment": "x"} | ({} if equivalence == "unmatched" else {"code": "b"})
    resource = {
        "resourceType": "ConceptMap", "url": "http://m", "status": "active", "sourceUri": "http://s",
        "targetCanonical": "http://t", "identifier": {"value": "1"},
        "group": [{"source": "http://a", "sourceVersion": "1", "target": "http://b", "element": [
            {"code": "a", "target": [target]},
            {"code": "c", "target": [{"code": "d", "equivalence": "equivalent", "dependsOn": [
                {"property": "http://p", "system": "http://c", "value": "v", "display": "V"},
                {"property": "http://q", "value": "w"},
            ]}]},
        ], "unmapped": {"mode": "provided"}}],
    }  # fmt: skip
    found = concept_maps.read(resource)
    assert concept_maps.write(found, "4.0.1")[0] == resource
    assert found.mappings[0].comment == "x"
    assert found.mappings[1].conditions[0].value == "v"
    assert found.unmapped_rules[0].mode == "use-source-code"
    assert concept_maps.read(concept_maps.write(found, "5.0.0")[0]).mappings == found.mappings


def test_the_meaning_of_equivalences():
    def relationship(equivalence):
        target = {"code": "b", "equivalence": equivalence}
        group = {"source": "http://a", "target": "http://b", "element": [{"code": "a", "target": [target]}]}
        return concept_maps.read({"resourceType": "ConceptMap", "id": "m", "group": [group]}).mappings[0].relationship

    assert relationship("wider") == relationship("subsumes") == "source-is-narrower-than-target"
    assert relationship("narrower") == relationship("specializes") == "source-is-broader-than-target"
    assert relationship("inexact") == relationship("relatedto") == "related-to"
    assert relationship("disjoint") == "not-related-to"
    assert relationship("equal") == "equivalent"


# -- our own nouns


def _same_by_meaning(ours: Vocabulary, theirs: Vocabulary) -> None:
    assert [concept.id for concept in theirs.concepts] == [concept.id for concept in ours.concepts]
    assert (theirs.title, theirs.version, theirs.content) == (ours.title, ours.version, ours.content)
    assert (theirs.valid_from, theirs.valid_to) == (ours.valid_from, ours.valid_to)
    for one, other in zip(ours.concepts, theirs.concepts, strict=True):
        assert sorted(other.parents()) == sorted(one.parents())
        assert [term.text for term in other.terms] == [term.text for term in one.terms]
        for field in ("abstract", "inactive", "valid_from", "valid_to"):
            assert getattr(other, field) == getattr(one, field), field


@given(strategies.small_vocabularies())
def test_a_small_vocabulary_keeps_what_it_says(vocabulary):
    resource, _ = code_systems.write(vocabulary)
    again = code_systems.read(resource)
    _same_by_meaning(vocabulary, again)
    assert code_systems.write(again)[0] == resource
    assert xml_form.parse(xml_form.data(resource)) == resource
    assert json_form.parse(json_form.text(resource)) == resource
    older, _ = code_systems.write(vocabulary, "4.0.1")
    assert code_systems.read(older) == again


@given(strategies.vocabularies)
@settings(max_examples=60)
def test_any_vocabulary_can_be_written_and_what_was_written_reads_the_same(vocabulary):
    vocabulary = vocabulary.with_(
        concepts=tuple({concept.id: concept for concept in vocabulary.concepts}.values()), extra=None
    )
    resource, losses = code_systems.write(vocabulary)
    json.dumps(resource)
    losses.findings()


@given(strategies.mapping_sets)
def test_any_mapping_set_can_be_written(mapping_set):
    resource, losses = concept_maps.write(mapping_set.with_(extra=None, unmapped_rules=()))
    losses.findings()
    stated = {(m.subject.code, m.object and m.object.code) for m in mapping_set.mappings}
    again = concept_maps.read(resource, id=mapping_set.id)
    assert {(m.subject.code, m.object and m.object.code) for m in again.mappings} <= stated


def test_what_fhir_has_no_place_for_is_told():
    plan = Concept(
        id="A",
        terms=(
            Term(text="plan", part_of_speech="noun"),
            Term(text="plan", language="en", status="admitted"),
            Term(text="gammal plan", status="deprecated"),
            Term(text="förr", status="superseded", note="till 2010"),
            Term(text="planering", status="unknown"),
        ),
        definitions=(Definition(text="en plan"), Definition(text="a plan", language="en")),
        notes=("viktigt",),
        comment="se även B",
        relations=(Relation(type="related", target="B"),),
        properties=(Property(code="antal", value=3),),
    )
    ours = Vocabulary(
        id="plan", title="Planer", url="http://x.se/plan", concepts=(plan, Concept(id="B")), source="en bok",
        identifiers=(Identifier(value="1.2.3", type="oid"), Identifier(value="1.2.4", type="oid", status="mistake")),
        property_definitions=(PropertyDefinition(code="antal", type="integer", title="Antal"),),
    )  # fmt: skip
    resource, losses = code_systems.write(ours)
    written = resource["concept"][0]
    assert written["display"] == "plan" and written["definition"] == "en plan"
    assert written["designation"][0]["use"]["code"] == "900000000000013009"
    assert written["designation"][1]["extension"][0]["valueCode"] == "deprecated"
    assert written["designation"][2]["extension"][0]["valueCode"] == "withdrawn"
    assert {"code": "comment", "valueString": "se även B"} in written["property"]
    assert resource["identifier"] == [{"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3"}]
    assert resource["language"] == "sv"
    assert {loss.field for loss in losses.losses} == {
        "Vocabulary.source", "Concept.notes", "Concept.relations", "Concept.definitions", "Term.part_of_speech",
        "Term.note", "Identifier.status", "PropertyDefinition.title",
    }  # fmt: skip
    assert losses.findings()[0].rule == "fhir-loss"


def test_the_second_preferred_term_is_marked():
    ours = Vocabulary(id="x", title="X", concepts=(Concept(id="A", terms=(Term(text="a"), Term(text="b"))),))
    designation = code_systems.write(ours)[0]["concept"][0]["designation"][0]
    assert designation["use"]["code"] == "preferredForLanguage"


def test_our_value_set_and_back():
    ours = ValueSet(
        id="vs", title="Val", url="http://x.se/vs", description="d", inactive=False,
        include=(
            ConceptSet(system="http://x.se/plan", concepts=("A", IncludedConcept(code="B", display="b"))),
            ConceptSet(system="http://x.se/plan", filters=(ConceptFilter(property="concept", op="is-a", value="A"),)),
        ),
        exclude=(ConceptSet(value_sets=("http://x.se/other",)),),
    )  # fmt: skip
    resource, losses = value_sets.write(ours)
    assert not losses
    assert value_sets.read(resource, id="vs") == ours.with_(extra={"id": "vs"})


def test_our_mapping_set_and_back():
    a, b = Coding(system="http://a", code="1", display="ett"), Coding(system="http://b", version="2", code="x")
    ours = MappingSet(
        id="http://x.se/m", url="http://x.se/m", title="M", licence="CC0", source_scope="http://x.se/vs",
        mappings=(
            Mapping(subject=a, object=b, predicate="skos:broadMatch", comment="granskad"),
            Mapping(subject=a, object=b.with_(code="y"), predicate="skos:exactMatch"),
            Mapping(subject=a.with_(code="2"), object=None, predicate="sssom:NoTermFound", comment="saknas"),
        ),
        unmapped_rules=(UnmappedRule(source="http://a", target="http://b|2", mode="fixed", coding=b),),
    )  # fmt: skip
    for version in ("4.0.1", "5.0.0"):
        resource, losses = concept_maps.write(ours, version)
        assert not losses
        again = concept_maps.read(resource)
        assert again.with_(subject_source=None, object_source=None) == ours


def test_our_known_system_and_back():
    ours = KnownSystem(
        id="kva", title="KVÅ", url="http://x.se/kva", hierarchy=None, publisher="Socialstyrelsen",
        identifiers=(
            Identifier(value="1.2.3", type="oid", status="preferred"), Identifier(value="http://y", type="url"),
        ),
    )  # fmt: skip
    for version in ("4.0.1", "5.0.0"):
        resource, losses = naming_systems.write(ours, version)
        assert not losses
        assert naming_systems.read(resource).with_(extra=None) == ours


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_texts_come_back_from_xml_or_are_told(text):
    resource = {"resourceType": "ValueSet", "title": text}
    losses = LossReport()
    again = xml_form.parse(xml_form.data(resource, losses))
    assert (again == resource) is not bool(losses)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**6), max_value=10**6))
def test_decimals_keep_how_they_are_written(value):
    text = (
        '{"resourceType": "CodeSystem", "url": "http://x", "property": [{"code": "n", "type": "decimal"}],'
        f' "extension": [{{"url": "http://e", "valueDecimal": {value}}}],'
        f' "concept": [{{"code": "A", "property": [{{"code": "n", "valueDecimal": {value}}}]}}]}}'
    )
    resource = json_form.parse(text)
    vocabulary = code_systems.read(resource)
    assert json_form.text(code_systems.write(vocabulary)[0], None).count(f'"valueDecimal": {value}') == 2
    assert xml_form.data(code_systems.write(vocabulary)[0]).decode().count(f'valueDecimal value="{value}"') == 2
    stored = Vocabulary.from_json(vocabulary.to_json())
    assert f'"code": "n", "valueDecimal": {value}' in json_form.text(code_systems.write(stored)[0], None)
