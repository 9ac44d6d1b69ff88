"""Resources as JSON (https://hl7.org/fhir/json.html): parsed strictly, written in the order of the specification."""

import json
from collections.abc import Iterator
from typing import Any

from termbank.errors import FormatError
from termbank.formats.fhir.elements import LARGEST_INTEGER
from termbank.formats.fhir.structure import PRIMITIVES, RESOURCES, types
from termbank.model.numbers import Number, number

_LONGEST_INTEGER = 20


def parse(data: bytes | str) -> dict[str, Any]:
    """Parse a resource.

    Decimals keep how they were written (`Number`); `fhir_comments` of older releases are left out.

    Arguments:
        data: JSON in UTF-8, with or without a byte order mark.

    Raises:
        FormatError: it is no JSON or no object, a name stands twice in an object, a number is NaN, infinite or too
            long, or it is nested deeper than Python reads.

    >>> parse('{"resourceType": "ValueSet"}')
    {'resourceType': 'ValueSet'}
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        found = json.loads(
            text, object_pairs_hook=_object, parse_float=_decimal, parse_int=_integer, parse_constant=_constant
        )
    except UnicodeDecodeError:
        raise FormatError("the file is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"line {error.lineno}, column {error.colno}: no JSON: {error.msg}") from None
    except RecursionError:
        raise FormatError("nested too deep to be a FHIR resource") from None
    if not isinstance(found, dict):
        raise FormatError("this is no JSON object; a resource is one")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen and name != "fhir_comments":
                raise FormatError(f"the name {name[:60]} stands twice in one object; keep one of them")
            seen.add(name)
    found.pop("fhir_comments", None)
    return found


def _decimal(text: str) -> float:
    try:
        return number(text)
    except ValueError:
        raise FormatError(f"the number {text[:40]} is too great") from None


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER or abs(int(text)) > LARGEST_INTEGER:
        raise FormatError(f"the number {text[:40]} has more digits than can be kept; write it as a text")
    return int(text)


def _constant(text: str) -> Any:
    raise FormatError(f"{text} is no JSON; write a number, or leave the element out")


def ordered(resource: dict[str, Any]) -> dict[str, Any]:
    """Return a resource with its elements in the order of the specification; names that it has not come last.

    Raises:
        FormatError: it is nested deeper than Python goes.

    >>> list(ordered({"status": "draft", "url": "http://a", "resourceType": "ValueSet"}))
    ['resourceType', 'url', 'status']
    """
    try:
        return _ordered(resource, None)
    except RecursionError:
        raise FormatError("nested too deep to be written") from None


def _ordered(value: dict[str, Any], kind: str | None) -> dict[str, Any]:
    said = value.get("resourceType") if kind in (None, "Resource") else None
    if said is not None:
        kind = said if isinstance(said, str) and said in RESOURCES else ""
    parts = types().get(kind or "", {})
    names = {"resourceType": value["resourceType"]} if "resourceType" in value else {}
    for name, part in parts.items():
        if name in value:
            inner = value[name]
            if part.type in PRIMITIVES:
                names[name] = inner
            elif isinstance(inner, list):
                names[name] = [_ordered(each, part.type) if isinstance(each, dict) else each for each in inner]
            else:
                names[name] = _ordered(inner, part.type) if isinstance(inner, dict) else inner
        if f"_{name}" in value:
            names[f"_{name}"] = value[f"_{name}"]
    return {**names, **value, **names} if len(names) < len(value) else names


def text(resource: dict[str, Any], indent: int | None = 2) -> str:
    """Write a resource as JSON, its elements in the order of the specification, decimals as they were written.

    Arguments:
        resource: the resource.
        indent: how far each level is set in; None: one line.

    Raises:
        FormatError: it is nested deeper than Python goes.

    >>> text({"resourceType": "ValueSet", "x": Number("1.50")}, indent=None)
    '{"resourceType": "ValueSet", "x": 1.50}'
    """
    try:
        return "".join(_pieces(ordered(resource), indent, 0))
    except RecursionError:
        raise FormatError("nested too deep to be written") from None


def _pieces(value: Any, indent: int | None, depth: int) -> Iterator[str]:
    if isinstance(value, Number):
        yield value.text
    elif not isinstance(value, dict | list) or not value:
        yield json.dumps(value, ensure_ascii=False, allow_nan=False)
    else:
        inner = "" if indent is None else "\n" + " " * (indent * (depth + 1))
        between = ", " if indent is None else "," + inner
        yield ("{" if isinstance(value, dict) else "[") + inner
        if isinstance(value, dict):
            for index, (name, each) in enumerate(value.items()):
                yield between * (index > 0) + json.dumps(name, ensure_ascii=False) + ": "
                yield from _pieces(each, indent, depth + 1)
        else:
            for index, each in enumerate(value):
                if index:
                    yield between
                yield from _pieces(each, indent, depth + 1)
        yield ("" if indent is None else "\n" + " " * (indent * depth)) + ("}" if isinstance(value, dict) else "]")
