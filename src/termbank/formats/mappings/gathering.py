"""What the readers and writers of mappings share: what was read with its places, and what is kept beside the fields."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from termbank.formats.losses import LossReport
from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Finding, Location, Mapping, MappingSet
from termbank.model.rules import rule

MANUAL = "semapv:ManualMappingCuration"
UNSPECIFIED_MATCHING = "semapv:UnspecifiedMatching"
_PARTS = ("system", "code", "version", "display")


class Gathered:
    """What a file has given so far: mappings with their places, findings, and the rows that were refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mappings: list[Mapping] = []
        self.places: list[Location] = []
        self.findings: list[Finding] = []
        self.refused: list[Finding] = []

    def accept(self, mapping: Mapping, where: Location) -> None:
        """Take a mapping."""
        self.mappings.append(mapping)
        self.places.append(where)

    def refuse(self, finding: Finding) -> None:
        """Refuse a row, for a reason."""
        self.refused.append(finding)
        self.findings.append(finding)

    def reading(self, fields: dict[str, Any] | None = None) -> MappingReading:
        """Return what was read as a set; its fields are those given, and what its mappings have in common."""
        said = {"id": stem(self.path), **common_sources(self.mappings), **(fields or {})}
        found = MappingSet(**{name: value for name, value in said.items() if value is not None})
        found = found.model_copy(update={"mappings": tuple(self.mappings)})
        rows = len(self.mappings) + len(self.refused)
        return MappingReading(found, self.findings, self.places, self.path, rows, tuple(self.refused))


_ENDINGS = (".usagi.csv", ".jskos.json", ".jskos.ndjson", ".csv", ".tsv", ".txt", ".xlsx", ".json", ".ndjson", ".jsonl")


def stem(path: Path) -> str:
    """Return the name of a file without the endings of its format.

    >>> stem(Path("plans.usagi.csv"))
    'plans'
    """
    return next((path.name[: -len(end)] for end in _ENDINGS if path.name.lower().endswith(end)), path.name) or path.name


def common_sources(mappings: Iterable[Mapping]) -> dict[str, str | None]:
    """Return the system of all subjects and of all objects, where each is one and the same."""
    subjects, objects = set(), set()
    for mapping in mappings:
        subjects.add(mapping.subject.system)
        if mapping.object is not None:
            objects.add(mapping.object.system)
    return {
        "subject_source": next(iter(subjects)) if len(subjects) == 1 else None,
        "object_source": next(iter(objects)) if len(objects) == 1 else None,
    }


def beside(raw: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return what a record says otherwise than the fields made of it would; None stands for what is not there."""
    return {name: raw.get(name) for name in {**raw, **own} if raw.get(name) != own.get(name)}


def with_kept(mapping: Mapping, name: str, kept: dict[str, Any]) -> Mapping:
    """Return a mapping that keeps, under the name of a format, what has no field."""
    return mapping.model_copy(update={"extra": {**(mapping.extra or {}), name: kept}}) if kept else mapping


def kept(mapping: Mapping, name: str) -> dict[str, Any]:
    """Return what a mapping keeps under the name of a format."""
    found = (mapping.extra or {}).get(name)
    return found if isinstance(found, dict) else {}


def laid_over(own: dict[str, Any], kept_beside: dict[str, Any]) -> dict[str, Any]:
    """Return a record with what was kept beside its fields in it again."""
    return {name: value for name, value in {**own, **kept_beside}.items() if value is not None}


def whole(
    mapping: Mapping,
    own: dict[str, Any],
    kept_beside: dict[str, Any],
    unsaid: Iterable[str],
    again: Callable[[dict[str, Any]], Mapping | None],
) -> tuple[dict[str, Any], Mapping] | None:
    """Return the record of a mapping, with what was kept if that still holds, and what it is read as.

    Arguments:
        mapping: the mapping, which somebody may have changed since it was read.
        own: the record that its fields make.
        kept_beside: what was kept of the record that it was read from.
        unsaid: what of this no field says, so that it holds in any case.
        again: reads a record; None: it cannot be read.
    """
    record = laid_over(own, kept_beside)
    found = again(record)
    if found is not None and alike(found, mapping):
        return record, found
    names = set(unsaid)
    record = laid_over(own, {name: value for name, value in kept_beside.items() if name in names})
    found = again(record)
    return None if found is None else (record, found)


def alike(one: Mapping, other: Mapping) -> bool:
    """Tell whether two mappings say the same in all their fields."""
    return all(getattr(one, name) == getattr(other, name) for name in Mapping.model_fields if name != "extra")


def count_lost(mapping: Mapping, again: Mapping, name: str, losses: LossReport) -> None:
    """Count the fields in which a mapping that was written and read again differs.

    Arguments:
        mapping: as it was.
        again: as it is read.
        name: of the format, whose own entry in `extra` is not lost.
        losses: takes them.
    """
    for field in Mapping.model_fields:
        one, other = getattr(mapping, field), getattr(again, field)
        if field == "extra" or one == other:
            continue
        if isinstance(one, Coding) and isinstance(other, Coding):
            for part in _PARTS:
                if getattr(one, part) != getattr(other, part):
                    losses.add(f"Mapping.{field}.{part}", getattr(one, part))
        else:
            losses.add(f"Mapping.{field}", one)
    for each, value in (mapping.extra or {}).items():
        if each != name:
            losses.add(f"Mapping.extra.{each}", value)
        elif value != (again.extra or {}).get(name):
            losses.add(f"Mapping.extra.{name}", value)


def count_lost_in_set(mapping_set: MappingSet, again: MappingSet, name: str, losses: LossReport) -> None:
    """Count the fields of a set, but for its mappings, that are not read again as they were."""
    for field in MappingSet.model_fields:
        one = getattr(mapping_set, field)
        said = one != MappingSet.model_fields[field].default
        if field not in ("mappings", "extra") and said and one != getattr(again, field):
            losses.add(f"MappingSet.{field}", one)
    for each, value in (mapping_set.extra or {}).items():
        if each != name or value != (again.extra or {}).get(name):
            losses.add(f"MappingSet.extra.{each}", value)


def not_written(mapping: Mapping, losses: LossReport) -> None:
    """Count a mapping that a format cannot hold at all."""
    target = "no counterpart" if mapping.object is None else str(mapping.object)
    losses.add("mappings", f"{mapping.subject} {'not ' if mapping.negated else ''}{mapping.predicate} {target}")


def loss_findings(losses: LossReport, path: Path) -> list[Finding]:
    """Return losses as findings of the rule `mapping-loss`."""
    where = Location(path=str(path))
    return [rule("mapping-loss").finding(where, **vars(loss)) for loss in losses.losses]
