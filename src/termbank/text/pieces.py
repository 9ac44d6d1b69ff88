"""Finds the words of interest in a text by looking at each different piece between blanks once."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from termbank.language.tokens import WORD

T = TypeVar("T")

_KEPT = 400_000
"""How many different pieces are remembered between texts."""

_BLOCK = 1 << 18
"""How many characters are cut at a time."""

_AROUND = '.,;:()”"»!?'
"""Signs beside words that belong to none."""


class Pieces(Generic[T]):
    """The words of texts, those that are of interest.

    No word has a blank in it. So a text is cut at its blanks, which is much faster than to look for words, and what the
    pieces hold is remembered: most pieces of a text have been seen before, and hold nothing of interest.

    Arguments:
        look: returns what a word is, as it is written; None: it is of no interest.
    """

    def __init__(self, look: Callable[[str], T | None]) -> None:
        self._look = look
        self._held: _Held[T] = _Held(self._words_of)

    def words(self, text: str) -> Iterator[tuple[int, int, str, T, str]]:
        """Yield the words of interest in a text, by where they stand.

        Returns:
            Where each begins and ends, the word as it is written, what it is, and the piece after it; that is empty
            where something else follows than one blank and a piece.
        """
        if len(self._held) > _KEPT:
            self._held.clear()
        for begin, block in _blocks(text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")):
            pieces = block.split(" ")
            held = list(map(self._held.__getitem__, pieces))
            if not any(held):
                continue
            starts = list(accumulate(map(len, pieces), initial=begin))
            pieces.append("")
            for number, found in enumerate(held):
                if found:
                    at = starts[number] + number
                    until = starts[number + 1] + number
                    for start, written, word in found:
                        stop = at + start + len(written)
                        yield at + start, stop, written, word, pieces[number + 1] if stop == until else ""

    def _words_of(self, piece: str) -> tuple[tuple[int, str, T], ...]:
        within = piece.strip(_AROUND)
        if within.isalnum():
            word = self._look(within)
            return () if word is None else ((piece.index(within), within, word),)
        found = ((match.start(), match.group(), self._look(match.group())) for match in WORD.finditer(piece))
        return tuple((start, written, word) for start, written, word in found if word is not None)


class _Held(dict[str, tuple[tuple[int, str, T], ...]]):
    """What each piece holds, asked for once."""

    def __init__(self, ask: Callable[[str], tuple[tuple[int, str, T], ...]]) -> None:
        self._ask = ask

    def __missing__(self, piece: str) -> tuple[tuple[int, str, T], ...]:
        found = self[piece] = self._ask(piece)
        return found


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at blanks, so that its pieces are not all in memory at once."""
    start = 0
    while len(text) - start > _BLOCK:
        end = text.find(" ", start + _BLOCK)
        if end < 0:
            break
        yield start, text[start:end]
        start = end + 1
    yield start, text[start:]
