"""Finds every mention of a concept in a text."""

from collections.abc import Iterator, Sequence

from termbank.documents.document import Document
from termbank.language.lexicon import open_lexicon
from termbank.language.tokens import clean
from termbank.store.places import cache_folder
from termbank.terminology.engine import Terminology
from termbank.text.matcher import Matcher
from termbank.text.mention import Mention
from termbank.text.readings import by_context
from termbank.text.terms import entries, sources


class Annotator:
    """Finds the terms of a bank in texts; made once, used for many texts.

    Arguments:
        terminology: the bank's engine.
        vocabularies: whose terms are looked for; None: those that hold words (see `termbank.text.terms.sources`).

    Raises:
        UnknownVocabulary: there is no vocabulary of that name.
    """

    def __init__(self, terminology: Terminology, vocabularies: Sequence[str] | None = None) -> None:
        self.lexicon = open_lexicon(cache_folder())
        self.sources = sources(terminology, vocabularies)
        self.matcher = Matcher(entries(self.sources), self.lexicon)

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Yield every mention of a concept in a document, segment by segment; none reaches over two."""
        for segment in document.segments:
            for mention in self.annotate(document.text[segment.start : segment.end]):
                yield mention.moved(segment.start)

    def annotate(self, text: str) -> list[Mention]:
        """Return the mentions in a text, by where they begin."""
        cleaned = clean(text)
        mentions = []
        for found in self.matcher.scan(cleaned.text):
            start, end = cleaned.original(found.start, found.end)
            part = found.part and cleaned.original(*found.part)
            readings = by_context(found.readings, cleaned.text, found.start, found.end, self.matcher.classes)
            mentions.append(Mention(start, end, text[start:end], found.match, readings, part))
        return mentions
