"""The forms that Swedish words take as the first part of a compound."""

from termbank.language.words import fold

_VOWELS = frozenset("aeiouyåäö")

_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Words with a form of their own.
    ("hälsa", ("hälso",)), ("kvinna", ("kvinno",)), ("människa", ("människo",)), ("kyrka", ("kyrko",)),
    ("vecka", ("vecko",)), ("gata", ("gatu",)), ("vara", ("varu",)), ("olycka", ("olycks",)), ("fara", ("faro",)),
    ("moder", ("moder", "moders")), ("fader", ("fader", "faders")), ("bror", ("brors", "broder")),
    ("arbete", ("arbets",)), ("samhälle", ("samhälls",)), ("fängelse", ("fängelse",)), ("rike", ("riks",)),
    ("man", ("manna", "mans")), ("län", ("läns",)), ("chef", ("chefs",)), ("plan", ("plan", "plans")),
    ("organ", ("organ", "organs")), ("gion", ("gion", "gions")), ("jon", ("jon", "jons")),
    # Nouns made from verbs with -an: samverkans-, ansöknings-, anmälnings-.
    ("sökan", ("söknings", "sökans")), ("mälan", ("mälnings", "mälans")), ("bjudan", ("bjudnings", "bjudans")),
    ("rjan", ("rjans",)), ("kan", ("kans",)), ("ran", ("rans",)), ("tan", ("tans",)),
    # Endings that make nouns and are followed by s.
    ("ning", ("nings",)), ("ing", ("ings",)), ("het", ("hets",)), ("skap", ("skaps",)), ("dom", ("doms",)),
    ("nad", ("nads",)), ("tion", ("tions",)), ("sion", ("sions",)), ("itet", ("itets",)), ("lek", ("leks",)),
    # Endings that are not.
    ("sköterska", ("sköterske",)), ("morska", ("morske",)), ("are", ("ar",)), ("ande", ("ande",)), ("ende", ("ende",)),
    ("else", ("else",)), ("ddel", ("ddels", "ddel")), ("medel", ("medels",)),
)  # fmt: skip
"""The first ending that fits, and what stands for it before another word."""

_WITH_S = ("vård", "stöd", "drag", "råd", "gång", "sorg", "gärd", "stånd", "slut", "tal", "val", "verk", "bud", "hov",
           "dag", "hand", "hem", "bild", "sökt", "syn", "rätt", "plikt", "skott", "skydd", "lag", "tyg", "besök",
           "frid", "fart", "bostad", "tid", "gift", "hinder", "avtal",
           "kraft", "skrift", "form", "tvång", "ting", "bund", "mål", "plan")  # fmt: skip
"""Ends of words of several syllables, compounds or with a prefix, that mostly take s: omsorgs-, primärvårds-."""


def linking_forms(term: str, part_of_speech: str | None = "noun") -> tuple[str, ...]:
    """Return the forms of a term as the first part of a compound, folded, the most usual first.

    The linking s follows the endings that make nouns (-ning, -het, -tion, -skap ...) and most words that are compounds
    themselves or have a prefix; nouns in -are and -a lose a vowel, some of the latter have -o- or -u-. Of verbs, only
    stems of one syllable are used so. Terms of several words and adjectives with an ending of their own (-ad, -ig, -sk)
    have no such form; an abbreviation takes a hyphen and keeps its capitals.

    Arguments:
        term: a term.
        part_of_speech: its word class, as `Term.part_of_speech`; None: taken for a noun.

    Returns:
        The forms, the linking s or vowel included; those of abbreviations end in a hyphen.

    Source: Svenska Akademiens grammatik, Substantiv (foge in compounds); rules and exceptions counted in Swedish
    statutes.

    >>> linking_forms("samarbete"), linking_forms("hälsa"), linking_forms("ansökan")
    (('samarbets',), ('hälso',), ('ansöknings', 'ansökans'))
    >>> linking_forms("huvudman"), linking_forms("brukare"), linking_forms("kommun"), linking_forms("SIP")
    (('huvudmanna', 'huvudmans'), ('brukar',), ('kommun', 'kommuns'), ('SIP-',))
    """
    if not term or any(not (character.isalnum() or character == "-") for character in term):
        return ()
    before, hyphen, last = term.rpartition("-")
    if any(character.isupper() for character in last[1:]):
        return (term + "-",)
    if hyphen:
        return tuple(before + hyphen + form for form in linking_forms(last, part_of_speech))
    word = fold(term)
    if part_of_speech == "verb":
        return _verb(word)
    if part_of_speech == "adjective":
        return () if word.endswith(("ad", "ig", "sk", "en", "ande", "ende", "d")) else (word,)
    return _noun(word)


def _verb(word: str) -> tuple[str, ...]:
    stem = word[:-1] if word.endswith("a") else word
    return (stem,) if len(stem) > 2 and _syllables(stem) == 1 and not stem.endswith("j") else ()


def _noun(word: str) -> tuple[str, ...]:
    for ending, forms in _FORMS:
        if word.endswith(ending) and _fits(word, ending):
            return tuple(word[: -len(ending)] + form for form in forms)
    if word[-1] == "e":
        return word + "s", word
    if word[-1] == "a":
        return word[:-1], word[:-1] + "e"
    if word[-1] in _VOWELS or word[-1] in "sxz":
        return (word,)
    if _syllables(word) == 1:
        return (word,)
    if takes_s(word):
        return word + "s", word
    return word, word + "s"


def takes_s(word: str) -> bool:
    """Tell whether a word that may stand with or without a linking s mostly has it.

    >>> takes_s("omsorg"), takes_s("patient"), takes_s("vård")
    (True, False, False)
    """
    return word.endswith(_WITH_S) and _syllables(word) > 1


def _fits(word: str, ending: str) -> bool:
    """Tell whether what stands before an ending can be a stem: ting and plan have no ending."""
    if ending in {"ing", "dom", "nad", "kan", "ran", "tan", "are", "lek", "tion"}:
        return _syllables(word[: -len(ending)]) > 0
    return True


def _syllables(word: str) -> int:
    return sum(
        letter in _VOWELS and (position == 0 or word[position - 1] not in _VOWELS)
        for position, letter in enumerate(word)
    )
