"""Whether a clause speaks of the past: by the forms of its verbs, with the tables of Swedish verbs."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from termbank.language.verb_tables import FIRST, PREFIXES, SECOND, STRONG, THIRD
from termbank.language.verbs import known

Tense = Literal["past", "present", "modal"]
"""What a verb says of when: past, present, or (skulle, kunde) what the clause that it depends on says."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MODAL = frozenset({"skulle", "kunde", "borde", "finge"})
_PRESENT_FORMS = """
    är har ska skall kan får vill bör måste finns blir går gör ger tar ser står vet säger kommer ligger
"""
_OTHER_WORDS = """
    band bar bad bet bänder böter dök for fort för händer led leder log lopp låg länder längde red rev rök rör skor
    sken spår stack stal städer tiger tänder vad var vek viker växt åt las
"""
"""Forms of verbs that are mostly other words."""

_PHRASE_BEGINNINGS = """
    de dessa den det denna detta en ett sina våra era deras dess hans hennes vår er din mina dina andra olika många
    flera alla samtliga vissa några få fler särskilda nya egna redan sådana gemensamt individuellt lokalt av för med
    till från om på i vid hos efter under enligt genom mellan inom utan mot är blir bli vara varit blivit icke ej
    inte väl så som ännu samt både eller två tre fyra fem och har kan ska får
"""
"""Words after which a form in -ade is a participle: de samordnade insatserna, är beslutade."""

_PRESENT, _NO_VERB = frozenset(_PRESENT_FORMS.split()), frozenset(_OTHER_WORDS.split())
_BEFORE_PARTICIPLE = frozenset(_PHRASE_BEGINNINGS.split())
_SUBORDINATE = re.compile(r"\W*(?:som|när|där|eftersom|medan|innan|sedan|då|vilket|vilka|vilken|att)\b", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[,;:]|\s[–—-]\s|\s(?:att|som|när|där|eftersom|medan|innan|sedan|då|vilket|vilka|vilken|men|därför|om(?=\s\w+en\s))\s",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\([^()]*\)")
_REMEMBERED = 64
"""How many sentences are remembered: many words of one are asked about, one after the other."""


def past(sentence: str, at: int) -> bool:
    """Tell whether the clause at some offset of a sentence is about the past.

    Arguments:
        sentence: a sentence.
        at: offset of the words that are asked about.

    >>> text = "Nämnden beslutade att landstinget ska bjudas in."
    >>> past(text, 0), past(text, text.index("landstinget"))
    (True, False)
    >>> past("Vården sköttes av landstinget (nu regionen ansvarar).", 20)
    True
    """
    own = next((each for each in _parentheses(sentence) if each[0] <= at < each[1]), None)
    pieces = _clauses(sentence, own)
    here = max(bisect_right(pieces, at, key=attrgetter("start")) - 1, 0)
    later = sorted(pieces[here + 1 :], key=attrgetter("subordinate"))
    for each in (*pieces[here::-1], *later):
        if each.tense and each.tense != "modal":
            return each.tense == "past"
    return False


class _Piece(NamedTuple):
    """A clause of a sentence: where it begins, its tense, and whether it is a subordinate one."""

    start: int
    tense: Tense | None
    subordinate: bool


@lru_cache(maxsize=_REMEMBERED)
def _parentheses(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PARENTHESIS.finditer(sentence))


@lru_cache(maxsize=_REMEMBERED)
def _clauses(sentence: str, own: tuple[int, int] | None) -> tuple[_Piece, ...]:
    """Return the clauses of a sentence without its parentheses but for one, which the words stand in."""
    outside = _PARENTHESIS.sub(lambda match: match[0] if match.span() == own else " " * len(match[0]), sentence)
    return tuple(
        _Piece(start, _clause(outside[start:end]), bool(_SUBORDINATE.match(outside, start)))
        for start, end in _pieces(outside)
    )


def _pieces(sentence: str) -> list[tuple[int, int]]:
    """Divide a sentence at its commas and before its conjunctions."""
    cuts = [0, *(match.start() for match in _BOUNDARY.finditer(sentence))]
    return list(zip(cuts, [*cuts[1:], len(sentence) + 1], strict=True))


def _clause(clause: str) -> Tense | None:
    """Return the tense of a clause's finite verbs: present where one is, since the rest is then part of it."""
    words = [match[0].lower() for match in _WORD.finditer(clause)]
    found = set[Tense]()
    for number, word in enumerate(words):
        if word.endswith("ade") and not _finite(words, number):
            continue
        if word == "var" and number + 1 < len(words) and words[number + 1] in ("tredje", "fjärde", "och", "femte"):
            continue
        told = "past" if word == "var" else tense(word)
        if told:
            found.add(told)
    for each in ("present", "past", "modal"):
        if each in found:
            return each
    return None


def _finite(words: list[str], number: int) -> bool:
    """Tell whether a form in -ade is no participle: it stands after its subject, not where a phrase begins."""
    if number == 0:
        return False
    before = words[number - 1]
    if before in ("och", "samt", "eller"):
        return any(tense(word) == "past" and not word.endswith("ade") for word in words[: number - 1]) or any(
            word.endswith("ade") and _finite(words[: place + 1], place)
            for place, word in enumerate(words[: number - 1])
        )
    return before not in _BEFORE_PARTICIPLE and not (before.endswith("s") and len(before) > 3 and before[-2:] != "ss")


@lru_cache(maxsize=65536)
def tense(word: str) -> Tense | None:
    """Return what a word in lower case says of when, where it is a finite verb; None: it is none, or not for sure.

    >>> tense("ansvarade"), tense("ansvarar"), tense("utsågs"), tense("skulle"), tense("området")
    ('past', 'present', 'past', 'modal', None)
    """
    if word in _MODAL:
        return "modal"
    if word in _PRESENT:
        return "present"
    if word in _NO_VERB or len(word) < 3:
        return None
    if word.endswith(("ade", "ades")) and len(word) > 5:
        return "past"
    if word.endswith(("erar", "erade", "varar", "betar", "verkar", "ordnar", "slutar", "mälar")):
        return "present"
    pasts, presents = _tables()
    if _in(word, pasts) or (word[-1] == "s" and _in(word[:-1], pasts)):
        return "past"
    return "present" if _in(word, presents) else None


def _in(word: str, table: frozenset[str]) -> bool:
    if word in table:
        return word not in _NO_VERB
    prefixes = _prefixes()
    return any(word[at:] in table and word[:at] in prefixes for at in range(1, len(word) - 2))


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(PREFIXES.split()) | {"kom", "omhänder", "vidare", "tillhanda"}


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    strong = {line.split()[0] for line in STRONG.strip().splitlines()}
    rows = [row for verb in {*SECOND.split(), *FIRST.split(), *THIRD.split(), *strong} for row in known(verb)]
    pasts = {row.past for row in rows}
    return frozenset(pasts - _NO_VERB), frozenset(row.present for row in rows if len(row.present) > 3)
