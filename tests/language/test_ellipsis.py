"""Coordinated words of which a part is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.language.ellipsis import expansions

WORDS = """
vårdplan vårdplanen vårdplaner omsorgsplan omsorgsplanen regionnivå kommunnivå länsnivå hälsovårdspersonal
sjukvårdspersonal samverkansavtal samverkansrutiner samarbetsavtal äldrevården ungdomsvården vårdinsatser
"""
KNOWN = frozenset(WORDS.split())

CASES = [
    ("vård- och omsorgsplanen", [("vårdplanen", "vård-")]),
    ("Vård- och omsorgsplan", [("vårdplan", "Vård-")]),
    ("vård- eller omsorgsplaner", [("vårdplaner", "vård-")]),
    ("vård-/omsorgsplan", [("vårdplan", "vård-")]),
    ("vård- och\nomsorgsplan", [("vårdplan", "vård-")]),
    ("vård-\noch omsorgsplan", [("vårdplan", "vård-")]),
    ("vård- samt stödinsatser", [("vårdinsatser", "vård-")]),
    ("vård- respektive omsorgsplan", [("vårdplan", "vård-")]),
    ("på region-, kommun- och länsnivå", [("regionnivå", "region-"), ("kommunnivå", "kommun-")]),
    ("region- kommun- och länsnivå", [("kommunnivå", "kommun-")]),
    (
        "hälso- och sjukvårds- samt socialtjänstpersonal",
        [("hälsovårdspersonal", "hälso-"), ("sjukvårdspersonal", "sjukvårds-")],
    ),
    ("samverkans- eller samarbetsavtal", [("samverkansavtal", "samverkans-")]),
    ("samverkansavtal och -rutiner", [("samverkansrutiner", "-rutiner")]),
    ("samverkansavtal/-rutiner", [("samverkansrutiner", "-rutiner")]),
    ("samverkansavtal, -rutiner", [("samverkansrutiner", "-rutiner")]),
    ("äldre-, och ungdomsvården", [("äldrevården", "äldre-")]),
    ("vård och omsorgsplan", []),
    ("vårdplan/genomförandeplan", []),
    ("insatser - och omsorgsplan", []),
    ("vård-", []),
    ("- och omsorgsplan", []),
    ("vård- och andra saker", []),
    ("vård--och omsorgsplan", []),
    ("SIP-möte och omsorgsplan", []),
    ("-5 och -rutiner", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_completed(text: str, expected: list[tuple[str, str]]) -> None:
    found = list(expansions(text, KNOWN.__contains__))
    assert [(each.completed, text[slice(*each.written)]) for each in found] == expected


def test_offsets_reach_from_one_word_to_the_other() -> None:
    text = "en vård- och omsorgsplan"
    (found,) = expansions(text, KNOWN.__contains__)
    assert text[found.start : found.end] == "vård- och omsorgsplan"


def test_the_longest_end_is_tried_first() -> None:
    (found,) = expansions("barn- och ungdomsvårdsplan", {"barnvårdsplan", "barnplan"}.__contains__)
    assert found.completed == "barnvårdsplan"


PIECES = [
    "vård-",
    "region-",
    "-rutiner",
    "samverkansavtal",
    "omsorgsplan",
    "och",
    "samt",
    ",",
    "/",
    "-",
    "\n",
    " ",
    "5",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["", " "]))
def test_offsets_lie_in_the_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    for found in expansions(text, lambda word: True):
        assert 0 <= found.start <= found.written[0] < found.written[1] <= found.end <= len(text)
        assert "-" in text[slice(*found.written)]


@given(st.text("ab-,/ \nochå", max_size=60))
def test_any_text_is_read(text: str) -> None:
    list(expansions(text, lambda word: len(word) % 2 == 0))
