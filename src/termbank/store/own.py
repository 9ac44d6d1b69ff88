"""The user's own lists and mapping sets: where they lie, and how they come and go."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from termbank.errors import BankError, UnknownVocabulary
from termbank.formats import normalised, sssom
from termbank.model import Concept, VocabularyInfo
from termbank.store import own_items, places
from termbank.store.build import Part
from termbank.store.own_items import Item

_SLUG = str.maketrans(dict.fromkeys('/\\:*?"<>| ', "_"))


def lists() -> list[Path]:
    """Return the files of the user's own lists."""
    return _files("vocabularies", normalised.SUFFIX)


def mapping_sets() -> list[Path]:
    """Return the files of the user's own mapping sets."""
    return _files("mappings", sssom.SUFFIX)


def _files(folder: str, suffix: str) -> list[Path]:
    inside = places.data_folder() / folder
    return sorted(inside.glob(f"*{suffix}")) if inside.is_dir() else []


def path_of(vocabulary: str, version: str) -> Path:
    """Return where the user's own list of that id and version stands, or would stand."""
    name = own_items.file_name(f"{vocabulary}|{version}")
    return places.data_folder() / "vocabularies" / f"{name}{normalised.SUFFIX}"


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

    def write(target: BinaryIO) -> None:
        normalised.write(info, concepts, target)

    return _put(path_of(info.id, info.version), write, info.versioned, replace)


def add_mapping_set(path: Path, replace: bool = False) -> Path:
    """Put a mapping set among the user's own, as it is written.

    Arguments:
        path: an SSSOM TSV file that could be read; its name is the name of the set.
        replace: whether to replace a set of the same name.

    Returns:
        The file that was written.

    Raises:
        BankError: there is such a set already, or the folder cannot be written.
    """
    with path.open("rb") as source:
        copy = partial(shutil.copyfileobj, source)
        return _put(places.data_folder() / "mappings" / path.name, copy, path.name.removesuffix(sssom.SUFFIX), replace)


def add_item(item: Item, replace: bool = False) -> Path:
    """Put a value set, or something else of a file of its own, among the user's own.

    Returns:
        The file that was written.

    Raises:
        BankError: there is such an item already, or the folder cannot be written.
    """
    name, data = own_items.name_of(item), item.to_json().encode() + b"\n"
    return _put(own_items.path_of(type(item), name), lambda target: target.write(data), name, replace)


def add_all(
    vocabularies: Sequence[Part], mapping_sets: Sequence[Path], replace: bool = False, items: Sequence[Item] = ()
) -> None:
    """Put vocabularies, mapping sets and other items among the user's own: all of them, or none where one is there.

    Of those with the same id and version the last is put there.

    Raises:
        BankError: there is such a list or set already, or the folder cannot be written.
    """
    vocabularies = list({path_of(part[0].id, part[0].version): part for part in vocabularies}.values())
    items = list({own_items.path_of(type(item), own_items.name_of(item)): item for item in items}.values())
    for info, _ in () if replace else vocabularies:
        _must_be_free(path_of(info.id, info.version), info.versioned)
    for path in () if replace else mapping_sets:
        _must_be_free(places.data_folder() / "mappings" / path.name, path.name.removesuffix(sssom.SUFFIX))
    for item in () if replace else items:
        _must_be_free(own_items.path_of(type(item), own_items.name_of(item)), own_items.name_of(item))
    for info, concepts in vocabularies:
        add(info, concepts, replace)
    for item in items:
        add_item(item, replace)
    for path in mapping_sets:
        add_mapping_set(path, replace)


def _must_be_free(path: Path, name: str) -> None:
    if path.exists():
        raise BankError(f"{name} is already among your lists; remove it first, or replace it (--replace)")


def _put(path: Path, write: Callable[[BinaryIO], object], name: str, replace: bool) -> Path:
    """Write a file whole, or not at all."""
    if not replace:
        _must_be_free(path, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                write(target)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise BankError(f"{path.parent}: your lists cannot be written here: {error.strerror}") from None
    return path


def remove(name: str) -> None:
    """Remove one of the user's own lists, mapping sets or value sets.

    Arguments:
        name: `id|version` of a list or of what has a version, else the name.

    Raises:
        UnknownVocabulary: there is none of that name among them.
        BankError: it cannot be removed.
    """
    vocabulary, _, version = name.partition("|")
    path = path_of(vocabulary, version)
    if not path.exists():
        path = places.data_folder() / "mappings" / f"{name}{sssom.SUFFIX}".translate(_SLUG)
    if not path.exists():
        path = own_items.find(name) or path
    if not path.exists():
        known = (
            *(normalised.read(each)[0].versioned for each in lists()),
            *(each.name.removesuffix(sssom.SUFFIX) for each in mapping_sets()),
            *map(own_items.name_of, own_items.read()),
        )
        raise UnknownVocabulary(f"{name} is not among your lists; they are: {', '.join(known) or 'none'}", known)
    try:
        path.unlink()
    except OSError as error:
        raise BankError(f"{path}: the list cannot be removed: {error.strerror}") from None
