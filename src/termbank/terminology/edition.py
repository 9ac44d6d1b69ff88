"""One code system in one version, with the supplements that a question uses: all that may be asked of its codes."""

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from termbank.model import Coding, Concept, Finding, Property, PropertyDefinition
from termbank.store.entry import Entry
from termbank.terminology import extensions, validation
from termbank.terminology.designations import PREFERRED, SYNONYM, Designation, Designations
from termbank.terminology.source import Source

NOT_SELECTABLE = "http://hl7.org/fhir/concept-properties#notSelectable"
STATUS = "http://hl7.org/fhir/concept-properties#status"
_REMEMBERED = 10_000


class Edition:
    """One code system in one version, with supplements.

    Arguments:
        source: the code system.
        supplements: what is added to it.
    """

    def __init__(self, source: Source, supplements: Sequence[Source] = ()) -> None:
        self.source = source
        self.info = source.info
        self.supplements = tuple(supplements)
        self.url = self.info.url or self.info.id
        self.version = self.info.version or None
        self.language = self.info.language or ("" if self.info.strict else "sv")
        self._concepts: dict[str, Concept | None] = {}
        self._designations: dict[str, Designations] = {}
        self.selected: dict[tuple[str, str, str], BitMap] = {}
        """What filters selected, by property, operator and value; kept by `filters`."""
        self.values: dict[str, dict[str, BitMap]] = {}
        """The values of properties, each with the codes that have it; kept by `filters`."""
        self.lines: dict[int, tuple[str, ...]] = {}
        """The code and the designations of each code as they are searched; kept by `text_filter`."""

    @property
    def versioned(self) -> str:
        """`url|version`, as far as there is a version."""
        return f"{self.url}|{self.version}" if self.version else self.url

    @property
    def complete(self) -> bool:
        """What is not in it does not exist."""
        return self.info.content == "complete"

    @property
    def needs_version(self) -> bool:
        """Its codes mean something only together with its version (FHIR versionNeeded)."""
        return bool(self.info.extra and self.info.extra.get("versionNeeded") is True)

    @cached_property
    def standards_status(self) -> str:
        """The standards status that is given to it, or nothing."""
        return str(extensions.find(self.info.extra, extensions.STANDARDS_STATUS) or "")

    def uses(self, supplement: str) -> bool:
        """Tell whether a supplement (url, perhaps |version) is among those that are used."""
        return supplement in self._used

    @cached_property
    def _used(self) -> set[str]:
        return {name for s in self.supplements if s.info.url for name in (s.info.url, f"{s.info.url}|{s.info.version}")}

    # -- codes

    def locate(self, code: str) -> Entry | None:
        """Return what is known of a code as it is written, or as the code system lets it be written; else None."""
        return validation.find(self.source, code)[0]

    def notation(self, code: str) -> Finding | None:
        """Return what is to be said of the way that a code is written, beside its case."""
        return validation.find(self.source, code)[1]

    def concept(self, code: str) -> Concept | None:
        """Return the concept of a code."""
        if code not in self._concepts:
            if len(self._concepts) > _REMEMBERED:
                self._concepts.clear()
            self._concepts[code] = self.source.concept(code)
        return self._concepts[code]

    def everything(self) -> BitMap:
        """Return the ordinals of all codes."""
        return self.source.everything()

    def entries(self, ordinals: BitMap) -> list[Entry]:
        """Return what is known of the codes with those ordinals, in the order of the code system."""
        return self.source.entries(ordinals)

    def children(self, entry: Entry) -> list[Entry]:
        """Return the codes directly below a code, in the order of the code system."""
        below = self.source.descendants(entry)
        if not below:
            return []
        found: list[Entry] = []
        end = entry.ordinal
        for each in self.entries(below):
            if end < each.ordinal <= entry.last:  # the next one in the tree of first parents
                end = each.last
                found.append(each)
            elif entry.code in self.parents(each.code):
                found.append(each)
        return found

    def parents(self, code: str) -> tuple[str, ...]:
        """Return the codes directly above a code."""
        concept = self.concept(code)
        return concept.parents() if concept else ()

    @cached_property
    def abstract(self) -> BitMap:
        """Ordinals of the headings."""
        return BitMap(each.ordinal for each in self.entries(self.everything()) if each.abstract)

    @cached_property
    def inactive(self) -> BitMap:
        """Ordinals of the codes that are no longer in use."""
        found = BitMap(each.ordinal for each in self.entries(self.everything()) if each.inactive)
        if self.info.strict:
            for ordinal, concept in zip(self.everything(), self.source.concepts(), strict=True):
                if concept.extra and _is_withdrawn(concept):
                    found.add(ordinal)
        return found

    # -- what is said of a code

    def is_inactive(self, entry: Entry) -> bool:
        """Tell whether a code is no longer in use."""
        if entry.inactive:
            return True
        if not self.info.strict:
            return False
        concept = self.concept(entry.code)
        return concept is not None and _is_withdrawn(concept)

    def status(self, code: str) -> str | None:
        """Return the status that the code system gives a code: `retired`, `deprecated`, `inactive` ..."""
        concept = self.concept(code)
        if concept is None:
            return None
        named = self._named(STATUS, "status")
        for each in concept.properties:
            if each.code in named:
                return text_of(each)
        for each in concept.properties:
            if each.code in ("deprecated", "inactive", "retired") and text_of(each) == "true":
                return each.code
            if each.code == "deprecationDate" and _past(text_of(each)):
                return "deprecated"
        status = extensions.find(concept.extra, extensions.STANDARDS_STATUS)
        if status is not None:
            return str(status)
        return "inactive" if concept.inactive else None

    def _named(self, uri: str, *codes: str) -> set[str]:
        """Return the codes of the properties that stand for a property of HL7's."""
        return {*codes, *(each.code for each in self.info.property_definitions if each.uri == uri)}

    def properties(self, code: str) -> list[tuple[Property, PropertyDefinition | None]]:
        """Return the properties of a code, with what they are; those of the supplements after its own."""
        found = []
        for source in (self.source, *self.supplements):
            concept = self.concept(code) if source is self.source else source.concept(code)
            known = {each.code: each for each in source.info.property_definitions}
            found += [(each, known.get(each.code)) for each in (concept.properties if concept else ())]
        return found

    def extensions(self, code: str) -> list[dict[str, Any]]:
        """Return the extensions of a code, those of the supplements after its own."""
        concepts = [self.concept(code), *(source.concept(code) for source in self.supplements)]
        return [each for concept in concepts if concept for each in extensions.extensions(concept.extra)]

    def definition(self, code: str) -> str | None:
        """Return the definition of a code."""
        concept = self.concept(code)
        found = concept.definition(self.language) if concept else None
        return found.text if found else None

    def designations(self, code: str) -> Designations:
        """Return the designations of a code, those of the supplements after its own."""
        if code not in self._designations:
            if len(self._designations) > _REMEMBERED:
                self._designations.clear()
            found = self._said(self.concept(code), self.source)
            for source in self.supplements:
                found += self._said(source.concept(code), source)
            self._designations[code] = Designations(found, self.language)
        return self._designations[code]

    def _said(self, concept: Concept | None, source: Source) -> list[Designation]:
        if concept is None:
            return []
        info = source.info
        named = f"{info.url or info.id}|{info.version}" if info.version else info.url or info.id
        origin = None if source is self.source else named
        if not info.strict:
            return _ours(concept, origin)
        found = []
        for term in concept.terms:
            shown = term.status == "preferred"
            status = extensions.find(term.extra, extensions.STANDARDS_STATUS)
            found.append(
                Designation(
                    value=term.text,
                    language=term.language,
                    use=PREFERRED if shown else term.designation_use,
                    status=str(status) if status else "active",
                    extension=tuple(extensions.extensions(term.extra)),
                    source=origin,
                )
            )
        return found


def _ours(concept: Concept, origin: str | None) -> list[Designation]:
    """Return the terms of one of our own concepts: its display first, then the others."""
    display = concept.display()
    terms = sorted(concept.terms, key=lambda term: (term.text != display, term.status != "preferred"))
    return [
        Designation(
            value=term.text,
            language=term.language,
            use=PREFERRED if term.status == "preferred" else SYNONYM,
            status=term.status if term.status in ("deprecated", "superseded") else "active",
            source=origin,
        )
        for term in terms
    ]


def _is_withdrawn(concept: Concept) -> bool:
    return str(extensions.find(concept.extra, extensions.STANDARDS_STATUS)).lower() == "withdrawn"


def text_of(value: Property) -> str:
    """Write the value of a property as text; a Coding by its code."""
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    return value.value.code if isinstance(value.value, Coding) else str(value.value)


def _past(date: str) -> bool:
    return date[:10] < datetime.datetime.now(datetime.UTC).date().isoformat()[: len(date[:10])]
