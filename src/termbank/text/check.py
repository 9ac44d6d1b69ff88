"""Checks a document by the rules of the catalogue for authors' texts."""

import datetime
from collections.abc import Iterable

from termbank.documents.document import Document
from termbank.model.finding import Finding
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.dates import document_date
from termbank.text.hits import Hit, TextRule
from termbank.text.ignoring import ignored
from termbank.text.rules import make
from termbank.text.settings import Settings
from termbank.text.view import View
from termbank.text.zones import zones


class Checker:
    """The rules, ready for many documents.

    Arguments:
        terminology: the bank's engine.
        annotator: finds the bank's terms.
        settings: which rules are asked, and how.
    """

    def __init__(self, terminology: Terminology, annotator: Annotator, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.annotator = annotator
        self._rules: dict[str, TextRule] = make(terminology, annotator, self.settings)

    def view(self, document: Document, on: datetime.date | None = None) -> View:
        """Return a document as the rules see it.

        Arguments:
            document: the document.
            on: the day that it is judged for; None: the day that it states, else today.
        """
        mentions = list(self.annotator.mentions(document))
        stated = on or document_date(document.text)
        return View(document, mentions, zones(document, mentions), stated or datetime.date.today(), stated is not None)

    def check(self, document: Document, on: datetime.date | None = None, language: str = "sv") -> list[Finding]:
        """Return what is found in a document, in the order of its text.

        Arguments:
            document: the document.
            on: the day that it is judged for; None: the day that it states, else today.
            language: of hints: sv or en.
        """
        return self.judge(self.view(document, on), language)

    def judge(self, view: View, language: str = "sv") -> list[Finding]:
        """Return what is found in a document as `view` gave it; see `check`."""
        document = view.document
        chosen = self.settings.chosen(document.path)
        hits = [hit for rule_id, each in self._rules.items() if rule_id in chosen for hit in each.hits(view)]
        kept = _apart(hit for hit in hits if not ignored(document, hit))
        groups: dict[object, list[Hit]] = {}
        for position, hit in enumerate(sorted(kept, key=lambda hit: (hit.start, hit.end))):
            key = position if self.settings.every else (hit.rule, hit.key)
            groups.setdefault(key, []).append(hit)
        return [self._finding(document, group, language) for group in groups.values()]

    def _finding(self, document: Document, hits: list[Hit], language: str) -> Finding:
        """Make one finding of what a rule says of one thing: placed where it says so first, with all its edits."""
        first = hits[0]
        catalogued = rule(first.rule)
        hint = first.hint and first.hint[language == "en"]
        if len(hits) > 1:
            more = len(hits) - 1
            also = f"{more} more in this document." if language == "en" else f"{more} till i dokumentet."
            hint = f"{hint} {also}" if hint else also
        return Finding(
            rule=first.rule,
            severity=self.settings.severity.get(first.rule) or first.severity or catalogued.severity,
            arguments=first.arguments,
            location=document.location(first.start, first.end),
            value=document.text[first.start : first.end],
            hint=hint,
            edits=tuple(edit for hit in hits for edit in hit.edits),
            concepts=first.concepts,
        )


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits without those that would change the same words a second time: the longer stays, then the first.

    A hit without an edit changes nothing and always stays; so do hits of one rule.
    """
    kept: list[Hit] = []
    edited: Hit | None = None
    reached = 0
    for hit in sorted(hits, key=lambda hit: (_first(hit), -hit.end)):
        if hit.edit is None:
            kept.append(hit)
            continue
        if edited and _first(hit) < reached and hit.rule != edited.rule:
            continue
        kept.append(hit)
        if edited is None or hit.end > reached:
            edited, reached = hit, hit.edits[-1].end
    return kept


def _first(hit: Hit) -> int:
    """Return where a hit begins, with all that it changes."""
    return min(hit.start, hit.edits[0].start) if hit.agreeing else hit.start
