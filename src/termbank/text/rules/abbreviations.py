"""Abbreviations that a document uses and never explains."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from termbank.errors import UnknownConcept, UnknownVocabulary
from termbank.language.abbreviations import split
from termbank.language.lexicon import Lexicon
from termbank.language.words import fold
from termbank.model import Concept
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.history import sentence
from termbank.text.hits import Hit
from termbank.text.mention import Mention, Reading
from termbank.text.rules.foreign import is_foreign
from termbank.text.rules.known_abbreviations import SHOUTED, known
from termbank.text.rules.written_out import is_short_for, is_written_out
from termbank.text.settings import Settings
from termbank.text.view import View

_TOKEN = re.compile(
    r"(?<![\w./@&#+{}-])[A-ZÅÄÖ][A-ZÅÄÖa-zåäö\d]{1,9}(?:[:’'-][a-zåäö]{1,5}(?![\w]))?(?=[^\w@&/+{}#→]|[/&+](?!\w)|/[A-Za-zÅÄÖåäö]|-\w|$)"
)
_SHAPE = re.compile(r"(?=(?:[a-zåäö]*[A-ZÅÄÖ]){2})(?=.{2,6}$)[A-ZÅÄÖ]+(?:[a-zåäö]{1,2}[A-ZÅÄÖ]+)*\d{0,2}[A-ZÅÄÖ]?")
_ROMAN = re.compile(r"(?=[IVXL])(?:X[LC]|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CODE = re.compile(r"[A-ZÅÄÖ]{1,3}\d{2,}\w*|[A-Z]\d+\w*|\d.*")
_PATTERN = re.compile(r"[YMDHTX]+|(.)\1+")
_NUMBERED = re.compile(r"\.\d|[\s\u00a0-]?(?:\d{3,}|\d{1,4}[:/]\d+|\d+\s?[:.]\s?\d+)")
_NAMED = re.compile(
    r"\b(?:företaget|bolaget|systemet|programmet|verktyget|journalsystemet|verksamhetssystemet|e-tjänsten|appen|leverantören"
    r"|tjänsten|databasen|registret|kvalitetsregistret|portalen|plattformen|föreningen|förbundet|tidningen|märket|firman"
    r"|blanketten?|formuläret|blankett|mallen|kod(?:en)?|rum|sal|hus|dnr|diarienummer|ID)\s+[\"”]?$",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"(?:\s+[A-ZÅÄÖ][a-zåäö]+){0,3}\s+(?:AB|HB|KB|Ltd|Inc|GmbH|A/S|ASA)\b")
_WORD_LENGTH = 4
"""How many letters capitals have at least that may be a word."""
_LISTED = 5
"""Up to how many letters no list is asked: it holds abbreviations too, in small letters (säbo, damp)."""
_PRODUCT = re.compile(r"(?<=[\wåäö,] )[A-ZÅÄÖ][a-zåäö]{2,}[\s\u00a0]$")
_LINE = 60
"""How many characters a line has at most that may be a heading or a label."""
_BESIDE = 60
"""How many characters are looked at for the word beside an abbreviation."""
_SILENT = ("heading", "title", "header", "footer")
_OF_NAMES = ("names", "sfs")
_CITED = re.compile(r"(?:§|\bkap\.|\bart\.)\s*$")
_SERIES = re.compile(r"[A-ZÅÄÖ]+FS")
"""Series of statutes: LVFS, AFS, TSFS."""
_SETTLED = frozenset({"superseded", "deprecated"})


class _Used(NamedTuple):
    start: int
    end: int
    text: str


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "AbbreviationRule":
    """Make the rule."""
    return AbbreviationRule(terminology, settings, annotator.lexicon)


class AbbreviationRule:
    """Tells abbreviations that not everyone knows and that the document nowhere writes out.

    Source: Språkrådet, Myndigheternas skrivregler (2014), on abbreviations: what readers may not know is written out at
    its first place.

    Arguments:
        terminology: the bank's engine; it knows what some abbreviations stand for.
        settings: its `words` are known to the readers.
        lexicon: an open word list, which tells words in capitals; None: their shape does.
    """

    def __init__(self, terminology: Terminology, settings: Settings, lexicon: Lexicon | None = None) -> None:
        self._terminology = terminology
        self._lexicon = lexicon
        self._known = {fold(each) for each in known()} | {fold(word) for word in settings.words}

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the first place of each unexplained abbreviation."""
        explained = dict.fromkeys(_in_tables(view), True)
        by_start: dict[int, list[Mention]] = {}
        for mention in view.mentions:
            by_start.setdefault(mention.start, []).append(mention)
        for used in _used(view):
            if fold(used.text) in self._known or self._is_word(used.text):
                continue
            readings = [r for m in by_start.get(used.start, ()) for r in m.readings if fold(r.term) == fold(used.text)]
            if used.text in self._names or any(r.status in _SETTLED for r in readings):
                continue
            concepts = [c for c in map(self._concept, {(r.vocabulary, r.concept) for r in readings}) if c]
            if concepts and not any(_abbreviates(each, used.text) for each in concepts):
                continue
            if used.text not in explained:
                explained[used.text] = is_written_out(used.text, view.text) or _mentioned(view, readings)
                if not explained[used.text]:
                    yield self._hit(view, used, concepts, tuple(f"{r.vocabulary}#{r.concept}" for r in readings))
            elif not explained[used.text]:
                yield self._hit(view, used, [], ())

    @cached_property
    def _names(self) -> frozenset[str]:
        """The short names of statutes, authorities and services: they are names, and what is old another rule tells."""
        known = {source.info.id for source in self._terminology.sources}
        return frozenset(
            term.text
            for vocabulary in _OF_NAMES
            if vocabulary in known
            for concept in self._terminology.source(vocabulary).concepts()
            for term in concept.terms
            if _SHAPE.fullmatch(term.text)
        )

    def _is_word(self, text: str) -> bool:
        """Tell whether capitals are a word, set so for its weight: POLICY, ANSVAR."""
        if len(text) < _WORD_LENGTH or not text.isalpha():
            return False
        if self._lexicon is not None and len(text) > _LISTED:
            return text.lower() in self._lexicon
        return len(text) > _WORD_LENGTH and len(re.findall(r"[AEIOUYÅÄÖ]", text)) > 1

    def _concept(self, place: tuple[str, str]) -> Concept | None:
        try:
            return self._terminology.concept(*place)
        except (UnknownConcept, UnknownVocabulary):
            return None

    def _hit(self, view: View, used: _Used, concepts: list[Concept], ids: tuple[str, ...]) -> Hit:
        full = sorted({name for each in concepts if (name := each.display("sv")) and fold(name) != fold(used.text)})
        hint = None
        if full:
            shown = " / ".join(f"”{name}”" for name in full)
            hint = (f"Kan stå för {shown}.", f"May stand for {shown}.")
        return Hit(
            rule="undefined-abbreviation",
            start=used.start,
            end=used.end,
            key=used.text,
            arguments=(("abbreviation", used.text),),
            hint=hint,
            concepts=tuple(dict.fromkeys(ids)),
        )


