"""Files that appear under their final name only when they are complete."""

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from termbank.errors import WriteError

_TRIES = 8


class Unfinished:
    """Something that is given up at the end of a `with` block, unless it was committed before."""

    def abort(self) -> None:
        """Remove what was written; after a commit this does nothing."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()


class AtomicFile(Unfinished):
    """A file that is written beside its target and moved into place when complete.

    Where a symbolic link stands in the target's place, the file that it leads to is replaced, not the link.

    Arguments:
        path: the target; what stands there is left alone until `commit`.
        private: the file can be read by its owner only; otherwise it keeps the permissions of what it replaces.
        like: where a file that is not private replaces nothing, it gets the permissions of this one; None: the usual.

    Raises:
        WriteError: the folder does not exist or cannot be written to, or in the target's place stands no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, AtomicFile(Path(folder, "summary.json")) as file:
    ...     file.write(b"{}")
    ...     file.commit()
    ...     file.path.read_bytes()
    b'{}'
    """

    def __init__(self, path: Path | str, *, private: bool = True, like: Path | None = None) -> None:
        self.path = Path(path)
        self._temporary: Path | None = None
        self._place = Path(os.path.realpath(self.path))
        if self._place.is_dir():
            raise WriteError(f"{self.path}: this is a folder; name a file in it.")
        if self._place.exists() and not self._place.is_file():
            raise WriteError(f"{self.path}: this is no ordinary file; name one, it will be replaced whole.")
        if self._place.exists() and not os.access(self._place, os.W_OK):
            raise WriteError(f"{self.path}: this file is write-protected; name another, or make it writable.")
        self._like = None if private else self._place if self._place.exists() else like
        try:
            self._temporary, handle = _beside(self._place, 0o600 if private or self._like else 0o666)
        except OSError as error:
            raise unwritable(self.path, error) from error
        self.file: BinaryIO = os.fdopen(handle, "wb")

    def write(self, data: bytes | memoryview) -> None:
        """Write some bytes.

        Raises:
            WriteError: they could not be written; the temporary file is gone.
        """
        if self._temporary is None:
            raise WriteError(f"{self.path}: the file was given up before; write it anew.")
        try:
            self.file.write(data)
        except OSError as error:
            self.abort()
            raise unwritable(self.path, error) from error

    def tell(self) -> int:
        """Return how many bytes are written."""
        return self.file.tell()

    def complete(self) -> None:
        """Bring all that was written to the disk, so that `commit` has only the name to change.

        Raises:
            WriteError: there is no room for it; the temporary file is gone.
        """
        if self._temporary is None:
            raise WriteError(f"{self.path}: the file was given up before; write it anew.")
        try:
            if not self.file.closed:
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()
                if self._like is not None:
                    shutil.copymode(self._like, self._temporary)
        except OSError as error:
            self.abort()
            raise unwritable(self.path, error) from error

    def commit(self) -> None:
        """Put the file under its final name.

        Raises:
            WriteError: it could not be completed; the temporary file is gone.
        """
        self.complete()
        assert self._temporary is not None
        try:
            self._temporary.replace(self._place)
        except OSError as error:
            self.abort()
            raise unwritable(self.path, error) from error
        self._temporary = None

    def abort(self) -> None:
        """Remove what was written; after `commit` this does nothing."""
        temporary, self._temporary = self._temporary, None
        if temporary is not None:
            with contextlib.suppress(OSError):
                self.file.close()
            with contextlib.suppress(OSError):
                temporary.unlink()


def _beside(place: Path, mode: int) -> tuple[Path, int]:
    """Make a new file beside a place, of a mode less what the user's mask takes away."""
    for _ in range(_TRIES):
        temporary = place.with_name(f".{place.name[:60]}.{secrets.token_hex(4)}.part")
        with contextlib.suppress(FileExistsError):
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            return temporary, os.open(temporary, flags, mode)
    raise FileExistsError(errno.EEXIST, "no name is free beside it")


def write_text(path: Path | str, text: str) -> None:
    r"""Write a text file (UTF-8) whole, for whoever may read the folder it lies in.

    Arguments:
        path: the file; what stands there is replaced.
        text: what to write; a character that is half of one is written as `?`.

    Raises:
        WriteError: it cannot be written there; what stood there is as it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_text(Path(folder, "a.md"), "å")
    ...     Path(folder, "a.md").read_bytes()
    b'\xc3\xa5'
    """
    with AtomicFile(path, private=False) as file:
        file.write(text.encode("utf-8", "replace"))
        file.commit()


def absolute(path: Path | str) -> Path:
    """Return a path from the root, without `..`; symbolic links stay, so that names below a folder are as they look.

    >>> absolute("/a/b/../c").as_posix()[-4:]
    '/a/c'
    """
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve would follow links


def same_file(one: Path, other: Path) -> bool:
    """Tell whether two names mean one file, whether or not it exists.

    >>> same_file(Path("a/../b.txt"), Path("b.txt")), same_file(Path("a.txt"), Path("b.txt"))
    (True, False)
    """
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def refuse_itself(path: Path, target: Path) -> None:
    """Refuse to write a copy over the document that it is a copy of.

    Raises:
        WriteError: both names mean one file.
    """
    if same_file(path, target):
        raise WriteError(f"{target}: this is the document itself; name another file for the copy.")


def unwritable(path: Path, error: OSError) -> WriteError:
    """Return the error that says in one sentence why a file cannot be written and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WriteError(f"{path}: there is no space left for the file; free some or choose another disk.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WriteError(f"{path}: you are not allowed to write in {path.parent}; choose another folder.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return WriteError(f"{path}: the folder {path.parent} does not exist; create it or choose another.")
    return WriteError(f"{path}: the file cannot be written ({error.strerror or error}); choose another place.")
