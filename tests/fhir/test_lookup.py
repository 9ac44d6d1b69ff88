"""CodeSystem/$lookup: what is told of a code, and which of it is asked for."""

import datetime

import pytest
from asking import ask, code, coding, only, reason, system, uri, values

from termbank import Bank
from termbank.model import Coding, Concept, Definition, Property, PropertyDefinition, Relation, Term, Vocabulary

LOOKUP = "CodeSystem/$lookup"
URL = "http://example.org/plan"
PLAN = system(
    URL,
    {
        "code": "plan", "display": "Plan", "definition": "Något som ska göras",
        "designation": [
            {"language": "en", "value": "plan"},
            {"language": "en-GB", "use": {"system": "http://x", "code": "long"}, "value": "care plan"},
        ],
        "property": [
            {"code": "notSelectable", "valueBoolean": True}, {"code": "since", "valueDateTime": "2026-01-01"},
            {"code": "weight", "valueDecimal": 1.5}, {"code": "count", "valueInteger": 3},
            {"code": "like", "valueCoding": {"system": "http://y", "code": "b"}}, {"code": "text", "valueString": "ja"},
            {"code": "kind", "valueCode": "K"},
        ],
        "concept": [{"code": "SIP", "display": "Samordnad individuell plan"}, {"code": "VP", "display": "Vårdplan"}],
    },
    {"code": "old", "display": "Gammal", "property": [
        {"code": "status", "valueCode": "retired"}, {"code": "inactive", "valueBoolean": True},
        {"code": "parent", "valueCode": "plan"}, {"code": "parent", "valueCode": "VP"},
    ]},
    name="PlanSystem", version="2.0.0", language="sv",
    property=[{"code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code"}],
)  # fmt: skip


def look(asked: str = "plan", **given):
    status, answer = ask(LOOKUP, PLAN, system=uri(URL), code=code(asked), **given)
    assert status == 200, answer
    return answer


def properties(answer) -> dict[str, list]:
    found: dict[str, list] = {}
    for each in values(answer, "property"):
        found.setdefault(each["code"], []).append(each["value"])
    return found


def test_everything_is_told():
    answer = look()
    told = {name: only(answer, name) for name in ("name", "code", "system", "version", "display", "definition")}
    assert told == {
        "name": "PlanSystem", "code": "plan", "system": URL, "version": "2.0.0", "display": "Plan",
        "definition": "Något som ska göras",
    }  # fmt: skip
    assert only(answer, "abstract") is True
    assert properties(answer) == {
        "inactive": [False], "notSelectable": [True], "since": ["2026-01-01"], "weight": [1.5], "count": [3],
        "like": [{"system": "http://y", "code": "b"}], "text": ["ja"], "kind": ["K"], "child": ["SIP", "VP", "old"],
    }  # fmt: skip
    kinds = {
        next(iter(set(part) - {"name"}))
        for each in answer["parameter"] if each["name"] == "property"
        for part in each["part"] if part["name"] == "value"
    }  # fmt: skip
    assert kinds == {
        "valueBoolean", "valueDateTime", "valueDecimal", "valueInteger", "valueCoding", "valueString", "valueCode"
    }  # fmt: skip
    assert "Vårdplan" in [each.get("description") for each in values(answer, "property")]


def test_designations_in_every_language():
    assert values(look(), "designation") == [
        {"language": "sv", "use": {"system": "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra",
                                   "code": "preferredForLanguage"}, "value": "Plan"},
        {"language": "en", "value": "plan"},
        {"language": "en-GB", "use": {"system": "http://x", "code": "long"}, "value": "care plan"},
    ]  # fmt: skip


def test_a_retired_code_with_two_parents():
    answer = look("old")
    assert only(answer, "abstract") is False
    assert properties(answer) == {"inactive": [True], "status": ["retired"], "parent": ["plan", "VP"]}


