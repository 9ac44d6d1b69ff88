"""Which name of a code is shown, and whether a given text is one."""

import pytest

from termbank.model import Coding
from termbank.terminology.designations import PREFERRED, SYNONYM, Designation, Designations
from termbank.terminology.languages import Languages

LONG = Coding(system="http://example.org/use", code="long")
ALL = Designations(
    [
        Designation("Alpha", "en", PREFERRED),
        Designation("Gammal", "sv", None, "withdrawn"),
        Designation("Alfa", "sv", SYNONYM),
        Designation("Första", "sv-FI", LONG),
        Designation("Erste", "de", LONG),
        Designation("A"),
    ],
    "en",
)


def languages(text):
    return None if text is None else Languages.parse(text)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (None, "Alpha"),
        ("en", "Alpha"),
        ("en-GB", "Alpha"),
        ("sv", "Alfa"),
        ("sv-FI", "Första"),
        ("de", "Erste"),
        ("fi", "A"),
        ("fi, de;q=0.5", "Erste"),
        ("de;q=0.1, sv;q=0.5", "Alfa"),
        ("sv;q=0", "A"),
        ("*", "Alpha"),
    ],
)
def test_which_is_shown(wanted, shown):
    """The most wanted language first; in it, current ones before others, and displays before the rest."""
    assert ALL.display(languages(wanted)) == shown


def test_one_that_is_no_longer_current_is_shown_only_where_there_is_no_other():
    old = Designations([Designation("old", "sv", None, "deprecated")])
    assert old.display(languages("sv")) == "old"
    assert Designations().display(None) is None


@pytest.mark.parametrize(
    ("text", "wanted", "current", "result"),
    [
        ("alpha", None, False, True),
        ("ALFA", "sv", False, True),
        ("Första", "sv", False, True),
        ("Alpha", "sv", False, False),
        ("Gammal", "sv", False, True),
        ("Gammal", "sv", True, False),
        ("A", "sv", True, True),
        ("Alpha ", None, False, False),
    ],
)
def test_whether_a_text_is_one_of_them(text, wanted, current, result):
    assert ALL.has(text, languages(wanted), current=current) is result


@pytest.mark.parametrize("text", [" Alpha", "Al\tpha", "alpha\u00a0 "])
def test_white_space_is_told_apart(text):
    assert not ALL.has(text, None)
    assert ALL.has_but_for_spaces(text, None) is ("\t" not in text)


@pytest.mark.parametrize(
    ("wanted", "displays", "all_kinds"), [(None, 3, 6), ("sv", 1, 2), ("sv-FI", 1, 1), ("de", 1, 1), ("fi", 1, 1)]
)
def test_how_many_there_are_in_a_language_as_closely_as_any_is(wanted, displays, all_kinds):
    """One of unknown language counts for every language."""
    named = Designations([each for each in ALL if each.language], "en")
    assert ALL.count(languages(wanted)) >= displays
    assert ALL.count(languages(wanted), displays_only=False) >= min(all_kinds, displays)
    assert named.count(languages("fi"), displays_only=False) == 0


def test_they_are_listed_as_in_a_sentence():
    two = Designations([Designation("one", "en"), Designation("två", "sv"), Designation("long", "en", LONG)])
    assert two.listed(None) == "'one' (en) or 'två' (sv)"
    assert two.listed(languages("sv")) == "'två' (sv)"
    assert two.listed(languages("fi")) == "'one' (en) or 'två' (sv)"
    assert Designations().listed(None) == ""
