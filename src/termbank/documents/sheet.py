"""XLSX: the words in the cells of every sheet, each with the heading of its column."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from termbank.documents import limits
from termbank.documents.cells import cell_name
from termbank.documents.composer import Composer, Kind
from termbank.documents.document import Document
from termbank.documents.docx_parts import properties
from termbank.documents.package import BROKEN, Package, open_package
from termbank.documents.refusal import refusal, shown_size
from termbank.errors import FormatError

_CODES = re.compile(
    r"kod|code|\bkv[åa]\b|\bicd\b|\bksi\b|\bicf\b|snomed|\batc\b|\bsfs\b|\blagrum|\båtgärd", re.IGNORECASE
)
_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z", re.IGNORECASE)
_BLOCK = 1 << 20
_HEADER_ROWS = 30


def read(path: str | Path) -> Document:
    """Read a workbook.

    Cells with text are segments. Numbers are read only where the heading of the column says that they are codes. The
    headings are the first row in which all cells that are filled have text, and more than one is.

    Arguments:
        path: the file.

    Returns:
        The document, with `sheet Blad1, cell B7` as the parts.

    Raises:
        FormatError: the file is no workbook, damaged, protected, has macros, or is too large.
    """
    import python_calamine as calamine

    path = Path(path)
    with open_package(path, "xlsx") as package:
        if package.name("xl/workbook.xml") is None and not any(_SHEET.match(name) for name in package.entries):
            raise package.broken()
        check_extent(package)
        said = properties(package)
    composer = Composer(str(path))
    with workbook(path) as book:
        for metadata in book.sheets_metadata:
            if metadata.typ == calamine.SheetTypeEnum.WorkSheet:
                _write(composer, metadata.name, _rows(book.get_sheet_by_name(metadata.name)))
    text, segments = composer.finish()
    return Document(
        path=str(path),
        format="xlsx",
        text=text,
        segments=segments,
        title=said.title,
        owner=said.owner,
        date=said.date,
    )


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """Open a workbook with calamine; whatever goes wrong in it is said as a file that cannot be read.

    Raises:
        FormatError: the file is protected or damaged.
    """
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            yield book
    except calamine.PasswordError as error:
        raise refusal("document-encrypted", path) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise refusal("document-broken", path, format="xlsx") from error
    except BaseException as error:  # a panic of the Rust library derives from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise refusal("document-broken", path, format="xlsx") from error


def check_extent(package: Package) -> None:
    """Hold the memory that a sheet takes: one cell in the last corner makes it as large as the whole grid.

    Raises:
        FormatError: a sheet is too large, or a part is larger than the archive says.
    """
    unpacked = 0
    for name, info in package.entries.items():
        if not name.lower().startswith("xl/") or not name.lower().endswith(".xml"):
            continue
        rows = columns = 0
        rest = b""
        try:
            with package.archive.open(info) as file:
                while block := file.read(_BLOCK):
                    unpacked += len(block)
                    if unpacked > limits.UNPACKED_BYTES:
                        limit = shown_size(limits.UNPACKED_BYTES)
                        raise refusal("document-too-large", package.path, size=f"> {limit}", limit=limit)
                    if _SHEET.match(name):
                        block = rest + block
                        for match in _REFERENCE.finditer(block):
                            rows = max(rows, int(match[2]))
                            columns = max(columns, _column(match[1]))
                        rest = block[-300:]
        except BROKEN as error:
            if isinstance(error, FormatError):
                raise
            raise package.broken() from error
        if rows * columns > limits.CELLS:
            size = f"{rows} × {columns}"
            raise refusal("document-too-large", package.path, size=size, limit=str(limits.CELLS))


def _column(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any) -> Iterator[tuple[int, int, Sequence[object]]]:
    """Yield the rows of a sheet with their number and that of their first column, both from 0."""
    if sheet.start is None:
        return
    first = sheet.start[1]
    for number, row in enumerate(sheet.iter_rows()):
        yield number, first, row


def _write(composer: Composer, name: str, rows: Iterable[tuple[int, int, Sequence[object]]]) -> None:
    """Write the cells of a sheet."""
    heads: dict[int, str] = {}
    head_row: int | None = None
    for number, first, row in rows:
        filled = [(first + index, cell) for index, cell in enumerate(row) if cell is not None and cell != ""]
        if head_row is None and number < _HEADER_ROWS and len(filled) > 1 and _only_text(filled):
            head_row = number
            heads = {column: " ".join(str(cell).split()) for column, cell in filled}
        for column, cell in filled:
            head = heads.get(column) if number != head_row else None
            if isinstance(cell, str):
                text = cell
            elif isinstance(cell, float | int) and not isinstance(cell, bool) and head and _CODES.search(head):
                text = str(int(cell)) if float(cell).is_integer() else str(cell)
            else:
                continue
            composer.begin(Kind("cell", f"sheet {name}, cell {cell_name(number, column)}", None, head))
            composer.write(text)


def _only_text(cells: Iterable[tuple[int, object]]) -> bool:
    return all(isinstance(cell, str) for _, cell in cells)
