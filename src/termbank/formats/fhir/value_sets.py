"""ValueSet resources to and from value sets (https://hl7.org/fhir/valueset.html)."""

from typing import Any

from pydantic import ValidationError

from termbank.formats.fhir import headers, terms, versions
from termbank.formats.fhir.elements import Element, check_json, invalid
from termbank.formats.fhir.losses import LossReport
from termbank.model import ConceptFilter, ConceptSet, IncludedConcept, ValueSet
from termbank.model.numbers import kept


def read(resource: dict[str, Any], id: str | None = None) -> ValueSet:
    """Read a ValueSet, R4 or R5.

    What the nouns have no field for is kept in `extra` at its own place, what came with `compose` under that name; a
    stored expansion is kept as it came. Writing what was read gives the same resource.

    Arguments:
        resource: the resource as parsed JSON.
        id: the id of the value set; None: its canonical URL, else the resource's id.

    Raises:
        FormatError: something is missing or of the wrong type; the text names the element.

    >>> found = read({"resourceType": "ValueSet", "url": "http://x.se/vs",
    ...               "compose": {"include": [{"system": "http://x.se/plan", "concept": [{"code": "SIP"}]}]}})
    >>> found.include[0].concepts
    (IncludedConcept(code='SIP', display=None, designations=(), extra=None),)
    """
    root = headers.root(versions.to_r5(resource, "ValueSet"), "ValueSet")
    try:
        return _value_set(root, id)
    except ValidationError as error:
        raise invalid("ValueSet", error) from None


def _value_set(root: Element, given: str | None) -> ValueSet:
    header = headers.read(root, given)
    absent: list[str] = header.pop("absent")
    title = header.pop("title")
    compose = root.element("compose")
    composed: dict[str, Any] = {"composed": False}
    inside = None
    if compose is not None:
        composed = {
            "include": tuple([_concept_set(each) for each in compose.elements("include")]),
            "exclude": tuple([_concept_set(each) for each in compose.elements("exclude")]),
            "inactive": compose.boolean("inactive"),
            "locked_date": compose.date("lockedDate"),
        }
        inside = compose.rest()
    expansion = root.element("expansion")
    if expansion is not None:
        check_json(expansion.data, str(expansion))
    return ValueSet(
        **header,
        **composed,
        title=title or "",
        version=root.text("version"),
        language=root.text("language"),
        expansion=None if expansion is None else expansion.data,
        extra=headers.rest(root, absent, {"compose": inside, "title": "" if title == "" else None}),
    )


def _concept_set(element: Element) -> ConceptSet:
    return ConceptSet(
        system=element.text("system"),
        version=element.text("version"),
        concepts=tuple([_concept(each) for each in element.elements("concept")]),
        filters=tuple([_filter(each) for each in element.elements("filter")]),
        value_sets=element.texts("valueSet"),
        extra=element.rest(),
    )


def _concept(element: Element) -> IncludedConcept:
    code = element.needed("code", "give every listed concept its code")
    if len(element.left) == 0:
        return IncludedConcept(code=code)
    return IncludedConcept(
        code=code, display=element.text("display"), designations=tuple(terms.read(element)), extra=element.rest()
    )


def _filter(element: Element) -> ConceptFilter:
    return ConceptFilter(
        property=element.needed("property", "name the property that the filter looks at"),
        op=element.needed("op", "name the operator, for example ="),
        value=element.text("value"),
        extra=element.rest(),
    )


def write(value_set: ValueSet, fhir_version: str = "5.0.0") -> tuple[dict[str, Any], LossReport]:
    """Write a value set as a ValueSet.

    Arguments:
        value_set: the value set.
        fhir_version: R4 (`4.0.1`) or R5.

    Returns:
        The resource, and what it cannot hold.

    >>> resource, losses = write(ValueSet(id="vs", include=(ConceptSet(system="http://x.se/plan", concepts=("SIP",)),)))
    >>> resource["compose"]
    {'include': [{'system': 'http://x.se/plan', 'concept': [{'code': 'SIP'}]}]}
    """
    losses = LossReport()
    extra = value_set.extra or {}
    found = headers.write(value_set, "ValueSet", losses)
    if value_set.language is not None:
        found["language"] = value_set.language
    inside = extra.get("compose")
    if value_set.composed:
        compose: dict[str, Any] = {}
        if value_set.locked_date is not None:
            compose["lockedDate"] = value_set.locked_date.isoformat()
        if value_set.inactive is not None:
            compose["inactive"] = value_set.inactive
        for name, sets in (("include", value_set.include), ("exclude", value_set.exclude)):
            if sets:
                compose[name] = [_set_element(each, losses) for each in sets]
        found["compose"] = headers.completed(compose, inside if isinstance(inside, dict) else None)
    if value_set.expansion is not None:
        found["expansion"] = kept(value_set.expansion)
    found = headers.completed(found, extra, frozenset({"compose"}))
    return versions.from_r5(found, fhir_version, losses), losses


def _set_element(given: ConceptSet, losses: LossReport) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if given.system is not None:
        found["system"] = given.system
    if given.version is not None:
        found["version"] = given.version
    if given.concepts:
        found["concept"] = [_concept_element(each, losses) for each in given.concepts]
    if given.filters:
        found["filter"] = [_filter_element(each) for each in given.filters]
    if given.value_sets:
        found["valueSet"] = list(given.value_sets)
    return headers.completed(found, given.extra)


def _concept_element(given: IncludedConcept, losses: LossReport) -> dict[str, Any]:
    found: dict[str, Any] = {"code": given.code}
    if given.display is not None:
        found["display"] = given.display
    if given.designations:
        found["designation"] = terms.write(given.designations, False, losses)
    return headers.completed(found, given.extra)


def _filter_element(given: ConceptFilter) -> dict[str, Any]:
    found = {"property": given.property, "op": given.op}
    if given.value is not None:
        found["value"] = given.value
    return headers.completed(found, given.extra)
