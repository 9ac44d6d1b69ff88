"""Ask a large bank many questions and print a table of what they cost.

    python lookups.py synth.bank [--rounds 5] [--only start first concepts validate wrong subsumes search memory]

The bank and its questions come from `make_bank.py`. Each measurement runs in a fresh process in every round, the rounds
interleaved; shown is the median of the rounds. The bank's file is read once before, so the cache is warm. Answers are
checked outside the measured time, where the right answer is known.
"""

import argparse
import gc
import importlib.metadata
import itertools
import json
import os
import platform
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

SYSTEM = "synth"
REPOSITORY = Path(__file__).resolve().parents[2]
Figures = dict[str, float]

TARGETS: dict[str, str] = {
    "import termbank, over bare Python": "< 150 ms",
    "termbank --help, whole process": "< 400 ms",
    "open and first look-up": "< 100 ms",
    "bank.concept, a second": "> 50 000 /s",
    "bank.validate_codes, a second": "> 200 000 /s",
    "bank.subsumes, a second": "> 100 000 /s",
    "search, typing error, p50": "< 2 ms",
    "search, typing error, p99": "< 20 ms",
    "search, all, p50": "< 2 ms",
    "search, all, p99": "< 20 ms",
    "anonymous memory": "< 100 MB",
}
"""The target beside each figure; `--targets FILE` (JSON, the same names) sets others."""

UNITS: dict[str, tuple[float, str]] = {"s": (1e3, "ms"), "a second": (1, "/s"), "bytes": (1e-6, "MB"), "": (1, "")}


# Each of the functions below runs in a process of its own, and returns its figures: name -> seconds, number or bytes.


def measure_start(bank: Path) -> Figures:
    """Medians of 11 processes each."""
    bare = median_process([sys.executable, "-c", "pass"])
    imported = median_process([sys.executable, "-c", "import termbank"])
    helped = median_process([sys.executable, "-m", "termbank_cli.main", "--help"])
    return {
        "bare Python": bare,
        "import termbank, over bare Python": imported - bare,
        "termbank --help, whole process": helped,
        "termbank --help, over bare Python": helped - bare,
    }


def median_process(command: list[str], times: int = 11) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def measure_first(bank: Path) -> Figures:
    code = first_line(bank, "ids.txt")
    import termbank

    start = time.perf_counter()
    opened = termbank.open(bank)
    between = time.perf_counter()
    concept = opened.concept(SYSTEM, code)
    end = time.perf_counter()
    assert concept.id == code
    return {"open the bank": between - start, "open and first look-up": end - start}


def measure_concepts(bank: Path) -> Figures:
    codes = list(lines(bank, "ids.txt"))
    assert len(set(codes)) == len(codes)
    opened = open_bank(bank)
    ask = opened.concept
    ask(SYSTEM, codes[-1])  # the first is measured elsewhere
    start = time.perf_counter()
    for code in codes:
        ask(SYSTEM, code)
    seconds = time.perf_counter() - start
    assert all(ask(SYSTEM, code).id == code for code in codes[:1000])
    return {"bank.concept, a second": len(codes) / seconds}


def measure_validate(bank: Path) -> Figures:
    codes = [line.split("\t")[0] for line in lines(bank, "codes.txt")]
    return {"bank.validate_codes, a second": validated_a_second(bank, codes, 0)}


