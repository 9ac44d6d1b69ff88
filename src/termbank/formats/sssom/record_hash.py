"""The SSSOM hash of a mapping: the same in every implementation, for the same mapping."""

from collections.abc import Iterable

from termbank.formats.sssom import values
from termbank.formats.sssom.metadata import Extension
from termbank.formats.sssom.plan import Plan, plan
from termbank.formats.sssom.slots import MAPPING
from termbank.formats.sssom.typed import hashed
from termbank.formats.sssom.values import Record, Rules, Value
from termbank.model import KnownSystem, Mapping, MappingSet

_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, 0xFFFFFFFFFFFFFFFF
_EXCLUDED = ("record_id", "mapping_cardinality")


def record_hash(mapping: Mapping, mapping_set: MappingSet, known: Iterable[KnownSystem] = ()) -> str:
    """Return the hash of one mapping of a set, as SSSOM 1.1 defines it: 16 hexadecimal digits.

    Arguments:
        mapping: one that the set holds, or could hold.
        mapping_set: whose prefixes and definitions of extensions hold for it.
        known: systems whose URLs are known, for prefixes that the set does not declare.

    Raises:
        ValueError: SSSOM cannot hold the mapping.
    """
    ready = plan(mapping_set.model_copy(update={"mappings": (mapping,)}), known, condense=False)
    if not ready.records:
        raise ValueError(f"{mapping.subject}: SSSOM cannot hold this mapping, so it has no hash")
    return fnv(expression(ready.records[0], ready).encode())


def expression(record: Record, ready: Plan) -> str:
    """Return the canonical S-expression of a record; lengths are counted in bytes of UTF-8."""
    rules = Rules(ready.prefixes, strict=False)
    parts = [
        f"({_sized(name)}{_slot(record[name], name, rules)})"
        for name in MAPPING
        if name in record and name not in _EXCLUDED
    ]
    others = [ready.extension(name) for name in ready.ordered(record.keys() - MAPPING.keys())]
    if others:
        inner = "".join(_extension(str(record[each.name]), each, rules) for each in others)
        parts.append(f"(10:extensions({inner}))")
    return f"(7:mapping({''.join(parts)}))"


def _sized(text: str) -> str:
    return f"{len(text.encode())}:{text}"


def _slot(value: Value, name: str, rules: Rules) -> str:
    slot = MAPPING[name]
    if isinstance(value, float):
        return _sized(values.number(value))
    said = [value] if isinstance(value, str) else value
    if slot.kind == "entity":
        said = [rules.prefixes.expand(each) for each in said]
    return f"({''.join(map(_sized, sorted(said)))})" if slot.many else _sized(said[0])


def _extension(value: str, extension: Extension, rules: Rules) -> str:
    return f"({_sized(extension.property)}{_sized(hashed(value, extension, rules))})"


def fnv(data: bytes) -> str:
    """Return the 64-bit FNV-1a hash of some bytes, in hexadecimal capitals, its least byte first (RFC 9923).

    >>> fnv(b"")
    '25232284E49CF2CB'
    """
    found = _OFFSET
    for byte in data:
        found = (found ^ byte) * _PRIME & _MASK
    return found.to_bytes(8, "little").hex().upper()
