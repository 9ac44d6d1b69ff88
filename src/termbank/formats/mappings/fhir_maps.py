"""A FHIR file with one ConceptMap as a mapping set with findings, and such a set written."""

from pathlib import Path

from termbank.errors import FormatError
from termbank.formats.fhir import reading, writing
from termbank.formats.losses import LossReport
from termbank.formats.mappings.relationship_table import NOT, RelationshipTable
from termbank.formats.sssom import MappingReading
from termbank.model import Finding, Location, Mapping, MappingSet
from termbank.model.mapping import INVERSE
from termbank.model.rules import rule


def read(path: Path, table: RelationshipTable | None = None) -> MappingReading:
    """Read the ConceptMap of a FHIR file: JSON, XML, or a Bundle with one.

    Arguments:
        path: the file.
        table: relationship values, where other than the usual; R4's equivalences are asked for as R5's relationships.

    Raises:
        FormatError: the file cannot be read, or has no ConceptMap or several; it has a finding.
    """
    sets: list[MappingSet] = []
    findings: list[Finding] = []
    for item in reading.read(path):
        if isinstance(item, MappingSet):
            sets.append(item)
        elif isinstance(item, Finding):
            findings.append(item)
    where = Location(path=str(path))
    if len(sets) != 1:
        refused = next((finding for finding in findings if finding.severity == "error"), None)
        finding = refused if refused and not sets else rule("mapping-not-one-set").finding(where, count=len(sets))
        raise FormatError(f"{path}: {finding.message('en')}", finding)
    found = sets[0]
    if table is not None:
        mappings = tuple(_overlaid(mapping, table) for mapping in found.mappings)
        found = found.model_copy(update={"mappings": mappings})
    return MappingReading(found, findings, [where] * len(found.mappings), path, len(found.mappings))


def _overlaid(mapping: Mapping, table: RelationshipTable) -> Mapping:
    """Return a mapping with the predicate that a table has for its relationship, if that is not the usual one."""
    predicate = table.reads.get(("fhir-r5", mapping.relationship or ""))
    if predicate is None or mapping.object is None:
        return mapping
    plain, negated = predicate.removeprefix(NOT), predicate.startswith(NOT)
    return mapping.model_copy(update={"predicate": plain, "negated": negated, "stated": mapping.relationship})


def write(
    mapping_set: MappingSet, path: Path, fhir_version: str = "5.0.0", table: RelationshipTable | None = None
) -> LossReport:
    """Write a mapping set as a ConceptMap.

    Arguments:
        mapping_set: the set.
        path: the file, `.json` or `.xml`.
        fhir_version: R4 or R5.
        table: relationship values, where other than the usual.

    Raises:
        WriteError: the file cannot be written.
    """
    if table is not None:
        mappings = tuple(_stated(mapping, table) for mapping in mapping_set.mappings)
        mapping_set = mapping_set.model_copy(update={"mappings": mappings})
    return writing.write([mapping_set], path, fhir_version)


def _stated(mapping: Mapping, table: RelationshipTable) -> Mapping:
    said = f"{NOT}{mapping.predicate}" if mapping.negated else mapping.predicate
    value = table.writes.get(("fhir-r5", said))
    known = next((relationship for relationship in INVERSE if relationship == value), None)
    return mapping if known is None else mapping.model_copy(update={"stated": known})
