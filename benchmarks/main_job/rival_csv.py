"""The main job with Python's own csv module: one loop, and each distinct code looked up once a day at most.

    python rival_csv.py RECORDS OUT REJECTS

The lists stand beside RECORDS. Exact on these records. It does not conserve bytes: quotes that were not needed are
dropped, and a quote inside an unquoted field is written doubled and quoted. Dates are compared as text: a date that is
none passes or fails by its first letter. Text that is not UTF-8 stops the run.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FIELDS = 8


def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines: Iterable[str] = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter=delimiter))


def normalised(code: str) -> str:
    return code.upper().replace(".", "")


def main() -> None:
    parser = argparse.ArgumentParser(description="The main job with the csv module.")
    parser.add_argument("records", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("rejects", type=Path)
    arguments = parser.parse_args()
    folder = arguments.records.parent

    always = "9999-12-31"
    diagnoses = {
        normalised(row["code"]): (row["valid_from"], row["valid_to"] or always, row["label"])
        for row in read_csv(folder / "icd.csv")
    }
    measures = {row["code"]: (row["valid_from"], row["valid_to"] or always) for row in read_csv(folder / "local.csv")}
    mapping: dict[str, set[str]] = {}
    for entry in read_csv(folder / "local-to-kva.sssom.tsv", delimiter="\t"):
        mapping.setdefault(entry["subject_id"].removeprefix("lokal:"), set()).add(
            entry["object_id"].removeprefix("kva:")
        )
    targets = {code: next(iter(found)) for code, found in mapping.items() if len(found) == 1}
    ambiguous = {code for code, found in mapping.items() if len(found) > 1}

    as_written: dict[str, tuple[str, str, str] | None] = {}
    reasons: Counter[str] = Counter()
    right = 0
    with (
        arguments.records.open(encoding="utf-8", newline="") as source,
        arguments.out.open("w", encoding="utf-8", newline="") as out,
        arguments.rejects.open("w", encoding="utf-8", newline="") as rejects,
    ):
        reader = csv.reader(source, delimiter=";")
        write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
        reject = csv.writer(rejects, delimiter=";", lineterminator="\n").writerow
        header = next(reader)
        write([*header, "kva", "diagnos_titel"])
        reject(["reason", *header])
        for row in reader:
            reason = None
            if len(row) != FIELDS:
                reason = "too-few-fields" if len(row) < FIELDS else "too-many-fields"
            elif "\0" in "".join(row):
                reason = "nul"
            else:
                day, written, code = row[1], row[4], row[5]
                try:
                    diagnosis = as_written[written]
                except KeyError:
                    diagnosis = as_written[written] = diagnoses.get(normalised(written))
                measure = measures.get(code)
                if diagnosis is None:
                    reason = "diagnos-unknown"
                elif not diagnosis[0] <= day <= diagnosis[1]:
                    reason = "diagnos-not-valid"
                elif measure is None:
                    reason = "atgard-unknown"
                elif not measure[0] <= day <= measure[1]:
                    reason = "atgard-not-valid"
                elif code in ambiguous:
                    reason = "atgard-ambiguous"
                else:
                    row.append(targets.get(code, ""))
                    row.append(diagnosis[2])
                    write(row)
                    right += 1
                    continue
            reasons[reason] += 1
            reject([reason, *row])
    print(json.dumps({"rows": right + reasons.total(), "ok": right, "reasons": dict(sorted(reasons.items()))}))


if __name__ == "__main__":
    main()
