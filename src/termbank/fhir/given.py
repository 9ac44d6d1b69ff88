"""The Parameters resource of a request, read by name and type."""

from collections.abc import Iterator
from typing import Any

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

    def all(self, *names: str) -> Iterator[dict[str, Any]]:
        """Yield the parameters of any of these names, in order."""
        return (each for each in self.parameters if each["name"] in names)

    def has(self, name: str) -> bool:
        """Tell whether there is such a parameter."""
        return any(self.all(name))

    def texts(self, name: str) -> list[str]:
        """Return the values of a parameter that is text of some kind.

        Raises:
            Refusal: one is not.
        """
        return [text(each) for each in self.all(name)]

    def text(self, name: str) -> str | None:
        """Return the first value of a parameter that is text of some kind, or None."""
        return next(iter(self.texts(name)), None)

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
                and written.lstrip("-").isdecimal()
                and len(written) < 10
            ):
                number = int(written)
            if not isinstance(number, int) or isinstance(number, bool):
                raise invalid(name, "it is no whole number")
            return number
        return None

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
            return dict(each[f"value{kind}"])
        return None


def _any_text(parameter: dict[str, Any]) -> str | None:
    return next((parameter[key] for key in _TEXT if isinstance(parameter.get(key), str)), None)


def text(parameter: dict[str, Any]) -> str:
    """Return the value of a parameter that is text of some kind.

    Raises:
        Refusal: it is not.
    """
    found = _any_text(parameter)
    if found is None:
        raise invalid(str(parameter.get("name")), "it has no text for a value")
    return found


def invalid(name: str, reason: str) -> Refusal:
    """Return the refusal of a parameter that cannot be read."""
    return Refusal(issue("TERMBANK_PARAMETER_INVALID", parameter=name, reason=reason), 400, outcome=True)


def missing(name: str) -> Refusal:
    """Return the refusal of a request without a parameter that it needs."""
    return Refusal(issue("TERMBANK_PARAMETER_MISSING", parameter=name), 400, outcome=True)
