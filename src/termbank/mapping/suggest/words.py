"""Texts cut into words for suggesting, and the keys by which forms of one word are known."""

import re
from functools import lru_cache
from typing import NamedTuple

from termbank.language.tokens import clean
from termbank.language.words import fold
from termbank.mapping.suggest.tables import DOTTED, FUNCTION_WORDS, IRREGULAR, LIMITS, PHRASES, SHORT, listed

LONGEST_TEXT = 600
"""How many characters of a text are read; the longest title of the Swedish lists has 300."""
LONGEST_WORD = 60
MOST_WORDS = 40

_PHRASES = tuple((re.compile(pattern), put) for pattern, put in PHRASES)
_WORD = re.compile(r"([^\W\d_]+|\d+)(\.(?!\d))?|[(\[]|[)\]]")
_SECTIONS = re.compile(r"\s+[-–—]\s+")
_SHORTEST_STEM = 3
_SHORTEST_ROOT = 4
_REMEMBERED = 65_536

_ENDINGS = listed(
    "arna erna orna arnas ernas ornas arens aren ars are ar ers er or ade ad at aste ast as an a andet "
    "anden andena ande heten heter ens en ets et es e na ns n te t de dt d s r us um ium is ien ierna ier i "
    "on os o u ae"
)
"""What Swedish words take as endings, all word classes and linking letters, and Latin ones."""

_DERIVATIONS = listed(
    "ningarna ningar ningen ning ingar ingen ing andet ande ende elsen elser else heten het ationen "
    "ationer ation eringen eringar ering erande erade erad erat era ade ad at are as an a iskt iska isk "
    "ligt liga lig igt iga ig iellt iella iell ellt ella ell alt ala al oser os om ik e i"
)
"""Endings that make other words of a word."""

_SPELLINGS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("oe|ae", "e"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("sch", "sk"), ("ch|ck|q", "k"), ("x", "ks"),
        ("c(?=[eiyäö])", "s"), ("c", "k"), ("w", "v"), ("z", "s"), ("tär", "ter"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Latin and Swedish spelling of the same sounds."""


class Word(NamedTuple):
    """A word of a text.

    Arguments:
        text: the word, folded; a phrase or an abbreviation as the word that stands for it.
        written: the word as it stood, folded.
        aside: whether it stands in brackets, or after words that only draw the limits (*med undantag för*).
    """

    text: str
    written: str
    aside: bool = False


def split(text: str) -> list[Word]:
    """Return the words of a text: folded, abbreviations and set phrases as what they stand for.

    >>> [word.text for word in split("Angiografi av a. carotis")]
    ['angiografi', 'av', 'arteria', 'carotis']
    >>> [word.text for word in split("Demens UNS (senil)")], split("Demens (senil)")[1].aside
    (['demens', 'ospecificerad', 'senil'], True)
    """
    found: list[Word] = []
    for section in _SECTIONS.split(clean(text[:LONGEST_TEXT]).text):
        found.extend(split_section(section))
    return found[:MOST_WORDS]


@lru_cache(maxsize=_REMEMBERED)
def split_section(text: str) -> tuple[Word, ...]:
    """Return the words of what stands between two dashes; titles of places and activities share many of them."""
    folded = fold(text)
    for pattern, put in _PHRASES:
        folded = pattern.sub(put, folded)
    found: list[Word] = []
    depth, limits = 0, False
    for match in _WORD.finditer(folded):
        word, stop = match.groups()
        if word is None:
            depth = depth + 1 if match.group() in "([" else max(0, depth - 1)
            continue
        word = word[:LONGEST_WORD]
        meant = SHORT.get(word) or (DOTTED.get(word) if stop else None)
        limits = limits or word in LIMITS
        aside = depth > 0 or limits
        if meant is None:
            found.append(Word(word, word, aside))
        else:
            found.extend(Word(each, word, aside) for each in meant.split())
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def skeleton(word: str) -> str:
    """Return a folded word with Latin and Swedish spellings of the same sounds written alike.

    >>> skeleton("scaphoideum") == skeleton("skafoideum"), skeleton("exspektans") == skeleton("expektans")
    (True, True)
    """
    for pattern, put in _SPELLINGS:
        word = pattern.sub(put, word)
    return word


@lru_cache(maxsize=_REMEMBERED)
def form_keys(word: str) -> frozenset[str]:
    """Return the keys of a folded word: words that share one may be forms of one word.

    Titles are full of inflected words without a word class, so that no forms can be generated from them; each word is
    cut where Swedish endings can begin instead, and a vowel that inflection drops (körtel, körtlar) is dropped.

    >>> bool(form_keys("körtlarna") & form_keys("körtel")), bool(form_keys("fostret") & form_keys("foster"))
    (True, True)
    """
    base = skeleton(IRREGULAR.get(word, word))
    if len(base) <= _SHORTEST_STEM or not base.isalpha():
        return frozenset((base,))
    keys = {base}
    keys.update(base[: -len(end)] for end in _ENDINGS if base.endswith(end) and len(base) - len(end) >= _SHORTEST_STEM)
    for key in tuple(keys):
        if len(key) > _SHORTEST_STEM and key[-2] == "e" and key[-1] in "lnr" and key[-3] not in "aeiouyåäö":
            keys.add(key[:-2] + key[-1])
    return frozenset(keys)


@lru_cache(maxsize=_REMEMBERED)
def root(word: str) -> str:
    """Return the root of a folded word, without endings that make other words of it; empty: it has none.

    >>> root("upprättande"), root("upprätta")
    ('uprät', 'uprät')
    """
    base = skeleton(word)
    cuts = (len(end) for end in _DERIVATIONS if base.endswith(end) and len(base) - len(end) >= _SHORTEST_ROOT)
    cut = max(cuts, default=0)
    return base[: len(base) - cut] if len(base) >= _SHORTEST_ROOT else ""


def is_function(word: str) -> bool:
    """Tell whether a word only holds others together."""
    return word in FUNCTION_WORDS
