"""A whole run: its outputs appear whole or not at all, are readable by their owner only, and add up."""

import json
import stat
from pathlib import Path
from unittest import mock

import pytest
from converting import BANK, convert, read

from termbank import ConservationError, FormatError, Profile, ProfileError, Summary, WriteError
from termbank.model.rules import catalogue
from termbank.records.profile import Column, Input, Translate

INSATS = Column(name="kod", system="lok")
PROFILE = Profile(columns=(INSATS,))


def source(folder: Path, *lines: str) -> Path:
    path = folder / "in.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_added_columns_stand_last_in_the_order_of_the_profile(tmp_path: Path) -> None:
    first = INSATS.with_(title_into="a", translate=Translate(to="mål", into="b", title_into="c"))
    second = Column(name="diagnos", system="icd", title_into="d")
    done = convert(tmp_path, ["kod;x;diagnos", "SIP;1;F321", ";2;"], second, first)
    assert done.rows == [
        ["kod", "x", "diagnos", "d", "a", "b", "c"],
        ["SIP", "1", "F32.1", "Medelsvår depressiv episod", "Samordnad individuell plan", "M1", "Mål M1"],
        ["", "2", "", "", "", "", ""],
    ]


def test_outputs_are_for_their_owner_only(tmp_path: Path) -> None:
    convert(tmp_path, ["kod", "SIP", "XX"], INSATS)
    for name in ("out.csv", "out.rejects.csv"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.rejects.csv"]


def test_to_check_writes_nothing(tmp_path: Path) -> None:
    path = source(tmp_path, "kod", "SIP", "XX", "SIP;för mycket")
    summary = BANK.validate_records(path, PROFILE)
    assert (summary.rows_in, summary.rows_out, summary.rows_rejected) == (3, 1, 2)
    assert (summary.output, summary.rejects) == (None, None)
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]
    converted = convert(tmp_path, ["kod", "SIP", "XX", "SIP;för mycket"], INSATS).summary
    assert converted.with_(output=None, rejects=None) == summary


def test_the_summary_adds_up(tmp_path: Path) -> None:
    columns = (
        INSATS.with_(translate=Translate(to="mål", into="ny", missing="empty")),
        Column(name="del", system="del"),
    )
    lines = ["Titel", "kod;del", "SIP;AU124", "SIP;", "", "XX;AU124", "HEM;Z", "ANH;", "SIP", "Summa;9", "slut"]
    done = convert(tmp_path, lines, *columns, title="Prov", input=Input(skip_rows=1, stop_at=("summa",)))
    told = done.summary
    assert (told.rows_in, told.rows_out, told.rows_rejected, told.conserved) == (6, 3, 3, True)
    assert (told.title_rows, told.blank_lines, told.trailing_rows, told.stopped_at_line) == (1, 1, 2, 10)
    assert told.profile == "Prov" and told.description == "CSV, utf-8, ;, LF"
    for column in told.columns:
        assert column.cells == 5 == column.empty + column.valid + column.invalid + column.undetermined
    first, second = told.columns
    assert (first.valid, first.invalid, first.distinct) == (4, 1, 4)
    assert (first.to, first.translated, first.missing, first.several) == ("mål", 2, 1, 1)
    assert (second.valid, second.undetermined, second.empty) == (2, 1, 2)
    assert [(each.code, each.count) for each in first.codes] == [("SIP", 2), ("ANH", 1), ("HEM", 1)]
    assert told.rows_rejected == sum(each.rejected or 0 for each in told.rules)
    assert {each.rule for each in told.rules} <= set(catalogue())
    assert [each.id for each in told.vocabularies] == ["del", "lok", "mål"]
    assert told.mapping_sets == ("par",)
    assert Summary.model_validate_json(told.model_dump_json()) == told


