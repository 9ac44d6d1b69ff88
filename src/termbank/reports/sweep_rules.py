"""What a run found, rule by rule, as a table."""

from collections import Counter, defaultdict

from termbank.model.finding import SEVERITIES, Severity
from termbank.model.rules import rule
from termbank.reports.markup import escape
from termbank.reports.report import Report
from termbank.reports.texts import number, text


def by_rule(report: Report, language: str) -> str:
    """Write how often each rule found something: new, in all, and in how many documents.

    Arguments:
        report: the run.
        language: `sv` or `en`.

    Returns:
        Markup of a section; empty where nothing was found.

    >>> import datetime
    >>> by_rule(Report((), datetime.date(2026, 11, 22)), "sv")
    ''
    """
    new: Counter[str] = Counter()
    every: Counter[str] = Counter()
    documents: dict[str, set[int]] = defaultdict(set)
    severities: dict[str, Severity] = {}
    for index, checked in enumerate(report.documents):
        for position, finding in enumerate(checked.findings):
            every[finding.rule] += 1
            new[finding.rule] += position not in checked.known
            documents[finding.rule].add(index)
            severities[finding.rule] = max(
                severities.get(finding.rule, finding.severity), finding.severity, key=SEVERITIES.index
            )
    if not every:
        return ""
    ordered = sorted(every, key=lambda each: (-SEVERITIES.index(severities[each]), -every[each], each))
    rows = "".join(
        _row(each, severities[each], (new[each], every[each], len(documents[each])), language) for each in ordered
    )
    heads = "".join(
        f'<th scope="col"{attribute}>{text(key, language)}</th>'
        for key, attribute in (
            ("rule", ""),
            ("of-them-new", ' class="n"'),
            ("in-all", ' class="n"'),
            ("in-how-many", ' class="n"'),
        )
    )
    title = text("rules", language)
    return (
        f'<section id="rules" aria-labelledby="rules-title"><h2 id="rules-title">{title}</h2>'
        f'<div class="scroll" role="group" aria-label="{title}" tabindex="0">'
        f'<table class="rules"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>\n'
    )


def _row(rule_id: str, severity: Severity, counted: tuple[int, int, int], language: str) -> str:
    cells = "".join(f'<td class="n">{number(each, language)}</td>' for each in counted)
    return (
        f'<tr class="{severity[0]}"><th scope="row"><span class="sign {severity[0]}" aria-hidden="true"></span>'
        f'{escape(rule_id)} <b class="sev">{text(severity, language)}</b>'
        f"<small>{escape(rule(rule_id).advice(language))}</small></th>{cells}</tr>"
    )
