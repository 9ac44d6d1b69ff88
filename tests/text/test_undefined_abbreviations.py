"""Abbreviations that a document never explains."""

import datetime

import pytest

import termbank
from termbank.documents.document import Document, Segment
from termbank.documents.plain import document
from termbank.text.check import Checker
from termbank.text.hits import Hit
from termbank.text.rules.abbreviations import AbbreviationRule
from termbank.text.rules.known_abbreviations import KNOWN, known
from termbank.text.rules.written_out import is_short_for, is_written_out
from termbank.text.settings import Settings


@pytest.fixture(scope="module")
def checker() -> Checker:
    return termbank.open().checker(Settings(select=("undefined-abbreviation",)))


def _hits(checker: Checker, text: str | Document, settings: Settings | None = None) -> list[Hit]:
    read = text if isinstance(text, Document) else document(text)
    view = checker.view(read, datetime.date(2026, 11, 22))
    rule = AbbreviationRule(termbank.open().terminology, settings or Settings(), checker.annotator.lexicon)
    return list(rule.hits(view))


def _told(checker: Checker, text: str, settings: Settings | None = None) -> list[str]:
    return list(dict.fromkeys(text[hit.start : hit.end] for hit in _hits(checker, text, settings)))


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("Rapportera till EC samma dag.", ["EC"]),
        ("Ärendet bereds i VON innan beslut.", ["VON"]),
        ("KAA-ansvarig kallas.", ["KAA"]),
        ("Beslutet fattas av NSV:s ordförande.", ["NSV"]),
        ("Ansvarig OAS kontaktar PAL.", ["OAS", "PAL"]),
        ("Skattningen görs med EQ5D och MADRS.", ["EQ5D", "MADRS"]),
        ("Chefen i RoS godkänner.", ["RoS"]),
        ("En MAR:en kopplas in (se bilaga).", ["MAR"]),
    ],
)
def test_an_abbreviation_that_is_never_written_out_is_told(
    checker: Checker, text: str, abbreviations: list[str]
) -> None:
    assert _told(checker, text) == abbreviations


@pytest.mark.parametrize(
    "text",
    [
        "Mobilt team (MT) nås dygnet runt. Ring MT först.",
        "MT (mobilt team) nås dygnet runt. Ring MT först.",
        "EC = enhetschef. Rapportera till EC.",
        "EC: enhetschef\n\nRapportera till EC.",
        "Enhetschef, förkortat EC, leder arbetet. EC beslutar.",
        "Patientansvarig läkare, PAL, ordinerar. PAL följer upp.",
        "EC står för enhetschef. EC beslutar.",
        "Vård- och omsorgsnämnden beslutar. VON möts varje månad.",
        "Kommunalt aktivitetsansvar gäller unga. KAA-ansvarig kallas.",
        "Handelsavtalet (GATT) gäller. GATT skrevs om.",
        "Medicinskt ansvarig för rehabilitering beslutar. MAR följer upp.",
        "SIP enligt HSL och SoL, LSS:s insatser, ADL-träning och BUP:en.",
        "Kapitel IV och XII gäller fas III.",
        "VIKTIGT! Läs ALDRIG fel, och gör INTE om det EFTER mötet.",
        "ANSVAR FÖR DENNA RUTIN HAR POLICY OCH KRAV",
        "Blankett FK 7263, SKV 4804 och RUT-09733 används.",
        "Koden AU124, rum C12 och papper A4 nämns.",
        "Vi skriver i Lifecare SP och i systemet NCS.",
        "Hissen är från OSM Svenska AB.",
        "SKL gav stöd, och IVO granskar.",
        "The patient is assessed with the NEWS and the QSOFA score.",
        "”Fråga EC” stod det på lappen.",
        "Tillstånd söks hos IMY.",
    ],
)
def test_what_is_explained_known_or_no_abbreviation_is_not_told(checker: Checker, text: str) -> None:
    assert not _told(checker, text)


def test_the_banks_own_abbreviations_are_told_with_what_they_may_stand_for(checker: Checker) -> None:
    (hit,) = _hits(checker, "En SPU skrivs inför utskrivningen.")
    assert dict(hit.arguments) == {"abbreviation": "SPU"}
    assert hit.hint is not None and "samordnad plan vid utskrivning" in hit.hint[0]
    assert not _hits(checker, "En samordnad plan vid utskrivning skrivs. SPU:n följs upp.")


def test_words_of_the_settings_are_known(checker: Checker) -> None:
    assert not _told(checker, "Rapportera till EC.", Settings(words=("EC",)))


def test_a_heading_explains_nothing_and_is_not_told(checker: Checker) -> None:
    text = "EC:s ansvar\nRapportera till EC."
    segments = (Segment(0, 11, "heading"), Segment(12, len(text)))
    (hit,) = _hits(checker, Document("a", "docx", text, segments))
    assert hit.start == text.rindex("EC")


def test_a_table_of_abbreviations_explains(checker: Checker) -> None:
    text = "EC\nEnhetschef\nVON\nVård- och omsorgsnämnden\nEC och VON beslutar."
    starts = [0, 3, 14, 18, 43]
    ends = [2, 13, 17, 42, len(text)]
    kinds = ["cell"] * 4 + ["paragraph"]
    segments = tuple(Segment(*each) for each in zip(starts, ends, kinds, strict=True))  # type: ignore[arg-type]
    assert not _hits(checker, Document("a", "docx", text, segments))


@pytest.mark.parametrize(
    ("abbreviation", "text", "written"),
    [
        ("HSL", "Enligt hälso- och sjukvårdslagen gäller HSL.", True),
        ("SVF", "Utredningen görs som standardiserat vårdförlopp, SVF.", True),
        ("PAL", "Kalla PAL på fredag.", False),
        ("EC", "Kalla en chef till EC.", False),
        ("NSV", "Nämnden för samverkan kring socialtjänst och vård möts.", True),
    ],
)
def test_written_out(abbreviation: str, text: str, written: bool) -> None:
    assert is_written_out(abbreviation, text) is written


def test_short_for() -> None:
    assert is_short_for("SVOP", "Samordnad vård- och omsorgsplanering")
    assert not is_short_for("SVOP", "Särskilt boende")


def test_every_known_abbreviation_stands_once() -> None:
    listed = [each.lower() for line in KNOWN.values() for each in line.split()]
    assert len(listed) == len(set(listed)) == len({each.lower() for each in known()})


class _List(set[str]):
    """A word list that has some abbreviations in small letters, as the open one has."""


@pytest.mark.parametrize(
    ("text", "told"),
    [("Bedömningen görs av SÄBO.", 1), ("Utredning enligt RASK görs.", 1), ("Vi har ett ANSVAR här.", 0)],
)
def test_short_capitals_are_not_asked_of_the_list(checker: Checker, text: str, told: int) -> None:
    listed = _List({"säbo", "rask", "ansvar"})
    rule = AbbreviationRule(termbank.open().terminology, Settings(), listed)  # type: ignore[arg-type]
    assert len(list(rule.hits(checker.view(document(text), datetime.date(2026, 11, 22))))) == told
