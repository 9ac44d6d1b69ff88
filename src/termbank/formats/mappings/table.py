"""Mappings as plain tables, CSV or XLSX: from two columns, of codes, up to titles, relationships and reasons."""

import datetime
import re
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, NamedTuple

from termbank.errors import FormatError
from termbank.formats.losses import LossReport
from termbank.formats.mappings import gathering, sheets
from termbank.formats.mappings.relationship_table import NO_TERM, NOT, UNSPECIFIED, key, word
from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Finding, Location, Mapping, MappingSet
from termbank.model.rules import rule

EXTRA = "table"

COLUMNS: dict[str, tuple[str, ...]] = {
    "source_code": ("source_code", "source code", "sourcecode", "källkod", "från kod", "från", "lokal kod", "from_code",
                    "from", "source", "källa", "code", "kod"),
    "source_title": ("source_title", "source title", "källtitel", "källtext", "lokal term", "source_display",
                     "source_label", "källbenämning", "term", "title", "titel"),
    "target_code": ("target_code", "target code", "targetcode", "målkod", "till kod", "till", "to_code", "to", "target",
                    "mål", "motsvarighet"),
    "target_title": ("target_title", "target title", "måltitel", "måltext", "target_display", "target_label",
                     "målbenämning"),
    "relationship": ("relationship", "relation", "förhållande", "predicate", "equivalence", "ekvivalens",
                     "mappningstyp"),
    "comment": ("comment", "kommentar", "anmärkning", "note", "motivering"),
    "source_system": ("source_system", "källkodverk", "källsystem"),
    "source_version": ("source_version", "källversion"),
    "target_system": ("target_system", "målkodverk", "målsystem"),
    "target_version": ("target_version", "målversion"),
    "confidence": ("confidence", "säkerhet", "konfidens"),
    "author": ("author", "mappad av", "författare"),
    "reviewer": ("reviewer", "granskad av", "granskare"),
    "date": ("date", "datum"),
    "justification": ("justification", "grund"),
    "tool": ("tool", "verktyg"),
    "group": ("group", "grupp"),
    "priority": ("priority", "prioritet"),
    "rule": ("rule", "regel"),
}  # fmt: skip
"""The columns that are understood, each with the names it goes by when none is given; what we write has the first."""

_ALWAYS = ("source_code", "source_title", "target_code", "target_title", "relationship", "comment")
_MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{2,3}", re.IGNORECASE)
_NAMED = re.compile(r"(?P<source>.+?)-to-(?P<target>.+)")
_Row = dict[str, str]


class _Ways(NamedTuple):
    source: str
    target: str
    predicate: str


def read(
    path: Path,
    *,
    source: str | None = None,
    target: str | None = None,
    columns: Table[str, str] | None = None,
    predicate: str = UNSPECIFIED,
) -> MappingReading:
    """Read a table; every row becomes a mapping, or a finding that says why not.

    Columns that are not understood are kept with the mapping. A row without target code is a mapping only where its
    relationship says that there is none (`saknas`, `no match` ...): else nobody has decided, and it is refused.

    Arguments:
        path: CSV (UTF-8, UTF-16 or Windows-1252; `;`, `,`, tab or `|`), or XLSX, of which the first sheet is read.
        source, target: the systems, where no column says them; None: by a file name such as `ksi-to-kva.csv`.
        columns: role to column name, where the names differ from those in `COLUMNS`.
        predicate: what a row without relationship means.

    Raises:
        FormatError: the file is missing or unreadable, has no column of source or target codes, or nothing says of
            which systems they are.
    """
    rows, findings = sheets.lines(path)
    names = sheets.header(rows[0], path)
    found = gathering.Gathered(path)
    found.findings += findings
    place = _places(names, columns or {}, path, found)
    ways = _Ways(*_systems(path, source, target, place), predicate)
    numbers: list[str] = []
    codes: dict[str, list[str]] = {"source_code": [], "target_code": []}
    unsaid = 0
    for where, line, wrong in sheets.iterate(rows[1:], names, path):
        cells = {name: cell for name, cell in zip(names, line.cells, strict=False) if cell and name}
        row = {role: line.cells[at].strip() for role, at in place.items() if at < len(line.cells)}
        row = {role: cell for role, cell in row.items() if cell}
        for role in codes:
            numbers += [row[role]] if place[role] in line.numbers and role in row else []
        mangled = (_mangled(row.get(role, ""), place[role] in line.rounded, where, role) for role in codes)
        reason = wrong or next(filter(None, mangled), None) or _problem(row, where)
        if reason is not None:
            found.refuse(reason)
            continue
        unsaid += "relationship" not in row
        mapping = _mapping(row, ways)
        kept: dict[str, Any] = gathering.beside(row, _own(mapping, ways) or {})
        if row.get("relationship") == key(mapping):
            kept.pop("relationship", None)
        kept.update({name: cell for name, cell in cells.items() if names.index(name) not in place.values()})
        found.accept(gathering.with_kept(mapping, EXTRA, kept), where)
        for role in codes:
            codes[role] += [row[role]] if role in row else []
    here = Location(path=str(path))
    for role, column in codes.items():
        if not numbers and len({len(code) for code in column}) > 1 and all(map(_could_lack_zeros, column)):
            short = min(column, key=len)
            found.findings.append(
                rule("mapping-uneven-codes").finding(here.with_(field=role), field=role, example=short)
            )
    if numbers:
        found.findings.append(rule("mapping-number-cells").finding(here, count=len(numbers), example=numbers[0]))
    if unsaid:
        found.findings.append(rule("mapping-relationship-assumed").finding(here, count=unsaid, predicate=predicate))
    return found.reading()


