"""Draw the labelled data that judges `suggest`: tests/labelled/suggest/*.tsv, the same files from the same seed.

    python benchmarks/mapping/draw_suggest.py [--check] [--propose]

The code lists are looked for where the environment variable TERMBANK_TEST_DATA points, else in ../shared/data beside
the checkout. What a person decided stands in tests/labelled/suggest/by_hand: the inflected and reordered titles as
they were read and mended, the groups of KSH97-P whose answer is sure, the texts without an answer. --check draws and
compares with the files that are there; --propose prints the titles drawn for the sets that are read, with a proposal
made by rule or by termbank.language, to be read, mended and put into by_hand.
"""

import argparse
import csv
import io
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from code_titles import (
    DATA,
    ICD,
    KVA,
    REPOSITORY,
    answers,
    by_title,
    grouped,
    icd,
    icd_by_title,
    inflected_twins,
    parents,
    read,
    same,
    titles,
    words,
)
from proposals import inflected, reordered
from rapidfuzz import process
from rapidfuzz.distance import OSA
from typing_errors import mistype

FOLDER = REPOSITORY / "tests" / "labelled" / "suggest"
SEED = 20261122
COLUMNS = ("id", "set", "split", "query", "target", "expected", "verbatim", "source", "done")
PREFIXES = {
    "kva-reworded": "kr", "icd-typo-1": "ta", "icd-typo-2": "tb", "icd-inflected": "in", "icd-reordered": "ro",
    "ksh97": "kp", "none": "no",
}  # fmt: skip
TYPOS = {"icd-typo-1": (1, 500), "icd-typo-2": (2, 500)}
READ = {"icd-inflected": 300, "icd-reordered": 300}
DRAWN_TO_READ = 420
LONGEST_TO_READ = 90
WIDE = 5  # a text whose words all stand in more titles than this says too little
BANDS = (20, 40, 70)


@dataclass
class Row:
    """A query and what answers it."""

    name: str
    query: str
    target: str
    expected: tuple[str, ...]
    source: str
    done: str = ""
    verbatim: bool = False
    split: str = ""
    keys: set[str] = field(default_factory=set)


# KVÅ 2020 to 2026


def reworded() -> tuple[list[Row], Counter[str]]:
    """Return the KVÅ titles of 2020 that read otherwise in 2026, and what was left out why."""
    new, counts = titles(KVA), Counter[str]()
    old = {
        code: re.sub(r"\s*\(i\)\s*$", "", title) for code, title in read(DATA / "2020/kva.csv", "key", "value").items()
    }
    kept = [code for code in sorted(old) if code in new]
    counts["codes in both lists"] = len(kept)
    counts["title not the same to the letter"] = sum(old[code] != new[code] for code in kept)
    changed = [code for code in kept if same(old[code]) != same(new[code])]
    counts["more than case, punctuation and spaces changed"] = len(changed)
    now, then = by_title(KVA), grouped(old)
    held = {code: set(words(title)) for code, title in new.items()}
    rows: dict[str, Row] = {}
    for code in changed:
        query, key = old[code], same(old[code])
        if key in now:
            counts["left out: now the title of another code"] += 1
            continue
        siblings = [other for other in then[key] if other in changed]
        wanted = set(words(query))
        if sum(wanted <= held[other] for other in held if other not in siblings) > WIDE:
            counts["left out: too wide"] += 1
            continue
        if key in rows:
            counts["joined to a row with the same query"] += 1
            continue
        expected = {answer for sibling in siblings for answer in answers(sibling, KVA)}
        if inflected_twins(query, KVA) - expected:
            counts["left out: another form of the title of another code"] += 1
            continue
        before, after = Counter(words(query)), Counter(words(new[code]))
        gone, come = " ".join((before - after).elements()), " ".join((after - before).elements())
        done = f"title of 2020; words changed by 2026: {gone or '-'} > {come or '-'}"
        source = f"KVÅ 2020 {', '.join(siblings)} (R package decoder 1.2.2)"
        rows[key] = Row("kva-reworded", query, KVA, tuple(sorted(expected)), source, done)
    return list(rows.values()), counts


# ICD-10-SE titles


def chapter(code: str) -> str:
    while parents(ICD)[code]:
        code = parents(ICD)[code]
    return code


def band(title: str) -> int:
    return sum(len(title) > limit for limit in BANDS)


def strata(codes: Iterable[str], count: int, draw: random.Random) -> list[str]:
    """Draw codes: from each chapter by the square root of its size, within it the same from each band of lengths."""
    groups: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code in codes:
        groups[chapter(code)][band(icd()[code])].append(code)
    sizes = {name: sum(map(len, bands.values())) ** 0.5 for name, bands in groups.items()}
    drawn: list[str] = []
    for name in sorted(groups):
        pools = [groups[name][number] for number in sorted(groups[name])]
        for pool in pools:
            draw.shuffle(pool)
        wanted = min(round(count * sizes[name] / sum(sizes.values())) + 1, sum(map(len, pools)))
        turns = (pool[turn] for turn in range(max(map(len, pools))) for pool in pools if turn < len(pool))
        drawn += [code for _, code in zip(range(wanted), turns, strict=False)]
    draw.shuffle(drawn)
    return drawn


