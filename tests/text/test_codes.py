"""Codes in texts: what is told of them, and what is no code."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

import termbank
from termbank.bank import Bank
from termbank.documents.document import Document, Segment
from termbank.documents.plain import document
from termbank.model import Concept, Term, Vocabulary
from termbank.text.hits import Hit
from termbank.text.rules.code_cues import coded
from termbank.text.rules.codes import CodeRule
from termbank.text.view import View
from termbank.text.zones import zones

TODAY = datetime.date(2026, 11, 22)


def _list(system: str, version: str, codes: dict[str, str], **header: object) -> Vocabulary:
    concepts = tuple(Concept(id=code, terms=(Term(text=title),)) for code, title in codes.items())
    fields = {"id": system, "version": version, "title": system, "content": "complete", "concepts": concepts, **header}
    return Vocabulary.model_validate(fields)


KVA = {"AU124": "Upprättande av samordnad individuell plan", "DU112": "Stödjande samtal", "XS012": "Information"}


@pytest.fixture(scope="module")
def bank() -> Bank:
    first = datetime.date(2026, 1, 1)
    return termbank.open().overlaid(
        [
            _list("kva", "2026", KVA, valid_from=first),
            _list(
                "kva",
                "2020",
                {**KVA, "DU007": "Stödjande samtal"},
                valid_from=datetime.date(2020, 1, 1),
                valid_to=datetime.date(2020, 12, 31),
            ),
            _list("icd-10-se", "2026", {"F32.1": "Medelsvår depressiv episod", "E11.9": "Diabetes"}, valid_from=first),
            _list("icf", "2026", {"d4501": "Att gå långa sträckor"}, valid_from=first),
            _list("ksi", "2026", {"XAH.20.75": "Upprättande av plan"}, valid_from=first),
            _list("atc", "2026", {"N02BE01": "Paracetamol"}, valid_from=first),
        ]
    )


def _view(text: str | Document, on: datetime.date | None = None) -> View:
    read = text if isinstance(text, Document) else document(text)
    return View(read, [], zones(read), on or TODAY, on is not None)


def _hits(bank: Bank, rule: str, text: str | Document, on: datetime.date | None = None) -> list[Hit]:
    return list(CodeRule(rule, bank.terminology).hits(_view(text, on)))


def _table(column: str, *cells: str) -> Document:
    segments, text = [], ""
    for cell in cells:
        segments.append(Segment(len(text), len(text) + len(cell), "cell", column=column))
        text += cell + "\n"
    return Document("a.xlsx", "xlsx", text, tuple(segments))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Samtalet registreras med KVÅ-kod AU198.", "AU198"),
        ("Åtgärdskoden är AU124 eller ZA999.", "ZA999"),
        ("Vid besvär anges diagnoskoden F32.9.", "F32.9"),
        ("Ange diagnoskod X99.", "X99"),
        ("Registrera DX123 (KVÅ) samma dag.", "DX123"),
        ("Gång beskrivs enligt ICF med d4599.", "d4599"),
        ("Insatsen har KSI-kod XAH.99.99.", "XAH.99.99"),
        ("Substansen har ATC-kod N02BE99.", "N02BE99"),
        ("Både ICD-10 och KVÅ används: F32.1 och AU199.", "AU199"),
        ("Följande KVÅ-koder används:\n\n- AU124 Upprättande\n- AU197 Uppföljning", "AU197"),
    ],
)
def test_a_code_beside_its_cue_that_is_in_no_list_is_told(bank: Bank, text: str, code: str) -> None:
    (hit,) = _hits(bank, "unknown-code", text)
    assert text[hit.start : hit.end] == code
    assert dict(hit.arguments)["code"] == code


@pytest.mark.parametrize(
    "text",
    [
        "Möte i rum F33 på plan 2, utskrivet på A4.",
        "Version 2.1 gäller vid E20, och vitamin B12 ges.",
        "Diagnoskod sätts av läkare. Patienten ligger på sal C12.",
        "Diagnoskoden sätts av läkare när provet visar brist på B12.",
        "KVÅ-kod AU124 används.",
        "KVÅ-kod F99.9 är ingen kod av den formen.",
        "Enligt KSH97-P är diagnoskoden J45-P.",
        "Enligt ICD-11 är koden en annan, diagnoskod F99.9.",
        "KVÅ-koden AU199 finns inte längre.",
        "”KVÅ-kod AU199” stod det i den gamla mallen.",
        "Koder som XX000 visar hur en KVÅ-kod skrivs: KVÅ-kod XX000.",
        "Kapitel F00-F99 i ICD-10 gäller psykiska sjukdomar.",
    ],
)
def test_what_is_no_code_or_is_right_is_not_told(bank: Bank, text: str) -> None:
    assert not _hits(bank, "unknown-code", text)
    assert not _hits(bank, "withdrawn-code", text)


def test_a_code_of_an_older_list_is_withdrawn_with_what_is_nearest(bank: Bank) -> None:
    (hit,) = _hits(bank, "withdrawn-code", "Stödjande samtal registreras med åtgärdskoden DU007.")
    assert dict(hit.arguments) == {
        "code": "DU007", "system": "kva|2026", "other": "kva|2020", "title": "Stödjande samtal",
    }  # fmt: skip
    assert hit.hint is not None and "DU112" in hit.hint[0]
    assert not _hits(bank, "unknown-code", "Stödjande samtal registreras med åtgärdskoden DU007.")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Under 2020 registrerades KVÅ-kod DU007 vid 340 besök.", None),
        ("KVÅ-kod DU007 togs bort.", None),
        ("I KVÅ 2020 heter koden DU007.", None),
        ("Använd KVÅ-kod DU007.", datetime.date(2020, 5, 1)),
        ("Använd KVÅ-kod DU007.", datetime.date(2023, 5, 1)),
    ],
)
def test_a_withdrawn_code_is_not_told_of_the_time_when_it_was_right(
    bank: Bank, text: str, on: datetime.date | None
) -> None:
    assert not _hits(bank, "withdrawn-code", text, on)


def test_a_fragment_never_says_that_a_code_is_unknown(isolated: Path) -> None:
    shipped = termbank.open()
    assert not _hits(shipped, "unknown-code", "Registreras med KVÅ-kod ZZ998 och diagnoskod F99.9.")


def test_a_list_of_unknown_dates_says_nothing_of_older_documents(isolated: Path) -> None:
    own = termbank.open().overlaid([_list("kva", "2026", KVA)])
    text = "Använd KVÅ-kod DU007."
    assert _hits(own, "unknown-code", text)
    assert not _hits(own, "unknown-code", text, datetime.date(2019, 1, 1))
    assert _hits(own, "unknown-code", text, datetime.date(2026, 6, 1))


def test_a_code_whose_time_is_over_is_withdrawn(isolated: Path) -> None:
    gone = Concept(id="AB123", terms=(Term(text="Gammal"),), valid_to=datetime.date(2024, 12, 31))
    listed = _list("kva", "2026", KVA, valid_from=datetime.date(2024, 1, 1))
    own = termbank.open().overlaid([listed.with_(concepts=(*listed.concepts, gone))])
    (hit,) = _hits(own, "withdrawn-code", "Använd KVÅ-kod AB123.")
    assert dict(hit.arguments)["other"] == "kva|2026, –2024-12-31"


@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("KVÅ-kod", ("AU124", "AU199 Samtal"), ["AU199"]),
        ("Diagnos (ICD-10)", ("F32.1, F99.9", "utan kod"), ["F99.9"]),
        ("Kod", ("AU124", "DU112", "XS012", "AU199"), ["AU199"]),
        ("Kod", ("AU124", "AU199", "AU198"), []),
        ("Rum", ("F33", "F34"), []),
        ("Lokal kod", ("AU124", "DU112", "XS012", "AU199"), []),
        ("KVÅ 2020", ("AU124", "DU007", "AU199"), []),
        ("Anmärkning", ("Enligt KVÅ-kod AU199",), ["AU199"]),
    ],
)
def test_the_heading_of_a_column_is_a_cue(bank: Bank, column: str, cells: Sequence[str], told: list[str]) -> None:
    table = _table(column, *cells)
    assert [table.text[hit.start : hit.end] for hit in _hits(bank, "unknown-code", table)] == told


def test_the_nearest_cue_whose_codes_look_so_decides() -> None:
    view = _view("ICD-10-SE och KVÅ: F32.1 med AU124.")
    assert [(each.code, each.system) for each in coded(view)] == [("F32.1", "icd-10-se"), ("AU124", "kva")]
