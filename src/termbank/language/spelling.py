"""Spelling keys: what remains of a word when letters are left out, so that near words share a key."""

from rapidfuzz.distance import OSA

from termbank.language.words import bare

PREFIX = 9
"""How many letters of a word count for its spelling keys; a mistake further on is found by the first letters."""


def deletes(word: str, distance: int) -> set[str]:
    """Return the word's beginning with at most `distance` letters left out, and with å, ä and ö as a and o.

    Two words within an edit distance of d share such a key when each leaves out d letters (the symmetric delete
    method, as in SymSpell).

    Arguments:
        word: a folded word.
        distance: how many letters may be left out.

    >>> sorted(deletes("plan", 1))
    ['lan', 'pan', 'pla', 'plan', 'pln']
    """
    keys = {word[:PREFIX]}
    last = set(keys)
    keys.add(bare(word)[:PREFIX])
    for _ in range(distance):
        last = {key[:i] + key[i + 1 :] for key in last for i in range(len(key)) if len(key) > 2}
        keys |= last
    return keys


def allowed_distance(word: str) -> int:
    """Return how many typing errors a word of that length may have: none to 2."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def typing_errors(word: str, known: str) -> int | None:
    """Return how many typing errors turn a known word into what was written; None where it is too many.

    Counted as optimal string alignment: a letter wrong, left out, put in, or two that changed places. In words of three
    letters only å, ä and ö written as a and o count; these count as one error together, in a word of any length.

    >>> typing_errors("samvekran", "samverkan"), typing_errors("oga", "öga"), typing_errors("oja", "öga")
    (1, 1, None)
    """
    allowed = allowed_distance(word)
    if allowed and bare(word) == bare(known):
        return int(word != known)
    if len(word) < 4:
        return None
    errors = OSA.distance(word, known, score_cutoff=allowed)
    return errors if errors <= allowed else None
