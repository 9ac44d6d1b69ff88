"""Words replaced in Word documents, plainly or as tracked changes (ECMA-376 part 1, 17.13.5)."""

import copy
import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from termbank.documents.comment_marks import legal
from termbank.documents.docx_comments import stamp
from termbank.documents.docx_names import KINDS, SPACE, child, namespace, value
from termbank.documents.docx_parts import open_docx
from termbank.documents.docx_runs import Place, place_at, run_and_child
from termbank.documents.docx_text import extract
from termbank.documents.package_out import write_package, xml_bytes
from termbank.documents.package_pieces import Extraction, Piece
from termbank.model.finding import Edit

_NODES = re.compile(r"[\t\n\u00ad]|[^\t\n\u00ad]+")
_ELEMENTS = {"\t": "tab", "\n": "br", "\u00ad": "softHyphen"}


class Tracked(NamedTuple):
    """Who made tracked changes, and when."""

    author: str
    date: datetime.datetime | None


def write_edits(path: Path, edits: Sequence[Edit], target: Path, track: Tracked | None) -> None:
    """Write an edited document; see `docx.edit`."""
    with open_docx(path) as package:
        found = extract(package)
        ordered = checked(found, edits)
        writer = _Tracking(found, track) if track else _Plain()
        touched: dict[str, set[etree._Element]] = {}
        for each, pieces in reversed(ordered):
            touched.setdefault(pieces[0].flow.part, set()).update(_boxes(pieces))
            if pieces[0].where != "text":
                _edit_attribute(each, pieces[0])
            elif each.start == each.end:
                if each.text:
                    writer.insert(each, pieces[0])
            else:
                writer.replace(each, pieces)
        for boxes in touched.values():
            for box in boxes:
                _repeat_in_fallback(box)
        write_package(package, {part: xml_bytes(found.roots[part]) for part in touched}, target)


def checked(found: Extraction, edits: Sequence[Edit]) -> list[tuple[Edit, list[Piece]]]:
    """Return the edits in order, each with the pieces it changes.

    Raises:
        ValueError: two overlap, one lies outside the text or not within one segment, or its text is no text.
    """
    ordered = sorted(edits, key=lambda each: (each.start, each.end))
    for before, after in pairwise(ordered):
        touching = after.start == before.end and (before.start == before.end or after.start == after.end)
        if after.start < before.end or touching:
            raise ValueError(f"the edits {before.start}-{before.end} and {after.start}-{after.end} overlap")
    result = []
    for each in ordered:
        found.check(each.start, each.end)
        if legal(each.text) != each.text or "\r" in each.text:
            raise ValueError(f"the edit {each.start}-{each.end} writes characters that a document cannot have")
        segment = found.segment(each.start)
        pieces = found.covering(each.start, each.end)
        if segment is None or each.end > segment.end or not pieces:
            raise ValueError(f"the edit {each.start}-{each.end} does not stand within one segment of the text")
        if each.start == each.end:
            pieces = found.covering(max(each.start - 1, segment.start), max(each.start, segment.start + 1))[-1:]
        result.append((each, pieces))
    return result


class _Plain:
    """Replaces words where they stand."""

    def insert(self, edit: Edit, piece: Piece) -> None:
        if piece.local < 0:
            place = place_at(piece, edit.start)
            place.insert(_new_run(run_and_child(piece)[0], edit.text))
            return
        offset = piece.local + edit.start - piece.start
        self._put(piece.node, offset, offset, edit.text)

    def replace(self, edit: Edit, pieces: list[Piece]) -> None:
        for piece in reversed(pieces):
            text = edit.text if piece is pieces[0] else ""
            run, node = run_and_child(piece)
            if piece.local < 0:
                for each in _nodes(run, text):
                    node.addprevious(each)
                run.remove(node)
            else:
                first = piece.local + max(edit.start, piece.start) - piece.start
                last = piece.local + min(edit.end, piece.end) - piece.start
                self._put(node, first, last, text)
            if all(KINDS.get(each.tag) == "rPr" for each in run):
                above = run.getparent()
                assert above is not None
                above.remove(run)

    @staticmethod
    def _put(node: "etree._Element", first: int, last: int, text: str) -> None:
        """Replace a stretch of a `w:t`; what is no letter gets an element of its own."""
        run = node.getparent()
        assert run is not None
        before, after = (node.text or "")[:first], (node.text or "")[last:]
        node.set(SPACE, "preserve")
        if not set(text) & set(_ELEMENTS):
            node.text = before + text + after
            if not node.text:
                run.remove(node)
            return
        node.text = before
        for each in reversed([*_nodes(run, text), *_nodes(run, after)]):
            node.addnext(each)
        if not before:
            run.remove(node)


