"""Writes a report as one HTML file that an author reads: the text with marks on its words, and notes beside them."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TextIO

from termbank.reports.counting import summary
from termbank.reports.markup import asset, element, escape, foot, head, prose
from termbank.reports.notes import Notes
from termbank.reports.outputs import links
from termbank.reports.overview import listing, verdict
from termbank.reports.page_text import body
from termbank.reports.report import Checked, Report
from termbank.reports.shown import Shown, shown, untitled
from termbank.reports.stretches import stretches
from termbank.reports.texts import listed, plural, text
from termbank.version import __version__


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as one HTML file that needs nothing else, readable without script, on paper and by ear.

    It meets WCAG 2.1 AA: severity is never shown by colour alone, headings and regions are in order, and every mark
    leads to its note and back.

    Arguments:
        report: the run.
        stream: where to.
        language: of everything but the texts and the entries, which are Swedish.

    >>> import datetime, io
    >>> stream = io.StringIO()
    >>> write(Report((Checked("a.md", "En rad"),), datetime.date(2026, 11, 22)), stream, "sv")
    >>> '<html lang="sv">' in stream.getvalue()
    True
    """
    report = untitled(report)
    style, script = asset("common.css", "page.css"), asset("page.js")
    title = _title(report, language)
    stream.write(head(title, language, style, script))
    stream.write(f'<a class="skip" href="#found">{text("skip", language)}</a>\n')
    stream.write(f"<header>\n{element('h1', escape(title))}\n{when(report, language)}</header>\n")
    pages = [_Page(report, checked, f"d{number}", language) for number, checked in enumerate(report.documents, 1)]
    stream.write(f'<main id="main">\n{_overview(report, pages, language)}')
    if any(page.in_text for page in pages):
        stream.write(_bar(report, language))
    for page in pages:
        for piece in page.written():
            stream.write(piece)
    stream.write(f"</main>\n<footer><p>{text('made-by', language, version=__version__)}</p></footer>\n")
    stream.write(foot(script))


def name(checked: Checked) -> str:
    """Return what a document is called: its title, or the name of its file.

    >>> name(Checked("rutiner/sip.docx"))
    'sip.docx'
    """
    return checked.title or PurePath(checked.path.replace("\\", "/")).name or checked.path


def _title(report: Report, language: str) -> str:
    if len(report.documents) == 1:
        return text("report-of", language, title=name(report.documents[0]))
    return text("report-many", language, count=len(report.documents))


def when(report: Report, language: str) -> str:
    """Write the day that a check was made for, and what it was made against.

    >>> import datetime
    >>> when(Report((), datetime.date(2026, 11, 22), banks=("termbank|2026",)), "sv")
    '<p class="when">Kontrollerad <span class="nb">2026-11-22</span> mot termbank 2026.</p>'
    """
    said = text("checked-on", language, date=report.made_on.isoformat())
    if report.banks:
        said += " " + text(
            "against", language, banks=listed([each.replace("|", " ") for each in report.banks], language)
        )
    return element("p", prose(f"{said}."), class_="when")


def _overview(report: Report, pages: list["_Page"], language: str) -> str:
    sentences = summary(report, language)
    said = [element("p", escape(sentences[0]), class_="verdict")]
    if sentences[1:]:
        said.append(element("p", escape(" ".join(sentences[1:]))))
    if len(pages) > 1:
        rows = "".join(
            f'<li><a href="#{page.prefix}" lang="sv">{escape(name(page.checked))}</a> '
            f'<span class="muted">{escape(verdict(page.checked, language))}</span></li>'
            for page in pages
        )
        said.append(element("nav", f'<ol class="toc">{rows}</ol>', aria_label=text("contents", language)))
    if any(page.in_text for page in pages):
        signs = "".join(
            f'<li><mark class="{severity[0]}">{text(severity, language)}</mark>'
            f'<span class="ref {severity[0]}" aria-hidden="true">1</span></li>'
            for severity in ("error", "warning", "info")
        )
        said.append(f'<p class="legend" id="legend">{text("legend", language)}:</p>')
        said.append(f'<ul class="legend" aria-labelledby="legend">{signs}</ul>')
    if len(pages) == 1:
        said = [pages[0].about(), *said, pages[0].listing()]
    heading = element("h2", text("overview", language), id="overview-title")
    return f'<section id="found" tabindex="-1" aria-labelledby="overview-title">{heading}{"".join(said)}</section>\n'


