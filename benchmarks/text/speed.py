"""How fast texts are searched and checked; prints a table.

    python speed.py --text FILE [--rounds 5] [--only terms page book folder] [--mb 10]

FILE: running Swedish, 10 MB or more; without it, what TERMBANK_TEST_DATA has of running text, again and again, which
flatters everybody: the words come back. The test data (see `tests/conftest.py`) is needed for `terms` and `page`. Every
figure is measured in a process of its own, the contestants in turn; shown are the medians of the rounds, and the least.

- `terms`: 50,000 forms in FILE. `care`: the terms of the shipped bank (its names of sections not counted), and titles
  of one word from KSI, ICF, KVÅ, ICD-10-SE and ATC in the order of the lists, until their forms are 50,000: as dense
  as a term bank is. `general`: after the bank's terms first every noun of UD Swedish Talbanken (dev and test): as
  dense as words can be. Timed for termbank is `annotate(text)` from text to mentions with readings: inflected forms
  told apart by context, compounds taken apart; on words never seen before (cold) and again (warm). Not included: to
  open the bank, to prepare the terms, to import Polars. CPU time of the process, so that Polars' threads count.
  Beside it flashtext, where it is installed: it looks for the same forms as fixed strings, without readings,
  inflected phrases or compounds.
- `page`, `book`, `folder`: `termbank check` as a whole process on the documents of `make_documents.py`.
"""

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
DATA = Path(os.environ.get("TERMBANK_TEST_DATA") or REPOSITORY.parent / "shared" / "data")
FORMS = 50_000
Figures = dict[str, float]


# The terms and the text


