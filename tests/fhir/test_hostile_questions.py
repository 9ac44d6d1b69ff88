"""Whatever is asked, the answer is a status and a resource, soon: never an exception, never an endless wait."""

import copy
import json
import time

import pytest
from builders import (
    BASE,
    ask,
    coding,
    concept,
    designation,
    in_system,
    in_value_set,
    include,
    parameters,
    supplement,
    system,
    value_set,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.fhir import operation
from termbank.fhir.operations import OPERATIONS

pytestmark = pytest.mark.slow

PLAN = system(
    "plan",
    concept(
        "A", "Alpha", concept("B", "Beta", properties={"status": "retired"}), designation=[designation("Alfa", "sv")]
    ),
    "c",
    version="1.0.0",
    language="en",
    versionAlgorithmString="semver",
    effectivePeriod={"start": "2020-01-01"},
    property=[{"code": "status", "type": "code"}],
)
URL = PLAN["url"]
PACK = supplement("pack", PLAN, concept("A", "Alfa"), pack=True, language="sv")
NEEDS = [{"url": "http://hl7.org/fhir/StructureDefinition/valueset-supplement", "valueCanonical": PACK["url"]}]
INNER = value_set(None, include(PLAN, filters=[("concept", "is-a", "A"), ("code", "regex", "[A-Z]")]), id="inner")
FEW = value_set(
    "few", include(PLAN, {"code": "A", "display": "x", "designation": [{"value": "d"}]}, version="1.x.x"), version="1"
)
MOST = value_set(
    "most",
    include(value_sets=[FEW, "#inner"]),
    include(PLAN, version="1.0.0"),
    exclude=[include(PLAN, "c"), include(value_sets=["#inner"])],
    contained=[INNER],
    extension=NEEDS,
    language="sv",
    compose={"inactive": False, "lockedDate": "2024-01-01"},
)
STORED = {**value_set("stored"), "expansion": {"contains": [{"system": URL, "code": "A", "contains": [{}]}]}}
del STORED["compose"]
OPTIONS = {
    "displayLanguage": "sv, en;q=0.5", "system_version": f"{URL}|1.0.0", "check_system_version": f"{URL}|1.x.x",
    "useSupplement": PACK["url"], "abstract": False, "activeOnly": True, "date": "2024-01-01",
    "profile": parameters(inferSystem=True),
}  # fmt: skip
CODES = [
    {"code": "A", "system": URL, "systemVersion": "1.0.0", "display": "Alfa"},
    {"coding": coding(PLAN, "B", version="1")},
    {"codeableConcept": {"coding": [coding(PLAN, "x"), coding("urn:x", "A"), coding(PLAN, "A")], "text": "plan"}},
    {"code": "A", "inferSystem": True},
]
RESOURCES = [PLAN, PACK, FEW, MOST, STORED]
REQUESTS = [
    *(
        ("ValueSet/$validate-code", parameters(*RESOURCES, **of, **code, **OPTIONS))
        for code in CODES
        for of in ({"url": MOST["url"]}, {"valueSet": MOST}, {"url": STORED["url"]})
    ),
    *(
        ("CodeSystem/$validate-code", parameters(*RESOURCES, **of, **code, **OPTIONS))
        for code in CODES
        for of in ({"url": URL}, {"codeSystem": PLAN})
    ),
    ("CodeSystem/$lookup", parameters(*RESOURCES, code="A", system=URL, property=["*"], **OPTIONS)),
    ("ValueSet/$batch-validate-code", parameters(*RESOURCES, url=MOST["url"], validation=[parameters(**CODES[0])])),
]
ODD = [
    float("nan"), float("inf"), 10**400, "\ud800", "\x00", "http://[", "|", "#", "#inner", "*", "(", "1.x",
    "a" * 10_000, URL, URL + "|", MOST["url"], "ValueSet", "supplement", "regex", "9999-99-99", "sv;q=9",
    PLAN, MOST, STORED,
]  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(node, path=()):
    """Yield the way to every node but the first."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def check(name, request, **more):
    started = time.monotonic()
    status, answer = operation(name, request, **more)
    assert time.monotonic() - started < 20
    assert isinstance(status, int)
    assert answer["resourceType"] in ("OperationOutcome", "Parameters", "ValueSet")
    assert status == 200 or answer["issue"][0]["details"]["text"]
    json.dumps(answer, allow_nan=False, ensure_ascii=False).encode()
    return status, answer


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_the_requests_themselves_are_answered(number):
    assert check(*REQUESTS[number])[0] == 200


@given(st.data())
@settings(max_examples=300)
def test_any_json_in_any_place_is_answered(data):
    name, request = copy.deepcopy(data.draw(st.sampled_from(REQUESTS)))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(request))))
        node = request
        for key in path[:-1]:
            node = node[key]
        if data.draw(st.booleans()) and isinstance(node, dict):
            del node[path[-1]]
        else:
            node[path[-1]] = copy.deepcopy(data.draw(anything))
    check(name, request, accept_language=data.draw(st.none() | st.sampled_from(["sv", "x;", "\ud800", ""])))


@given(anything)
def test_any_json_for_a_request_is_answered(request):
    for name in ("ValueSet/$validate-code", "CodeSystem/$validate-code"):
        status, _ = check(name, request)
        assert status == 400


@pytest.mark.parametrize("name", ["", "ValueSet/$burn", "$validate-code", "valueset/$expand", "../x", "x" * 10_000])
def test_an_operation_that_is_not_known(name):
    status, answer = check(name, parameters())
    assert (status, answer["issue"][0]["code"]) == (404, "not-supported")


def test_every_operation_answers_an_empty_request():
    for name in OPERATIONS:
        check(name, parameters())


# -- value sets that include each other


def of_imports(number, imports):
    """Make value sets, each of which includes those with the given numbers; where there are none, all codes."""
    return [
        value_set(
            f"vs{place}", *([include(value_sets=[BASE + f"vs{each}"]) for each in imports(place)] or [include(PLAN)])
        )
        for place in range(number)
    ]


def soon(seconds, *resources, **given_parameters):
    started = time.monotonic()
    answer = ask("ValueSet/$validate-code", PLAN, *resources, system=URL, **given_parameters)
    assert time.monotonic() - started < seconds
    return answer


@pytest.mark.parametrize(
    ("number", "imports", "of", "expected"),
    [
        (50, lambda place: [place - 1] if place else [], 49, True),
        (10_000, lambda place: [place - 1] if place else [], 9_999, "too-costly"),
        (10_000, lambda place: [(place + 1) % 10_000], 0, "too-costly"),
        (30, lambda place: [(place + 1) % 30], 0, "VALUESET_CIRCULAR_REFERENCE"),
        (1, lambda place: [0], 0, "VALUESET_CIRCULAR_REFERENCE"),
        (45, lambda place: [place - 1, place - 1] if place else [], 44, True),
        (45, range, 44, True),
        (5_000, lambda place: [0] * 5_000 if place == 1 else [], 1, True),
        (5_000, lambda place: range(1, 5_000) if place == 0 else [], 0, True),
    ],
    ids=["chain", "long chain", "long ring", "ring", "itself", "diamonds", "all below", "the same", "many"],
)
def test_value_sets_may_include_each_other_in_any_way(number, imports, of, expected):
    found = of_imports(number, imports)
    for code in ("A", "none"):
        answer = soon(20, *found, url=found[of]["url"], code=code)
        if expected is True:
            assert answer.result is (code == "A")
        else:
            assert expected in (answer.resource["issue"][0]["code"], *answer.ids)


def test_chains_that_end_in_each_other_are_counted_as_one():
    chains = of_imports(400, lambda place: [place - 1] if place else [])
    roots = [BASE + f"vs{place}" for place in range(40, 400, 40)]
    answer = soon(
        20, *chains, value_set("top", *[include(value_sets=[each]) for each in roots]), url=BASE + "top", code="A"
    )
    assert answer.resource["issue"][0]["code"] == "too-costly"


def test_excludes_behind_excludes_do_not_double_the_work():
    found = [value_set("x0", include(PLAN))]
    for place in range(1, 40):
        both = [include(value_sets=[found[-1]]), include(value_sets=[found[-1]["url"]])]
        found.append(value_set(f"x{place}", include(PLAN), exclude=both))
    assert soon(20, *found, url=found[-1]["url"], code="A").result is False


# -- much of everything


def test_a_question_that_takes_too_much_work_is_refused():
    of = value_set("v", *[include(PLAN, "c") for _ in range(3_000)])
    answer = in_value_set(of, PLAN, codeableConcept={"coding": [coding(PLAN, "none")] * 1_000})
    assert answer.resource["issue"][0]["code"] == "too-costly"


@pytest.mark.parametrize("system_url", [URL, "http://example.org/none"])
def test_thousands_of_codings(system_url):
    codings = [coding(system_url, f"x{number}") for number in range(3_000)]
    assert soon(20, value_set("v", include(PLAN)), url=BASE + "v", codeableConcept={"coding": codings}).result is False


def test_thousands_of_supplements():
    packs = [supplement(f"s{number}", PLAN, concept("A", f"name {number}"), pack=True) for number in range(2_000)]
    stated = [each["url"] for each in packs]
    answer = in_system(PLAN, *packs, code="A", display="name 7", useSupplement=stated)
    assert answer.result is True


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(.*)*x",
        "(" * 200 + "a" + "+)" * 200,
        "(?:a{0,1000})" * 70,
        "((a{1,99}){1,99}){1,99}",
        "[",
        "a" * 5_000,
    ],
)
def test_regular_expressions_take_no_endless_time(pattern):
    long = system("long", *["a" * 60 + str(number) for number in range(3_000)])
    check(
        "ValueSet/$validate-code",
        parameters(
            long, value_set("v", include(long, filters=[("code", "regex", pattern)])),
            url=BASE + "v", system=long["url"], code="a" * 60 + "7",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["c" * 1_000_000, " " * 1_000_000, "\u0000", "|", "#", "A\nB"])
def test_odd_codes_and_displays(code):
    check(
        "CodeSystem/$validate-code",
        parameters(PLAN, url=URL, code=code, display=code, version=code, displayLanguage="sv"),
    )


def test_deep_things_are_refused():
    deep, nested = concept("x"), {}
    for number in range(5_000):
        deep, nested = concept(f"x{number}", None, deep), {"x": [nested]}
    assert in_system(system("deep", deep), code="x").status == 400
    assert in_system({**PLAN, "extension": [nested]}, code="A").status == 400
    assert in_system(PLAN, codeableConcept={"coding": [coding(PLAN, "A")], "extension": nested}).status == 400
    of = value_set("v", include(PLAN), contained=[nested])
    assert in_value_set(of, PLAN, code="A", system=URL).status in (200, 400)


@pytest.mark.parametrize("written", ["--5", "-", "5-", "1_0", "", "1e3"])
def test_numbers_that_are_none(written):
    number = {"name": "count", "valueString": written}
    asked = parameters(PLAN, value_set("v", include(PLAN)), url=BASE + "v")
    status, answer = operation("ValueSet/$expand", {**asked, "parameter": [*asked["parameter"], number]})
    assert (status, answer["resourceType"]) == (400, "OperationOutcome")


def test_a_filter_that_is_not_understood_is_told_whole():
    asked = parameters(PLAN, value_set("v", include(PLAN, filters=[("nothing", "=", "x")])), url=BASE + "v")
    _, answer = operation("ValueSet/$expand", asked)
    assert '"nothing = x"' in answer["issue"][0]["details"]["text"]
