"""A term replaced by another in the same form: *landstingets* by *regionens*, *ett landsting* by *en region*."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from termbank.language import inflection
from termbank.language.inflection import Form
from termbank.model import Edit, Term
from termbank.text.mention import Mention

_PLURAL = frozenset({
    "flera", "många", "alla", "samtliga", "vissa", "några", "andra", "olika", "våra", "era", "sina", "dessa",
    "de", "båda", "bägge", "fler", "få", "övriga", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio",
    "elva", "tolv", "sveriges", "enskilda",
})  # fmt: skip
_EITHER = frozenset({"andra", "enskilda", "övriga", "olika"})
"""Attributes that are plural, but for those after a definite word: *det enskilda landsting som*."""

_SINGULAR = frozenset({
    "ett", "varje", "något", "inget", "vilket", "annat", "eget", "vårt", "ert", "sitt", "detta", "det", "berört",
})  # fmt: skip
_UTRUM = {
    "ett": "en", "något": "någon", "inget": "ingen", "vilket": "vilken", "annat": "annan", "eget": "egen",
    "vårt": "vår", "ert": "er", "sitt": "sin", "detta": "denna", "det": "den", "varje": "varje", "samma": "samma",
    "respektive": "respektive", "mitt": "min", "ditt": "din", "vart": "var", "vartdera": "vardera",
    "berört": "berörd",
}  # fmt: skip
_NEUTRUM = {common: neuter for neuter, common in _UTRUM.items() if common != "var"}
_ATTRIBUTES = frozenset({"annat", "eget", "samma", "respektive", "berört", "annan", "egen", "berörd"})
_DEFINITE = frozenset({"det", "den", "detta", "denna"})
_NO_ATTRIBUTES = frozenset({
    "i", "på", "av", "för", "till", "med", "om", "vid", "från", "hos", "inom", "mot", "utan", "genom", "under", "över",
    "efter", "mellan", "bland", "enligt", "som", "och", "eller", "samt", "åt", "per", "att",
})  # fmt: skip
_BEFORE_NOUNS = _NO_ATTRIBUTES - {"att", "som", "om"}
_WORD = re.compile(r"[\w-]+")
_CLAUSE_START = re.compile(r"[.,:;!?()\n\u2013\u2014\"”]")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_ONE_OF = re.compile(
    r"\b(?:vart och ett|ett|något|inget|vilket|vartdera|var och en|en|någon|ingen)\s+av\s+(?:de\s+(?:\w+\s+)?)?$",
    re.IGNORECASE,
)
_SOME_OF = re.compile(
    r"\b(?:ett|en|något|någon|inget|ingen|vilket|vilken|vart|var|vartdera|vardera|det|den|annat|annan|detta|denna)"
    r"(?:\s+\w+){0,3}\s+(?:av|bland)\s+(?:\w+\s+){0,4}$|"
    r"\b(?:ett|en|något|någon|inget|ingen)\s+(?:\w+\s+){1,2}$",
    re.IGNORECASE,
)
"""Words in the singular before a term in the plural, which agree with it: *ett av våra*, *ett eller flera*."""

_VERB = (
    r"(?:är|bli|blir|vara|var|vore|blev|varit|blivit|anse[rs]?|ansåg|ansågs|ansetts?|gör|göra|görs|gjordes?|gjorts?|"
    r"håller|hålla|hålls|hölls?|hållits?|känner|kände|verkar|verkade|framstår|förklara[rs]?|förklarades?|förblir|"
    r"bedöm[s]?|bedömer|bedömdes?|döms?|dömdes?)"
)
_VERB_AFTER = re.compile(rf"\b{_VERB}\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_VERB_BEFORE = re.compile(rf"\b{_VERB}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
_NEUTER = re.compile(
    r"\b(?!(?:att|det|ett|mot|sitt|vårt|ert|samt|åt|enligt|mycket|runt|bort)\b)\w{2,}(?<!he)t\b", re.IGNORECASE
)
_NEUTER_FIRST = re.compile(rf"\b\w{{3,}}t\s+{_VERB}\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
_NEUTER_ALONE = re.compile(
    r"^,?\s+vilket\b|\b(?:självt|vart och ett|vartdera|(?:ett|inget|något) av dem)\b", re.IGNORECASE
)
"""Words that agree with a term wherever they stand after it."""

_ARTICLE = re.compile(r"\b(?:det|de|den|detta|denna|dessa)\s+(?:(?:och|eller|[\w-]+[ae]),?\s+){0,4}$", re.IGNORECASE)
_POSSESSIVE = re.compile(
    r"(?:s|\b(?:min|mitt|mina|din|ditt|dina|sin|sitt|sina|vår|vårt|våra|er|ert|era|det|den|detta|denna))"
    r"\s+(?:(?:och|[\w-]+[ae]),?\s+){0,3}$",
    re.IGNORECASE,
)
_BESIDE = 25
_PREPOSITION = re.compile(r"\s(?:för|i|av|med|om|till|på|vid|utan|mot)\s")
_BEFORE = re.compile(r"([\w-]+)(\s+)$")
_TWO_BEFORE = re.compile(r"([\w-]+)\s+(?:och|eller|samt|respektive)\s+$", re.IGNORECASE)

_Written = tuple[str, str | None, tuple[str, ...]]


class Replacement(NamedTuple):
    """What stands instead of a term, and the changes to words before it that have to agree with it."""

    text: str
    agreeing: tuple[Edit, ...] = ()


def replacement(text: str, mention: Mention, old: Term, new: Term) -> Replacement | None:
    """Return what to write instead of a term, in the same form; None: the form cannot be told for sure.

    Arguments:
        text: the text.
        mention: where the old term stands.
        old: the term that stands there.
        new: the term that shall stand there.
    """
    before = text[max(0, mention.start - 80) : mention.start]
    if _stands_beside(text, mention, new) or (" " in new.text.strip() and _ARTICLE.search(before)):
        return None
    if mention.text == old.text and old.part_of_speech == new.part_of_speech == "proper-noun":
        return None if _disagrees(text, mention, old, new) else Replacement(new.text)
    found = _inflected(text, mention, old, new)
    if found is None:
        return None
    word, form = found
    if "gen" in form.features and _PREPOSITION.search(new.text):
        return None
    word = _cased(word, mention.text, new.text)
    if not _other_gender(old, new):
        unknown = "proper-noun" in (old.part_of_speech, new.part_of_speech) and _disagrees(text, mention, old, new)
        return None if unknown else Replacement(word)
    table = _UTRUM if _gender(_written(new)) == "utr" else _NEUTRUM
    agreed = _agreed(before, mention.start, form, table)
    if agreed is None or (("sg" in form.features or agreed) and _disagrees(text, mention, old, new)):
        return None
    if "sg" not in form.features and _NEUTER_ALONE.search(_after(text, mention)):
        return None
    return Replacement(word, agreed)


def _inflected(text: str, mention: Mention, old: Term, new: Term) -> tuple[str, Form] | None:
    """Return the new term in the form of the old one, and that form; None: it may be several."""
    written = [form for form in _forms(_written(old)) if _same(form.text, mention.text)]
    if not written:
        written = _abbreviated(old, mention.text)
    options: dict[str, Form] = {}
    for form in written:
        for candidate in _replaced(form, _written(old), _written(new)):
            options.setdefault(candidate, form)
    before = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    if len(options) > 1:
        number = _number(text, mention, before)
        options = {word: form for word, form in options.items() if number in form.features}
    if len(options) != 1:
        return None
    ((word, form),) = options.items()
    if _may_be_singular(form, old) and _POSSESSIVE.search(text, max(0, mention.start - 80), mention.start):
        return None
    return word, form


def _may_be_singular(form: Form, old: Term) -> bool:
    """Tell whether a plural of several words is also the singular after a genitive: *hans psykiska funktionshinder*."""
    if "pl" not in form.features or " " not in form.text:
        return False
    last = form.text.split()[-1]
    return any(
        "sg" in each.features and "def" not in each.features and each.text.split()[-1] == last
        for each in _forms(_written(old))
    )


def _stands_beside(text: str, mention: Mention, new: Term) -> bool:
    """Tell whether the new term stands near the old one, so that it would be said twice: *regioner och landsting*."""
    words = _any_form(_written(new))
    first, last = mention.start - _BESIDE, mention.end + _BESIDE
    margin = _BESIDE + len(new.text) + 20
    return any(
        (first <= match.end() <= mention.start) or (mention.end <= match.start() <= last)
        for match in words.finditer(text, max(0, mention.start - margin), min(len(text), mention.end + margin))
    )


def _after(text: str, mention: Mention) -> str:
    """Return the rest of the sentence after a mention."""
    rest = text[mention.end : mention.end + 240]
    end = _SENTENCE_END.search(rest)
    return rest[: end.start()] if end else rest


def _disagrees(text: str, mention: Mention, old: Term, new: Term) -> bool:
    """Tell whether a predicate would have to agree with another gender: *landstinget är skyldigt*."""
    was, becomes = _gender(_written(old)), _gender(_written(new))
    if was is not None and was == becomes:
        return False
    before, after = text[max(0, mention.start - 80) : mention.start], _after(text, mention)
    before = _SENTENCE_END.split(before)[-1]
    verb, inverted = _VERB_AFTER.search(after), _VERB_BEFORE.search(before)
    if becomes == "neut" and (verb or inverted):
        return True
    if _NEUTER_FIRST.search(before) or _NEUTER_ALONE.search(after):
        return True
    return bool((verb and _NEUTER.search(verb["rest"])) or (inverted and _NEUTER.search(after)))


def _agreed(before: str, end: int, form: Form, table: Mapping[str, str]) -> tuple[Edit, ...] | None:
    """Return the changes to the words before a term that agree with its gender; None: that cannot be told.

    Arguments:
        before: the text before the term.
        end: where that ends.
        form: the form of the term.
        table: what words become in the other gender.
    """
    if "sg" not in form.features:
        match = _ONE_OF.search(before)
        if match:
            return _swapped(list(_WORD.finditer(before, match.start())), end - len(before), table)
        return None if _SOME_OF.search(before) else ()
    clause = max((match.end() for match in _CLAUSE_START.finditer(before)), default=0)
    words = list(_WORD.finditer(before, clause))
    said = [word[0].lower() for word in words]
    count = _agreeing(said, table, definite="def" in form.features)
    return None if count is None else _swapped(words[len(words) - count :], end - len(before), table)


def _agreeing(words: list[str], table: Mapping[str, str], *, definite: bool) -> int | None:
    """Return how many of the last words agree with the term that follows; None: that cannot be told."""
    if not words or (words[-1] in _NO_ATTRIBUTES and words[-1] not in table):
        return 0
    if definite and words[-1] in ("det", "den"):
        return None  # it may be a clause: det landstinget gör
    attributes = 0
    while attributes < len(words) and _may_be_attribute(words[-attributes - 1], table, definite=definite):
        attributes += 1
    rest = words[: len(words) - attributes]
    if rest and rest[-1] in table:
        if attributes > 1:
            return None
        if rest[-3:] in (["vart", "och", "ett"], ["var", "och", "en"]):
            return None if attributes else 3
        earlier = rest[-2] if len(rest) > 1 else ""
        if earlier in ("och", "eller") and len(rest) > 2 and (rest[-3] in table or rest[-3][-1] in "aet"):
            return None  # det svenska och det norska landstinget
        if rest[-1] in ("det", "den") and not attributes and earlier and earlier not in _BEFORE_NOUNS:
            return None  # är det landsting som ansvarar
        if attributes and words[-1] not in table and words[-1][-1] not in "ae":
            return None
        return attributes + 1
    if not attributes:
        return 0 if definite or "ett" in table else None
    if attributes == 1 and words[-1] in table:
        return 1
    last = words[-1]
    if definite:
        return 0
    return 0 if attributes == 1 and last[-1] in "ae" and "ett" in table else None


def _may_be_attribute(word: str, table: Mapping[str, str], *, definite: bool) -> bool:
    if word in _ATTRIBUTES:
        return True
    if word in table:
        return False
    if word in ("och", "eller"):
        return True
    if word in _NO_ATTRIBUTES:
        return False
    if definite or "ett" not in table:
        return word[-1] in "ae" or not definite
    return word[-1] in "aet"


def _swapped(words: list[re.Match[str]], offset: int, table: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the changes of words to the other gender, each its own, so that it keeps its formatting."""
    edits = []
    for word in words:
        other = table.get(word[0].lower())
        if other and other != word[0].lower():
            start, end = word.start() + offset, word.end() + offset
            edits.append(Edit(start=start, end=end, text=_cased(other, word[0], other)))
    return tuple(edits)


