"""Sources in which words stand at places that are known, and what must be true of any document read from them."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from termbank.documents.document import Document
from termbank.model import Edit


class Mention(NamedTuple):
    pattern: str  # how it looks in the text
    start: int  # where it stands in the source
    end: int
    edited: Callable[[str], str]  # its part of the source when it is replaced


class Made:
    """A source that is being made; mentions are words that stand nowhere else."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.mentions: list[Mention] = []
        self.decoys = 0

    @property
    def source(self) -> str:
        return "".join(self.parts)

    def raw(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def word(self) -> str:
        return f"qå{len(self.mentions)}ö"

    def decoy(self) -> str:
        self.decoys += 1
        return f"zx{self.decoys}zx"

    def mention(
        self, written: str | None = None, pattern: str | None = None, edited: Callable[[str], str] | None = None
    ) -> None:
        pattern = pattern or re.escape(self.word())
        written = self.word() if written is None else written
        self.mentions.append(Mention(pattern, self.length, self.length + len(written), edited or (lambda new: new)))
        self.raw(written)


def line_and_column(source: str, offset: int) -> tuple[int, int]:
    before = re.split(r"\r\n|\r|\n", source[:offset])
    return len(before), len(before[-1]) + 1


def holds_together(document: Document) -> None:
    """Segments follow each other, lie in the text, and start and end with what is no white space."""
    end = 0
    for segment in document.segments:
        assert end <= segment.start < segment.end <= len(document.text), segment
        words = document.text[segment.start : segment.end]
        assert words == words.strip(), words
        end = segment.end
    document.text.encode("utf-8")


def finds(document: Document, made: Made, source: str) -> list[tuple[int, int]]:
    """Return where the mentions are in the text, after making sure that they are in the right places."""
    holds_together(document)
    found = []
    for mention in made.mentions:
        matches = list(re.finditer(mention.pattern, document.text))
        assert len(matches) == 1, (mention.pattern, document.text)
        start, end = matches[0].span()
        segment = document.segment(start)
        assert segment is not None and end <= segment.end, mention
        if document.place:
            assert document.place(start) == line_and_column(source, mention.start), mention
        found.append((start, end))
    for number in range(1, made.decoys + 1):
        for match in re.finditer(f"zx{number}zx", document.text):
            assert document.segment(match.start()) is None, match
    return found


def edits_only(
    module: Any, path: Path, made: Made, spans: Sequence[tuple[int, int]], chosen: Sequence[bool], encode: Any
) -> None:
    """Edit some of the mentions; every other byte of the file must stay."""
    new = "nyå"
    edits, expected, done = [], [], 0
    source = made.source
    for mention, (start, end), choose in zip(made.mentions, spans, chosen, strict=False):
        if choose:
            edits.append(Edit(start=start, end=end, text=new))
            expected += [source[done : mention.start], mention.edited(new)]
            done = mention.end
    expected.append(source[done:])
    target = path.with_name("edited" + path.suffix)
    module.edit(path, edits, target)
    assert target.read_bytes() == encode("".join(expected))
