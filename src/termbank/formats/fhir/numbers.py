"""Decimals that keep how they were written: in FHIR 1.10 says more than 1.1 (https://hl7.org/fhir/datatypes.html#decimal)."""

import math


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
