"""What a bank is asked about value sets, and banks of FHIR resources."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termbank.model import Coding, KnownSystem, ValueSet
from termbank.terminology.engine import Terminology
from termbank.terminology.validation import Validation

if TYPE_CHECKING:
    from termbank.terminology.expansion import Expansion
    from termbank.terminology.value_sets import ValueSets

Chosen = ValueSet | Path | str
"""A value set, the path of a file with one, or the id or URL of one in the bank."""


class ValueSetQuestions:
    """The value sets of a bank, and the questions about them."""

    terminology: Terminology

    @cached_property
    def _value_sets(self) -> "ValueSets":
        from termbank.terminology.value_sets import ValueSets

        return ValueSets(self.terminology)

    @cached_property
    def _files(self) -> dict[Any, ValueSet]:
        """The value sets of files that were read, by path, size and time."""
        return {}

    @property
    def value_sets(self) -> tuple[ValueSet, ...]:
        """The value sets in the bank, in every version."""
        return tuple(self._value_sets)

    def value_set(self, name: str) -> ValueSet:
        """Return a value set by its id or canonical URL, perhaps with `|version`; else the newest.

        Raises:
            UnknownValueSet: there is none of that name.
        """
        return self._value_sets.find(name)

    def expand(
        self,
        value_set: Chosen,
        *,
        text: str | None = None,
        on: datetime.date | None = None,
        language: str | None = None,
        count: int | None = None,
        offset: int = 0,
        active_only: bool = False,
        nested: bool = False,
    ) -> "Expansion":
        """Return the codes of a value set (FHIR $expand), in its own order, else in that of their code system.

        Arguments:
            value_set: a value set, the id or URL of one in the bank, or the path of a file with one.
            text: only codes with these words, whole or begun, in the code or one of its terms.
            on: the day on which versions are in force and codes valid; None: the newest versions, whatever the dates
                of the codes. A value set may be locked to a day of its own.
            language: the language of the displays that is wanted most (sv, en).
            count: how many codes at most; None: all of them, up to 100,000.
            offset: how many are passed over first.
            active_only: leave inactive codes out.
            nested: put codes below their parents, as far as the whole is asked for.

        Raises:
            UnknownValueSet: there is none of that name.
            Refusal: it cannot be used: a code system that it needs is not here, or not for that day; it includes
                itself; or it has too many codes.
            FormatError: the file cannot be read.
            TypeError, ValueError: the day is none; count or offset is negative; the language is no language tag.
        """
        return self._value_sets.expand(
            self._value_set(value_set), text=text, on=on, language=language, count=count, offset=offset,
            active_only=active_only, nested=nested,
        )  # fmt: skip

    def _validated(
        self, codings: list[Coding], value_set: Chosen | None, on: datetime.date | None, near: int = 0
    ) -> list[Validation]:
        if value_set is None:
            return self.terminology.validate_many(codings, on, near)
        return self._value_sets.validate(codings, self._value_set(value_set), on, near)

    def _value_set(self, given: Chosen) -> ValueSet:
        if not isinstance(given, Path):
            return self._value_sets.find(given)
        from termbank.formats import value_set_files

        stat = given.stat() if given.exists() else None
        key = (given.absolute(), stat and (stat.st_size, stat.st_mtime_ns))
        if key not in self._files:
            self._files[key] = value_set_files.read(given)
        return self._files[key]


def of_resources(resources: Iterable[dict[str, Any]]) -> Terminology:
    """Return what FHIR resources say; see `termbank.Bank.from_resources`."""
    from termbank.formats.fhir.resources import READ, read

    kinds = ((each, each.get("resourceType") if isinstance(each, dict) else None) for each in resources)
    items = [read(each) for each, kind in kinds if not isinstance(kind, str) or kind in READ]
    systems = [each for each in items if isinstance(each, KnownSystem)]
    others = [each for each in items if not isinstance(each, KnownSystem)]
    return Terminology([], known_systems=lambda: systems).overlaid(others)
