"""The labelled texts that judge `suggest` are what tests/labelled/suggest/README.md says they are."""

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
FOLDER = REPO / "tests" / "labelled" / "suggest"
SETS = ("kva-reworded", "icd-typo-1", "icd-typo-2", "icd-inflected", "icd-reordered", "ksh97", "none")
COLUMNS = ["id", "set", "split", "query", "target", "expected", "verbatim", "source", "done"]


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@pytest.mark.parametrize("name", SETS)
def test_the_rows_are_well_formed(name: str) -> None:
    found = rows(name)
    for row in found:
        assert None not in row and None not in row.values()
        assert row["set"] == name and row["split"] in ("dev", "test") and row["verbatim"] in ("yes", "no")
        assert row["target"] in ("icd-10-se|2026", "kva|2026")
        assert row["query"] == row["query"].strip() != "" and row["source"] and row["done"]
        codes = row["expected"].split(";") if row["expected"] else []
        assert bool(codes) == (name != "none") and len(set(codes)) == len(codes)
    assert len({row["id"] for row in found}) == len({row["query"].casefold() for row in found}) == len(found)


def test_no_code_and_no_category_stands_in_both_splits() -> None:
    splits: dict[str, set[str]] = {}
    for name in SETS:
        for row in rows(name):
            for code in filter(None, row["expected"].split(";")):
                kinds = [code] if row["target"] == "kva|2026" or "-" in code else [code, code[:3]]
                for kind in kinds:
                    splits.setdefault(f"{row['target']} {kind}", set()).add(row["split"])
    assert [code for code, both in splits.items() if len(both) > 1] == []


def test_the_counts_are_those_of_the_readme() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    said = {
        name: tuple(map(int, counts))
        for name, *counts in re.findall(r"^\| `([\w-]+)` \| (\d+) \| (\d+) \|", text, re.M)
    }
    found = {name: Counter(row["split"] for row in rows(name)) for name in SETS}
    assert said == {name: (count["dev"], count["test"]) for name, count in found.items()}
    verbatim = Counter(row["split"] for row in rows("ksh97") if row["verbatim"] == "yes")
    assert f"`verbatim`: {verbatim['dev']} dev, {verbatim['test']} test" in text


def test_the_codes_are_in_the_lists(real_data: Path) -> None:
    known = {}
    for system in ("icd-10-se", "kva"):
        with (real_data / "codes" / "2026" / f"{system}.csv").open(encoding="utf-8", newline="") as file:
            known[f"{system}|2026"] = {row["code"] for row in csv.DictReader(file)}
    for name in SETS:
        for row in rows(name):
            assert set(filter(None, row["expected"].split(";"))) <= known[row["target"]], row["id"]


@pytest.mark.slow
def test_the_same_seed_draws_the_same_files(real_data: Path) -> None:
    script = REPO / "benchmarks" / "mapping" / "draw_suggest.py"
    environment = {**os.environ, "TERMBANK_TEST_DATA": str(real_data)}
    drawn = subprocess.run(
        [sys.executable, script, "--check"], env=environment, capture_output=True, text=True, check=False
    )
    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
