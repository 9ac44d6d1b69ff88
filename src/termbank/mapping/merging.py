"""Mapping sets merged: everything that they say, and where they contradict each other."""

from collections.abc import Iterable
from typing import Any

from termbank.mapping import slots
from termbank.mapping.inverting import Derived, is_no_term, named
from termbank.mapping.predicates import ALIKE, contradict, meaning
from termbank.model import Finding, Mapping, MappingSet
from termbank.model.rules import rule

_SOURCE = "mapping_source"
_Pair = tuple[str, str, str, str]


def merge(sets: Iterable[MappingSet], *, id: str = "merged") -> Derived:
    """Merge sets into one: nothing is lost, and nothing is decided.

    Statements that are the same in every word stand once; of those that differ in anything, all stand. Each says which
    set it came from (SSSOM's `mapping_source`), where it did not already.

    Arguments:
        sets: the sets.
        id: of the set that is made.

    Returns:
        The set; and findings: what contradicts, and licences that differ.
    """
    listed = list(sets)
    whole: dict[str, Mapping] = {}
    origin: dict[str, str] = {}
    for each in listed:
        for mapping in each.mappings:
            sourced = _sourced(mapping, each)
            whole.setdefault(sourced.to_json(), sourced)
            origin.setdefault(sourced.to_json(), each.id)
    mappings = tuple(whole.values())
    rules = dict.fromkeys(made for each in listed for made in each.unmapped_rules)
    fields = {name: _common(listed, name) for name in ("licence", "subject_source", "object_source", "status")}
    made = MappingSet(
        id=id,
        title="; ".join(dict.fromkeys(each.title for each in listed if each.title)),
        unmapped_rules=tuple(rules),
        unmapped="none" if listed and all(each.unmapped == "none" for each in listed) else "unknown",
        **{name: value for name, value in fields.items() if value is not None},
    ).model_copy(update={"mappings": mappings})
    findings = [*_licences(listed), *conflicts(mappings, list(origin.values()))]
    return Derived(slots.declared(slots.with_slots(made, _header(listed))), tuple(findings))


def _sourced(mapping: Mapping, mapping_set: MappingSet) -> Mapping:
    kept = slots.of(mapping)
    if _SOURCE in kept:
        return mapping
    name = mapping_set.url or mapping_set.id
    named_set = name if "://" in name or name.startswith("urn:") else f"urn:termbank:mappings:{name}"
    return slots.with_slots(mapping, {**kept, _SOURCE: named_set})


def _common(sets: list[MappingSet], name: str) -> Any:
    values = {getattr(each, name) for each in sets}
    return values.pop() if len(values) == 1 else None


def _licences(sets: list[MappingSet]) -> list[Finding]:
    known = list(dict.fromkeys(each.licence for each in sets if each.licence))
    return [rule("licences-differ").finding(first=known[0], second=other) for other in known[1:]]


def _header(sets: list[MappingSet]) -> dict[str, Any]:
    """Return the metadata of a set that was made of others: those that all have, their prefixes and their names."""
    kept = [slots.of(each) for each in sets]
    first = kept[0] if kept else {}
    found = {name: value for name, value in first.items() if all(each.get(name) == value for each in kept)}
    for name in ("curie_map", "systems of prefixes"):
        maps = [each[name] for each in reversed(kept) if isinstance(each.get(name), dict)]
        found[name] = {key: value for each in maps for key, value in each.items()} or None
    definitions = [item for each in kept for item in each.get("extension_definitions") or ()]
    found["extension_definitions"] = list({str(each.get("slot_name")): each for each in definitions}.values())
    urls = {each.url for each in sets} | {url for each in kept for url in each.get("mapping_set_source", ())}
    found["mapping_set_source"] = sorted(url for url in urls if url)
    return found


def conflicts(mappings: Iterable[Mapping], origins: Iterable[str] = ()) -> list[Finding]:
    """Find statements that cannot all be right, or that differ in how close two codes are.

    Found are: one pair with predicates that exclude each other, or said to hold and not to hold; one pair with
    predicates of different strength; a code with no counterpart in a system and an equal one there; a code that is
    equal to several of one system.

    Arguments:
        mappings: the statements.
        origins: the set of each, to be named in the findings.
    """
    listed = list(mappings)
    where = list(origins) or [""] * len(listed)
    pairs: dict[_Pair, list[tuple[Mapping, str]]] = {}
    none: dict[tuple[str, str], list[tuple[Mapping, str]]] = {}
    for each, origin in zip(listed, where, strict=True):
        if each.object is None:
            none.setdefault((each.subject.system, each.subject.code), []).append((each, origin))
        elif not is_no_term(each.subject):
            subject, other = each.subject, each.object
            pairs.setdefault((subject.system, subject.code, other.system, other.code), []).append((each, origin))
    found = [finding for same in pairs.values() for finding in _of_pair(same)]
    for (system, code, *_), same in pairs.items():
        for refused, origin in none.get((system, code), ()):
            found += _against_none(refused, origin, same)
    return [*found, *_several(listed)]


def _of_pair(same: list[tuple[Mapping, str]]) -> Iterable[Finding]:
    """Compare what is said of one pair; the same two meanings are told once."""
    told = set()
    for place, (one, first) in enumerate(same):
        for other, second in same[place + 1 :]:
            meanings = meaning(one), meaning(other)
            conditional = one.conditions != other.conditions or one.rule != other.rule
            if meanings[0] == meanings[1] or frozenset(meanings) in told or conditional:
                continue
            told.add(frozenset(meanings))
            said = ["not " * each.negated + each.predicate for each in meanings]
            arguments = {"first": _with_set(said[0], first), "second": _with_set(said[1], second)}
            name = "mapping-contradicted" if contradict(*meanings) else "mapping-otherwise"
            if name == "mapping-otherwise" and any(each.negated for each in meanings):
                continue
            yield rule(name).finding(None, **named(one), **arguments)


def _with_set(said: str, origin: str) -> str:
    return f"{said} [{origin}]" if origin else said


def _against_none(refused: Mapping, origin: str, same: list[tuple[Mapping, str]]) -> Iterable[Finding]:
    """Find an equal counterpart of what is said to have none in that system; a set without a system says nothing."""
    source = slots.of(refused).get("object_source")
    for mapping, other in same:
        equal = meaning(mapping).predicate in ALIKE and not mapping.negated
        stated = refused.predicate in ALIKE or refused.predicate in (mapping.predicate, "sssom:NoTermFound")
        if equal and stated and mapping.object is not None and _is_source(source, mapping.object.system):
            arguments = {"set": origin or "–", "other": other or "–"}
            yield rule("counterpart-after-all").finding(None, **named(mapping), **arguments)


def _is_source(source: Any, system: str) -> bool:
    return source is None or str(source).rstrip(":/#").endswith(system.rstrip("/#"))


def _several(mappings: list[Mapping]) -> Iterable[Finding]:
    exact: dict[tuple[str, str, str], dict[str, None]] = {}
    for each in mappings:
        if each.object is not None and not each.conditions and each.rule is None:
            said = meaning(each)
            if said.predicate in ALIKE and not said.negated:
                key = (each.subject.system, each.subject.code, each.object.system)
                exact.setdefault(key, {})[each.object.code] = None
    for (system, code, other), objects in exact.items():
        if len(objects) > 1:
            listed = ", ".join(sorted(objects))
            yield rule("several-exact").finding(subject=f"{system} {code}", system=other, objects=listed)
