"""Findings as issues of a FHIR OperationOutcome."""

from collections.abc import Iterable
from typing import Any

from termbank.model import Finding
from termbank.model.rules import rule
from termbank.terminology.refusal import Refusal

MESSAGE_ID = "http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id"
TX_ISSUE_TYPE = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type"


def outcome(findings: Iterable[Finding], language: str = "en") -> dict[str, Any]:
    """Write findings as an OperationOutcome.

    Arguments:
        findings: them, in order.
        language: of the texts, `sv` or `en`.

    >>> from termbank.terminology.refusal import issue
    >>> outcome([issue("TERMBANK_PARAMETER_MISSING", parameter="url")])["issue"][0]["details"]["text"]
    'The parameter url is missing'
    """
    return {"resourceType": "OperationOutcome", "issue": [_issue(each, language) for each in findings]}


def _issue(finding: Finding, language: str) -> dict[str, Any]:
    known = rule(finding.rule)
    details: dict[str, Any] = {"text": finding.message(language)}
    if known.tx_type:
        details = {"coding": [{"system": TX_ISSUE_TYPE, "code": known.tx_type}], **details}
    found: dict[str, Any] = {}
    if known.message_id and not known.message_id.startswith("TERMBANK_"):
        found["extension"] = [{"url": MESSAGE_ID, "valueString": known.message_id}]
    found["severity"] = "information" if finding.severity == "info" else finding.severity
    found["code"] = known.issue or "business-rule"
    found["details"] = details
    if finding.location and finding.location.pointer:
        found["location"] = [finding.location.pointer]
        found["expression"] = [finding.location.pointer]
    return found


def refused(refusal: Refusal, language: str = "en") -> dict[str, Any]:
    """Write the reason why a question cannot be answered as an OperationOutcome."""
    return outcome([refusal.finding, *refusal.more], language)
