"""CodeSystem/$validate-code: whether a code is in a code system, and right."""

from typing import Any

from termbank.errors import FormatError
from termbank.fhir import validating
from termbank.fhir.call import Call
from termbank.fhir.given import missing
from termbank.formats.fhir import code_systems
from termbank.model import Coding, Finding
from termbank.store.memory import MemorySource
from termbank.terminology.codeable import Mode, is_absolute, judge, of_system
from termbank.terminology.edition import Edition
from termbank.terminology.holdings import Holdings, Layer
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal, issue

_AT_SYSTEM: dict[Mode, str] = {
    "code": "system", "coding": "Coding.system", "codeableConcept": "CodeableConcept.coding[0].system",
}  # fmt: skip


def answer(call: Call) -> dict[str, Any]:
    """Answer a call (https://hl7.org/fhir/codesystem-operation-validate-code.html).

    Raises:
        Refusal: there is no code.
    """
    given = call.given
    call = _with_given_system(call)
    brought = given.resource("codeSystem") or {}
    url, _, stated = (brought.get("url") or brought.get("id") or given.text("url") or "").partition("|")
    version = given.text("version") or stated or None
    found = validating.given_codings(given, url or given.text("system"), version)
    if found is None:
        raise missing("code, coding or codeableConcept")
    codings, mode = found
    inquiry = call.inquiry()
    try:
        edition, url = _edition(call, inquiry, url, version, codings, mode)
        pinned = edition.version if call.question.on is None else version
        value_set = of_system(url, pinned, _own_value_set(edition))
        judgement = judge(inquiry, value_set, codings, mode, whole_system=True)
    except Refusal as refusal:
        if refusal.outcome:
            raise
        return validating.unanswerable(call, inquiry, refusal, codings, mode)
    return validating.answer(call, judgement, mode)


def _with_given_system(call: Call) -> Call:
    """Let the call see the code system that it brings in the parameter `codeSystem`."""
    resource = call.given.resource("codeSystem")
    if resource is None:
        return call
    try:
        source = MemorySource(code_systems.read(resource))
    except FormatError as error:
        finding = issue("TERMBANK_RESOURCE_INVALID", parameter="codeSystem", reason=str(error))
        raise Refusal(finding, 400, outcome=True) from None
    holdings = Holdings([Layer([source]), *call.holdings.layers], call.holdings.names)
    return call._replace(holdings=holdings)


def _edition(
    call: Call, inquiry: Inquiry, url: str, version: str | None, codings: list[Coding], mode: Mode
) -> tuple[Edition, str]:
    first = codings[0] if codings else None
    bare = url or (first.system if first else "")
    if not bare:
        at = {"code": "", "coding": "Coding", "codeableConcept": "CodeableConcept"}[mode]
        raise Refusal(issue("Coding_has_no_system__cannot_validate", at))
    if version is None and first and not url and mode != "code":
        version = first.version
    version = inquiry.decide(bare, version)
    edition = inquiry.edition(bare, version, decided=True, on=call.question.on)
    if edition is not None:
        return edition, bare
    supplement = inquiry.edition(bare, version, ["supplement"], decided=True)
    if supplement is not None:
        raise Refusal(issue("CODESYSTEM_CS_NO_SUPPLEMENT", _AT_SYSTEM[mode], system=supplement.versioned))
    if inquiry.holdings.value_set(bare) is not None:
        raise Refusal(issue("Terminology_TX_System_ValueSet2", _AT_SYSTEM[mode], system=bare))
    more: tuple[Finding, ...] = ()
    if not is_absolute(bare):
        more = (issue("Terminology_TX_System_Relative", _AT_SYSTEM[mode]),)
    finding = inquiry.missing_system(bare, version, at=_AT_SYSTEM[mode], on=call.question.on)
    raise Refusal(finding, unknown_system=inquiry.missing_name(bare, version), more=more)


def _own_value_set(edition: Edition) -> str | None:
    found = (edition.info.extra or {}).get("valueSet")
    return found if isinstance(found, str) else None
