"""CodeSystem/$subsumes: how two codes stand to each other."""

from typing import Any

from termbank.fhir.call import Call
from termbank.fhir.given import Given, missing, read_coding
from termbank.model import Coding
from termbank.store.entry import Entry
from termbank.terminology.edition import Edition
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.subsumption import subsumption


def answer(call: Call) -> dict[str, Any]:
    """Answer a call (https://hl7.org/fhir/codesystem-operation-subsumes.html).

    Raises:
        Refusal: the two codes are not given, not of one code system, or not known.
    """
    names, (first, second) = _asked(call.given)
    inquiry = call.inquiry()
    url, _, stated = first.system.partition("|")
    version = inquiry.decide(url, first.version or second.version or stated or None)
    edition = inquiry.edition(url, version, decided=True)
    if edition is None:
        raise Refusal(inquiry.missing_system(url, version), 404, outcome=True)
    inquiry.must_have_supplements()
    entries = [_located(edition, coding.code, name) for coding, name in zip((first, second), names, strict=True)]
    found = subsumption(edition.source, *entries)
    return {"resourceType": "Parameters", "parameter": [{"name": "outcome", "valueCode": found}]}


def _asked(given: Given) -> tuple[tuple[str, str], tuple[Coding, Coding]]:
    pair = ("codingA", "codingB")
    codings = [read_coding(each, name) for name in pair if (each := given.complex(name, "Coding")) is not None]
    if codings:
        if len(codings) != len(pair):
            raise missing("codingA and codingB")
        for coding, name in zip(codings, pair, strict=True):
            if not coding.system or not coding.code:
                raise missing(f"{name}.{'code' if coding.system else 'system'}")
        first, second = codings
        versions = {each.version for each in codings if each.version}
        if first.system != second.system or len(versions) > 1:
            raise Refusal(issue("TERMBANK_SYSTEMS_DIFFER", first=pair[0], second=pair[1]), 400, outcome=True)
        return pair, (first, second)
    code_a, code_b, system = (given.text(name) for name in ("codeA", "codeB", "system"))
    if not code_a or not code_b:
        raise missing("codeA and codeB, or codingA and codingB")
    if not system:
        raise missing("system")
    version = given.text("version")
    return ("codeA", "codeB"), (
        Coding(system=system, version=version, code=code_a),
        Coding(system=system, version=version, code=code_b),
    )


def _located(edition: Edition, code: str, name: str) -> Entry:
    entry = edition.locate(code)
    if entry is None:
        message = "Unknown_Code_in_Version" if edition.version else "Unknown_Code_in"
        finding = issue(message, name, code=code, system=edition.url, version=edition.version)
        raise Refusal(finding, 404, outcome=True)
    return entry
