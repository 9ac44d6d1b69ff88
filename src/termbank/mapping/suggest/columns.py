"""A column of local terms read from a CSV or XLSX file."""

from pathlib import Path
from typing import NamedTuple

from termbank.errors import FormatError
from termbank.formats.mappings import sheets
from termbank.model import Finding, Location

NAMES = ("text", "term", "lokal term", "benämning", "titel", "title", "display", "label", "klartext", "beskrivning")
"""The columns that hold the terms when none is named."""


class Cell(NamedTuple):
    """A term and its line."""

    line: int
    text: str


class Column(NamedTuple):
    """What a file has in a column: every row of it is a cell, empty, or refused.

    Arguments:
        name: of the column.
        cells: the terms.
        empty: how many rows have none.
        refused: what is wrong with the rows that cannot be read.
        findings: what else is to be said of the file.
    """

    name: str
    cells: list[Cell]
    empty: int
    refused: list[Finding]
    findings: list[Finding]


def is_file(text: str) -> bool:
    """Tell whether an argument names a file with a column, whether it is there or not."""
    path = Path(text)
    return path.suffix.lower() in (".csv", ".tsv", ".xlsx", ".xlsm") and " " not in path.suffix


def read(path: Path, column: str | None = None) -> Column:
    """Read a column.

    Arguments:
        path: a CSV or XLSX file with a header row.
        column: its name; None: the only one, or one of `NAMES`.

    Raises:
        FormatError: the file cannot be read, or has no such column.
    """
    rows, findings = sheets.lines(path)
    names = sheets.header(rows[0], path)
    place = _place(names, column, path)
    cells: list[Cell] = []
    refused: list[Finding] = []
    empty = 0
    for line in rows[1:]:
        wrong = sheets.misfit(line, names, Location(path=str(path), line=line.number))
        if wrong is not None:
            refused.append(wrong)
        elif line.cells[place].strip():
            cells.append(Cell(line.number, line.cells[place].strip()))
        else:
            empty += 1
    return Column(names[place], cells, empty, refused, findings)


def _place(names: list[str], column: str | None, path: Path) -> int:
    folded = [name.casefold() for name in names]
    if column is not None:
        if column.strip().casefold() in folded:
            return folded.index(column.strip().casefold())
        raise FormatError(f"{path}:1: there is no column {column}; the columns are {', '.join(names)}")
    if len(names) == 1:
        return 0
    found = next((folded.index(name) for name in NAMES if name in folded), None)
    if found is None:
        raise FormatError(f"{path}:1: name the column with the terms (--column); the columns are {', '.join(names)}")
    return found
