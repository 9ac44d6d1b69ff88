"""From the parameters of a request to the options of a question."""

from typing import Any

from termbank.fhir.given import Given, invalid, text
from termbank.terminology.languages import Languages
from termbank.terminology.question import Question, RuleMode, VersionRule
from termbank.terminology.refusal import Refusal, issue

_RULES: dict[str, tuple[RuleMode, bool]] = {
    "system-version": ("default", False),
    "check-system-version": ("check", False),
    "force-system-version": ("force", False),
    "default-valueset-version": ("default", True),
    "check-valueset-version": ("check", True),
    "force-valueset-version": ("force", True),
}


def question(given: Given, accept_language: str | None, validating: bool) -> Question:
    """Read the options of a question.

    Arguments:
        given: the parameters of the request.
        accept_language: the header, if there is one.
        validating: a code is to be validated, and only the languages that are named will do; else any other language
            will do as a last resort.

    Raises:
        Refusal: a parameter cannot be read, or is not supported.
    """
    if given.has("exclude-system"):
        raise Refusal(issue("TERMBANK_PARAMETER_NOT_SUPPORTED", parameter="exclude-system"), 400, outcome=True)
    profile = given.resource("profile") if given.has("profile") else None
    if profile is not None and profile.get("resourceType") == "Parameters":
        merged = {"resourceType": "Parameters", "parameter": [*given.parameters, *Given(profile).parameters]}
        given = Given(merged)
    rules = []
    for each in given.all(*_RULES):
        mode, value_set = _RULES[each["name"]]
        url, bar, version = text(each).partition("|")
        if not (bar and url and version):
            raise invalid(each["name"], "it is no canonical URL with a version (url|version)")
        rules.append(VersionRule(url, version, mode, value_set))
    count = given.integer("count")
    offset = given.integer("offset")
    options: dict[str, Any] = {
        "rules": tuple(rules),
        "languages": _header(accept_language, validating),
        "display_languages": display_languages(given.text("displayLanguage"), validating),
        "supplements": tuple(given.texts("useSupplement")),
        "abstract": given.boolean("abstract") is not False,
        "active_only": bool(given.boolean("activeOnly")),
        "infer_system": bool(given.boolean("inferSystem")),
        "lenient_display": bool(given.boolean("lenient-display-validation")),
        "membership_only": bool(given.boolean("valueset-membership-only")),
        "designations": tuple(given.texts("designation")),
        "include_designations": given.boolean("includeDesignations"),
        "include_definition": given.boolean("includeDefinition"),
        "properties": tuple(given.texts("property")),
        "exclude_nested": given.boolean("excludeNested"),
        "exclude_not_for_ui": given.boolean("excludeNotForUI"),
        "text": given.text("filter"),
        "offset": offset if offset is not None and offset >= 0 else None,
        "count": count if count is not None and count >= 0 else None,
        "limit": given.integer("limit"),
        "versions_match": given.boolean("versionsMatch"),
        "incomplete_ok": bool(given.boolean("incomplete-ok") or given.boolean("limitedExpansion")),
        "on": given.day("date") if validating else None,
        "stated": frozenset(each["name"] for each in given.parameters),
    }
    return Question(**options)


def _header(accept_language: str | None, validating: bool) -> Languages | None:
    if not accept_language:
        return None
    try:
        return Languages.parse(accept_language, any_other=not validating)
    except ValueError:
        return None  # a browser's odd header is no reason to refuse


def display_languages(asked: str | None, validating: bool) -> Languages | None:
    """Read a displayLanguage.

    Raises:
        Refusal: it is no list of languages.
    """
    if not asked:
        return None
    try:
        return Languages.parse(asked, any_other=not validating)
    except ValueError:
        raise Refusal(issue("INVALID_DISPLAY_NAME", language=asked), 400, outcome=True) from None
