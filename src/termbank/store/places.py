"""Where things live: what is shipped, what is the user's own, and what can be rebuilt."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """Return the folder of shipped data of that name, `vocabularies` or `mappings`.

    It is inside an installed package, and at the top of a checkout.
    """
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def data_folder() -> Path:
    """Return the folder of the user's own lists; `TERMBANK_DATA` says otherwise."""
    return _folder("TERMBANK_DATA", "user_data_path")


def cache_folder() -> Path:
    """Return the folder of what can be rebuilt; `TERMBANK_CACHE` says otherwise."""
    return _folder("TERMBANK_CACHE", "user_cache_path")


def _folder(variable: str, kind: str) -> Path:
    if chosen := os.environ.get(variable):
        return Path(chosen)
    import platformdirs

    folder: Path = getattr(platformdirs, kind)("termbank", appauthor=False)
    return folder
