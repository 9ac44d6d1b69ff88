"""Writes findings for a terminal: where, what, the words in their line, and what to do."""

import os
import shutil
import textwrap
from typing import TextIO

import click

from termbank.model import Location
from termbank.model.parts import part_text
from termbank.reports.characters import one_line, width
from termbank.reports.counting import summary
from termbank.reports.places import excerpt
from termbank.reports.report import Checked, Report
from termbank.reports.shown import SYMBOLS, Shown, shown
from termbank.reports.texts import text

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def write(report: Report, stream: TextIO, language: str) -> None:
    """Write a report for people at a terminal (WCAG 2.1, 1.4.1: severity by sign and word, colour only as a help).

    Colours are left out where the stream is no terminal or NO_COLOR is set. Advice that is the
    same for many findings of a document is given once.

    Arguments:
        report: the run.
        stream: where to.
        language: `sv` or `en`.

    >>> import datetime, sys
    >>> from termbank.model import Finding
    >>> found = Finding(rule="no-mapping", severity="warning", location=Location(line=1, column=5, start=4, end=7),
    ...                 arguments=(("code", "ord"), ("to", "ksi")))
    >>> checked = Checked("a.md", "två ord till", findings=(found,))
    >>> write(Report((checked,), datetime.date(2026, 11, 22)), sys.stdout, "sv")
    a.md:1:5  ! varning: ord har ingen översättning till ksi. [no-mapping]
      | två ord till
      |     ^^^
      Råd: Lägg till en mappning, eller bestäm i profilen vad som ska hända.
    <BLANKLINE>
    1 varning i 1 dokument.
    """
    screen = _Screen(stream, language)
    for checked in report.documents:
        screen.document(report, checked)
    for place, sentence in enumerate(summary(report, language)):
        stream.write(screen.styled(sentence, bold=place == 0) + "\n")


class _Screen:
    """A terminal of a width, with colours or without."""

    def __init__(self, stream: TextIO, language: str) -> None:
        self.stream = stream
        self.language = language
        self.width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))
        self.colour = stream.isatty() and not os.environ.get("NO_COLOR")
        encoding = getattr(stream, "encoding", None) or "utf-8"
        self.encoding = "utf-8" if encoding.lower().startswith("utf") else encoding

    def styled(self, said: str, **style: object) -> str:
        """Return a text with colour or weight, where the terminal has it, in its encoding."""
        said = said.encode(self.encoding, "replace").decode(self.encoding)
        return click.style(said, **style) if self.colour else said  # type: ignore[arg-type]

    def document(self, report: Report, checked: Checked) -> None:
        """Write the findings of a document."""
        advised: set[str] = set()
        for each in shown(report, checked, self.language):
            self._head(checked, each)
            if not report.mask:
                self._excerpt(checked, each)
            if each.advice and each.advice not in advised:
                advised.add(each.advice)
                self._labelled("advice", each.advice)
            if each.hint:
                self._labelled("note", each.hint)
            if each.proposal:
                self._labelled("proposal", f"{each.proposal}.")
            self.stream.write("\n")

    def _head(self, checked: Checked, each: Shown) -> None:
        """Write where, how bad and what: on one line where there is room, else the message under it."""
        where = one_line(_where(checked.path, each.finding.location, self.language))
        severity = f"{SYMBOLS[each.severity]} {text(each.severity, self.language)}"
        known = f" ({text('known', self.language)})" if each.known else ""
        name = f"[{each.finding.rule}]"
        fits = width(f"{where}  {severity}{known}: {each.message} {name}") <= self.width
        head = (
            f"{self.styled(where, bold=True)}  {self.styled(severity, fg=_COLOURS[each.severity], bold=True)}"
            f"{self.styled(known)}"
        )
        named = self.styled(name, dim=True)
        if fits:
            self.stream.write(f"{head}: {self.styled(each.message)} {named}\n")
            return
        body = "\n".join(_wrapped(f"  {each.message}", self.width, "  "))
        self.stream.write(f"{head} {named}\n{self.styled(body)}\n")

    def _excerpt(self, checked: Checked, each: Shown) -> None:
        """Write the line with its words, and carets under them."""
        found = excerpt(checked, each.finding, self.width - 4)
        if found is None:
            return
        bar = self.styled("  | ", dim=True)
        words = self.styled(found.words, fg=_COLOURS[each.severity], bold=True)
        carets = " " * width(found.before) + "^" * max(1, width(found.words))
        self.stream.write(f"{bar}{self.styled(found.before)}{words}{self.styled(found.after)}\n")
        self.stream.write(f"{bar}{self.styled(carets, fg=_COLOURS[each.severity])}\n")

    def _labelled(self, key: str, body: str) -> None:
        label = text(key, self.language)
        lines = _wrapped(f"  {label}: {body}", self.width, " " * (len(label) + 4))
        head = "\n".join(lines)
        after = len(label) + 3
        self.stream.write(self.styled(head[:after], dim=True) + self.styled(head[after:]) + "\n")


def _where(path: str, location: Location | None, language: str) -> str:
    """Write `path:line:column`, or the path with the part of the document; what an editor can follow comes first."""
    if location is None:
        return path
    numbers = [str(number) for number in (location.line, location.column) if number is not None]
    place = ":".join([path, *numbers])
    return f"{place} ({part_text(location.part, language)})" if location.part else place


def _wrapped(body: str, columns: int, indent: str) -> list[str]:
    return textwrap.wrap(
        body, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False, drop_whitespace=True
    )
