"""Usagi's CSV of code mappings (OHDSI): source codes, their OMOP concepts, and who decided what, both ways.

Source: the program itself (github.com/OHDSI/Usagi: what it saves, its statuses, types and equivalences; times are in
milliseconds since 1970). One row is one target of a source code; the targets of a code hold together. Columns that
begin with `ADD_INFO:` are the user's own, which Usagi keeps; we write the system of the source code there.
"""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from termbank.errors import FormatError
from termbank.formats.losses import LossReport
from termbank.formats.mappings import gathering, sheets
from termbank.formats.mappings.relationship_table import NO_TERM, NOT, RelationshipTable
from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Finding, Location, Mapping, MappingSet
from termbank.model.rules import rule

EXTRA = "usagi"
OMOP = "omop"
"""The short id under which OMOP's concept ids are known."""

SYSTEM, VERSION = "ADD_INFO:sourceSystem", "ADD_INFO:sourceVersion"
COLUMNS = (
    "sourceCode", "sourceName", "sourceFrequency", "sourceAutoAssignedConceptIds", "matchScore", "mappingStatus",
    "equivalence", "statusSetBy", "statusSetOn", "conceptId", "conceptName", "domainId", "mappingType", "comment",
    "createdBy", "createdOn", "assignedReviewer",
)  # fmt: skip
_NEEDED = ("sourceCode", "conceptId", "mappingStatus")
_UNDECIDED = "undecided"
_UNSAID = {
    "sourceFrequency", "sourceAutoAssignedConceptIds", "domainId", "mappingType", "assignedReviewer",
}  # fmt: skip
_APPROVED = "APPROVED"
_AUTOMATIC = "semapv:LexicalSimilarityThresholdMatching"
_EPOCH = datetime.date(1970, 1, 1)
_DAY = 86_400_000
_Row = dict[str, str]


class _Ways(NamedTuple):
    source: str
    target: str
    table: RelationshipTable


def is_usagi(names: list[str]) -> bool:
    """Tell a file of Usagi by the names of its columns."""
    return all(name in names for name in _NEEDED)


def read(
    path: Path, *, source: str | None = None, target: str = OMOP, table: RelationshipTable | None = None
) -> MappingReading:
    """Read what Usagi saved; every row becomes a mapping, or a finding that says why not.

    The concepts of one source code are in groups 1, 2 ...: they hold together, one of each group. A row without a
    concept is a mapping only if somebody approved that there is none (UNMATCHED); else nobody has decided yet: it is
    refused, but kept with the set, so that writing gives it again. `reviewer` is who set the status, `author` who
    chose the concept; what is not approved is justified by Usagi's comparison of names, and has its score as
    confidence.

    Arguments:
        path: the file.
        source: system of the source codes, where the file does not say it; None: the file's name.
        target: system of the concept ids.
        table: relationship values, where other than the usual.

    Raises:
        FormatError: the file is missing, no CSV, or lacks a column that Usagi always writes.
    """
    rows, findings = sheets.lines(path)
    names = sheets.header(rows[0], path)
    if not is_usagi(names):
        raise FormatError(f"{path}:1: a file of Usagi has the columns {', '.join(_NEEDED)}; some are missing")
    ways = _Ways(source or gathering.stem(path), target, table or RelationshipTable())
    found = gathering.Gathered(path)
    found.findings += findings
    good: list[tuple[_Row, Location]] = []
    undecided: list[_Row] = []
    for where, line, wrong in sheets.iterate(rows[1:], names, path):
        row = {name: cell for name, cell in zip(names, line.cells, strict=False) if cell and name}
        reason = wrong or _problem(row, where, ways)
        if reason is not None:
            found.refuse(reason)
            if reason.rule == "mapping-no-target":
                undecided.append(row)
        else:
            good.append((row, where))
    several = Counter(_key(row) for row, _ in good)
    met: Counter[tuple[str, ...]] = Counter()
    for row, where in good:
        met[_key(row)] += 1
        group = met[_key(row)] if several[_key(row)] > 1 else None
        mapping = _mapping(row, group, ways)
        kept = gathering.beside(row, _own(mapping, ways) or {})
        found.accept(gathering.with_kept(mapping, EXTRA, kept), where)
    waiting = sum(row["mappingStatus"] != _APPROVED for row, _ in good)
    if waiting:
        found.findings.append(rule("mapping-not-approved").finding(Location(path=str(path)), count=waiting))
    return found.reading({"extra": {EXTRA: {_UNDECIDED: undecided}} if undecided else None})


