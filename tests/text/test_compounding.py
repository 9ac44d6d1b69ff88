"""Compounds, ellipses, abbreviations and words written apart, as the matcher finds them in running text."""

import pytest

from termbank.language.tokens import clean
from termbank.model import Term
from termbank.text.matcher import Matcher
from termbank.text.terms import Entry

NOUNS = (
    "samverkan", "samverkansavtal", "vårdplan", "vårdplanering", "vård", "plan", "omsorg", "omsorgsplan", "kommun",
    "region", "samordning", "patient", "SIP", "LSS", "personal", "staten", "tandvård", "insats", "åtgärd",
)  # fmt: skip
TERMS = (
    *(Term(text=text, part_of_speech="noun") for text in NOUNS),
    Term(text="hälso- och sjukvård", part_of_speech="phrase"),
    Term(text="Finsam", part_of_speech="proper-noun"),
    Term(text="leda", part_of_speech="verb"),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Entry("own", term.text, term) for term in TERMS)


CASES = [
    ("samverkansmöten", [("compound-modifier", "samverkansmöten", "samverkans", "samverkan")]),
    ("en vårdsamverkan", [
        ("compound-modifier", "vårdsamverkan", "vård", "vård"),
        ("compound-head", "vårdsamverkan", "samverkan", "samverkan"),
    ]),
    ("barnsamverkan", [("compound-head", "barnsamverkan", "samverkan", "samverkan")]),
    ("vårdplaneringsmöte", [("compound-modifier", "vårdplaneringsmöte", "vårdplanerings", "vårdplanering")]),
    ("samordningsnummer, tandläkare och flygplan", []),
    ("vård- och omsorgsplanen", [
        ("elliptic", "vård- och omsorgsplanen", "vård-", "vårdplan"),
        ("inflected", "omsorgsplanen", None, "omsorgsplan"),
    ]),
    ("samverkans- och utvecklingsfrågor", [("elliptic", "samverkans-", "samverkans", "samverkan")]),
    ("hälso- och sjukvård", [("exact", "hälso- och sjukvård", None, "hälso- och sjukvård")]),
    ("hälso- och sjukvårdslagen", [
        ("compound-modifier", "hälso- och sjukvårdslagen", "hälso- och sjukvårds", "hälso- och sjukvård"),
    ]),
    ("hälso- och sjukvårds- samt annan", [
        ("elliptic", "hälso- och sjukvårds-", "hälso- och sjukvårds", "hälso- och sjukvård"),
    ]),
    ("SIP:en", [("abbreviation", "SIP:en", None, "SIP")]),
    ("SIPar", [("abbreviation", "SIPar", None, "SIP")]),
    ("SIP-möte", [("compound-modifier", "SIP-möte", "SIP", "SIP")]),
    ("LSS-insats", [
        ("compound-modifier", "LSS-insats", "LSS", "LSS"), ("compound-head", "LSS-insats", "insats", "insats"),
    ]),
    ("samverkans avtal", [("inflected", "samverkans avtal", None, "samverkansavtal")]),
    ("samverkans\navtalet", [("inflected", "samverkans\navtalet", None, "samverkansavtal")]),
    ("en kommuns ansvar", [("inflected", "kommuns", None, "kommun")]),
    ("sam\u00adverkans\u00admötet", [
        ("compound-modifier", "sam\u00adverkans\u00admötet", "sam\u00adverkans", "samverkan"),
    ]),
    ("region\u2011nivå", [("compound-modifier", "region\u2011nivå", "region", "region")]),
    ("samver-\nkansmöte", [("compound-modifier", "samver-\nkansmöte", "samver-\nkans", "samverkan")]),
    ("insatser/åtgärder", [("inflected", "insatser", None, "insats"), ("inflected", "åtgärder", None, "åtgärd")]),
    ("rättsstaten välfärdsstaten", []),
    ("ledning vilseleda ledband", []),
    ("Finsam-frågor", [("compound-modifier", "Finsam-frågor", "Finsam", "Finsam")]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", CASES)
def test_found(matcher: Matcher, text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    cleaned = clean(text)
    found = []
    for first, last, match, readings, where in matcher.scan(cleaned.text):
        start, end = cleaned.original(first, last)
        part = where and text[slice(*cleaned.original(*where))]
        found.append((match, text[start:end], part, readings[0].term))
    assert found == expected


def test_the_form_of_a_head_is_told_and_that_of_a_modifier_is_not(matcher: Matcher) -> None:
    (head,) = matcher.scan("skolpersonalens")
    assert head[3][0].forms == (("sg", "def", "gen"),)
    (modifier,) = matcher.scan("regionstyrelsen")
    assert modifier[3][0].forms == ()
