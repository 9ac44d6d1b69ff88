"""Where the comments on a package's text begin and end, for Word and OpenDocument alike."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from termbank.documents.document import Comment
from termbank.documents.package_pieces import Extraction, Flow, Piece
from termbank.documents.parts import shown_part
from termbank.model.finding import Finding, Location
from termbank.model.rules import rule

START, END = 0, 1
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Mark(NamedTuple):
    """Where the markup of a comment begins or ends: at an offset that lies in a piece or at its end.

    Marks are written from the end of the text to its beginning, and at one offset beginnings before ends, so that what
    is still to be written finds its nodes as they were.
    """

    offset: int
    side: int
    piece: Piece
    nodes: "tuple[etree._Element, ...]"


def legal(text: str) -> str:
    r"""Return a text without the characters that XML has no place for.

    >>> legal("SIP\x07")
    'SIP'
    """
    return _ILLEGAL.sub("", text)


def split_comments(
    found: Extraction, comments: Iterable[Comment]
) -> tuple[list[tuple[Comment, list[Piece]]], list[tuple[Comment, Flow]]]:
    """Return the comments that may stand where their words are, and those that may not, both in order.

    Raises:
        ValueError: an offset lies outside the text.
    """
    here: list[tuple[Comment, list[Piece]]] = []
    elsewhere: list[tuple[Comment, Flow]] = []
    for each in sorted(comments, key=lambda each: (each.start, -each.end)):
        found.check(each.start, each.end)
        pieces = found.covering(each.start, each.end)
        if pieces and pieces[0].flow.commentable:
            here.append((each, pieces))
        else:
            elsewhere.append((each, pieces[0].flow if pieces else Flow("")))
    return here, elsewhere


def marks_of(
    comment: Comment,
    pieces: list[Piece],
    ends: "tuple[tuple[etree._Element, ...], tuple[etree._Element, ...]]",
    point: "tuple[etree._Element, ...]",
) -> list[Mark]:
    """Return the marks of one comment; it ends where its flow of text ends.

    Arguments:
        comment: the comment.
        pieces: what its words stand in.
        ends: what is written where it begins, and where it ends.
        point: what is written if it has no words.
    """
    first = pieces[0]
    last = next(each for each in reversed(pieces) if each.flow is first.flow)
    start, stop = max(comment.start, first.start), min(comment.end, last.end)
    if stop <= start:
        return [Mark(min(start, first.end), START, first, point)]
    return [Mark(start, START, first, ends[0]), Mark(stop, END, last, ends[1])]


def moved_text(found: Extraction, comment: Comment, flow: Flow, language: str) -> str:
    """Return what a comment says that stands elsewhere: where its words are, then the comment."""
    place = shown_part(flow.label, language)
    return f"{place}: ”{found.text[comment.start : comment.end]}”\n{comment.text}" if place else comment.text


def moved_findings(path: Path, elsewhere: Iterable[tuple[Comment, Flow]]) -> tuple[Finding, ...]:
    """Return a finding for each comment that stands elsewhere."""
    return tuple(
        rule("document-comment-moved").finding(
            location=Location(path=str(path), start=each.start, end=each.end, part=flow.label), part=flow.label
        )
        for each, flow in elsewhere
        if flow.label
    )