def _could_lack_zeros(code: str) -> bool:
    return code.isascii() and code.isdigit() and not code.startswith("0")


def _places(names: list[str], chosen: Table[str, str], path: Path, found: gathering.Gathered) -> dict[str, int]:
    """Find which column holds what; of two columns with other names, the first is the source."""
    lower = [name.lower() for name in names]
    place: dict[str, int] = {}
    for role, name in chosen.items():
        if role not in COLUMNS:
            raise FormatError(f"{path}: {role} is no column role; the roles are {', '.join(COLUMNS)}")
        if name.strip().lower() not in lower:
            raise FormatError(f"{path}:1: there is no column {name}; the columns are {', '.join(names)}")
        place[role] = lower.index(name.strip().lower())
    for role, known in COLUMNS.items():
        at = next((lower.index(name) for name in known if name in lower), None)
        if role not in place and at is not None and at not in place.values():
            place[role] = at
    missing = [role for role in ("source_code", "target_code") if role not in place]
    if missing and len(names) == 2 and not chosen:
        place = {"source_code": 0, "target_code": 1}
        where = Location(path=str(path), line=1)
        found.findings.append(rule("mapping-columns-assumed").finding(where, source=names[0], target=names[1]))
    elif missing:
        raise FormatError(
            f"{path}:1: no column holds the {missing[0].replace('_', ' ')}; the columns are {', '.join(names)}. "
            f"Say which: source_code=NAME, target_code=NAME"
        )
    return place


def _systems(path: Path, source: str | None, target: str | None, place: Table[str, int]) -> tuple[str, str]:
    named = _NAMED.fullmatch(gathering.stem(path))
    source = source or (named["source"] if named else None) or ("" if "source_system" in place else None)
    target = target or (named["target"] if named else None) or ("" if "target_system" in place else None)
    if source is None or target is None:
        raise FormatError(
            f"{path}: nothing says of which systems the codes are; name source and target, or call the file "
            f"SOURCE-to-TARGET{path.suffix}"
        )
    return source, target


def _mangled(code: str, rounded: bool, where: Location, role: str) -> Finding | None:
    if rounded or _MANGLED.fullmatch(code):
        return rule("mapping-mangled-code").finding(where.with_(field=role), value=code, field=role, given=code)
    return None


def _problem(row: _Row, where: Location) -> Finding | None:
    if "source_code" not in row:
        return rule("mapping-missing-code").finding(where.with_(field="source_code"), field="source_code")
    said = row.get("relationship", "")
    predicate = word(said) if said else ""
    if predicate is None or (predicate == NO_TERM and "target_code" in row):
        place = where.with_(field="relationship")
        return rule("mapping-unknown-relationship").finding(place, field="relationship", given=said)
    if "target_code" not in row and predicate != NO_TERM:
        return rule("mapping-no-target").finding(where, code=row["source_code"])
    for role in ("confidence", "group", "priority"):
        if role in row and not _is_number(row[role], role):
            return rule("mapping-not-a-number").finding(where.with_(field=role), field=role, given=row[role])
    if "date" in row and _date(row["date"]) is None:
        return rule("not-a-date").finding(where.with_(field="date"), field="date", given=row["date"])
    return None


def _is_number(text: str, role: str) -> bool:
    if role == "confidence":
        found = _fraction(text)
        return found is not None and 0 <= found <= 1
    return text.isascii() and text.isdigit() and len(text) <= 9


