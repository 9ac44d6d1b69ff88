"""Writes a run over a whole folder as one ranked page: what became wrong, how badly, whose it is, and what to do."""

from collections.abc import Sequence
from typing import TextIO

from termbank.language.words import collation_key
from termbank.reports.counting import WEIGHTS, counts, score, summary
from termbank.reports.markup import asset, element, escape, foot, head
from termbank.reports.page import name, when
from termbank.reports.report import Report
from termbank.reports.shown import shown, untitled
from termbank.reports.sweep_documents import Row, document
from termbank.reports.sweep_rules import by_rule
from termbank.reports.texts import plural, text
from termbank.version import __version__


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a run over many documents as one HTML file, the most urgent document first (WCAG 2.1 AA).

    A document's score is the sum of what its new findings weigh: an error 10, a warning 3, a remark 1. Findings that
    the baseline held give none, but part documents that are equal. Lists in other orders stand in the page itself;
    where there is script the documents can be sorted and filtered in place.

    Arguments:
        report: the run.
        stream: where to.
        language: of everything but what is quoted from the documents.

    >>> import datetime, io
    >>> from termbank.reports.report import Checked
    >>> stream = io.StringIO()
    >>> write(Report((Checked("a.md"), Checked("b.md")), datetime.date(2026, 11, 22)), stream, "en")
    >>> "2 documents without findings" in stream.getvalue()
    True
    """
    report = untitled(report)
    style, script = asset("common.css", "sweep.css"), asset("sweep.js")
    title = text("sweep", language)
    rows = ranked(report)
    stream.write(head(title, language, style, script))
    stream.write(f'<a class="skip" href="#ranked">{text("skip", language)}</a>\n')
    stream.write(f"<header>\n{element('h1', escape(title))}\n{when(report, language)}</header>\n<main>\n")
    stream.write(_overview(report, rows, language))
    stream.write(_refused(report, language))
    stream.write(_ranked(report, rows, language))
    stream.write(_orders(rows, language))
    stream.write(by_rule(report, language))
    stream.write(_calm(report, language))
    stream.write(f"</main>\n<footer><p>{text('made-by', language, version=__version__)}</p></footer>\n")
    stream.write(foot(script))


def ranked(report: Report) -> list[Row]:
    """Return the documents that something was found in, the most urgent first.

    Arguments:
        report: the run.

    Returns:
        By the score of what is new, then of what was known, then by name.

    >>> import datetime
    >>> from termbank.reports.report import Checked
    >>> ranked(Report((Checked("a.md"),), datetime.date(2026, 11, 22)))
    []
    """
    found = [
        (checked, counts(checked), counts(checked, known=True)) for checked in report.documents if checked.findings
    ]
    found.sort(key=lambda each: (-score(each[1]), -score(each[2]), collation_key(name(each[0])), each[0].path))
    return [Row(place, checked, new, known) for place, (checked, new, known) in enumerate(found, 1)]


def _section(key: str, heading: str, body: str) -> str:
    title = element("h2", heading, id=f"{key}-title")
    return f'<section id="{key}" tabindex="-1" aria-labelledby="{key}-title">{title}\n{body}</section>\n'


def _overview(report: Report, rows: Sequence[Row], language: str) -> str:
    became = sum(1 for row in rows if row.new)
    sentences = summary(report, language)
    verdict = plural("became", became, language) if any(row.known for row in rows) else sentences[0]
    said = [element("p", escape(verdict), class_="verdict")]
    rest = sentences if any(row.known for row in rows) else sentences[1:]
    if rest:
        said.append(element("p", escape(" ".join(rest))))
    edited = sum(checked.edited for checked in report.documents)
    if edited:
        said.append(element("p", escape(plural("edited", edited, language))))
    said.append(element("p", escape(text("score-help", language, **WEIGHTS)), class_="keys"))
    return _section("overview", text("overview", language), "\n".join(said))


def _refused(report: Report, language: str) -> str:
    """Write which documents could not be read, by what to do about it."""
    groups: dict[str, list[str]] = {}
    for checked in report.documents:
        for each in shown(report, checked, language) if checked.refused else ():
            said = f"{each.message} {each.to_do}".rstrip()
            groups.setdefault(said, []).append(f'<li class="path">{escape(checked.path)}</li>')
    if not groups:
        return ""
    written = "".join(f'<p>{escape(said)}</p><ul class="calm">{"".join(paths)}</ul>' for said, paths in groups.items())
    return _section("refused", text("refused", language), written)


def _ranked(report: Report, rows: Sequence[Row], language: str) -> str:
    if not rows:
        return _section("ranked", text("ranked", language), element("p", text("nothing", language)))
    written = "\n".join(document(report, row, len(rows), language) for row in rows)
    return _section(
        "ranked", text("ranked", language), f'{_tools(rows, language)}<ol class="docs" id="docs">{written}</ol>'
    )


def _tools(rows: Sequence[Row], language: str) -> str:
    """Write the filter and the orders, which the script shows: without it they would do nothing."""
    keys = [("rank", "rank"), ("name", "name"), ("owner", "owner"), ("date", "date")]
    options = "".join(f'<option value="{value}">{text(key, language).lower()}</option>' for value, key in keys)
    template = text("shown-of", language, shown="{shown}", count="{count}")
    return (
        f'<div class="tools" id="tools" role="search" hidden><div><label for="q">{text("search", language)}</label>'
        f'<input type="search" id="q" autocomplete="off"></div>'
        f'<div><label for="by">{text("sort", language)}</label><select id="by">{options}</select></div>'
        f'<output id="count" for="q" data-text="{escape(template)}"></output></div>'
    )


def _orders(rows: Sequence[Row], language: str) -> str:
    """Write the same documents in other orders, for readers without script."""
    if len(rows) < 2:
        return ""
    orders = [("by-name", sorted(rows, key=lambda row: collation_key(name(row.checked))))]
    if any(row.checked.owner for row in rows):
        orders.append(
            (
                "by-owner",
                sorted(rows, key=lambda row: (not row.checked.owner, collation_key(row.checked.owner or ""), row.rank)),
            )
        )
    if any(row.checked.date for row in rows):
        orders.append(("by-date", sorted(rows, key=lambda row: (str(row.checked.date or "9999"), row.rank))))
    written = []
    for key, ordered in orders:
        items = "".join(f"<li>{_link(key, row, language)}</li>" for row in ordered)
        written.append(f'<details><summary>{text(key, language)}</summary><ul class="order">{items}</ul></details>')
    return _section("orders", text("orders", language), "\n".join(written)).replace(
        "<section ", '<section class="orders" ', 1
    )


def _link(key: str, row: Row, language: str) -> str:
    link = f'<a href="#r{row.rank}" lang="sv">{escape(name(row.checked))}</a>'
    if key == "by-owner":
        owner = row.checked.owner
        return f"{link} <small>{escape(owner or text('no-owner', language))}</small>"
    if key == "by-date":
        return f"{link} <small>{row.checked.date or text('no-date', language)}</small>"
    return f"{link} <small>{score(row.new)} {text('score', language)}</small>"


def _calm(report: Report, language: str) -> str:
    calm = [checked for checked in report.documents if not checked.findings and checked.refused is None]
    if not calm:
        return ""
    calm.sort(key=lambda checked: collation_key(name(checked)))
    items = "".join(
        f'<li><span lang="sv">{escape(name(checked))}</span> <small class="path">{escape(checked.path)}</small></li>'
        for checked in calm
    )
    heading = plural("fine", len(calm), language)
    return _section("calm", heading, f'<details><summary>{heading}</summary><ul class="calm">{items}</ul></details>')
