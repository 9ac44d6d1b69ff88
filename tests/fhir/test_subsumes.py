"""CodeSystem/$subsumes: how two codes stand to each other."""

import pytest
from asking import ask, code, coding, only, reason, system, uri
from hypothesis import given
from hypothesis import strategies as st

from termbank import Bank

SUBSUMES = "CodeSystem/$subsumes"
URL = "http://example.org/places"
PARENT = [{"code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code"}]


def under(name: str, *parents: str):
    return {"code": name, "property": [{"code": "parent", "valueCode": each} for each in parents]}


PLACES = system(
    URL, "care", under("home", "care"), under("school", "care"), under("home-school", "home", "school"), "other",
    property=PARENT, version="1.0.0",
)  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        ("care", "home", "subsumes"), ("home", "care", "subsumed-by"), ("home", "home", "equivalent"),
        ("home", "school", "not-subsumed"), ("care", "home-school", "subsumes"), ("home", "home-school", "subsumes"),
        ("home-school", "school", "subsumed-by"), ("other", "care", "not-subsumed"),
    ],
)  # fmt: skip
def test_codes_and_codings(a, b, outcome):
    by_code = ask(SUBSUMES, PLACES, system=uri(URL), codeA=code(a), codeB=code(b))
    by_coding = ask(SUBSUMES, PLACES, codingA=coding(URL, a), codingB=coding(URL, b, version="1.0.0"))
    assert by_code == by_coding
    assert by_code == (
        200, {"resourceType": "Parameters", "parameter": [{"name": "outcome", "valueCode": outcome}]}
    )  # fmt: skip


def test_the_version_that_is_asked_for():
    flat = {**PLACES, "version": "0.9.0", "concept": [{"code": "care"}, {"code": "home"}]}
    for version, outcome in (("0.9.0", "not-subsumed"), ("1.0.0", "subsumes")):
        asked = {"system": uri(URL), "version": code(version), "codeA": code("care"), "codeB": code("home")}
        assert only(ask(SUBSUMES, PLACES, flat, **asked)[1], "outcome") == outcome


def test_codes_as_the_system_lets_them_be_written():
    free = {**PLACES, "caseSensitive": False}
    _, answer = ask(SUBSUMES, free, system=uri(URL), codeA=code("HOME"), codeB=code("home"))
    assert only(answer, "outcome") == "equivalent"


@pytest.mark.parametrize(
    ("asked", "status", "issue", "text"),
    [
        ({"codeA": code("care")}, 400, "required", "codeA and codeB"),
        ({"codeA": code("care"), "codeB": code("home")}, 400, "required", "parameter system"),
        ({"codingA": coding(URL, "care")}, 400, "required", "codingA and codingB"),
        ({"codingA": coding(URL, "care"), "codingB": coding(URL, "")}, 400, "required", "codingB.code"),
        ({"codingA": coding("", "a"), "codingB": coding(URL, "a")}, 400, "required", "codingA.system"),
        ({"codingA": coding(URL, "care"), "codingB": coding("http://b", "x")}, 400, "invalid", "same system"),
        ({"codingA": coding(URL, "care", version="1"), "codingB": coding(URL, "home", version="2")}, 400, "invalid",
         "same system"),
        ({"codingA": code("care"), "codingB": coding(URL, "home")}, 400, "invalid", "it is no Coding"),
        ({"system": uri("http://b"), "codeA": code("a"), "codeB": code("b")}, 404, "not-found", "'http://b'"),
        ({"system": uri(URL), "version": code("7"), "codeA": code("a"), "codeB": code("b")}, 404, "not-found", "'7'"),
        ({"system": uri(URL), "codeA": code("care"), "codeB": code("no")}, 404, "code-invalid", "Unknown code 'no'"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered(asked, status, issue, text):
    found, answer = ask(SUBSUMES, PLACES, **asked)
    assert (found, reason(answer)[0]) == (status, issue)
    assert text in reason(answer)[1]


def test_which_code_is_unknown():
    _, answer = ask(SUBSUMES, PLACES, codingA=coding(URL, "no"), codingB=coding(URL, "home"))
    assert answer["issue"][0]["expression"] == ["codingA"]


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=1, max_size=8), st.data())
def test_the_same_as_a_bank(parents, data):
    """Every hierarchy without circles: a code has only earlier ones above it."""
    concepts = [under(f"c{i}", *dict.fromkeys(f"c{p}" for p in above if p < i)) for i, above in enumerate(parents)]
    resource = system(URL, *concepts, property=PARENT)
    a, b = (f"c{data.draw(st.integers(0, len(parents) - 1))}" for _ in "ab")
    _, answer = ask(SUBSUMES, resource, system=uri(URL), codeA=code(a), codeB=code(b))
    _, back = ask(SUBSUMES, resource, system=uri(URL), codeA=code(b), codeB=code(a))
    outcome = only(answer, "outcome")
    assert outcome == Bank.from_resources([resource]).subsumes(URL, a, b)
    turned = {"subsumes": "subsumed-by", "subsumed-by": "subsumes"}
    assert only(back, "outcome") == turned.get(outcome, outcome)
    assert (outcome == "equivalent") == (a == b)
