"""SNOMED CT map refsets in release format 2: simple, complex and extended maps.

Source: SNOMED CT release file specification, 5.2.3 (map reference sets). A row is a member in one state: of the
states of a member only the latest counts, and only if it is active.
"""

import datetime
import re
import uuid
from collections.abc import Iterable
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, Literal, NamedTuple

from termbank.errors import FormatError
from termbank.files import AtomicFile
from termbank.formats.dialect import unreadable
from termbank.formats.losses import LossReport
from termbank.formats.mappings import gathering, rf2_rules
from termbank.formats.mappings.relationship_table import NO_TERM, RelationshipTable
from termbank.formats.mappings.sheets import encoded
from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Location, Mapping, MappingSet
from termbank.model.rules import rule

EXTRA = "rf2"
SNOMED = "http://snomed.info/sct"
Kind = Literal["simple", "complex", "extended"]

_MEMBER = ("id", "effectiveTime", "active", "moduleId", "refsetId", "referencedComponentId")
_COMPLEX = ("mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId")
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "simple": (*_MEMBER, "mapTarget"),
    "complex": (*_MEMBER, *_COMPLEX),
    "extended": (*_MEMBER, *_COMPLEX, "mapCategoryId"),
}
_FILE_NAMES: dict[str, Kind] = {"sRefset": "simple", "iissscRefset": "complex", "iisssccRefset": "extended"}

REFSETS: dict[str, tuple[str, str]] = {
    "447562003": (SNOMED, "http://hl7.org/fhir/sid/icd-10"),
    "446608001": (SNOMED, "http://terminology.hl7.org/CodeSystem/icd-o-3"),
}
"""Refsets of the international edition whose target is known: ICD-10 and ICD-O. Ids as SNOMED CT names the refsets,
URLs as HL7 does; for any other, the target is said."""

CANNOT_BE_CLASSIFIED, CONTEXT_DEPENDENT, PROPERLY_CLASSIFIED = "447638001", "447639009", "447637006"
"""Map categories: it has no target; its target depends on rules; it is classified."""

_MODULE = "900000000000207008"
_NAMES = uuid.UUID("7b0f4c5e-6a55-5d0e-8a2f-2f0d3d1c9a10")
_NUMBER = re.compile(r"\d{1,9}")
_TIME = re.compile(r"(\d{8}(\d{6}Z)?)?")
_PATTERNS = {"id": re.compile(".+"), "effectiveTime": _TIME, "active": re.compile("[01]"),
             "referencedComponentId": re.compile("[0-9]+"), "refsetId": re.compile("[0-9]+")}  # fmt: skip
_IN_A_CELL = re.compile(r"[\t\r\n]")


class _Ways(NamedTuple):
    source: str
    target: str | None
    table: RelationshipTable
    kind: Kind


def is_refset(first_line: str) -> bool:
    """Tell a map refset by its first line."""
    names = first_line.lstrip("\ufeff").rstrip("\r\n").split("\t")
    return tuple(names[:6]) == _MEMBER and "mapTarget" in names


