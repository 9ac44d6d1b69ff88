"""FHIR resources from files: JSON or XML, alone, in a Bundle, in a folder, or in a package."""

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from termbank.errors import FormatError
from termbank.formats.fhir import json_form, packages, resources, xml_form
from termbank.formats.fhir.elements import shortened
from termbank.formats.fhir.resources import Item
from termbank.model import Finding, Location
from termbank.model.rules import rule

LARGEST_FILE = 1 << 30
_GZIP = b"\x1f\x8b"
_SUFFIXES = (".json", ".xml", ".tgz", ".tar.gz")
_PLACE = re.compile(r"(?:[A-Z][A-Za-z]+(?:\[\d+\])?\.)+[^:]*: |line (\d+)[^:]*: ")
_DEEPEST_BUNDLE = 5


def read(source: Path | str | bytes) -> Iterator[Item | Finding]:
    """Read every terminology resource of a file, a folder or a package.

    What is read is accepted or refused: each CodeSystem, ValueSet, ConceptMap and NamingSystem is yielded as a noun,
    or as a finding that says where and why not. Resources of other types are counted in one finding for each type. In a
    folder the files are taken in the order of their names, those in folders below it too, but no hidden ones and no
    package.json; in a package those of its own folder.

    Arguments:
        source: a path, or the bytes of a file.

    Yields:
        Nouns and findings, in the order of the files.

    >>> found = list(read(b'{"resourceType": "CodeSystem", "concept": []}'))
    >>> found[0].message("en")
    'CodeSystem.url cannot be read: missing, and there is no id either; give the resource its canonical URL.'
    """
    others: Counter[str] = Counter()
    if isinstance(source, bytes):
        yield from _file(source, None, others)
        place = None
    else:
        path = Path(source)
        for each in _paths(path):
            yield from _path(each, others)
        place = str(path)
    where = Location(path=place)
    for kind, count in sorted(others.items()):
        if kind == _OUTSIDE:
            yield rule("fhir-package-folder").finding(where, count=count)
        else:
            yield rule("fhir-other-resource").finding(where, type=kind, count=count)


_OUTSIDE = "/"


def _paths(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(files) if _is_resource(name)]
    return sorted(found)


def _is_resource(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".") and name != "package.json"


def _path(path: Path, others: Counter[str]) -> Iterator[Item | Finding]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield _refused(str(path), f"it is larger than {LARGEST_FILE >> 30} GB; divide it")
            return
        data = path.read_bytes()
    except OSError as error:
        yield _refused(str(path), error.strerror or str(error))
        return
    yield from _file(data, str(path), others)


def _file(data: bytes, path: str | None, others: Counter[str]) -> Iterator[Item | Finding]:
    if data.startswith(_GZIP):
        yield from _package(data, path, others)
        return
    try:
        found = parse(data)
    except FormatError as error:
        yield _refused(path, str(error))
        return
    yield from _resource(found, path, others, 0)


def parse(data: bytes) -> dict[str, Any]:
    """Parse a resource, JSON or XML, as what its JSON form is.

    Raises:
        FormatError: it is neither, or not a sound one; see `json_form.parse` and `xml_form.parse`.

    >>> parse(b'<ValueSet xmlns="http://hl7.org/fhir"><id value="a"/></ValueSet>')["id"]
    'a'
    """
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return xml_form.parse(data) if start.startswith(b"<") or utf_16 else json_form.parse(data)


def _package(data: bytes, path: str | None, others: Counter[str]) -> Iterator[Item | Finding]:
    try:
        for member in packages.members(io.BytesIO(data), packages.largest(len(data))):
            if member.data is None:
                others[_OUTSIDE] += 1
                continue
            name = shortened(ascii(member.name)[1:-1])
            yield from _file(member.data, name if path is None else f"{path}!{name}", others)
    except FormatError as error:
        yield _refused(path, str(error))


def _resource(found: dict[str, Any], path: str | None, others: Counter[str], depth: int) -> Iterator[Item | Finding]:
    kind = found.get("resourceType")
    if kind == "Bundle" and depth < _DEEPEST_BUNDLE:
        yield from _bundle(found, path, others, depth)
    elif isinstance(kind, str) and kind in resources.READ:
        try:
            yield resources.read(found)
        except FormatError as error:
            yield _resource_refused(path, kind, str(error))
    elif isinstance(kind, str) and kind:
        others[shortened(kind)] += 1
    else:
        yield _refused(path, "resourceType: missing; a FHIR resource says what it is")


def _bundle(found: dict[str, Any], path: str | None, others: Counter[str], depth: int) -> Iterator[Item | Finding]:
    entries = found.get("entry", [])
    if not isinstance(entries, list):
        yield _resource_refused(path, "Bundle", "Bundle.entry: this is no list")
        return
    for index, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            yield from _resource(resource, path, others, depth + 1)
        elif not isinstance(entry, dict) or resource is not None:
            yield _resource_refused(path, "Bundle", f"Bundle.entry[{index}]: this is no entry with a resource")


def _refused(path: str | None, reason: str) -> Finding:
    where = Location(path=path, line=_line(reason))
    return rule("fhir-file-refused").finding(where, path=path or "the file", reason=reason.removesuffix("."))


def _resource_refused(path: str | None, kind: str, text: str) -> Finding:
    match = _PLACE.match(text)
    place = text[: match.end() - 2] if match else kind
    reason = text[match.end() :] if match else text
    return rule("fhir-resource-refused").finding(
        Location(path=path, pointer=place), resource=place, reason=reason.removesuffix(".")
    )


def _line(reason: str) -> int | None:
    match = _PLACE.match(reason)
    return int(match.group(1)) if match and match.group(1) else None
