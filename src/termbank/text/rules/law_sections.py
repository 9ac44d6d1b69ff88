"""Which of the acts that have had a name a section is of: by its number, and by the words around."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from termbank.language.words import words
from termbank.model import Concept

Section = tuple[str | None, str]
"""Chapter, or None, and section."""

_SHORTEST, _STEM = 4, 6
_ENOUGH = 5.0
"""How much the words that a text shares with a section tell at least, in bits."""

_EMPTY = frozenset({
    "bestämmelse", "bestämmelser", "enligt", "kommunen", "kommun", "kommunens", "socialnämnden", "nämnden", "enskilde",
    "enskilda", "person", "personer", "också", "eller", "vilka", "lagen", "insatser", "insats", "socialtjänsten",
    "socialtjänstens", "socialtjänstlagen", "andra", "annan", "samt", "till", "från", "utan", "vara", "ska", "skall",
    "inte", "inom", "efter", "under", "regler", "reglerna", "regleras", "framgår", "kapitel", "stycket", "första",
    "finns", "gäller", "behöver", "behov", "vissa", "stöd", "vård", "rätt", "rätten", "ansvar", "särskilda",
})  # fmt: skip
"""Words that say nothing of which section is meant."""


class Sections:
    """What is known of the sections of acts.

    Arguments:
        concepts: the sections, by their id such as `2001:453-K2P7`.
    """

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self.concepts = concepts
        self._with = {section.partition("-")[0] for section in concepts}
        self._flat = {section.partition("-")[0] for section in concepts if "-P" in section}

    def known(self, act: Concept, cited: Iterable[Section]) -> tuple[str, ...]:
        """Return the ids of the cited sections that are known."""
        return tuple(each for each in (section_id(act, *section) for section in cited) if each in self.concepts)

    def gone(self, current: Concept, older: Concept, chapter: str | None, section: str) -> bool:
        """Tell whether a section is one of the older act only: the act in force has no such number or letter."""
        if not self._exists(current, chapter, section):
            return True
        was, now = (section_id(act, chapter, section) for act in (older, current))
        return section[-1:].isalpha() and was in self.concepts and now not in self.concepts

    def _exists(self, act: Concept, chapter: str | None, section: str) -> bool:
        """Tell whether an act has a section, as far as it is known; True where it is not."""
        if chapter is None and act.id in self._with and act.id not in self._flat:
            return False
        told = next((str(each.value) for each in act.properties if each.code == "last_sections"), None)
        number = re.match(r"\d+", section)
        if told is None or number is None:
            return True
        last = dict(part.strip().rpartition(":")[::2] for part in told.split(","))
        limit = last.get(chapter or "")
        return limit is not None and int(number.group()) <= int(limit)

    def fits(self, text: str, older: Sequence[str], current: Sequence[str]) -> bool:
        """Tell whether a text is clearly about sections of the older act, and not about those of the act in force.

        Arguments:
            text: the sentence around the citation.
            older, current: ids of the sections with the cited numbers, that are known.
        """
        said = [word for word in words(text) if len(word) >= _SHORTEST]
        then, number = self._shared(said, older)
        now, _ = self._shared(said, current)
        return then - now >= _ENOUGH and (number > 1 or bool(current))

    def _shared(self, said: Sequence[str], sections: Sequence[str]) -> tuple[float, int]:
        """Return how much the words that a text shares with the definitions of sections tell, and how many they are."""
        stems = set[str]().union(*(_stems(_definition(self.concepts[section])) for section in sections))
        shared = [stem for stem in stems if any(_within(stem, word) for word in said)]
        return sum(self._weights[stem] for stem in shared), len(shared)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How much each stem tells: the fewer sections have it, the more."""
        counts = Counter(stem for concept in self.concepts.values() for stem in _stems(_definition(concept)))
        return {stem: math.log2(len(self.concepts) / count) for stem, count in counts.items()}


def section_id(act: Concept, chapter: str | None, section: str) -> str:
    """Return the id of a section, such as `2001:453-K14P1c`."""
    return f"{act.id}-{f'K{chapter.lower()}' if chapter else ''}P{section.lower()}"


def _within(stem: str, word: str) -> bool:
    return word.startswith(stem) or (len(stem) == _STEM and stem in word)


def _definition(section: Concept) -> str:
    definition = section.definition("sv")
    return definition.text if definition else ""


def _stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words, so that forms of one word look alike."""
    return {word[:_STEM] for word in words(text) if len(word) >= _SHORTEST and word not in _EMPTY}
