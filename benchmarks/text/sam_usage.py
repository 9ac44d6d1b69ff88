"""Measure `sam-usage` on the labelled sentences: precision and recall of each pattern and split. Prints counts only.

    python sam_usage.py [FILE ...]

FILE: texts, one paragraph a line; then also how many sentences with the words they have, and how many hits. Made errors
say little about false alarms, real texts do: judge each hit there (`termbank check` shows them).
"""

import argparse
import csv
import datetime
import re
from collections import Counter
from pathlib import Path

from termbank.documents.document import Document, Segment
from termbank.text.rules.sam_usage import PATTERNS, SamUsage
from termbank.text.view import View
from termbank.text.zones import zones

LABELLED = Path(__file__).resolve().parents[2] / "tests" / "labelled" / "sam_usage.tsv"
WORD = re.compile("sam(?:verk|arbet)", re.IGNORECASE)


def seen(text: str) -> View:
    document = Document("a.txt", "text", text, (Segment(0, len(text)),))
    return View(document, [], zones(document), datetime.date(2026, 1, 1))


def labelled(rule: SamUsage, split: str | None = None) -> dict[str, Counter[str]]:
    """Return for each pattern how often it was right, wrong and silent where it should have spoken.

    Right is a hit of the labelled pattern on the labelled word; every other hit is wrong. The labels for which there
    is no pattern count as missed.
    """
    counts: dict[str, Counter[str]] = {}
    with LABELLED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if split and row["split"] != split:
                continue
            at = row["text"].find(row["target"])
            found = False
            for hit in rule.hits(seen(row["text"])):
                pattern = hit.key.partition("/")[0]
                right = hit.start == at and pattern == row["label"]
                counts.setdefault(pattern, Counter())["right" if right else "wrong"] += 1
                found = found or right
            if row["label"] != "right" and not found:
                counts.setdefault(row["label"], Counter())["missed"] += 1
    counts["all"] = sum(counts.values(), Counter())
    return counts


def precision(counts: Counter[str]) -> float:
    told = counts["right"] + counts["wrong"]
    return counts["right"] / told if told else 1.0


def recall(counts: Counter[str]) -> float:
    wanted = counts["right"] + counts["missed"]
    return counts["right"] / wanted if wanted else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="*", type=Path)
    arguments = parser.parse_args()
    rule = SamUsage(frozenset(PATTERNS))
    for split in ("dev", "test"):
        for pattern, counts in labelled(rule, split).items():
            print(
                f"{split:5}{pattern:28} right {counts['right']:3} wrong {counts['wrong']:3} missed {counts['missed']:3}"
                f"  precision {precision(counts):.2f} recall {recall(counts):.2f}"
            )
    for path in arguments.file:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if WORD.search(line)]
        views = [seen(line) for line in lines]
        sentences = sum(bool(WORD.search(view.text, *span)) for view in views for span in view.sentences)
        print(f"{path.name}: {sentences} sentences, {sum(len(list(rule.hits(view))) for view in views)} hits")


if __name__ == "__main__":
    main()
