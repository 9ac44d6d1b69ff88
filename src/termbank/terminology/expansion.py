"""The codes of a value set written out: paged, nested, with what is to be shown of each (FHIR $expand)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap

from termbank.collector import paused
from termbank.model import ValueSet
from termbank.store.entry import Entry
from termbank.terminology.composing import Composer
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.parts import Composition, Part
from termbank.terminology.portrait import ExpandedCode, Portrayer
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal, issue

DEFAULT_LIMIT = 1_000
"""How many codes are written out where the question does not say how many it wants."""
LARGEST = 100_000
"""How many codes are written out at most at a time."""
DEEPEST = 100
"""How many levels of codes are nested at most; what is deeper is flat."""


@dataclass(slots=True)
class Expansion:
    """The codes of a value set.

    Arguments:
        total: how many there are in all.
        codes: those that were asked for; the codes below one stand in it, where the expansion is nested.
        properties: the properties that the codes are shown with: code, and what it is in any system (URI).
        notes: what was used and what to be warned of: name (as FHIR's expansion parameters) and value.
        unclosed: why there may be more codes in the value set than these.
        too_costly: only the first codes are here; the whole would be too much.
        stored: the expansion that came with the value set, to be used as it is.
    """

    total: int
    codes: list[ExpandedCode]
    properties: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    too_costly: bool = False
    stored: dict[str, Any] | None = None


def expand(inquiry: Inquiry, value_set: ValueSet) -> Expansion:
    """Write out the codes of a value set, or the part of them that the question wants.

    The codes stand in the order in which the value set lists them, else in that of their code system, include by
    include; pages together make the whole.

    Arguments:
        inquiry: the question, see `termbank.terminology.question.Question`.
        value_set: the value set.

    Raises:
        Refusal: the value set cannot be used (see `Composer.compose`), a supplement is missing, or there are too many
            codes.
    """
    with paused():
        return _expand(inquiry, value_set)


def _expand(inquiry: Inquiry, value_set: ValueSet) -> Expansion:
    question = inquiry.question
    if not value_set.composed and value_set.expansion is not None and not _narrows(question):
        return Expansion(0, [], stored=value_set.expansion)
    composition = Composer(inquiry).compose(value_set)
    inquiry.must_have_supplements()
    total, start = composition.total, question.offset or 0
    left = max(0, total - start)
    wanted = left if question.count is None else min(left, question.count)
    most = _limit(question)
    if wanted > most and not question.incomplete_ok:
        raise Refusal(issue("VALUESET_TOO_COSTLY", valueset=value_set.versioned, limit=f">{most}"), outcome=True)
    portrayer = Portrayer(question)
    pages = [
        (part, entries, portrayer.portray(part, entries))
        for part, entries in _pages(composition, start, min(wanted, most))
    ]
    whole = not start and wanted <= most and (question.count is None or question.count > total)
    if whole and not composition.flat and not question.exclude_nested:
        codes = _nested(pages, question)
    else:
        codes = [code for _, _, page in pages for code in page]
    notes = dict(composition.notes) | {("used-supplement", each): None for each in portrayer.supplements}
    for rule in inquiry.applied:
        if f"{rule.url}|{rule.version}" != value_set.versioned:
            notes[rule.parameter, f"{rule.url}|{rule.version}"] = None
    return Expansion(
        total, codes, portrayer.properties, list(notes), list(composition.unclosed), too_costly=wanted > most
    )


def _narrows(question: Question) -> bool:
    """Tell whether only some of the codes are wanted."""
    part = question.count is not None or question.offset is not None
    return part or bool(question.text) or question.active_only or bool(question.exclude_not_for_ui)


def _limit(question: Question) -> int:
    if question.limit is not None and question.limit > 0:
        return min(question.limit, LARGEST)
    return DEFAULT_LIMIT if question.count is None else LARGEST


def _pages(composition: Composition, start: int, count: int) -> Iterator[tuple[Part, list[Entry]]]:
    """Yield the codes from a place on, part by part."""
    for part in composition.parts:
        if not count:
            return
        if start >= len(part.codes):
            start -= len(part.codes)
            continue
        ordinals = part.ordinals(start, count)
        start, count = 0, count - len(ordinals)
        entries = part.edition.entries(BitMap(ordinals))
        if part.order:
            known = {each.ordinal: each for each in entries}
            entries = [known[ordinal] for ordinal in ordinals]
        yield part, entries


def _nested(pages: list[tuple[Part, list[Entry], list[ExpandedCode]]], question: Question) -> list[ExpandedCode]:
    """Put the codes below the ones that they have for their (first) parent, as far as those are there.

    A code whose parent was only left out as inactive, or as a heading, goes to the one above that.
    """
    flat = [code for _, _, page in pages for code in page]
    if any(entry.extra for part, entries, _ in pages if part.whole for entry in entries):
        return flat  # a code has several parents
    top: list[ExpandedCode] = []
    placed: dict[tuple[str, str], tuple[ExpandedCode, int]] = {}
    urls = [part.edition.url for part, _, _ in pages]
    for part, entries, page in pages:
        above: list[tuple[int, Entry]] = []
        shared = urls.count(part.edition.url) > 1
        for place, (entry, code) in enumerate(zip(entries, page, strict=True)):
            while above and above[-1][1].last < entry.ordinal:
                above.pop()
            name = ""
            if above and place - above[-1][0] == entry.ordinal - above[-1][1].ordinal:
                name = above[-1][1].code  # every code between the two is there, so none of them can be the parent
            elif above or shared:
                name = _parent(part.edition, entry.code, placed, question)
            parent, depth = placed.get((part.edition.url, name), (None, 0))
            (parent.children if parent else top).append(code)
            placed[part.edition.url, entry.code] = code, depth + 1
            above.append((place, entry))
            if depth > DEEPEST:
                for each in flat:
                    each.children = []
                return flat
    return top


def _parent(
    edition: Edition, code: str, placed: dict[tuple[str, str], tuple[ExpandedCode, int]], question: Question
) -> str:
    """Return the first parent of a code; of one that is not shown, its own."""
    for _ in range(edition.source.concept_count):
        code = next(iter(edition.parents(code)), "")
        entry = edition.source.find(code) if code and (edition.url, code) not in placed else None
        if entry is None:
            return code
        hidden = (question.active_only and edition.is_inactive(entry)) or (
            question.exclude_not_for_ui and entry.abstract
        )
        if not hidden:
            return code
    return code
