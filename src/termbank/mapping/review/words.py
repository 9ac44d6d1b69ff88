"""The words of a review for people, in Swedish and English: decisions, relationships, headings."""

from typing import Literal

from termbank.model import Coding, Mapping
from termbank.reports.characters import one_line

Language = Literal["sv", "en"]

DECISIONS: dict[str, tuple[str, str]] = {
    "accept": ("godta", "accept"),
    "reject": ("avvisa", "reject"),
    "none": ("ingen motsvarighet", "no counterpart"),
    "undo": ("ångra", "undo"),
}
"""What can be chosen in a sheet."""

DONE: dict[str, tuple[str, str]] = {
    "accept": ("godtagen", "accepted"),
    "reject": ("avvisad", "rejected"),
    "change": ("relation ändrad", "relationship changed"),
    "choose": ("annan kod vald", "another code chosen"),
    "none": ("ingen motsvarighet", "no counterpart"),
    "comment": ("kommenterad", "commented on"),
    "undo": ("ångrad", "undone"),
    "reapply": ("ny utgåva", "new edition"),
    "withdraw": ("struken ur kodverket", "withdrawn"),
}
"""What was done, as a history tells it."""

RELATIONSHIPS: dict[str, tuple[str, str]] = {
    "skos:exactMatch": ("samma", "same"),
    "skos:closeMatch": ("nära", "close"),
    "skos:broadMatch": ("målet är vidare", "target is broader"),
    "skos:narrowMatch": ("målet är snävare", "target is narrower"),
    "skos:relatedMatch": ("besläktad", "related"),
}
"""The relationships, read from the subject to the object."""

WORDS: dict[str, tuple[str, str]] = {
    "no-counterpart": ("ingen motsvarighet", "no counterpart"),
    "not": ("inte", "not"),
    "open": ("öppen", "open"),
    "proposal": ("förslag", "proposal"),
    "by": ("{what} av {who} {when}", "{what} by {who} {when}"),
}


def word(table: dict[str, tuple[str, str]], name: str, language: str) -> str:
    """Return the word for something; what has none is its own.

    >>> word(RELATIONSHIPS, "skos:broadMatch", "sv"), word(RELATIONSHIPS, "owl:sameAs", "sv")
    ('målet är vidare', 'owl:sameAs')
    """
    swedish, english = table.get(name, (name, name))
    return swedish if language == "sv" else english


def meant(table: dict[str, tuple[str, str]], text: str) -> str | None:
    """Return what a word in either language stands for, or None.

    >>> meant(DECISIONS, " Godta "), meant(RELATIONSHIPS, "skos:broadMatch"), meant(DECISIONS, "kanske")
    ('accept', 'skos:broadMatch', None)
    """
    asked = " ".join(text.split()).casefold()
    return next((name for name, words in table.items() if asked in map(str.casefold, (name, *words))), None)


def predicate(mapping: Mapping, language: str) -> str:
    """Return the relationship of a mapping in words."""
    said = word(RELATIONSHIPS, mapping.predicate, language)
    return f"{word(WORDS, 'not', language)} {said}" if mapping.negated else said


def titled(coding: Coding | None) -> str:
    """Return a code with its title, on one line and without what a terminal would obey.

    >>> titled(Coding(system="kva", code="AU124", display="Upprättande av SIP"))
    'AU124 Upprättande av SIP'
    """
    if coding is None:
        return "–"
    title = coding.display if coding.display != coding.code else None
    return plain(f"{coding.code} {title or ''}")


def plain(text: str) -> str:
    """Return a text on one line, without what a terminal would obey."""
    return one_line(" ".join(text.split()))


def target(mapping: Mapping, language: str) -> str:
    """Return the code that is mapped to, with its title."""
    if mapping.object is None:
        return word(WORDS, "no-counterpart", language)
    return titled(mapping.object)


def standing(mapping: Mapping, language: str) -> str:
    """Return in words who decided about a mapping, and when; that it is open where nobody did."""
    if mapping.reviewer is None:
        return word(WORDS, "open", language)
    what = word(DONE, "none" if mapping.object is None else "reject" if mapping.negated else "accept", language)
    kept = (mapping.extra or {}).get("sssom") or {}
    when = kept.get("review_date") or mapping.date or ""
    return word(WORDS, "by", language).format(what=what, who=plain(mapping.reviewer), when=when).strip()


def reason(mapping: Mapping) -> str:
    """Return why a mapping was made, and by whom."""
    return plain(": ".join(each for each in (mapping.author, mapping.comment) if each))
