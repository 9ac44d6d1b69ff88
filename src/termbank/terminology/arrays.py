"""Many codes as an Arrow array: each distinct code is answered once."""

import datetime
from typing import Any

import polars as pl

from termbank.model import Coding
from termbank.terminology.engine import Terminology


def validate_array(terminology: Terminology, codes: Any, system: str, on: datetime.date | None) -> pl.DataFrame:
    """Validate an array of codes of one system.

    Arguments:
        terminology: who answers.
        codes: anything Polars takes as a Series: a Series, an Arrow array, a list of strings.
        system: the system of all of them.
        on: the day that all are asked for.

    Returns:
        A frame in the order of the codes: code, valid, version, display, rule (the first error or warning).
    """
    asked = pl.Series("asked", codes, dtype=pl.String)
    distinct = asked.drop_nulls().unique()
    answers = terminology.validate_many([Coding(system=system, code=code) for code in distinct], on)
    weighty = (next((f.rule for f in a.findings if f.severity != "info"), None) for a in answers)
    table = pl.DataFrame(
        {
            "asked": distinct,
            "code": pl.Series([a.code for a in answers], dtype=pl.String),
            "valid": pl.Series([a.valid for a in answers], dtype=pl.Boolean),
            "version": pl.Series([a.version for a in answers], dtype=pl.String),
            "display": pl.Series([a.display for a in answers], dtype=pl.String),
            "rule": pl.Series(list(weighty), dtype=pl.String),
        }
    )
    return asked.to_frame().join(table, on="asked", how="left", maintain_order="left").drop("asked")
