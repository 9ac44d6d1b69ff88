"""Whether a text tells of how it was then, where old names and old laws are the right ones."""

import datetime
import re
from functools import lru_cache
from typing import Literal

from termbank.text.tense import past
from termbank.text.view import View

Kind = Literal["name", "term", "law"]
"""What may have been right: a name, a term of the field, a law."""

_OLD = (
    r"dåvarande|dåtida|f\.\s?d\.|före detta|förutvarande|forna|avskaffade|upphävda|nedlagda|nerlagda|historiska"
    r"|tidigare(?: bland annat| kallad[et]?| kallat)?"
)
_ATTRIBUTE = re.compile(
    rf"\b(?:(?:{_OLD})(?:\s(?!enligt|för|i|av|med|på|till|hos|om|från|och|eller|vid|har|haft|ska)\w+){{0,2}},?\s[(”\"]?"
    r"|(?:förra|forne|gamla|gammalt|äldre)\s(?:svenska\s)?[(”\"]?)$",
    re.IGNORECASE,
)
"""A word before a name that says that it is a former one, with a word or two between."""

_AFTER = re.compile(r"^[\s,(\"”]{1,3}(?:numera|nuvarande|nu|idag|i dag|som numera|som nu)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:dåvarande|dåtida|numera|ursprunglig\w*|historisk\w*|historik\w*|(?:på|vid) den tiden"
    r"|i äldre tid(?:er)?|förr\b"
    r"|förr i tiden|en gång i tiden|då(?= hette| var\b| kallades)|medeltid\w*|århundrade\w*"
    r"|sekelskifte\w*|\w*hundratal\w*"
    r"|(?:1\d|20)[0-2]0-tal\w*|1[4-9]\d0[- ]tal\w*|för (?:\w+ ){1,3}år sedan|minnen\w*|mormor\w*|farmor\w*)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:hette|kalla(?:des|ts)|(?<!så )kallade(?! till)|benämn(?:de|des|ts)|byt(?:t|te|er|a|as|ts)\b.{0,60}\bnamn"
    r"|namnby\w+|namnändr\w+|bildades|avskaffa\w*|avveckla\w*|fasa[st]? ut|övergå(?:r|tt)? till|övergick"
    r"|(?:lades|lagts|läggs|läggas?) (?:ned|ner|ihop|samman)|ne[dr]la(?:gd|gda|des|gts)|nedlägg\w+|ombild\w+"
    r"|(?:slogs|slås|slagits) (?:ihop|samman)|sammansl\w+|(?:går|gick|gått) (?:upp i|samman)|uppgå(?:r|tt) i|uppgick i"
    r"|inordna\w*|bli\w* (?:en )?del av|efterträd\w+|föregångare\w*|upphör\w* att gälla|upphörde|upphört|upphäv\w*"
    r"|trädde i kraft|ersatt(?:e|es|s)?|ersätts|förbl(?:ev|ir|i)|avlöst\w*|har (?:bli|bytt)\w*|som gällt"
    r"|ersätt(?:er|a)? (?:av|den|det|de|tidigare|genom|socialtjänstlag\w*|personuppgiftslag\w*|hälso- och)"
    r"|ny(?:a|tt)? (?:benämning\w*|namn\w*|beteckning\w*|yrkestit\w+|term(?:en)?)\b|regionbild\w+|bildar? region)",
    re.IGNORECASE,
)
"""Words that tell of the change itself: a sentence with one speaks of both names, or of both laws."""

_TOLD: dict[Kind, re.Pattern[str]] = {
    "name": re.compile(r"\b(?:beteckning(?:en|ar)?|benämning(?:en|ar)?|begrepp)\b", re.IGNORECASE),
    "law": re.compile(r"\b(?:ersätt(?:er|s|as|a)|gällt)\b", re.IGNORECASE),
}
"""What else tells of the change, of a name or of a law."""

_ELSEWHERE = re.compile(
    r"\b(?:Finland|finländsk\w*|finsk\w*|Norge|norsk\w*|Danmark|dansk\w*|Åland|åländsk\w*|Island)s?\b"
)
"""Other countries, whose names and laws are their own."""

_BECOMES = re.compile(r"\b(?:blir|blev|bli|blivit|heter|kallas|benämns)\b", re.IGNORECASE)
_FORMERLY = re.compile(r"\W*(?:tidigare|förut|då|sedan|därefter)\b", re.IGNORECASE)
"""How a sentence begins that goes on with a story."""

_YEAR = re.compile(
    r"(?<![\d:/.§-])(?:(?P<year>1[4-9]\d\d|20\d\d)(?:[-/]\d\d(?:[-/]\d\d)?)?)(?![\d]|:\d{1,4}\)|:\d{1,4},? (?:om|\())"
)
_SINCE = re.compile(
    r"\b(?:sedan|från|från och med|fr\.?\s?o\.?\s?m\.?|efter|fram till|till och med|t\.?\s?o\.?\s?m\.?|senast|till)"
    r"(?: (?:år|den|\d{1,2}|\w+ari|mars|april|maj|jun[i]|juli|augusti|\w+ber))*\s*$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\b(?:SOU|Ds|RÅ|NJA|HFD|AD|prop\.?|propositionen|bet\.?|dir\.?|skr\.?)\s*$", re.IGNORECASE)
