"""What an author has said shall be left alone, in a comment of the document itself."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from termbank.documents.document import Document, Remark
from termbank.text.hits import Hit

_MARK = re.compile(r"^\W*termbank\s*[:-]\s*(ignore|off|on)\b\s*:?\s*([\w\s,-]*)", re.IGNORECASE)
_RULE = re.compile(r"[a-z]+(?:-[a-z]+)+")


class _Silence(NamedTuple):
    start: int
    end: int
    rules: frozenset[str]


def ignored(document: Document, hit: Hit) -> bool:
    """Tell whether a comment in the document says that a hit shall be left alone.

    `termbank: ignore` leaves alone what the comment is about; where it stands between words, the paragraph that it
    stands in or, standing alone, the next one. `termbank: off` and `termbank: on` enclose a longer stretch. After
    `ignore` and `off` may follow the rules that are meant; without any, all are. Other words after them are for people.

    >>> from termbank.documents.document import Remark, Segment
    >>> silent = Document("a.md", "markdown", "SKL", (Segment(0, 3),), remarks=(Remark(0, 0, "termbank: ignore"),))
    >>> ignored(silent, Hit("superseded-term", 0, 3, "SKL"))
    True
    """
    if not document.remarks:
        return False
    return any(
        silence.start < hit.end and hit.start < silence.end and (not silence.rules or hit.rule in silence.rules)
        for silence in _silences(document)
    )


def _silences(document: Document) -> Iterator[_Silence]:
    since: _Silence | None = None
    for remark in document.remarks:
        mark = _MARK.match(remark.text)
        if not mark:
            continue
        rules = frozenset(takewhile(_RULE.fullmatch, re.split(r"[\s,]+", mark.group(2).strip().lower())))
        match mark.group(1).lower():
            case "ignore":
                yield _Silence(*_about(document, remark), rules)
            case "off":
                since = since or _Silence(remark.start, len(document.text), rules)
            case "on" if since:
                yield since._replace(end=remark.start)
                since = None
    if since:
        yield since


def _about(document: Document, remark: Remark) -> tuple[int, int]:
    if remark.start < remark.end:
        return remark.start, remark.end
    for segment in document.segments:
        if remark.start <= segment.end:
            return segment.start, segment.end
    return remark.start, remark.end