def _abbreviated(term: Term, written: str) -> list[Form]:
    """Read an abbreviation with its ending (SKL:s)."""
    ending = written[len(term.text) :].lstrip(":’'")
    if not written.startswith(term.text):
        return []
    return [Form(written, ("gen",) if ending == "s" else ())] if ending in ("", "s") else []


def _number(text: str, mention: Mention, before: re.Match[str] | None) -> str | None:
    """Return sg or pl, as the words before the mention show; None: they do not."""
    if before:
        word = before.group(1).lower()
        earlier = _BEFORE.search(text, max(0, before.start() - 40), before.start())
        above = earlier.group(1).lower() if earlier else ""
        if word in _EITHER and (above in _DEFINITE or above.endswith("s")):
            return None
        if word in _PLURAL or (word.isdigit() and len(word) <= 2 and word != "1"):
            return "pl"
        if word in _SINGULAR:
            return "sg"
    pair = _TWO_BEFORE.search(text, max(0, mention.start - 40), mention.start)
    if pair and re.search(r"(?:or|ar|er|erna|arna|orna)$", pair.group(1).lower()):
        return "pl"
    after = re.match(r"\s+(?:och|eller|samt)\s+(\w+)", text[mention.end : mention.end + 40])
    if after and re.search(r"(?:or|ar|er)$", after.group(1).lower()):
        return "pl"
    return None


