"""Columns that must be in a value set: cells outside it are refused, with the reason, on the row's day."""

import json
from pathlib import Path

import pytest
from converting import BANK, convert, read

from termbank import Bank
from termbank.errors import FormatError, ProfileError
from termbank.model import ConceptSet, ValueSet
from termbank.records.profile import Column, LoadedProfile

CHOSEN = {"include": [{"system": "lok", "codes": ["SIP", "VPL", "NY"]}]}


def rows(folder, column, lines, bank=BANK, **profile):
    return convert(folder, lines, column, bank=bank, **profile)


def test_a_cell_outside_is_rejected(tmp_path):
    done = rows(
        tmp_path, Column(name="kod", system="lok", value_set=CHOSEN), ["nr;kod", "1;SIP", "2;HEM", "3;sip", "4;"]
    )
    assert done.why() == [("3", "not-in-value-set")]
    assert done.rejects[1][2] == "kod: HEM in lok|1 is not in the value set kod."
    assert [row[0] for row in done.rows[1:]] == ["1", "3", "4"]
    assert done.rules()["not-in-value-set"] == ("error", 1, 1)
    assert (done.summary.columns[0].valid, done.summary.columns[0].invalid) == (2, 1)


def test_or_kept(tmp_path):
    column = Column(name="kod", system="lok", value_set=CHOSEN, invalid="keep")
    done = rows(tmp_path, column, ["kod", "SIP", "HEM"])
    assert not done.why() and done.rules()["not-in-value-set"] == ("error", 1, 0)


def test_on_the_day_of_the_row(tmp_path):
    column = Column(name="kod", system="icd", value_set={"include": [{"system": "icd", "filter": {
        "property": "display", "op": "regex", "value": "Depress.*|Bara.*"}}]})  # fmt: skip
    lines = ["dag;kod", "2025-05-05;F32", "2026-05-05;F321", "2026-05-05;F32", "2025-05-05;X1", "2026-05-05;Y2",
             "2026-05-05;Z63.0", "2024-05-05;F32"]  # fmt: skip
    done = rows(tmp_path, column, lines, date="dag")
    assert done.why() == [("3", "not-in-value-set"), ("7", "not-in-value-set")]
    kept = {each.rule: each.count for each in done.summary.rules}
    assert kept["no-version-on-date"] == 1 and kept["value-set-undetermined"] == 1


def test_several_codes_in_a_cell(tmp_path):
    column = Column(name="kod", system="lok", cell="codes", value_set=CHOSEN)
    done = rows(tmp_path, column, ["nr;kod", "1;SIP, NY", "2;SIP, HEM"])
    assert done.why() == [("3", "not-in-value-set")] and "HEM" in done.rejects[1][2]


def test_what_cannot_be_told(tmp_path):
    column = Column(name="kod", system="del", value_set={"include": [{"system": "del", "codes": ["AU124", "ZZ"]}]})
    done = rows(tmp_path, column, ["kod", "AU124", "ZZ", "YY"])
    assert done.why() == [("4", "not-in-value-set")]
    column = column.with_(undetermined="reject")
    assert rows(tmp_path, column, ["kod", "AU124", "ZZ", "YY"]).why() == [
        ("3", "not-in-fragment"), ("4", "not-in-value-set"),
    ]  # fmt: skip


def profile(folder: Path, value_set: str) -> Path:
    path = folder / "p.toml"
    path.write_text(f'[[columns]]\nname = "kod"\nsystem = "lok"\nvalue_set = {value_set}\n', encoding="utf-8")
    return path


def refused(bank: Bank, folder: Path, value_set: str) -> list[str]:
    source = folder / "in.csv"
    source.write_text("kod\nSIP\nHEM\n", encoding="utf-8")
    bank.convert_records(source, profile(folder, value_set), folder / "out.csv")
    return [row.split(";")[-1] for row in (folder / "out.rejects.csv").read_text(encoding="utf-8").splitlines()[1:]]


def test_files_names_and_tables(tmp_path):
    (tmp_path / "sip.valueset.toml").write_text('[[include]]\nsystem = "lok"\ncodes = ["SIP"]\n', encoding="utf-8")
    resource = {"resourceType": "ValueSet", "url": "http://x.se/vs", "status": "active",
                "compose": {"include": [{"system": "lok", "concept": [{"code": "SIP"}]}]}}  # fmt: skip
    (tmp_path / "sip.json").write_text(json.dumps(resource), encoding="utf-8")
    bank = BANK.overlaid(value_sets=[ValueSet(id="sip", url="http://x.se/sip.json",
                                              include=[ConceptSet(system="lok", concepts=["SIP"])])])  # fmt: skip
    table = '{ include = [{ system = "lok", codes = ["SIP"] }] }'
    for named in ('"sip.valueset.toml"', '"sip.json"', '"sip"', '"http://x.se/sip.json"', table):
        assert refused(bank, tmp_path, named) == ["HEM"], named
    assert read(tmp_path / "out.csv") == [["kod"], ["SIP"]]


def test_files_of_the_profile_are_not_written_over(tmp_path):
    loaded = LoadedProfile.read(profile(tmp_path, '"sip.valueset.toml"'))
    assert tmp_path / "sip.valueset.toml" in loaded.files()


@pytest.mark.parametrize(
    ("value_set", "says"),
    [
        ('"nej"', r":4: There is no value set nej\."),
        ('"nej.valueset.toml"', r":4: there is no file .*nej\.valueset\.toml"),
        ("3", r":4: columns\.value_set: Input should be a valid string"),
        ("{ }", r":4: columns\.value_set\.include: is missing"),
        ('{ inclde = [{ system = "lok" }] }', r":4: columns\.value_set\.inclde: there is no such key"),
        ("{ include = [{}] }", r":4: The part does not say which codes"),
        ('{ include = [{ system = "icd" }] }', r":4: the value set kod has no codes of lok"),
        ('{ include = [{ value_sets = ["nej"] }] }', r":4: .*nej"),
        ('{ include = [{ system = "lok", filter = { property = "färg", value = "röd" } }] }', r":4: .*färg"),
    ],
)
def test_what_is_wrong_in_the_profile(tmp_path, value_set, says):
    with pytest.raises(ProfileError, match=says):
        refused(BANK, tmp_path, value_set)
    assert not (tmp_path / "out.csv").exists()


def test_a_wrong_file(tmp_path):
    (tmp_path / "x.valueset.toml").write_text("include = 3\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"x\.valueset\.toml:1: .*include must be a list"):
        refused(BANK, tmp_path, '"x.valueset.toml"')
