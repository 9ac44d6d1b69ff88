"""Codes in running text and in tables: a string is one only where a cue says of which code system."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termbank.documents.document import Segment
from termbank.text.view import View

SHAPES = {
    "icd-10-se": re.compile(r"[A-Z]\d\d(?:\.\d[\dA-Z]?[A-Z]?|\d[\dA-Z]?)?"),
    "kva": re.compile(r"[A-Z]{2}\d{3}|[A-Z]{3}\d\d"),
    "ksi": re.compile(r"[A-Z]{2}[A-Z\d]\.[A-Z\d]{2}\.[A-Z\d]{2}"),
    "icf": re.compile(r"[bdes]\d{3,5}(?:\.[\d+]\d?\d?)?"),
    "atc": re.compile(r"Q?[A-Z]\d\d[A-Z](?:[A-Z](?:\d\d)?)?"),
}
"""How the codes of a system are written, counted in the lists of 2026; headings above the codes are left out."""

_WEAK = re.compile(r"[A-Z]\d{2,3}|[A-Z]\d\d[A-Z]{1,2}|[bdes]\d{3}")
"""Strings that may be many other things (a room, a road, a vitamin, a paper size): the cue must stand beside them."""

_CODE = re.compile(
    r"(?<![\w.:/-])(?:[A-Z]{2}[A-Z\d]\.[A-Z\d]{2}\.[A-Z\d]{2}|[A-Z]{1,3}\d\d[A-Z\d]{0,5}(?:\.\d[\dA-Z]{0,2})?"
    r"|[bdes]\d{3,5}(?:\.[\d+]\d{0,2})?)(?![\w:/]|[-–][\w]|\.\w)"
)
_CUE = re.compile(
    r"\b(?:(?P<kva>KVÅ|KMÅ|KKÅ|(?i:(?:vård)?åtgärdskod|klassifikation(?:en)? av vårdåtgärder))"
    r"|(?P<icd>ICD-?\s?10(?:-SE)?|ICD(?=[-:]?s?\b(?!-?\s?(?:9|11|O)\b))|(?i:diagnoskod))"
    r"|(?P<ksi>KSI|(?i:klassifikation(?:en)? av socialtjänstens insatser))"
    r"|(?P<icf>ICF(?!-CY))|(?P<atc>ATC))(?!\w*FS)[\w:-]*"
)
_SYSTEM = {"kva": "kva", "icd": "icd-10-se", "ksi": "ksi", "icf": "icf", "atc": "atc"}
_BESIDE = re.compile(
    r"[\s:=(\"”,–-]*(?:(?:\w*kod(?:en|er|erna)?|är|med|för|anges|ange|används|som|och|eller|samt|t\.ex\.|till exempel"
    r"|nr|[A-Z]{1,3}\d\d[\w.]*|[bdes]\d{3,5})(?!\w)[\s:=(\"”,/–-]*)*"
)
"""What may stand between a cue and a code that might be something else: *diagnoskoden är F32, F33 eller*."""

_SAYS = re.compile(r"\b(?:kod(?:en|er|erna)?|är|med|anges|används|registreras|som)[\s:]+$")
"""What stands right before a code, so that nothing else can be meant, when the cue is further away."""

_AFTER = re.compile(r"[\s(,]*(?:(?:i|enligt|ur|från|är en)\s+)?$")
_BETWEEN = re.compile(r"\s*(?:[,;/+|\n]|och|eller|samt|\s)\s*")
_REACH = 80
"""How many characters may stand between a cue and a code that can hardly be anything else."""

_OWN_CODES = re.compile(r"\b(?:lokal|egen|egna|intern|gammal|gamla|äldre|tidigare)", re.IGNORECASE)
_CODE_COLUMN = re.compile(r"\bkod(?:er|en)?\b", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"\b(?:rum(?:met)?|sal(?:en)?|plan|väg(?:en)?|vitamin|version|figur|tabell|blankett(?:en)?|formulär(?:et)?|buss(?:en|ar|arna)?"
    r"|linje|hus(?:et)?|bilaga|avsnitt|artikel|nr|nummer|dnr|läge|avdelning(?:en)?|avd\.?|typ|grupp|nivå|steg|klass|format"
    r"|lokal|motorväg(?:en)?|modell)\s+$",
    re.IGNORECASE,
)


class Coded(NamedTuple):
    """A string that is meant as a code of a system.

    Arguments:
        start, end: where it stands.
        code: the string.
        system: short id of the code system that the cue names.
    """

    start: int
    end: int
    code: str
    system: str


class _Cue(NamedTuple):
    start: int
    end: int
    system: str


def coded(view: View) -> Iterator[Coded]:
    """Yield the strings of a document that are meant as codes: beside the name of a code system or of its codes.

    The nearest cue decides whose codes have that shape; in a table the heading of the column does. A cue in a
    heading, or in a paragraph that ends with a colon, holds for the list after it.

    Arguments:
        view: the document.
    """
    text = view.text
    before: list[_Cue] = []
    for segment in view.document.segments:
        if segment.column is not None and (column := list(_cues(segment.column, 0, len(segment.column)))):
            yield from _in_cell(text, segment, [cue.system for cue in column])
            continue
        own = list(_cues(text, segment.start, segment.end))
        if not own and before and segment.kind in ("list-item", "cell"):
            yield from _in_cell(text, segment, [cue.system for cue in before])
            continue
        if segment.kind not in ("list-item", "cell"):
            announces = segment.kind in ("heading", "caption") or text[segment.start : segment.end].rstrip()[-1:] == ":"
            before = own if announces else []
        if own:
            yield from _in_prose(view, segment, own)


def columns_without_system(view: View) -> dict[str, list[tuple[int, int, str]]]:
    """Return the strings that begin the cells of columns headed *kod* alone, by the column's heading."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for segment in view.document.segments:
        column = segment.column
        if column is None or not _CODE_COLUMN.search(column) or _CUE.search(column) or _OWN_CODES.search(column):
            continue
        match = _CODE.match(view.text, segment.start, segment.end)
        if match:
            found.setdefault(column, []).append((match.start(), match.end(), match.group()))
    return found


