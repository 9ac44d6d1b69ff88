"""Designations: terms in a language, with what they are for, in code systems and value sets alike."""

from collections.abc import Iterable
from typing import Any

from termbank.formats.fhir.elements import Element
from termbank.formats.fhir.losses import LossReport
from termbank.model import Coding, Term

PREFERRED = {"system": "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra", "code": "preferredForLanguage"}
SYNONYM = {"system": "http://snomed.info/sct", "code": "900000000000013009", "display": "Synonym"}
STANDARDS_STATUS = "http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status"
_STATUS_CODES = {"deprecated": "deprecated", "superseded": "withdrawn"}
_NOT_HELD = (
    "part_of_speech", "type", "inflection", "use", "context", "note", "source", "valid_from", "valid_to", "change",
    "still_right",
)  # fmt: skip


def read(parent: Element) -> list[Term]:
    """Read the designations of a concept: status `unknown`, language `""` where none is said.

    Arguments:
        parent: the concept, from which they are taken.

    Raises:
        FormatError: one has no value, or something of the wrong type.

    >>> read(Element({"designation": [{"language": "de", "value": "Plan"}]}, "concept"))[0].language
    'de'
    """
    terms = []
    for element in parent.elements("designation"):
        text = element.text("value")
        if text is None:
            element.error("value", "missing; give every designation a value, or remove it")
        language = element.text("language")
        use = element.element("use")
        terms.append(
            Term(
                text=text,
                language=language or "",
                status="unknown",
                designation_use=None if use is None else coding(use),
                extra=element.rest(language="" if language == "" else None, use=None if use is None else use.rest()),
            )
        )
    return terms


def coding(element: Element) -> Coding:
    """Take a Coding; a system or code that is missing is `""`."""
    return Coding(
        system=element.text("system") or "",
        code=element.text("code") or "",
        version=element.text("version"),
        display=element.text("display"),
    )


def coding_element(value: Coding, extra: Any = None) -> dict[str, Any]:
    """Write a Coding, with what else came with it.

    >>> coding_element(Coding(system="", code="a"))
    {'code': 'a'}
    """
    said = {"system": value.system, "version": value.version, "code": value.code, "display": value.display}
    found = {name: text for name, text in said.items() if text}
    return {**found, **extra} if isinstance(extra, dict) else found


def write(terms: Iterable[Term], ours: bool, losses: LossReport) -> list[dict[str, Any]]:
    """Write terms as designations.

    A preferred term is marked with HL7's preferredForLanguage, another one of ours with SNOMED CT's synonym; a
    deprecated or superseded one with the extension standards-status, by which terminology servers know it.

    Arguments:
        terms: the terms.
        ours: they come from a list of our own: a term whose status is not known is a synonym.
        losses: takes what a designation cannot hold.
    """
    return [_designation(term, ours, losses) for term in terms]


def _designation(term: Term, ours: bool, losses: LossReport) -> dict[str, Any]:
    extra = dict(term.extra or {})
    use_extra = extra.pop("use", None)
    found: dict[str, Any] = {"language": term.language} if term.language else {}
    if term.designation_use is not None:
        found["use"] = coding_element(term.designation_use, use_extra)
    elif term.status == "preferred":
        found["use"] = dict(PREFERRED)
    elif term.status == "admitted" or (ours and term.status == "unknown"):
        found["use"] = dict(SYNONYM)
    found["value"] = term.text
    code = _STATUS_CODES.get(term.status)
    if code is not None:
        found["extension"] = [{"url": STANDARDS_STATUS, "valueCode": code}]
    report(term, losses)
    return {**found, **extra}


def report(term: Term, losses: LossReport) -> None:
    """Count what a designation, or a display, cannot hold of a term."""
    for name in _NOT_HELD:
        value = getattr(term, name)
        if value is not None and value != ():
            losses.add(f"Term.{name}", value)
