"""Finds the words of interest in a text by looking at each different piece between blanks once."""

from collections.abc import Callable, Iterator
from itertools import accumulate, compress
from typing import Generic, TypeVar

from termbank.language.tokens import WORD

T = TypeVar("T")
Cut = tuple[list[int], list[str], list[str]]
"""Pieces of a text that hold something: where each begins, the piece, and the piece after it (empty at the end)."""

_KEPT = 200_000
"""How many different pieces are remembered between texts."""

_BLOCK = 1 << 18
_BIG_BLOCK = 1 << 22
"""How many characters are cut at a time, in Python and with Polars."""

_LONG = 1 << 21
"""From how many characters on Polars cuts a text: to import it costs as much as is won on a few million of them."""

_AROUND = '.,;:()”"»!?'
"""Signs beside words that belong to none."""


class Pieces(Generic[T]):
    """The words of texts, those that are of interest.

    No word has a blank in it. So a text is cut at its blanks, which is much faster than to look for words, and what the
    pieces hold is remembered: most pieces of a text have been seen before, and hold nothing of interest.

    Arguments:
        look: returns what a word is, as it is written; None: it is of no interest.
        native: whether Polars cuts the texts; None: the long ones. What is found is the same.
    """

    def __init__(self, look: Callable[[str], T | None], native: bool | None = None) -> None:
        self._look = look
        self._native = native
        self._held: _Held[T] = _Held(self._words_of)

    def words(self, text: str) -> Iterator[tuple[int, int, str, T, str]]:
        """Yield the words of interest in a text, by where they stand.

        Returns:
            Where each begins and ends, the word as it is written, what it is, and what follows: the rest of its piece,
            and the next piece. That is empty at the end of the text, and may be wherever a long text is cut.
        """
        if len(self._held) > _KEPT:
            self._held.clear()
        flat = text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")
        for starts, pieces, after in self._cuts(flat):
            for at, piece, next_piece in zip(starts, pieces, after, strict=True):
                for start, stop, written, word in self._held[piece]:
                    rest = next_piece if stop == len(piece) else f"{piece[stop:]} {next_piece}"
                    yield at + start, at + stop, written, word, rest

    def _cuts(self, text: str) -> Iterator[Cut]:
        if self._native or (self._native is None and len(text) >= _LONG):
            from termbank.text import polars_pieces

            for begin, block in blocks(text, _BIG_BLOCK):
                yield polars_pieces.cut(block, begin, self._held)
            return
        for begin, block in blocks(text, _BLOCK):
            yield self._cut(block, begin)

    def _cut(self, block: str, begin: int) -> Cut:
        pieces = block.split(" ")
        held = list(map(self._held.__getitem__, pieces))
        numbers = list(compress(range(len(held)), held))
        if not numbers:
            return [], [], []
        starts = list(accumulate(map(len, pieces), initial=begin))
        pieces.append("")
        return (
            [starts[number] + number for number in numbers],
            [pieces[number] for number in numbers],
            [pieces[number + 1] for number in numbers],
        )

    def _words_of(self, piece: str) -> tuple[tuple[int, int, str, T], ...]:
        within = piece.strip(_AROUND)
        if within.isalnum():
            word, start = self._look(within), piece.index(within)
            return () if word is None else ((start, start + len(within), within, word),)
        found = []
        for match in WORD.finditer(piece):
            word = self._look(match.group())
            if word is not None:
                found.append((match.start(), match.end(), match.group(), word))
        return tuple(found)


class _Held(dict[str, tuple[tuple[int, int, str, T], ...]]):
    """What each piece holds, asked for once."""

    def __init__(self, ask: Callable[[str], tuple[tuple[int, int, str, T], ...]]) -> None:
        self._ask = ask

    def __missing__(self, piece: str) -> tuple[tuple[int, int, str, T], ...]:
        found = self[piece] = self._ask(piece)
        return found


def blocks(text: str, length: int) -> Iterator[tuple[int, str]]:
    """Cut a long text at blanks, so that its pieces are not all in memory at once."""
    start = 0
    while len(text) - start > length:
        end = text.find(" ", start + length)
        if end < 0:
            break
        yield start, text[start:end]
        start = end + 1
    yield start, text[start:]
