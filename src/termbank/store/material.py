"""What banks are compiled from, as people keep it: vocabularies, mapping sets, value sets, FHIR resources."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from termbank.errors import FormatError
from termbank.formats import sssom, value_set_files, vocabulary_files
from termbank.formats.fhir import reading as fhir
from termbank.formats.fhir.resources import Item
from termbank.model import Finding, KnownSystem, Location
from termbank.model.rules import rule

RESOURCES = (".json", ".xml", ".tgz", ".tar.gz")
"""How the names of files with FHIR resources end."""

T = TypeVar("T")


def says_itself(path: Path) -> bool:
    """Tell whether a file says itself what it holds: a value set, a mapping set, FHIR resources."""
    return path.name.lower().endswith((value_set_files.SUFFIX, sssom.SUFFIX, *RESOURCES))


class Material(NamedTuple):
    """Everything that was read from some folders and files.

    Arguments:
        vocabularies: the vocabularies, with the places of their concepts.
        mappings: the mapping sets, with the places of their mappings.
        systems: the tables of known systems, each with its place.
        unread: files and folders that look as if they should be read, and were not.
        items: the value sets, and what FHIR resources hold, each with its place.
    """

    vocabularies: list[vocabulary_files.Reading]
    mappings: list[sssom.MappingReading]
    systems: list[tuple[Location, list[KnownSystem]]]
    unread: list[Finding]
    items: list[tuple[Location, Item]] = []  # noqa: RUF012 - a tuple's default is never changed

    def of(self, kind: type[T]) -> list[T]:
        """Return the items of a kind."""
        return [each for _, each in self.items if isinstance(each, kind)]

    @property
    def findings(self) -> Iterator[Finding]:
        """What was found when reading; a finding of severity error stands for an item that was left out."""
        yield from self.unread
        for vocabulary in self.vocabularies:
            yield from vocabulary.findings
        for mapping_set in self.mappings:
            yield from mapping_set.findings


def collect(paths: Iterable[Path], known: Iterable[KnownSystem] = ()) -> Material:
    """Read the vocabularies, mapping sets and tables of systems that stand in folders.

    Arguments:
        paths: vocabulary folders (with a `vocabulary.yaml`), folders that hold several of them, folders with mapping
            sets and value sets, or single files: `NAME.sssom.tsv`, `NAME.valueset.toml`, `systems.yaml`, and FHIR's
            resources (`.json`, `.xml`) and packages (`.tgz`).
        known: systems by whose names the mapping sets may call what they map, beside those in the folders.

    Raises:
        FormatError: a path is none of these, or a file cannot be read.
    """
    paths = list(paths)
    folders: list[Path] = []
    sets: list[Path] = []
    tables: list[Path] = []
    items: list[tuple[Location, Item]] = []
    refused: list[Finding] = []
    for path in paths:
        if not path.exists():
            missing = rule("no-such-file").finding(Location(path=str(path)))
            raise FormatError(f"{path}: there is no such file or folder", missing)
        found = [*_folders(path)]
        inside = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        mapped = [file for file in inside if file.name.endswith(sssom.SUFFIX)]
        named = [file for file in inside if file.name == vocabulary_files.SYSTEMS]
        chosen = [file for file in inside if file.name.endswith(value_set_files.SUFFIX)]
        if path.is_file() and path.name.lower().endswith(RESOURCES):
            for item in fhir.read(path):
                if isinstance(item, Finding):
                    refused.append(item)
                else:
                    items.append((Location(path=str(path)), item))
        elif not (found or mapped or named or chosen):
            raise FormatError(_nothing_in(path))
        items += [(Location(path=str(file)), value_set_files.read(file)) for file in chosen]
        folders, sets, tables = [*folders, *found], [*sets, *mapped], [*tables, *named]
    systems = [(Location(path=str(path)), vocabulary_files.read_systems(path)) for path in tables]
    all_known = [*known, *(system for _, table in systems for system in table)]
    unread = [*refused, *(finding for folder in folders for finding in _unread_files(folder))]
    unread += [finding for path in paths for finding in _without_header(path)]
    readings = [vocabulary_files.read(folder) for folder in folders]
    return Material(readings, [sssom.read(path, all_known) for path in sets], systems, unread, items)


def _unread_files(folder: Path) -> Iterator[Finding]:
    """Find files beside a header that nobody reads: another ending, or none that is known."""
    for path in sorted(folder.iterdir()):
        read = path.suffix in (".yaml", ".csv") or path.name.endswith((sssom.SUFFIX, value_set_files.SUFFIX))
        if path.is_file() and not read and not path.name.startswith((".", "README", "LICENSE")):
            yield rule("unread-file").finding(Location(path=str(path)), file=path.name)


def _without_header(path: Path) -> Iterator[Finding]:
    """Find folders in a folder that hold what looks like a vocabulary, without its header."""
    if not path.is_dir() or (path / vocabulary_files.HEADER).is_file():
        return
    for folder in sorted(path.iterdir()):
        if folder.is_dir() and not (folder / vocabulary_files.HEADER).is_file():
            files = [file.name for file in sorted(folder.iterdir()) if file.suffix in (".yaml", ".yml", ".csv", ".txt")]
            if files:
                where = Location(path=str(folder))
                yield rule("no-header").finding(where, folder=folder.name, file=files[0])


def _folders(path: Path) -> Iterator[Path]:
    if (path / vocabulary_files.HEADER).is_file():
        yield path
    elif path.is_dir():
        yield from (header.parent for header in sorted(path.glob(f"*/{vocabulary_files.HEADER}")))


def _nothing_in(path: Path) -> str:
    kind = "the folder has" if path.is_dir() else "the file is"
    return (
        f"{path}: {kind} neither a vocabulary (a folder with {vocabulary_files.HEADER}), a mapping set "
        f"(NAME{sssom.SUFFIX}), a value set (NAME{value_set_files.SUFFIX}) nor a table of systems "
        f"({vocabulary_files.SYSTEMS})"
    )
