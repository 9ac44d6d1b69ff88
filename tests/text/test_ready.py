"""What a bank is asked of texts with, and what it keeps ready."""

import datetime

import pytest

import termbank
from termbank import Bank, Concept, Settings, Term, Vocabulary
from termbank.text.ready import KEPT, Ready


def _concept(word: str) -> Concept:
    return Concept(id=word, terms=(Term(text=word, part_of_speech="noun"),))


@pytest.fixture(scope="module")
def bank() -> Bank:
    words = ("samverkan", "samordning")
    return Bank.from_vocabularies(
        [Vocabulary(id=f"ord{number}", title="Ord", concepts=[_concept(word)]) for number, word in enumerate(words)]
    )


def test_vocabularies_are_one_or_several(bank: Bank) -> None:
    text = "Samverkan och samordning."
    assert [each.text for each in bank.annotate(text, vocabularies="ord1")] == ["samordning"]
    assert [each.text for each in bank.annotate(text, vocabularies=["ord1"])] == ["samordning"]
    assert len(bank.annotate(text)) == 2
    with pytest.raises(termbank.UnknownVocabulary, match="ord7"):
        bank.annotate(text, vocabularies="ord7")


def test_dates_and_languages_are_made_sure_of(bank: Bank) -> None:
    assert bank.check("Samverkan.", date=datetime.datetime(2020, 1, 1, 12), language="en") == []
    with pytest.raises(TypeError, match=r"datetime\.date, not '2020-01-01'"):
        bank.check("Samverkan.", date="2020-01-01")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="language: sv or en"):
        bank.check("Samverkan.", language="de")


def test_what_was_used_last_is_kept(bank: Bank) -> None:
    ready = Ready(bank.terminology)
    first = ready.checker()
    for number in range(KEPT - 1):
        ready.checker(Settings(words=(f"NSV{number}",)))
    assert ready.checker() is first
    ready.checker(Settings(words=("NSV",)))
    assert ready.checker() is first, "used since"
    for number in range(KEPT):
        ready.checker(Settings(words=(f"NSV{number}",)))
    assert ready.checker() is not first
    assert len(ready._checkers) == KEPT


def test_the_nouns_of_public_methods_are_public() -> None:
    assert {"Checker", "Comment", "Document", "Edit", "Remark", "Segment", "Settings"} <= set(termbank.__all__)
    assert all(getattr(termbank, name) is not None for name in termbank.__all__)
    assert set(termbank._LAZY) <= set(termbank.__all__)
