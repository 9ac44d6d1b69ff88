"""What an expansion shows of a code: display, designations, status and other properties, extensions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from termbank.model import Concept, IncludedConcept, Property, PropertyDefinition
from termbank.store.entry import Entry
from termbank.terminology import extensions
from termbank.terminology.designations import PREFERRED, Designation, Designations
from termbank.terminology.edition import Edition
from termbank.terminology.parts import Part
from termbank.terminology.question import Question

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_URI = "http://hl7.org/fhir/concept-properties#"
_AS_PROPERTIES = {
    f"{_HL7}codesystem-label": ("label", "label", "string"),
    f"{_HL7}valueset-label": ("label", "label", "string"),
    f"{_HL7}codesystem-conceptOrder": ("order", "order", "decimal"),
    f"{_HL7}valueset-conceptOrder": ("order", "order", "decimal"),
    extensions.ITEM_WEIGHT: ("itemWeight", "weight", "decimal"),
}
"""Extensions that an expansion shows as properties: what follows `concept-properties#`, the code and the type."""
_RENDERING = frozenset(_HL7 + name for name in ("coding-sctdescid", "rendering-style", "rendering-xhtml"))
_OF_CODES = _RENDERING | {_HL7 + "codesystem-alternate"}
_OF_LISTED = _RENDERING | {
    extensions.SUPPLEMENT, extensions.DEPRECATED, extensions.STANDARDS_STATUS, _HL7 + "valueset-concept-definition",
}  # fmt: skip
_LANGUAGE = "urn:ietf:bcp:47"
_STATUS = frozenset({"status", "inactive", "deprecated", "retired", "deprecationDate"})


class Shown(NamedTuple):
    """A property as an expansion shows it: its code, the FHIR type of its value, and the value."""

    code: str
    type: str
    value: Any


@dataclass(slots=True)
class ExpandedCode:
    """A code of an expansion.

    Arguments:
        system, code, display: as the code system has them.
        version: where codes of several versions of the system are in the expansion.
        abstract, inactive: a heading; no longer in use.
        designations, properties, extensions: what else is shown.
        children: the codes below it, where the expansion is nested.
    """

    system: str
    code: str
    display: str | None
    version: str | None = None
    abstract: bool = False
    inactive: bool = False
    designations: tuple[Designation, ...] = ()
    properties: tuple[Shown, ...] = ()
    extensions: tuple[dict[str, Any], ...] = ()
    children: "list[ExpandedCode]" = field(default_factory=list)


class Portrayer:
    """Tells what an expansion shows of codes.

    Arguments:
        question: what shall be shown.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.languages = question.shown_languages
        self.properties: dict[str, str] = {}
        """The properties that were shown: code, and what it is in any system (URI)."""
        self.supplements: dict[str, None] = {}
        """The supplements from which designations were shown."""
        self._status: dict[int, frozenset[str]] = {}

    def portray(self, part: Part, entries: Iterable[Entry]) -> list[ExpandedCode]:
        """Return what is shown of some codes of a part."""
        edition = part.edition
        version = edition.version if part.versioned else None
        if part.listed or not self._is_plain(edition):
            return [self._portray(part, each, version) for each in entries]
        return [self._plain(edition, each, version) for each in entries]

    def _is_plain(self, edition: Edition) -> bool:
        """Tell whether everything that is shown of the codes is known without reading their concepts."""
        return not (
            edition.info.strict
            or self._is_asked(edition)
            or any(each.code in _STATUS or each.uri == f"{_URI}status" for each in edition.info.property_definitions)
        )

    def _is_asked(self, edition: Edition) -> bool:
        """Tell whether more is to be shown than the display in the code system's own language."""
        question = self.question
        if edition.supplements or question.include_designations or question.properties:
            return True
        if self.languages is None:
            return False
        first = next((each for each in self.languages if each.weight > 0), None)
        return first is None or not first.matches(edition.language, 4)

    def _plain(self, edition: Edition, entry: Entry, version: str | None) -> ExpandedCode:
        found = ExpandedCode(
            edition.url, entry.code, entry.display or None, version, bool(entry.abstract), bool(entry.inactive)
        )
        if found.inactive:
            self._show(found, "status", "status", "code", "inactive")
        return found

    def _portray(self, part: Part, entry: Entry, version: str | None) -> ExpandedCode:
        edition, listed = part.edition, part.listed.get(entry.ordinal)
        asked = listed is not None or self._is_asked(edition)
        concept = edition.concept(entry.code)
        if concept is None or not (asked or concept.extra or not entry.display or self._has_status(concept, edition)):
            return self._plain(edition, entry, version)
        found = ExpandedCode(
            edition.url, entry.code, entry.display, version, bool(entry.abstract), edition.is_inactive(entry)
        )
        if asked or not concept.terms or concept.terms[0].status != "preferred":
            self._name(found, part, listed)
        self._describe(found, edition, listed)
        for wanted in self.question.properties:
            self._add(found, edition, wanted)
        return found

    def _has_status(self, concept: Concept, edition: Edition) -> bool:
        """Tell whether a property of a concept may say its status."""
        if not concept.properties:
            return False
        if id(edition) not in self._status:
            named = {each.code for each in edition.info.property_definitions if each.uri == f"{_URI}status"}
            self._status[id(edition)] = _STATUS | named
        telling = self._status[id(edition)]
        return any(each.code in telling for each in concept.properties)

    def _name(self, found: ExpandedCode, part: Part, listed: IncludedConcept | None) -> None:
        """Say what the code is called."""
        known = part.edition.designations(found.code)
        if listed is not None:
            own = [Designation(listed.display, part.language, PREFERRED)] if listed.display else []
            own += [
                Designation(
                    term.text, term.language, term.designation_use, extension=tuple(extensions.extensions(term.extra))
                )
                for term in listed.designations
            ]
            known = Designations([*known, *own], part.edition.language)
        shown = known.shown(self.languages)
        found.display = shown.value if shown else None
        used = [shown] if shown else []
        if self.question.include_designations:
            found.designations = tuple(each for each in known if each is not shown and self._is_wanted(each))
            used += found.designations
        self.supplements |= {each.source: None for each in used if each.source}

    def _is_wanted(self, designation: Designation) -> bool:
        wanted = self.question.designations
        use = designation.use
        names = {designation.language, f"{_LANGUAGE}|{designation.language}"} if designation.language else set()
        return not wanted or any(each in names or (use and each == f"{use.system}|{use.code}") for each in wanted)

    def _describe(self, found: ExpandedCode, edition: Edition, listed: IncludedConcept | None) -> None:
        """Say what the code system, and the value set, say of the code in any case."""
        status = edition.status(found.code)
        if status and status.lower() != "active":
            self._show(found, "status", "status", "code", status)
        of_code = edition.extensions(found.code)
        of_listed = list(extensions.extensions(listed.extra)) if listed else []
        for each in (*of_code, *of_listed):
            if each["url"] in _AS_PROPERTIES:
                self._show(found, *_AS_PROPERTIES[each["url"]], extensions.value(each))
        for each in of_code:
            if each["url"] == extensions.STANDARDS_STATUS:
                self._show(found, "status", "status", "code", extensions.value(each))
        found.extensions = (
            *(each for each in of_code if each["url"] in _OF_CODES),
            *(each for each in of_listed if each["url"] in _OF_LISTED),
        )

    def _add(self, found: ExpandedCode, edition: Edition, wanted: str) -> None:
        """Show a property that is asked for."""
        if wanted == "definition":
            self._show(found, wanted, wanted, "string", edition.definition(found.code))
            return
        for each, definition in edition.properties(found.code):
            if each.code == wanted:
                code = self._declared(definition.uri, wanted) if definition and definition.uri else wanted
                shown = Shown(code, type_of(each, definition), each.value)
                if shown not in found.properties:
                    found.properties = (*found.properties, shown)

    def _show(self, found: ExpandedCode, name: str, code: str, kind: str, value: Any) -> None:
        """Show one of HL7's properties, in place of what was shown of it before."""
        if value is not None:
            code = self._declared(_URI + name, code)
            others = (each for each in found.properties if each.code != code)
            found.properties = (*others, Shown(code, kind, value))

    def _declared(self, uri: str, code: str) -> str:
        """Return the code under which a property is shown."""
        known = next((name for name, said in self.properties.items() if said == uri), None)
        if known is None:
            self.properties.setdefault(code, uri)
        return known or code


def type_of(value: Property, definition: PropertyDefinition | None) -> str:
    """Return the FHIR type of the value of a property: as it is said of it, as it is declared, or as it looks."""
    kind = value.type or (definition.type if definition else None)
    if kind is None:
        looks = {bool: "boolean", int: "integer", float: "decimal", str: "string"}
        kind = looks.get(type(value.value), "Coding")  # type: ignore[assignment]
    return "dateTime" if kind == "date" else str(kind)
