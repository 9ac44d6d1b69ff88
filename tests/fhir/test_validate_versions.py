"""ValueSet/$validate-code: the versions of code systems and value sets that apply, by rules, patterns and dates."""

import pytest
from builders import BASE, ask, in_value_set, include, system, value_set

VALIDATE = "ValueSet/$validate-code"
PLAN = system("plan", "A", "B", version="1.0.0")
URL = PLAN["url"]


def valid(of, code, **given):
    return in_value_set(of, PLAN, code=code, system=URL, **given)


# -- versions of code systems

OLD = system("many", "common", "gone", version="1.0.0")
NEW = system("many", "common", "new", version="1.2.0")
MANY = OLD["url"]


@pytest.mark.parametrize(
    ("stated", "given", "rules", "expected"),
    [
        (None, None, {}, "1.2.0"),
        ("1.0.0", None, {}, "1.0.0"),
        ("1.0.x", None, {}, "1.0.0"),
        ("1.x.x", None, {}, "1.2.0"),
        ("1.0?", None, {}, "1.0.0"),
        (None, "1.0.0", {}, "1.0.0"),
        ("1.x.x", "1.0.0", {}, "1.0.0"),
        (None, None, {"system_version": f"{MANY}|1.0.0"}, "1.0.0"),
        ("1.2.0", None, {"system_version": f"{MANY}|1.0.0"}, "1.2.0"),
        (None, None, {"check_system_version": f"{MANY}|1.0.x"}, "1.0.0"),
        (None, None, {"force_system_version": f"{MANY}|1.0.0"}, "1.0.0"),
        ("1.2.0", None, {"force_system_version": f"{MANY}|1.0.0"}, "1.0.0"),
        (None, None, {"system_version": [f"{MANY}|1.0.0", f"{MANY}|1.0.0"]}, "1.0.0"),
    ],
)
def test_the_version_that_applies(stated, given, rules, expected):
    of = value_set("v", include(MANY, **({"version": stated} if stated else {})))
    answer = in_value_set(
        of, OLD, NEW, code="common", system=MANY, **({"systemVersion": given} if given else {}), **rules
    )
    assert (answer.result, answer.version, answer.ids) == (True, expected, [])


@pytest.mark.parametrize(
    ("stated", "given", "rules", "id"),
    [
        ("1.0.0", "1.2.0", {}, "VALUESET_VALUE_MISMATCH"),
        (None, "1.2.0", {"force_system_version": f"{MANY}|1.0.0"}, "VALUESET_VALUE_MISMATCH_CHANGED"),
        ("1.2.0", None, {"check_system_version": f"{MANY}|1.0.0"}, "VALUESET_VERSION_CHECK"),
        ("7", None, {}, "UNKNOWN_CODESYSTEM_VERSION"),
        (None, None, {"system_version": [f"{MANY}|1.0.0", f"{MANY}|1.2.0"]}, "SYSTEM_VERSION_MULTIPLE_DEFAULT"),
        (None, None, {"force_system_version": [f"{MANY}|1.0.0", f"{MANY}|1"]}, "SYSTEM_VERSION_MULTIPLE_OVERRIDE"),
    ],
)
def test_versions_that_contradict_each_other(stated, given, rules, id):
    of = value_set("v", include(MANY, **({"version": stated} if stated else {})))
    answer = in_value_set(
        of, OLD, NEW, code="common", system=MANY, **({"systemVersion": given} if given else {}), **rules
    )
    assert not answer.result
    assert id in answer.ids


def test_of_several_versions_in_a_value_set_the_newest_that_has_the_code_is_used():
    of = value_set("v", include(MANY, version="1.0.0"), include(MANY, version="1.2.0"))
    assert in_value_set(of, OLD, NEW, code="common", system=MANY).version == "1.2.0"
    assert in_value_set(of, OLD, NEW, code="gone", system=MANY).version == "1.0.0"
    assert in_value_set(of, OLD, NEW, code="gone", system=MANY, systemVersion="1.2.0").result is False


def test_the_version_of_another_system_is_no_pin():
    of = value_set("v", include(PLAN, version="1.0.0"), include(MANY, version="1.2.0"))
    answer = in_value_set(of, PLAN, OLD, NEW, code="common", system=MANY, systemVersion="1.0.0")
    assert "VALUESET_VALUE_MISMATCH" in answer.ids


# -- versions of value sets

FIRST = value_set("vs", include(PLAN, "A"), version="1.0.0")
SECOND = value_set("vs", include(PLAN, "B"), version="2.0.0")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"url": FIRST["url"]}, "B"),
        ({"url": FIRST["url"] + "|1.0.0"}, "A"),
        ({"url": FIRST["url"], "valueSetVersion": "1.x.x"}, "A"),
        ({"url": FIRST["url"], "default_valueset_version": FIRST["url"] + "|1.0.0"}, "A"),
        ({"url": FIRST["url"] + "|2.0.0", "force_valueset_version": FIRST["url"] + "|1.0.0"}, "A"),
        ({"url": FIRST["url"], "check_valueset_version": FIRST["url"] + "|1.0.0"}, "A"),
    ],
)
@pytest.mark.parametrize("imported", [False, True])
def test_the_version_of_a_value_set(given, code, imported):
    resources = [PLAN, FIRST, SECOND]
    if imported:
        version = given.pop("valueSetVersion", None)
        url = given["url"] + (f"|{version}" if version else "")
        resources.append(value_set("over", include(value_sets=[url])))
        given = {**given, "url": BASE + "over"}
    other = {"A": "B", "B": "A"}[code]
    assert ask(VALIDATE, *resources, code=code, system=URL, **given).result is True
    assert ask(VALIDATE, *resources, code=other, system=URL, **given).result is False


def test_a_value_set_that_is_not_the_version_that_it_must_be_is_not_used():
    given = {"url": FIRST["url"] + "|2.0.0", "check_valueset_version": FIRST["url"] + "|1.0.0"}
    answer = ask(VALIDATE, PLAN, FIRST, SECOND, code="B", system=URL, **given)
    assert (answer.result, answer.ids) == (False, ["VALUESET_VERSION_CHECK"])


def test_a_value_set_that_is_not_here():
    assert ask(VALIDATE, url=BASE + "none|1", code="A", system=URL).ids == ["Unable_to_resolve_value_Set_"]
    answer = valid(value_set("v", include(value_sets=[BASE + "none"])), "A")
    assert (answer.result, answer.ids) == (False, ["Unable_to_resolve_value_Set_"])


# -- dates

NEWER = system("dated", "A", "B", version="2026", effectivePeriod={"start": "2026-01-01"})
OLDER = system("dated", "A", "C", version="2025", effectivePeriod={"start": "2025-01-01", "end": "2025-12-31"})


@pytest.mark.parametrize(
    ("of", "given", "codes"),
    [
        (value_set("v", include(NEWER)), {}, "AB"),
        (value_set("v", include(NEWER)), {"date": "2025-06-01"}, "AC"),
        (value_set("v", include(NEWER)), {"date": "2025-06-01T12:00:00+02:00"}, "AC"),
        (value_set("v", include(NEWER)), {"date": "2024-06-01"}, ""),
        (value_set("v", include(NEWER), compose={"lockedDate": "2025-06-01"}), {}, "AC"),
        (value_set("v", include(NEWER, version="2026")), {"date": "2025-06-01"}, "AB"),
    ],
)
def test_systems_are_read_as_on_the_date_unless_their_version_is_stated(of, given, codes):
    found = [each for each in "ABC" if in_value_set(of, OLDER, NEWER, code=each, system=NEWER["url"], **given).result]
    assert "".join(found) == codes
