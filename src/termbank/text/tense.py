"""Whether a clause speaks of the past: by the forms of its verbs, with the tables of Swedish verbs."""

import re
from functools import cache, lru_cache
from typing import Literal

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
    outside = _PARENTHESIS.sub(lambda m: m[0] if m.start() <= at < m.end() else " " * len(m[0]), sentence)
    pieces = _pieces(outside)
    here = next((number for number, (start, end) in enumerate(pieces) if start <= at < end), len(pieces) - 1)
    later = sorted(range(here + 1, len(pieces)), key=lambda each: bool(_SUBORDINATE.match(outside, pieces[each][0])))
    order = [here, *range(here - 1, -1, -1), *later]
    modal = False
    for number in order:
        found = _clause(outside[slice(*pieces[number])])
        if found == "modal":
            modal = True
        elif found:
            return found == "past"
    return modal and any(_clause(outside[start:end]) == "past" for start, end in pieces)


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
