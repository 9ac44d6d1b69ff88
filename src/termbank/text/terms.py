"""Which terms of a bank are looked for in texts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.model import Term
from termbank.terminology.engine import Terminology
from termbank.terminology.source import Source


class Entry(NamedTuple):
    """A term of a concept of a vocabulary."""

    vocabulary: str
    concept: str
    term: Term


def sources(terminology: Terminology, vocabularies: Sequence[str] | None = None) -> list[Source]:
    """Return the newest version of each vocabulary whose terms are looked for.

    Arguments:
        terminology: the bank's engine.
        vocabularies: short ids or URLs; None: every vocabulary of words, that is, one of whose first terms states its
            part of speech. The titles of a code system are no words of a text.

    Raises:
        UnknownVocabulary: there is no vocabulary of that name.
    """
    if vocabularies is not None:
        return [terminology.source(name) for name in vocabularies]
    ids = dict.fromkeys(source.info.id for source in terminology.sources)
    newest = (terminology.source(vocabulary) for vocabulary in ids)
    return [source for source in newest if _has_words(source)]


def _has_words(source: Source, looked_at: int = 20) -> bool:
    for count, concept in enumerate(source.concepts()):
        if any(term.part_of_speech for term in concept.terms):
            return True
        if count == looked_at:
            break
    return False


def entries(chosen: Iterable[Source], language: str = "sv") -> Iterator[Entry]:
    """Yield every term in a language of the sources' concepts.

    A term that is spelled the same twice in one concept is yielded once.
    """
    for source in chosen:
        for concept in source.concepts():
            seen: set[str] = set()
            for term in concept.terms:
                if term.language == language and term.text not in seen:
                    seen.add(term.text)
                    yield Entry(source.info.id, concept.id, term)
