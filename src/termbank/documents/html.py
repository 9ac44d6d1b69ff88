"""HTML: the words of a page with their places in its source, so that a change touches nothing but them."""

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from termbank.documents import html_tokens, limits
from termbank.documents.composer import Composer, Kind
from termbank.documents.document import Document
from termbank.documents.encoding import Source, decode, read_bytes
from termbank.documents.html_elements import Elements
from termbank.documents.html_tokens import Token
from termbank.documents.plain import rewrite
from termbank.model import Edit

_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OWNERS = ("author", "dcterms.creator", "dc.creator", "article:author")
_DATES = (
    "dcterms.modified", "dc.date.modified", "article:modified_time", "last-modified", "dcterms.date", "dc.date", "date",
    "article:published_time", "dcterms.created",
)  # fmt: skip


def read(path: str | Path) -> Document:
    """Read a page.

    Left out are scripts, code, what is struck or hidden, and what says that it is in another language than Swedish.

    Arguments:
        path: the file; a byte order mark, its `meta` or its bytes say how it is encoded, see `encoding.decode`.

    Returns:
        The document.

    Raises:
        FormatError: it cannot be opened, is too large, or is no text.
    """
    return _Page(str(path)).document()


def edit(path: str | Path, edits: Sequence[Edit], target: str | Path) -> None:
    """Write a page with some words changed and every other byte as it was.

    Arguments:
        path: the file.
        edits: offsets in the text that `read` gives.
        target: where the changed file goes; may be the same.

    Raises:
        FormatError: the file cannot be read.
        WriteError: the target cannot be written.
        ValueError: two edits overlap.
    """
    page = _Page(str(path))
    rewrite(str(path), page.source, page.composer.positions.changes(edits, page.written), target)


def declared_encoding(data: bytes) -> str | None:
    """Return what a page calls its encoding in its first kilobytes.

    >>> declared_encoding(b'<html><meta charset="iso-8859-1">')
    'iso-8859-1'
    """
    head = data[:4096]
    match = _META.search(head) or _DECLARATION.match(head)
    return match[1].decode("ascii") if match else None


class _Page:
    """A page that was read, with all that is needed to change it."""

    def __init__(self, path: str) -> None:
        data = read_bytes(path, limits.TEXT_BYTES)
        self.path = path
        self.source: Source = decode(data, path, declared_encoding(data), "HTML")
        self.composer = Composer(path, self.source.text)
        self._elements = Elements(self.composer)
        self._meta: dict[str, str] = {}
        self._values: list[tuple[int, int, str]] = []  # attributes that were read: start, end, quotation mark
        self._title: str | None = None
        self._skipped = False  # by comments
        for token in html_tokens.tokens(self.source.text):
            self._token(token)
        self.text, self.segments = self.composer.finish()

    def document(self) -> Document:
        """Return it as a document."""
        heading = next((each for each in self.segments if each.kind in ("title", "heading")), None)
        date = next((self._meta[name] for name in _DATES if name in self._meta), "")
        return Document(
            path=self.path,
            format="html",
            text=self.text,
            segments=self.segments,
            title=self.text[heading.start : heading.end] if heading else None,
            owner=next((self._meta[name] for name in _OWNERS if self._meta.get(name)), None),
            date=_day(date),
            remarks=self.composer.remarks,
            findings=self.source.findings(self.path),
            place=self.composer.positions.place,
        )

    def written(self, text: str, offset: int) -> str:
        """Return a text as it is written at an offset of the source, what means something there escaped."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        place = bisect_right(self._values, offset, key=lambda value: value[0]) - 1
        if place >= 0 and offset <= self._values[place][1]:
            quote = self._values[place][2]
            text = text.replace('"', "&quot;") if quote != "'" else text.replace("'", "&#39;")
            if not quote:
                text = re.sub(r"[\s'=`]", lambda match: f"&#{ord(match[0])};", text)
        return "".join(each if self.source.writable(each) else f"&#{ord(each)};" for each in text)

    def _token(self, token: Token) -> None:
        if token.kind == "text":
            self._text(token.start, token.end)
        elif token.kind == "comment":
            words = self.source.text[token.start : token.end].lower().strip("<!-/> \t\r\n")
            if words in ("noindex", "googleoff: index", "googleoff: all"):
                self._skipped = not self.source.text.startswith("<!--/", token.start)
            elif words in ("googleon: index", "googleon: all"):
                self._skipped = False
            elif self.source.text.startswith("<!--", token.start):
                self.composer.remark(self.source.text[token.start + 4 : token.end].removesuffix("-->").strip())
        elif token.kind == "end":
            self._elements.close(token.name)
        else:
            attributes = (
                html_tokens.attributes(self.source.text, token) if token.attributes[0] < token.attributes[1] else {}
            )
            if token.name == "meta":
                self._read_meta(attributes)
            self._elements.open(token.name, attributes, token)
            alternative = attributes.get("alt")
            if alternative and alternative.raw.strip() and token.name in ("img", "area", "input"):
                self._alternative(alternative)

    def _text(self, start: int, end: int) -> None:
        state = self._elements.state
        if state.skipped or self._skipped:
            return
        text = self.source.text
        if state.aside:
            self.composer.aside(text[start:end], start)
            return
        if "&" not in text[start:end]:
            self._collapsed(start, end)
            return
        for piece, first, last in html_tokens.pieces(text, start, end):
            if last - first == len(piece):
                self._collapsed(first, last)
            else:
                self.composer.write(piece, first, last)

    def _collapsed(self, start: int, end: int) -> None:
        """Write a stretch as a browser shows it: each run of white space as one space."""
        source, composer = self.source.text, self.composer
        position = start
        for match in _SPACE.finditer(source, start, end):
            first, last = match.span()
            if last - first == 1 and source[first] == " " and first > position:
                continue  # the usual case: goes with the words around it
            if first > position:
                composer.write(source[position:first], position)
            if not composer.spaced:
                composer.write(" ", first, last)
            position = last
        if end > position:
            composer.write(source[position:end], position)

    def _alternative(self, value: html_tokens.Value) -> None:
        state = self._elements.state
        if state.skipped or state.aside or self._skipped:
            return
        self._values.append((value.start, value.end, value.quote))
        self.composer.begin(Kind("alternative-text", state.kind.part))
        for piece, first, last in html_tokens.pieces(self.source.text, value.start, value.end, attribute=True):
            self.composer.write(piece, first, last)
        self.composer.begin(state.kind)

    def _read_meta(self, attributes: dict[str, html_tokens.Value]) -> None:
        name = next((attributes[key].raw for key in ("name", "property", "http-equiv") if key in attributes), "")
        if name and "content" in attributes:
            value = attributes["content"]
            parts = html_tokens.pieces(self.source.text, value.start, value.end, attribute=True)
            self._meta.setdefault(name.strip().lower(), "".join(piece for piece, _, _ in parts).strip())


def _day(value: str) -> datetime.date | None:
    """Return the date that a value starts with, or names as HTTP does."""
    from email.utils import parsedate_to_datetime

    try:
        if match := _DATE.match(value):
            return datetime.date.fromisoformat(match[0])
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
