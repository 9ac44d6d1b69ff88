"""Values of extension slots, and the types that their definitions hint at."""

import datetime
import re
from collections.abc import Callable

from termbank.formats.sssom.metadata import Extension
from termbank.formats.sssom.values import Problem, Rules, number

_XSD = "http://www.w3.org/2001/XMLSchema#"
REFERENCE = "https://w3id.org/linkml/uriorcurie"
"""The hint of values that are CURIEs, in small letters; the specification writes it in two ways."""


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and _parses(datetime.date.fromisoformat, text)


def _is_moment(text: str) -> bool:
    shape = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return re.fullmatch(shape, text) is not None and _parses(datetime.datetime.fromisoformat, text)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_FITS: dict[str, Callable[[str], bool]] = {
    "integer": lambda text: re.fullmatch(r"[+-]?[0-9]+", text) is not None,
    "double": lambda text: re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", text) is not None,
    "boolean": lambda text: text in ("true", "false"),
    "date": _is_date,
    "datetime": _is_moment,
}


def is_reference(extension: Extension) -> bool:
    """Tell whether the values of an extension are CURIEs."""
    return extension.type_hint.lower() == REFERENCE


def misfit(text: str, extension: Extension, rules: Rules) -> Problem | None:
    """Tell whether a value is not of the type that its definition hints at; it is kept all the same."""
    if is_reference(extension):
        prefix, colon, local = text.partition(":")
        fits = bool(colon and local) and (prefix in rules.prefixes.all or rules.iris)
    else:
        check = _FITS.get(extension.type_hint.removeprefix(_XSD).lower())
        fits = check is None or check(text)
    if fits:
        return None
    return Problem("sssom-misfit", {"slot": extension.name, "given": text, "type": extension.type_hint})


def hashed(text: str, extension: Extension, rules: Rules) -> str:
    """Return the form in which a value goes into the hash of its record."""
    if is_reference(extension):
        return rules.prefixes.expand(text)
    kind = extension.type_hint.removeprefix(_XSD).lower()
    if kind == "integer" and _FITS["integer"](text):
        return str(int(text)) if len(text) < 1000 else text
    return number(float(text)) if kind == "double" and _FITS["double"](text) else text
