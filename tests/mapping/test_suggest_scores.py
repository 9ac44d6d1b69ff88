"""The map from how well a title fits to how likely it is right; and the words and keys behind the ranking."""

import math

from hypothesis import given
from hypothesis import strategies as st

from termbank.mapping.suggest import weights
from termbank.mapping.suggest.calibration import evidence, monotone, probability
from termbank.mapping.suggest.ranking import FEATURES
from termbank.mapping.suggest.tables import DOTTED, IRREGULAR, KINDS, OPPOSITES, SHORT, SYNONYMS
from termbank.mapping.suggest.words import form_keys, split

POINTS = st.lists(st.tuples(st.floats(-20, 20), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60)


@given(POINTS, st.integers(1, 10))
def test_the_map_rises(points: list[tuple[float, float]], smallest: int) -> None:
    knots = monotone(points, smallest)
    assert knots == sorted(knots)
    assert [share for _, share in knots] == sorted(share for _, share in knots)
    assert all(0 <= share <= 1 for _, share in knots)


@given(POINTS)
def test_the_map_keeps_what_was_right(points: list[tuple[float, float]]) -> None:
    knots = monotone(points, smallest=len(points))
    assert len(knots) == 1
    assert math.isclose(knots[0][1], sum(right for _, right in points) / len(points))


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_more_evidence_is_more_likely(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < probability(low) <= probability(high) < 1
    assert evidence(low, 5.0) <= evidence(high, 5.0)


def test_nothing_is_sure() -> None:
    assert 0 < probability(-math.inf) < 0.01
    assert 0.98 < probability(math.inf) < 1
    assert probability(math.nan) == probability(-math.inf)


def test_the_numbers_are_of_these_features() -> None:
    assert tuple(weights.WEIGHTS) == FEATURES


def test_the_tables_are_folded_and_say_nothing_twice() -> None:
    for line in (*SYNONYMS, *OPPOSITES, *KINDS.values()):
        members = line.split()
        assert len(set(members)) == len(members) > 1, line
        assert line == line.lower()
    assert not set(SHORT) & set(IRREGULAR)
    for table in (SHORT, DOTTED, IRREGULAR):
        for word, meant in table.items():
            assert word == word.lower() and meant == meant.lower() and word != meant


def test_words() -> None:
    assert [word.text for word in split("Hepatit B - som ej klassificeras på annan plats")] == [
        "hepatit", "b", "annorstädes",
    ]  # fmt: skip
    assert [word.text for word in split("v. saphena m.m.")] == ["vena", "saphena"]
    assert [word.text for word in split("typ2-diabetes")] == ["typ", "2", "diabetes"]
    assert [word.aside for word in split("Malign tumör (kräfta) i njure med undantag för njurbäcken")] == [
        False, False, True, False, False, False, True, True, True,
    ]  # fmt: skip
    assert len(split("ord " * 1000)) == 40


def test_forms() -> None:
    for one, other in (
        ("händer", "hand"), ("akuta", "akut"), ("körtlar", "körtel"), ("barnen", "barn"), ("lesionerna", "lesion"),
        ("karcinomets", "karcinom"), ("böjda", "böjd"), ("ökat", "ökad"), ("musklers", "muskeln"),
    ):  # fmt: skip
        assert form_keys(one) & form_keys(other), (one, other)
    for one, other in (("höger", "vänster"), ("arm", "armbåge"), ("3", "2"), ("lår", "lår2")):
        assert not form_keys(one) & form_keys(other), (one, other)
