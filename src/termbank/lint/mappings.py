"""Mappings: their codes exist and are called what the mapping says, each has a reason, none stands twice."""

import datetime
from collections.abc import Iterator

from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Finding, Location, Mapping
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology
from termbank.terminology.mapped_codes import judge


def check(reading: MappingReading, terminology: Terminology) -> Iterator[Finding]:
    """Check a mapping set against the vocabularies that are here."""
    seen: set[tuple[str, str]] = set()
    exact: dict[tuple[str, str], list[str]] = {}
    for mapping, where in zip(reading.mapping_set.mappings, reading.places, strict=True):
        names = _names(mapping)
        yield from _code(mapping.subject, names, where, terminology)
        if mapping.object is not None:
            on = None if mapping.object.system == mapping.subject.system else datetime.date.today()
            yield from _code(mapping.object, names, where, terminology, on)
        yield from _reasons(mapping, names, where)
        key = (names["subject"], names["object"])
        if key in seen:
            yield rule("repeated-mapping").finding(where, **names)
        seen.add(key)
        if mapping.predicate == "skos:exactMatch" and mapping.object and not mapping.negated:
            same = exact.setdefault((names["subject"], mapping.object.system), [])
            same.append(mapping.object.code)
            if len(same) == 2:
                system, objects = mapping.object.system, ", ".join(same)
                yield rule("several-exact").finding(where, subject=names["subject"], system=system, objects=objects)


def _names(mapping: Mapping) -> dict[str, str]:
    other = mapping.object
    return {
        "subject": f"{mapping.subject.system} {mapping.subject.code}",
        "object": f"{other.system} {other.code}" if other else "–",
    }


def _code(
    coding: Coding,
    names: dict[str, str],
    where: Location,
    terminology: Terminology,
    on: datetime.date | None = None,
) -> Iterator[Finding]:
    """Check one side of a mapping; what is mapped to shall be valid today, what is mapped from may be old."""
    (code,) = judge(terminology, [coding], on)
    if code.wrong is not None:
        yield code.wrong.with_(location=where, hint=f"→ {code.near}" if code.near else None)
    elif code.renamed:
        yield rule("mapped-label").finding(
            where, **names, code=coding.code, display=code.answer.display, label=coding.display
        )


def _reasons(mapping: Mapping, names: dict[str, str], where: Location) -> Iterator[Finding]:
    missing = [
        name
        for name, there in (
            ("justification", mapping.justification != "semapv:UnspecifiedMatching"),
            ("confidence", mapping.confidence is not None),
            ("comment", mapping.comment),
            ("author", mapping.author),
        )
        if not there
    ]
    if missing:
        yield rule("mapping-without-reason").finding(where, **names, what=", ".join(missing))
