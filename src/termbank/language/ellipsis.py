"""Coordinated words of which a part is left out, completed: vård- och omsorgsplan, samverkansavtal och -rutiner."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from termbank.language.words import fold

_GAP = r"(?:[ \t\u00a0]+\n?[ \t\u00a0]*|\n[ \t\u00a0]*)"
_AND = rf"{_GAP}(?:och/eller|och|eller|samt|respektive|resp\.?|till){_GAP}"
_SIGN = r"[ \t\u00a0]*[,/;][ \t\u00a0]*\n?[ \t\u00a0]*"
_LETTERS = r"[^\W_]+(?:[-:][^\W_]+)*"

_BEFORE = re.compile(rf"{_LETTERS}$")
_FIRSTS = re.compile(rf"-(?:(?:{_SIGN}|,?{_AND}){_LETTERS}-(?![^\W_]))*")
_LAST = re.compile(rf"(?:,?{_AND}|[ \t\u00a0]*/[ \t\u00a0]*)({_LETTERS})")
_FULL = re.compile(rf"({_LETTERS})(?:,?{_AND}|{_SIGN})$")
_WORD = re.compile(_LETTERS)
_LONGEST = 80
"""How many letters a word has at most that completes another."""
_NEAREST = 8
"""How many words after one that is cut short may complete it."""
_REACH = 60
"""How far back a word is looked for."""


class Expansion(NamedTuple):
    """A word of which a part is left out.

    Arguments:
        start, end: offsets from this word to the one that completes it, whichever stands first.
        written: offsets of what is written of the word itself, its hyphen included.
        completed: what it is in full, folded; the shortest part of the other word left out first.
    """

    start: int
    end: int
    written: tuple[int, int]
    completed: str


def expansions(text: str, is_word: Callable[[str], bool]) -> Iterator[Expansion]:
    """Yield the words of a text that a coordination cuts short, with what they are in full.

    *vård-* before *omsorgsplanen* may be completed by any end of that word; `is_word` chooses, the longest end first.
    In *hälso- och sjukvårds- samt socialtjänstpersonal* the second word is completed by the third, the first by both.

    Arguments:
        text: running text, without soft hyphens (see `termbank.language.tokens.clean`).
        is_word: tells whether a folded word is one that is looked for.

    Returns:
        The expansions; a word without one that is looked for is left out.

    >>> [each.completed for each in expansions("en vård- och omsorgsplanen", {"vårdplanen"}.__contains__)]
    ['vårdplanen']
    >>> [each.completed for each in expansions("samverkansavtal och -rutiner", {"samverkansrutiner"}.__contains__)]
    ['samverkansrutiner']
    """
    position, done = text.find("-"), -1
    while position >= 0:
        after = text[position + 1 : position + 2]
        before = text[position - 1 : position]
        if position > done and before.isalnum() and not after.isalnum():
            firsts = _FIRSTS.match(text, position)
            done = firsts.end() if firsts else done  # also where nothing follows: from a later word it is the same
            last = _LAST.match(text, firsts.end()) if firsts else None
            if firsts and last:
                yield from _completed_after(text, position, firsts.end(), last.span(1), is_word)
        elif after.isalpha() and not before.isalnum() and before != "-":
            yield from _completed_before(text, position, is_word)
        position = text.find("-", position + 1)


def _completed_after(
    text: str, position: int, end: int, last: tuple[int, int], is_word: Callable[[str], bool]
) -> list[Expansion]:
    begun = _BEFORE.search(text, max(0, position - _REACH), position)
    if begun is None or last[1] - last[0] > _LONGEST:
        return []
    wholes, found = [fold(text[slice(*last)])], []
    for first in reversed(list(_WORD.finditer(text, begun.start(), end))):
        if text[first.end() : first.end() + 1] != "-" or first.end() - first.start() > _LONGEST:
            continue
        beginning = fold(first.group())
        ends = (whole[cut:] for whole in wholes[: -_NEAREST - 1 : -1] for cut in range(1, len(whole) - 2))
        completed = _first((beginning + rest for rest in ends), is_word)
        if completed:
            wholes.append(completed)
            found.append(Expansion(first.start(), last[1], (first.start(), first.end() + 1), completed))
    return found[::-1]


def _completed_before(text: str, position: int, is_word: Callable[[str], bool]) -> Iterator[Expansion]:
    rest = _WORD.match(text, position + 1)
    full = _FULL.search(text, max(0, position - _REACH), position)
    if rest is None or full is None or rest.end() - rest.start() > _LONGEST:
        return
    whole, ending = fold(full.group(1)), fold(rest.group())
    completed = _first((whole[:cut] + ending for cut in range(len(whole) - 2, 2, -1)), is_word)
    if completed:
        yield Expansion(full.start(1), rest.end(), (position, rest.end()), completed)


def _first(candidates: Iterable[str], is_word: Callable[[str], bool]) -> str | None:
    return next(filter(is_word, candidates), None)
