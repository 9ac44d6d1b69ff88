"""A term replaced by another in the same form: *landstingets* by *regionens*, *ett landsting* by *en region*."""

import re
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
    "respektive": "respektive", "mitt": "min", "ditt": "din",
}  # fmt: skip
_NEUTRUM = {common: neuter for neuter, common in _UTRUM.items()}
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
    start = mention.start
    word = _cased(word, mention.text, new.text)
    if before and "sg" in form.features:
        article = _agreeing(before.group(1), old, new)
        if article:
            start = before.start(1)
            word = _cased(article, before.group(1), article) + before.group(2) + word
    return Replacement(start, mention.end, word)


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


def _agreeing(article: str, old: Term, new: Term) -> str | None:
    """Return the word before in the gender of the new term; None: it can stand."""
    was, becomes = (
        gender(old.text, old.part_of_speech, old.inflection),
        gender(new.text, new.part_of_speech, new.inflection),
    )
    if was == becomes or was is None or becomes is None:
        return None
    table = _UTRUM if becomes == "utr" else _NEUTRUM
    word = article.lower()
    if word in table:
        return table[word] if table[word] != word else None
    return None


def _same(form: str, written: str) -> bool:
    return " ".join(written.split()).lower() == form.lower()


def _cased(word: str, like: str, own: str) -> str:
    """Write a word with the capitals of another; names and abbreviations keep their own."""
    if any(character.isupper() for character in own):
        return word
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
