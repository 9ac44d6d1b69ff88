"""Two terms of one concept in one document."""

import datetime

import pytest

import termbank
from termbank.documents.plain import document
from termbank.model import Term
from termbank.text.check import Checker
from termbank.text.hits import Hit
from termbank.text.rules.consistency import ConsistencyRule, _varies
from termbank.text.settings import Settings


@pytest.fixture(scope="module")
def checker() -> Checker:
    return termbank.open().checker(Settings(select=("inconsistent-term",)))


def _hits(checker: Checker, text: str) -> list[Hit]:
    view = checker.view(document(text), datetime.date(2026, 11, 22))
    return list(ConsistencyRule(termbank.open().terminology).hits(view))


@pytest.mark.parametrize(
    ("text", "place", "terms"),
    [
        (
            "Faxrecept skickas till apoteket. Ett telefaxrecept ska sparas. Faxrecept gallras.",
            "telefaxrecept",
            ("faxrecept", "telefaxrecept"),
        ),
        (
            "Verksamma substanser anges. Den aktiva substansen står på asken.",
            "aktiva substansen",
            ("verksam substans", "aktiv substans"),
        ),
        (
            "Doseringsintervallet är sex timmar.\n\nÄndra inte administreringsintervallet.",
            "administreringsintervallet",
            ("doseringsintervall", "administreringsintervall"),
        ),
    ],
)
def test_the_first_use_of_the_second_term_is_told(
    checker: Checker, text: str, place: str, terms: tuple[str, str]
) -> None:
    (hit,) = _hits(checker, text)
    assert (text[hit.start : hit.end], hit.start) == (place, text.index(place))
    assert tuple(value for _, value in hit.arguments) == terms
    assert hit.edit is None
    assert hit.hint is not None and "Rekommenderad term" in hit.hint[0]


@pytest.mark.parametrize(
    "text",
    [
        "Faxrecept skickas. Faxrecept sparas.",
        "Faxrecept (telefaxrecept) skickas. Faxrecept sparas.",
        "Faxrecept, även kallat telefaxrecept, skickas.",
        "Faxrecept eller telefaxrecept skickas.",
        "Termen telefaxrecept är tillåten; vi skriver faxrecept.",
        "Med telefaxrecept avses ett recept per fax. Faxrecept sparas.",
        "Vi skickar faxrecept. ”Telefaxrecept” står det på blanketten.",
        "En förebyggande åtgärd planeras. Den förebyggande insatsen följs upp.",
        "Den enskilde deltar. Enskilda som vill kan avstå.",
        "Den medicinskt ansvariga sjuksköterskan (MAS) beslutar. MAS följer upp.",
        "Patientens läkemedelslista uppdateras. Läkemedelslistan skrivs ut.",
        "Särskilt boende för äldre söks. Äldreboendet Björken har en ledig plats.",
        "Inspektionen för vård och omsorg granskar. IVO beslutar.",
    ],
)
def test_one_term_or_a_term_with_its_explanation_is_not_told(checker: Checker, text: str) -> None:
    assert not _hits(checker, text)


@pytest.mark.parametrize(
    ("first", "second", "varies"),
    [
        ("läkemedelslista", "patientens läkemedelslista", False),
        ("stöd till patient", "stöd till brukare", False),
        ("läkemedelsadministrering", "administrering av läkemedel", True),
        ("särskilt boende för äldre", "äldreboende", True),
    ],
)
def test_what_counts_as_two_terms(first: str, second: str, varies: bool) -> None:
    assert _varies(Term(text=first), Term(text=second)) is varies


def test_an_abbreviation_and_a_name_are_no_second_term() -> None:
    assert not _varies(Term(text="samordnad plan"), Term(text="SVOP", type="abbreviation"))
    assert not _varies(Term(text="riksdagen"), Term(text="Sveriges riksdag", part_of_speech="proper-noun"))
