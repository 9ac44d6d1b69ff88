"""The text of a Word document, in reading order, and the node that each piece of it stands in."""

from lxml import etree

from termbank.documents.cells import cell_name
from termbank.documents.composer import Kind
from termbank.documents.document import SegmentKind
from termbank.documents.docx_fields import Fields, repeats, whole_fields
from termbank.documents.docx_names import BLANKS, KINDS, RELATIONS, SPACE, child, is_on, number, tags, value
from termbank.documents.docx_parts import main_part, related, relations
from termbank.documents.docx_styles import Styles, numbering_on
from termbank.documents.package import Package
from termbank.documents.package_pieces import Extraction, Flow, Writer
from termbank.documents.paragraph_style import Style

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NO_TEXT = frozenset({
    "pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rubyPr", "rt",
    "Fallback", "proofErr", "bookmarkStart", "bookmarkEnd",
})  # fmt: skip
_SPACES = str.maketrans("\t\n\r", "   ")


def extract(package: Package) -> Extraction:
    """Read all text of a Word document: body, notes, headers and footers.

    Deterministic: the same bytes give the same offsets, so that what was found can be written back.

    Raises:
        FormatError: the document is damaged.
    """
    main = main_part(package)
    root = package.xml(main)
    styles_part = related(package, main, "styles")
    styles = Styles(package.xml(styles_part) if styles_part else None)
    reader = _Reader(str(package.path), styles, Flow(main))
    body = child(root, "body")
    reader.read(root, body if body is not None else root)
    roots = {main: root}
    for kind in ("footnote", "endnote"):
        part = related(package, main, f"{kind}s")
        if part:
            roots[part] = package.xml(part)
            reader.read_notes(roots[part], kind, part)
    ends: list[tuple[SegmentKind, str]] = _headers_and_footers(package, main, root)
    counts = {"header": 0, "footer": 0}
    for kind, part in ends:
        counts[kind] += 1
        roots[part] = package.xml(part)
        reader.read_end(roots[part], kind, Flow(part, f"{kind} {counts[kind]}", commentable=False))
    found = reader.writer.finish()
    found.roots = roots
    return found


def _headers_and_footers(package: Package, main: str, root: "etree._Element") -> list[tuple[SegmentKind, str]]:
    """Return the parts that the sections refer to, headers first."""
    targets = {each.id: each.target for each in relations(package, main)}
    found: dict[str, SegmentKind] = {}
    for name, kind in (("headerReference", "header"), ("footerReference", "footer")):
        for each in root.iter(*tags(name)):
            said = next((each.get(f"{{{space}}}id") for space in RELATIONS if each.get(f"{{{space}}}id")), None)
            part = targets.get(said or "")
            if part and package.name(part) and part != main:
                found.setdefault(part, "header" if kind == "header" else "footer")
    return [(kind, part) for part, kind in found.items()]


