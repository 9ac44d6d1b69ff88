"""The one entry point: an operation by its name."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from termbank.fhir.call import prepare
from termbank.fhir.outcome import refused
from termbank.terminology.refusal import Refusal, issue

if TYPE_CHECKING:
    from termbank.terminology.engine import Terminology

OPERATIONS: dict[str, tuple[str, bool]] = {
    "ValueSet/$expand": ("expand", False),
    "ValueSet/$validate-code": ("validate_value_set", True),
    "ValueSet/$batch-validate-code": ("batch", True),
    "ValueSet/$compare": ("compare", False),
    "CodeSystem/$validate-code": ("validate_code_system", True),
    "CodeSystem/$lookup": ("lookup", False),
    "CodeSystem/$subsumes": ("subsumes", False),
    "ConceptMap/$translate": ("translate", False),
}
"""Name of an operation to the module that answers it, and whether it validates codes."""


def operation(
    name: str,
    parameters: dict[str, Any],
    bank: Any = None,
    accept_language: str | None = None,
    fhir_version: str = "5.0.0",
    *,
    issue_location: bool = True,
) -> tuple[int, dict[str, Any]]:
    """Answer a FHIR terminology operation, as a terminology server would, without one.

    Arguments:
        name: the operation, for example `ValueSet/$expand`; see `OPERATIONS`.
        parameters: a Parameters resource as parsed JSON; resources may come with it as `tx-resource`.
        bank: a `termbank.Bank` (or a Terminology) whose systems, value sets and maps are seen too; None: only the
            resources of the call and FHIR's own code systems.
        accept_language: the languages that are wanted, as an HTTP header says them.
        fhir_version: the version of FHIR that is spoken: 4.0.1, 4.3.0 or 5.0.0.
        issue_location: an issue says where it is in `location` too, which FHIR has replaced by `expression`.

    Returns:
        The HTTP status that a server would answer with, and the answer: Parameters, ValueSet or OperationOutcome.
        A question that cannot be answered is an OperationOutcome, never an exception.

    >>> system = {"resourceType": "CodeSystem", "url": "http://example.org/plan", "status": "active",
    ...           "content": "complete", "concept": [{"code": "SIP", "display": "samordnad individuell plan"}]}
    >>> status, answer = operation("CodeSystem/$validate-code", {"resourceType": "Parameters", "parameter": [
    ...     {"name": "tx-resource", "resource": system}, {"name": "url", "valueUri": "http://example.org/plan"},
    ...     {"name": "code", "valueCode": "SIP"}]})
    >>> status, next(each["valueBoolean"] for each in answer["parameter"] if each["name"] == "result")
    (200, True)
    """
    status, answer = _answer(name, parameters, bank, accept_language, fhir_version)
    if not issue_location:
        _without_location(answer)
    return status, answer


def _answer(
    name: str, parameters: dict[str, Any], bank: Any, accept_language: str | None, fhir_version: str
) -> tuple[int, dict[str, Any]]:
    language = "sv" if (accept_language or "").strip().lower().startswith("sv") else "en"
    try:
        if name not in OPERATIONS:
            known = ", ".join(OPERATIONS)
            raise Refusal(issue("TERMBANK_UNKNOWN_OPERATION", operation=name, known=known), 404, outcome=True)
        module, validating = OPERATIONS[name]
        terminology: Terminology | None = getattr(bank, "terminology", bank)
        call = prepare(parameters, terminology, accept_language, fhir_version, validating)
        language = call.language
        answer = import_module(f"termbank.fhir.{module}").answer(call)
    except Refusal as refusal:
        return refusal.status, refused(refusal, language)
    return 200, answer


def _without_location(resource: dict[str, Any]) -> None:
    for issue_ in resource.get("issue", ()):
        issue_.pop("location", None)
    for parameter in resource.get("parameter", ()):
        if "resource" in parameter:
            _without_location(parameter["resource"])
