"""Sum rows: where the data of a report ends."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from termbank.records.quoting import split


def first_starts_with(fields: Sequence[str | None], starts: tuple[str, ...]) -> bool:
    """Tell whether the first field that is not empty starts with one of some strings, which are casefolded.

    >>> first_starts_with(["", " Summa:", "12"], ("summa",))
    True
    """
    first = next((text for field in fields if field and (text := field.strip())), "")
    return first.casefold().startswith(starts)


class StopRows:
    """Finds the first record whose first non-empty field starts with one of some strings, in either case.

    Arguments:
        starts: the strings.
        separator: between the fields.
    """

    def __init__(self, starts: Sequence[str], separator: str) -> None:
        self._starts = tuple(start.strip().casefold() for start in starts if start.strip())
        self._separator = separator
        self._skipped = np.zeros(256, dtype=np.bool_)
        self._skipped[[ord(separator), *b'" \t']] = True
        # The start of each string in which bytes that differ in bit 5 only are the same letter: ASCII and å, ä, ö.
        self._patterns = [(re.match("[a-z0-9åäöéü]*", start) or [""])[0].encode() for start in self._starts]

    def find(self, data: bytes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> int | None:
        """Return the index of the first such record of a text, given where the records are; None if there is none."""
        if not self._starts or not len(starts):
            return None
        for index in self._candidates(np.frombuffer(data, np.uint8), starts, ends).tolist():
            text = data[int(starts[index]) : int(ends[index])].decode("utf-8", "replace")
            if first_starts_with(split(text.removesuffix("\r"), self._separator), self._starts):
                return int(index)
        return None

    def _candidates(
        self, array: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Return all records that may be such, and few others, by the first bytes after separators and quotes."""
        place = starts.copy()
        moving = np.arange(len(starts))
        while len(moving := moving[self._skipped[array[place[moving]]]]):
            place[moving] += 1  # ends at the LF of the record, at the latest
        found = [self._begin(array, place, pattern) for pattern in self._patterns]
        return np.unique(np.concatenate(found))

    @staticmethod
    def _begin(array: npt.NDArray[np.uint8], place: npt.NDArray[np.int64], pattern: bytes) -> npt.NDArray[np.int64]:
        left = np.arange(len(place))
        for offset, byte in enumerate(pattern):
            at = np.minimum(place[left] + offset, len(array) - 1)
            left = left[(array[at] | 0x20) == (byte | 0x20)]
        return left
