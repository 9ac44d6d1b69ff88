"""Two mapping sets compared: what was added, what was removed, and what changed, slot by slot."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from termbank.mapping import slots
from termbank.model import Mapping, MappingSet

_SLOTS = {
    "predicate": "predicate_id", "negated": "predicate_modifier", "justification": "mapping_justification",
    "author": "author_label", "reviewer": "reviewer_label", "date": "mapping_date", "tool": "mapping_tool",
}  # fmt: skip
_CODINGS = {"display": "label", "version": "source_version"}
_Key = tuple[Any, ...]


class Slot(NamedTuple):
    """One thing that changed: the slot (as SSSOM names it, where it does), and what it was and is (None: nothing)."""

    name: str
    before: Any
    after: Any


class Change(NamedTuple):
    """A mapping of the same two codes that says something else."""

    before: Mapping
    after: Mapping

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What changed."""
        return _changes(_plain(self.before), _plain(self.after))


class Difference(NamedTuple):
    """How one set differs from another.

    Arguments:
        header: what changed in what they say of themselves.
        added, removed: mappings that only the second, or only the first, has.
        changed: mappings of the same two codes that say something else.
    """

    header: tuple[Slot, ...]
    added: tuple[Mapping, ...]
    removed: tuple[Mapping, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        return any(self[:])


def diff(before: MappingSet, after: MappingSet) -> Difference:
    """Return how a set differs from another, whatever the order of their mappings.

    Mappings are the same where they map the same codes under the same conditions; of several such, those that are the
    same in every word are matched first, then in their order.

    >>> from termbank.model import Coding
    >>> plan, act = Coding(system="plan", code="SIP"), Coding(system="kva", code="AU124")
    >>> old = Mapping(subject=plan, object=act, predicate="skos:closeMatch")
    >>> new = old.with_(predicate="skos:relatedMatch")
    >>> made = [MappingSet(id="m", mappings=(each,)) for each in (old, new)]
    >>> diff(*made).changed[0].slots
    (Slot(name='predicate_id', before='skos:closeMatch', after='skos:relatedMatch'),)
    """
    old, new = _by_key(before.mappings), _by_key(after.mappings)
    added: list[Mapping] = []
    removed: list[Mapping] = []
    changed: list[Change] = []
    for key in dict.fromkeys((*old, *new)):
        here, there = _without_same(old.get(key, ()), new.get(key, ()))
        both = min(len(here), len(there))
        changed += [Change(*pair) for pair in zip(here[:both], there[:both], strict=True)]
        removed += here[both:]
        added += there[both:]
    headers = (_plain_header(each) for each in (before, after))
    return Difference(_changes(*headers), tuple(added), tuple(removed), tuple(changed))


def patch(before: MappingSet, difference: Difference, header: MappingSet | None = None) -> MappingSet:
    """Return a set with a difference made good: what was kept or changed in its order, then what was added.

    Arguments:
        before: the first of the sets that were compared.
        difference: how the second differs.
        header: what the set shall say of itself; None: what `before` says.

    Raises:
        ValueError: something that was removed or changed is not in the set.
    """
    gone = Counter(difference.removed)
    changed: dict[Mapping, list[Mapping]] = {}
    for change in difference.changed:
        changed.setdefault(change.before, []).append(change.after)
    found: list[Mapping] = []
    for each in before.mappings:
        if gone[each]:
            gone[each] -= 1
        else:
            afters = changed.get(each)
            found.append(afters.pop(0) if afters else each)
    missing = [*gone.elements(), *(each for each, afters in changed.items() if afters)]
    if missing:
        raise ValueError(f"{missing[0].subject} → {missing[0].object or 'nothing'} is not in {before.id}")
    return (header or before).model_copy(update={"mappings": (*found, *difference.added)})


def _by_key(mappings: Iterable[Mapping]) -> dict[_Key, list[Mapping]]:
    found: dict[_Key, list[Mapping]] = {}
    for each in mappings:
        other = (each.object.system, each.object.code) if each.object else None
        key = (each.subject.system, each.subject.code, other, each.conditions, each.rule, each.group)
        found.setdefault(key, []).append(each)
    return found


def _without_same(here: Sequence[Mapping], there: Sequence[Mapping]) -> tuple[list[Mapping], list[Mapping]]:
    left, right = [], list(there)
    for each in here:
        if each in right:
            right.remove(each)
        else:
            left.append(each)
    return left, right


def _plain(mapping: Mapping) -> dict[str, Any]:
    """Return what a mapping says, by the names of SSSOM's slots."""
    said: dict[str, Any] = {}
    for name in Mapping.model_fields:
        value = getattr(mapping, name)
        if name in ("subject", "object"):
            for part, slot in _CODINGS.items():
                said[f"{name}_{slot}"] = getattr(value, part, None)
        elif name != "extra":
            said[_SLOTS.get(name, name)] = value
    return said | slots.of(mapping) | {key: v for key, v in (mapping.extra or {}).items() if key != slots.SSSOM}


def _plain_header(mapping_set: MappingSet) -> dict[str, Any]:
    said = {name: getattr(mapping_set, name) for name in MappingSet.model_fields if name not in ("mappings", "extra")}
    others = {key: value for key, value in (mapping_set.extra or {}).items() if key != slots.SSSOM}
    return said | slots.of(mapping_set) | others


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Slot, ...]:
    names = dict.fromkeys((*before, *after))
    pairs = (Slot(name, before.get(name), after.get(name)) for name in names)
    return tuple(each for each in pairs if each.before != each.after)