def read(
    path: Path,
    *,
    source: str = SNOMED,
    target: str | None = None,
    on: datetime.date | None = None,
    table: RelationshipTable | None = None,
) -> MappingReading:
    """Read a map refset, snapshot or full.

    Every active member becomes a mapping or a refusal; a finding counts the rows that are inactive or were
    superseded. A member without target says that its group gives none.

    Arguments:
        path: the file.
        source: system of the concepts that are mapped.
        target: system of the targets; None: by the refset, where it is one of `REFSETS`.
        on: the day whose state is wanted, of a full file; None: the latest.
        table: relationship values, where other than the usual.

    Raises:
        FormatError: the file is missing, not UTF-8, no map refset, or of a refset whose target is not known.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError:
        raise FormatError(f"{path}: the file is not UTF-8, as release files are; fetch it anew") from None
    rows = [line.rstrip("\r").split("\t") for line in text.split("\n")]
    kind = next((kind for kind, names in COLUMNS.items() if tuple(rows[0]) == names), None)
    if kind is None:
        raise FormatError(f"{path}:1: these are not the columns of a simple, complex or extended map refset")
    found = gathering.Gathered(path)
    latest: dict[str, tuple[int, dict[str, str]]] = {}
    count = 0
    for number, row in enumerate(rows[1:], start=2):
        if row == [""]:
            continue
        where = Location(path=str(path), line=number)
        if len(row) != len(rows[0]):
            which = "too-few-fields" if len(row) < len(rows[0]) else "too-many-fields"
            found.refuse(rule(which).finding(where, found=len(row), expected=len(rows[0])))
            continue
        member = dict(zip(rows[0], row, strict=True))
        wrong = _wrong(member)
        if wrong is not None:
            place = where.with_(field=wrong)
            found.refuse(rule("map-refset-field").finding(place, field=wrong, given=member[wrong]))
            continue
        count += 1
        if on is not None and member["effectiveTime"][:8] > on.strftime("%Y%m%d"):
            continue
        known = latest.get(member["id"])
        if known is None or known[1]["effectiveTime"] <= member["effectiveTime"]:
            latest[member["id"]] = number, member
    active = [each for each in latest.values() if each[1]["active"] == "1"]
    if count > len(active):
        found.findings.append(rule("map-refset-inactive").finding(Location(path=str(path)), count=count - len(active)))
    _accept(active, _Ways(source, target, table or RelationshipTable(), kind), found)
    refsets = {member["refsetId"] for _, member in active}
    extra = _kept_kind(kind)
    return found.reading(
        {"extra": extra, "url": f"http://snomed.info/id/{min(refsets)}" if len(refsets) == 1 else None}
    )


def _kept_kind(kind: Kind) -> dict[str, Any] | None:
    return None if kind == "extended" else {EXTRA: {"kind": kind}}


def _wrong(member: Table[str, str]) -> str | None:
    """Return the field of a member that cannot be right."""
    for name, pattern in _PATTERNS.items():
        if not pattern.fullmatch(member[name]):
            return name
    if member["effectiveTime"] and _date(member["effectiveTime"]) is None:
        return "effectiveTime"
    numbers = [name for name in ("mapGroup", "mapPriority") if member.get(name) and not _NUMBER.fullmatch(member[name])]
    return numbers[0] if numbers else None


def _accept(members: Iterable[tuple[int, dict[str, str]]], ways: _Ways, found: gathering.Gathered) -> None:
    for number, member in members:
        where = Location(path=str(found.path), line=number)
        if ways.target is None and member["refsetId"] not in REFSETS:
            raise FormatError(
                f"{found.path}:{number}: the target of the refset {member['refsetId']} is not known; name its system"
            )
        mapping = _mapping(member, ways)
        if mapping is None:
            place = where.with_(field="correlationId")
            given = member["correlationId"]
            found.refuse(rule("mapping-unknown-relationship").finding(place, field="correlationId", given=given))
            continue
        if rf2_rules.parse(mapping.rule).kind == "unknown":
            place = where.with_(field="mapRule")
            found.findings.append(rule("map-refset-rule").finding(place, value=mapping.rule, given=mapping.rule))
        kept = gathering.beside(dict(member), _member(mapping, ways) or {})
        found.accept(gathering.with_kept(mapping, EXTRA, kept), where)


def _mapping(member: Table[str, str], ways: _Ways) -> Mapping | None:
    """Return the mapping that a member says; None: nobody knows its correlation."""
    target = ways.target or REFSETS[member["refsetId"]][1]
    code = member["mapTarget"].strip()
    correlation = member.get("correlationId", "")
    predicate = ways.table.read("rf2", correlation) if correlation else "skos:mappingRelation"
    if predicate is None or (predicate == NO_TERM and code):
        return None
    rule_text = member.get("mapRule") or None
    negated = predicate.startswith("not ")
    return Mapping(
        subject=Coding(system=ways.source, code=member["referencedComponentId"]),
        object=Coding(system=target, code=code) if code else None,
        predicate=predicate.removeprefix("not ") if code else NO_TERM,
        negated=negated and bool(code),
        conditions=rf2_rules.conditions(rf2_rules.parse(rule_text)),
        group=int(member["mapGroup"]) if member.get("mapGroup") else None,
        priority=int(member["mapPriority"]) if member.get("mapPriority") else None,
        rule=rule_text,
        date=_date(member["effectiveTime"]),
        comment=member.get("mapAdvice") or None,
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError:
        return None


def _member(mapping: Mapping, ways: _Ways, refset: str = "") -> dict[str, str] | None:
    """Return the member that says what the fields of a mapping say; None: no refset can say it."""
    correlation = ways.table.write_mapping("rf2", mapping)
    if correlation is None or mapping.subject.system != ways.source:
        return None
    if mapping.object is not None and ways.target not in (None, mapping.object.system):
        return None
    system = mapping.object.system if mapping.object is not None else ways.target
    known = (number for number, (_, target) in REFSETS.items() if target == system)
    advice, rule_text = mapping.comment or "", mapping.rule or rf2_rules.from_conditions(mapping.conditions) or ""
    found = {
        "effectiveTime": mapping.date.isoformat().replace("-", "") if mapping.date else "",
        "active": "1",
        "moduleId": _MODULE,
        "refsetId": refset or next(known, ""),
        "referencedComponentId": mapping.subject.code,
        "mapTarget": mapping.object.code if mapping.object else "",
    }
    if ways.kind != "simple":
        found |= {
            "mapGroup": "" if mapping.group is None else str(mapping.group),
            "mapPriority": "" if mapping.priority is None else str(mapping.priority),
            "mapRule": rule_text,
            "mapAdvice": advice,
            "correlationId": correlation,
        }
    if ways.kind == "extended":
        found["mapCategoryId"] = CANNOT_BE_CLASSIFIED if mapping.object is None else PROPERLY_CLASSIFIED
        if mapping.object is not None and rf2_rules.parse(rule_text).kind in ("clauses", "unknown"):
            found["mapCategoryId"] = CONTEXT_DEPENDENT
    found["id"] = str(uuid.uuid5(_NAMES, "\t".join(found.get(name, "") for name in COLUMNS[ways.kind][3:])))
    return found


def write(
    mapping_set: MappingSet,
    target: Path | str,
    *,
    kind: Kind | None = None,
    refset: str | None = None,
    table: RelationshipTable | None = None,
) -> LossReport:
    """Write a map refset (snapshot); the file appears when it is whole.

    Arguments:
        mapping_set: the set; its subjects are concepts of one system, usually SNOMED CT.
        target: the file.
        kind: simple, complex or extended; None: as the file's name or the set says, else extended.
        refset: id of the refset, where the mappings do not say it and their target is none of `REFSETS`.
        table: relationship values, where other than the usual.

    Returns:
        What a refset cannot hold; a mapping that it cannot, or that stands twice, is counted under
        `mappings`.

    Raises:
        WriteError: the file cannot be written.
        FormatError: a text has half a character in it.
    """
    path = Path(target)
    losses = LossReport()
    kept = (mapping_set.extra or {}).get(EXTRA)
    kept_kind = kept.get("kind") if isinstance(kept, dict) else None
    named = next((found for name, found in _FILE_NAMES.items() if f"_{name}_" in path.name), None)
    chosen: Kind = kind or named or (kept_kind if kept_kind in COLUMNS else "extended")
    subjects = [mapping.subject.system for mapping in mapping_set.mappings]
    source = SNOMED if SNOMED in subjects or not subjects else subjects[0]
    ids: set[str] = set()
    contents: set[tuple[str, ...]] = set()
    written: list[dict[str, str]] = []
    again: list[Mapping] = []
    for mapping in mapping_set.mappings:
        system = mapping.object.system if mapping.object else mapping_set.object_source
        ways = _Ways(source, system, table or RelationshipTable(), chosen)
        found = _whole(mapping, ways, refset or "")
        if found is not None and found[0]["id"] in ids:  # another member, or the same once more
            beside = {name: value for name, value in gathering.kept(mapping, EXTRA).items() if name != "id"}
            found = _whole(mapping.model_copy(update={"extra": {EXTRA: beside}}), ways, refset or "")
        said = tuple(found[0][name] for name in COLUMNS[chosen][1:]) if found is not None else ()
        if found is None or found[0]["id"] in ids or said in contents:
            gathering.not_written(mapping, losses)
            continue
        ids.add(found[0]["id"])
        contents.add(said)
        gathering.count_lost(mapping, found[1], EXTRA, losses)
        written.append(found[0])
        again.append(found[1])
    _count_set(mapping_set, again, written, path, chosen, losses)
    names = COLUMNS[chosen]
    text = "".join("\t".join(row) + "\r\n" for row in (names, *([each[name] for name in names] for each in written)))
    with AtomicFile(path, private=False) as file:
        file.write(encoded(text, path))
        file.commit()
    return losses


def _whole(mapping: Mapping, ways: _Ways, refset: str) -> tuple[dict[str, str], Mapping] | None:
    """Return the member of a mapping, and what it is read as; None: it cannot be written."""
    names = COLUMNS[ways.kind]
    own = _member(mapping, ways, refset)
    if own is None:
        return None

    def again(member: dict[str, Any]) -> Mapping | None:
        member.update({name: _IN_A_CELL.sub(" ", str(member.get(name) or "")) for name in names})
        return None if _wrong(member) or not member["refsetId"] else _mapping(member, ways)

    kept = {name: value for name, value in gathering.kept(mapping, EXTRA).items() if name in names}
    found = gathering.whole(mapping, own, kept, _UNSAID, again)
    if found is None:
        return None
    member, read_again = found
    beside = gathering.beside(member, _member(read_again, ways, refset) or {})
    return member, gathering.with_kept(read_again, EXTRA, beside)


_UNSAID = ("id", "moduleId", "refsetId", "mapCategoryId")
"""The columns that no field of a mapping says."""


def _count_set(
    mapping_set: MappingSet,
    again: list[Mapping],
    written: list[dict[str, str]],
    path: Path,
    kind: Kind,
    losses: LossReport,
) -> None:
    refsets = {member["refsetId"] for member in written}
    found = MappingSet(
        id=gathering.stem(path),
        **gathering.common_sources(again),
        url=f"http://snomed.info/id/{min(refsets)}" if len(refsets) == 1 else None,
        extra=_kept_kind(kind),
    )
    gathering.count_lost_in_set(mapping_set, found, EXTRA, losses)
