"""A finding as a reader sees it: numbered, in a language, with its words masked where that was asked for."""

import re
from itertools import pairwise
from typing import NamedTuple

from termbank.model import Edit, Finding, Severity
from termbank.model.rules import rule
from termbank.reports.characters import one_line
from termbank.reports.places import place, span, words
from termbank.reports.report import Checked, Report
from termbank.reports.texts import quoted, text

SYMBOLS: dict[str, str] = {"error": "×", "warning": "!", "info": "i"}
"""How severities are marked where colour is not enough; in every encoding that terminals have."""


class Shown(NamedTuple):
    """A finding, ready to be shown.

    Arguments:
        number: from 1 within its document.
        finding: what was found.
        severity: what it weighs.
        message: what is wrong.
        advice: what to do, the same for all findings by its rule; may be empty.
        hint: what more there is to say of this one; may be empty.
        proposal: the change that would mend it, in words; may be empty.
        words: what it is about, on one line; empty where masked.
        place: where it stands in the document, for a person.
        span: the stretch of the text; None: the whole document.
        known: the baseline already held it.
    """

    number: int
    finding: Finding
    severity: Severity
    message: str
    advice: str
    hint: str
    proposal: str
    words: str
    place: str
    span: tuple[int, int] | None
    known: bool

    @property
    def to_do(self) -> str:
        """Advice and hint together."""
        return " ".join(each for each in (self.advice, self.hint) if each)


def shown(report: Report, checked: Checked, language: str) -> list[Shown]:
    """Return the findings of a document as a reader of a language sees them, in the order of the report.

    Arguments:
        report: the run that the document belongs to.
        checked: the document.
        language: `sv` or `en`.

    Returns:
        One for each finding; a refused document has one, which says why.

    >>> import datetime
    >>> checked = Checked("a.txt", findings=(rule("no-such-file").finding(),))
    >>> shown(Report((checked,), datetime.date(2026, 11, 22)), checked, "en")[0].message
    'There is no such file or folder.'
    """
    findings = (checked.refused,) if checked.refused else checked.findings
    masked = _Mask(checked, language) if report.mask else None
    result = []
    for position, finding in enumerate(findings):
        message = masked.message(finding) if masked else finding.message(language)
        result.append(
            Shown(
                number=position + 1,
                finding=finding,
                severity=finding.severity,
                message=one_line(message),
                advice=one_line(rule(finding.rule).advice(language)),
                hint="" if masked else one_line(finding.hint or ""),
                proposal="" if masked else proposal(checked.text, finding, language),
                words="" if masked else one_line(words(checked, finding)),
                place=place(finding.location, language),
                span=span(finding, len(checked.text)),
                known=checked.refused is None and position in checked.known,
            )
        )
    return result


def untitled(report: Report) -> Report:
    """Return a run to be shown: where it is masked, without titles, since they are words of the documents.

    >>> import datetime
    >>> report = Report((Checked("a.md", title="En titel"),), datetime.date(2026, 11, 22), mask=True)
    >>> untitled(report).documents[0].title
    """
    if not report.mask:
        return report
    return report._replace(documents=tuple(checked._replace(title=None) for checked in report.documents))


class _Mask:
    """Takes the words of a document out of what is said about it."""

    def __init__(self, checked: Checked, language: str) -> None:
        self.checked = checked
        self.text = checked.text.casefold()
        self.sign = text("masked", language)
        self.language = language

    def message(self, finding: Finding) -> str:
        """Write a finding without the arguments that stand in the text."""
        known = words(self.checked, finding).casefold()
        arguments = {
            name: self.sign if value.casefold() in self.text or value.casefold() in known else value
            for name, value in finding.arguments
        }
        return self.hidden(rule(finding.rule).text(arguments, self.language), finding)

    def hidden(self, said: str, finding: Finding) -> str:
        """Take the words of a finding out of a text."""
        for each in {words(self.checked, finding), finding.value or ""}:
            if each.strip():
                said = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", lambda _: self.sign, said, flags=re.IGNORECASE)
        return said


_ARTICLE = 2
"""How many characters before the words an edit may end that belongs to theirs: the article, which has to agree."""


def proposal(whole: str, finding: Finding, language: str) -> str:
    """Write the change that would mend a finding, as a sentence without an end; empty where there is none.

    Arguments:
        whole: the text of the document.
        finding: what was found.
        language: `sv` or `en`.

    Returns:
        What to write instead of what, where the finding stands, and at how many other places there is a change.

    >>> from termbank.model import Location
    >>> edits = (Edit(start=4, end=13, text="region"), Edit(start=22, end=31, text="region"))
    >>> finding = Finding(rule="notation", severity="info", location=Location(start=4, end=13), edits=edits)
    >>> proposal("För landsting gäller; landsting", finding, "sv")
    'skriv ”region” i stället för ”landsting”, och 1 till'
    """
    edits = sorted(finding.edits, key=lambda edit: (edit.start, edit.end))
    if not edits:
        return ""
    here = span(finding, len(whole))
    own = [each for each in edits if here and each.start <= here[1] and here[0] - _ARTICLE <= each.end]
    if here and not own:
        own = edits[:1]
    said = "; ".join(_said(*each, language) for each in _changes(whole, own or edits))
    more = len(edits) - len(own or edits)
    return said + (text("more-places", language, count=more) if more else "")


def _changes(whole: str, edits: list[Edit]) -> list[tuple[str, str]]:
    """Return what is changed to what: one change for all edits where they lie near each other."""
    start, end = edits[0].start, max(edit.end for edit in edits)
    apart = all(first.end <= second.start for first, second in pairwise(edits))
    if not apart or end - start > 160 or "\n" in whole[start:end]:
        return [(whole[edit.start : edit.end], edit.text) for edit in edits]
    new, reached = [], start
    for edit in edits:
        new += [whole[reached : edit.start], edit.text]
        reached = edit.end
    return [(whole[start:end], "".join(new))]


def _said(old: str, new: str, language: str) -> str:
    old, new = one_line(old), one_line(new)
    key = "change" if old and new else "insert" if new else "delete"
    return text(key, language, old=quoted(old, language), new=quoted(new, language))
