"""What `sam-usage` asks about, what it leaves alone, and how well it does on the labelled sentences."""

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from termbank.documents.document import Document, Segment
from termbank.model.rules import rule
from termbank.text.hits import Hit
from termbank.text.rules.sam_usage import ENABLED, SamUsage
from termbank.text.view import View
from termbank.text.zones import zones

LABELLED = Path(__file__).resolve().parents[1] / "labelled" / "sam_usage.tsv"
RULE = SamUsage()


def hits(text: str) -> list[Hit]:
    segments, start = [], 0
    for paragraph in text.split("\n\n"):
        segments.append(Segment(start, start + len(paragraph)))
        start += len(paragraph) + 2
    document = Document("a.txt", "text", text, tuple(segments))
    return list(RULE.hits(View(document, [], zones(document), datetime.date(2026, 1, 1))))


def told(text: str) -> list[tuple[str, str, str]]:
    return [(hit.key.partition("/")[0], hit.arguments[0][1], hit.arguments[1][1]) for hit in hits(text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kommunen vill samverka resurserna bättre.", "samverka"),
        ("Teamet samverkar sina insatser varje måndag.", "samverkar"),
        ("Vi behöver samverka vård- och omsorgsinsatserna.", "samverka"),
        ("Enheterna samverkar scheman.", "samverkar"),
        ("Insatserna ska samverkas så att inget dubbelarbete uppstår.", "samverkas"),
        ("Hur kan resurserna samverkas?", "samverkas"),
        ("Patienten ska få samverkade insatser.", "samverkade"),
        ("Insatserna är inte samverkade.", "samverkade"),
        ("Kommunerna har börjat samarbeta inköpen.", "samarbeta"),
        ("Två mottagningar samarbetar sina besökstider.", "samarbetar"),
        ("I dag samverkar hemtjänsten och hemsjukvården sina scheman.", "samverkar"),
        ("Vi vill sam\u00adverka resurserna.", "samverka"),
    ],
)
def test_object_passive_and_participle_are_asked_about(text: str, word: str) -> None:
    assert told(text) == [("syntax", word, "samordna")]


@pytest.mark.parametrize(
    "text",
    [
        "Parterna samverkar varje vecka och samarbetar hela dagen.",
        "Vi samverkar om insatserna.",
        "Så samverkar vården. När samverkar enheterna? Här samarbetar kommunen och regionen.",
        "I planen samverkar insatserna från två huvudmän.",
        "För att samverka krävs resurser.",
        "Genom att samverka frigörs resurser.",
        "När patienten skrivs ut samverkar vården och omsorgen.",
        "Att planera, samverka och följa upp insatser tar tid.",
        "Vi ska samverka med och stödja aktörer.",
        "Organisationer som samverkar är samverkande parter.",
        "Det samverkas kring insatserna.",
        "Kommunerna behöver samverka vården emellan.",
        "Frågan har samverkats i FSG.",
        "Resurserna samverkas med facket.",
        "Kommunerna samverkar resurserna i krisberedskapen.",
        "Han skrev att de ”samverkar insatserna”.",
        "Uttrycket samverka insatserna bör undvikas.",
        "Samverka gärna tidigt.",
    ],
)
def test_other_syntax_is_left_alone(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        ("Sjuksköterskan och läkaren samverkar vid katetersättningen.", "samverkar", "samarbeta"),
        ("Fysioterapeuten samverkar med arbetsterapeuten om Eriks gångträning.", "samverkar", "samarbeta"),
        ("Två undersköterskor samverkar vid förflyttningen till stolen.", "samverkar", "samarbeta"),
        ("Duschningen sker i samverkan mellan undersköterskan och vårdbiträdet.", "samverkan", "samarbete"),
        ("Undersköterskan lägger om såret i samverkan med sjuksköterskan.", "samverkan", "samarbete"),
    ],
)
def test_a_delimited_task_of_professionals_is_asked_about(text: str, word: str, better: str) -> None:
    assert told(text) == [("samverkan-for-task", word, better)]


