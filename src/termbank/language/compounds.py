"""Swedish compounds taken apart: which term is the head of a word, and which begins it."""

from collections.abc import Callable, Collection, Container, Mapping
from typing import Literal, NamedTuple

from termbank.language.linking import takes_s
from termbank.language.surroundings import Surroundings
from termbank.language.words import fold

PartKind = Literal["head", "modifier"]

_AND = frozenset({"och", "eller", "samt"})
_PLACES = ("gatan", "vägen", "torget", "gränd", "gränden", "backen", "parken", "stigen", "bron", "kvarteret")
"""How the names of streets and the like end."""

LONGEST = 80
"""How many letters a word has at most that is looked into; what is longer is no word that anyone wrote."""

_INNER = 7
"""How many letters a term in the middle of a word has at least, its linking letters included."""
_SEEN = 5
"""How many letters are looked at before a form is looked up in the middle of a word."""


class Part(NamedTuple):
    """A term in a compound.

    Arguments:
        start, end: its offsets in the word, a linking s or vowel included, a hyphen not.
        kind: head: the compound is a kind of it; modifier: the compound begins with it, or has it inside.
        key: its form, as it stands in `heads` or `modifiers`.
    """

    start: int
    end: int
    kind: PartKind
    key: str

    def moved(self, distance: int) -> "Part":
        """Return the same part, further on in a longer word."""
        return self._replace(start=self.start + distance, end=self.end + distance)


