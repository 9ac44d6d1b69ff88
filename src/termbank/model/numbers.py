"""JSON values whose decimals keep how they were written: in FHIR 1.10 says more than 1.1.

https://hl7.org/fhir/datatypes.html#decimal
"""

import math
from typing import Any

_MARK = "$decimal"
_DEEPEST = 120


class Number(float):
    """A number as it was written, for numbers that a float would write otherwise.

    >>> number = Number("1.10")
    >>> number == 1.1, number.text
    (True, '1.10')
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Number":
        """Keep the text beside the number."""
        made = super().__new__(cls, text)
        made.text = text
        return made


def number(text: str) -> float:
    """Return a decimal as a float where that is written the same, else as a `Number`.

    Raises:
        ValueError: it is no number, or greater than a float can be.

    >>> number("1.5"), number("1.50").text
    (1.5, '1.50')
    """
    plain = float(text)
    if not math.isfinite(plain):
        raise ValueError(text)
    return plain if repr(plain) == text else Number(text)


def kept(value: Any, depth: int = 0) -> Any:
    """Return a copy of a JSON value, with numbers that were marked in JSON as `Number` again.

    Raises:
        ValueError: there is something in it that is no JSON, or it is nested too deep.

    >>> kept({"a": {"$decimal": "1.10"}})["a"].text
    '1.10'
    """
    if value is None or isinstance(value, bool | int | Number):
        return value
    if isinstance(value, str):
        value.encode()  # half a character is no JSON
        return value
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        marked = value.get(_MARK)
        if isinstance(marked, str) and len(value) == 1:
            return number(marked)
        if not all(isinstance(name, str) for name in value):
            raise ValueError("a name in it is no text")
        return {kept(name): kept(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [kept(each, depth + 1) for each in value]
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError(f"{type(value).__name__} is no JSON value")


def marked(value: Any) -> Any:
    """Return a JSON value with each `Number` marked, so that JSON keeps it.

    >>> marked([Number("1.10")])
    [{'$decimal': '1.10'}]
    """
    if isinstance(value, dict):
        return {name: marked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [marked(each) for each in value]
    return {_MARK: value.text} if isinstance(value, Number) else value
