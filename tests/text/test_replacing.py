"""An old name replaced by the new one in the same form, with the words that agree with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import termbank
from termbank.documents import markdown
from termbank.documents.plain import document
from termbank.text.check import Checker
from termbank.text.settings import Settings


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with termbank.open() as bank:
        yield bank.checker(Settings(select=("superseded-term",), every=True))


MENDED = [
    ("Fråga landstingets personal.", "Fråga regionens personal."),
    ("Flera landsting samverkar.", "Flera regioner samverkar."),
    ("Ett landsting ansvarar.", "En region ansvarar."),
    ("I detta landsting finns tre sjukhus.", "I denna region finns tre sjukhus."),
    ("LANDSTINGET ANSVARAR", "REGIONEN ANSVARAR"),
    ("Kommuner och landsting ansvarar.", "Kommuner och regioner ansvarar."),
    ("Landsting och kommuner ansvarar.", "Regioner och kommuner ansvarar."),
    ("Både landstingen och kommunerna ansvarar.", "Både regionerna och kommunerna ansvarar."),
    ("Landstingens ansvar är stort.", "Regionernas ansvar är stort."),
    ("Två landsting deltar.", "Två regioner deltar."),
    ("Varje landsting ansvarar.", "Varje region ansvarar."),
    ("Inget landsting får neka vård.", "Ingen region får neka vård."),
    ("Patienten bor i vårt landsting.", "Patienten bor i vår region."),
    ("Ett annat landsting tar emot.", "En annan region tar emot."),
    ("Det egna landstinget ansvarar.", "Den egna regionen ansvarar."),
    ("Vart och ett av landstingen ansvarar.", "Var och en av regionerna ansvarar."),
    ("Berört landsting ansvarar.", "Berörd region ansvarar."),
    ("SKL:s råd gäller.", "SKR:s råd gäller."),
    ("SKLs råd gäller.", "SKR:s råd gäller."),
    ("Råd ges av Sveriges Kommuner och Landsting.", "Råd ges av Sveriges Kommuner och Regioner."),
    ("Datainspektionens råd gäller.", "Integritetsskyddsmyndighetens råd gäller."),
    ("En sjukgymnast kommer hem.", "En fysioterapeut kommer hem."),
    ("Sjukgymnasternas bedömning behövs.", "Fysioterapeuternas bedömning behövs."),
    ("Ring 1177 Vårdguiden.", "Ring 1177."),
    ("Åldringsvården är viktig.", "Äldreomsorgen är viktig."),
]

NOBODY_CAN_TELL = [
    "Ansvaret ligger på landsting.",
    "Landsting och kommun ansvarar.",
    "Ett stort landsting har fler sjukhus.",
    "Det landstinget gör är viktigt.",
    "Landstinget är skyldigt att ge vård.",
    "Landstinget, som är ansvarigt, svarar.",
    "Landstinget, vilket är skyldigt, svarar.",
    "Landstinget ska, om det är berört, svara.",
    "Enligt lagen är landstinget inte skyldigt.",
    "Landstinget självt ansvarar.",
    "Ett av landstingen är skyldigt att svara.",
    "Ett av våra landsting svarar.",
    "Ett eller flera landsting svarar.",
    "I Sverige är det landsting som ansvarar.",
    "Folkhälsoinstitutet är ansvarigt.",
    "Landstinget Halland är skyldigt att svara.",
    "Patientens psykiska funktionshinder är stort.",
    "Ett allvarligt och bestående psykiskt funktionshinder syns.",
    "Regioner och landsting ansvarar.",
    "Landstinget (regionen) ansvarar.",
    "Både regionen och landstinget ansvarar.",
    "Det kommunala handikapprådet svarar.",
    "Aktuellt landsting svarar.",
    "Handikapprådets ledamöter väljs.",
    "Hjälpmedelsinstitutet ger råd.",
]


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_the_new_name_stands_in_the_same_form(checker: Checker, text: str, mended: str) -> None:
    edits = [edit for finding in checker.check(document(text)) for edit in finding.edits]
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == mended


def test_the_article_is_an_edit_of_its_own(checker: Checker) -> None:
    (finding,) = checker.check(document("Den som bor i ett landsting har rätt till vård."))
    assert finding.value == "landsting"
    assert [(each.start, each.end, each.text) for each in finding.edits] == [(14, 17, "en"), (18, 27, "region")]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Ett **landsting** ansvarar.\n", "En **region** ansvarar.\n"),
        ("Det är ett [landsting](https://a.se).\n", "Det är en [region](https://a.se).\n"),
        ("**Ett** landsting ansvarar.\n", "**En** region ansvarar.\n"),
        ("Ett **landsting ansvarar** för vård.\n", "En **region ansvarar** för vård.\n"),
        ("Nu har Stockholms läns **landsting och kommunen** svarat.\n", None),
        ("1177 Vårdguiden. Läs mer.\n", "1177\\. Läs mer.\n"),
        ("- 1177 Vårdguiden. Läs mer.\n", "- 1177\\. Läs mer.\n"),
        ("---\ntitle: 1177 Vårdguiden\n---\n\nText.\n", '---\ntitle: "1177"\n---\n\nText.\n'),
        ("---\ntitle: Landstingets plan\n---\n\nText.\n", "---\ntitle: Regionens plan\n---\n\nText.\n"),
    ],
)
def test_markdown_keeps_its_marks(checker: Checker, tmp_path: Path, text: str, mended: str | None) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    found = [edit for finding in checker.check(markdown.read(path)) for edit in finding.edits]
    assert found
    markdown.edit(path, found, path)
    assert path.read_text(encoding="utf-8") == (mended or text)


@pytest.mark.parametrize("text", NOBODY_CAN_TELL)
def test_no_edit_is_offered_where_the_form_is_not_sure(checker: Checker, text: str) -> None:
    found = checker.check(document(text))
    assert found
    assert not any(finding.edits for finding in found)
