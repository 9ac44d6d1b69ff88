"""ValueSet/$compare: how two value sets stand to each other, from their definitions and from their codes."""

import pytest
from asking import ask, only, reason, system, uri, value_set, values
from hypothesis import given
from hypothesis import strategies as st

COMPARE = "ValueSet/$compare"
URL, OTHER = "http://example.org/a", "http://example.org/b"
PARENT = [
    {"code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code"},
    {"code": "kind", "type": "code"},
]


def under(name: str, *parents: str, kind: str | None = None):
    said = [{"code": "parent", "valueCode": each} for each in parents]
    return {"code": name, "property": said + ([{"code": "kind", "valueCode": kind}] if kind else [])}


TREE = system(
    URL, under("1"), under("1a", "1", kind="x"), under("1b", "1", kind="x"), under("2"), under("2a", "2"),
    under("3", "1", "2"), property=PARENT, version="1.0.0",
)  # fmt: skip
FLAT = system(OTHER, "p", "q", version="1.0.0")


def codes(*listed: str, of: str = URL, **more):
    return {"system": of, "concept": [{"code": each} for each in listed], **more}


def where(name: str, op: str, said: str, of: str = URL):
    return {"system": of, "filter": [{"property": name, "op": op, "value": said}]}


ALL, BOTH = {"system": URL}, "12"


def compare(this, other, *resources, diagnostics: bool = True, **more):
    sets = {"thisValueSet": value_set("http://vs/this", *this), "otherValueSet": value_set("http://vs/other", *other)}
    status, answer = ask(COMPARE, TREE, FLAT, *resources, diagnostics=("Boolean", diagnostics), **sets, **more)
    assert status == 200, answer
    return answer


@pytest.mark.parametrize(
    ("this", "other", "outcome", "expanded"),
    [
        ([ALL], [ALL], "same", False),
        ([ALL], [codes("1", "2")], "superset", False),
        ([codes("1")], [ALL], "subset", False),
        ([ALL], [codes("1", "1a", "1b", "2", "2a", "3")], "same", False),
        ([codes("1", "2")], [codes("2"), codes("1")], "same", False),
        ([codes("1", "2")], [codes("1")], "superset", False),
        ([codes("1", "2")], [codes("2", "3")], "overlapping", False),
        ([codes("1")], [codes("2")], "disjoint", False),
        ([codes("1")], [codes("1", of=OTHER)], "disjoint", False),
        ([codes("1"), codes("p", of=OTHER)], [codes("1")], "superset", False),
        ([codes("1"), codes("p", of=OTHER)], [codes("1"), codes("q", of=OTHER)], "overlapping", False),
        ([where("concept", "is-a", "1")], [where("concept", "is-a", "1")], "same", False),
        ([where("concept", "is-a", "1")], [where("concept", "is-a", "1a")], "superset", False),
        ([where("concept", "is-a", "2a")], [where("concept", "is-a", "2")], "subset", False),
        ([where("concept", "is-a", "1a")], [where("concept", "is-a", "2a")], "disjoint", False),
        ([where("concept", "is-a", "1")], [where("concept", "is-a", "2")], "overlapping", True),
        ([where("kind", "=", "x")], [codes("1a", "1b")], "same", True),
        ([where("kind", "=", "x")], [where("kind", "=", "y")], "disjoint", True),
        ([where("kind", "=", "y")], [where("kind", "=", "z")], "empty", True),
        ([where("kind", "=", "x"), codes("2")], [codes("2"), where("kind", "=", "x")], "same", False),
        ([{"valueSet": ["http://vs/import"]}], [codes("1", "2")], "same", True),
        ([{"system": "http://unknown"}], [{"system": "http://unknown"}], "same", False),
        ([{"system": "http://unknown"}], [codes("1", of="http://unknown")], "superset", False),
        ([where("kind", "=", "x", of="http://unknown")], [codes("1")], "disjoint", False),
        ([where("kind", "=", "x", of="http://unknown")], [codes("1", of="http://unknown")], "indeterminate", True),
    ],
)  # fmt: skip
def test_how_they_stand_to_each_other(this, other, outcome, expanded):
    answer = compare(this, other, value_set("http://vs/import", codes("1", "2")))
    assert only(answer, "result") == outcome
    turned = {"superset": "subset", "subset": "superset"}
    back = compare(other, this, value_set("http://vs/import", codes("1", "2")))
    assert only(back, "result") == turned.get(outcome, outcome)
    assert only(answer, "performed-expansion") is expanded


def test_what_is_left_out():
    this = value_set("http://vs/this", ALL, exclude=[codes("1", "2")])
    other = value_set("http://vs/other", codes("1a", "1b", "2a", "3"))
    _, answer = ask(COMPARE, TREE, thisValueSet=this, otherValueSet=other)
    assert only(answer, "result") == "same"


def test_which_codes_differ():
    answer = compare([codes("2", "1")], [codes("3", "2")])
    assert [only(answer, f"{name}-codes") for name in ("missing", "extra", "common")] == ["1", "3", "2"]
    answer = compare([where("kind", "=", "x")], [codes("1b", "2", "1")])
    assert [only(answer, f"{name}-codes") for name in ("missing", "extra", "common")] == ["1a", "2,1", "1b"]
    answer = compare([where("kind", "=", "x")], [codes("1b", "1a")])
    assert not [each for each in answer["parameter"] if each["name"].endswith("-codes")]
    plain = compare([codes("1")], [codes("2")], diagnostics=False)
    assert [each["name"] for each in plain["parameter"]] == ["result", "message"]


