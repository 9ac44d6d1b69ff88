"""What a mapping set says, as records ready to be written: named, condensed, sorted, with what is lost counted."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from termbank.formats.losses import LossReport
from termbank.formats.sssom import nouns
from termbank.formats.sssom.curies import BUILT_IN, Prefixes
from termbank.formats.sssom.metadata import Extension
from termbank.formats.sssom.slots import MAPPING, NEW_VALUES, NO_LICENCE, NO_TERM, PROPAGATED, REQUIRED, SET
from termbank.formats.sssom.typed import is_reference
from termbank.formats.sssom.values import Record, Value
from termbank.model import KnownSystem, MappingSet

_PREFIX = re.compile(r"([^\W\d][\w.\-]*):")
_SPACE = re.compile(r"\s").search
_APART = ("curie_map", "extension_definitions", nouns.SYSTEMS)
_ALSO_NAMED = ("similarity_measure",)
"""Slots that are texts by their type and CURIEs in practice."""


@dataclass
class Plan:
    """A set ready to be written.

    Arguments:
        record: the slots of the set, those of extensions among them.
        records: those of its mappings.
        prefixes: what stands for what.
        extensions: every extension that is used, by name.
        losses: what could not be said.
    """

    record: Record
    records: list[Record]
    prefixes: Prefixes
    extensions: dict[str, Extension]
    losses: LossReport = field(default_factory=LossReport)

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Return names of extensions in the order of their properties."""
        return sorted(names, key=lambda name: (self.extension(name).property, name))

    def extension(self, name: str) -> Extension:
        """Return an extension, defined or not."""
        return self.extensions.get(name) or Extension.undefined(name)


def plan(mapping_set: MappingSet, known: Iterable[KnownSystem] = (), *, condense: bool = True) -> Plan:
    """Prepare a mapping set.

    Arguments:
        mapping_set: the set.
        known: systems whose URLs are known, for prefixes that the set does not declare.
        condense: say once in the set what all its mappings say alike.
    """
    losses = LossReport()
    kept = _kept(mapping_set, losses)
    declared = kept.get("curie_map")
    prefixes = Prefixes({str(k): str(v) for k, v in declared.items()} if isinstance(declared, Mapping) else {})
    systems = kept.get(nouns.SYSTEMS)
    if isinstance(systems, Mapping):
        prefixes.systems = {str(prefix): str(system) for prefix, system in systems.items()}
    namer = nouns.Namer(prefixes, {system.id: system.url for system in known if system.url})
    defaults = nouns.sources(mapping_set, namer)
    records = []
    for each in mapping_set.mappings:
        record = nouns.record(each, namer, losses)
        own = (each.extra or {}).get(nouns.EXTRA)
        for name, value in defaults.items():
            if value is not None and not (isinstance(own, dict) and name in own):
                record.setdefault(name, value)
        wrong = _unwritable(record)
        if wrong:
            losses.add("mappings", f"{each.subject} → {each.object}: {wrong}")
        else:
            records.append(record)
    said = _said(mapping_set, kept, losses)
    if not records:
        said |= {name: value for name, value in defaults.items() if value is not None}
    found = Plan(said, records, namer.prefixes, _extensions(kept, prefixes), losses)
    if condense:
        _condense(found)
    if _needs_1_1(found):
        found.record["sssom_version"] = "1.1"
    return found


def _kept(mapping_set: MappingSet, losses: LossReport) -> dict[str, Any]:
    extra = dict(mapping_set.extra or {})
    kept = extra.pop(nouns.EXTRA, None)
    for name, value in extra.items():
        losses.add(f"MappingSet.extra.{name}", value)
    for name in ("source_scope", "target_scope", "unmapped_rules", "experimental"):
        if value := getattr(mapping_set, name):
            losses.add(f"MappingSet.{name}", value)
    for name, usual in (("unmapped", "unknown"), ("status", "active")):
        if getattr(mapping_set, name) != usual:
            losses.add(f"MappingSet.{name}", getattr(mapping_set, name))
    return dict(kept) if isinstance(kept, dict) else {}


