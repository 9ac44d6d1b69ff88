"""Files that appear under their final name only when they are complete."""

import contextlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from termbank.errors import WriteError


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
    """A file that is written beside its target, readable by its owner only, and moved into place when complete.

    Arguments:
        path: the target; what stands there is left alone until `commit`.

    Raises:
        WriteError: the folder does not exist or cannot be written to.

    >>> with tempfile.TemporaryDirectory() as folder, AtomicFile(Path(folder, "summary.json")) as file:
    ...     file.write(b"{}")
    ...     file.commit()
    ...     file.path.read_bytes()
    b'{}'
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._temporary: Path | None = None
        if self.path.is_dir():
            raise WriteError(f"{self.path}: this is a folder; name a file in it.")
        if self.path.exists() and not self.path.is_file():
            raise WriteError(f"{self.path}: this is no ordinary file; name one, it will be replaced whole.")
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", suffix=".part", dir=self.path.parent)
        except OSError as error:
            raise unwritable(self.path, error) from error
        self._temporary = Path(name)  # mkstemp makes it with mode 0600
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
            self._temporary.replace(self.path)
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


class AtomicWriter(Unfinished):
    """What a writer of rows does with its file: complete it, put it under its name, or give it up."""

    _file: AtomicFile

    def complete(self) -> None:
        """Bring all that was written to the disk, so that `commit` has only the name to change."""
        self._file.complete()

    def commit(self) -> None:
        """Put the file under its final name.

        Raises:
            WriteError: it could not be completed; nothing is left of it.
        """
        self.complete()
        self._file.commit()

    def abort(self) -> None:
        """Remove what was written; after `commit` this does nothing."""
        self._file.abort()


def unwritable(path: Path, error: OSError) -> WriteError:
    """Return the error that says in one sentence why a file cannot be written and what to do."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WriteError(f"{path}: there is no space left for the file; free some or choose another disk.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WriteError(f"{path}: you are not allowed to write in {path.parent}; choose another folder.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return WriteError(f"{path}: the folder {path.parent} does not exist; create it or choose another.")
    return WriteError(f"{path}: the file cannot be written ({error.strerror or error}); choose another place.")
