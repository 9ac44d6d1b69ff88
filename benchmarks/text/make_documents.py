"""Make Word documents of real sentences, for `speed.py`.

    python make_documents.py --text FILE --seeds FOLDER OUT

OUT: `one-page.docx`, `.txt` and `.md`; `book.docx`, 300 pages; `folder/`, 400 documents of two to four pages. A page is
2,700 characters. Paragraphs are lines of FILE (running Swedish), of the texts in FOLDER, and labelled texts of
`tests/labelled/rules.tsv`, most of them with something to find, in turn and again from the beginning; every page has a
heading, and every third a table of eight rows of what would be its next paragraphs.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2] / "tests"
sys.path.insert(0, str(TESTS / "documents"))

from make_docx import docx, paragraph, run, table  # noqa: E402

PAGE = 2_700
PAGES = 300
DOCUMENTS = 400


def paragraphs(text: Path, seeds: Path) -> Iterator[str]:
    """Yield one paragraph of running text, one of the seeds, one that is labelled, and so on for ever."""
    running = (line.strip() for line in text.read_text(encoding="utf-8").splitlines())
    prose = [line for line in running if 80 < len(line) < 1_500 and ": " not in line[:30]]
    own = [line for path in sorted(seeds.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    with (TESTS / "labelled" / "rules.tsv").open(encoding="utf-8", newline="") as file:
        labelled = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for three in zip(cycle(prose), cycle(line for line in own if len(line) > 60), cycle(labelled), strict=False):
        yield from three


def page(number: int, source: Iterator[str]) -> list[tuple[str, str]]:
    """Return the blocks of a page: kind and text."""
    blocks, length = [("heading", f"{number} Samverkan och ansvar")], 0
    if number % 3 == 0:
        cells = [each[:90] for each in islice(source, 16)]
        blocks.append(("table", "\n".join(cells)))
        length += sum(map(len, cells))
    while length < PAGE:
        text = next(source)
        blocks.append(("paragraph", text))
        length += len(text)
    return blocks


def written(pages: list[list[tuple[str, str]]]) -> bytes:
    """Return a Word document."""
    parts = []
    for blocks in pages:
        for kind, text in blocks:
            if kind == "table":
                cells = [paragraph(run(each)) for each in text.split("\n")]
                parts.append(table(*[cells[at : at + 2] for at in range(0, len(cells), 2)]))
            else:
                parts.append(paragraph(run(text), "Rubrik1" if kind == "heading" else ""))
    return docx("".join(parts))


def make(text: Path, seeds: Path, out: Path) -> None:
    """Write all documents."""
    (out / "folder").mkdir(parents=True, exist_ok=True)
    source, chance = paragraphs(text, seeds), random.Random(1)
    first = page(1, source)
    (out / "one-page.docx").write_bytes(written([first]))
    (out / "one-page.txt").write_text("\n\n".join(text for _, text in first), encoding="utf-8")
    marked = (f"# {text}" if kind == "heading" else text for kind, text in first)
    (out / "one-page.md").write_text("\n\n".join(marked), encoding="utf-8")
    (out / "book.docx").write_bytes(written([page(number, source) for number in range(1, PAGES + 1)]))
    for number in range(DOCUMENTS):
        pages = [page(at, source) for at in range(1, chance.randint(2, 4) + 1)]
        (out / "folder" / f"text-{number:03}.docx").write_bytes(written(pages))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    make(arguments.text, arguments.seeds, arguments.out)
