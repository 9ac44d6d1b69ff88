"""Numbers concepts in pre-order, so that what is below a concept is a range, plus what other parents bring."""

from collections.abc import Sequence
from typing import NamedTuple

from pyroaring import BitMap


class Numbering(NamedTuple):
    """The hierarchy as numbers.

    Arguments:
        order: indexes of the concepts, in pre-order over the tree of first parents.
        last: for each place in that order, the highest place below it in the tree.
        extra: place to the places below it that lie outside its range, where there are any.
        cycles: indexes of concepts whose first parents lead back to themselves; each was made a root.
    """

    order: list[int]
    last: list[int]
    extra: dict[int, BitMap]
    cycles: list[int]


def number(parents: Sequence[Sequence[int]]) -> Numbering:
    """Number the concepts of one vocabulary.

    A concept with several parents stands in the tree under its first one. For the others, what is below it is added to
    `extra` of every concept above it, so that a test is a comparison of numbers, and rarely a look into a bitmap.

    Arguments:
        parents: for each concept the indexes of the concepts directly above it.

    >>> tree = number([[], [0], [0], [1, 2]])  # a diamond: 3 is below both 1 and 2
    >>> tree.order, tree.last, {place: list(more) for place, more in tree.extra.items()}
    ([0, 1, 3, 2], [3, 2, 2, 3], {3: [2]})
    """
    children: list[list[int]] = [[] for _ in parents]
    roots: list[int] = []
    for child, above in enumerate(parents):
        if above:
            children[above[0]].append(child)
        else:
            roots.append(child)
    order: list[int] = []
    last: list[int] = []
    place = [-1] * len(parents)
    cycles: list[int] = []
    _walk(roots, children, order, last, place)
    for index in range(len(parents)):
        if place[index] < 0:
            cycles.append(index)
            _walk([index], children, order, last, place)
    return Numbering(order, last, _extra(parents, order, last, place), cycles)


def _walk(roots: list[int], children: list[list[int]], order: list[int], last: list[int], place: list[int]) -> None:
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        index, done = stack.pop()
        if done:
            last[place[index]] = len(order) - 1
            continue
        if place[index] >= 0:
            continue
        place[index] = len(order)
        order.append(index)
        last.append(len(order) - 1)
        if children[index]:
            stack.append((index, True))
            stack.extend((child, False) for child in reversed(children[index]))


def _extra(parents: Sequence[Sequence[int]], order: list[int], last: list[int], place: list[int]) -> dict[int, BitMap]:
    if all(len(above) < 2 for above in parents):
        return {}
    above_places = [[place[parent] for parent in parents[index]] for index in order]
    waiting = [0] * len(order)
    for above in above_places:
        for parent in above:
            waiting[parent] += 1
    ready = [p for p, count in enumerate(waiting) if count == 0]
    extra: dict[int, BitMap] = {}
    while ready:
        node = ready.pop()
        below = extra.get(node)
        for parent in above_places[node]:
            inside = parent < node <= last[parent]
            if not inside or below:
                gained = extra.setdefault(parent, BitMap())
                if not inside:
                    gained.add_range(node, last[node] + 1)
                if below:
                    gained |= below
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
        if below is not None:
            below.remove_range(node, last[node] + 1)
            if not below:
                del extra[node]
            else:
                below.run_optimize()
    return extra
