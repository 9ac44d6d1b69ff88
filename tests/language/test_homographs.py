"""Readings that the neighbours of a word speak against."""

import pytest

from termbank.language.homographs import likely, word_class

NOUN = (("sg", "ind"), ("pl", "ind"))
PLURAL = (("pl", "ind"),)
PRESENT = (("prs", "act"),)
INFINITIVE = (("inf", "act"), ("imp",))
IMPERATIVE = (("imp",),)
SUPINE = (("sup", "act"),)


def nothing(word):
    return ()


def kept(text, word, *readings):
    start = text.index(word)
    return likely(readings, text, start, start + len(word), nothing)


@pytest.mark.parametrize(
    ("text", "word", "readings", "expected"),
    [
        ("Det finns ett sätt att göra det.", "sätt", (NOUN, IMPERATIVE), [0]),
        ("Vi behöver hjälp med planen.", "hjälp", (NOUN, IMPERATIVE), [0]),
        ("Hon vill leda arbetet.", "leda", (NOUN, INFINITIVE), [1]),
        ("Led arbetet!", "Led", (SUPINE, IMPERATIVE), [1]),
        ("Hon har lett arbetet.", "lett", (SUPINE, IMPERATIVE), [0]),
        ("Han händer ofta.", "händer", (PLURAL, PRESENT), [1]),
        ("med båda händer", "händer", (PLURAL, PRESENT), [0]),
        ("för att leda", "leda", (NOUN, INFINITIVE), [1]),
    ],
)
def test_neighbours_decide(text, word, readings, expected):
    assert kept(text, word, *readings) == expected


def test_readings_of_one_class_are_homonyms_and_stay():
    assert kept("ett val", "val", NOUN, NOUN) == [0, 1]


def test_unknown_forms_are_never_weighed():
    assert kept("ett val", "val", NOUN, ()) == [0, 1]


def test_what_neighbours_may_be_is_asked_for():
    asked = []

    def look(word):
        asked.append(word)
        return ("noun",)

    likely((NOUN, PRESENT), "Personalen vårdar patienten", 11, 17, look)
    assert asked == ["personalen", "patienten"]


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (("pl", "def"), "noun-def"),
        (("sg", "ind", "gen"), "noun-gen"),
        (("sup", "act"), "supine"),
        (("sup", "def"), "compared"),
        (("ptcp", "prs"), "adj"),
        (("pos", "pl"), "adj-pl"),
        ((), ""),
    ],
)
def test_word_class(features, expected):
    assert word_class(features) == expected
