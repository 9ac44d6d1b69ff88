"""How versions are compared and matched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.terminology.version_patterns import algorithm, compare, has_wildcards, listed, matches, version_key
from termbank.terminology.versions import natural

numbers = st.integers(0, 30).map(str)
labels = st.sampled_from(["", "-draft", "-rc.1", "+b7"])
semver = st.builds(lambda parts, label: ".".join(parts) + label, st.lists(numbers, min_size=3, max_size=3), labels)
dates = st.dates().map(lambda day: day.isoformat())
integers = st.integers(0, 10**6).map(str)
texts = st.text(min_size=1, max_size=8)
any_version = st.one_of(semver, dates, integers, texts)


@pytest.mark.parametrize(
    ("pattern", "version", "result"),
    [
        ("1.x.x", "1.2.0", True),
        ("1.*.*", "1.2.0", True),
        ("1.X.x", "1.2.0", True),
        ("x.x.x", "7.8.9", True),
        ("1.x", "1.2", True),
        ("1.x", "1.2.0", False),
        ("1.x", "1", False),
        ("1.x.x", "10.2.0", False),
        ("1.0?", "1.0.0", True),
        ("1.0?", "1.0", True),
        ("1.0?", "1.0.5-draft", True),
        ("1.0?", "1.10.0", False),
        ("1.x.x", "1.2.0-draft", False),
        ("1.2.0-*", "1.2.0-draft", True),
        ("1.2", "1.2.0", False),
        ("1.2.0", "1.2.0+build", False),
        ("2026", "2026-07", True),
        ("2026-07", "2026-07-31", True),
        ("2026-07-31", "2026-07", False),
        ("20", "20260731", True),
        ("2", "20", False),
        ("2", "2", True),
        ("abc", "abcdef", True),
        (None, None, True),
        (None, "1", False),
        ("1", None, False),
        ("", "1", False),
    ],
)
def test_which_versions_a_pattern_stands_for(pattern, version, result):
    assert matches(pattern, version) is result


@pytest.mark.parametrize(
    ("pattern", "version", "kind", "result"),
    [("2", "20", "alpha", True), ("20", "2026", "integer", False), ("1.x.x", "1.2.0", "alpha", False)],
)
def test_a_system_may_say_how_its_versions_are_to_be_read(pattern, version, kind, result):
    assert matches(pattern, version, kind) is result


@given(any_version)
def test_every_version_stands_for_itself(version):
    assert matches(version, version)
    assert compare(version, version) == 0
    assert compare("", version) < 0 < compare(version, None)


@given(semver, st.integers(0, 2))
def test_a_wildcard_stands_for_any_number_in_its_place(version, place):
    numbers, label = version, ""
    for sign in "-+":
        if sign in version:
            numbers, rest = version.split(sign, 1)
            label = sign + rest
    parts = numbers.split(".")
    for wild in "xX*":
        pattern = ".".join([*parts[:place], wild, *parts[place + 1 :]]) + label
        assert has_wildcards(pattern)
        assert matches(pattern, version)
    assert matches(".".join(parts[: place + 1]) + "?", version)


@given(semver, semver)
def test_a_version_without_wildcards_stands_for_no_other(one, other):
    assert matches(one, other) is (one == other)


@pytest.mark.parametrize("kind", [semver, dates, integers, texts])
def test_versions_of_one_kind_are_in_a_total_order(kind):
    @given(kind, kind, kind)
    def ordered(a, b, c):
        assert (compare(a, b) > 0) is (compare(b, a) < 0)
        first, second, third = sorted([a, b, c], key=version_key)
        assert compare(first, second) <= 0 <= compare(third, second)
        assert compare(first, third) <= 0

    ordered()


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_are_compared_as_numbers(one, other):
    assert (compare(str(one), str(other)) > 0) is (one > other) or algorithm(str(one)) == "date"
    assert (natural(f"v{one}") > natural(f"v{other}")) is (one > other)


@pytest.mark.parametrize(
    "versions",
    [
        ["1.0.0-draft", "1.0.0", "1.0.1", "1.9.0", "1.10.0", "2.0.0"],
        ["2024", "2025-01", "2025-12-01", "202601", "2026-01-02T10:00:00Z"],
        ["9", "10", "11"],
    ],
)
def test_the_order_of_versions(versions):
    backwards = versions[::-1]
    assert sorted(backwards, key=version_key) == versions


@pytest.mark.parametrize(
    ("version", "kind"),
    [("1.0.0", "semver"), ("1.0", "semver"), ("1.x", "semver"), ("2026-07", "date"), ("2026", "date"),
     ("7", "integer"), ("R5", "alpha"), ("1²", "alpha")],
)  # fmt: skip
def test_of_what_kind_a_version_seems_to_be(version, kind):
    assert algorithm(version) == kind


def test_a_list_of_versions_is_written_as_in_a_sentence():
    assert [listed(["1", "2", "3"][:n]) for n in range(4)] == ["", "1", "1 or 2", "1, 2 and 3"]


def test_long_versions_are_compared_too():
    assert compare("9" * 5000, "9" * 5001) < 0
