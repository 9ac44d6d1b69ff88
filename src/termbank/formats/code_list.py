"""Code lists as CSV: one row a code, with named or mapped columns."""

import csv
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from termbank.errors import FormatError
from termbank.formats.dialect import Dialect, detect
from termbank.model import Concept, Finding, Location, Property, Relation, Term
from termbank.model.notation import dotted
from termbank.model.rules import rule

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "kod", "key", "id"),
    "title": ("title", "titel", "label", "display", "value", "benämning", "klartext", "text"),
    "title_en": ("title_en", "label_en", "display_en"),
    "parent": ("parent", "parent_code", "överordnad", "överordnad kod"),
    "valid_from": ("valid_from", "giltig från", "giltig_fran", "from"),
    "valid_to": ("valid_to", "giltig till", "giltig_till", "to"),
    "selectable": ("selectable", "valbar"),
    "inactive": ("inactive", "inaktiv"),
}
"""The columns that are understood, each with the names it goes by when none is given."""

_YES = {"1", "true", "yes", "ja", "x", "j", "y"}
_NO = {"0", "false", "no", "nej", "n", "-", ""}


def columns_of(header: list[str], chosen: Mapping[str, str], path: Path) -> dict[str, int]:
    """Find which column holds what.

    Arguments:
        header: names in the header row.
        chosen: what the user said: role to column name.
        path: the file, for messages.

    Returns:
        Role to column index.

    Raises:
        FormatError: a named column is not there, a role is not known, or no column holds the code.
    """
    names = [name.strip().lower() for name in header]
    listed = ", ".join(header)
    found: dict[str, int] = {}
    for role, column in chosen.items():
        if role not in COLUMNS:
            raise FormatError(f"{path}: {role} is no column role; the roles are {', '.join(COLUMNS)}")
        if column.strip().lower() not in names:
            raise FormatError(f"{path}:1: there is no column {column}; the columns are {listed}")
        found[role] = names.index(column.strip().lower())
    for role, known in COLUMNS.items():
        if role not in found:
            match = next((name for name in known if name in names), None)
            if match is not None and names.index(match) not in found.values():
                found[role] = names.index(match)
    if "code" not in found:
        raise FormatError(
            f"{path}:1: no column holds the code; the columns are {listed}. Say which: --columns code=NAME,title=NAME"
        )
    return found


def read(path: Path, **options: Any) -> Iterator[Concept | Finding]:
    """Read a code list; the items of `located`, without their places."""
    return (item for item, _ in located(path, **options))


def located(
    path: Path, *, columns: Mapping[str, str] | None = None, dot_after: int | None = None, prefix_parents: bool = False
) -> Iterator[tuple[Concept | Finding, Location]]:
    """Read a code list; every row gives either a concept or an error that says why not, each with its place.

    Arguments:
        path: a CSV file in UTF-8, UTF-16 or Windows-1252, separated by `;`, `,`, tab or `|`.
        columns: role to column name, where the names differ from those in `COLUMNS`.
        dot_after: put in the dot that the list leaves out, after so many characters.
        prefix_parents: the code above a code is the longest other code that it begins with.

    Yields:
        Concepts and findings, in the order of the rows. Findings of severity error stand for a refused row.

    Raises:
        FormatError: the file is missing, unreadable, or has no column with codes.
    """
    dialect, findings = detect(path)
    yield from ((finding, Location(path=str(path))) for finding in findings)
    rows = list(_rows(path, dialect))
    if not rows:
        raise FormatError(f"{path}: the file is empty; expected a header row with the names of the columns")
    place = columns_of(rows[0][1], columns or {}, path)
    if unread := [name for index, name in enumerate(rows[0][1]) if index not in place.values() and name.strip()]:
        where = Location(path=str(path), line=1)
        yield rule("unread-columns").finding(where, columns=", ".join(unread)), where
    if "title" not in place:
        where = Location(path=str(path), line=1)
        yield rule("no-titles").finding(where), where
    codes = {row[place["code"]].strip() for _, row in rows[1:] if len(row) > place["code"]}
    rewritten: list[str] = []
    seen: dict[str, int] = {}
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        where = Location(path=str(path), line=line)
        if len(row) != len(rows[0][1]):
            which = "too-few-fields" if len(row) < len(rows[0][1]) else "too-many-fields"
            yield rule(which).finding(where, found=len(row), expected=len(rows[0][1])), where
            continue
        cells = {role: row[index].strip() for role, index in place.items()}
        written = cells["code"]
        if not written:
            yield rule("missing-code").finding(where), where
            continue
        if prefix_parents and not cells.get("parent"):
            cells["parent"] = next((written[:n] for n in range(len(written) - 1, 0, -1) if written[:n] in codes), "")
        if dot_after:
            cells["code"] = dotted(written, dot_after)
            cells["parent"] = dotted(cells.get("parent", ""), dot_after)
            if cells["code"] != written:
                rewritten.append(written)
        code = cells["code"]
        if code in seen:
            yield rule("duplicate-code").finding(where, value=code, code=code, first=seen[code]), where
            continue
        seen[code] = line
        yield _concept(cells, where), where
    if rewritten:
        example = f"{rewritten[0]} → {dotted(rewritten[0], dot_after or 0)}"
        where = Location(path=str(path))
        yield rule("code-rewritten").finding(where, count=len(rewritten), example=example), where


def _rows(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(1 << 24)
    try:
        with path.open(encoding=dialect.encoding, newline="") as lines:
            if dialect.bom:
                lines.read(1)
            reader = csv.reader(lines, delimiter=dialect.separator, strict=True)
            start = 1
            for row in reader:
                yield start, row
                start = reader.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: the file cannot be read as CSV in {dialect.encoding_name}: {error}") from None


def _concept(cells: Mapping[str, str], where: Location) -> Concept | Finding:
    dates: dict[str, datetime.date | None] = {}
    for role in ("valid_from", "valid_to"):
        try:
            dates[role] = datetime.date.fromisoformat(cells[role][:10]) if cells.get(role) else None
        except ValueError:
            return rule("not-a-date").finding(where, field=role, given=cells[role])
    start, end = dates["valid_from"], dates["valid_to"]
    if start and end and end < start:
        return rule("dates-reversed").finding(where, code=cells["code"], valid_from=start, valid_to=end)
    terms = [Term(text=cells["title"])] if cells.get("title") else []
    if cells.get("title_en"):
        terms.append(Term(text=cells["title_en"], language="en"))
    for role in ("selectable", "inactive"):
        if cells.get(role, "").lower() not in _YES | _NO:
            return rule("not-yes-or-no").finding(where, field=role, given=cells[role])
    selectable = cells.get("selectable", "")
    return Concept(
        id=cells["code"],
        terms=tuple(terms),
        relations=(Relation(type="broader", target=cells["parent"]),) if cells.get("parent") else (),
        properties=(Property(code="selectable", value=selectable.lower() in _YES),) if selectable else (),
        abstract=bool(selectable) and selectable.lower() not in _YES,
        inactive=cells.get("inactive", "").lower() in _YES,
        valid_from=start,
        valid_to=end,
    )
