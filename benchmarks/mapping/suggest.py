"""What `suggest` finds of the labelled texts, beside rapidfuzz in the same run; how sure it is, and how fast.

    python benchmarks/mapping/suggest.py [--split dev|test] [--no-rapidfuzz] [--figure FILE]

Recall at k: a right code is among the first k suggestions. Sure of: the first suggestions with a score of 0.9 or more,
and how many of them are right. Calibration: all suggestions (five for each text) by their score, the texts without an
answer among them. Single errors are never shown. Speed: the development texts for ICD-10-SE, one by one, with reasons,
from empty caches each time; median of five, wall clock and CPU. --figure draws the calibration of the test half.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from code_titles import DATA, ICD
from suggest_baseline import SETS, Row, labelled, parts, ranks
from suggest_lists import right_codes, suggester, terminology

from termbank.mapping.suggest import marks, words
from termbank.mapping.suggest.suggesting import Suggester

SHOWN = 5
SURE = 0.9
EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
REPEATS = 5


class Answer(NamedTuple):
    """What was suggested for a labelled text: the scores, and which are right."""

    scores: list[float]
    right: list[bool]

    def within(self, k: int) -> bool:
        """Tell whether one of the first k is right."""
        return any(self.right[:k])


class Bin(NamedTuple):
    """Suggestions with scores in a range: how many, their mean score, and the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


def answer(row: Row) -> Answer:
    found = suggester(row["target"]).suggest(row["query"], SHOWN)
    expected = right_codes(row)
    return Answer([each.score for each in found], [each.coding.code in expected for each in found])


