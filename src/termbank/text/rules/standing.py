"""Where an old or deprecated term stands rightly: as a word spoken of, a name, a title kept, in another sense."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from termbank.model import Concept, Term
from termbank.text.history import becomes
from termbank.text.mention import Mention
from termbank.text.view import View, Zone

_SPOKEN_OF = re.compile(
    r"\b(?:(?:yrkes)?titeln|term(?:en|erna)?|ord(?:et|en)?|begrepp(?:et|en)?|beteckning(?:en)?|benämning(?:en)?"
    r"|uttryck(?:et|en)?|namnet|förkortningen)\s+(?:är\s+)?[’'\"]?$",
    re.IGNORECASE,
)
_AS_WORD = re.compile(
    r"^[’'\"]?\s+(?:som|är ett|var ett)\s+(?:(?:formell|gammal|äldre)\w*\s+)?"
    r"(?:begrepp|term|ord|benämning|beteckning)\b"
)
_KEPT = re.compile(
    r"\bbehåll\w*|\bövergång\w*|\blegitim\w*|\bföre \d{4}|\bexamen\w*|\bskydda[dt]\w* |\byrkestit\w+|\btiteln?\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(r"\bleg\.?\s+$", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[\n,;:(]\s*|\b)[A-ZÅÄÖ][\wåäöé-]+(?:\s[A-ZÅÄÖ][\wåäöé-]+){1,2},?\s+$")
"""A person's name, with the title after it: *Anna Berg, sjukgymnast*."""

_HOLDER = re.compile(r"^\s+[A-ZÅÄÖ][\wåäöé-]+\s[A-ZÅÄÖ][\wåäöé-]+")
_OWNED = re.compile(r"\b[A-ZÅÄÖ][\wåäöé-]+s\s+$")
_COMMON_GENITIVE = re.compile(r"(?:[eo]?ns|ets|nas|rnas|ers)\s+$")
_BAPTISED = re.compile(r"^\s+[A-ZÅÄÖ][a-zåäöé]{2,}")
_PREDICATE = re.compile(
    r"\b(?:är|var|vara|varit|blir|blev|bli|blivit|utgör|utgjorde|innebär|innebar|(?:som|till) (?=ett|inget)|inget"
    r"|något|större|största)\s*"
    r"(?:(?:ett|inget|något|inte ett|knappast ett|hans|hennes|vårt|deras|lagets|det)\s+)?"
    r"(?:(?:[a-zåäö]+(?:t|re|sta|aste))\s+)?$",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(
    r"\b(?:golf\w*|hcp|slag|match\w*|lag(?:et|ets)|spelar\w*|poäng|kval\w*|tips\w*|häst\w*|lopp\w*|odds)\b", re.I
)
_IN_PARENTHESIS = re.compile(r"(?<=[a-zåäö]) \(([A-ZÅÄÖ][\wåäö]{1,11})[),]")
_ABBREVIATIONS = ("abbreviation", "acronym", "short-form")


def spoken_of(view: View, mention: Mention) -> bool:
    """Tell whether a word is spoken of as a word: *termen handikapp*, *landsting som begrepp*."""
    before, after = view.text[max(0, mention.start - 30) : mention.start], view.text[mention.end : mention.end + 50]
    return bool(_SPOKEN_OF.search(before) or _AS_WORD.match(after))


def larger(zone: Zone, mention: Mention) -> bool:
    """Tell whether a zone reaches beyond a mention."""
    return zone.start < mention.start or zone.end > mention.end


def is_name(view: View, mention: Mention) -> bool:
    """Tell whether a common noun is the name of something, or part of it.

    It has a capital inside a sentence; or a name stands before it in the genitive (*Daretorps ålderdomshem*) or after
    its definite form (*servicehuset Solgården*).
    """
    first, last = view.sentence(mention.start)
    if mention.text.isupper():
        return False
    before = view.text[first : mention.start].strip(' \n\t–-•*"”»(')
    if mention.text[:1].isupper() and before and before[-1] not in ".:!?":
        return True
    owner = _OWNED.search(view.text[first : mention.start])
    if owner and (owner.start() or not _COMMON_GENITIVE.search(owner[0])):
        return True
    return mention.text[-1:] in "nt" and bool(_BAPTISED.match(view.text[mention.end : last]))


def kept(view: View, mention: Mention, term: Term) -> bool:
    """Tell whether a transitional rule keeps a name here: a title that its holder may go on using."""
    if "transition" not in term.still_right:
        return False
    first, last = view.sentence(mention.start)
    before = view.text[first : mention.start]
    return bool(
        _KEPT.search(view.text[first:last])
        or _LICENSED.search(before)
        or _SIGNED.search(before)
        or _HOLDER.match(view.text[mention.end : last])
    )


def beside_its_successor(view: View, mention: Mention, term: Term, vocabulary: str, concept: Concept) -> bool:
    """Tell whether the sentence has the new name too, so that it tells how the two belong together.

    Two proper names are enough (*SKL, numera SKR*), or a title that may be kept; of common nouns the sentence has to
    say what becomes what.
    """
    proper = term.part_of_speech == "proper-noun" or term.type in _ABBREVIATIONS
    if not (proper or "transition" in term.still_right or becomes(view, mention.start)):
        return False
    ours = {(vocabulary, concept.id)} | {
        (each.vocabulary or vocabulary, each.target) for each in concept.relations if each.type == "replaced-by"
    }
    return any(
        (reading.vocabulary, reading.concept) in ours and reading.status in ("preferred", "admitted")
        for other in _in_sentence(view, mention)
        for reading in other.readings
    )


def _in_sentence(view: View, mention: Mention) -> Iterator[Mention]:
    first, last = view.sentence(mention.start)
    position = bisect_left(view.mentions, first, key=lambda each: each.start)
    while position < len(view.mentions) and view.mentions[position].start < last:
        if view.mentions[position].start != mention.start:
            yield view.mentions[position]
        position += 1


def otherwise_defined(view: View, mention: Mention, term: Term, vocabulary: str, concept: str) -> bool:
    """Tell whether the document says that an abbreviation means something else: *Statens … laboratorium (SKL)*."""
    if term.type not in ("abbreviation", "acronym"):
        return False
    places = _defined(view.text).get(term.text, ())
    return bool(places) and not any(_names(view, place, vocabulary, concept) for place in places)


@lru_cache(maxsize=4)
def _defined(text: str) -> dict[str, list[int]]:
    """Return where a text has abbreviations in parentheses after words."""
    found: dict[str, list[int]] = {}
    for match in _IN_PARENTHESIS.finditer(text):
        found.setdefault(match[1], []).append(match.start())
    return found


def _names(view: View, end: int, vocabulary: str, concept: str) -> bool:
    position = bisect_left(view.mentions, end, key=lambda each: each.start)
    near: Iterable[Mention] = view.mentions[max(0, position - 6) : position]
    return any(
        abs(each.end - end) <= 1 and (reading.vocabulary, reading.concept) == (vocabulary, concept)
        for each in near
        for reading in each.readings
    )


def in_another_sense(view: View, mention: Mention) -> bool:
    """Tell whether a word that is a term in some contexts only means a drawback (*är ett handikapp för*), or sport."""
    first, last = view.sentence(mention.start)
    before, after = view.text[first : mention.start], view.text[mention.end : last]
    return bool(_PREDICATE.search(before) or _OTHER_FIELD.search(f"{before} {after}") or re.match(r"\s+\d", after))
