"""The words of a Markdown paragraph, each with its place: emphasis, links and escapes taken away, code left out."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from termbank.documents.composer import Composer, Kind

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LEFT_OUT = {"del", "s", "strike", "code", "kbd", "samp", "script", "style", "var"}


class Pair(NamedTuple):
    """The marks around some emphasised words: where the two start and end in the source."""

    start: int
    inner_start: int
    inner_end: int
    end: int


class Content:
    """What a paragraph or a cell says, without the marks of lists and quotations, and where it stands.

    Arguments:
        text: the content, as its inline tokens were made of.
        pieces: offsets in it, rising, each with the offset in the source at which the same stands.
    """

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._starts = [start for start, _ in pieces]
        self._sources = [source for _, source in pieces]

    def source(self, offset: int) -> int:
        """Return where an offset stands in the source."""
        piece = max(bisect_right(self._starts, offset) - 1, 0)
        return self._sources[piece] + offset - self._starts[piece]

    def literal(self, start: int, end: int) -> list[tuple[str, int]]:
        """Return a stretch in pieces that stand in the source as they are, each with its place there."""
        pieces = []
        while start < end:
            after = bisect_right(self._starts, start)
            stop = min(end, self._starts[after]) if after < len(self._starts) else end
            pieces.append((self.text[start:stop], self.source(start)))
            start = stop
        return pieces


class Walk:
    """Writes inline tokens; see `parser` for what they know of their places.

    Arguments:
        composer: where the words go.
        kind: of the segment they belong to.
        pairs: takes up the marks of emphasis.
    """

    def __init__(self, composer: Composer, kind: Kind, pairs: list[Pair]) -> None:
        self._composer = composer
        self._kind = kind
        self._pairs = pairs
        self._open: list[tuple[int, int]] = []
        self._left_out: list[str] = []

    def write(self, tokens: Sequence[Token], content: Content, base: int = 0, end: int | None = None) -> None:
        """Write tokens of which the content from `base` on was read."""
        position = base
        automatic = False  # between the ends of an autolink stands what was written before
        for token in tokens:
            span = token.meta.get("span")
            first, last = (base + span[0], base + span[1]) if span else (position, position)
            kind = token.type
            if kind == "text":
                if token.content and not automatic:
                    position = self._text(token.content, content, first, end)
                elif span:
                    position = last
                continue
            automatic = kind == "link_open" and token.info == "auto"
            if automatic or kind == "code_inline":
                self._composer.aside(content.text[first:last], content.source(first), content.source(last - 1) + 1)
            elif kind in ("softbreak", "hardbreak"):
                if not self._left_out:
                    self._composer.write("\n", content.source(position), content.source(last))
            else:
                self._mark(token, content, first, last)
            if span:
                position = last

    def _mark(self, token: Token, content: Content, first: int, last: int) -> None:
        """Take up a token that is no text of its own."""
        if token.type == "text_special":
            self._special(token, content, first, last)
        elif token.type == "html_inline":
            self._tag(token.content, content, first, last)
        elif token.type == "image":
            self._picture(token, content, first)
        elif token.type in ("em_open", "strong_open", "s_open"):
            self._open.append((content.source(last - len(token.markup)), content.source(last - 1) + 1))
            if token.type == "s_open":
                self._left_out.append("~~")
        elif token.type in ("em_close", "strong_close", "s_close"):
            self._closed(content, first, token)

    def _text(self, text: str, content: Content, position: int, end: int | None) -> int:
        if not content.text.startswith(text, position):
            position = content.text.find(text, position, end)
            if position < 0:  # never so far; words without a place would be changed in a wrong one
                return position
        if not self._left_out:
            for piece, source in content.literal(position, position + len(text)):
                self._composer.write(piece, source)
        return position + len(text)

    def _special(self, token: Token, content: Content, first: int, last: int) -> None:
        if self._left_out:
            return
        if token.info == "escape":
            self._composer.write(token.content, content.source(last - len(token.content)))
        else:
            self._composer.write(token.content, content.source(first), content.source(last - 1) + 1)

    def _tag(self, tag: str, content: Content, first: int, last: int) -> None:
        match = _TAG.match(tag)
        if not match:
            if tag.startswith("<!--"):
                self._composer.remark(tag[4:].removesuffix("-->").strip())
            return
        name = match[2].lower()
        if name == "br" and not self._left_out:
            self._composer.write("\n", content.source(first), content.source(last - 1) + 1)
        elif name not in _LEFT_OUT:
            return
        elif not match[1]:
            self._left_out.append(name)
        elif name in self._left_out:
            self._left_out.remove(name)

    def _picture(self, token: Token, content: Content, first: int) -> None:
        if self._left_out:
            return
        self._composer.begin(Kind("alternative-text", self._kind.part))
        inner = Walk(self._composer, self._kind, self._pairs)
        inner.write(token.children or [], content, first + 2, first + 2 + len(token.content))
        self._composer.begin(self._kind)

    def _closed(self, content: Content, first: int, token: Token) -> None:
        if token.type == "s_close" and "~~" in self._left_out:
            self._left_out.remove("~~")
        if self._open:
            end = content.source(first + len(token.markup) - 1) + 1
            self._pairs.append(Pair(*self._open.pop(), content.source(first), end))
