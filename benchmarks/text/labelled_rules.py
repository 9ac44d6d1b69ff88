"""How the rules do on the labelled texts: tests/labelled/rules.tsv.

    python benchmarks/text/labelled_rules.py [--split dev|test] [--errors] [--codes DIR]

Every text is checked by all these rules. A finding is right where its words touch a labelled string of the same rule.
Rows about codes count only with --codes, the folder that holds the code lists 2026/ and 2020/ of the test data: without
whole lists no code can be called unknown. Errors are printed for dev only, so that the test half stays unseen.
"""

import argparse
import csv
import datetime
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import termbank
from termbank.documents.plain import document
from termbank.text.settings import Settings

LABELS = Path(__file__).resolve().parents[2] / "tests" / "labelled" / "rules.tsv"
TERMS = (
    "deprecated-term", "superseded-term", "repealed-law", "misspelled-term", "inconsistent-term",
    "undefined-abbreviation",
)  # fmt: skip
CODES = ("unknown-code", "withdrawn-code")
LISTS = (
    ("kva", "2026", "2026/kva.csv"), ("ksi", "2026", "2026/ksi.csv"), ("icf", "2026", "2026/icf.csv"),
    ("icd-10-se", "2026", "2026/icd-10-se.csv"), ("atc", "2026", "2026/atc.csv"), ("kva", "2020", "2020/kva.csv"),
)  # fmt: skip


class Row(NamedTuple):
    """A labelled text: what may be found in it, as rule and words."""

    id: str
    text: str
    expected: list[tuple[str, str]]
    on: datetime.date | None
    split: str


def rows(split: str | None = None) -> Iterator[Row]:
    """Yield the labelled texts."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if split in (None, row["split"]):
                expected = [each.strip().split("@", 1) for each in row["expected"].split(";") if each.strip()]
                yield Row(
                    row["id"],
                    row["text"].replace("\\n", "\n"),
                    [(rule.strip(), words.strip()) for rule, words in expected],
                    datetime.date.fromisoformat(row["date"]) if row["date"] else None,
                    row["split"],
                )


def counts(
    bank: termbank.Bank, split: str | None = None, rules: tuple[str, ...] = TERMS, errors: bool = False
) -> dict[str, Counter[str]]:
    """Return for each rule how many findings were right and wrong, and how many were missed."""
    checker = bank.checker(Settings(select=rules))
    found = {rule: Counter[str]() for rule in rules}
    for row in rows(split):
        left = [(rule, words) for rule, words in row.expected if rule in rules]
        for finding in checker.check(document(row.text), row.on):
            at = finding.location
            assert at is not None and at.start is not None and at.end is not None
            match = next(
                (
                    each for each in left
                    if each[0] == finding.rule
                    and row.text.find(each[1]) < at.end and row.text.find(each[1]) + len(each[1]) > at.start
                ),
                None,
            )  # fmt: skip
            if match:
                left.remove(match)
            found[finding.rule]["right" if match else "wrong"] += 1
            if errors and row.split == "dev" and not match:
                print("wrong", row.id, finding.rule, finding.value, "|", row.text)
        for rule, words in left:
            found[rule]["missed"] += 1
            if errors and row.split == "dev":
                print("missed", row.id, rule, words, "|", row.text)
    return found


def with_codes(folder: Path, own_data: str) -> termbank.Bank:
    """Return a bank with whole code lists, added to a data folder of their own."""
    from termbank.store import own
    from termbank.store.lists import read_list

    os.environ["TERMBANK_DATA"] = own_data
    lists = [
        read_list(folder / file, system, version, valid_from=datetime.date(int(version), 1, 1))
        for system, version, file in LISTS
    ]
    own.add_all([(each.info, each.concepts) for each in lists], [])
    return termbank.open()


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--codes", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bank = with_codes(arguments.codes, folder) if arguments.codes else termbank.open()
        rules = (*TERMS, *CODES) if arguments.codes else TERMS
        found = counts(bank, arguments.split, rules, arguments.errors)
    for rule, each in [*found.items(), ("all", sum(found.values(), Counter[str]()))]:
        told, labelled = each["right"] + each["wrong"], each["right"] + each["missed"]
        print(
            f"{rule:24} right {each['right']:3}  wrong {each['wrong']:2}  missed {each['missed']:2}"
            f"  precision {each['right'] / max(told, 1):.3f}  recall {each['right'] / max(labelled, 1):.3f}"
        )


if __name__ == "__main__":
    main()
