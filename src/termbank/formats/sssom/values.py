"""One value of one slot: what is wrong with it, and what it says."""

import datetime
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from termbank.formats.sssom.curies import Prefixes, is_absolute, is_iri
from termbank.formats.sssom.slots import (
    JUSTIFICATIONS,
    NEW_VALUES,
    NO_TERM,
    OLD_NO_TERM,
    SKOS_RELATIONS,
    VALUES,
    Slot,
)

Value = str | float | list[str]
"""What a slot holds: a text, a number, or several texts."""

Record = dict[str, Value]
"""One mapping as its slots say it, those without a value left out."""

_SPACE = re.compile(r"\s").search
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


class Problem(NamedTuple):
    """What is wrong with a value: a rule of the catalogue, with its arguments."""

    rule: str
    arguments: dict[str, str]


class Rules(NamedTuple):
    """How strictly values are checked.

    Arguments:
        prefixes: those of the set.
        strict: what SSSOM forbids is refused, also where termbank could make sense of it.
        iris: the format has IRIs as well as CURIEs (JSON).
        relative: relative URIs are let through (a set of version 1.0).
    """

    prefixes: Prefixes
    strict: bool
    iris: bool = False
    relative: bool = True


def split(cell: str) -> list[str]:
    r"""Cut a cell with several values at each `|`; `\|` and `\\` stand for the characters themselves.

    >>> split(r"Alice\|Bob|Charlie\\|David")
    ['Alice|Bob', 'Charlie\\', 'David']
    """
    if "\\" not in cell:
        return cell.split("|")
    found, current, index = [], [], 0
    while index < len(cell):
        character = cell[index]
        if character == "\\" and cell[index + 1 : index + 2] in ("|", "\\"):
            index += 1
            current.append(cell[index])
        elif character == "|":
            found.append("".join(current))
            current = []
        else:
            current.append(character)
        index += 1
    return [*found, "".join(current)]


def joined(values: list[str]) -> str:
    r"""Put several values into one cell, as `split` reads them.

    >>> joined(["Alice|Bob", "C"])
    'Alice\\|Bob|C'
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def number(value: float) -> str:
    """Write a number with up to three decimals, as a canonical file and the hash of a record have it.

    >>> number(0.7835), number(1.0), number(-0.0004), number(0.95)
    ('0.784', '1', '0', '0.95')
    """
    rounded = Decimal(repr(value)).quantize(Decimal("0.001"), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def read(text: str, slot: Slot, rules: Rules) -> Value:
    """Return what one value says, once `problem` found nothing that refuses it."""
    if slot.kind == "double":
        return float(text.strip().replace(",", "."))
    if slot.kind == "entity":
        text = text.strip()
        if text == OLD_NO_TERM:
            return NO_TERM
        return (rules.prefixes.contract(text) or text) if is_iri(text) and not _declared(text, rules) else text
    return text if slot.kind == "text" else text.strip()


def problem(text: str, slot: Slot, rules: Rules) -> Problem | None:
    """Tell what is wrong with one value; the rule's severity says whether it is refused."""
    if slot.kind == "text" or not text.strip():
        return None
    return _CHECKS[slot.kind](text.strip(), slot, rules)


def _declared(text: str, rules: Rules) -> bool:
    prefix, _, local = text.partition(":")
    return prefix in rules.prefixes.all and not local.startswith("//")


def _entity(text: str, slot: Slot, rules: Rules) -> Problem | None:
    prefix, colon, local = text.partition(":")
    if text in (NO_TERM, OLD_NO_TERM):
        if slot.name not in ("subject_id", "object_id"):
            return Problem("sssom-misplaced-no-term", {"slot": slot.name})
        return Problem("sssom-old-name", {"old": OLD_NO_TERM, "new": NO_TERM}) if text == OLD_NO_TERM else None
    if is_iri(text) and not _declared(text, rules):
        return _iri(text, slot, rules)
    if not colon or not prefix or (not local and not slot.name.endswith("_source")) or _SPACE(text):
        return Problem("sssom-not-a-curie", {"slot": slot.name, "given": text})
    if prefix not in rules.prefixes.all and prefix not in rules.prefixes.known_ids and rules.strict:
        return Problem("sssom-undeclared-prefix", {"slot": slot.name, "given": text, "prefix": prefix})
    if slot.name == "predicate_id" and prefix == "skos" and text not in SKOS_RELATIONS:
        return Problem("sssom-no-such-relation", {"given": text})
    if slot.name == "mapping_justification" and text not in JUSTIFICATIONS and rules.strict:
        return Problem("sssom-unknown-justification", {"given": text})
    return None


def _iri(text: str, slot: Slot, rules: Rules) -> Problem | None:
    if _SPACE(text):
        return Problem("sssom-not-a-curie", {"slot": slot.name, "given": text})
    if rules.iris:
        return None
    curie = rules.prefixes.contract(text)
    if curie is not None:
        return Problem("sssom-iri", {"slot": slot.name, "given": text, "curie": curie})
    if slot.name in ("subject_id", "object_id", "predicate_id", "mapping_justification"):
        return Problem("sssom-not-a-curie", {"slot": slot.name, "given": text})
    return Problem("sssom-kept-iri", {"slot": slot.name, "given": text})


def _uri(text: str, slot: Slot, rules: Rules) -> Problem | None:
    if is_absolute(text) or not rules.strict:
        return None
    return Problem("sssom-relative-uri" if rules.relative else "sssom-not-a-uri", {"slot": slot.name, "given": text})


def _double(text: str, slot: Slot, rules: Rules) -> Problem | None:
    bounds = {"low": f"{slot.low:g}", "high": f"{slot.high:g}"}
    wrong = Problem("sssom-not-a-number", {"slot": slot.name, "given": text, **bounds})
    if not _NUMBER.fullmatch(text) or not text.isascii():
        return wrong
    value = float(text.replace(",", "."))
    if not math.isfinite(value) or not slot.low <= value <= slot.high:
        return wrong
    return Problem("sssom-decimal-comma", {"slot": slot.name, "given": text}) if "," in text else None


def _date(text: str, slot: Slot, rules: Rules) -> Problem | None:
    try:
        if _DATE.fullmatch(text) and text.isascii():
            datetime.date.fromisoformat(text)
            return None
    except ValueError:
        pass
    return Problem("sssom-not-a-date", {"slot": slot.name, "given": text})


def _listed(text: str, slot: Slot, rules: Rules) -> Problem | None:
    known = VALUES[slot.kind]
    return (
        None
        if text in known
        else Problem("sssom-unknown-value", {"slot": slot.name, "given": text, "expected": ", ".join(known)})
    )


def _version(text: str, slot: Slot, rules: Rules) -> Problem | None:
    if text == "1.1":
        return None
    if text == "1.0":
        return Problem("sssom-version-contradicts", {})
    newer = re.fullmatch(r"1\.\d+", text)
    return Problem("sssom-newer-version" if newer else "sssom-unknown-version", {"given": text})


_CHECKS = {
    "entity": _entity, "uri": _uri, "double": _double, "date": _date, "entity-type": _listed, "modifier": _listed,
    "cardinality": _listed, "version": _version,
}  # fmt: skip


def newer(slot: Slot, text: str) -> bool:
    """Tell whether a slot, or its value, came after version 1.0."""
    return slot.since != "1.0" or text in NEW_VALUES
