"""What tells of then: the tense of a clause, and the years in it."""

import datetime

import pytest

from termbank.documents.plain import document
from termbank.text.history import Kind, sentence, tells_of_then
from termbank.text.tense import past, tense
from termbank.text.view import View

ENDED = datetime.date(2019, 12, 31)

TENSES = [
    ("ansvarade", "past"), ("byggdes", "past"), ("utsågs", "past"), ("inkom", "past"), ("bodde", "past"),
    ("skrev", "past"), ("förordnades", "past"), ("hade", "past"), ("ansvarar", "present"), ("finns", "present"),
    ("skulle", "modal"), ("området", None), ("kommuner", None), ("arbete", None), ("inte", None), ("gällande", None),
]  # fmt: skip

CLAUSES = [
    ("Vården sköttes av X.", True),
    ("X ansvarade för vården och byggde sjukhus.", True),
    ("X ansvarar för de beslutade insatserna.", False),
    ("Planerade insatser följs upp av X.", False),
    ("Insatserna är beslutade av X.", False),
    ("Nämnden beslutade att X ska bjudas in.", False),
    ("Nämnden beslutade att X skulle bjudas in.", True),
    ("Nämnden beslutade att bjuda in X.", True),
    ("Huset, som drevs av X, ligger kvar.", True),
    ("Huset, som X driver, byggdes i fjol.", False),
    ("X skulle kunna hjälpa till.", False),
    ("Kommunen (som var först) samverkar med X.", False),
    ("X:s arbete, som har pågått länge, fick stöd.", True),
    ("Vid behov kontaktas X.", False),
]

SENTENCES = [
    ("Rapporten X, 2015, används.", True),
    ("Statsbidraget för 2018 fördelas till X.", True),
    ("Sedan 2015 ansvarar X för vården.", False),
    ("Från och med 2015 ansvarar X för vården.", False),
    ("X ansvarar fram till 2019 för vården.", True),
    ("Målet för 2026 delas av X.", False),
    ("X ansvarar enligt lagen (1982:763).", False),
    ("X nämns i SOU 1990:19.", True),
    ("Boken (utgiven 2012) läses ofta, och enligt avtalet ansvarar X.", False),
    ("Dåvarande X ansvarar.", True),
    ("Stöd till äldre ges av X.", False),
    ("X upphörde.", True),
]


@pytest.mark.parametrize(("word", "told"), TENSES)
def test_the_form_of_a_verb_tells_when(word: str, told: str | None) -> None:
    assert tense(word) == told


@pytest.mark.parametrize(("sentence", "told"), CLAUSES)
def test_the_clause_around_a_name_is_past_or_not(sentence: str, told: bool) -> None:
    assert past(sentence, sentence.index("X")) is told


@pytest.mark.parametrize(("sentence", "told"), SENTENCES)
def test_a_year_or_a_word_tells_of_then(sentence: str, told: bool) -> None:
    assert _told(sentence, "name") is told


def test_a_term_needs_a_time_beside_the_past_tense() -> None:
    assert not _told("Hon bodde på X.", "term")
    assert _told("År 1950 byggdes huset. Hon bodde på X.", "term")


def _told(text: str, kind: Kind) -> bool:
    view = View(document(text), (), (), datetime.date(2026, 11, 22))
    at = text.index("X")
    return tells_of_then(view, at, at + 1, ENDED, kind)


def test_far_apart_in_a_text_without_full_stop_is_not_one_sentence() -> None:
    text = "det dåvarande landstinget " + "och planen " * 400 + "och landstinget " + "och vården " * 400
    view = View(document(text), [], [], datetime.date(2026, 11, 22))
    first, last = text.index("landstinget"), text.rindex("landstinget")
    assert tells_of_then(view, first, first + 11, ENDED, "name")
    assert not tells_of_then(view, last, last + 11, ENDED, "name")
    for offset in range(0, len(text), 97):
        start, end = sentence(view, offset)
        assert 0 <= start <= offset < end <= len(text)
        assert end - start < 2_000