def _key(row: _Row) -> tuple[str, ...]:
    return row.get(SYSTEM, ""), row.get(VERSION, ""), row["sourceCode"]


def _problem(row: _Row, where: Location, ways: _Ways) -> Finding | None:
    for name in ("sourceCode", "mappingStatus"):
        if not row.get(name, "").strip():
            return rule("mapping-missing-code").finding(where.with_(field=name), field=name)
    concept = row.get("conceptId", "").strip() or "0"
    if not (concept.isascii() and concept.isdigit()):
        return rule("mapping-not-a-number").finding(where.with_(field="conceptId"), field="conceptId", given=concept)
    equivalence = row.get("equivalence", "UNREVIEWED")
    predicate = ways.table.read("usagi", equivalence)
    if predicate is None or (predicate == NO_TERM and int(concept)):
        place = where.with_(field="equivalence")
        return rule("mapping-unknown-relationship").finding(place, field="equivalence", given=equivalence)
    if int(concept) == 0 and (predicate != NO_TERM or row["mappingStatus"] != _APPROVED):
        return rule("mapping-no-target").finding(where, code=row["sourceCode"])
    return None


def _mapping(row: _Row, group: int | None, ways: _Ways) -> Mapping:
    approved = row["mappingStatus"] == _APPROVED
    concept = int(row.get("conceptId", "0"))
    predicate = ways.table.read("usagi", row.get("equivalence", "UNREVIEWED")) or NO_TERM
    target = Coding(system=ways.target, code=str(concept), display=row.get("conceptName"))
    return Mapping(
        subject=Coding(
            system=row.get(SYSTEM, ways.source),
            code=row["sourceCode"].strip(),
            version=row.get(VERSION),
            display=row.get("sourceName"),
        ),
        object=target if concept else None,
        predicate=predicate.removeprefix(NOT),
        negated=predicate.startswith(NOT),
        group=group,
        justification=gathering.MANUAL if approved else _AUTOMATIC,
        confidence=None if approved else _score(row.get("matchScore")),
        author=row.get("createdBy"),
        reviewer=row.get("statusSetBy"),
        date=_day(row.get("createdOn")) or _day(row.get("statusSetOn")),
        comment=row.get("comment"),
    )


def _score(text: str | None) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 < found <= 1 else None


