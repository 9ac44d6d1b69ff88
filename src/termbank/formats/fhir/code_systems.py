"""CodeSystem resources to and from vocabularies (https://hl7.org/fhir/codesystem.html)."""

import math
from typing import Any, get_args

from pydantic import ValidationError

from termbank.collector import paused
from termbank.formats.fhir import code_system_writing, headers, terms, versions
from termbank.formats.fhir.concept_properties import Facts, Meanings, facts
from termbank.formats.fhir.elements import LARGEST_INTEGER, Element, check_json, check_text, described, invalid, refuse
from termbank.formats.fhir.hierarchy import refuse_circles
from termbank.model import Concept, Definition, Identifier, Property, PropertyDefinition, Relation, Term, Vocabulary
from termbank.model.concept import PropertyType
from termbank.model.numbers import Number
from termbank.model.vocabulary import Content, HierarchyMeaning

DEEPEST_CONCEPT = 200
"""How many levels of concepts are read; SNOMED CT has about twenty."""

_VALUES: dict[str, PropertyType] = {
    "valueCode": "code", "valueCoding": "Coding", "valueString": "string", "valueInteger": "integer",
    "valueBoolean": "boolean", "valueDateTime": "dateTime", "valueDecimal": "decimal",
}  # fmt: skip
_PROPERTY_TYPES = tuple(sorted(_VALUES.values()))

write = code_system_writing.write


def read(resource: dict[str, Any], id: str | None = None) -> Vocabulary:
    """Read a CodeSystem, R4 or R5.

    The hierarchy comes from nested concepts and from properties that are HL7's parent and child. What the nouns have no
    field for is kept in `extra` at its own place; an element that was absent, where the noun has a default, is kept
    there as None. Writing what was read gives the same resource.

    Arguments:
        resource: the resource as parsed JSON.
        id: the id of the vocabulary; None: its canonical URL, else the resource's id.

    Returns:
        The vocabulary, `strict`, its concepts in the order of the resource, parents first.

    Raises:
        FormatError: something is missing or of the wrong type, a code stands twice, or the hierarchy has a circle; the
            text names the element.

    >>> found = read({"resourceType": "CodeSystem", "url": "http://x.se/plan", "content": "complete",
    ...               "concept": [{"code": "A", "concept": [{"code": "B", "display": "Plan"}]}]})
    >>> found.id, [(concept.id, concept.parents()) for concept in found.concepts]
    ('http://x.se/plan', [('A', ()), ('B', ('A',))])
    """
    root = headers.root(versions.to_r5(resource, "CodeSystem"), "CodeSystem")
    try:
        with paused():
            return _vocabulary(root, id)
    except ValidationError as error:
        raise invalid("CodeSystem", error) from None


def _vocabulary(root: Element, given: str | None) -> Vocabulary:
    header = headers.read(root, given)
    absent: list[str] = header.pop("absent")
    title = header.pop("title")
    if title is None:
        absent.append("title")
        title = root.look("name") or header["id"]
    content = root.choice("content", get_args(Content))
    case_sensitive = root.boolean("caseSensitive")
    if content is None:
        absent.append("content")
    if case_sensitive is None:
        absent.append("caseSensitive")
    period = headers.period(root)
    definitions = tuple(_definition(each) for each in root.elements("property"))
    language = root.text("language")
    hierarchy = root.choice("hierarchyMeaning", get_args(HierarchyMeaning))
    supplements = root.text("supplements")
    version = root.text("version")
    fields = {
        "publisher": root.text("publisher"),
        "licence": root.text("copyright"),
        "valid_from": period[0],
        "valid_to": period[1],
        "identifiers": tuple(_identifiers(root)),
        "version_algorithm": _version_algorithm(root),
    }
    concepts = _Concepts(definitions, language or "").read(root)
    extra = headers.rest(root, absent, {"version": "" if version == "" else None})
    return Vocabulary(
        **header,
        **{name: value for name, value in fields.items() if value},
        title=title,
        version=version or "",
        content=content or "fragment",
        case_sensitive=bool(case_sensitive),  # where it is not said, any case is accepted (FHIR)
        hierarchy=hierarchy,
        supplements=supplements,
        property_definitions=definitions,
        language=language,
        strict=True,
        extra=extra,
        concepts=concepts,
    )


def _definition(element: Element) -> PropertyDefinition:
    kind = element.choice("type", _PROPERTY_TYPES)
    found = PropertyDefinition(
        code=element.needed("code", "give every property a code"),
        type=kind or "string",
        description=element.text("description"),
        uri=element.text("uri"),
        extra=element.rest(),
    )
    return found if kind else found.with_(extra={**(found.extra or {}), "type": None})


def _identifiers(root: Element) -> list[Identifier]:
    found = []
    for element in Element(root.data, root.name).elements("identifier"):
        value = element.look("value")
        if value and value.startswith("urn:oid:"):
            found.append(Identifier(value=value.removeprefix("urn:oid:"), type="oid"))
    return found


def _version_algorithm(root: Element) -> str | None:
    said = root.look("versionAlgorithmString")
    if said is not None:
        return said
    coding = Element(root.data, root.name).element("versionAlgorithmCoding")
    return None if coding is None else coding.look("code")


