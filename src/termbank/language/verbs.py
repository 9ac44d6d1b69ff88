"""Forms of Swedish verbs: four conjugations, the s-form, deponents and participles.

After Svenska Akademiens grammatik (1999), volume 2, Verb.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from termbank.language.nouns import VOWELS, has_vowel
from termbank.language.verb_tables import FIRST, PREFIXES, SECOND, STRONG, THIRD

_VOICELESS = frozenset("kpstx")


_SECOND_PARTS = frozenset({
    "föra", "göra", "hålla", "lägga", "ställa", "sätta", "känna", "skriva", "falla", "komma", "läsa", "ge", "se", "gå",
    "stå", "slå", "få", "köra", "sända", "stämma", "följa", "bryta", "sälja",
    "mäla", "lysa", "frysa", "styra", "märka", "förstöra", "leda", "drömma",
})  # fmt: skip
"""Verbs that also nouns and adjectives stand before: folkbokföra, möjliggöra, namnge."""


class Verb(NamedTuple):
    """The forms of a verb that decide all others; the participle is empty where there is none."""

    infinitive: str
    present: str
    past: str
    supine: str
    participle: str
    imperative: str


def first(verb: str) -> Verb:
    """Return a verb's forms by the first conjugation: samordna, samordnar, samordnade."""
    return Verb(verb, verb + "r", verb + "de", verb + "t", verb + "d", verb)


def second(verb: str) -> Verb:
    """Return a verb's forms by the second conjugation.

    >>> second("leda").past, second("köpa").supine, second("glömma").imperative, second("föra").present
    ('ledde', 'köpt', 'glöm', 'för')
    """
    stem = verb[:-1]
    last, before = stem[-1], stem[-2]
    present = stem if last == "r" or verb == "tåla" else stem + "er"
    short = stem[:-1] if stem[-2:] in ("mm", "nn") else stem
    if last == "d":
        if before in VOWELS:
            return Verb(verb, present, stem + "de", stem[:-1] + "tt", stem + "d", stem)
        return Verb(verb, present, stem + "e", stem[:-1] + "t", stem, stem)
    if last == "t":
        if before in VOWELS:
            return Verb(verb, present, stem + "te", stem + "t", stem + "t", stem)
        return Verb(verb, present, stem + "e", stem, stem, stem)
    if last in _VOICELESS or verb in ("röna", "kröna", "bryna"):
        return Verb(verb, present, stem + "te", stem + "t", stem + "t", stem)
    return Verb(verb, present, short + "de", short + "t", short + "d", stem if stem[-2:] == "nn" else short)


def third(verb: str) -> Verb:
    """Return a verb's forms by the third conjugation: bo, bor, bodde, bott."""
    return Verb(verb, verb + "r", verb + "dde", verb + "tt", verb + "dd", verb)


@cache
def _simple() -> dict[str, tuple[Verb, ...]]:
    verbs: dict[str, tuple[Verb, ...]] = {verb: (second(verb),) for verb in SECOND.split()}
    verbs.update((verb, (third(verb),)) for verb in THIRD.split())
    verbs.update((verb, (first(verb),)) for verb in FIRST.split())
    strong: dict[str, tuple[Verb, ...]] = {}
    for line in STRONG.strip().splitlines():
        verb, present, past, supine, participle, *imperative = line.split()
        command = imperative[0] if imperative else _stem(verb)
        row = Verb(verb, present, past, supine, participle.strip("-"), command)
        strong[verb] = (*strong.get(verb, ()), row)
    return verbs | strong


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(PREFIXES.split())


def _stem(verb: str) -> str:
    stem = verb[:-1] if verb.endswith("a") and has_vowel(verb[:-1]) else verb
    return stem[:-1] if stem.endswith("mm") else stem


