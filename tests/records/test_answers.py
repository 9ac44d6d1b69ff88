"""What is said of a cell: dates and versions, titles, several codes, and one-to-many."""

from pathlib import Path

import pytest
from converting import BANK, DAY, LOCAL, TARGET, concept, convert, mapping, vocabulary
from hypothesis import example, given
from hypothesis import strategies as st

from termbank import Bank, MappingSet
from termbank.records.cells import date_of, day_of, looks_personal, parts
from termbank.records.profile import Column, Translate

INSATS = Column(name="kod", system="lok")


def translate(**more: object) -> Column:
    return INSATS.with_(translate=Translate.model_validate({"to": "mål", "into": "ny", **more}))


def test_a_code_holds_for_part_of_the_time(tmp_path: Path) -> None:
    rows = ["VPL;2025-12-31", "VPL;2026-01-01", "NY;2025-12-31", "NY;2026-01-01", "VPL;2014-12-31"]
    done = convert(tmp_path, ["kod;dag", *rows], INSATS, date="dag")
    assert done.rows[1:] == [["VPL", "2025-12-31"], ["NY", "2026-01-01"], ["VPL", "2014-12-31"]]
    assert done.rejects[1:] == [
        ["3", "no-longer-valid", "kod: The code VPL in lok|1 applied until 2025-12-31, not on the day of the row.",
         "VPL", "2026-01-01"],
        ["4", "not-yet-valid", "kod: The code NY in lok|1 applies from 2026-01-01, not on the day of the row.",
         "NY", "2025-12-31"],
    ]  # fmt: skip
    assert done.rules()["no-version-on-date"] == ("warning", 1, 0)


def test_the_version_in_force_on_the_day_answers(tmp_path: Path) -> None:
    column = Column(name="kod", system="icd", title_into="titel")
    days = ["2025-12-31", "2026-01-01", "2024-06-01"]
    done = convert(tmp_path, ["kod;dag", *(f"F32;{day}" for day in days)], column, date="dag")
    assert done.column() == ["Depression", "Depressiv episod", ""]
    assert {(each.id, each.version) for each in done.summary.vocabularies} == {("icd", "2025"), ("icd", "2026")}
    rows = ["X1;2025-07-01", "X1;2026-07-01", "Y2;2025-07-01", "Y2;2026-07-01"]
    done = convert(tmp_path, ["kod;dag", *rows], column, date="dag")
    assert done.column(0) == ["X1", "Y2"]
    assert done.why() == [("3", "withdrawn-code"), ("4", "withdrawn-code")]
    done = convert(tmp_path, ["kod;dag", *rows], column.with_(version="2025"), date="dag")
    assert done.why() == [("4", "withdrawn-code"), ("5", "withdrawn-code")]
    done = convert(tmp_path, ["kod;dag", *rows], column)
    assert done.column(0) == ["Y2", "Y2"]


def test_every_column_may_have_a_date_of_its_own(tmp_path: Path) -> None:
    columns = (INSATS.with_(date="beslut"), Column(name="diagnos", system="icd", title_into="titel"))
    done = convert(tmp_path, ["kod;diagnos;dag;beslut", "VPL;F32;2026-02-01;2025-02-01"], *columns, date="dag")
    assert done.column() == ["Depressiv episod"]