@pytest.mark.parametrize(
    ("asked", "parameters", "codes", "languages"),
    [
        (["*"], {"definition", "abstract"}, {"inactive", "kind", "child", "text"}, ["sv", "en", "en-GB"]),
        (["definition"], {"definition"}, set(), []),
        (["kind", "child"], set(), {"kind", "child"}, []),
        (["designation"], set(), set(), ["sv", "en", "en-GB"]),
        (["lang.en"], set(), set(), ["en", "en-GB"]),
        (["lang.SV", "inactive"], set(), {"inactive"}, ["sv"]),
        (["nothing"], set(), set(), []),
    ],
)
def test_what_is_asked_for(asked, parameters, codes, languages):
    answer = look(property=[code(each) for each in asked])
    names = {each["name"] for each in answer["parameter"]}
    assert {"name", "display"} <= names
    assert names & {"definition", "abstract"} == parameters
    assert codes <= set(properties(answer))
    assert codes or not properties(answer)
    assert [each["language"] for each in values(answer, "designation")] == languages


def test_the_display_in_the_language_that_is_asked_for():
    assert only(look(displayLanguage=code("en")), "display") == "plan"
    assert only(look(language="en;q=0.5,sv"), "display") == "Plan"
    assert only(look(language="fi"), "display") == "Plan"
    assert only(look("SIP", displayLanguage=code("en")), "display") == "Samordnad individuell plan"


def test_by_a_coding_and_a_version():
    older = {**PLAN, "version": "1.0.0"}
    for version, expected in (("1.0.0", "1.0.0"), (None, "2.0.0"), ("1.x.x", "1.0.0")):
        more = {"version": version} if version else {}
        _, answer = ask(LOOKUP, PLAN, older, coding=coding(URL, "SIP", **more))
        assert only(answer, "version") == expected
    rule = {"system-version": uri(f"{URL}|1.0.0")}
    assert only(ask(LOOKUP, PLAN, older, coding=coding(URL, "SIP"), **rule)[1], "version") == "1.0.0"
    rule = {"check-system-version": uri(f"{URL}|3.0.0")}
    assert ask(LOOKUP, PLAN, coding=coding(URL, "SIP", version="2.0.0"), **rule)[0] == 422


def test_a_system_where_case_makes_no_difference():
    free = system("http://x", "Ab", caseSensitive=False)
    assert only(ask(LOOKUP, free, system=uri("http://x"), code=code("aB"))[1], "code") == "Ab"
    assert ask(LOOKUP, PLAN, system=uri(URL), code=code("PLAN"))[0] == 404


def test_a_supplement_adds_to_it():
    more = system(
        "http://example.org/more", {"code": "plan", "designation": [{"language": "de", "value": "Plan (de)"}]},
        content="supplement", supplements=URL, version="1",
    )  # fmt: skip
    used = {"useSupplement": ("Canonical", "http://example.org/more")}
    _, answer = ask(LOOKUP, PLAN, more, system=uri(URL), code=code("plan"), displayLanguage=code("de"), **used)
    assert only(answer, "display") == "Plan (de)"
    assert only(answer, "used-supplement") == "http://example.org/more|1"
    assert values(answer, "designation")[-1]["source"] == "http://example.org/more|1"
    status, answer = ask(LOOKUP, PLAN, system=uri(URL), code=code("plan"), **used)
    assert (status, reason(answer)[0]) == (422, "not-found")


