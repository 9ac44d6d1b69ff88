"""How well a title fits a text: what is compared, and how much each comparison counts."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from termbank.mapping.suggest.index import Asked, TitleIndex
from termbank.mapping.suggest.lexis import Kind, Near
from termbank.mapping.suggest.marks import marks
from termbank.mapping.suggest.tables import RESIDUALS
from termbank.mapping.suggest.words import is_function

FEATURES = (
    "asked", "found", "both", "letters", "letters-beside", "all", "missing", "extra", "opposite", "number", "first",
    "verbatim", "above", "heading", "same", "misspelled", "compound", "order",
    "lacks-unspecified", "lacks-specified", "lacks-other", "lacks-elsewhere", "lacks-negation",
    "has-unspecified", "has-specified", "has-other", "has-elsewhere", "has-negation",
)  # fmt: skip
"""What is compared, all as shares by the rarity of words, or 1 where it is so.

asked: how much of the text the title says. found: how much of the title the text says. both: their product. letters:
rapidfuzz's ratio; letters-beside: without what is in brackets. all: nearly everything of both. missing, extra: the
heaviest word that only the text, or only the title, has. opposite: words that deny each other. number: numbers and
letters that only one has. first: the first word of the text. verbatim: it reads the same. above: words that the
heading above says. heading: it is one. same, misspelled, compound: words that were found so. order: words that follow
each other in both. lacks, has:
words for what is left over in a classification that the title lacks, or has for itself.
"""

_PART_OF_WORD = 0.95
_PARTS = 0.9
_ALL = 0.93
_ENOUGH = 0.97
_HALF = 0.5
_NOTED = ("same", "misspelled", "compound")
_GROUPS: dict[Kind, str] = {
    "same": "same", "misspelled": "misspelled", "inside": "compound", "around": "compound", "derived": "compound",
}  # fmt: skip
_IN_ORDER = frozenset({"same", "form", "spelled", "misspelled"})
_NONE: frozenset[str] = frozenset()


class Link(NamedTuple):
    """Where something that is looked for was found.

    Arguments:
        unit: what is looked for, by its place among `Asked.units`.
        found: the place of the word in the title.
        kind: in what way it was found; a part of a compound that is asked: around.
    """

    unit: int
    found: int
    kind: Kind


class Compared(NamedTuple):
    """How a title and a text cover each other.

    Arguments:
        covered: how much of each word of the text the title says.
        reached: how much of each word of the title the text says.
        links: which words were found in which.
    """

    covered: list[float]
    reached: list[float]
    links: list[Link]


class Comparison:
    """A text, to be compared with titles.

    Arguments:
        index: the titles.
        asked: the text.
    """

    def __init__(self, index: TitleIndex, asked: Asked) -> None:
        self.index, self.asked = index, asked
        self._seen: dict[int, list[tuple[int, Near]]] = {}
        self._total = sum(asked.weights)
        self._marks = marks(word.text for word in asked.words)
        self._first = next((at for at, word in enumerate(asked.words) if not is_function(word.text)), 0)

    def compare(self, title: int) -> Compared:
        """Return how a title and the text cover each other."""
        own, units = self.index.words[title], self.asked.units
        best: dict[int, Link] = {}
        said = [0.0] * len(units)
        reached, pieces = [0.0] * len(own), [0.0] * len(own)
        for place, number in enumerate(own):
            for unit, near in self._near(number):
                found = near.found
                if near.asked > said[unit] or (near.asked == said[unit] and found > reached[place]):
                    said[unit] = near.asked
                    best[unit] = Link(unit, place, near.kind if units[unit].share == 1 else "around")
                if near.kind == "inside":
                    pieces[place] += found
                    continue
                share = units[unit].share
                if share < 1:
                    found *= _PART_OF_WORD * share
                reached[place] = max(reached[place], found)
            if pieces[place] > reached[place]:
                reached[place] = min(pieces[place], _PART_OF_WORD)
        count = len(self.asked.words)
        covered, parts = [0.0] * count, [0.0] * count
        for unit in best:
            _, first, last, share, _ = units[unit]
            if share < 1:
                parts[first] += share * said[unit]
                continue
            for each in range(first, last + 1):
                covered[each] = max(covered[each], said[unit])
        for place, part in enumerate(parts):
            if part:
                covered[place] = max(covered[place], part * _PARTS)
        return Compared(covered, reached, [best[unit] for unit in sorted(best)])

    def _near(self, number: int) -> list[tuple[int, Near]]:
        """Return what is looked for that a word of a title is near to, each with how near."""
        found = self._seen.get(number)
        if found is None:
            units = enumerate(self.asked.units)
            found = self._seen[number] = [(at, unit.near[number]) for at, unit in units if number in unit.near]
        return found

    def features(self, title: int) -> list[float]:
        """Return how a title compares, as `FEATURES` says."""
        index, asked, total = self.index, self.asked, self._total
        covered, reached, links = self.compare(title)
        weights, sum_own = asked.weights, index.totals[title]
        said = found = missing = extra = 0.0
        for weight, share in zip(weights, covered, strict=True):
            said += weight * share
            missing = max(missing, weight * (1 - share))
        for weight, share in zip(index.weights[title], reached, strict=True):
            found += weight * share
            extra = max(extra, weight * (1 - share))
        said, found = said / total, found / sum_own
        noted = dict.fromkeys(_NOTED, 0.0)
        places = []
        for unit, place, kind in links:
            if kind in _GROUPS:
                noted[_GROUPS[kind]] += weights[asked.units[unit].first] * asked.units[unit].share
            if kind in _IN_ORDER:
                places.append(place)
        follow = sum(after == before + 1 for before, after in pairwise(places))
        mine, theirs = self._marks, index.marks[title]
        opposed = sum(group in mine and values.isdisjoint(mine[group]) for group, values in theirs.items())
        plain, short = index.plain[title], index.short[title]
        letters = fuzz.ratio(asked.plain, plain) / 100
        beside = letters if short is plain else max(letters, fuzz.ratio(asked.plain, short) / 100)
        entry = index.titles[title]
        above = self._above(entry.above, covered) / total if said < _ENOUGH and entry.above >= 0 else 0.0
        return [
            said, found, said * found, letters, beside, float(said > _ALL and found > _ALL), missing / total,
            extra / sum_own, float(opposed), float(len(mine.get("number", _NONE) ^ theirs.get("number", _NONE))),
            covered[self._first], float(plain == asked.plain), above, float(entry.below),
            *(noted[name] / total for name in _NOTED), follow / max(1, len(places) - 1),
            *(float(group in mine and group not in theirs) for group in RESIDUALS),
            *(float(group in theirs and group not in mine) for group in RESIDUALS),
        ]  # fmt: skip

    def above(self, title: int, covered: list[float]) -> list[int]:
        """Return which words of the text only the heading above a title says."""
        over = self.index.titles[title].above
        return [place for place, share in self._said_above(over, covered) if share > 0] if over >= 0 else []

    def _above(self, over: int, covered: list[float]) -> float:
        return sum(self.asked.weights[place] * share for place, share in self._said_above(over, covered))

    def _said_above(self, over: int, covered: list[float]) -> Iterable[tuple[int, float]]:
        said: dict[int, float] = {}
        for number in self.index.words[over]:
            for at, near in self._near(number):
                unit = self.asked.units[at]
                whole = unit.share == 1 and unit.first == unit.last
                if whole and covered[unit.first] < _HALF and not is_function(unit.text):
                    said[unit.first] = max(said.get(unit.first, 0.0), near.asked)
        return [(place, share * (1 - covered[place])) for place, share in said.items()]
