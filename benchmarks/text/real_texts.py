"""Print what the checker finds in real texts: the seed pages and certificate forms of the test data, and any others.

    python real_texts.py [--data DIR] [--every] [FILE ...]
    python real_texts.py --mentions 300 --seed 20261122 [--kind compound|simple] [FILE ...]

DIR has `seeds/*.txt` and `certificates/*.xml` (`TERMBANK_TEXTS`, else `../shared/data/texts` beside the checkout);
where it is missing that is said and the rest is done. FILE: other texts, UTF-8. Every rule is asked, also those that
are off by default (marked so). A text that states no day is judged for 2026-11-22. With `--mentions` that many
mentions are drawn by chance instead, of compounds or of simple words: each token counts, not each word. What is right
a reader must judge: docs/texts/real-texts.md.
"""

import argparse
import datetime
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

import termbank
from termbank.documents.plain import document
from termbank.text.dates import document_date
from termbank.text.mention import Mention
from termbank.text.settings import OFF, RULES, Settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "texts"
TODAY = datetime.date(2026, 11, 22)
COMPOUND = {"compound-head", "compound-modifier", "elliptic"}
BLOCK = re.compile(r"\n\s*\n|</?(?:li|ul|ol|p|br|b)\s*/?>")
TAG = re.compile(r"<[^>]+>")


def certificate(path: Path) -> str:
    """Return the texts of a certificate form, each a paragraph."""
    nodes = ("".join(map(str, element.itertext())) for element in etree.parse(path).iter("{*}text"))
    paragraphs = (" ".join(TAG.sub(" ", part).split()) for node in nodes for part in BLOCK.split(node))
    return "\n\n".join(filter(None, paragraphs))


def texts(data: Path, others: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each text."""
    if not data.is_dir():
        print(f"skipped: there is no test data in {data}; give its folder with --data or in TERMBANK_TEXTS")
    for path in sorted(data.glob("seeds/*.txt")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(data.glob("certificates/*.xml")):
        yield path.name, certificate(path)
    for path in others:
        yield path.name, path.read_text(encoding="utf-8")


def shown(text: str, start: int, end: int, width: int = 80) -> str:
    """Return words with what stands around them."""
    return " ".join(f"{text[max(0, start - width) : start]}[{text[start:end]}]{text[end : end + width]}".split())


def findings(bank: termbank.Bank, named: Iterator[tuple[str, str]], every: bool) -> None:
    checker = bank.checker(Settings(select=RULES, every=every))
    for name, text in named:
        page = document(text, name)
        stated = document_date(text)
        print(f"== {name} ({stated or 'no day stated'})")
        for finding in checker.check(page, stated or TODAY):
            start = (finding.location and finding.location.start) or 0
            off = " (off by default)" if finding.rule in OFF else ""
            print(f"{finding.rule}{off} | {finding.severity} | {shown(text, start, start + len(finding.value or ''))}")
            print(f"    {finding.message('sv')}{' ' + finding.hint if finding.hint else ''}")


def told(name: str, text: str, mention: Mention) -> str:
    part = "" if mention.part is None else f"{text[mention.part[0] : mention.part[1]]} "
    readings = "; ".join(sorted({f"{each.concept} ({each.term})" for each in mention.readings}))
    place = f"{name}: {shown(text, mention.start, mention.end, 60)}"
    return f"{mention.match} | {mention.text} | {part}= {readings} | {place}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="*", type=Path)
    default = Path(os.environ.get("TERMBANK_TEXTS") or SHARED)
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--mentions", type=int)
    parser.add_argument("--kind", choices=("compound", "simple"), default="compound")
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    named = texts(arguments.data, arguments.file)
    bank = termbank.open()
    if arguments.mentions is None:
        findings(bank, named, arguments.every)
        return
    drawn = [
        (name, text, mention)
        for name, text in named
        for mention in bank.annotate_document(document(text, name))
        if (mention.match in COMPOUND) == (arguments.kind == "compound")
    ]
    print(f"{len(drawn)} mentions ({arguments.kind}), seed {arguments.seed}")
    for each in random.Random(arguments.seed).sample(drawn, min(arguments.mentions, len(drawn))):
        print(told(*each))


if __name__ == "__main__":
    main()
