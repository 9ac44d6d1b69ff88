"""The one way in to documents of any format: read them, find them, comment them, edit them."""

import datetime
import importlib
import os
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from termbank.documents.document import Comment, Document
from termbank.documents.refusal import refusal, shown_size
from termbank.errors import FormatError
from termbank.model import Edit, Finding, Location
from termbank.model.rules import rule


class Format(NamedTuple):
    """A format of documents.

    Arguments:
        name: as in `Document.format`.
        module: the module that reads it, and comments and edits it where it can.
        extensions: of the names of such files.
        comments: whether comments can be written into it.
        edits: whether its words can be changed.
    """

    name: str
    module: str
    extensions: tuple[str, ...]
    comments: bool = False
    edits: bool = False


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("docx", "docx", (".docx",), comments=True, edits=True),
        Format("odt", "odt", (".odt",), comments=True),
        Format("html", "html", (".html", ".htm", ".xhtml"), edits=True),
        Format("markdown", "markdown", (".md", ".markdown", ".mdown", ".mkd"), edits=True),
        Format("pdf", "pdf", (".pdf",)),
        Format("xlsx", "sheet", (".xlsx",)),
        Format("text", "plain", (".txt", ".text"), edits=True),
    )
}
"""What can be read, and what can be done with it."""

EDITABLE = frozenset(name for name, each in FORMATS.items() if each.edits)
COMMENTABLE = frozenset(name for name, each in FORMATS.items() if each.comments)

STANDARD_INPUT = Path("-")
"""The path that stands for text on the standard input."""

_BY_EXTENSION = {extension: each for each in FORMATS.values() for extension in each.extensions}

EXTENSIONS = frozenset(_BY_EXTENSION)
"""Of the names of files that can be read."""

_OLD = {".doc": "docx", ".dot": "docx", ".xls": "xlsx", ".ppt": "pdf", ".rtf": "docx"}
_MACROS = {".docm", ".dotm", ".xlsm", ".xlsb", ".pptm"}
_SIMILAR = {
    ".dotx": "docx",
    ".ott": "odt",
    ".ods": "xlsx",
    ".pptx": "pdf",
    ".odp": "pdf",
    ".pages": "docx",
    ".csv": "xlsx",
}
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKS = ("~$", ".~lock", "._")
_TOLD = {".doc", ".docm", ".rtf", ".xls", ".xlsm"}
"""What in a folder is told though it cannot be read: its reader thinks that it is checked."""
_FOUND = EXTENSIONS | _TOLD


def read(path: Path | str, format: str | None = None) -> Document:
    """Read a document.

    Arguments:
        path: the file; `-` is text on the standard input.
        format: one of `FORMATS`; None: as its extension says. What is in the file must be what it is called.

    Returns:
        The document.

    Raises:
        FormatError: there is no such file, it cannot be read as what it is called, or its format is none that is read.
        ValueError: there is no such format.
    """
    path = Path(path)
    if path == STANDARD_INPUT and format in (None, "text"):
        return _standard_input()
    chosen = _format(path, format)
    _check_content(path, chosen)
    return _module(chosen).read(path)  # type: ignore[no-any-return]


def comment(
    document: Document,
    comments: Sequence[Comment],
    target: Path | str,
    author: str = "termbank",
    date: datetime.datetime | None = None,
    *,
    language: str = "sv",
) -> tuple[Finding, ...]:
    """Write a copy of a document with comments on the words they are about.

    Arguments:
        document: as `read` gave it; its file must still be the same.
        comments: what to say.
        target: the copy.
        author: who says it.
        date: when; None: now.
        language: of what a comment says when it has to stand elsewhere: sv or en.

    Returns:
        A finding for each comment that had to stand elsewhere.

    Raises:
        FormatError: the file changed since it was read, or comments cannot be written into its format.
        WriteError: the copy cannot be written.
    """
    if document.format not in COMMENTABLE:
        raise _cannot(document, "comments cannot be written into", COMMENTABLE)
    module = _unchanged(document)
    found: tuple[Finding, ...] = module.comment(
        Path(document.path), comments, Path(target), author, date, language=language
    )
    return found


