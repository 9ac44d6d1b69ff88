"""Many codes as an Arrow array: each distinct code is answered once."""

from collections.abc import Callable
from typing import Any

import polars as pl

from termbank.model import Coding
from termbank.terminology.validation import Validation


def validate_array(validate: Callable[[list[Coding]], list[Validation]], codes: Any, system: str) -> pl.DataFrame:
    """Validate an array of codes of one system.

    Arguments:
        validate: answers for codes.
        codes: anything Polars takes as a Series: a Series, an Arrow array, a list of strings.
        system: the system of all of them.

    Returns:
        A frame in the order of the codes: code, valid, version, display, rule (the first error or warning).
    """
    asked = pl.Series("asked", codes, dtype=pl.String)
    distinct = asked.drop_nulls().unique()
    answers = validate([Coding(system=system, code=code) for code in distinct])
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
