"""The user's own value sets, and what else came from FHIR resources: one file of JSON for each."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from termbank.errors import FormatError
from termbank.formats.dialect import unreadable
from termbank.model import KnownSystem, MappingSet, ValueSet
from termbank.store import places

Item = ValueSet | MappingSet | KnownSystem
"""What lies in a file of its own."""

_FOLDERS: dict[type[Item], tuple[str, str]] = {
    ValueSet: ("value-sets", ".valueset.json"),
    MappingSet: ("mappings", ".mappings.json"),
    KnownSystem: ("systems", ".system.json"),
}
_LONGEST = 100


def name_of(item: Item) -> str:
    """Return the name by which an item is listed and removed: its id, with its version if it has one."""
    version = getattr(item, "version", None)
    return f"{item.id}|{version}" if version else item.id


def path_of(kind: type[Item], name: str) -> Path:
    """Return where the item of a name stands, or would stand."""
    folder, suffix = _FOLDERS[kind]
    return places.data_folder() / folder / f"{file_name(name)}{suffix}"


def file_name(name: str) -> str:
    """Return a name for a file, without its ending, that no other `id|version` has.

    >>> file_name("kva|2026"), file_name("http://example.org/plan|1")
    ('kva@2026', 'http___example.org_plan@1-4070eb4d')
    """
    plain = "".join(c if c.isalnum() or c in "-_.@åäöÅÄÖ" else "_" for c in name.replace("|", "@"))
    if plain != name.replace("|", "@") or len(plain) > _LONGEST:  # another name may look the same
        plain = f"{plain[:_LONGEST]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return plain


def files() -> list[Path]:
    """Return the files of all items."""
    return [path for kind in _FOLDERS for path in _files(kind)]


def _files(kind: type[Item]) -> Sequence[Path]:
    folder, suffix = _FOLDERS[kind]
    inside = places.data_folder() / folder
    return sorted(inside.glob(f"*{suffix}")) if inside.is_dir() else []


def read() -> Iterator[Item]:
    """Yield every item.

    Raises:
        FormatError: a file is damaged.
    """
    for kind in _FOLDERS:
        for path in _files(kind):
            try:
                yield kind.from_json(path.read_bytes())
            except OSError as error:
                raise unreadable(path, error) from None
            except ValidationError as error:
                raise FormatError(f"{path}: damaged: {error.errors()[0]['msg']}; add it again") from None


def find(name: str) -> Path | None:
    """Return the file of the item of a name, of whatever kind."""
    return next((path for kind in _FOLDERS if (path := path_of(kind, name)).exists()), None)
