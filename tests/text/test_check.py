"""What a checker tells of a document: once for each concept, on its day, as heavy as the settings say."""

import datetime
from collections.abc import Iterator

import pytest

import termbank
from termbank.bank import Bank
from termbank.documents.document import Document, Remark, Segment
from termbank.documents.plain import document
from termbank.model import Edit, Finding
from termbank.text.check import _apart
from termbank.text.hits import Hit
from termbank.text.settings import Override, Settings

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    with termbank.open() as opened:
        yield opened


def told(bank: Bank, text: str, on: datetime.date | None = TODAY, **settings: object) -> list[Finding]:
    return bank.checker(Settings(**settings)).check(document(text), on)  # type: ignore[arg-type]


def brief(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(each.rule, each.value) for each in findings]


TWICE = "Landstinget ansvarar för insatsen. SKL stöder landstinget, och SKL bedömer att landstingen räcker till."


def test_one_finding_for_each_concept_with_every_edit(bank: Bank) -> None:
    findings = told(bank, TWICE)
    assert brief(findings) == [("superseded-term", "Landstinget"), ("superseded-term", "SKL")]
    assert findings[0].location and (findings[0].location.line, findings[0].location.column) == (1, 1)
    assert [each.text for each in findings[0].edits] == ["Regionen", "regionen", "regionerna"]
    assert [TWICE[each.start : each.end] for each in findings[1].edits] == ["SKL", "SKL"]
    assert (findings[0].hint or "").endswith("2 till i dokumentet.")
    assert not (told(bank, "SKL stöder detta.")[0].hint or "").endswith("dokumentet.")


def test_every_place_where_that_is_asked(bank: Bank) -> None:
    findings = told(bank, TWICE, every=True)
    assert [each.value for each in findings] == ["Landstinget", "SKL", "landstinget", "SKL", "landstingen"]
    assert all(len(each.edits) == 1 for each in findings)


def test_the_same_string_under_two_rules_is_two_findings(bank: Bank) -> None:
    findings = told(bank, "Personer med handikapp får stöd av SKL. Handikapp är vanligt.")
    assert brief(findings) == [("deprecated-term", "handikapp"), ("superseded-term", "SKL")]
    assert findings[0].edits == (), "only the author can tell which is meant"


@pytest.mark.parametrize(
    ("text", "on", "found"),
    [
        ("Landstinget ansvarar för insatsen.", None, True),
        ("Landstinget ansvarar för insatsen.", datetime.date(2015, 5, 1), False),
        ("Fastställd 2015-05-01\n\nLandstinget ansvarar för insatsen.", None, False),
        ("Fastställd 2015-05-01\n\nLandstinget ansvarar för insatsen.", TODAY, True),
        ("Fastställd 2026-05-01\n\nLandstinget ansvarar för insatsen.", None, True),
    ],
)
def test_a_document_is_judged_for_its_day(bank: Bank, text: str, on: datetime.date | None, found: bool) -> None:
    assert bool(told(bank, text, on)) is found


def test_severity_as_the_settings_say(bank: Bank) -> None:
    text = "SKL ger stöd vid handikapp."
    assert [each.severity for each in told(bank, text)] == ["warning", "warning"]
    assert [each.severity for each in told(bank, text, severity={"superseded-term": "error"})] == ["error", "warning"]


def test_rules_are_chosen_by_the_file_too(bank: Bank) -> None:
    checker = bank.checker(Settings(overrides=(Override(path="Arkiv/*", ignore=("superseded-term",)),)))
    for path, count in (("Rutiner/a.txt", 1), ("Rutiner/Arkiv/a.txt", 0)):
        assert len(checker.check(document("SKL gör detta.", path), TODAY)) == count


def test_the_language_of_hints(bank: Bank) -> None:
    checker = bank.checker()
    text = document("Personer med handikapp.")
    assert (checker.check(text, TODAY, "sv")[0].hint or "").startswith("Vad menas?")
    assert (checker.check(text, TODAY, "en")[0].hint or "").startswith("Which is meant?")


def hit(rule: str, start: int, end: int, edit: str | None = "x") -> Hit:
    return Hit(rule, start, end, rule, edit=edit)


@pytest.mark.parametrize(
    ("hits", "kept"),
    [
        ([hit("a", 0, 5), hit("b", 0, 9)], [("b", 0)]),
        ([hit("a", 0, 9), hit("b", 3, 5)], [("a", 0)]),
        ([hit("a", 0, 9), hit("b", 3, 5, None)], [("a", 0), ("b", 3)]),
        ([hit("a", 0, 9), hit("b", 9, 12)], [("a", 0), ("b", 9)]),
        ([hit("a", 0, 20), hit("c", 2, 4, None), hit("b", 10, 12)], [("a", 0), ("c", 2)]),
        ([hit("a", 0, 9), hit("a", 3, 5)], [("a", 0), ("a", 3)]),
    ],
)
def test_two_rules_do_not_change_the_same_words(hits: list[Hit], kept: list[tuple[str, int]]) -> None:
    assert [(each.rule, each.start) for each in _apart(hits)] == kept


def test_what_the_author_ignores_hides_nothing_else(bank: Bank) -> None:
    text = "SKL ger stöd vid handikapp."
    for said, left in (
        ("termbank: ignore superseded-term", ["deprecated-term"]),
        ("termbank: ignore", []),
        ("termbank: ignore, det handlar om dåtid", []),
        ("Titta på det här", ["superseded-term", "deprecated-term"]),
    ):
        remarks = (Remark(0, len(text), said),)
        silent = Document("a.docx", "docx", text, (Segment(0, len(text)),), remarks=remarks)
        assert [each.rule for each in bank.checker().check(silent, TODAY)] == left, said


def test_an_edit_is_the_edit_of_its_own_words(bank: Bank) -> None:
    findings = told(bank, TWICE, every=True)
    for each in findings:
        assert each.location is not None
        assert each.edits == (Edit(start=each.location.start, end=each.location.end, text=each.edits[0].text),)


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "samverkan" * 30_000, "vård-" * 20_000, "_a" * 20_000, "7, 8, " * 5_000, "0123456789abcdef" * 5_000,
     "12-" * 8_000, "a@" * 8_000, "KVÅ " + "A12" * 50 + "! B34", "SIP " * 5_000, "samverkar " * 5_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_what_no_one_writes_is_read_through(bank: Bank, text: str) -> None:
    assert told(bank, text) == []
