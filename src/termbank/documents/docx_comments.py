"""Comments written into Word documents (ECMA-376 part 1, 17.13.4)."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from termbank.documents.comment_marks import Mark, legal, marks_of, moved_findings, moved_text, split_comments
from termbank.documents.document import Comment
from termbank.documents.docx_names import KINDS, child, namespace, tags, value
from termbank.documents.docx_parts import main_part, open_docx, related, with_comments_part
from termbank.documents.docx_runs import Place, place_around, place_at
from termbank.documents.docx_styles import Styles
from termbank.documents.docx_text import extract
from termbank.documents.package import Package
from termbank.documents.package_out import write_package, xml_bytes
from termbank.documents.package_pieces import Extraction
from termbank.files import refuse_itself
from termbank.model.finding import Finding


def write_comments(
    path: Path,
    comments: Sequence[Comment],
    target: Path,
    author: str,
    date: datetime.datetime | None,
    language: str,
) -> tuple[Finding, ...]:
    """Write a commented copy; see `docx.comment`."""
    refuse_itself(path, target)
    with open_docx(path) as package:
        found = extract(package)
        main = main_part(package)
        root = found.roots[main]
        part, changed = with_comments_part(package, main)
        writer = _Comments(package, root, part, author, date)
        here, elsewhere = split_comments(found, comments)
        marks: list[Mark] = []
        for each, pieces in here:
            begin, end, run = writer.add(each.text)
            marks += marks_of(each, pieces, ((begin,), (end, run)), point=(begin, end, run))
        for mark in sorted(marks, key=lambda each: (-each.offset, each.side)):
            place_at(mark.piece, mark.offset).insert(*mark.nodes)
        at_first: list[etree._Element] = []
        for each, flow in elsewhere:
            begin, end, run = writer.add(moved_text(found, each, flow, language))
            if flow.anchor is not None:
                place_around(flow.anchor, after=True).insert(end, run)
                place_around(flow.anchor, after=False).insert(begin)
            else:
                at_first += (begin, end, run)
        if at_first:
            _first_place(found, root).insert(*at_first)
        changed |= {part: xml_bytes(writer.root), main: xml_bytes(root)}
        write_package(package, changed, target)
    return moved_findings(path, elsewhere)


def stamp(date: datetime.datetime | None) -> str:
    """Return a time as Word writes it: that of the clock on the wall, with a Z all the same."""
    return f"{date or datetime.datetime.now():%Y-%m-%dT%H:%M:%S}Z"  # local time is what Word writes


class _Comments:
    """The part that holds the comments, and their markup in the body."""

    def __init__(
        self, package: Package, body: "etree._Element", part: str, author: str, date: datetime.datetime | None
    ) -> None:
        self._space = namespace(body)
        if package.name(part):
            self.root = package.xml(part)
        else:
            self.root = etree.Element(f"{{{self._space}}}comments", nsmap={"w": self._space})
        styles = related(package, main_part(package), "styles")
        known = Styles(package.xml(styles) if styles else None)
        self._text_style, self._mark_style = known.id_of("annotation text"), known.id_of("annotation reference")
        self._author, self._date = legal(author), stamp(date)
        taken = [each for each in self.root if KINDS.get(each.tag) == "comment"]
        taken += body.iter(*tags("commentRangeStart", "commentReference"))
        self._next = max((_number(value(each, "id")) for each in taken), default=-1) + 1

    def add(self, text: str) -> "tuple[etree._Element, etree._Element, etree._Element]":
        """Add a comment; return the marks of its beginning and end, and the run that refers to it."""
        name = str(self._next)
        self._next += 1
        comment = self._new("comment", id=name, author=self._author, date=self._date, initials=self._initials)
        for count, line in enumerate(legal(text).splitlines() or [""]):
            comment.append(self._paragraph(line, first=count == 0))
        self.root.append(comment)
        run = self._run(self._mark_style)
        run.append(self._new("commentReference", id=name))
        return self._new("commentRangeStart", id=name), self._new("commentRangeEnd", id=name), run

    @property
    def _initials(self) -> str:
        return "".join(word[0] for word in self._author.split()).upper()[:9]

    def _paragraph(self, line: str, first: bool) -> "etree._Element":
        paragraph = self._new("p")
        if self._text_style:
            properties = self._new("pPr")
            properties.append(self._new("pStyle", val=self._text_style))
            paragraph.append(properties)
        if first:
            mark = self._run(self._mark_style)
            mark.append(self._new("annotationRef"))
            paragraph.append(mark)
        run = self._run(None)
        text = self._new("t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        paragraph.append(run)
        return paragraph

    def _run(self, style: str | None) -> "etree._Element":
        run = self._new("r")
        if style:
            properties = self._new("rPr")
            properties.append(self._new("rStyle", val=style))
            run.append(properties)
        return run

    def _new(self, name: str, **attributes: str) -> "etree._Element":
        space = self._space
        return etree.Element(
            f"{{{space}}}{name}", {f"{{{space}}}{key}": said for key, said in attributes.items()}, nsmap={"w": space}
        )


def _first_place(found: Extraction, root: "etree._Element") -> Place:
    """Return the first place in the body where a comment may stand; a paragraph is made if there is none."""
    body = child(root, "body")
    body = body if body is not None else root
    node = next((each.node for each in found.pieces if each.flow.commentable), None)
    above = [each for each in node.iterancestors() if KINDS.get(each.tag) == "p"] if node is not None else []
    paragraph = above[-1] if above else next(iter(body.iter(*tags("p"))), None)
    if paragraph is None:
        paragraph = etree.Element(f"{{{namespace(root)}}}p")
        body.insert(0, paragraph)
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(f"{{{namespace(root)}}}pPr")
        paragraph.insert(0, properties)
    return Place(properties, after=True)


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else -1
