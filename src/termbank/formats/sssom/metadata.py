"""The metadata of a mapping set: its slots, prefixes and extension definitions, checked with line and field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from termbank.formats.sssom import values
from termbank.formats.sssom.curies import BUILT_IN, NAME, Prefixes, is_absolute
from termbank.formats.sssom.slots import MAPPING, PROPAGATED, REQUIRED_OF_SET, SET, Slot
from termbank.formats.sssom.values import Record, Rules
from termbank.model import Finding, KnownSystem, Location
from termbank.model.rules import rule

INVALID = "http://sssom.invalid/"
"""The property of an extension that has none of its own begins so."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_APART = ("curie_map", "extension_definitions", "mappings")


@dataclass(frozen=True)
class Extension:
    """A slot that SSSOM does not know.

    Arguments:
        name: as a key of the metadata or in the header row.
        property: what identifies its meaning, as an IRI.
        type_hint: the type of its values, as an IRI.
        definition: what the set says of it; None where it says nothing.
    """

    name: str
    property: str
    type_hint: str = _STRING
    definition: Mapping[str, str] | None = None

    @classmethod
    def undefined(cls, name: str) -> "Extension":
        """Return the extension that a slot nobody defined is taken as."""
        return cls(name, f"{INVALID}{name}")


@dataclass
class Metadata:
    """What a mapping set says about itself.

    Arguments:
        record: its slots, also those of extensions.
        prefixes: its prefixes.
        extensions: the extensions it defines, by name.
        rules: how values are checked in this set.
        lines: the line of each key.
        findings: what was found in it.
        newer: its slots that came after version 1.0, with their places.
    """

    record: Record
    prefixes: Prefixes
    extensions: dict[str, Extension]
    rules: Rules
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    newer: dict[str, Location] = field(default_factory=dict)

    @property
    def says_1_1(self) -> bool:
        """Whether the set says that it follows 1.1 or later."""
        return str(self.record.get("sssom_version", "1.0")) not in ("1.0",)

    def extension(self, name: str) -> Extension:
        """Return the extension of that name, defined or not."""
        return self.extensions.get(name) or Extension.undefined(name)