def nouns(choice: str) -> Iterator[str]:
    """Yield nouns of general Swedish, if so chosen, then titles of one word from code lists."""
    for path in sorted((DATA / "ud").glob("*.conllu")) if choice == "general" else ():
        for line in path.read_text(encoding="utf-8").splitlines():
            column = line.split("\t")
            if len(column) > 3 and column[3] == "NOUN" and column[2].isalpha():
                yield column[2].lower()
    for name in ("ksi", "icf", "kva", "icd-10-se", "atc"):
        with (DATA / "codes" / "2026" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["label"].isalpha() and len(row["label"]) > 4:
                    yield row["label"].lower()


def prepared(choice: str) -> tuple[Any, list[str]]:
    """Return a bank with terms of 50,000 forms, and the forms."""
    import termbank
    from termbank.language.inflection import forms
    from termbank.text.terms import entries, sources

    bank = termbank.open()
    found = {
        form.text
        for _, _, term in entries(sources(bank.terminology))
        if "§" not in term.text  # no text has them as one term for the matcher: 2 kap. 7 § SoL
        for form in forms(term.text, term.part_of_speech, term.inflection)
    }
    chosen = []
    for noun in dict.fromkeys(nouns(choice)):
        if len(found) >= FORMS:
            break
        chosen.append(noun)
        found.update(form.text for form in forms(noun, "noun"))
    concepts = [termbank.Concept(id=noun, terms=(termbank.Term(text=noun, part_of_speech="noun"),)) for noun in chosen]
    more = termbank.Vocabulary(id="nouns", title="Nouns", concepts=concepts)
    return bank.overlaid([more]), sorted(found)


def running_text(path: Path | None, megabytes: float) -> str:
    """Return the text that is searched."""
    if path:
        text = path.read_text(encoding="utf-8")
    else:
        parts = [each.read_text(encoding="utf-8") for each in sorted((DATA / "texts" / "seeds").glob("*.txt"))]
        treebank = "\n".join(each.read_text(encoding="utf-8") for each in sorted((DATA / "ud").glob("*.conllu")))
        parts += re.findall(r"# text = (.+)", treebank)
        text = "\n".join(parts)
        text *= int(megabytes * 1e6 / len(text)) + 1
    return text[: int(megabytes * 1e6 * len(text) / len(text.encode()))] if megabytes else text


# The contestants; each function runs in a process of its own


def termbank_finds(text: str, choice: str, native: bool) -> Figures:
    from termbank.text.annotate import Annotator

    bank, forms = prepared(choice)
    if native:
        import polars  # noqa: F401
    annotator = Annotator(bank.terminology, native=native)
    annotator.annotate("En samordnad individuell plan och en vårdplaneringsmötesanteckning.")
    cold, found = timed(lambda: len(annotator.annotate(text)))
    warm, again = timed(lambda: len(annotator.annotate(text)))
    assert found == again
    return {"cold": cold, "warm": warm, "found": found, "forms": len(forms)}


def flashtext_finds(text: str, choice: str) -> Figures:
    from flashtext import KeywordProcessor

    _, forms = prepared(choice)
    processor = KeywordProcessor()
    processor.non_word_boundaries.update("åäöÅÄÖéÉü")
    for form in forms:
        processor.add_keyword(form, form)
    cold, found = timed(lambda: len(processor.extract_keywords(text, span_info=True)))
    warm, _ = timed(lambda: len(processor.extract_keywords(text, span_info=True)))
    return {"cold": cold, "warm": warm, "found": found, "forms": len(forms)}


def timed(what: Callable[[], int]) -> tuple[float, int]:
    """Return the CPU seconds of a call, of all threads, and its answer."""
    start = time.process_time()
    answer = what()
    return time.process_time() - start, answer


FINDERS: dict[str, Callable[[str, str], Figures]] = {
    "termbank, pure Python": lambda text, choice: termbank_finds(text, choice, False),
    "termbank, Polars cuts the text": lambda text, choice: termbank_finds(text, choice, True),
    "flashtext": flashtext_finds,
}


# Whole processes


def whole(arguments: list[str], bytecode: Path) -> Figures:
    """Run `termbank check` and return what it took; its modules are compiled, as pip leaves them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    start = time.perf_counter()
    command = [sys.executable, "-m", "termbank_cli.main", "check", *arguments, "--fail-on", "never"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, arguments
    wall = time.perf_counter() - start
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def jobs(documents: Path, out: Path) -> dict[str, dict[str, list[str]]]:
    outputs = ["--comments", str(out / "comments"), "--appendix", str(out / "appendix"), "--format", "none",
               "--report", str(out / "report.html")]  # fmt: skip
    return {
        "page": {f"one page, {kind}": [str(documents / f"one-page.{kind}")] for kind in ("docx", "txt", "md")},
        "book": {"300 pages, docx": [str(documents / "book.docx")]},
        "folder": {"400 documents, with comments, appendix and report": [str(documents / "folder"), *outputs]},
    }


# The table


def in_a_process(name: str, choice: str, text: Path) -> Figures | None:
    command = [sys.executable, __file__, "--inner", name, choice, "--text", str(text)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    figures: Figures = json.loads(done.stdout)
    return figures


def measure_terms(text: Path, rounds: int) -> None:
    size = text.stat().st_size / 1e6
    results: dict[tuple[str, str], list[Figures]] = {}
    for _ in range(rounds):
        for choice in ("care", "general"):
            for name in FINDERS:
                if figures := in_a_process(name, choice, text):
                    results.setdefault((choice, name), []).append(figures)
    print(
        f"\n{size:.2f} MB\n\n| terms | finder | forms | found | cold MB/s, median (best) | warm MB/s, median (best) |"
    )
    print("|---|---|--:|--:|--:|--:|")
    for (choice, name), runs in results.items():
        rates = [[size / run[which] for run in runs] for which in ("cold", "warm")]
        shown = " | ".join(f"{statistics.median(each):.1f} ({max(each):.1f})" for each in rates)
        print(f"| {choice} | {name} | {runs[0]['forms']:,.0f} | {runs[0]['found']:,.0f} | {shown} |")


def measure_whole(chosen: dict[str, list[str]], rounds: int, bytecode: Path) -> None:
    results: dict[str, list[Figures]] = {name: [] for name in chosen}
    whole(next(iter(chosen.values())), bytecode)
    for _ in range(rounds):
        for name, arguments in chosen.items():
            results[name].append(whole(arguments, bytecode))
    print("\n| documents | wall s, median (best) | CPU s, median | peak MB |\n|---|--:|--:|--:|")
    for name, runs in results.items():
        wall, cpu = ([run[which] for run in runs] for which in ("wall", "cpu"))
        peak = max(run["peak"] for run in runs)
        print(
            f"| {name} | {statistics.median(wall):.2f} ({min(wall):.2f}) | {statistics.median(cpu):.2f} | {peak:.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--mb", type=float, default=0, help="how much of the text; default: all, or 10 MB without it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=["terms", "page", "book", "folder"])
    parser.add_argument("--inner", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inner:
        name, choice = arguments.inner
        print(json.dumps(FINDERS[name](arguments.text.read_text(encoding="utf-8"), choice)))
        return
    if not DATA.is_dir():
        sys.exit(f"the test data is not in {DATA}; set TERMBANK_TEST_DATA to its folder")
    wanted = arguments.only or ["terms", "page", "book", "folder"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "text.txt"
        text.write_text(running_text(arguments.text, arguments.mb or (0 if arguments.text else 10)), encoding="utf-8")
        if "terms" in wanted:
            measure_terms(text, arguments.rounds)
        if wanted != ["terms"]:
            from make_documents import make

            make(text, DATA / "texts" / "seeds", folder / "documents")
            (folder / "out").mkdir()
            every = jobs(folder / "documents", folder / "out")
            measure_whole(
                {k: v for part in wanted for k, v in every.get(part, {}).items()}, arguments.rounds, folder / "bytecode"
            )


if __name__ == "__main__":
    main()
