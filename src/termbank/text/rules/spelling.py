"""Misspelled terms: words that are no Swedish words and nearly a term."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from termbank.language.compounds import LONGEST
from termbank.language.tokens import WORD, clean
from termbank.language.words import fold
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.history import sentence
from termbank.text.hits import Hit
from termbank.text.rules.foreign import is_foreign
from termbank.text.rules.misspellings import Meant, Speller
from termbank.text.settings import Settings
from termbank.text.terms import entries
from termbank.text.view import View

_LAWS = frozenset({"sfs", "sfs-sections", "regulations", "names"})
"""Vocabularies of names and titles, whose words are no terms."""

_OLD = re.compile(r"fv|hv|[^aeiouyåäö]qv|dt$")
"""Spellings from before 1906 (arbetsgifvare), which are right in what is quoted from then."""

_OFTEN = 3
"""How often a document has a spelling that without a word list must be taken for its author's own word."""


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "SpellingRule":
    """Make the rule."""
    return SpellingRule(annotator, settings)


class SpellingRule:
    """Tells misspelled terms, and puts the right spelling in where only one can be meant.

    Arguments:
        annotator: it knows the terms, and the word list where that is installed.
        settings: its `words` are spelled right.
    """

    def __init__(self, annotator: Annotator, settings: Settings) -> None:
        self._annotator = annotator
        self._words = frozenset(fold(part) for word in settings.words for part in (word, *WORD.findall(word)))

    @cached_property
    def _speller(self) -> Speller:
        sources = [source for source in self._annotator.sources if source.info.id not in _LAWS]
        return Speller(entries(sources), self._annotator.lexicon)

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the words that are nearly a term and no word."""
        found = [*self._candidates(view)]
        often = Counter(word for word, _, _, _ in found)
        for word, start, end, meant in found:
            if self._annotator.lexicon is None and often[word] >= _OFTEN:
                continue
            yield _hit(view, word, start, end, meant)

    def _candidates(self, view: View) -> Iterator[tuple[str, int, int, tuple[Meant, ...]]]:
        mentioned = sorted((each.start, each.end, each.match.startswith("compound")) for each in view.mentions)
        position = 0
        for segment in view.document.segments:
            cleaned = clean(view.text[segment.start : segment.end])
            for match in WORD.finditer(cleaned.text):
                written = match.group()
                if len(written) > LONGEST:
                    continue
                word = fold(written)
                if len(word) < 6 or not word.isalpha() or word in self._words or self._speller.is_known(word):
                    continue
                start, end = (segment.start + offset for offset in cleaned.original(*match.span()))
                while position < len(mentioned) and mentioned[position][1] <= start:
                    position += 1
                within = position < len(mentioned) and mentioned[position][0] < end
                if within and not mentioned[position][2]:
                    continue
                meant = () if _OLD.search(word) else self._speller.meant(word, within)
                if meant and not self._left_alone(view, written, start, end):
                    yield word, start, end, meant

    def _left_alone(self, view: View, written: str, start: int, end: int) -> bool:
        """Tell whether a word is a name, somebody else's, or of another language."""
        if any(letter.isupper() for letter in written[1:]) or view.inside(start, end):
            return True
        first, last = sentence(view, start)
        if written[0].isupper() and any(letter.isalnum() for letter in view.text[first:start]):
            return True
        return is_foreign(view.text[first:last])


def _hit(view: View, word: str, start: int, end: int, meant: tuple[Meant, ...]) -> Hit:
    written = view.text[start:end]
    right = [each.text[0].upper() + each.text[1:] if written[0].isupper() else each.text for each in meant]
    return Hit(
        rule="misspelled-term",
        start=start,
        end=end,
        key=word,
        arguments=(("word", written), ("term", " / ".join(f"”{each}”" for each in right))),
        edit=right[0] if len(right) == 1 and meant[0].sure else None,
        concepts=tuple(dict.fromkeys(f"{each.vocabulary}#{each.concept}" for each in meant)),
    )
