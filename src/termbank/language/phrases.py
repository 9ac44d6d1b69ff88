"""The inflected forms of Swedish terms of several words.

After Svenska Akademiens grammatik (1999), volume 3, Nominalfraser: the attributes before a noun agree with it
(samordnad individuell plan, den samordnade individuella planen), both sides of a coordination are inflected (vården och
omsorgen), and what follows a preposition stands on its own (vårdplanen för barn).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Literal

from termbank.language import verbs
from termbank.language.lexicon import Lexicon
from termbank.language.tokens import WORD
from termbank.language.word_forms import Form, word_forms

Role = Literal["noun", "attribute", "verb", "complement", "name", "fixed"]

_PREPOSITIONS = frozenset({
    "i", "på", "av", "för", "med", "till", "från", "om", "vid", "under", "över", "mellan", "genom", "utan", "efter",
    "hos", "mot", "kring", "åt", "inom", "före", "bland", "enligt", "utanför", "bakom", "ur", "per", "som", "att",
    "via", "inför", "gällande",
})  # fmt: skip
_CONJUNCTIONS = frozenset({"och", "eller", "samt", "respektive"})
_OF_ADJECTIVES = ("ig", "igt", "isk", "iskt", "ad", "at", "en", "et", "ell", "al", "iv", "nde", "god", "gott", "nära")
_FIXED = frozenset({"inte", "ej", "icke", "så", "mycket", "helt", "delvis", "den", "det", "de", "en", "ett", "sig"})


def phrase(
    term: str, part_of_speech: str | None, declared: Sequence[str] = (), lexicon: Lexicon | None = None
) -> tuple[tuple[Form, ...], ...]:
    """Return the forms of every word of a term.

    Arguments:
        term: a term of one or several words.
        part_of_speech: its word class, or `phrase`.
        declared: forms that the vocabulary gives; those of as many words tell which words are inflected, and how.
        lexicon: an open word list; None: there is none.

    Returns:
        The forms of each word, the word as the term has it first; a word that is never inflected has one form.

    >>> words = phrase("samordnad individuell plan", "phrase", ["samordnade individuella planen"])
    >>> [[form.text for form in word][2:4] for word in words]
    [['samordnade', 'samordnade'], ['individuella', 'individuella'], ['planen', 'planens']]
    >>> [len(word) > 1 for word in phrase("vårdplan för barn", "phrase")]
    [True, False, True]
    """
    words = WORD.findall(term)
    if len(words) < 2:
        return (word_forms(term, part_of_speech, declared, lexicon),)
    given = [WORD.findall(form) for form in declared]
    aligned = [form for form in given if len(form) == len(words)]
    own = [[form[place] for form in aligned if form[place].lower() != word.lower()] for place, word in enumerate(words)]
    found = roles(term, part_of_speech)
    found_head = _head(found)
    of_head = _word_forms(words[found_head], found[found_head], own[found_head], lexicon)
    definite = [form for form in of_head if form.features == ("sg", "def")]
    neuter = any(form.text[-1] == "t" for form in definite if not form.guess or definite[0].guess)
    return tuple(
        of_head
        if place == found_head
        else _attribute(word, own[place], neuter)
        if found[place] == "attribute"
        else _word_forms(word, found[place], own[place], lexicon)
        for place, word in enumerate(words)
    )


def roles(term: str, part_of_speech: str | None) -> list[Role]:
    """Tell what each word of a term does in it.

    Arguments:
        term: a term of several words.
        part_of_speech: its word class, or `phrase`.

    >>> roles("kommunal hälso- och sjukvård", "phrase")
    ['attribute', 'fixed', 'fixed', 'noun']
    >>> roles("god och nära vård", "phrase"), roles("föra journal", "phrase")
    (['attribute', 'fixed', 'attribute', 'noun'], ['verb', 'fixed'])
    """
    words = [word.lower() for word in WORD.findall(term)]
    if part_of_speech == "verb" or (part_of_speech == "phrase" and _is_verb(words)):
        return ["fixed" if at else "verb" for at in range(len(words))]
    if part_of_speech == "proper-noun":
        return ["name" if at == len(words) - 1 else "fixed" for at in range(len(words))]
    within = len(WORD.findall(term.partition("(")[0])) or len(words)
    end = next((at for at, word in enumerate(words[:within]) if word in _PREPOSITIONS and at), within)
    return [_role(words, at, end, within, part_of_speech) for at in range(len(words))]


def _role(words: Sequence[str], at: int, end: int, within: int, part_of_speech: str | None) -> Role:
    word = words[at]
    if at > end or at >= within:
        return "complement" if at == within - 1 else "fixed"
    if word in _CONJUNCTIONS or at == end or word[-1] == "-" or word in _FIXED:
        return "fixed"
    if at + 1 == end:
        return "attribute" if part_of_speech == "adjective" else "noun"
    following = words[at + 1]
    if following in _CONJUNCTIONS:
        return "attribute" if at + 3 < end and word.endswith(_OF_ADJECTIVES) else "noun"
    if word[-1] == "s" and not word.endswith("ös"):
        return "fixed"
    if word[-1] == "t" and following.endswith(("ig", "ad", "en")):
        return "fixed"  # an adverb: medicinskt ansvarig, särskilt anpassad
    return "attribute"


def _is_verb(words: Sequence[str]) -> bool:
    """Tell whether a phrase begins with an infinitive: föra journal, kalla till möte, dokumentera strukturerat."""
    first, second = words[:2]
    if first[-1] != "a" or first.endswith(("iga", "ella", "ska", "rna")) or first in ("nära", "bra"):
        return False
    plural = len(words) > 2 or (second.endswith(("er", "ar", "or", "n", "na", "a")) and not second.endswith("ion"))
    return first.endswith("era") or bool(verbs.known(first)) or second in _PREPOSITIONS or not plural


def head(term: str, part_of_speech: str | None) -> int:
    """Return which word bears the features of the whole: the last noun before any preposition, or the verb.

    Arguments:
        term: a term of several words.
        part_of_speech: its word class, or `phrase`.

    >>> head("vårdplan för barn", "phrase")
    0
    """
    return _head(roles(term, part_of_speech))


def _head(found: Sequence[Role]) -> int:
    for role in ("verb", "noun", "attribute", "name"):
        if role in found:
            return len(found) - 1 - found[::-1].index(role)
    return len(found) - 1


def _word_forms(word: str, role: Role, declared: list[str], lexicon: Lexicon | None) -> tuple[Form, ...]:
    if role == "fixed":
        return (Form(word), *(Form(form) for form in dict.fromkeys(declared)))
    if role in ("verb", "name"):
        return word_forms(word, "verb" if role == "verb" else "proper-noun", declared, lexicon)
    if role == "attribute":
        return _attribute(word, declared, False)
    found = word_forms(word, "noun", declared, lexicon)
    return (*found, *_of_plural(word, found)) if role == "noun" else found


def _of_plural(word: str, found: Iterable[Form]) -> Iterator[Form]:
    """Yield the definite forms of a term that is a plural itself: personer med funktionsnedsättning."""
    if word.endswith(("ar", "er", "or")):
        known = {form.text for form in found}
        for form, features in (
            (word, ("pl", "ind")), (word + "s", ("pl", "ind", "gen")),
            (word + "na", ("pl", "def")), (word + "nas", ("pl", "def", "gen")),
        ):  # fmt: skip
            if form == word or form not in known:
                yield Form(form, features, True)


def _attribute(word: str, declared: list[str], neuter: bool) -> tuple[Form, ...]:
    """Return the forms of an attribute, also of one that the term has in the neuter: särskilt boende."""
    lower = word.lower()
    if not neuter or not lower.endswith("t") or (lower.endswith(("ft", "st", "kt", "xt")) and lower[-4:] != "iskt"):
        return word_forms(word, "adjective", declared)
    found = [Form(word, ("pos", "neut"))]
    plurals = dict.fromkeys(declared or _plurals_of_neuter(word))
    found += [Form(plural, features) for plural in plurals for features in _AGREEING]
    found += [Form(lower + "a", features, True) for features in _AGREEING if not declared]
    return tuple(dict.fromkeys(found))


_AGREEING = (("pos", "def"), ("pos", "pl"))


def _plurals_of_neuter(word: str) -> list[str]:
    stem = word[:-1]
    if stem.endswith("a"):
        return [stem + "de"]
    if stem.endswith("e"):
        return [stem[:-1] + "na"]
    if stem.endswith("t"):
        return [stem[:-1] + "da", stem[:-1] + "a", stem + "a"]
    return [stem + "da"] if stem.endswith(_STEMS_IN_D) else [stem + "a"]


_STEMS_IN_D = ("skil", "för", "hör", "lär", "styr", "kän", "stäm", "ställ", "fyll", "bygg", "mäl", "döm", "följ")


def inflected(
    term: str,
    part_of_speech: str | None,
    features: tuple[str, ...],
    declared: Sequence[str] = (),
    lexicon: Lexicon | None = None,
) -> list[str]:
    """Return a term in the form that has some features.

    Arguments:
        term: a term of one or several words.
        part_of_speech: its word class, or `phrase`.
        features: what the form shall be, such as `("sg", "def", "gen")`.
        declared: forms that the vocabulary gives.
        lexicon: an open word list; None: there is none.

    Returns:
        The forms, the surest first; empty where the term has no such form.

    >>> inflected("fast vårdkontakt", "phrase", ("sg", "def", "gen"), ("fasta vårdkontakten",))
    ['fasta vårdkontaktens']
    >>> inflected("vård och omsorg", "phrase", ("sg", "def"))
    ['vården och omsorgen']
    """
    return _inflected(term, part_of_speech, features, phrase(term, part_of_speech, declared, lexicon))


def _inflected(
    term: str, part_of_speech: str | None, features: tuple[str, ...], every: Sequence[Sequence[Form]]
) -> list[str]:
    words = WORD.findall(term)
    if len(words) < 2:
        return _having(every[0], features)
    found = roles(term, part_of_speech)
    last = _head(found)
    choices: list[list[str]] = []
    for place, role in enumerate(found):
        wanted = _agreeing(features) if role == "attribute" else ()
        if place == last:
            wanted = features
        elif role == "noun":
            wanted = tuple(each for each in features if each != "gen")
        own = _having(every[place], wanted) if wanted else [words[place]]
        if not own:
            return []
        choices.append(own if place == last or role == "attribute" else own[:1])
    return [_joined(term, words, each) for each in islice(product(*choices), 8)]


def whole_forms(
    term: str, part_of_speech: str | None, declared: Sequence[str] = (), lexicon: Lexicon | None = None
) -> tuple[Form, ...]:
    """Return the forms of a term of several words, each as a whole, with the features of its head.

    >>> [form.text for form in whole_forms("vårdplan för barn", "phrase")][:4]
    ['vårdplan för barn', 'vårdplans för barn', 'vårdplanen för barn', 'vårdplanens för barn']
    """
    every = phrase(term, part_of_speech, declared, lexicon)
    of_head = every[head(term, part_of_speech)]
    found = [Form(term, of_head[0].features)]
    for form in of_head:
        for text in _inflected(term, part_of_speech, form.features, every) if form.features else ():
            found.append(Form(text, form.features, form.guess))
    known = {form.text for form in found}
    found += [Form(form) for form in declared if form not in known]
    return tuple(dict.fromkeys(found))


def _having(choices: Iterable[Form], features: tuple[str, ...]) -> list[str]:
    found = [form for form in choices if form.features == features]
    return list(dict.fromkeys(form.text for form in found if not form.guess)) or list(
        dict.fromkeys(form.text for form in found)
    )


def _agreeing(features: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features of an attribute before a noun with these; empty: as the term has it."""
    if "def" in features:
        return ("pos", "def")
    return ("pos", "pl") if features[:1] == ("pl",) else ()


def _joined(text: str, words: Sequence[str], chosen: Sequence[str]) -> str:
    parts, position = [], 0
    for word, form in zip(words, chosen, strict=True):
        start = text.index(word, position)
        parts += [text[position:start], form]
        position = start + len(word)
    return "".join([*parts, text[position:]])
