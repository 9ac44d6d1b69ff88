"""Compounds: the tables of words, what can be said of any word, and the linking forms."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.compound_words import LONG, SHORT, TERMS, TRAPS
from termbank.language.compounds import Compounds
from termbank.language.inflection import forms
from termbank.language.lexicalised import lexicalised
from termbank.language.linking import linking_forms
from termbank.language.split_compounds import split_compound

WORDS = """
bussen teater bandage missbruk styrd skola stab vår dag dagar slös tera lös ag et hem arb kont sam tal samt al svar takt
små små alla arbete bete
"""
KNOWN = frozenset(WORDS.split())
"""A word list: what stands beside short terms, and what tempts to cut words wrongly."""


@cache
def made(listed: bool) -> Compounds:
    heads: dict[str, str] = {}
    modifiers: dict[str, str] = {}
    short: set[str] = set()
    for term, part_of_speech in TERMS.items():
        own = {form.text for form in forms(term, part_of_speech)}
        linking = linking_forms(term, part_of_speech)
        heads.update(dict.fromkeys(own, term))
        modifiers.update(dict.fromkeys(linking, term))
        if len(term) <= 5:
            short.update(own, linking)
    fixed = {form.text for word in lexicalised() for form in forms(word, "noun")}
    fixed.update(form for word in lexicalised() for form in linking_forms(word))
    return Compounds(heads, modifiers, KNOWN.__contains__ if listed else None, fixed, short)


def parsed(marked: str) -> tuple[str, set[tuple[int, int, str]]]:
    """Return a word without its marks, and the parts that the marks tell."""
    word, parts, start = "", set(), 0
    for character in marked:
        if character in "[<":
            start = len(word)
        elif character in "]>":
            parts.add((start, len(word), "modifier" if character == "]" else "head"))
        else:
            word += character
    return word, parts


@pytest.mark.parametrize("marked", LONG.split())
def test_long_terms_are_found_without_a_word_list(marked: str) -> None:
    word, parts = parsed(marked)
    assert parts <= {part[:3] for part in made(False).analyse(word)}


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("marked", SHORT.split())
def test_short_terms_are_found_beside_common_words(marked: str, listed: bool) -> None:
    word, parts = parsed(marked)
    assert parts <= {part[:3] for part in made(listed).analyse(word)}


@pytest.mark.parametrize("marked", ["[vård]bussen", "teater<chef>", "[stöd]bandage"])
def test_short_terms_are_found_beside_other_words_only_with_a_word_list(marked: str) -> None:
    word, parts = parsed(marked)
    assert parts <= {part[:3] for part in made(True).analyse(word)}
    assert not made(False).analyse(word)


@pytest.mark.parametrize("word", TRAPS.split())
def test_traps(word: str) -> None:
    assert not made(False).analyse(word)
    assert not made(True).analyse(word)


def test_the_longest_term_wins() -> None:
    (part,) = made(False).analyse("vårdplaneringsmötet")
    assert (part.key, part.kind) == ("vårdplanerings", "modifier")


def test_what_is_written_with_a_hyphen_is_cut_there() -> None:
    compounds = Compounds({"insats": 1, "möte": 1}, {"LSS-": 1, "SIP-": 1, "plan": 1}, None, (), {"plan"})
    assert [(part.start, part.end, part.kind) for part in compounds.analyse("LSS-insats")] == [
        (0, 3, "modifier"),
        (4, 10, "head"),
    ]
    assert [part.key for part in compounds.analyse("SIP-möte")] == ["SIP-", "möte"]
    assert not compounds.analyse("plan-")
    assert not compounds.analyse("sip-samtal")


def test_a_part_starts_with_its_linking_form_and_the_hyphen_is_no_part() -> None:
    first, second = made(False).analyse("samverkansuppdraget")
    assert ("samverkansuppdraget"[first.start : first.end], second.start) == ("samverkans", 10)


@pytest.mark.parametrize(
    "term, expected",
    [
        ("samarbete", "samarbets"), ("huvudman", "huvudmanna"), ("kommun", "kommun"), ("hälsa", "hälso"),
        ("ansökan", "ansöknings"), ("patient", "patient"), ("region", "region"), ("kvinna", "kvinno"),
        ("vårdplan", "vårdplans"), ("samverkan", "samverkans"), ("delaktighet", "delaktighets"),
        ("partnerskap", "partnerskaps"), ("sjukdom", "sjukdoms"), ("organisation", "organisations"),
        ("omvårdnad", "omvårdnads"), ("avvikelse", "avvikelse"), ("brukare", "brukar"), ("vård", "vård"),
        ("sjuksköterska", "sjuksköterske"), ("län", "läns"), ("hemsjukvård", "hemsjukvårds"), ("skola", "skol"),
        ("civilsamhälle", "civilsamhälls"), ("boende", "boende"), ("SIP", "SIP-"), ("e-recept", "e-recept"),
        ("LSS-insats", "LSS-insats"), ("ting", "ting"), ("terminologi", "terminologi"),
    ],
)  # fmt: skip
def test_linking_forms(term: str, expected: str) -> None:
    assert expected.lower() in [form.lower() for form in linking_forms(term)]


@pytest.mark.parametrize("term, part_of_speech", [("vård och omsorg", "phrase"), ("", None), ("planera", "verb")])
def test_no_linking_forms(term: str, part_of_speech: str | None) -> None:
    assert linking_forms(term, part_of_speech) == ()


LETTERS = st.text("abcdefghijklmnoprstuvåäö-", min_size=1, max_size=30)


@given(LETTERS)
def test_parts_lie_in_the_word_in_order_and_apart(word: str) -> None:
    for listed in (False, True):
        end = 0
        for part in made(listed).analyse(word):
            assert end <= part.start < part.end <= len(word)
            assert word[part.start : part.end] == part.key.rstrip("-")
            end = part.end


LONG_NOUNS = sorted(term for term, kind in TERMS.items() if kind == "noun" and len(term) > 5)


@given(st.sampled_from(LONG_NOUNS), st.sampled_from(LONG_NOUNS))
def test_two_terms_joined_are_both_found(first: str, second: str) -> None:
    linking = linking_forms(first)[0]
    word = linking + second
    if re.search(r"(.)\1\1", word) or word in TERMS or any(word.endswith(other) for other in lexicalised()):
        return
    parts = made(False).analyse(word)
    assert [part.kind for part in parts] == ["modifier", "head"]
    assert word[parts[0].start : parts[1].start] in (linking, linking[:-1] + "s", linking)


@given(st.sampled_from(LONG_NOUNS))
def test_a_form_of_a_term_is_no_compound(term: str) -> None:
    assert all(not made(False).analyse(form.text) for form in forms(term, "noun"))


def test_split_compounds() -> None:
    modifiers = {"samverkans", "samarbets", "hälso", "kommuns", "vård"}
    terms = {"samverkansavtal", "samverkan", "kommun", "vård", "vårdplan", "samarbete"}
    assert split_compound("samverkans", "avtal", modifiers, terms) == "samverkansavtal"
    assert split_compound("Samverkans", "avtal", modifiers, terms) == "samverkansavtal"
    assert split_compound("samverkans", "betydelse", modifiers, terms) is None
    assert split_compound("vård", "plan", modifiers, terms) is None
    assert split_compound("samverkans", "Avtal", modifiers, terms) is None
    assert split_compound("hälso", "center", modifiers, terms, {"hälsocenter"}.__contains__) == "hälsocenter"
    assert split_compound("kommuns", "ansvar", modifiers, terms, {"kommunsansvar"}.__contains__) is None


@pytest.mark.parametrize("listed", [False, True])
def test_a_word_that_is_too_long_is_not_looked_into(listed: bool) -> None:
    compounds = made(listed)
    whole = "samverkans" + "x" * 80
    assert compounds.analyse("samverkan" * 40_000) == ()
    assert not compounds.continues(whole, len("samverkans"))
