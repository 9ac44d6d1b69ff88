"""ConceptMap/$translate: what is asked, in R5's words and R4's, and what is answered."""

from typing import Any

import pytest
from asking import ask, code, coding, only, reason, system, uri, values

from termbank import Bank
from termbank.model import Coding, Mapping, MappingSet

TRANSLATE = "ConceptMap/$translate"
MAP, A, B, C = "http://example.org/map", "http://a", "http://b", "http://c"


def element(source: str, *targets: tuple[str, str], **more: Any) -> dict[str, Any]:
    found = {"code": source, **more}
    if targets:
        found["target"] = [{"code": each, "relationship": how} for each, how in targets]
    return found


def group(*elements: dict[str, Any], source: str = A, target: str = B, **unmapped: Any) -> dict[str, Any]:
    found = {"source": source, "target": target, "element": list(elements)}
    return {**found, "unmapped": unmapped} if unmapped else found


def concept_map(*groups: dict[str, Any], url: str = MAP, version: str = "1", **more: Any) -> dict[str, Any]:
    head = {"resourceType": "ConceptMap", "url": url, "version": version, "status": "active"}
    return {**head, **more, "group": list(groups)}


RELATIONSHIPS = {
    "equivalent": "equivalent", "source-is-narrower-than-target": "wider",
    "source-is-broader-than-target": "narrower", "related-to": "relatedto", "not-related-to": "disjoint",
}  # fmt: skip
PLAIN = concept_map(
    group(*(element(f"1-{how}", (f"x-{how}", how)) for how in RELATIONSHIPS), element("none", noMap=True)),
    sourceScopeUri="http://vs/a", targetScopeCanonical="http://vs/b",
)  # fmt: skip
BY_SYSTEM = {"system": uri(A), "targetSystem": uri(B)}


@pytest.mark.parametrize("how", RELATIONSHIPS)
def test_every_relationship(how):
    status, answer = ask(TRANSLATE, PLAIN, url=uri(MAP), sourceCode=code(f"1-{how}"), system=uri(A))
    assert status == 200
    assert answer["parameter"] == [
        {"name": "result", "valueBoolean": how != "not-related-to"},
        {"name": "match", "part": [
            {"name": "concept", "valueCoding": {"system": B, "code": f"x-{how}"}},
            {"name": "sourceConcept", "valueCoding": {"system": A, "code": f"1-{how}"}},
            {"name": "relationship", "valueCode": how},
            {"name": "originMap", "valueCanonical": f"{MAP}|1"},
        ]},
    ]  # fmt: skip


