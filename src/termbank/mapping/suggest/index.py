"""The titles of one version of a code system, ready to be asked: words, postings, what stands above them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from termbank.mapping.suggest.lexis import Lexis, Near, weight_of
from termbank.mapping.suggest.marks import marks
from termbank.mapping.suggest.words import Word, split

_CANDIDATES = 24
_REMEMBERED = 4_096
_CLOSE = 0.4
_WORTH = 0.45
"""How much of the best candidate another one reaches at least."""
_COMMON = 0.04
"""In what share of the titles a word stands that leads to no candidate by itself."""
_ASKED, _FOUND = 0.55, 0.25
"""How much a candidate loses for what it lacks of the text, and for what it has beside it."""

Path = Literal["title", "synonym", "deprecated", "supplement", "mapping", "decision"]
"""By what a concept is found: its preferred term; another of its terms; one it advises against; a term of a supplement;
a termbank concept that is mapped to it; a text that was decided before."""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


class Title(NamedTuple):
    """A text by which a concept can be found.

    Arguments:
        concept: the number of the concept.
        text: the text.
        path: see `Path`.
        source: who says it, where it is not the vocabulary itself.
        above: the number of the title above it; -1: none.
        below: whether something stands below it.
    """

    concept: int
    text: str
    path: Path = "title"
    source: str | None = None
    above: int = -1
    below: bool = False


class Unit(NamedTuple):
    """A word that is looked for: a word of the text, a part of one, or two words joined.

    Arguments:
        text: the word.
        first, last: which words of the text it is made of.
        share: how much of the word it is; 1: the whole.
        near: the words of titles near it.
    """

    text: str
    first: int
    last: int
    share: float
    near: dict[int, Near]


class Asked(NamedTuple):
    """A text that is asked for.

    Arguments:
        words: its words.
        weights: how much each counts.
        units: what is looked for.
        plain: its words as one string.
    """

    words: list[Word]
    weights: list[float]
    units: list[Unit]
    plain: str


class TitleIndex:
    """Titles, found by words near those of a text.

    Arguments:
        titles: the titles, in an order that decides between equals.
    """

    def __init__(self, titles: Sequence[Title]) -> None:
        self.titles = titles
        self.size = len(titles)
        cut = [split(title.text) for title in titles]
        self.lexis = Lexis([word.text for word in words] for words in cut)
        numbers, rarity = self.lexis.numbers, self.lexis.rarity
        self.words = [tuple(numbers[word.text] for word in words) for words in cut]
        self.weights = [
            tuple(rarity[numbers[word.text]] * weight_of(word.text, word.aside) for word in words) for words in cut
        ]
        self.plain = [" ".join(word.text for word in words) for words in cut]
        self._alike: dict[str, list[int]] = {}
        for number, plain in enumerate(self.plain):
            self._alike.setdefault(plain, []).append(number)
        self.short = [
            plain if not any(word.aside for word in words) else " ".join(w.text for w in words if not w.aside) or plain
            for words, plain in zip(cut, self.plain, strict=True)
        ]
        self.marks = [marks(word.text for word in words) for words in cut]
        self.totals = [sum(each) or 1.0 for each in self.weights]
        self._totals: Floats = np.array(self.totals, dtype=np.float32)
        lengths = np.array([len(each) for each in self.words], dtype=np.int64)
        flat = np.array([number for each in self.words for number in each], dtype=np.int32)
        owner = np.repeat(np.arange(len(titles), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        self._owners: Integers = owner[order]
        self._starts = np.searchsorted(flat[order], np.arange(len(numbers) + 1))
        self.postings = lru_cache(maxsize=_REMEMBERED)(self._postings)

    def _postings(self, word: str) -> tuple[Integers | None, Floats]:
        """Return the titles with a word near this one, and how near; no numbers: how near for all titles."""
        near = self.lexis.near(word)
        if not near:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        ranked = sorted(near.items(), key=lambda item: item[1].asked)
        runs = [self._owners[self._starts[number] : self._starts[number + 1]] for number, _ in ranked]
        best = np.zeros(self.size, dtype=np.float32)
        for (_, each), run in zip(ranked, runs, strict=True):
            best[run] = each.asked
        found = np.flatnonzero(best > 0).astype(np.int32)
        return (None, best) if len(found) > _COMMON * len(best) else (found, best[found])

    def ask(self, text: str) -> Asked:
        """Return a text as it is looked for."""
        lexis, words = self.lexis, split(text)
        units, weights = [], []
        for place, word in enumerate(words):
            near = lexis.near(word.text)
            number = lexis.numbers.get(word.text)
            if number is not None:
                rarity = lexis.rarity[number]
            else:
                rarity = max((lexis.rarity[each] for each in near if near[each].asked > _CLOSE), default=lexis.rarest)
            weights.append(rarity * weight_of(word.text, word.aside))
            units.append(Unit(word.text, place, place, 1.0, near))
            units.extend(Unit(part, place, place, share, lexis.near(part)) for part, share in lexis.parts(word.text))
            if place:
                joined = words[place - 1].text + word.text
                if joined in lexis.numbers:
                    units.append(Unit(joined, place - 1, place, 1.0, lexis.near(joined)))
        return Asked(words, weights, units, " ".join(word.text for word in words))

    def candidates(self, asked: Asked, most: int = _CANDIDATES) -> list[int]:
        """Return the titles that share most with a text, the nearest first, before them those that read the same."""
        total = sum(asked.weights)
        if not total:
            return []
        score = np.zeros(self.size, dtype=np.float32)
        for unit in asked.units:
            weight = np.float32(sum(asked.weights[unit.first : unit.last + 1]) * unit.share)
            owners, nearness = self.postings(unit.text)
            if owners is None:
                score += weight * nearness
            else:
                score[owners] += weight * nearness
        missed = np.float32(_ASKED * total) + np.float32(_FOUND) * self._totals
        reached = score / (missed + np.float32(1 - _ASKED - _FOUND) * score)
        best = float(reached.max())
        if best <= 0:
            return []
        chosen = np.flatnonzero(reached >= best * _WORTH)
        if len(chosen) > most:
            part = np.argpartition(-reached[chosen], most)[:most]
            chosen = np.sort(chosen[part])
        found = [int(each) for each in chosen[np.argsort(-reached[chosen], kind="stable")]]
        return list(dict.fromkeys([*self._alike.get(asked.plain, ())[:most], *found]))