def _written(term: Term) -> _Written:
    return term.text, term.part_of_speech, tuple(term.inflection)


@lru_cache(maxsize=4096)
def _forms(term: _Written) -> tuple[Form, ...]:
    return inflection.forms(*term)


@lru_cache(maxsize=4096)
def _gender(term: _Written) -> str | None:
    return inflection.gender(*term)


@lru_cache(maxsize=4096)
def _replaced(form: Form, old: _Written, new: _Written) -> tuple[str, ...]:
    return tuple(inflection.replace_like(form, old, new))


@lru_cache(maxsize=4096)
def _any_form(term: _Written) -> re.Pattern[str]:
    """Return what finds a term in any of its forms."""
    texts = sorted({term[0], *(form.text for form in _forms(term))}, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, texts))})(?:(?::?s)?)(?!\w)", re.IGNORECASE)


def _other_gender(old: Term, new: Term) -> bool:
    was, becomes = _gender(_written(old)), _gender(_written(new))
    return was is not None and becomes is not None and was != becomes


def _same(form: str, written: str) -> bool:
    return " ".join(written.split()).lower() == form.lower()


def _cased(word: str, like: str, own: str) -> str:
    """Write a word with the capitals of another; names and abbreviations keep their own."""
    if any(character.isupper() for character in own):
        return word
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