class _Tracking:
    """Replaces words by tracked changes.

    Arguments:
        found: the document; its changes have numbers that new ones must not have.
        track: whose changes they are.
    """

    def __init__(self, found: Extraction, track: Tracked) -> None:
        self._author, self._date = legal(track.author), stamp(track.date)
        self._numbers = _fresh_numbers(found)

    def insert(self, edit: Edit, piece: Piece) -> None:
        run = run_and_child(piece)[0]
        place = place_at(piece, edit.start)
        above = place.element.getparent()
        if above is not None and KINDS.get(above.tag) in {"ins", "moveTo"}:
            place = self._outside(place)
        place.insert(self._inserted(run, edit.text))

    def replace(self, edit: Edit, pieces: list[Piece]) -> None:
        place_at(pieces[-1], min(edit.end, pieces[-1].end))
        place = place_at(pieces[0], max(edit.start, pieces[0].start))
        first = place.element.getnext() if place.after else place.element
        assert first is not None
        runs = dict.fromkeys([first, *(run_and_child(piece)[0] for piece in pieces[1:])])
        marks: list[etree._Element] = []
        for run in runs:
            if marks and run.getprevious() is marks[-1]:
                marks[-1].append(run)
            else:
                mark = self._mark("del", run)
                run.addprevious(mark)
                mark.append(run)
                marks.append(mark)
            for each in run:
                if KINDS.get(each.tag) == "t":
                    each.tag = f"{{{namespace(each)}}}delText"
        if edit.text:
            above = marks[0].getparent()
            place = Place([each for each in marks if each.getparent() is above][-1], after=True)
            if above is not None and KINDS.get(above.tag) in {"ins", "moveTo"}:
                place = self._outside(place)
            place.insert(self._inserted(first, edit.text))

    def _outside(self, place: Place) -> Place:
        """Return the same place outside somebody else's insertion, which is cut in two if it goes on after it."""
        above = place.element.getparent()
        assert above is not None
        position = above.index(place.element) + place.after
        if position == 0:
            return Place(above, after=False)
        rest = list(above)[position:]
        if rest:
            other = etree.Element(above.tag, {str(name): str(said) for name, said in above.attrib.items()})
            other.set(f"{{{namespace(above)}}}id", str(next(self._numbers)))
            other.extend(rest)
            above.addnext(other)
        return Place(above, after=True)

    def _inserted(self, run: "etree._Element", text: str) -> "etree._Element":
        mark = self._mark("ins", run)
        mark.append(_new_run(run, text))
        return mark

    def _mark(self, name: str, run: "etree._Element") -> "etree._Element":
        space = namespace(run)
        return etree.Element(
            f"{{{space}}}{name}",
            {
                f"{{{space}}}id": str(next(self._numbers)),
                f"{{{space}}}author": self._author,
                f"{{{space}}}date": self._date,
            },
        )


def _fresh_numbers(found: Extraction) -> Iterator[int]:
    """Return numbers that no annotation of the document has."""
    taken = (value(each, "id") for root in found.roots.values() for each in root.iter())
    return count(max((int(each) for each in taken if each and re.fullmatch(r"[0-9]{1,9}", each)), default=0) + 1)


def _new_run(like: "etree._Element", text: str) -> "etree._Element":
    run = etree.Element(like.tag)
    properties = child(like, "rPr")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    run.extend(_nodes(like, text))
    return run


def _nodes(like: "etree._Element", text: str) -> "list[etree._Element]":
    """Return the children of a run that show a text."""
    space = namespace(like)
    nodes = []
    for part in _NODES.findall(text):
        node = etree.Element(f"{{{space}}}{_ELEMENTS.get(part, 't')}")
        if part not in _ELEMENTS:
            node.text = part
            node.set(SPACE, "preserve")
        nodes.append(node)
    return nodes


def _edit_attribute(edit: Edit, piece: Piece) -> None:
    """Change an alternative text; Word tracks no changes of those."""
    said = piece.node.get(piece.where) or ""
    first = piece.local + edit.start - piece.start
    piece.node.set(piece.where, said[:first] + edit.text + said[piece.local + edit.end - piece.start :])


def _boxes(pieces: Sequence[Piece]) -> "Iterator[etree._Element]":
    """Return the text boxes that are changed and have a copy for older programs."""
    for piece in pieces[:1]:
        above = [each for each in piece.node.iterancestors() if KINDS.get(each.tag) in {"txbxContent", "Choice"}]
        if len(above) > 1 and [KINDS[each.tag] for each in above[-2:]] == ["txbxContent", "Choice"]:
            yield above[-2]


def _repeat_in_fallback(box: "etree._Element") -> None:
    """Give the copy of a text box in `mc:Fallback` the same content, so that every program shows the same words."""
    choice = next(each for each in box.iterancestors() if KINDS.get(each.tag) == "Choice")
    fallback = child(choice.getparent(), "Fallback")
    if fallback is None:
        return
    ours = [each for each in choice.iter(box.tag) if _outermost(each, choice)]
    theirs = [each for each in fallback.iter(box.tag) if _outermost(each, fallback)]
    if len(ours) == len(theirs):
        copy_ = theirs[ours.index(box)]
        copy_[:] = [copy.deepcopy(each) for each in box]


def _outermost(box: "etree._Element", within: "etree._Element") -> bool:
    for above in box.iterancestors():
        if above is within:
            return True
        if above.tag == box.tag:
            return False
    return False
