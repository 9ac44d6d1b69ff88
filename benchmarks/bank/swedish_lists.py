"""Load the Swedish code lists into one bank: how many codes, how long, how large, and a code that was withdrawn.

    python swedish_lists.py [BANK]

The lists are looked for where the environment variable TERMBANK_TEST_DATA points, else in ../shared/data beside the
checkout. Each list is read as `termbank vocab add` reads it; then all are compiled into one bank.
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import termbank
from termbank.store import build, library
from termbank.store.lists import read_list

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("TERMBANK_TEST_DATA") or REPOSITORY.parent / "shared" / "data") / "codes"
LISTS = [
    ("2026/icd-10-se.csv", "icd-10-se", "2026", {}),
    ("2026/kva.csv", "kva", "2026", {}),
    ("2026/ksi.csv", "ksi", "2026", {}),
    ("2026/icf.csv", "icf", "2026", {}),
    ("2026/atc.csv", "atc", "2026", {}),
    ("2020/icd10se.csv", "icd-10-se", "2020", {"code": "key", "title": "value"}),
    ("2020/kva.csv", "kva", "2020", {"code": "key", "title": "value"}),
]


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"{DATA}: the code lists are not here; set TERMBANK_TEST_DATA")
    path = Path(sys.argv[1] if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "swedish.bank")
    parts, counts, started = [], {"2026": 0, "2020": 0}, time.perf_counter()
    for file, system, version, columns in LISTS:
        year = int(version)
        valid_to = date(year, 12, 31) if version == "2020" else None
        found = read_list(DATA / file, system, version, columns=columns, valid_from=date(year, 1, 1), valid_to=valid_to)
        refused = sum(finding.severity == "error" for finding in found.findings)
        print(f"{system}|{version}: {len(found.concepts)} codes, {refused} rows refused")
        counts[version] += len(found.concepts)
        parts.append((found.info, found.concepts))
    read = time.perf_counter() - started
    build(path, parts, (), library.shipped_systems())
    seconds = time.perf_counter() - started
    print(f"{counts}; read in {read:.1f} s, compiled in {seconds - read:.1f} s, {path.stat().st_size / 1e6:.1f} MB")
    with termbank.open(path) as bank:
        for version in ("2020", "2026"):
            answer = bank.validate_code("kva", "AU120", version=version)
            print(f"AU120 in kva|{version}: valid {answer.valid} {answer.display}")
            for finding in answer.findings:
                print(f"  {finding.message('en')} Near: {'; '.join(f'{c.code} {c.display}' for c in answer.near)}")


if __name__ == "__main__":
    main()
