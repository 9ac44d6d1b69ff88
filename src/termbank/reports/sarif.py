"""Writes findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from typing import Any, TextIO

from termbank.reports.json_lines import as_json
from termbank.reports.report import Checked, Report
from termbank.reports.sarif_places import Fingerprints, artifact, uri, where
from termbank.reports.sarif_rules import LEVELS, described, message, ordered_arguments
from termbank.reports.shown import Shown, shown
from termbank.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as a SARIF 2.1.0 log (OASIS, with Errata 01) of one run.

    Arguments:
        report: the run.
        stream: where to.
        language: of the messages; the rules have their texts in both.

    >>> import datetime, io, json
    >>> stream = io.StringIO()
    >>> write(Report((Checked("a.md"),), datetime.date(2026, 11, 22)), stream, "sv")
    >>> json.loads(stream.getvalue())["runs"][0]["invocations"]
    [{'executionSuccessful': True}]
    """
    stream.write(as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, language)]}, indent=1) + "\n")


def _run(report: Report, language: str) -> dict[str, Any]:
    read = [checked for checked in report.documents if checked.refused is None]
    rules = list(dict.fromkeys(finding.rule for checked in read for finding in checked.findings))
    refused = [checked for checked in report.documents if checked.refused is not None]
    refusals = list(dict.fromkeys(checked.refused.rule for checked in refused if checked.refused))
    paths = list(dict.fromkeys(checked.path for checked in report.documents))
    indexes = {path: index for index, path in enumerate(paths)}
    positions = {rule_id: index for index, rule_id in enumerate(rules)}
    compared = any(checked.known for checked in read)
    results = [
        result
        for checked in read
        for result in _results(report, checked, language, positions, indexes[checked.path], compared)
    ]
    driver: dict[str, Any] = {
        "name": "termbank",
        "version": __version__,
        "language": "sv-SE" if language == "sv" else "en",
        "rules": [described(rule_id, language) for rule_id in rules],
    }
    if refusals:
        driver["notifications"] = [described(rule_id, language) for rule_id in refusals]
    invocation: dict[str, Any] = {"executionSuccessful": not refused}
    if refused:
        invocation["toolExecutionNotifications"] = [
            notification
            for checked in refused
            for notification in _notifications(report, checked, language, indexes[checked.path])
        ]
    return {
        "tool": {"driver": driver},
        "language": "sv-SE" if language == "sv" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [{"location": {"uri": uri(path)}, "roles": ["analysisTarget"]} for path in paths],
        "results": results,
        "properties": {"checkedOn": report.made_on.isoformat(), "banks": list(report.banks)},
    }


def _results(
    report: Report, checked: Checked, language: str, positions: dict[str, int], index: int, compared: bool
) -> list[dict[str, Any]]:
    fingerprints = Fingerprints(checked, report.mask)
    results = []
    for each in shown(report, checked, language):
        finding = each.finding
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": positions[finding.rule],
            "level": LEVELS[each.severity],
            "message": _said(each, language, report.mask),
            "locations": [where(checked, finding, index, report.mask)],
            "partialFingerprints": {"termbank/v1": fingerprints.of(finding)},
        }
        if compared:
            result["baselineState"] = "unchanged" if each.known else "new"
        if not report.mask and (changes := _fixes(checked, each, index)):
            result["fixes"] = changes
        extra = {"hint": finding.hint, "concepts": list(finding.concepts), "place": each.place}
        if report.mask:
            extra = {"place": each.place}
        if said := {key: value for key, value in extra.items() if value}:
            result["properties"] = said
        results.append(result)
    return results


def _said(each: Shown, language: str, mask: bool) -> dict[str, Any]:
    """Return the message: its text, and (unless masked) the rule's own text with its arguments."""
    said: dict[str, Any] = {"text": message(each.message)}
    if not mask:
        said["id"] = "sv" if language == "sv" else "en"
        said["arguments"] = ordered_arguments(each.finding)
    return said


def _fixes(checked: Checked, each: Shown, index: int) -> list[dict[str, Any]]:
    """Return the change that would mend a finding, where offsets in the text are offsets in the file."""
    place = where(checked, each.finding, index, mask=True)
    if not each.finding.edits or "charOffset" not in place["physicalLocation"].get("region", {}):
        return []
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.text},
        }
        for edit in sorted(each.finding.edits, key=lambda edit: edit.start)
    ]
    return [
        {
            "description": {"text": message(each.proposal)},
            "artifactChanges": [{"artifactLocation": artifact(checked, index), "replacements": replacements}],
        }
    ]


def _notifications(report: Report, checked: Checked, language: str, index: int) -> list[dict[str, Any]]:
    return [
        {
            "descriptor": {"id": each.finding.rule},
            "level": "error",
            "message": {"text": message(" ".join(piece for piece in (each.message, each.to_do) if piece))},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(checked, index)}}],
        }
        for each in shown(report, checked, language)
    ]
