"""Records and our nouns: what a noun has a field for, and what it keeps beside them, so that nothing is lost."""

import datetime
from collections.abc import Iterable
from typing import Any

from termbank.formats.losses import LossReport
from termbank.formats.sssom.curies import NAME, Prefixes, expansion_of, is_iri, made_prefix, split_iri
from termbank.formats.sssom.slots import LITERAL_TYPE, NO_TERM
from termbank.formats.sssom.values import Record, Value
from termbank.model import Coding, Mapping, MappingSet
from termbank.model.mapping import LITERAL

EXTRA = "sssom"
"""The key under which a noun's `extra` keeps the slots that it has no field for."""

SYSTEMS = "systems of prefixes"
"""The key, beside the slots of a set, under which stands which system a prefix was taken as."""

_NO_RELATION = "skos:mappingRelation"
SOURCES = ("subject_source", "object_source")


def mapping(record: Record, prefixes: Prefixes, namer: "Namer") -> Mapping:
    """Make a mapping of a record; the slots that a mapping has no field for are in its `extra["sssom"]`.

    Raises:
        pydantic.ValidationError: the record says something that no mapping can be.
    """
    other = None if record.get("object_id") == NO_TERM else _coding(record, "object", prefixes)
    found = Mapping(
        subject=_coding(record, "subject", prefixes),
        object=other,
        predicate=str(record["predicate_id"]),
        negated=record.get("predicate_modifier") == "Not",
        justification=str(record["mapping_justification"]),
        confidence=_number(record.get("confidence")),
        author=_people(record, "author"),
        reviewer=_people(record, "reviewer"),
        date=_date(record.get("mapping_date")),
        tool=_text(record.get("mapping_tool")),
        comment=_text(record.get("comment")),
    )
    plain = own_slots(found, namer)
    for name in ("subject_id", "object_id"):
        if name in plain and namer.expand(str(plain[name])) == record.get(name):
            plain[name] = record[name]  # an IRI, of which the coding is another writing
    names = [name for name in {**record, **plain} if name not in SOURCES and record.get(name) != plain.get(name)]
    kept: dict[str, Any] = {name: record.get(name) for name in names}
    return found.model_copy(update={"extra": {EXTRA: kept}}) if kept else found


def _coding(record: Record, side: str, prefixes: Prefixes) -> Coding:
    name, label = _text(record.get(f"{side}_id")), _text(record.get(f"{side}_label"))
    version = _text(record.get(f"{side}_source_version"))
    if name is None:
        return Coding(system=LITERAL, code=label or "", version=version, display=label)
    prefix, _, local = name.partition(":")
    system, code = prefixes.system(prefix), local
    if is_iri(name) and (prefix not in prefixes.all or local.startswith("//")):
        system, code = split_iri(name)
    return Coding(system=system, code=code, version=version, display=label)


def _people(record: Record, role: str) -> str | None:
    found = record.get(f"{role}_label") or record.get(f"{role}_id")
    return ", ".join(found) if isinstance(found, list) else _text(found)


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _number(value: Value | None) -> float | None:
    return value if isinstance(value, float) else None


