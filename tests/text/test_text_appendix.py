"""What a document rests on: the rows of its appendix, and the file that is written."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

import termbank
from termbank.bank import Bank
from termbank.documents.plain import document
from termbank.reports.appendix import Cited, Used
from termbank.text import appendix

DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    with termbank.open() as opened:
        yield opened


def used(bank: Bank, text: str, language: str = "sv") -> dict[str, Used]:
    view = bank.checker().view(document(text), DAY)
    return {each.term: each for each in appendix.concepts(bank.terminology, view, language)}


def cited(bank: Bank, text: str, on: datetime.date = DAY) -> list[Cited]:
    return appendix.laws(bank.terminology, bank.checker().view(document(text), on))


def test_each_concept_stands_once_in_alphabetical_order(bank: Bank) -> None:
    rows = used(bank, "Åtgärden kräver samtycke. Samtycket ges till vårdgivaren. Läkare och ännu fler läkare.")
    assert list(rows) == ["läkare", "samtycke", "vårdgivare", "åtgärd"]
    assert all(each.definition and each.source and each.checked_on for each in rows.values())
    assert rows["samtycke"].written == ()


def test_what_is_written_otherwise_stands_with_its_concept(bank: Bank) -> None:
    rows = used(bank, "Personer med handikapp i landstinget får SIP.")
    assert rows["funktionsnedsättning"].written == ("handikapp – avrådd",)
    assert rows["funktionsnedsättning"].status == "preferred"
    assert rows["samordnad individuell plan"].written == ("SIP",)
    assert rows["region"].written == ("landsting – ersatt",)
    assert used(bank, "Ett handikapp.", "en")["funktionsnedsättning"].written == ("handikapp – deprecated",)


def test_names_and_statutes_are_no_concepts(bank: Bank) -> None:
    rows = used(bank, "Socialstyrelsen och SKR skriver om socialtjänstlagen (2025:400).")
    assert not {"Socialstyrelsen", "socialtjänstlagen", "socialtjänstlag (2025:400)"} & set(rows)


def test_statutes_and_sections_stand_with_their_validity(bank: Bank) -> None:
    rows = cited(bank, "Enligt 2 kap. 7 § SoL (2001:453) och patientlagen (2014:821). Se 2 kap. 7 § SoL (2001:453).")
    assert len(rows) == 2, "none twice"
    section, act = rows
    assert section.citation.startswith("2 kap. 7 § ") and section.about
    assert section.valid_to == datetime.date(2025, 6, 30)
    assert "10 kap. 8 § socialtjänstlagen (2025:400)" in section.replaced_by
    assert "2014:821" in act.citation and act.valid_to is None and act.replaced_by == ()


def test_an_act_without_its_number_is_the_one_that_applied_on_the_day(bank: Bank) -> None:
    for day, number in ((datetime.date(2024, 3, 1), "2001:453"), (DAY, "2025:400")):
        (row,) = cited(bank, "Insatser ges enligt socialtjänstlagen.", day)
        assert number in row.citation


def test_nothing_is_nothing(bank: Bank) -> None:
    assert (used(bank, "Och så vidare."), cited(bank, "")) == ({}, [])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_whole_and_needs_nothing_else(bank: Bank, tmp_path: Path, language: str) -> None:
    target = tmp_path / "begrepp å.html"
    text = 'Titeln <script>alert("x")</script>\n======\n\nSamtycke enligt 2 kap. 7 § SoL (2001:453).'
    appendix.write(bank.terminology, bank.checker().view(document(text, "R/ru<b>.txt"), DAY), target, language)
    source = target.read_text("utf-8")
    tree = html.fromstring(source)
    assert source.startswith("<!DOCTYPE html>") and tree.get("lang") == language
    assert not tree.xpath("//script|//link|//img|//*[@src]|//b")
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption")) == 2
    assert [len(row) for row in tree.xpath("//tr")] == [5, 5, 5, 5]
    assert len(tree.xpath("//h1")) == 1 and len(tree.xpath("//main//h2")) == 1


def test_markdown_by_the_name(bank: Bank, tmp_path: Path) -> None:
    target = tmp_path / "begrepp.md"
    appendix.write(bank.terminology, bank.checker().view(document("Samtycke krävs."), DAY), target, "sv")
    assert target.read_text("utf-8").startswith("## Begrepp och lagrum i denna rutin\n")
