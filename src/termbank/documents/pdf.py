"""PDF (ISO 32000): the words of each page, with lines joined into paragraphs by where they stand on it."""

import contextlib
import datetime
import io
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from termbank.documents import limits
from termbank.documents.composer import Composer, Kind
from termbank.documents.document import Document
from termbank.documents.encoding import read_bytes
from termbank.documents.pdf_layout import Layout, Line
from termbank.documents.refusal import refusal, shown_size
from termbank.errors import FormatError
from termbank.model import Finding, Location
from termbank.model.rules import rule


class _Enough(Exception):
    """Reading took too long, or gave more than anybody wrote."""


def read(path: str | Path) -> Document:
    """Read a PDF.

    Each paragraph, heading and item of a list is a segment, with its page as the part. A line break inside a paragraph
    stays in its text, and so does the hyphen of a word that is divided there. What is repeated at the top or bottom of
    most pages is a header or footer.

    Arguments:
        path: the file. One that opens without a password is read, whatever it forbids to do with it.

    Returns:
        The document; a page without text is a finding.

    Raises:
        FormatError: pypdf is not installed, or the file cannot be opened, is no PDF, is damaged, needs a password, is
            too large, or takes too long to read.
    """
    path = str(path)
    try:
        import pypdf
    except ImportError as error:
        hint = "pip install 'termbank[pdf]'"
        finding = rule("document-unsupported").finding(location=Location(path=path), hint=hint, path=path)
        raise FormatError(f"{path}: to read PDF, install what it needs: {hint}", finding=finding) from error

    data = read_bytes(path, limits.FILE_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise refusal("document-broken", path, format="PDF")
    try:
        with _quiet():
            return _read(path, pypdf.PdfReader(io.BytesIO(data)))
    except FormatError:
        raise
    except _Enough as error:
        raise refusal(
            "document-too-large",
            path,
            size=str(error),
            limit=f"{limits.PDF_SECONDS:.0f} s, {limits.CHARACTERS} Unicode",
        ) from error
    except pypdf.errors.DependencyError as error:
        hint = "pip install 'termbank[pdf]'"
        finding = rule("document-encrypted").finding(location=Location(path=path), hint=hint, path=path)
        raise FormatError(f"{path}: the PDF is encrypted; install what it needs: {hint}", finding=finding) from error
    except Exception as error:  # on damaged files pypdf raises nearly anything
        raise refusal("document-broken", path, format="PDF") from error


def _read(path: str, reader: Any) -> Document:
    if reader.is_encrypted and not reader.decrypt(""):
        raise refusal("document-encrypted", path)
    deadline = time.monotonic() + limits.PDF_SECONDS
    count = len(reader.pages)
    if count > limits.PAGES:
        raise refusal("document-too-large", path, size=f"{count} PDF", limit=f"{limits.PAGES} PDF")
    pages: list[list[Line]] = []
    findings: list[Finding] = []
    read_so_far = 0
    for number in range(count):
        lines = _lines(path, reader.pages[number], deadline, read_so_far)
        read_so_far += sum(len(line.text) for line in lines)
        pages.append(lines)
        if not any(line.text.strip() for line in lines):
            part = f"page {number + 1}"
            where = Location(path=path, part=part)
            findings.append(rule("document-without-text").finding(location=where, path=path, part=part))
    composer = Composer(path)
    for paragraph in Layout(pages).paragraphs():
        composer.begin(Kind(paragraph.kind, f"page {paragraph.page}", paragraph.level))
        composer.write(paragraph.text)
    text, segments = composer.finish()
    said = reader.metadata
    heading = next((each for each in segments if each.kind == "heading"), None)
    return Document(
        path=path,
        format="pdf",
        text=text,
        segments=segments,
        title=_said(said, "title") or (text[heading.start : heading.end] if heading else None),
        owner=_said(said, "author"),
        date=_day(said),
        findings=tuple(findings),
    )


def _lines(path: str, page: Any, deadline: float, read_so_far: int) -> list[Line]:
    """Return the lines of a page in the order in which it draws them.

    Raises:
        _Enough: it takes too long, or gives too much.
        FormatError: its drawing commands are larger than any author's.
    """
    contents = page.get_contents()
    size = len(contents.get_data()) if contents is not None else 0
    if size > limits.PAGE_BYTES:
        raise refusal("document-too-large", path, size=shown_size(size), limit=shown_size(limits.PAGE_BYTES))
    lines: list[Line] = []
    parts: list[str] = []
    place: tuple[int, float, float] = (0, 0.0, 0.0)  # the longest piece of the line tells where it stands
    total = read_so_far

    def operator(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _Enough(f"> {limits.PDF_SECONDS:.0f} s")

    def text(fragment: str, shift: Any, matrix: Any, _: object, size: float) -> None:
        nonlocal place, total
        total += len(fragment)
        if total > limits.CHARACTERS:
            raise _Enough(f"> {limits.CHARACTERS} Unicode")
        for index, piece in enumerate(fragment.split("\n")):
            if index:
                lines.append(Line("".join(parts), *place[1:]))
                parts.clear()
                place = (0, 0.0, 0.0)
            if len(piece.strip()) > place[0]:
                height = matrix[4] * shift[1] + matrix[5] * shift[3] + shift[5]
                scale = abs(matrix[1] * shift[1] + matrix[3] * shift[3]) or 1.0
                place = (len(piece.strip()), float(height), float(size) * scale)
            parts.append(piece)

    page.extract_text(visitor_operand_before=operator, visitor_text=text)
    lines.append(Line("".join(parts), *place[1:]))
    return [Line(_characters(line.text), line.height, line.size) for line in lines if line.text.strip()]


def _characters(text: str) -> str:
    """Return text without what no text has: halves of surrogate pairs and NUL."""
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" or each == "\x00" else each for each in text)


def _said(said: Any, name: str) -> str | None:
    """Return what the document's properties say, as far as they can be read."""
    try:
        value = getattr(said, name, None)
        return _characters(str(value)).strip() or None if value else None
    except Exception:  # a broken date or string says nothing
        return None


def _day(said: Any) -> datetime.date | None:
    for name in ("modification_date", "creation_date"):
        with contextlib.suppress(Exception):  # a broken date says nothing
            if value := getattr(said, name, None):
                return datetime.date(value.year, value.month, value.day)
    return None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from writing on the screen what it thinks of a file."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
