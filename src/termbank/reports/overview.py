"""The overview of a page: what was found, in words, and where each remark stands."""

from collections.abc import Sequence

from termbank.model.finding import SEVERITIES
from termbank.reports.counting import counts, in_words
from termbank.reports.marks import kind
from termbank.reports.markup import element, escape, prose
from termbank.reports.report import Checked
from termbank.reports.shown import Shown
from termbank.reports.texts import plural, quoted, text

_OPEN = 40
"""So many remarks are listed; the rest can be opened."""


def verdict(checked: Checked, language: str) -> str:
    """Say of one document what was found in it.

    Arguments:
        checked: the document.
        language: `sv` or `en`.

    Returns:
        A phrase: counts by severity, and of what was known.

    >>> verdict(Checked("a.md"), "sv")
    'inga anmärkningar'
    """
    if checked.refused:
        return text("refused", language).lower()
    known = counts(checked, known=True).total()
    said = in_words(counts(checked), language) or ("" if known else text("clean", language))
    if known:
        known_said = f"{plural('finding', known, language)}, {text('known' if known == 1 else 'known-many', language)}"
        said = f"{said}; {known_said}" if said else known_said
    return said


def listing(found: Sequence[Shown], prefix: str, language: str, in_text: frozenset[int]) -> str:
    """Write the list of remarks of a document, each once with links to every place where it holds.

    Arguments:
        found: its findings.
        prefix: what ids begin with.
        language: `sv` or `en`.
        in_text: numbers of those that are marked in the text; the others are led to their notes.

    Returns:
        Markup; the worst remarks first, then those with the most places.

    >>> listing((), "d1", "sv", frozenset())
    ''
    """
    groups: dict[tuple[bool, str, str, str], list[Shown]] = {}
    for each in found:
        key = (each.known, each.severity, each.words.casefold(), each.message)
        groups.setdefault(key, []).append(each)
    ordered = sorted(
        groups.values(),
        key=lambda group: (group[0].known, -SEVERITIES.index(group[0].severity), -len(group), group[0].number),
    )
    rows = [_row(group, prefix, language, in_text) for group in ordered]
    if not rows:
        return ""
    written = element("ul", "".join(rows[:_OPEN]), class_="found")
    if rows[_OPEN:]:
        rest = element("ul", "".join(rows[_OPEN:]), class_="found")
        label = escape(text("more", language, count=len(rows) - _OPEN))
        written += f"<details><summary>{label}</summary>{rest}</details>"
    return written


def _row(group: list[Shown], prefix: str, language: str, in_text: frozenset[int]) -> str:
    first = group[0]
    said = [f'<b class="sev">{escape(text(first.severity, language))}</b>']
    if first.known:
        said.append(escape(text("known", language)))
    if first.words and first.words.casefold() not in first.message.casefold():
        said.append(f'<span lang="sv">{escape(quoted(first.words[:80], language))}</span>')
    links = " ".join(
        f'<a href="#{prefix}-{"m" if each.number in in_text else "n"}{each.number}">{each.number}</a>' for each in group
    )
    return (
        f'<li class="{kind(first)}"><span class="sign {first.severity[0]}" aria-hidden="true"></span>'
        f'<span class="what">{" · ".join(said)}: <span class="message">{prose(first.message)}</span></span> '
        f'<span class="places">{links}</span></li>'
    )