def _fraction(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _mapping(row: _Row, ways: _Ways) -> Mapping:
    predicate = (word(row["relationship"]) if "relationship" in row else None) or ways.predicate
    target = row.get("target_code")
    return Mapping(
        subject=Coding(
            system=row.get("source_system", ways.source),
            code=row["source_code"],
            version=row.get("source_version"),
            display=row.get("source_title"),
        ),
        object=Coding(
            system=row.get("target_system", ways.target),
            code=target,
            version=row.get("target_version"),
            display=row.get("target_title"),
        )
        if target
        else None,
        predicate=predicate.removeprefix(NOT) if target else NO_TERM,
        negated=predicate.startswith(NOT),
        group=int(row["group"]) if "group" in row else None,
        priority=int(row["priority"]) if "priority" in row else None,
        rule=row.get("rule"),
        justification=row.get("justification", gathering.UNSPECIFIED_MATCHING),
        confidence=_fraction(row["confidence"]) if "confidence" in row else None,
        author=row.get("author"),
        reviewer=row.get("reviewer"),
        date=_date(row["date"]) if "date" in row else None,
        tool=row.get("tool"),
        comment=row.get("comment"),
    )


def _own(mapping: Mapping, ways: _Ways) -> _Row:
    """Return the row that the fields of a mapping make."""
    target, said = mapping.object, key(mapping)
    found = {
        "source_code": mapping.subject.code,
        "source_title": mapping.subject.display,
        "target_code": target.code if target else None,
        "target_title": target.display if target else None,
        "relationship": "no match" if target is None else None if said == ways.predicate else said,
        "comment": mapping.comment,
        "source_system": mapping.subject.system if mapping.subject.system != ways.source else None,
        "source_version": mapping.subject.version,
        "target_system": target.system if target and target.system != ways.target else None,
        "target_version": target.version if target else None,
        "confidence": None if mapping.confidence is None else repr(mapping.confidence),
        "author": mapping.author,
        "reviewer": mapping.reviewer,
        "date": mapping.date.isoformat() if mapping.date else None,
        "justification": mapping.justification if mapping.justification != gathering.UNSPECIFIED_MATCHING else None,
        "tool": mapping.tool,
        "group": None if mapping.group is None else str(mapping.group),
        "priority": None if mapping.priority is None else str(mapping.priority),
        "rule": mapping.rule,
    }
    return {name: value for name, value in found.items() if value}


def write(mapping_set: MappingSet, target: Path | str, *, separator: str = ";") -> LossReport:
    """Write a table, CSV or XLSX by the name of the file, which appears when it is whole.

    Relationships are written as predicates (`skos:broadMatch`, `not skos:exactMatch`) or `no match`. Columns that
    nothing stands in are left out, but for the first six. No cell begins with a formula.

    Arguments:
        mapping_set: the set.
        target: the file.
        separator: of CSV.

    Returns:
        What a table cannot hold; a mapping that it cannot is counted under `mappings`.

    Raises:
        WriteError: the file cannot be written, or there is too much for a sheet.
        FormatError: a text has half a character in it.
    """
    path = Path(target)
    losses = LossReport()
    named = _NAMED.fullmatch(gathering.stem(path))
    ways = _Ways(named["source"] if named else "", named["target"] if named else "", "")
    rows: list[_Row] = []
    again: list[Mapping] = []
    for mapping in mapping_set.mappings:
        found = _whole(mapping, ways)
        if found is None:
            gathering.not_written(mapping, losses)
            continue
        row, read_again = found
        gathering.count_lost(mapping, read_again, EXTRA, losses)
        rows.append(row)
        again.append(read_again)
    read_set = MappingSet(id=gathering.stem(path), **gathering.common_sources(again))
    gathering.count_lost_in_set(mapping_set, read_set, EXTRA, losses)
    present = {name for row in rows for name in row}
    systems = () if named else ("source_system", "target_system")
    names = [name for name in COLUMNS if name in _ALWAYS or name in systems or name in present]
    names += sorted(present - COLUMNS.keys())
    sheets.write(path, names, ([row.get(name, "") for name in names] for row in rows), separator)
    return losses


def _whole(mapping: Mapping, ways: _Ways) -> tuple[_Row, Mapping] | None:
    place = Location()
    kept = gathering.kept(mapping, EXTRA)
    taken = {name for names in COLUMNS.values() for name in names}
    others = {
        name for name in kept if name not in COLUMNS and name.strip().lower() not in taken and name.strip() == name
    }

    def again(row: dict[str, Any]) -> Mapping | None:
        if any(not isinstance(value, str) for value in row.values()):
            return None
        said = {name: value.strip() for name, value in row.items() if name in COLUMNS and value.strip()}
        codes = (said.get("source_code", ""), said.get("target_code", ""))
        if _problem(said, place) or any(_MANGLED.fullmatch(code) for code in codes):
            return None
        found = _mapping(said, ways)
        beside = gathering.beside(said, _own(found, ways)) | {name: row[name] for name in others & row.keys() if name}
        return gathering.with_kept(found, EXTRA, beside)

    own: dict[str, Any] = dict(_own(mapping, ways))
    return gathering.whole(mapping, own, {name: kept[name] for name in kept if name in COLUMNS or name in others},
                           others, again)  # fmt: skip