def edit(
    document: Document,
    edits: Sequence[Edit],
    target: Path | str,
    *,
    track: bool = False,
    author: str = "termbank",
    date: datetime.datetime | None = None,
) -> None:
    """Write a document with some words changed, and everything else as it was.

    Arguments:
        document: as `read` gave it; its file must still be the same.
        edits: the changes; they do not overlap, and each stands within one segment.
        target: the file to write; it may be the document's own.
        track: whether to write tracked changes, which only docx has; elsewhere the words are replaced.
        author, date: of tracked changes; None: now.

    Raises:
        FormatError: the file changed since it was read, or words cannot be changed in its format.
        ValueError: two edits overlap, or one reaches over two segments.
        WriteError: the target cannot be written.
    """
    if document.format not in EDITABLE:
        raise _cannot(document, "words cannot be changed in", EDITABLE)
    for each in edits:
        segment = document.segment(each.start)
        if each.start < each.end and (segment is None or each.end > segment.end):
            raise ValueError(f"the edit of {each.start} to {each.end} does not stand within one segment")
    module = _unchanged(document)
    path = Path(document.path)
    if document.format == "docx":
        module.edit(path, edits, Path(target), track=track, author=author, date=date)
    else:
        module.edit(path, edits, Path(target))


def format_name(path: Path) -> str | None:
    """Return the format that the name of a file says, or None.

    >>> format_name(Path("Rutin.DOCX")), format_name(Path("bild.png"))
    ('docx', None)
    """
    found = _BY_EXTENSION.get(path.suffix.lower())
    return found.name if found else None