def test_small_counts_may_be_left_out(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod", *["SIP"] * 5, *["HEM"] * 4, "XX"], INSATS).summary
    kept = done.suppressed(5)
    assert [(each.code, each.count) for each in kept.columns[0].codes] == [("SIP", 5), ("HEM", None)]
    assert [(each.rule, each.count, each.rejected) for each in kept.rules] == [("unknown-code", None, None)]
    assert done.suppressed(0) == done == done.suppressed(1)
    assert json.loads(kept.model_dump_json())["columns"][0]["codes"][1]["count"] is None


def test_an_older_output_stays_when_the_run_fails(tmp_path: Path) -> None:
    path = source(tmp_path, "kod", "SIP")
    for name in ("out.csv", "out.rejects.csv"):
        (tmp_path / name).write_text("gammal")
    with (
        mock.patch("termbank.records.convert._Job.check", side_effect=ConservationError("borta")),
        pytest.raises(ConservationError),
    ):
        BANK.convert_records(path, PROFILE, tmp_path / "out.csv")
    with mock.patch("os.fsync", side_effect=[None, OSError(28, "full")]), pytest.raises(WriteError, match="no space"):
        BANK.convert_records(path, PROFILE, tmp_path / "out.csv")
    assert {(each.name, each.read_text()) for each in tmp_path.iterdir()} == {
        ("in.csv", "kod\nSIP\n"), ("out.csv", "gammal"), ("out.rejects.csv", "gammal"),
    }  # fmt: skip


def test_a_lost_row_is_noticed(tmp_path: Path) -> None:
    path = source(tmp_path, "kod", "SIP")
    with (
        mock.patch("termbank.records.convert._ahead", lambda batches: iter(list(batches)[1:])),
        pytest.raises(ConservationError, match="1 rows were read, but 0 went out and 0 were rejected"),
    ):
        BANK.convert_records(path, PROFILE, tmp_path / "out.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    ("output", "rejects"),
    [("in.csv", None), ("out.csv", "in.csv"), ("out.csv", "out.csv"), ("out.csv", "./out.csv"), ("out.xlsx", None),
     ("out.csv", "rejects.xlsx")],
)  # fmt: skip
def test_files_that_would_be_written_over(tmp_path: Path, output: str, rejects: str | None) -> None:
    path = source(tmp_path, "kod", "SIP")
    with pytest.raises(WriteError):
        BANK.convert_records(path, PROFILE, tmp_path / output, rejects=rejects and tmp_path / rejects)
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


def test_formulas_may_be_kept(tmp_path: Path) -> None:
    lines = ["kod;x", "SIP;=1", "XX;@2", "=;=3;", "SIP;-5"]
    done = convert(tmp_path, lines, INSATS)
    assert done.column(1) == ["'=1", "-5"]
    assert [row[3:] for row in done.rejects[1:]] == [["XX", "'@2"], ["'=", "'=3", ""]]
    assert [(each.rule, dict(each.arguments)) for each in done.summary.findings] == [
        ("formula-neutralised", {"count": "4"})
    ]
    done = convert(tmp_path, lines, INSATS, formulas="keep")
    assert done.column(1) == ["=1", "-5"]
    assert [row[3:] for row in done.rejects[1:]] == [["XX", "@2"], ["=", "=3", ""]]
    assert done.summary.findings == ()


def test_no_rows_at_all(tmp_path: Path) -> None:
    done = convert(tmp_path, ["kod;x"], INSATS)
    assert done.rows == [["kod", "x"]]
    assert len(done.rejects) == 1
    assert done.summary.rows_in == 0


def test_a_profile_that_does_not_fit_the_file(tmp_path: Path) -> None:
    path = source(tmp_path, "kod;dag", "SIP;2026-01-01")
    for wrong in (
        PROFILE.with_(date="datum"),
        Profile(columns=(Column(name="code", system="lok"),)),
        Profile(columns=(INSATS.with_(title="text"),)),
        Profile(columns=(INSATS.with_(title_into="dag"),)),
        Profile(columns=(INSATS.with_(system="okänt"),)),
        Profile(columns=(INSATS.with_(system="lok|9"),)),
        Profile(columns=(INSATS.with_(translate=Translate(to="okänt", into="ny")),)),
    ):
        with pytest.raises(ProfileError, match=r"^profile: "):
            BANK.convert_records(path, wrong, tmp_path / "out.csv")
    with pytest.raises(FormatError):
        BANK.validate_records(tmp_path / "ingen.csv", PROFILE)
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


def test_the_progress_is_told(tmp_path: Path) -> None:
    path = source(tmp_path, "kod", "SIP", "XX")
    told: list[int] = []
    BANK.convert_records(path, PROFILE, tmp_path / "out.csv", rejects=tmp_path / "r.csv", progress=told.append)
    assert told[-1] == 2
    assert read(tmp_path / "r.csv")[1][:2] == ["3", "unknown-code"]
