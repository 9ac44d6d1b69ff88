"""validate and convert: the example of the README, what is told and what is kept secret."""

import csv
import json
import re
import stat
from pathlib import Path

import pytest
from command import Ran, inside, run

from termbank.model.rules import catalogue
from termbank_cli.texts import TEXTS

REPO = Path(__file__).resolve().parents[2]
EXAMPLES = REPO / "docs" / "examples"
SECRETS = ("19121212-1212", "Maj Ek", "Storgatan 1", "hemlig")
PROFILE = """
title = "Prov"
date = "dag"

[[vocabularies]]
file = "lokal.csv"
id = "lokal"
valid_from = 2020-01-01

[[columns]]
name = "kod"
system = "lokal"
cell = "code-title"
title = "text"

[[columns]]
name = "kva"
system = "kva"
"""
ROWS = [
    "nr;dag;kod;text;kva;anteckning",
    "1;2026-01-01;SIP;Samordnad individuell plan;AU124;hemlig",
    "2;2026-01-01;19121212-1212;Maj Ek;AU124;Storgatan 1",
    "3;Maj Ek;SIP;19121212-1212;Storgatan 1;x",
    "4;2026-01-01;SIP hemlig;Maj Ek;19121212-1212;",
    "Maj Ek;2026-01-01;SIP",
    '6;2026-01-01;SIP;"hemlig',
    "7;2026-01-01;hemlig;;;=hemlig",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profil.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "lokal.csv").write_text("kod;titel\nSIP;Samordnad individuell plan\n", encoding="utf-8")
    (tmp_path / "in.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return tmp_path


def batch(folder: Path, command: str, *more: str, lang: str = "en") -> Ran:
    where = ("-o", "ut.csv") if command == "convert" else ()
    with inside(folder):
        return run(command, "in.csv", "-p", "profil.toml", *where, "--lang", lang, *more)


def example(folder: Path, *more: str) -> Ran:
    with inside(REPO):
        return run("convert", "docs/examples/insatser.csv", "--profile", "docs/examples/profil.toml",
                   "-o", folder / "converted.csv", "--rejects", folder / "rejects.csv",
                   "--summary", folder / "summary.json", *more)  # fmt: skip


def rows(path: Path, encoding: str = "cp1252") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    ran = example(tmp_path, "--allow-rejects", "--lang", "sv")
    assert (ran.code, ran.err) == (0, "")
    for said in (
        "Rader in          40\n", "Rader ut          35\n", "Avvisade rader     5   (40 = 35 + 5: ingen rad är borta)",
        "Kolumnen Insats, kodverk lokal\n  37 rätt, 2 fel\n  34 / 37 (91,9 %) översatta till kva",
        "Kolumnen KVÅ, kodverk kva\n  33 rätt, 1 kan inte avgöras, 5 tomma",
        "        1  koden gällde inte längre  [no-longer-valid]\n           Välj en kod som gäller på dagen.",
    ):  # fmt: skip
        assert said in ran.out
    out, rejects = rows(tmp_path / "converted.csv"), rows(tmp_path / "rejects.csv")
    assert [row[:2] for row in rejects[1:]] == [
        ["18", "unknown-code"], ["19", "several-mappings"], ["30", "no-longer-valid"], ["33", "too-few-fields"],
        ["38", "invalid-date"],
    ]  # fmt: skip
    assert len(out) == 36 and all(len(row) == 9 for row in out)
    assert out[0][7:] == ["KVÅ ur insats", "KVÅ-titel ur insats"]
    found = {(row[0], row[3].split()[0]): row for row in out[1:]}
    assert found["000425", "SIP-01"][5] == "AU124"
    assert found["000430", "VPL"][6] == "Plan inför hemgång:\r\nhemtjänst morgon; sjuksköterska en gång i veckan"
    assert found["000433", "HEMB"][7:] == found["000444", "LARM"][7:] == ["", ""]
    assert found["000441", "TEAM"][5] == "QG003"
    assert found["000450", "SIP-BU"][7] == "AU124"
    assert found["000478", "TEAM"][6] == "'- hemgång planerad"
    source = (EXAMPLES / "insatser.csv").read_bytes()
    assert (
        source.count(b"\n") == source.count(b"\r\n") and (tmp_path / "converted.csv").read_bytes().count(b"\r\n") == 37
    )
    told = json.loads((tmp_path / "summary.json").read_text())
    assert (told["rows_in"], told["rows_out"], told["rows_rejected"], told["conserved"]) == (40, 35, 5, True)
    guide = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"| {row[0]} | `{row[1]}` |" in guide for row in rejects[1:])


def test_rejected_rows_are_an_error_unless_they_are_allowed(tmp_path: Path, folder: Path) -> None:
    assert example(tmp_path).code == 1
    assert batch(folder, "convert").code == 1
    (folder / "in.csv").write_text(f"{ROWS[0]}\n{ROWS[1]}\n", encoding="utf-8")
    assert batch(folder, "convert").code == 0


