"""What a bank is asked about texts that shall become codes."""

import datetime
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.model import Mapping, MappingSet
from termbank.terminology.engine import Terminology

if TYPE_CHECKING:
    from termbank.mapping.suggest.suggesting import Suggester, Suggesters, Suggestion


class SuggestQuestions:
    """The questions about codes for local terms."""

    terminology: Terminology

    @cached_property
    def _suggesters(self) -> "Suggesters":
        from termbank.mapping.suggest.suggesting import Suggesters

        return Suggesters(self.terminology)

    def suggest(
        self, text: str, to: str, *, version: str | None = None, limit: int = 5, on: datetime.date | None = None
    ) -> "list[Suggestion]":
        """Return the codes that a text may stand for, the likeliest first, each with how likely it is, and why.

        The first question about a code system reads and indexes its titles: two seconds for the largest Swedish list.

        Arguments:
            text: a local term.
            to: the code system, or `termbank`; short id, canonical URL or OID.
            version: its version; None: the one in force on the day, or the newest.
            limit: how many at most.
            on: the day on which the codes must be valid; None: whenever.

        Raises:
            UnknownVocabulary: there is no such system or version.
        """
        return self._suggesters.get(to, version, on).suggest(text, limit)

    def suggest_many(
        self,
        texts: Sequence[str],
        to: str,
        *,
        version: str | None = None,
        limit: int = 5,
        on: datetime.date | None = None,
        decisions: Iterable[MappingSet | Mapping] = (),
    ) -> "list[list[Suggestion]]":
        """Return the suggestions for a column of texts, in their order; each distinct text is asked once.

        Arguments:
            texts: local terms.
            to, version, limit, on: as of `suggest`.
            decisions: earlier decisions about such texts, which come first.

        Raises:
            UnknownVocabulary: there is no such system or version.
        """
        return self.suggester(to, version=version, on=on, decisions=decisions).suggest_many(texts, limit)

    def suggester(
        self,
        to: str,
        *,
        version: str | None = None,
        on: datetime.date | None = None,
        decisions: Iterable[MappingSet | Mapping] = (),
    ) -> "Suggester":
        """Return what suggests codes of a code system, ready for many texts.

        Arguments:
            to, version, on: as of `suggest`.
            decisions: mapping sets, or mappings, of texts that were decided before; they come first.

        Raises:
            UnknownVocabulary: there is no such system or version.
        """
        from termbank.mapping.suggest.suggesting import Suggester

        known = tuple(decisions)
        if not known:
            return self._suggesters.get(to, version, on)
        return Suggester(self.terminology, to, version, known, on)