class _Reader:
    """Walks over the parts and writes their text."""

    def __init__(self, path: str, styles: Styles, flow: Flow) -> None:
        self.writer = Writer(path, flow)
        self._styles = styles
        self._hidden: set[etree._Element] = set()
        self._shown: set[etree._Element] = set()
        self._marks: dict[etree._Element, str] = {}
        self._fields = Fields(self._marks)
        self._muted = 0  # how many things around say that their text is not to be read
        self._joined = False  # whether the mark of the paragraph before was deleted
        self._base: SegmentKind = "paragraph"
        self._cell: str | None = None
        self._column: str | None = None
        self._waiting: list[etree._Element] = []  # text boxes and pictures, until their paragraph ends
        self._notes: list[tuple[str, str, etree._Element]] = []
        self._counts = {"table": 0, "text box": 0, "picture": 0}

    def read(self, root: "etree._Element", content: "etree._Element") -> None:
        """Read one flow of text; `root` is that of its part."""
        self._prepare(root)
        self._fields = Fields(self._marks)
        self._blocks(content)
        self._end_paragraph()

    def read_notes(self, root: "etree._Element", kind: SegmentKind, part: str) -> None:
        """Read the notes that the body refers to, in the order of their marks."""
        notes = {value(each, "id"): each for each in root if KINDS.get(each.tag) == kind}
        self._prepare(root)
        self._base = kind
        count = 0
        for noted, note_id, mark in list(self._notes):
            note = notes.pop(note_id, None) if noted == kind else None
            if note is not None:
                count += 1
                self.writer.flow = Flow(part, f"{kind} {count}", commentable=False, anchor=mark)
                self._fields = Fields(self._marks)
                self._blocks(note)
                self._end_paragraph()

    def read_end(self, root: "etree._Element", kind: SegmentKind, flow: Flow) -> None:
        """Read a header or footer."""
        self._base = kind
        self.writer.flow = flow
        self.read(root, root)

    def _prepare(self, root: "etree._Element") -> None:
        """Find what is hidden, and the fields that are whole, before a part is read."""
        self._marks = whole_fields(root)
        for each in root.iter(*tags("vanish")):
            run = _run_of(each)
            if run is not None:
                (self._hidden if is_on(each) else self._shown).add(run)
        if self._styles.hides_runs:
            for each in root.iter(*tags("rStyle")):
                run = _run_of(each)
                if run is not None and run not in self._shown and self._styles.get(value(each)).hidden:
                    self._hidden.add(run)

    def _blocks(self, content: "etree._Element") -> None:
        for each in content:
            name = KINDS.get(each.tag)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._end_paragraph()
                self._table(each)
            elif name == "AlternateContent":
                self._blocks(_choice(each))
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self.writer.remark(value(each, "id"), starts=name.endswith("Start"))
            elif name == "sdt":
                repeated = _is_contents(each)
                self._muted += repeated
                self._blocks(each)
                self._muted -= repeated
            elif name not in _NO_TEXT:
                self._blocks(each)

    def _paragraph(self, paragraph: "etree._Element") -> None:
        properties = child(paragraph, "pPr")
        style, kind, deleted = self._judge(properties)
        if not self._joined:
            self._end_paragraph()
            self.writer.begin(kind)
        muted = bool(style.hidden) or style.is_repeated
        self._muted += muted
        self._inline(paragraph)
        self._muted -= muted
        self._joined = deleted

    def _judge(self, properties: "etree._Element | None") -> tuple[Style, Kind, bool]:
        """Return a paragraph's style, what it is, and whether its mark is deleted: then the next belongs to it."""
        style_id: str | None = None
        numbered: bool | None = None
        level: int | None = None
        deleted = False
        for each in properties if properties is not None else ():
            name = KINDS.get(each.tag)
            if name == "pStyle":
                style_id = value(each)
            elif name == "numPr":
                numbered = numbering_on(each)
            elif name == "outlineLvl":
                level = number(each, 9) + 1
            elif name == "rPr":
                deleted = child(each, "del") is not None or child(each, "moveFrom") is not None
        style = self._styles.get(style_id)
        place = ", ".join(part for part in (self.writer.flow.label, self._cell) if part) or None
        if level is None:
            level = style.heading
        elif level > 9:
            level = None
        listed = numbered if numbered is not None else bool(style.numbered)
        return style, Kind(*self._kind(style, level, listed), column=self._column)._replace(part=place), deleted

    def _kind(self, style: Style, level: int | None, listed: bool) -> "tuple[SegmentKind, str | None, int | None]":
        base = self._base
        if style.is_quotation and base not in {"header", "footer"}:
            return "quotation", None, None
        if base not in {"paragraph", "cell", "text-box"}:
            return base, None, None
        if style.is_title:
            return "title", None, None
        if level is not None:
            return "heading", None, level or None
        if style.is_caption:
            return "caption", None, None
        return ("list-item" if listed else base), None, None

    def _inline(self, content: "etree._Element") -> None:
        for each in content:
            name = KINDS.get(each.tag)
            if name == "r":
                self._run(each)
            elif name == "AlternateContent":
                self._inline(_choice(each))
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self.writer.remark(value(each, "id"), starts=name.endswith("Start"))
            elif name == "fldSimple" and repeats(value(each, "instr") or ""):
                continue
            elif name not in _NO_TEXT:
                self._inline(each)

    def _run(self, run: "etree._Element") -> None:
        silent = bool(self._muted) or run in self._hidden
        for each in run:
            name = KINDS.get(each.tag)
            if name is None or name == "rPr":
                continue
            if name == "t":
                if not (silent or self._fields.silent):
                    self._text(each)
            elif name == "commentReference":
                self.writer.remark(value(each, "id"), starts=None)
            elif name == "fldChar":
                self._fields.mark(each)
            elif name == "instrText":
                self._fields.instruction(each)
            elif not (silent or self._fields.silent):
                self._other(each, name)

    def _text(self, element: "etree._Element") -> None:
        """Write a `w:t`; white space around it shows only where it says so (ECMA-376 part 1, 17.3.3.31)."""
        text = element.text or ""
        if element.get(SPACE) != "preserve" and text != text.strip(BLANKS):
            element.text = text = text.strip(BLANKS)  # taken away here, so that offsets are those of what shows
        self.writer.write(text.translate(_SPACES), element, 0)

    def _other(self, element: "etree._Element", name: str) -> None:
        """Write what stands in a run beside its text."""
        if name in _CHARACTERS:
            self.writer.write(_CHARACTERS[name], element)
        elif name == "sym":
            self.writer.write(_symbol(value(element, "char")), element)
        elif name in {"footnoteReference", "endnoteReference"}:
            self._notes.append((name.removesuffix("Reference"), value(element, "id") or "", element))
        elif name == "ruby":
            self._inline(element)
        elif name in {"drawing", "pict", "object", "AlternateContent"}:
            self._pictures(element)

    def _pictures(self, element: "etree._Element") -> None:
        """Find the text boxes and alternative texts in a drawing; they are read when the paragraph ends."""
        name = KINDS.get(element.tag)
        if name == "txbxContent" or (name == "docPr" and (element.get("descr") or "").strip()):
            self._waiting.append(element)
        elif name == "AlternateContent":
            self._pictures(_choice(element))
        else:
            for each in element:
                self._pictures(each)

    def _end_paragraph(self) -> None:
        """End the running paragraph: read what hangs on it."""
        self._joined = False
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            state = self._base, self._cell, self._column, self._fields, self.writer.flow, self._waiting
            flow = self.writer.flow
            self._waiting = []
            box = KINDS.get(each.tag) == "txbxContent"
            what = "text box" if box else "picture"
            self._counts[what] += 1
            place = ", ".join(part for part in (flow.label, self._cell, f"{what} {self._counts[what]}") if part)
            self.writer.flow = Flow(flow.part, place, flow.commentable, flow.anchor)
            if box:
                self._base, self._cell, self._column = "text-box", None, None
                self._fields = Fields(self._marks)
                self._blocks(each)
                self._end_paragraph()
            else:
                self.writer.begin(Kind("alternative-text", part=place))
                self.writer.write((each.get("descr") or "").translate(_SPACES), each, 0, "descr")
            self._base, self._cell, self._column, self._fields, self.writer.flow, self._waiting = state

    def _table(self, table: "etree._Element") -> None:
        self._counts["table"] += 1
        label = f"table {self._counts['table']}"
        state = self._base, self._cell, self._column, self.writer.captured
        columns: dict[int, str] = {}
        self._base = "cell"
        rows = [each for each in _members(table, "tr") if child(child(each, "trPr"), "del") is None]
        for row, each in enumerate(rows):
            column = number(child(child(each, "trPr"), "gridBefore"))
            for cell in _members(each, "tc"):
                properties = child(cell, "tcPr")
                span = max(number(child(properties, "gridSpan"), 1), 1)
                merged = child(properties, "vMerge")
                covered = merged is not None and value(merged) in {None, "continue"}
                if not covered and child(properties, "cellDel") is None:
                    self._cell = f"{label}, cell {cell_name(row, column)}"
                    self._column = columns.get(column) if row else None
                    self.writer.captured = [] if row == 0 else None
                    self._blocks(cell)
                    self._end_paragraph()
                    if row == 0:
                        heading = " ".join("".join(self.writer.captured or ()).split()) or None
                        columns |= {column + n: heading for n in range(min(span, 1000)) if heading}
                column += span
        self._base, self._cell, self._column, self.writer.captured = state
        self._joined = False
        # What follows in the same cell is a paragraph of its own; `_paragraph` begins it.


