"""What was found the last time: known findings are marked, not hidden, and what is new stands out."""

import datetime
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from termbank.errors import FormatError
from termbank.files import absolute, write_text
from termbank.language.words import words
from termbank.model.finding import Finding

_FORM = 1
_AROUND = 120
"""How many characters on each side are looked at for the words that tell one place from another."""

_SENTENCE = re.compile(r"[.!?\n]")


class Baseline(NamedTuple):
    """The findings of an earlier run.

    Arguments:
        made_on: the day of that run.
        documents: for each document the fingerprints of its findings, with how many there were of each; documents are
            named from the baseline's folder, so it does not matter how and from where they are named.
        folder: that folder.
    """

    made_on: datetime.date | None = None
    documents: Mapping[str, Counter[str]] = {}
    folder: Path = Path()

    def known(self, path: str, text: str, findings: Sequence[Finding]) -> frozenset[int]:
        """Return the positions of those findings of a document that were found the last time too."""
        left = Counter(self.documents.get(_name(path, self.folder), Counter()))
        positions = []
        for position, finding in enumerate(findings):
            mark = fingerprint(finding, text)
            if left[mark] > 0:
                left[mark] -= 1
                positions.append(position)
        return frozenset(positions)


def fingerprint(finding: Finding, text: str) -> str:
    """Return what tells a finding from others in its document, also when the text before it has changed.

    It is made of the rule, the words and those around them in the sentence, folded; not of places or the message.
    """
    around = ""
    if finding.location and finding.location.start is not None and finding.location.end is not None:
        start, end = finding.location.start, finding.location.end
        before = _SENTENCE.split(text[max(0, start - _AROUND) : start])[-1]
        after = _SENTENCE.split(text[end : end + _AROUND])[0]
        around = " ".join(words(before)[-3:] + words(after)[:3])
    value = " ".join(words(finding.value or ""))
    return hashlib.sha256(f"{finding.rule}\n{value}\n{around}".encode()).hexdigest()[:16]


def read(path: Path) -> Baseline:
    """Read a baseline; one that does not exist yet is empty.

    Raises:
        FormatError: the file is no baseline, or of a newer form.
    """
    if not path.exists():
        return Baseline(folder=path.parent)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["form"] != _FORM:
            raise FormatError(f"{path}: this baseline is of form {content['form']}, not {_FORM}; make it anew")
        documents = {name: Counter(marks) for name, marks in content["documents"].items()}
        return Baseline(datetime.date.fromisoformat(content["made_on"]), documents, path.parent)
    except OSError as error:
        raise FormatError(f"{path}: the baseline cannot be read ({error.strerror}); name another file.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"{path}: this is no baseline; remove it, or name another with --baseline") from None


def write(
    path: Path,
    made_on: datetime.date,
    documents: Iterable[tuple[str, str, Sequence[Finding]]],
    before: Baseline | None = None,
    searched: Sequence[Path] = (),
) -> None:
    """Write what was found, for the next time.

    Arguments:
        path: the file; it is replaced whole.
        made_on: the day of the run.
        documents: file name, text and findings of each document that was read.
        before: the baseline until now; what it says of documents that were not read this time is kept.
        searched: files and folders that the run was about; what was in them and is there no more is forgotten.

    Raises:
        WriteError: it cannot be written; what stood there is as it was.
    """
    folder = path.parent
    marks = {
        name: counts for name, counts in (before or Baseline()).documents.items() if _lives(folder / name, searched)
    }
    for name, text, findings in documents:
        marks[_name(name, folder)] = Counter(fingerprint(each, text) for each in findings)
    content = {
        "form": _FORM,
        "made_on": made_on.isoformat(),
        "documents": {name: dict(sorted(marks[name].items())) for name in sorted(marks)},
    }
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _lives(document: Path, searched: Sequence[Path]) -> bool:
    """Tell whether a document is there, or was not looked for."""
    full = absolute(document)
    return document.exists() or not any(full.is_relative_to(absolute(each)) for each in searched)


def _name(path: str, folder: Path) -> str:
    """Return the name of a document as it is from a folder; on Windows one on another drive keeps its own."""
    if path == "-":
        return path
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return absolute(path).as_posix()
