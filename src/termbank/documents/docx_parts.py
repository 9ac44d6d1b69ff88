"""The parts of a Word document: which part is what, by content types and relationships (ECMA-376 part 2)."""

import posixpath
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from termbank.documents.package import Package, open_package
from termbank.documents.properties import Properties, parsed_date
from termbank.documents.refusal import refusal

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Relation(NamedTuple):
    """One relationship of a part: its id, the last word of its type, and the part it leads to."""

    id: str
    type: str
    target: str


def open_docx(path: Path) -> Package:
    """Open a Word document.

    Raises:
        FormatError: it is none, or is refused; see `open_package`.
    """
    package = open_package(path, "docx")
    try:
        types = package.read(_CONTENT_TYPES).lower()
        if b"macroenabled" in types or b"vbaproject" in types:
            raise refusal("document-with-macros", path)
        if not any(each.encode() in types for each in _MAIN):
            raise refusal("document-broken", path, format="docx")
    except BaseException:
        package.archive.close()
        raise
    return package


def relations(package: Package, part: str) -> list[Relation]:
    """Return where a part leads to inside the package; `part` is empty for the package itself."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.name(rels) is None:
        return []
    found = []
    for each in package.xml(rels):
        target, kind = each.get("Target"), each.get("Type") or ""
        if target and each.get("TargetMode") != "External":
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append(Relation(each.get("Id") or "", kind.rsplit("/", 1)[-1], package.name(place) or place))
    return found


def main_part(package: Package) -> str:
    """Return the name of the part that holds the body.

    Raises:
        FormatError: the package does not say.
    """
    for each in relations(package, ""):
        if each.type == "officeDocument" and package.name(each.target):
            return each.target
    raise package.broken()


def related(package: Package, part: str, kind: str) -> str | None:
    """Return the part of a type (styles, comments, footnotes) that a part leads to, if the package has it."""
    return next(
        (each.target for each in relations(package, part) if each.type == kind and package.name(each.target)), None
    )


def properties(package: Package) -> Properties:
    """Return what `docProps/core.xml` says; what cannot be read is left out."""
    part = related(package, "", "core-properties")
    if part is None:
        return Properties()
    said = {etree.QName(each).localname: " ".join((each.text or "").split()) for each in package.xml(part)}
    return Properties(
        said.get("title") or None,
        said.get("creator") or said.get("lastModifiedBy") or None,
        parsed_date(said.get("modified") or said.get("created")),
    )


def with_comments_part(package: Package, main: str) -> tuple[str, dict[str, bytes]]:
    """Return the name of the part for comments, and the parts that change because it is new.

    An existing part is named with nothing to change.
    """
    from termbank.documents.package_out import xml_bytes

    existing = related(package, main, "comments")
    if existing is not None:
        return existing, {}
    folder, name = posixpath.split(main)
    part = posixpath.join(folder, "comments.xml")
    count = 1
    while package.name(part) is not None:
        count += 1
        part = posixpath.join(folder, f"comments{count}.xml")
    types = package.xml(_CONTENT_TYPES)
    space = etree.QName(types).namespace
    etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{part}", ContentType=_COMMENTS)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    rels = package.name(rels) or rels
    if package.name(rels):
        root = package.xml(rels)
    else:
        root = etree.Element("{http://schemas.openxmlformats.org/package/2006/relationships}Relationships")
    taken = {each.get("Id") for each in root}
    fresh = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    kinds = [(each.get("Type") or "").rsplit("/", 1)[0] for each in root if each.get("Type")]
    base = next((each for each in kinds if "purl.oclc.org" in each), None)
    base = base or "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    etree.SubElement(
        root,
        f"{{{etree.QName(root).namespace}}}Relationship",
        Id=fresh,
        Type=f"{base}/comments",
        Target=posixpath.basename(part),
    )
    return part, {package.name(_CONTENT_TYPES) or _CONTENT_TYPES: xml_bytes(types), rels: xml_bytes(root)}
