"""A package written anew with some parts changed, every other entry copied as it is packed."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from termbank.documents.package import BROKEN, Package
from termbank.files import AtomicFile

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8 = 0x800


class _Entry(NamedTuple):
    name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int


def write_package(package: Package, changed: Mapping[str, bytes], target: Path) -> None:
    """Write a package with some parts replaced or added; entries keep their order, new ones come last.

    Arguments:
        package: the package as it was read.
        changed: parts by name, with their new content.
        target: the file to write; it may be the package's own.

    Raises:
        FormatError: the package is damaged.
        WriteError: the file cannot be written; nothing stands under its name that did not before.
    """
    with AtomicFile(target, private=False, like=package.path) as file:
        entries = [_copied(package, info, changed, file) for info in package.entries.values()]
        entries += [
            _packed(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, file)
            for name, data in changed.items()
            if name not in package.entries
        ]
        start = file.tell()
        for entry in entries:
            file.write(_central(entry))
        size = file.tell() - start
        file.write(_END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), size, start, 0))
        package.archive.close()  # Windows replaces no file that is open
        file.commit()


def xml_bytes(root: "etree._Element") -> bytes:
    """Write a tree as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _copied(package: Package, info: zipfile.ZipInfo, changed: Mapping[str, bytes], file: AtomicFile) -> _Entry:
    """Write one entry as it is packed, or its new content."""
    if info.filename in changed:
        return _packed(info, changed[info.filename], file)
    try:
        raw = _raw(package, info)
    except BROKEN as error:
        raise package.broken() from error
    entry = _entry(info, info.compress_type, info.CRC, info.compress_size, info.file_size, file.tell())
    file.write(_local(entry))
    file.write(raw)
    return entry


def _raw(package: Package, info: zipfile.ZipInfo) -> bytes:
    source = package.archive.fp
    assert source is not None
    source.seek(info.header_offset)
    header = _LOCAL.unpack(source.read(_LOCAL.size))
    source.seek(header[-2] + header[-1], 1)  # its name and extra field
    raw = source.read(info.compress_size)
    if len(raw) != info.compress_size:
        raise EOFError
    return raw


def _packed(info: zipfile.ZipInfo, data: bytes, file: AtomicFile) -> _Entry:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    entry = _entry(info, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(packed), len(data), file.tell())
    file.write(_local(entry))
    file.write(packed)
    return entry


def _entry(info: zipfile.ZipInfo, method: int, crc: int, packed: int, size: int, offset: int) -> _Entry:
    year, month, day, hour, minute, second = info.date_time
    date = (max(year - 1980, 0) << 9 | month << 5 | day) & 0xFFFF
    time = (hour << 11 | minute << 5 | second // 2) & 0xFFFF
    flags, name = 0, b""
    try:
        name = info.filename.encode("ascii")
    except UnicodeEncodeError:
        flags, name = _UTF8, info.filename.encode("utf-8", "surrogateescape")
    return _Entry(name, flags, method, time, date, crc, packed, size, info.external_attr, offset)


def _local(entry: _Entry) -> bytes:
    """Return the header that stands before an entry (APPNOTE 4.3.7)."""
    head = _LOCAL.pack(
        b"PK\3\4", 20, entry.flags, entry.method, entry.time, entry.date, entry.crc, entry.packed, entry.size,
        len(entry.name), 0,
    )  # fmt: skip
    return head + entry.name


def _central(entry: _Entry) -> bytes:
    """Return an entry's row in the directory at the end (APPNOTE 4.3.12)."""
    head = _CENTRAL.pack(
        b"PK\1\2", 20, 20, entry.flags, entry.method, entry.time, entry.date, entry.crc, entry.packed, entry.size,
        len(entry.name), 0, 0, 0, 0, entry.attributes & 0xFFFFFFFF, entry.offset,
    )  # fmt: skip
    return head + entry.name
