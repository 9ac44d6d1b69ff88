"""How many of the labelled words are found as what they are: tests/labelled/words.tsv.

    python benchmarks/text/labelled_words.py [--split dev|test] [--errors]

Inflected: the concept is among the readings of a mention that covers the word, as exact, inflected or abbreviation.
Compounds: as compound-head, compound-modifier or elliptic, whichever it is. Traps: the concept is not found there.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import termbank

LABELS = Path(__file__).resolve().parents[2] / "tests" / "labelled" / "words.tsv"
GROUPS = {
    "compounds in all": ("compound-head", "compound-modifier", "elliptic"),
    "traps of form left alone": ("trap: chance-or-derivation", "trap: own-term"),
}
AS_A_WHOLE = {"exact", "inflected", "abbreviation"}


def rows(split: str | None) -> Iterator[dict[str, str]]:
    """Yield the labelled words."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if split is None or row["split"] == split:
                yield row


def found(bank: termbank.Bank, row: dict[str, str]) -> set[str]:
    """Return how the row's concept is found at its word: the kinds of match."""
    start = row["context"].index(row["word"])
    end = start + len(row["word"])
    return {
        mention.match
        for mention in bank.annotate(row["context"], vocabularies=["termbank"])
        if mention.start < end and start < mention.end
        for reading in mention.readings
        if reading.concept == row["concept"]
    }


def right(row: dict[str, str], kinds: set[str]) -> bool:
    """Tell whether a word was found as what it is labelled."""
    if row["kind"] == "trap":
        return not kinds
    if row["kind"] in ("inflected", "abbreviation"):
        return bool(kinds & AS_A_WHOLE)
    return row["kind"] in kinds


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    with termbank.open() as bank:
        for row in rows(arguments.split):
            kinds = found(bank, row)
            kind = f"trap: {row['trap']}" if row["trap"] else row["kind"]
            total[kind] += 1
            good[kind] += right(row, kinds)
            if arguments.errors and not right(row, kinds):
                print(row["id"], row["split"], kind, row["word"], row["concept"], sorted(kinds), row["context"][:120])
    for kind, count in sorted(total.items()):
        print(f"{kind:28} {good[kind]:4} of {count:4}  {100 * good[kind] / count:.1f} %")
    for name, kinds in GROUPS.items():
        of, n = sum(good[kind] for kind in kinds), sum(total[kind] for kind in kinds)
        print(f"{name:28} {of:4} of {n:4}  {100 * of / n:.1f} %")


if __name__ == "__main__":
    main()
