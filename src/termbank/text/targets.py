"""Where the outputs of a run go; what could not end well is refused before anything is read or written."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from termbank.documents import reading
from termbank.errors import WriteError
from termbank.files import absolute, unwritable
from termbank.reports.markup import GENERATOR

Kind = Literal["comments", "fixed", "appendix"]

_APPENDIX = (".html", ".htm", ".md")
_STANDARD_INPUT = "standard-input.txt"


class Outputs(NamedTuple):
    """What is written for each document.

    Arguments:
        comments: a folder for copies with comments on the words concerned; for one document also a file name.
        fix: whether what is safe to edit is edited.
        fixed: a folder (or file name) for the edited copies; None: each document in its place.
        track: write the edits in Word files as tracked changes.
        appendix: a folder (or file name) for each document's list of concepts and legal references.
        report: the file of the run's report, so that a report in a folder is not checked itself.
        mask: whether the lists shall have no words of the documents, not even a title.
    """

    comments: Path | None = None
    fix: bool = False
    fixed: Path | None = None
    track: bool = False
    appendix: Path | None = None
    report: Path | None = None
    mask: bool = False

    @property
    def wanted(self) -> dict[Kind, Path]:
        """The places that are asked for, by kind."""
        named: dict[Kind, Path | None] = {"comments": self.comments, "fixed": self.fixed, "appendix": self.appendix}
        return {kind: wanted for kind, wanted in named.items() if wanted is not None}


class Targets:
    """The files that a run will write.

    In a folder each output has the name that its document has below the folder that was searched, or below the nearest
    folder that holds all that was named.

    Arguments:
        files: the documents.
        paths: what was named: files and folders.
        outputs: what is asked for.

    Raises:
        WriteError: an output would replace a document or another output, cannot be written for the one document that
            was named, or its place is no folder where it has to be one.
    """

    def __init__(self, files: Sequence[Path], paths: Sequence[Path], outputs: Outputs) -> None:
        self._several = len(files) > 1 or any(path.is_dir() for path in paths)
        self._root = _root(paths)
        self._places: dict[tuple[Kind, Path], Path] = {}
        if not self._several:
            _refuse_formats(files, outputs)
        taken = {_key(path): path for path in files if path != reading.STANDARD_INPUT}
        for kind, wanted in outputs.wanted.items():
            for path, place in zip(files, self._all(kind, wanted, files), strict=True):
                if _key(place) in taken:
                    raise _taken(place, path, taken[_key(place)])
                taken[_key(place)] = place
                self._places[kind, path] = place
        if outputs.report is not None and _key(outputs.report) in taken:
            raise WriteError(f"{outputs.report}: this is one of the documents, or of their outputs; name another file.")

    def place(self, kind: Kind, path: Path) -> Path:
        """Return where an output of a document shall stand."""
        return self._places[kind, path]

    def _all(self, kind: Kind, wanted: Path, files: Sequence[Path]) -> list[Path]:
        """Return the place of every document's output of a kind."""
        if self._is_file(kind, wanted, files):
            return [wanted]
        below = [_below(path, self._root) for path in files]
        if kind != "appendix":
            return [wanted / each for each in below]
        lists = [each.with_suffix(".html") for each in below]
        count = Counter(map(_key, lists))
        return [
            wanted / (each if count[_key(each)] == 1 else one.with_name(f"{one.name}.html"))
            for each, one in zip(lists, below, strict=True)
        ]

    def _is_file(self, kind: Kind, wanted: Path, files: Sequence[Path]) -> bool:
        """Tell whether a place is one file, by its name; otherwise it is a folder."""
        suffix = wanted.suffix.lower()
        if wanted.is_dir() or not files:
            return False
        if not wanted.exists() and suffix not in reading.EXTENSIONS:
            return False
        if self._several:
            raise WriteError(f"{wanted}: there are several documents to write; name a folder.")
        allowed = _APPENDIX if kind == "appendix" else (files[0].suffix.lower(),)
        if suffix not in allowed:
            raise WriteError(f"{wanted}: name it {' or '.join(allowed)}, as it will be written; or name a folder.")
        return True


def is_produced(path: Path, paths: Sequence[Path], outputs: Outputs) -> bool:
    """Tell whether a file that was found in a folder is an output of an earlier run there, and so no document.

    >>> is_produced(Path("R/UT/a.docx"), [Path("R")], Outputs(comments=Path("R/UT")))
    True
    """
    if any(_key(path) == _key(each) for each in paths):
        return False
    if outputs.report is not None and _key(path) == _key(outputs.report):
        return _is_page(path)
    searched = [absolute(each) for each in paths]
    here = absolute(path)
    for wanted in outputs.wanted.values():
        folder = absolute(wanted)
        inside = any(folder != each and folder.is_relative_to(each) for each in searched)
        if inside and here.is_relative_to(folder):
            return True
    return False


def _is_page(path: Path) -> bool:
    """Tell a page that we wrote from a document that only has the name that a report shall have."""
    try:
        with path.open("rb") as file:
            return GENERATOR.encode() in file.read(1000)
    except OSError:
        return False


def _refuse_formats(files: Sequence[Path], outputs: Outputs) -> None:
    """Refuse what cannot be written for the one document that was named; of many, some can."""
    for path in files:
        name = "text" if path == reading.STANDARD_INPUT else reading.format_name(path)
        if name is None:
            continue
        shown = "text on standard input" if path == reading.STANDARD_INPUT else path
        if outputs.comments and name not in reading.COMMENTABLE:
            listed = ", ".join(sorted(reading.COMMENTABLE))
            raise WriteError(f"{shown}: comments can be written into {listed} only; a report shows the text marked.")
        if outputs.fix and (name not in reading.EDITABLE or path == reading.STANDARD_INPUT):
            listed = ", ".join(sorted(reading.EDITABLE))
            raise WriteError(f"{shown}: words can be changed in files of {listed} only.")


def _root(paths: Sequence[Path]) -> Path:
    """Return the nearest folder that holds everything that was named."""
    folders = [absolute(path if path.is_dir() else path.parent) for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on Windows: on several drives
        return Path(folders[0])


def _below(path: Path, root: Path) -> Path:
    if path == reading.STANDARD_INPUT:
        return Path(_STANDARD_INPUT)
    full = absolute(path)
    return full.relative_to(root) if full.is_relative_to(root) else Path(path.name)


def _key(path: Path) -> str:
    """Return what two names of one file have in common, also where case is no difference."""
    return os.path.realpath(path).casefold()


def _taken(place: Path, path: Path, by: Path) -> WriteError:
    if _key(place) == _key(path) and place is not path:
        return WriteError(f"{place}: this is the document itself; name another file or folder for the copy.")
    return WriteError(f"{place}: something else of this run stands here ({by}); give each output a place of its own.")


def make_room(place: Path) -> Path:
    """Make the folder that a file will stand in, and return the file's place.

    Raises:
        WriteError: the folder cannot be made.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(place, error) from error
    return place