def test_what_is_said():
    def message(this, other, **more):
        return only(compare(this, other, **more), "message")

    assert (
        message([codes("1")], [codes("2")])
        == "No shared codes between the value sets http://vs/this and http://vs/other"
    )
    assert message([codes("1")], [codes("2")], language="sv").startswith("Urvalen http://vs/this och")
    failed = message([where("no", "=", "x")], [where("kind", "=", "x")])
    assert failed.startswith("Unable to compare http://vs/this and http://vs/other: This expansion failed: ")
    failed = message([where("kind", "=", "x")], [where("no", "=", "x")])
    assert failed.startswith("Unable to compare http://vs/this and http://vs/other: Other expansion failed: ")
    failed = message([where("kind", "=", "x", of="http://unknown")], [where("kind", "=", "y", of="http://unknown")])
    assert "Both expansions failed" in failed


def test_versions_of_a_system():
    newer = {**TREE, "version": "2.0.0", "concept": [*TREE["concept"], {"code": "4"}]}
    old, new = ({"system": URL, "version": version} for version in ("1.0.0", "2.0.0"))
    assert only(compare([old], [new], newer), "result") == "subset"
    assert only(compare([codes("1", version="1.0.0")], [codes("1", version="2.0.0")], newer), "result") == "same"
    needed = [{**each, "versionNeeded": True} for each in (TREE, newer)]
    sets = [value_set(f"http://vs/{v}", codes("1", version=v)) for v in ("1.0.0", "2.0.0")]
    _, answer = ask(COMPARE, *needed, thisValueSet=sets[0], otherValueSet=sets[1])
    assert only(answer, "result") == "disjoint"


def test_a_fragment_cannot_be_counted():
    part = {**TREE, "url": "http://part", "content": "fragment"}
    answer = compare([where("kind", "=", "x", of="http://part")], [codes("1a", of="http://part")], part)
    assert (only(answer, "result"), "unclosed" in only(answer, "message")) == ("indeterminate", True)
    assert only(compare([codes("1", of="http://part")], [codes("1", of="http://part")], part), "result") == "same"


def test_only_active_codes():
    retired = system("http://r", "a", {"code": "b", "property": [{"code": "status", "valueCode": "retired"}]})
    sets = ([codes("a", "b", of="http://r")], [codes("a", of="http://r")])
    assert only(compare(*sets, retired), "result") == "superset"
    assert only(compare(*sets, retired, activeOnly=("Boolean", True)), "result") == "same"


def test_value_sets_by_their_urls():
    sets = [value_set("http://vs/1", codes("1")), value_set("http://vs/2", codes("1", "2"), version="3")]
    _, answer = ask(COMPARE, TREE, *sets, thisUrl=uri("http://vs/1"), otherUrl=uri("http://vs/2|3"))
    assert only(answer, "result") == "subset"
    assert only(answer, "message") == "The valueSet http://vs/1 is a sub-set of the valueSet http://vs/2|3"


def test_a_value_set_without_definition():
    bare = {"resourceType": "ValueSet", "url": "http://vs/bare", "status": "active"}
    for sides in (("this", "other"), ("other", "this")):
        given = {f"{sides[0]}ValueSet": bare, f"{sides[1]}ValueSet": value_set("http://vs/1", ALL)}
        _, answer = ask(COMPARE, TREE, **given)
        assert only(answer, "result") == "indeterminate"
        assert only(answer, "message") == "The ValueSet http://vs/bare has no compose"


@pytest.mark.parametrize(
    ("given", "status", "issue"),
    [
        ({}, 400, "required"),
        ({"thisUrl": uri("http://vs/1")}, 400, "required"),
        ({"thisUrl": uri("http://vs/1"), "otherUrl": uri("http://vs/no")}, 404, "not-found"),
        ({"thisUrl": uri("http://vs/1"), "otherUrl": ("Boolean", True)}, 400, "invalid"),
        ({"thisUrl": uri("http://vs/1"), "otherValueSet": {"resourceType": "Bundle"}}, 400, "structure"),
    ],
)
def test_what_cannot_be_answered(given, status, issue):
    found, answer = ask(COMPARE, TREE, value_set("http://vs/1", ALL), **given)
    assert (found, reason(answer)[0]) == (status, issue)


names = st.sampled_from(["1", "1a", "1b", "2", "2a", "3"])
includes = st.lists(
    st.one_of(
        st.lists(names, min_size=1, max_size=3).map(lambda listed: codes(*listed)),
        st.builds(where, st.just("concept"), st.sampled_from(["is-a", "descendent-of"]), names),
        st.just(ALL),
    ),
    min_size=1,
    max_size=2,
)


def contained(include) -> set[str]:
    below = {"1": {"1a", "1b", "3"}, "2": {"2a", "3"}}
    if "concept" in include:
        return {each["code"] for each in include["concept"]}
    if "filter" not in include:
        return {"1", "1a", "1b", "2", "2a", "3"}
    (wanted,) = include["filter"]
    return below.get(wanted["value"], set()) | ({wanted["value"]} if wanted["op"] == "is-a" else set())


@given(includes, includes)
def test_as_sets(this, other):
    a, b = (set().union(*map(contained, each)) for each in (this, other))
    expected = (
        "same" if a == b and a else "superset" if a > b and b else "subset" if a < b and a else "overlapping" if a & b
        else "disjoint" if a or b else "empty"
    )  # fmt: skip
    found = only(compare(this, other), "result")
    assert found == expected or (found == "same" and this == other and not a)
    assert len(values(compare(this, other), "message")) == 1
