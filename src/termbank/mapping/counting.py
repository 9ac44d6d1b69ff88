"""How often each code is in a column of a user's own data."""

from collections import Counter
from pathlib import Path

from termbank.errors import FormatError
from termbank.formats.mappings import sheets
from termbank.model import Finding


def counts(path: Path, column: str, *, only: bool = False) -> tuple[dict[str, int], list[Finding]]:
    """Count the cells of a column; empty ones are not counted.

    Arguments:
        path: a CSV or XLSX file with a header row.
        column: the name of the column, in upper or lower case.
        only: where there is no such column, but one column in all, that one is meant.

    Returns:
        How many rows each code has; and what was found in reading.

    Raises:
        FormatError: the file cannot be read, or has no such column.
    """
    rows, findings = sheets.lines(path)
    names = sheets.header(rows[0], path)
    folded = [name.casefold() for name in names]
    if column.casefold() in folded:
        place = folded.index(column.casefold())
    elif only and len(names) == 1:
        place = 0
    else:
        raise FormatError(f"{path}: there is no column {column}; the columns are {', '.join(names)}")
    cells = (row.cells[place].strip() for row in rows[1:] if place < len(row.cells))
    return dict(Counter(cell for cell in cells if cell)), findings
