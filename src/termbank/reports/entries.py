"""The entry of a concept as HTML: what it is called, what it is, who says so."""

from termbank.model import Concept, Definition
from termbank.reports.markup import element, escape, prose
from termbank.reports.report import Report
from termbank.reports.texts import text


def definition(name: str, concept: Concept, language: str) -> str:
    """Write the preferred term of a concept with its definition, its source, and whose wording it is.

    Arguments:
        name: `vocabulary#id`.
        concept: the concept.
        language: `sv` or `en`.

    Returns:
        Markup of one paragraph.

    >>> from termbank.model import Term
    >>> concept = Concept(id="vård", terms=(Term(text="vård"),), definitions=(Definition(text="det som görs"),))
    >>> print(definition("termbank#vård", concept, "sv").replace("</b>", "</b>\\n"))
    <p class="def"><b lang="sv">vård</b>
     <span lang="sv">det som görs</span> <small>(vår formulering; termbank)</small></p>
    """
    term = concept.display("sv") or concept.id
    found = concept.definition(language)
    vocabulary = name.split("#", 1)[0]
    said = f'<b lang="sv">{escape(term)}</b>'
    if found is None:
        return element("p", f"{said} <small>({escape(vocabulary)})</small>", class_="def")
    whose = text("official" if found.wording == "official" else "ours", language)
    return element(
        "p",
        f'{said} <span lang="{escape(found.language)}">{escape(found.text)}</span> '
        f"<small>({whose}; {escape(vocabulary)})</small>",
        class_="def",
    )


def entry(report: Report, name: str, language: str) -> str:
    """Write the entry of a concept, to be opened: what it is, terms by status, comment, validity, sources.

    Arguments:
        report: has the entries, this one and those of the concepts that replaced it.
        name: `vocabulary#id`; one of the report's entries.
        language: `sv` or `en`.

    Returns:
        Markup of a `details` element.

    >>> import datetime
    >>> report = Report((), datetime.date(2026, 11, 22), {"termbank#vård": Concept(id="vård")})
    >>> entry(report, "termbank#vård", "sv").partition("</summary>")[0]
    '<details class="entry"><summary>Begreppet <i lang="sv">vård</i>'
    """
    concept = report.entries[name]
    rows = [
        (text(status, language), ", ".join(each.text for each in concept.terms if each.status == status), "sv")
        for status in ("admitted", "deprecated", "superseded")
    ]
    found: Definition | None = concept.definition(language)
    rows += [
        (text("replaced-by", language), ", ".join(_successors(report, concept)), "sv"),
        (text("valid", language), _period(concept, language), language),
        (text("comment", language), concept.comment or "", "sv"),
        (text("definition-source", language), (found.source or "") if found else "", "sv"),
        (text("source", language), concept.source or "", "sv"),
        (text("checked", language), str(concept.checked_on or ""), language),
    ]
    said = "".join(
        f"<dt>{escape(label)}</dt>{element('dd', prose(value), lang=None if spoken == language else spoken)}"
        for label, value, spoken in rows
        if value
    )
    term = element("i", escape(concept.display("sv") or concept.id), lang="sv")
    before, after = text("concept", language, term="\n").split("\n")
    summary = f"<summary>{before}{term}{after}</summary>"
    listed = f"<dl>{said}</dl>" if said else ""
    return f'<details class="entry">{summary}{definition(name, concept, language)}{listed}</details>'


def _successors(report: Report, concept: Concept) -> list[str]:
    """Return what replaced a concept, by name where the report has its entry."""
    said = []
    for relation in concept.relations:
        if relation.type == "replaced-by":
            entry = next(
                (
                    each
                    for name, each in report.entries.items()
                    if each.id == relation.target
                    and (relation.vocabulary is None or name.split("#", 1)[0].split("|", 1)[0] == relation.vocabulary)
                ),
                None,
            )
            said.append((entry.display("sv") if entry else None) or relation.target)
    return said


def _period(concept: Concept, language: str) -> str:
    ends = (("from", concept.valid_from), ("until", concept.valid_to))
    return " ".join(text(key, language, date=date) for key, date in ends if date)