def _abbreviates(concept: Concept, text: str) -> bool:
    """Tell whether a concept has those letters as an abbreviation, not as a word that stands in capitals."""
    return any(
        fold(term.text) == fold(text) and (term.type == "abbreviation" or not term.text.islower())
        for term in concept.terms
    )


def _mentioned(view: View, readings: list[Reading]) -> bool:
    """Tell whether the document has another term of a concept that the abbreviation stands for."""
    meant = {(r.vocabulary, r.concept): r.term for r in readings}
    return any(
        (r.vocabulary, r.concept) in meant and fold(r.term) != fold(meant[r.vocabulary, r.concept])
        for mention in view.mentions
        if mention.match in ("exact", "inflected", "elliptic")
        for r in mention.readings
    )


def _in_tables(view: View) -> Iterator[str]:
    """Yield the abbreviations that a table or a list explains: the cell beside them has the full form."""
    texts = [(view.text[segment.start : segment.end].strip(), segment.kind) for segment in view.document.segments]
    for (one, kind), (two, other) in pairwise(texts):
        if kind == other == "cell":
            yield from (
                short
                for short, full in ((one, two), (two, one))
                if _SHAPE.fullmatch(short) and is_short_for(short, full)
            )


def _used(view: View) -> Iterator[_Used]:
    """Yield the abbreviations of a document where they stand, without their endings."""
    for segment in view.document.segments:
        if segment.kind in _SILENT:
            continue
        for match in _TOKEN.finditer(view.text, segment.start, segment.end):
            written = match.group()
            parted = split(written) if not _SHAPE.fullmatch(written) else None
            base = parted[0] if parted else written
            if (
                not _SHAPE.fullmatch(base)
                or _ROMAN.fullmatch(base)
                or _CODE.fullmatch(base)
                or base in SHOUTED
                or _PATTERN.fullmatch(base)
                or _SERIES.fullmatch(base)
            ):
                continue
            start, end = match.start(), match.start() + len(base)
            if not _left_alone(view, start, match.end()):
                yield _Used(start, end, base)


def _left_alone(view: View, start: int, end: int) -> bool:
    """Tell whether capitals are somebody else's words, a name, a number, shouted, or of another language."""
    text = view.text
    if view.inside(start, end) or _NUMBERED.match(text, end) or _COMPANY.match(text, end):
        return True
    before = text[max(0, start - 40) : start]
    if _NAMED.search(before) or _PRODUCT.search(before) or _CITED.search(before):
        return True  # the system X; Lifecare SP; 25 § FL
    if _is_label(text, start, end):
        return True
    first, last = sentence(view, start)
    return _shouts(text, first, last, start, end) or is_foreign(text[first:last])


def _is_label(text: str, start: int, end: int) -> bool:
    """Tell whether capitals stand on a short line without other words, which is a heading or a label."""
    around = text[max(0, start - _LINE) : end + _LINE]
    at = start - max(0, start - _LINE)
    first, last = around.rfind("\n", 0, at) + 1, around.find("\n", at + end - start)
    line = around[first : last if last >= 0 else len(around)]
    return len(line) < _LINE and not re.search(r"[a-zåäö]", line.replace(text[start:end], ""))


def _shouts(text: str, first: int, last: int, start: int, end: int) -> bool:
    """Tell whether a word is one of several in capitals: they are shouted, or a line is set so."""
    before = re.search(r"([^\W\d_]{2,})[\s!]+$", text[max(first, start - _BESIDE) : start])
    after = re.match(r"[\s!]+([^\W\d_]{2,})", text[end : min(last, end + _BESIDE)])
    longer = [m.group(1) for m in (before, after) if m and m.group(1).isupper()]
    shouted = any(word in SHOUTED or len(word) > 6 for word in longer)
    return shouted or text[end : end + 1] == "!"
