"""CodeSystem/$lookup: everything that a code system says of a code."""

import datetime
from collections.abc import Iterator
from typing import Any

from termbank.fhir.call import Call
from termbank.fhir.given import invalid, missing, read_coding
from termbank.formats.fhir.concept_properties import retirement
from termbank.formats.fhir.terms import coding_element
from termbank.model import Coding, Property
from termbank.model.numbers import number
from termbank.store.entry import Entry
from termbank.terminology.designations import Designation
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal, issue

_ALWAYS = frozenset({"inactive", "parent", "child"})
"""Properties that are told from what the engine knows, and not once more as the code system states them."""
_TEXTS = {"code": "valueCode", "date": "valueDateTime", "dateTime": "valueDateTime"}

Part = dict[str, Any]


def answer(call: Call) -> dict[str, Any]:
    """Answer a call (https://hl7.org/fhir/codesystem-operation-lookup.html).

    Raises:
        Refusal: no code is given, or the code system or the code is not known.
    """
    coding = _asked(call)
    inquiry = call.inquiry()
    edition = _edition(call, inquiry, coding)
    inquiry.must_have_supplements()
    entry = edition.locate(coding.code)
    if entry is None:
        version = edition.version or ("okänd" if call.language == "sv" else "unknown")
        raise Refusal(issue("TERMBANK_NO_CODE", code=coding.code, system=edition.url, version=version), 404)
    return {"resourceType": "Parameters", "parameter": list(_Told(call, edition, entry).parameters())}


def _asked(call: Call) -> Coding:
    given = call.given
    whole = given.complex("coding", "Coding")
    if whole is not None:
        coding, place = read_coding(whole, "coding"), "coding."
    else:
        if not given.has("code"):
            raise missing("coding, or system and code")
        code, system = given.text("code") or "", given.text("system") or ""
        coding, place = Coding(system=system, code=code, version=given.text("version")), ""
    for name in ("system", "code"):
        if not getattr(coding, name):
            raise missing(f"{place}{name}")
    return coding


def _edition(call: Call, inquiry: Inquiry, coding: Coding) -> Edition:
    """Return the code system in the version that is asked for, or that was in force on the date that is."""
    url, _, stated = coding.system.partition("|")
    version = inquiry.decide(url, coding.version or stated or None)
    date = call.given.text("date")
    on = _day(date) if date else None
    edition = inquiry.edition(url, version, decided=True, on=on)
    if edition is None and on and not version and inquiry.edition(url, decided=True):
        raise Refusal(issue("TERMBANK_NO_SYSTEM_ON_DATE", system=url, date=on), outcome=True)
    if edition is None:
        asked = f"{url} version {version}" if version else url
        raise Refusal(issue("TERMBANK_NO_SYSTEM", asked=asked), outcome=True)
    wrong = inquiry.check(edition)
    if wrong is not None:
        raise Refusal(wrong, outcome=True)
    return edition


