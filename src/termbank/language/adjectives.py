"""Forms of Swedish adjectives and of participles that have become adjectives.

After Svenska Akademiens grammatik (1999), volume 2, Adjektiv and Particip.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from termbank.language.nouns import VOWELS, has_vowel
from termbank.language.verbs import neuter_participle, plural_participle

Tagged = tuple[str, tuple[str, ...]]

_INVARIABLE = """
    bra extra kul samma ringa äkta stackars gängse nutida framtida dåtida samtida forntida gratis slut redo lagom
    medeltida öde främmande fjärran nära sakta föga noga annorlunda stilla udda inre yttre övre nedre främre bakre undre
    mellersta första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde sista enda varenda halva
"""

_IRREGULAR = """
    liten litet små lilla mindre minst
    bra bra bra bra bättre bäst
    god gott goda goda bättre bäst
    god gott goda goda godare godast
    dålig dåligt dåliga dåliga sämre sämst
    dålig dåligt dåliga dåliga värre värst
    ond ont onda onda värre värst
    gammal gammalt gamla gamla äldre äldst
    stor stort stora stora större störst
    lång långt långa långa längre längst
    tung tungt tunga tunga tyngre tyngst
    ung ungt unga unga yngre yngst
    hög högt höga höga högre högst
    låg lågt låga låga lägre lägst
    grov grovt grova grova grövre grövst
    mycken mycket myckna myckna mer mest
    mycket mycket mycket mycket mer mest
    mycket mycket mycket mycket mera mest
    många många många många fler flest
    många många många många flera flest
    få få få få färre -
    nära nära nära nära närmare närmast
    nära nära nära nära närmre närmst
    egen eget egna egna - -
    annan annat andra andra - -
    själv självt själva själva - -
    sådan sådant sådana sådana - -
    lika lika lika lika - -
    olika olika olika olika - -
    rätt rätt rätta rätta - -
    vis vist visa visa visare visast
    förr förr förra förra - -
    inre inre inre inre - innerst
    yttre yttre yttre yttre - ytterst
    övre övre övre övre - överst
    bred brett breda breda bredare bredast
    ny nytt nya nya nyare nyast
    fri fritt fria fria friare friast
    blå blått blå blåa blåare blåast
    blå blått blåa blåa blåare blåast
    grå grått grå gråa gråare gråast
    grå grått gråa gråa gråare gråast
    rå rått råa råa råare råast
    kär kärt kära kära kärare kärast
    tom tomt tomma tomma tommare tommast
    allmän allmänt allmänna allmänna allmännare allmännast
    ensam ensamt ensamma ensamma ensammare ensammast
"""


_FULL_EN = frozenset({"ren", "oren", "homogen", "heterogen", "sen", "gemen", "len", "klen"})
_GLAD = re.compile("(?:^|[gdt])glad$")
_REN = re.compile("[^aeiouyåäö]ren$")
_LONG_M = ("im", "nom", "em", "ym", "äm", "lam", "tam", "stram")
_DOUBLED_T = ("vit", "het", "fet", "våt", "tät", "söt", "slät", "lat", "rät")
_NO_ENDINGS = ("ålders", "dags", "ons", "ings", "ides", "gges", "mans")


class Adjective(NamedTuple):
    """The forms of an adjective that decide all others; empty where there is none."""

    utrum: str
    neuter: str
    plural: str
    definite: str
    comparative: str
    superlative: str


@cache
def _invariable() -> frozenset[str]:
    return frozenset(_INVARIABLE.split())


@cache
def irregular() -> dict[str, tuple[Adjective, ...]]:
    """Return the adjectives with comparison or other forms of their own."""
    table: dict[str, tuple[Adjective, ...]] = {}
    for line in _IRREGULAR.strip().splitlines():
        row = Adjective(*[form.strip("-") for form in line.split()])
        table[row.utrum] = (*table.get(row.utrum, ()), row)
    return table


def regular(adjective: str) -> Adjective:
    """Return the forms of a regular adjective or participle.

    >>> regular("samordnad")[:3], regular("enkel").plural, regular("allmän").neuter, regular("långsam").plural
    (('samordnad', 'samordnat', 'samordnade'), 'enkla', 'allmänt', 'långsamma')
    """
    word = adjective
    last, before = word[-1], word[-2:-1]
    if word in _invariable() or last in "ae" or word.endswith(_NO_ENDINGS):
        return Adjective(word, word, word, word, "", "")
    if word.endswith("ad") and has_vowel(word[:-2]) and not _GLAD.search(word):
        plural = plural_participle(word)
        return Adjective(word, neuter_participle(word), plural, plural, "", "")
    if word.endswith("en") and has_vowel(word[:-2]) and word not in _FULL_EN and not _REN.search(word):
        stem = word[:-2]
        if stem[-2:] in ("mm", "nn"):
            stem = stem[:-1]
        return Adjective(word, word[:-1] + "t", stem + "na", stem + "na", stem + "nare", word + "ast")
    if word.endswith(("el", "er")) and len(word) > 3 and word[-3] not in VOWELS and has_vowel(word[:-2]):
        stem = word[:-2]
        stem = (stem[:-1] if stem[-2:] in ("mm", "nn") else stem) + last
        return Adjective(word, word + "t", stem + "a", stem + "a", stem + "are", stem + "ast")
    stem = word
    if last == "m" and before in VOWELS and not word.endswith(_LONG_M):
        stem = word + "m"
    return Adjective(word, _neuter(word), stem + "a", stem + "a", stem + "are", stem + "ast")


def _neuter(word: str) -> str:
    last, before = word[-1], word[-2:-1]
    if last == "t":
        return word if before not in VOWELS else (word + "t" if word.endswith(_DOUBLED_T) or len(word) < 4 else word)
    if word.endswith("dd"):
        return word[:-2] + "tt"
    if last == "d":
        return word[:-1] + ("tt" if before in VOWELS else "t")
    if word.endswith("nn"):
        return word[:-1] + "t"
    return word + ("tt" if last in VOWELS else "t")


def tagged(row: Adjective) -> Iterator[Tagged]:
    """Yield the forms of an adjective with features."""
    yield row.utrum, ("pos", "utr")
    yield row.neuter, ("pos", "neut")
    yield row.plural, ("pos", "pl")
    yield row.definite, ("pos", "def")
    definite = row.definite
    if definite.endswith("a") and row.utrum != definite:
        yield definite[:-1] + "e", ("pos", "def", "masc")
        yield definite[:-1] + "es", ("pos", "def", "masc", "gen")
    yield definite + "s", ("pos", "def", "gen")
    if row.comparative:
        yield row.comparative, ("cmp",)
        yield row.comparative + "s", ("cmp", "gen")
    if row.superlative:
        yield row.superlative, ("sup", "ind")
        end = "e" if row.superlative.endswith("ast") else "a"
        yield row.superlative + end, ("sup", "def")
        yield row.superlative + end + "s", ("sup", "def", "gen")
        if end == "a":
            yield row.superlative + "e", ("sup", "def", "masc")