@pytest.mark.parametrize(
    ("row", "level"),
    [(ROWS[1], "info"), ("1;2026-01-01;SIP;Annat;AU124;", "warning"), ("1;2026-01-01;XX;;;", "error")],
)
def test_what_findings_fail_a_check(folder: Path, row: str, level: str) -> None:
    (folder / "in.csv").write_text(f"{ROWS[0]}\n{row}\n", encoding="utf-8")
    levels = ["info", "warning", "error"]
    for asked in levels:
        expected = int(levels.index(level) >= levels.index(asked))
        assert batch(folder, "validate", "--fail-on", asked).code == expected, asked
    assert batch(folder, "validate", "--fail-on", "never").code == 0
    assert batch(folder, "validate").code == int(level == "error")
    assert sorted(path.name for path in folder.iterdir()) == ["in.csv", "lokal.csv", "profil.toml"]


def test_a_guessed_encoding_is_a_warning_too(folder: Path) -> None:
    (folder / "in.csv").write_bytes(f"{ROWS[0]}\n1;2026-01-01;SIP;;;".encode() + b"p\xe5\n")
    assert batch(folder, "validate", "--fail-on", "warning").code == 1
    assert "was read as windows-1252" in batch(folder, "validate").out


@pytest.mark.parametrize("command", ["validate", "convert"])
@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--format", "jsonl"), ("--min-count", "5")])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_of_the_records_is_shown(folder: Path, command: str, more: tuple[str, ...], lang: str) -> None:
    ran = batch(folder, command, "--summary", "s.json", *more, lang=lang)
    assert ran.code == 1
    for said in (ran.out, ran.err, (folder / "s.json").read_text(encoding="utf-8")):
        assert not [secret for secret in SECRETS if secret in said]
    if not more:
        assert "[personal-number]" in ran.out
        assert "AU124" in ran.out


@pytest.mark.parametrize("header", ["2;2026-01-01;19121212-1212;Maj Ek;AU124;Maj Ek", "2;19121212-1212;SIP", "nr;dag"])
def test_not_even_where_the_header_is_missing(folder: Path, header: str) -> None:
    (folder / "in.csv").write_text(f"{header}\n{ROWS[1]}\n", encoding="utf-8")
    ran = batch(folder, "convert")
    assert ran.code == 2
    assert not [secret for secret in SECRETS if secret in ran.out + ran.err]
    (folder / "in.csv").write_bytes(f"{header};".encode() + b"\xe5\n")
    (folder / "profil.toml").write_text(PROFILE + '[input]\nencoding = "utf-8"\n', encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in batch(folder, "convert").err]


def test_only_the_owner_may_read_what_is_written(folder: Path) -> None:
    batch(folder, "convert", "--summary", "s.json", "--rejects", "bort.csv")
    for name in ("ut.csv", "bort.csv", "s.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert not (folder / "ut.rejects.csv").exists()


def test_small_counts_are_left_out(folder: Path) -> None:
    ran = batch(folder, "validate", "--min-count", "5", "--summary", "s.json")
    assert "        –  unknown code  [unknown-code]" in ran.out
    told = json.loads((folder / "s.json").read_text())
    counted = [each["count"] for each in told["rules"]] + [c["count"] for e in told["columns"] for c in e["codes"]]
    assert counted and not [count for count in counted if count is not None and count < 5]
    assert batch(folder, "validate", "--min-count", "-1").code == 2


def test_the_summary_in_json_is_that_of_the_file(folder: Path) -> None:
    ran = batch(folder, "convert", "--summary", "s.json", "--format", "json")
    (shown,) = json.loads(ran.out)
    whole = json.loads((folder / "s.json").read_text())
    assert shown.items() <= whole.items() or {key: whole[key] for key in shown}.keys() == shown.keys()
    assert (shown["rows_in"], shown["rejects"]) == (7, "ut.rejects.csv")


def test_the_reasons_are_in_the_language(folder: Path) -> None:
    batch(folder, "convert", lang="sv")
    assert rows(folder / "ut.rejects.csv", "utf-8")[1][2].startswith("kod: Koden 19121212-1212 finns inte i lokal|1.")
    batch(folder, "convert", lang="en")
    assert rows(folder / "ut.rejects.csv", "utf-8")[1][2].startswith("kod: The code 19121212-1212 does not exist")


def test_every_rule_that_a_run_may_find_has_a_name_for_people() -> None:
    for each in catalogue().values():
        if each.group in ("codes", "mappings", "records", "identifiers") and each.id not in (
            "encoding-assumed", "formula-neutralised", "target-not-valid",
        ):  # fmt: skip
            assert each.id in TEXTS, each.id
    assert all(sv and en for sv, en in TEXTS.values())
    for sv, en in TEXTS.values():
        assert sorted(re.findall(r"{\w+}", sv)) == sorted(re.findall(r"{\w+}", en))
