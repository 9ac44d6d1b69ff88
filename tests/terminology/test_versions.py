"""Which version applies: the named one, the one in force, complete before fragment, stated before assumed."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.model import Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology.versions import choose, fragments_beside, latest, natural

DAY = datetime.date(2026, 3, 1)


def version(name, start=None, end=None, content="complete"):
    vocabulary = Vocabulary(id="x", title="X", version=name, valid_from=start, valid_to=end, content=content)
    return MemorySource(vocabulary)


def year(number, content="complete"):
    return version(str(number), datetime.date(number, 1, 1), datetime.date(number, 12, 31), content)


def test_a_named_version_whatever_the_day():
    sources = [year(2025), year(2026)]
    assert choose(sources, "2025", DAY).source is sources[0]
    assert choose(sources, "2024", DAY) == (None, False, "version")
    fragment, complete = year(2026, "fragment"), year(2026)
    assert choose([fragment, complete], "2026").source is complete
    assert choose([fragment], "2026").source is fragment


def test_the_version_in_force():
    sources = [year(2024), year(2025), year(2026), year(2027)]
    for number, source in zip(range(2024, 2028), sources, strict=True):
        for month, day in ((1, 1), (6, 30), (12, 31)):
            assert choose(sources, on=datetime.date(number, month, day)) == (source, False, None)
    assert choose(sources, on=datetime.date(2023, 12, 31)) == (None, False, "date")
    assert choose(sources, on=datetime.date(2028, 1, 1)) == (None, False, "date")


def test_open_ends():
    old, new = version("a", None, datetime.date(2025, 12, 31)), version("b", datetime.date(2026, 1, 1))
    assert choose([old, new], on=datetime.date.min).source is old
    assert choose([old, new], on=datetime.date.max).source is new


def test_the_order_of_preference_on_a_day():
    stated, silent = year(2026), version("x")
    stated_part, silent_part = year(2026, "fragment"), version("y", content="fragment")
    order = [(stated, False), (silent, True), (stated_part, False), (silent_part, True)]
    for place in range(4):
        left = [source for source, _ in order[place:]]
        assert choose(list(reversed(left)), on=DAY)[:2] == order[place]
    assert choose([year(2020)], on=DAY).missing == "date"


def test_without_a_day_the_newest():
    sources = [year(2025), year(2026, "fragment"), version("9"), version("10")]
    assert choose(sources).source is sources[0], "complete before fragment, the day before the name"
    assert choose([sources[2], sources[3]]).source is sources[3], "ten is more than nine"
    assert choose([]) == (None, False, "version")
    assert latest([]) is None


def test_of_two_in_force_the_newest():
    old, new = version("1", datetime.date(2020, 1, 1)), version("2", datetime.date(2025, 1, 1))
    assert choose([new, old], on=DAY).source is new
    assert choose([new, old], on=datetime.date(2024, 1, 1)).source is old


@given(st.lists(st.text("ab019.-", max_size=5)))
def test_natural_orders_anything(names):
    ordered = sorted(names, key=natural)
    assert all(natural(a) <= natural(b) for a, b in itertools.pairwise(ordered))


@pytest.mark.parametrize(
    ("names", "newest"),
    [(["2020", "2026"], "2026"), (["1.9", "1.10"], "1.10"), (["9", "10"], "10"), (["2026-1", "2026-2"], "2026-2")],
)
def test_the_newest_name(names, newest):
    assert latest([version(name) for name in names]).info.version == newest


def test_a_fragment_does_not_answer_for_days_that_complete_lists_leave_out():
    chosen = choose([year(2020), year(2026), version("2026", content="fragment")], on=datetime.date(2023, 5, 1))
    assert (chosen.source, chosen.missing) == (None, "date")


def test_fragments_are_asked_one_after_the_other():
    old, new, complete, undated = (
        year(2025, "fragment"),
        year(2026, "fragment"),
        year(2026),
        version("a", content="fragment"),
    )
    assert fragments_beside(new, [old, new, undated]) == [old, undated]
    assert fragments_beside(old, [old, new, undated]) == [new, undated]
    assert fragments_beside(new, [old, new, undated], DAY) == [undated], "not one that had ceased"
    assert fragments_beside(complete, [complete, old, new]) == []
