"""The text of an OpenDocument text, in reading order, and the node that each piece of it stands in."""

import re

from lxml import etree

from termbank.documents.cells import cell_name
from termbank.documents.composer import Kind
from termbank.documents.document import SegmentKind
from termbank.documents.odt_names import CONTAINERS, NO_TEXT, short, tag
from termbank.documents.odt_styles import OdtStyles
from termbank.documents.package import Package
from termbank.documents.package_pieces import Extraction, Flow, Writer
from termbank.documents.paragraph_style import Style

CONTENT, STYLES = "content.xml", "styles.xml"
_BLANKS = re.compile(r"[ \t\r\n]+")
_UNEVEN = re.compile(r"[\t\r\n]|  ")
_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}
_PLAIN = frozenset({"paragraph", "cell", "text-box", "list-item"})


def extract(package: Package) -> Extraction:
    """Read all text of an OpenDocument text: body, notes, headers and footers.

    Deterministic: the same bytes give the same offsets, so that what was found can be written back.

    Raises:
        FormatError: the document is damaged.
    """
    roots = {CONTENT: package.xml(CONTENT)}
    if package.name(STYLES):
        roots[STYLES] = package.xml(STYLES)
    body = roots[CONTENT].find(f"{tag('office:body')}/{tag('office:text')}")
    if body is None:
        raise package.broken()
    reader = _Reader(str(package.path), OdtStyles(list(roots.values())[::-1]), Flow(CONTENT))
    reader.read(body)
    reader.read_notes()
    for kind in ("header", "footer"):
        for count, each in enumerate(_ends(roots.get(STYLES), kind), 1):
            base: SegmentKind = "header" if kind == "header" else "footer"
            reader.read(each, Flow(STYLES, f"{kind} {count}", commentable=False), base)
    found = reader.writer.finish()
    found.roots, found.remarks = roots, reader.remarks
    return found


def _ends(root: "etree._Element | None", kind: str) -> "list[etree._Element]":
    """Return the headers or footers of all kinds of pages that have text."""
    found: list[etree._Element] = []
    for page in root.iter(tag("style:master-page")) if root is not None else ():
        found += (
            each
            for each in page
            if short(each.tag).startswith(f"style:{kind}")
            and each.get(tag("style:display")) != "false"
            and "".join(str(text) for text in each.itertext()).strip()
        )
    return found