@pytest.mark.parametrize(("how", "equivalence"), RELATIONSHIPS.items())
def test_every_relationship_in_r4(how, equivalence):
    given = {"code": code(f"1-{how}"), "system": uri(A), "targetsystem": uri(B)}
    status, answer = ask(TRANSLATE, PLAIN, fhir_version="4.0.1", **given)
    assert status == 200
    assert answer["parameter"] == [
        {"name": "result", "valueBoolean": equivalence != "disjoint"},
        {"name": "match", "part": [
            {"name": "equivalence", "valueCode": equivalence},
            {"name": "concept", "valueCoding": {"system": B, "code": f"x-{how}"}},
            {"name": "source", "valueUri": f"{MAP}|1"},
        ]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("equivalence", "turned"),
    [
        ("equivalent", "equivalent"), ("equal", "equal"), ("wider", "narrower"), ("subsumes", "specializes"),
        ("narrower", "wider"), ("specializes", "subsumes"), ("inexact", "inexact"), ("relatedto", "relatedto"),
        ("disjoint", "disjoint"),
    ],
)  # fmt: skip
def test_an_equivalence_of_an_r4_map_stays_what_it_is(equivalence, turned):
    target = {"code": "x", "equivalence": equivalence}
    resource = concept_map({"source": A, "target": B, "element": [{"code": "1", "target": [target]}]})
    given = {"code": code("1"), "system": uri(A), "url": uri(MAP)}
    _, answer = ask(TRANSLATE, resource, fhir_version="4.0.1", **given)
    assert only(answer, "match")["equivalence"] == equivalence
    given = {"code": code("x"), "system": uri(B), "targetsystem": uri(A), "reverse": ("Boolean", True)}
    _, answer = ask(TRANSLATE, resource, fhir_version="4.0.1", **given)
    match = only(answer, "match")
    assert (match["concept"], match["equivalence"]) == ({"system": A, "code": "1"}, turned)


def test_no_counterpart():
    noted = element("none", noMap=True)
    noted["extension"] = [{
        "url": "http://hl7.org/fhir/4.0/StructureDefinition/extension-ConceptMap.group.element.target.comment",
        "valueString": "sökt förgäves",
    }]  # fmt: skip
    _, answer = ask(TRANSLATE, concept_map(group(noted)), url=uri(MAP), sourceCoding=coding(A, "none"))
    assert only(answer, "result") is False
    assert only(answer, "match") == {
        "noMap": True, "sourceConcept": {"system": A, "code": "none"}, "sourceComment": "sökt förgäves",
        "originMap": f"{MAP}|1",
    }  # fmt: skip
    _, answer = ask(TRANSLATE, PLAIN, fhir_version="4.0.1", url=uri(MAP), coding=coding(A, "none"))
    assert only(answer, "match") == {"equivalence": "unmatched", "source": f"{MAP}|1"}


def test_nothing_is_found():
    _, answer = ask(TRANSLATE, PLAIN, url=uri(MAP), sourceCode=code("9"), system=uri(A))
    assert (only(answer, "result"), only(answer, "message")) == (False, "No translations found")
    for asked, to in ((BY_SYSTEM | {"targetSystem": uri(C)}, C), ({"system": uri(A)}, "(unspecified)")):
        status, answer = ask(TRANSLATE, PLAIN, sourceCode=code("9"), **asked)
        assert (status, only(answer, "result")) == (200, False)
        assert only(answer, "message") == f"No ConceptMap is available to translate from '{A}' to '{to}'"
    _, answer = ask(TRANSLATE, PLAIN, language="sv", url=uri(MAP), sourceCode=code("9"), system=uri(A))
    assert only(answer, "message") == "Ingen översättning finns"


# -- codes that are not mapped


@pytest.mark.parametrize(
    ("unmapped", "concept", "relationship"),
    [
        ({"mode": "use-source-code", "relationship": "equivalent"}, {"system": B, "code": "9"}, "equivalent"),
        ({"mode": "fixed", "code": "o", "display": "Övrigt"}, {"system": B, "code": "o", "display": "Övrigt"}, None),
        (
            {"mode": "fixed", "code": "o", "relationship": "not-related-to"},
            {"system": B, "code": "o"},
            "not-related-to",
        ),
    ],
)
def test_modes_of_the_unmapped(unmapped, concept, relationship):
    resource = concept_map(group(element("1", ("x", "equivalent")), **unmapped))
    _, answer = ask(TRANSLATE, resource, sourceCode=code("9"), **BY_SYSTEM)
    match = only(answer, "match")
    assert (match["concept"], match.get("relationship")) == (concept, relationship)
    assert match["sourceConcept"] == {"system": A, "code": "9"}
    assert only(answer, "result") is (relationship != "not-related-to")
    _, answer = ask(TRANSLATE, resource, sourceCode=code("1"), **BY_SYSTEM)
    assert only(answer, "match")["concept"]["code"] == "x"


def other(url: str, to: str) -> dict[str, Any]:
    return concept_map(group(element("own", ("x", "equivalent")), mode="other-map", otherMap=to), url=url)


def test_other_maps_in_a_chain():
    last = concept_map(group(element("1", ("x", "related-to"))), url="http://m/3")
    chain = [other("http://m/1", "http://m/2|1"), other("http://m/2", "http://m/3"), last]
    _, answer = ask(TRANSLATE, *chain, url=uri("http://m/1"), sourceCode=code("1"), system=uri(A))
    assert only(answer, "match")["originMap"] == "http://m/1|1"
    assert values(answer, "used-conceptmap") == ["http://m/2|1", "http://m/3|1"]
    _, answer = ask(TRANSLATE, *reversed(chain), sourceCode=code("1"), **BY_SYSTEM)
    assert only(answer, "match")["originMap"] == "http://m/1|1", "the one that leaves the answer to others goes first"
    _, answer = ask(TRANSLATE, *chain, url=uri("http://m/1"), sourceCode=code("9"), system=uri(A))
    assert (only(answer, "result"), values(answer, "used-conceptmap")) == (False, ["http://m/2|1", "http://m/3|1"])


def test_other_maps_in_a_circle():
    circle = [other("http://m/1", "http://m/2"), other("http://m/2", "http://m/1")]
    status, answer = ask(TRANSLATE, *circle, url=uri("http://m/1"), sourceCode=code("9"), system=uri(A))
    assert (status, reason(answer)) == (422, (
        "business-rule",
        "ConceptMap http://m/2|1 has a circular group.unmapped.otherMap reference to http://m/1|1 (referenced as "
        "http://m/1)",
    ))  # fmt: skip
    status, answer = ask(TRANSLATE, *circle, url=uri("http://m/1"), sourceCode=code("own"), system=uri(A))
    assert only(answer, "result") is True
    status, answer = ask(TRANSLATE, circle[0], url=uri("http://m/1"), sourceCode=code("9"), system=uri(A))
    assert (status, reason(answer)[0]) == (422, "not-found")


# -- what is asked


@pytest.mark.parametrize(
    "given",
    [
        {"sourceCode": code("1"), "system": uri(A), "targetSystem": uri(B)},
        {"sourceCode": code("1"), "system": uri(A), "targetScope": uri("http://vs/b")},
        {"sourceCode": code("1"), "system": uri(A), "sourceScope": uri("http://vs/a"), "targetScope": uri("http://vs/b")},
        {"sourceCoding": coding(A, "1"), "url": uri(MAP)},
        {"sourceCoding": coding(A, "1"), "url": uri(f"{MAP}|1")},
        {"sourceCoding": coding(A, "1"), "url": uri(MAP), "conceptMapVersion": code("1")},
        {"sourceCodeableConcept": ("CodeableConcept", {"coding": [{"system": A, "code": "1"}]}), "url": uri(MAP)},
        {"sourceCodeableConcept": ("CodeableConcept", {"coding": [{"system": C, "code": "1"},
                                                                  {"system": A, "code": "1"}]}), "url": uri(MAP)},
        {"code": code("1"), "system": uri(A), "source": uri("http://vs/a"), "target": uri("http://vs/b")},
        {"coding": coding(A, "1"), "targetsystem": uri(B)},
        {"codeableConcept": ("CodeableConcept", {"coding": [{"system": A, "code": "1"}]}), "targetsystem": uri(B)},
    ],
)  # fmt: skip
def test_ways_to_ask(given):
    resource = concept_map(
        group(element("1", ("x", "equivalent"))), sourceScopeUri="http://vs/a", targetScopeUri="http://vs/b"
    )
    status, answer = ask(TRANSLATE, resource, **given)
    assert (status, only(answer, "result")) == (200, True)
    assert only(answer, "match")["concept"]["code"] == "x"


@pytest.mark.parametrize(
    "given",
    [
        {"targetCode": code("x"), "targetSystem": uri(B), "system": uri(A)},
        {"targetCoding": coding(B, "x"), "sourceSystem": uri(A)},
        {"targetCoding": coding(B, "x"), "url": uri(MAP)},
        {"targetCodeableConcept": ("CodeableConcept", {"coding": [{"system": B, "code": "x"}]}), "url": uri(MAP)},
        {"targetCoding": coding(B, "x"), "sourceScope": uri("http://vs/a"), "targetScope": uri("http://vs/b")},
    ],
)
def test_ways_to_ask_backward(given):
    elements = (element("1", ("x", "source-is-narrower-than-target")), element("2", ("x", "equivalent")))
    scopes = {"sourceScopeUri": "http://vs/a", "targetScopeUri": "http://vs/b"}
    _, answer = ask(TRANSLATE, concept_map(group(*elements), **scopes), **given)
    assert only(answer, "result") is True
    assert [(m["sourceConcept"]["code"], m["concept"], m["relationship"]) for m in values(answer, "match")] == [
        ("1", {"system": B, "code": "x"}, "source-is-narrower-than-target"),
        ("2", {"system": B, "code": "x"}, "equivalent"),
    ]


def test_reverse_swaps_the_scopes_in_r4():
    scopes = {"sourceScopeUri": "http://vs/a", "targetScopeUri": "http://vs/b"}
    resource = concept_map(group(element("1", ("x", "equivalent"))), **scopes)
    given = {"coding": coding(B, "x"), "reverse": ("Boolean", True)}
    for source, target, expected in (("http://vs/b", "http://vs/a", True), ("http://vs/a", "http://vs/b", False)):
        asked = {**given, "source": uri(source), "target": uri(target)}
        _, answer = ask(TRANSLATE, resource, fhir_version="4.0.1", **asked)
        assert only(answer, "result") is expected
    status, answer = ask(TRANSLATE, resource, **given, url=uri(MAP))
    assert (status, reason(answer)[0]) == (400, "not-supported")


def test_the_map_may_come_with_the_question():
    given = {"conceptMap": concept_map(group(element("1", ("x", "equivalent")))), "sourceCoding": coding(A, "1")}
    assert only(ask(TRANSLATE, **given)[1], "match")["concept"]["code"] == "x"
    old = concept_map(group(element("1", ("old", "equivalent"))))
    assert only(ask(TRANSLATE, old, **given)[1], "match")["concept"]["code"] == "x"


def test_versions_of_the_map():
    maps = [concept_map(group(element("1", (v, "equivalent"))), version=v) for v in ("1.9.0", "1.10.0")]
    for version, expected in ((None, "1.10.0"), ("1.9.0", "1.9.0"), ("1.x.x", "1.10.0")):
        given = {"conceptMapVersion": ("String", version)} if version else {}
        _, answer = ask(TRANSLATE, *maps, url=uri(MAP), sourceCoding=coding(A, "1"), **given)
        assert only(answer, "match")["concept"]["code"] == expected


def test_several_maps_tell_each_counterpart_once():
    first = concept_map(group(element("1", ("x", "equivalent"), ("y", "related-to"))), url="http://m/1", date="2026")
    second = concept_map(group(element("1", ("x", "related-to"), ("z", "related-to"))), url="http://m/2", date="2025")
    _, answer = ask(TRANSLATE, second, first, sourceCoding=coding(A, "1"), targetSystem=uri(B))
    assert [(m["concept"]["code"], m["originMap"]) for m in values(answer, "match")] == [
        ("x", "http://m/1|1"), ("y", "http://m/1|1"), ("z", "http://m/2|1"),
    ]  # fmt: skip
    _, answer = ask(TRANSLATE, second, first, targetCoding=coding(B, "x"), system=uri(A))
    assert [m["originMap"] for m in values(answer, "match")] == ["http://m/1|1", "http://m/2|1"]


def test_what_a_mapping_depends_on_and_what_belongs_to_it():
    made = element("1", ("x", "equivalent"), ("y", "related-to"))
    made["target"][0]["dependsOn"] = [{"attribute": "sex", "valueCode": "f"}]
    made["target"][0]["product"] = [{"attribute": "side", "valueCoding": {"system": C, "code": "left"}}]
    made["target"][0]["comment"] = "om målet"
    resource = concept_map(group(made))
    _, answer = ask(TRANSLATE, resource, url=uri(MAP), sourceCoding=coding(A, "1"))
    first = values(answer, "match")[0]
    assert first["dependsOn"] == {"attribute": "sex", "value": "f"}
    assert first["product"] == {"attribute": "side", "value": {"system": C, "code": "left"}}
    assert first["targetComment"] == "om målet"
    for sex, expected in (("f", ["x", "y"]), ("m", ["y"])):
        parts = [{"name": "attribute", "valueUri": "sex"}, {"name": "value", "valueCoding": {"code": sex}}]
        parameters = [
            {"name": "tx-resource", "resource": resource}, {"name": "dependency", "part": parts},
            {"name": "url", "valueUri": MAP}, {"name": "sourceCoding", "valueCoding": {"system": A, "code": "1"}},
        ]  # fmt: skip
        from termbank.fhir import operation

        _, answer = operation(TRANSLATE, {"resourceType": "Parameters", "parameter": parameters})
        assert [m["concept"]["code"] for m in values(answer, "match")] == expected
    _, answer = ask(TRANSLATE, resource, fhir_version="4.0.1", url=uri(MAP), coding=coding(A, "1"))
    assert values(answer, "match")[0]["product"] == {"element": "side", "concept": {"system": C, "code": "left"}}


def test_displays_in_the_language_that_is_asked_for():
    there = system(
        B, {"code": "x", "display": "Plan", "designation": [{"language": "en", "value": "plan"}]}, language="sv"
    )
    resource = concept_map(group(element("1", ("x", "equivalent"))))
    given = {"url": uri(MAP), "sourceCoding": coding(A, "1")}
    for language, display in (("sv", "Plan"), ("en", "plan"), (None, None)):
        _, answer = ask(TRANSLATE, resource, there, language=language, **given)
        assert only(answer, "match")["concept"].get("display") == display


def test_codes_as_the_system_lets_them_be_written():
    here = system(A, "Ab", caseSensitive=False)
    resource = concept_map(group(element("Ab", ("x", "equivalent"))))
    _, answer = ask(TRANSLATE, resource, here, url=uri(MAP), sourceCoding=coding(A, "aB"))
    assert only(answer, "match")["sourceConcept"]["code"] == "Ab"


def test_mapping_sets_of_our_own():
    made = MappingSet(
        id="kva-to-ksi",
        mappings=(
            Mapping(subject=Coding(system="kva", code="AU124"), object=Coding(system="ksi", code="XAH.20.75"),
                    predicate="skos:narrowMatch", comment="KSI säger mer"),
            Mapping(subject=Coding(system="kva", code="GC"), object=None, predicate="sssom:NoTermFound"),
        ),
        object_source="ksi",
    )  # fmt: skip
    bank = Bank.from_vocabularies([], [made])
    _, answer = ask(TRANSLATE, bank=bank, sourceCoding=coding("kva", "AU124"), targetSystem=uri("ksi"))
    assert only(answer, "match") == {
        "concept": {"system": "ksi", "code": "XAH.20.75"}, "sourceConcept": {"system": "kva", "code": "AU124"},
        "relationship": "source-is-broader-than-target", "targetComment": "KSI säger mer", "originMap": "kva-to-ksi",
    }  # fmt: skip
    _, answer = ask(TRANSLATE, bank=bank, sourceCoding=coding("kva", "GC"), targetSystem=uri("ksi"))
    assert only(answer, "match")["noMap"] is True


@pytest.mark.parametrize(
    ("given", "status", "issue"),
    [
        ({}, 400, "required"),
        ({"sourceCode": code("1")}, 400, "required"),
        ({"targetCode": code("1"), "system": uri(A)}, 400, "required"),
        ({"sourceCoding": ("Coding", {"code": "1"})}, 400, "invalid"),
        ({"sourceCoding": code("1")}, 400, "invalid"),
        ({"sourceCodeableConcept": ("CodeableConcept", {"text": "a"})}, 400, "invalid"),
        ({"sourceCodeableConcept": ("CodeableConcept", {"coding": ["a"]})}, 400, "invalid"),
        ({"sourceCoding": coding(A, "1"), "url": ("Boolean", True)}, 400, "invalid"),
        ({"sourceCoding": coding(A, "1"), "url": uri("http://no")}, 404, "not-found"),
        ({"sourceCoding": coding(A, "1"), "url": uri(MAP), "conceptMapVersion": code("7")}, 404, "not-found"),
        ({"sourceCoding": coding(A, "1"), "conceptMap": {"resourceType": "ConceptMap"}}, 400, "structure"),
        ({"sourceCoding": coding(A, "1"), "conceptMap": uri(MAP)}, 400, "invalid"),
        ({"sourceCoding": coding(A, "1"), "url": uri(MAP), "dependency": code("a")}, 400, "invalid"),
    ],
)
def test_what_cannot_be_answered(given, status, issue):
    found, answer = ask(TRANSLATE, PLAIN, **given)
    assert (found, reason(answer)[0]) == (status, issue)


def test_reverse_with_a_target_contradicts_itself():
    given = {"targetCoding": coding(B, "x"), "reverse": ("Boolean", True), "url": uri(MAP)}
    assert ask(TRANSLATE, PLAIN, fhir_version="4.0.1", **given)[0] == 400
