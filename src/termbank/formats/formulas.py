"""No cell that we write starts with a formula: a spreadsheet would run it when a colleague opens the file."""

import re

MAYBE = r"^[=@\t\r+\-]"
NUMBER = r"^[+\-][0-9 \u00a0.,\-]*(?:[0-9][eE][+\-]?[0-9]+)?$"
"""Numbers and telephone numbers: a sign, then digits, spaces, points, commas and dashes, perhaps an exponent."""

_maybe = re.compile(MAYBE)
_number = re.compile(NUMBER.removesuffix("$") + r"\Z")


def neutralise(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet would take it for a formula.

    >>> neutralise("=1+1"), neutralise("-5,2"), neutralise("+46 70-123 45 67"), neutralise("-A1")
    ("'=1+1", '-5,2', '+46 70-123 45 67', "'-A1")
    """
    return "'" + text if _maybe.match(text) and not _number.match(text) else text


def guarded(text: str) -> str:
    """Return a text so that it starts with no formula, and `original` gives it back.

    >>> guarded("=1+1"), guarded("'=1+1"), original(guarded("'=1+1"))
    ("'=1+1", "''=1+1", "'=1+1")
    """
    plain = text.lstrip("'")
    return text if neutralise(plain) == plain else f"'{text}"


def original(text: str) -> str:
    """Return a text without the apostrophe that `neutralise` or `guarded` gave it.

    >>> original("'=1+1"), original("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    plain = text.lstrip("'")
    return text[1:] if text != plain and neutralise(plain) != plain else text
