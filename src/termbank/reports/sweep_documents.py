"""One document of a ranked page: its score, what is new and what was known, whose it is, and its findings."""

from collections import Counter
from typing import NamedTuple

from termbank.model.finding import SEVERITIES
from termbank.reports.counting import in_words, score
from termbank.reports.marks import kind
from termbank.reports.markup import element, escape, prose
from termbank.reports.outputs import links
from termbank.reports.page import name
from termbank.reports.report import Checked, Report
from termbank.reports.shown import Shown, shown
from termbank.reports.texts import plural, quoted, text

_REMARKS = 6000
"""So many remarks are listed in a page, shared by its documents; what does not fit stands in the documents' reports."""

_PLACES = 6
"""So many places are named of one remark."""


class Row(NamedTuple):
    """A document in its place.

    Arguments:
        rank: from 1.
        checked: the document.
        new, known: its findings by severity.
    """

    rank: int
    checked: Checked
    new: Counter[str]
    known: Counter[str]


def document(report: Report, row: Row, of: int, language: str) -> str:
    """Write a document of a ranked page.

    Arguments:
        report: the run.
        row: the document in its place.
        of: how many documents share the page.
        language: `sv` or `en`.

    Returns:
        Markup of a list item.

    >>> import datetime
    >>> report = Report((), datetime.date(2026, 11, 22))
    >>> document(report, Row(1, Checked("a.md"), Counter(), Counter()), 1, "sv")[:24]
    '<li class="doc" id="r1">'
    """
    checked = row.checked
    about = [f'<span class="path">{escape(checked.path)}</span>']
    if checked.owner:
        about.append(f'{text("owner", language)}: <span lang="sv">{escape(checked.owner)}</span>')
    about.append(
        f"{text('dated', language)} {prose(checked.date.isoformat())}" if checked.date else text("no-date", language)
    )
    body = [
        f'<p class="score"><b>{score(row.new)}</b> {text("score", language)}</p>',
        element("h3", escape(name(checked)), lang="sv"),
        _counted(row, language),
        element("p", " · ".join(about), class_="about"),
        links(report, checked, language),
        _findings(shown(report, checked, language), max(5, _REMARKS // max(1, of)), language),
    ]
    date = checked.date.isoformat() if checked.date else None
    return element("li", "".join(body), class_="doc", id=f"r{row.rank}", data_owner=checked.owner, data_date=date)


def _counted(row: Row, language: str) -> str:
    said = []
    if row.new:
        kinds = [f'<b class="{each[0]}">{plural(each, row.new[each], language)}</b>' for each in _worst(row.new)]
        label = f"{text('new', language)}: " if row.known else ""
        said.append(label + ", ".join(kinds))
    if row.known:
        known = text("known" if row.known.total() == 1 else "known-many", language)
        said.append(f"{in_words(row.known, language)}, {known}")
    return element("p", "; ".join(said), class_="new")


def _worst(severities: Counter[str]) -> list[str]:
    return [each for each in reversed(SEVERITIES) if severities[each]]


def _findings(found: list[Shown], most: int, language: str) -> str:
    groups: dict[tuple[bool, str, str, str], list[Shown]] = {}
    for each in found:
        groups.setdefault((each.known, each.severity, each.message, each.words.casefold()), []).append(each)
    ordered = sorted(
        groups.values(),
        key=lambda group: (group[0].known, -SEVERITIES.index(group[0].severity), -len(group), group[0].number),
    )
    items = [_remark(group, language) for group in ordered[:most]]
    if not items:
        return ""
    if left := sum(len(group) for group in ordered[most:]):
        items.append(f"<li>{escape(text('more-in-report', language, count=left))}</li>")
    summary = plural("finding", len(found), language)
    return f'<details><summary>{summary}</summary><ul class="list">{"".join(items)}</ul></details>'


def _remark(group: list[Shown], language: str) -> str:
    first = group[0]
    said = [text(first.severity, language)]
    if first.known:
        said.append(text("known", language))
    words = ""
    if first.words and first.words.casefold() not in first.message.casefold():
        words = f'<span lang="sv">{escape(quoted(first.words[:60], language))}</span>: '
    places = [_together(each.place) for each in group[:_PLACES] if each.place]
    if len(group) > _PLACES:
        places.append(text("more", language, count=len(group) - _PLACES))
    where = f" <small>{escape('; '.join(places))}</small>" if places else ""
    times = f" × {len(group)}" if len(group) > 1 else ""
    return (
        f'<li class="{kind(first)}"><span class="sign {first.severity[0]}" aria-hidden="true"></span>'
        f'<b class="sev">{", ".join(said)}{times}</b>: {words}{prose(first.message)}{where}</li>'
    )


def _together(place: str) -> str:
    """Keep a place on one line, unless it is long."""
    return place.replace(" ", "\u00a0") if len(place) < 40 else place
