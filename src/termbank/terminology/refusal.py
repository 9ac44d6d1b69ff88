"""Why a question cannot be answered at all."""

from typing import Any

from termbank.errors import TermbankError
from termbank.model import Finding, Location
from termbank.model.finding import Severity
from termbank.model.rules import rule


def issue(message: str, at: str = "", severity: Severity | None = None, /, **arguments: Any) -> Finding:
    """Make a finding that is shown as an issue of an OperationOutcome.

    Arguments:
        message: id of the message, see `termbank.model.fhir_messages`.
        at: FHIRPath expression of what it is about.
        severity: where it is not the message's own.
        arguments: what the text is filled with.

    >>> issue("UNKNOWN_CODESYSTEM", "Coding.system", system="http://example.org/x").message("en")
    "A definition for CodeSystem 'http://example.org/x' could not be found, so the code cannot be validated"
    """
    known = rule(message)
    finding = known.finding(location=Location(pointer=at) if at else None, **arguments)
    return finding if severity is None or severity == finding.severity else finding.with_(severity=severity)


class Refusal(TermbankError, ValueError):
    """A question that cannot be answered, with the reason.

    Arguments:
        finding: the reason.
        status: HTTP status of a server that answers so.
        outcome: the answer is an OperationOutcome also where the operation would rather answer `result = false`.
        unknown_system: the code system that is missing, where that is the reason (url|version).
        more: further findings.
    """

    def __init__(
        self,
        finding: Finding,
        status: int = 422,
        *,
        outcome: bool = False,
        unknown_system: str | None = None,
        more: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(finding.message("en"))
        self.finding = finding
        self.status = status
        self.outcome = outcome
        self.unknown_system = unknown_system
        self.more = more
