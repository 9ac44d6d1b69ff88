"""The ways to search a text find the same: cut in Python or with Polars, in one piece or several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.language.tokens import WORD, clean
from termbank.model import Term
from termbank.text import pieces
from termbank.text.matcher import Found, Matcher
from termbank.text.pieces import Pieces
from termbank.text.terms import Entry

TERMS = (
    ("samverkan", "noun"), ("samverkansavtal", "noun"), ("vård", "noun"), ("vårdplan", "noun"), ("plan", "noun"),
    ("hälso- och sjukvård", "phrase"), ("samordnad individuell plan", "phrase"), ("SIP", "abbreviation"),
    ("öppen vård", "phrase"), ("omsorg", "noun"), ("region", "noun"), ("handlägga", "verb"), ("särskild", "adjective"),
    ("socialtjänstlag (2001:453)", "phrase"), ("2 kap. 7 § socialtjänstlagen", "phrase"), ("3 § LSS", "phrase"),
    ("2 § SoL", "phrase"), ("kommunal hälso- och sjukvård", "phrase"), ("boende", "noun"),
)  # fmt: skip
ENTRIES = [
    Entry("ord", text, Term(text=text, part_of_speech=kind if kind != "abbreviation" else "noun"))
    for text, kind in TERMS
]
PIECES = [
    "samverkan", "samverkans", "avtal", "avtalen", "samverkansavtalet", "Vård-", "vård-", "och", "omsorgsplan",
    "planen", "vårdplaneringsmöte", "hälso-", "sjukvården", "sjukvårds-", "sjukvårdspersonal", "samordnade", "SIP",
    "individuella", "SIP:en", "SIPen", "SIP-möte", "öppna", "vården", "regionerna", "handlades", "särskilt", "2", "a",
    "socialtjänstlagen", "(2001:453)", "2001:453", "kap.", "kap", "7", "§", "3", "LSS", "SoL", "kommunala", "och/eller",
    "-rutiner", "boendet", "xyzzy", "é", "e\u0301", "sam\u00adverkan", "2-3", "år", "\U0001f600", "_plan_", "ß", "İ",
]  # fmt: skip
BETWEEN = [
    " ", "\n", "  ", "\n\n", ", ", ". ", "\t", "\u00a0", "\u2007", " (", ") ", "/", "-\n", "\r\n", "\u2028", "; ", "",
]  # fmt: skip
PARTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)), max_size=40)
TEXTS = PARTS.map(lambda parts: clean("".join(word + after for word, after in parts)).text)


@pytest.fixture(scope="module")
def matchers() -> tuple[Matcher, Matcher]:
    return Matcher(ENTRIES, native=False), Matcher(ENTRIES, native=True)


@given(text=TEXTS)
def test_python_and_polars_find_the_same(matchers: tuple[Matcher, Matcher], text: str) -> None:
    in_python, with_polars = matchers
    assert list(in_python.scan(text)) == list(with_polars.scan(text))


@given(text=TEXTS)
def test_what_was_seen_before_changes_nothing(matchers: tuple[Matcher, Matcher], text: str) -> None:
    assert list(matchers[0].scan(text)) == list(Matcher(ENTRIES).scan(text))


@given(text=TEXTS)
def test_every_word_is_seen_where_it_stands(text: str) -> None:
    words = [(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]
    for native in (False, True):
        seen = Pieces(str.upper, native).words(text)
        assert [(start, stop, written) for start, stop, written, _, _ in seen] == words


@pytest.mark.parametrize("native", [False, True])
def test_a_long_text_cut_in_blocks(monkeypatch: pytest.MonkeyPatch, native: bool) -> None:
    text = "en samordnad individuell plan, hälso- och sjukvården och vård- och omsorgsplan enligt 2 kap. 7 § " * 20
    whole = list(Matcher(ENTRIES, native=native).scan(text))
    for name in ("_BLOCK", "_BIG_BLOCK"):
        monkeypatch.setattr(pieces, name, 7)
    assert list(Matcher(ENTRIES, native=native).scan(text)) == whole


def found(text: str) -> list[tuple[str, str]]:
    def shown(each: Found) -> tuple[str, str]:
        return text[each[0] : each[1]], each[3][0].term

    return [shown(each) for each in Matcher(ENTRIES).scan(text)]


def test_a_term_with_signs_that_no_gap_has_leaves_the_other_terms_alone() -> None:
    assert found("vård enligt 2 kap. 7 § socialtjänstlagen") == [("vård", "vård")]


def test_a_phrase_has_each_reading_once() -> None:
    for text in ("öppen vård", "hälso- och sjukvård", "kommunala hälso- och sjukvården"):
        for each in Matcher(ENTRIES).scan(text):
            assert len(each[3]) == len(set(each[3]))


def test_a_term_of_three_words_goes_on_as_a_compound() -> None:
    assert found("hälso- och sjukvårdspersonal") == [("hälso- och sjukvårdspersonal", "hälso- och sjukvård")]


def test_a_long_word_is_no_mention_and_not_remembered() -> None:
    matcher = Matcher(ENTRIES)
    for word in ("samverkan" * 30_000, "vård-" * 20_000, "vård-" * 20_000 + "plan", "x" * 200_000):
        assert [found[:2] for found in matcher.scan(f"samverkan {word}")] == [(0, 9)]
        assert word not in matcher._known
        assert matcher.classes(word) == frozenset()
