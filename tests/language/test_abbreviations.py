"""Abbreviations with endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.language.abbreviations import ending, split

CASES = [
    ("SIP", "SIP", ()),
    ("SIP:en", "SIP", ("sg", "def")),
    ("SIP:ar", "SIP", ("pl", "ind")),
    ("SIP:er", "SIP", ("pl", "ind")),
    ("SIP:arna", "SIP", ("pl", "def")),
    ("SIP:arnas", "SIP", ("pl", "def", "gen")),
    ("SIP:ens", "SIP", ("sg", "def", "gen")),
    ("SIP-en", "SIP", ("sg", "def")),
    ("SIPen", "SIP", ("sg", "def")),
    ("SIPar", "SIP", ("pl", "ind")),
    ("SIP's", "SIP", ("gen",)),
    ("SIPs", "SIP", ("gen",)),
    ("KVÅ:s", "KVÅ", ("gen",)),
    ("HVB:et", "HVB", ("sg", "def")),
    ("HVB:n", "HVB", ("sg", "def")),
    ("ICD10:s", "ICD10", ("gen",)),
    ("SIP-möte", "SIP", None),
    ("SIP-n", "SIP", None),
    ("LSS-insats", "LSS", None),
    ("SIPn", "SIP", None),
    ("sipen", "SIP", None),
    ("SIPPAR", "SIP", None),
    ("KVÅ:s", "KV", None),
    ("SIP:xyz", "SIP", None),
    ("SVPL:en", "SVP", None),
    ("samverkan", "SIP", None),
]


@pytest.mark.parametrize("word, abbreviation, expected", CASES)
def test_ending(word: str, abbreviation: str, expected: tuple[str, ...] | None) -> None:
    assert ending(word, abbreviation) == expected


@pytest.mark.parametrize("word", ["samverkan", "SIP", "Sven", "", ":en", "a:s", "SIP:"])
def test_no_abbreviation(word: str) -> None:
    assert split(word) is None


@given(st.text("ABCÅÄÖ", min_size=2, max_size=6), st.sampled_from(["en", "ar", "arna", "s", "et", "erna"]))
def test_a_colon_and_an_ending_are_taken_off(abbreviation: str, tail: str) -> None:
    found = split(f"{abbreviation}:{tail}")
    assert found is not None and found[0] == abbreviation
    assert ending(f"{abbreviation}:{tail}", abbreviation) == found[1]
