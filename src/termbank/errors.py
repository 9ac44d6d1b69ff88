"""Everything termbank raises, each derived from `TermbankError` and from the builtin that fits."""

from typing import Any


class TermbankError(Exception):
    """The base of every error that termbank raises on purpose; its text says where, what and what to do."""


class UnknownConcept(TermbankError, LookupError):
    """There is no such concept in that vocabulary; `near` lists the closest ids that exist."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class UnknownVocabulary(TermbankError, LookupError):
    """No vocabulary of that name (or version) is in the bank; `known` lists those that are."""

    def __init__(self, message: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.known = known


class UnknownValueSet(TermbankError, LookupError):
    """No value set of that name is in the bank; `known` lists those that are.

    Its `finding` says the same in Swedish or English.
    """

    def __init__(self, message: str, known: tuple[str, ...] = (), finding: Any = None) -> None:
        super().__init__(message)
        self.known = known
        self.finding = finding


class FormatError(TermbankError, ValueError):
    """A file cannot be read as what it should be; the text names the file and, where known, the line.

    Its `finding`, where it has one, says the same in Swedish or English.
    """

    def __init__(self, message: str, finding: Any = None) -> None:
        super().__init__(message)
        self.finding = finding


class ProfileError(FormatError):
    """A profile of a batch is wrong; the text names the file, the line and the key."""


class BankError(TermbankError, OSError):
    """A bank cannot be opened or written: damaged, of another format version, or no place to put it."""


class WriteError(TermbankError, OSError):
    """An output cannot be written whole; nothing stands under its final name."""


class ConservationError(TermbankError, RuntimeError):
    """Rows in were not rows out plus rows rejected: a defect of termbank, and no output was kept."""
