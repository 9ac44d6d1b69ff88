"""ValueSet/$compare: how two value sets stand to each other."""

from typing import Any

from termbank.fhir import value_set as value_sets
from termbank.fhir.call import Call
from termbank.fhir.given import Given, missing
from termbank.model import ValueSet
from termbank.terminology.comparing import Comparison, compare
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal, issue


def answer(call: Call) -> dict[str, Any]:
    """Answer a call.

    The value sets come as `thisValueSet` or `thisUrl`, and `otherValueSet` or `otherUrl`. The answer is what the first
    is to the second: `same`, `superset`, `subset`, `overlapping`, `disjoint`, `empty` (both are) or `indeterminate`;
    with `diagnostics`, also which codes differ, as far as they were compared.

    Raises:
        Refusal: a value set is not given, or not known.
    """
    this, other = _asked(call, "this"), _asked(call, "other")
    diagnostics = bool(call.given.boolean("diagnostics"))
    found = compare(this, other, listed=diagnostics)
    parameters: list[dict[str, Any]] = [
        {"name": "result", "valueCode": found.outcome},
        {"name": "message", "valueString": _message(found, this[1], other[1], call.language)},
    ]
    if diagnostics:
        overlap = found.overlap
        parameters.append({"name": "performed-expansion", "valueBoolean": found.expanded})
        codes = {"missing-codes": overlap.missing, "extra-codes": overlap.extra, "common-codes": overlap.shared}
        parameters += [{"name": name, "valueString": ",".join(each)} for name, each in codes.items() if each]
    return {"resourceType": "Parameters", "parameter": parameters}


def _asked(call: Call, side: str) -> tuple[Inquiry, ValueSet]:
    """Return the value set of one side, read as one that an operation is asked about."""
    names = {f"{side}ValueSet": "valueSet", f"{side}Url": "url"}
    if not any(call.given.has(name) for name in names):
        raise missing(f"{side}ValueSet or {side}Url")
    renamed = [
        {**each, "name": names.get(each["name"], each["name"])}
        for each in call.given.parameters
        if each["name"] not in names.values()
    ]
    url = call.given.text(f"{side}Url") or ""
    version = call.given.text("valueSetVersion")
    if not call.given.has(f"{side}ValueSet") and call.holdings.value_set(url, version) is None:
        asked = f"{url} version {version}" if version else url
        raise Refusal(issue("TERMBANK_NO_VALUE_SET", asked=asked), 404, outcome=True)
    return value_sets.asked(call._replace(given=Given({"resourceType": "Parameters", "parameter": renamed})))


def _message(found: Comparison, this: ValueSet, other: ValueSet, language: str) -> str:
    reason = "; ".join(each.message(language) for each in found.reasons)
    blamed = found.blamed or this
    message = f"TERMBANK_COMPARE_{found.failure or found.outcome.upper()}"
    told = issue(message, this=blamed.versioned, other=other.versioned, reason=reason)
    return told.message(language)
