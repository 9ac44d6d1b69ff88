"""Plain text: paragraphs, lists, headings and quotations as people set them by hand."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from termbank.documents.document import Document, Segment, SegmentKind
from termbank.documents.encoding import Source, read_source
from termbank.documents.positions import Change, Positions, changed
from termbank.errors import FormatError
from termbank.files import AtomicFile
from termbank.model import Edit

_BREAK = re.compile(r"\r\n?|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+•◦‣▪–—·]|\(?(?:\d{1,3}|[a-zåäö])[.)])[ \t]+(?=\S)")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_NUMBERED = re.compile(r"[ \t]*(\d{1,3}(?:\.\d{1,3}){0,5})\.?[ \t]+(?=[^\W\d_])(?!(?:[a-z] )?§|kap\b)")
_UNDERLINE = re.compile(r"[ \t]*([=\-~_*])\1{2,}[ \t]*\Z")
_RULE = re.compile(r"[\s=\-~_*+|#.]*\Z")
_HEADING_LENGTH = 100


class _Line(NamedTuple):
    start: int
    text: str


def read(path: str | Path) -> Document:
    """Read a text file; see `document`. Line ends are given as LF.

    Arguments:
        path: the file; for its encoding see `encoding.decode`.

    Returns:
        The document.

    Raises:
        FormatError: it cannot be opened, is too large, or is no text.
    """
    source = read_source(path)
    text, positions = _with_line_feeds(source.text)
    return replace(document(text, str(path)), findings=source.findings(str(path)), place=positions.place)


def document(text: str, path: str = "") -> Document:
    """Return a text as a document; offsets in it are offsets in the text as it was given.

    Paragraphs are set apart by empty lines. A numbered line of its own, or an underlined one, is a heading; a line that
    starts with a mark or a number an item of a list; lines that start with `>` are a quotation. A line break inside a
    paragraph belongs to it.

    Arguments:
        text: running text.
        path: of the file it was read from, if any.

    >>> [(each.kind, each.start, each.end) for each in document("1 Syfte\\n\\nSamverkan\\när bra.").segments]
    [('heading', 2, 7), ('paragraph', 9, 26)]
    """
    segments: list[Segment] = []
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\r\n")
        if line and not line.isspace():
            block.append(_Line(match.start(), line))
        else:
            segments += _segments(block)
            block.clear()
    segments += _segments(block)
    title = next((text[each.start : each.end] for each in segments if each.kind == "heading"), None)
    found = Positions(text)
    found.add(0, len(text), 0, len(text))
    return Document(path=path, format="text", text=text, segments=tuple(segments), title=title, place=found.place)


def edit(path: str | Path, edits: Sequence[Edit], target: str | Path) -> None:
    """Write a text file with some words changed and every other byte as it was.

    Arguments:
        path: the file.
        edits: offsets in the text that `read` gives.
        target: where the changed file goes; may be the same.

    Raises:
        FormatError: the file cannot be read, or its encoding lacks a character of a new word.
        WriteError: the target cannot be written.
        ValueError: two edits overlap.
    """
    source = read_source(path)
    _, positions = _with_line_feeds(source.text)
    ending = next((end for end in ("\r\n", "\n", "\r") if end in source.text), "\n")
    changes = positions.changes(edits, lambda text, _: text.replace("\n", ending))
    rewrite(str(path), source, changes, target)


def rewrite(path: str, source: Source, changes: Iterable[Change], target: str | Path) -> None:
    """Write a source with changes made; see `edit`."""
    text = changed(source.exact, changes)
    try:
        data = source.encoded(text)
    except UnicodeEncodeError as error:
        lacking = text[error.start]
        raise FormatError(
            f"{path}: the new words have the character {lacking}, which {source.encoding_name} lacks; "
            "save the file as UTF-8 first."
        ) from error
    with AtomicFile(target, private=False, like=Path(path)) as file:
        file.write(data)
        file.commit()


def _with_line_feeds(source: str) -> tuple[str, Positions]:
    """Return a text with LF at the end of each line, and where everything in it stands."""
    positions = Positions(source)
    if "\r" not in source:
        positions.add(0, len(source), 0, len(source))
        return source, positions
    length = done = 0
    for match in _BREAK.finditer(source):
        length += match.start() - done
        positions.add(length - match.start() + done, length, done, match.start())
        positions.add(length, length + 1, match.start(), match.end())
        length += 1
        done = match.end()
    positions.add(length, length + len(source) - done, done, len(source))
    return _BREAK.sub("\n", source), positions


def _segments(block: Sequence[_Line]) -> Iterator[Segment]:
    """Divide the lines between two empty ones into segments; one that has only marks is none."""
    return (each for each in _divided(block) if each.start < each.end)


def _divided(block: Sequence[_Line]) -> Iterator[Segment]:
    first = 0
    while first < len(block):
        line = block[first].text
        last = first + 1
        if last < len(block) and _underlined(line, block[last].text):
            yield _segment(block[first:last], "heading", level=1 if "=" in block[last].text else 2)
            last += 1
        elif _RULE.match(line):
            pass
        elif mark := _QUOTED.match(line):
            if not _marks_only(line):
                last = _until(block, first, lambda text: not _QUOTED.match(text) or _marks_only(text))
                yield _segment(block[first:last], "quotation", mark.end())
        elif len(block) == 1 and (number := _NUMBERED.match(line)) and _heading_like(line):
            yield _segment(block, "heading", number.end(), number[1].count(".") + 1)
        else:
            item = _ITEM.match(line)
            last = _until(block, first, _starts_anew)
            yield _segment(block[first:last], "list-item" if item else "paragraph", item.end() if item else 0)
        first = last


def _segment(lines: Sequence[_Line], kind: SegmentKind, skipped: int = 0, level: int | None = None) -> Segment:
    """Return some lines as a segment, without what marks its start and the white space around it."""
    bare = lines[0].text[skipped:].lstrip()
    start = lines[0].start + len(lines[0].text) - len(bare)
    end = lines[-1].start + len(lines[-1].text.rstrip())
    return Segment(start, end, kind, None, level)


def _until(block: Sequence[_Line], first: int, stop: Callable[[str], object]) -> int:
    """Return the next line that the paragraph of a line does not go on to."""
    for last in range(first + 1, len(block)):
        if stop(block[last].text):
            return last
        if last + 1 < len(block) and _underlined(block[last].text, block[last + 1].text):
            return last
    return len(block)


def _starts_anew(line: str) -> bool:
    return bool(_ITEM.match(line) or _QUOTED.match(line) or _RULE.match(line))


def _marks_only(line: str) -> bool:
    return not _QUOTED.sub("", line, count=1).strip()


def _underlined(line: str, below: str) -> bool:
    """Tell a heading by the line below it, which is about as long."""
    return (
        bool(_UNDERLINE.match(below))
        and len(line.strip()) <= _HEADING_LENGTH
        and abs(len(below.strip()) - len(line.strip())) <= max(3, len(line.strip()) // 2)
        and not _RULE.match(line)
    )


def _heading_like(line: str) -> bool:
    """Tell a heading from a sentence: it is short and has no full stop."""
    return len(line.strip()) <= _HEADING_LENGTH and line.rstrip()[-1] not in ".;:,!?"
