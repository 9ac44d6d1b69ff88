"""Files appear whole or not at all, in the dialect they came in, and never start a cell with a formula."""

import csv
import errno
import io
import stat

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.errors import WriteError
from termbank.files import AtomicFile
from termbank.formats.dialect import Dialect
from termbank.records.csv_out import CsvWriter
from termbank.records.guard import neutralise, neutralise_frame

FORMULAS = ["=1+1", "@SUM(A1)", "\tx", "\rx", "+A1", "-2+cmd|' /C calc'!A0", "- ej aktuellt", "+", "-=1", "-5\n"]
PLAIN = ["", "-", "-5,2", "+46 70-123 45 67", "-1 000,50", "-1.5E+10", "5", "a=b", " =1", "å"]


def table(*rows):
    return pl.DataFrame(list(rows), schema=dict.fromkeys("abcd"[: len(rows[0])], pl.String), orient="row")


def test_guard():
    assert [neutralise(text) for text in PLAIN] == PLAIN
    guarded = [neutralise(text) for text in FORMULAS if text != "+"]
    assert guarded == ["'" + text for text in FORMULAS if text != "+"]
    assert neutralise("+") == "+"


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n15, aE\u00a0")), min_size=1))
@settings(deadline=None)
def test_guard_is_the_same_for_a_frame(cells):
    result, count = neutralise_frame(table(*[(cell, None) for cell in cells]))
    assert result["a"].to_list() == [neutralise(cell) for cell in cells]
    assert count == sum(neutralise(cell) != cell for cell in cells)


def test_a_file_in_its_dialect(tmp_path):
    target = tmp_path / "ut.csv"
    for encoding, codec in (("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"),
                            ("utf-16-le", "utf-16")):  # fmt: skip
        dialect = Dialect(encoding, "|", newline="\r\n", final_newline=False, bom=codec == "utf-16")
        with CsvWriter(target, dialect) as writer:
            writer.write_header(["köd", "a|b"])
            writer.write(table(("å", None), ("", 'x"y'), ("a\nb", "=1")))
            writer.write(table(("x", "y")).clear())
            writer.write_records(pl.Series([writer.raw(["4", "=fel"], 'trasig;"rad')]))
            assert not target.exists() or encoding != "utf-8"
            writer.commit()
        text = target.read_bytes().decode(codec)
        assert text == 'köd|"a|b"\r\nå|\r\n""|"x""y"\r\n"a\nb"|\'=1\r\n4|\'=fel|trasig;"rad'
        assert target.read_bytes().startswith(dialect.mark)
        assert writer.neutralised == 2
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["ut.csv"]


def test_one_column_with_nothing_in_it(tmp_path):
    with CsvWriter(tmp_path / "ut.csv", Dialect()) as writer:
        writer.write_header([""])
        writer.write(table((None,), ("",), ("x",)))
        writer.commit()
    assert (tmp_path / "ut.csv").read_text() == '""\n""\n""\nx\n'


def test_what_is_kept_when_the_guard_is_off(tmp_path):
    with CsvWriter(tmp_path / "ut.csv", Dialect(), guard=False) as writer:
        writer.write(table(*[(cell, "") for cell in FORMULAS]))
        writer.commit()
    with (tmp_path / "ut.csv").open(newline="") as file:
        assert [row[0] for row in csv.reader(io.StringIO(file.read(), newline=""), delimiter=";")] == FORMULAS


def test_a_character_that_the_encoding_lacks(tmp_path):
    with pytest.raises(WriteError, match=r"U\+2192.*windows-1252.*utf-8"), \
            CsvWriter(tmp_path / "ut.csv", Dialect("cp1252")) as writer:  # fmt: skip
        writer.write(table(("a", "→")))
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_without_commit(tmp_path):
    target = tmp_path / "ut.csv"
    target.write_text("old")
    with pytest.raises(KeyError), CsvWriter(target, Dialect()) as writer:
        writer.write_header(["a"])
        raise KeyError
    with CsvWriter(target, Dialect()) as writer:
        writer.write_header(["a"])
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(WriteError):
        writer.commit()


def test_errors_of_the_disk(tmp_path, monkeypatch):
    with pytest.raises(WriteError, match="does not exist"):
        AtomicFile(tmp_path / "none" / "ut.csv")
    with pytest.raises(WriteError, match="folder"):
        AtomicFile(tmp_path)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    file = AtomicFile(tmp_path / "ut.csv")
    file.write(b"x")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WriteError, match="no space left"):
        file.commit()
    assert not list(tmp_path.iterdir())
