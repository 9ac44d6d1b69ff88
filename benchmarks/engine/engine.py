"""Ask the engine about all of ICD-10-SE 2026 and print a table of what it costs.

    python engine.py [BANK] [--rounds 5] [--only codings distinct members single operations expand conformance]

The list is looked for where the environment variable TERMBANK_TEST_DATA points, else in ../shared/data beside the
checkout; it is read as `termbank vocab add` reads it and compiled into a bank (a temporary one, unless BANK is named),
with three value sets. Each measurement runs in a fresh process in every round, the rounds interleaved; shown is the
median of the rounds. Answers are checked outside the measured time.
"""

import argparse
import csv
import datetime
import gc
import json
import os
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TERMBANK_TEST_DATA") or REPOSITORY.parent / "shared" / "data")
LIST = DATA / "codes" / "2026" / "icd-10-se.csv"
CODES = 38_928
SYSTEM, URL = "icd-10-se", "https://www.icd10.se/"
NAMED = "urn:benchmark:"
ALL, MOST = f"{NAMED}all", f"{NAMED}most"
DAY = datetime.date(2026, 3, 1)
CHAPTER, BELOW = "09", 554
"""A chapter, and how many codes are below it."""
MANY, SOME, FEW = 300_000, 40_000, 5_000
"""How many codings are asked for in one call, one by one, and as operations of FHIR."""
Figures = dict[str, float]
Asked = list[tuple[str, str | None]]

TARGETS = {
    "validate_codes, all of that together, a second": "> 200,000",
    "validate_codes, all of that, in a value set, a second": "> 200,000",
    "validate_code, all of that, a second": "> 20,000",
    "validate_code, all of that, in a value set, a second": "> 20,000",
    "$expand, all 38,928 codes, nested": "< 500 ms",
    "Bank.expand, all 38,928 codes": "< 500 ms",
    "HL7's tests, whole process": "< 30 s",
}


# -- the questions


