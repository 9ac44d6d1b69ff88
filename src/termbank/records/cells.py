"""What a cell says: one code, a code with its title, or several codes; and dates as people write them."""

import datetime
import re
from typing import NamedTuple

from termbank.records.profile import DATE_FORMATS, Column

_EPOCH = datetime.date(1970, 1, 1)
_BY_LENGTH: dict[int, list[str]] = {}  # strptime alone would read 261231 as the first of March 2612
for _format in DATE_FORMATS:
    _BY_LENGTH.setdefault(len(_EPOCH.strftime(_format)), []).append(_format)


class Part(NamedTuple):
    """One code of a cell: the code, its title where the cell has one, and what stands after it, before the next."""

    code: str
    title: str | None = None
    after: str = ""


def parts(cell: str, column: Column) -> list[Part]:
    """Take a cell apart as the profile says.

    >>> parts("AU124 Upprättande av SIP", Column(name="a", system="kva", cell="code-title"))
    [Part(code='AU124', title='Upprättande av SIP', after=' Upprättande av SIP')]
    >>> [part.code for part in parts("F321, Z630", Column(name="a", system="icd-10-se", cell="codes"))]
    ['F321', 'Z630']
    """
    if column.cell == "code":
        return [Part(cell)]
    if column.cell == "code-title":
        code = cell.split(maxsplit=1)[0].rstrip(":")
        after = cell.strip()[len(code) :]
        return [Part(code, after.strip(" -–:") or None, after)] if code else []
    pieces = re.split(f"([{re.escape(column.separators)}]+)", cell.strip())
    codes, gaps = pieces[::2], [*pieces[1::2], ""]
    return [Part(code, None, gap) for code, gap in zip(codes, gaps, strict=True) if code]


def day_of(text: str, date_format: str | None) -> int | None:
    """Return the day that a cell names, in days since 1970-01-01, or None if it names none.

    >>> day_of("2026-03-01", None) == day_of("20260301", None) == day_of("2026-03-01 00:00:00", None)
    True
    >>> date_of(day_of("261231", None) or 0).isoformat()
    '2026-12-31'
    """
    written = text.strip()
    for form in (date_format,) if date_format else _BY_LENGTH.get(len(written), ()):
        try:
            return (datetime.datetime.strptime(written, form).date() - _EPOCH).days
        except ValueError:
            continue
    return None


def date_of(day: int) -> datetime.date:
    """Return the date of a number of days since 1970-01-01."""
    return _EPOCH + datetime.timedelta(days=day)


def days_since(date: datetime.date) -> int:
    """Return the number of days from 1970-01-01 to a date."""
    return (date - _EPOCH).days


_PERSONAL = re.compile(r"(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{3})(\d)")


def looks_personal(text: str) -> bool:
    """Tell whether a text is shaped like a Swedish personal, coordination or reserve number.

    A personal number has a date and a check digit; a coordination number has 60 added to the day; reserve numbers of
    many regions have letters among the last four.

    >>> looks_personal("19121212-1212"), looks_personal("F32.1"), looks_personal("8504221234")
    (True, False, False)
    """
    written = text.strip()
    if match := _PERSONAL.fullmatch(written):
        month, day = int(match.group(2)), int(match.group(3))
        digits = [int(digit) for digit in "".join(match.groups())]
        doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits[:-1])]
        total = sum(digit // 10 + digit % 10 for digit in doubled)
        return 1 <= month <= 12 and 1 <= day % 60 <= 31 and (total + digits[-1]) % 10 == 0
    return bool(re.fullmatch(r"(?:19|20)\d{6}[- ]?(?=[0-9A-Z]*[A-Z])[0-9A-Z]{4}", written))
