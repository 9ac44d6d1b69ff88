"""The main job as a good user of Polars writes it: one lazy pass, two sinks and the counts.

    python rival_polars.py RECORDS OUT REJECTS [--way lines|csv]

The lists stand beside RECORDS. Two ways, since Polars' CSV reader does not tell which rows were ragged:

`lines` (default; the fastest found, and the one that termbank is measured against) reads lines, counts separators
outside quotes, cuts out only the three fields it needs, and writes the line as it came with two fields added. On these
records it is exact. It rests on what its author knows of them: no record spans two lines, no quoted field stands before
the measure, dates are ISO dates (compared as text; a date that is none passes or fails by its first letter), the text
is UTF-8 (anything else stops the run), lines end in LF. Where any of that is untrue it is wrong without saying so.

`csv` reads with the CSV reader and so takes quotes and line breaks anywhere. It does not conserve: rows with too few
fields are padded in silence (an empty last field and none at all look the same) and pass, or are rejected for a reason
that is not theirs; of rows with more than one field too many the surplus is lost; a date that is none stops the run.
So its counts differ from the others' by most of the short rows.
"""

import argparse
import json
from pathlib import Path
from typing import Literal

import polars as pl

COLUMNS = ("kontakt_id", "datum", "enhet", "yrkesgrupp", "diagnos", "atgard", "langd", "anteckning")


def normalised(code: pl.Expr) -> pl.Expr:
    return code.str.to_uppercase().str.replace_all(".", "", literal=True)


def quoted(text: pl.Expr) -> pl.Expr:
    """Quote a field by hand where it must be."""
    doubled = pl.format('"{}"', text.str.replace_all('"', '""', literal=True))
    return pl.when(text.str.contains('[;"\r\n]')).then(doubled).otherwise(text)