def bins(answers: Sequence[Answer], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return how often suggestions are right, by their scores."""
    pairs = [pair for each in answers for pair in zip(each.scores, each.right, strict=True)]
    found = []
    for low, high in pairwise(edges):
        inside = [(score, right) for score, right in pairs if low <= score < high]
        if inside:
            scores, rights = zip(*inside, strict=True)
            found.append(Bin(low, high, len(inside), statistics.fmean(scores), statistics.fmean(rights)))
    return found


def error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far score and share are apart, by the size of the bins."""
    total = sum(each.count for each in found)
    return sum(each.count * abs(each.score - each.right) for each in found) / total


def report(everything: list[Row], answers: dict[str, Answer], rival: dict[str, tuple[int, int, float]]) -> None:
    """Print the table."""
    for name in SETS:
        for part, listed in parts(name, [row for row in everything if row["set"] == name]).items():
            members = [row for row in listed if row["id"] in answers]
            if not members:
                continue
            found = [answers[row["id"]] for row in members]
            tops = [each.scores[0] if each.scores else 0.0 for each in found]
            sure = [each for each, top in zip(found, tops, strict=True) if top >= SURE]
            right = 100 * statistics.fmean(each.right[0] for each in sure) if sure else 0.0
            said = f"sure of {len(sure):4}, {right:5.1f} % right" if sure else "sure of    0"
            if name == "none":
                print(f"{part:62} {len(found):4}  top score {statistics.median(tops):.3f} median, {max(tops):.3f} most")
                continue
            cells = []
            for k in (1, SHOWN):
                share = 100 * statistics.fmean(each.within(k) for each in found)
                other = ""
                if rival:
                    was = 100 * statistics.fmean(rival[row["id"]][0] < k for row in members)
                    other = f" (rapidfuzz {was:5.1f}, {share - was:+5.1f})"
                cells.append(f"at {k} {share:5.1f}{other}")
            print(f"{part:62} {len(found):4}  {'  '.join(cells)}  {said}", flush=True)


def forget(asked: Suggester) -> None:
    """Empty every cache that answers leave behind."""
    index = asked.index
    for cached in (index.postings, index.lexis.near, marks.mark, words.split_section,
                   words.skeleton, words.form_keys, words.root):  # fmt: skip
        cached.cache_clear()


def speed() -> None:
    """Measure building and asking, on one core."""
    started = time.process_time()
    asked = Suggester(terminology(ICD), ICD.partition("|")[0])
    print(f"built over {asked.index.size:,} titles in {time.process_time() - started:.2f} s of CPU")
    texts = [row["query"] for name in SETS for row in labelled(name) if row["split"] == "dev" and row["target"] == ICD]
    for kind in ("from empty caches", "once more, warm"):
        walls, cpus = [], []
        for _ in range(REPEATS):
            if kind == "from empty caches":
                forget(asked)
            wall, cpu = time.perf_counter(), time.process_time()
            for text in texts:
                asked.suggest(text, SHOWN)
            walls.append(len(texts) / (time.perf_counter() - wall))
            cpus.append(len(texts) / (time.process_time() - cpu))
        print(
            f"{len(texts)} texts, {kind}: {statistics.median(walls):.0f} a second, "
            f"{statistics.median(cpus):.0f} a second of CPU; median of {REPEATS}"
        )


def draw(path: Path, found: Sequence[Bin]) -> None:
    """Draw the reliability diagram as SVG: score against share right, the area of a dot by how many there are."""
    size, left, top = 360, 60, 20

    def x(value: float) -> float:
        return round(left + value * size, 1)

    def y(value: float) -> float:
        return round(top + (1 - value) * size, 1)

    most = max(each.count for each in found)
    ticks = [step / 5 for step in range(6)]
    body = [
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#333"/>',
        *(f'<text x="{x(tick)}" y="{y(0) + 18}" text-anchor="middle">{tick:.1f}</text>' for tick in ticks),
        *(f'<text x="{left - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:.1f}</text>' for tick in ticks),
        f'<text x="{x(0.5)}" y="{y(0) + 38}" text-anchor="middle">score</text>',
        f'<text x="16" y="{y(0.5)}" text-anchor="middle" transform="rotate(-90 16 {y(0.5)})">share right</text>',
        '<polyline fill="none" stroke="#1f6f8b" points="'
        + " ".join(f"{x(each.score)},{y(each.right)}" for each in found)
        + '"/>',
        *(
            f'<circle cx="{x(each.score)}" cy="{y(each.right)}" r="{3 + 7 * (each.count / most) ** 0.5:.1f}" '
            f'fill="#1f6f8b" fill-opacity="0.7"><title>{each.low:.2f}-{min(each.high, 1):.2f}: {each.count} '
            f"suggestions, score {each.score:.3f}, right {each.right:.3f}</title></circle>"
            for each in found
        ),
    ]
    lines = "\n".join(f"  {line}" for line in body)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + size + 20} {top + size + 50}" '
        'font-family="sans-serif" font-size="12">\n'
        f"  <title>Calibration of suggest on the test half</title>\n{lines}\n</svg>\n",
        encoding="utf-8",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--no-rapidfuzz", action="store_true")
    parser.add_argument("--figure", type=Path)
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: the code lists are not here; set TERMBANK_TEST_DATA to the folder of test data")
    everything = [row for name in SETS for row in labelled(name)]
    asked = [row for row in everything if arguments.split in (None, row["split"])]
    answers = {row["id"]: answer(row) for row in asked}
    rival = {}
    if not arguments.no_rapidfuzz:
        ordered = sorted((row for row in asked if row["set"] != "none"), key=lambda row: row["target"])
        rival = {row["id"]: each for row, each in zip(ordered, ranks(ordered, 1), strict=True)}
    report(everything, answers, rival)
    for split in ("dev", "test"):
        found = bins([answers[row["id"]] for row in asked if row["split"] == split])
        if found:
            print(f"calibration, {split}: error {error(found):.3f}")
        for each in found:
            span = f"{each.low:.2f}-{min(each.high, 1):.2f}"
            print(f"  {span}  {each.count:5} suggestions  score {each.score:.3f}  right {each.right:.3f}")
        if split == "test" and found and arguments.figure:
            draw(arguments.figure, found)
    speed()


if __name__ == "__main__":
    main()
