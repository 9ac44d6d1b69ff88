"""Which of several readings of a word its neighbours speak for: *sätt* after *ett* is a noun, after *att* none.

A reading is known by its forms (see `termbank.language.inflection`), which belong to classes such as `noun` or
`finite`. Each neighbour belongs to a category: a closed set of function words, a punctuation mark, or the class of its
own readings. How much a category speaks for a class is in `termbank.language.homograph_weights`; a reading whose sum
lies clearly below the best is dropped. Readings of the same class are homonyms, and all stay.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from termbank.language.homograph_weights import CLOSED, FOLLOWING, PRECEDING, PRIOR
from termbank.language.words import fold

Forms = tuple[tuple[str, ...], ...]

MARGIN = 15
"""How far below the best reading another may lie, in tenths of a bit; where one is uncertain, both stay."""

_CATEGORY = {word: category for category, words in CLOSED.items() for word in words.split()}
_BEFORE = re.compile(r"([^\W_]+(?:[-:’'][^\W_]+)*)(\W*)$")
_AFTER = re.compile(r"(\W*)([^\W_]+(?:[-:’'][^\W_]+)*)")
_REACH = 60
_ENDS = frozenset(".!?:;")
_BY_FIRST = {
    "inf": "infinitive", "prs": "finite", "pst": "finite", "imp": "imperative", "cmp": "compared",
}  # fmt: skip


def word_class(features: tuple[str, ...]) -> str:
    """Return the class of a form, by its features; empty where there are none.

    >>> word_class(("sg", "def", "gen")), word_class(("pst", "act")), word_class(("pos", "neut"))
    ('noun-gen', 'finite', 'adj-neut')
    """
    if not features:
        return ""
    first, last = features[0], features[-1]
    if first in ("sg", "pl"):
        if last == "gen":
            return "noun-gen"
        if features[1] == "def":
            return "noun-def"
        return "noun" if first == "sg" else "noun-pl"
    if first == "sup":
        return "supine" if features[1] in ("act", "pass") else "compared"
    if first in ("pos", "ptcp"):
        if features[1] == "prs":
            return "adj"
        return {"neut": "adj-neut", "utr": "adj"}.get(last, "adj-pl")
    return _BY_FIRST.get(first, "")


def classes(forms: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Return the classes of the forms of a reading."""
    return frozenset(filter(None, map(word_class, forms)))


def likely(
    readings: Sequence[Forms], text: str, start: int, end: int, look: Callable[[str], Iterable[str]]
) -> list[int]:
    """Tell which readings of a word its neighbours leave.

    Arguments:
        readings: the forms that each reading may be.
        text: the text.
        start, end: the word's offsets.
        look: the classes that a folded word may have, as far as they are known.

    Returns:
        The numbers of the readings that stay; all where the neighbours do not tell.

    >>> sätt = [(("sg", "ind"), ("pl", "ind")), (("imp",),)]
    >>> likely(sätt, "ett bra sätt att leva", 8, 12, lambda word: ())
    [0]
    """
    own = [classes(forms) for forms in readings]
    if any(not each for each in own) or len(set(own)) == 1:
        return list(range(len(readings)))
    before, after = surroundings(text, start, end, look)
    left, right = PRECEDING.get(before, {}), FOLLOWING.get(after, {})
    scores = [max(PRIOR[each] + left.get(each, 0) + right.get(each, 0) for each in reading) for reading in own]
    least = max(scores) - MARGIN
    return [number for number, score in enumerate(scores) if score >= least]


def surroundings(text: str, start: int, end: int, look: Callable[[str], Iterable[str]]) -> tuple[str, str]:
    """Return the categories of what stands before and after a word.

    Arguments:
        text: the text.
        start, end: the word's offsets.
        look: the classes that a folded word may have.

    >>> surroundings("Det finns ett sätt.", 14, 18, lambda word: ())
    ('article', 'end')
    """
    left = right = "end"
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before:
        left = _mark(before.group(2)) or _category(fold(before.group(1)), look)
    after = _AFTER.match(text, end)
    if after:
        right = _mark(after.group(1)) or _category(fold(after.group(2)), look)
    return left, right


def _mark(between: str) -> str:
    signs = between.strip()
    if not signs:
        return ""
    return "end" if signs[0] in _ENDS else "comma"


def _category(word: str, look: Callable[[str], Iterable[str]]) -> str:
    closed = _CATEGORY.get(word)
    if closed:
        return closed
    wide = {_WIDE.get(each, each) for each in look(word)}
    return wide.pop() if len(wide) == 1 else "unknown"


_WIDE = {
    "noun-def": "noun", "noun-pl": "noun", "adj-neut": "adj", "adj-pl": "adj", "compared": "adj",
    "imperative": "finite", "supine": "finite",
}  # fmt: skip
"""Classes that are one category as neighbours."""