def _day(text: str | None) -> datetime.date | None:
    """Return the day (UTC) of milliseconds since 1970; 0 stands for none."""
    try:
        number = int(float(text or "0"))
        return _EPOCH + datetime.timedelta(days=number // _DAY) if number else None
    except (ValueError, OverflowError):
        return None


def _own(mapping: Mapping, ways: _Ways) -> _Row | None:
    """Return the row that the fields of a mapping make; None: Usagi cannot say it."""
    equivalence = ways.table.write_mapping("usagi", mapping)
    code = mapping.object.code if mapping.object is not None else "0"
    plain = code.isascii() and code.isdigit() and code == str(int(code)) and (mapping.object is None or code != "0")
    if equivalence is None or not plain or (mapping.object is not None and mapping.object.system != ways.target):
        return None
    approved = mapping.justification == gathering.MANUAL or mapping.object is None or _decided(mapping)
    milliseconds = (mapping.date - _EPOCH).days * _DAY if mapping.date else 0
    display = mapping.object.display if mapping.object else None
    found = {
        "sourceCode": mapping.subject.code,
        "sourceName": mapping.subject.display,
        "sourceFrequency": "-1",
        SYSTEM: mapping.subject.system if mapping.subject.system != ways.source else None,
        VERSION: mapping.subject.version,
        "matchScore": repr(mapping.confidence) if mapping.confidence and not approved else "0.0",
        "mappingStatus": _APPROVED if approved else "UNCHECKED",
        "equivalence": equivalence,
        "statusSetBy": mapping.reviewer,
        "statusSetOn": "0",
        "conceptId": code,
        "conceptName": display,
        "mappingType": "MAPS_TO",
        "comment": mapping.comment,
        "createdBy": mapping.author,
        "createdOn": str(milliseconds),
    }
    return {name: value for name, value in found.items() if value}


def _decided(mapping: Mapping) -> bool:
    return mapping.reviewer is not None and mapping.justification != _AUTOMATIC


def write(
    mapping_set: MappingSet, target: Path | str, *, concepts: str = OMOP, table: RelationshipTable | None = None
) -> LossReport:
    """Write a file that Usagi opens, the rows of each source code together; it appears when it is whole.

    A mapping is APPROVED if it was made by hand (`semapv:ManualMappingCuration`), was reviewed, or says that there is
    no counterpart; else UNCHECKED. The undecided rows of a file that was read are written again, last.

    Arguments:
        mapping_set: the set.
        target: the file.
        concepts: system of the concept ids; Usagi has no other targets.
        table: relationship values, where other than the usual.

    Returns:
        What Usagi cannot hold; a mapping that it cannot, such as one to another system, is counted under `mappings`.

    Raises:
        WriteError: the file cannot be written.
        FormatError: a text has half a character in it.
    """
    path = Path(target)
    losses = LossReport()
    ways = _Ways(gathering.stem(path), concepts, table or RelationshipTable())
    whole: list[tuple[Mapping, _Row]] = []
    for mapping in mapping_set.mappings:
        row = _whole(mapping, ways)
        if row is None:
            gathering.not_written(mapping, losses)
        else:
            whole.append((mapping, row))
    together: dict[tuple[str, ...], list[tuple[Mapping, _Row]]] = {}
    for each in whole:
        together.setdefault(_key(each[1]), []).append(each)
    again = []
    for several in together.values():
        several.sort(key=lambda pair: (pair[0].group or 0, pair[0].priority or 0))
        for place, (mapping, row) in enumerate(several, start=1):
            found = _mapping(row, place if len(several) > 1 else None, ways)
            found = gathering.with_kept(found, EXTRA, gathering.beside(row, _own(found, ways) or {}))
            gathering.count_lost(mapping, found, EXTRA, losses)
            again.append(found)
    kept = (mapping_set.extra or {}).get(EXTRA)
    left = kept.get(_UNDECIDED) if isinstance(kept, dict) else None
    undecided = [each for each in left if isinstance(each, dict)] if isinstance(left, list) else []
    extra: dict[str, Any] | None = {EXTRA: {_UNDECIDED: undecided}} if undecided else None
    read_again = MappingSet(id=gathering.stem(path), **gathering.common_sources(again), extra=extra)
    gathering.count_lost_in_set(mapping_set, read_again, EXTRA, losses)
    rows = [row for several in together.values() for _, row in several] + undecided
    names = _names(rows)
    sheets.write(path, names, ([str(row.get(name) or "") for name in names] for row in rows), ",")
    return losses


def _whole(mapping: Mapping, ways: _Ways) -> _Row | None:
    own = _own(mapping, ways)
    if own is None:
        return None
    kept = gathering.kept(mapping, EXTRA)
    place = Location()

    def again(row: dict[str, Any]) -> Mapping | None:
        if any(not isinstance(value, str) for value in row.values()) or _problem(row, place, ways):
            return None
        return _mapping(row, mapping.group, ways)

    unsaid = _UNSAID | {name for name in kept if name not in COLUMNS and name not in (SYSTEM, VERSION)}
    found = gathering.whole(mapping, dict(own), kept, unsaid, again)
    return None if found is None else found[0]


def _names(rows: list[_Row]) -> list[str]:
    """Return the columns: Usagi's own, with the user's own and any others after the fourth."""
    others = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    return [*COLUMNS[:4], *others, *COLUMNS[4:]]
