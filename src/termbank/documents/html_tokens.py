"""HTML cut into tags and text as browsers do it (WHATWG HTML, 13.2.5), with the place of everything."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)((?>[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))*+)>")
_ATTRIBUTE = re.compile(r"([^\s/=>][^\s/=>]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title"}
_COMMENT_END = re.compile(r"--!?>")
_LEGACY = sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True)
_LONGEST_LEGACY = len(_LEGACY[0])


class Value(NamedTuple):
    """The value of an attribute as it is written, and where it stands."""

    raw: str
    start: int
    end: int
    quote: str


class Token(NamedTuple):
    """A piece of a page.

    Arguments:
        kind: `text`, `start` or `end` (of an element), or `comment`.
        start, end: where it stands in the source.
        name: of the element, in lower case.
        attributes: where its attributes start and end.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: tuple[int, int] = (0, 0)


def tokens(source: str) -> Iterator[Token]:
    """Cut a page into tokens; a tag that is never closed ends the page, as in browsers.

    >>> [(token.kind, token.name) for token in tokens("<p class=a>1 < 2<!-- x --></P>")]
    [('start', 'p'), ('text', ''), ('text', ''), ('text', ''), ('comment', ''), ('end', 'p')]
    """
    position = 0
    length = len(source)
    raw_ended: dict[str, bool] = {}
    while position < length:
        tag = source.find("<", position)
        if tag < 0:
            tag = length
        if tag > position:
            yield Token("text", position, tag)
        if tag >= length:
            return
        after = source[tag + 1 : tag + 2]
        follow = source[tag + 2 : tag + 3] if after == "/" else after
        if follow.isascii() and follow.isalpha():
            match = _TAG.match(source, tag)
            if not match:
                return
            kind = "end" if after == "/" else "start"
            name = match[1].lower()
            yield Token(kind, tag, match.end(), name, match.span(2))
            position = match.end()
            if kind == "start" and name in _RAW and raw_ended.get(name, True):
                end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
                raw_ended[name] = end is not None
                stop = end.start() if end else length
                if stop > position:
                    yield Token("text", position, stop)
                position = stop
        elif after in ("!", "?", "/"):
            position = _comment_end(source, tag)
            yield Token("comment", tag, position)
        else:
            yield Token("text", tag, tag + 1)
            position = tag + 1


def attributes(source: str, token: Token) -> dict[str, Value]:
    """Return the attributes of a start tag by their names in lower case; of two with one name, the first.

    >>> page = '<img alt="En plan" hidden>'
    >>> attributes(page, next(tokens(page)))["alt"]
    Value(raw='En plan', start=10, end=17, quote='"')
    """
    found: dict[str, Value] = {}
    for match in _ATTRIBUTE.finditer(source, *token.attributes):
        group = next((each for each in (2, 3, 4) if match[each] is not None), 0)
        quote = ("", "", '"', "'", "")[group]
        value = Value(match[group], *match.span(group), quote) if group else Value("", match.end(), match.end(), "")
        found.setdefault(match[1].lower(), value)
    return found


def pieces(source: str, start: int, end: int, *, attribute: bool = False) -> Iterator[tuple[str, int, int]]:
    """Divide a stretch of text into pieces that stand as they are, and character references.

    Arguments:
        source: the page.
        start, end: the stretch.
        attribute: whether it is the value of an attribute, where `&copy=` is no reference.

    Returns:
        The text of each, and where it stands.

    >>> list(pieces("v&aring;rd", 0, 10))
    [('v', 0, 1), ('å', 1, 8), ('rd', 8, 10)]
    """
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        written = match[0]
        stop = match.end()
        if written[1] == "#":
            digits = written[2:].lstrip("xX0").rstrip(";")
            text = (
                unescape(f"&#{written[2] if written[2] in 'xX' else ''}{digits or '0'};")
                if len(digits) < 8
                else "\ufffd"
            )
        elif written[1:] in html5:
            text = html5[written[1:]]
        else:
            text = ""
        if written[1] != "#" and not written.endswith(";"):
            name = written[1:]
            name = next(
                (name[:size] for size in range(min(len(name), _LONGEST_LEGACY), 1, -1) if name[:size] in html5), ""
            )
            stop = match.start() + 1 + len(name)
            following = source[stop : stop + 1]
            text = "" if attribute and (following == "=" or following.isalnum()) else html5.get(name, "")
        if not text:
            continue
        if match.start() > position:
            yield source[position : match.start()], position, match.start()
        yield text, match.start(), stop
        position = stop
    if end > position:
        yield source[position:end], position, end


def _comment_end(source: str, start: int) -> int:
    """Return where a comment ends, or what counts as one: a declaration, an end tag without a name."""
    if source.startswith("<!--", start):
        for short in ("<!-->", "<!--->"):
            if source.startswith(short, start):
                return start + len(short)
        match = _COMMENT_END.search(source, start + 4)
        return match.end() if match else len(source)
    end = source.find(">", start)
    return end + 1 if end >= 0 else len(source)
