"""Writes what a document rests on as two tables, to be put at its end: its concepts, and the statutes it cites."""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from termbank.model.concept import TermStatus, Wording
from termbank.reports.characters import one_line
from termbank.reports.markup import GENERATOR, element, escape, prose
from termbank.reports.texts import text


class Used(NamedTuple):
    """A concept that a document uses.

    Arguments:
        term: its preferred term.
        definition: what it is.
        source: what the definition quotes or describes.
        wording: whether the definition is the source's own.
        checked_on: when the entry was last compared with its source.
        status: of the term, as the vocabulary has it.
        written: the words by which the document names it, where they are others.
    """

    term: str
    definition: str = ""
    source: str = ""
    wording: Wording = "ours"
    checked_on: datetime.date | None = None
    status: TermStatus = "preferred"
    written: tuple[str, ...] = ()


class Cited(NamedTuple):
    """A statute or a section that a document cites.

    Arguments:
        citation: as it should be written.
        about: what it is about.
        valid_from, valid_to: the first and the last day on which it is in force; None: not stated.
        replaced_by: what took its place.
        checked_on: when that was last compared with its source.
        source: what it was compared with.
        repealed: it is known not to be in force, though not since when.
    """

    citation: str
    about: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    replaced_by: tuple[str, ...] = ()
    checked_on: datetime.date | None = None
    source: str = ""
    repealed: bool = False


