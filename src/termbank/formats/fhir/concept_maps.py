"""ConceptMap resources to and from mapping sets (https://hl7.org/fhir/conceptmap.html)."""

from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from termbank.formats.fhir import concept_map_writing, headers, versions
from termbank.formats.fhir.elements import Element, check_json, invalid
from termbank.model import Coding, Condition, Mapping, MappingSet, Relationship, UnmappedRule
from termbank.model.mapping import Predicate, UnmappedMode
from termbank.model.numbers import Number

NO_TERM: Predicate = "sssom:NoTermFound"
_PREDICATES: dict[str, Predicate] = {
    "equivalent": "skos:exactMatch",
    "source-is-narrower-than-target": "skos:broadMatch",
    "source-is-broader-than-target": "skos:narrowMatch",
    "related-to": "skos:relatedMatch",
    "not-related-to": "skos:relatedMatch",
}

write = concept_map_writing.write


class _Group(NamedTuple):
    source: str
    source_version: str | None
    target: str
    target_version: str | None


def read(resource: dict[str, Any], id: str | None = None) -> MappingSet:
    """Read a ConceptMap, R4 or R5; R4's equivalences become R5's relationships.

    An element without a counterpart (R5 noMap, R4 unmatched) becomes a mapping without object. Groups that the mappings
    alone would not give again are kept in `extra` as they came, so that writing what was read gives the same resource.

    Arguments:
        resource: the resource as parsed JSON.
        id: the id of the set; None: its canonical URL, else the resource's id.

    Raises:
        FormatError: something is missing or of the wrong type; the text names the element.

    >>> found = read({"resourceType": "ConceptMap", "id": "m", "group": [{"source": "http://a", "target": "http://b",
    ...     "element": [{"code": "1", "target": [{"code": "x", "equivalence": "wider"}]}]}]})
    >>> found.mappings[0].object.code, found.mappings[0].relationship
    ('x', 'source-is-narrower-than-target')
    """
    root = headers.root(versions.to_r5(resource, "ConceptMap"), "ConceptMap")
    try:
        return _mapping_set(root, id)
    except ValidationError as error:
        raise invalid("ConceptMap", error) from None


def _mapping_set(root: Element, given: str | None) -> MappingSet:
    header = headers.read(root, given)
    absent: list[str] = header.pop("absent")
    title = header.pop("title")
    scopes = {}
    for field, name in (("source_scope", "sourceScope"), ("target_scope", "targetScope")):
        canonical = root.text(f"{name}Canonical")
        if canonical is None:
            uri = root.look(f"{name}Uri")
            scopes[field] = uri
        else:
            scopes[field] = canonical
    mappings: list[Mapping] = []
    rules: list[UnmappedRule] = []
    systems: list[tuple[str, str]] = []
    for element in root.elements("group"):
        group = _group(element)
        systems.append((group.source, group.target))
        for each in element.elements("element"):
            mappings += _element(each, group)
        unmapped = element.element("unmapped")
        if unmapped is not None:
            rules.append(_unmapped(unmapped, group))
    groups = root.data.get("group")
    found = MappingSet(
        **header,
        title=title or "",
        version=root.text("version"),
        subject_source=_only([source for source, _ in systems]),
        object_source=_only([target for _, target in systems]),
        licence=root.text("copyright"),
        **scopes,
        unmapped_rules=tuple(rules),
        extra=headers.rest(root, absent, {"title": "" if title == "" else None}),
        mappings=tuple(mappings),
    )
    if not groups or concept_map_writing.groups(found) == groups:
        return found
    check_json(groups, "ConceptMap.group")
    return found.with_(extra={**(found.extra or {}), concept_map_writing.GROUPS: groups})


def _only(systems: list[str]) -> str | None:
    return systems[0] if systems and systems[0] and len(set(systems)) == 1 else None


def _group(element: Element) -> _Group:
    source, _, source_version = (element.text("source") or "").partition("|")
    target, _, target_version = (element.text("target") or "").partition("|")
    return _Group(source, source_version or None, target, target_version or None)


