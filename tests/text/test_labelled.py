"""What is promised of the labelled sets: see tests/labelled/README.md and docs/texts/measured.md."""

import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import termbank

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "text"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bank() -> Iterator[termbank.Bank]:
    with termbank.open() as opened:
        yield opened


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_rules_are_precise_and_find_most(bank: termbank.Bank, split: str) -> None:
    found = sum(load("labelled_rules").counts(bank, split).values(), Counter[str]())
    assert found["right"] / (found["right"] + found["wrong"]) >= 0.95
    assert found["right"] / (found["right"] + found["missed"]) >= 0.8


def test_words_are_found_as_what_they_are_and_traps_left_alone(bank: termbank.Bank) -> None:
    words = load("labelled_words")
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for row in words.rows(None):
        kind = f"trap: {row['trap']}" if row["trap"] else row["kind"]
        total[kind] += 1
        good[kind] += words.right(row, words.found(bank, row))
    inflected = ("inflected", "abbreviation")
    for kinds, least in ((inflected, 0.98), (words.GROUPS["compounds in all"], 0.95),
                         (words.GROUPS["traps of form left alone"], 0.95)):  # fmt: skip
        assert sum(good[kind] for kind in kinds) / sum(total[kind] for kind in kinds) >= least
