"""Finds terms by their words: all of them, the last one begun, or with typing errors."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from termbank.language.spelling import allowed_distance, deletes, typing_errors
from termbank.language.words import collation_key, words
from termbank.store.entry import TermMatch

Rows = Callable[[str, Sequence[Any]], list[Any]]
Found = tuple[int, str, TermMatch, float]

_POOL = 60
"""How many terms are ranked; they come shortest first, so the best are among them."""


def rank(asked: Sequence[str], term: str, penalty: float = 0.0) -> tuple[TermMatch, float]:
    """Say how a term fits the asked words, and how well, from 0 to 1.

    Arguments:
        asked: folded words that the term holds all of, the last one perhaps only begun.
        term: the term.
        penalty: what mended typing errors cost.

    >>> rank(["samverkan"], "samverkan"), rank(["samv"], "samverkan"), rank(["plan"], "Upprätta plan")
    (('exact', 1.0), ('prefix', 0.542), ('words', 0.633))
    """
    own = words(term)
    if list(asked) == own:
        return ("spelling" if penalty else "exact"), round(1.0 - penalty, 3)
    whole = set(asked) <= set(own)
    begins = own[: len(asked) - 1] == list(asked[:-1]) and "".join(own[len(asked) - 1 :][:1]).startswith(asked[-1])
    letters = min(sum(map(len, asked)) / max(sum(map(len, own)), 1), 1.0)
    score = (0.5 if whole else 0.3) + (0.1 if begins else 0.0) + 0.4 * letters * (1.0 if whole else 0.8)
    match: TermMatch = "spelling" if penalty else ("prefix" if begins else "words")
    return match, round(max(0.0, score - penalty), 3)


def overlap(asked: Sequence[str], term: str) -> float:
    """Say how much of the asked words a term shares, from 0 to 0.4: less than any term that holds them all."""
    own = set(words(term))
    shared = sum(len(word) for word in asked if word in own)
    total = sum(map(len, asked)) + sum(len(word) for word in own if word not in asked)
    return round(0.4 * shared / max(total, 1), 3)


def near_words(word: str, rows: Rows, limit: int = 6) -> list[tuple[int, str]]:
    """Return known words within the typing errors that a word of that length may have, nearest first.

    Returns:
        Pairs of the number of errors and the known word.
    """
    distance = allowed_distance(word)
    if not distance:
        return []
    keys = list(deletes(word, distance))
    marks = ",".join("?" * len(keys))
    found = {row[0] for row in rows(f"SELECT word FROM spelling WHERE key IN ({marks})", keys)}
    near = [(errors, abs(len(known) - len(word)), known) for known in found if (errors := typing_errors(word, known))]
    return [(errors, known) for errors, _, known in sorted(near)[:limit]]


class TermIndex:
    """The terms of one vocabulary in a bank file: a range of term numbers, those with the fewest words first."""

    def __init__(self, rows: Rows, first: int, last: int) -> None:
        self._rows = rows
        self._range = (first, last)

    def search(self, text: str, limit: int) -> Iterator[Found]:
        """Yield (ordinal, term, match, score) of the best terms; the same concept may come more than once."""
        asked = words(text)[:12]
        if not asked:
            return
        quoted = " ".join(f'"{word}"' for word in asked)
        terms = dict.fromkeys(self._match(quoted))
        if len(terms) < limit:
            terms.update(dict.fromkeys(self._match(f"{quoted}*")))
        found = self._ranked(asked, list(terms), 0.0)
        if len(found) < limit:
            known = {row[1] for row in found}
            found += [row for row in self._misspelled(asked) if row[1] not in known]
        if not found and len(asked) > 1:
            found = self._some(asked)
        found.sort(key=lambda row: (-row[3], len(collation_key(row[1])), row[1]))
        yield from found[: limit * 3]

    def _match(self, query: str) -> list[tuple[int, str]]:
        rows = self._rows(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
            (query, *self._range, _POOL),
        )
        if not rows:
            return []
        marks = ",".join("?" * len(rows))
        return self._rows(f"SELECT ordinal, text FROM term WHERE id IN ({marks})", [row[0] for row in rows])

    def _ranked(self, asked: Sequence[str], terms: list[tuple[int, str]], penalty: float) -> list[Found]:
        return [(ordinal, term, *rank(asked, term, penalty)) for ordinal, term in terms]

    def _misspelled(self, asked: list[str]) -> list[Found]:
        """Search with every word that has near words replaced by them, the nearest alternatives first."""
        readings: list[tuple[int, list[str]]] = [(0, [])]
        for word in asked:
            options = [(0, word)] if self._known(word) else []
            options += [option for option in near_words(word, self._rows) if option[1] != word]
            if not options:
                return []
            readings = sorted(
                (errors + more, [*chosen, option]) for errors, chosen in readings for more, option in options
            )[:8]
        found: list[Found] = []
        for errors, chosen in readings:
            if errors:
                terms = self._match(" ".join(f'"{word}"' for word in chosen))
                found += self._ranked(chosen, terms, 0.1 * errors)
        return found

    def _some(self, asked: list[str]) -> list[Found]:
        """Search for terms that share the rarest of the words, when no term has them all."""
        rarity = sorted((count, word) for word in asked if len(word) > 2 and (count := self._known(word)))
        terms: list[tuple[int, str]] = []
        for _, word in rarity[:3]:
            terms += self._match(f'"{word}"')
        return [(ordinal, term, "some-words", overlap(asked, term)) for ordinal, term in dict.fromkeys(terms)]

    def _known(self, word: str) -> int:
        rows = self._rows("SELECT doc FROM word WHERE term = ?", (word,))
        return int(rows[0][0]) if rows else 0
