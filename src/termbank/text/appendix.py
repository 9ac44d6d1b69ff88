"""What a document rests on: its concepts, and the statutes and sections that it cites, for a list at its end."""

import datetime
from collections import defaultdict
from pathlib import Path

from termbank.files import write_text
from termbank.language.words import collation_key
from termbank.model import Concept
from termbank.model.concept import TermStatus
from termbank.reports import appendix
from termbank.reports.appendix import Cited, Used
from termbank.reports.texts import text
from termbank.terminology.engine import Terminology
from termbank.text.citations import Citation, citations
from termbank.text.mention import Reading
from termbank.text.rules.laws import ACTS, SECTIONS
from termbank.text.view import View

_NOT_CONCEPTS = (*ACTS, SECTIONS, "names")
_ALLOWED = ("preferred", "admitted", "unknown")


def write(terminology: Terminology, view: View, target: Path, language: str, *, mask: bool = False) -> None:
    """Write a document's list of concepts and legal references.

    Arguments:
        terminology: the bank's engine.
        view: the document.
        target: the file: `.md` for Markdown, otherwise a page of HTML, which Word opens too.
        language: of headings: sv or en.
        mask: name the page by the file, not by the title, which has words of the document.
    """
    used, cited = concepts(terminology, view, language), laws(terminology, view)
    if target.suffix == ".md":
        written = appendix.markdown(used, cited, view.on, language)
    else:
        title = None if mask else view.document.title
        written = appendix.page(used, cited, view.on, language, title or Path(view.document.path).name)
    write_text(target, written)


def concepts(terminology: Terminology, view: View, language: str = "sv") -> list[Used]:
    """Return the concepts that a document names, in Swedish alphabetical order of their preferred terms.

    A homonym counts for the concept whose preferred term it is; where it is none's, or several's, for all of them.
    What is written otherwise than by the preferred term stands with it, and its status where that speaks against it.
    """
    written: dict[tuple[str, str], dict[str, Reading]] = defaultdict(dict)
    for mention in view.mentions:
        if mention.match in ("compound-head", "compound-modifier"):
            continue
        readings = [each for each in mention.readings if each.vocabulary not in _NOT_CONCEPTS]
        preferred = [each for each in readings if each.status == "preferred"]
        for reading in preferred or readings:
            written[reading.vocabulary, reading.concept].setdefault(reading.term, reading)
    rows = [_used(terminology.concept(*key), list(readings.values()), language) for key, readings in written.items()]
    return sorted(rows, key=lambda row: collation_key(row.term))


def _used(concept: Concept, readings: list[Reading], language: str) -> Used:
    definition = concept.definition("sv")
    preferred = concept.display("sv") or concept.id
    status: TermStatus = next((each.status for each in concept.terms if each.text == preferred), "unknown")
    return Used(
        term=preferred,
        definition=definition.text if definition else "",
        source=(definition and definition.source) or concept.source or "",
        wording=definition.wording if definition else "ours",
        checked_on=concept.checked_on,
        status=status,
        written=tuple(_written(each, language) for each in readings if each.term != preferred),
    )


def _written(reading: Reading, language: str) -> str:
    if reading.status in _ALLOWED:
        return reading.term
    return f"{reading.term} – {text(f'status-{reading.status}', language)}"


def laws(terminology: Terminology, view: View) -> list[Cited]:
    """Return the statutes, regulations and sections that a document cites and the bank knows, in their order there."""
    known = {source.info.id for source in terminology.sources}
    acts = {
        concept.id: concept
        for vocabulary in ACTS
        if vocabulary in known
        for concept in terminology.source(vocabulary).concepts()
    }
    rows: dict[str, Cited] = {}
    for citation in citations(view.document, view.mentions):
        act = _meant([acts[each] for each in citation.acts if each in acts], view.on)
        if act is None:
            continue
        sections = _sections(terminology, act, citation) if SECTIONS in known else []
        for concept in sections or [act]:
            rows.setdefault(concept.id, _cited(terminology, concept, act, acts))
    return list(rows.values())


def _meant(acts: list[Concept], on: datetime.date) -> Concept | None:
    """Return the act that a citation means: the one of several of that name that applies on the day, or the last."""
    applying = [act for act in acts if (act.valid_from or on) <= on <= (act.valid_to or on)]
    return max(applying or acts, key=lambda act: act.valid_to or datetime.date.max, default=None)


def _sections(terminology: Terminology, act: Concept, citation: Citation) -> list[Concept]:
    source = terminology.source(SECTIONS)
    ids = (f"{act.id}-{f'K{chapter.upper()}' if chapter else ''}P{para.upper()}" for chapter, para in citation.sections)
    return [concept for each in ids if (concept := source.concept(each))]


def _cited(terminology: Terminology, concept: Concept, act: Concept, acts: dict[str, Concept]) -> Cited:
    definition = concept.definition("sv")
    if concept is act:
        targets = [each.target for each in act.relations if each.type == "replaced-by"]
        replaced = tuple(acts[each].display("sv") or each for each in targets if each in acts)
    else:
        found = terminology.translate(SECTIONS, concept.id, SECTIONS)
        replaced = tuple(each.coding.display for each in found if each.coding and each.coding.display)
    return Cited(
        citation=concept.display("sv") or concept.id,
        about=definition.text if definition else "",
        valid_from=concept.valid_from or act.valid_from,
        valid_to=concept.valid_to or act.valid_to,
        replaced_by=replaced,
        checked_on=concept.checked_on,
        source=concept.source or "",
    )
