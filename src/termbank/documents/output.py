"""Documents that are written whole or not at all, beside their target first."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from termbank.errors import WriteError


@contextlib.contextmanager
def whole_file(target: Path, like: Path) -> Iterator[BinaryIO]:
    """Give a file to write in; it gets its name when the block ends without an error, and is removed otherwise.

    Arguments:
        target: what the file will be called; what stands there is replaced, and keeps its permissions. The file that a
            symbolic link leads to is replaced, not the link.
        like: the file whose permissions a new file gets.

    Raises:
        WriteError: the file cannot be written there; nothing stands under its name that did not before.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source, target = Path(folder, "a.txt"), Path(folder, "b.txt")
    ...     _ = source.write_bytes(b"a")
    ...     with whole_file(target, source) as file:
    ...         _ = file.write(b"b")
    ...     target.read_bytes()
    b'b'
    """
    place = Path(os.path.realpath(target))
    if place.is_dir() or (place.exists() and not place.is_file()):
        raise WriteError(f"{target}: this is no ordinary file; name one, it will be replaced whole.")
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name[:60]}.", suffix=".part", dir=place.parent)
        temporary = Path(name)  # readable by its owner only
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(place if place.exists() else like, temporary)
        temporary.replace(place)
    except WriteError:
        raise
    except OSError as error:
        why = error.strerror or error
        raise WriteError(
            f"{target}: the file cannot be written ({why}); choose another place, or free some space."
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def refuse_itself(path: Path, target: Path) -> None:
    """Refuse to write a copy over the document that it is a copy of.

    Raises:
        WriteError: both names mean one file.
    """
    if os.path.realpath(path) == os.path.realpath(target) or (
        path.exists() and target.exists() and path.samefile(target)
    ):
        raise WriteError(f"{target}: this is the document itself; name another file for the copy.")