def _element(element: Element, group: _Group) -> list[Mapping]:
    code = element.text("code")
    display = element.text("display")
    none = element.boolean("noMap")
    targets = list(element.elements("target"))
    if code is None:
        if "valueSet" in element.data:
            return []
        element.error("code", "missing; name the code that is mapped")
    subject = Coding(system=group.source, version=group.source_version, code=code, display=display)
    if none:
        return [Mapping(subject=subject, object=None, predicate=NO_TERM, comment=_no_map_comment(element))]
    return [mapping for each in targets if (mapping := _target(each, subject, group)) is not None]


def _no_map_comment(element: Element) -> str | None:
    for each in Element(element.data, "element").elements("extension"):
        if each.data.get("url") == versions.R4_COMMENT:
            return each.look("valueString")
    return None


def _target(element: Element, subject: Coding, group: _Group) -> Mapping | None:
    code = element.text("code")
    display = element.text("display")
    relationship = element.choice("relationship", get_args(Relationship))
    comment = element.text("comment")
    conditions = _conditions(element, "dependsOn")
    products = _conditions(element, "product")
    if relationship is None:
        element.error("relationship", f"missing; say one of {', '.join(get_args(Relationship))}")
    if code is None:
        return None
    return Mapping(
        subject=subject,
        object=Coding(system=group.target, version=group.target_version, code=code, display=display),
        predicate=_PREDICATES[relationship],
        negated=relationship == "not-related-to",
        stated="related-to" if relationship == "related-to" else None,
        conditions=conditions,
        products=products,
        comment=comment,
        extra=element.rest(),
    )


def _conditions(element: Element, name: str) -> tuple[Condition, ...]:
    """Read dependsOn or product; one that says more than an attribute and a text is kept as it came, too."""
    found = []
    plain = True
    given = element.left.get(name)
    for each in element.elements(name):
        attribute = each.needed("attribute", "name the attribute")
        check_json(each.data, str(each))
        values = [key for key in each.data if key.startswith("value") and key != "valueSet"]
        if len(values) > 1:
            each.error("value[x]", f"there are {len(values)} values; keep one")
        value = each.data[values[0]] if values else each.look("valueSet")
        found.append(Condition(attribute=attribute, value=_plain(value, values, each)))
        plain = plain and values == ["valueString"] and len(each.data) == 2
    if found and not plain:
        element.left[name] = given
    return tuple(found)


def _plain(value: Any, values: list[str], element: Element) -> str:
    """Return a value as a text: the code of a Coding, the number and unit of a Quantity."""
    if isinstance(value, dict):
        inside = Element(value, values[0], element)
        if values[0] == "valueQuantity":
            number = value.get("value")
            said = [number.text if isinstance(number, Number) else number, inside.look("unit") or inside.look("code")]
            return " ".join(str(each) for each in said if isinstance(each, str | int | float))
        return inside.look("code") or inside.look("display") or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        element.error(values[0], "this is a list, which is no value; write a text or a Coding")
    return "" if value is None else value.text if isinstance(value, Number) else str(value)


def _unmapped(element: Element, group: _Group) -> UnmappedRule:
    mode = element.choice("mode", get_args(UnmappedMode))
    if mode is None:
        element.error("mode", f"missing; say one of {', '.join(get_args(UnmappedMode))}")
    code, display = element.text("code"), element.text("display")
    coding = None
    if code is not None:
        coding = Coding(system=group.target, version=group.target_version, code=code, display=display)
    return UnmappedRule(
        source=group.source if group.source_version is None else f"{group.source}|{group.source_version}",
        target=group.target if group.target_version is None else f"{group.target}|{group.target_version}",
        mode=mode,
        coding=coding,
        other_map=element.text("otherMap"),
        relationship=element.choice("relationship", get_args(Relationship)),
        extra=element.rest(),
    )
