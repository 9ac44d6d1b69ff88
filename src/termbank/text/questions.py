"""What a bank is asked about texts and documents."""

import datetime
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.model import Finding
from termbank.terminology.engine import Terminology

if TYPE_CHECKING:
    from termbank.documents.document import Document
    from termbank.text.check import Checker
    from termbank.text.mention import Mention
    from termbank.text.ready import Ready
    from termbank.text.settings import Settings


class TextQuestions:
    """The questions about terms in running text."""

    terminology: Terminology

    @cached_property
    def _texts(self) -> "Ready":
        from termbank.text.ready import Ready

        return Ready(self.terminology)

    def annotate(self, text: str, *, vocabularies: str | Sequence[str] | None = None) -> "list[Mention]":
        """Return every mention of a concept in a text: also inflected, in compounds, and abbreviated.

        Arguments:
            text: running Swedish.
            vocabularies: whose terms are looked for, one or several; None: every vocabulary of words, not of codes.

        Returns:
            Mentions by where they begin; a homonym has several readings.

        Raises:
            UnknownVocabulary: there is no vocabulary of that name.
        """
        return self._texts.annotator(vocabularies).annotate(text)

    def annotate_document(
        self, document: "Document | Path | str", *, vocabularies: str | Sequence[str] | None = None
    ) -> "list[Mention]":
        """Return every mention of a concept in a document; offsets count from the beginning of its text.

        Arguments:
            document: a document that was read, or the path of one.
            vocabularies: see `annotate`.

        Raises:
            FormatError: the file cannot be read.
            UnknownVocabulary: there is no vocabulary of that name.
        """
        return self._texts.mentions(document, vocabularies)

    def check(self, text: str, *, date: datetime.date | None = None, language: str = "sv") -> list[Finding]:
        """Check a text: its terms, its references to laws, its codes.

        Arguments:
            text: running Swedish.
            date: the day that it is judged for; None: the day that it states (*fastställd*, *gäller från*), else today.
            language: of the findings' hints: sv or en.

        Returns:
            Findings in the order of the text, one for each rule and concept.

        Raises:
            TypeError: the date is none.
            ValueError: the language is another.
        """
        from termbank.documents.plain import document

        return self._texts.check(document(text), date, language)

    def check_document(
        self, document: "Document | Path | str", *, date: datetime.date | None = None, language: str = "sv"
    ) -> list[Finding]:
        """Check a document: the same as `check`, for a file.

        Raises:
            FormatError: the file cannot be read.
            TypeError, ValueError: see `check`.
        """
        return self._texts.check(document, date, language)

    def checker(self, settings: "Settings | None" = None) -> "Checker":
        """Return the rules, ready for many documents.

        Arguments:
            settings: which rules are asked, and how.

        Raises:
            UnknownVocabulary: the settings name a vocabulary that is not in the bank.
        """
        return self._texts.checker(settings)
