"""Which version of a vocabulary applies: one module decides."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from termbank.terminology.source import Source


class Choice(NamedTuple):
    """The version that applies, or why none does.

    Arguments:
        source: the version; None where none applies.
        assumed: the version does not say when it is in force, and was taken to be on the asked date.
        missing: where there is none, `version` (that version is not here) or `date` (none was in force then).
    """

    source: Source | None
    assumed: bool = False
    missing: str | None = None


def natural(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders versions as people do: numbers as numbers.

    >>> sorted(["10", "9", "2020", "1.10", "1.9"], key=natural)
    ['1.9', '1.10', '9', '10', '2020']
    """
    parts = re.findall(r"\d+|\D+", version)
    return tuple((1, len(part.lstrip("0")), part.lstrip("0")) if part.isdigit() else (0, 0, part) for part in parts)


def latest(sources: Iterable[Source]) -> Source | None:
    """Return the newest version, by the day it came into force and then by its name."""
    return max(sources, key=_newness, default=None)


def _newness(source: Source) -> tuple[datetime.date, tuple[tuple[int, int, str], ...]]:
    return source.info.valid_from or datetime.date.min, natural(source.info.version)


def choose(sources: Sequence[Source], version: str | None = None, on: datetime.date | None = None) -> Choice:
    """Choose the version that applies.

    A named version is taken whatever the date. Where there is a complete list of any version, fragments are not asked.
    On a date, the version in force then; a list that states its validity goes before one that does not. Without a date,
    the newest.

    Arguments:
        sources: the versions of one vocabulary that are loaded.
        version: the version asked for, by name.
        on: the day asked for.
    """
    if version is not None:
        named = [source for source in sources if source.info.version == version]
        source = latest(_complete(named)) or latest(named)
        return Choice(source, missing=None if source else "version")
    whole = _complete(sources) or sources
    if on is None:
        return Choice(latest(whole), missing=None if sources else "version")
    source = latest([source for source in whole if in_force(source, on)])
    if source is not None:
        return Choice(source)
    source = latest([source for source in whole if source.info.valid_from is None and source.info.valid_to is None])
    return Choice(source, assumed=source is not None, missing=None if source else "date")


def fragments_beside(chosen: Source, sources: Sequence[Source], on: datetime.date | None = None) -> list[Source]:
    """Return the other fragments that may know what a chosen fragment leaves out, newest first.

    A fragment says nothing about what it leaves out, so another one is asked, unless it was not in force on the day.
    Where a complete list was chosen there is nothing more to ask.
    """
    if chosen.info.content != "fragment":
        return []
    others = [source for source in sources if source is not chosen and source.info.content == "fragment"]
    if on is not None:
        others = [s for s in others if in_force(s, on) or (s.info.valid_from is None and s.info.valid_to is None)]
    return sorted(others, key=_newness, reverse=True)


def in_force(source: Source, on: datetime.date) -> bool:
    """Tell whether a version states that it was in force on a day."""
    start, end = source.info.valid_from, source.info.valid_to
    if start is None and end is None:
        return False
    return (start is None or start <= on) and (end is None or on <= end)


def _complete(sources: Iterable[Source]) -> Sequence[Source]:
    return [source for source in sources if source.info.content == "complete"]