class Compounds:
    """The terms that may be parts of compounds.

    A term must be joined to something that is a word: one that the list knows, a linking form, or such words together.
    Without a list only its shape is judged: a syllable that Swedish words can begin or end with, no prefix and no
    ending. The longest term at each end of the word wins, so that *vårdplaneringsmöte* begins with vårdplanering and
    not with vård. Short forms (vård, plan, akt) look like parts of too many words; they count only beside a common part
    of compounds (`termbank.language.common_parts`), or where a word list knows what stands beside them, it has four
    letters or more, and the word cannot be cut elsewhere (vår-dag).

    Arguments:
        heads: forms of terms of one word, folded, which may end a compound; the values are the caller's.
        modifiers: forms as `linking_forms` gives them, which may begin one.
        is_word: tells whether a folded form is a Swedish word; None: there is no word list.
        lexicalised: forms of compounds that are themselves, not their parts.
        short: those forms of `heads` and `modifiers` that count only where it is sure.

    >>> compounds = Compounds({"samverkan": 1, "möte": 1}, {"samverkans": 1})
    >>> compounds.analyse("vårdsamverkan")
    (Part(start=4, end=13, kind='head', key='samverkan'),)
    >>> [part.kind for part in compounds.analyse("samverkansmöte")]
    ['modifier', 'head']
    """

    def __init__(
        self,
        heads: Mapping[str, object],
        modifiers: Mapping[str, object],
        is_word: Callable[[str], bool] | None = None,
        lexicalised: Collection[str] = frozenset(),
        short: Container[str] = frozenset(),
    ) -> None:
        self._heads, self._modifiers = heads, modifiers
        self._lexicalised, self._short = lexicalised, short
        self._surroundings = Surroundings(heads, modifiers, is_word)
        self._endings, self._starts = frozenset(heads).union(lexicalised), frozenset(modifiers).union(lexicalised)
        self._beginnings = frozenset(form[:_SEEN] for form in modifiers if len(form) >= _INNER and form not in short)

    def analyse(self, word: str) -> tuple[Part, ...]:
        """Return the terms that a word is made of, by where they stand; empty where it is no compound of terms.

        Arguments:
            word: a word as it is written, without soft hyphens.

        Returns:
            The parts; none for a form of a term, which is no compound of others, for a word that ends in a hyphen, and
            for one of more than 80 letters.
        """
        if len(word) > LONGEST:
            return ()
        folded = fold(word)
        if len(folded) != len(word) or folded in self._heads or folded in self._lexicalised or folded[-1:] in "-":
            return ()
        if word[:1].isupper() and folded.endswith(_PLACES):
            return ()  # Plangatan
        return self._hyphenated(word, folded) if "-" in folded else self._solid(folded)

    def continues(self, word: str, end: int) -> bool:
        """Tell whether a folded word goes on after `end` as a compound does: sjukvårds-personal."""
        return len(word) <= LONGEST and self._surroundings.ends(word, end, False)

    def _solid(self, word: str) -> tuple[Part, ...]:
        if len(word) < 6 or not word.isalpha():
            return ()
        head, modifier = self._head(word), self._modifier(word)
        if head and modifier and modifier.end > head.start:
            if word[: head.start] in self._modifiers:  # an s that both could have: vårdplan-samarbete
                modifier = Part(0, head.start, "modifier", word[: head.start])
            elif modifier.end - modifier.start >= head.end - head.start:
                head = None
            else:
                modifier = None
        start, end = modifier.end if modifier else 0, head.start if head else len(word)
        inner = self._inner(word, start, end) if end - start >= _INNER else None
        return tuple(part for part in (modifier, inner, head) if part)

    def _head(self, word: str) -> Part | None:
        for start in range(2, len(word) - 2):
            form = word[start:]
            if form in self._endings:
                if form in self._lexicalised:
                    return None
                if self._surroundings.begins(word, start, form in self._short):
                    return Part(start, len(word), "head", form)
                if not self._surroundings.known:
                    return None  # upp-handling is no up-phandling: without a list the longest form decides
        return None

    def _modifier(self, word: str) -> Part | None:
        for end in range(len(word) - 2, 2, -1):
            form = word[:end]
            if form not in self._starts:
                continue
            if form in self._lexicalised:
                return None
            if self._surroundings.ends(word, end, form in self._short):
                if form[-1] == "s" and form[:-1] in self._modifiers and self._s_belongs_to_rest(word, end):
                    return Part(0, end - 1, "modifier", form[:-1])
                return Part(0, end, "modifier", form)
        return None

    def _s_belongs_to_rest(self, word: str, end: int) -> bool:
        """Tell whether an s between two words begins the second: patient-säkerhet, but omsorgs-insats."""
        return not takes_s(word[: end - 1]) and self._surroundings.ends(word, end - 1, False)

    def _inner(self, word: str, first: int, last: int) -> Part | None:
        """Return a term in the middle of a word: läns-samverkans-grupp."""
        for start in range(first + (0 if first else 3), last - _INNER + 1):
            if word[start : start + _SEEN] not in self._beginnings:
                continue
            for end in range(last if last < len(word) else last - 3, start + _INNER - 1, -1):
                form = word[start:end]
                if form in self._lexicalised:
                    break
                if form in self._modifiers and form not in self._short:
                    if any(word[earlier:end] in self._lexicalised for earlier in range(first, start)):
                        break
                    before = start == first or self._surroundings.begins(word[:end], start, False)
                    if before and (end == last < len(word) or self._surroundings.ends(word, end, False)):
                        return Part(start, end, "modifier", form)
        return None

    def _joins(self, written: str, first: str) -> bool:
        """Tell whether the part before a hyphen is Swedish, or an abbreviation, so that a short head may follow it."""
        return (
            written.isupper() or first in self._modifiers or first in self._heads or self._surroundings.is_first(first)
        )

    def _hyphenated(self, word: str, folded: str) -> tuple[Part, ...]:
        """Return the parts of a word with hyphens, where the boundary is sure: SIP-möte, LSS-insats."""
        end = word.rindex("-")
        first, start = folded[:end], end + 1
        if folded[start:] in _AND:
            return ()  # hälso-och sjukvård, with a blank left out
        parts: list[Part] = []
        for key in (first, word[:end] + "-", word[:end]):
            if key in self._modifiers or (key in self._heads and key != first) or (first in self._heads and end > 3):
                parts.append(Part(0, end, "modifier", key))
                break
        if folded[start:] in self._heads and (folded[start:] not in self._short or self._joins(word[:end], first)):
            parts.append(Part(start, len(word), "head", folded[start:]))
        else:
            parts.extend(part.moved(start) for part in self._solid(folded[start:]))
        return tuple(parts)
