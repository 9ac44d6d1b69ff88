"""What banks are compiled from, as people keep it: folders of vocabularies, mapping sets and the table of systems."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from termbank.errors import FormatError
from termbank.formats import sssom, vocabulary_files
from termbank.model import Finding, KnownSystem, Location
from termbank.model.rules import rule


class Material(NamedTuple):
    """Everything that was read from some folders and files.

    Arguments:
        vocabularies: the vocabularies, with the places of their concepts.
        mappings: the mapping sets, with the places of their mappings.
        systems: the tables of known systems, each with its place.
        unread: files and folders that look as if they should be read, and were not.
    """

    vocabularies: list[vocabulary_files.Reading]
    mappings: list[sssom.MappingReading]
    systems: list[tuple[Location, list[KnownSystem]]]
    unread: list[Finding]

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
            sets, or single files: `NAME.sssom.tsv`, `systems.yaml`.
        known: systems by whose names the mapping sets may call what they map, beside those in the folders.

    Raises:
        FormatError: a path is none of these, or a file cannot be read.
    """
    paths = list(paths)
    folders: list[Path] = []
    sets: list[Path] = []
    tables: list[Path] = []
    for path in paths:
        if not path.exists():
            missing = rule("no-such-file").finding(Location(path=str(path)))
            raise FormatError(f"{path}: there is no such file or folder", missing)
        found = [*_folders(path)]
        inside = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        mapped = [file for file in inside if file.name.endswith(sssom.SUFFIX)]
        named = [file for file in inside if file.name == vocabulary_files.SYSTEMS]
        if not (found or mapped or named):
            raise FormatError(_nothing_in(path))
        folders, sets, tables = [*folders, *found], [*sets, *mapped], [*tables, *named]
    systems = [(Location(path=str(path)), vocabulary_files.read_systems(path)) for path in tables]
    all_known = [*known, *(system for _, table in systems for system in table)]
    unread = [finding for folder in folders for finding in _unread_files(folder)]
    unread += [finding for path in paths for finding in _without_header(path)]
    readings = [vocabulary_files.read(folder) for folder in folders]
    return Material(readings, [sssom.read(path, all_known) for path in sets], systems, unread)


def _unread_files(folder: Path) -> Iterator[Finding]:
    """Find files beside a header that nobody reads: another ending, or none that is known."""
    for path in sorted(folder.iterdir()):
        read = path.suffix in (".yaml", ".csv") or path.name.endswith(sssom.SUFFIX)
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
        f"(NAME{sssom.SUFFIX}) nor a table of systems ({vocabulary_files.SYSTEMS})"
    )
