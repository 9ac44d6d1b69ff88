"""What the two $validate-code operations share: the code that was given, and the answer."""

from typing import Any

from termbank.fhir.call import Call
from termbank.fhir.given import Given, invalid, read_coding
from termbank.fhir.outcome import outcome, refused
from termbank.model import Coding
from termbank.terminology.codeable import Judgement, Mode
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal


def given_codings(given: Given, system: str | None, version: str | None) -> tuple[list[Coding], Mode] | None:
    """Read the code, Coding or CodeableConcept that is to be validated; None where there is none.

    Arguments:
        given: the parameters.
        system, version: of a plain code.

    Raises:
        Refusal: it cannot be read.
    """
    concept = given.complex("codeableConcept", "CodeableConcept")
    if concept is not None:
        codings = concept.get("coding", [])
        if not isinstance(codings, list):
            raise invalid("codeableConcept", "its coding is no list")
        return [read_coding(each, "codeableConcept") for each in codings], "codeableConcept"
    coding = given.complex("coding", "Coding")
    if coding is not None:
        return [read_coding(coding, "coding")], "coding"
    code = given.text("code")
    if code is None:
        return None
    return [Coding(system=system or "", code=code, version=version, display=given.text("display"))], "code"


def answer(call: Call, judgement: Judgement, mode: Mode) -> dict[str, Any]:
    """Write the answer of $validate-code."""
    verdict, facts, coding = judgement.verdict, judgement.facts, judgement.coding
    parameters: list[dict[str, Any]] = [{"name": "result", "valueBoolean": judgement.valid}]
    system = (coding.system or verdict.implied_system) if coding else verdict.implied_system
    if system and (coding or judgement.caused):
        parameters.append({"name": "system", "valueUri": system})
    name = "x-caused-by-unknown-system" if judgement.caused else "x-unknown-system"
    parameters += [{"name": name, "valueCanonical": each} for each in judgement.unknown]
    if facts.normalised:
        parameters.append({"name": "normalized-code", "valueCode": facts.normalised})
    if coding:
        parameters.append({"name": "code", "valueCode": coding.code})
        if coding.version:
            parameters.append({"name": "version", "valueString": coding.version})
        if coding.display:
            parameters.append({"name": "display", "valueString": coding.display})
    if facts.inactive:
        parameters.append({"name": "inactive", "valueBoolean": True})
        if facts.status and facts.status != "inactive":
            parameters.append({"name": "status", "valueCode": facts.status})
    elif (facts.status or "").lower() == "deprecated":
        parameters.append({"name": "status", "valueCode": "deprecated"})
    message = verdict.message(call.language)
    if message:
        parameters.append({"name": "message", "valueString": message})
    if mode == "codeableConcept":
        parameters.append(_as_given(call.given))
    if verdict.findings:
        parameters.append({"name": "issues", "resource": outcome(verdict.findings, call.language)})
    return {"resourceType": "Parameters", "parameter": parameters}


def _as_given(given: Given) -> dict[str, Any]:
    concept = given.complex("codeableConcept", "CodeableConcept")
    return {"name": "codeableConcept", "valueCodeableConcept": concept}


def unanswerable(call: Call, inquiry: Inquiry, refusal: Refusal, codings: list[Coding], mode: Mode) -> dict[str, Any]:
    """Write the answer where a code cannot be validated: it is not valid as far as can be told, and why."""
    found = refused(refusal, call.language)
    parameters: list[dict[str, Any]] = [
        {"name": "result", "valueBoolean": False},
        {"name": "message", "valueString": refusal.finding.message(call.language)},
        {"name": "issues", "resource": found},
    ]
    if mode == "codeableConcept":
        parameters.append(_as_given(call.given))
    elif codings:
        coding = codings[0]
        version = coding.version
        if coding.system:
            parameters.append({"name": "system", "valueUri": coding.system})
            edition = None if version else _edition(inquiry, coding.system)
            version = version or (edition.version if edition else None)
        if version:
            parameters.append({"name": "version", "valueString": version})
        parameters.append({"name": "code", "valueCode": coding.code})
    if refusal.unknown_system:
        parameters.append({"name": "x-caused-by-unknown-system", "valueCanonical": refusal.unknown_system})
    return {"resourceType": "Parameters", "parameter": parameters}


def _edition(inquiry: Inquiry, system: str) -> Any:
    try:
        return inquiry.edition(system)
    except Refusal:
        return None
