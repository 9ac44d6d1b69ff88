"""Finds the forms of many terms in a text, in one pass over its words."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from termbank.language.abbreviations import split
from termbank.language.compounds import LONGEST
from termbank.language.ellipsis import expansions
from termbank.language.homographs import classes
from termbank.language.inflection import Form, phrase, yields
from termbank.language.lexicon import Lexicon
from termbank.language.linking import linking_forms
from termbank.language.phrases import head as phrase_head
from termbank.language.tokens import GAP, WORD
from termbank.language.words import fold
from termbank.text.compounding import CompoundTerms
from termbank.text.mention import Match, Reading
from termbank.text.pieces import Pieces
from termbank.text.readings import without_passives
from termbank.text.terms import Entry

_CLASSES = {"noun": "noun", "verb": "finite", "adjective": "adj"}

_BETWEEN = " \t\n\u00a0\u2007\u202f(),/"
"""What `termbank.language.tokens.GAP` is made of."""

_SIGNS = re.compile("[(),/]*")
"""The signs that may stand between two words of a term."""

_KEPT = 200_000
"""How many different words are remembered between texts."""


Found = tuple[int, int, Match, tuple[Reading, ...], tuple[int, int] | None]
"""Words that stand for terms, before their readings are weighed: start and end in the cleaned text, how they stand for
the terms, the readings, and of a compound where the part is that is the term. A plain tuple: there are many."""


class Phrase(NamedTuple):
    """A term of several words.

    Arguments:
        words: the forms of each word, folded, with their features.
        signs: the signs before each word but the first: empty, or a parenthesis or comma.
        head: which word bears the features of the whole.
        linking: the forms of its last word as the first part of a compound (hälso- och sjukvårds-personal).
        entry: what it is.
    """

    words: tuple[dict[str, tuple[tuple[str, ...], ...]], ...]
    signs: tuple[str, ...]
    head: int
    linking: tuple[str, ...]
    entry: Entry


class Following(NamedTuple):
    """The terms of several words that begin with the same two words.

    Arguments:
        two: those that end there.
        longer: the others, by their third word; by an empty one those whose third word can go on as a compound.
    """

    two: list[Phrase]
    longer: dict[str, list[Phrase]]


_NOTHING = Following([], {})


class Word(NamedTuple):
    """What a word of a text can be.

    Arguments:
        found: the terms that it is a form or a compound of.
        phrases: terms of several words that it begins, by the second word; by an empty one those whose second word can
            go on as a compound.
        linking: whether it may be the first part of a compound that was written apart.
        ended: what stood after it before, up to the next blank, and was no part of any of these.
    """

    found: tuple[tuple[Match, tuple[Reading, ...], tuple[int, int] | None], ...]
    phrases: Mapping[str, Following]
    linking: bool
    ended: set[str]


class Matcher:
    """The terms of some vocabularies, ready to be found.

    Arguments:
        entries: the terms.
        lexicon: an open word list, which tells forms of the terms from other words; None: there is none.
        native: whether Polars cuts the texts (see `termbank.text.pieces`); None: the long ones.
    """

    def __init__(self, entries: Iterable[Entry], lexicon: Lexicon | None = None, native: bool | None = None) -> None:
        self.lexicon = lexicon
        self._single: dict[str, list[Reading]] = {}
        self._phrases: dict[str, dict[str, Following]] = {}
        self._known: dict[str, Word | None] = {}
        self._pieces = Pieces(self._known_word, native)
        self._classes: dict[str, frozenset[str]] = {}
        self._compounds = CompoundTerms(lexicon)
        self._yielding: dict[str, list[Reading]] = {}
        for entry in entries:
            self._add(entry)
        for key, readings in self._yielding.items():
            self._single.setdefault(key, readings)
        del self._yielding

    def _add(self, entry: Entry) -> None:
        term = entry.term
        signs = _signs(term.text)
        if not all(map(_SIGNS.fullmatch, signs)):
            return  # no text has it as one term (2 kap. 7 §): what stands between two words is GAP
        words = phrase(term.text, term.part_of_speech, term.inflection, self.lexicon)
        if len(words) > 1:
            self._add_phrase(entry, words, signs)
        else:
            self._add_word(entry, words[0])

    def _add_word(self, entry: Entry, word: Sequence[Form]) -> None:
        term = entry.term
        self._compounds.add(entry, _alike(word, _key))
        weak = [form for form in word if yields(form)]
        strong = [form for form in word if not yields(form)] if weak else word
        for readings, alike_forms in ((self._single, strong), (self._yielding, weak)):
            for key, alike in _alike(alike_forms, _key).items():
                reading = Reading(entry.vocabulary, entry.concept, term.text, term.status, alike)
                readings.setdefault(key, []).append(reading)

    def _add_phrase(self, entry: Entry, words: Sequence[Sequence[Form]], signs: tuple[str, ...]) -> None:
        term = entry.term
        forms = tuple(_alike(word, fold) for word in words)
        head = phrase_head(term.text, term.part_of_speech)
        linking = linking_forms(term.text.split()[-1]) if head == len(forms) - 1 else ()
        made = Phrase(forms, signs, head, linking, entry)
        seconds = [*forms[1], ""] if linking and len(forms) == 2 else [*forms[1]]
        thirds = () if len(forms) == 2 else [*forms[2], ""] if linking and len(forms) == 3 else [*forms[2]]
        for first in forms[0]:
            following = self._phrases.setdefault(first, {})
            for second in seconds:
                after = following.setdefault(second, Following([], {}))
                for third in thirds:
                    after.longer.setdefault(third, []).append(made)
                if len(forms) == 2:
                    after.two.append(made)

    def scan(self, text: str) -> Iterator[Found]:
        """Yield what is found in a cleaned text, by where it begins; what lies within something longer is left out."""
        elliptic = sorted(self._elliptic(text), key=_order) if "-" in text else []
        if not elliptic:
            yield from self._words(text)
            return
        completed = {each[0] for each in elliptic}
        found = [each for each in self._words(text) if each[2] != "elliptic" or each[0] not in completed]
        position = 0
        for each in elliptic:
            if not _covered(each, found):
                until = bisect_right(found, _order(each), position, key=_order)
                yield from islice(found, position, until)
                yield each
                position = until
        yield from islice(found, position, None)

    def _words(self, text: str) -> Iterator[Found]:
        end = -1
        for start, stop, written, word, following in self._pieces.words(text):
            if stop <= end:
                continue
            if following not in word.ended and (word.phrases or word.linking) and text[stop : stop + 1] in _BETWEEN:
                whole = self._whole(written, word, text, start, stop, following)
                if whole is not None:
                    end = whole[1]
                    yield whole
                    continue
            for kind, readings, part in word.found:
                yield start, stop, kind, readings, part and (start + part[0], start + part[1])

    def _whole(self, written: str, word: Word, text: str, start: int, stop: int, following: str) -> Found | None:
        """Return what a word begins: a term of several words, or a compound that was written apart."""
        after = _next(text, stop)
        begun = after and word.phrases.get(after[0])
        whole = self._longest_phrase(word, begun, text, start, after) if after and word.phrases else None
        if whole is None and word.linking:
            whole = self._written_apart(written, text, start, stop)
        if whole is None and not begun and following.strip(_BETWEEN) and len(word.ended) < _KEPT:
            word.ended.add(following)  # it was decided by the next word, which lies in this piece
        return whole

    def _known_word(self, written: str) -> Word | None:
        try:
            return self._known[written]
        except KeyError:
            return self._look(written)

    def _look(self, written: str) -> Word | None:
        if len(written) > LONGEST:
            return None
        if len(self._known) >= _KEPT:
            self._known.clear()
        folded = fold(written)
        found: list[tuple[Match, tuple[Reading, ...], tuple[int, int] | None]] = []
        readings = self._readings(written, folded)
        if readings:
            found.append((_how(written, readings), readings, None))
        else:
            found += self._abbreviation(written) or self._cut_short(written) or self._compounds.parts(written)
        phrases = self._phrases.get(folded, {})
        linking = self._compounds.begins_compounds(folded, self._single)
        word = Word(tuple(found), phrases, linking, set()) if found or phrases or linking else None
        self._known[written] = word
        return word

    def classes(self, word: str) -> frozenset[str]:
        """Return the classes that a folded word may have (see `termbank.language.homographs`), as far as known."""
        if len(word) > LONGEST:
            return frozenset()
        if word not in self._classes:
            if len(self._classes) >= _KEPT:
                self._classes.clear()
            readings = self._single.get(word, ())
            found = classes(form for reading in readings for form in reading.forms)
            if not found and self.lexicon:
                found = frozenset(_CLASSES[kind] for _, kind in self.lexicon.lemmas(word) if kind)
            self._classes[word] = found
        return self._classes[word]

    def _readings(self, written: str, folded: str) -> tuple[Reading, ...]:
        readings = without_passives(self._single.get(folded, ()))
        return readings if written == folded else readings + tuple(self._single.get(written, ()))

    def _abbreviation(self, written: str) -> list[tuple[Match, tuple[Reading, ...], None]]:
        """Return an abbreviation with an ending that its own forms do not have: SIPen, SIP-en."""
        base = None if written == written.lower() and written.isalpha() else split(written)
        readings = self._single.get(base[0], ()) if base else ()
        if not base or not readings:
            return []
        return [("abbreviation", tuple(each._replace(forms=(base[1],)) for each in readings), None)]

    def _cut_short(self, written: str) -> list[tuple[Match, tuple[Reading, ...], tuple[int, int]]]:
        """Return the terms that a word with a hyphen at its end begins with: samverkans- och utvecklingsarbete."""
        readings = self._compounds.modifier(written[:-1]) if written[-1] == "-" else ()
        return [("elliptic", readings, (0, len(written) - 1))] if readings else []

    def _elliptic(self, text: str) -> Iterator[Found]:
        """Yield the words that a coordination cuts short: vård- och omsorgsplanen."""
        for each in expansions(text, self._single.__contains__):
            yield each.start, each.end, "elliptic", tuple(self._single[each.completed]), each.written

    def _written_apart(self, written: str, text: str, start: int, position: int) -> Found | None:
        """Return a compound that was written in two words: samverkans avtal."""
        gap = GAP.match(text, position)
        following = WORD.match(text, gap.end()) if gap and not gap.group(1) else None
        if following is None:
            return None
        joined = self._compounds.joined(written, following.group(), self._single)
        if joined is None or joined not in self._single:
            return None
        return start, following.end(), "inflected", tuple(self._single[joined]), None

    def _longest_phrase(
        self, word: Word, begun: Following | None, text: str, start: int, following: tuple[str, str, int]
    ) -> Found | None:
        ahead = [following]
        candidates = [each for each in word.phrases.get("", _NOTHING).two if following[0] not in each.words[1]]
        if begun:
            candidates += begun.two
            if begun.longer and (third := _next(text, following[2])):
                ahead.append(third)
                candidates += begun.longer.get(third[0], ())
                candidates += (each for each in begun.longer.get("", ()) if third[0] not in each.words[2])
        longest = max((len(each.words) for each in candidates), default=0)
        while len(ahead) < longest - 1 and (after := _next(text, ahead[-1][2])):
            ahead.append(after)
        end, part, best = -1, -1, list[Phrase]()
        for each in candidates:
            length = len(each.words) - 1
            reach = self._reach(each, ahead) if length <= len(ahead) else 0
            if not reach:
                continue
            last_word, _, last = ahead[length - 1]
            where = last, last - len(last_word) + reach
            if where > (end, part):
                (end, part), best = where, [each]
            elif where == (end, part):
                best.append(each)
        return self._as_phrase(text, start, end, part, best) if best else None

    def _reach(self, phrase: Phrase, ahead: list[tuple[str, str, int]]) -> int:
        """Return how many letters of the last word belong to a phrase, 0 where it is not this phrase."""
        length = len(phrase.words) - 1
        last, sign, _ = ahead[length - 1]
        if sign != phrase.signs[-1] or not _fits(phrase, ahead[: length - 1]):
            return 0
        if last in phrase.words[-1]:
            return len(last)
        for linking in phrase.linking:
            if last == linking + "-" or (last.startswith(linking) and self._compounds.continues(last, len(linking))):
                return len(linking)
        return 0

    def _as_phrase(self, text: str, start: int, end: int, part: int, phrases: list[Phrase]) -> Found:
        if part < end:
            readings = tuple(_reading(each) for each in phrases)
            match: Match = "elliptic" if text[end - 1] == "-" else "compound-modifier"
            return start, end, match, readings, (start, part)
        written = [fold(word) for word in WORD.findall(text, start, end)]
        readings = tuple(_reading(each, each.words[each.head].get(written[each.head], ())) for each in phrases)
        exact = any(fold(reading.term) == " ".join(written) for reading in readings)
        return start, end, "exact" if exact else "inflected", readings, None


def _reading(phrase: Phrase, forms: tuple[tuple[str, ...], ...] = ()) -> Reading:
    vocabulary, concept, term = phrase.entry
    return Reading(vocabulary, concept, term.text, term.status, forms)


def _signs(term: str) -> tuple[str, ...]:
    """Return the signs between the words of a term, where a text must have them too."""
    ends = [match.span() for match in WORD.finditer(term)]
    return tuple(term[before[1] : after[0]].strip() for before, after in pairwise(ends))


def _covered(elliptic: Found, found: list[Found]) -> bool:
    """Tell whether what is cut short lies within a term of several words: hälso- och sjukvård."""
    position = bisect_right(found, elliptic[0], key=itemgetter(0)) - 1
    return position >= 0 and found[position][1] > elliptic[0] and found[position][1] >= elliptic[1]


def _order(found: Found) -> tuple[int, int]:
    return found[0], -found[1]


def _next(text: str, position: int) -> tuple[str, str, int] | None:
    """Return the next word of a phrase, folded, with the sign before it and where it ends."""
    gap = GAP.match(text, position)
    following = WORD.match(text, gap.end()) if gap else None
    return (fold(following.group()), gap.group(1), following.end()) if gap and following else None


def _fits(phrase: Phrase, ahead: list[tuple[str, str, int]]) -> bool:
    return all(
        word in forms and sign == wanted
        for forms, wanted, (word, sign, _) in zip(phrase.words[1:], phrase.signs, ahead, strict=False)
    )


def _alike(word: Iterable[Form], key: Callable[[str], str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Group the forms of a word by how they look."""
    groups: dict[str, tuple[tuple[str, ...], ...]] = {}
    for form in word:
        text = key(form.text)
        groups[text] = (*groups.get(text, ()), form.features)
    return groups


def _key(form: str) -> str:
    """Return the key of a form: folded, but as it is written for an abbreviation, which has capitals of its own."""
    rest = form[1:]
    return form if rest != rest.lower() and any(map(str.isupper, rest)) else fold(form)


def _how(written: str, readings: tuple[Reading, ...]) -> Match:
    if any(reading.term == written or fold(reading.term) == fold(written) for reading in readings):
        return "exact"
    if all(split(written) and any(character.isupper() for character in reading.term[1:]) for reading in readings):
        return "abbreviation"
    return "inflected"