def read_lists(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the diagnoses by normalised code, and the local codes with what they map to and to how many."""
    diagnoses = pl.read_csv(folder / "icd.csv", infer_schema=False).select(
        normalised(pl.col("code")).alias("key"),
        pl.col("label").alias("diagnos_titel"),
        pl.col("valid_from").alias("diagnos_from"),
        pl.col("valid_to").alias("diagnos_to"),
    )
    mapping = (
        pl.read_csv(folder / "local-to-kva.sssom.tsv", separator="\t", comment_prefix="#", infer_schema=False)
        .select(
            pl.col("subject_id").str.strip_prefix("lokal:").alias("code"),
            pl.col("object_id").str.strip_prefix("kva:").alias("kva"),
        )
        .group_by("code")
        .agg(pl.col("kva").first(), pl.col("kva").n_unique().alias("targets"))
    )
    measures = (
        pl.read_csv(folder / "local.csv", infer_schema=False)
        .join(mapping, on="code", how="left")
        .select(
            pl.col("code").alias("atgard"),
            pl.lit(value=True).alias("known"),
            pl.col("valid_from").alias("atgard_from"),
            pl.col("valid_to").alias("atgard_to"),
            pl.col("kva"),
            pl.col("targets").fill_null(0),
        )
    )
    return diagnoses, measures


def judged(rows: pl.LazyFrame, bad_row: pl.Expr, diagnoses: pl.DataFrame, measures: pl.DataFrame) -> pl.LazyFrame:
    """Join the lists to the rows and add the reason why a row is rejected, null for a row that is right."""
    day = pl.col("datum")

    def outside(name: str) -> pl.Expr:
        begins, ends = pl.col(f"{name}_from"), pl.col(f"{name}_to")
        return (day < begins).fill_null(value=False) | (day > ends).fill_null(value=False)

    reason = (
        pl.when(bad_row.is_not_null()).then(bad_row)
        .when(pl.col("diagnos_titel").is_null()).then(pl.lit("diagnos-unknown"))
        .when(outside("diagnos")).then(pl.lit("diagnos-not-valid"))
        .when(pl.col("known").is_null()).then(pl.lit("atgard-unknown"))
        .when(outside("atgard")).then(pl.lit("atgard-not-valid"))
        .when(pl.col("targets") > 1).then(pl.lit("atgard-ambiguous"))
    )  # fmt: skip
    return (
        rows.with_columns(normalised(pl.col("diagnos")).alias("key"))
        .join(diagnoses.lazy(), on="key", how="left", maintain_order="left")
        .join(measures.lazy(), on="atgard", how="left", maintain_order="left")
        .with_columns(reason.alias("reason"))
    )


def by_lines(records: Path) -> tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame]:
    diagnoses, measures = read_lists(records.parent)
    line = pl.col("line")
    field = line.str.splitn(";", 7).struct
    separators = line.str.replace_all(r'"[^"]*"', "").str.count_matches(";", literal=True)
    bad_row = (
        pl.when(pl.col("separators") < len(COLUMNS) - 1).then(pl.lit("too-few-fields"))
        .when(pl.col("separators") > len(COLUMNS) - 1).then(pl.lit("too-many-fields"))
        .when(line.str.contains("\0", literal=True)).then(pl.lit("nul"))
    )  # fmt: skip
    rows = pl.scan_lines(records).slice(1).with_columns(
        field.field("field_1").alias("datum"),
        field.field("field_4").alias("diagnos"),
        field.field("field_5").alias("atgard"),
        separators.alias("separators"),
    )  # fmt: skip
    diagnoses = diagnoses.with_columns(quoted(pl.col("diagnos_titel")))
    measures = measures.with_columns(pl.col("kva").fill_null(""))
    everything = judged(rows, bad_row, diagnoses, measures)
    header = ";".join(COLUMNS)
    right = everything.filter(pl.col("reason").is_null()).select(
        pl.concat_str("line", "kva", "diagnos_titel", separator=";").alias(f"{header};kva;diagnos_titel")
    )
    rejected = everything.filter(pl.col("reason").is_not_null()).select(
        pl.concat_str("reason", "line", separator=";").alias(f"reason;{header}")
    )
    return right, rejected, everything


def by_csv(records: Path) -> tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame]:
    diagnoses, measures = read_lists(records.parent)
    schema: dict[str, type[pl.DataType]] = {**dict.fromkeys(COLUMNS, pl.String), "datum": pl.Date, "surplus": pl.String}
    rows = pl.scan_csv(records, separator=";", schema=schema, missing_columns="insert")
    texts = [name for name in COLUMNS if name != "datum"]
    bad_row = (
        pl.when(pl.col("surplus").is_not_null()).then(pl.lit("too-many-fields"))
        .when(pl.any_horizontal(pl.col(texts).str.contains("\0", literal=True))).then(pl.lit("nul"))
    )  # fmt: skip
    diagnoses = diagnoses.with_columns(pl.col("diagnos_from", "diagnos_to").str.to_date())
    measures = measures.with_columns(pl.col("atgard_from", "atgard_to").str.to_date())
    everything = judged(rows, bad_row, diagnoses, measures)
    right = everything.filter(pl.col("reason").is_null()).select(*COLUMNS, "kva", "diagnos_titel")
    rejected = everything.filter(pl.col("reason").is_not_null()).select("reason", *COLUMNS, "surplus")
    return right, rejected, everything


def main() -> None:
    parser = argparse.ArgumentParser(description="The main job in Polars.")
    parser.add_argument("records", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("rejects", type=Path)
    parser.add_argument("--way", choices=("lines", "csv"), default="lines")
    arguments = parser.parse_args()
    right, rejected, everything = (by_lines if arguments.way == "lines" else by_csv)(arguments.records)
    style: Literal["never", "necessary"] = "never" if arguments.way == "lines" else "necessary"
    _, _, counts = pl.collect_all(
        [
            right.sink_csv(arguments.out, separator=";", quote_style=style, lazy=True),
            rejected.sink_csv(arguments.rejects, separator=";", quote_style=style, lazy=True),
            everything.group_by("reason").agg(pl.len()),
        ],
        engine="streaming",
    )
    reasons = {reason: count for reason, count in sorted(counts.rows(), key=str) if reason is not None}
    rows = counts["len"].sum()
    print(json.dumps({"rows": rows, "ok": rows - sum(reasons.values()), "reasons": reasons}))


if __name__ == "__main__":
    main()