@pytest.mark.parametrize(
    ("given", "status", "issue", "text"),
    [
        ({"system": uri("http://no"), "code": code("a")}, 422, "not-found", "CodeSystem not found: http://no"),
        ({"system": uri(URL), "version": code("9"), "code": code("a")}, 422, "not-found",
         f"CodeSystem not found: {URL} version 9"),
        ({"system": uri(URL), "code": code("no")}, 404, "not-found",
         f"Unable to find code 'no' in {URL} version 2.0.0"),
        ({"code": code("a")}, 400, "required", "The parameter system is missing"),
        ({"system": uri(URL)}, 400, "required", "The parameter coding, or system and code is missing"),
        ({"coding": ("Coding", {"code": "a"})}, 400, "required", "The parameter coding.system is missing"),
        ({"coding": ("Coding", {"system": URL})}, 400, "required", "The parameter coding.code is missing"),
        ({"coding": ("String", "a")}, 400, "invalid", "The parameter coding cannot be read: it is no Coding"),
        ({"system": ("Boolean", True), "code": code("a")}, 400, "invalid", None),
        ({"system": uri(URL), "code": code("plan"), "date": code("igår")}, 400, "invalid", None),
    ],
)  # fmt: skip
def test_what_cannot_be_answered(given, status, issue, text):
    found, answer = ask(LOOKUP, PLAN, **given)
    assert (found, reason(answer)[0]) == (status, issue)
    assert text is None or reason(answer)[1] == text


def test_why_in_swedish():
    _, answer = ask(LOOKUP, PLAN, system=uri(URL), code=code("no"), language="sv")
    assert reason(answer)[1] == f"Koden 'no' finns inte i {URL} version 2.0.0"


def act(id_: str, text: str, parent: str | None = None, **more) -> Concept:
    relations = (Relation(type="broader", target=parent),) if parent else ()
    return Concept(id=id_, terms=(Term(text=text),), relations=relations, **more)


def acts(version: str, **more) -> Vocabulary:
    return Vocabulary(
        id="kva", title="KVÅ", url="http://example.org/kva", version=version, notation=("case", "dot"),
        property_definitions=tuple(PropertyDefinition(code=c, type=t) for c, t in (("kind", "code"), ("as", "Coding"))),
        concepts=(
            act("AU", "Planering", abstract=True),
            act(
                "AU124", "Upprättande av SIP", "AU",
                definitions=(Definition(text="När planen görs"),),
                properties=(Property(code="kind", value="x"), Property(code="as", value=Coding(system="y", code="z"))),
                valid_from=datetime.date(2020, 1, 1), valid_to=datetime.date(2025, 12, 31),
            ),
        ),
        **more,
    )  # fmt: skip


OWN = Bank.from_vocabularies([
    acts("2024", valid_from=datetime.date(2024, 1, 1), valid_to=datetime.date(2024, 12, 31)),
    acts("2026", valid_from=datetime.date(2026, 1, 1)),
])  # fmt: skip


def test_our_own_lists():
    status, answer = ask(LOOKUP, bank=OWN, system=uri("kva"), code=code("au.124"), language="sv")
    assert status == 200
    assert [only(answer, name) for name in ("system", "version", "code", "display", "definition")] == [
        "http://example.org/kva", "2026", "AU124", "Upprättande av SIP", "När planen görs",
    ]  # fmt: skip
    assert properties(answer) == {
        "inactive": [False], "kind": ["x"], "as": [{"system": "y", "code": "z"}], "effectiveDate": ["2020-01-01"],
        "retirementDate": ["2026-01-01"], "parent": ["AU"],
    }  # fmt: skip


@pytest.mark.parametrize(("day", "version"), [("2024-05-01", "2024"), ("2026-05-01T12:00:00Z", "2026"), (None, "2026")])
def test_the_version_in_force_on_a_day(day, version):
    given = {"date": ("DateTime", day)} if day else {}
    _, answer = ask(LOOKUP, bank=OWN, system=uri("http://example.org/kva"), code=code("AU"), **given)
    assert only(answer, "version") == version


def test_a_day_on_which_none_was_in_force():
    status, answer = ask(LOOKUP, bank=OWN, system=uri("kva"), code=code("AU"), date=("DateTime", "2025-05-01"))
    assert (status, reason(answer)) == (
        422, ("not-found", "No version of CodeSystem kva that is known was in force on 2025-05-01"),
    )  # fmt: skip
