"""The Parameters resource of a request, read by name and type."""

import datetime
from collections.abc import Iterator
from typing import Any

from termbank.errors import FormatError
from termbank.formats.fhir.elements import check_json
from termbank.model import Coding
from termbank.terminology.refusal import Refusal, issue

_TEXT = ("valueString", "valueUri", "valueCanonical", "valueUrl", "valueCode", "valueId", "valueUuid", "valueOid",
         "valueMarkdown", "valueDateTime", "valueDate")  # fmt: skip


class Given:
    """The parameters of a request.

    Arguments:
        resource: a FHIR Parameters resource, as parsed JSON.

    Raises:
        Refusal: it is no such resource.
    """

    def __init__(self, resource: Any) -> None:
        if not isinstance(resource, dict) or resource.get("resourceType") != "Parameters":
            raise invalid("Parameters", "a Parameters resource is expected")
        found = resource.get("parameter", [])
        if not isinstance(found, list):
            raise invalid("Parameters.parameter", "it is no list")
        self.parameters: list[dict[str, Any]] = []
        for index, each in enumerate(found):
            if not isinstance(each, dict) or not isinstance(each.get("name"), str):
                raise invalid(f"Parameters.parameter[{index}]", "it has no name")
            self.parameters.append(each)
        self._names = {each["name"] for each in self.parameters}

    def all(self, *names: str) -> Iterator[dict[str, Any]]:
        """Yield the parameters of any of these names, in order."""
        if self._names.isdisjoint(names):
            return iter(())
        return (each for each in self.parameters if each["name"] in names)

    def has(self, name: str) -> bool:
        """Tell whether there is such a parameter."""
        return name in self._names

    def texts(self, name: str) -> list[str]:
        """Return the values of a parameter that is text of some kind.

        Raises:
            Refusal: one is not.
        """
        return [text(each) for each in self.all(name)] if name in self._names else []

    def text(self, name: str) -> str | None:
        """Return the first value of a parameter that is text of some kind, or None."""
        return self.texts(name)[0] if name in self._names else None

    def boolean(self, name: str) -> bool | None:
        """Return the value of a boolean parameter, or None.

        Raises:
            Refusal: it is none.
        """
        for each in self.all(name):
            if isinstance(each.get("valueBoolean"), bool):
                return bool(each["valueBoolean"])
            if _any_text(each) in ("true", "false"):
                return _any_text(each) == "true"
            raise invalid(name, "it is neither true nor false")
        return None

    def integer(self, name: str) -> int | None:
        """Return the value of an integer parameter, or None.

        Raises:
            Refusal: it is none.
        """
        for each in self.all(name):
            number = each.get("valueInteger", each.get("valueUnsignedInt", each.get("valuePositiveInt")))
            if (
                number is None
                and (written := _any_text(each))
                and written.removeprefix("-").isdecimal()
                and len(written) < 10
            ):
                number = int(written)
            if not isinstance(number, int) or isinstance(number, bool):
                raise invalid(name, "it is no whole number")
            return number
        return None

    def day(self, name: str) -> datetime.date | None:
        """Return the day of a parameter that is a date or a point in time, or None.

        Raises:
            Refusal: it is none, or not a whole one.
        """
        given = self.text(name)
        if given is None:
            return None
        try:
            return datetime.datetime.fromisoformat(given).date()
        except ValueError:
            raise invalid(name, "it is no whole date (2026-01-31)") from None

    def resource(self, name: str) -> dict[str, Any] | None:
        """Return the resource of a parameter, or None."""
        return next(iter(self.resources(name)), None)

    def resources(self, name: str) -> list[dict[str, Any]]:
        """Return the resources of a parameter.

        Raises:
            Refusal: one has none.
        """
        found = []
        for each in self.all(name):
            if not isinstance(each.get("resource"), dict):
                raise invalid(name, "it has no resource")
            found.append(each["resource"])
        return found

    def complex(self, name: str, kind: str) -> dict[str, Any] | None:
        """Return the value of a parameter of a complex type (`Coding`, `CodeableConcept`), or None.

        Raises:
            Refusal: it is of another type.
        """
        for each in self.all(name):
            if not isinstance(each.get(f"value{kind}"), dict):
                raise invalid(name, f"it is no {kind}")
            return dict(_whole(each[f"value{kind}"], name))
        return None


def _any_text(parameter: dict[str, Any]) -> str | None:
    return next((parameter[key] for key in _TEXT if isinstance(parameter.get(key), str)), None)


def text(parameter: dict[str, Any]) -> str:
    """Return the value of a parameter that is text of some kind.

    Raises:
        Refusal: it is not.
    """
    name, found = str(parameter.get("name")), _any_text(parameter)
    if found is None:
        raise invalid(name, "it has no text for a value")
    return str(_whole(found, name))


def _whole(found: Any, name: str) -> Any:
    """Return a value in which everything can be written: no half characters, no endless numbers, not too deep.

    Raises:
        Refusal: so it is not.
    """
    try:
        check_json(found, name)
    except FormatError as error:
        raise invalid(name, str(error)) from None
    return found


def read_coding(data: Any, name: str) -> Coding:
    """Read a Coding; a system or code that it lacks is empty.

    Raises:
        Refusal: it is none.
    """
    if not isinstance(data, dict):
        raise invalid(name, "it is no Coding")
    read = {}
    for key in ("system", "version", "code", "display"):
        found = data.get(key)
        if found is not None and not isinstance(found, str):
            raise invalid(name, f"its {key} is no text")
        read[key] = found or None
    return Coding(
        system=read["system"] or "", code=read["code"] or "", version=read["version"], display=read["display"]
    )


def invalid(name: str, reason: str) -> Refusal:
    """Return the refusal of a parameter that cannot be read."""
    return Refusal(issue("TERMBANK_PARAMETER_INVALID", parameter=name, reason=reason), 400, outcome=True)


def missing(name: str) -> Refusal:
    """Return the refusal of a request without a parameter that it needs."""
    return Refusal(issue("TERMBANK_PARAMETER_MISSING", parameter=name), 400, outcome=True)
