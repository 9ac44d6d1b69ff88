"""Writes findings as one JSON array."""

from typing import TextIO

from termbank.reports.json_lines import as_json, records
from termbank.reports.report import Report


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as a JSON array (RFC 8259) of the objects that `json_lines` writes.

    Arguments:
        report: the run.
        stream: where to.
        language: of `message` and `hint`.

    >>> import datetime, sys
    >>> write(Report((), datetime.date(2026, 11, 22)), sys.stdout, "en")
    []
    """
    stream.write(as_json(list(records(report, language)), indent=2) + "\n")
