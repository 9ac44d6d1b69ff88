"""No cell that we write starts with a formula: a spreadsheet would run it when a colleague opens the file."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_MAYBE = r"^[=@\t\r+\-]"
_NUMBER = r"^[+\-][0-9 \u00a0.,\-]*(?:[0-9][eE][+\-]?[0-9]+)?$"
"""Numbers and telephone numbers: a sign, then digits, spaces, points, commas and dashes, perhaps an exponent."""

_maybe = re.compile(_MAYBE)
_number = re.compile(_NUMBER.removesuffix("$") + r"\Z")


def neutralise(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet would take it for a formula.

    >>> neutralise("=1+1"), neutralise("-5,2"), neutralise("+46 70-123 45 67"), neutralise("-A1")
    ("'=1+1", '-5,2', '+46 70-123 45 67', "'-A1")
    """
    return "'" + text if _maybe.match(text) and not _number.match(text) else text


def neutralise_frame(table: "pl.DataFrame") -> "tuple[pl.DataFrame, int]":
    """Do the same to all columns of strings of a table; return it, and how many cells were changed."""
    import polars as pl

    columns = [name for name, kind in table.schema.items() if kind == pl.String]
    if not columns or not table.height:
        return table, 0
    found = table.select(pl.col(columns).str.contains(_MAYBE).any()).row(0)
    suspects = [name for name, any_ in zip(columns, found, strict=True) if any_]
    if not suspects:
        return table, 0
    cells = pl.col(suspects)
    formula = cells.str.contains(_MAYBE) & ~cells.str.contains(_NUMBER)
    count = sum(table.select(formula.sum()).row(0))
    if not count:
        return table, 0
    return table.with_columns(pl.when(formula).then("'" + cells).otherwise(cells).name.keep()), count