@pytest.mark.parametrize(
    "text",
    [
        "Läkare och sjuksköterskor samverkar i vården av äldre.",
        "Sjuksköterskan och läkaren samverkar regelbundet om rutinerna.",
        "Sjuksköterskan och läkaren samverkar kring patienten, och en ny operation planeras.",
        "Sjuksköterskan och läkaren samarbetade vid omläggningen.",
        "På individnivå samverkar kuratorn och läkaren vid hembesöket.",
        "Vid utskrivningen samverkar sjuksköterskan och biståndshandläggaren enligt lagen.",
        "Regionen och kommunen samverkar vid hembesöket.",
        "”Sjuksköterskan och läkaren samverkar vid omläggningen” står det.",
    ],
)
def test_other_samverkan_is_left_alone(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        (
            "Regionledningen och kommunledningarna samarbetar för en god och nära vård i länet.",
            "samarbetar",
            "samverka",
        ),
        ("Huvudmännens strategiska samarbete ska ge en jämlik hälsa i regionen.", "samarbete", "samverkan"),
        ("På ett övergripande plan samarbetar kommunerna för en jämlik vård.", "samarbetar", "samverka"),
    ],
)
def test_an_overarching_purpose_of_managements_is_asked_about(text: str, word: str, better: str) -> None:
    assert told(text) == [("samarbete-for-overarching", word, better)]


@pytest.mark.parametrize(
    "text",
    [
        "Region och kommun samarbetar för en jämlik vård.",
        "Nämnderna samarbetar om en ny mottagning för god vård i länet.",
        "Målbilden för jämlik vård i länet togs fram i samarbete mellan förvaltningscheferna.",
        "Ledningarna samverkar för en god vård i hela länet.",
        "Ledningarna har samarbete och samverkan för en god vård i hela länet.",
        "Förvaltningscheferna samarbetar bra.",
    ],
)
def test_other_samarbete_is_left_alone(text: str) -> None:
    assert not told(text)


def test_a_hit_has_its_reason_in_both_languages_and_never_an_edit() -> None:
    (hit,) = hits("Inledning.\n\nHär står mer. Koordinatorn samverkar insatserna.")
    assert hit.rule == "sam-usage" and rule(hit.rule).severity == "info" and hit.severity is None and hit.edit is None
    assert hit.concepts == ("termbank#samverkan", "termbank#samordning")
    assert hit.hint and all("insatserna" in text and "samverkar" in text for text in hit.hint)
    assert hit.key == "syntax/samverkan"


def test_the_domain_of_the_paragraph_counts_but_not_that_of_another() -> None:
    assert not hits("Detta gäller samverkan enligt MBL. Chefen ska samverka scheman.")
    assert hits("Detta gäller samverkan enligt MBL.\n\nVi vill samverka scheman.")


@pytest.mark.parametrize("split", ["dev", "test"])
def test_precision_and_recall_on_the_labelled_sentences(split: str) -> None:
    right, wrong, wanted = Counter[str](), Counter[str](), Counter[str]()
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == split]
    for row in rows:
        at = row["text"].find(row["target"])
        wanted[row["label"]] += 1
        for hit in hits(row["text"]):
            pattern = hit.key.partition("/")[0]
            (right if hit.start == at and pattern == row["label"] else wrong)[pattern] += 1
    for pattern in ENABLED:
        assert right[pattern] >= 0.9 * (right[pattern] + wrong[pattern])
        assert right[pattern] >= 0.4 * wanted[pattern]
    assert right.total() >= 0.5 * (wanted.total() - wanted["right"])


def test_a_word_is_asked_about_once_in_a_text_without_full_stop() -> None:
    text = "och planen för vården " * 100 + ", Koordinatorn samverkar insatserna, " + "och samverkan för vården " * 100
    found = [hit.start for hit in hits(text)]
    assert len(found) == len(set(found))
