"""HL7's own concept properties (http://hl7.org/fhir/concept-properties): which property of a system means what."""

import datetime
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from termbank.formats.fhir.elements import whole_date
from termbank.model import Property, PropertyDefinition

BASE = "http://hl7.org/fhir/concept-properties#"
KNOWN: dict[str, Literal["boolean", "code", "dateTime", "string"]] = {
    "status": "code", "inactive": "boolean", "effectiveDate": "dateTime", "retirementDate": "dateTime",
    "notSelectable": "boolean", "parent": "code", "child": "code", "comment": "string",
}  # fmt: skip
"""Those that our nouns have a field for, with their types. A concept is valid until the day before its retirementDate;
deprecationDate is another thing: a deprecated code is still valid."""

_INACTIVE_STATUS = frozenset({"retired", "inactive"})
_DAY = datetime.timedelta(days=1)


class Meanings:
    """Which of a system's properties are HL7's: by the declared URI, else by the code.

    Arguments:
        definitions: the declared properties.

    >>> hidden = PropertyDefinition(code="hidden", type="boolean", uri=BASE + "notSelectable")
    >>> Meanings([hidden]).code("notSelectable"), Meanings([]).code("notSelectable")
    ('hidden', 'notSelectable')
    """

    def __init__(self, definitions: Iterable[PropertyDefinition]) -> None:
        by_uri: dict[str, str] = {}
        for definition in definitions:
            if definition.uri and definition.uri.startswith(BASE):
                by_uri.setdefault(definition.uri.removeprefix(BASE), definition.code)
        self._codes = {name: by_uri.get(name, name) for name in KNOWN}
        self._names = {code: name for name, code in self._codes.items()}

    def code(self, name: str) -> str:
        """Return the code that the system has for one of HL7's properties."""
        return self._codes[name]

    def name(self, code: str) -> str | None:
        """Return which of HL7's properties a code of the system is."""
        return self._names.get(code)


class Facts(NamedTuple):
    """What the properties of a concept say in our nouns' fields."""

    abstract: bool = False
    inactive: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    comment: str | None = None


NOTHING = Facts()


def facts(properties: Iterable[Property], meanings: Meanings) -> Facts:
    """Return what the properties of a concept say.

    >>> facts([Property(code="status", value="retired")], Meanings([])).inactive
    True
    """
    found: dict[str, Any] = {}
    for each in properties:
        name = meanings.name(each.code)
        value = each.value
        if name is None:
            continue
        if name in ("notSelectable", "inactive"):
            field = "abstract" if name == "notSelectable" else "inactive"
            found[field] = found.get(field, False) or value is True or value == "true"
        elif name == "status":
            found["inactive"] = found.get("inactive", False) or value in _INACTIVE_STATUS
        elif name in ("parent", "child") and isinstance(value, str) and value:
            field = "parents" if name == "parent" else "children"
            found[field] = (*found.get(field, ()), value)
        elif name == "comment" and isinstance(value, str):
            found.setdefault("comment", value)
        elif name in ("effectiveDate", "retirementDate") and isinstance(value, str):
            day = whole_date(value)
            if day is not None and name == "effectiveDate":
                found.setdefault("valid_from", day)
            elif day is not None and day > datetime.date.min:
                found.setdefault("valid_to", day - _DAY)
    return Facts(**found) if found else NOTHING


def retirement(valid_to: datetime.date) -> str | None:
    """Return the retirementDate that says until when a concept is valid; None: for ever."""
    return (valid_to + _DAY).isoformat() if valid_to < datetime.date.max else None


def definition(name: str, code: str) -> PropertyDefinition:
    """Return the declaration of one of HL7's properties under a code."""
    return PropertyDefinition(code=code, type=KNOWN[name], uri=BASE + name)
