"""ValueSet/$expand: what is repeated, shown, written for R4, and refused."""

import pytest
from asking import ask, code, reason, system, uri, value_set

from termbank.model import Concept, ConceptSet, Term, ValueSet, Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology

PLAN = "http://example.org/plan"
EXPAND = "ValueSet/$expand"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion."
WHOLE = value_set("http://example.org/vs", {"system": PLAN}, version="3", publisher="P", description="D", name="Vs")
PLANS = system(
    PLAN,
    {"code": "SIP", "display": "Samordnad individuell plan", "definition": "En plan",
     "designation": [{"language": "en", "value": "Coordinated individual plan"}],
     "property": [{"code": "kind", "valueCode": "x"}],
     "concept": [{"code": "SIP-B", "display": "SIP för barn"}]},
    {"code": "OLD", "display": "Gammal plan", "property": [{"code": "status", "valueCode": "retired"}]},
    version="1",
    language="sv",
    property=[{"code": "kind", "type": "code", "uri": "http://example.org/kind"}],
)  # fmt: skip


def boolean(said):
    return "Boolean", said


def integer(number):
    return "Integer", number


def expanded(*resources, **given):
    status, answer = ask(EXPAND, *resources, **given)
    assert status == 200, answer
    return answer["expansion"]


def parameters(expansion):
    return {(each["name"], next(value for name, value in each.items() if name != "name"))
            for each in expansion.get("parameter", [])}  # fmt: skip


def test_the_value_set_comes_back_with_its_codes_nested():
    status, answer = ask(EXPAND, PLANS, valueSet=WHOLE)
    found = answer.pop("expansion")
    assert status == 200
    assert answer == {
        "resourceType": "ValueSet", "url": WHOLE["url"], "version": "3", "name": "Vs", "status": "active",
    }  # fmt: skip
    assert found["identifier"].startswith("urn:uuid:")
    assert found["timestamp"].endswith("Z")
    assert found["total"] == 3
    assert "offset" not in found
    assert parameters(found) == {("used-codesystem", f"{PLAN}|1")}
    assert found["property"] == [{"code": "status", "uri": "http://hl7.org/fhir/concept-properties#status"}]
    assert found["contains"] == [
        {"system": PLAN, "code": "SIP", "display": "Samordnad individuell plan",
         "contains": [{"system": PLAN, "code": "SIP-B", "display": "SIP för barn"}]},
        {"system": PLAN, "inactive": True, "code": "OLD", "display": "Gammal plan",
         "property": [{"code": "status", "valueCode": "retired"}]},
    ]  # fmt: skip


def test_the_definition_comes_back_where_it_is_asked_for():
    _, answer = ask(EXPAND, PLANS, valueSet=WHOLE, includeDefinition=boolean(True))
    assert answer["compose"] == WHOLE["compose"]
    assert answer["publisher"] == "P"
    assert ("includeDefinition", True) in parameters(answer["expansion"])


def test_what_the_expansion_depends_on_is_repeated():
    found = expanded(
        PLANS, WHOLE, url=uri(WHOLE["url"]), filter=("String", "PLAN"), count=integer(1), offset=integer(1),
        activeOnly=boolean(False), excludeNested=boolean(True), displayLanguage=code("sv,en;q=0.5"),
        date=("DateTime", "2026-03-01"),
    )  # fmt: skip
    assert parameters(found) >= {
        ("filter", "plan"), ("count", 1), ("offset", 1), ("activeOnly", False), ("excludeNested", True),
        ("displayLanguage", "sv, en; q=0.5"), ("date", "2026-03-01"),
    }  # fmt: skip
    assert (found["offset"], found["total"]) == (1, 2)
    assert [each["code"] for each in found["contains"]] == ["OLD"]


def test_counting_alone_shows_no_codes():
    found = expanded(PLANS, valueSet=WHOLE, count=integer(0))
    assert found["total"] == 3
    assert "contains" not in found


