"""Rows of text from CSV and XLSX files, each with its line; and such files written, without formulas."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from termbank.errors import FormatError, WriteError
from termbank.files import AtomicFile
from termbank.formats.dialect import detect, unreadable
from termbank.formats.formulas import guarded, original
from termbank.model import Finding, Location
from termbank.model.rules import rule

_LARGEST_CELL = 1 << 24
QUOTE = '"'
_ROUNDED = 1e15
"""From here on a spreadsheet's number has lost digits of what was a code."""


class Line(NamedTuple):
    """One row.

    Arguments:
        number: of its line in the file, or of its row in the sheet.
        cells: the cells as text.
        numbers: the places of cells that are numbers in the sheet, and of those the ones that were rounded.
    """

    number: int
    cells: list[str]
    numbers: frozenset[int] = frozenset()
    rounded: frozenset[int] = frozenset()


def is_sheet(path: Path) -> bool:
    """Tell whether a file is a spreadsheet, by its name."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def lines(path: Path) -> tuple[list[Line], list[Finding]]:
    """Read all rows of a file that are not empty, the header row first.

    Raises:
        FormatError: it is missing, damaged, or has no row.
    """
    found, findings = (_sheet(path), []) if is_sheet(path) else _text(path)
    rows = [line for line in found if any(cell.strip() for cell in line.cells)]
    if not rows:
        raise FormatError(f"{path}: the file is empty; expected a header row with the names of the columns")
    return rows, findings


def header(line: Line, path: Path) -> list[str]:
    """Return the names of the columns.

    Raises:
        FormatError: a name stands twice.
    """
    names = [cell.strip() for cell in line.cells]
    while names and not names[-1]:
        names.pop()
    repeated = next((name for name in names if name and names.count(name) > 1), None)
    if repeated is not None:
        raise FormatError(f"{path}:{line.number}: the column {repeated} stands twice; keep one of them")
    return names


def misfit(line: Line, names: Sequence[str], where: Location) -> Finding | None:
    """Return what is wrong with a row that has more or fewer cells than the header."""
    found = len(line.cells)
    if found > len(names) and not any(cell.strip() for cell in line.cells[len(names) :]):
        return None
    if found == len(names):
        return None
    which = "too-few-fields" if found < len(names) else "too-many-fields"
    return rule(which).finding(where, found=found, expected=len(names))


def _text(path: Path) -> tuple[list[Line], list[Finding]]:
    dialect, findings = detect(path)
    csv.field_size_limit(_LARGEST_CELL)
    rows: list[Line] = []
    try:
        with path.open(encoding=dialect.encoding, newline="") as file:
            if dialect.bom:
                file.read(1)
            reader = csv.reader(file, delimiter=dialect.separator, strict=True)
            start = 1
            for row in reader:
                rows.append(Line(start, [original(cell) for cell in row]))
                start = reader.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: the file cannot be read as CSV in {dialect.encoding_name}: {error}") from None
    except OSError as error:
        raise unreadable(path, error) from None
    return rows, findings


def _sheet(path: Path) -> list[Line]:
    import python_calamine as calamine

    try:
        with path.open("rb") as file:
            if not file.read(2).startswith(b"PK"):
                raise FormatError(f"{path}: this is not an XLSX file; save it as XLSX, or give it its right name.")
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
        left: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
        return [_line(number, [*left, *row]) for number, row in enumerate(sheet.iter_rows(), start=1)]
    except OSError as error:
        raise unreadable(path, error) from None
    except calamine.CalamineError as error:
        raise FormatError(
            f"{path}: the XLSX file cannot be read ({error}); open it in Excel and save it anew."
        ) from None


def _line(number: int, row: list[Any]) -> Line:
    numbers = {place for place, cell in enumerate(row) if isinstance(cell, float | int) and not isinstance(cell, bool)}
    rounded = {place for place in numbers if abs(row[place]) >= _ROUNDED}
    return Line(number, [original(_plain(cell)) for cell in row], frozenset(numbers), frozenset(rounded))


def _plain(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else "" if cell is None else str(cell)


def write(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ";") -> None:
    """Write rows as XLSX or CSV (UTF-8, LF), by the name of the file, which appears when it is whole.

    Raises:
        WriteError: it cannot be written there, or is too large for a sheet.
        FormatError: a text has half a character in it.
    """
    everything = [[guarded(cell) for cell in row] for row in (names, *rows)]
    data = _workbook(path, everything) if is_sheet(path) else _csv(path, everything, separator)
    with AtomicFile(path, private=False) as file:
        file.write(data)
        file.commit()


def _csv(path: Path, rows: list[list[str]], separator: str) -> bytes:
    special = set(f'"\r\n{separator}')
    quoted = (
        [f'"{cell.replace(QUOTE, QUOTE + QUOTE)}"' if special & set(cell) else cell for cell in row] for row in rows
    )
    return encoded("".join(separator.join(row) + "\n" for row in quoted), path)


def encoded(text: str, path: Path) -> bytes:
    """Return a text in UTF-8.

    Raises:
        FormatError: there is half a character in it.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise FormatError(f"{path}: there is half a character in a text; correct it at its source") from None


_MOST_ROWS, _LONGEST = 1_048_576, 32_767


def _workbook(path: Path, rows: list[list[str]]) -> bytes:
    import xlsxwriter

    if len(rows) > _MOST_ROWS or any(len(cell) > _LONGEST for row in rows for cell in row):
        raise WriteError(f"{path}: this is too much for a sheet of XLSX; write CSV.")
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet("mappings")
    bold = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell:
                encoded(cell, path)
                sheet.write_string(number, place, cell, *([bold] if number == 0 else []))
    sheet.freeze_panes(1, 0)
    book.close()
    return data.getvalue()


def iterate(rows: list[Line], names: Sequence[str], path: Path) -> Iterator[tuple[Location, Line, Finding | None]]:
    """Yield each row below the header with its place, and what is wrong with its length."""
    for line in rows:
        where = Location(path=str(path), line=line.number)
        yield where, line, misfit(line, names, where)
