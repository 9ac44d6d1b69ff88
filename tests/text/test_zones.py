"""What in a document is not the author's own words of today."""

import pytest

from termbank.documents.document import Document, Segment
from termbank.documents.plain import document
from termbank.text.references import is_entry
from termbank.text.zones import zones

WITHIN = [
    ("Hon sade ”landstinget sviker”.", "landstinget", "quotation"),
    ("Hon sade \"landstinget sviker\".", "landstinget", "quotation"),
    ("Hon sade »landstinget sviker».", "landstinget", "quotation"),
    ("> landstinget sviker", "landstinget", "quotation"),
    ("Se lagen (2006:544) om kommuners och landstings åtgärder.", "landstings", "statute"),
    ("Lag om service och stöd på grund av handikapp gäller.", "handikapp", "statute"),
    ("Skriv till info@landstinget.se.", "landstinget", "address"),
    ("Nämnden för landsting och kommuner i samverkan", "landsting", "name"),
    ("Riksförbundet för Handikapp", "Handikapp", "name"),
    ("Källa: Landstinget", "Landstinget", "bibliography"),
    ("Referenser\n\nLandstinget: Vård i samverkan.", "Landstinget", "bibliography"),
    ("3 Källor\n\nLandstinget: Vård i samverkan.", "Landstinget", "bibliography"),
]  # fmt: skip

ENTRIES = [
    "Edebalk, P. G. (2020). Äldreboenden: Från ålderdomshem till särskilda boenden. Lunds universitet.",
    "SKL (2012): Bättre liv för sjuka äldre. Sveriges Kommuner och Landsting, Stockholm.",
    "Sveriges Kommuner och Landsting. Öppna jämförelser 2014. Stockholm: SKL; 2015.",
    "1. Sveriges Kommuner och Landsting. Använd SIP [Internet]. Stockholm: SKL; 2016 [citerad 2020-03-01].",
    "[4] Socialstyrelsen, SKL. Trygg läkemedelshantering, 2009.",
    "Anell A, Nylinder P. Vårdval i primärvården: jämförelse. Stockholm: Sveriges Kommuner och Landsting, 2012.",
    "SFS 1982:763. Hälso- och sjukvårdslag. Stockholm: Socialdepartementet.",
    "Foto: Landstinget Dalarna",
    "ISBN 978-91-7927-039-1",
]

SENTENCES = [
    "Landstinget ansvarar för läkarna, och det gäller även 2026.",
    "I Region Stockholm ansvarar landstinget, som förut, för vården 2026.",
    "Se HSL (1982:763) 3 f § och den lokala överenskommelsen.",
    "Journal från mottagningen, förutom vissa uppgifter (visas från 2021).",
    "Socialtjänstlag (2001:453)",
]


@pytest.mark.parametrize(("text", "word", "kind"), WITHIN)
def test_a_zone_reaches_over_its_words(text: str, word: str, kind: str) -> None:
    at = text.index(word)
    found = zones(document(text))
    assert kind in {zone.kind for zone in found if zone.start <= at and zone.end >= at + len(word)}


@pytest.mark.parametrize("line", ENTRIES)
def test_an_entry_of_a_bibliography_is_known_by_itself(line: str) -> None:
    assert is_entry(line)


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_with_a_year_is_no_entry(line: str) -> None:
    assert not is_entry(line)


def test_a_list_of_references_ends_at_the_next_heading() -> None:
    text = "1 Referenser\n\nSKL: Använd SIP.\n\n2 Ansvar\n\nLandstinget ansvarar."
    (zone,) = (each for each in zones(document(text)) if each.kind == "bibliography")
    assert "SIP" in text[zone.start : zone.end]
    assert "Landstinget" not in text[zone.start : zone.end]


def test_a_column_of_earlier_versions_is_no_present_text() -> None:
    text = "Landstinget tillagt"
    cell = Segment(0, len(text), "cell", "table 1, cell B2", None, "Ändring")
    assert [zone.kind for zone in zones(Document("a", "docx", text, (cell,)))] == ["bibliography"]
