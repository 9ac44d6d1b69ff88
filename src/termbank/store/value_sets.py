"""The value sets in a bank file, read when they are first asked for."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, overload

from termbank.model import ValueSet


class StoredValueSets(Sequence[ValueSet]):
    """The value sets in a bank file.

    Arguments:
        rows: runs a query.
        parsed: reads a noun.
    """

    def __init__(
        self, rows: Callable[[str], list[Any]], parsed: Callable[[type[ValueSet], str | bytes], ValueSet]
    ) -> None:
        self._rows = rows
        self._parsed = parsed

    @cached_property
    def _read(self) -> tuple[ValueSet, ...]:
        rows = self._rows("SELECT data FROM value_set ORDER BY number")
        return tuple(self._parsed(ValueSet, row[0]) for row in rows)

    @overload
    def __getitem__(self, index: int) -> ValueSet: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ValueSet]: ...
    def __getitem__(self, index: int | slice) -> ValueSet | Sequence[ValueSet]:
        """Return a value set, or several, in the order in which they were written."""
        return self._read[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._read)
