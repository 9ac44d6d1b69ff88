"""One resource as a noun, one noun as a resource: which module reads and writes which type."""

from collections.abc import Callable
from typing import Any

from termbank.errors import FormatError
from termbank.formats.fhir import code_systems, concept_maps, naming_systems, value_sets
from termbank.formats.fhir.elements import shortened
from termbank.formats.fhir.losses import LossReport
from termbank.model import KnownSystem, MappingSet, ValueSet, Vocabulary

Item = Vocabulary | ValueSet | MappingSet | KnownSystem
"""What a resource is read as."""

_READERS: dict[str, Callable[[dict[str, Any], str | None], Item]] = {
    "CodeSystem": code_systems.read,
    "ValueSet": value_sets.read,
    "ConceptMap": concept_maps.read,
    "NamingSystem": naming_systems.read,
}
READ = frozenset(_READERS)


def read(resource: dict[str, Any], id: str | None = None) -> Item:
    """Read a CodeSystem, ValueSet, ConceptMap or NamingSystem as the noun that it is.

    Arguments:
        resource: the resource as parsed JSON.
        id: the id of the noun; None: as the resource says.

    Raises:
        FormatError: it is of another type, or something in it is wrong; the text names the element.

    >>> read({"resourceType": "ValueSet", "url": "http://x.se/vs"}).id
    'http://x.se/vs'
    """
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    if not isinstance(kind, str) or kind not in _READERS:
        said = "missing" if kind is None else f"{shortened(kind)} is none of {', '.join(_READERS)}"
        raise FormatError(f"resourceType: {said}")
    return _READERS[kind](resource, id)


def write(item: Item, fhir_version: str = "5.0.0") -> tuple[dict[str, Any], LossReport]:
    """Write a noun as the resource that it is.

    Arguments:
        item: a vocabulary, value set, mapping set or known system.
        fhir_version: R4 (`4.0.1`) or R5.

    Returns:
        The resource, and what it cannot hold.

    >>> write(ValueSet(id="vs", url="http://x.se/vs", composed=False))[0]["resourceType"]
    'ValueSet'
    """
    if isinstance(item, Vocabulary):
        return code_systems.write(item, fhir_version)
    if isinstance(item, ValueSet):
        return value_sets.write(item, fhir_version)
    if isinstance(item, MappingSet):
        return concept_maps.write(item, fhir_version)
    return naming_systems.write(item, fhir_version)
