"""Runs of Word documents, split where a comment or a change begins or ends; nothing a reader sees is changed by it."""

import copy
from typing import NamedTuple

from lxml import etree

from termbank.documents.docx_names import KINDS, SPACE
from termbank.documents.package_pieces import Piece


class Place(NamedTuple):
    """A place between runs: before or after an element that stands where runs stand.

    Arguments:
        element: a run.
        after: whether the place is after it.
    """

    element: "etree._Element"
    after: bool

    def insert(self, *nodes: "etree._Element") -> None:
        """Put nodes there, in their order."""
        if self.after:
            for node in reversed(nodes):
                self.element.addnext(node)
        else:
            for node in nodes:
                self.element.addprevious(node)


def place_at(piece: Piece, offset: int) -> Place:
    """Return the place at an offset of the text, splitting the run that it lies in.

    The part before the offset stays in the old run, the part after it goes to a new one with the same properties. So
    places are asked for from the end of the text to its beginning, and pieces before them stay as they are.

    Arguments:
        piece: the piece that the offset lies in, or at the end of.
        offset: in the text.
    """
    run, node = run_and_child(piece)
    if piece.local < 0 or piece.where != "text":
        after = offset > piece.start
        return _split(run, node, after=after)
    inside = piece.local + offset - piece.start
    text = node.text or ""
    if inside <= 0:
        return _split(run, node, after=False)
    if inside >= len(text):
        return _split(run, node, after=True)
    rest = etree.Element(node.tag)
    rest.text, node.text = text[inside:], text[:inside]
    for each in (node, rest):
        each.set(SPACE, "preserve")
    node.addnext(rest)
    return _split(run, node, after=True)


def run_and_child(piece: Piece) -> "tuple[etree._Element, etree._Element]":
    """Return the run that a piece stands in, and the child of it that holds the piece."""
    node = piece.node
    while True:
        above = node.getparent()
        if above is None:
            return piece.node, piece.node
        if KINDS.get(above.tag) == "r":
            return above, node
        node = above


def _split(run: "etree._Element", node: "etree._Element", after: bool) -> Place:
    """Return the place before or after a child of a run, splitting the run if it has something on both sides."""
    children = [each for each in run if KINDS.get(each.tag) != "rPr"]
    position = children.index(node) + after
    if position == 0:
        return Place(run, after=False)
    if position == len(children):
        return Place(run, after=True)
    rest = etree.Element(run.tag, {str(name): str(said) for name, said in run.attrib.items()})
    properties = run[0]
    if KINDS.get(properties.tag) == "rPr":
        rest.append(copy.deepcopy(properties))
    rest.extend(children[position:])
    run.addnext(rest)
    return Place(run, after=True)


def place_around(node: "etree._Element", after: bool) -> Place:
    """Return the place right before or after something in a run, such as the mark of a footnote."""
    run = node.getparent()
    while run is not None and KINDS.get(run.tag) != "r":
        node, run = run, run.getparent()
    return _split(run, node, after) if run is not None else Place(node, after)
