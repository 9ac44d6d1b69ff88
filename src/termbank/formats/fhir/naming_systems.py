"""NamingSystem resources to and from known systems (https://hl7.org/fhir/namingsystem.html)."""

from typing import Any

from pydantic import ValidationError

from termbank.formats.fhir import headers, versions
from termbank.formats.fhir.elements import Element, check_json, invalid
from termbank.formats.fhir.losses import LossReport
from termbank.model import Identifier, KnownSystem

_KINDS = ("codesystem", "identifier", "root")
_UNIQUE_IDS = "uniqueId"
_NO_DATE = {
    "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
}


def read(resource: dict[str, Any], id: str | None = None) -> KnownSystem:
    """Read a NamingSystem, R4 or R5: the URIs and OIDs by which a system is known.

    The preferred URI, else the first one, is the system's URL; the other URIs and the OIDs are its identifiers. What
    they have besides (periods, other types) is kept in `extra` as it came.

    Arguments:
        resource: the resource as parsed JSON.
        id: the id of the system; None: the resource's id, else its name, else its canonical URL.

    Raises:
        FormatError: something is missing or of the wrong type; the text names the element.

    >>> found = read({"resourceType": "NamingSystem", "name": "Kva", "kind": "codesystem", "uniqueId": [
    ...     {"type": "oid", "value": "1.2.752.116.1.3.2.1.4"}, {"type": "uri", "value": "http://x.se/kva"}]})
    >>> found.id, found.url, found.identifiers[0].value
    ('Kva', 'http://x.se/kva', '1.2.752.116.1.3.2.1.4')
    """
    root = headers.root(versions.to_r5(resource, "NamingSystem"), "NamingSystem")
    try:
        return _known_system(root, id)
    except ValidationError as error:
        raise invalid("NamingSystem", error) from None


def _known_system(root: Element, given: str | None) -> KnownSystem:
    absent: list[str] = []
    name = given if given is not None else root.look("id") or root.look("name") or root.look("url")
    if name is None:
        root.error("name", "missing, and there is no id either; give the system a name")
    title = root.text("title")
    if title is None:
        absent.append("title")
    kind = root.choice("kind", _KINDS)
    if kind is None or kind == "root":
        absent.append("kind")
    if root.look("id") is None:
        absent.append("id")
    kept = root.data.get(_UNIQUE_IDS)
    uris: list[tuple[str, Identifier]] = []
    identifiers: list[Identifier] = []
    for element in root.elements(_UNIQUE_IDS):
        found = _identifier(element)
        if found is not None:
            identifiers.append(found)
            if found.type == "url":
                uris.append((found.status, found))
    first = next((each for status, each in uris if status == "preferred"), uris[0][1] if uris else None)
    system = KnownSystem(
        id=name,
        title=title or root.look("name") or name,
        kind="code-system" if kind in ("codesystem", None) else "identifier-system",
        url=None if first is None else first.value,
        identifiers=tuple(each for each in identifiers if each is not first or each.note),
        publisher=root.text("publisher"),
        licence=root.text("copyright"),
        hierarchy=None,
        description=root.text("description"),
        extra=headers.rest(root, absent, {"$kind": "root" if kind == "root" else None}),
    )
    if not kept or _unique_ids(system, LossReport()) == kept:
        return system
    check_json(kept, f"NamingSystem.{_UNIQUE_IDS}")
    return system.with_(extra={**(system.extra or {}), _UNIQUE_IDS: kept})


def _identifier(element: Element) -> Identifier | None:
    kind = element.text("type")
    value = element.needed("value", "give every identifier its value")
    preferred = element.boolean("preferred")
    note = element.text("comment")
    if kind not in ("uri", "oid"):
        return None
    return Identifier(
        value=value.removeprefix("urn:oid:") if kind == "oid" else value,
        type="oid" if kind == "oid" else "url",
        status="preferred" if preferred else "accepted",
        note=note,
    )


def write(system: KnownSystem, fhir_version: str = "5.0.0") -> tuple[dict[str, Any], LossReport]:
    """Write a known system as a NamingSystem.

    Arguments:
        system: the system.
        fhir_version: R4 (`4.0.1`) or R5.

    Returns:
        The resource, and what it cannot hold. A date, which FHIR demands, is said to be unknown for systems of ours.

    >>> resource, losses = write(KnownSystem(id="kva", title="KVÅ", url="http://x.se/kva"))
    >>> resource["uniqueId"]
    [{'type': 'uri', 'value': 'http://x.se/kva', 'preferred': True}]
    """
    losses = LossReport()
    extra = system.extra or {}
    found: dict[str, Any] = {"resourceType": "NamingSystem"}
    if "id" not in extra:
        found["id"] = headers.resource_id(system.id, "NamingSystem", losses)
    ours = system.extra is None
    if ours:
        found |= {"name": _name(system.id), "status": "active", "_date": _NO_DATE}
    if not (headers.absent(extra, "title") and system.title in (extra.get("name"), system.id)):
        found["title"] = system.title
    kind = "codesystem" if system.kind == "code-system" else extra.get("$kind", "identifier")
    if not (headers.absent(extra, "kind") and system.kind == "code-system"):
        found["kind"] = kind
    fields = {"publisher": system.publisher, "copyright": system.licence, "description": system.description}
    found |= {name: value for name, value in fields.items() if value is not None}
    kept = extra.get(_UNIQUE_IDS)
    written: list[Any] = _unique_ids(system, losses)
    if isinstance(kept, list) and _same(kept, system):
        written = kept
    if written:
        found[_UNIQUE_IDS] = written
    for name in ("notation", "dot_after"):
        if getattr(system, name):
            losses.add(f"KnownSystem.{name}", getattr(system, name))
    if ours and system.hierarchy is not None and "hierarchy" in system.model_fields_set:
        losses.add("KnownSystem.hierarchy", system.hierarchy)
    if not system.case_sensitive:
        losses.add("KnownSystem.case_sensitive", "false")
    if system.parents != "column":
        losses.add("KnownSystem.parents", system.parents)
    found = headers.completed(found, extra, frozenset({_UNIQUE_IDS, "$kind"}))
    return versions.from_r5(found, fhir_version, losses), losses


def _name(name: str) -> str:
    """Return a name that programs can use, as FHIR demands: letters, digits and underscores, a capital first."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name).split()
    joined = "".join(word[0].upper() + word[1:] for word in words)
    return joined if joined[:1].isalpha() else f"System{joined}"


def _unique_ids(system: KnownSystem, losses: LossReport) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    listed = {each.value for each in system.identifiers if each.type == "url"}
    if system.url is not None and system.url not in listed:
        found.append({"type": "uri", "value": system.url, "preferred": True})
    for each in system.identifiers:
        if each.status == "mistake":
            losses.add("Identifier.status", f"{each.value} (mistake)")
            continue
        if each.seen:
            losses.add("Identifier.seen", each.seen)
        written: dict[str, Any] = {"type": "oid" if each.type == "oid" else "uri", "value": each.value}
        if each.status == "preferred":
            written["preferred"] = True
        if each.note:
            written["comment"] = each.note
        found.append(written)
    return found


def _same(kept: list[Any], system: KnownSystem) -> bool:
    """Tell whether identifiers that were kept still say what the system says."""
    from termbank.errors import FormatError

    try:
        again = read({"resourceType": "NamingSystem", "name": "x", _UNIQUE_IDS: kept})
    except FormatError:
        return False
    return again.identifiers == system.identifiers and again.url == system.url
