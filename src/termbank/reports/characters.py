"""Characters that a report cannot show as they are, and how wide the others are on a terminal."""

import re
import unicodedata

_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def visible(text: str) -> str:
    r"""Put a sign in the place of every character that neither HTML nor XML 1.0 nor a terminal may be given.

    Control characters become their pictures, all else U+FFFD; each is one character, so offsets hold.

    Arguments:
        text: any text.

    Returns:
        A text of the same length; tabs and line ends are kept.

    >>> visible("a\x00b\x1b[31m")
    'a␀b␛[31m'
    """
    return _UNSHOWN.sub(_picture, text)


def one_line(text: str) -> str:
    r"""Make a text visible on one line of the same length, in one direction (UAX 9: no overrides).

    Arguments:
        text: any text.

    Returns:
        The text with a space for each tab and line end.

    >>> one_line("två\nrader")
    'två rader'
    """
    return visible(_INVISIBLE.sub("\ufffd", _BREAKS.sub(" ", text)))


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal (UAX 11: wide characters take two, marks none).

    Arguments:
        text: a text on one line.

    Returns:
        The number of columns.

    >>> width("vård"), width("漢字"), width("e\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
