"""Nouns as FHIR files: a resource, a Bundle, a folder of resources, or a package."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from termbank.errors import FormatError, WriteError
from termbank.files import AtomicFile
from termbank.formats.fhir import json_form, packages, resources, versions, xml_form
from termbank.formats.fhir.losses import LossReport
from termbank.formats.fhir.resources import Item

_PACKAGE = (".tgz", ".tar.gz")


def write(items: Iterable[Item], target: Path | str, fhir_version: str = "5.0.0") -> LossReport:
    """Write nouns as FHIR resources; a file appears when it is whole.

    Arguments:
        items: vocabularies, value sets, mapping sets and known systems.
        target: what is written, by its name: `.json` or `.xml`, one resource, or a Bundle (a collection) where there
            are several; `.tgz`, a package; a folder, one JSON file for each.
        fhir_version: R4 (`4.0.1`) or R5.

    Returns:
        What could not be written.

    Raises:
        WriteError: the target cannot be written, or has another ending.
        ValueError: the version is neither R4 nor R5.

    >>> import tempfile
    >>> from termbank.model import ValueSet
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = write([ValueSet(id="vs", url="http://x.se/vs", composed=False)], Path(folder, "vs.json"))
    ...     Path(folder, "vs.json").read_text().splitlines()[1]
    '  "resourceType": "ValueSet",'
    """
    path = Path(target)
    versions.release(fhir_version)
    losses = LossReport()
    written = []
    for item in items:
        resource, lost = resources.write(item, fhir_version)
        losses.merge(lost)
        written.append(resource)
    name = path.name.lower()
    if path.is_dir() or not path.suffix:
        _folder(written, path)
    elif name.endswith(_PACKAGE):
        _save(path, packages.packed(_named(written), _about(path, fhir_version)))
    elif name.endswith((".json", ".xml")):
        whole = written[0] if len(written) == 1 else _bundle(written)
        _save(path, xml_form.data(whole, losses) if name.endswith(".xml") else _json(whole))
    else:
        raise WriteError(f"{path}: FHIR is written as .json, .xml or .tgz, or into a folder; choose one of these.")
    return losses


def _json(resource: dict[str, Any]) -> bytes:
    try:
        return json_form.text(resource).encode() + b"\n"
    except UnicodeEncodeError:
        raise FormatError("there is half a character in a text; correct it at its source") from None


def _save(path: Path, data: bytes) -> None:
    with AtomicFile(path, private=False) as file:
        file.write(data)
        file.commit()


def _bundle(written: list[dict[str, Any]]) -> dict[str, Any]:
    entries = [
        {**({"fullUrl": each["url"]} if isinstance(each.get("url"), str) else {}), "resource": each} for each in written
    ]
    return {"resourceType": "Bundle", "type": "collection", **({"entry": entries} if entries else {})}


def _folder(written: list[dict[str, Any]], path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path}: the folder cannot be made ({error.strerror}); choose another place.") from error
    for name, _, data in _named(written):
        _save(path / name, data)


def _named(written: list[dict[str, Any]]) -> Iterable[tuple[str, dict[str, Any], bytes]]:
    """Return the resources with a file name each, as FHIR packages have them; no name twice."""
    taken: set[str] = set()
    for resource in written:
        given = resource.get("id")
        last = str(given if given else str(resource.get("url") or "").rstrip("/").rpartition("/")[2] or "resource")
        base = (
            f"{resource['resourceType']}-"
            + "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-.") else "-" for letter in last)[
                :100
            ]
        )
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.lower())
        yield f"{name}.json", resource, _json(resource)


def _about(path: Path, fhir_version: str) -> dict[str, Any]:
    name = path.name.removesuffix(".tgz").removesuffix(".tar.gz").lower()
    full = {"R4": "4.0.1", "R5": "5.0.0"}[versions.release(fhir_version)]
    return {
        "name": "".join(
            letter if letter.isascii() and (letter.isalnum() or letter in "-.") else "-" for letter in name
        ),
        "version": "0.1.0",
        "type": "fhir.ig",
        "description": "Terminology resources",
        "author": "termbank",
        "fhirVersions": [full],
        "dependencies": {},
    }
