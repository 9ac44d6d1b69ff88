"""Translate very many codes and print a table of what it costs.

    python translate_speed.py [--codes 40000] [--asked 1000000] [--rounds 5]

A synthetic set maps each code of one list to one or two of another, one in twenty to none. It is asked of through a
bank in memory and through a bank file. Each measurement runs in a fresh process in every round; shown is the median.
Answers are counted outside the measured time.
"""

import argparse
import gc
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

TARGET = 200_000
PREDICATES = ("skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:closeMatch")
KINDS = ("memory", "file")
WORK = {
    "first": "distinct codes, asked for the first time",
    "again": "codes drawn from those, the first time included",
    "known": "codes drawn from those, after they were asked for once",
    "one": "bank.translate, one code at a time",
}


def parts(count: int):
    """Return two code lists and a set that maps the first to the second."""
    from termbank.model import Coding, Concept, Mapping, MappingSet, Term, Vocabulary

    chance = random.Random(7)
    codes = [f"K{n:06}" for n in range(count)]
    concepts = [Concept(id=code, terms=(Term(text=f"Titel {code}"),)) for code in codes]
    lists = [Vocabulary(id=name, title=name, version="1", concepts=concepts) for name in ("local", "national")]
    mappings = []
    for code in codes:
        subject = Coding(system="local", code=code)
        for target in chance.sample(codes, 2 if chance.random() < 0.2 else 1):
            none = chance.random() < 0.05
            mappings.append(
                Mapping(
                    subject=subject,
                    object=None if none else Coding(system="national", code=target),
                    predicate=chance.choice(PREDICATES),
                    confidence=0.9,
                    justification="semapv:ManualMappingCuration",
                )
            )
    whole = MappingSet(id="m", subject_source="local", object_source="national", mappings=tuple(mappings))
    return codes, lists, [whole]


def measure(kind: str, work: str, codes: int, asked: int, path: Path) -> float:
    """Return how many codes were translated in a second."""
    import termbank

    listed = [f"K{n:06}" for n in range(codes)]
    if kind == "memory":
        _, lists, sets = parts(codes)
        bank = termbank.Bank.from_vocabularies(lists, sets)
    else:
        bank = termbank.open(path)
    chance = random.Random(11)
    drawn = chance.choices(listed, k=asked)
    many = {"first": listed, "again": drawn, "known": drawn, "one": drawn[: min(asked, 20_000)]}[work]
    if work == "known":
        bank.translate_codes(listed, system="local", to="national")
    gc.collect()
    start = time.perf_counter()
    if work == "one":
        found = [bank.translate("local", code, to="national") for code in many]
    else:
        found = bank.translate_codes(many, system="local", to="national")
    spent = time.perf_counter() - start
    assert len(found) == len(many) and all(found)
    return len(many) / spent


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, or be measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codes", type=int, default=40_000)
    parser.add_argument("--asked", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        kind, work, path = given.one
        print(measure(kind, work, given.codes, given.asked, Path(path)))
        return
    from termbank.store.build import build

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "speed.bank")
        _, lists, sets = parts(given.codes)
        build(path, lists, sets)
        rates: dict[tuple[str, str], list[float]] = {}
        for _ in range(given.rounds):
            for kind in KINDS:
                for work in WORK:
                    command = [sys.executable, __file__, "--codes", str(given.codes), "--asked", str(given.asked)]
                    ran = subprocess.run(
                        [*command, "--one", kind, work, str(path)], capture_output=True, text=True, check=True
                    )
                    rates.setdefault((kind, work), []).append(float(ran.stdout))
    print(f"{platform.python_implementation()} {platform.python_version()}, {given.codes:,} distinct codes,")
    print(f"{given.asked:,} asked for, median of {given.rounds}; target {TARGET:,} a second\n")
    print("| what | bank | codes a second |\n|---|---|--:|")
    for work, said in WORK.items():
        for kind in KINDS:
            print(f"| {said} | {kind} | {statistics.median(rates[kind, work]):,.0f} |")


if __name__ == "__main__":
    main()
