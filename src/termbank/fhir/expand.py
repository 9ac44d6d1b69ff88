"""ValueSet/$expand: the codes of a value set (https://hl7.org/fhir/valueset-operation-expand.html)."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from termbank.collector import paused
from termbank.fhir import value_set as asked
from termbank.fhir.call import Call
from termbank.fhir.expanded import Writer, extension
from termbank.fhir.given import invalid
from termbank.formats.fhir import value_sets, versions
from termbank.formats.fhir.elements import whole_date
from termbank.formats.fhir.losses import LossReport
from termbank.model import ValueSet
from termbank.terminology.expansion import Expansion, expand
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal, issue

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_DEFINITION = ("text", "contained", "extension", "publisher", "description", "purpose", "copyright")
"""What a value set says of itself that is only repeated where its definition is asked for."""


def answer(call: Call) -> dict[str, Any]:
    """Answer ValueSet/$expand.

    Arguments:
        call: the call; `url` (and `valueSetVersion`) names the value set, or `valueSet` is it.

    Returns:
        The ValueSet, with its expansion.

    Raises:
        Refusal: the value set is not known or cannot be used, or it has too many codes.
    """
    if call.given.has("context") or call.given.has("contextDirection"):
        raise Refusal(issue("TERMBANK_PARAMETER_NOT_SUPPORTED", parameter="context"), 400, outcome=True)
    with paused():
        return _answer(call._replace(question=call.question.with_(on=_day(call.given.text("date")))))


def _answer(call: Call) -> dict[str, Any]:
    inquiry, value_set = asked.asked(call)
    return resource(value_set, expand(inquiry, value_set), inquiry.question, call.fhir_version)


def resource(value_set: ValueSet, found: Expansion, question: Question, fhir_version: str = "5.0.0") -> dict[str, Any]:
    """Write an expansion as a ValueSet.

    Arguments:
        value_set: what was expanded.
        found: its codes.
        question: the question that they are the answer to.
        fhir_version: the version of FHIR.
    """
    written = _header(value_set, question, fhir_version)
    if found.stored is not None:
        written["expansion"] = versions.from_r5(
            {"resourceType": "ValueSet", "expansion": found.stored}, fhir_version, LossReport()
        )["expansion"]
    else:
        written["expansion"] = _expansion(found, question, fhir_version)
    return written


def _day(date: str | None) -> datetime.date | None:
    found = whole_date(date) if date else None
    if date and found is None:
        raise invalid("date", "it is no whole day")
    return found


def _header(value_set: ValueSet, question: Question, fhir_version: str) -> dict[str, Any]:
    """Write what the value set says of itself, with its definition where that is asked for."""
    if question.include_definition:
        resource, _ = value_sets.write(value_set.with_(expansion=None), fhir_version)
        left_out: tuple[str, ...] = ("id",)
    else:
        header = value_set.with_(include=(), exclude=(), composed=False, expansion=None)
        resource, _ = value_sets.write(header, fhir_version)
        left_out = ("id", *_DEFINITION)
    return {name: value for name, value in resource.items() if name not in left_out}


def _expansion(found: Expansion, question: Question, fhir_version: str) -> dict[str, Any]:
    writer = Writer(fhir_version)
    element: dict[str, Any] = {}
    extensions = []
    if found.unclosed:
        extensions.append(extension(f"{_HL7}valueset-unclosed", "Boolean", True))
        extensions += [extension(f"{_HL7}valueset-unclosed-reason", "String", each) for each in found.unclosed]
    if found.too_costly:
        extensions.append(extension(f"{_HL7}valueset-toocostly", "Boolean", True))
    if extensions:
        element["extension"] = extensions
    element["identifier"] = f"urn:uuid:{uuid.uuid4()}"
    element["timestamp"] = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    element["total"] = found.total
    if question.offset is not None:
        element["offset"] = question.offset
    parameters = [*_repeated(question), *({"name": name, **_noted(name, value)} for name, value in found.notes)]
    if parameters:
        element["parameter"] = parameters
    writer.declare(element, found.properties)
    if found.codes:
        element["contains"] = writer.contains(found.codes)
    return element


def _noted(name: str, value: str) -> dict[str, Any]:
    return {"valueBoolean": value == "true"} if name == "versionsMatch" else {"valueUri": value}


def _repeated(question: Question) -> Iterator[dict[str, Any]]:
    """Yield the parameters of the request that the expansion depends on, as it repeats them."""
    if question.text:
        yield {"name": "filter", "valueString": question.text.lower()}
    if question.shown_languages is not None:
        yield {"name": "displayLanguage", "valueCode": question.shown_languages.header}
    for each in question.designations:
        yield {"name": "designation", "valueString": each}
    booleans = {
        "excludeNested": question.exclude_nested,
        "activeOnly": question.active_only,
        "includeDesignations": question.include_designations,
        "includeDefinition": question.include_definition,
        "excludeNotForUI": question.exclude_not_for_ui,
    }
    for name, value in booleans.items():
        if name in question.stated:
            yield {"name": name, "valueBoolean": bool(value)}
    for name, number in (("offset", question.offset), ("count", question.count)):
        if number is not None:
            yield {"name": name, "valueInteger": number}
    if question.on is not None:
        yield {"name": "date", "valueDateTime": question.on.isoformat()}
