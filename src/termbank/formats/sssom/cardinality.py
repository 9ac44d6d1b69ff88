"""Cardinality: to how many objects a subject is mapped, and the other way round, within a scope."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator

from termbank.formats.sssom.slots import LITERAL_TYPE, NO_TERM
from termbank.formats.sssom.values import Record

Pair = tuple[Hashable | None, Hashable | None]
"""The subject and the object of a mapping, each within its scope; None where that is `sssom:NoTermFound`."""

_SEVERAL = object()


def computed(pairs: Callable[[], Iterator[Pair]]) -> Iterator[str]:
    """Yield the cardinality of each mapping of a set, whose pairs can be gone through twice.

    >>> list(computed(lambda: iter([("s1", "o1"), ("s1", "o2"), ("s2", None)])))
    ['1:n', '1:n', '1:0']
    """
    objects: dict[Hashable, object] = {}
    subjects: dict[Hashable, object] = {}
    for subject, other in pairs():
        if subject is not None and other is not None:
            if objects.setdefault(subject, other) != other:
                objects[subject] = _SEVERAL
            if subjects.setdefault(other, subject) != subject:
                subjects[other] = _SEVERAL
    for subject, other in pairs():
        if subject is None or other is None:
            yield f"{int(subject is not None)}:{int(other is not None)}"
        else:
            left = "n" if subjects[other] is _SEVERAL else "1"
            yield f"{left}:{'n' if objects[subject] is _SEVERAL else '1'}"


def pair(record: Record) -> Pair:
    """Return what counts of a record; a literal counts by its label."""
    scope = record.get("cardinality_scope") or []
    names = tuple(scope) if isinstance(scope, list) else (str(scope),)
    within = (names, tuple(repr(record.get(name)) for name in names))
    subject, other = (_side(record, side) for side in ("subject", "object"))
    return None if subject is None else (within, subject), None if other is None else (within, other)


def _side(record: Record, side: str) -> Hashable | None:
    if record.get(f"{side}_type") == LITERAL_TYPE:
        return ("literal", str(record.get(f"{side}_label", "")))
    name = str(record.get(f"{side}_id", ""))
    return None if name == NO_TERM else name


def of(records: Iterable[Record]) -> list[str]:
    """Return the cardinality of each record of a set, each within the scope that it names."""
    pairs = [pair(record) for record in records]
    return list(computed(lambda: iter(pairs)))


class Tally:
    """Remembers what counts of very many mappings in a few bytes each, and which cardinality each states."""

    def __init__(self) -> None:
        self._lines = array("q")
        self._sides = array("q")
        self._stated: list[str] = []

    def add(self, line: int, scope: Hashable, subject: str | None, other: str | None, stated: str) -> None:
        """Remember a mapping; its sides by their hashes (0 for `sssom:NoTermFound`)."""
        self._lines.append(line)
        self._sides.append(0 if subject is None else hash((scope, subject)) or 1)
        self._sides.append(0 if other is None else hash((scope, other)) or 1)
        self._stated.append(stated)

    def _pairs(self) -> Iterator[Pair]:
        sides = iter(self._sides)
        return ((subject or None, other or None) for subject, other in zip(sides, sides, strict=True))

    def wrong(self) -> Iterator[tuple[int, str, str]]:
        """Yield the line, the stated and the computed cardinality of each mapping where those differ."""
        for line, stated, found in zip(self._lines, self._stated, computed(self._pairs), strict=True):
            if stated and stated != found:
                yield line, stated, found
