"""Counts of findings, in words, and the score by which documents are ranked."""

from collections import Counter
from collections.abc import Iterable

from termbank.model.finding import SEVERITIES
from termbank.reports.report import Checked, Report
from termbank.reports.texts import listed, plural, text

WEIGHTS: dict[str, int] = {"error": 10, "warning": 3, "info": 1}
"""What a finding adds to the score of its document. An error misleads whoever reads the routine, a warning may; remarks
are for when somebody edits the text anyway. Ten remarks are as urgent as one error, and three warnings nearly so."""


def counts(checked: Checked, known: bool = False) -> Counter[str]:
    """Count the findings of a document by severity: the new ones, or those that were known.

    >>> counts(Checked("a.txt")).total()
    0
    """
    return Counter(
        finding.severity for place, finding in enumerate(checked.findings) if (place in checked.known) == known
    )


def score(severities: Counter[str]) -> int:
    """Return how badly counted findings weigh; see `WEIGHTS`.

    >>> score(Counter(error=2, warning=1))
    23
    """
    return sum(WEIGHTS[severity] * count for severity, count in severities.items())


def in_words(severities: Counter[str], language: str) -> str:
    """Write counts by severity, the worst first, without those that are none.

    >>> in_words(Counter(error=2, info=1), "sv")
    '2 fel och 1 upplysning'
    """
    said = [plural(each, severities[each], language) for each in reversed(SEVERITIES) if severities[each]]
    return listed(said, language)


def total(documents: Iterable[Checked], known: bool = False) -> Counter[str]:
    """Count the findings of documents by severity."""
    together: Counter[str] = Counter()
    for checked in documents:
        together.update(counts(checked, known))
    return together


def summary(report: Report, language: str) -> list[str]:
    """Write what a run found, in sentences.

    Arguments:
        report: the run.
        language: `sv` or `en`.

    Returns:
        What is new, then what was known, then what could not be read; the first is always there.

    >>> import datetime
    >>> summary(Report((Checked("a.txt"),), datetime.date(2026, 11, 22)), "sv")
    ['Inget att anmärka.']
    """
    read = [checked for checked in report.documents if checked.refused is None]
    new, known = total(read), total(read, known=True).total()
    refused = len(report.documents) - len(read)
    sentences = []
    if new:
        documents = plural("document", len(read), language)
        sentences.append(text("in-documents", language, what=in_words(new, language), documents=documents))
    elif read or not refused:
        sentences.append(text("nothing", language))
    if known:
        sentences.append(plural("known", known, language))
    if refused:
        sentences.append(plural("refused", refused, language))
    return sentences
