"""Checks many documents in one run, and gives each back with its comments, its edits and its appendix."""

import contextlib
import datetime
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from termbank.documents import reading
from termbank.documents.document import Comment, Document
from termbank.errors import FormatError, WriteError
from termbank.files import AtomicFile, unwritable
from termbank.model import Concept, Edit, Finding, Location
from termbank.model.rules import rule
from termbank.reports.report import Block, Checked, Report
from termbank.terminology.engine import Terminology
from termbank.text import baseline
from termbank.text.check import Checker
from termbank.text.settings import matches
from termbank.text.targets import Outputs, Targets, is_produced, make_room


class Sweep:
    """One run over documents.

    Arguments:
        terminology: the bank's engine.
        checker: the rules, ready.
        outputs: what is written for each document.
        known: what was found the last time.
        on: the day that all documents are judged for; None: for each the day that it states, else today.
        language: of messages: sv or en.
    """

    def __init__(
        self,
        terminology: Terminology,
        checker: Checker,
        outputs: Outputs | None = None,
        known: baseline.Baseline | None = None,
        on: datetime.date | None = None,
        language: str = "sv",
    ) -> None:
        self._terminology = terminology
        self._checker = checker
        self._outputs = outputs or Outputs()
        self._known = known or baseline.Baseline()
        self._on = on
        self._language = language

    def run(
        self, paths: Sequence[Path], progress: Callable[[int, int, str], None] = lambda done, of, name: None
    ) -> Report:
        """Check files, and every readable document in folders.

        A document that cannot be read, or an output that cannot be written, does not end the run: a finding tells it.

        Arguments:
            paths: files and folders.
            progress: is told how many documents are done, of how many, and the name of the next.

        Returns:
            Every document with its findings; one that cannot be read says why.

        Raises:
            FormatError: a path that was named does not exist.
            WriteError: outputs would replace documents or each other; nothing was written.
        """
        files = [each for each in reading.find(paths) if not self._passed_over(each, paths)]
        targets = Targets(files, paths, self._outputs)
        documents = []
        for done, path in enumerate(files):
            progress(done, len(files), str(path))
            documents.append(self._one(path, targets))
        progress(len(files), len(files), "")
        return Report(
            tuple(documents),
            self._on or datetime.date.today(),
            self._entries(each.findings for each in documents),
            tuple(sorted({source.info.versioned for source in self._checker.annotator.sources})),
        )

    def _passed_over(self, path: Path, paths: Sequence[Path]) -> bool:
        excluded = any(matches(str(path), pattern) for pattern in self._checker.settings.exclude)
        return excluded or is_produced(path, paths, self._outputs)

    def _one(self, path: Path, targets: Targets) -> Checked:
        try:
            document = reading.read(path)
        except FormatError as error:
            refusal = error.finding or rule("document-broken").finding(path=str(path), format="", reason=str(error))
            return Checked(str(path), refused=refusal)
        view = self._checker.view(document, self._on)
        findings = self._checker.judge(view, self._language)
        written, edited = document, 0
        outputs: list[tuple[str, str]] = []
        failed: list[Finding] = []
        if self._outputs.fix:
            target = targets.place("fixed", path) if self._outputs.fixed else path
            with _told(document, target, failed):
                written, edited = self._mended(document, findings, target)
                if edited:
                    outputs.append(("fixed", str(target)))
                    document = replace(written, path=document.path, findings=document.findings)
                    view = self._checker.view(document, self._on)
                    findings = self._checker.judge(view, self._language)
        if self._outputs.comments and document.format in reading.COMMENTABLE:
            target = targets.place("comments", path)
            with _told(document, target, failed):
                comments = [self._comment(finding) for finding in findings]
                moved = reading.comment(written, comments, make_room(target), language=self._language)
                findings += [_at(finding, document.path) for finding in moved]
                outputs.append(("commented", str(target)))
        if self._outputs.appendix:
            from termbank.text import appendix

            target = targets.place("appendix", path)
            with _told(document, target, failed):
                appendix.write(self._terminology, view, make_room(target), self._language, mask=self._outputs.mask)
                outputs.append(("appendix", str(target)))
        return self._checked(document, (*failed, *document.findings, *findings), outputs, edited)

    def _mended(self, document: Document, findings: Sequence[Finding], target: Path) -> tuple[Document, int]:
        """Write a document with what is safe to edit edited; return it as it then is, and how many places changed."""
        edits = apart(finding.edits for finding in findings) if document.format in reading.EDITABLE else []
        if edits:
            reading.edit(document, edits, make_room(target), track=self._outputs.track)
            return reading.read(target), len(edits)
        if target != Path(document.path):
            _copy(Path(document.path), make_room(target))
        return document, 0

    def _comment(self, finding: Finding) -> Comment:
        where = finding.location
        start, end = (where.start or 0, where.end or 0) if where else (0, 0)
        advice = rule(finding.rule).advice(self._language)
        parts = (finding.message(self._language), finding.hint, advice, f"termbank: {finding.rule}")
        return Comment(start, end, "\n".join(part for part in parts if part))

    def _checked(
        self, document: Document, findings: tuple[Finding, ...], outputs: list[tuple[str, str]], edited: int
    ) -> Checked:
        return Checked(
            path=document.path,
            text=document.text,
            blocks=tuple(Block(s.start, s.end, s.kind, s.part, s.level) for s in document.segments),
            findings=findings,
            title=document.title,
            owner=document.owner,
            date=document.date,
            known=self._known.known(document.path, document.text, findings),
            outputs=tuple(outputs),
            edited=edited,
        )

    def _entries(self, findings: Iterable[Sequence[Finding]]) -> dict[str, Concept]:
        names = {name for group in findings for finding in group for name in finding.concepts}
        return {name: self._terminology.concept(*name.split("#", 1)) for name in sorted(names)}


@contextlib.contextmanager
def _told(document: Document, target: Path, failed: list[Finding]) -> Iterator[None]:
    """Make a finding of an output that cannot be written, so that the run goes on."""
    try:
        yield
    except (FormatError, WriteError) as error:
        finding = rule("document-not-written").finding(
            location=Location(path=document.path), hint=str(error), path=str(target)
        )
        failed.append(finding)


def _at(finding: Finding, path: str) -> Finding:
    """Return a finding of a copy as one of its document."""
    location = (finding.location or Location()).model_copy(update={"path": path})
    return finding.model_copy(update={"location": location})


def _copy(source: Path, target: Path) -> None:
    """Copy a document in which there is nothing to edit, so that the folder of copies is whole."""
    with AtomicFile(target, private=False, like=source) as file:
        try:
            with source.open("rb") as data:
                shutil.copyfileobj(data, file.file)
        except OSError as error:
            raise unwritable(target, error) from error
        file.commit()


def apart(edits: Iterable[Sequence[Edit]]) -> list[Edit]:
    """Return edits that do not touch each other, in the order of the text; of two that do, the first stays.

    >>> apart([[Edit(start=0, end=3, text="a")], [Edit(start=2, end=5, text="b"), Edit(start=7, end=8, text="c")]])
    [Edit(start=0, end=3, text='a'), Edit(start=7, end=8, text='c')]
    """
    order = count()
    ranked = sorted((edit.start, next(order), edit) for group in edits for edit in group)
    kept: list[Edit] = []
    for _, _, edit in ranked:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
