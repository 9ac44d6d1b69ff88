"""Comments written into OpenDocument texts (ODF 1.3 part 3, 14.1)."""

import datetime
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from lxml import etree

from termbank.documents.comment_marks import END, Mark, legal, marks_of, moved_findings, moved_text, split_comments
from termbank.documents.document import Comment
from termbank.documents.odt import open_odt
from termbank.documents.odt_names import CONTAINERS, tag
from termbank.documents.odt_text import CONTENT, extract
from termbank.documents.package_out import write_package, xml_bytes
from termbank.documents.package_pieces import Extraction, Piece
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
    """Write a commented copy; see `odt.comment`."""
    refuse_itself(path, target)
    with open_odt(path) as package:
        found = extract(package)
        root = found.roots[CONTENT]
        writer = _Annotations(root, author, date)
        here, elsewhere = split_comments(found, comments)
        marks: list[Mark] = []
        for each, pieces in here:
            marks += marks_of(each, pieces, writer.add(each.text), point=writer.add_point(each.text))
        for mark in sorted(marks, key=lambda each: (-each.offset, each.side)):
            _insert(mark.piece, mark.offset, mark.side, mark.nodes)
        at_first: list[etree._Element] = []
        for each, flow in elsewhere:
            text = moved_text(found, each, flow, language)
            if flow.anchor is not None and _insert_around(flow.anchor, writer.add(text)):
                continue
            at_first += writer.add_point(text)
        if at_first:
            _first_paragraph(found, root, at_first)
        write_package(package, {CONTENT: xml_bytes(root)}, target)
    return moved_findings(path, elsewhere)


class _Annotations:
    """Makes annotations with names that the document does not have."""

    def __init__(self, root: "etree._Element", author: str, date: datetime.datetime | None) -> None:
        taken = {each.get(tag("office:name")) for each in root.iter(tag("office:annotation"))}
        self._names = (name for name in map("__Annotation__termbank_{}".format, count(1)) if name not in taken)
        self._author = legal(author)
        self._date = f"{date or datetime.datetime.now():%Y-%m-%dT%H:%M:%S}"

    def add(self, text: str) -> "tuple[tuple[etree._Element, ...], tuple[etree._Element, ...]]":
        """Return the beginning and the end of a comment on words."""
        name = next(self._names)
        end = etree.Element(tag("office:annotation-end"))
        end.set(tag("office:name"), name)
        (begin,) = self.add_point(text)
        begin.set(tag("office:name"), name)
        return (begin,), (end,)

    def add_point(self, text: str) -> "tuple[etree._Element, ...]":
        """Return a comment on a place."""
        annotation = etree.Element(tag("office:annotation"))
        etree.SubElement(annotation, tag("dc:creator")).text = self._author
        etree.SubElement(annotation, tag("dc:date")).text = self._date
        for line in legal(text).splitlines() or [""]:
            etree.SubElement(annotation, tag("text:p")).text = line
        return (annotation,)


def _insert(piece: Piece, offset: int, side: int, nodes: "tuple[etree._Element, ...]") -> None:
    """Put nodes at an offset of the text; places are taken from the end of the text to its beginning."""
    node, where = piece.node, piece.where
    if piece.local < 0:
        _beside(node, offset > piece.start, nodes)
        return
    holder = node if where == "text" else node.getparent()
    if holder is not None and holder.tag not in CONTAINERS:  # a field: it holds text only
        while holder is not None and holder.tag not in CONTAINERS:
            node, holder = holder, holder.getparent()
        _beside(node, side == END, nodes)
        return
    inside = piece.local + offset - piece.start
    text = (node.text if where == "text" else node.tail) or ""
    nodes[-1].tail = text[inside:] or None
    if where == "text":
        node.text = text[:inside] or None
        for position, each in enumerate(nodes):
            node.insert(position, each)
    else:
        assert holder is not None
        node.tail = text[:inside] or None
        position = holder.index(node) + 1
        for each in reversed(nodes):
            holder.insert(position, each)


def _beside(node: "etree._Element", after: bool, nodes: "tuple[etree._Element, ...]") -> None:
    """Put nodes right before or after an element."""
    above = node.getparent()
    assert above is not None
    position = above.index(node)
    if after:
        nodes[-1].tail, node.tail = node.tail, None
        position += 1
    for each in reversed(nodes):
        above.insert(position, each)


def _insert_around(
    anchor: "etree._Element", ends: "tuple[tuple[etree._Element, ...], tuple[etree._Element, ...]]"
) -> bool:
    """Put a comment around what its words hang on; return whether there may be one."""
    above = anchor.getparent()
    if above is None or above.tag not in CONTAINERS:
        return False
    _beside(anchor, True, ends[1])
    _beside(anchor, False, ends[0])
    return True


def _first_paragraph(found: Extraction, root: "etree._Element", nodes: "list[etree._Element]") -> None:
    """Put nodes at the start of the body; a paragraph is made if there is none."""
    node = next((each.node for each in found.pieces if each.flow.commentable and each.flow.label is None), None)
    while node is not None and node.tag not in {tag("text:p"), tag("text:h")}:
        node = node.getparent()
    if node is None:
        body = root.find(f"{tag('office:body')}/{tag('office:text')}")
        assert body is not None
        node = body.find(tag("text:p"))
        node = node if node is not None else etree.SubElement(body, tag("text:p"))
    nodes[-1].tail, node.text = node.text, None
    for each in reversed(nodes):
        node.insert(0, each)
