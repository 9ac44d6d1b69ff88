"""Reviews in a spreadsheet: drop-downs and locks, what comes back, and what people and other programs do to a sheet."""

import datetime
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_making import DAY, code, decide, proposed, review, stated

from termbank.errors import FormatError
from termbank.mapping.review import sheet as review_sheet
from termbank.mapping.review import sheet_reading as review_sheet_reading
from termbank.mapping.review.returned import Returned, of_set
from termbank.mapping.review.reviewing import EXACT, Decision, Review
from termbank.mapping.review.words import DECISIONS, RELATIONSHIPS
from termbank.model import Coding, Mapping, MappingSet

CODE, TITLE, OPTIONS, DECISION, OBJECT, RELATION, COMMENT, STANDING, ID, STATE, WAS = range(1, 12)


def begun(by: str = "Anna") -> Review:
    return review(
        stated("A", "X", confidence=0.9), stated("A", "Y", "skos:broadMatch"), proposed("B", "X"),
        proposed("B", "Z", 0.5), stated("C", None), stated("D", "X", reviewer="Per"), subjects=[code("E")], by=by,
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    review_sheet.write(begun(), tmp_path / "blad.xlsx")
    return tmp_path / "blad.xlsx"


def edit(path: Path, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def rows_of(sheet: Any) -> dict[str, int]:
    """Return the last row of each code."""
    return {str(sheet.cell(row, CODE).value): row for row in range(2, sheet.max_row + 1)}


def fill(path: Path, subject: str, **cells: str | None) -> None:
    columns = {"decision": DECISION, "object": OBJECT, "relation": RELATION, "comment": COMMENT, "code": CODE, "id": ID}

    def change(sheet: Any) -> None:
        for name, value in cells.items():
            sheet.cell(rows_of(sheet)[subject], columns[name]).value = value

    edit(path, change)


def find(text: str) -> Coding | None:
    return code(text, "ksi") if text == "W" else None


def read(path: Path, into: Review | None = None) -> Returned:
    found = review_sheet_reading.read(path, into or begun(), find)
    assert found.rows == len(found.decisions) + found.unchanged + found.already + found.refused
    assert found.refused <= len(found.findings) + 1
    return found


def test_what_a_person_sees(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert book.sheetnames[:2] == ["Granskning", "Läs mig"]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible", "visible", "hidden", "hidden"]
    assert [sheet.cell(1, column).value for column in range(1, 9)] == [
        "Kod", "Benämning", "Att ta ställning till", "Beslut", "Motsvarighet", "Relation", "Kommentar", "Läge",
    ]  # fmt: skip
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref == "A1:H7"
    assert [sheet.cell(row, CODE).value for row in range(2, 8)] == ["A", "A", "B", "C", "D", "E"]
    assert sheet.cell(2, OPTIONS).value == "X Titel X – samma, 0,9\n   Eva: Evas skäl"
    assert sheet.cell(4, OPTIONS).value == "1. X Titel X – samma, 0,9\n2. Z Titel Z – samma, 0,5"
    assert [sheet.cell(row, DECISION).value for row in range(2, 8)] == [None] * 4 + ["godta", None]
    assert [sheet.cell(row, OBJECT).value for row in (2, 4, 5)] == ["X Titel X", "X Titel X", None]
    assert sheet.cell(6, STANDING).value == "godtagen av Per"
    hidden = sheet.column_dimensions["I"]
    assert hidden.hidden and (hidden.min, hidden.max) == (ID, WAS)


def test_the_drop_downs(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert lists["D2:D7"] == f'"{",".join(swedish for swedish, _ in DECISIONS.values())}"'
    assert lists["F2:F7"] == "'termbank'!$D$1:$D$5"
    assert [book["termbank"][f"D{row}"].value for row in range(1, 6)] == [sv for sv, _ in RELATIONSHIPS.values()]
    start, end = lists["E4"].removeprefix("'termbank-options'!").replace("$", "").split(":")
    assert [cell[0].value for cell in book["termbank-options"][start:end]] == ["X Titel X", "Z Titel Z"]


def test_only_what_is_to_be_filled_in_is_unlocked(path: Path) -> None:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.protection.sheet and not sheet.protection.password
    unlocked = {cell.column for row in sheet.iter_rows(min_row=2) for cell in row if not cell.protection.locked}
    assert unlocked == {DECISION, OBJECT, RELATION, COMMENT}


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    nasty = Coding(system="kva", code="=1+1", display="@SUM(A1)")
    row = Mapping(subject=nasty, object=Coding(system="ksi", code="-A1", display="=x"), predicate=EXACT, comment="=y")
    some = Review(MappingSet(id="prov", mappings=(row,)), "Anna", DAY)
    review_sheet.write(some, tmp_path / "a.xlsx")
    cells = [
        cell for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx") for line in sheet.iter_rows() for cell in line
    ]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=@"]
    assert read(tmp_path / "a.xlsx", some).unchanged == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet.worksheets[0].cell(2, DECISION).value = "godta"
    sheet.save(tmp_path / "a.xlsx")
    ((_, decision, _),) = read(tmp_path / "a.xlsx", some).decisions
    assert decision.option == row


def test_texts_longer_than_a_cell(tmp_path: Path) -> None:
    words = Coding(system="rdfs:Literal", code="ord " * 10_000, display="ord " * 10_000)
    row = proposed("A", "X").model_copy(update={"comment": "skäl " * 10_000, "subject": words})
    some = Review(MappingSet(id="prov", mappings=(row,)), "Anna", DAY)
    review_sheet.write(some, tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", some)
    assert found.unchanged == 1 and not found.findings


def test_a_candidate_that_was_only_in_the_sheet_is_one_of_its_row(path: Path) -> None:
    fill(path, "E", decision="godta", object="Z Titel Z", relation="nära")
    book = openpyxl.load_workbook(path)
    line = next(line for line in book["termbank-options"].iter_rows() if line[1].value == "Z Titel Z")
    mark = next(row[ID - 1].value for row in book.worksheets[0].iter_rows() if row[CODE - 1].value == "E")
    book["termbank-options"].append([mark, line[1].value, line[2].value])
    book.save(path)
    some = begun()
    assert read(path, some).apply(some) == 1
    (row,) = some.topic(("kva", "E")).rows
    assert row.subject.code == "E" and row.object and row.object.code == "Z" and row.predicate == "skos:closeMatch"
    assert some.topic(("kva", "E")).history[0].option is not None, "what was proposed is remembered"


def test_in_english(tmp_path: Path) -> None:
    review_sheet.write(begun(), tmp_path / "a.xlsx", "en")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.title == "Review" and sheet.cell(1, DECISION).value == "Decision"
    assert sheet.cell(6, DECISION).value == "accept" and sheet.cell(6, STANDING).value == "accepted by Per"
    assert read(tmp_path / "a.xlsx").unchanged == 6


def test_only_what_is_open(tmp_path: Path) -> None:
    assert review_sheet.write(begun(), tmp_path / "a.xlsx", open_only=True) == 5


def test_a_sheet_that_nobody_touched_decides_nothing(path: Path) -> None:
    found = read(path)
    assert not found.decisions and not found.findings and found.unchanged == 6 and found.missing == 0


@pytest.mark.parametrize(
    ("subject", "cells", "expected"),
    [
        ("B", {"decision": "godta"}, ("accept", "X", EXACT)),
        ("B", {"decision": " Accept "}, ("accept", "X", EXACT)),
        ("B", {"object": "Z Titel Z", "comment": "bättre"}, ("accept", "Z", EXACT)),
        ("B", {"decision": "godta", "object": "z"}, ("accept", "Z", EXACT)),
        ("B", {"relation": "nära"}, ("change", "X", "skos:closeMatch")),
        ("B", {"decision": "godta", "object": "W"}, ("accept", "W", EXACT)),
        ("B", {"decision": "avvisa"}, ("reject", "X", EXACT)),
        ("A", {"object": "W", "relation": "besläktad"}, ("choose", "W", "skos:relatedMatch")),
        ("C", {"decision": "ingen motsvarighet"}, ("none", None, None)),
        ("C", {"decision": "godta"}, ("none", None, None)),
        ("C", {"decision": "avvisa"}, ("reject", None, None)),
        ("C", {"decision": "godta", "object": "W", "relation": "samma"}, ("choose", "W", EXACT)),
        ("D", {"decision": "avvisa"}, ("reject", "X", EXACT)),
        ("D", {"comment": "fråga Per"}, ("comment", "X", None)),
        ("E", {"decision": "ingen motsvarighet"}, ("none", None, None)),
        ("E", {"object": "W"}, ("accept", "W", None)),
    ],
)  # fmt: skip
def test_a_changed_cell_is_a_decision(
    path: Path, subject: str, cells: dict[str, str], expected: tuple[Any, ...]
) -> None:
    fill(path, subject, **cells)
    found = read(path)
    assert not found.findings and found.unchanged == 5
    (((_, name), decision, where),) = found.decisions
    target = decision.option.object.code if decision.option and decision.option.object else None
    assert (name, decision.action, target, decision.predicate) == (subject, *expected)
    assert decision.comment == cells.get("comment") and where.part and where.part.startswith("sheet Granskning, cell D")
    some = begun()
    assert found.apply(some) == 1 and len(some.topic(("kva", subject)).history) == 1


@pytest.mark.parametrize(
    ("subject", "cells", "rule"),
    [
        ("B", {"decision": "kanske"}, "review-sheet-word"),
        ("D", {"decision": None}, "review-sheet-word"),
        ("D", {"decision": "ångra"}, "review-sheet-word"),
        ("B", {"decision": "avvisa", "object": "Z"}, "review-sheet-contradiction"),
        ("B", {"decision": "ingen motsvarighet", "relation": "nära"}, "review-sheet-contradiction"),
        ("B", {"relation": "ungefär"}, "review-sheet-relationship"),
        ("B", {"object": "QQ"}, "review-sheet-code"),
        ("E", {"decision": "godta"}, "review-sheet-no-answer"),
        ("E", {"comment": "vad är detta?"}, "review-sheet-no-answer"),
        ("B", {"code": "A"}, "review-sheet-key"),
        ("B", {"id": "hittepå:1"}, "review-sheet-row-unknown"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_with_its_cell(
    path: Path, subject: str, cells: dict[str, str], rule: str
) -> None:
    fill(path, subject, **cells)
    found = read(path)
    assert [each.rule for each in found.findings] == [rule] and found.refused == 1 and not found.decisions
    where = found.findings[0].location
    assert where is not None and where.path == str(path) and where.line and where.part


def test_rows_may_be_sorted_deleted_and_doubled_and_columns_added(path: Path) -> None:
    fill(path, "B", decision="godta")
    fill(path, "C", decision="ingen motsvarighet")

    def change(sheet: Any) -> None:
        lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
        mixed = [lines[4], lines[2], lines[2], lines[3], lines[0]]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["Granskat av vårdgruppen"])
        header = ["Egen", "Kommentar", "Kod", "Benämning", "x", "Beslut", "Motsvarighet", "Relation", "termbank-id",
                  "termbank-state", "termbank-was"]  # fmt: skip
        sheet.append(header)
        for line in mixed:
            sheet.append(["mitt", line[6], line[0], line[1], None, *line[3:6], *line[8:]])

    edit(path, change)
    found = read(path)
    assert [(name, decision.action) for (_, name), decision, _ in found.decisions] == [("B", "accept"), ("C", "none")]
    assert not found.findings and (found.rows, found.unchanged, found.missing) == (5, 3, 2)


def test_two_rows_that_decide_differently_decide_nothing(path: Path) -> None:
    fill(path, "B", decision="godta")

    def change(sheet: Any) -> None:
        line = [cell.value for cell in sheet[rows_of(sheet)["B"]]]
        line[DECISION - 1] = "ingen motsvarighet"
        sheet.append(line)

    edit(path, change)
    found = read(path)
    assert [each.rule for each in found.findings] == ["review-sheet-row-twice"]
    assert found.refused == 2 and not found.decisions


def test_numbers_and_formats_of_other_programs(tmp_path: Path) -> None:
    number = Coding(system="lokal", code="321", display="Besök")
    rows = (Mapping(subject=number, object=Coding(system="ksi", code="12"), predicate=EXACT),)
    some = Review(MappingSet(id="prov", mappings=rows), "Anna", DAY)
    review_sheet.write(some, tmp_path / "a.xlsx")

    def change(sheet: Any) -> None:
        sheet.cell(2, CODE).value = 321
        sheet.cell(2, OBJECT).value = 12.0
        sheet.cell(2, DECISION).value = "GODTA\n"
        sheet.cell(2, DECISION).font = openpyxl.styles.Font(bold=True)

    edit(tmp_path / "a.xlsx", change)
    ((_, decision, _),) = read(tmp_path / "a.xlsx", some).decisions
    assert decision.action == "accept"


def test_decisions_made_meanwhile_are_shown_and_stay(path: Path) -> None:
    fill(path, "B", decision="ingen motsvarighet")
    fill(path, "C", decision="ingen motsvarighet")
    now = begun("Per")
    decide(now, "B", "accept", proposed("B", "X"))
    decide(now, "C", "none")
    found = read(path, now)
    assert not found.decisions and found.already == 1 and [each.rule for each in found.findings] == ["review-conflict"]
    assert "X Titel X (godtagen av Per 2026-03-01)" in found.findings[0].message("sv")


def test_a_sheet_that_is_read_twice_is_quiet_the_second_time(path: Path) -> None:
    for subject, cells in {"A": {"decision": "godta"}, "B": {"object": "Z"}, "C": {"decision": "ingen motsvarighet"},
                           "D": {"decision": "avvisa", "comment": "nej"}}.items():  # fmt: skip
        fill(path, subject, **cells)
    some = begun()
    assert read(path, some).apply(some) == 4
    again = read(path, some)
    assert not again.decisions and not again.findings and again.already == 4


def test_two_rows_of_one_subject_are_both_taken(path: Path) -> None:
    edit(path, lambda sheet: [setattr(sheet.cell(row, DECISION), "value", "godta") for row in (2, 3)])
    some = begun()
    assert read(path, some).apply(some) == 2
    assert [row.reviewer for row in some.topic(("kva", "A")).rows] == ["Anna", "Anna"]


def test_a_sheet_of_another_set_is_refused(path: Path) -> None:
    other = Review(MappingSet(id="annan", mappings=(stated("A", "X"),)), "Anna", DAY)
    with pytest.raises(FormatError, match="annan") as refused:
        review_sheet_reading.read(path, other)
    assert refused.value.finding.rule == "review-sheet-of-another-set"


def test_what_is_no_review_sheet_is_refused(path: Path, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "annan.xlsx")
    with pytest.raises(FormatError) as refused:
        read(tmp_path / "annan.xlsx")
    assert refused.value.finding.rule == "review-sheet-unknown"
    edit(path, lambda sheet: sheet.delete_cols(ID))
    with pytest.raises(FormatError, match="termbank-id"):
        read(path)
    path.write_bytes(b"PK\x03\x04 nej")
    with pytest.raises(FormatError):
        read(path)


cells = st.tuples(
    st.integers(2, 7),
    st.sampled_from((DECISION, OBJECT, RELATION, COMMENT)),
    st.sampled_from(("godta", "avvisa", "ångra", "Z", "W", "nära", "=1+1", "", 3.5)),
)


@pytest.mark.slow
@given(st.lists(cells, max_size=5))
def test_every_row_is_accounted_for(tmp_path_factory: pytest.TempPathFactory, filled: list) -> None:
    path = tmp_path_factory.mktemp("sheet") / "a.xlsx"
    review_sheet.write(begun(), path)
    edit(path, lambda sheet: [setattr(sheet.cell(row, column), "value", value) for row, column, value in filled])
    some = begun()
    found = read(path, some)
    assert found.rows == 6
    assert found.apply(some) == len(found.decisions)


def test_what_others_reviewed_in_another_program() -> None:
    some = begun()
    said = {"A": "X", "B": "Q", "C": None, "D": "Y", "F": None}
    elsewhere = [
        Mapping(
            subject=Coding(system="fil", code=name),
            object=Coding(system="ksi", code=target) if target else None,
            predicate=EXACT if target else "sssom:NoTermFound",
            reviewer="Bo",
        )
        for name, target in said.items()
    ]
    elsewhere.append(elsewhere[0].model_copy(update={"subject": Coding(system="fil", code="E"), "reviewer": None}))
    found = of_set(some, MappingSet(id="fil", mappings=tuple(elsewhere)))
    assert [(name, decision.action) for (_, name), decision, _ in found.decisions] == [
        ("A", "accept"), ("B", "choose"), ("C", "none"),
    ]  # fmt: skip
    assert [each.rule for each in found.findings] == ["review-conflict", "review-returned-unknown"]
    assert (found.rows, found.unchanged, found.refused) == (6, 1, 2)
    assert found.apply(some) == 3
    again = of_set(some, MappingSet(id="fil", mappings=tuple(elsewhere)))
    assert again.already == 3 and not again.decisions


@pytest.mark.slow
def test_a_sheet_that_libreoffice_saved(path: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    fill(path, "B", decision="godta")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    arguments = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "ut"), str(path)]
    subprocess.run(arguments, check=False, capture_output=True, timeout=120)
    if not (tmp_path / "ut" / path.name).exists():
        pytest.skip("this LibreOffice has no spreadsheets (Calc)")
    ((_, decision, _),) = read(tmp_path / "ut" / path.name).decisions
    assert decision.action == "accept"


def test_the_day_of_the_decision_is_today_unless_said() -> None:
    some = Review(MappingSet(id="prov", mappings=(row := stated("A", "X"),)), "Anna")
    some.decide(row.subject, Decision("reject", row))
    assert some.topic(row.subject).rows[0].date == datetime.date.today()
