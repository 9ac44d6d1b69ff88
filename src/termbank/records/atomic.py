"""What a writer of rows does with its file."""

from termbank.files import AtomicFile, Unfinished


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
