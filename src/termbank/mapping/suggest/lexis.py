"""The words of a code system's titles, and which of them stand near a word that is asked: how near, and why."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from termbank.language.words import bare
from termbank.mapping.suggest.tables import KINDS, OPPOSITES, SYNONYMS, UNMARKED
from termbank.mapping.suggest.words import form_keys, is_function, root, skeleton

Kind = Literal["same", "spelled", "form", "synonym", "derived", "kind", "inside", "around", "begun", "misspelled"]
"""same: the same word. spelled: another spelling of it. form: an inflected form. derived: made of the same root. kind:
a kind of it. inside: it is part of a compound in the title. around: the title's word is part of the compound asked.
begun: the title's word begins with what is asked. misspelled: another word with few letters changed."""


class Near(NamedTuple):
    """How near a word of a title is to one that is asked.

    Arguments:
        asked: how much of the asked word it says, 0 to 1.
        found: how much of the title's word is asked.
        kind: in what way.
    """

    asked: float
    found: float
    kind: Kind


_SAME = Near(1.0, 1.0, "same")
_NEARNESS: dict[Kind, float] = {
    "spelled": 0.98, "form": 0.95, "synonym": 0.8, "kind": 0.75, "derived": 0.7, "begun": 0.6,
}  # fmt: skip
_SHORT_FORM = 0.85
"""How near forms are that have only a few letters in common: sten, stent."""
_FEW_LETTERS = 4
_INSIDE, _PART = 0.8, 0.95
_UNLIKELY = 0.3
_SHORTEST = 3
_LONG_ENOUGH = 5
"""How many letters a word has at least that is looked for at the end of any other."""
_BIGRAMS_SHARED = 0.3
_BIGRAMS_LOST = 3
"""How many bigrams one error changes at most, by two letters that change places."""
_MOST_SIMILAR = 40
_MOST_BEGUN = 40
_ANOTHER_WORD = 0.6
"""How much less likely a misspelling is that makes another word of the titles."""
_REMEMBERED = 20_000