@lru_cache(maxsize=4096)
def known(verb: str) -> tuple[Verb, ...]:
    """Return the forms of a verb that is in the tables, alone or after a prefix; nothing for others.

    >>> [row.past for row in known("tillhandahålla")], known("samordna")
    (['tillhandahöll'], ())
    """
    table = _simple()
    if verb in table:
        return table[verb]
    for start in range(1, len(verb) - 1):
        rows = table.get(verb[start:])
        if rows and (_is_prefix(verb[:start]) or (verb[start:] in _SECOND_PARTS and has_vowel(verb[:start]))):
            front = verb[:start]
            return tuple(Verb(*[part and front + part for part in row]) for row in rows)
    return ()


def _is_prefix(front: str) -> bool:
    prefixes = _prefixes()
    return front in prefixes or any(front[:at] in prefixes and front[at:] in prefixes for at in range(1, len(front)))


def conjugations(verb: str) -> tuple[Verb, ...]:
    """Return the ways a verb may be inflected, the usual one first: as the tables say, or by its last letter."""
    rows = known(verb)
    if rows:
        return rows
    if verb[-1] == "a":
        return (first(verb),)
    return (third(verb),) if verb[-1] in VOWELS else ()


def candidates(verb: str) -> tuple[Verb, ...]:
    """Return every regular way to inflect a verb in -a, for a word list or given forms to choose from."""
    if verb[-1] != "a" or len(verb) < 4:
        return ()
    return (first(verb), second(verb))


def finite(row: Verb) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the forms of a verb that are no participles, with features."""
    infinitive, present, past, supine, _, imperative = row
    yield infinitive, ("inf", "act")
    yield present, ("prs", "act")
    yield past, ("pst", "act")
    yield supine, ("sup", "act")
    yield imperative, ("imp",)
    yield infinitive + "s", ("inf", "pass")
    for passive in _present_passive(row):
        yield passive, ("prs", "pass")
    yield past + "s", ("pst", "pass")
    yield supine + "s", ("sup", "pass")


def _present_passive(row: Verb) -> tuple[str, ...]:
    infinitive, present = row.infinitive, row.present
    if present == infinitive + "r":
        return (infinitive + "s",)
    if present.endswith("er"):
        stem = present[:-2]
        if stem[-1] in "sxz":
            return (stem + "es",)
        return ((stem[:-1] if stem[-2:] == "mm" else stem) + "s", stem + "es")
    return (present + "s",)


def deponent(row: Verb) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the forms of a verb that only has s-forms: hoppas, finnas.

    >>> [form for form, _ in deponent(second("minna"))]
    ['minnas', 'minns', 'minnes', 'mindes', 'mints']
    """
    for form, features in finite(row):
        if features[-1] == "pass":
            yield form, features


def participles(row: Verb) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the participles of a verb, with features.

    >>> [form for form, _ in participles(first("samordna"))]
    ['samordnande', 'samordnad', 'samordnat', 'samordnade']
    """
    infinitive = row.infinitive
    yield (infinitive + "nde" if infinitive[-1] == "a" else infinitive + "ende"), ("ptcp", "prs")
    past = row.participle
    if not past:
        return
    yield past, ("ptcp", "pst", "utr")
    yield neuter_participle(past), ("ptcp", "pst", "neut")
    yield plural_participle(past), ("ptcp", "pst", "pl")


def neuter_participle(past: str) -> str:
    """Return the neuter of a past participle: samordnat, lett, sänt, skrivet, köpt."""
    if past.endswith("en"):
        return past[:-1] + "t"
    if past.endswith("dd"):
        return past[:-2] + "tt"
    if past.endswith("d"):
        if past[-2] in VOWELS and not past.endswith("ad"):
            return past[:-1] + "tt"
        return past[:-1] + "t"
    return past if past.endswith("t") else past + "t"


def plural_participle(past: str) -> str:
    """Return the plural of a past participle: samordnade, ledda, skrivna, köpta."""
    if past.endswith("ad"):
        return past + "e"
    if past.endswith("en"):
        return past[:-2] + "na"
    return past + "a"
