"""Adds columns to records as they stand: what nobody changed goes out byte for byte, without being parsed."""

import numpy as np
import polars as pl

from termbank.records.scan import Block

_QUOTE, _NEWLINE = 34, 10
_LEADS = np.zeros(256, dtype=bool)
_LEADS[list(b"=@+-\t\r")] = True
"""Characters that a formula may begin with; see `termbank.records.guard`."""


def texts(block: Block) -> pl.Series | None:
    """Return each record of a block as it stands, without its end; None where one spans several lines."""
    if np.count_nonzero(np.frombuffer(block.data, np.uint8) == _NEWLINE) != len(block.lines):
        return None
    separator = next((chr(code) for code in range(1, 9) if code not in block.data), None)
    if separator is None:
        return None
    # Polars would take "x^" at the start for compressed data and a byte order mark for none: put a row before it.
    table = pl.read_csv(
        b"-\n" + block.data,
        has_header=False,
        schema={"text": pl.String()},
        separator=separator,
        quote_char=None,
        eol_char="\n",
    ).slice(1)
    if table.height != len(block.lines):
        return None
    records = table["text"].fill_null("")
    return records.str.strip_suffix("\r") if b"\r" in block.data else records


def suspects(block: Block, separator: str) -> pl.Series | None:
    """Tell of which records some cell may begin like a formula; None where it is none of them."""
    data = np.frombuffer(block.data, dtype=np.uint8)
    if len(data) < 3:
        return None
    edges = np.flatnonzero((data == ord(separator)) | (data == _NEWLINE))
    starts = np.concatenate([np.zeros(1, dtype=edges.dtype), edges[:-1] + 1])
    quoted = data[starts] == _QUOTE
    found = starts[_LEADS[data[starts]] | (quoted & _LEADS[data[np.minimum(starts + 1, len(data) - 1)]])]
    if not len(found):
        return None
    ends = np.flatnonzero(data == _NEWLINE)
    mask = np.zeros(len(block.lines), dtype=bool)
    mask[np.searchsorted(ends, found)] = True
    return pl.Series("suspect", mask)


def field(name: str, separator: str) -> pl.Expr:
    """Return an expression for a column as a field of CSV: quoted where it must be; null is nothing."""
    cell = pl.col(name)
    special = cell.str.contains(rf'[{"|" if separator == "|" else separator}"\r\n]')
    quoted = pl.concat_str(pl.lit('"'), cell.str.replace_all('"', '""', literal=True), pl.lit('"'))
    return pl.when(cell.is_null()).then(pl.lit("")).when(special | (cell == "")).then(quoted).otherwise(cell)


def joined(table: pl.DataFrame, separator: str) -> pl.Series:
    """Return the rows of a table as CSV records without their ends."""
    fields = [field(name, separator) for name in table.columns]
    return table.select(pl.concat_str(fields, separator=separator).alias("text"))["text"]


def spliced(records: pl.Series, added: pl.DataFrame, separator: str, first: bool = False) -> pl.Series:
    """Return records with further fields after their own, or before them."""
    if not added.width:
        return records
    fields = [field(name, separator) for name in added.columns]
    own = pl.col("own record")
    everything = [*fields, own] if first else [own, *fields]
    table = added.with_columns(records.alias("own record"))
    return table.select(pl.concat_str(everything, separator=separator).alias("text"))["text"]
