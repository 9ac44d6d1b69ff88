"""Write the data of the main job: N rows of care documentation, two code lists, a mapping and the profile.

    python make_rows.py 1000000 FOLDER

The same N gives the same bytes, and the rows of a smaller N are the first rows of a larger one (in whole chunks).
The ICD-10-SE and KVÅ codes are the real ones of 2026 where the data folder is there (TERMBANK_TEST_DATA, else
`<repo>/../shared/data`); else codes of the same number and shape are made up.

What is wrong with the rows, on purpose: 0.2 % have one field too few, 0.1 % one too many, 0.05 % a NUL in the note;
0.5 % have a diagnosis that does not exist and 0.2 % such a local code; some codes are valid on a part of the days only;
some local codes map to two. And what is odd but right: 1 % of the diagnoses lack the dot, are in lower case, or both;
1 % of the notes are quoted and contain the separator; 10 % of the notes are empty. No record spans two lines.
"""

import argparse
import csv
import datetime
import os
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
SEED = 20260101
CHUNK = 250_000
HEADER = "kontakt_id;datum;enhet;yrkesgrupp;diagnos;atgard;langd;anteckning"
FIRST_DAY = datetime.date(2024, 1, 1)
DAYS = 1096  # 2024, 2025 and 2026
LOCAL_CODES = 2_000
ICD_CODES = 38_928
PROFESSIONS = (
    "läkare", "sjuksköterska", "undersköterska", "arbetsterapeut", "fysioterapeut", "kurator", "psykolog", "dietist",
    "logoped", "barnmorska", "distriktssköterska", "samordnare",
)  # fmt: skip
VERBS = ("Upprättar", "Följer upp", "Avslutar", "Planerar", "Bedömer", "Ger stöd i", "Ringer om", "Möte om", "Ordnar")
OBJECTS = (
    "SIP", "vårdplan", "utskrivning", "läkemedel", "hjälpmedel", "sömn", "kost", "träning", "hemgång", "samtal",
    "läkemedelsgenomgång", "fallrisk", "smärta", "sår", "blodtryck",
)  # fmt: skip
ENDINGS = (
    "", " enligt planen", " i hemmet med anhörig", " tillsammans med kommunen", " per telefon nästa vecka",
    " inför utskrivning", " på mottagningen",
)  # fmt: skip


def data_folder() -> Path | None:
    """Return the folder of the real code lists, or None where there is none."""
    named = os.environ.get("TERMBANK_TEST_DATA")
    folder = Path(named) if named else HERE.parents[2] / "shared" / "data"
    return folder if (folder / "codes" / "2026" / "icd-10-se.csv").is_file() else None


