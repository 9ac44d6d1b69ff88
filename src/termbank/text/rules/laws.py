"""References to statutes and regulations that did not apply on the day that the document is judged for."""

import datetime
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from termbank.model import Concept
from termbank.terminology.engine import Terminology
from termbank.terminology.translation import Translation
from termbank.text.annotate import Annotator
from termbank.text.citations import Citation, citations
from termbank.text.history import sentence, tells_of_then
from termbank.text.hits import Hit
from termbank.text.rules.law_sections import Sections
from termbank.text.settings import Settings
from termbank.text.view import View, ZoneKind

ACTS = ("sfs", "regulations")
SECTIONS = "sfs-sections"

_SILENT: tuple[ZoneKind, ...] = ("quotation", "bibliography", "title", "address")
_TRANSITION = re.compile(
    r"övergångs|äldre (?:beslut|ärende|bestämmelse|föreskrift|förordning|ansök)|(?:fatta|bevilja|kommit in|inkom"
    r"|påbörja|inle)\w*(?: \w+){0,2} före|(?:beslut|ansökning|ärende)\w*(?: \w+){0,4} före|överklag\w+ ett beslut"
    r"|gäller (?:fortfarande|ännu|den lagen ännu|som (?:ett )?tillstånd)|fortsätter att gälla|lever kvar",
    re.IGNORECASE,
)
_AMENDING = re.compile(r"\bom (?:ändring(?:ar)?|upphävande|införande|ikraftträdande)(?: i| av)?\s*$", re.IGNORECASE)
"""What stands before an act in the title of another."""

_REPEAL = re.compile(r"\b(?:upphäv\w+|upphör\w* att gälla)", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:gäller|tillämpas|tillämpa|fortsätt\w+|gälla)\b(?! inte)", re.IGNORECASE)
_SAME = {
    "equivalent": ("med samma innehåll", "with the same content"),
    "source-is-broader-than-target": ("med en del av innehållet", "with part of the content"),
    "source-is-narrower-than-target": ("som omfattar mer", "which covers more"),
    "related-to": ("närmast motsvarande", "the nearest counterpart"),
}


class _Ended(NamedTuple):
    """An act that does not apply on the day, with the sections of it that are cited."""

    vocabulary: str
    act: Concept
    sections: tuple[str, ...]
    doubtful: bool = False


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "LawRule":
    """Make the rule."""
    return LawRule(terminology)


