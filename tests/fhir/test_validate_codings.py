"""ValueSet/$validate-code: codes without a system, and several codings for one thing."""

import pytest
from builders import coding, concept, in_value_set, include, system, value_set

PLAN = system("plan", concept("A", "Alpha", concept("A1", "Alpha one"), "A2"), "B")
OTHER = system("other", "A", "Z")
URL = PLAN["url"]
ALL = value_set("all", include(PLAN))
ALPHA = value_set("alpha", include(PLAN, filters=[("concept", "is-a", "A")]))


# -- the system is inferred


@pytest.mark.parametrize(
    ("of", "code", "expected"),
    [
        (ALL, "A1", (True, URL, [])),
        (value_set("listed", include(PLAN, "A1"), include(OTHER, "Z")), "Z", (True, OTHER["url"], [])),
        (value_set("import", include(value_sets=[ALPHA]), include(OTHER, "Z")), "A1", (True, URL, [])),
        (
            value_set("without", include(PLAN), include(OTHER), exclude=[include(PLAN, "A")]),
            "A",
            (True, OTHER["url"], []),
        ),
        (value_set("both", include(PLAN), include(OTHER)), "A", (False, None, ["multiple"])),
        (ALL, "nope", (False, None, ["INFER"])),
        (value_set("unsure", include(PLAN), include("http://x.example.org")), "A1", (False, None, ["INFER"])),
        (value_set("sure", include(PLAN), include("http://x.example.org", "Q")), "A1", (True, URL, [])),
        (ALPHA, "B", (False, URL, [])),
    ],
    ids=lambda each: each.get("url", "") if isinstance(each, dict) else None,
)
def test_the_system_is_inferred_where_only_one_will_do(of, code, expected):
    answer = in_value_set(of, ALPHA, PLAN, OTHER, code=code, inferSystem=True)
    result, found, ids = expected
    assert (answer.result, answer.system) == (result, found)
    assert [any(part in each for each in answer.ids) for part in ids] == [True] * len(ids)


def test_without_being_asked_no_system_is_inferred():
    assert in_value_set(ALL, PLAN, code="A").status == 400
    answer = in_value_set(ALL, PLAN, coding=coding(None, "A"))
    assert (answer.result, answer.ids[0]) == (False, "Coding_has_no_system__cannot_validate")


# -- several codings


def test_one_right_coding_is_enough_and_the_others_are_told_of():
    given = {"coding": [coding(OTHER, "Z"), coding(PLAN, "A1"), coding(PLAN, "A2")], "text": "plan"}
    answer = in_value_set(ALL, PLAN, OTHER, codeableConcept=given)
    assert (answer.result, answer.code, answer.display, answer.codeableConcept) == (True, "A1", "Alpha one", given)
    assert [each[1:3] for each in answer.issues] == [("information", "CodeableConcept.coding[0].code")]


@pytest.mark.parametrize(
    ("codings", "id"),
    [
        ([], "TX_GENERAL_CC_ERROR_MESSAGE"),
        ([coding(OTHER, "Z")], "TX_GENERAL_CC_ERROR_MESSAGE"),
        ([coding("http://x.example.org", "Z"), coding(PLAN, "A")], "UNKNOWN_CODESYSTEM"),
        ([coding(PLAN, "A"), coding(PLAN, "A", version="7")], "VALUESET_VALUE_MISMATCH_DEFAULT"),
    ],
)
def test_a_wrong_coding_makes_the_whole_concept_wrong(codings, id):
    answer = in_value_set(ALL, PLAN, OTHER, codeableConcept={"coding": codings, "text": "text"})
    assert answer.result is False
    assert id in answer.ids


def test_a_coding_without_code_cannot_be_validated():
    answer = in_value_set(ALL, PLAN, coding=coding(PLAN))
    assert (answer.result, answer.issues[0].severity) == (False, "error")


def test_the_membership_alone_is_told_where_no_more_is_asked():
    answer = in_value_set(ALPHA, PLAN, code="nope", system=URL, valueset_membership_only=True)
    assert (answer.result, answer.ids) == (False, ["None_of_the_provided_codes_are_in_the_value_set_one"])