def read_list(name: str) -> list[dict[str, str]] | None:
    folder = data_folder()
    if folder is None:
        return None
    with (folder / "codes" / "2026" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made_up_icd() -> list[dict[str, str]]:
    """Return a list of the size and shape of ICD-10-SE: three characters, a dot, one or two more."""
    rows: list[dict[str, str]] = []
    for category in range(26 * 100):
        heading = f"{string.ascii_uppercase[category // 100]}{category % 100:02}"
        rows.append({"code": heading, "label": f"Sjukdomar av slag {heading}", "parent_code": ""})
        for leaf in range(14):
            code = f"{heading}.{leaf}" if leaf < 10 else f"{heading}.9{string.ascii_uppercase[leaf - 10]}"
            rows.append({"code": code, "label": f"Sjukdom {code}, påhittad, utan närmare angivelse om var",
                         "parent_code": heading})  # fmt: skip
    for number, row in enumerate(rows[:ICD_CODES]):
        row["valid_from"] = "2025-01-01" if number % 997 == 5 else "1997-01-01"
        row["valid_to"] = "2025-12-31" if number % 997 == 6 else ""
    return rows[:ICD_CODES]


def leaves(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    headings = {row["parent_code"] for row in rows}
    return [row for row in rows if row["code"] not in headings]


def write_table(path: Path, columns: list[str], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_icd(path: Path, rows: list[dict[str, str]]) -> None:
    columns = ["code", "label", "parent_code", "valid_from", "valid_to"]
    write_table(path, columns, (tuple(row[name] for name in columns) for row in rows))


def write_local(path: Path) -> None:
    """Write the local list: every 33rd code ends in the middle of 2025, every 37th begins in 2025."""

    def rows() -> Iterator[tuple[str, ...]]:
        for n in range(1, LOCAL_CODES + 1):
            begins = "2025-01-01" if n % 37 == 0 else "2015-01-01"
            ends = "2025-06-30" if n % 33 == 0 else ""
            yield f"L{n:04}", f"Lokal åtgärd {n}: {VERBS[n % 9].lower()} {OBJECTS[n % 15]}", begins, ends

    write_table(path, ["code", "title", "valid_from", "valid_to"], rows())


def write_mapping(path: Path, targets: list[str], random: np.random.Generator) -> None:
    """Write the mapping: 90 % of the local codes are mapped, 3 % of all of them to two codes."""
    columns = ["subject_id", "predicate_id", "object_id", "mapping_justification", "confidence"]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "#mapping_set_id: https://example.org/mappings/local-to-kva\n"
            "#mapping_set_title: Local measures to KVÅ (made up for a benchmark)\n"
            '#mapping_set_version: "1"\n'
            "#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
            "#curie_map:\n"
            "#  lokal: https://example.org/lokal/\n"
            "#  kva: https://example.org/kva/\n"
        )
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        for n in range(1, LOCAL_CODES + 1):
            draw = random.random()
            if draw >= 0.90:
                continue
            chosen = random.choice(len(targets), size=2 if draw < 0.03 else 1, replace=False)
            predicate = "skos:exactMatch" if len(chosen) == 1 and n % 4 else "skos:broadMatch"
            for target in chosen:
                confidence = f"{random.uniform(0.6, 1):.2f}"
                writer.writerow(
                    (f"lokal:L{n:04}", predicate, f"kva:{targets[target]}", "semapv:ManualMappingCuration", confidence)
                )


def skewed(random: np.random.Generator, size: int, choices: int, exponent: float = 0.9) -> np.ndarray:
    """Draw numbers below `choices`, the low ones much more often (Zipf)."""
    weights = 1.0 / np.arange(3, choices + 3) ** exponent
    limits = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(limits, random.random(size)), choices - 1)


def unknown_codes(known: set[str], random: np.random.Generator) -> list[str]:
    """Return 400 codes that look like ICD-10 and do not exist, in any way of writing them."""
    made: list[str] = []
    while len(made) < 400:
        letter, last = random.choice(list("ABFJKMSZ")), random.choice(list("KQÖ"))
        code = f"{letter}{random.integers(100):02}.{random.integers(10)}{last}"
        if code.replace(".", "") not in known:
            made.append(code)
    return made


def shuffled_leaves(rows: list[dict[str, str]], random: np.random.Generator) -> list[str]:
    """Return the leaves in order of use, those with a limit within the years moved up where they are met."""
    ordered = leaves(rows)
    random.shuffle(ordered)  # type: ignore[arg-type]
    limited = [row for row in ordered if row["valid_from"] > "2024-01-01" or row["valid_to"]]
    other = [row for row in ordered if not (row["valid_from"] > "2024-01-01" or row["valid_to"])]
    return [row["code"] for row in other[:60] + limited + other[60:]]


def chunk_of_lines(first: int, size: int, diagnoses: list[str], unknown: list[str]) -> list[str]:
    """Return `size` records, numbered from `first`."""
    random = np.random.default_rng([SEED, first])
    diagnosis_pool = pl.Series([*diagnoses, *unknown])
    drawn = skewed(random, size, len(diagnoses))
    is_unknown = random.random(size) < 0.005
    drawn[is_unknown] = len(diagnoses) + random.integers(len(unknown), size=int(is_unknown.sum()))
    local_order = np.random.default_rng(SEED).permutation(LOCAL_CODES) + 1
    local = local_order[skewed(random, size, LOCAL_CODES)]
    local[random.random(size) < 0.002] += 7000  # no such local code
    notes = pl.Series([f"{verb} {thing}{end}" for verb in VERBS for thing in OBJECTS for end in ENDINGS])
    variant = random.random(size)
    kind = random.random(size)
    frame = pl.DataFrame({
        "n": np.arange(first + 1, first + size + 1),
        "day": random.integers(DAYS, size=size).astype(np.int32),
        "unit": skewed(random, size, 800) + 1,
        "profession": pl.Series(PROFESSIONS).gather(skewed(random, size, len(PROFESSIONS))),
        "diagnosis": diagnosis_pool.gather(drawn),
        "local": local,
        "length": random.integers(5, 180, size=size),
        "note": notes.gather(random.integers(len(notes), size=size)),
        "note_kind": random.random(size),
        "variant": variant,
        "kind": kind,
        "short": random.integers(3, size=size),
    })  # fmt: skip
    undotted = pl.col("diagnosis").str.replace(".", "", literal=True)
    diagnosis = (
        pl.when(pl.col("variant") < 0.004).then(undotted)
        .when(pl.col("variant") < 0.008).then(pl.col("diagnosis").str.to_lowercase())
        .when(pl.col("variant") < 0.010).then(undotted.str.to_lowercase())
        .otherwise(pl.col("diagnosis"))
    )  # fmt: skip
    note = (
        pl.when(pl.col("note_kind") < 0.01).then(pl.format('"{}; åter vid behov"', "note"))
        .when(pl.col("note_kind") < 0.11).then(pl.lit(""))
        .otherwise(pl.col("note"))
    )  # fmt: skip
    few, many, nul = pl.col("kind") < 0.002, pl.col("kind") < 0.003, pl.col("kind") < 0.0035
    number = pl.format("K{}", pl.col("n").cast(pl.String).str.zfill(9))
    day = (pl.lit(FIRST_DAY) + pl.duration(days=pl.col("day"))).dt.to_string("%Y-%m-%d")
    unit = pl.format("E{}", pl.col("unit").cast(pl.String).str.zfill(4))
    measure = pl.format("L{}", pl.col("local").cast(pl.String).str.zfill(4))
    head = pl.concat_str(number, day, separator=";")
    middle = pl.concat_str(pl.col("profession"), diagnosis, measure, separator=";")
    without_unit = pl.concat_str(head, middle, "length", note, separator=";")
    without_length = pl.concat_str(head, unit, middle, note, separator=";")
    without_note = pl.concat_str(head, unit, middle, "length", separator=";")
    whole = pl.concat_str(without_note, note, separator=";")
    line = (
        pl.when(few & (pl.col("short") == 0)).then(without_unit)
        .when(few & (pl.col("short") == 1)).then(without_length)
        .when(few).then(without_note)
        .when(many).then(whole + ";fel")
        .when(nul).then(without_note + ";Samtal\0om plan")
        .otherwise(whole)
    )  # fmt: skip
    return frame.select(line=line)["line"].to_list()


def make(count: int, folder: Path) -> Path:
    """Write everything of the job into the folder and return the path of the records."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    icd = read_list("icd-10-se.csv") or made_up_icd()
    kva = read_list("kva.csv")
    targets = [row["code"] for row in leaves(kva)] if kva else [f"A{n // 1000:01}{n % 1000:03}" for n in range(9_000)]
    write_icd(folder / "icd.csv", icd)
    write_local(folder / "local.csv")
    write_mapping(folder / "local-to-kva.sssom.tsv", targets, random)
    shutil.copyfile(HERE / "profile.toml", folder / "profile.toml")
    diagnoses = shuffled_leaves(icd, random)
    unknown = unknown_codes({row["code"].replace(".", "") for row in icd}, random)
    records = folder / f"records-{count}.csv"
    unfinished = records.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for first in range(0, count, CHUNK):
            file.write("\n".join(chunk_of_lines(first, min(CHUNK, count - first), diagnoses, unknown)))
            file.write("\n")
    unfinished.replace(records)
    return records


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the data of the main job.")
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    records = make(arguments.rows, arguments.folder)
    size = records.stat().st_size
    print(f"{records.name}: {arguments.rows:,} rows, {size / 1e6:.0f} MB, {size / arguments.rows:.1f} bytes a row")


if __name__ == "__main__":
    main()