def _synonyms() -> dict[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for line in SYNONYMS:
        members = line.split()
        for word in members:
            groups[skeleton(word)].update(dict.fromkeys(each for each in members if each != word))
    return {word: tuple(others) for word, others in groups.items()}


_SAME_MEANING = _synonyms()
_OPPOSED = {
    word: frozenset(other for other in line.split() if other != word) for line in OPPOSITES for word in line.split()
}
_KINDS = {skeleton(word): kinds.split() for word, kinds in KINDS.items()}


def weight_of(word: str, aside: bool) -> float:
    """Return how much a word counts beside its rarity."""
    return (0.12 if is_function(word) else 0.5 if word in UNMARKED else 1.0) * (0.35 if aside else 1.0)


class Lexis:
    """The distinct words of all titles.

    Arguments:
        titles: the words of each title.
    """

    def __init__(self, titles: Iterable[Iterable[str]]) -> None:
        counts: dict[str, int] = {}
        self.titles = 0
        for title in titles:
            self.titles += 1
            for word in set(title):
                counts[word] = counts.get(word, 0) + 1
        self.words = list(counts)
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self._sorted = sorted(self.words)
        self._by_end = sorted(word[::-1] for word in self.words)
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_skeleton: dict[str, list[int]] = defaultdict(list)
        self._by_root: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            self._by_skeleton[skeleton(word)].append(number)
            if root(word):
                self._by_root[root(word)].append(number)
            for key in form_keys(word):
                self._by_form[key].append(number)
        self.rarest = math.log(self.titles + 1.0)
        times = list(counts.values())
        self.rarity = [
            math.log((self.titles + 1) / (0.5 + sum(times[each] for each in self._forms(word)))) for word in self.words
        ]
        self._compounds()
        self._bigrams()
        self.near = lru_cache(maxsize=_REMEMBERED)(self._near)

    def _forms(self, word: str) -> set[int]:
        return {number for key in form_keys(word) for number in self._by_form.get(key, ())}

    def _compounds(self) -> None:
        self._firsts: dict[str, str] = {}
        for word in self.words:
            if len(word) > 2 and word.isalpha() and not is_function(word):
                self._firsts.setdefault(word, word)
                ends = (word + "s", word[:-1], word[:-1] + "e", word[:-1] + "o", word[:-1] + "u")
                for form in ends if word[-1] in "ae" else ends[:1]:
                    if len(form) > 2:
                        self._firsts.setdefault(form, word)
        self._firsts = {**self._seen_twice(), **self._firsts}
        self._inside: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, word in enumerate(self.words):
            for part, share in self.parts(word):
                for key in form_keys(part):
                    self._inside[key].append((number, share))

    def _seen_twice(self) -> dict[str, str]:
        """Return beginnings that stand before several words and are no words of any title themselves: bakterie."""
        before: dict[str, int] = defaultdict(int)
        for word in self.words:
            for cut in range(4, len(word) - 3) if word.isalpha() else ():
                if word[cut:] in self.numbers and not is_function(word[cut:]):
                    before[word[:cut]] += 1
        return {first: first for first, times in before.items() if times > 1}

    def parts(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the two parts of a compound, each with its share of the letters; none where it is not one.

        Arguments:
            word: a folded word.
        """
        best: tuple[tuple[str, float], ...] = ()
        worth = 0
        if len(word) < 7 or not word.isalpha():
            return ()
        asked = word not in self.numbers
        for cut in range(3, len(word) - 3):
            last = word[cut:]
            if (last not in self.numbers and not (asked and len(last) > 4 and self._forms(last))) or is_function(last):
                continue
            first = self._first(word[:cut])
            if first and min(cut, len(last)) + 20 > worth:
                worth = min(cut, len(last)) + 20
                best = (first, cut / len(word)), (last, len(last) / len(word))
            elif worth < len(last) and len(last) > 4 and cut > 3:
                worth = len(last)
                best = ((last, len(last) / len(word)),)
        return best

    def _first(self, written: str) -> str:
        """Return the word that a compound begins with; empty: it is none that is known."""
        first = self._firsts.get(written)
        if first is None and len(written) > 4:
            bare_of_s = written[:-1] if written[-1] == "s" else written
            for form in (written, bare_of_s):
                if self._by_form.get(skeleton(form)):
                    return form
        return first or ""

    def _bigrams(self) -> None:
        rows: dict[str, list[int]] = defaultdict(list)
        skeletons = [skeleton(word) for word in self.words]
        for number, word in enumerate(skeletons):
            if len(word) > 3 and word.isalpha():
                for pair in _pairs(word):
                    rows[pair].append(number)
        self._pairs: dict[str, npt.NDArray[np.int32]] = {
            pair: np.array(numbers, dtype=np.int32) for pair, numbers in rows.items()
        }
        self._sizes = np.array([len(word) + 1 for word in skeletons], dtype=np.float32)
        self._skeletons = skeletons

    def _near(self, word: str) -> dict[int, Near]:
        """Return the words of titles near a word, each in the nearest way."""
        found: dict[int, Near] = {}

        def add(numbers: Iterable[int], near: Near) -> None:
            for number in numbers:
                known = found.get(number)
                if known is None or known.asked + known.found < near.asked + near.found:
                    found[number] = near

        written, forms = skeleton(word), form_keys(word)
        if word in self.numbers:
            add((self.numbers[word],), _SAME)
        add(self._by_skeleton.get(written, ()), _both("spelled"))
        for key in forms:
            add(self._by_form.get(key, ()), _both("form", None if len(key) > _FEW_LETTERS else _SHORT_FORM))
        if len(word) < _SHORTEST or not word.isalpha() or is_function(word):
            return found
        known = bool(found)
        for kind, near in self._related(word, {written, *forms}):
            add(kind, near)
        if not known and len(word) > _SHORTEST:
            add(self._begun(word), _both("begun"))
        for number, likeness in self._similar(word):
            likely = likeness * _ANOTHER_WORD if known else likeness
            if likely > _UNLIKELY:
                add((number,), _both("misspelled", likely))
        side = _OPPOSED.get(word)
        return {number: near for number, near in found.items() if not side or self.words[number] not in side}

    def _related(self, word: str, keys: set[str]) -> Iterator[tuple[Iterable[int], Near]]:
        """Yield words by what they mean, by their root and by the parts of compounds, and how near they are."""
        for other in {each for key in keys for each in _SAME_MEANING.get(key, ())}:
            yield self._forms(other), _both("synonym")
        for other in {each for key in keys for each in _KINDS.get(key, ())}:
            yield self._forms(other), _both("kind")
        if root(word):
            yield self._by_root.get(root(word), ()), _both("derived")
        for key in keys:
            for number, share in self._inside.get(key, ()):
                yield (number,), Near(_INSIDE, share, "inside")
        if len(word) >= _LONG_ENOUGH:
            for number in self._ended(word):
                yield (number,), Near(_INSIDE, len(word) / len(self.words[number]), "inside")
        for part, share in self.parts(word):
            yield self._forms(part), Near(share * _PART, _INSIDE, "around")

    def _begun(self, word: str) -> Iterator[int]:
        """Yield the words that begin with a word: an abbreviation, or what is still being written."""
        return (self.numbers[other] for other in _starting(self._sorted, word))

    def _ended(self, word: str) -> Iterator[int]:
        """Yield the words that end with a word, as compounds do whose first part is no word of any title."""
        return (self.numbers[other[::-1]] for other in _starting(self._by_end, word[::-1]))

    def _similar(self, word: str) -> list[tuple[int, float]]:
        """Return the words that a word may be a misspelling of."""
        written = skeleton(word)
        allowed = 0 if len(word) < 4 else 1 if len(word) < 5 else 2 if len(word) < 10 else 3
        rows = [self._pairs[pair] for pair in _pairs(written) if pair in self._pairs]
        if not allowed or not rows:
            return []
        shared = np.bincount(np.concatenate(rows), minlength=len(self.words))
        alike = 2 * shared / (self._sizes + len(written) + 1)
        least = np.maximum(self._sizes, len(written) + 1) - _BIGRAMS_LOST * allowed
        chosen = np.flatnonzero((alike >= _BIGRAMS_SHARED) & (shared >= least))
        if len(chosen) > _MOST_SIMILAR:
            chosen = chosen[np.argsort(-alike[chosen], kind="stable")[:_MOST_SIMILAR]]
        found = []
        plain = bare(word)
        for number in chosen.tolist():
            other = self.words[number]
            errors = min(
                OSA.distance(word, other, score_cutoff=allowed),
                0.5 + OSA.distance(plain, bare(other), score_cutoff=allowed),
                0.5 + OSA.distance(written, self._skeletons[number], score_cutoff=allowed),
            )
            if errors <= allowed:
                found.append((number, 1 - 1.2 * errors / max(len(word), len(other), 6)))
        return found


def _both(kind: Kind, nearness: float | None = None) -> Near:
    """Return a nearness that is the same from both sides."""
    degree = _NEARNESS[kind] if nearness is None else nearness
    return Near(degree, degree, kind)


def _pairs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def _starting(words: list[str], start: str) -> Iterator[str]:
    """Yield the first words of a sorted list that begin with some letters."""
    at = bisect_left(words, start)
    return takewhile(lambda word: word.startswith(start), words[at : at + _MOST_BEGUN])