def _cues(text: str, start: int, end: int) -> Iterator[_Cue]:
    for match in _CUE.finditer(text, start, end):
        yield _Cue(match.start(), match.end(), _SYSTEM[match.lastgroup or ""])


def _in_cell(text: str, segment: Segment, systems: Iterable[str]) -> Iterator[Coded]:
    """Yield the codes that a cell or an item begins with; what follows them is their text."""
    position = segment.start
    while match := _CODE.match(text, position, segment.end):
        system = next((each for each in systems if SHAPES[each].fullmatch(match.group())), None)
        if system:
            yield Coded(match.start(), match.end(), match.group(), system)
        gap = _BETWEEN.match(text, match.end(), segment.end)
        if gap is None:
            return
        position = gap.end()


def _in_prose(view: View, segment: Segment, cues: list[_Cue]) -> Iterator[Coded]:
    text = view.text
    for match in _CODE.finditer(text, segment.start, segment.end):
        if _OTHER_THING.search(text, max(segment.start, match.start() - 20), match.start()):
            continue
        system = _system(view, match, cues)
        if system:
            yield Coded(match.start(), match.end(), match.group(), system)


def _system(view: View, match: re.Match[str], cues: list[_Cue]) -> str | None:
    """Return the system whose cue is nearest a string of its shape."""
    text, code, (start, end) = view.text, match.group(), match.span()
    first, last = view.sentence(start)
    preceding = view.sentence(max(first - 2, 0))
    if text[first - 2 : first].strip() == ":" and preceding[1] <= first:
        first = preceding[0]
    weak = bool(_WEAK.fullmatch(code))
    near = cues[bisect_left(cues, (first,)) : bisect_left(cues, (last,))]
    for cue in sorted(near, key=lambda cue: start - cue.end if cue.end <= start else cue.start - end):
        if not SHAPES[cue.system].fullmatch(code):
            continue
        if cue.end <= start:
            between = text[cue.end : start]
            told = len(between) <= _REACH and (not weak or _SAYS.search(between))
            if told or (len(between) < 2 * _REACH and _BESIDE.fullmatch(between)):
                return cue.system
        elif cue.start >= end and cue.start - end <= 20 and _AFTER.match(text[end : cue.start]):
            return cue.system
    return None