def test_displays_are_in_the_language_that_is_wanted():
    english = expanded(PLANS, valueSet=WHOLE, excludeNested=boolean(True), displayLanguage=code("en"))
    assert [each["display"] for each in english["contains"]] == [
        "Coordinated individual plan", "SIP för barn", "Gammal plan",
    ]  # fmt: skip
    _, header = ask(EXPAND, PLANS, language="en", valueSet=WHOLE, excludeNested=boolean(True))
    assert header["expansion"]["contains"] == english["contains"]
    only = expanded(PLANS, valueSet=WHOLE, excludeNested=boolean(True), displayLanguage=code("en,*;q=0"))
    assert ["display" in each for each in only["contains"]] == [True, False, False]


def test_a_supplement_gives_swedish_displays():
    base = system(PLAN, {"code": "SIP", "display": "Coordinated plan"}, language="en")
    pack = {
        **system("http://example.org/sv", {"code": "SIP", "designation": [{"language": "sv", "value": "Vårdplan åä"}]}),
        "content": "supplement", "supplements": PLAN, "version": "2",
    }  # fmt: skip
    asked = {"valueSet": WHOLE, "displayLanguage": code("sv")}
    assert expanded(base, pack, **asked)["contains"][0]["display"] == "Coordinated plan"
    found = expanded(base, pack, useSupplement=("Canonical", "http://example.org/sv"), **asked)
    assert found["contains"][0]["display"] == "Vårdplan åä"
    assert ("used-supplement", "http://example.org/sv|2") in parameters(found)
    text = expanded(
        base, pack, useSupplement=("Canonical", "http://example.org/sv"), filter=("String", "vård"), **asked
    )
    assert text["total"] == 1
    status, answer = ask(EXPAND, base, useSupplement=("Canonical", "http://example.org/no"), valueSet=WHOLE)
    assert status == 422
    assert reason(answer)[0] == "not-found"


def test_designations_and_properties_are_shown_where_they_are_asked_for():
    found = expanded(
        PLANS, valueSet=WHOLE, excludeNested=boolean(True), includeDesignations=boolean(True),
        property=[("String", "kind"), ("String", "definition")],
    )  # fmt: skip
    first = found["contains"][0]
    assert first["designation"] == [{"language": "en", "value": "Coordinated individual plan"}]
    assert first["property"] == [{"code": "kind", "valueCode": "x"}, {"code": "definition", "valueString": "En plan"}]
    assert {"code": "kind", "uri": "http://example.org/kind"} in found["property"]
    some = expanded(
        PLANS, valueSet=WHOLE, includeDesignations=boolean(True), designation=("String", "urn:ietf:bcp:47|de")
    )
    assert "designation" not in some["contains"][0]


def test_the_order_and_label_that_a_value_set_gives_go_before_those_of_the_system():
    order = f"{HL7}codesystem-conceptOrder"
    plans = system(PLAN, {"code": "A", "extension": [{"url": order, "valueInteger": 9}]}, "B")
    own = [
        {"url": f"{HL7}valueset-conceptOrder", "valueInteger": 1},
        {"url": f"{HL7}valueset-label", "valueString": "a."},
        {"url": f"{HL7}itemWeight", "valueDecimal": 1.5},
        {"url": f"{HL7}valueset-deprecated", "valueBoolean": True},
    ]
    listed = value_set(
        "http://example.org/vs", {"system": PLAN, "concept": [{"code": "B"}, {"code": "A", "extension": own}]}
    )
    found = expanded(plans, valueSet=listed)
    assert [each["code"] for each in found["contains"]] == ["B", "A"]
    assert found["contains"][1]["property"] == [
        {"code": "order", "valueDecimal": 1},
        {"code": "label", "valueString": "a."},
        {"code": "weight", "valueDecimal": 1.5},
    ]
    assert found["contains"][1]["extension"] == [own[3]]


def test_r4_has_properties_as_extensions():
    status, answer = ask(EXPAND, PLANS, valueSet=WHOLE, fhir_version="4.0.1", property=("String", "kind"))
    found = answer["expansion"]
    assert status == 200
    assert "property" not in found
    kind = {"url": "code", "valueCode": "kind"}
    declared = [kind, {"url": "uri", "valueUri": "http://example.org/kind"}]
    assert {"url": f"{R5}property", "extension": declared} in found["extension"]
    assert found["contains"][0]["extension"] == [
        {"url": f"{R5}contains.property", "extension": [kind, {"url": "value", "valueCode": "x"}]}
    ]


