"""Elements of a FHIR resource as a reader sees them: of the right type, or an error that names the place."""

import datetime
import math
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from pydantic import ValidationError

from termbank.errors import FormatError

DEEPEST = 100
"""How deep an element that is kept as it came may be nested."""
LARGEST_INTEGER = 2**63 - 1

_ARTICLES = {str: "a text", bool: "true or false", int: "a whole number", dict: "an object", list: "a list"}


class Element:
    """One element (an object in JSON) with its place; what is taken from it is no longer in its rest.

    Arguments:
        data: what should be an object.
        name: the name of the element, or of the resource.
        parent: the element it stands in.
        index: its number in a list.

    Raises:
        FormatError: it is no object.

    >>> element = Element({"code": "a", "note": "x"}, "CodeSystem.concept", index=3)
    >>> element.text("code"), element.rest(), str(element)
    ('a', {'note': 'x'}, 'CodeSystem.concept[3]')
    """

    __slots__ = ("data", "index", "left", "name", "parent")

    def __init__(self, data: Any, name: str, parent: "Element | None" = None, index: int | None = None) -> None:
        self.name, self.parent, self.index = name, parent, index
        if not isinstance(data, dict):
            refuse(str(self), f"this is {described(data)}, not an object; see the element in the FHIR specification")
        self.data: dict[str, Any] = data
        self.left = dict(data)

    def __str__(self) -> str:
        """Write the place as FHIRPath does: `CodeSystem.concept[3].concept[0]`."""
        parts: list[str] = []
        element: Element | None = self
        while element is not None:
            parts.append(element.name if element.index is None else f"{element.name}[{element.index}]")
            element = element.parent
        return ".".join(reversed(parts))

    def error(self, name: str, message: str) -> NoReturn:
        """Raise a FormatError about one element of this one."""
        refuse(f"{self}.{name}", message)

    def text(self, name: str) -> str | None:
        """Take a text; None where there is none."""
        value: str | None = self._typed(name, str)
        return value

    def needed(self, name: str, advice: str) -> str:
        """Take a text that must be there and not be empty; the advice says what to do where it is not."""
        value: str | None = self._typed(name, str)
        if not value:
            self.error(name, f"missing; {advice}" if value is None else f"empty; {advice}")
        return value

    def boolean(self, name: str) -> bool | None:
        """Take true or false; None where it is not said."""
        value: bool | None = self._typed(name, bool)
        return value

    def choice(self, name: str, allowed: Collection[str]) -> str | None:
        """Take one of some codes; None where there is none."""
        value: str | None = self._typed(name, str)
        if value is not None and value not in allowed:
            self.error(name, f"{shortened(value)} is not one of {', '.join(allowed)}")
        return value

    def date(self, name: str) -> datetime.date | None:
        """Take a whole date; None where there is none, and where it is only a year or a month: then it stays."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong(name, value, str)
        found = whole_date(value)
        if found is not None and found.isoformat() == value:
            del self.left[name]
            return found
        return None

    def elements(self, name: str) -> "Iterator[Element]":
        """Take a list of elements, one by one; an empty list stays in the rest."""
        values = self.data.get(name)
        if values is None:
            return
        if not isinstance(values, list):
            self._wrong(name, values, list)
        if values:
            self.left.pop(name, None)
        for index, value in enumerate(values):
            yield Element(value, name, self, index)

    def element(self, name: str) -> "Element | None":
        """Take one element; None where there is none."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(name, value, dict)
        del self.left[name]
        return Element(value, name, self)

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts; an empty one stays in the rest."""
        values = self.data.get(name)
        if values is None:
            return ()
        if not isinstance(values, list):
            self._wrong(name, values, list)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self._wrong(f"{name}[{index}]", value, str)
            check_text(value, f"{self}.{name}[{index}]")
        if values:
            del self.left[name]
        return tuple(values)

    def look(self, name: str) -> str | None:
        """Return a text without taking it: it stays in the rest."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, str):
            self._wrong(name, value, str)
        if value is not None:
            check_text(value, f"{self}.{name}")
        return value

    def rest(self, **marks: Any) -> dict[str, Any] | None:
        """Return what was not taken, checked; marks are added where they are not None.

        Raises:
            FormatError: something in it is no JSON, or nested deeper than `DEEPEST`.
        """
        found = {**self.left, **{name: mark for name, mark in marks.items() if mark is not None}}
        if not found:
            return None
        for name, value in self.left.items():
            if not isinstance(name, str):
                refuse(str(self), f"the name {shortened(name)} is no text; write the element's name in quotes")
            check_text(name, str(self))
            check_json(value, f"{self}.{shortened(name)}")
        return {name: value for name, value in found.items() if value is not None} or None

    def _typed(self, name: str, kind: type) -> Any:
        value = self.data.get(name)
        if value is None:
            return None
        if type(value) is not kind:
            self._wrong(name, value, kind)
        if isinstance(value, str) and not value.isascii():
            check_text(value, f"{self}.{name}")
        self.left.pop(name, None)
        return value

    def _wrong(self, name: str, value: Any, kind: type) -> NoReturn:
        self.error(name, f"this is {described(value)}, not {_ARTICLES[kind]}; write it as FHIR says")


