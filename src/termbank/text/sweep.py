"""Checks many documents in one run, and gives each back with its comments, its edits and its appendix."""

import datetime
import shutil
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from termbank.documents import reading
from termbank.documents.document import Comment, Document
from termbank.errors import FormatError
from termbank.model import Concept, Edit, Finding
from termbank.model.rules import rule
from termbank.reports.report import Block, Checked, Report
from termbank.terminology.engine import Terminology
from termbank.text import appendix, baseline
from termbank.text.check import Checker
from termbank.text.settings import matches


class Outputs(NamedTuple):
    """What is written for each document.

    Arguments:
        comments: a folder for copies with comments on the words concerned; for one document also a file name.
        fix: whether what is safe to edit is edited.
        fixed: a folder (or file name) for the edited copies; None: each document in its place.
        track: write the edits in Word files as tracked changes.
        appendix: a folder (or file name) for each document's list of concepts and legal references.
    """

    comments: Path | None = None
    fix: bool = False
    fixed: Path | None = None
    track: bool = False
    appendix: Path | None = None


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

        Arguments:
            paths: files and folders.
            progress: is told how many documents are done, of how many, and the name of the next.

        Returns:
            Every document with its findings; one that cannot be read says why.

        Raises:
            FormatError: a path that was named does not exist.
            WriteError: an output cannot be written.
        """
        files = [each for each in reading.find(paths) if not self._excluded(each)]
        several = len(files) > 1 or any(path.is_dir() for path in paths)
        documents = []
        for done, path in enumerate(files):
            progress(done, len(files), str(path))
            documents.append(self._one(path, _Targets(_root(path, paths), several)))
        progress(len(files), len(files), "")
        return Report(
            tuple(documents),
            self._on or datetime.date.today(),
            self._entries(each.findings for each in documents),
            tuple(sorted({source.info.versioned for source in self._checker.annotator.sources})),
        )

    def _excluded(self, path: Path) -> bool:
        return any(matches(str(path), pattern) for pattern in self._checker.settings.exclude)

    def _one(self, path: Path, targets: "_Targets") -> Checked:
        try:
            document = reading.read(path)
        except FormatError as error:
            refusal = error.finding or rule("document-broken").finding(path=str(path), format="", reason=str(error))
            return Checked(str(path), refused=refusal)
        outputs: list[tuple[str, str]] = []
        findings = self._checker.check(document, self._on, self._language)
        edits = apart(finding.edits for finding in findings) if self._outputs.fix else []
        if edits and document.format in reading.EDITABLE:
            target = targets.place(path, self._outputs.fixed) if self._outputs.fixed else path
            reading.edit(document, edits, target, track=self._outputs.track)
            outputs.append(("fixed", str(target)))
            document = reading.read(target)
            findings = self._checker.check(document, self._on, self._language)
        else:
            edits = []
            if self._outputs.fixed:
                shutil.copyfile(path, targets.place(path, self._outputs.fixed))
        if self._outputs.comments and document.format in reading.COMMENTABLE:
            target = targets.place(path, self._outputs.comments)
            comments = [self._comment(finding) for finding in findings]
            findings += reading.comment(document, comments, target, language=self._language)
            outputs.append(("commented", str(target)))
        if self._outputs.appendix:
            target = targets.place(path, self._outputs.appendix, ".html")
            appendix.write(self._terminology, self._checker.view(document, self._on), target, self._language)
            outputs.append(("appendix", str(target)))
        return self._checked(document, findings, outputs, len(edits))

    def _comment(self, finding: Finding) -> Comment:
        where = finding.location
        start, end = (where.start or 0, where.end or 0) if where else (0, 0)
        advice = rule(finding.rule).advice(self._language)
        parts = (finding.message(self._language), finding.hint, advice, f"termbank: {finding.rule}")
        return Comment(start, end, "\n".join(part for part in parts if part))

    def _checked(
        self, document: Document, findings: list[Finding], outputs: list[tuple[str, str]], edited: int
    ) -> Checked:
        return Checked(
            path=document.path,
            text=document.text,
            blocks=tuple(Block(s.start, s.end, s.kind, s.part, s.level) for s in document.segments),
            findings=(*document.findings, *findings),
            title=document.title,
            owner=document.owner,
            date=document.date,
            known=self._known.known(document.path, document.text, (*document.findings, *findings)),
            outputs=tuple(outputs),
            edited=edited,
        )

    def _entries(self, findings: Iterable[Sequence[Finding]]) -> dict[str, Concept]:
        names = {name for group in findings for finding in group for name in finding.concepts}
        return {name: self._terminology.concept(*name.split("#", 1)) for name in sorted(names)}


class _Targets(NamedTuple):
    """Where the outputs of a document go.

    Arguments:
        root: the folder that its name is kept from.
        several: whether there are other documents, so that every output is in a folder.
    """

    root: Path
    several: bool

    def place(self, path: Path, wanted: Path, suffix: str | None = None) -> Path:
        """Return where an output stands: in a folder under the document's own name, or as it was named."""
        if not self.several and wanted.suffix and not wanted.is_dir():
            target = wanted
        else:
            target = wanted / path.relative_to(self.root)
            target = target.with_suffix(suffix) if suffix else target
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _root(path: Path, paths: Sequence[Path]) -> Path:
    return next((each for each in paths if each.is_dir() and path.is_relative_to(each)), path.parent)


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