def _bar(report: Report, language: str) -> str:
    """Write the controls, which the script shows: without it they would do nothing."""
    kinds = [("e", "show-error"), ("w", "show-warning"), ("i", "show-info")]
    if any(checked.known for checked in report.documents):
        kinds.append(("k", "show-known"))
    boxes = "".join(
        f'<label><input type="checkbox" data-hide="{kind}" checked> {text(key, language)}</label>'
        for kind, key in kinds
    )
    buttons = "".join(
        f'<button type="button" data-go="{step}">{text(key, language)}</button>'
        for step, key in (("-1", "previous"), ("1", "next"))
    )
    return (
        f'<div class="bar" id="bar" role="group" aria-label="{text("jump", language)}" hidden>'
        f"<fieldset><legend>{text('filter', language)}</legend>{boxes}</fieldset>"
        f'<p class="go">{buttons}<output id="at" aria-live="polite"></output>'
        f'<span class="keys">{text("jump-help", language)}</span></p></div>\n'
    )


class _Page:
    """One document of a page."""

    def __init__(self, report: Report, checked: Checked, prefix: str, language: str) -> None:
        self.report = report
        self.checked = checked
        self.prefix = prefix
        self.language = language
        self.shown = shown(report, checked, language)
        readable = not report.mask and not checked.refused
        there = bool(readable and stretches(checked, self.shown))
        self.placed = sorted((each for each in self.shown if there and each.span), key=_order)
        self.in_text = frozenset(each.number for each in self.placed)

    def written(self) -> Iterator[str]:
        """Yield the document: what it is, what was found, and its text with the notes."""
        only = len(self.report.documents) == 1
        title = text("text", self.language) if only else name(self.checked)
        heading = element("h2", escape(title), id=f"{self.prefix}-title", lang=None if only else "sv")
        yield f'<article id="{self.prefix}" aria-labelledby="{self.prefix}-title">\n{heading}'
        if not only:
            yield self.about()
        notes = Notes(self.report, self.prefix, self.language, self.in_text)
        if self.checked.refused:
            yield element("p", text("not-read", self.language), class_="verdict")
            yield notes.written(self.shown)
            yield "</article>\n"
            return
        if not only:
            yield element("p", escape(f"{_capital(verdict(self.checked, self.language))}."), class_="verdict")
            yield self.listing()
        whole = [each for each in self.shown if each.number not in self.in_text]
        if whole and not self.report.mask:
            yield element("h3", text("whole", self.language), class_="part-title")
        if self.report.mask:
            yield element("p", text("masked-text", self.language), class_="muted")
        if whole:
            yield f'<div class="whole">{notes.written(whole)}</div>'
        if not self.report.mask:
            yield '\n<div class="document" lang="sv">\n'
            yield from body(self.checked, self.placed, self.prefix, self.language, notes.written)
            yield "</div>"
        yield "</article>\n"

    def listing(self) -> str:
        """Write the list of what was found."""
        return "" if self.checked.refused else listing(self.shown, self.prefix, self.language, self.in_text)

    def about(self) -> str:
        """Write the file, who owns it, its day, and what was written for it."""
        said = [f'<span class="path">{escape(self.checked.path)}</span>']
        if self.checked.owner:
            said.append(f'{text("owner", self.language)}: <span lang="sv">{escape(self.checked.owner)}</span>')
        if self.checked.date:
            said.append(f"{text('dated', self.language)} {prose(self.checked.date.isoformat())}")
        edited = self.checked.edited
        if edited:
            said.append(escape(plural("edited", edited, self.language)))
        return element("p", " · ".join(said), class_="about") + links(self.report, self.checked, self.language)


def _order(each: Shown) -> tuple[int, int]:
    return (each.span or (0, 0))[0], each.number


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