def find(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that were named, and every readable document in the folders that were.

    Hidden files and folders, and the lock files of Word and LibreOffice, are passed over. A folder that several links
    lead to is searched once. Files of Word and Excel that are too old to be read, or have macros, are among what is
    returned, and folders that cannot be opened: `read` says why it does not read them.

    Arguments:
        paths: files and folders.

    Returns:
        The files of each path in order of their names; none twice.

    Raises:
        FormatError: a path that was named does not exist.
    """
    found: dict[Path, None] = {}
    visited: set[tuple[int, int]] = set()
    for path in map(Path, paths):
        if path == STANDARD_INPUT:
            found[path] = None
        elif path.is_dir():
            found.update(dict.fromkeys(_inside(path, visited)))
        elif path.exists():
            found[path] = None
        else:
            raise refusal("document-not-found", path)
    return list(found)


def _inside(folder: Path, visited: set[tuple[int, int]]) -> list[Path]:
    """Return the readable documents in a folder and those below it."""
    files: list[Path] = []
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, followlinks=True, onerror=closed.append):
        try:
            status = Path(parent).stat()
        except OSError:
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in visited:
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in _FOUND and not name.startswith((".", *_LOCKS)) and path.is_file():
                files.append(path)
    return sorted([*files, *(Path(error.filename) for error in closed)])


def _format(path: Path, name: str | None) -> Format:
    """Return the format that is asked for, or that the name of a file says.

    Raises:
        FormatError: it is none that is read.
        ValueError: there is no such format.
    """
    if name is not None:
        if name not in FORMATS:
            raise ValueError(f"there is no format {name!r}; the formats are {', '.join(FORMATS)}")
        return FORMATS[name]
    extension = path.suffix.lower()
    if extension in _BY_EXTENSION:
        return _BY_EXTENSION[extension]
    if not path.exists():
        raise refusal("document-not-found", path)
    if path.is_dir():
        raise refusal("document-unreadable", path)
    if extension in _MACROS:
        raise refusal("document-with-macros", path)
    if extension in _OLD:
        rule_id = "document-old-format" if _old(path) else "document-unsupported"
        raise _advised(rule_id, path, _OLD[extension])
    raise _advised("document-unsupported", path, _SIMILAR.get(extension))


def _old(path: Path) -> bool:
    """Tell a compound file ([MS-CFB]), as the old formats of Office are."""
    try:
        with path.open("rb") as file:
            return file.read(8) == _OLE2
    except OSError:
        return False


def _advised(rule_id: str, path: Path, better: str | None) -> FormatError:
    """Return the error for a file that could be saved in a better format."""
    if better is None:
        return refusal(rule_id, path)
    finding = refusal(rule_id, path).finding.model_copy(update={"hint": f"{path.suffix} → .{better}"})
    return FormatError(f"{path}: this format is not read; open it in its program and save it as {better}.", finding)


def _check_content(path: Path, chosen: Format) -> None:
    """Tell early when a file is something else than its name says.

    Raises:
        FormatError: it is.
    """
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except FileNotFoundError as error:
        raise refusal("document-not-found", path) from error
    except OSError as error:
        raise refusal("document-unreadable", path) from error
    found = _looks_like(path, start)
    if found is None or found == chosen.name or (found == "ole2" and chosen.name in ("docx", "odt", "xlsx")):
        return  # an old or protected file of Office: the reader of packages tells which
    finding = refusal("document-broken", path, format=chosen.name).finding
    if found not in FORMATS:
        raise FormatError(f"{path}: this is not {chosen.name} but {found}; save it anew as {chosen.name}.", finding)
    better = FORMATS[found].extensions[0]
    raise FormatError(
        f"{path}: this is not {chosen.name} but {found}; give it its right name ({better}).",
        finding.model_copy(update={"hint": f"{path.suffix} → {better}"}),
    )


def _looks_like(path: Path, start: bytes) -> str | None:
    """Return what a file is by its first bytes; None: it may be text, or cannot be told."""
    signatures = (
        (b"%PDF-", "pdf"), (_OLE2, "ole2"), (b"{\\rtf", "rtf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"),
        (b"GIF8", "gif"), (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"),
    )  # fmt: skip
    for signature, name in signatures:
        if start.startswith(signature):
            return name
    if not start.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(name.startswith("word/") for name in names):
                return "docx"
            if any(name.startswith("xl/") for name in names):
                return "xlsx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
                return "odt" if kind.startswith(b"application/vnd.oasis.opendocument.text") else "zip"
    except Exception:  # a damaged archive is told by the reader of packages
        return None
    return (
        "zip" if not any(name.lower().startswith(("[content", "meta-inf", "content.xml")) for name in names) else None
    )


def _standard_input() -> Document:
    from dataclasses import replace

    from termbank.documents import limits, plain
    from termbank.documents.encoding import decode

    data = sys.stdin.buffer.read(limits.TEXT_BYTES + 1)
    if len(data) > limits.TEXT_BYTES:
        limit = shown_size(limits.TEXT_BYTES)
        raise refusal("document-too-large", "-", size=f"> {limit}", limit=limit)
    source = decode(data, "-")
    return replace(plain.document(source.text, "-"), findings=source.findings("-"))


def _module(chosen: Format) -> Any:
    return importlib.import_module(f"termbank.documents.{chosen.module}")


def _unchanged(document: Document) -> Any:
    """Return the module for a document, after making sure that its file is as it was read.

    Raises:
        FormatError: it is not.
    """
    again = read(document.path, document.format)
    if again.text != document.text:
        raise FormatError(f"{document.path}: the file changed while it was checked; check it again.")
    return _module(FORMATS[document.format])


def _cannot(document: Document, what: str, formats: Iterable[str]) -> FormatError:
    listed = ", ".join(sorted(formats))
    finding = rule("document-unsupported").finding(location=Location(path=document.path), path=document.path)
    return FormatError(f"{document.path}: {what} {document.format}, only {listed}.", finding=finding)
