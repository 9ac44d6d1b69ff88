"""Terms advised against and names that were replaced: which are told, and where they stand rightly."""

import datetime
from collections.abc import Iterator

import pytest

import termbank
from termbank.documents.plain import document
from termbank.text.check import Checker
from termbank.text.settings import Settings

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def checkers() -> Iterator[dict[str, Checker]]:
    with termbank.open() as bank:
        rules = ("deprecated-term", "superseded-term")
        yield {rule: bank.checker(Settings(select=(rule,))) for rule in rules}


def told(checker: Checker, text: str) -> list[str]:
    return [finding.value or "" for finding in checker.check(document(text), TODAY)]


SUPERSEDED = [
    ("Kommunen och landstinget delar kostnaden för hjälpmedlen.", "landstinget"),
    ("Avtalet reglerar kommuners och landstings ansvar.", "landstings"),
    ("Det finns en nämnd i varje landsting.", "varje landsting"),
    ("Sedan 2014 ansvarar landstinget för läkarinsatserna.", "landstinget"),
    ("Om patienten tidigare har rullstol meddelas landstinget.", "landstinget"),
    ("När insatsen upphör meddelas landstinget samma dag.", "landstinget"),
    ("Landstinget ersätter vårdgivaren för utlägg.", "Landstinget"),
    ("Nämnden beslutade att landstinget ska bjudas in.", "landstinget"),
    ("Avtalet med landstinget gäller till och med 2027-12-31.", "landstinget"),
    ("Stöd till äldre ges av landstinget.", "landstinget"),
    ("I den så kallade ledningsgruppen sitter även landstinget.", "landstinget"),
    ("Träningen leds av sjukgymnast två gånger i veckan.", "sjukgymnast"),
    ("Sjukgymnasten bedömer gångförmågan.", "Sjukgymnasten"),
    ("Enligt SKL bör avgiften höjas.", "SKL"),
    ("Avgiften följer SKL:s cirkulär.", "SKL:s"),
    ("Stöd ges även av MSB och länsstyrelsen.", "MSB"),
    ("Myndigheten Handisam ska samordna arbetet.", "Handisam"),
    ("Förfrågan ställs till Hjälpmedelsinstitutet.", "Hjälpmedelsinstitutet"),
    ("Beslutet kan överklagas till länsrätten inom tre veckor.", "länsrätten"),
    ("Tillsynen utövas av Datainspektionen.", "Datainspektionen"),
    ("Kallelsen skickas via Mina vårdkontakter.", "Mina vårdkontakter"),
    ("Boka tid via 1177 Vårdguiden.", "1177 Vårdguiden"),
    ("Handikapprådet sammanträder fyra gånger om året.", "Handikapprådet"),
    ("Handikappförbunden har fått lämna synpunkter på planen.", "Handikappförbunden"),
    ("Journalerna delas genom sammanhållen journalföring.", "sammanhållen journalföring"),
    ("Besöksorsaken skrivs i journalen.", "Besöksorsaken"),
    ("Programmet (PGÄ, 2009) stödjer kommuner och landsting.", "landsting"),
    ("Örebro läns landsting tar emot remissen.", "Örebro läns landsting"),
]

OF_THEN = [
    "Vården sköttes av landstinget.",
    "Landstinget ansvarade för sjukhemmen.",
    "Huvudmän var staten (under Socialdepartementet) och Sveriges Kommuner och Landsting.",
    "Sjukhemmet, som drevs av landstinget, ligger vid ån.",
    "Regionen beslutade att bjuda in landstinget.",
    "Kvinnan överklagade till länsrätten, som avslog hennes begäran.",
    "Länsrättens beslut överklagades av modern.",
    "Varför översändes inte handlingarna till länsrätten?",
    "Till utredare förordnades handläggaren Per Nylund, Sveriges Kommuner och Landsting.",
    "Det visar en rapport från Hjälpmedelsinstitutet år 2012.",
    "I överenskommelsen för 2013 mellan regeringen och SKL anges målen.",
    "Underlaget (SKL, 2015) används i kursen.",
    "Enligt prop. 2008/09:193 ska landstinget göra en plan.",
    "Dåvarande landstinget byggde huset.",
    "Frågan togs upp av det tidigare landstinget.",
    "Landstinget, numera Region Örebro län, äger huset.",
    "Landstinget (nuvarande regionen) skrev avtalet.",
    "På 1980-talet fanns en landstingspolitiker i varje nämnd, och landstinget växer.",
    "För trettio år sedan ansvarar landstinget för allt.",
    "Hjälpmedelsinstitutet blir en del av Handisam.",
    "Handisam bör byta namn, sägs det i förslaget.",
    "Landstinget läggs ned vid årsskiftet.",
    "Beteckningen landsting avskaffas.",
    "Landsting som begrepp kan fasas ut.",
    "I Finland har landstingen andra uppgifter.",
    "HSO blir Funktionsrätt Sverige.",
    "SKR (tidigare Sveriges Kommuner och Landsting) ger råd.",
    "Funktionsrätt Sverige, tidigare bland annat Handikappförbundens samarbetsorgan (HSO), ger råd.",
    "Statens kriminaltekniska laboratorium (SKL) tar emot proven. SKL svarar inom en vecka.",
]

