"""What all canonical resources say about themselves: url, version, title, status ..."""

import datetime
import re
from typing import Any, get_args

from termbank.formats.fhir.elements import Element, refuse, shortened
from termbank.formats.fhir.losses import LossReport
from termbank.model.numbers import kept
from termbank.model.vocabulary import PublicationStatus

_NO_ID = re.compile(r"[^A-Za-z0-9.\-]")


def root(resource: Any, kind: str) -> Element:
    """Return a resource as an element.

    Raises:
        FormatError: it is no object, or a resource of another type.
    """
    element = Element(resource, kind)
    found = element.left.pop("resourceType", None)
    if found != kind:
        said = "missing" if found is None else f"{shortened(found)}, not {kind}"
        refuse(f"{kind}.resourceType", f"{said}; read the resource as what it is")
    return element


def read(element: Element, given: str | None) -> dict[str, Any]:
    """Take what a resource says about itself, as fields of a noun; `absent` names what it lacks.

    Arguments:
        element: the resource.
        given: the id of the noun; None: the canonical URL, else the resource's id.

    Raises:
        FormatError: it has neither, and no id was given.
    """
    url = element.text("url")
    name = given if given is not None else url or element.look("id")
    if name is None:
        element.error("url", "missing, and there is no id either; give the resource its canonical URL")
    element.look("name")
    status = element.choice("status", get_args(PublicationStatus))
    return {
        "id": name,
        "url": url,
        "title": element.text("title"),
        "status": status or "unknown",
        "experimental": element.boolean("experimental"),
        "description": element.text("description"),
        "absent": [
            *([] if status else ["status"]),
            *([] if name == url or element.look("id") is not None else ["id"]),
        ],
    }


def period(element: Element) -> tuple[datetime.date | None, datetime.date | None]:
    """Take the effective period, where it is two whole days or one."""
    found = Element(element.data, element.name).element("effectivePeriod")
    if found is None:
        return None, None
    days = found.date("start"), found.date("end")
    if not found.left:
        del element.left["effectivePeriod"]
        return days
    return days


def rest(element: Element, absent: list[str], more: dict[str, Any]) -> dict[str, Any] | None:
    """Return what was not taken, with None for each element that is absent where the noun has a default."""
    found = {**(element.rest(**more) or {}), **dict.fromkeys(absent)}
    return found or None


def write(noun: Any, kind: str, losses: LossReport) -> dict[str, Any]:
    """Write what a noun says about itself; what its `extra` marks as absent stays absent.

    Arguments:
        noun: a vocabulary, value set or mapping set.
        kind: the type of the resource.
        losses: takes an id that no FHIR resource can have.
    """
    extra = noun.extra or {}
    found: dict[str, Any] = {"resourceType": kind}
    if "id" not in extra and noun.id != noun.url:
        found["id"] = resource_id(noun.id, kind, losses)
    fields = {
        "url": noun.url, "version": noun.version or None, "title": noun.title or None, "status": noun.status,
        "experimental": noun.experimental, "description": noun.description,
    }  # fmt: skip
    found |= {name: value for name, value in fields.items() if value is not None}
    if absent(extra, "status") and noun.status == "unknown":
        del found["status"]
    return found


def resource_id(name: str, kind: str, losses: LossReport) -> str:
    """Return an id that a FHIR resource can have: letters, digits, `-` and `.`, at most 64.

    >>> resource_id("icd 10/se", "CodeSystem", LossReport())
    'icd-10-se'
    """
    found = _NO_ID.sub("-", name)[:64] or "x"
    if found != name:
        losses.add(f"{kind}.id", name)
    return found


def absent(extra: dict[str, Any], name: str) -> bool:
    """Tell whether the resource had no such element when it was read."""
    return name in extra and extra[name] is None


def completed(
    found: dict[str, Any], extra: dict[str, Any] | None, besides: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Add to an element what came with it, but for the marks of what was absent."""
    if extra:
        for name, value in extra.items():
            if value is not None and name not in besides:
                found.setdefault(name, kept(value))
    return found