def _day(date: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(date[:10])
    except ValueError:
        raise invalid("date", "it is no whole date (2026-01-31)") from None


class _Told:
    """What is told of one code, as far as it is asked for."""

    def __init__(self, call: Call, edition: Edition, entry: Entry) -> None:
        self.edition, self.entry = edition, entry
        self.languages = call.question.shown_languages
        self.wanted = {each.lower() for each in call.question.properties}

    def wants(self, *names: str) -> bool:
        """Tell whether a property is asked for, by any of its names; all are, where none is named."""
        return not self.wanted or "*" in self.wanted or any(name.lower() in self.wanted for name in names)

    def parameters(self) -> Iterator[Part]:
        """Yield the parameters of the answer."""
        edition, code = self.edition, self.entry.code
        yield {"name": "name", "valueString": str((edition.info.extra or {}).get("name") or edition.info.title)}
        yield {"name": "code", "valueCode": code}
        yield {"name": "system", "valueUri": edition.url}
        if edition.version:
            yield {"name": "version", "valueString": edition.version}
        yield {"name": "display", "valueString": self.display(code) or code}
        definition = edition.definition(code)
        if definition and self.wants("definition"):
            yield {"name": "definition", "valueString": definition}
        if self.wants("abstract"):
            yield {"name": "abstract", "valueBoolean": bool(self.entry.abstract)}
        yield from self._designations()
        yield from self._properties()
        for each in edition.supplements:
            name = each.info.url or each.info.id
            versioned = f"{name}|{each.info.version}" if each.info.version else name
            yield {"name": "used-supplement", "valueCanonical": versioned}

    def display(self, code: str) -> str | None:
        """Return the display of a code in the language that is asked for, else any."""
        designations = self.edition.designations(code)
        return designations.display(self.languages) or designations.display(None)

    def _designations(self) -> Iterator[Part]:
        tags = {each.removeprefix("lang.") for each in self.wanted if each.startswith("lang.")}
        for each in self.edition.designations(self.entry.code):
            language = each.language.lower()
            if self.wants("designation") or any(language == tag or language.startswith(f"{tag}-") for tag in tags):
                yield {"name": "designation", "part": list(_designation(each))}

    def _properties(self) -> Iterator[Part]:
        edition, code = self.edition, self.entry.code
        if self.wants("inactive"):
            yield _property("inactive", {"valueBoolean": bool(edition.is_inactive(self.entry))})
        stated = edition.properties(code)
        for each, definition in stated:
            value = _value(each, definition.type if definition else None)
            if value and each.code not in _ALWAYS and self.wants("property", each.code):
                yield _property(each.code, value)
        if not edition.info.strict:
            told = {each.code for each, _ in stated}
            for name, day in self._days():
                if name not in told and self.wants("property", name):
                    yield _property(name, {"valueDateTime": day})
        for name, codes in (("parent", self._parents), ("child", self._children)):
            if self.wants(name):
                for each_code in codes():
                    yield _property(name, {"valueCode": each_code}, self.display(each_code))

    def _days(self) -> Iterator[tuple[str, str]]:
        """Yield the days between which one of our own codes is valid, as HL7's concept properties say them."""
        concept = self.edition.concept(self.entry.code)
        if concept and concept.valid_from:
            yield "effectiveDate", concept.valid_from.isoformat()
        if concept and concept.valid_to and (day := retirement(concept.valid_to)):
            yield "retirementDate", day

    def _parents(self) -> list[str]:
        return list(self.edition.parents(self.entry.code))

    def _children(self) -> list[str]:
        return [each.code for each in self.edition.children(self.entry)]


def _designation(designation: Designation) -> Iterator[Part]:
    if designation.source:
        yield {"name": "source", "valueCanonical": designation.source}
    if designation.language:
        yield {"name": "language", "valueCode": designation.language}
    if designation.use:
        yield {"name": "use", "valueCoding": coding_element(designation.use)}
    if designation.status != "active":
        yield {"name": "status", "valueCode": designation.status}
    yield {"name": "value", "valueString": designation.value}


def _property(code: str, value: Part, description: str | None = None) -> Part:
    parts: list[Part] = [{"name": "code", "valueCode": code}, {"name": "value", **value}]
    if description:
        parts.append({"name": "description", "valueString": description})
    return {"name": "property", "part": parts}


def _value(given: Property, declared: str | None) -> Part | None:
    """Write the value of a property; None: it has none."""
    value, kind = given.value, given.type or declared
    if isinstance(value, Coding):
        return {"valueCoding": coding_element(value)}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int) and kind != "decimal":
        return {"valueInteger": value}
    if isinstance(value, int | float):
        return {"valueDecimal": value}
    if not value:
        return None
    if kind == "decimal":
        try:
            return {"valueDecimal": number(value)}
        except ValueError:
            return {"valueString": value}
    return {_TEXTS.get(kind or "", "valueString"): value}