class LawRule:
    """Tells of references to acts that had ceased to apply.

    Arguments:
        terminology: the bank's engine; it answers from the vocabularies `sfs`, `regulations` and `sfs-sections`.
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology

    @cached_property
    def _acts(self) -> dict[str, tuple[str, Concept]]:
        """Every act, by its id, with the vocabulary that it is in."""
        known = {source.info.id for source in self._terminology.sources}
        return {
            concept.id: (vocabulary, concept)
            for vocabulary in ACTS
            if vocabulary in known
            for concept in self._terminology.source(vocabulary).concepts()
        }

    @cached_property
    def _sections(self) -> Sections:
        if SECTIONS not in {source.info.id for source in self._terminology.sources}:
            return Sections({})
        return Sections({concept.id: concept for concept in self._terminology.source(SECTIONS).concepts()})

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the citations that did not apply, unless the text tells of the time when they did."""
        for citation in citations(view.document, view.mentions):
            if view.inside(citation.start, citation.end, *_SILENT):
                continue
            if _AMENDING.search(view.text[max(0, citation.start - 40) : citation.start]):
                continue
            ended = self._ended(view, citation)
            if ended is None:
                continue
            first, last = sentence(view, citation.start)
            transition = bool(_scope(ended.act)) and _transitional(view.text[first:last])
            if transition or not tells_of_then(view, citation.start, citation.end, ended.act.valid_to, "law"):
                yield self._hit(view, citation, ended, transition)

    def _ended(self, view: View, citation: Citation) -> _Ended | None:
        acts = [self._acts[act] for act in citation.acts if act in self._acts]
        if not acts:
            return None
        applied = [(vocabulary, act) for vocabulary, act in acts if _applies(act, view.on)]
        if not applied:
            gone = [each for each in acts if each[1].valid_to and each[1].valid_to < view.on]
            if not gone:
                return None
            vocabulary, act = max(gone, key=lambda each: each[1].valid_to or datetime.date.min)
            return _Ended(vocabulary, act, self._sections.known(act, citation.sections))
        if citation.numbered or not citation.sections:
            return None
        return self._outdated(view, citation, acts, applied[-1][1])

    def _outdated(
        self, view: View, citation: Citation, acts: list[tuple[str, Concept]], current: Concept
    ) -> _Ended | None:
        """Return the older act of the same name, where the sentence is about what stood in that section of it.

        A citation without a number means the act that applies; but where that act has no such section, or where the
        sentence fits the section of the older act and not the one that has its number now, the reference was not
        brought up to date.
        """
        older = [each for each in acts if each[1].valid_to and each[1].valid_to < view.on]
        older.sort(key=lambda each: each[1].valid_to or datetime.date.min, reverse=True)
        known = self._sections
        if older and any(known.gone(current, older[0][1], *section) for section in citation.sections):
            vocabulary, act = older[0]
            return _Ended(vocabulary, act, known.known(act, citation.sections), doubtful=True)
        first, last = view.sentence(citation.start)
        around = f"{view.text[first : citation.start]} {view.text[citation.end : last]}"
        now = known.known(current, citation.sections)
        for vocabulary, act in older:
            then = known.known(act, citation.sections)
            if then and known.fits(around, then, now):
                return _Ended(vocabulary, act, then, doubtful=True)
        return None

    def _hit(self, view: View, citation: Citation, ended: _Ended, by_transition: bool) -> Hit:
        act = ended.act
        successors, hint = self._successors(ended)
        if by_transition:
            transitional = _scope(act)
            hint = (f"Övergångsvis: {transitional}", f"Transitional: {transitional}")
        arrow = f" → {'; '.join(successors)}" if successors else ""
        return Hit(
            rule="repealed-law",
            start=citation.start,
            end=citation.end,
            key=f"{act.id} {' '.join(ended.sections)}",
            arguments=(
                ("citation", view.text[citation.start : citation.end]),
                ("on", view.on.isoformat()),
                ("act", act.display("sv") or act.id),
                ("ended", act.valid_to.isoformat() if act.valid_to else "?"),
                ("successor", arrow),
            ),
            hint=hint,
            concepts=(f"{ended.vocabulary}#{act.id}", *(f"{SECTIONS}#{section}" for section in ended.sections)),
            severity="info" if by_transition else None,
        )

    def _successors(self, ended: _Ended) -> tuple[list[str], tuple[str, str] | None]:
        """Return what replaced the cited sections, or else the act, and how sure that is."""
        found: dict[str, Translation] = {}
        for section in ended.sections:
            for each in self._terminology.translate(SECTIONS, section, SECTIONS):
                if each.coding is not None and each.coding.display:
                    found.setdefault(each.coding.display, each)
        replaced = [each.target for each in ended.act.relations if each.type == "replaced-by"]
        laws = [self._acts[each][1].display("sv") or each for each in replaced if each in self._acts]
        if not found:
            if ended.sections and laws:
                return laws, (
                    "Motsvarande paragraf i den nya lagen är inte belagd; sök i lagtexten.",
                    "The corresponding section of the new act is not established; look in the act.",
                )
            return laws, None
        told = [_SAME.get(each.relationship or "related-to", _SAME["related-to"]) for each in found.values()]
        sure = min((each.confidence or 0 for each in found.values()), default=0)
        swedish = "; ".join(f"{name}, {how[0]}" for name, how in zip(found, told, strict=True))
        english = "; ".join(f"{name}, {how[1]}" for name, how in zip(found, told, strict=True))
        doubt = ("Texten passar den äldre lagens paragraf. ", "The text fits the section of the older act. ")
        before = doubt if ended.doubtful else ("", "")
        percent = f"{100 * sure:.0f}"
        return list(found), (
            f"{before[0]}{swedish}. Säkerhet minst {percent} %.",
            f"{before[1]}{english}. Confidence at least {percent} %.",
        )


@lru_cache(maxsize=64)
def _transitional(written: str) -> bool:
    """Tell whether a sentence is about what the transitional provisions keep, and does not only tell of the repeal."""
    return bool(_TRANSITION.search(written)) and (not _REPEAL.search(written) or bool(_GOES_ON.search(written)))


def _applies(act: Concept, on: datetime.date) -> bool:
    return (act.valid_from is None or act.valid_from <= on) and (act.valid_to is None or on <= act.valid_to)


def _scope(act: Concept) -> str | None:
    return next((str(each.value) for each in act.properties if each.code == "transitional_scope"), None)