def _said(mapping_set: MappingSet, kept: dict[str, Any], losses: LossReport) -> Record:
    """Return the slots of a set."""
    said: dict[str, Any] = {
        "mapping_set_id": mapping_set.url or _default_id(mapping_set.id),
        "mapping_set_title": mapping_set.title if mapping_set.title != mapping_set.id else None,
        "mapping_set_version": mapping_set.version,
        "mapping_set_description": mapping_set.description,
        "license": mapping_set.licence or NO_LICENCE,
    }
    said |= {name: value for name, value in kept.items() if name not in (*_APART, "subject_source", "object_source")}
    found: Record = {}
    for name, value in said.items():
        if value is None or value in ("", []):
            continue
        if isinstance(value, str | float) or (isinstance(value, list) and name in SET and SET[name].many):
            found[name] = value
        else:
            losses.add(f"MappingSet.extra.{nouns.EXTRA}.{name}", value)
    return found


def _default_id(name: str) -> str:
    return name if "://" in name or name.startswith("urn:") else f"urn:termbank:mappings:{name}"


def _unwritable(record: Record) -> str | None:
    """Return the slot for which SSSOM cannot hold a mapping, if there is one."""
    for side in ("subject", "object"):
        name = record.get(f"{side}_id")
        if name is None and not record.get(f"{side}_label"):
            return f"{side}_label"
        if name is not None and (_SPACE(str(name)) or not str(name).partition(":")[2]):
            return f"{side}_id"
    for name in REQUIRED:
        text = str(record.get(name, ""))
        if not text.partition(":")[2] or _SPACE(text) or text == NO_TERM:
            return name
    return next((name for name, value in record.items() if _has_nul(value)), None)


def _has_nul(value: Value) -> bool:
    return any("\0" in str(text) for text in (value if isinstance(value, list) else [value]))


def _extensions(kept: dict[str, Any], prefixes: Prefixes) -> dict[str, Extension]:
    found = {}
    given = kept.get("extension_definitions")
    for item in given if isinstance(given, list) else []:
        name = str(item.get("slot_name"))
        definition = {key: str(value) for key, value in item.items()}
        plain = Extension.undefined(name)
        said = {key: prefixes.expand(definition[key]) for key in ("property", "type_hint") if key in definition}
        found[name] = Extension(
            name, said.get("property", plain.property), said.get("type_hint", plain.type_hint), definition
        )
    return found


def _condense(plan: Plan) -> None:
    """Say in the set what all its mappings say alike, where the set says nothing else of it."""
    for name in PROPAGATED:
        first = plan.records[0].get(name) if plan.records else None
        if first is None or plan.record.get(name, first) != first:
            continue
        if all(record.get(name) == first for record in plan.records):
            plan.record[name] = first
            for record in plan.records:
                del record[name]


def _needs_1_1(plan: Plan) -> bool:
    if any(SET[name].since != "1.0" or _is_new(value) for name, value in plan.record.items() if name in SET):
        return True
    return any(
        MAPPING[name].since != "1.0" or _is_new(value)
        for record in plan.records
        for name, value in record.items()
        if name in MAPPING
    )


def _is_new(value: Value) -> bool:
    return isinstance(value, str) and value in NEW_VALUES


def used_prefixes(plan: Plan) -> set[str]:
    """Return the prefixes that occur in any identifier of a set."""
    found: set[str] = set()
    for slots, record in ((SET, plan.record), *((MAPPING, record) for record in plan.records)):
        for name, value in record.items():
            slot = slots.get(name)
            named = slot.kind == "entity" or name in _ALSO_NAMED if slot else is_reference(plan.extension(name))
            if named:
                for text in value if isinstance(value, list) else [str(value)]:
                    found.update(_PREFIX.findall(text))
    for extension in plan.extensions.values():
        for key in ("property", "type_hint"):
            found.update(_PREFIX.findall((extension.definition or {}).get(key, "")))
    return found - BUILT_IN.keys()