def test_a_fragment_is_said_to_be_no_whole():
    found = expanded({**PLANS, "content": "fragment"}, valueSet=WHOLE)
    assert [each["url"] for each in found["extension"]] == [f"{HL7}valueset-unclosed", f"{HL7}valueset-unclosed-reason"]
    assert ("used-fragment", f"{PLAN}|1") in parameters(found)


def test_a_stored_expansion_comes_back_as_it_is():
    stored = {
        "resourceType": "ValueSet", "url": "http://example.org/stored", "status": "active",
        "expansion": {"timestamp": "2020-01-01T00:00:00Z", "contains": [{"system": PLAN, "code": "X"}]},
    }  # fmt: skip
    assert expanded(valueSet=stored) == stored["expansion"]


def test_contained_value_sets_are_found():
    inner = value_set("http://example.org/inner", {"system": PLAN, "concept": [{"code": "OLD"}]}, id="one")
    outer = {**value_set("http://example.org/outer", {"valueSet": ["#one"]}), "contained": [inner]}
    found = expanded(PLANS, valueSet=outer)
    assert [each["code"] for each in found["contains"]] == ["OLD"]
    assert parameters(found) == {("used-codesystem", f"{PLAN}|1")}


def test_a_bank_of_our_own_lists_is_expanded():
    both = (Term(text="Öppen"), Term(text="open", language="en"))
    concepts = [Concept(id="B", terms=(Term(text="Äldre"),)), Concept(id="A", terms=both)]
    plans = Vocabulary(id="plan", title="Planer", concepts=concepts)
    asked = ValueSet(id="planning", include=[ConceptSet(system="plan")])
    bank = Terminology([MemorySource(plans)], value_sets=[asked])
    found = expanded(bank=bank, url=uri("planning"))
    assert [(each["code"], each["display"]) for each in found["contains"]] == [("B", "Äldre"), ("A", "Öppen")]
    assert expanded(bank=bank, url=uri("planning"), filter=("String", "öpp"))["total"] == 1
    english = expanded(bank=bank, url=uri("planning"), displayLanguage=code("en"))
    assert [each["display"] for each in english["contains"]] == ["Äldre", "open"]


@pytest.mark.parametrize(
    ("given", "status", "issue"),
    [
        ({}, 400, "required"),
        ({"url": uri("http://example.org/nowhere")}, 422, "not-found"),
        ({"valueSet": WHOLE, "context": uri("x")}, 400, "not-supported"),
        ({"valueSet": WHOLE, "count": ("String", "many")}, 400, "invalid"),
        ({"valueSet": WHOLE, "date": ("DateTime", "2026")}, 400, "invalid"),
        ({"valueSet": {"resourceType": "ValueSet", "compose": 7}}, 400, "structure"),
        ({"valueSet": WHOLE, "displayLanguage": code("no language at all")}, 400, "processing"),
        ({"valueSet": value_set("http://example.org/v", {"system": PLAN, "filter": [
            {"property": "kind", "op": "="}]})}, 400, "invalid"),
        ({"valueSet": value_set("http://example.org/v", {"system": PLAN, "filter": [
            {"property": "nothing", "op": "=", "value": "x"}]})}, 400, "not-supported"),
        ({"valueSet": value_set("http://example.org/v", {"system": PLAN, "modifierExtension": [{"url": "u"}]})}, 422,
         "not-supported"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(given, status, issue):
    found, answer = ask(EXPAND, PLANS, **given)
    assert found == status, answer
    assert reason(answer)[0] == issue


def test_too_many_codes_and_circles_are_refused():
    many = system(PLAN, *(f"c{index}" for index in range(1_001)))
    status, answer = ask(EXPAND, many, valueSet=WHOLE)
    assert (status, reason(answer)[0]) == (422, "too-costly")
    assert expanded(many, valueSet=WHOLE, **{"incomplete-ok": boolean(True)})["extension"] == [
        {"url": f"{HL7}valueset-toocostly", "valueBoolean": True}
    ]
    ring = value_set("http://example.org/ring", {"valueSet": ["http://example.org/ring"]})
    status, answer = ask(EXPAND, PLANS, ring, url=uri("http://example.org/ring"))
    assert (status, reason(answer)[0]) == (422, "processing")
    assert "http://example.org/ring" in reason(answer)[1]
