"""One call of an operation: its parameters, the options in them, and everything that it can see."""

from typing import Any, NamedTuple

from termbank.errors import FormatError
from termbank.fhir import base
from termbank.fhir.asking import question
from termbank.fhir.given import Given
from termbank.terminology.engine import Terminology
from termbank.terminology.holdings import Holdings
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal, issue

_SPOKEN = ("sv", "en")


class Call(NamedTuple):
    """One call of an operation.

    Arguments:
        given: its parameters.
        question: the options in them.
        holdings: what it can see: the resources of the call before those of the bank.
        fhir_version: the version of FHIR that is asked and answered in.
        language: of messages, `sv` or `en`.
        accept_language: the header, if there is one.
        validating: it validates codes (see `termbank.fhir.asking.question`).
        terminology: where the holdings come from, for calls within this one.
    """

    given: Given
    question: Question
    holdings: Holdings
    fhir_version: str = "5.0.0"
    language: str = "en"
    accept_language: str | None = None
    validating: bool = False
    terminology: Terminology | None = None

    def inquiry(self, options: Question | None = None) -> Inquiry:
        """Begin an inquiry with the call's options, or with others."""
        return Inquiry(self.holdings, options or self.question)


def prepare(
    parameters: Any, terminology: Terminology | None, accept_language: str | None, fhir_version: str, validating: bool
) -> Call:
    """Read a call.

    Arguments:
        parameters: the Parameters resource.
        terminology: what a bank holds; None: only the resources of the call, and FHIR's own code systems, are seen.
        accept_language: the header, if there is one.
        fhir_version: the version of FHIR.
        validating: a code is to be validated (see `termbank.fhir.asking.question`).

    Raises:
        Refusal: a parameter cannot be read.
    """
    given = Given(parameters)
    options = question(given, accept_language, validating)
    wanted = options.languages or options.display_languages or ()
    language = next((each.tag.language for each in wanted if each.weight > 0 and each.tag.language in _SPOKEN), "en")
    held = terminology or Terminology([])
    overlaid = held.overlaid(_resources(given)) if given.has("tx-resource") else held
    return Call(
        given=given,
        question=options,
        holdings=overlaid.holdings.over(base.layer(fhir_version)),
        fhir_version=fhir_version,
        language=language,
        accept_language=accept_language,
        validating=validating,
        terminology=overlaid,
    )


def _resources(given: Given) -> list[Any]:
    from termbank.formats.fhir import code_systems, concept_maps, value_sets

    readers = {"CodeSystem": code_systems.read, "ValueSet": value_sets.read, "ConceptMap": concept_maps.read}
    found = []
    for index, resource in enumerate(given.resources("tx-resource")):
        reader = readers.get(str(resource.get("resourceType")))
        if reader is None:
            continue  # other kinds of resources say nothing about codes
        try:
            found.append(reader(resource))
        except FormatError as error:
            finding = issue("TERMBANK_RESOURCE_INVALID", parameter=f"tx-resource[{index}]", reason=str(error))
            raise Refusal(finding, 400, outcome=True) from None
    return found
