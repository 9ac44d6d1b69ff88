"""SSSOM mapping sets read into our nouns."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from termbank.formats.sssom import nouns
from termbank.formats.sssom.audit import SetChecks
from termbank.formats.sssom.curies import BUILT_IN, Prefixes
from termbank.formats.sssom.examining import Examiner
from termbank.formats.sssom.metadata import Metadata
from termbank.formats.sssom.sheet import Sheet, open_sheet
from termbank.formats.sssom.slots import NO_LICENCE
from termbank.formats.sssom.values import Record, Value
from termbank.model import Finding, KnownSystem, Location, Mapping, MappingSet
from termbank.model.rules import rule

SUFFIX = ".sssom.tsv"

_FIELDS = {
    "mapping_set_id": "url", "mapping_set_title": "title", "mapping_set_version": "version", "license": "licence",
    "mapping_set_description": "description",
}  # fmt: skip
"""Slots of a set that are fields of our noun."""


class MappingReading(NamedTuple):
    """A mapping set that was read.

    Arguments:
        mapping_set: the set.
        findings: what was found; each of `refused` is among them.
        places: where each mapping of the set stands, in their order.
        path: the file.
        rows: how many rows the file has: the mappings of the set and the refused rows together.
        refused: one finding for each row that was refused.
    """

    mapping_set: MappingSet
    findings: list[Finding]
    places: list[Location]
    path: Path
    rows: int = 0
    refused: tuple[Finding, ...] = ()


def read(
    path: Path, known: Iterable[KnownSystem] = (), *, metadata: Path | None = None, strict: bool = False
) -> MappingReading:
    """Read a mapping set; every row becomes a mapping or a finding that says why not.

    A CURIE's prefix is taken as the short id of its system, so `kva:AU124` is the code AU124 of `kva`; a prefix that is
    otherwise written or named, but stands for a known system, is taken as that.

    Arguments:
        path: TSV, comma-separated values or JSON; its first lines, begun with `#`, or a file beside it hold the set's
            metadata in YAML.
        known: systems whose ids, URLs and OIDs are known.
        metadata: the file with the metadata, where it has another name than the file beside.
        strict: hold the file against the specification, as `termbank map lint` does: a prefix that nobody declares,
            a missing licence and the like are errors, and what the rows show together is checked.

    Raises:
        FormatError: the file is missing, has metadata that are no YAML, or lacks a required column; the error has a
            finding with the line.
    """
    sheet = open_sheet(path, known, metadata, strict=strict)
    examiner = Examiner(sheet)
    findings = [*sheet.metadata.findings, *sheet.findings, *examiner.findings]
    checks = SetChecks(sheet, examiner.common) if strict else None
    namer = nouns.Namer(sheet.metadata.prefixes)
    records: list[Record] = []
    mappings: list[Mapping] = []
    places: list[Location] = []
    refused: list[Finding] = []
    for row in examiner:
        findings += row.findings
        if row.refused is not None:
            refused.append(row.refused)
        elif row.cells is not None:
            where = sheet.where(row.line)
            record = examiner.record(row.cells)
            made = _mapping(record, sheet.metadata.prefixes, namer, where)
            if isinstance(made, Finding):
                refused.append(made)
                findings.append(made)
                continue
            records.append(record)
            mappings.append(made)
            places.append(where)
            if checks is not None:
                findings += checks.row(row.line, row.cells)
    if checks is not None:
        findings += checks.whole()
    if not records:  # so that what the set says for all its mappings has a place
        sheet.metadata.record |= examiner.common
    mapping_set = _set(sheet, records, mappings)
    return MappingReading(mapping_set, findings, places, path, len(mappings) + len(refused), tuple(refused))


def _mapping(record: Record, prefixes: Prefixes, namer: nouns.Namer, where: Location) -> Mapping | Finding:
    try:
        return nouns.mapping(record, prefixes, namer)
    except ValidationError as error:
        problem = error.errors()[0]
        reason = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
        return rule("invalid-record").finding(where, reason=reason)


def _set(sheet: Sheet, records: list[Record], mappings: list[Mapping]) -> MappingSet:
    said = dict(sheet.metadata.record)
    name = _stem(sheet.path)
    prefixes = sheet.metadata.prefixes
    common = nouns.common_sources(records) if records else {side: said.pop(side, None) for side in nouns.SOURCES}
    fields: dict[str, Any] = {field: said.pop(slot) for slot, field in _FIELDS.items() if slot in said}
    if fields.get("url") == f"urn:termbank:mappings:{name}":
        del fields["url"]  # the id that a set of this name has anyhow
    if fields.get("licence") == NO_LICENCE:
        del fields["licence"]
    subjects = {mapping.subject.system for mapping in mappings}
    objects = {mapping.object.system for mapping in mappings if mapping.object}
    fields["subject_source"] = _system(common["subject_source"], prefixes) or _only(subjects)
    fields["object_source"] = _system(common["object_source"], prefixes) or _only(objects)
    fields["title"] = fields.get("title") or name
    found = MappingSet(id=name, **fields)
    kept = _kept(sheet.metadata, said, common, found)
    if len({(each.get("subject_source"), each.get("object_source")) for each in records}) > 1:
        mappings = [_with_sources(*pair, common) for pair in zip(mappings, records, strict=True)]
    return found.model_copy(update={"mappings": tuple(mappings), "extra": {nouns.EXTRA: kept} if kept else None})


def _with_sources(mapping: Mapping, record: Record, common: dict[str, Value | None]) -> Mapping:
    """Keep the sources of a mapping with itself, where those of the set differ."""
    own = {name: record.get(name) for name, value in common.items() if record.get(name) != value}
    if not own:
        return mapping
    kept = (mapping.extra or {}).get(nouns.EXTRA) or {}
    return mapping.model_copy(update={"extra": {nouns.EXTRA: {**kept, **own}}})


def _kept(metadata: Metadata, said: Record, common: dict[str, Value | None], found: MappingSet) -> dict[str, Any]:
    """Return what a set says that our noun has no field for."""
    kept: dict[str, Any] = {name: value for name, value in said.items() if name != "sssom_version"}
    plain = nouns.sources(found, nouns.Namer(metadata.prefixes))
    kept |= {name: value for name, value in common.items() if plain[name] != value}
    declared = {prefix: iri for prefix, iri in metadata.prefixes.declared.items() if prefix not in BUILT_IN}
    if declared:
        kept["curie_map"] = declared
    if metadata.prefixes.systems:
        kept[nouns.SYSTEMS] = dict(metadata.prefixes.systems)
    defined = [dict(each.definition) for each in metadata.extensions.values() if each.definition]
    if defined:
        kept["extension_definitions"] = defined
    return kept


def _stem(path: Path) -> str:
    name = path.name
    for ending in (SUFFIX, ".sssom.json", ".sssom.csv", ".sssom.yml", ".tsv", ".json", ".csv", ".yml", ".yaml"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _system(source: Value | None, prefixes: Prefixes) -> str | None:
    """Return the system that stands for a source, given as a CURIE, a URL or the prefix itself."""
    if source is None:
        return None
    plain = str(source).rstrip("/#")
    for prefix, expansion in prefixes.declared.items():
        if plain in (prefix, expansion.rstrip("/#")):
            return prefixes.system(prefix)
    return prefixes.system(str(source).rstrip(":"))


def _only(systems: set[str]) -> str | None:
    return next(iter(systems)) if len(systems) == 1 else None
