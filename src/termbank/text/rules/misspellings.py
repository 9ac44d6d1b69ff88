"""Words that are nearly a form of a term, and what was meant."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from termbank.language.inflection import phrase
from termbank.language.lexicon import Lexicon
from termbank.language.linking import linking_forms
from termbank.language.spelling import deletes
from termbank.language.words import fold
from termbank.text.compounding import is_part
from termbank.text.terms import Entry

_TARGET = 7
"""How many letters a form has at least that a word may be a misspelling of."""
_SHORT = 8
"""Up to how many letters a form has where another letter makes another word: läkarna, lärarna."""
_LONG = 12
"""How many letters a form has at least where two typing errors are understood."""
_PART = 4
"""How many letters the rest of a compound has at least, whose other part is misspelled."""
_SURE = 9
"""How many letters a word and the form that it is near have at least where there is no word list to ask."""

_LOOK_ALIKES = (
    "föreskr", "planter", "meddelades", "patientkontakt", "krigsplan", "temaarbet", "förbygg", "särskiljd",
    "avlöning", "utbred", "utbrytande", "betroende", "inflyttande", "strategerna", "terminologerna", "klinterna",
    "personval", "oorganisera", "oordinera", "landstige", "panera", "panering", "bestänk", "omplanera", "opanera",
    "slutnast", "syrning",
)  # fmt: skip
"""How the Swedish words begin that are a slip away from a form of a term of nine letters or more, where there is no word
list to tell; found by asking of every word of the list what would be said without it."""


class Meant(NamedTuple):
    """What a misspelled word was meant to be.

    Arguments:
        text: the right word, folded, in the form that was meant; several where it cannot be told which.
        term: the term, as its vocabulary writes it.
        vocabulary, concept: where the term stands.
    """

    text: str
    term: str
    vocabulary: str
    concept: str


class Speller:
    """Tells which words are misspelled forms of terms.

    Arguments:
        entries: the terms; names are left out.
        lexicon: an open word list; None: there is none, and only what cannot be another word is told.
    """

    def __init__(self, entries: Iterable[Entry], lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon
        self._is_part: Callable[[str], bool] = partial(is_part, lexicon) if lexicon is not None else lambda _: False
        self._words: dict[str, Entry] = {}
        self._linking: dict[str, Entry] = {}
        self._keys: dict[str, list[str]] = {}
        self._add(entries)
        self.meant = lru_cache(maxsize=65536)(self._meant)

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            term = entry.term
            if term.part_of_speech == "proper-noun" or any(c.isupper() or c.isdigit() for c in term.text):
                continue
            for word in phrase(term.text, term.part_of_speech, term.inflection, self._lexicon):
                for form in word:
                    if not form.guess or self._is_word(fold(form.text)):
                        self._words.setdefault(fold(form.text), entry)
            if " " not in term.text:
                for linking in linking_forms(term.text, term.part_of_speech):
                    self._linking.setdefault(linking, entry)
        for known in {*self._words, *self._linking}:
            if len(known) >= _TARGET and known.isalpha():
                for key in deletes(known, 2 if len(known) >= _LONG else 1):
                    self._keys.setdefault(key, []).append(known)

    def _is_word(self, word: str) -> bool:
        return self._lexicon is not None and word in self._lexicon

    def is_known(self, word: str) -> bool:
        """Tell whether a folded word is a form of a term, a Swedish word, or a compound of Swedish words."""
        return word in self._words or self._is_word(word) or (self._lexicon is not None and self._compound(word))

    def _meant(self, word: str) -> tuple[Meant, ...]:
        """Return what a folded word that is no word was meant to be: the nearest; empty: it is no misspelling."""
        found: dict[str, tuple[int, Entry]] = {}
        if self._lexicon is None and word.startswith(_LOOK_ALIKES):
            return ()
        for known, errors in self._near(word, self._words):
            found[known] = (errors, self._words[known])
        if self._lexicon is not None and not found:
            for known, entry in self._parts(word):
                found[known] = (1, entry)
        nearest = min((errors for errors, _ in found.values()), default=0)
        return tuple(
            Meant(text, entry.term.text, entry.vocabulary, entry.concept)
            for text, (errors, entry) in sorted(found.items())
            if errors == nearest
        )

    def _near(self, word: str, forms: dict[str, Entry]) -> Iterator[tuple[str, int]]:
        """Yield the forms that are one or two typing errors from a word, where the errors are no other inflection."""
        if len(word) < _TARGET - 1:
            return
        keys = deletes(word, 2 if len(word) >= _LONG - 1 else 1)
        for known in {known for key in keys for known in self._keys.get(key, ())}:
            if known not in forms:
                continue
            if self._lexicon is None and min(len(word), len(known)) < _SURE:
                continue
            allowed = 2 if len(known) >= _LONG else 1
            errors = OSA.distance(word, known, score_cutoff=allowed)
            if not 0 < errors <= allowed or _inflected(word, known) or _english(word, known):
                continue
            slip = errors == 1 and _slip(word, known)
            if slip if self._lexicon is None else (slip or len(known) > _SHORT):
                yield known, errors

    def _parts(self, word: str) -> Iterator[tuple[str, Entry]]:
        """Yield the compounds of a term and a known word whose term part is misspelled in a word."""
        for cut in range(_PART, len(word) - _PART + 1):
            first, last = word[:cut], word[cut:]
            if self._last(last):
                for known, errors in self._near(first, self._linking):
                    if errors == 1 and _slip(first, known):
                        yield known + last, self._linking[known]
            if self._first(first):
                for known, errors in self._near(last, self._words):
                    if errors == 1 and _slip(last, known):
                        yield first + known, self._words[known]

    # Compounds of Swedish words.

    def _compound(self, word: str) -> bool:
        """Tell whether a word is two words, or three of which none is short: bis-tåns-handläggare is none."""
        return self._cut(word, 3, 2) or self._cut(word, _PART, 3)

    def _cut(self, word: str, shortest: int, parts: int) -> bool:
        return any(
            self._first(word[:cut])
            and (self._last(word[cut:]) or (parts > 2 and self._cut(word[cut:], shortest, parts - 1)))
            for cut in range(shortest, len(word) - shortest + 1)
        )

    def _first(self, text: str) -> bool:
        known = self._is_part
        if text in self._linking or known(text):
            return True
        if len(text) < 4:
            return False
        if known(text + "a") or known(text + "e") or known(text + text[-1]):
            return True
        return (text[-1] == "s" and (known(text[:-1]) or known(text[:-1] + "e"))) or (
            text[-1] in "oue" and known(text[:-1] + "a")
        )

    def _last(self, text: str) -> bool:
        return len(text) > 2 and (text in self._words or self._is_part(text))


def _inflected(word: str, known: str) -> bool:
    """Tell whether two words differ as forms of one word do, or by a prefix: at their ends, or in their first letter.

    A letter that was doubled is no ending (planenn).

    >>> _inflected("omsorger", "omsorgen"), _inflected("ogiltig", "giltig"), _inflected("samvekran", "samverkan")
    (True, True, False)
    """
    if word[0] != known[0]:
        return True
    if len(word) == len(known) + 1 and any(
        word[i] == word[i + 1] and word[:i] + word[i + 1 :] == known for i in range(len(word) - 1)
    ):
        return False
    shortest = min(len(word), len(known))
    common = next((i for i in range(shortest) if word[i] != known[i]), shortest)
    return common >= shortest - 2


def _english(word: str, known: str) -> bool:
    """Tell whether a word is the English one: documentation, organization, registration.

    >>> _english("documentation", "dokumentation"), _english("dokumenation", "dokumentation")
    (True, False)
    """
    letters = Counter(word) - Counter(known)
    return bool(letters["c"] or letters["z"] or letters["w"]) or (word.endswith("tion") and not known.endswith("tion"))


def _slip(word: str, known: str) -> bool:
    """Tell whether one letter is left out, doubled, or has changed places with the next, and none is another.

    >>> _slip("samvekran", "samverkan"), _slip("planering", "plagering")
    (True, False)
    """
    return len(word) != len(known) or sorted(word) == sorted(known)