def fresh(used: set[str]) -> list[str]:
    """Return a code for each title that no set has used; chapters, whose titles hold their codes, are left out."""
    return [codes[0] for title, codes in icd_by_title().items() if title not in used and parents(ICD)[codes[0]]]


def nearest_is_right(queries: list[str], codes: list[str]) -> list[bool]:
    """Tell of each query whether no other title is as few letters away as its own."""
    keys = sorted({title.lower() for title in icd().values()})
    answers = []
    for start in range(0, len(queries), 100):
        part = [query.lower() for query in queries[start : start + 100]]
        distances = process.cdist(part, keys, scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
        for query, code, row in zip(part, codes[start : start + 100], distances, strict=True):
            own = OSA.distance(query, icd()[code].lower())
            rivals = [keys[at] for at in np.flatnonzero(row <= own)]
            answers.append(all(same(rival) == same(icd()[code]) for rival in rivals))
    return answers


def mistyped(name: str, errors: int, count: int, used: set[str], counts: Counter[str]) -> list[Row]:
    """Return titles with typing errors; those that then stand as near to another title are left out."""
    draw = random.Random(f"{SEED} {name}")
    made = []
    for code in strata(fresh(used), count + 60, draw):
        result = mistype(icd()[code], errors, draw)
        if result is None:
            counts[f"{name}: no room for the errors"] += 1
        else:
            made.append((code, *result))
    right = nearest_is_right([query for _, query, _ in made], [code for code, _, _ in made])
    counts[f"{name}: another title as near"] = right.count(False)
    rows = [
        Row(name, query, ICD, tuple(sorted(answers(code, ICD))), f"ICD-10-SE 2026 {code}", done)
        for (code, query, done), good in zip(made, right, strict=True)
        if good
    ][:count]
    used |= {same(icd()[row.source.split()[-1]]) for row in rows}
    return rows


def to_read(name: str, used: set[str]) -> list[str]:
    """Return the codes drawn for a set that a person reads."""
    able: Callable[[str], object] = _inflectable if name == "icd-inflected" else _reorderable
    codes = [code for code in fresh(used) if len(icd()[code]) <= LONGEST_TO_READ and able(icd()[code])]
    drawn = strata(codes, DRAWN_TO_READ, random.Random(f"{SEED} {name}"))
    used |= {same(icd()[code]) for code in drawn}
    return drawn


def _inflectable(title: str) -> bool:
    return not any(letter in title for letter in "[]();") and len(words(title)) <= 9


def _reorderable(title: str) -> bool:
    return not any(letter in title for letter in "[];") and len(words(title)) >= 2


def kept(name: str, used: set[str], counts: Counter[str]) -> list[Row]:
    """Return the rows of a set that were read, mended and kept."""
    texts = {row["code"]: row for row in by_hand("read.tsv") if row["set"] == name}
    drawn = to_read(name, used)
    counts[f"{name}: drawn to be read"] = len(drawn)
    counts[f"{name}: not kept"] = sum(code not in texts for code in drawn)
    missing = sorted(texts.keys() - set(drawn))
    if missing:
        sys.exit(f"by_hand/read.tsv has codes of {name} that were not drawn: {', '.join(missing)}")
    rows = []
    for code in [code for code in drawn if code in texts][: READ[name]]:
        text = texts[code]
        expected = answers(code, ICD)
        rows.append(Row(name, text["query"], ICD, tuple(sorted(expected)), f"ICD-10-SE 2026 {code}", text["how"]))
    right = [
        same(row.query) not in icd_by_title() and inflected_twins(row.query, ICD) <= set(row.expected) for row in rows
    ]
    counts[f"{name}: left out, the title of another code or a form of it"] = right.count(False)
    return [row for row, good in zip(rows, right, strict=True) if good]


def by_hand(file: str) -> list[dict[str, str]]:
    """Return what a person decided."""
    with (FOLDER / "by_hand" / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


# Proposals for reading


def propose() -> None:
    """Print the titles drawn for reading, with proposals."""
    used: set[str] = set()
    for name, (errors, count) in TYPOS.items():
        mistyped(name, errors, count, used, Counter())
    for name, make in (("icd-inflected", inflected), ("icd-reordered", reordered)):
        draw = random.Random(f"{SEED} {name} proposals")
        for code in to_read(name, used):
            print(name, code, icd()[code], make(icd()[code], draw) or "", sep="\t")


# KSH97-P


def below(code: str) -> list[str]:
    """Return a code and all below it, in the order of the list."""
    found = {code}
    for child, parent in parents(ICD).items():  # a parent stands before its children
        if parent in found:
            found.add(child)
    return sorted(found)


def ksh97(counts: Counter[str]) -> list[Row]:
    """Return the titles of KSH97-P whose code in ICD-10-SE is sure."""
    verdicts = {row["ksh97p"]: row["verdict"] for row in by_hand("ksh97.tsv")}
    rows = []
    lines = (DATA / "ksh97" / "KSH97P_KOD.ANS").read_text(encoding="latin-1").splitlines()
    for line in lines:
        code, title = line[:7].strip(), re.sub(r"\s+", " ", line[7:]).strip(" )") + (")" if "(" in line else "")
        base = code.removesuffix("P").removesuffix("-")
        base = base if len(base) == 3 else f"{base[:3]}.{base[3:]}"
        group = code.endswith("P")
        counts[f"ksh97: {'groups' if group else 'single codes and categories'} in the list"] += 1
        if base not in icd():
            counts["ksh97: left out, code not in ICD-10-SE 2026"] += 1
        elif group and verdicts.get(code) != "same":
            counts["ksh97: left out, group of unsure extent"] += 1
        elif verdicts.get(code) == "unsure":
            counts["ksh97: left out, other codes may be as right"] += 1
        else:
            expected = set(below(base)) | answers(base, ICD) | set(icd_by_title().get(same(title), ()))
            if inflected_twins(title, ICD) - expected:
                counts["ksh97: left out, a form of the title of another code"] += 1
                continue
            verbatim = same(title) in {same(icd()[each]) for each in expected}
            done = "group with the meaning of the category or code" if group else "the same code or category"
            rows.append(Row("ksh97", title, ICD, tuple(sorted(expected)), f"KSH97-P {code}", done, verbatim))
    return rows


# Splits and files


def group(row: Row) -> set[str]:
    """Return what may not stand in both splits: of ICD-10-SE the category of a code, of KVÅ the code."""
    return {code[:3] if row.target == ICD and "-" not in code else code for code in row.expected}


def split(rows: list[Row], draw: random.Random) -> None:
    """Halve the rows, groups that share a code or category on the same side, each set as evenly as may be."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for row in rows:
        first, *others = sorted(f"{row.target} {key}" for key in group(row))
        for other in others:
            leader[find(other)] = find(first)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[find(f"{row.target} {min(group(row))}")].append(row)
    order = sorted(groups)
    draw.shuffle(order)
    order.sort(key=lambda key: -len(groups[key]))
    balance: Counter[str] = Counter()  # rows in dev less rows in test, by set
    for key in order:
        own = Counter(row.name for row in groups[key])
        tilt = sum(balance[name] * count for name, count in own.items())
        side = draw.choice((1, -1)) if tilt == 0 else -1 if tilt > 0 else 1
        for row in groups[key]:
            row.split = "dev" if side > 0 else "test"
        for name, count in own.items():
            balance[name] += side * count


def draw_all() -> tuple[dict[str, str], Counter[str]]:
    """Return the files by name, and what was counted on the way."""
    rows, counts = reworded()
    used: set[str] = set()
    for name, (errors, count) in TYPOS.items():
        rows += mistyped(name, errors, count, used, counts)
    for name in READ:
        rows += kept(name, used, counts)
    rows += ksh97(counts)
    split(rows, random.Random(f"{SEED} split"))
    texts = by_hand("none.tsv")
    random.Random(f"{SEED} none").shuffle(texts)
    for number, text in enumerate(texts):
        row = Row("none", text["text"], (ICD, KVA)[number // 2 % 2], (), text["source"], text["domain"])
        row.split = ("dev", "test")[number % 2]
        rows.append(row)
    return {f"{name}.tsv": "".join(lines(name, rows)) for name in PREFIXES}, counts


def lines(name: str, rows: list[Row]) -> Iterator[str]:
    """Yield the lines of a file."""
    yield "\t".join(COLUMNS) + "\n"
    for number, row in enumerate((row for row in rows if row.name == name), 1):
        cells = [f"{PREFIXES[name]}{number:03}", name, row.split, row.query, row.target, ";".join(row.expected)]
        cells += ["yes" if row.verbatim else "no", row.source, row.done]
        assert not any("\t" in cell or "\n" in cell for cell in cells)
        yield "\t".join(cells) + "\n"


def main() -> None:
    """Draw, and write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the files that are there")
    parser.add_argument("--propose", action="store_true", help="print what is to be read")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: the code lists are not here; set TERMBANK_TEST_DATA to the folder of test data")
    if arguments.propose:
        propose()
        return
    files, counts = draw_all()
    for what, count in counts.items():
        print(f"{count:6} {what}")
    for file, text in files.items():
        found = Counter(
            row["split"] for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
        print(f"{file:20} {found['dev']:4} dev {found['test']:4} test")
    if arguments.check:
        other = [file for file, text in files.items() if (FOLDER / file).read_text(encoding="utf-8") != text]
        sys.exit(f"drawn otherwise than the files: {', '.join(other)}" if other else 0)
    for file, text in files.items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
