"""What strangers send: wrong types anywhere, endless nesting, bombs. An error that names the place, never a crash."""

import copy
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FULL

from termbank.errors import FormatError
from termbank.formats.fhir import json_form, resources, xml_form
from termbank.model import Finding

pytestmark = pytest.mark.slow

WRONG = [
    None,
    True,
    0,
    -1,
    1.5,
    float("nan"),
    10**30,
    "",
    "x",
    "\ud800",
    [],
    [None],
    [[]],
    {},
    {"x": 1},
    {1: 2},
    [1],
    object(),
]


def places(value, path=()):
    """Yield the path to every value in a resource."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*path, key))


def put(resource, path, value):
    changed = copy.deepcopy(resource)
    if not path:
        return value
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


@pytest.mark.parametrize("resource", FULL, ids=lambda each: each["resourceType"])
def test_a_wrong_value_anywhere_is_read_or_refused(resource):
    refused = 0
    generator = random.Random(2)
    for path in places(resource):
        for wrong in generator.sample(WRONG, 7):
            changed = put(resource, path, wrong)
            try:
                noun = resources.read(changed)
            except FormatError as error:
                refused += 1
                assert str(error)
                assert "\n" not in str(error)
                continue
            for version in ("4.0.1", "5.0.0"):
                written, losses = resources.write(noun, version)
                losses.findings()
            noun.to_json()
            json_form.text(written)
            xml_form.data(written)
    assert refused > 100


@pytest.mark.parametrize("resource", FULL, ids=lambda each: each["resourceType"])
def test_a_missing_element_is_borne_or_named(resource):
    for path in places(resource):
        if path and isinstance(path[-1], str):
            changed = copy.deepcopy(resource)
            at = changed
            for key in path[:-1]:
                at = at[key]
            del at[path[-1]]
            try:
                again = resources.write(resources.read(changed))[0]
            except FormatError as error:
                assert path[-1] in str(error) or "value[x]" in str(error) or "url" in str(error)
            else:
                assert again == changed, path


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["resourceType", "concept", "code", "property", "group", "element", "target", "compose",
                         "include", "url", "id", "x", "expansion", "uniqueId"]), inner, max_size=4),
    max_leaves=12,
), st.sampled_from(sorted(resources.READ)))  # fmt: skip
def test_any_json_is_read_or_refused(value, kind):
    for given_ in (value, {**(value if isinstance(value, dict) else {"concept": value}), "resourceType": kind}):
        try:
            noun = resources.read(given_)
        except FormatError:
            continue
        noun.to_json()
        json_form.text(resources.write(noun)[0])


@pytest.mark.parametrize(("resource", "place"), [
    ({"resourceType": "CodeSystem", "url": "u", "concept": [{"code": "a"}, {"display": "b"}]},
     "CodeSystem.concept[1].code: missing"),
    ({"resourceType": "CodeSystem", "url": "u", "concept": [{"code": "a", "concept": [{"code": 1}]}]},
     "CodeSystem.concept[0].concept[0].code: this is a whole number, not a text"),
    ({"resourceType": "CodeSystem", "url": "u", "concept": [{"code": "a"}, {"code": "a"}]},
     "CodeSystem.concept[1].code: a stands at CodeSystem.concept[0] already"),
    ({"resourceType": "CodeSystem", "content": "complete"}, "CodeSystem.url: missing"),
    ({"resourceType": "CodeSystem", "url": "u", "content": "all"}, "CodeSystem.content: all is not one of complete"),
    ({"resourceType": "CodeSystem", "url": "u", "concept": [{"code": "a", "property": [{"code": "p"}]}]},
     "CodeSystem.concept[0].property[0].value[x]: give each property one value"),
    ({"resourceType": "CodeSystem", "url": "u", "property": [{"code": "parent", "type": "code"}], "concept": [
        {"code": "a", "property": [{"code": "parent", "valueCode": "b"}]},
        {"code": "b", "property": [{"code": "parent", "valueCode": "a"}]}]},
     "CodeSystem.concept[0].property: a is above itself (a < b < a)"),
    ({"resourceType": "ValueSet", "url": "u", "compose": {"include": [{"system": "s", "filter": [{"op": "="}]}]}},
     "ValueSet.compose.include[0].filter[0].property: missing"),
    ({"resourceType": "ValueSet", "url": "u", "compose": []}, "ValueSet.compose: this is a list, not an object"),
    ({"resourceType": "ConceptMap", "url": "u", "group": [{"element": [{"target": []}]}]},
     "ConceptMap.group[0].element[0].code: missing"),
    ({"resourceType": "ConceptMap", "url": "u", "group": [{"element": [{"code": "a", "target": [{"code": "b"}]}]}]},
     "ConceptMap.group[0].element[0].target[0].relationship: missing"),
    ({"resourceType": "NamingSystem", "uniqueId": []}, "NamingSystem.name: missing"),
    ({"resourceType": "Patient"}, "resourceType: Patient is none of"),
    ([], "resourceType: missing"),
])  # fmt: skip
def test_the_error_names_the_element(resource, place):
    with pytest.raises(FormatError) as error:
        resources.read(resource)
    assert str(error.value).startswith(place)


def nested(depth, key="concept", as_list=True):
    inner = {"code": "x"}
    for number in range(depth):
        inner = {"code": str(number), key: [inner] if as_list else inner}
    return inner


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_endless_nesting_is_refused(depth):
    system = {"resourceType": "CodeSystem", "url": "u", "concept": [nested(depth)]}
    with pytest.raises(FormatError, match="more than 200 levels"):
        resources.read(system)
    for kind, name in (("CodeSystem", "extension"), ("ValueSet", "expansion"), ("ValueSet", "x"), ("ConceptMap", "x")):
        deep = nested(depth, "x", as_list=False)
        with pytest.raises(FormatError, match="nested deeper"):
            resources.read({"resourceType": kind, "url": "u", name: deep})
    group = [{"source": "a", "target": "b", "element": [{"code": "a", "noMap": True, "x": nested(depth)}]}]
    with pytest.raises(FormatError, match="nested"):
        resources.read({"resourceType": "ConceptMap", "url": "u", "group": group})
    text = '{"resourceType":"CodeSystem","url":"u","concept":' + "[" * depth + "]" * depth + "}"
    with pytest.raises(FormatError, match="nested too deep"):
        json_form.parse(text)
    xml = '<CodeSystem xmlns="http://hl7.org/fhir">' + "<concept>" * depth + "</concept>" * depth + "</CodeSystem>"
    with pytest.raises(FormatError, match=r"nested deeper|no XML"):
        xml_form.parse(xml.encode())
    with pytest.raises(FormatError, match="nested too deep"):
        json_form.text(system)
    with pytest.raises(FormatError, match="nested too deep"):
        xml_form.data(system)


def test_two_hundred_levels_come_back():
    system = {
        "resourceType": "CodeSystem",
        "url": "u",
        "status": "draft",
        "content": "complete",
        "concept": [nested(199)],
    }
    found = resources.read(system)
    assert len(found.concepts) == 200
    again = resources.write(found)[0]
    assert again == system
    assert json_form.parse(json_form.text(again)) == system
    assert xml_form.parse(xml_form.data(again)) == system


def test_a_circle_of_many_is_found_at_once():
    many = 20_000
    concepts = [
        {"code": str(n), "property": [{"code": "parent", "valueCode": str((n + 1) % many)}]} for n in range(many)
    ]
    with pytest.raises(FormatError, match="is above itself"):
        resources.read({"resourceType": "CodeSystem", "url": "u", "concept": concepts})
    del concepts[-1]["property"]
    assert len(resources.read({"resourceType": "CodeSystem", "url": "u", "concept": concepts}).concepts) == many


def test_a_child_that_is_also_the_parent_is_a_circle():
    concepts = [
        {"code": "a", "property": [{"code": "child", "valueCode": "b"}, {"code": "parent", "valueCode": "b"}]},
        {"code": "b"},
    ]
    with pytest.raises(FormatError, match="above itself"):
        resources.read({"resourceType": "CodeSystem", "url": "u", "concept": concepts})


@pytest.mark.parametrize(("text", "what"), [
    ('{"resourceType": "ValueSet", "id": "a", "id": "b"}', "the name id stands twice"),
    ('{"a": NaN}', "NaN is no JSON"),
    ('{"a": -Infinity}', "Infinity is no JSON"),
    ('{"a": 1e999}', "too great"),
    ('{"a": %s}' % ("9" * 5000), "more digits"),
    ('{"a": 1,}', "line 1, column"),
    ("[]", "no JSON object"),
    (b"\xff\xfea", "not UTF-8"),
    ("", "no JSON"),
])  # fmt: skip
def test_json_that_is_none(text, what):
    with pytest.raises(FormatError, match=what):
        json_form.parse(text)


def test_comments_of_older_releases_are_left_out():
    assert json_form.parse('{"fhir_comments": ["a"], "id": "b", "fhir_comments": ["c"]}') == {"id": "b"}


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(("inner", "what"), [
    ('<title value="a"/><title value="b"/>', "ValueSet.title stands twice"),
    ('<titel value="a"/>', "ValueSet has no element titel"),
    ("text", "there is text in ValueSet"),
    ('<experimental value="yes"/>', "experimental: yes is no boolean"),
    ('<expansion><total value="many"/></expansion>', "many is no integer"),
    ('<title text="a"/>', "no attribute text"),
    ('<title xmlns="http://other"/>', "not in the namespace"),
    ("<contained><Patient/></contained>", "Patient cannot be read here"),
    ("<contained/>", "holds 0 resources"),
    ("<title>", "no XML"),
    ("&c;", "no XML|no element|text"),
])  # fmt: skip
def test_xml_that_is_no_resource(inner, what):
    with pytest.raises(FormatError, match=what) as error:
        xml_form.parse(f'<ValueSet xmlns="http://hl7.org/fhir">\n{inner}</ValueSet>'.encode())
    assert str(error.value).startswith("line ")


@pytest.mark.parametrize("doctype", [BOMB, '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE ValueSet>"])
def test_a_doctype_is_refused(doctype):
    with pytest.raises(FormatError, match="DOCTYPE"):
        xml_form.parse(f'{doctype}<ValueSet xmlns="http://hl7.org/fhir"><title value="a"/></ValueSet>'.encode())


def test_entities_in_attributes_are_never_expanded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    for encoding in ("utf-8", "utf-16"):
        bomb = (
            f'<?xml version="1.0" encoding="{encoding}"?><!-- c --><!DOCTYPE a [<!ENTITY e0 "ha">{entities}]>'
            '<ValueSet xmlns="http://hl7.org/fhir"><title value="&e11;"/></ValueSet>'
        )
        with pytest.raises(FormatError, match="DOCTYPE"):
            xml_form.parse(bomb.encode(encoding))


def test_a_narrative_with_entities_or_a_doctype():
    page = '<div xmlns="http://www.w3.org/1999/xhtml">a&nbsp;b &lt; c<br/></div>'
    resource = {"resourceType": "ValueSet", "text": {"status": "generated", "div": page}}
    again = xml_form.parse(xml_form.data(resource))
    assert "a\u00a0b &lt; c<br/>" in again["text"]["div"]
    for bad in (BOMB + page, "<p>", "x", '<p xmlns="http://www.w3.org/1999/xhtml"/>'):
        losses = xml_form.LossReport()
        xml_form.data({"resourceType": "ValueSet", "text": {"div": bad}}, losses)
        assert [loss.field for loss in losses.losses] == ["ValueSet.text.div"]


def test_random_damage_to_a_file_is_told():
    from termbank.formats.fhir import reading

    generator = random.Random(1)
    for resource in FULL:
        for form in (json_form.text(resource).encode(), xml_form.data(resource)):
            for _ in range(60):
                data = bytearray(form)
                for _ in range(generator.randint(1, 5)):
                    data[generator.randrange(len(data))] = generator.randrange(256)
                for each in reading.read(bytes(data)):
                    if isinstance(each, Finding):
                        each.message("sv"), each.message("en")
                    else:
                        json.loads(each.to_json())