_COLUMNS = (
    ("term", "status", "definition", "source", "checked"),
    ("citation", "about", "validity", "source", "checked"),
)
_STYLE = """
body { font-family: Calibri, "Segoe UI", Arial, sans-serif; font-size: 11pt; line-height: 1.35; color: #111;
  background: #fff; margin: 2em auto; max-width: 62em; padding: 0 1em; }
h1 { font-size: 18pt; } h2 { font-size: 14pt; }
table { border-collapse: collapse; width: 100%; margin: 1em 0 2em; }
caption { text-align: left; font-weight: bold; padding: .3em 0; }
th, td { border: 1px solid #767676; padding: .3em .5em; text-align: left; vertical-align: top; }
thead th { background: #eef2f6; }
tbody th { font-weight: bold; }
.nb { white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } thead { display: table-header-group; } tr { break-inside: avoid; } }
"""
_WIDTHS = (20, 13, 30, 24, 13)
_FOR_WORD = (
    ("<table>", '<table border="1" cellspacing="0" cellpadding="4" width="100%">'),
    ("<caption>", '<caption align="left">'),
    ("</caption>", "</caption>\n<colgroup>" + "".join(f'<col width="{each}%">' for each in _WIDTHS) + "</colgroup>"),
    ("<th ", '<th align="left" valign="top" '),
    ("<td>", '<td valign="top">'),
)
"""How tables look where styles of cells are not read, as when a page is opened or pasted in a word processor."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def markdown(concepts: Sequence[Used], laws: Sequence[Cited], on: datetime.date, language: str) -> str:
    r"""Write the appendix as Markdown (CommonMark with the tables of GitHub Flavored Markdown).

    Arguments:
        concepts: what the document uses, in the order to be shown.
        laws: what it cites, in the order to be shown.
        on: the day that it is made for.
        language: `sv` or `en`.

    Returns:
        A second-level heading with two tables under it.

    >>> print(markdown([Used("vård")], [], datetime.date(2026, 11, 22), "sv").split("\n\n")[3])
    | Term | Status | Definition | Källa | Kontrollerad |
    | --- | --- | --- | --- | --- |
    | vård | rekommenderad |  |  |  |
    """
    pieces = [f"## {text('appendix', language)}", text("as-of", language, date=on)]
    for key, heads, rows in _tables(concepts, laws, on, language):
        pieces.append(f"### {text(key, language)}")
        if not rows:
            pieces.append(text("none-used" if key == "concepts-used" else "none-cited", language))
            continue
        lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
        lines += [" | ".join(_escaped(cell) for cell in row) for row in rows]
        pieces.append("\n".join(f"| {line} |" for line in lines))
    return "\n\n".join(pieces) + "\n"


def fragment(concepts: Sequence[Used], laws: Sequence[Cited], on: datetime.date, language: str) -> str:
    """Write the appendix as a piece of HTML, to be put into a page; tables have captions and heads (WCAG 2.1, 1.3.1).

    Arguments:
        concepts: what the document uses, in the order to be shown.
        laws: what it cites, in the order to be shown.
        on: the day that it is made for.
        language: `sv` or `en`.

    Returns:
        Markup of a section.

    >>> fragment([], [], datetime.date(2026, 11, 22), "en")[:45]
    '<section lang="en" class="termbank-appendix">'
    """
    pieces = [element("h2", text("appendix", language)), element("p", prose(text("as-of", language, date=on)))]
    for key, heads, rows in _tables(concepts, laws, on, language):
        if not rows:
            pieces.append(element("p", text("none-used" if key == "concepts-used" else "none-cited", language)))
            continue
        head = "".join(f'<th scope="col">{each}</th>' for each in heads)
        body = "\n".join(f"<tr>{_cells(row, language)}</tr>" for row in rows)
        pieces.append(
            f"<table>\n<caption>{text(key, language)}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>"
        )
    return f'<section lang="{language}" class="termbank-appendix">\n' + "\n".join(pieces) + "\n</section>\n"


def page(concepts: Sequence[Used], laws: Sequence[Cited], on: datetime.date, language: str, title: str) -> str:
    """Write the appendix as a whole page of HTML, which needs nothing else, and which Word opens or takes pasted.

    Arguments:
        concepts: what the document uses, in the order to be shown.
        laws: what it cites, in the order to be shown.
        on: the day that it is made for.
        language: `sv` or `en`.
        title: of the document.

    Returns:
        The page.

    >>> page([], [], datetime.date(2026, 11, 22), "sv", "SIP")[16:32]
    '<html lang="sv">'
    """
    name = escape(one_line(title))
    tables = fragment(concepts, laws, on, language)
    for plain, attributed in _FOR_WORD:
        tables = tables.replace(plain, attributed)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text('appendix', language)}: {name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{element('h1', name)}\n{tables}</main>\n</body>\n</html>\n"
    )


def _tables(
    concepts: Sequence[Used], laws: Sequence[Cited], on: datetime.date, language: str
) -> list[tuple[str, list[str], list[list[str]]]]:
    used, cited = ([text(key, language) for key in keys] for keys in _COLUMNS)
    return [
        ("concepts-used", used, [_used(each, language) for each in concepts]),
        ("laws-cited", cited, [_cited(each, on, language) for each in laws]),
    ]


def _used(each: Used, language: str) -> list[str]:
    term = f"{each.term} ({', '.join(each.written)})" if each.written else each.term
    whose = text("official" if each.wording == "official" else "ours", language)
    definition = f"{each.definition} ({whose})" if each.definition else ""
    return [term, text(f"status-{each.status}", language), definition, each.source, str(each.checked_on or "")]


def _cited(each: Cited, on: datetime.date, language: str) -> list[str]:
    said = [_validity(each, on, language)]
    if each.replaced_by:
        said.append(f"{text('replaced-by', language).lower()} {', '.join(each.replaced_by)}")
    return [each.citation, each.about, "; ".join(said), each.source, str(each.checked_on or "")]


def _validity(each: Cited, on: datetime.date, language: str) -> str:
    if each.valid_to is not None and each.valid_to < on:
        return text("no-longer", language, date=each.valid_to + datetime.timedelta(days=1))
    if each.repealed:
        return text("repealed", language)
    if each.valid_from is not None and each.valid_from > on:
        return text("not-yet", language, date=each.valid_from)
    if each.valid_from is None and each.valid_to is None:
        return text("in-force-unknown", language)
    until = f" {text('until', language, date=each.valid_to)}" if each.valid_to else ""
    return text("in-force", language) + until


def _cells(row: list[str], language: str) -> str:
    """Write the cells of a row; the first is its head. Terms and citations are Swedish."""
    first = element("th", prose(one_line(row[0])), scope="row", lang=None if language == "sv" else "sv")
    return first + "".join(element("td", prose(one_line(cell))) for cell in row[1:])


def _escaped(cell: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(cell))
