"""Cardinality: to how many objects a subject is mapped, and the other way round, within a scope."""

from collections.abc import Hashable, Sequence

from termbank.formats.sssom.cardinality import Pair, computed
from termbank.mapping import slots
from termbank.mapping.inverting import is_no_term
from termbank.model import Mapping, MappingSet

_FIELDS = {
    "predicate_id": "predicate", "mapping_justification": "justification", "predicate_modifier": "negated",
    "mapping_date": "date", "mapping_tool": "tool",
}  # fmt: skip


def cardinalities(mapping_set: MappingSet, scope: Sequence[str] | None = None) -> list[str]:
    """Return the cardinality of each mapping of a set: 1:1, 1:n, n:1, n:n, 1:0 or 0:1.

    What is said not to hold does not count, so a negated mapping counts among the negated ones only.

    Arguments:
        mapping_set: the set.
        scope: count among mappings that have the same values in these SSSOM slots (`predicate_id`, `object_source`
            ...); None: in the slots that each mapping names in its `cardinality_scope`.

    >>> from termbank.model import Coding
    >>> plan, act, other = (Coding(system="x", code=code) for code in "abc")
    >>> made = [Mapping(subject=plan, object=to, predicate="skos:exactMatch") for to in (act, other)]
    >>> cardinalities(MappingSet(id="m", mappings=tuple(made)))
    ['1:n', '1:n']
    """
    pairs = [_pair(each, mapping_set, scope) for each in mapping_set.mappings]
    return list(computed(lambda: iter(pairs)))


def cardinality(mapping_set: MappingSet, scope: Sequence[str] | None = None) -> str | None:
    """Return the cardinality of a set: that of all its mappings together; None where it maps nothing.

    >>> cardinality(MappingSet(id="m"))
    """
    found = [each.split(":") for each in cardinalities(mapping_set, scope)]
    mapped = [each for each in found if "0" not in each]
    if not mapped:
        return None
    return ":".join("n" if any(each[side] == "n" for each in mapped) else "1" for side in (0, 1))


def with_cardinalities(mapping_set: MappingSet, scope: Sequence[str] | None = None) -> MappingSet:
    """Return a set whose mappings state their cardinality, and the scope in which it was counted."""
    found = zip(mapping_set.mappings, cardinalities(mapping_set, scope), strict=True)
    mappings = []
    for each, counted in found:
        kept = {**slots.of(each), "mapping_cardinality": counted}
        if scope is not None:
            kept["cardinality_scope"] = list(scope)
        mappings.append(slots.with_slots(each, kept))
    return mapping_set.model_copy(update={"mappings": tuple(mappings)})


def _pair(mapping: Mapping, mapping_set: MappingSet, scope: Sequence[str] | None) -> Pair:
    kept = slots.of(mapping)
    stated = kept.get("cardinality_scope")
    names = scope if scope is not None else stated if isinstance(stated, list) else ()
    within: Hashable = (mapping.negated, *(repr(_value(str(name), mapping, kept, mapping_set)) for name in names))
    subject = None if is_no_term(mapping.subject) else (within, mapping.subject.system, mapping.subject.code)
    other = mapping.object
    return subject, None if other is None else (within, other.system, other.code)


def _value(name: str, mapping: Mapping, kept: dict[str, object], mapping_set: MappingSet) -> object:
    if name in _FIELDS:
        return getattr(mapping, _FIELDS[name])
    if name in ("subject_source", "object_source"):
        side = mapping.subject if name.startswith("subject") else mapping.object
        return kept.get(name) or (side.system if side is not None else getattr(mapping_set, name))
    return kept.get(name, slots.of(mapping_set).get(name))
