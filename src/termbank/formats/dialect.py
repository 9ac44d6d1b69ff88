"""How a CSV file is written: its encoding, separator and line ends, found out or said by the user."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from termbank.errors import FormatError
from termbank.model import Finding, Location

Encoding = Literal["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]

SEPARATORS = (";", "\t", ",", "|")
"""The separators that are tried; where two occur equally often, the first of them wins."""

_SEPARATOR_NAMES = {"semicolon": ";", "tab": "\t", "\\t": "\t", "comma": ",", "pipe": "|"}

_ENCODING_NAMES: dict[str, Encoding] = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
    "cp1252": "cp1252", "windows-1252": "cp1252", "ansi": "cp1252",
    "latin-1": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252",
}  # fmt: skip

_BOMS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE = 4096
_HEADER_LIMIT = 1 << 20
_VALIDATE_BLOCK = 8 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written.

    Arguments:
        encoding: `utf-8-sig` is UTF-8 with a byte order mark; `cp1252` is what Excel on Windows calls ANSI.
        separator: between the fields.
        quote: around fields that need it.
        newline: at the end of each record.
        final_newline: whether the last record has one too.
        bom: whether a UTF-16 file starts with a byte order mark.

    >>> Dialect(separator=",").encoding_name
    'utf-8'
    """

    encoding: Encoding = "utf-8"
    separator: str = ";"
    quote: str = '"'
    newline: Literal["\n", "\r\n"] = "\n"
    final_newline: bool = True
    bom: bool = False

    @property
    def encoding_name(self) -> str:
        """The name of the encoding as people know it."""
        return {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}.get(self.encoding, self.encoding)

    @property
    def mark(self) -> bytes:
        """The byte order mark that the file starts with; empty if it has none."""
        if self.encoding == "utf-8-sig":
            return codecs.BOM_UTF8
        return "\ufeff".encode(self.encoding) if self.bom and self.encoding.startswith("utf-16") else b""


def detect(
    path: Path | str, encoding: str = "auto", separator: str = "auto", *, skip_rows: int = 0
) -> tuple[Dialect, list[Finding]]:
    """Find out how a CSV file is written.

    A byte order mark decides; else what the caller says; else UTF-16 is known by its NUL bytes, UTF-8 by the whole file
    being valid, and anything else is taken to be Windows-1252, with a finding that says so.

    Arguments:
        path: the file.
        encoding: `auto`, or the encoding.
        separator: `auto`, or one of `;` `,` `|` and tab (also by name: `tab`).
        skip_rows: lines above the header line, from which the separator is taken.

    Returns:
        The dialect, and what a reader should be warned about.

    Raises:
        FormatError: the file cannot be read, or the encoding or separator is none that is supported.
    """
    path = Path(path)
    said = None if encoding == "auto" else _ENCODING_NAMES.get(encoding.strip().lower())
    if encoding != "auto" and said is None:
        raise FormatError(f"The encoding {encoding!r} is not supported; use utf-8, utf-16 or windows-1252.")
    char = _SEPARATOR_NAMES.get(separator, separator)
    if char != "auto" and char not in SEPARATORS:
        raise FormatError(f"The separator {separator!r} is not supported; use ; or , or | or tab.")

    findings: list[Finding] = []
    head, tail = _ends(path)
    found = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    bom = found is not None
    if found is None:
        found = ("utf-8" if said == "utf-8-sig" else said) or _utf16(head[:_SAMPLE])
    if found is None:
        found = "utf-8" if _is_utf8(path) else "cp1252"
        if found == "cp1252":
            arguments = (("encoding", "windows-1252"),)
            where = Location(path=str(path))
            findings.append(Finding(rule="encoding-assumed", severity="warning", arguments=arguments, location=where))

    text = codecs.getincrementaldecoder(found)("replace").decode(head).removeprefix("\ufeff")
    line, newline = _header_line(text, skip_rows)
    if char == "auto":
        outside = re.sub(r'"[^"]*"', "", line)
        char = max(SEPARATORS, key=outside.count)
    last = codecs.getincrementaldecoder(found)("replace").decode(tail)[-1:]
    dialect = Dialect(
        encoding=found,
        separator=char,
        newline=newline,
        final_newline=last in ("\n", "\r"),
        bom=bom and found.startswith("utf-16"),
    )
    return dialect, findings


def unreadable(path: Path, error: OSError) -> FormatError:
    """Return the error that says in one sentence why a file cannot be read and what to do."""
    if isinstance(error, FileNotFoundError):
        return FormatError(f"{path}: there is no such file; check the name and the folder.")
    if isinstance(error, IsADirectoryError):
        return FormatError(f"{path}: this is a folder; name a file in it.")
    if isinstance(error, PermissionError):
        return FormatError(f"{path}: you are not allowed to read this file; ask its owner for access.")
    return FormatError(f"{path}: the file cannot be read ({error.strerror or error}); check the disk and try again.")


def _ends(path: Path) -> tuple[bytes, bytes]:
    """Return the first bytes of a file, enough for its header, and the last few."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_LIMIT)
            size = file.seek(0, 2)
            file.seek(max(0, size - 2 - size % 2))
            return head, file.read()
    except OSError as error:
        raise unreadable(path, error) from error


def _utf16(sample: bytes) -> Encoding | None:
    """Tell UTF-16 without a mark by its NUL bytes: text that is mostly ASCII has one in every second byte."""
    pairs = len(sample) // 2
    if pairs == 0:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    """Tell whether the whole file is valid UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_VALIDATE_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except OSError as error:
        raise unreadable(path, error) from error
    return True


def _header_line(text: str, skip_rows: int) -> tuple[str, Literal["\n", "\r\n"]]:
    """Return the header record, without its end, and what that end is."""
    ending = "\n" if "\n" in text else "\r"
    pos = 0
    for _ in range(skip_rows):
        pos = text.find(ending, pos) + 1
        if pos == 0:
            return "", "\n"
    record = re.compile(rf'[\r\n]*((?:"[^"]*"|[^"{ending}])*)').match(text, pos)
    assert record is not None
    end = text.find(ending, record.end())  # past a quote that is never closed, too
    line = text[record.start(1) : end if end >= 0 else len(text)]
    return line.removesuffix("\r"), "\r\n" if line.endswith("\r") and end >= 0 else "\n"
