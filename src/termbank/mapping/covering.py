"""Coverage: how much of a code system, and of a user's own data, mapping sets translate."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from termbank.mapping.deciding import decide
from termbank.model import MappingSet
from termbank.terminology.engine import Terminology
from termbank.terminology.source import MemoryMappings
from termbank.terminology.translation import Direction, Translation

Status = Literal["mapped", "none", "missing", "unknown"]
"""mapped: it has a counterpart. none: somebody looked and there is none. missing: nobody says. unknown: it is no code
of the system, as far as that is here."""


class Covered(NamedTuple):
    """What mapping sets say of one code.

    Arguments:
        code: the code.
        status: see `Status`.
        title: its title.
        targets: to how many codes it is mapped.
        direction: of the closest of them; see `termbank.terminology.translation.Direction`.
        rows: how often it is in the data.
    """

    code: str
    status: Status
    title: str = ""
    targets: int = 0
    direction: Direction | None = None
    rows: int = 0


class Coverage(NamedTuple):
    """How much is translated.

    Arguments:
        system, to: from which system to which (`kva|2026`).
        complete: the code system is here as a whole; False: what is here is a fragment, so shares are of that.
        codes: every code, in the order of the system; of data: those in the data, the commonest first.
    """

    system: str
    to: str
    complete: bool
    codes: tuple[Covered, ...]

    def count(self, *statuses: Status) -> int:
        """Return how many codes have one of these statuses; all of them where none is named."""
        return sum(not statuses or each.status in statuses for each in self.codes)

    def rows(self, *statuses: Status) -> int:
        """Return how many rows of the data have codes of these statuses."""
        return sum(each.rows for each in self.codes if not statuses or each.status in statuses)

    def directions(self) -> dict[Direction, int]:
        """Return how many codes are mapped to something that is the same, wider, narrower or other, at its closest."""
        found: dict[Direction, int] = {}
        for each in self.codes:
            if each.direction is not None:
                found[each.direction] = found.get(each.direction, 0) + 1
        return found


def coverage(
    terminology: Terminology,
    sets: Iterable[MappingSet],
    system: str,
    to: str,
    *,
    on: datetime.date | None = None,
    headings: bool = False,
) -> Coverage:
    """Return how much of a code system mapping sets translate.

    Arguments:
        terminology: the code systems.
        sets: the mapping sets; they are read from either side.
        system, to: the systems to translate from and to; a version may be named (`kva|2020`).
        on: the day whose version of the system is meant; None: the newest.
        headings: count headings, too.

    Raises:
        UnknownVocabulary: the system is not here, or not for that day.
    """
    source = terminology.source(system, on=on)
    day = on.isoformat() if on else None
    entries = [
        each
        for each in source.entries(source.everything())
        if (headings or not each.abstract)
        and (day is None or (each.valid_from or "") <= day <= (each.valid_to or "9999-12-31"))
    ]
    codes = [each.code for each in entries]
    found = _translated(terminology, sets, source.info.id, codes, to)
    covered = (_covered(entry.code, entry.display, each) for entry, each in zip(entries, found, strict=True))
    return Coverage(source.info.versioned, to, source.info.content == "complete", tuple(covered))


def data_coverage(
    terminology: Terminology,
    sets: Iterable[MappingSet],
    system: str,
    to: str,
    counts: Mapping[str, int],
    *,
    on: datetime.date | None = None,
) -> Coverage:
    """Return how many rows of some data mapping sets translate.

    Arguments:
        terminology, sets, system, to, on: as of `coverage`.
        counts: how many rows each code has, in any way of writing that the system accepts.
    """
    asked = [code for code, rows in counts.items() if rows]
    name = terminology.names.resolve(system)
    judged = terminology.validate_group(system, asked, [None] * len(asked), version=name.version, on=on)
    found = _translated(terminology, sets, name.id, asked, to)
    covered = []
    for code, answer, each in zip(asked, judged, found, strict=True):
        one = _covered(code, answer.display or "", each)
        if one.status == "missing" and answer.display is None:
            one = one._replace(status="unknown")
        covered.append(one._replace(rows=counts[code]))
    sources = terminology.versions(system)
    complete = any(each.info.content == "complete" for each in sources)
    return Coverage(system, to, complete, tuple(sorted(covered, key=lambda each: (-each.rows, each.code))))


def _translated(
    terminology: Terminology, sets: Iterable[MappingSet], system: str, codes: list[str], to: str
) -> list[tuple[Translation, ...]]:
    """Translate codes by these sets and no others."""
    own = Terminology(terminology.sources, [MemoryMappings(sets)], terminology.names.known_systems)
    return own.interpreter.translate_many(system, codes, to, decide=decide)


def _covered(code: str, title: str, found: tuple[Translation, ...]) -> Covered:
    mapped = {each.coding.code: each for each in reversed(found) if each.coding is not None}
    if mapped:
        closest = next(each for each in found if each.coding is not None)
        return Covered(code, "mapped", title, len(mapped), closest.direction)
    return Covered(code, "none" if found else "missing", title)
