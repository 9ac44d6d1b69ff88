"""The header of a file with records: one name per column, no two alike."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from termbank.errors import FormatError
from termbank.formats.dialect import Dialect
from termbank.records.decoding import shown
from termbank.records.quoting import split

_LIKE_DATA = re.compile(r"\d{6}|\d{4}-\d\d-\d\d")


class Header(NamedTuple):
    """The header of a file.

    Arguments:
        names: of the columns, no two alike.
        line: the line (in a sheet: the row) of the header, 1-based.
        titles: the rows above it that were skipped, as they stand.
    """

    names: list[str]
    line: int
    titles: list[str]


def listed(names: Iterable[str]) -> str:
    """Return the names of the columns for a message, unless they look like a row of records, which are secret.

    >>> listed(["kod", "datum"])
    'kod, datum'
    >>> listed(["000417", "Maj Ek"])
    '(not shown: the line looks like a row of data, not like a header; see skip_rows in the profile)'
    """
    named = list(names)
    if any(_LIKE_DATA.search(name) for name in named):
        return "(not shown: the line looks like a row of data, not like a header; see skip_rows in the profile)"
    return ", ".join(named)


def unique_names(names: Iterable[str], place: str) -> list[str]:
    """Return the names of the columns; one without a name is named `column_N` after its position.

    Raises:
        FormatError: two columns have the same name.

    >>> unique_names(["kod", ""], "plan.csv:1")
    ['kod', 'column_2']
    """
    named = [name if name.strip() else f"column_{number}" for number, name in enumerate(names, start=1)]
    twice = [name for name, count in Counter(named).items() if count > 1]
    if twice:
        shown_names = ", ".join(map(repr, twice)) if listed(named) == ", ".join(named) else listed(named)
        raise FormatError(f"{place}: more than one column is named {shown_names}; give each column a name of its own.")
    return named


def column_names(record: bytes, dialect: Dialect, old_mac: bool, place: str) -> list[str]:
    """Read the names of the columns from the header record of a CSV file, which follows RFC 4180.

    Raises:
        FormatError: it is not text in the encoding, or two columns have the same name.
    """
    try:
        text = record.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        seen = listed([shown(record.rstrip(b"\r\n"), dialect)])
        raise FormatError(
            f"{place}: the header is not {dialect.encoding_name} ({seen}); "
            "say which encoding the file has, or save it as UTF-8."
        ) from None
    if "\0" in text:
        raise FormatError(f"{place}: the header has a NUL byte; the file is damaged or has another encoding.")
    return unique_names(split(text.replace("\n", "\r") if old_mac else text, dialect.separator), place)
