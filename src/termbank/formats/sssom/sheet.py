"""A file of mappings opened: its metadata and header are read, its rows are still to come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termbank.errors import FormatError
from termbank.formats.dialect import unreadable
from termbank.formats.sssom import yaml_block
from termbank.formats.sssom.metadata import Metadata, metadata
from termbank.formats.sssom.rows import Lines, Refused, Row, rows
from termbank.formats.sssom.slots import MAPPING, OLD_SLOTS
from termbank.model import Finding, KnownSystem, Location
from termbank.model.rules import rule

BESIDE = (".sssom.yml", ".sssom.yaml", ".yml", ".yaml")
"""Endings of a file with the metadata of the file of that name beside it."""

_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")


@dataclass
class Sheet:
    """An opened file.

    Arguments:
        path: the file.
        metadata: what it says of the set.
        columns: the names of its columns, those of today; an empty one is not read.
        rows: gives the rows, each time from the first.
        findings: what was found in the header; the metadata has its own.
        old: columns by their index that had the name of a slot before 1.0.
        pointer: the JSON pointer of the mapping that was given last, where the file is JSON.
    """

    path: Path
    metadata: Metadata
    columns: list[str]
    rows: Callable[[], Iterator[Row | Refused | Finding]]
    findings: list[Finding] = field(default_factory=list)
    old: dict[int, str] = field(default_factory=dict)
    pointer: str | None = None

    def where(self, line: int, slot: str | None = None) -> Location:
        """Return the place of a row, or of a value in it."""
        pointer = f"{self.pointer}/{slot}" if self.pointer and slot else self.pointer
        return Location(path=str(self.path), line=line, field=slot, pointer=pointer)


def fault(path: Path | str, line: int, name: str, slot: str | None = None, **arguments: str) -> FormatError:
    """Return the error for what ends the reading."""
    finding = rule(name).finding(Location(path=str(path), line=line, field=slot), **arguments)
    return FormatError(f"{path}:{line}: {finding.message('en')}", finding)


def open_sheet(
    path: Path, known: Iterable[KnownSystem] = (), external: Path | None = None, *, strict: bool = False
) -> Sheet:
    """Open a file.

    Arguments:
        path: TSV (or comma-separated values) with or without its metadata, JSON, or YAML with nothing but metadata.
        known: systems whose names are known.
        external: the file with the metadata; None: the one beside the file, where the file has none itself.
        strict: what SSSOM forbids is refused, also where termbank could make sense of it.

    Raises:
        FormatError: it is missing, or not a mapping set at all; the error has a finding with line and field.
    """
    known = list(known)
    ending = path.suffix.lower()
    if ending == ".json":
        from termbank.formats.sssom.json_form import open_json

        return open_json(path, known, external, strict=strict)
    if ending in (".yml", ".yaml"):
        return Sheet(path, external_metadata(path, known, strict=strict), [], lambda: iter(()))
    return _open_tsv(path, known, external, strict)


def _open_tsv(path: Path, known: list[KnownSystem], external: Path | None, strict: bool) -> Sheet:
    lines = Lines(_lines(path))
    findings: list[Finding] = []
    block: list[str] = []
    line = lines.next()
    if line is None:
        raise fault(path, 1, "sssom-empty-file")
    if line.startswith("\ufeff"):
        findings.append(rule("sssom-byte-order-mark").finding(Location(path=str(path), line=1)))
        line = line[1:]
    if line.startswith(_UTF_16) or "\0" in line:
        raise fault(path, 1, "sssom-wrong-encoding")
    while line is not None and line.startswith("#"):
        block.append(line[1:])
        line = lines.next()
    said = _metadata(block, path, known, external, strict)
    while line is not None and not line.strip():
        findings.append(rule("sssom-blank-line").finding(Location(path=str(path), line=lines.number)))
        line = lines.next()
    if line is None:
        raise fault(path, max(lines.number, 1), "sssom-no-header")
    at = lines.number
    separator = "," if "\t" not in line and "," in line else "\t"
    if separator == ",":
        findings.append(rule("sssom-comma-separated").finding(Location(path=str(path), line=at)))
    header = next(rows(Lines(iter([line]), at - 1), separator, _width(line, separator), str(path)), None)
    if not isinstance(header, Row):
        raise fault(path, at, "sssom-no-header")

    def again() -> Iterator[Row | Refused | Finding]:
        fresh = Lines(_lines(path))
        while fresh.number < at:
            fresh.next()
        return rows(fresh, separator, len(header.cells), str(path))

    sheet = Sheet(path, said, [], again, findings)
    name_columns(sheet, header.cells, at)
    return sheet


def _width(line: str, separator: str) -> int:
    return line.count(separator) + 1


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file; bytes that are not UTF-8 are kept as halves of characters."""
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            first = file.readline()
            if "\r" in first and not first.endswith("\n"):  # line ends of old
                yield from _old_lines(first)
                return
            yield from ([first] if first else [])
            yield from file
    except OSError as error:
        raise unreadable(path, error) from None


