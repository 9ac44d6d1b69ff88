"""Writes findings as JUnit XML, which Jenkins and GitLab show as tests."""

from typing import TextIO

from lxml import etree

from termbank.reports.characters import visible
from termbank.reports.report import Checked, Report
from termbank.reports.shown import Shown, shown
from termbank.reports.texts import text


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report as JUnit XML as Jenkins and GitLab read it: one test suite a document.

    Errors and warnings are failed tests, remarks stand in the output of the suite, what the baseline held is skipped,
    a document that could not be read is a test in error, and one without failures has one test that passed.

    Arguments:
        report: the run.
        stream: where to.
        language: of the messages.

    >>> import datetime, sys
    >>> write(Report((Checked("a.md"),), datetime.date(2026, 11, 22)), sys.stdout, "en")
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="termbank" tests="1" failures="0" errors="0" skipped="0">
      <testsuite name="a.md" tests="1" failures="0" errors="0" skipped="0" timestamp="2026-11-22T00:00:00" time="0">
        <testcase classname="a.md" name="check" file="a.md" time="0"/>
      </testsuite>
    </testsuites>
    """
    root = etree.Element("testsuites", name="termbank")
    sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for checked in report.documents:
        for name, count in _suite(root, report, checked, language).items():
            sums[name] += count
    for name, count in sums.items():
        root.set(name, str(count))
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(etree.tostring(root, encoding="unicode", pretty_print=True))


def _suite(root: etree._Element, report: Report, checked: Checked, language: str) -> dict[str, int]:
    path = visible(checked.path)
    suite = etree.SubElement(root, "testsuite", name=path)
    found = shown(report, checked, language)
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for each in found:
        if each.severity == "info" and not checked.refused:
            continue
        kind = "errors" if checked.refused else "skipped" if each.known else "failures"
        counts[kind] += 1
        counts["tests"] += 1
        case = _case(suite, path, f"{each.number} {each.finding.rule}: {each.words}".rstrip(": "))
        location = each.finding.location
        if location is not None and location.line is not None:
            case.set("line", str(location.line))
        if each.known:
            etree.SubElement(case, "skipped", message=f"{each.message} ({text('known', language)})")
        else:
            kind = "error" if checked.refused else "failure"
            failure = etree.SubElement(case, kind, message=each.message, type=f"{each.severity}.{each.finding.rule}")
            failure.text = _body(each, path)
    if not counts["tests"]:
        counts["tests"] = 1
        _case(suite, path, text("checks", language))
    remarks = [_body(each, path) for each in found if each.severity == "info" and not checked.refused]
    if remarks:
        etree.SubElement(suite, "system-out").text = "\n\n".join(remarks)
    for name, count in counts.items():
        suite.set(name, str(count))
    suite.set("timestamp", f"{report.made_on.isoformat()}T00:00:00")
    suite.set("time", "0")
    return counts


def _case(suite: etree._Element, path: str, name: str) -> etree._Element:
    return etree.SubElement(suite, "testcase", classname=path, name=name, file=path, time="0")


def _body(each: Shown, path: str) -> str:
    place = f"{path}, {each.place}" if each.place else path
    return "\n".join(piece for piece in (place, each.message, each.to_do, each.proposal) if piece)
