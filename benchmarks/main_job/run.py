"""Run the main job, termbank and its rivals, as whole processes, interleaved, and print a table.

    python run.py --rows 1000000 5000000 --runs 5 [--only termbank polars] [--work FOLDER]

Each round runs every contestant once, the order turned by one from round to round; outputs of the run before are
removed first, outside the measured time. The records are read once before the first round, so all of them meet a warm
cache. Measured with `os.wait4`: wall, user + system CPU and the peak resident memory of the process and of children it
waited for (the largest of them, not the sum; files mapped into memory count).

The ratio is wall against the Polars rival *of the same round*, and the median of those ratios. The rows are counted in
the output files, not asked of the contestants; `like` says whose output the contestant's is byte for byte.

termbank finds ICD-10-SE in a bank that was compiled before, as its users do (`vocab add`); the local list and the
mapping come with the profile. The rivals read all three.

This script imports nothing heavy on purpose: on Linux the peak memory of a child begins with that of its parent.
"""

import argparse
import hashlib
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
BASELINE = "polars"


@dataclass(frozen=True)
class Job:
    """The files of one run of one contestant."""

    records: Path
    folder: Path

    @property
    def out(self) -> Path:
        """The converted rows."""
        return self.folder / "out.csv"

    @property
    def rejects(self) -> Path:
        """The rows that were refused."""
        return self.folder / "rejects.csv"

    @property
    def summary(self) -> Path:
        """What termbank says of the run."""
        return self.folder / "summary.json"


@dataclass(frozen=True)
class Run:
    """What one process cost."""

    wall: float
    cpu: float
    peak: float
    """MB"""


def command(contestant: str, job: Job) -> list[str]:
    files = [str(job.records), str(job.out), str(job.rejects)]
    if contestant == "termbank":
        return [
            sys.executable, "-m", "termbank_cli.main", "convert", str(job.records),
            "--profile", str(job.records.parent / "profile.toml"), "-o", str(job.out), "--rejects", str(job.rejects),
            "--summary", str(job.summary), "--allow-rejects", "--bank", str(job.records.parent / "icd.bank"),
        ]  # fmt: skip
    script, *options = {
        "polars": ["rival_polars.py", "--way", "lines"],
        "polars-csv": ["rival_polars.py", "--way", "csv"],
        "pandas": ["rival_pandas.py"],
        "csv": ["rival_csv.py"],
    }[contestant]
    return [sys.executable, str(HERE / script), *files, *options]


CONTESTANTS = ("termbank", "polars", "polars-csv", "pandas", "csv")


