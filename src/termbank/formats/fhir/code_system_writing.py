"""Vocabularies as CodeSystem resources."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from termbank.formats.fhir import headers, terms, versions
from termbank.formats.fhir.concept_properties import Meanings, definition, facts, retirement
from termbank.formats.fhir.losses import LossReport
from termbank.model import Coding, Concept, Property, PropertyDefinition, Term, Vocabulary
from termbank.model.concept import PropertyType
from termbank.model.numbers import number

NESTED = "$nested"
"""A mark in a concept's `extra`: it was nested in the concept above it, which a property says too."""
_ALGORITHMS = "http://hl7.org/fhir/version-algorithm"
_CODED_ALGORITHMS = frozenset({"semver", "integer", "alpha", "date", "natural"})
_URIS = "urn:ietf:rfc:3986"


def write(vocabulary: Vocabulary, fhir_version: str = "5.0.0") -> tuple[dict[str, Any], LossReport]:
    """Write a vocabulary as a CodeSystem.

    A concept is nested in the first concept above it where that keeps the order; other concepts above it become the
    property parent. Headings, retired concepts and dates become HL7's concept properties, declared.

    Arguments:
        vocabulary: the vocabulary.
        fhir_version: R4 (`4.0.1`) or R5.

    Returns:
        The resource, and what it cannot hold.

    >>> resource, losses = write(Vocabulary(id="plan", title="Planer", concepts=[Concept(id="SIP", abstract=True)]))
    >>> resource["concept"], losses.losses
    ([{'code': 'SIP', 'property': [{'code': 'notSelectable', 'valueBoolean': True}]}], ())
    """
    losses = LossReport()
    return versions.from_r5(_Writer(vocabulary, losses).resource(), fhir_version, losses), losses


