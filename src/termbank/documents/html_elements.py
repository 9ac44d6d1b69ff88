"""What the open elements of a page make of its text: left out, a heading, a quotation, a cell of a table."""

import re
from typing import NamedTuple

from termbank.documents.cells import cell_name
from termbank.documents.composer import Composer, Kind
from termbank.documents.html_tokens import Token, Value

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
_SKIPPED = {
    "script", "style", "pre", "template", "del", "s", "strike", "noscript", "textarea", "iframe", "noembed",
    "noframes", "xmp", "svg", "math", "object", "audio", "video", "canvas", "noindex", "head", "rp", "rt",
}  # fmt: skip
_ASIDE = {"code", "kbd", "samp", "var", "tt"}
_BLOCKS = {
    "address", "article", "aside", "body", "blockquote", "center", "details", "dialog", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "search", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    "caption", "button", "textarea", "iframe", "template", "script", "style", "noscript",
}  # fmt: skip
_BOUNDARIES = {"td", "th", "caption", "table", "template", "html", "body"}
_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",),
    "td": ("td", "th"), "th": ("td", "th"),
    "tr": ("td", "th", "tr", "caption"), "tbody": ("td", "th", "tr", "thead", "tbody", "tfoot", "caption"),
    "thead": ("caption",), "tfoot": ("td", "th", "tr", "thead", "tbody", "caption"), "body": ("head",),
}  # fmt: skip
"""Elements that end where another starts, since authors may leave out their end tags."""

_WITHIN = {"li": {"ul", "ol", "menu"}, "dt": {"dl"}, "dd": {"dl"}, "option": {"select"}}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEPTH = 512
_COLUMNS = 200  # of tables in which cells that span rows are minded


class State(NamedTuple):
    """What text means where it stands.

    Arguments:
        kind: of the segment it belongs to.
        skipped: it is left out.
        aside: it is in the text, but in no segment.
        foreign: it is in another language than Swedish.
    """

    kind: Kind = Kind()
    skipped: bool = False
    aside: bool = False
    foreign: bool = False


