"""Any sound resource comes back: resources drawn at random, with what the nouns model and what they do not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.errors import FormatError
from termbank.formats.fhir import json_form, resources, xml_form
from termbank.formats.fhir.losses import LossReport

pytestmark = pytest.mark.slow

words = st.text("aåÅ 1|\n\"<&'é😀", min_size=1, max_size=5).filter(lambda text: not text.isspace())
codes = st.sampled_from(["A", "B", "C", "D", "E", "A.1", "a", "å", "0", "é é"])
days = st.sampled_from(["2026", "2026-02", "2026-02-28", "2026-02-28T10:00:00+01:00"])
urls = st.sampled_from(["http://a.se/x", "urn:oid:1.2.3", "http://b.se/y|1"])
extensions = st.lists(st.fixed_dictionaries({"url": urls, "valueString": words}), min_size=1, max_size=2)
sides = st.fixed_dictionaries({}, optional={"id": codes, "extension": extensions}).filter(bool)
codings = st.fixed_dictionaries(
    {}, optional={"system": urls, "code": codes, "version": words, "display": words, "userSelected": st.booleans()}
).filter(bool)


def some(items, most=3):
    return st.lists(items, min_size=1, max_size=most)


def element(needed, **optional):
    """Draw an element, with an id and extensions too, and beside its texts (`_display`)."""
    texts = {f"_{name}": sides for name in optional if optional[name] in (words, days, codes)}
    return st.fixed_dictionaries(needed, optional={**optional, **texts, "id": codes, "extension": extensions})


values = st.one_of(
    st.tuples(st.just("valueCode"), codes), st.tuples(st.just("valueString"), words),
    st.tuples(st.just("valueBoolean"), st.booleans()), st.tuples(st.just("valueInteger"), st.integers(-99, 99)),
    st.tuples(st.just("valueDateTime"), days), st.tuples(st.just("valueCoding"), codings),
    st.tuples(st.just("valueDecimal"), st.sampled_from([0, 1, 1.5, -0.25, 1e-9])),
)  # fmt: skip
property_codes = st.sampled_from(
    ["status", "inactive", "notSelectable", "effectiveDate", "retirementDate", "comment", "p"]
)
properties = st.builds(lambda code, value, more: {"code": code, value[0]: value[1], **more}, property_codes, values,
                       st.fixed_dictionaries({}, optional={"extension": extensions}))  # fmt: skip
designations = element(
    {"value": words}, language=st.sampled_from(["sv", "en"]), use=codings, additionalUse=some(codings)
)
definitions = element(
    {"code": st.sampled_from(["status", "p", "q", "parent"]),
     "type": st.sampled_from(["code", "string", "boolean", "integer", "decimal", "dateTime", "Coding"])},
    uri=st.sampled_from(["http://x", "http://hl7.org/fhir/concept-properties#parent",
                         "http://hl7.org/fhir/concept-properties#notSelectable"]),
    description=words,
)  # fmt: skip
about = {
    "id": codes.filter(str.isalnum), "language": st.sampled_from(["sv", "en"]), "version": words, "name": words,
    "title": words, "_title": sides, "experimental": st.booleans(), "date": days, "publisher": words,
    "description": words, "copyright": words, "purpose": words, "extension": extensions,
    "identifier": some(st.fixed_dictionaries({"value": urls}, optional={"use": codes})),
    "contact": some(st.fixed_dictionaries({}, optional={"name": words}).filter(bool)), "topic": some(
        st.fixed_dictionaries({"text": words})), "versionAlgorithmString": words,
    "effectivePeriod": st.fixed_dictionaries({}, optional={"start": days, "end": days}).filter(bool),
    "approvalDate": days, "copyrightLabel": words, "status": st.sampled_from(["draft", "active", "retired", "unknown"]),
}  # fmt: skip


@st.composite
def code_systems(draw):
    found = draw(st.fixed_dictionaries(
        {"resourceType": st.just("CodeSystem"), "url": urls},
        optional={
            **about, "caseSensitive": st.booleans(), "supplements": urls, "valueSet": urls,
            "content": st.sampled_from(["complete", "fragment", "supplement", "example", "not-present"]),
            "hierarchyMeaning": st.sampled_from(["is-a", "part-of", "grouped-by", "classified-with"]),
            "property": some(definitions), "count": st.integers(0, 9), "versionNeeded": st.booleans(),
        },
    ))  # fmt: skip
    listed = draw(st.lists(codes, unique=True, max_size=8))
    placed = []
    for index, code in enumerate(listed):
        concept = {
            **draw(element({}, display=words, definition=words, designation=some(designations, 2))), "code": code,
        }  # fmt: skip
        said = draw(st.lists(properties, max_size=3))
        if index:
            for above in draw(st.lists(st.sampled_from(listed[:index]), max_size=2)):
                said.append({"code": draw(st.sampled_from(["parent", "q"])), "valueCode": above})
            if draw(st.booleans()) and index + 1 < len(listed):
                said.append({"code": "child", "valueCode": draw(st.sampled_from(listed[index + 1 :]))})
        if said:
            concept["property"] = said
        into = draw(st.sampled_from([None, *range(index)])) if index else None
        if into is None:
            found.setdefault("concept", []).append(concept)
        else:
            placed[into].setdefault("concept", []).append(concept)
        placed.append(concept)
    return found


included = element({"code": codes}, display=words, designation=some(designations, 2))
filters = element({"property": codes, "op": st.sampled_from(["=", "is-a", "regex", "child-of"])}, value=words)
sets = element({}, system=urls, version=words, concept=some(included), filter=some(filters), valueSet=some(urls),
               copyright=words)  # fmt: skip
composes = element(
    {}, lockedDate=days, inactive=st.booleans(), include=some(sets), exclude=some(sets), property=some(codes)
)
contains = element({}, system=urls, code=codes, display=words, abstract=st.booleans())
value_sets = st.fixed_dictionaries(
    {"resourceType": st.just("ValueSet"), "url": urls},
    optional={**about, "compose": composes, "immutable": st.booleans(), "expansion": element(
        {"timestamp": days}, total=st.integers(0, 9), contains=some(contains))},
)  # fmt: skip

relationships = st.sampled_from([
    "equivalent", "source-is-narrower-than-target", "source-is-broader-than-target", "related-to", "not-related-to",
])  # fmt: skip
conditions = st.one_of(
    element({"attribute": codes, "valueString": words}), element({"attribute": codes, "valueCoding": codings}),
    element({"attribute": codes, "valueBoolean": st.booleans()}),
    element({"attribute": codes, "valueQuantity": st.fixed_dictionaries({"value": st.just(1.5), "unit": words})}),
    element({"attribute": codes, "valueSet": urls}),
)  # fmt: skip
targets = element({"relationship": relationships}, code=codes, display=words, comment=words, dependsOn=some(conditions),
                  product=some(conditions), valueSet=urls)  # fmt: skip
map_elements = st.one_of(
    element({"code": codes}, display=words, target=some(targets)), element({"code": codes, "noMap": st.just(True)}),
    element({"valueSet": urls}), element({"code": codes}),
)  # fmt: skip
unmapped = element({"mode": st.sampled_from(["use-source-code", "fixed", "other-map"])}, code=codes, display=words,
                   relationship=relationships, otherMap=urls, valueSet=urls)  # fmt: skip
groups = element({}, source=urls, target=urls, element=some(map_elements), unmapped=unmapped)
concept_maps = st.fixed_dictionaries(
    {"resourceType": st.just("ConceptMap"), "url": urls},
    optional={**about, "group": some(groups), "sourceScopeUri": urls, "targetScopeCanonical": urls},
)
unique_ids = element(
    {"type": st.sampled_from(["oid", "uri", "uuid", "other"]), "value": urls},
    preferred=st.booleans(),
    comment=words,
    period=st.fixed_dictionaries({"start": days}),
    authoritative=st.booleans(),
)
naming_systems = st.fixed_dictionaries(
    {"resourceType": st.just("NamingSystem"), "name": words},
    optional={**{name: each for name, each in about.items() if name != "name"}, "url": urls, "usage": words,
              "kind": st.sampled_from(["codesystem", "identifier", "root"]), "uniqueId": some(unique_ids)},
)  # fmt: skip
any_resource = st.one_of(code_systems(), value_sets, concept_maps, naming_systems)


@given(any_resource)
@settings(max_examples=300)
def test_any_resource_comes_back(resource):
    before = json.dumps(resource)
    try:
        noun = resources.read(resource)
    except FormatError as error:
        assert "above itself" in str(error)
        return
    again, losses = resources.write(noun)
    assert again == resource
    assert not losses
    stored = type(noun).from_json(noun.to_json())
    assert stored == noun and resources.write(stored)[0] == resource
    assert json.dumps(resource) == before


@given(any_resource)
@settings(max_examples=100)
def test_any_resource_comes_back_from_json_and_xml(resource):
    assert json_form.parse(json_form.text(resource)) == resource
    losses = LossReport()
    assert xml_form.parse(xml_form.data(resource, losses)) == resource
    assert not losses


@given(any_resource)
@settings(max_examples=200)
def test_any_resource_goes_to_r4_and_back(resource):
    try:
        noun = resources.read(resource)
    except FormatError:
        return
    older, losses = resources.write(noun, "4.0.1")
    again = resources.read(older)
    if not losses:
        assert again == noun
    assert json_form.parse(json_form.text(older)) == older
    lost = LossReport()
    assert resources.read(xml_form.parse(xml_form.data(older, lost))) == again
    assert not lost
