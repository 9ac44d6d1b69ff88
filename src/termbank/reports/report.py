"""What a report is made of: checked documents with their findings, and the entries of the concepts they name."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from termbank.model import Concept, Finding


class Block(NamedTuple):
    """A stretch of a checked text: see `termbank.documents.document.Segment`, whose fields these are."""

    start: int
    end: int
    kind: str
    part: str | None
    level: int | None


class Checked(NamedTuple):
    """One document that was checked.

    Arguments:
        path: file name, as it was given.
        text: its text.
        blocks: the stretches of the text.
        findings: what was found, in the order of the text; each has its place in `location`.
        title, owner, date: what the document says of itself; `date`: when it says it was last changed or decided.
        known: of `findings`, those that the baseline already held, by position; shown, but not counted as new.
        refused: why the document could not be read, as a finding; then there is no text.
        outputs: files that were written for it, by kind: `commented`, `fixed`, `appendix`.
        edited: how many places were mended; what is found there no more is not among `findings`.
    """

    path: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    title: str | None = None
    owner: str | None = None
    date: datetime.date | None = None
    known: frozenset[int] = frozenset()
    refused: Finding | None = None
    outputs: tuple[tuple[str, str], ...] = ()
    edited: int = 0


class Report(NamedTuple):
    """A run: what was checked, against what, and when.

    Arguments:
        documents: what was checked, in order.
        made_on: the day that the check was made for.
        entries: the concepts that findings name, by `vocabulary#id`.
        banks: what the texts were checked against, such as `termbank|2026-11-22`.
        mask: nothing of the texts is shown: no excerpts, no words that were found, no changes; only where and why.
        folder: where the report will lie, for links to the outputs; empty: the outputs' paths are taken as links.
    """

    documents: tuple[Checked, ...]
    made_on: datetime.date
    entries: Mapping[str, Concept] = {}
    banks: tuple[str, ...] = ()
    mask: bool = False
    folder: str = ""
