"""The default bank: what is shipped plus the user's own lists, compiled when it is not yet, or not any more."""

import contextlib
import hashlib
import json
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from termbank.errors import BankError, FormatError
from termbank.formats import normalised, vocabulary_files
from termbank.model import KnownSystem, MappingSet, ValueSet, Vocabulary
from termbank.store import own, own_items, places, schema
from termbank.store.build import Part, build
from termbank.store.file import BankFile
from termbank.store.material import collect

T = TypeVar("T", MappingSet, ValueSet)

_KEPT = 2
"""How many compiled banks of earlier sources stay in the cache."""


class Sources(NamedTuple):
    """Everything that a bank is compiled from."""

    vocabularies: list[Part]
    mappings: list[MappingSet]
    systems: list[KnownSystem]
    value_sets: list[ValueSet]


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


def _compile(path: Path, folders: Iterable[Path] = ()) -> None:
    sources = read_sources(folders)
    build(path, sources.vocabularies, sources.mappings, sources.systems, sources.value_sets)


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
    for path in (*own.lists(), *own.mapping_sets(), *own_items.files()):
        yield "own", root, path


def shipped_systems() -> list[KnownSystem]:
    """Read the shipped table of known systems."""
    return vocabulary_files.read_systems(places.shipped("vocabularies") / vocabulary_files.SYSTEMS)


def known_system(name: str) -> KnownSystem | None:
    """Return what is known of a system by its short id, or None."""
    return next((system for system in shipped_systems() if system.id == name), None)


def read_sources(folders: Iterable[Path] = ()) -> Sources:
    """Read everything that the default bank is compiled from.

    Arguments:
        folders: folders with further vocabularies, mapping sets and value sets; what is in them goes before what has
            the same id and version elsewhere.

    Raises:
        FormatError: a file is damaged.
    """
    shipped = collect([places.shipped("vocabularies"), places.shipped("mappings")])
    items: list[Any] = list(own_items.read())
    systems = [system for _, table in shipped.systems for system in table]
    systems += [each for each in items if isinstance(each, KnownSystem)]
    further = collect([*own.mapping_sets(), *folders], systems)
    for finding in (*shipped.findings, *further.findings):
        if finding.severity == "error":
            raise FormatError(f"{finding.location}: {finding.message('en')}")
    found: list[Part] = [(each.vocabulary.info(), each.vocabulary.concepts) for each in shipped.vocabularies]
    found += [normalised.read(path) for path in own.lists()]
    found += [(each.vocabulary.info(), each.vocabulary.concepts) for each in further.vocabularies]
    found += [(each.info(), each.concepts) for each in further.of(Vocabulary)]
    vocabularies = {(part[0].versioned, part[0].content): part for part in found}
    mappings = {each.mapping_set.id: each.mapping_set for each in (*shipped.mappings, *further.mappings)}
    items += [item for _, item in further.items]
    return Sources(
        list(vocabularies.values()),
        [*mappings.values(), *_latest(items, MappingSet)],
        [*systems, *further.of(KnownSystem)],
        _latest(items, ValueSet),
    )


def _latest(items: Iterable[Any], kind: type[T]) -> list[T]:
    """Return the items of a kind; of those with the same id and version the last."""
    return list({(each.id, each.version): each for each in items if isinstance(each, kind)}.values())


def rebuild(path: Path | None = None, folders: Iterable[Path] = ()) -> Path:
    """Compile the default bank anew, with further vocabularies and mapping sets where folders are given.

    Arguments:
        path: where; None: where `open_default` looks for it.
        folders: folders with further vocabularies, mapping sets and value sets, for a bank with a path of its own.

    Returns:
        Where it stands.

    Raises:
        BankError: it cannot be written there.
    """
    target = path or places.cache_folder() / f"{fingerprint()}.bank"
    _compile(target, folders)
    return target
