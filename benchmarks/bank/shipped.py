"""Build the shipped bank from its sources: how long, how large, how many concepts and terms.

python shipped.py [--runs 5]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from termbank import Bank
from termbank.store import library
from termbank.store.build import build


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    path = Path(tempfile.mkdtemp()) / "shipped.bank"
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        sources = library.read_sources()
        build(path, sources.vocabularies, sources.mappings, sources.systems)
        seconds.append(time.perf_counter() - started)
    with Bank.open(path) as bank:
        concepts = sum(loaded.concept_count for loaded in bank.vocabularies)
        mappings = len(bank.file.rows("SELECT 1 FROM mapping")) if bank.file else 0
    size = path.stat().st_size / 1e6
    print(f"read and compiled in {statistics.median(seconds):.2f} s (median of {runs}), {size:.2f} MB")
    print(f"{concepts} concepts and codes, {mappings} mappings")


if __name__ == "__main__":
    main()