def measure_wrong(bank: Path) -> Figures:
    codes = [line.split("\t")[1] for line in lines(bank, "codes.txt")]
    return {"bank.validate_codes, 1 % wrong, a second": validated_a_second(bank, codes, -(-len(codes) // 100))}


def validated_a_second(bank: Path, codes: Iterable[str], wrong: int) -> float:
    """Validate all codes in one call; a few are asked before, so that everything is imported."""
    import termbank

    codings = [termbank.Coding(system=SYSTEM, code=code) for code in codes]
    opened = open_bank(bank)
    opened.validate_codes(codings[-10:])
    gc.collect()
    start = time.perf_counter()
    answers = opened.validate_codes(codings)
    seconds = time.perf_counter() - start
    found = sum(answer.valid is False for answer in answers)
    assert (len(answers), found) == (len(codings), wrong), (len(answers), found, wrong)
    return len(codings) / seconds


def measure_subsumes(bank: Path) -> Figures:
    asked = [tuple(line.split()) for line in lines(bank, "pairs.txt")]
    opened = open_bank(bank)
    ask = opened.subsumes
    ask(SYSTEM, *asked[-1][:2])
    start = time.perf_counter()
    for above, below, _ in asked:
        ask(SYSTEM, above, below)
    seconds = time.perf_counter() - start
    for above, below, answer in asked[:10_000]:
        assert ask(SYSTEM, above, below) == answer, (above, below, answer)
    return {"bank.subsumes, a second": len(asked) / seconds}


def measure_search(bank: Path) -> Figures:
    asked = [tuple(line.split("\t")) for line in itertools.islice(lines(bank, "searches.txt"), 2_000)]
    opened = open_bank(bank)
    ask = opened.search
    ask("plan", vocabulary=SYSTEM, limit=10)
    taken: dict[str, list[float]] = {}
    without: dict[str, int] = {}
    for kind, text in asked:
        start = time.perf_counter()
        hits = ask(text, vocabulary=SYSTEM, limit=10)
        taken.setdefault(kind, []).append(time.perf_counter() - start)
        without[kind] = without.get(kind, 0) + (not hits)
    taken["all"] = list(itertools.chain.from_iterable(taken.values()))
    figures: Figures = {}
    for kind, seconds in taken.items():
        cuts = statistics.quantiles(seconds, n=100, method="inclusive")
        figures[f"search, {kind}, p50"] = cuts[49]
        figures[f"search, {kind}, p99"] = cuts[98]
        figures[f"search, {kind}, slowest"] = max(seconds)
    for kind, count in without.items():
        figures[f"search, {kind}: without a hit, of {len(taken[kind])}"] = count
    return figures


def measure_memory(bank: Path) -> Figures:
    """50,000 questions of each kind, read line by line from the files, no answer kept."""
    import termbank

    figures: Figures = {"anonymous memory, termbank imported": anonymous_memory()}
    opened = open_bank(bank)
    for code in lines(bank, "ids.txt", 50_000):
        opened.concept(SYSTEM, code)
    figures["anonymous memory, after 50,000 concepts"] = anonymous_memory()
    some = lines(bank, "codes.txt", 50_000)
    while batch := [termbank.Coding(system=SYSTEM, code=line.split("\t")[0]) for line in itertools.islice(some, 1_000)]:
        opened.validate_codes(batch)
    del batch
    figures["anonymous memory, after 50,000 validations"] = anonymous_memory()
    for line in lines(bank, "pairs.txt", 50_000):
        above, below, _ = line.split()
        opened.subsumes(SYSTEM, above, below)
    figures["anonymous memory, after 50,000 pairs"] = anonymous_memory()
    for line in lines(bank, "searches.txt", 50_000):
        opened.search(line.split("\t")[1], vocabulary=SYSTEM, limit=10)
    figures["anonymous memory"] = anonymous_memory()
    return figures


def anonymous_memory() -> float:
    """Return the bytes of this process that no file stands behind; Linux only."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Anonymous:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def open_bank(bank: Path) -> Any:
    import termbank

    return termbank.open(bank)


MEASUREMENTS: dict[str, tuple[Callable[[Path], Figures], str]] = {
    "start": (measure_start, "s"),
    "first": (measure_first, "s"),
    "concepts": (measure_concepts, "a second"),
    "validate": (measure_validate, "a second"),
    "wrong": (measure_wrong, "a second"),
    "subsumes": (measure_subsumes, "a second"),
    "search": (measure_search, "s"),
    "memory": (measure_memory, "bytes"),
}
"""Name -> what is run, and the unit of its figures (a figure whose name holds "without a hit" is a plain number)."""


def questions(bank: Path) -> Path:
    return bank.with_name(bank.name + ".questions")


def lines(bank: Path, name: str, count: int | None = None) -> Iterator[str]:
    with (questions(bank) / name).open(encoding="utf-8") as file:
        for line in itertools.islice(file, count):
            yield line.rstrip("\n")


def first_line(bank: Path, name: str) -> str:
    return next(lines(bank, name))


def in_a_process(name: str, bank: Path) -> Figures | None:
    """Run one measurement in a fresh process; None where it fails, its last words on stderr."""
    paths = [str(REPOSITORY / "src"), str(REPOSITORY / "cli"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    command = [sys.executable, __file__, str(bank), "--inner", name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name} failed:\n{done.stderr[-1500:]}", file=sys.stderr)
        return None
    figures: Figures = json.loads(done.stdout)
    return figures


def shown(value: float, unit: str) -> str:
    factor, name = UNITS[unit]
    scaled = value * factor
    text = f"{scaled:,.0f}".replace(",", " ") if scaled >= 1000 or unit == "" else f"{scaled:.3g}"
    return f"{text} {name}".strip()


def print_table(results: dict[str, list[Figures]], targets: dict[str, str]) -> None:
    print("\n| what | median | least | most | target |\n|---|--:|--:|--:|--:|")
    for name, rounds in results.items():
        unit = MEASUREMENTS[name][1]
        for figure in rounds[0]:
            kind = "" if "without a hit" in figure else unit
            values = [found[figure] for found in rounds]
            median, least, most = (shown(f(values), kind) for f in (statistics.median, min, max))
            print(f"| {figure} | {median} | {least} | {most} | {targets.get(figure) or '–'} |")


def machine(bank: Path) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = json.loads((questions(bank) / "facts.json").read_text(encoding="utf-8"))
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("pydantic", "pyroaring", "rapidfuzz")
    )
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {packages}\n"
        f"{facts['concepts']:,} concepts, {facts['terms']:,} terms, {facts['edges']:,} parent edges, "
        f"{bank.stat().st_size / 1e6:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask a large bank many questions and print what they cost.")
    parser.add_argument("bank", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, default=list(MEASUREMENTS), metavar="NAME",
                        help=f"of {', '.join(MEASUREMENTS)}")  # fmt: skip
    parser.add_argument("--targets", type=Path, help="JSON: name of a figure -> its target, as text")
    parser.add_argument("--inner", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    bank: Path = arguments.bank.absolute()
    if arguments.inner:
        print(json.dumps(MEASUREMENTS[arguments.inner][0](bank)))
        return
    targets = dict(TARGETS)
    if arguments.targets:
        targets.update(json.loads(arguments.targets.read_text(encoding="utf-8")))
    with bank.open("rb") as file:
        while file.read(1 << 22):
            pass
    print(machine(bank))
    results: dict[str, list[Figures]] = {}
    failed: set[str] = set()
    for turn in range(arguments.rounds):
        for name in arguments.only:
            if name in failed:
                continue
            print(f"  round {turn + 1}, {name}", file=sys.stderr)
            figures = in_a_process(name, bank)
            if figures is None:
                failed.add(name)
                results.pop(name, None)
            else:
                results.setdefault(name, []).append(figures)
    print_table(results, targets)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
