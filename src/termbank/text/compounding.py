"""The terms of vocabularies as parts of compounds."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from termbank.language.compounds import LONGEST, Compounds
from termbank.language.inflection import forms
from termbank.language.lexicalised import lexicalised
from termbank.language.lexicon import Lexicon
from termbank.language.linking import linking_forms
from termbank.language.split_compounds import split_compound
from termbank.language.words import fold
from termbank.text.mention import Match, Reading
from termbank.text.terms import Entry

_SHORT = 5
"""Terms of so many letters or fewer are parts of compounds only where it is sure."""

_KEPT = 100_000
"""How many words are remembered as parts of compounds or not."""


class PartFound(NamedTuple):
    """A term that is part of a word, and where in the word."""

    match: Match
    readings: tuple[Reading, ...]
    part: tuple[int, int]


class CompoundTerms:
    """The terms that compounds are searched for; terms are added first, then words are asked about.

    Arguments:
        lexicon: an open word list; None: there is none.
    """

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon
        self._is_word = None if lexicon is None else lru_cache(maxsize=_KEPT)(partial(is_part, lexicon))
        self._heads: dict[str, list[Reading]] = {}
        self._modifiers: dict[str, list[Reading]] = {}
        self._short: set[str] = set()
        self._long: set[str] = set()
        self._terms: set[str] = set()
        self._compounds: Compounds | None = None

    def add(self, entry: Entry, inflected: Mapping[str, tuple[tuple[str, ...], ...]]) -> None:
        """Add a term of one word with its forms.

        A name is no head, nor is a term that is written in the definite form: rättsstaten is not staten. Short verbs
        are neither head nor modifier.

        Arguments:
            entry: the term.
            inflected: its forms, folded unless it is an abbreviation, with what they are.
        """
        term = entry.term
        self._terms.add(fold(term.text))
        short = len(term.text) <= _SHORT
        if short and term.part_of_speech == "verb":
            return
        reading = Reading(entry.vocabulary, entry.concept, term.text, term.status)
        keys = self._short if short else self._long
        if term.part_of_speech != "proper-noun" and not self._is_definite(term.text):
            for form, alike in inflected.items():
                if all("imp" in features for features in alike) and alike:
                    continue  # kontrollbesök is a noun, not the imperative of besöka
                self._heads.setdefault(form, []).append(reading._replace(forms=alike))
                keys.add(form)
        for linking in linking_forms(term.text, term.part_of_speech):
            self._modifiers.setdefault(linking, []).append(reading)
            keys.add(linking)

    def parts(self, word: str) -> tuple[PartFound, ...]:
        """Return the terms that a word is made of.

        Arguments:
            word: a word that is no form of a term itself.
        """
        found = []
        for part in self._analyser().analyse(word):
            readings = self._heads if part.kind == "head" else self._modifiers
            match: Match = "compound-head" if part.kind == "head" else "compound-modifier"
            every = readings.get(part.key) or self._heads[part.key]
            if part.kind == "modifier":
                every = [reading._replace(forms=()) for reading in every]
            found.append(PartFound(match, tuple(dict.fromkeys(every)), (part.start, part.end)))
        return tuple(found)

    def modifier(self, text: str) -> tuple[Reading, ...]:
        """Return the terms that a word cut short stands for: samverkans- (och utvecklingsarbete)."""
        return tuple(self._modifiers.get(fold(text), ()))

    def continues(self, word: str, end: int) -> bool:
        """Tell whether what follows the first letters of a folded word can be the rest of a compound."""
        return self._analyser().continues(word, end)

    def begins_compounds(self, word: str, terms: Mapping[str, object]) -> bool:
        """Tell whether a folded word looks like the first part of a compound that was written apart."""
        if word not in self._modifiers:  # so it is no longer than a form of a term
            return False
        return word[-1] == "s" or not (word in terms or (self._is_word is not None and self._is_word(word)))

    def joined(self, first: str, second: str, terms: Mapping[str, object]) -> str | None:
        """Return the compound that two words are in truth; see `termbank.language.split_compounds`."""
        if len(first) + len(second) > LONGEST:
            return None
        return split_compound(first, second, self._modifiers, terms, self._is_word)

    def _analyser(self) -> Compounds:
        if self._compounds is None:
            self._compounds = Compounds(
                self._heads,
                self._modifiers,
                self._is_word,
                _lexicalised(self._lexicon, self._terms),
                self._short - self._long,
            )
        return self._compounds

    def _is_definite(self, term: str) -> bool:
        word = fold(term)
        if not word.endswith(("en", "et")) or len(word) <= _SHORT - 1:
            return False
        lemmas = self._lexicon.lemmas(word) if self._lexicon else ()
        if lemmas:
            return all(lemma != word for lemma, _ in lemmas)
        return word.endswith(("aten", "uten", "onen"))


def is_part(lexicon: Lexicon, word: str) -> bool:
    """Tell whether a word of the list can be part of a compound.

    Short words without a class are names, interjections and pieces of phrases; an adjective has no genitive there.
    """
    classes = {
        kind for lemma, kind in lexicon.lemmas(word) if kind != "adjective" or word[-1] != "s" or lemma[-1] == "s"
    }
    return bool(classes) if len(word) >= _SHORT else bool(classes - {""})


def _lexicalised(lexicon: Lexicon | None, terms: set[str]) -> frozenset[str]:
    """Return every form of the words that are not their parts; those that are terms here are left to the terms."""
    known: set[str] = set()
    for word in lexicalised():
        if word not in terms:
            known.update(form.text for form in forms(word, "noun", (), lexicon))
            known.update(linking_forms(word, "noun"))
    return frozenset(known)