def test_a_row_whose_date_cannot_be_read_says_nothing_else_of_its_day(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod;dag", "VPL;igår", "VPL;", "NY;2026-02-30", "SIPP;x"], INSATS, date="dag")
    reason = "The column dag has no date that can be read."
    assert [row[1] for row in done.rejects[1:]] == ["invalid-date"] * 4
    assert [row[2] for row in done.rejects[1:4]] == [reason] * 3
    assert done.rejects[4][2].startswith(f"{reason} kod: The code SIPP does not exist in lok|1.")
    assert done.rules()["invalid-date"] == ("error", 4, 4)
    assert not {"no-longer-valid", "not-yet-valid", "no-version-on-date"} & set(done.rules())


def test_every_row_says_what_holds_on_its_own_day(tmp_path: Path) -> None:
    """Answers are kept for stretches of days, and shared by rows: as if each had been asked for alone."""
    days = [DAY(2014, 12, 31), DAY(2015, 1, 1), DAY(2025, 6, 1), DAY(2025, 12, 31), DAY(2026, 1, 1), DAY(2026, 6, 1)]
    asked = [(code, day) for day in days for code in ("SIP", "VPL", "NY", "vpl", "x")]
    for order in (asked, asked[::-1]):
        column = INSATS.with_(invalid="reject", undetermined="reject")
        done = convert(tmp_path, ["kod;dag", *(f"{code};{day}" for code, day in order)], column, date="dag")
        kept = [pair for pair in order if BANK.validate_code("lok", pair[0], on=pair[1]).valid]
        assert [(row[0], row[1]) for row in done.rows[1:]] == [(code.upper(), str(day)) for code, day in kept]
        said = {(row[3], row[4]): row[1] for row in done.rejects[1:]}
        for code, day in set(order) - set(kept):
            assert said[code, str(day)] in {f.rule for f in BANK.validate_code("lok", code, on=day).findings}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", DAY(2026, 3, 1)), ("20260301", DAY(2026, 3, 1)), ("2026-03-01 00:00:00", DAY(2026, 3, 1)),
        ("2026-03-01T14:30:00", DAY(2026, 3, 1)), ("2026-03-01 14:30", DAY(2026, 3, 1)), ("260301", DAY(2026, 3, 1)),
        ("261231", DAY(2026, 12, 31)), ("991231", DAY(1999, 12, 31)), (" 2026-03-01 ", DAY(2026, 3, 1)),
        ("2026-3-1", None), ("202631", None), ("2026-02-30", None), ("", None), ("01/03/2026", None), ("1", None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, day: DAY | None) -> None:
    found = day_of(text, None)
    assert (None if found is None else date_of(found)) == day


@given(st.dates(DAY(1969, 1, 1), DAY(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%y%m%d"]))
def test_a_date_is_read_as_it_was_written(day: DAY, form: str) -> None:
    assert date_of(day_of(day.strftime(form), None) or 0) == day
    assert date_of(day_of(f"{day:%d/%m %Y}", "%d/%m %Y") or 0) == day


def test_a_code_followed_by_its_title(tmp_path: Path) -> None:
    column = INSATS.with_(cell="code-title")
    cells = ["SIP Samordnad individuell plan", "sip – samordnad individuell plan", "SIP", "SIP: Vårdplanering", "XX y"]
    done = convert(tmp_path, ["kod", *cells], column)
    assert done.column(0) == [cells[0], "SIP – samordnad individuell plan", "SIP", cells[3]]
    assert done.rules() == {
        "notation": ("info", 1, 0), "display-mismatch": ("warning", 1, 0), "unknown-code": ("error", 1, 1),
    }  # fmt: skip


def test_a_title_in_a_column_of_its_own(tmp_path: Path) -> None:
    column = INSATS.with_(title="text")
    done = convert(tmp_path, ["kod;text", "SIP;samordnad individuell plan", "SIP;Remiss", "SIP;"], column)
    assert len(done.rows) == 4
    assert done.rules() == {"display-mismatch": ("warning", 1, 0)}


def test_several_codes_in_one_cell(tmp_path: Path) -> None:
    column = Column(name="kod", system="icd", cell="codes", title_into="titel")
    cells = ["F321, Z630", "F32.1", "F32.1|Z63.0;", "F32.1, Q99", ", "]
    done = convert(tmp_path, ["kod", *(f'"{cell}"' for cell in cells)], column)
    assert done.column(0) == ["F32.1, Z63.0", "F32.1", "F32.1|Z63.0;"]
    assert done.column(1)[0] == "Medelsvår depressiv episod; Problem i parrelation"
    assert done.why() == [("5", "unknown-code"), ("6", "unreadable-cell")]
    codes = {each.code: each.count for each in done.summary.columns[0].codes}
    assert codes == {"F32.1": 4, "Z63.0": 2}


@given(st.text(st.sampled_from("AB12 ,;|"), max_size=12))
@example(", ")
def test_the_parts_of_a_cell_are_the_cell(cell: str) -> None:
    found = parts(cell, Column(name="kod", system="lok", cell="codes"))
    assert "".join(part.code + part.after for part in found) == cell.strip().lstrip(" ,;|")


def test_several_translations_reject_the_row(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", "SIP", "ANH", "KONF"], translate())
    assert done.rows == [["kod", "ny"], ["SIP", "M1"]]
    assert [row[2] for row in done.rejects[1:]] == [
        "kod: ANH has several translations to mål: M1, M2.", "kod: KONF has several translations to mål: M2, M3.",
    ]  # fmt: skip
    assert done.rules()["several-mappings"] == ("error", 2, 2)


def test_the_surest_translation_is_taken_unless_two_are(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", "ANH", "KONF"], translate(choose="first-by-confidence"))
    assert done.rows[1:] == [["KONF", "M3"]]
    assert done.why() == [("2", "several-mappings")]
    assert done.rules()["several-mappings"] == ("error", 2, 1)


def test_all_translations_are_taken(tmp_path: Path) -> None:
    column = translate(choose="all", title_into="titel", separator=" + ")
    done = convert(tmp_path, ["kod", "ANH", "KONF"], column)
    assert done.rows[1:] == [["ANH", "M1 + M2", "Mål M1; Mål M2"], ["KONF", "M3 + M2", "Mål M3; Mål M2"]]
    assert done.rules() == {"several-mappings": ("info", 2, 0)}


@pytest.mark.parametrize(
    ("missing", "hem", "larm"), [("keep", "HEM", "LARM"), ("empty", "", ""), ("reject", None, None)]
)
def test_no_translation(tmp_path: Path, missing: str, hem: str | None, larm: str | None) -> None:
    done = convert(tmp_path, ["kod", "HEM", "LARM", "SIP"], translate(missing=missing))
    assert done.column() == [*(cell for cell in (hem, larm) if cell is not None), "M1"]
    assert done.why() == ([("2", "no-mapping"), ("3", "no-counterpart")] if missing == "reject" else [])
    column = done.summary.columns[0]
    assert (column.translated, column.missing, column.no_counterpart, column.several) == (1, 1, 1, 0)
    assert column.coverage == pytest.approx(1 / 3)


def test_only_the_relations_that_the_profile_accepts(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", "NY", "REM"], translate(missing="empty"))
    assert done.column() == ["M1", ""]
    assert done.rules() == {"inexact-mapping": ("info", 1, 0), "no-mapping": ("warning", 1, 0)}
    done = convert(tmp_path, ["kod", "NY", "REM"], translate(missing="empty", accept=["source-is-broader-than-target"]))
    assert done.column() == ["", "M4"]
    exact = convert(tmp_path, ["kod", "NY", "SIP"], translate(missing="empty", accept=["equivalent"]))
    assert exact.column() == ["", "M1"]


def test_the_translation_may_replace_the_code(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod;n", "sip;1", "HEM;2"], translate(into="kod", missing="keep"))
    assert done.rows == [["kod", "n"], ["M1", "1"], ["HEM", "2"]]


def test_every_code_of_a_cell_is_translated(tmp_path: Path) -> None:
    column = translate(missing="keep", choose="all").with_(cell="codes")
    done = convert(tmp_path, ["kod", "SIP NY HEM", "SIP SIP"], column)
    assert done.column() == ["M1, HEM", "M1"]


def test_two_sets_that_say_the_same_are_one_translation(tmp_path: Path) -> None:
    sets = [
        MappingSet(id=name, subject_source="lok", object_source="mål", mappings=(mapping("SIP", "M1", sure),))
        for name, sure in (("a", 0.5), ("b", 0.9))
    ]
    done = convert(tmp_path, ["kod", "SIP"], translate(), bank=Bank.from_vocabularies([LOCAL, TARGET], sets))
    assert done.rows[1:] == [["SIP", "M1"]]
    assert done.summary.mapping_sets == ("a", "b")


def test_codes_in_the_form_of_the_system(tmp_path: Path) -> None:
    assert convert(tmp_path, ["kod", "sip", " S I P"], INSATS).column(0) == ["SIP", "SIP"]
    assert convert(tmp_path, ["kod", "sip", " S I P"], INSATS.with_(canonical=False)).column(0) == ["sip", " S I P"]


def test_required_cells(tmp_path: Path) -> None:
    lines = ["kod;n", "SIP;1", ";2", '"";3', "  ;4"]
    assert convert(tmp_path, lines, INSATS).column(0) == ["SIP", "", "", "  "]
    done = convert(tmp_path, lines, INSATS.with_(required=True), language="sv")
    assert [row[:3] for row in done.rejects[1:]] == [
        [str(line), "missing-value", "Kolumnen kod är tom."] for line in (3, 4, 5)
    ]


def test_wrong_and_undetermined_codes_may_be_kept(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", "XX", "RUB", "GAM", "SIP"], INSATS.with_(invalid="keep"))
    assert done.column(0) == ["XX", "RUB", "GAM", "SIP"]
    assert done.rules()["unknown-code"] == ("error", 1, 0)
    done = convert(tmp_path, ["kod", "XX", "RUB", "GAM", "SIP"], INSATS)
    assert done.why() == [("2", "unknown-code"), ("3", "abstract-code")]
    part = Column(name="kod", system="del")
    assert convert(tmp_path, ["kod", "au124", "XX1"], part).column(0) == ["AU124", "XX1"]
    done = convert(tmp_path, ["kod", "au124", "XX1"], part.with_(undetermined="reject"))
    assert done.why() == [("3", "not-in-fragment")]


def test_a_reason_names_the_nearest_codes(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", "SIPP"], INSATS, language="sv")
    assert done.rejects[1][2] == "kod: Koden SIPP finns inte i lok|1. Närmast: SIP Samordnad individuell plan."


def test_personal_numbers_where_codes_should_be(tmp_path: Path) -> None:
    assert looks_personal("19121212-1212") and looks_personal("121272-1219") and looks_personal("20010101-A12B")
    assert not any(map(looks_personal, ["F32.1", "AU124", "19121212-1213", "20261301-1212", "123", "XAH.20.75"]))
    done = convert(tmp_path, ["kod", "19121212-1212", "SIP"], INSATS)
    assert done.rules() == {"unknown-code": ("error", 1, 1), "personal-number": ("warning", 1, 0)}
    assert "1212" not in done.summary.model_dump_json()
    own = vocabulary("nr", concept("19121212-1212", "ett löpnummer"))
    done = convert(tmp_path, ["kod", "19121212-1212"], Column(name="kod", system="nr"),
                   bank=Bank.from_vocabularies([own]))  # fmt: skip
    assert done.rules() == {}
