"""Citations of what has ceased to apply: which are told, of which act, and where they stand rightly."""

import datetime
from collections.abc import Iterator

import pytest

import termbank
from termbank.documents.plain import document
from termbank.model import Finding
from termbank.text.check import Checker
from termbank.text.settings import Settings

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with termbank.open() as bank:
        yield bank.checker(Settings(select=("repealed-law",)))


def told(checker: Checker, text: str, on: datetime.date | None = TODAY) -> list[Finding]:
    return checker.check(document(text), on)


ENDED = [
    ("Planen görs enligt 2 kap. 7 § SoL.", "2001:453"),
    ("Planen görs enligt 3 f § HSL.", "1982:763"),
    ("Enligt SoL 5 kap. 10 § ska anhöriga få stöd.", "2001:453"),
    ("Beslut överklagas enligt 16 kap 3 § SoL.", "2001:453"),
    ("Insatsen daglig verksamhet ges enligt SoL 3 kap §6.", "2001:453"),
    ("Missförhållanden rapporteras enligt 14 kap. 3 § socialtjänstlagen.", "2001:453"),
    ("Bistånd till hemtjänst beviljas enligt 4 kap. 1 § SoL.", "2001:453"),
    ("Försörjningsstöd söks enligt 4:1 SoL.", "2001:453"),
    ("Äldre ska få leva ett värdigt liv enligt 5 kap. 4 § SoL.", "2001:453"),
    ("Kontaktperson utses med stöd av 3 kap. 6 b § SoL.", "2001:453"),
    ("Hemmet följs upp enligt 11 kap. 4 b § SoL.", "2001:453"),
    ("Lex Sarah finns i 14 kap. 2–7 §§ och 7 kap. 6 § SoL.", "2001:453"),
    ("Samverkan regleras i 2 e § HSL.", "1982:763"),
    ("Enligt HSL 1982:763 ska vården vara god.", "1982:763"),
    ("Enligt SFS 1982:763 ska vården vara god.", "1982:763"),
    ("Socialtjänstlagen 2001:453 styr arbetet.", "2001:453"),
    ("Socialtjänstlag (2001:453)", "2001:453"),
    ("Uppgifterna skyddas av personuppgiftslagen (PUL).", "1998:204"),
    ("Sekretess gäller enligt sekretesslagen.", "1980:100"),
    ("Verksamheten lyder under LYHS.", "1998:531"),
    ("Bostadsanpassning söks enligt lag 1992:1574.", "1992:1574"),
    ("Journalen förs enligt SOSFS 2008:14.", "SOSFS 2008:14"),
    ("Avvikelser hanteras enligt SOSFS2005:28.", "SOSFS 2005:28"),
    ("Enligt Socialstyrelsens föreskrifter och allmänna råd 2014:4 ska rutiner finnas.", "SOSFS 2014:4"),
    ("Socialstyrelsens författningssamling 2008:14 gäller för journalen.", "SOSFS 2008:14"),
    ("Läkemedel hanteras enligt SOSFS 2000:1 (M).", "SOSFS 2000:1"),
    ("Ändringar behövs i lagen (1990:1404) om kommunernas betalningsansvar.", "1990:1404"),
    ("Hon ska upphöra med det som strider mot personuppgiftslagen (1998:204).", "1998:204"),
]

RIGHT = [
    "Bestämmelser om individuell plan finns i 10 kap. 8 § socialtjänstlagen (2025:400).",
    "Barnets bästa beaktas enligt 3 kap. 1 § SoL.",
    "Stödet till anhöriga regleras i 13 kap. 9 § SoL.",
    "Individuell plan regleras i 16 kap. 4 § HSL.",
    "Parten får ta del av underlaget enligt 10 § förvaltningslagen (2017:900).",
    "SoL och HSL styr arbetet, liksom socialtjänstlagen i övrigt.",
    "Ledningssystemet följer SOSFS 2011:9.",
    "Lagen (1990:1404) om kommunernas betalningsansvar upphävdes 2018.",
    "Enligt förslaget ska lagen (1990:1404) om kommunernas betalningsansvar upphävas.",
    "Lag (2002:378) om ändring i socialtjänstlagen (2001:453)",
    "Dataskyddsförordningen ersätter personuppgiftslagen.",
    "Nämnden avslog ansökan om bistånd enligt 6 § socialtjänstlagen (1980:620).",
    "Under de år som SOSFS 2000:1 gällt har arbetssätten ändrats.",
    "SFS 1982:763. Hälso- och sjukvårdslag. Stockholm: Socialdepartementet.",
    "”Enligt 3 f § HSL ska en plan göras”, stod det i svaret.",
    "Den gamla sekretesslagen (1980:100) gäller inte.",
    "År 2010 infördes individuell plan i socialtjänstlagen (2001:453).",
]

TRANSITIONAL = [
    "Ärenden som kommit in före den 1 juli 2025 handläggs enligt socialtjänstlagen (2001:453).",
    "För beslut som fattats före den 1 juli 2018 gäller fortfarande förvaltningslagen (1986:223).",
]


@pytest.mark.parametrize(("text", "act"), ENDED)
def test_a_citation_of_a_repealed_act_is_told(checker: Checker, text: str, act: str) -> None:
    found = told(checker, text)
    assert [each.concepts[0].partition("#")[2] for each in found] == [act]


@pytest.mark.parametrize("text", RIGHT)
def test_what_applies_or_tells_of_then_is_left(checker: Checker, text: str) -> None:
    assert told(checker, text) == []


@pytest.mark.parametrize("text", TRANSITIONAL)
def test_what_transitional_provisions_keep_is_told_mildly(checker: Checker, text: str) -> None:
    assert [each.severity for each in told(checker, text)] == ["info"]


def test_an_abbreviation_means_the_act_that_the_document_gives_it_to(checker: Checker) -> None:
    text = "Skyldigheten finns i socialtjänstlagen (2001:453), SoL. Andra bör anmäla enligt 3 kap. 1 § SoL."
    assert [each.value for each in told(checker, text)] == ["socialtjänstlagen (2001:453)", "3 kap. 1 § SoL"]
    new = text.replace("2001:453", "2025:400")
    assert told(checker, new) == []


def test_sections_between_two_acts_belong_to_the_next(checker: Checker) -> None:
    found = told(checker, "Planen grundas på hälso- och sjukvårdslagen, 2 kap. 7 § socialtjänstlagen.")
    assert [each.value for each in found] == ["2 kap. 7 § socialtjänstlagen"]


def test_a_document_is_judged_by_its_own_day(checker: Checker) -> None:
    text = "Planen görs enligt 2 kap. 7 § SoL. Antagen av nämnden 2023-03-01."
    assert told(checker, text, None) == []
    assert len(told(checker, text.replace("2023", "2026"), None)) == 1
