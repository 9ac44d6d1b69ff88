"""Word documents (docx): read whole, comments written on exactly the words they are about, words replaced.

Written for ECMA-376 (WordprocessingML), transitional and strict. Everything that is not changed stays as it is: the
other parts of the package byte for byte, the text and its formatting.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path

from termbank.documents.document import Comment, Document
from termbank.documents.docx_parts import open_docx, properties
from termbank.documents.docx_remarks import read_comments
from termbank.documents.docx_text import extract
from termbank.model.finding import Edit, Finding


def read(path: Path) -> Document:
    """Read a Word document.

    Body, tables (`table 2, cell B7`), text boxes, content controls, notes, headers and footers are read; so are
    insertions with tracked changes, and the results of fields. Deleted and hidden text, tables of contents and the
    instructions of fields are not; comments are the document's remarks.

    Arguments:
        path: the file.

    Returns:
        The document; offsets in its text are those that `comment` and `edit` take.

    Raises:
        FormatError: the file is no Word document, damaged, protected, has macros, or is too large.
    """
    with open_docx(path) as package:
        found = extract(package)
        said = properties(package)
        remarks = read_comments(package, found)
    return Document(
        path=str(path),
        format="docx",
        text=found.text,
        segments=found.segments,
        title=said.title or found.first_title,
        owner=said.owner,
        date=said.date,
        remarks=remarks,
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
    """Write a copy of a Word document with comments on exactly the words they are about.

    Arguments:
        path: the document as it was read.
        comments: what to say, with offsets in the text that `read` returned.
        target: the copy; it must be another file.
        author: who the comments are by.
        date: when they were made; None: now.
        language: of what a comment says when it stands elsewhere: sv or en.

    Returns:
        A finding for each comment that had to stand elsewhere: Word has none in headers, footers and notes.

    Raises:
        FormatError: the document cannot be read.
        ValueError: an offset lies outside the text.
        WriteError: the copy cannot be written, or would be the document itself; nothing stands under its name.
    """
    from termbank.documents.docx_comments import write_comments

    return write_comments(path, comments, target, author, date, language)


def edit(
    path: Path,
    edits: Sequence[Edit],
    target: Path,
    *,
    track: bool = False,
    author: str = "termbank",
    date: datetime.datetime | None = None,
) -> None:
    """Write a Word document with words replaced; what replaces them looks as the first of them did.

    Arguments:
        path: the document as it was read.
        edits: the changes, with offsets in the text that `read` returned; each stands within one segment.
        target: the file to write; it may be `path`.
        track: whether to write tracked changes, which the author can accept or reject one by one.
        author, date: of tracked changes; None: now.

    Raises:
        FormatError: the document cannot be read.
        ValueError: two edits overlap, one lies outside the text or reaches over two segments.
        WriteError: the file cannot be written; what stood there is left as it was.
    """
    from termbank.documents.docx_edits import Tracked, write_edits

    write_edits(path, edits, target, Tracked(author, date) if track else None)
