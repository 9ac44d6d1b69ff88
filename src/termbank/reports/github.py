"""Writes findings as workflow commands, which GitHub shows beside the changed lines."""

from typing import TextIO

from termbank.reports.counting import summary
from termbank.reports.report import Checked, Report
from termbank.reports.shown import Shown, shown

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as GitHub workflow commands (`::warning file=...,line=...::message`), the worst first.

    GitHub shows ten of each kind in a step. Findings that the baseline held are counted, not shown.

    Arguments:
        report: the run.
        stream: where to.
        language: of the messages.

    >>> import datetime, sys
    >>> from termbank.model.rules import rule
    >>> checked = Checked("a,b.md", refused=rule("no-such-file").finding())
    >>> write(Report((checked,), datetime.date(2026, 11, 22)), sys.stdout, "en")
    ::error file=a%2Cb.md,title=no-such-file::There is no such file or
     folder.%0ACheck the name, and the folder you are in.
    1 document could not be read.
    """
    commands = [
        (each.severity, _command(checked, each))
        for checked in report.documents
        for each in shown(report, checked, language)
        if not each.known
    ]
    for severity in _COMMANDS:
        for found, command in commands:
            if found == severity:
                stream.write(command + "\n")
    stream.write(" ".join(summary(report, language)) + "\n")


def _command(checked: Checked, each: Shown) -> str:
    properties = [("file", checked.path.replace("\\", "/"))]
    location = each.finding.location
    if location is not None and location.line is not None:
        properties.append(("line", str(location.line)))
        if location.column is not None:
            properties.append(("col", str(location.column)))
    properties.append(("title", each.finding.rule))
    said = [each.message, each.to_do, each.proposal and f"{each.proposal[:1].upper()}{each.proposal[1:]}."]
    if location is not None and location.part:
        said.insert(0, f"{each.place}:")
    body = "\n".join(piece for piece in said if piece)
    named = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{_COMMANDS[each.severity]} {named}::{_data(body)}"


def _data(value: str) -> str:
    """Escape a message as GitHub's toolkit does."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    """Escape the value of a property as GitHub's toolkit does."""
    return _data(value).replace(":", "%3A").replace(",", "%2C")