NOT_THE_AUTHORS = [
    "”Landstinget sviker oss”, sade en av demonstranterna.",
    "Mottagningen ligger på Landstingsvägen 4.",
    "lagen (2006:544) om kommuners och landstings åtgärder inför och vid extraordinära händelser",
    "Källa: Hjälpmedelsinstitutet, Handikappförbunden.",
    "© Myndigheten för samhällsskydd och beredskap (MSB)",
    "Landstingsförbundet (1999). Vård i samverkan. Stockholm: Landstingsförbundet.",
    "[4] Socialstyrelsen, SKL. Trygg läkemedelshantering, 2009.",
    "Läs mer på www.skl.se eller i handboken landstinget.pdf.",
]

TITLES_KEPT = [
    "Anna Berg, leg. sjukgymnast",
    "Mottagningen bemannas av Eva Lind, legitimerad sjukgymnast.",
    "Den som är legitimerad sjukgymnast får behålla titeln.",
    "Titeln sjukgymnast är fortfarande skyddad.",
    "Ring kommunens fysioterapeut/sjukgymnast.",
    "Sjukgymnast och fysioterapeut är samma yrke.",
    "Sjukgymnast Karin Ek tar emot på tisdagar.",
]

DEPRECATED = [
    ("I kommunen finns två ålderdomshem.", "ålderdomshem"),
    ("Ansökan om plats på servicehus görs hos handläggaren.", "servicehus"),
    ("Kommunens servicehus har egna restauranger.", "servicehus"),
    ("Personer med handikapp kan få färdtjänst.", "handikapp"),
    ("Alla barn är välkomna oavsett handikapp.", "handikapp"),
    ("Hinder som handikappet medför ska tas bort.", "handikappet"),
    ("Egenremiss kan skickas på papper.", "Egenremiss"),
    ("Beslut om terminalvård fattas av läkaren.", "terminalvård"),
    ("Vårdgivarna på nattpasset rapporterar muntligt.", "Vårdgivarna"),
]

GOOD_TERMS = [
    "Bristen på läkare är ett handikapp för vården.",
    "Den korta tiden blev ett stort handikapp för patienten.",
    "Han spelar golf med handikapp 18 trots sin sjukdom.",
    "Lagets handikapp i matchen var att ingen sjuk spelare ersattes.",
    "Termen handikapp undviks om personer.",
    "Genom 1918 års lag blev fattigstugorna ålderdomshem.",
    "Först fanns fattighus, och sedan kom ålderdomshemmen för hundra år sedan.",
    "Tidigare kallades äldreboendet ibland ålderdomshem.",
    "I slutet av 1940-talet byggdes huset. Det var ett ålderdomshem.",
    "Daretorps ålderdomshem. Privat ägo.",
    "Träffen hålls på servicehuset Solgården.",
    "Edebalk, P. G. (2020). Äldreboenden: Från ålderdomshem till särskilda boenden. Lunds universitet.",
    "Lag om service och stöd på grund av handikapp gäller för personer i kommunen.",
    "Vårdgivaren ska ha rutiner för hur legitimerad personal undersöker patienter.",
    "Uppgifter om patientens hälsotillstånd skyddas av sekretess.",
]


@pytest.mark.parametrize(("text", "name"), SUPERSEDED)
def test_an_old_name_of_the_present_is_told(checkers: dict[str, Checker], text: str, name: str) -> None:
    found = told(checkers["superseded-term"], text)
    assert len(found) == 1
    assert name.rsplit(maxsplit=1)[-1].lower() in found[0].lower()


@pytest.mark.parametrize("text", OF_THEN)
def test_an_old_name_of_its_own_time_is_left(checkers: dict[str, Checker], text: str) -> None:
    assert told(checkers["superseded-term"], text) == []


@pytest.mark.parametrize("text", NOT_THE_AUTHORS)
def test_what_the_author_did_not_write_is_left(checkers: dict[str, Checker], text: str) -> None:
    assert told(checkers["superseded-term"], text) == []


@pytest.mark.parametrize("text", TITLES_KEPT)
def test_a_title_that_its_holder_keeps_is_left(checkers: dict[str, Checker], text: str) -> None:
    assert told(checkers["superseded-term"], text) == []


@pytest.mark.parametrize(("text", "term"), DEPRECATED)
def test_a_deprecated_term_is_told(checkers: dict[str, Checker], text: str, term: str) -> None:
    assert told(checkers["deprecated-term"], text) == [term]


@pytest.mark.parametrize("text", GOOD_TERMS)
def test_another_sense_a_name_or_another_time_is_left(checkers: dict[str, Checker], text: str) -> None:
    assert told(checkers["deprecated-term"], text) == []


def test_an_old_document_may_use_the_names_of_its_day(checkers: dict[str, Checker]) -> None:
    text = document("Kommunen och landstinget delar kostnaden. Fastställd 2016-05-02.")
    assert checkers["superseded-term"].check(text) == []
    assert len(checkers["superseded-term"].check(text, TODAY)) == 1