def _old_lines(text: str) -> Iterator[str]:
    yield from (f"{line}\n" for line in text.removesuffix("\r").split("\r"))


def _metadata(block: list[str], path: Path, known: list[KnownSystem], external: Path | None, strict: bool) -> Metadata:
    if external is None and not block:
        external = beside(path)
    if external is not None:
        said = external_metadata(external, known, strict=strict)
        if block:
            said.findings.append(rule("sssom-two-metadata").finding(Location(path=str(path), line=1)))
        return said
    found = _parsed("".join(block), path)

    def where(slot: str) -> Location:
        return Location(path=str(path), line=found.lines.get(slot, 1), field=slot)

    return metadata(found.values, found.lines, where, known, strict=strict)


def beside(path: Path) -> Path | None:
    """Return the file with the metadata of a file, where one lies beside it."""
    stem = path.name.removesuffix(path.suffix).removesuffix(".sssom")
    return next((file for end in BESIDE if (file := path.with_name(f"{stem}{end}")).is_file()), None)


def external_metadata(path: Path, known: Iterable[KnownSystem], *, strict: bool, iris: bool = False) -> Metadata:
    """Read a file that holds nothing but the metadata of a set."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    except OSError as error:
        raise unreadable(path, error) from None
    found = _parsed(text, path)

    def where(slot: str) -> Location:
        return Location(path=str(path), line=found.lines.get(slot, 1), field=slot)

    return metadata(found.values, found.lines, where, known, strict=strict, iris=iris)


def _parsed(text: str, path: Path) -> yaml_block.Block:
    try:
        return yaml_block.parse(text)
    except yaml_block.BlockError as error:
        raise fault(path, error.line, "sssom-metadata", problem=str(error)) from None


def name_columns(sheet: Sheet, header: list[str], line: int) -> None:
    """Give a sheet its columns: names of today for those of old, none for what has no name.

    Raises:
        FormatError: a column stands twice, or one that every mapping has is missing.
    """
    names = [_plain_name(name) for name in header]
    for index, name in enumerate(names):
        current = OLD_SLOTS.get(name)
        if current and not set(current) & set(names):
            sheet.findings.append(
                rule("sssom-old-name").finding(sheet.where(line, name), name, old=name, new=", ".join(current))
            )
            sheet.old[index] = name
            names[index] = current[0]
        elif current:
            sheet.findings.append(rule("sssom-old-ignored").finding(sheet.where(line, name), name, slot=name))
            names[index] = ""
        elif name and name not in MAPPING:
            if name not in sheet.metadata.extensions:
                sheet.findings.append(rule("sssom-unknown-slot").finding(sheet.where(line, name), name, slot=name))
        elif not name:
            sheet.findings.append(rule("sssom-nameless-column").finding(sheet.where(line), column=str(index + 1)))
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise fault(sheet.path, line, "sssom-repeated-column", twice, column=twice)
    missing = missing_columns(names, sheet)
    if missing:
        raise fault(sheet.path, line, "sssom-missing-column", missing[0], columns=", ".join(missing))
    sheet.columns = names


def missing_columns(names: list[str], sheet: Sheet) -> list[str]:
    """Return what every mapping has and no column holds; a literal has a label and no id."""
    typed = {*names, *sheet.metadata.record}
    old = "match_term_type" in sheet.old.values()
    sides = [
        f"{side}_id"
        for side in ("subject", "object")
        if f"{side}_id" not in names and not (f"{side}_label" in names and (f"{side}_type" in typed or old))
    ]
    return [*sides, *(name for name in ("predicate_id", "mapping_justification") if name not in names)]


def _plain_name(name: str) -> str:
    """Return the name of a slot for one that is written `Subject ID` or so."""
    name = name.strip()
    plain = name.lower().replace(" ", "_").replace("-", "_")
    return plain if plain in MAPPING or plain in OLD_SLOTS else name
