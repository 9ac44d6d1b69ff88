"""The characters of a file that does not say how they are written: chosen by evidence, and written back exactly."""

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

from termbank.documents import limits
from termbank.documents.refusal import refusal, shown_size
from termbank.model import Finding, Location
from termbank.model.rules import rule

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "windows-1252": "cp1252", "cp1252": "cp1252", "x-cp1252": "cp1252", "ansi": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-15": "iso-8859-15", "latin-9": "iso-8859-15", "iso-8859-4": "iso-8859-4", "iso-8859-10": "iso-8859-10",
    "iso-8859-2": "iso-8859-2", "windows-1250": "cp1250", "windows-1257": "cp1257",
    "macintosh": "mac-roman", "mac": "mac-roman", "x-mac-roman": "mac-roman", "ibm850": "cp850", "cp850": "cp850",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
"""What a page may call its encoding; WHATWG Encoding reads ISO 8859-1 and ASCII as Windows-1252."""

_CANDIDATES = ("cp1252", "mac-roman", "cp850")
_NAMES = {"cp1252": "windows-1252", "mac-roman": "macintosh"}
_SWEDISH = "åäöÅÄÖ"
_USUAL = "éÉàáèêëíïóôúüæøßçñÀÁÈÊËÜÆØÇ–—‘’“”„…•·§°±²³µ´«»½¼¾×€¨\u00a0\u00ad"
_LOST = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 20


@dataclass(frozen=True)
class Source:
    """The text of a file, and how to make its bytes again.

    Arguments:
        text: what it says; a byte that is no character in its encoding stands as U+FFFD.
        encoding: Python's name for it.
        mark: the byte order mark at the start.
        guessed: whether nothing said which encoding it is.
    """

    text: str
    encoding: str
    mark: bytes = b""
    guessed: bool = False
    _exact: str = field(default="", repr=False)
    _tail: bytes = field(default=b"", repr=False)

    @property
    def exact(self) -> str:
        """The text as long as `text`, with a lone surrogate for each byte that is no character."""
        return self._exact or self.text

    @property
    def encoding_name(self) -> str:
        """The name of the encoding as people know it."""
        return _NAMES.get(self.encoding, self.encoding)

    def encoded(self, exact: str) -> bytes:
        """Return the bytes of the file with another text; what is the same in `exact` becomes the same bytes.

        Raises:
            UnicodeEncodeError: the encoding has no such character.
        """
        return self.mark + exact.encode(self.encoding, _errors(self.encoding)) + self._tail

    def writable(self, character: str) -> bool:
        """Tell whether the encoding has a character."""
        try:
            character.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def findings(self, path: str) -> tuple[Finding, ...]:
        """Return what a reader should know of the choice."""
        if not self.guessed:
            return ()
        where = Location(path=path)
        return (rule("document-encoding").finding(location=where, path=path, encoding=self.encoding_name),)


def read_source(path: str | Path, declared: str | None = None, format_name: str = "text") -> Source:
    """Read a file as text; see `decode`.

    Raises:
        FormatError: it cannot be opened, is too large, or is no text.
    """
    return decode(read_bytes(path, limits.TEXT_BYTES), str(path), declared, format_name)


def read_bytes(path: str | Path, limit: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        FormatError: it cannot be opened, or is larger than the limit.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise refusal("document-not-found", path) from error
    except OSError as error:
        raise refusal("document-unreadable", path) from error
    if len(data) > limit:
        raise refusal("document-too-large", path, size=f"> {shown_size(limit)}", limit=shown_size(limit))
    return data


def decode(data: bytes, path: str, declared: str | None = None, format_name: str = "text") -> Source:
    """Find out how a text is written, and decode it.

    A byte order mark decides; UTF-16 without one is known by its NUL bytes; what is valid UTF-8 is UTF-8, whatever is
    declared, since other encodings look like that by chance only. Then what is declared; then UTF-8 with some broken
    bytes; then the one of Windows-1252, Mac Roman and code page 850 in which most of the letters are Swedish ones.

    Arguments:
        data: the bytes.
        path: for messages.
        declared: what the document itself calls its encoding.
        format_name: what the document should be, for messages.

    Raises:
        FormatError: it is no text.

    >>> decode("Vård".encode("cp850"), "a.txt").text, decode(b"V\\xe5rd", "a.txt").encoding
    ('Vård', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], path, encoding, mark, format_name=format_name)
    if wide := _utf16(data):
        return _decoded(data, path, wide, guessed=declared is None, format_name=format_name)
    if b"\x00" in data or _binary(data):
        raise refusal("document-broken", path, format=format_name)
    label = _LABELS.get((declared or "").strip().lower())
    if label in ("utf-16-le", "utf-16-be"):
        label = "utf-8"  # WHATWG HTML: a page that could be read so far is not UTF-16
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if label and label != "utf-8":
            return _decoded(data, path, label, format_name=format_name)
        guess = "utf-8" if _mostly_utf8(data) else best_guess(data)
        return _decoded(data, path, guess, guessed=True, format_name=format_name)
    return _decoded(data, path, "utf-8", format_name=format_name)


def best_guess(data: bytes) -> str:
    """Return the encoding of one byte a character in which a text looks most Swedish; Windows-1252 if none does."""
    data = data[:_SAMPLE]
    high = {byte for byte in data if byte >= 0x80}
    best, most = _CANDIDATES[0], 0.0
    for encoding in _CANDIDATES:
        score = 0.0
        for byte in high:
            character = bytes((byte,)).decode(encoding, "replace")
            weight = 3 if character in _SWEDISH else 1 if character in _USUAL else -2
            if character.isupper() and character in _SWEDISH:
                score += weight * _beside(data, byte, upper=True)
            else:
                score += weight * data.count(byte)
        if score > most:
            best, most = encoding, score
    return best


def _beside(data: bytes, byte: int, *, upper: bool) -> float:
    """Count a capital letter where capitals stand: at the start of a word or among others; less inside a word."""
    inside = len(re.findall(rb"[a-z]" + re.escape(bytes((byte,))), data)) if upper else 0
    return data.count(byte) - 2.0 * inside


def _decoded(
    data: bytes, path: str, encoding: str, mark: bytes = b"", *, guessed: bool = False, format_name: str
) -> Source:
    width = {"utf-16": 2, "utf-32": 4}.get(encoding[:6], 1)
    cut = len(data) % width
    tail = data[len(data) - cut :] if cut else b""
    try:
        exact = data[: len(data) - cut].decode(encoding, _errors(encoding))
    except UnicodeDecodeError as error:
        raise refusal("document-broken", path, format=format_name) from error
    if "\x00" in exact:
        raise refusal("document-broken", path, format=format_name)
    if exact.isascii() or not _LOST.search(exact):
        return Source(exact, encoding, mark, guessed, "", tail)
    return Source(_LOST.sub("\ufffd", exact), encoding, mark, guessed, exact, tail)


def _errors(encoding: str) -> str:
    return "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: text that is mostly of European letters has a NUL in every second byte."""
    sample = data[:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _binary(data: bytes) -> bool:
    """Tell what has more control characters than any text."""
    sample = data[:65536].decode("latin-1")
    return len(_CONTROL.findall(sample)) * 50 > len(sample)


def _mostly_utf8(data: bytes) -> bool:
    """Tell UTF-8 that was damaged: far more whole characters than broken bytes."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(_LOST.findall(text))
    right = len(re.findall("[\u0080-\ud7ff\ue000-\U0010ffff]", text))
    return right > 4 * wrong
