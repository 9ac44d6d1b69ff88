"""Forms of Swedish nouns: six declensions, and which of them a noun may follow.

After Svenska Akademiens grammatik (1999), volume 2, Substantiv, §§ 58-110. A declension has a letter here: `or` flicka,
`ar` stol, `er` person, `r` sko, `n` äpple, `0` hus, `ern` bageri, `ur` lärare, `u` vård (no plural), `0u` studerande.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from termbank.language.noun_tables import ENDINGS, IRREGULAR, LONG_M, LONG_VOWEL, SHORT_M, SHORT_N, STRESSED, WORDS

VOWELS = frozenset("aeiouyåäöé")


class Noun(NamedTuple):
    """The forms that decide all others; empty where there is none.

    Arguments:
        definite: definite singular.
        plural: indefinite plural.
        plural_definite: definite plural.
    """

    definite: str
    plural: str = ""
    plural_definite: str = ""


def decline(noun: str, declension: str) -> Noun:
    """Return the forms of a noun by a declension.

    Arguments:
        noun: the indefinite singular, in lower case.
        declension: one of the letters above.

    >>> decline("plan", "er"), decline("program", "0").plural_definite, decline("cykel", "ar").plural
    (Noun(definite='planen', plural='planer', plural_definite='planerna'), 'programmen', 'cyklar')
    """
    if declension in ("0", "n", "ern"):
        return _neuter(noun, declension)
    last = noun[-1]
    definite = _utrum(noun)
    if declension == "u":
        return Noun(definite)
    if declension == "ur":
        return Noun(definite, noun, (noun[:-1] if last == "e" else noun) + "na")
    if declension == "0u":
        return Noun(definite, noun, noun + "na")
    if declension == "or":
        plural = (noun[:-1] if last == "a" else noun) + "or"
    elif declension == "r":
        plural = noun + "r"
    else:
        plural = _plural_stem(noun, declension) + declension
    return Noun(definite, plural, plural + "na")


def _utrum(noun: str) -> str:
    if noun[-1] in VOWELS:
        return noun + "n"
    if _syncopates(noun):
        return _one(noun[:-2]) + "nen" if noun.endswith("en") else noun + "n"
    if noun.endswith("or") and has_vowel(noun[:-2]) and noun not in STRESSED:
        return noun + "n"
    return _doubled(noun) + "en"


def _plural_stem(noun: str, ending: str) -> str:
    if noun[-1] in "ea":
        return noun[:-1]
    if _syncopates(noun) or (noun[-2:] in ("on", "ar") and ending == "ar" and len(noun) > 4):
        return _one(noun[:-2]) + noun[-1]
    return _doubled(noun)


def _neuter(noun: str, declension: str) -> Noun:
    if noun.endswith("um") and declension == "ern":
        stem = noun[:-2]
        return Noun(stem + "et", stem + "er", stem + "erna")
    last = noun[-1]
    if last in VOWELS:
        definite = noun + ("t" if has_vowel(noun[:-1]) and (last in "eao" or declension == "n") else "et")
    elif _syncopates(noun):
        definite = _one(noun[:-2]) + last + "et"
    else:
        definite = _doubled(noun) + "et"
    if declension == "n":
        return Noun(definite, noun + "n", noun + "na")
    if declension == "ern":
        stem = noun[:-1] if last == "e" else noun
        return Noun(definite, stem + "er", stem + "erna")
    return Noun(definite, noun, definite[:-2] + "en" if last not in VOWELS else noun + "na")


def _syncopates(noun: str) -> bool:
    """Tell whether the noun ends in an unstressed -el, -en or -er."""
    if noun[-2:] not in ("el", "en", "er") or len(noun) < 4 or noun in STRESSED:
        return False
    return noun[-3] not in VOWELS and has_vowel(noun[:-2])


def has_vowel(text: str) -> bool:
    """Tell whether a vowel is among the letters: only then it may be a word."""
    return not VOWELS.isdisjoint(text)


def _one(stem: str) -> str:
    """Return the stem with one m or n where it ends in two: sommar, somrar; nummer, numret."""
    return stem[:-1] if stem[-2:] in ("mm", "nn") else stem


def _doubled(noun: str) -> str:
    """Return the noun with its m or n doubled where the vowel before is short: rum, rummet; mun, munnen."""
    last = noun[-1]
    if last == "m" and noun[-2:-1] in VOWELS and noun not in LONG_VOWEL:
        return noun + "m" if noun in SHORT_M or not noun.endswith(LONG_M) else noun
    return noun + "n" if noun in SHORT_N else noun


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {word: tuple(key.split("/")) for key, listed in WORDS.items() for word in listed.split()}


@cache
def _irregular() -> dict[str, tuple[Noun, ...]]:
    table: dict[str, tuple[Noun, ...]] = {}
    for line in IRREGULAR.strip().splitlines():
        noun, *rest = line.split()
        table[noun] = (*table.get(noun, ()), Noun(*[form.strip("-") for form in rest]))
    return table


class Pattern(NamedTuple):
    """How a noun may be inflected.

    Arguments:
        rows: its forms, the usual ones first.
        certain: whether the word itself, or the word it ends in, is in the tables.
    """

    rows: tuple[Noun, ...]
    certain: bool


@lru_cache(maxsize=4096)
def by_last_part(noun: str) -> Pattern | None:
    """Return how the longest last part of the noun that the tables know is inflected; None where they know none.

    Arguments:
        noun: the indefinite singular, in lower case.

    >>> by_last_part("genomförandeplan").rows[0].plural, by_last_part("tjänsteman").rows[0].plural_definite
    ('genomförandeplaner', 'tjänstemännen')
    >>> by_last_part("qwxz")
    """
    words, own = _words(), _irregular()
    for start in range(len(noun)):
        part = noun[start:]
        front = noun[:start]
        if not front or (len(part) > 1 and len(front) > 1 and has_vowel(front)):
            rows = own.get(part) or tuple(decline(part, each) for each in words.get(part, ()))
            if rows:
                return Pattern(tuple(prefixed(front, row) for row in rows), True)
        if part in ENDINGS and has_vowel(front):
            return Pattern(tuple(decline(noun, each) for each in ENDINGS[part].split("/")), False)
    return None


def prefixed(front: str, row: Noun) -> Noun:
    """Return the forms of a compound, from those of its last part."""
    return Noun(*[form and front + form for form in row]) if front else row


def guesses(noun: str) -> tuple[str, ...]:
    """Return the declensions that a noun may follow by its last letter, the likeliest first."""
    last = noun[-1]
    if last == "a":
        return ("or", "n")
    if last == "e":
        return ("n", "ar", "r")
    if last in VOWELS:
        return ("er", "r", "n", "ern")
    return ("er", "ar", "0") if len(noun) > 5 else ("ar", "er", "0")
