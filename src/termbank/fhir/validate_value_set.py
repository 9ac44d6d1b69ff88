"""ValueSet/$validate-code: whether a code is in a value set, and right."""

from typing import Any

from termbank.fhir import validating, value_set
from termbank.fhir.call import Call
from termbank.fhir.given import missing
from termbank.terminology.codeable import judge
from termbank.terminology.refusal import Refusal


def answer(call: Call) -> dict[str, Any]:
    """Answer a call (https://hl7.org/fhir/valueset-operation-validate-code.html).

    Raises:
        Refusal: there is no value set, or no code.
    """
    inquiry, wanted = value_set.asked(call)
    given = call.given
    found = validating.given_codings(given, given.text("system"), given.text("systemVersion"))
    if found is None:
        raise missing("code, coding or codeableConcept")
    codings, mode = found
    if mode == "code" and not codings[0].system and not call.question.infer_system:
        raise missing("system (or inferSystem)")
    try:
        judgement = judge(inquiry, wanted, codings, mode)
    except Refusal as refusal:
        if refusal.outcome:
            raise
        return validating.unanswerable(call, inquiry, refusal, codings, mode)
    return validating.answer(call, judgement, mode)
