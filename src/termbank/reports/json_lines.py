"""Writes findings as JSON Lines: one finding a line, for programs."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from termbank.reports.report import Checked, Report
from termbank.reports.shown import Shown, shown

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACE = ("line", "column", "start", "end", "part")


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as JSON Lines (RFC 8259, one object a line), without the keys that nothing is known of.

    Arguments:
        report: the run.
        stream: where to.
        language: of `message` and `hint`.

    >>> import datetime, sys
    >>> from termbank.model.rules import rule
    >>> checked = Checked("a.docx", refused=rule("no-such-file").finding())
    >>> write(Report((checked,), datetime.date(2026, 11, 22)), sys.stdout, "en")
    {"rule": "no-such-file", "severity": "error", "message": "There is no such file or folder.",
     "location": {"path": "a.docx"}, "hint": "Check the name, and the folder you are in."}
    """
    for record in records(report, language):
        stream.write(as_json(record) + "\n")


def as_json(value: Any, indent: int | None = None) -> str:
    r"""Write a value as JSON that every encoding can hold: lone surrogates are escaped.

    >>> as_json({"text": "\ud800"})
    '{"text": "\\ud800"}'
    """
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def records(report: Report, language: str) -> Iterator[dict[str, Any]]:
    """Yield every finding of a run as plain data, by document; see docs for the keys.

    Arguments:
        report: the run.
        language: of `message` and `hint`.

    Returns:
        Findings; `known` stands only in those that the baseline held; a refused document is a finding.
    """
    for checked in report.documents:
        for each in shown(report, checked, language):
            yield _record(checked, each, report.mask)


def _record(checked: Checked, each: Shown, mask: bool) -> dict[str, Any]:
    finding = each.finding
    location: dict[str, Any] = {"path": checked.path}
    if finding.location is not None:
        found = finding.location.model_dump(include=set(_PLACE), exclude_none=True)
        location.update((key, found[key]) for key in _PLACE if key in found)
    record: dict[str, Any] = {
        "rule": finding.rule, "severity": each.severity, "message": each.message, "location": location
    }  # fmt: skip
    if not mask and finding.value is not None:
        record["value"] = finding.value
    if each.to_do:
        record["hint"] = each.to_do
    if not mask and finding.concepts:
        record["concepts"] = list(finding.concepts)
    if not mask and finding.edits:
        record["edits"] = [edit.model_dump() for edit in finding.edits]
    if each.known:
        record["known"] = True
    return record