class _Writer:
    def __init__(self, vocabulary: Vocabulary, losses: LossReport) -> None:
        self.vocabulary, self.losses = vocabulary, losses
        self.ours = not vocabulary.strict
        self.language = vocabulary.language or ("sv" if self.ours else "")
        self.meanings = Meanings(vocabulary.property_definitions)
        self.definitions = {each.code: each for each in vocabulary.property_definitions}
        self.added: dict[str, PropertyDefinition] = {}

    def resource(self) -> dict[str, Any]:
        """Return the whole resource."""
        given, extra = self.vocabulary, self.vocabulary.extra or {}
        found = headers.write(given, "CodeSystem", self.losses)
        if headers.absent(extra, "title") and given.title in (extra.get("name"), given.id):
            del found["title"]
        if self.language:
            found["language"] = self.language
        fields = {"publisher": given.publisher, "copyright": given.licence, "hierarchyMeaning": given.hierarchy,
                  "supplements": given.supplements}  # fmt: skip
        found |= {name: value for name, value in fields.items() if value is not None}
        if not (headers.absent(extra, "caseSensitive") and not given.case_sensitive):
            found["caseSensitive"] = given.case_sensitive
        if not (headers.absent(extra, "content") and given.content == "fragment"):
            found["content"] = given.content
        self._about(found, extra)
        concepts = self._concepts()
        declared = [_declaration(each, self.losses) for each in (*given.property_definitions, *self.added.values())]
        if declared:
            found["property"] = declared
        if concepts:
            found["concept"] = concepts
        for name in ("source", "notation", "characteristic_types", "expected", "assumptions"):
            if getattr(given, name):
                self.losses.add(f"Vocabulary.{name}", getattr(given, name))
        return headers.completed(found, extra)

    def _about(self, found: dict[str, Any], extra: dict[str, Any]) -> None:
        given = self.vocabulary
        if "effectivePeriod" not in extra and (given.valid_from or given.valid_to):
            days = {"start": given.valid_from, "end": given.valid_to}
            found["effectivePeriod"] = {name: day.isoformat() for name, day in days.items() if day}
        if given.version_algorithm and not extra.keys() & {"versionAlgorithmString", "versionAlgorithmCoding"}:
            if given.version_algorithm in _CODED_ALGORITHMS:
                found["versionAlgorithmCoding"] = {"system": _ALGORITHMS, "code": given.version_algorithm}
            else:
                found["versionAlgorithmString"] = given.version_algorithm
        known = extra.get("identifier")
        listed = list(known) if isinstance(known, list) else []
        said = {each.get("value") for each in listed if isinstance(each, dict)}
        for each in given.identifiers:
            value = f"urn:oid:{each.value}" if each.type == "oid" else each.value
            if each.status == "mistake":
                self.losses.add("Identifier.status", f"{each.value} (mistake)")
            elif value not in said:
                listed.append({"system": _URIS, "value": value})
            for name in ("seen", "note"):
                if getattr(each, name):
                    self.losses.add(f"Identifier.{name}", getattr(each, name))
        if listed:
            found["identifier"] = listed

    def _concepts(self) -> list[dict[str, Any]]:
        top: list[dict[str, Any]] = []
        open_: list[tuple[str, dict[str, Any]]] = []
        position: dict[str, int] = {}
        children = self._children()
        code = self.meanings.code("parent")
        for concept in self.vocabulary.concepts:
            above = list(dict.fromkeys(concept.parents()))
            said = facts(concept.properties, self.meanings)
            stated = {*said.parents, *children.get(concept.id, ())}
            nest = self._nest(concept, above, stated, position)
            written = self._concept(concept)
            more = [parent for parent in above if parent not in stated and parent != nest]
            if more:
                self._declare("parent")
                added = [{"code": code, "valueCode": parent} for parent in more]
                written["property"] = [*written.get("property", ()), *added]
            while open_ and (nest is None or open_[-1][0] != nest):
                position.pop(open_.pop()[0], None)
            if nest is None:
                top.append(written)
            else:
                open_[-1][1].setdefault("concept", []).append(written)
            position[concept.id] = len(open_)
            open_.append((concept.id, written))
            self._not_held(concept)
        return top

    def _nest(self, concept: Concept, above: list[str], stated: set[str], position: dict[str, int]) -> str | None:
        """Return the open concept in which this one is nested, if any."""
        marked = (concept.extra or {}).get(NESTED) is True
        first = above[0] if above else None
        if first is None or first not in position or position[first] >= _DEEPEST or (first in stated and not marked):
            return None
        return first

    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for concept in self.vocabulary.concepts:
            for child in facts(concept.properties, self.meanings).children:
                found.setdefault(child, []).append(concept.id)
        return found

    def _concept(self, concept: Concept) -> dict[str, Any]:
        found: dict[str, Any] = {"code": concept.id}
        shown = self._shown(concept.terms)
        if shown is not None:
            found["display"] = shown.text
            found |= shown.extra or {}
            terms.report(shown, self.losses)
        definitions = [each for each in concept.definitions if each.language in (self.language, "")]
        if definitions:
            found["definition"] = definitions[0].text
        for each in concept.definitions:
            if not definitions or each is not definitions[0]:
                self.losses.add("Concept.definitions", each.text)
            if each.source:
                self.losses.add("Definition.source", each.source)
        others = terms.write([term for term in concept.terms if term is not shown], self.ours, self.losses)
        if others:
            found["designation"] = others
        properties = [self._property(each) for each in concept.properties]
        properties += self._facts(concept)
        if properties:
            found["property"] = properties
        return headers.completed(found, concept.extra, frozenset({NESTED}))

    def _shown(self, found: Iterable[Term]) -> Term | None:
        """Return the term that is the display: the first preferred one in the language of the system."""
        for term in found:
            fits = term.language in (self.language, "")
            if term.status == "preferred" and term.designation_use is None and fits and not _has_more(term):
                return term
        return None

    def _property(self, given: Property) -> dict[str, Any]:
        extra = dict(given.extra or {})
        declared = self.definitions.get(given.code)
        kind = given.type or (declared.type if declared else None)
        marked = kind is not None and headers.absent(extra, f"value{kind[0].upper()}{kind[1:]}")
        if not marked and not _fits(given.value, kind):
            kind = _kind(given.value)
        if declared is None and self.ours:
            self.added.setdefault(given.code, PropertyDefinition(code=given.code, type=kind or "string"))
        kind = "dateTime" if kind == "date" else kind or "string"
        name = f"value{kind[0].upper()}{kind[1:]}"
        found: dict[str, Any] = {"code": given.code}
        if isinstance(given.value, Coding):
            found[name] = terms.coding_element(given.value, extra.pop(name, None))
        elif not headers.absent(extra, name):
            found[name] = number(given.value) if kind == "decimal" and isinstance(given.value, str) else given.value
        return headers.completed(found, extra)

    def _facts(self, concept: Concept) -> list[dict[str, Any]]:
        """Return the properties that say what the concept's own fields say and its properties do not."""
        said = facts(concept.properties, self.meanings)
        ends = retirement(concept.valid_to) if concept.valid_to and said.valid_to != concept.valid_to else None
        begins = concept.valid_from if said.valid_from != concept.valid_from else None
        wanted = {
            "notSelectable": {"valueBoolean": True} if concept.abstract and not said.abstract else None,
            "inactive": {"valueBoolean": True} if concept.inactive and not said.inactive else None,
            "effectiveDate": {"valueDateTime": begins.isoformat()} if begins else None,
            "retirementDate": {"valueDateTime": ends} if ends else None,
            "comment": {"valueString": concept.comment} if concept.comment and said.comment is None else None,
        }
        found = []
        for name, value in wanted.items():
            if value is not None:
                self._declare(name)
                found.append({"code": self.meanings.code(name), **value})
        return found

    def _declare(self, name: str) -> None:
        code = self.meanings.code(name)
        if code not in self.definitions and code not in self.added:
            self.added[code] = definition(name, code)

    def _not_held(self, concept: Concept) -> None:
        for name in ("notes", "examples", "subject_field", "characteristics", "decided", "checked_on", "source"):
            value = getattr(concept, name)
            if value not in (None, (), ""):
                self.losses.add(f"Concept.{name}", value)
        for relation in concept.relations:
            if relation.type != "broader" or relation.vocabulary is not None:
                self.losses.add("Concept.relations", f"{concept.id} {relation.type} {relation.target}")


_DEEPEST = 199


def _has_more(term: Term) -> bool:
    """Tell whether a term came with more than a display can hold: it was a designation."""
    return bool(term.extra) and term.extra is not None and set(term.extra) != {"_display"}


def _declaration(given: PropertyDefinition, losses: LossReport) -> dict[str, Any]:
    found: dict[str, Any] = {"code": given.code}
    if given.uri is not None:
        found["uri"] = given.uri
    if given.description is not None:
        found["description"] = given.description
    if not headers.absent(given.extra or {}, "type"):
        found["type"] = "dateTime" if given.type == "date" else given.type
    for name in ("title", "values"):
        if getattr(given, name):
            losses.add(f"PropertyDefinition.{name}", getattr(given, name))
    return headers.completed(found, given.extra)


def _kind(value: object) -> PropertyType:
    """Return the FHIR type of a value whose property is not declared."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "decimal" if isinstance(value, float) else "Coding" if isinstance(value, Coding) else "string"


def _fits(value: object, kind: str | None) -> bool:
    if kind == "decimal":
        if isinstance(value, str):
            try:
                return Decimal(value).is_finite()
            except InvalidOperation:
                return False
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("integer", "boolean", "Coding"):
        return _kind(value) == kind
    return kind is not None and isinstance(value, str)
