"""The value set that an operation is asked about: given in the call, or referred to."""

from contextlib import suppress
from typing import Any

from termbank.errors import FormatError
from termbank.fhir.asking import display_languages
from termbank.fhir.call import Call
from termbank.formats.fhir import value_sets
from termbank.model import ValueSet
from termbank.terminology import extensions
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.languages import Languages
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal, issue

UNIDENTIFIED = "(unidentified)"
"""What a value set is called that came with a call, and has neither a URL nor an id."""


def asked(call: Call, name: str = "valueSet") -> tuple[Inquiry, ValueSet]:
    """Return the value set that a call is about, and the inquiry that the two of them make.

    The value set itself may say in what language it is wanted, and which supplements it needs.

    Arguments:
        call: the call.
        name: of the parameter that has the value set itself; else `url` refers to one.

    Raises:
        Refusal: there is none, or it cannot be read.
    """
    value_set = _given(call, name)
    if value_set is None:
        url = call.given.text("url")
        if not url and call.given.has("context"):
            raise Refusal(issue("TERMBANK_PARAMETER_NOT_SUPPORTED", parameter="context"), 400, outcome=True)
        if not url:
            raise Refusal(issue("TERMBANK_PARAMETER_MISSING", parameter="url"), 400, outcome=True)
        bare, _, version = url.partition("|")
        pinned = call.inquiry().decide(bare, call.given.text("valueSetVersion") or version or None)
        value_set = call.holdings.value_set(bare, pinned)
        if value_set is None:
            shown = f"{bare}|{pinned}" if pinned else bare
            raise Refusal(issue("Unable_to_resolve_value_Set_", valueset=shown), 422, outcome=True)
    return call.inquiry(_with_own_wishes(call, value_set)), value_set


def _given(call: Call, name: str) -> ValueSet | None:
    resource = call.given.resource(name)
    if resource is None:
        return None
    try:
        named = isinstance(resource.get("url"), str) or isinstance(resource.get("id"), str)
        return value_sets.read(resource, None if named else UNIDENTIFIED)
    except FormatError as error:
        finding = issue("TERMBANK_RESOURCE_INVALID", parameter=name, reason=str(error))
        raise Refusal(finding, 400, outcome=True) from None


def _with_own_wishes(call: Call, value_set: ValueSet) -> Question:
    question, validating = call.question, call.validating
    wishes: dict[str, Any] = {}
    needed = [
        str(extensions.value(each))
        for each in extensions.extensions(value_set.extra)
        if each["url"] == extensions.SUPPLEMENT
    ]
    if needed:
        wishes["supplements"] = (*question.supplements, *needed)
    compose = value_set.extra.get("compose") if value_set.extra else None
    for each in extensions.extensions(compose if isinstance(compose, dict) else None):
        if each["url"] not in extensions.EXPANSION_PARAMETER:
            continue
        name, value = extensions.find(each, "name"), extensions.find(each, "value")
        if name == "displayLanguage" and question.display_languages is None:
            wishes["display_languages"] = display_languages(str(value), validating)
        elif name == "versionsMatch" and question.versions_match is None:
            wishes["versions_match"] = str(value).lower() == "true"
        elif name == "designation":
            wishes["designations"] = (*wishes.get("designations", question.designations), str(value))
    if question.languages is None and value_set.language:
        with suppress(ValueError):  # a value set in no language that is known is read all the same
            wishes["languages"] = Languages.parse(value_set.language, any_other=not validating)
    return question.with_(**wishes) if wishes else question
