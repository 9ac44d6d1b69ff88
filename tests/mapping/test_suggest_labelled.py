"""What suggest finds of the labelled texts does not get worse; needs the code lists, and a minute."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = Path(os.environ.get("TERMBANK_TEST_DATA") or ROOT.parent / "shared" / "data") / "codes" / "2026"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (LISTS / "icd-10-se.csv").exists(), reason="the code lists are not here"),
]

FLOORS = {
    ("kva-reworded", "dev"): (89.9, 93.9), ("kva-reworded", "test"): (90.3, 98.5),
    ("icd-typo-1", "dev"): (98.2, 99.0), ("icd-typo-1", "test"): (99.0, 99.0),
    ("icd-typo-2", "dev"): (98.6, 99.0), ("icd-typo-2", "test"): (97.4, 97.8),
    ("icd-inflected", "dev"): (97.0, 99.0), ("icd-inflected", "test"): (99.0, 99.0),
    ("icd-reordered", "dev"): (97.7, 99.0), ("icd-reordered", "test"): (98.3, 99.0),
    ("ksh97", "dev"): (95.9, 98.0), ("ksh97", "test"): (96.5, 98.2),
}  # fmt: skip
"""Recall at 1 and at 5, in per cent: what was measured, less one text in a hundred."""


@pytest.fixture(scope="module", autouse=True)
def benchmark() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "benchmarks" / "mapping"))
    yield
    sys.path.remove(str(ROOT / "benchmarks" / "mapping"))


@pytest.mark.parametrize("split", ["dev", "test"])
@pytest.mark.parametrize("name", sorted({name for name, _ in FLOORS}))
def test_recall(name: str, split: str) -> None:
    from suggest import answer
    from suggest_baseline import labelled

    found = [answer(row) for row in labelled(name) if row["split"] == split]
    for k, floor in zip((1, 5), FLOORS[name, split], strict=True):
        assert 100 * sum(each.within(k) for each in found) / len(found) >= floor


@pytest.mark.parametrize("split", ["dev", "test"])
def test_what_is_sure_is_right(split: str) -> None:
    from suggest import SURE, answer, bins, error
    from suggest_baseline import SETS, labelled

    found = [answer(row) for name in SETS for row in labelled(name) if row["split"] == split]
    sure = [each.right[0] for each in found if each.scores and each.scores[0] >= SURE]
    assert sum(sure) / len(sure) >= 0.95
    assert error(bins(found)) <= 0.03


@pytest.mark.parametrize("target", ["icd-10-se|2026", "kva|2026", "ksi|2026", "icf|2026"])
def test_a_title_finds_itself(target: str) -> None:
    import random

    from suggest_lists import suggester, terminology

    source = terminology(target).sources[0]
    asked = suggester(target)
    for concept in random.Random(7).sample(list(source.concepts()), 200):
        title = concept.display() or ""
        best = asked.suggest(title, limit=1)[0]
        assert (best.coding.display or "").casefold() == title.casefold(), concept.id
        assert best.score > 0.1
