"""The main job as most people write it: pandas, in chunks so that memory stays flat.

    python rival_pandas.py RECORDS OUT REJECTS

The lists stand beside RECORDS. It uses pandas' C reader, which does not conserve: rows with too few fields are padded
in silence (an empty last field and none at all look the same) and pass, or are rejected for a reason that is not
theirs; a row with more than one field too many stops the run, as does text that is not UTF-8; quotes that were not
needed are dropped. So its counts differ from the exact ones by most of the short rows, and are those of
`rival_polars.py --way csv`. (pandas' Python reader does tell short rows; it takes many times as long.)
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ["kontakt_id", "datum", "enhet", "yrkesgrupp", "diagnos", "atgard", "langd", "anteckning"]
CHUNK = 250_000
NOT_LIMITED = pd.Timestamp("2200-01-01")


def normalised(codes: pd.Series) -> pd.Series:
    return codes.str.upper().str.replace(".", "", regex=False)


def read_lists(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the diagnoses by normalised code, and the local codes with what they map to and to how many."""
    diagnoses = pd.read_csv(folder / "icd.csv", dtype=str, keep_default_na=False)
    diagnoses = pd.DataFrame({
        "diagnos_titel": diagnoses["label"].to_numpy(),
        "begins": pd.to_datetime(diagnoses["valid_from"], format="%Y-%m-%d").to_numpy(),
        "ends": pd.to_datetime(diagnoses["valid_to"], format="%Y-%m-%d").fillna(NOT_LIMITED).to_numpy(),
    }, index=normalised(diagnoses["code"]))  # fmt: skip
    measures = pd.read_csv(folder / "local.csv", dtype=str, keep_default_na=False).set_index("code")
    mapping = pd.read_csv(folder / "local-to-kva.sssom.tsv", sep="\t", comment="#", dtype=str)
    mapping["code"] = mapping["subject_id"].str.removeprefix("lokal:")
    mapping["kva"] = mapping["object_id"].str.removeprefix("kva:")
    found = mapping.groupby("code")["kva"].agg(["first", "nunique"])
    measures = pd.DataFrame({
        "begins": pd.to_datetime(measures["valid_from"], format="%Y-%m-%d"),
        "ends": pd.to_datetime(measures["valid_to"], format="%Y-%m-%d").fillna(NOT_LIMITED),
        "kva": found["first"].reindex(measures.index).fillna(""),
        "targets": found["nunique"].reindex(measures.index).fillna(0),
    })  # fmt: skip
    return diagnoses, measures


def judge(rows: pd.DataFrame, diagnoses: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the reason why each is rejected ("" for a row that is right) and the added columns."""
    day = pd.to_datetime(rows["datum"], format="%Y-%m-%d", errors="coerce")
    diagnosis_at = diagnoses.index.get_indexer(normalised(rows["diagnos"]))
    measure_at = measures.index.get_indexer(rows["atgard"])
    diagnosis, measure = diagnoses.take(diagnosis_at), measures.take(measure_at)  # -1: the last, not used
    days = day.to_numpy()

    def outside(limits: pd.DataFrame) -> np.ndarray:
        return ~((limits["begins"].to_numpy() <= days) & (days <= limits["ends"].to_numpy()))

    nul = np.zeros(len(rows), dtype=bool)
    for name in COLUMNS:
        nul |= rows[name].str.contains("\0", regex=False).to_numpy(dtype=bool)
    reasons = {
        "too-many-fields": (rows["surplus"] != "").to_numpy(),
        "nul": nul,
        "datum-wrong": day.isna().to_numpy(),
        "diagnos-unknown": diagnosis_at < 0,
        "diagnos-not-valid": outside(diagnosis),
        "atgard-unknown": measure_at < 0,
        "atgard-not-valid": outside(measure),
        "atgard-ambiguous": measure["targets"].to_numpy() > 1,
    }
    rows["kva"] = measure["kva"].to_numpy()
    rows["diagnos_titel"] = diagnosis["diagnos_titel"].to_numpy()
    rows["reason"] = np.select(list(reasons.values()), list(reasons), default="")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="The main job in pandas.")
    parser.add_argument("records", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("rejects", type=Path)
    arguments = parser.parse_args()
    diagnoses, measures = read_lists(arguments.records.parent)
    chunks = pd.read_csv(
        arguments.records, sep=";", header=None, skiprows=1, names=[*COLUMNS, "surplus"], index_col=False, dtype=str,
        keep_default_na=False, chunksize=CHUNK,
    )  # fmt: skip
    count = 0
    reasons: Counter[str] = Counter()
    with (
        arguments.out.open("w", encoding="utf-8", newline="") as out,
        arguments.rejects.open("w", encoding="utf-8", newline="") as rejects,
    ):
        for number, chunk in enumerate(chunks):
            rows = judge(chunk, diagnoses, measures)
            right = rows["reason"] == ""
            rejected = rows[~right]
            rows[right].to_csv(
                out, sep=";", index=False, header=number == 0, columns=[*COLUMNS, "kva", "diagnos_titel"]
            )
            rejected.to_csv(rejects, sep=";", index=False, header=number == 0, columns=["reason", *COLUMNS, "surplus"])
            count += len(rows)
            reasons.update(rejected["reason"])
    print(json.dumps({"rows": count, "ok": count - reasons.total(), "reasons": dict(sorted(reasons.items()))}))


if __name__ == "__main__":
    main()
