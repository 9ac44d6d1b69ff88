"""What a document says of itself: title, owner, date."""

import datetime
from typing import NamedTuple


class Properties(NamedTuple):
    """What a document says of itself."""

    title: str | None = None
    owner: str | None = None
    date: datetime.date | None = None


def parsed_date(text: str | None) -> datetime.date | None:
    """Return the day of a timestamp (W3CDTF, ISO 8601), or None.

    >>> parsed_date("2026-03-01T08:00:00Z")
    datetime.date(2026, 3, 1)
    """
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
