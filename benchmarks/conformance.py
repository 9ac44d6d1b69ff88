"""Runs HL7's terminology tests and prints the score: python benchmarks/conformance.py [--preload] [--rename] [--hl7].

With --hl7 answers are compared by the rules of HL7's own runner, and issues say where they are in `expression` only.

The tests and their runner are not part of this project. They are looked for in ../shared, or where the environment
variable TERMBANK_TEST_DATA points (a folder with `tx`, beside a folder `tools` with `tx_conformance.py`).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORD = HERE.parent / "tests" / "fhir" / "recorded.toml"
_BY_HL7 = """
import functools, sys
sys.path.insert(0, sys.argv.pop(1))
import tx_conformance
import termbank.fhir
tx_conformance.Comparer = functools.partial(tx_conformance.Comparer, strict=False)
termbank.fhir.operation = functools.partial(termbank.fhir.operation, issue_location=False)
raise SystemExit(tx_conformance.main())
"""


def data() -> Path | None:
    """Return the folder of the test data, or None."""
    folder = Path(os.environ.get("TERMBANK_TEST_DATA") or HERE.parent.parent / "shared" / "data")
    return folder if (folder / "tx").is_dir() and (folder.parent / "tools" / "tx_conformance.py").is_file() else None


def run(folder: Path, *options: str) -> tuple[int, int, dict[str, str | None], str]:
    """Run the tests.

    Returns:
        How many tests passed, of how many; why each failed, by name, or None; and what the runner printed.
    """
    tool = folder.parent / "tools" / "tx_conformance.py"
    by_hl7 = "--hl7" in options
    options = tuple(each for each in options if each != "--hl7")
    with tempfile.TemporaryDirectory() as scratch:
        results = Path(scratch) / "results.json"
        start = ["-c", _BY_HL7, str(tool.parent)] if by_hl7 else [str(tool)]
        command = [sys.executable, *start, "--tests", str(folder / "tx"), "--json", str(results), *options]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if not results.is_file():
            raise RuntimeError(found.stdout + found.stderr)
        score = re.search(r"^(\d+)/(\d+) strict", found.stdout, re.MULTILINE)
        if score is None:
            raise RuntimeError(found.stdout + found.stderr)
        return int(score[1]), int(score[2]), json.loads(results.read_text()), found.stdout


def main() -> int:
    """Print the score, and fail where it is lower than the recorded one."""
    folder = data()
    if folder is None:
        print("HL7's terminology tests are not here (set TERMBANK_TEST_DATA); nothing was run")
        return 0
    recorded = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    passed, tests, _, shown = run(folder, *sys.argv[1:])
    print(shown, end="")
    print(f"recorded: {recorded['strict']}/{recorded['tests']} strict ({recorded['revision']})")
    return 0 if passed >= recorded["strict"] and tests >= recorded["tests"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
