"""Finds every mention of a concept in a text."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from termbank.documents.document import Document
from termbank.language.lexicon import open_lexicon
from termbank.language.tokens import clean
from termbank.store.places import cache_folder
from termbank.terminology.engine import Terminology
from termbank.text.matcher import Matcher
from termbank.text.mention import Mention
from termbank.text.readings import by_context
from termbank.text.terms import entries, sources

_LONG = 200_000
"""How many characters a text has at least for which the garbage collector waits."""


class Annotator:
    """Finds the terms of a bank in texts; made once, used for many texts.

    Arguments:
        terminology: the bank's engine.
        vocabularies: whose terms are looked for; None: those that hold words (see `termbank.text.terms.sources`).
        native: whether Polars cuts the texts (see `termbank.text.pieces`); None: the long ones.

    Raises:
        UnknownVocabulary: there is no vocabulary of that name.
    """

    def __init__(
        self, terminology: Terminology, vocabularies: Sequence[str] | None = None, native: bool | None = None
    ) -> None:
        self.lexicon = open_lexicon(cache_folder())
        self.sources = sources(terminology, vocabularies)
        with _no_collecting():
            self.matcher = Matcher(entries(self.sources), self.lexicon, native)

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Yield every mention of a concept in a document, segment by segment; none reaches over two."""
        for segment in document.segments:
            for mention in self.annotate(document.text[segment.start : segment.end]):
                yield mention.moved(segment.start)

    def annotate(self, text: str) -> list[Mention]:
        """Return the mentions in a text, by where they begin."""
        if len(text) < _LONG:
            return self._annotated(text)
        with _no_collecting():
            return self._annotated(text)

    def _annotated(self, text: str) -> list[Mention]:
        cleaned = clean(text)
        classes, moved = self.matcher.classes, bool(cleaned.starts)
        mentions = []
        for start, end, match, readings, part in self.matcher.scan(cleaned.text):
            left = by_context(readings, cleaned.text, start, end, classes) if len(readings) > 1 else readings
            if moved:
                first, last = cleaned.original(start, end)
                within = part and cleaned.original(*part)
                mentions.append(Mention(first, last, text[first:last], match, left, within))
            else:
                mentions.append(Mention(start, end, text[start:end], match, left, part))
        return mentions


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the cyclic garbage collector from walking over all that is made again and again: no circle is among it.

    It took half of the time of a long text, and of preparing the terms. Where several threads do so, the collector may
    be on for some of them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
