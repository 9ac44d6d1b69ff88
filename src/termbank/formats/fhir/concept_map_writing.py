"""Mapping sets as ConceptMap resources."""

from typing import Any

from termbank.formats.fhir import headers, versions
from termbank.formats.fhir.losses import LossReport
from termbank.model import Condition, Mapping, MappingSet, UnmappedRule

GROUPS = "$group"
"""Where a set's `extra` keeps groups that its mappings alone would not give again."""
_NOT_HELD = ("group", "priority", "rule", "confidence", "author", "reviewer", "date", "tool")
_System = tuple[str, str | None]


def write(mapping_set: MappingSet, fhir_version: str = "5.0.0") -> tuple[dict[str, Any], LossReport]:
    """Write a mapping set as a ConceptMap: a group for each pair of systems, an element for each code.

    Arguments:
        mapping_set: the set.
        fhir_version: R4 (`4.0.1`), where relationships become equivalences, or R5.

    Returns:
        The resource, and what it cannot hold.

    >>> from termbank.model import Coding
    >>> plan = Mapping(subject=Coding(system="http://a", code="1"), object=None, predicate="sssom:NoTermFound")
    >>> write(MappingSet(id="m", mappings=(plan,)))[0]["group"]
    [{'source': 'http://a', 'element': [{'code': '1', 'noMap': True}]}]
    """
    losses = LossReport()
    extra = dict(mapping_set.extra or {})
    if slots := extra.pop("sssom", None):
        losses.add("MappingSet.extra.sssom", slots)
    found = headers.write(mapping_set, "ConceptMap", losses)
    if mapping_set.licence is not None:
        found["copyright"] = mapping_set.licence
    for name, scope in (("sourceScope", mapping_set.source_scope), ("targetScope", mapping_set.target_scope)):
        if scope is not None and f"{name}Uri" not in extra:
            found[f"{name}Canonical"] = scope
    kept = extra.get(GROUPS)
    written = kept if isinstance(kept, list) and _same(kept, mapping_set) else groups(mapping_set, losses)
    if written:
        found["group"] = written
    if mapping_set.unmapped == "none":
        losses.add("MappingSet.unmapped", mapping_set.unmapped)
    found = headers.completed(found, extra, frozenset({GROUPS}))
    return versions.from_r5(found, fhir_version, losses), losses


def _same(kept: list[Any], mapping_set: MappingSet) -> bool:
    """Tell whether groups that were kept still say what the mappings say."""
    from termbank.errors import FormatError
    from termbank.formats.fhir import concept_maps

    try:
        again = concept_maps.read({"resourceType": "ConceptMap", "id": "m", "group": kept})
    except FormatError:
        return False
    return again.mappings == mapping_set.mappings and again.unmapped_rules == mapping_set.unmapped_rules


class _Group:
    """One group as it grows."""

    def __init__(self, source: _System) -> None:
        self.source = source
        self.target: _System | None = None
        self.elements: dict[tuple[str, str | None], dict[str, Any]] = {}
        self.unmapped: dict[str, Any] | None = None

    def written(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.source[0]:
            found["source"] = _canonical(self.source)
        if self.target is not None and self.target[0]:
            found["target"] = _canonical(self.target)
        if self.elements:
            found["element"] = list(self.elements.values())
        if self.unmapped is not None:
            found["unmapped"] = self.unmapped
        return found


def groups(mapping_set: MappingSet, losses: LossReport | None = None) -> list[dict[str, Any]]:
    """Return the groups that say what the mappings of a set say.

    Arguments:
        mapping_set: the set.
        losses: takes what a ConceptMap cannot hold.
    """
    losses = LossReport() if losses is None else losses
    found: list[_Group] = []
    latest: dict[_System, _Group] = {}
    by_pair: dict[tuple[_System, _System], _Group] = {}
    for mapping in mapping_set.mappings:
        source = (mapping.subject.system, mapping.subject.version)
        target = None if mapping.object is None else (mapping.object.system, mapping.object.version)
        group = _group(source, target, found, latest, by_pair)
        key = (mapping.subject.code, mapping.subject.display)
        element = group.elements.get(key)
        if element is None:
            element = group.elements[key] = {"code": mapping.subject.code}
            if mapping.subject.display is not None:
                element["display"] = mapping.subject.display
        _add(element, mapping, losses)
    for rule in mapping_set.unmapped_rules:
        group = _group(_system(rule.source), _system(rule.target), found, latest, by_pair)
        group.unmapped = _unmapped(rule)
    return [group.written() for group in found]


def _group(
    source: _System,
    target: _System | None,
    found: list[_Group],
    latest: dict[_System, _Group],
    by_pair: dict[tuple[_System, _System], _Group],
) -> _Group:
    """Return the group of a pair of systems; what has no target goes into the latest group of its source."""
    group = latest.get(source) if target is None else by_pair.get((source, target))
    if group is None:
        group = latest.get(source)
        if group is None or group.target is not None:
            group = _Group(source)
            found.append(group)
    if target is not None:
        group.target = target
        by_pair[source, target] = group
    latest[source] = group
    return group


def _add(element: dict[str, Any], mapping: Mapping, losses: LossReport) -> None:
    for name in _NOT_HELD:
        if getattr(mapping, name) is not None:
            losses.add(f"Mapping.{name}", getattr(mapping, name))
    extra = dict(mapping.extra or {})
    if slots := extra.pop("sssom", None):
        losses.add("Mapping.extra.sssom", slots)
    if mapping.justification != "semapv:UnspecifiedMatching":
        losses.add("Mapping.justification", mapping.justification)
    if mapping.object is None:
        if "target" in element:
            losses.add("Mapping.object", f"{mapping.subject}: a counterpart, and none")
            return
        element["noMap"] = True
        if mapping.comment is not None:
            element["extension"] = [{"url": versions.R4_COMMENT, "valueString": mapping.comment}]
        return
    if element.pop("noMap", None):
        losses.add("Mapping.object", f"{mapping.subject}: a counterpart, and none")
    target: dict[str, Any] = {"code": mapping.object.code}
    if mapping.object.display is not None:
        target["display"] = mapping.object.display
    target["relationship"] = mapping.relationship or "related-to"
    if mapping.comment is not None:
        target["comment"] = mapping.comment
    for name, conditions in (("dependsOn", mapping.conditions), ("product", mapping.products)):
        kept = extra.pop(name, None)
        if conditions:
            target[name] = kept if _as_many(kept, conditions) else [_condition(each) for each in conditions]
    element.setdefault("target", []).append(headers.completed(target, extra))


def _as_many(kept: Any, conditions: tuple[Condition, ...]) -> bool:
    return isinstance(kept, list) and [each.get("attribute") for each in kept if isinstance(each, dict)] == [
        each.attribute for each in conditions
    ]


def _condition(condition: Condition) -> dict[str, str]:
    return {"attribute": condition.attribute, "valueString": condition.value}


def _unmapped(rule: UnmappedRule) -> dict[str, Any]:
    found: dict[str, Any] = {"mode": rule.mode}
    if rule.coding is not None:
        found["code"] = rule.coding.code
        if rule.coding.display is not None:
            found["display"] = rule.coding.display
    if rule.relationship is not None:
        found["relationship"] = rule.relationship
    if rule.other_map is not None:
        found["otherMap"] = rule.other_map
    return headers.completed(found, rule.extra)


def _system(name: str) -> _System:
    system, _, version = name.partition("|")
    return system, version or None


def _canonical(system: _System) -> str:
    return system[0] if system[1] is None else f"{system[0]}|{system[1]}"