def every() -> list[tuple[str, str]]:
    """Return each code of the list with its title."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["label"]) for row in csv.DictReader(file)]


def questions(
    count: int, *, otherwise: float = 0, wrong: float = 0, display: float = 0, distinct: bool = False
) -> Asked:
    """Draw codes, the same ones every time.

    Arguments:
        count: how many.
        otherwise: the share that is written otherwise than in the list: without the dot, in small letters, or both.
        wrong: the share that does not exist.
        display: the share that comes with its title.
        distinct: no code twice; else each is drawn from the whole list.
    """
    draw = random.Random(2026)
    codes = every()
    picked = draw.sample(codes, len(codes))[:count] if distinct else draw.choices(codes, k=count)
    found: Asked = []
    for place, (code, title) in enumerate(picked):
        written = code
        if wrong and place % round(1 / wrong) == 0:
            written = f"{code}Q9"
        elif draw.random() < otherwise:
            written = draw.choice((code.replace(".", ""), code.lower(), code.replace(".", "").lower()))
        found.append((written, title if draw.random() < display else None))
    return found


FULL: dict[str, Any] = {"otherwise": 0.1, "wrong": 0.01, "display": 0.5}
"""On a day, half with their titles, a tenth written otherwise, one in a hundred wrong."""


def value_sets() -> list[dict[str, Any]]:
    """Return the value sets: every code; the codes below a chapter; and both conditions, minus another chapter."""
    below = {"system": URL, "filter": [{"property": "concept", "op": "descendent-of", "value": CHAPTER}]}
    other = {"system": URL, "filter": [{"property": "concept", "op": "is-a", "value": "16"}]}
    made = {
        "all": {"include": [{"system": URL}]},
        "chapter": {"include": [below]},
        "most": {"include": [{"system": URL}], "exclude": [other]},
    }
    return [
        {"resourceType": "ValueSet", "id": name, "url": f"{NAMED}{name}", "status": "active", "compose": compose}
        for name, compose in made.items()
    ]


def make_bank(path: Path) -> None:
    from termbank.formats.fhir import value_sets as reader
    from termbank.store import build, library
    from termbank.store.lists import read_list

    found = read_list(LIST, SYSTEM, "2026", valid_from=datetime.date(2026, 1, 1))
    assert len(found.concepts) == CODES, len(found.concepts)
    sets = [reader.read(each) for each in value_sets()]
    build(path, [(found.info, found.concepts)], (), library.shipped_systems(), sets)


# -- Each of the functions below runs in a process of its own, and returns its figures: name -> seconds or a number.


def measure_codings(bank: Path) -> Figures:
    kinds: dict[str, tuple[dict[str, Any], datetime.date | None]] = {
        "codes alone": ({}, None),
        "on a day": ({}, DAY),
        "half with their titles": ({"display": 0.5}, None),
        "a tenth written otherwise": ({"otherwise": 0.1}, None),
        "1 % wrong": ({"wrong": 0.01}, None),
        "all of that together": (FULL, DAY),
    }
    opened = open_bank(bank)
    return {
        f"validate_codes, {name}, a second": codings_a_second(opened, questions(MANY, **how), on)
        for name, (how, on) in kinds.items()
    }


def measure_distinct(bank: Path) -> Figures:
    opened = open_bank(bank)
    asked = questions(CODES, distinct=True, **FULL)
    return {"validate_codes, all of that, each code once, a second": codings_a_second(opened, asked, DAY)}


def measure_members(bank: Path) -> Figures:
    opened = open_bank(bank)
    asked = questions(MANY, **FULL)
    return {
        "validate_codes, all of that, in a value set, a second": codings_a_second(opened, asked, DAY, ALL),
        "validate_codes, all of that, in a value set with an exclude, a second": codings_a_second(
            opened, asked, DAY, MOST
        ),
    }


def codings_a_second(bank: Any, asked: Asked, on: datetime.date | None, value_set: str | None = None) -> float:
    """Validate all codings in one call; a few are asked before, so that everything is imported."""
    import termbank

    codings = [termbank.Coding(system=SYSTEM, code=code, display=display) for code, display in asked]
    more = {"value_set": value_set} if value_set else {}
    bank.validate_codes(codings[-10:], on=on, **more)
    gc.collect()
    start = time.perf_counter()
    answers = bank.validate_codes(codings, on=on, **more)
    seconds = time.perf_counter() - start
    check(asked, [answer.valid for answer in answers], outside=value_set == MOST)
    return len(codings) / seconds


def check(asked: Asked, valid: list[bool | None], outside: bool = False) -> None:
    """Stop where an answer is wrong: valid is every code that exists; with `outside`, some of them are not."""
    right = [not code.endswith("Q9") for code, _ in asked]
    if outside:
        assert all(exists for exists, answer in zip(right, valid, strict=True) if answer) and sum(right) > valid.count(
            True
        )
    else:
        assert right == valid, sum(a != b for a, b in zip(right, valid, strict=True))


def measure_single(bank: Path) -> Figures:
    opened = open_bank(bank)
    figures: Figures = {}
    for name, how, more in (
        ("codes alone", {}, {}),
        ("all of that", FULL, {"on": DAY}),
        ("all of that, in a value set", FULL, {"on": DAY, "value_set": ALL}),
    ):
        asked = questions(SOME, **how)
        ask: Callable[..., Any] = opened.validate_code
        ask(SYSTEM, *asked[-1][:1], **more)
        start = time.perf_counter()
        answers = [ask(SYSTEM, code, display=display, **more) for code, display in asked]
        figures[f"validate_code, {name}, a second"] = len(asked) / (time.perf_counter() - start)
        check(asked, [answer.valid for answer in answers])
    return figures


def measure_operations(bank: Path) -> Figures:
    opened = open_bank(bank)
    asked = questions(FEW, wrong=0.01, display=0.5)
    figures: Figures = {}
    for name, shown, url in (
        ("ValueSet/$validate-code", ", every code", ALL),
        ("ValueSet/$validate-code", ", below a chapter", f"{NAMED}chapter"),
        ("CodeSystem/$validate-code", "", URL),
    ):
        calls = [parameters(url=("Uri", url), coding=("Coding", coding(*each))) for each in asked]
        operation(name, calls[-1], opened)
        start = time.perf_counter()
        answers = [operation(name, call, opened) for call in calls]
        figures[f"{name}{shown}, a second"] = len(calls) / (time.perf_counter() - start)
        valid = [next(p["valueBoolean"] for p in a["parameter"] if p["name"] == "result") for a in answers]
        if url.endswith("chapter"):
            assert 0 < sum(valid) < len(valid) / 10
        else:
            check(asked, valid)
    return figures


def measure_expand(bank: Path) -> Figures:
    """Each is asked once before the clock starts, but for the first text."""
    opened = open_bank(bank)
    all_, limit = ("Uri", ALL), ("Integer", CODES)
    text = parameters(url=all_, filter=("String", "diabetes"), limit=limit)
    chapter = parameters(url=("Uri", f"{NAMED}chapter"))
    nested = parameters(url=all_, limit=limit)
    flat = parameters(url=all_, limit=limit, excludeNested=("Boolean", True))
    first, found = timed(lambda: operation("ValueSet/$expand", text, opened))
    assert size(found) == 161, size(found)
    figures: Figures = {"$expand, a text filter, the first time": first}
    for name, call, expected in (
        ("a text filter, again", text, 161),
        ("a chapter's descendants", chapter, BELOW),
        ("all 38,928 codes, nested", nested, CODES),
        ("all 38,928 codes, flat", flat, CODES),
    ):
        operation("ValueSet/$expand", call, opened)
        gc.collect()
        figures[f"$expand, {name}"], found = timed(lambda call=call: operation("ValueSet/$expand", call, opened))
        assert size(found) == expected, size(found)
    opened.expand(ALL)
    gc.collect()
    figures["Bank.expand, all 38,928 codes"], expansion = timed(lambda: opened.expand(ALL))
    assert len(expansion.codes) == CODES
    return figures


def measure_conformance(bank: Path) -> Figures:
    if not (DATA / "tx").is_dir():
        return {}
    command = [sys.executable, str(REPOSITORY / "benchmarks" / "conformance.py")]
    seconds, done = timed(lambda: subprocess.run(command, check=False, capture_output=True, text=True))
    score = next(line for line in done.stdout.splitlines() if "wording-free" in line and "strict," in line)
    print(f"  {score}", file=sys.stderr)
    return {"HL7's tests, whole process": seconds}


MEASUREMENTS: dict[str, Callable[[Path], Figures]] = {
    "codings": measure_codings,
    "distinct": measure_distinct,
    "members": measure_members,
    "single": measure_single,
    "operations": measure_operations,
    "expand": measure_expand,
    "conformance": measure_conformance,
}
"""Name -> what is run; figures whose names end in "a second" are numbers, the others are seconds."""


# -- calls of operations


def operation(name: str, call: dict[str, Any], bank: Any) -> dict[str, Any]:
    from termbank import fhir

    status, answer = fhir.operation(name, call, bank)
    assert status == 200, answer
    return answer


def parameters(**values: tuple[str, Any]) -> dict[str, Any]:
    listed = [{"name": name, f"value{kind}": value} for name, (kind, value) in values.items()]
    return {"resourceType": "Parameters", "parameter": listed}


def coding(code: str, display: str | None) -> dict[str, str]:
    return {"system": URL, "code": code, **({"display": display} if display else {})}


def size(value_set: dict[str, Any]) -> int:
    """Count the codes of an expansion."""
    return sum(1 for _ in walk(value_set["expansion"].get("contains", ())))


def walk(codes: Any) -> Iterator[dict[str, Any]]:
    for each in codes:
        yield each
        yield from walk(each.get("contains", ()))


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def open_bank(bank: Path) -> Any:
    import termbank

    return termbank.open(bank)


# -- the rounds


def in_a_process(name: str, bank: Path) -> Figures:
    """Run one measurement in a fresh process."""
    paths = [str(REPOSITORY / "src"), str(REPOSITORY / "cli"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    command = [sys.executable, __file__, str(bank), "--inner", name]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def shown(name: str, value: float) -> str:
    if name.endswith("a second"):
        return f"{value:,.0f}"
    return f"{value * 1000:,.0f} ms" if value < 1 else f"{value:.1f} s"


def print_table(results: dict[str, list[Figures]]) -> None:
    print("\n| what | median | least | most | target |\n|---|--:|--:|--:|--:|")
    for rounds in results.values():
        for figure in rounds[0]:
            values = [found[figure] for found in rounds]
            median, least, most = (shown(figure, f(values)) for f in (statistics.median, min, max))
            print(f"| {figure} | {median} | {least} | {most} | {TARGETS.get(figure, '')} |")


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}{load}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask the engine about ICD-10-SE 2026 and print what it costs.")
    parser.add_argument("bank", type=Path, nargs="?", help="where the bank shall stand; it is made where it does not")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, default=list(MEASUREMENTS), metavar="NAME",
                        help=f"of {', '.join(MEASUREMENTS)}")  # fmt: skip
    parser.add_argument("--inner", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inner:
        print(json.dumps(MEASUREMENTS[arguments.inner](arguments.bank)))
        return
    if not LIST.is_file():
        sys.exit(f"{LIST}: ICD-10-SE 2026 is not here (set TERMBANK_TEST_DATA); nothing was measured")
    with tempfile.TemporaryDirectory() as scratch:
        bank = (arguments.bank or Path(scratch) / "icd-10-se.bank").absolute()
        if not bank.is_file():
            make_bank(bank)
        print(machine())
        results: dict[str, list[Figures]] = {}
        for turn in range(arguments.rounds):
            for name in arguments.only:
                print(f"  round {turn + 1}, {name}", file=sys.stderr)
                results.setdefault(name, []).append(in_a_process(name, bank))
    print_table(results)


if __name__ == "__main__":
    main()
