"""No cell that we write starts with a formula: a spreadsheet would run it when a colleague opens the file."""

from typing import TYPE_CHECKING

from termbank.formats.formulas import MAYBE, NUMBER, neutralise

if TYPE_CHECKING:
    import polars as pl

__all__ = ["neutralise", "neutralise_frame"]


def neutralise_frame(table: "pl.DataFrame") -> "tuple[pl.DataFrame, int]":
    """Do the same to all columns of strings of a table; return it, and how many cells were changed."""
    import polars as pl

    columns = [name for name, kind in table.schema.items() if kind == pl.String]
    if not columns or not table.height:
        return table, 0
    found = table.select(pl.col(columns).str.contains(MAYBE).any()).row(0)
    suspects = [name for name, any_ in zip(columns, found, strict=True) if any_]
    if not suspects:
        return table, 0
    cells = pl.col(suspects)
    formula = cells.str.contains(MAYBE) & ~cells.str.contains(NUMBER)
    count = sum(table.select(formula.sum()).row(0))
    if not count:
        return table, 0
    return table.with_columns(pl.when(formula).then("'" + cells).otherwise(cells).name.keep()), count
