"""termbank suggest: a text, a column, the forms of output, and what cannot be read."""

import csv
import io
import json
from pathlib import Path

import pytest
from command import run

import termbank
from termbank.model import Concept, Term, Vocabulary

TITLES = {"J20": "Akut bronkit", "J42": "Kronisk bronkit", "S62": "Fraktur på handled och hand"}


@pytest.fixture
def bank(isolated: Path) -> Path:
    from termbank.store.build import build

    concepts = [Concept(id=code, terms=(Term(text=title),)) for code, title in TITLES.items()]
    path = isolated / "liten.bank"
    build(
        path,
        [
            Vocabulary(
                id="sjukdomar", title="Sjukdomar", url="https://sjukdomar.example/", version="1", concepts=concepts
            )
        ],
    )
    return path


@pytest.fixture
def column(isolated: Path) -> Path:
    path = isolated / "lokala.csv"
    path.write_text("id;lokal term\n1;akut brokit\n2;=SUMMA(A1)\n3;handledsfraktur\n4;\n", encoding="utf-8")
    return path


def test_a_text(bank: Path) -> None:
    ran = run("suggest", "akut brokit", "--to", "sjukdomar", "--bank", bank, "--lang", "sv", "--limit", 1)
    assert ran.code == 0
    assert "J20          Akut bronkit" in ran.out
    assert "samma ord: akut; brokit kan vara felskrivet för bronkit" in ran.out
    ran = run("suggest", "surdegsbröd", "--to", "sjukdomar", "--bank", bank, "--lang", "en")
    assert (ran.code, ran.out) == (1, "surdegsbröd\n  Nothing was found for surdegsbröd.\n")


def test_a_column_as_csv(bank: Path, column: Path) -> None:
    ran = run("suggest", column, "--to", "sjukdomar", "--bank", bank, "--format", "csv", "--min-score", 0.2)
    assert ran.code == 1, "one term has no suggestion"
    rows = list(csv.DictReader(io.StringIO(ran.out), delimiter=";"))
    assert [(row["line"], row["text"], row["code"]) for row in rows] == [
        ("2", "akut brokit", "J20"),
        ("3", "'=SUMMA(A1)", ""),
        ("4", "handledsfraktur", "S62"),
    ]


def test_a_column_as_json_lines(bank: Path, column: Path) -> None:
    ran = run("suggest", column, "--to", "sjukdomar", "--bank", bank, "--format", "jsonl", "--column", "Lokal term")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["line"] for row in rows] == [2, 3, 4]
    best = rows[0]["suggestions"][0]
    assert best["coding"] == {"system": "sjukdomar", "code": "J20", "version": "1", "display": "Akut bronkit"}
    assert {reason["kind"] for reason in best["reasons"]} == {"same", "misspelled"}


def test_a_column_of_a_sheet(bank: Path, isolated: Path) -> None:
    import xlsxwriter

    path = isolated / "lokala.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, cell in enumerate(("term", "handledsfraktur", "akut bronkit")):
            sheet.write(at, 0, cell)
    ran = run("suggest", path, "--to", "sjukdomar", "--bank", bank, "--format", "json", "--limit", 1)
    assert [row["suggestions"][0]["coding"]["code"] for row in json.loads(ran.out)] == ["S62", "J20"]


def test_rows_that_cannot_be_read_are_said(bank: Path, column: Path) -> None:
    column.write_text("id;lokal term\n1;akut bronkit\n2\n", encoding="utf-8")
    ran = run("suggest", column, "--to", "sjukdomar", "--bank", bank, "--lang", "en")
    assert ran.code == 1
    assert ran.err == f"{column}:3: The row has 1 fields, the header 2.\n"


def test_earlier_decisions(bank: Path, isolated: Path) -> None:
    decided = isolated / "beslut.sssom.tsv"
    decided.write_text(
        "#curie_map:\n#  sjukdomar: https://sjukdomar.example/#\n#license: https://l/\n#mapping_set_id: https://s/\n"
        "subject_label\tsubject_type\tpredicate_id\tobject_id\tmapping_justification\treviewer_label\n"
        "trög luftrörskatarr\trdfs literal\tskos:exactMatch\tsjukdomar:J42\tsemapv:ManualMappingCuration\tMaj Ek\n",
        encoding="utf-8",
    )
    command = ("suggest", "trög luftrörskatarr", "--to", "sjukdomar", "--bank", bank, "--lang", "sv")
    assert run(*command).code == 1
    ran = run(*command, "--decisions", decided)
    assert "0,99  J42" in ran.out and "har tidigare mappats hit (Maj Ek" in ran.out, ran


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("finns-inte.csv", "--to", "sjukdomar"), "there is no such file"),
        (("hosta", "--to", "sjukdomar", "--column", "term"), "no CSV or XLSX file"),
        (("hosta", "--to", "finnsinte"), "not in the bank"),
        (("hosta",), "--to"),
        (("hosta", "--to", "sjukdomar", "--limit", "0"), "--limit"),
    ],
)
def test_what_is_wrong(bank: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run("suggest", *arguments, "--bank", bank, "--lang", "en")
    assert ran.code == 2 and said in ran.err.replace("\n", " ")


def test_which_column(bank: Path, column: Path) -> None:
    ran = run("suggest", column, "--to", "sjukdomar", "--bank", bank, "--column", "namn")
    assert ran.code == 2 and "the columns are id, lokal term" in ran.err
    column.write_text("a;b\n1;2\n", encoding="utf-8")
    ran = run("suggest", column, "--to", "sjukdomar", "--bank", bank)
    assert ran.code == 2 and "--column" in ran.err


def test_a_fragment_says_that_it_is_one(isolated: Path) -> None:
    ran = run("suggest", "upprätta SIP", "--to", "kva", "--lang", "en", "--limit", 1)
    assert ran.code == 0 and "AU124" in ran.out and "kva|2026" in ran.out.splitlines()[-1]
    assert termbank.__version__
