"""What was found the last time: known findings are marked, not hidden, and what is new stands out."""

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from termbank.errors import FormatError
from termbank.files import write_text
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
        documents: for each file name the fingerprints of its findings, with how many there were of each.
    """

    made_on: datetime.date | None = None
    documents: Mapping[str, Counter[str]] = {}

    def known(self, path: str, text: str, findings: Sequence[Finding]) -> frozenset[int]:
        """Return the positions of those findings of a document that were found the last time too."""
        left = Counter(self.documents.get(_name(path), Counter()))
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
        return Baseline()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["form"] != _FORM:
            raise FormatError(f"{path}: this baseline is of form {content['form']}, not {_FORM}; make it anew")
        documents = {name: Counter(marks) for name, marks in content["documents"].items()}
        return Baseline(datetime.date.fromisoformat(content["made_on"]), documents)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"{path}: this is no baseline; remove it, or name another with --baseline") from None


def write(path: Path, made_on: datetime.date, documents: Iterable[tuple[str, str, Sequence[Finding]]]) -> None:
    """Write what was found, for the next time.

    Arguments:
        path: the file; it is replaced whole.
        made_on: the day of the run.
        documents: file name, text and findings of each document.
    """
    content = {
        "form": _FORM,
        "made_on": made_on.isoformat(),
        "documents": {
            _name(name): dict(sorted(Counter(fingerprint(each, text) for each in findings).items()))
            for name, text, findings in documents
        },
    }
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _name(path: str) -> str:
    return Path(path).as_posix()
