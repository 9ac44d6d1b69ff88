"""Words that change what a title means: sides, numbers, negations, and what is left over in a classification."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from termbank.mapping.suggest.tables import IRREGULAR, OPPOSITES, RESIDUALS

Marks = dict[str, frozenset[str]]
"""The values of marks, by group."""

_NONE: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """A word that another of its group would deny, a number, a word for what is left over, or a negation."""

    group: str
    value: str


def _table() -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for line in OPPOSITES:
        members = line.split()
        for word in members:
            for form in (word, word + "t", word + "a", word[:-1] + "tt"):
                found.setdefault(form, Mark(members[0], word))
    for group, listed in RESIDUALS.items():
        found.update((word, Mark(group, "")) for word in listed.split())
    return found


_MARKS = _table()


@lru_cache(maxsize=65_536)
def mark(word: str) -> Mark | None:
    """Return the mark of a folded word; None: it changes nothing."""
    meant = IRREGULAR.get(word, word)
    found = _MARKS.get(word) or _MARKS.get(meant)
    return Mark("number", meant) if found is None and (len(meant) == 1 or meant.isdigit()) else found


def marks(words: Iterable[str]) -> Marks:
    """Return the marks of words, by group.

    >>> sorted(marks(["annan", "akut", "typ", "2"]))
    ['akut', 'number', 'other']
    """
    found: Marks = {}
    for word in words:
        each = mark(word)
        if each is not None:
            found[each.group] = found.get(each.group, _NONE) | {each.value}
    return found