def _run_of(property_: "etree._Element") -> "etree._Element | None":
    """Return the run that a run property belongs to, or None: a paragraph's mark or a style."""
    properties = property_.getparent()
    run = properties.getparent() if properties is not None else None
    return run if run is not None and KINDS.get(run.tag) == "r" else None


def _choice(element: "etree._Element") -> "etree._Element":
    """Return what of an `mc:AlternateContent` is read: the first choice, else the fallback (ECMA-376 part 3, 7.6)."""
    found = child(element, "Choice")
    if found is None:
        found = child(element, "Fallback")
    return found if found is not None else element


def _members(element: "etree._Element", name: str) -> "list[etree._Element]":
    """Return the rows of a table or the cells of a row, also those in content controls."""
    found = []
    for each in element:
        kind = KINDS.get(each.tag)
        if kind == name:
            found.append(each)
        elif kind in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            found += _members(each, name)
    return found


def _is_contents(control: "etree._Element") -> bool:
    """Return whether a content control holds a table of contents."""
    properties = child(control, "sdtPr")
    for each in properties.iter(*tags("docPartGallery")) if properties is not None else ():
        return "table of contents" in (value(each) or "").casefold()
    return False


def _symbol(code: str | None) -> str:
    try:
        found = int(code or "", 16)
    except ValueError:
        return "\ufffd"
    return chr(found) if 0x20 <= found < 0xD800 or 0xE000 <= found <= 0x10FFFF else "\ufffd"
