"""Markdown: CommonMark with the tables, strikethrough and autolinks of GFM, front matter and footnotes."""

import datetime
import re
from array import array
from collections.abc import Sequence
from pathlib import Path

from markdown_it.token import Token

from termbank.documents.cells import cell_name
from termbank.documents.composer import Composer, Kind
from termbank.documents.document import Document, SegmentKind
from termbank.documents.encoding import Source, read_source
from termbank.documents.markdown_inline import Content, Pair, Walk
from termbank.documents.markdown_parser import parser
from termbank.documents.plain import rewrite
from termbank.documents.positions import Change, changed
from termbank.documents.refusal import refusal
from termbank.model import Edit

_FRONT = re.compile(r"---[ \t]*(?:\r\n?|\n)(.{0,65536}?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*([\"']?)(.*?)\1[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,100})\]:\s*")
_REMARK = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ALERT = re.compile(r"\[!\w+\]")
_LINE_END = re.compile(r"\r\n?|\n")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~])|&(?=#?\w+;)")
_MARK = re.compile(r"\d{1,9}(?=[.)])|(?=[#+\-=:])")
_NUMBER = re.compile(r"\d{1,9}")
_LINE_START = re.compile(r"(?:[\s>]|[-+*][ \t]|\d{1,9}[.)][ \t])*")
_NEAR = 8
"""How near two edits of a text stand where one may belong to the other: *ett av landstingen*."""


def read(path: str | Path) -> Document:
    """Read a Markdown file.

    Code, HTML blocks, addresses and struck text are left out; emphasis and links are taken off the words they mark, and
    what is in a block quotation is a quotation (but for the alerts of GitHub). The title, author and date of YAML front
    matter are the document's.

    Arguments:
        path: the file; for its encoding see `encoding.decode`.

    Returns:
        The document.

    Raises:
        FormatError: it cannot be opened, is too large, or is no text.
    """
    return _Reading(str(path)).document()


def edit(path: str | Path, edits: Sequence[Edit], target: str | Path) -> None:
    """Write a Markdown file with some words changed and every other byte as it was.

    Marks of emphasis around words of which nothing is left go with them, since nothing cannot be emphasised. An edit
    that begins or ends amid emphasised words and goes on beyond the marks is not made, nor is one right beside it.

    Arguments:
        path: the file.
        edits: offsets in the text that `read` gives.
        target: where the changed file goes; may be the same.

    Raises:
        FormatError: the file cannot be read, or its encoding lacks a character of a new word.
        WriteError: the target cannot be written.
        ValueError: two edits overlap.
    """
    reading = _Reading(str(path))
    rewrite(str(path), reading.source, reading.changes(edits), target)


class _Reading:
    """A Markdown file that was read, with all that is needed to change it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.source: Source = read_source(path, format_name="Markdown")
        self.composer = Composer(path, self.source.text)
        self.pairs: list[Pair] = []
        self._title: tuple[int, int] | None = None  # where it stands in the front matter without quotation marks
        self.front = _FRONT.match(self.source.text)
        self._tables: list[tuple[int, int]] = []  # where they start and end in the source
        self._properties = self._read_front()
        self._start = self.front.end() if self.front else 0
        body = self.source.text[self._start :]
        self._body = _LINE_END.sub("\n", body) if "\r" in body else body
        self._shifts: Sequence[int] | None = None
        if len(self._body) != len(body):
            starts = array("q", [0, *(match.end() for match in _LINE_END.finditer(body))])
            plain = array("q", [0, *(match.end() for match in re.finditer("\n", self._body))])
            self._shifts = array("q", (one - other for one, other in zip(starts, plain, strict=True)))
        try:
            self._blocks(parser().parse(self._body))
        except RecursionError as error:
            raise refusal("document-broken", path, format="Markdown") from error
        self.text, self.segments = self.composer.finish()

    def document(self) -> Document:
        """Return it as a document."""
        heading = next((each for each in self.segments if each.kind == "heading"), None)
        title = self._properties.get("title")
        return Document(
            path=self.path,
            format="markdown",
            text=self.text,
            segments=self.segments,
            title=str(title) if title else self.text[heading.start : heading.end] if heading else None,
            owner=_names(self._properties.get("author")),
            date=_day(self._properties.get("date")),
            remarks=self.composer.remarks,
            findings=self.source.findings(self.path),
            place=self.composer.positions.place,
        )

    def changes(self, edits: Sequence[Edit]) -> list[Change]:
        """Return the changes to the source that make edits of the text."""
        dropped = [each for each in edits if self._breaks_marks(each)]
        made = [
            each
            for each in edits
            if not any(each.start - _NEAR < other.end and other.start < each.end + _NEAR for other in dropped)
        ]
        found = self.composer.positions.changes(made, self.written)
        return self._titled([self._no_list(each) for each in without_empty_marks(found, self.pairs)])

    def _breaks_marks(self, edit: Edit) -> bool:
        """Tell whether an edit begins or ends amid emphasised words, and reaches beyond their marks."""
        spans = self.composer.positions.spans(edit.start, edit.end)
        if len(spans) < 2:
            return False
        first, last = spans[0][0], spans[-1][1]
        return any(
            (first < each.start and each.inner_start < last < each.inner_end)
            or (each.inner_start < first < each.inner_end and each.end < last)
            for each in self.pairs
        )

    def _no_list(self, change: Change) -> Change:
        """Escape what follows a number at the start of a line, which would make it the number of a list item."""
        source = self.source.text
        if self.front and change.start < self.front.end():
            return change
        followed = source[change.end : change.end + 1] in (".", ")")
        if followed and _NUMBER.fullmatch(change.text) and self._starts_line(change.start):
            return change._replace(text=change.text + "\\")
        return change

    def _starts_line(self, offset: int) -> bool:
        line = _LINE_END.split(self.source.text[max(0, offset - 200) : offset])[-1]
        return bool(_LINE_START.fullmatch(line))

    def _titled(self, changes: list[Change]) -> list[Change]:
        """Put quotation marks around a title that would no longer be a text to YAML."""
        import yaml

        if self._title is None:
            return changes
        start, end = self._title
        inside = [each for each in changes if start <= each.start and each.end <= end]
        if not inside:
            return changes
        moved = [each._replace(start=each.start - start, end=each.end - start) for each in inside]
        title = changed(self.source.text[start:end], moved)
        try:
            kept = yaml.safe_load(f"title: {title}") == {"title": title}
        except (yaml.YAMLError, ValueError):
            kept = False
        if kept:
            return changes
        escaped = title.replace("\\", "\\\\").replace('"', '\\"')
        return sorted([*(each for each in changes if each not in inside), Change(start, end, f'"{escaped}"')])

    def written(self, text: str, offset: int) -> str:
        """Return a text as it is written at an offset of the source, what means something there escaped."""
        text = " ".join(text.split("\n"))
        if self.front and offset < self.front.end():
            return re.sub(r"[\"'#:\\]", "", text)
        text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
        if any(start <= offset < end for start, end in self._tables):
            text = text.replace("|", "\\|")
        if (mark := _MARK.match(text)) and self._starts_line(offset):
            text = text[: mark.end()] + "\\" + text[mark.end() :]
        return "".join(each if self.source.writable(each) else f"&#{ord(each)};" for each in text)

    def _read_front(self) -> dict[str, object]:
        """Read the YAML at the start; what cannot be read says nothing."""
        import yaml

        if not self.front:
            return {}
        try:
            found = yaml.safe_load(self.front[1])
        except (yaml.YAMLError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            self.front = None  # a line between two rules
            return {}
        title = _TITLE.search(self.front[1].replace("\r", "\n"))
        if title and title[2].strip() == found.get("title"):
            if not title[1]:
                self._title = (self.front.start(1) + title.start(2), self.front.start(1) + title.end(2))
            self.composer.begin(Kind("title"))
            self.composer.write(title[2], self.front.start(1) + title.start(2))
            self.composer.end()
        return {str(key): value for key, value in found.items()}

    def _source_offset(self, line: int, offset: int) -> int:
        return self._start + offset + (self._shifts[line] if self._shifts else 0)

    def _blocks(self, tokens: Sequence[Token]) -> None:
        quoted: list[bool] = []
        items = 0
        heading: Token | None = None
        grid = _Grid()
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "inline" and grid.inside:
                self._table_cell(token, grid, quoted=any(quoted))
            elif kind == "inline":
                name: SegmentKind = "heading" if heading else "list-item" if items else "paragraph"
                level = int(heading.tag[1:]) if heading else None
                marks = len(heading.markup) if heading and heading.markup.startswith("#") else 0
                content = self._paragraph(token, marks)
                self._inline(token, content, Kind("quotation" if any(quoted) else name, level=level))
            elif kind == "blockquote_open":
                following = next((each for each in tokens[index + 1 : index + 3] if each.type == "inline"), None)
                quoted.append(not (following and _ALERT.match(following.content)))
            elif kind == "blockquote_close":
                quoted.pop()
            elif kind in ("list_item_open", "list_item_close"):
                items += token.nesting
            elif kind in ("heading_open", "heading_close"):
                heading = token if token.nesting > 0 else None
            elif kind in ("html_block", "remark"):
                for remark in _REMARK.finditer(token.content):
                    self.composer.remark(remark[1].strip())
            elif kind == "table_open" and token.map:
                self._tables.append(self._lines(token.map[0], token.map[1] - 1))
                grid.new_table()
            else:
                grid.take_up(kind)

    def _table_cell(self, token: Token, grid: "_Grid", *, quoted: bool) -> None:
        part = f"table {len(self._tables)}, cell {cell_name(grid.row, grid.column)}"
        start = self.composer.length
        kind = Kind("quotation" if quoted else "cell", part, None, grid.heads.get(grid.column))
        self._inline(token, self._cell(token, grid.column), kind)
        if grid.row == 0 and self.composer.length > start:
            grid.heads[grid.column] = self.composer.written(start).strip()

    def _inline(self, token: Token, content: Content, kind: Kind) -> None:
        children = token.children or []
        base = 0
        if children and (note := _FOOTNOTE.match(content.text)) and children[0].type == "footnote_reference":
            kind = kind._replace(kind="footnote", part=f"footnote {note[1]}")
        self.composer.begin(kind)
        if kind.kind == "footnote" and len(children) > 1 and children[1].type == "text":
            base = children[0].meta["span"][1]
            skipped = len(children[1].content) - len(children[1].content.removeprefix(":"))
            children[1].content = children[1].content[skipped:]
            children[1].meta["span"] = (base + skipped, base + skipped + len(children[1].content))
        Walk(self.composer, kind, self.pairs).write(children, content)
        self.composer.end()

    def _lines(self, first: int, last: int) -> tuple[int, int]:
        """Return where a line starts, and where another ends."""
        if not hasattr(self, "_line_starts"):
            self._line_starts = array("q", [0, *(match.end() for match in re.finditer("\n", self._body))])
        end = self._line_starts[last + 1] if last + 1 < len(self._line_starts) else len(self._body)
        return self._source_offset(first, self._line_starts[first]), self._source_offset(last, end)

    def _paragraph(self, token: Token, skipped: int) -> Content:
        """Return where the lines of a paragraph or heading stand."""
        pieces: list[tuple[int, int]] = []
        offset = 0
        line = token.map[0] if token.map else 0
        for text, (start, end) in zip(token.content.split("\n"), token.meta.get("lines", ()), strict=False):
            bare = text.strip(" \t")
            leading = len(text) - len(text.lstrip(" \t"))
            found = max(self._body.find(bare, start + skipped, end), start)
            pieces.append((offset + leading, self._source_offset(line, found)))
            offset += len(text) + 1
            line += 1
            skipped = 0
        return Content(token.content, pieces or [(0, 0)])

    def _cell(self, token: Token, column: int) -> Content:
        """Return where a cell stands: its row is divided as GFM says, at each `|` without a backslash."""
        ((start, end),) = token.meta["lines"]
        line = token.map[0] if token.map else 0
        row = self._body[start:end].rstrip()
        stops = [match.start() for match in re.finditer(r"(?<!\\)\|", row)]
        cells = list(zip([0, *(stop + 1 for stop in stops)], [*stops, len(row)], strict=True))
        if cells and cells[0][0] == cells[0][1]:
            cells.pop(0)
        if cells and cells[-1][0] == cells[-1][1]:
            cells.pop()
        if not token.content or column >= len(cells):
            return Content(token.content, [(0, self._source_offset(line, end))])
        first, last = cells[column]
        raw = row[first:last]
        first += len(raw) - len(raw.lstrip())
        pieces = [(0, self._source_offset(line, start + first))]
        for lost, match in enumerate(re.finditer(r"\\\|", row[first:last]), start=1):
            pieces.append((match.end() - 1 - lost, self._source_offset(line, start + first + match.end() - 1)))
        return Content(token.content, pieces)


class _Grid:
    """Where the tokens are in a table."""

    def __init__(self) -> None:
        self.row = self.column = -1
        self.heads: dict[int, str] = {}
        self.inside = False

    def new_table(self) -> None:
        self.row, self.heads = -1, {}

    def take_up(self, kind: str) -> None:
        """Take up the start or end of a row or cell."""
        if kind == "tr_open":
            self.row, self.column = self.row + 1, -1
        elif kind in ("th_open", "td_open"):
            self.column, self.inside = self.column + 1, True
        elif kind in ("th_close", "td_close"):
            self.inside = False


def without_empty_marks(changes: Sequence[Change], pairs: Sequence[Pair]) -> list[Change]:
    """Add to changes the removal of the marks between which they leave nothing.

    >>> without_empty_marks([Change(0, 3, "vård"), Change(5, 11, "")], [Pair(3, 5, 11, 13)])
    [Change(start=0, end=3, text='vård'), Change(start=3, end=5, text=''), Change(start=5, end=11, text=''),
     Change(start=11, end=13, text='')]
    """
    found = list(changes)
    removed = {each.start: each.end for each in changes if not each.text}
    if not removed:
        return found
    for pair in sorted(pairs, key=lambda each: each.end - each.start):
        position = pair.inner_start
        while position < pair.inner_end and removed.get(position, position) > position:
            position = removed[position]
        if position == pair.inner_end and pair.inner_start < pair.inner_end:
            for start, end in ((pair.start, pair.inner_start), (pair.inner_end, pair.end)):
                removed[start] = end
                found.append(Change(start, end, ""))
    return sorted(found)


def _names(author: object) -> str | None:
    """Return who wrote it: one, or several."""
    if isinstance(author, list | tuple):
        return ", ".join(str(each) for each in author if isinstance(each, str)) or None
    return str(author) if isinstance(author, str) and author else None


def _day(value: object) -> datetime.date | None:
    """Return a date of the front matter."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