def refuse(place: str, message: str) -> NoReturn:
    """Raise a FormatError about a place in a resource."""
    raise FormatError(f"{place}: {message}")


def invalid(place: str, error: ValidationError) -> FormatError:
    """Return the error for what no noun can hold (half a character, say)."""
    problem = error.errors(include_url=False, include_input=False)[0]
    inside = ".".join(str(part) for part in problem["loc"])
    return FormatError(f"{place}: {inside}: {problem['msg']}; correct it at its source")


def described(value: Any) -> str:
    """Name the JSON type of a value."""
    if value is None:
        return "null"
    for kind, name in _ARTICLES.items():
        if isinstance(value, kind):
            return name
    return "a number" if isinstance(value, float) else f"no JSON ({type(value).__name__})"


def shortened(value: Any) -> str:
    """Return a value as it may stand in a message: not longer than a line."""
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return "a number of very many digits"
    text = str(value) if isinstance(value, str | int | float) else described(value)
    text = text.encode("utf-8", "replace").decode().replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:57]}..."


def check_json(value: Any, place: str) -> None:
    """Refuse what is no JSON value, or nested too deep.

    Arguments:
        value: the value.
        place: where it stands, for the message.

    Raises:
        FormatError: there is something else in it (NaN too), or it is nested deeper than `DEEPEST`.

    >>> check_json({"a": [1, "b", None]}, "here")
    """
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                for name in each:
                    if not isinstance(name, str):
                        refuse(place, f"the name {shortened(name)} in it is no text")
                    check_text(name, place)
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
            elif isinstance(each, str):
                check_text(each, place)
            elif each is not None:
                _check_number(each, place)
        if not inner:
            return
        level = inner
    refuse(place, f"nested deeper than {DEEPEST}; no FHIR element is")


def check_text(value: str, place: str) -> None:
    """Refuse a text with half a character in it, which no file can hold.

    Raises:
        FormatError: there is one.
    """
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            refuse(place, "there is half a character in the text; correct it at its source")


def _check_number(value: Any, place: str) -> None:
    if isinstance(value, float):
        if not math.isfinite(value):
            refuse(place, "NaN and infinity are no JSON; write a number, or leave the element out")
    elif not isinstance(value, int):
        refuse(place, f"there is {described(value)} in it")
    elif abs(value) > LARGEST_INTEGER:
        refuse(place, "the number has more digits than can be kept; write it as a text")


def whole_date(value: str) -> datetime.date | None:
    """Return the day of a FHIR date or dateTime; None where it is only a year or a month, or no date.

    >>> whole_date("2024-02-29T10:00:00Z"), whole_date("2024-02")
    (datetime.date(2024, 2, 29), None)
    """
    if len(value) < 10 or value[4] != "-" or value[10:11] not in ("", "T"):
        return None
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None
