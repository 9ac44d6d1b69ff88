"""FHIR packages: gzipped tar files as npm makes them (https://hl7.org/fhir/packages.html)."""

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from termbank.errors import FormatError

MOST_FILES = 100_000
LARGEST_FILE = 1 << 28
LARGEST_PACKAGE = 1 << 30
_RATIO = 100
_SMALL = 1 << 26
_BLOCK = 1 << 20
_FOLDER = "package/"
_NOT_RESOURCES = frozenset({"package.json", ".index.json", ".index.db"})


class Member(NamedTuple):
    """One file of a package; no data: it lies outside the package's own folder."""

    name: str
    data: bytes | None


class _Bounded(io.RawIOBase):
    """What a gzipped file holds, as far as it is not too much."""

    def __init__(self, inner: gzip.GzipFile, most: int) -> None:
        self._inner, self._left, self._most = inner, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise FormatError(f"unpacked it is larger than {self._most >> 20} MB; this is no FHIR package")
        buffer[: len(data)] = data
        return len(data)


def members(source: IO[bytes], most: int = LARGEST_PACKAGE) -> Iterator[Member]:
    """Return the files of a package one by one, read as they come; nothing is unpacked to the disk.

    Links and other things that are no ordinary files are passed over, as are `package.json` and the index.

    Arguments:
        source: the gzipped tar file.
        most: how many bytes are unpacked at most.

    Raises:
        FormatError: it is no such file, is damaged, or holds more than a package does: more than `MOST_FILES` files, a
            file larger than `LARGEST_FILE`, or more than `most` bytes in all.
    """
    bounded = io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=source), most), _BLOCK)
    try:
        with tarfile.open(fileobj=bounded, mode="r|") as archive:
            for count, info in enumerate(archive):
                if count >= MOST_FILES:
                    raise FormatError(f"there are more than {MOST_FILES} files in it; this is no FHIR package")
                if not info.isreg():
                    continue
                name = info.name.removeprefix("./")
                if not name.startswith(_FOLDER) or "/" in name.removeprefix(_FOLDER):
                    yield Member(name, None)
                    continue
                if name.removeprefix(_FOLDER) in _NOT_RESOURCES or not name.endswith(".json"):
                    continue
                if info.size > LARGEST_FILE:
                    raise FormatError(f"{name} is larger than {LARGEST_FILE >> 20} MB; this is no FHIR package")
                file = archive.extractfile(info)
                yield Member(name, b"" if file is None else file.read())
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise FormatError(f"no FHIR package, or a damaged one: {error}") from None


def largest(size: int) -> int:
    """Return how many bytes a package of a size may unpack to: a hundred times as many, within bounds.

    >>> largest(1000) >> 20, largest(1 << 40) >> 20
    (64, 1024)
    """
    return min(LARGEST_PACKAGE, max(_SMALL, size * _RATIO))


def packed(resources: Iterable[tuple[str, dict[str, Any], bytes]], about: dict[str, Any]) -> bytes:
    """Make a package; the same resources give the same bytes.

    Arguments:
        resources: each with its file name and its JSON.
        about: what package.json says: name, version, fhirVersions ...

    Returns:
        A gzipped tar file, with package.json and .index.json.
    """
    listed = list(resources)
    index = {"index-version": 2, "files": [_entry(name, resource) for name, resource, _ in listed]}
    files = [("package.json", _json(about)), (".index.json", _json(index))]
    files += [(name, data) for name, _, data in listed]
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files:
            info = tarfile.TarInfo(_FOLDER + name)
            info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), mtime=0)


def _entry(name: str, resource: dict[str, Any]) -> dict[str, Any]:
    names = ("resourceType", "id", "url", "version", "kind", "type", "supplements", "content")
    said = {each: resource[each] for each in names if isinstance(resource.get(each), str)}
    return {"filename": name, **said}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
