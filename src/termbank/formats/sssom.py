"""SSSOM mapping sets as TSV with embedded metadata (https://mapping-commons.github.io/sssom/)."""

import csv
import datetime
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, get_args

import yaml
from pydantic import ValidationError

from termbank.errors import FormatError
from termbank.model import Coding, Finding, KnownSystem, Location, Mapping, MappingSet
from termbank.model.mapping import Predicate
from termbank.model.rules import rule

SUFFIX = ".sssom.tsv"
NO_TERM = "sssom:NoTermFound"
_PREFIXES = "prefixes of known systems"
_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


class MappingReading(NamedTuple):
    """A mapping set that was read.

    Arguments:
        mapping_set: the set.
        findings: what was found; each stands for a row that was refused.
        places: where each mapping of the set stands, in their order.
        path: the file.
    """

    mapping_set: MappingSet
    findings: list[Finding]
    places: list[Location]
    path: Path


def read(path: Path, known: Iterable[KnownSystem] = ()) -> MappingReading:
    """Read a mapping set; every row becomes a mapping or a finding that says why not.

    A CURIE's prefix is taken as the short id of its system, so `kva:AU124` is the code AU124 of `kva`; a prefix that is
    otherwise written or named, but stands for a known system, is taken as that.

    Arguments:
        path: a TSV file in UTF-8 whose first lines, begun with `#`, hold the set's metadata in YAML.
        known: systems whose ids, URLs and OIDs are known.

    Raises:
        FormatError: the file is missing, not UTF-8, has wrong metadata, lacks a required column or has a quote that is
            not closed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FormatError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise FormatError(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise FormatError(f"{path}: the file cannot be read: {error.strerror}") from None
    lines = text.splitlines(keepends=True)
    above = 0
    while above < len(lines) and lines[above].startswith("#"):
        above += 1
    metadata = _metadata("".join(line[1:] for line in lines[:above]), path)
    csv.field_size_limit(1 << 24)
    rows = csv.DictReader(io.StringIO("".join(lines[above:])), delimiter="\t", strict=True)
    try:
        missing = [name for name in _NEEDED if name not in (rows.fieldnames or [])]
        if missing:
            raise FormatError(f"{path}:{above + 1}: the SSSOM columns {', '.join(missing)} are missing")
        metadata[_PREFIXES] = _prefixes(metadata, known)
        mappings, findings, places = _rows(rows, above, metadata, path)
    except csv.Error as error:
        raise FormatError(f"{path}:{above + rows.line_num + 1}: the row cannot be read: {error}") from None
    return MappingReading(_set(metadata, path, mappings), findings, places, path)


def _rows(
    rows: "csv.DictReader[str]", above: int, metadata: dict[str, Any], path: Path
) -> tuple[list[Mapping], list[Finding], list[Location]]:
    mappings: list[Mapping] = []
    findings: list[Finding] = []
    places: list[Location] = []
    for row in rows:
        where = Location(path=str(path), line=above + rows.line_num)
        try:
            mappings.append(_mapping(row, metadata))
            places.append(where)
        except ValidationError as error:
            problem = error.errors()[0]
            reason = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
            findings.append(rule("invalid-record").finding(where, reason=reason))
        except ValueError as error:
            findings.append(rule("invalid-record").finding(where, reason=error))
    return mappings, findings, places


def _metadata(text: str, path: Path) -> dict[str, Any]:
    try:
        metadata = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FormatError(f"{path}:{mark.line + 1 if mark else 1}: the metadata is not valid YAML") from None
    except ValueError as error:  # a date that there is not
        raise FormatError(f"{path}:1: the metadata cannot be read: {error}") from None
    if not isinstance(metadata, dict):
        raise FormatError(f"{path}:1: the metadata is not a YAML mapping")
    if not isinstance(metadata.get("curie_map") or {}, dict):
        raise FormatError(f"{path}:1: curie_map is not a YAML mapping")
    return metadata


def _set(metadata: dict[str, Any], path: Path, mappings: Iterable[Mapping]) -> MappingSet:
    mappings = tuple(mappings)
    subjects = {mapping.subject.system for mapping in mappings}
    objects = {mapping.object.system for mapping in mappings if mapping.object}
    name = path.name.removesuffix(SUFFIX)
    return MappingSet(
        id=name,
        title=str(metadata.get("mapping_set_title") or name),
        version=_text(metadata.get("mapping_set_version")),
        subject_source=_system(metadata.get("subject_source"), metadata) or _only(subjects),
        object_source=_system(metadata.get("object_source"), metadata) or _only(objects),
        licence=_text(metadata.get("license")),
        description=_text(metadata.get("mapping_set_description")),
        mappings=mappings,
    )


def _system(source: Any, metadata: dict[str, Any]) -> str | None:
    """The prefix that stands for a source, given as a CURIE, a URL or the prefix itself."""
    if source is None:
        return None
    prefixes: dict[str, str] = metadata[_PREFIXES]
    for prefix, expansion in (metadata.get("curie_map") or {}).items():
        if str(source).rstrip("/#") in (prefix, str(expansion).rstrip("/#")):
            return prefixes.get(prefix, str(prefix))
    name = str(source).rstrip(":")
    return prefixes.get(name, name)


def _prefixes(metadata: dict[str, Any], known: Iterable[KnownSystem]) -> dict[str, str]:
    """Return the system that each prefix stands for, where that is a known one with another id."""
    ids: dict[str, str] = {}
    for system in known:
        for name in (system.id, system.url, *(identifier.value for identifier in system.identifiers)):
            if name:
                ids.setdefault(name.lower().rstrip("/#"), system.id)
    expansions = {str(prefix): str(expansion) for prefix, expansion in (metadata.get("curie_map") or {}).items()}
    names = {prefix: (prefix, expansion.removeprefix("urn:oid:")) for prefix, expansion in expansions.items()}
    return {
        prefix: ids[name.lower().rstrip("/#.")]
        for prefix, both in names.items()
        for name in both
        if name.lower().rstrip("/#.") in ids
    }


def _only(systems: set[str]) -> str | None:
    return next(iter(systems)) if len(systems) == 1 else None


def _mapping(row: dict[str, Any], metadata: dict[str, Any]) -> Mapping:
    if row.get(None):  # type: ignore[call-overload]
        raise ValueError("the row has more fields than the header")
    short = [name for name in _NEEDED if not row.get(name)]
    if short:
        raise ValueError(f"{', '.join(short)} is empty")
    predicate = row["predicate_id"]
    if predicate not in get_args(Predicate):
        raise ValueError(f"predicate_id: {predicate} is not one of {', '.join(get_args(Predicate))}")
    modifier = row.get("predicate_modifier") or ""
    if modifier not in ("", "Not"):
        raise ValueError(f"predicate_modifier: {modifier} is not Not")
    date = row.get("mapping_date") or metadata.get("mapping_date")
    return Mapping(
        subject=_coding(row, "subject", metadata),
        object=None if row["object_id"] == NO_TERM else _coding(row, "object", metadata),
        predicate=predicate,
        negated=modifier == "Not",
        justification=row["mapping_justification"],
        confidence=float(row["confidence"].replace(",", ".")) if row.get("confidence") else None,
        author=row.get("author_label") or row.get("author_id") or None,
        reviewer=row.get("reviewer_label") or row.get("reviewer_id") or None,
        date=datetime.date.fromisoformat(str(date)) if date else None,
        tool=row.get("mapping_tool") or metadata.get("mapping_tool"),
        comment=row.get("comment") or None,
    )


def _coding(row: dict[str, Any], side: str, metadata: dict[str, Any]) -> Coding:
    prefix, colon, code = row[f"{side}_id"].partition(":")
    if not colon or not code or code.startswith("//"):
        raise ValueError(f"{side}_id: {row[f'{side}_id']} is no CURIE such as kva:AU124")
    return Coding(
        system=metadata[_PREFIXES].get(prefix, prefix),
        code=code,
        version=_text(row.get(f"{side}_source_version") or metadata.get(f"{side}_source_version")),
        display=row.get(f"{side}_label") or None,
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
