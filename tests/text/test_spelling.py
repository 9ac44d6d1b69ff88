"""Misspelled terms: what is told, what is put right, and what is no misspelling."""

import datetime

import pytest

import termbank
from termbank.documents.plain import document
from termbank.model import Term
from termbank.text.annotate import Annotator
from termbank.text.check import Checker
from termbank.text.hits import Hit
from termbank.text.rules.foreign import is_foreign
from termbank.text.rules.misspellings import Speller
from termbank.text.rules.spelling import SpellingRule
from termbank.text.settings import Settings
from termbank.text.terms import Entry

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return termbank.open().checker(Settings(select=("misspelled-term",)))


@pytest.fixture(scope="module")
def without_list(checker: Checker) -> Checker:
    """The same checker as where the word list is not installed."""
    annotator = checker.annotator
    if annotator.lexicon is None:
        return checker
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("termbank.text.annotate.open_lexicon", lambda folder: None)
        terminology = termbank.open().terminology
        return Checker(terminology, Annotator(terminology), Settings(select=("misspelled-term",)))


def _hits(checker: Checker, text: str, settings: Settings | None = None) -> list[Hit]:
    view = checker.view(document(text), TODAY)
    return list(SpellingRule(checker.annotator, settings or Settings()).hits(view))


def _with_list(checker: Checker) -> Checker:
    if checker.annotator.lexicon is None:
        pytest.skip("the word list (the extra sv) is not installed")
    return checker


SURE = [
    ("Parterna ingår en överenskommelse om samvekran i länet.", "samvekran", "samverkan"),
    ("Kommunen ansvarar för samordnigen av insatserna.", "samordnigen", "samordningen"),
    ("Dokumenationen förs samma dag.", "Dokumenationen", "Dokumentationen"),
    ("En samordnad indviduell plan upprättas.", "indviduell", "individuell"),
]


@pytest.mark.parametrize(("text", "word", "right"), SURE)
def test_a_slip_in_a_long_term_is_told_also_without_a_word_list(
    without_list: Checker, text: str, word: str, right: str
) -> None:
    (hit,) = _hits(without_list, text)
    assert (text[hit.start : hit.end], hit.edit) == (word, right)


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        *SURE,
        ("Målen i ombsorgsplanens bilaga gås igenom.", "ombsorgsplanens", "omsorgsplanens"),
        ("Biståndhandlggaren fattar beslut.", "Biståndhandlggaren", "Biståndshandläggaren"),
        ("Vi tecknar ett samvekransavtal.", "samvekransavtal", "samverkansavtal"),
        ("Genomförandeplannen skrivs under.", "Genomförandeplannen", "Genomförandeplanen"),
    ],
)
def test_a_word_that_is_nearly_a_term_and_no_word_is_told_and_put_right_in_its_form(
    checker: Checker, text: str, word: str, right: str
) -> None:
    (hit,) = _hits(_with_list(checker), text)
    assert (text[hit.start : hit.end], hit.edit) == (word, right)
    assert dict(hit.arguments) == {"word": word, "term": f"”{right}”"}


def test_a_compound_with_another_word_is_told_and_left_to_the_author(checker: Checker) -> None:
    (hit,) = _hits(_with_list(checker), "Vid samvekransmuseet deltar alla.")
    assert dict(hit.arguments)["term"] == "”samverkansmuseet”"
    assert hit.edit is None


RIGHT = [
    "Handläggarna ombesörjer omsorgsfullt att omsättningen går snabbt.",
    "Omsorgen, omsorgens och omsorgernas samordningar är former av termer.",
    "Planteringen föreskrivs av nämnden, och beslutet meddelades i går.",
    "Utbredningen av patientkontakter är inflyttande.",
    "Vi träffade Samordnig Vårdman och Omsorgsson i går.",
    "”Samvekran” stod det i protokollet.",
    "Se www.samvekran.se eller samvekran.docx.",
    "The documentation of the patient and the registration of care is in English.",
    "Arbetsgifvaren fick 1904 en förordning.",
    "SAMVEKRAN!",
]


@pytest.mark.parametrize("text", RIGHT)
def test_words_names_quotations_and_other_languages_are_left_alone(
    checker: Checker, without_list: Checker, text: str
) -> None:
    assert not _hits(checker, text)
    assert not _hits(without_list, text)


def test_compounds_of_known_words_are_words(checker: Checker) -> None:
    text = "Vårdplatskoordineringen, livsomställningar och långvårdskliniker är ord, liksom samverkanskaffe."
    assert not _hits(_with_list(checker), text)


def test_words_of_the_settings_are_right(checker: Checker) -> None:
    assert not _hits(checker, "Projektet heter samvekran.", Settings(words=("Samvekran",)))


def test_a_spelling_that_comes_back_is_the_authors_own_where_no_list_can_tell(without_list: Checker) -> None:
    assert not _hits(without_list, "Här är samvekran. Mer samvekran. Ännu mer samvekran.")


def test_no_edit_where_two_words_may_be_meant() -> None:
    terms = [Entry("a", text, Term(text=text, part_of_speech="noun")) for text in ("samvalsrum", "samvelsrum")]
    meant = Speller(terms, None).meant("samvlsrum")
    assert [each.text for each in meant] == ["samvalsrum", "samvelsrum"]


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("The plan is made with the patient.", True),
        ("Ne sont pas considérées comme des personnes dans le pays.", True),
        ("Planen görs med patienten och är klar.", False),
        ("Case management är ett uttryck som används.", False),
    ],
)
def test_sentences_of_other_languages(sentence: str, foreign: bool) -> None:
    assert is_foreign(sentence) is foreign
