"""ValueSet/$batch-validate-code: many codes in one call."""

from typing import Any

from termbank.fhir.call import Call
from termbank.fhir.given import missing
from termbank.fhir.operations import operation

_OF_THE_WHOLE = frozenset({"validation", "tx-resource"})
_VALUE_SETS = frozenset({"url", "valueSet"})


def answer(call: Call) -> dict[str, Any]:
    """Answer a call: every `validation` as the validate operation would.

    Each one is a Parameters resource. What stands beside them holds for all of them where they do not say otherwise;
    resources that come with the call are seen by all. One that names a value set, or has one from beside, is answered
    by ValueSet/$validate-code, another by CodeSystem/$validate-code; one that cannot be answered has its
    OperationOutcome in its place.

    Raises:
        Refusal: there is none.
    """
    validations = call.given.resources("validation")
    if not validations:
        raise missing("validation")
    shared = [each for each in call.given.parameters if each["name"] not in _OF_THE_WHOLE]
    answers = [{"name": "validation", "resource": _validated(call, each, shared)} for each in validations]
    return {"resourceType": "Parameters", "parameter": answers}


def _validated(call: Call, validation: dict[str, Any], shared: list[dict[str, Any]]) -> dict[str, Any]:
    own = validation.get("parameter", [])
    listed = own if isinstance(own, list) else []
    names = {each.get("name") for each in listed if isinstance(each, dict)}
    if names & _VALUE_SETS:
        names |= _VALUE_SETS
    added = [each for each in shared if each["name"] not in names]
    of_value_set = bool((names | {each["name"] for each in added}) & _VALUE_SETS)
    _, answer = operation(
        "ValueSet/$validate-code" if of_value_set else "CodeSystem/$validate-code",
        {**validation, "parameter": [*listed, *added]} if isinstance(own, list) else validation,
        bank=call.terminology,
        accept_language=call.accept_language,
        fhir_version=call.fhir_version,
    )
    return answer
