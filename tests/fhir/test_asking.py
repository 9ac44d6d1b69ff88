"""From the parameters of a request to the options of a question."""

import datetime

import pytest
from builders import parameters
from hypothesis import given
from hypothesis import strategies as st

from termbank.fhir.asking import question
from termbank.fhir.given import Given
from termbank.terminology.question import Question, VersionRule
from termbank.terminology.refusal import Refusal

URL = "http://example.org/x"


def asked(header=None, validating=True, **given_parameters):
    return question(Given(parameters(**given_parameters)), header, validating)


def test_nothing_said_gives_the_defaults_of_fhir():
    assert asked() == Question()
    assert (Question().abstract, Question().active_only, Question().infer_system) == (True, False, False)


@pytest.mark.parametrize(
    ("parameter", "value", "field", "expected"),
    [
        ("abstract", False, "abstract", False),
        ("activeOnly", True, "active_only", True),
        ("inferSystem", "true", "infer_system", True),
        ("lenient-display-validation", True, "lenient_display", True),
        ("valueset-membership-only", True, "membership_only", True),
        ("useSupplement", ["a", "b|1"], "supplements", ("a", "b|1")),
        ("designation", ["sv", "s|c"], "designations", ("sv", "s|c")),
        ("property", ["p"], "properties", ("p",)),
        ("includeDesignations", False, "include_designations", False),
        ("includeDefinition", True, "include_definition", True),
        ("excludeNested", True, "exclude_nested", True),
        ("excludeNotForUI", True, "exclude_not_for_ui", True),
        ("filter", "plan", "text", "plan"),
        ("count", 0, "count", 0),
        ("count", "12", "count", 12),
        ("count", -1, "count", None),
        ("offset", 7, "offset", 7),
        ("limit", 100, "limit", 100),
        ("incomplete-ok", True, "incomplete_ok", True),
        ("versionsMatch", True, "versions_match", True),
        ("date", "2026-01-31", "on", datetime.date(2026, 1, 31)),
        ("date", "2026-01-31T23:30:00+01:00", "on", datetime.date(2026, 1, 31)),
    ],
)
def test_every_option_has_its_parameter(parameter, value, field, expected):
    found = asked(**{parameter: value})
    assert getattr(found, field) == expected
    assert found.stated == {parameter}


@pytest.mark.parametrize("kind", ["system", "valueset"])
@pytest.mark.parametrize("mode", ["default", "check", "force"])
def test_the_rules_on_versions_are_read_and_written_by_the_same_name(mode, kind):
    name = "system-version" if (mode, kind) == ("default", "system") else f"{mode}-{kind}-version"
    (rule,) = asked(**{name: f"{URL}|1.x"}).rules
    assert rule == VersionRule(URL, "1.x", mode, kind == "valueset")
    assert rule.parameter == name


def test_the_language_of_displays_goes_before_that_of_the_header():
    found = asked("en", displayLanguage="sv, de;q=0.5")
    assert (str(found.languages), str(found.shown_languages), found.language_summary) == (
        "en", "sv, de; q=0.5", "sv, de; q=0.5",
    )  # fmt: skip
    assert asked("en").language_summary == "en"
    assert asked().language_summary == "--"
    assert asked("this is no list of languages").languages is None


def test_only_where_no_code_is_validated_will_any_other_language_do():
    assert not asked(displayLanguage="sv").shown_languages.match("en")
    assert asked(displayLanguage="sv", validating=False).shown_languages.match("en")


def test_a_profile_says_what_the_request_does_not():
    profile = parameters(displayLanguage="sv", activeOnly=True)
    found = asked(profile=profile, activeOnly=False)
    assert (found.active_only, str(found.display_languages)) == (False, "sv")


@pytest.mark.parametrize(
    "given_parameters",
    [
        {"activeOnly": "perhaps"},
        {"activeOnly": 1},
        {"count": "many"},
        {"count": True},
        {"system-version": URL},
        {"system-version": "|1"},
        {"force-system-version": URL + "|"},
        {"displayLanguage": "no language"},
        {"displayLanguage": 7},
        {"exclude-system": URL},
        {"profile": "x"},
        {"date": "2026"},
        {"date": "yesterday"},
        {"filter": "half a \ud800 character"},
    ],
)
def test_what_cannot_be_read_is_refused(given_parameters):
    with pytest.raises(Refusal) as refusal:
        asked(**given_parameters)
    assert (refusal.value.status, refusal.value.outcome) == (400, True)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.booleans() | st.integers(0, 9), max_size=4))
def test_parameters_that_are_not_known_change_nothing(unknown):
    assert asked(**{f"x{name}": value for name, value in unknown.items()}).with_(stated=frozenset()) == Question()


@pytest.mark.parametrize(
    "resource",
    [None, [], "Parameters", {}, {"resourceType": "Patient"}, {"resourceType": "Parameters", "parameter": {}},
     {"resourceType": "Parameters", "parameter": [None]}, {"resourceType": "Parameters", "parameter": [{"name": 1}]}],
)  # fmt: skip
def test_what_is_no_parameters_resource_is_refused(resource):
    with pytest.raises(Refusal):
        Given(resource)


@pytest.mark.parametrize("kind", ["String", "Uri", "Canonical", "Url", "Code", "Id", "DateTime", "Date", "Markdown"])
def test_text_is_text_whatever_its_type(kind):
    resource = {"resourceType": "Parameters", "parameter": [{"name": "url", f"value{kind}": URL}]}
    assert Given(resource).text("url") == URL
