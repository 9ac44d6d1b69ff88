"""Words that are nearly a form of a term, and what was meant."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from termbank.language.compounds import LONGEST
from termbank.language.inflection import phrase
from termbank.language.lexicon import Lexicon
from termbank.language.linking import linking_forms
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
"""How the Swedish words begin that are a slip away from a form of a term of nine letters or more. Where there is no
word list they must be known; found by asking of every word of the list what would be said without it."""


_ENDINGS = frozenset(
    """
    a e o n s r t d en er ar or et an on na ns ts rs as es os de te da ta st sk tt dd ig is re ne ra rn ad at ens ets
    ers ars nas des tes are ade
    """.split()  # noqa: SIM905
) | {""}
"""What forms and derivations of one word may end in where they differ."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäöé"
_MISTAKES = ("dokmentation", "definera")
"""How the words begin that the word list has by mistake."""


class Meant(NamedTuple):
    """What a misspelled word was meant to be.

    Arguments:
        text: the right word, folded, in the form that was meant; several where it cannot be told which.
        term: the term, as its vocabulary writes it.
        vocabulary, concept: where the term stands.
        sure: whether nothing else can be meant, so that it may be put in.
    """

    text: str
    term: str
    vocabulary: str
    concept: str
    sure: bool = True


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
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        self._add(entries)
        self._remembered = lru_cache(maxsize=65536)(self._find)

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
                self._by_shape.setdefault((known[0], len(known)), []).append(known)

    def _is_word(self, word: str) -> bool:
        return self._lexicon is not None and word in self._lexicon and not word.startswith(_MISTAKES)

    def is_known(self, word: str) -> bool:
        """Tell whether a folded word is a form of a term or a Swedish word."""
        return word in self._words or self._is_word(word)

    def meant(self, word: str, compound: bool = False) -> tuple[Meant, ...]:
        """Return what a folded word that is not known was meant to be: the nearest; empty: it is no misspelling.

        Where it may be a compound, or there is no list to tell, only a slip in a long term counts.

        Arguments:
            word: a word that is not known.
            compound: whether a compound was seen in it.
        """
        return self._remembered(word, compound) if len(word) <= LONGEST else ()

    def _find(self, word: str, compound: bool) -> tuple[Meant, ...]:
        found: dict[str, tuple[int, Entry]] = {}
        sure = True
        strictly = compound or self._lexicon is None or self._compound(word)
        if strictly and word.startswith(_LOOK_ALIKES):
            return ()
        for known, errors in self._near(word, self._words, strictly):
            found[known] = (errors, self._words[known])
        if not strictly and not found:
            for known, entry, rest in self._parts(word):
                found[known] = (1, entry)
                sure = sure and (rest in self._words or rest in self._linking)
        nearest = min((errors for errors, _ in found.values()), default=0)
        if nearest > 1 and self._near_other(word):
            return ()
        return tuple(
            Meant(text, entry.term.text, entry.vocabulary, entry.concept, sure)
            for text, (errors, entry) in sorted(found.items())
            if errors == nearest
        )

    def _near(self, word: str, forms: dict[str, Entry], strictly: bool = False) -> Iterator[tuple[str, int]]:
        """Yield the forms that are one or two typing errors from a word, where the errors are no other inflection."""
        if len(word) < _TARGET - 1:
            return
        for known in self._alike(word):
            if known not in forms:
                continue
            if strictly and min(len(word), len(known)) < _SURE:
                continue
            allowed = 2 if len(known) >= _LONG else 1
            errors = OSA.distance(word, known, score_cutoff=allowed)
            if not 0 < errors <= allowed or _inflected(word, known, strictly) or _english(word, known):
                continue
            slip = errors == 1 and _slip(word, known)
            if slip if strictly else (slip or len(known) > _SHORT):
                yield known, errors

    def _alike(self, word: str) -> Iterator[str]:
        """Yield the forms with the same first letter whose length allows them to be meant."""
        for length in range(len(word) - 2, len(word) + 3):
            if abs(length - len(word)) < 2 or length >= _LONG:
                yield from self._by_shape.get((word[0], length), ())

    def _parts(self, word: str) -> Iterator[tuple[str, Entry, str]]:
        """Yield the compounds of a term and a known word whose term part is misspelled in a word, and that word."""
        for cut in range(_PART, len(word) - _PART + 1):
            first, last = word[:cut], word[cut:]
            if self._last(last):
                for known, errors in self._near(first, self._linking):
                    if errors == 1 and _slip(first, known):
                        yield known + last, self._linking[known], last
            if self._first(first):
                for known, errors in self._near(last, self._words):
                    if errors == 1 and _slip(last, known):
                        yield first + known, self._words[known], first

    def _near_other(self, word: str) -> bool:
        """Tell whether a word is one letter away from a Swedish word that is no term: överenstämmelse."""
        cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        return any(
            self._is_word(before + letter + after[skipped:])
            for before, after in cuts
            for letter in ("", *_ALPHABET)
            for skipped in (0, 1)
        )

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


def _inflected(word: str, known: str, strictly: bool = False) -> bool:
    """Tell whether two words may differ as forms of one word do, or by a prefix: at their ends, or at the first letter.

    A letter that was doubled is no ending (planenn).

    Arguments:
        word, known: the two words.
        strictly: any other ending may be a form.

    >>> _inflected("omsorger", "omsorgen"), _inflected("ogiltig", "giltig"), _inflected("samvekran", "samverkan")
    (True, True, False)
    >>> _inflected("hemsjukvåd", "hemsjukvård"), _inflected("hemsjukvåd", "hemsjukvård", strictly=True)
    (False, True)
    """
    if word[0] != known[0]:
        return True
    if len(word) == len(known) + 1 and any(
        word[i] == word[i + 1] and word[:i] + word[i + 1 :] == known for i in range(len(word) - 1)
    ):
        return False
    shortest = min(len(word), len(known))
    common = next((i for i in range(shortest) if word[i] != known[i]), shortest)
    if common < shortest - 2:
        return False
    return strictly or (word[common:] in _ENDINGS and known[common:] in _ENDINGS)


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
