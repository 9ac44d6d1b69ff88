"""OpenDocument texts (odt): read whole, and comments written on exactly the words they are about.

Written for ODF 1.3; older versions are read alike. Everything that is not changed stays as it is.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path

from termbank.documents.document import Comment, Document, Remark
from termbank.documents.odt_names import short
from termbank.documents.odt_text import extract
from termbank.documents.package import Package, open_package
from termbank.documents.properties import Properties, parsed_date
from termbank.documents.refusal import refusal
from termbank.errors import FormatError
from termbank.model.finding import Finding

_MIMETYPE = b"application/vnd.oasis.opendocument.text"


def read(path: Path) -> Document:
    """Read an OpenDocument text.

    Body, tables (`table 2, cell B7`), frames, sections, notes, headers and footers are read. Deletions with tracked
    changes, hidden text, tables of contents and other indexes are not; comments are the document's remarks.

    Arguments:
        path: the file.

    Returns:
        The document; offsets in its text are those that `comment` takes.

    Raises:
        FormatError: the file is no OpenDocument text, damaged, protected, has macros, or is too large.
    """
    with open_odt(path) as package:
        found = extract(package)
        said = _properties(package)
    return Document(
        path=str(path),
        format="odt",
        text=found.text,
        segments=found.segments,
        title=said.title or found.first_title,
        owner=said.owner,
        date=said.date,
        remarks=tuple(sorted(Remark(*found.remarked[name], text) for name, text in found.remarks.items())),
    )


def comment(
    path: Path,
    comments: Sequence[Comment],
    target: Path,
    author: str = "termbank",
    date: datetime.datetime | None = None,
    *,
    language: str = "sv",
) -> tuple[Finding, ...]:
    """Write a copy of an OpenDocument text with comments on exactly the words they are about.

    Arguments:
        path: the document as it was read.
        comments: what to say, with offsets in the text that `read` returned.
        target: the copy; it must be another file.
        author: who the comments are by.
        date: when they were made; None: now.
        language: of what a comment says when it stands elsewhere: sv or en.

    Returns:
        A finding for each comment that had to stand elsewhere: there are none in headers, footers, notes and shapes.

    Raises:
        FormatError: the document cannot be read.
        ValueError: an offset lies outside the text.
        WriteError: the copy cannot be written, or would be the document itself; nothing stands under its name.
    """
    from termbank.documents.odt_comments import write_comments

    return write_comments(path, comments, target, author, date, language)


def open_odt(path: Path) -> Package:
    """Open an OpenDocument text.

    Raises:
        FormatError: it is none, or is refused; see `open_package`.
    """
    package = open_package(path, "odt")
    try:
        if package.name("META-INF/manifest.xml") and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise refusal("document-encrypted", path)
        if not package.read("mimetype").strip().startswith(_MIMETYPE):
            raise package.broken()
        for name in package.entries:
            modules = name.startswith("Basic/") and not name.endswith(("script-lc.xml", "script-lb.xml", "/"))
            if modules or (name.startswith("Scripts/") and not name.endswith("/")):
                raise refusal("document-with-macros", path)
    except FormatError:
        package.archive.close()
        raise
    return package


def _properties(package: Package) -> Properties:
    if not package.name("meta.xml"):
        return Properties()
    said: dict[str, str] = {}
    for each in package.xml("meta.xml").iter():
        said.setdefault(short(each.tag), " ".join((each.text or "").split()))
    return Properties(
        said.get("dc:title") or None,
        said.get("meta:initial-creator") or said.get("dc:creator") or None,
        parsed_date(said.get("dc:date") or said.get("meta:creation-date")),
    )
