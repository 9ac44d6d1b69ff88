"""Abbreviations with Swedish endings: SIP:en, SIP:ar, KVÅ:s, LSS-insats."""

import re

Features = tuple[str, ...]

_ENDINGS: dict[str, Features] = {
    "": (),
    "s": ("gen",),
    "n": ("sg", "def"), "en": ("sg", "def"), "et": ("sg", "def"), "t": ("sg", "def"),
    "ns": ("sg", "def", "gen"), "ens": ("sg", "def", "gen"), "ets": ("sg", "def", "gen"), "ts": ("sg", "def", "gen"),
    "ar": ("pl", "ind"), "er": ("pl", "ind"), "or": ("pl", "ind"), "r": ("pl", "ind"),
    "ars": ("pl", "ind", "gen"), "ers": ("pl", "ind", "gen"),
    "arna": ("pl", "def"), "erna": ("pl", "def"), "orna": ("pl", "def"), "rna": ("pl", "def"), "na": ("pl", "def"),
    "arnas": ("pl", "def", "gen"), "ernas": ("pl", "def", "gen"), "rnas": ("pl", "def", "gen"),
}  # fmt: skip

_JOINED = re.compile(r"(?P<base>\w*[A-ZÅÄÖ0-9])(?P<sign>[:’'-]?)(?P<ending>[a-zåäö]{1,5})")


def ending(word: str, abbreviation: str) -> Features | None:
    """Return what the ending of an abbreviation says, when a word is that abbreviation with an ending.

    The ending follows a colon; that is what is recommended. An apostrophe or a hyphen is written too, and after
    capitals also nothing (SIPen), where the ending has a vowel or is the whole of -s. A single letter after a hyphen is
    a word of another kind (A-n), so it needs the colon.

    Arguments:
        word: a word as it is written.
        abbreviation: as its term is written.

    Returns:
        The features of the form; an empty tuple for the abbreviation itself; None: the word is something else.

    Source: Språkrådet, Svenska skrivregler (2017), on colon with endings of abbreviations.

    >>> ending("SIP:en", "SIP"), ending("SIP:arnas", "SIP"), ending("KVÅ:s", "KVÅ"), ending("SIPen", "SIP")
    (('sg', 'def'), ('pl', 'def', 'gen'), ('gen',), ('sg', 'def'))
    >>> ending("SIP-möte", "SIP"), ending("sipen", "SIP")
    (None, None)
    """
    if not word.startswith(abbreviation):
        return None
    found = split(word)
    if found is None:
        return () if word == abbreviation else None
    return found[1] if found[0] == abbreviation else None


def split(word: str) -> tuple[str, Features] | None:
    """Return the abbreviation that a word may be, without its ending, and what the ending says; None: it is none.

    >>> split("HVB:erna"), split("LSSs"), split("samverkan")
    (('HVB', ('pl', 'def')), ('LSS', ('gen',)), None)
    """
    match = _JOINED.fullmatch(word)
    if match is None:
        return None
    base, sign, tail = match.group("base"), match.group("sign"), match.group("ending")
    features = _ENDINGS.get(tail)
    if features is None or (len(base) < 2 and not sign) or (sign == "-" and len(tail) < 2):
        return None
    if not sign and tail not in {"s", "en", "et", "ar", "er", "arna", "erna", "ens", "ets", "arnas", "ernas"}:
        return None
    return base, features