def environment() -> dict[str, str]:
    """Let `python -m termbank_cli.main` find this checkout, installed or not."""
    paths = [str(REPOSITORY / "src"), str(REPOSITORY / "cli"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def measure(contestant: str, job: Job) -> Run:
    """Run one contestant once.

    Raises:
        RuntimeError: it failed; its last words are in the text.
    """
    job.folder.mkdir(parents=True, exist_ok=True)
    for path in (job.out, job.rejects, job.summary):
        path.unlink(missing_ok=True)
    log = job.folder / "log.txt"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command(contestant, job), stdout=output, stderr=output, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        words = log.read_text(encoding="utf-8", errors="replace")[-1500:]
        raise RuntimeError(f"{contestant} ended with exit code {process.returncode}:\n{words}")
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Run(wall, usage.ru_utime + usage.ru_stime, peak)


def facts_of(path: Path) -> tuple[int, str]:
    """Return the number of records below the header (no record spans two lines here) and a digest of the bytes."""
    if not path.is_file():
        return 0, ""
    lines, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            lines += block.count(b"\n")
            digest.update(block)
    return max(lines - 1, 0), digest.hexdigest()


def make_rows(rows: int, work: Path) -> Path:
    records = work / f"records-{rows}.csv"
    script, profile = HERE / "make_rows.py", HERE / "profile.toml"
    if not records.is_file() or records.stat().st_mtime < script.stat().st_mtime:
        subprocess.run([sys.executable, str(script), str(rows), str(work)], check=True)
    (work / profile.name).write_bytes(profile.read_bytes())
    facts_of(records)  # warms the cache
    return records


def compile_bank(work: Path) -> None:
    """Put ICD-10-SE into a bank, as a user does once for each edition."""
    add = [
        sys.executable, "-m", "termbank_cli.main", "vocab", "add", str(work / "icd.csv"), "--as", "icd-10-se",
        "--version", "2026", "--valid-from", "1997-01-01", "--bank", str(work / "icd.bank"),
        "--columns", "code=code,title=label,parent=parent_code,valid_from=valid_from,valid_to=valid_to",
    ]  # fmt: skip
    subprocess.run(add, env=environment(), check=True, stdout=subprocess.DEVNULL)


def run_all(rows: int, runs: int, contestants: list[str], work: Path) -> dict[str, list[Run]]:
    records = make_rows(rows, work)
    compile_bank(work)
    results: dict[str, list[Run]] = {name: [] for name in contestants}
    failed: set[str] = set()
    for turn in range(runs):
        first = turn % len(contestants)
        for name in contestants[first:] + contestants[:first]:
            if name in failed:
                continue
            try:
                run = measure(name, Job(records, work / "runs" / name))
            except RuntimeError as error:
                failed.add(name)
                print(error, file=sys.stderr)
                continue
            results[name].append(run)
            print(f"  round {turn + 1}, {name}: {run.wall:.2f} s, {run.cpu:.2f} CPU s", file=sys.stderr)
    return {name: found for name, found in results.items() if name not in failed}


def said(name: str, job: Job) -> str:
    """Return what a rival printed of its counts, or where termbank's summary has them."""
    path = job.summary if name == "termbank" else job.folder / "log.txt"
    try:
        counts = json.loads(path.read_text(encoding="utf-8"))
        plain = {key: value for key, value in counts.items() if name != "termbank" or key.startswith("rows_")}
        return json.dumps(plain, ensure_ascii=False)
    except (OSError, ValueError):
        return "(no counts)"


def print_table(rows: int, results: dict[str, list[Run]], work: Path) -> None:
    print(f"\n### {rows:,} rows\n".replace(",", " "))
    print(
        f"| contestant | runs | wall s | CPU s | peak MB | wall / {BASELINE} | ok | rejected | ok + rejected | like |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|---|")
    seen: dict[str, str] = {}
    claims: list[str] = []
    counts: dict[str, tuple[int, int]] = {}
    records = work / f"records-{rows}.csv"
    for name, runs in results.items():
        job = Job(records, work / "runs" / name)
        (ok, digest), (rejected, _) = facts_of(job.out), facts_of(job.rejects)
        counts[name] = (ok, rejected)
        like = seen.setdefault(digest, name)
        wall, cpu, peak = (statistics.median(getattr(run, key) for run in runs) for key in ("wall", "cpu", "peak"))
        pairs = zip(runs, results.get(BASELINE, []), strict=False)
        ratios = [mine.wall / theirs.wall for mine, theirs in pairs]
        ratio = f"{statistics.median(ratios):.2f}" if ratios else "–"
        conserved = "= rows" if ok + rejected == rows else f"{ok + rejected - rows:+} rows"
        print(
            f"| {name} | {len(runs)} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratio} | {ok} | {rejected} | {conserved} "
            f"| {'–' if like == name else like} |"
        )
        claims.append(f"- {name}: {said(name, job)}")
    print("\nWhat each says of itself:\n\n" + "\n".join(claims))
    if BASELINE in counts:
        for name, found in counts.items():
            if found == counts[BASELINE]:
                continue
            known = name in {"polars-csv", "pandas"}
            why = "expected: its reader pads short rows in silence" if known else "one of the two is wrong"
            print(f"\n{name} does not agree with {BASELINE}: {found} against {counts[BASELINE]} ({why}).")


def version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the main job, termbank and its rivals.")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS), metavar="NAME",
                        help=f"of {', '.join(CONTESTANTS)}")  # fmt: skip
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "termbank-main-job")
    arguments = parser.parse_args()
    contestants = [name for name in CONTESTANTS if name in arguments.only]
    arguments.work.mkdir(parents=True, exist_ok=True)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in ("polars", "pandas", "pyarrow", "numpy"))
    print(f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, {versions}")
    complete = True
    for rows in arguments.rows:
        results = run_all(rows, arguments.runs, contestants, arguments.work)
        print_table(rows, results, arguments.work)
        complete &= len(results) == len(contestants)
    sys.exit(0 if complete else 1)


if __name__ == "__main__":
    main()
