"""A term replaced by another in the same form: *landstingets* by *regionens*, *ett landsting* by *en region*."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from termbank.language.inflection import Form, forms, gender, replace_like
from termbank.model import Term
from termbank.text.mention import Mention

_PLURAL = frozenset({
    "flera", "många", "alla", "samtliga", "vissa", "några", "andra", "olika", "våra", "era", "deras", "sina", "dessa",
    "de", "båda", "bägge", "fler", "få", "övriga", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio",
    "elva", "tolv", "sveriges", "enskilda",
})  # fmt: skip
_SINGULAR = frozenset({
    "ett", "varje", "något", "inget", "vilket", "annat", "eget", "vårt", "ert", "sitt", "detta", "det", "berört",
})  # fmt: skip
_UTRUM = {
    "ett": "en", "något": "någon", "inget": "ingen", "vilket": "vilken", "annat": "annan", "eget": "egen",
    "vårt": "vår", "ert": "er", "sitt": "sin", "detta": "denna", "det": "den", "varje": "varje", "samma": "samma",
    "respektive": "respektive", "mitt": "min", "ditt": "din", "vart": "var", "vartdera": "vardera",
}  # fmt: skip
_NEUTRUM = {common: neuter for neuter, common in _UTRUM.items()}
_WORDS_BEFORE = re.compile(r"(?P<first>\b\w+\s+)?(?P<last>\b\w+)\s+$")
_ONE_OF = re.compile(
    r"\b(?:vart och ett|ett|något|inget|vilket|vartdera|var och en|en|någon|ingen)\s+av\s+(?:de\s+(?:\w+\s+)?)?$",
    re.IGNORECASE,
)
_PREDICATIVE = re.compile(
    r"s?(?:\s+\w+){0,2}?\s+(?:är|blir|bli|vara|var|blev|varit|blivit|anses|görs|gjordes)\s+(?:\w+\s+){0,2}?\w{3,}t\b",
    re.IGNORECASE,
)
"""A predicate in the neuter after a term, which would have to agree with another: *landstinget är skyldigt*."""

_PREPOSITION = re.compile(r"\s(?:för|i|av|med|om|till|på|vid|utan|mot)\s")
_BEFORE = re.compile(r"([\w-]+)(\s+)$")
_TWO_BEFORE = re.compile(r"([\w-]+)\s+(?:och|eller|samt|respektive)\s+$", re.IGNORECASE)


class Replacement(NamedTuple):
    """What stands instead of some words: it may begin at an article before them, which has to agree."""

    start: int
    end: int
    text: str


def replacement(text: str, mention: Mention, old: Term, new: Term) -> Replacement | None:
    """Return what to write instead of a term, in the same form; None: the form cannot be told for sure.

    Arguments:
        text: the text.
        mention: where the old term stands.
        old: the term that stands there.
        new: the term that shall stand there.
    """
    written = [form for form in forms(old.text, old.part_of_speech, old.inflection) if _same(form.text, mention.text)]
    if not written:
        written = _abbreviated(old, mention.text)
    if mention.text == old.text and old.part_of_speech == new.part_of_speech == "proper-noun":
        return Replacement(mention.start, mention.end, new.text)
    options: dict[str, Form] = {}
    for form in written:
        for candidate in replace_like(
            form, (old.text, old.part_of_speech, old.inflection), (new.text, new.part_of_speech, new.inflection)
        ):
            options.setdefault(candidate, form)
    before = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    if len(options) > 1:
        number = _number(text, mention, before)
        options = {word: form for word, form in options.items() if number in form.features}
    if len(options) != 1:
        return None
    ((word, form),) = options.items()
    if "gen" in form.features and _PREPOSITION.search(new.text):
        return None
    word = _cased(word, mention.text, new.text)
    if not _other_gender(old, new):
        return Replacement(mention.start, mention.end, word)
    table = _UTRUM if _gender(new) == "utr" else _NEUTRUM
    agreed = _agreed(text[max(0, mention.start - 60) : mention.start], form, table)
    if agreed is None or ("sg" in form.features and _PREDICATIVE.match(text[mention.end : mention.end + 60])):
        return None
    start = mention.start - len(agreed.old)
    return Replacement(start, mention.end, agreed.new + word)


class _Before(NamedTuple):
    """The words before a term that have to agree with it: as they are, and as they shall be."""

    old: str
    new: str


def _agreed(before: str, form: Form, table: Mapping[str, str]) -> _Before | None:
    """Return the words before a term in the other gender, empty where they can stand; None: that cannot be told.

    Arguments:
        before: the text before the term.
        form: the form of the term.
        table: what words become in the other gender.
    """
    if "sg" not in form.features:
        match = _ONE_OF.search(before)
        return _Before(match[0], _swapped(match[0], table)) if match else _Before("", "")
    match = _WORDS_BEFORE.search(before)
    if not match:
        return _Before("", "")
    first, last = (match["first"] or "").strip().lower(), match["last"].lower()
    if "def" in form.features and last in ("det", "den"):
        return None  # it may be a clause: det landstinget gör
    if last in table or (first in table and last[-1:] in "ae"):
        old = match[0] if first in table else before[match.start("last") :]
        return _Before(old, _swapped(old, table))
    return None if first in table and last.endswith("t") else _Before("", "")


def _swapped(words: str, table: Mapping[str, str]) -> str:
    def swap(word: re.Match[str]) -> str:
        other = table.get(word[0].lower())
        return _cased(other, word[0], other) if other else word[0]

    return re.sub(r"\w+", swap, words)


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
        if word in _PLURAL or word.isdigit():
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


def _gender(term: Term) -> str | None:
    return gender(term.text, term.part_of_speech, term.inflection)


def _other_gender(old: Term, new: Term) -> bool:
    was, becomes = _gender(old), _gender(new)
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
