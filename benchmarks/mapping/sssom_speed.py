"""Validates 100,000 SSSOM rows: termbank, beside sssom-py and sssom-pydantic where they are installed.

    python benchmarks/mapping/sssom_speed.py [--rows 100000] [--spoilt 0] [--others PYTHON]

Every way runs in a process of its own, on the same file, one after the other: processor time, wall time, greatest
memory, and what it found. `--others` names the Python in which the other two are installed (`pip install sssom
sssom-pydantic`), since they need pandas and may not fit beside the rest. With `--spoilt N` every Nth row has a mistake
(a confidence of 1.9, a date that there is not, a prefix that nobody declared, in turn), and the run says how many of
them each way found.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_id",
    "mapping_cardinality", "mapping_date", "confidence", "comment",
)  # fmt: skip
HEAD = """#sssom_version: "1.1"
#curie_map:
#  A: https://example.org/a/
#  B: https://example.org/b/
#  orcid: https://orcid.org/
#mapping_set_id: https://example.org/sets/speed
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
AUTHORS = "orcid:0000-0002-7356-1779|orcid:0000-0001-9439-5346"


def make(path: Path, rows: int, spoilt: int) -> int:
    """Write the file; return how many rows have a mistake."""
    chance = random.Random(6)
    wrong = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD + "\t".join(COLUMNS) + "\n")
        for number in range(rows):
            day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            row = {
                "subject_id": f"A:{number:06}", "subject_label": f"åtgärd nummer {number}",
                "predicate_id": "skos:exactMatch", "object_id": f"B:{number:06}",
                "object_label": f"insats nummer {number}", "mapping_justification": "semapv:LexicalMatching",
                "author_id": AUTHORS, "mapping_cardinality": "1:1", "mapping_date": day,
                "confidence": f"{chance.random():.3f}", "comment": f"en anmärkning om rad {number}, med några ord till",
            }  # fmt: skip
            if spoilt and number % spoilt == 0:
                slot, value = (("confidence", "1.9"), ("mapping_date", "2026-02-30"), ("object_id", "C:1"))[wrong % 3]
                row[slot] = value
                wrong += 1
            file.write("\t".join(row[name] for name in COLUMNS) + "\n")
    return wrong


def termbank(path: Path) -> dict[str, int]:
    from termbank.formats.sssom import Audit

    audit = Audit(path)
    findings = sum(finding.severity == "error" for finding in audit)
    return {"accepted": audit.accepted, "refused": audit.refused, "errors": findings}


def sssom_py(path: Path) -> dict[str, int]:
    import logging

    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    logging.disable(logging.CRITICAL)
    msdf = parse_sssom_table(str(path))
    reports = validate(msdf, fail_on_error=False)
    errors = sum(len(report.results) for report in reports.values())
    return {"accepted": len(msdf.df), "errors": errors}


def sssom_pydantic(path: Path) -> dict[str, int]:
    import sssom_pydantic

    mappings, *_rest = sssom_pydantic.read(path)
    return {"accepted": len(mappings)}


WAYS = {"termbank": termbank, "sssom-py": sssom_py, "sssom-pydantic": sssom_pydantic}


def measured(way: str, path: Path) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        found: dict[str, object] = dict(WAYS[way](path))
    except Exception as error:
        found = {"stopped": f"{type(error).__name__}: {str(error)[:120]}"}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    found["cpu_s"] = round(time.process_time() - cpu, 2)
    found["wall_s"] = round(time.perf_counter() - wall, 2)
    found["memory_mb"] = round(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20), 1)
    print(json.dumps(found))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--spoilt", type=int, default=0)
    arguments.add_argument("--others", default=sys.executable)
    arguments.add_argument("--way", choices=WAYS)
    arguments.add_argument("--file", type=Path)
    given = arguments.parse_args()
    if given.way:
        measured(given.way, given.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "speed.sssom.tsv")
        wrong = make(path, given.rows, given.spoilt)
        print(f"{given.rows} rows, {path.stat().st_size / 1e6:.1f} MB, with a mistake: {wrong}")
        for way in WAYS:
            python = sys.executable if way == "termbank" else given.others
            command = [python, __file__, "--way", way, "--file", str(path)]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            print(f"{way:15}", ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr.strip()[-200:])


if __name__ == "__main__":
    main()