class _Table:
    """A table while it is read: where its next cell stands, and the headings of its columns."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.column = 0
        self.heads: dict[int, str] = {}
        self.body = False
        self._taken: dict[int, tuple[int, int]] = {}  # where cells from above reach: the column after, the last row

    def next_row(self) -> None:
        self.row += 1
        self.column = 0

    def next_cell(self, columns: int, rows: int) -> int:
        """Return the column of the next cell, which spans some."""
        self.row = max(self.row, 0)
        while (taken := self._taken.get(self.column)) and taken[1] >= self.row:
            self.column = taken[0]
        found = self.column
        if rows > 1 and found < _COLUMNS:
            self._taken[found] = (found + columns, self.row + rows - 1)
        self.column += columns
        return found


class _Open(NamedTuple):
    name: str
    state: State
    table: _Table | None
    head: tuple[int, int] | None = None  # of a heading cell: its column, and where its text starts


class Elements:
    """The elements that are open.

    Arguments:
        composer: is told where segments start and end.
    """

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._stack: list[_Open] = [_Open("", State(), None)]
        self._places: dict[str, list[int]] = {}
        self._boundaries = [0]
        self._tables = 0

    @property
    def state(self) -> State:
        """What text means here."""
        return self._stack[-1].state

    def open(self, name: str, attributes: dict[str, Value], token: Token) -> None:
        """Take up a start tag."""
        for closed in _CLOSES.get(name, ()):
            self._close(closed, _WITHIN.get(name, {"table"}))
        if name in _HEADINGS or name in _BLOCKS:
            self._close("p", _BOUNDARIES)
        above = self._stack[-1]
        table = above.table
        if name == "br" and not above.state.skipped:
            self._composer.write("\n", token.start, token.end)
        if name == "table":
            self._tables += 1
            table = _Table(self._tables)
        state, head = self._entered(name, attributes, above.state, table)
        if name in _BLOCKS or state.kind != above.state.kind:
            self._composer.begin(state.kind)
        if name in _VOID:
            return
        if len(self._stack) < _DEPTH:
            self._places.setdefault(name, []).append(len(self._stack))
            if name in _BOUNDARIES:
                self._boundaries.append(len(self._stack))
            self._stack.append(_Open(name, state, table, head))

    def close(self, name: str) -> None:
        """Take up an end tag; one without its start only ends a segment."""
        if name == "br":
            return
        closed = self._close(name, _BOUNDARIES if name not in _BOUNDARIES else {"html"})
        if not closed and name in _BLOCKS:
            self._composer.begin(self.state.kind)

    def _entered(
        self, name: str, attributes: dict[str, Value], above: State, table: _Table | None
    ) -> tuple[State, tuple[int, int] | None]:
        """Return what text means in an element, and for a heading cell its column and the place of its text."""
        kind, head = self._kind(name, above.kind), None
        if name == "tr" and table:
            table.next_row()
        elif name in ("tbody", "tfoot") and table:
            table.body = True
        elif name in ("td", "th") and table:
            column = table.next_cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
            part = f"table {table.number}, cell {cell_name(table.row, column)}"
            quoted = above.kind.kind == "quotation"
            kind = Kind("quotation" if quoted else "cell", part, None, table.heads.get(column))
            scope = attributes["scope"].raw.lower() if "scope" in attributes else ""
            if name == "th" and not scope.startswith("row") and (table.row == 0 or not table.body):
                head = (column, self._composer.length)
        inside_head = name == "title" and self._stack[-1].name == "head"
        state = State(
            kind,
            (above.skipped and not inside_head) or name in _SKIPPED,
            above.aside or name in _ASIDE,
            above.foreign,
        )
        return (_marked(state, above, name, attributes) if attributes else state), head

    def _kind(self, name: str, kind: Kind) -> Kind:
        """Return what text in an element is, where it is no cell."""
        if name == "title":
            return Kind("title")
        if kind.kind == "quotation":
            return kind
        if name in ("blockquote", "q", "cite"):
            return kind._replace(kind="quotation")
        if name in _HEADINGS:
            return kind._replace(kind="heading", level=int(name[1]))
        if name in ("li", "dd", "dt"):
            return kind._replace(kind="list-item")
        if name in ("caption", "figcaption"):
            return kind._replace(kind="caption")
        if name in ("header", "footer") and kind == Kind():
            return Kind("header" if name == "header" else "footer")
        return kind

    def _close(self, name: str, within: set[str]) -> bool:
        """Close the innermost element of a name and what is open in it, if none of some others lies between."""
        places = self._places.get(name)
        if not places:
            return False
        place = places[-1]
        if within is _BOUNDARIES:
            if self._boundaries[-1] > place:
                return False
        elif any((self._places.get(each) or (0,))[-1] > place for each in within):
            return False
        before = self.state.kind
        block = False
        while len(self._stack) > place:
            element = self._stack.pop()
            self._places[element.name].pop()
            if element.name in _BOUNDARIES:
                self._boundaries.pop()
            block = block or element.name in _BLOCKS
            if element.head and element.table:
                column, start = element.head
                self._composer.end()
                text = " ".join(self._composer.written(start).split())
                if text:
                    element.table.heads[column] = text
        if block or self.state.kind != before:
            self._composer.begin(self.state.kind)
        return True


def _marked(state: State, above: State, name: str, attributes: dict[str, Value]) -> State:
    """Return what text means in an element with attributes: it may be hidden, or in another language."""
    skipped, aside, foreign = state.skipped, state.aside, state.foreign
    if "hidden" in attributes and attributes["hidden"].raw.lower() != "until-found":
        skipped = True
    if "style" in attributes and _HIDDEN.search(attributes["style"].raw):
        skipped = True
    language = attributes.get("lang") or attributes.get("xml:lang")
    if language and language.raw.strip() and name not in ("html", "body"):
        foreign = re.split("[-_]", language.raw.strip().lower())[0] not in ("sv", "und", "mul")
        aside = name in _ASIDE or (above.aside and not above.foreign) or foreign
    if "translate" in attributes and attributes["translate"].raw.lower() == "no":
        aside = True
    return State(state.kind, skipped, aside, foreign)


def _span(value: Value | None) -> int:
    """Return how many columns or rows a cell spans; at most 1000, as in browsers."""
    digits = re.match(r"\s*(\d{1,6})", value.raw) if value else None
    return min(max(int(digits[1]), 1), 1000) if digits else 1