def _date(value: Value | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(str(value))


class Namer:
    """Names codings by CURIEs: by the prefixes of a set, and new ones where it has none for a system.

    Arguments:
        prefixes: those of the set.
        urls: the URL of each system that is known.
    """

    def __init__(self, prefixes: Prefixes, urls: dict[str, str] | None = None) -> None:
        self._urls = urls or {}
        self.declared = dict(prefixes.declared)
        self._of = {system: prefix for prefix, system in reversed(prefixes.systems.items())}
        self._renamed = prefixes.systems
        self._all = dict(prefixes.all)
        self._current = prefixes

    def prefix(self, system: str) -> str:
        """Return the prefix of a system, and declare it where nobody did."""
        known = self._of.get(system)
        if known is not None:
            return known
        if system in self._all and system not in self._renamed:
            return system
        if NAME.fullmatch(system) and system not in self._renamed:
            prefix, expansion = system, expansion_of(system, self._urls.get(system))
        else:
            prefix, expansion = made_prefix(system, self._all)
        self.declared[prefix] = self._all[prefix] = expansion
        self._of[system] = prefix
        self._current = Prefixes(self.declared)
        self._current.systems |= self._renamed
        return prefix

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes of the set and those that were made since."""
        return self._current

    def expand(self, curie: str) -> str:
        """Return the IRI of a CURIE that this namer made."""
        prefix, _, local = curie.partition(":")
        return self._all.get(prefix, f"{prefix}:") + local

    def curie(self, coding: Coding) -> str:
        """Return the CURIE of a coding."""
        return f"{self.prefix(coding.system)}:{coding.code}"


def own_slots(mapping: Mapping, namer: Namer) -> Record:
    """Return the slots that a mapping's own fields say."""
    found: dict[str, Value | None] = {}
    for side, coding in (("subject", mapping.subject), ("object", mapping.object)):
        if coding is None:
            found[f"{side}_id"] = NO_TERM
        elif coding.system == LITERAL:
            found[f"{side}_label"], found[f"{side}_type"] = coding.code, LITERAL_TYPE
            found[f"{side}_source_version"] = coding.version
        else:
            found[f"{side}_id"] = namer.curie(coding)
            found[f"{side}_label"], found[f"{side}_source_version"] = coding.display, coding.version
    found["predicate_id"] = _NO_RELATION if mapping.predicate == NO_TERM else mapping.predicate
    found["predicate_modifier"] = "Not" if mapping.negated else None
    found["mapping_justification"] = mapping.justification
    found["confidence"] = mapping.confidence
    found["author_label"] = [mapping.author] if mapping.author else None
    found["reviewer_label"] = [mapping.reviewer] if mapping.reviewer else None
    found["mapping_date"] = mapping.date.isoformat() if mapping.date else None
    found["mapping_tool"] = mapping.tool
    found["comment"] = mapping.comment
    return {name: value for name, value in found.items() if value is not None and value != ""}


_OWN = frozenset({
    "subject_id", "subject_label", "subject_type", "subject_source_version", "object_id", "object_label",
    "object_type", "object_source_version", "predicate_id", "predicate_modifier", "mapping_justification",
    "confidence", "author_id", "author_label", "reviewer_id", "reviewer_label", "mapping_date", "mapping_tool",
    "comment",
})  # fmt: skip
"""The slots that fields of a mapping say; what is kept of these beside a field holds while the field is as it was."""

_UNHELD = ("conditions", "group", "priority", "rule", "stated", "products")


def record(mapping_: Mapping, namer: Namer, losses: LossReport) -> Record:
    """Make the record of a mapping: what its fields say, and what it keeps beside them.

    Arguments:
        mapping_: the mapping.
        namer: names its codes.
        losses: told what no slot can hold.
    """
    found = own_slots(mapping_, namer)
    extra = dict(mapping_.extra or {})
    kept = extra.pop(EXTRA, None)
    for name in _UNHELD:
        value = getattr(mapping_, name)
        if value is not None and value != () and not (name == "stated" and value == _unstated(mapping_)):
            losses.add(f"Mapping.{name}", value)
    for name, value in extra.items():
        losses.add(f"Mapping.extra.{name}", value)
    if mapping_.predicate == NO_TERM:
        losses.add("Mapping.predicate", f"{NO_TERM}, written as {_NO_RELATION}")
    if isinstance(kept, dict) and kept:
        whole = _merged(found, kept)
        if _says_the_same(whole, mapping_, namer):
            return whole
        return _merged(found, {name: value for name, value in kept.items() if name not in _OWN})
    return found


def _merged(found: Record, kept: dict[str, Any]) -> Record:
    merged = {**found, **kept}
    return {name: value for name, value in merged.items() if value is not None and value not in ("", [])}


def _unstated(mapping_: Mapping) -> str | None:
    return mapping_.model_copy(update={"stated": None}).relationship


def _says_the_same(whole: Record, mapping_: Mapping, namer: Namer) -> bool:
    """Tell whether a record still says what the fields say, which someone may have changed since it was read."""
    try:
        again = mapping(whole, namer.prefixes, namer)
    except (ValueError, KeyError):
        return False
    names = set(Mapping.model_fields) - {"extra", *_UNHELD}
    return all(getattr(again, name) == getattr(mapping_, name) for name in names)


def sources(mapping_set: MappingSet, namer: Namer) -> dict[str, Value | None]:
    """Return what a set says of the sources of all its mappings: as it was read, else by the fields of the set."""
    kept = (mapping_set.extra or {}).get(EXTRA)
    kept = kept if isinstance(kept, dict) else {}
    found: dict[str, Any] = {}
    for name in SOURCES:
        system = getattr(mapping_set, name)
        found[name] = kept[name] if name in kept else f"{namer.prefix(system)}:" if system else None
    return found


def common_sources(records: Iterable[Record]) -> dict[str, Value | None]:
    """Return the source that all records have alike, for either side; None where they have none, or several."""
    found: dict[str, set[Any]] = {name: set() for name in SOURCES}
    for each in records:
        for name in SOURCES:
            found[name].add(each.get(name))
    return {name: next(iter(values)) if len(values) == 1 else None for name, values in found.items()}
