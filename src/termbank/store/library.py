"""The default bank: what is shipped plus the user's own lists, compiled when it is not yet, or not any more."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from termbank.errors import BankError, FormatError, UnknownVocabulary
from termbank.formats import normalised, sssom, vocabulary_files
from termbank.model import Concept, KnownSystem, MappingSet, VocabularyInfo
from termbank.store import places, schema
from termbank.store.build import Part, build
from termbank.store.file import BankFile

_SLUG = str.maketrans(dict.fromkeys('/\\:*?"<>| ', "_"))
_KEPT = 2
"""How many compiled banks of earlier sources stay in the cache."""


class Sources(NamedTuple):
    """Everything that a bank is compiled from."""

    vocabularies: list[Part]
    mappings: list[MappingSet]
    systems: list[KnownSystem]


def open_default() -> BankFile:
    """Open the bank of what is shipped plus the user's own lists; compile it first where needed.

    Several processes may do so at once: each compiles to a file of its own, and moves it into place whole.

    Raises:
        FormatError: one of the user's own lists is damaged.
        BankError: there is nowhere at all to put a compiled bank.
    """
    name = f"{fingerprint()}.bank"
    path = places.cache_folder() / name
    if path.exists():
        with contextlib.suppress(BankError):
            return BankFile(path)
    try:
        _compile(path)
        _tidy(path)
    except BankError as error:
        warnings.warn(f"{error}; compiling into a temporary folder, which each start must do anew", stacklevel=3)
        try:
            folder = Path(tempfile.mkdtemp(prefix="termbank-"))
        except OSError:
            raise error from None
        path = folder / name
        _compile(path)
        bank = BankFile(path)
        weakref.finalize(bank, shutil.rmtree, folder, ignore_errors=True)
        return bank
    return BankFile(path)


def _compile(path: Path) -> None:
    sources = read_sources()
    build(path, sources.vocabularies, sources.mappings, sources.systems)


def _tidy(current: Path) -> None:
    """Remove compiled banks of earlier sources, but for the newest few: another program may be about to open one."""
    others = [path for path in current.parent.glob("*.bank") if path != current]
    with contextlib.suppress(OSError):
        for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            old.unlink()


def fingerprint() -> str:
    """Return what changes when any source of the default bank does: names, sizes and times of its files."""
    facts = [
        (folder, str(path.relative_to(root)), stat.st_size, stat.st_mtime_ns)
        for folder, root, path in _files()
        for stat in (path.stat(),)
    ]
    return hashlib.sha256(json.dumps([schema.FORMAT, sorted(facts)]).encode()).hexdigest()[:32]


def _files() -> Iterator[tuple[str, Path, Path]]:
    for name in ("vocabularies", "mappings"):
        root = places.shipped(name)
        for path in root.rglob("*"):
            if path.is_file() and path.suffix in (".yaml", ".csv", ".tsv"):
                yield name, root, path
    root = places.data_folder()
    for path in own_lists():
        yield "own", root, path


def own_lists() -> list[Path]:
    """Return the files of the user's own lists."""
    folder = places.data_folder() / "vocabularies"
    return sorted(folder.glob(f"*{normalised.SUFFIX}")) if folder.is_dir() else []


def shipped_systems() -> list[KnownSystem]:
    """Read the shipped table of known systems."""
    return vocabulary_files.read_systems(places.shipped("vocabularies") / vocabulary_files.SYSTEMS)


def known_system(name: str) -> KnownSystem | None:
    """Return what is known of a system by its short id, or None."""
    return next((system for system in shipped_systems() if system.id == name), None)


def read_sources() -> Sources:
    """Read everything that the default bank is compiled from.

    Raises:
        FormatError: a file is damaged.
    """
    vocabularies: list[Part] = []
    for header in sorted(places.shipped("vocabularies").glob(f"*/{vocabulary_files.HEADER}")):
        vocabulary, findings = vocabulary_files.read(header.parent)
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise FormatError(f"{errors[0].location}: {errors[0].message('en')}")
        vocabularies.append((vocabulary.info(), vocabulary.concepts))
    vocabularies += [normalised.read(path) for path in own_lists()]
    mappings = []
    for path in sorted(places.shipped("mappings").glob(f"*{sssom.SUFFIX}")):
        mapping_set, refused = sssom.read(path)
        if refused:
            raise FormatError(f"{refused[0].location}: {refused[0].message('en')}")
        mappings.append(mapping_set)
    return Sources(vocabularies, mappings, shipped_systems())


def add(info: VocabularyInfo, concepts: Iterable[Concept], replace: bool = False) -> Path:
    """Put a vocabulary among the user's own lists, normalised; it is never changed afterwards.

    Arguments:
        info: the header.
        concepts: the concepts.
        replace: whether to replace a list of the same id and version.

    Returns:
        The file that was written.

    Raises:
        BankError: there is such a list already, or the folder cannot be written.
    """
    path = own_list_path(info.id, info.version)
    if path.exists() and not replace:
        raise BankError(f"{info.versioned} is already among your lists; remove it first, or replace it (--replace)")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                normalised.write(info, concepts, target)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise BankError(f"{path.parent}: your lists cannot be written here: {error.strerror}") from None
    return path


def own_list_path(vocabulary: str, version: str) -> Path:
    """Return where the user's own list of that id and version stands, or would stand."""
    return places.data_folder() / "vocabularies" / f"{vocabulary}@{version}{normalised.SUFFIX}".translate(_SLUG)


def remove(name: str) -> None:
    """Remove one of the user's own lists.

    Arguments:
        name: `id|version`.

    Raises:
        UnknownVocabulary: there is no such list among them.
        BankError: it cannot be removed.
    """
    vocabulary, _, version = name.partition("|")
    path = own_list_path(vocabulary, version)
    if not path.exists():
        known = tuple(normalised.read(each)[0].versioned for each in own_lists())
        raise UnknownVocabulary(f"{name} is not among your lists; they are: {', '.join(known) or 'none'}", known)
    try:
        path.unlink()
    except OSError as error:
        raise BankError(f"{path}: the list cannot be removed: {error.strerror}") from None


def rebuild(path: Path | None = None) -> Path:
    """Compile the default bank anew.

    Arguments:
        path: where; None: where `open_default` looks for it.

    Returns:
        Where it stands.

    Raises:
        BankError: it cannot be written there.
    """
    target = path or places.cache_folder() / f"{fingerprint()}.bank"
    _compile(target)
    return target