class _Reader:
    """Reads one block."""

    def __init__(self, block: Mapping[str, Any], lines: dict[str, int], where: Callable[[str], Location]) -> None:
        self.block, self.lines, self.where = block, lines, where
        self.findings: list[Finding] = []
        self.newer: dict[str, Location] = {}

    def found(self, name: str, at: str, given_value: str | None = None, /, **arguments: str) -> bool:
        finding = rule(name).finding(self.where(at), value=given_value, **arguments)
        self.findings.append(finding)
        return finding.severity != "error"

    def curie_map(self) -> dict[str, str]:
        given = self.block.get("curie_map")
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            self.found("sssom-no-mapping", "curie_map", slot="curie_map")
            return {}
        prefixes: dict[str, str] = {}
        for prefix, expansion in given.items():
            key = f"curie_map.{prefix}"
            if not NAME.fullmatch(prefix):
                self.found("sssom-prefix-name", key, prefix, given=prefix)
            elif not isinstance(expansion, str) or not is_absolute(expansion):
                self.found("sssom-prefix-expansion", key, str(expansion), prefix=prefix, given=str(expansion or ""))
            elif BUILT_IN.get(prefix, expansion) != expansion:
                self.found("sssom-prefix-redefined", key, prefix, given=prefix, expansion=BUILT_IN[prefix])
            else:
                prefixes[prefix] = expansion
        return prefixes

    def extensions(self, prefixes: Prefixes) -> dict[str, Extension]:
        given = self.block.get("extension_definitions")
        found: dict[str, Extension] = {}
        properties: set[str] = set()
        items = given if isinstance(given, list) else [] if given is None else [given]
        for item in items:
            extension = self._extension(item, prefixes)
            name = str(item.get("slot_name", "")) if isinstance(item, Mapping) else str(item)
            if extension is None or extension.name in found or extension.property in properties:
                self.found("sssom-extension-ignored", "extension_definitions", name, given=name)
            else:
                found[extension.name] = extension
                properties.add(extension.property)
        return found

    def _extension(self, item: Any, prefixes: Prefixes) -> Extension | None:
        if not isinstance(item, Mapping) or set(item) - {"slot_name", "property", "type_hint"}:
            return None
        name = item.get("slot_name")
        if not isinstance(name, str) or not NAME.fullmatch(name) or name in MAPPING or name in SET or name in _APART:
            return None
        resolved: dict[str, str] = {}
        for key in ("property", "type_hint"):
            text = item.get(key)
            if text is None:
                continue
            expanded = prefixes.expand(text) if isinstance(text, str) else ""
            if not expanded or (expanded == text and not (text.startswith("http") and "://" in text)):
                return None
            resolved[key] = expanded
        definition = {key: str(value) for key, value in item.items() if value is not None}
        return Extension(name, resolved.get("property", INVALID + name), resolved.get("type_hint", _STRING), definition)

    def record(self, rules: Rules, extensions: Mapping[str, Extension]) -> Record:
        record: Record = {}
        for key, given in self.block.items():
            if key in _APART or given is None or given in ("", []):
                continue
            name = self._current_name(key)
            if name in SET:
                self._slot(SET[name], given, rules, record)
            elif isinstance(given, Mapping | list):
                self.found("sssom-composite-value", key, slot=key)
            else:
                if key not in extensions:
                    self.found("sssom-unknown-slot", key, key, slot=key)
                record[key] = str(given)
        return record

    def _current_name(self, key: str) -> str:
        name = "similarity_measure" if key == "semantic_similarity_measure" else key
        if name != key and name not in self.block:
            self.found("sssom-old-name", key, key, old=key, new=name)
            return name
        return key

    def _slot(self, slot: Slot, given: Any, rules: Rules, record: Record) -> None:
        if isinstance(given, Mapping) or (isinstance(given, list) and not slot.many):
            self.found("sssom-composite-value", slot.name, slot=slot.name)
            return
        kept: list[str] = []
        for item in given if isinstance(given, list) else [given]:
            if item is None or item == "":
                continue
            if not isinstance(item, str):
                self.found("sssom-composite-value", slot.name, slot=slot.name)
                continue
            problem = values.problem(item, slot, rules)
            sound = problem is None or self.found(problem.rule, slot.name, item, **problem.arguments)
            if not sound and slot.kind not in ("uri", "entity", "version"):
                continue  # a date, a number or a word of a list that says nothing
            if values.newer(slot, item):
                self.newer.setdefault(slot.name, self.where(slot.name))
            kept.append(item)
        said = [values.read(item, slot, rules) for item in kept]
        if slot.many and said:
            record[slot.name] = [str(each) for each in said]
        elif said:
            record[slot.name] = said[0]


def metadata(
    block: Mapping[str, Any],
    lines: dict[str, int],
    where: Callable[[str], Location],
    known: Iterable[KnownSystem] = (),
    *,
    strict: bool = False,
    iris: bool = False,
) -> Metadata:
    """Make the metadata of a block, and say what is wrong in it.

    Arguments:
        block: key to value; scalars are texts.
        lines: the line of each key.
        where: gives the place of a slot.
        known: systems that prefixes may stand for.
        strict: what SSSOM forbids is an error, also where termbank could make sense of it.
        iris: the format has IRIs beside CURIEs.
    """
    reader = _Reader(block, lines, where)
    prefixes = Prefixes(reader.curie_map(), known)
    said = str(block.get("sssom_version") or "1.0")
    rules = Rules(prefixes, strict, iris, relative=False)
    extensions = reader.extensions(prefixes)
    record = reader.record(rules, extensions)
    rules = rules._replace(relative=said == "1.0")
    for name in REQUIRED_OF_SET if strict else ():
        if name not in record:
            reader.found("sssom-missing-slot", name, slot=name)
    return Metadata(record, prefixes, extensions, rules, lines, reader.findings, reader.newer)


def propagate(metadata: Metadata, own: Iterable[str]) -> Record:
    """Return what the set says for every mapping, and take it out of the set.

    Arguments:
        metadata: of the set; a slot that some mapping has a value of its own in stays, and holds for none.
        own: the slots in which any mapping has a value.
    """
    taken = set(own)
    return {name: metadata.record.pop(name) for name in PROPAGATED if name in metadata.record and name not in taken}
