"""Mapping sets from and to files of any format: the entry to all readers and writers of mappings.

What each format can hold: docs/mappings/formats.md; how their relationships correspond: docs/mappings/relationships.md.
"""

import csv
import json
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, Literal, get_args

from termbank.errors import FormatError, WriteError
from termbank.formats import sssom
from termbank.formats.dialect import detect, unreadable
from termbank.formats.losses import LossReport
from termbank.formats.mappings import fhir_maps, gathering, jskos, rf2_maps, table, usagi
from termbank.formats.mappings.relationship_table import RelationshipTable
from termbank.formats.sssom import MappingReading
from termbank.model import KnownSystem, Location, MappingSet
from termbank.model.rules import rule

Format = Literal["sssom", "fhir", "jskos", "usagi", "rf2", "table"]
"""The formats, by the names that the command line gives them."""

_HEAD = 1 << 16
_ENDINGS: tuple[tuple[str, Format], ...] = (
    (".sssom.tsv", "sssom"), (".sssom.csv", "sssom"), (".sssom.json", "sssom"), (".sssom.yml", "sssom"),
    (".usagi.csv", "usagi"), (".jskos.json", "jskos"), (".ndjson", "jskos"), (".jsonl", "jskos"),
    (".fhir.json", "fhir"),    (".xml", "fhir"), (".xlsx", "table"), (".xlsm", "table"),
)  # fmt: skip
_BY_NAME_ONLY: tuple[tuple[str, Format], ...] = ((".tsv", "sssom"), (".csv", "table"))


def format_of(path: Path) -> Format:
    """Tell the format of a file, by its name and, where that is not enough, its content.

    Raises:
        FormatError: it cannot be read, or is a mapping in none of the formats; it has a finding.
    """
    name = path.name.lower()
    found = next((form for ending, form in _ENDINGS if name.endswith(ending)), None)
    if found is not None:
        return found
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise unreadable(path, error) from None
    if name.endswith(".json"):
        found = _json_format(path)
    elif name.endswith((".csv", ".tsv", ".txt")):
        found = _text_format(path, head)
    if found is None:
        finding = rule("mapping-unknown-format").finding(Location(path=str(path)))
        raise FormatError(
            f"{path}: this is no mapping in a format that can be read ({', '.join(get_args(Format))}); name the format",
            finding,
        )
    return found


def _json_format(path: Path) -> Format | None:
    try:
        content = jskos.parse(path.read_bytes())
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        finding = rule("mapping-not-json").finding(Location(path=str(path), line=line), problem=error)
        raise FormatError(f"{path}: this is no JSON: {error}", finding) from None
    if isinstance(content, dict) and isinstance(content.get("resourceType"), str):
        return "fhir"
    if jskos.is_jskos(content):
        return "jskos"
    if isinstance(content, dict) and ("mapping_set_id" in content or _has_sssom_rows(content.get("mappings"))):
        return "sssom"
    return None


def _has_sssom_rows(rows: Any) -> bool:
    return isinstance(rows, list) and any(isinstance(row, dict) and "predicate_id" in row for row in rows)


def _text_format(path: Path, head: bytes) -> Format | None:
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    dialect, _ = detect(path)
    lines = head.decode(dialect.encoding, "replace").removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("#"):
        return "sssom"
    if rf2_maps.is_refset(first):
        return "rf2"
    names = next(csv.reader([first], delimiter=dialect.separator), [])
    if "predicate_id" in names or ("subject_id" in names and "object_id" in names):
        return "sssom"
    if usagi.is_usagi(names):
        return "usagi"
    return "table" if len(names) > 1 else None


def read(
    path: Path | str,
    format: Format | None = None,
    *,
    known: Iterable[KnownSystem] = (),
    source: str | None = None,
    target: str | None = None,
    columns: Table[str, str] | None = None,
    relationships: RelationshipTable | None = None,
) -> MappingReading:
    """Read a mapping set; every row becomes a mapping, or a finding that says why not.

    Arguments:
        path: the file.
        format: of the file; None: by its name and content.
        known: systems whose URLs and OIDs are known (SSSOM, JSKOS).
        source, target: systems, where the file does not say them (tables, Usagi, RF2).
        columns: role to column name, of a table.
        relationships: values of relationships, where other than the usual.

    Raises:
        FormatError: the file cannot be read, or is none of these; where it has a finding, that says the same.
    """
    path = Path(path)
    readers: dict[Format, Callable[[], MappingReading]] = {
        "sssom": lambda: sssom.read(path, known),
        "fhir": lambda: fhir_maps.read(path, relationships),
        "jskos": lambda: jskos.read(path, known, table=relationships),
        "usagi": lambda: usagi.read(path, source=source, target=target or usagi.OMOP, table=relationships),
        "rf2": lambda: rf2_maps.read(path, source=source or rf2_maps.SNOMED, target=target, table=relationships),
        "table": lambda: table.read(path, source=source, target=target, columns=columns),
    }
    return readers[format or format_of(path)]()


def write(
    mapping_set: MappingSet,
    path: Path | str,
    format: Format | None = None,
    *,
    known: Iterable[KnownSystem] = (),
    relationships: RelationshipTable | None = None,
    fhir_version: str = "5.0.0",
) -> LossReport:
    """Write a mapping set; the file appears when it is whole.

    Arguments:
        mapping_set: the set.
        path: the file.
        format: None: by the name of the file: `.sssom.tsv`, `.sssom.json`, `.usagi.csv`, `.jskos.json`, `.ndjson`,
            `.fhir.json`, `.xml`, `.xlsx`, `.csv` (a table), `.tsv` (SSSOM), or a map refset's `der2_...txt`.
        known: systems whose URLs are known (SSSOM, JSKOS).
        relationships: values of relationships, where other than the usual.
        fhir_version: R4 (`4.0.1`) or R5, of FHIR.

    Returns:
        What the format cannot hold.

    Raises:
        WriteError: the file cannot be written, or its name does not say the format.
    """
    path = Path(path)
    writers: dict[Format, Callable[[], LossReport]] = {
        "sssom": lambda: sssom.write(mapping_set, path, known),
        "fhir": lambda: fhir_maps.write(mapping_set, path, fhir_version, relationships),
        "jskos": lambda: jskos.write(mapping_set, path, known, table=relationships),
        "usagi": lambda: usagi.write(mapping_set, path, table=relationships),
        "rf2": lambda: rf2_maps.write(mapping_set, path, table=relationships),
        "table": lambda: table.write(mapping_set, path),
    }
    return writers[format or format_by_name(path)]()


def format_by_name(path: Path) -> Format:
    """Tell in which format a file of this name is written.

    Raises:
        WriteError: the name does not say it.
    """
    name = path.name.lower()
    found = next((form for ending, form in (*_ENDINGS, *_BY_NAME_ONLY) if name.endswith(ending)), None)
    if found is None and name.endswith(".txt") and "refset_" in name:
        return "rf2"
    if found is None:
        raise WriteError(f"{path}: the name does not say the format; name one of {', '.join(get_args(Format))}.")
    return found


loss_findings = gathering.loss_findings
