"""From how well a title fits to how likely it is right: a monotone map, fitted to labelled texts."""

import math
from bisect import bisect_right
from collections.abc import Sequence

from termbank.mapping.suggest.weights import KNOTS, LEVEL, MARGIN, NOTHING

WIDEST = 4.0
"""A lead beyond this says no more."""


def evidence(fit: float, best_other: float) -> float:
    """Return how much speaks for a title: how well it fits, and how far it is ahead of the best other one.

    Arguments:
        fit: how well it fits, as the ranking says.
        best_other: how well the best title fits that reads otherwise; `NOTHING` where there is none.
    """
    lead = max(-WIDEST, min(WIDEST, fit - max(best_other, NOTHING)))
    return LEVEL * (fit - NOTHING) + MARGIN * lead


def probability(said: float, knots: Sequence[tuple[float, float]] = KNOTS) -> float:
    """Return how likely a suggestion with such evidence is right: linear between the knots.

    >>> probability(0.5, [(0.0, 0.2), (1.0, 0.4)]), probability(9.0, [(0.0, 0.2), (1.0, 0.4)])
    (0.30000000000000004, 0.4)
    """
    if math.isnan(said) or said <= knots[0][0]:
        return knots[0][1]
    if said >= knots[-1][0]:
        return knots[-1][1]
    at = bisect_right(knots, (said, math.inf))
    (left, low), (right, high) = knots[at - 1], knots[at]
    return low + (high - low) * (said - left) / (right - left)


def monotone(points: Sequence[tuple[float, float]], smallest: int = 40) -> list[tuple[float, float]]:
    """Return the knots of the rising map that fits points best: pool adjacent violators, then groups large enough.

    Arguments:
        points: (evidence, 1 if it was right, else 0), in any order.
        smallest: how many points stand behind each knot at least.

    >>> monotone([(0, 0), (1, 1), (2, 0), (3, 1)], smallest=1)
    [(0.0, 0.0), (1.5, 0.5), (3.0, 1.0)]
    """
    blocks: list[list[float]] = []  # sum of evidence, sum of right ones, count
    for said, right in sorted(points):
        blocks.append([said, right, 1])
        while len(blocks) > 1 and (
            blocks[-1][1] / blocks[-1][2] <= blocks[-2][1] / blocks[-2][2] or blocks[-2][2] < smallest
        ):
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    if len(blocks) > 1 and blocks[-1][2] < smallest:
        last = blocks.pop()
        blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    return [(said / count, right / count) for said, right, count in blocks]