class _Concepts:
    """The concepts of one code system, read in the order in which they stand."""

    def __init__(self, definitions: tuple[PropertyDefinition, ...], language: str) -> None:
        self.types = {definition.code: definition.type for definition in definitions}
        self.meanings = Meanings(definitions)
        self.language = language
        self.places: dict[str, Element] = {}
        self.above: dict[str, list[str]] = {}
        self.fields: list[dict[str, Any]] = []

    def read(self, root: Element) -> tuple[Concept, ...]:
        """Return the concepts, each with what is above it."""
        waiting: list[tuple[Element, str | None, int]] = []
        waiting.extend([(each, None, 1) for each in root.elements("concept")][::-1])
        nested: dict[str, str] = {}
        said: dict[str, Facts] = {}
        while waiting:
            element, parent, depth = waiting.pop()
            code = element.needed("code", "give every concept a code")
            if code in self.places:
                element.error("code", f"{code} stands at {self.places[code]} already; keep one of them")
            if depth > DEEPEST_CONCEPT:
                element.error(
                    "code", f"more than {DEEPEST_CONCEPT} levels of concepts; use the property parent instead"
                )
            self.places[code] = element
            if parent is not None:
                nested[code] = parent
            said[code] = self._concept(element, code)
            if "concept" in element.data:
                waiting.extend([(each, code, depth + 1) for each in element.elements("concept")][::-1])
        self._relate(nested, said)
        return tuple([self._made(fields, nested) for fields in self.fields])

    def _concept(self, element: Element, code: str) -> Facts:
        display = element.text("display")
        found: list[Term] = []
        if display is not None:
            side = element.left.pop("_display", None)
            if side is not None:
                check_json(side, f"{element}._display")
            extra = None if side is None else {"_display": side}
            found.append(Term(text=display, language=self.language, extra=extra))
        if "designation" in element.data:
            found += terms.read(element)
        definition = element.text("definition")
        properties: tuple[Property, ...] = ()
        if "property" in element.data:
            properties = tuple([self._property(each) for each in element.elements("property")])
        facts_ = facts(properties, self.meanings)
        fields = {
            "id": code,
            "terms": tuple(found),
            "definitions": ()
            if definition is None
            else (Definition(text=definition, language=self.language, wording="official"),),
            "properties": properties,
            "abstract": facts_.abstract,
            "inactive": facts_.inactive,
            "valid_from": facts_.valid_from,
            "valid_to": facts_.valid_to,
            "comment": facts_.comment,
        }
        self.fields.append({name: value for name, value in fields.items() if value not in (None, (), False)})
        return facts_

    def _relate(self, nested: dict[str, str], said: dict[str, Facts]) -> None:
        above: dict[str, list[str]] = {code: [parent] for code, parent in nested.items()}
        stated = False
        for code, facts_ in said.items():
            for parent in facts_.parents:
                stated = True
                if parent not in above.setdefault(code, []):
                    above[code].append(parent)
            for child in facts_.children:
                if child in self.places and code not in above.setdefault(child, []):
                    stated = True
                    above[child].append(code)
        if stated:
            refuse_circles(above, self.places)
        self.above = above
        self.said = said

    def _made(self, fields: dict[str, Any], nested: dict[str, str]) -> Concept:
        code = fields["id"]
        parents = self.above.get(code)
        if parents:
            fields["relations"] = tuple([Relation(type="broader", target=parent) for parent in parents])
        element = self.places[code]
        extra: dict[str, Any] = dict(element.rest() or {}) if element.left else {}
        parent = nested.get(code)
        if parent is not None and (parent in self.said[code].parents or code in self.said[parent].children):
            extra[code_system_writing.NESTED] = True
        if extra:
            fields["extra"] = extra
        return Concept(**fields)

    def _property(self, element: Element) -> Property:
        code = element.needed("code", "name the property by its code")
        stated = [name for name in element.data if isinstance(name, str) and name.startswith("value")]
        if len(stated) != 1 or stated[0] not in _VALUES:
            bare = [name for name in _VALUES if f"_{name}" in element.data]
            if stated or len(bare) != 1:
                element.error("value[x]", f"give each property one value, as one of {', '.join(_VALUES)}")
            kind = _VALUES[bare[0]]
            return Property(code=code, value="", type=kind, extra={**(element.rest() or {}), bare[0]: None})
        name = stated[0]
        kind = _VALUES[name]
        given = element.data[name]
        coding_rest = None
        if kind == "Coding":
            coding = element.element(name)
            if coding is None:
                element.error(name, "this is null; give the property a value, or remove it")
            value: Any = terms.coding(coding)
            coding_rest = coding.rest()
        else:
            value = _value(kind, given, element, name)
            del element.left[name]
        extra = dict(element.rest() or {}) if element.left else {}
        if coding_rest:
            extra[name] = coding_rest
        differs = self.types.get(code) != kind or (isinstance(value, str) and kind == "decimal")
        return Property(code=code, value=value, type=kind if differs else None, extra=extra or None)


def _value(kind: PropertyType, given: Any, element: Element, name: str) -> bool | int | float | str:
    if kind == "boolean" and isinstance(given, bool):
        return given
    if kind == "integer" and isinstance(given, int) and not isinstance(given, bool) and abs(given) <= LARGEST_INTEGER:
        return given
    if kind == "decimal" and isinstance(given, int | float) and not isinstance(given, bool):
        if isinstance(given, Number):
            return given.text
        if isinstance(given, int) and abs(given) <= LARGEST_INTEGER:
            return given
        if isinstance(given, float) and math.isfinite(given):
            return given
    if kind in ("code", "string", "dateTime") and isinstance(given, str):
        check_text(given, f"{element}.{name}")
        return given
    refuse(f"{element}.{name}", f"this is {described(given)}, which is no {kind}; write the value as its name says")