"""What stands before a year and a number that date a document; before others (1982:763) they name an act."""

_UNTIL = re.compile(r"\b(?:fram till|till och med|t\.?\s?o\.?\s?m\.?)", re.IGNORECASE)
_NEAR = 12
"""How many characters may stand between a name and the year of what was published under it."""

_FAR, _STEP = 900, 400
"""From how many characters on a sentence is cut off, and at multiples of what: 400 to 800 are left on each side."""
_REMEMBERED = 64
"""How many sentences are remembered: many words of one are asked about, one after the other."""

_LONG_AGO = 3
"""How many years ago something was at least that tells of then, where it is not known when a term was replaced."""


def tells_of_then(view: View, start: int, end: int, until: datetime.date | None, kind: Kind = "term") -> bool:
    """Tell whether a sentence is about the time when an old name or law was the right one.

    Arguments:
        view: the document.
        start, end: the name or the citation.
        until: the last day on which it was right; None: not known.
        kind: what is asked about. Of a name or a law a clause in the past tense is evidence by itself; of a term only
            with a time.

    Evidence: the document itself is from then; a word such as *dåvarande* or *numera*; a year from then; the past
    tense; a verb that tells of the change.
    """
    if view.dated and _was_right(view.on, until, kind):
        return True
    first, last = sentence(view, start)
    written = view.text[first:last]
    before, after = written[: start - first], written[end - first :]
    if _tells(written, kind):
        return True
    if _ATTRIBUTE.search(before[-60:]) or _AFTER.search(after[:30]):
        return True
    limit = until.year if until else view.on.year - _LONG_AGO
    tense = past(written, start - first)
    if kind != "term" and tense:
        return True
    if _dated(written, start - first, end - first, limit, tense):
        return True
    return tense and (bool(_FORMERLY.match(written)) or _long_ago(view, start, limit))


def becomes(view: View, start: int) -> bool:
    """Tell whether the sentence says what something becomes or is called: *HSO blir Funktionsrätt Sverige*."""
    first, last = sentence(view, start)
    return _said(view.text[first:last])


def sentence(view: View, offset: int) -> tuple[int, int]:
    """Return the sentence that an offset lies in; of one that is too long, the same stretch for offsets nearby.

    `View.sentence` gives each offset what stands around it; here it is cut at round numbers, so that what is known of
    a stretch is found out once.
    """
    first, last = view.sentence(offset)
    if offset - first >= _FAR:
        first = offset - offset % _STEP - _STEP
    if last - offset >= _FAR:
        last = offset - offset % _STEP + 2 * _STEP
    return first, last


@lru_cache(maxsize=_REMEMBERED)
def _tells(written: str, kind: Kind) -> bool:
    """Tell whether a sentence tells of a change or of another time or country, by its words."""
    patterns = (_CHANGE, _THEN, _ELSEWHERE, _TOLD.get(kind))
    return any(pattern is not None and pattern.search(written) for pattern in patterns)


@lru_cache(maxsize=_REMEMBERED)
def _said(written: str) -> bool:
    return bool(_BECOMES.search(written))


def _was_right(on: datetime.date, until: datetime.date | None, kind: Kind) -> bool:
    """Tell whether a name or law was right on a document's day; where the end is not known, if that was long ago."""
    if until:
        return on <= until
    return kind == "name" and on.year < datetime.date.today().year - _LONG_AGO


def _dated(sentence: str, start: int, end: int, limit: int, tense: bool) -> bool:
    """Tell whether a year from then stands in the sentence, and does not only say since when something is so."""
    for match in _YEAR.finditer(sentence):
        if int(match["year"]) > limit:
            continue
        before = sentence[max(0, match.start() - 40) : match.start()]
        if sentence[match.end() : match.end() + 1] == ":" and not _DOCUMENT.search(before):
            continue
        since = _SINCE.search(before)
        if tense or (since and _UNTIL.match(since[0])):
            return True
        near = match.start() - end <= _NEAR and start - match.end() <= _NEAR
        if near and (not since or not re.search(r"\w", sentence[match.end() : max(start, match.end())])):
            return True
        if not since and not _aside(sentence, match.start(), start):
            return True
    return False


def _aside(sentence: str, year: int, name: int) -> bool:
    """Tell whether a year stands in a parenthesis where the name does not."""
    opened = sentence.rfind("(", 0, year)
    closed = sentence.find(")", year)
    return opened >= 0 and sentence.find(")", opened, year) < 0 and closed >= 0 and not opened < name < closed


def _long_ago(view: View, start: int, limit: int) -> bool:
    """Tell whether the paragraph up to here speaks of a year or a time from then."""
    first, _ = view.paragraph(start)
    until = sentence(view, start)[1]
    told = view.text[max(first, until - 600) : until]
    return _then(told, limit)


@lru_cache(maxsize=_REMEMBERED)
def _then(told: str, limit: int) -> bool:
    return bool(_THEN.search(told)) or any(int(match["year"]) <= limit for match in _YEAR.finditer(told))
