"""Documents that are ZIP packages (docx, odt), opened safely: a stranger made them.

Nothing is unpacked to disk, nothing is fetched, no part is unpacked beyond a limit, and no XML with a document type is
parsed, so that neither a bomb nor an entity does anything. What is refused is refused with a finding that says why.
"""

import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lxml import etree

from termbank.documents import limits
from termbank.documents.refusal import refusal, shown_size
from termbank.errors import FormatError

MAX_ENTRIES = 10_000
MAX_PART = 64 << 20
"""What one part that is parsed may unpack to: a text of some 10,000 pages."""
MAX_MARKUP = 8_000_000
"""How many angle brackets and equals signs a part may have; it holds the memory of its tree under about 1 GB."""
MAX_RATIO = 250
"""How many times smaller than its content an entry of more than 32 MB may be packed."""

_RATIO_FROM = 32 << 20
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_DECLARED = re.compile(rb"^\W*\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, ArithmeticError,
    LookupError,
)  # fmt: skip
"""What Python's zipfile raises on archives that are damaged."""


class Package:
    """An opened package; made by `open_package`, closed by a `with` block.

    Arguments:
        path: the file.
        format: docx or odt, for messages.
        archive: the ZIP archive.
    """

    def __init__(self, path: Path, format: str, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.format = format
        self.archive = archive
        self.entries = {info.filename: info for info in archive.infolist()}
        self._names = {name.casefold(): name for name in self.entries}

    def name(self, part: str) -> str | None:
        """Return the name of a part as the archive writes it (ECMA-376 part 2, 6.2.2.3: case is no difference)."""
        return part if part in self.entries else self._names.get(part.casefold())

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            FormatError: there is no such part, it is damaged, or it is too large.
        """
        info = self.entries.get(self.name(part) or "")
        if info is None:
            raise self.broken()
        if info.file_size > MAX_PART:
            raise refusal("document-too-large", self.path, size=shown_size(info.file_size), limit=shown_size(MAX_PART))
        try:
            return self.archive.read(info)
        except BROKEN as error:
            raise self.broken() from error

    def xml(self, part: str) -> "etree._Element":
        """Return the root of a part that is XML.

        Raises:
            FormatError: there is no such part, it is no XML, has a document type, or is too large.
        """
        return parse(self.read(part), part, self.path, self.format)

    def broken(self) -> FormatError:
        """Return the error that says that the package is damaged."""
        return refusal("document-broken", self.path, format=self.format)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()


def open_package(path: Path, format: str) -> Package:
    """Open a document that is a ZIP package, after looking at everything that can be seen without unpacking it.

    Arguments:
        path: the file.
        format: docx or odt, for messages.

    Raises:
        FormatError: the file is missing, damaged, protected, of an older format, has macros, is too large, or its
            archive has entries that no ordinary program writes. Its finding says which.
    """
    archive = _open_archive(path, format)
    try:
        _check_entries(path, format, archive.infolist())
    except BaseException:
        archive.close()
        raise
    return Package(path, format, archive)


def parse(data: bytes, part: str, path: Path, format: str) -> "etree._Element":
    """Parse the XML of a stranger.

    Arguments:
        data: the XML.
        part: name of the part, for messages.
        path: the document, for messages.
        format: docx or odt, for messages.

    Raises:
        FormatError: it is no XML, has a document type (so neither entities nor defaults), or too much markup.
    """
    head = data[:400].replace(b"\0", b"")
    declared = _DECLARED.match(head)
    if declared and declared[1].lower() not in _ENCODINGS:  # OPC and ODF know UTF-8 and UTF-16
        raise refusal("document-broken", path, format=format)
    if b"<!DOCTYPE" in (data.replace(b"\0", b"") if b"\0" in data[:64] else data):
        raise refusal("document-doctype", path, part=part)
    markup = data.count(b"<") + data.count(b"=")
    if markup > MAX_MARKUP:
        raise refusal("document-too-large", path, size=f"{markup} XML", limit=f"{MAX_MARKUP} XML")
    # Without huge_tree, libxml2 also holds its own limits on depth (256) and on the length of one text (10 MB).
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal("document-broken", path, format=format) from error
    if root is None:
        raise refusal("document-broken", path, format=format)
    if root.getroottree().docinfo.doctype:
        raise refusal("document-doctype", path, part=part)
    return root  # type: ignore[no-any-return]


def _open_archive(path: Path, format: str) -> zipfile.ZipFile:
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise refusal("document-too-large", path, size=shown_size(size), limit=shown_size(limits.FILE_BYTES))
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE2:
                file.seek(0)
                raise refusal(_ole2_rule(file.read(64 << 20)), path)
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise refusal("document-not-found", path) from error
    except FormatError:
        raise
    except (IsADirectoryError, PermissionError) as error:
        raise refusal("document-unreadable", path) from error
    except BROKEN as error:
        raise refusal("document-broken", path, format=format) from error


def _ole2_rule(data: bytes) -> str:
    """Tell a protected document from an old one: both are compound files ([MS-CFB]), told apart by their streams."""
    protected = "EncryptedPackage".encode("utf-16-le") in data
    return "document-encrypted" if protected else "document-old-format"


def _check_entries(path: Path, format: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise refusal("document-too-large", path, size=f"{len(entries)} ZIP", limit=f"{MAX_ENTRIES} ZIP")
    names: set[str] = set()
    total = 0
    for info in entries:
        name = info.filename
        escapes = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
        if escapes or name.casefold() in names or stat.S_ISLNK(info.external_attr >> 16):
            raise refusal("document-unsafe", path, part=repr(name)[1:-1])
        names.add(name.casefold())
        if info.flag_bits & 0x1:
            raise refusal("document-encrypted", path)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal("document-broken", path, format=format)
        if name.casefold().endswith("vbaproject.bin"):
            raise refusal("document-with-macros", path)
        total += max(info.file_size, info.compress_size)
        ratio = info.file_size // max(info.compress_size, 1)
        if info.file_size > _RATIO_FROM and ratio > MAX_RATIO:
            raise refusal("document-too-large", path, size=f"{ratio}:1", limit=f"{MAX_RATIO}:1")
    if total > limits.UNPACKED_BYTES:
        raise refusal("document-too-large", path, size=shown_size(total), limit=shown_size(limits.UNPACKED_BYTES))
