"""What a bank has ready for texts, and what it is asked with, made sure of."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import TypeVar

from termbank.documents.document import Document
from termbank.model import Finding
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.check import Checker
from termbank.text.mention import Mention
from termbank.text.settings import Settings

KEPT = 8
"""How many annotators and how many checkers are kept: those that were used last."""

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Ready:
    """The annotators and checkers that were used last; may be used from several threads.

    Arguments:
        terminology: the bank's engine.
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology
        self._lock = RLock()  # making a checker asks for an annotator
        self._annotators: dict[tuple[str, ...] | None, Annotator] = {}
        self._checkers: dict[str, Checker] = {}

    def annotator(self, vocabularies: str | Sequence[str] | None = None) -> Annotator:
        """Return what finds the terms of a vocabulary, of several, or (None) of every vocabulary of words."""
        names = (vocabularies,) if isinstance(vocabularies, str) else vocabularies
        key = None if names is None else tuple(names)
        return self._kept(self._annotators, key, lambda: Annotator(self._terminology, key))

    def checker(self, settings: Settings | None = None) -> Checker:
        """Return the rules as settings want them."""
        wanted = settings or Settings()
        annotator = self.annotator(wanted.vocabularies or None)
        return self._kept(self._checkers, wanted.to_json(), lambda: Checker(self._terminology, annotator, wanted))

    def mentions(
        self, document: Document | Path | str, vocabularies: str | Sequence[str] | None = None
    ) -> list[Mention]:
        """Return every mention of a concept in a document; see `Bank.annotate_document`."""
        return list(self.annotator(vocabularies).mentions(_read(document)))

    def check(self, document: Document | Path | str, date: datetime.date | None, language: str) -> list[Finding]:
        """Return what is found in a document; see `Bank.check_document`."""
        day, shown_in = as_day(date), as_language(language)
        return self.checker().check(_read(document), day, shown_in)

    def _kept(self, those: dict[_Key, _Made], key: _Key, make: Callable[[], _Made]) -> _Made:
        with self._lock:
            made = those.pop(key) if key in those else make()
            those[key] = made
            if len(those) > KEPT:
                del those[next(iter(those))]
        return made


def _read(document: Document | Path | str) -> Document:
    if not isinstance(document, str | Path):
        return document
    from termbank.documents import reading

    return reading.read(Path(document))


def as_day(date: object) -> datetime.date | None:
    """Return the day of what was given as a date.

    >>> as_day(datetime.datetime(2020, 1, 1, 12)), as_day(None)
    (datetime.date(2020, 1, 1), None)

    Raises:
        TypeError: it is no date.
    """
    if isinstance(date, datetime.datetime):
        return date.date()
    if date is None or isinstance(date, datetime.date):
        return date
    raise TypeError(f"date: a datetime.date, not {date!r}; make one with datetime.date.fromisoformat")


def as_language(language: str) -> str:
    """Return a language that texts are shown in.

    Raises:
        ValueError: there are no texts in it.
    """
    if language not in ("sv", "en"):
        raise ValueError(f"language: sv or en, not {language!r}")
    return language
