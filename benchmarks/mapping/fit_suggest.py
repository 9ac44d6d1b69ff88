"""Fits the weights of `suggest` and the map from them to probabilities, on the development half alone.

    python benchmarks/mapping/fit_suggest.py [--write]

The ranking is a conditional logit: of the candidates of a text, and of *nothing*, the right one is to have the highest
sum of weighted features; several may be right. L2 of 0.002, all texts alike, full batches with Adam, so that the same
data give the same numbers. `above` is set by hand: the labelled texts hardly use it. The map: scores that five folds
gave to texts they were not fitted on, a logistic curve of level and lead, then the best rising steps. Codes of one
category (three characters) are in one fold. With --write the numbers go to src/termbank/mapping/suggest/weights.py.
"""

import argparse
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from code_titles import REPOSITORY
from suggest_baseline import SETS, labelled
from suggest_lists import right_codes, suggester

from termbank.mapping.suggest.calibration import WIDEST, monotone
from termbank.mapping.suggest.ranking import FEATURES, Comparison

TARGET = REPOSITORY / "src" / "termbank" / "mapping" / "suggest" / "weights.py"
BY_HAND = {"above": 2.0}
PENALTY = 2e-3
STEPS = 2_000
RATE = 0.05
FOLDS = 5
SHOWN = 5
LEAST = 0.005  # nothing is sure
BEHIND = 80  # suggestions behind each knot at least


class Case(NamedTuple):
    """A text with its candidates: their features, which are right, and how they read."""

    set: str
    fold: int
    features: Any
    right: Any
    plain: list[str]


def cases(split: str = "dev") -> list[Case]:
    """Return the labelled texts with the features of their candidates."""
    found = []
    for name in SETS:
        for row in labelled(name):
            if row["split"] != split:
                continue
            titles, codes = suggester(row["target"]).index, suggester(row["target"]).codes
            asked = titles.ask(row["query"])
            chosen = titles.candidates(asked)
            compare = Comparison(titles, asked)
            expected = right_codes(row)
            key = min(expected, default=row["id"])[:3]
            fold = int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS
            features = np.array([compare.features(each) for each in chosen]).reshape(len(chosen), len(FEATURES))
            right = np.array([codes[titles.titles[each].concept] in expected for each in chosen], dtype=bool)
            found.append(Case(name, fold, features, right, [titles.plain[each] for each in chosen]))
    return found


def fit(known: Sequence[Case]) -> tuple[Any, float]:
    """Return the weights of the features, and the score of nothing."""
    count, most, width = len(known), max(len(case.right) for case in known), len(FEATURES)
    x = np.zeros((count, most + 1, width + 1))
    there, right = np.zeros((count, most + 1), dtype=bool), np.zeros((count, most + 1), dtype=bool)
    for number, case in enumerate(known):
        size = len(case.right)
        x[number, :size, :width], there[number, :size], right[number, :size] = case.features, True, case.right
    x[:, most, width], there[:, most], right[:, most] = 1.0, True, ~right.any(axis=1)
    fixed = np.array([name in BY_HAND for name in FEATURES] + [False])
    weights = np.array([BY_HAND.get(name, 0.0) for name in FEATURES] + [0.0])
    penalty = np.append(np.full(width, PENALTY), 0.0)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.where(there, x @ weights, -np.inf)
        scores -= scores.max(axis=1, keepdims=True)
        share = np.exp(scores)
        share /= share.sum(axis=1, keepdims=True)
        wanted = share * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = np.einsum("nk,nkf->f", wanted - share, x) / count - penalty * weights
        slope[fixed] = 0.0
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights[:-1], float(weights[-1])


def shown(case: Case, weights: Any, nothing: float) -> list[tuple[float, float, bool]]:
    """Return level, lead and rightness of the best candidates of a text."""
    scores = case.features @ weights
    order = np.argsort(-scores, kind="stable")
    found = []
    for at in order[:SHOWN]:
        other = next((scores[each] for each in order if case.plain[each] != case.plain[at]), nothing)
        lead = float(np.clip(scores[at] - max(other, nothing), -WIDEST, WIDEST))
        found.append((float(scores[at] - nothing), lead, bool(case.right[at])))
    return found


def logistic(points: Sequence[tuple[float, float, bool]]) -> Any:
    """Return how much level and lead count, and what stands beside them (Newton's method)."""
    x = np.array([[level, lead, 1.0] for level, lead, _ in points])
    y = np.array([right for *_, right in points], dtype=float)
    found = np.zeros(3)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ found))
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(3)
        found = found + np.linalg.solve(curve, x.T @ (y - p))
    return found


def rank(case: Case, weights: Any) -> int:
    """Return how many candidates stand before the first right one."""
    order = np.argsort(-(case.features @ weights), kind="stable")
    return next((place for place, at in enumerate(order) if case.right[at]), 99)


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    known = cases()
    points, ranks = [], {}
    for fold in range(FOLDS):
        weights, nothing = fit([case for case in known if case.fold != fold])
        for case in known:
            if case.fold == fold:
                points += shown(case, weights, nothing)
                if case.set != "none":
                    ranks.setdefault(case.set, []).append(rank(case, weights))
    for name, found in ranks.items():
        one, five = (100 * np.mean([each < k for each in found]) for k in (1, SHOWN))
        print(f"{name:16} {len(found):4} of other folds: recall at 1 {one:5.1f} %, at 5 {five:5.1f} %")
    level, lead, beside = logistic(points)
    knots = monotone([(level * one + lead * other, float(right)) for one, other, right in points], BEHIND)
    weights, nothing = fit(known)
    print(f"level {level:.3f} lead {lead:.3f} beside {beside:.3f}; {len(points)} suggestions, {len(knots)} knots")
    lines = [
        '"""The numbers of `suggest`, as benchmarks/mapping/fit_suggest.py fitted them to labelled texts; do not edit.',
        "",
        "The texts are the development half of tests/labelled/suggest; `above` was set by hand.",
        '"""',
        "",
        "WEIGHTS = {",
        *(f'    "{name}": {weight:.3f},' for name, weight in zip(FEATURES, weights, strict=True)),
        "}",
        '"""How much each comparison counts; see `termbank.mapping.suggest.ranking.FEATURES`."""',
        "",
        f"NOTHING = {nothing:.3f}",
        '"""How well a title must fit to be as likely as that nothing is right."""',
        "",
        f"LEVEL, MARGIN = {level:.4f}, {lead:.4f}",
        '"""How much counts how well a title fits, and how far it is ahead of the best that reads otherwise."""',
        "",
        "KNOTS = (",
        *(f"    ({said:.3f}, {min(max(share, LEAST), 1 - LEAST):.3f})," for said, share in knots),
        ")",
        '"""The evidence for a suggestion, and how often such ones were right."""',
    ]
    print("\n".join(lines))
    if arguments.write:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