class _Reader:
    """Walks over the document and writes its text."""

    def __init__(self, path: str, styles: OdtStyles, flow: Flow) -> None:
        self.writer = Writer(path, flow)
        self.remarks: dict[str, str] = {}
        self._styles = styles
        self._muted = 0
        self._spaced = True  # whether the paragraph ends with a space, so that more would not show
        self._base: SegmentKind = "paragraph"
        self._cell: str | None = None
        self._column: str | None = None
        self._waiting: list[etree._Element] = []  # frames and shapes, until their paragraph ends
        self._notes: list[etree._Element] = []
        self._counts = {"table": 0, "text box": 0, "picture": 0}

    def read(self, content: "etree._Element", flow: Flow | None = None, base: SegmentKind = "paragraph") -> None:
        """Read one flow of text."""
        self.writer.flow = flow or self.writer.flow
        self._base = base
        self._blocks(content)
        self._frames()

    def read_notes(self) -> None:
        """Read the notes whose marks were passed: footnotes, then endnotes."""
        kinds: tuple[SegmentKind, ...] = ("footnote", "endnote")
        notes, self._notes = self._notes, []
        for kind in kinds:
            count = 0
            for each in notes:
                if (each.get(tag("text:note-class")) or "footnote") == kind:
                    count += 1
                    body = each.find(tag("text:note-body"))
                    if body is not None:
                        self.read(body, Flow(CONTENT, f"{kind} {count}", commentable=False, anchor=each), kind)

    def _blocks(self, content: "etree._Element") -> None:
        for each in content:
            name = short(each.tag)
            if name in {"text:p", "text:h"}:
                self._paragraph(each, name)
            elif name == "text:list":
                base = self._base
                self._base = "list-item" if base in _PLAIN else base
                self._blocks(each)
                self._base = base
            elif name == "table:table":
                self._table(each)
            elif name.startswith("draw:"):
                self._waiting.append(each)
                self._frames()
            elif name == "text:section":
                hidden = each.get(tag("text:display")) == "none"
                self._muted += hidden
                self._blocks(each)
                self._muted -= hidden
            elif name not in NO_TEXT:
                self._blocks(each)

    def _paragraph(self, paragraph: "etree._Element", name: str) -> None:
        style = self._styles.get("paragraph", paragraph.get(tag("text:style-name")))
        level: int | None = None
        if name == "text:h":
            said = paragraph.get(tag("text:outline-level")) or "1"
            level = int(said) if re.fullmatch("[1-9][0-9]?", said) else 1
        place = ", ".join(part for part in (self.writer.flow.label, self._cell) if part) or None
        kind, level = self._kind(style, level)
        self.writer.begin(Kind(kind, place, level, self._column))
        self._spaced = True
        hidden = bool(style.hidden) or style.is_repeated
        self._muted += hidden
        self._inline(paragraph)
        self._muted -= hidden
        self._frames()

    def _kind(self, style: Style, level: int | None) -> tuple[SegmentKind, int | None]:
        base = self._base
        if style.is_quotation and base not in {"header", "footer"}:
            return "quotation", None
        if base not in _PLAIN:
            return base, None
        if style.is_title:
            return "title", None
        if level is not None or style.heading is not None:
            return "heading", level or style.heading or None
        return ("caption" if style.is_caption else base), None

    def _inline(self, content: "etree._Element") -> None:
        self._text(content, content.text, "text")
        for each in content:
            name = short(each.tag)
            if name == "office:annotation":
                self._remark(each)
            elif name == "office:annotation-end":
                self.writer.remark(each.get(tag("office:name")), starts=False)
            elif not self._muted:
                self._element(each, name)
            self._text(each, each.tail, "tail")

    def _element(self, element: "etree._Element", name: str) -> None:
        """Read what stands in a paragraph beside its text."""
        if name in _CHARACTERS:
            self.writer.write(_CHARACTERS[name], element)
            self._spaced = False
        elif name == "text:s":
            said = element.get(tag("text:c")) or "1"
            self.writer.write(" " * (int(said) if re.fullmatch("[0-9]{1,3}", said) else 1), element)
            self._spaced = False
        elif name == "text:note":
            self._notes.append(element)
        elif name.startswith("draw:") and name != "draw:a":
            self._waiting.append(element)
        elif name in {"text:hidden-text", "text:hidden-paragraph"}:
            return
        elif name not in NO_TEXT:
            hidden = name == "text:span" and self._styles.get("text", element.get(tag("text:style-name"))).hidden
            self._muted += bool(hidden)
            self._inline(element)
            self._muted -= bool(hidden)

    def _text(self, node: "etree._Element", text: str | None, where: str) -> None:
        """Write running text; several blanks show as one, none at the start (ODF 1.3 part 3, 6.1.2)."""
        if not text or self._muted:
            return
        if not _UNEVEN.search(text) and not (self._spaced and text[0] == " "):
            self.writer.write(text, node, 0, where)
            self._spaced = text[-1] == " "
            return
        done = 0
        for blank in _BLANKS.finditer(text):
            self._word(node, text[done : blank.start()], done, where)
            if not self._spaced:
                self.writer.write(" ", node, blank.start(), where)
                self._spaced = True
            done = blank.end()
        self._word(node, text[done:], done, where)

    def _word(self, node: "etree._Element", text: str, local: int, where: str) -> None:
        if text:
            self.writer.write(text, node, local, where)
            self._spaced = False

    def _remark(self, annotation: "etree._Element") -> None:
        name = annotation.get(tag("office:name")) or f"unnamed {len(self.remarks)}"
        paragraphs = annotation.iter(tag("text:p"))
        self.remarks[name] = "\n".join("".join(str(text) for text in each.itertext()) for each in paragraphs)
        self.writer.remark(name, starts=True)

    def _frames(self) -> None:
        """Read the frames, shapes and pictures that hang on what was read last."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not self._muted:
                self._frame(each)

    def _frame(self, frame: "etree._Element") -> None:
        name = short(frame.tag)
        if name in {"draw:g", "draw:a"}:
            for each in frame:
                if short(each.tag).startswith("draw:"):
                    self._frame(each)
        flow = self.writer.flow
        for each in frame:
            if short(each.tag) == "svg:desc" and (each.text or "").strip():
                self._counts["picture"] += 1
                place = ", ".join(part for part in (flow.label, f"picture {self._counts['picture']}") if part)
                above = frame.getparent()
                inside = flow.commentable and above is not None and above.tag in CONTAINERS
                self.writer.flow = Flow(flow.part, place, inside, frame if flow.commentable else flow.anchor)
                self.writer.begin(Kind("alternative-text", place))
                self._spaced = True
                self._text(each, each.text, "text")
                self.writer.flow = flow
        box = frame.find(tag("draw:text-box")) if name == "draw:frame" else frame
        if box is None or not any(short(each.tag) in {"text:p", "text:h", "text:list", "table:table"} for each in box):
            return
        self._counts["text box"] += 1
        place = ", ".join(part for part in (flow.label, self._cell, f"text box {self._counts['text box']}") if part)
        state = self._base, self._cell, self._column
        self._cell = self._column = None
        # LibreOffice keeps comments in frames, but none in shapes.
        inside = flow.commentable and name == "draw:frame"
        self.read(box, Flow(flow.part, place, inside, flow.anchor if not flow.commentable else frame), "text-box")
        self._base, self._cell, self._column = state
        self.writer.flow = flow

    def _table(self, table: "etree._Element") -> None:
        self._counts["table"] += 1
        label = f"table {self._counts['table']}"
        state = self._base, self._cell, self._column, self.writer.captured
        columns: dict[int, str] = {}
        self._base = "cell"
        row = 0
        for each in _rows(table):
            column = 0
            for cell in each:
                name = short(cell.tag)
                if name not in {"table:table-cell", "table:covered-table-cell"}:
                    continue
                if name == "table:table-cell":
                    self._cell = f"{label}, cell {cell_name(row, column)}"
                    self._column = columns.get(column) if row else None
                    self.writer.captured = [] if row == 0 else None
                    self._blocks(cell)
                    heading = " ".join("".join(self.writer.captured or ()).split())
                    if row == 0 and heading:
                        span = _count(cell, "table:number-columns-spanned")
                        columns |= {column + n: heading for n in range(min(span, 1000))}
                column += _count(cell, "table:number-columns-repeated")
            row += _count(each, "table:number-rows-repeated")
        self._base, self._cell, self._column, self.writer.captured = state


def _rows(table: "etree._Element") -> "list[etree._Element]":
    """Return the rows of a table, also those in groups."""
    found = []
    for each in table:
        name = short(each.tag)
        if name == "table:table-row":
            found.append(each)
        elif name in {"table:table-header-rows", "table:table-rows", "table:table-row-group"}:
            found += _rows(each)
    return found


def _count(element: "etree._Element", name: str) -> int:
    said = element.get(tag(name)) or "1"
    return max(int(said), 1) if re.fullmatch("[0-9]{1,6}", said) else 1
