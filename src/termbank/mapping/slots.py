"""The SSSOM slots that mappings and sets keep beside their fields, and those that derived mappings get.

A derived mapping says what it was derived from in `derivation`: the statements, in order, one after the other. What an
inverse cannot say, and what would be lost, stands in slots that begin with `inverted_`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from termbank.model import Mapping as Statement
from termbank.model import MappingSet

N = TypeVar("N", Statement, MappingSet)

SSSOM = "sssom"
DERIVATION = "derivation"
OWN = (DERIVATION, "inverted_justification", "inverted_predicate", "inverted_record", "inverted_set", "proposed_from")
"""Extension slots (SSSOM) of derived mappings; they are defined in the metadata of a set that has them."""
_PREFIX, _URI = "termbank_slot", "urn:termbank:slot:"
_DEFINITIONS, _CURIES = "extension_definitions", "curie_map"


def of(noun: Statement | MappingSet) -> dict[str, Any]:
    """Return the slots that a mapping or a set keeps beside its fields."""
    kept = (noun.extra or {}).get(SSSOM)
    return dict(kept) if isinstance(kept, dict) else {}


def with_slots(noun: N, slots: Mapping[str, Any]) -> N:
    """Return a mapping or a set with other slots beside its fields; those that are None or empty are left out."""
    kept = {name: value for name, value in slots.items() if value is not None and value not in ("", [])}
    extra = {name: value for name, value in (noun.extra or {}).items() if name != SSSOM}
    if kept:
        extra[SSSOM] = kept
    return noun.model_copy(update={"extra": extra or None})


def declared(mapping_set: MappingSet) -> MappingSet:
    """Return a set whose metadata define our extension slots: those that are used, and no others."""
    slots = of(mapping_set)
    nouns: Iterable[Statement | MappingSet] = (mapping_set, *mapping_set.mappings)
    used = {name for noun in nouns for name in ((noun.extra or {}).get(SSSOM) or ())} & set(OWN)
    found = [
        each for each in slots.get(_DEFINITIONS) or [] if not (isinstance(each, dict) and each.get("slot_name") in OWN)
    ]
    curies = {name: uri for name, uri in (slots.get(_CURIES) or {}).items() if name != _PREFIX}
    if used:
        curies[_PREFIX] = _URI
    for name in sorted(used):
        found.append({"slot_name": name, "property": f"{_PREFIX}:{name}", "type_hint": "xsd:string"})
    if not (used or _DEFINITIONS in slots or _CURIES in slots):
        return mapping_set
    return with_slots(mapping_set, {**slots, _DEFINITIONS: found, _CURIES: curies or None})
