from hypothesis import given
from hypothesis import strategies as st

from termbank.language.tokens import WORD, clean

PIECES = [
    "sam",
    "verkan",
    "\u00ad",
    "-\n",
    "- ",
    "\n",
    "\r\n",
    "\r",
    " ",
    "a\u030a",
    "o\u0308",
    "\u2011",
    "avtal",
    "och",
    "A",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_word_of_the_cleaned_text_leads_back_to_its_letters(text: str) -> None:
    cleaned = clean(text)
    for match in WORD.finditer(cleaned.text):
        start, end = cleaned.original(match.start(), match.end())
        assert 0 <= start < end <= len(text)
        assert clean(text[start:end]).text.strip("-") == match.group().strip("-")


@given(st.text(max_size=60))
def test_any_text_can_be_cleaned_and_nothing_leads_outside_it(text: str) -> None:
    cleaned = clean(text)
    for position in range(len(cleaned.text)):
        start, end = cleaned.original(position, position + 1)
        assert 0 <= start < end <= len(text)


def test_hyphens_and_breaks_are_read_as_a_reader_does() -> None:
    assert clean("sam\u00adverkans-\navtal").text == "samverkansavtal"
    assert clean("vård-\noch omsorgsplan").text == "vård-\noch omsorgsplan"
    assert clean("SIP-\r\nMöte").text == "SIP-Möte"
    assert clean("e\u2011hälsa").text == "e-hälsa"
    assert clean("a\u030atga\u0308rd").text == "åtgärd"
