"""What plain rapidfuzz finds of the labelled texts: token_set_ratio over all titles of the target, in lower case.

    python benchmarks/mapping/suggest_baseline.py [--set NAME]... [--workers N]

Recall at k: a right code is among the first k titles, those with the same score in the order of the list, as
rapidfuzz.process.extract gives them. Beside it, in brackets, the best that any order among equal scores could do. For
the texts without a right answer: the highest score, its median and its 90th percentile. The code lists are looked for
where the environment variable TERMBANK_TEST_DATA points, else in ../shared/data beside the checkout.
"""

import argparse
import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TERMBANK_TEST_DATA") or REPOSITORY.parent / "shared" / "data") / "codes"
FOLDER = REPOSITORY / "tests" / "labelled" / "suggest"
SETS = ("kva-reworded", "icd-typo-1", "icd-typo-2", "icd-inflected", "icd-reordered", "ksh97", "none")
FREQUENT = 5  # a change of words that so many rows share
AT_ONCE = 50

Row = dict[str, str]


def labelled(name: str) -> list[Row]:
    """Return the rows of a set."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def titles(target: str) -> tuple[list[str], list[str]]:
    """Return the codes of a target system and their titles in lower case."""
    system, _, version = target.partition("|")
    with (DATA / version / f"{system}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["label"].lower()) for row in csv.DictReader(file)]
    return [code for code, _ in rows], [title for _, title in rows]


def parts(name: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of a set by what is reported apart."""
    found: dict[str, list[Row]] = {}
    frequent = Counter(row["done"] for row in rows)
    for row in rows:
        names = [f"{name} {row['split']}"]
        if name == "ksh97":
            names.append(f"ksh97, {'verbatim' if row['verbatim'] == 'yes' else 'worded otherwise'}, {row['split']}")
        if name == "kva-reworded":
            shared = "shared by five rows or more" if frequent[row["done"]] >= FREQUENT else "of few rows"
            names.append(f"kva-reworded, change {shared}, {row['split']}")
        for each in names:
            found.setdefault(each, []).append(row)
    return dict(sorted(found.items(), key=lambda item: ("," in item[0], item[0])))


def ranks(rows: list[Row], workers: int) -> Iterator[tuple[int, int, float]]:
    """Yield of each row how many titles stand before the right one, as ties are and at best, and the top score."""
    for target in dict.fromkeys(row["target"] for row in rows):
        codes, choices = titles(target)
        number = {code: at for at, code in enumerate(codes)}
        wanted = [row for row in rows if row["target"] == target]
        for start in range(0, len(wanted), AT_ONCE):
            chunk = wanted[start : start + AT_ONCE]
            queries = [row["query"].lower() for row in chunk]
            scores = process.cdist(queries, choices, scorer=fuzz.token_set_ratio, dtype=np.float64, workers=workers)
            for row, own in zip(chunk, scores, strict=True):
                right = [number[code] for code in row["expected"].split(";") if code]
                if not right:
                    yield -1, -1, float(own.max())
                    continue
                best = max(own[right])
                first = min(at for at in right if own[at] == best)
                above = int((own > best).sum())
                yield above + int((own[:first] == best).sum()), above, float(own.max())


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=SETS, dest="sets")
    parser.add_argument("--workers", type=int, default=1, help="cores, -1 for all")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: the code lists are not here; set TERMBANK_TEST_DATA to the folder of test data")
    started, queries = time.perf_counter(), 0
    for name in arguments.sets or SETS:
        rows = sorted(labelled(name), key=lambda row: row["target"])
        found = {row["id"]: each for row, each in zip(rows, ranks(rows, arguments.workers), strict=True)}
        queries += len(rows)
        for part, members in parts(name, rows).items():
            results = [found[row["id"]] for row in members]
            if name == "none":
                tops = [top for *_, top in results]
                middle, high = np.median(tops), np.quantile(tops, 0.9)
                print(f"{part:62} {len(members):4}  top score {middle:5.1f} median {high:5.1f} p90")
                continue
            cells = []
            for k in (1, 5):
                shown, best = (100 * sum(each[way] < k for each in results) / len(results) for way in (0, 1))
                cells.append(f"recall at {k} {shown:5.1f} % ({best:5.1f})")
            print(f"{part:62} {len(members):4}  {'  '.join(cells)}", flush=True)
    seconds = time.perf_counter() - started
    print(f"{queries} queries in {seconds:.0f} s, {queries / seconds:.0f} a second, workers {arguments.workers}")


if __name__ == "__main__":
    main()
