"""Files of records, CSV and XLSX alike: read in batches, and written in the way they were read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import polars as pl

from termbank.formats.dialect import detect
from termbank.model import Finding
from termbank.model.rules import rule
from termbank.records.csv_out import CsvWriter
from termbank.records.profile import Input
from termbank.records.scan import Rejected, frame, scan
from termbank.records.xlsx import XlsxWriter, read_xlsx

LINE, RULE, REASON = "termbank_line", "termbank_rule", "termbank_reason"
"""The columns that stand before a rejected row's own."""


class Batch(NamedTuple):
    """Some rows of a file, in order.

    Arguments:
        rows: the well-formed ones, as strings.
        lines: the line (in a sheet the row) that each starts on.
        rejected: those that are not well formed.
        typed: the well-formed rows with the types of their cells, in a sheet.
    """

    rows: pl.DataFrame
    lines: pl.Series
    rejected: list[Rejected]
    typed: list[list[object]] | None = None


class Output(Protocol):
    """A file that appears under its name when it is whole."""

    neutralised: int

    def commit(self) -> None:
        """Put the file under its final name."""
        ...

    def abort(self) -> None:
        """Remove what was written."""
        ...


class CsvTable:
    """A CSV file.

    Arguments:
        path: the file.
        how: what the profile says of it.
        guard: whether cells that begin like a formula get an apostrophe in what is written.

    Raises:
        FormatError: it cannot be read.
    """

    kind = "CSV"

    def __init__(self, path: Path, how: Input, guard: bool = True) -> None:
        self._guard = guard
        self.dialect, self.findings = detect(path, how.encoding, how.separator, skip_rows=how.skip_rows)
        self.counts = scan(path, self.dialect, skip_rows=how.skip_rows, stop_at=how.stop_at)
        self.header = self.counts.header

    @property
    def description(self) -> str:
        """How the file is written, for people."""
        names = {"\t": "tab"}
        end = "CRLF" if self.dialect.newline == "\r\n" else "LF"
        separator = names.get(self.dialect.separator, self.dialect.separator)
        return f"CSV, {self.dialect.encoding_name}, {separator}, {end}"

    def batches(self) -> Iterator[Batch]:
        """Yield the rows, some megabytes at a time."""
        for block in self.counts.blocks():
            rows = frame(block, self.header, self.dialect)
            yield Batch(rows, pl.Series("line", block.lines), block.rejected)

    def output(self, path: Path) -> CsvWriter:
        """Begin a file in the same dialect."""
        return CsvWriter(path, self.dialect, guard=self._guard)

    def write(self, output: Any, batch: Batch, converted: pl.DataFrame, kept: pl.Series) -> None:
        """Write the rows that are kept, converted."""
        output.write(converted.filter(kept))

    def write_rejects(
        self, output: Any, batch: Batch, verdict: pl.DataFrame, kept: pl.Series, malformed: Sequence[Sequence[str]]
    ) -> None:
        """Write the rows that are not kept as they were, and the malformed ones as they stood, in their order."""
        refused = batch.rows.with_columns(batch.lines.cast(pl.String).alias(LINE), *verdict).filter(~kept)
        refused = refused.select(LINE, *verdict.columns, *batch.rows.columns)
        raw = [(record.line, texts[:3], texts[3]) for record, texts in zip(batch.rejected, malformed, strict=True)]
        output.write_mixed(refused, batch.lines.filter(~kept).to_list(), raw)


class XlsxTable:
    """A sheet of an XLSX file.

    Arguments:
        path: the file.
        how: what the profile says of it.
        guard: whether cells that begin like a formula get an apostrophe in what is written.

    Raises:
        FormatError: it cannot be read.
    """

    kind = "XLSX"

    def __init__(self, path: Path, how: Input, guard: bool = True) -> None:
        self._guard = guard
        self.counts = read_xlsx(path, sheet=how.sheet, skip_rows=how.skip_rows, stop_at=how.stop_at)
        self.header = self.counts.header
        self.findings: list[Finding] = []
        self.description = f"XLSX, sheet {how.sheet}"

    def batches(self) -> Iterator[Batch]:
        """Yield the rows, some thousands at a time."""
        for rows in self.counts:
            yield Batch(rows.strings, pl.Series("line", rows.lines, dtype=pl.Int64), rows.rejected, rows.typed)

    def output(self, path: Path) -> XlsxWriter:
        """Begin a workbook."""
        return XlsxWriter(path, guard=self._guard)

    def write(self, output: Any, batch: Batch, converted: pl.DataFrame, kept: pl.Series) -> None:
        """Write the rows that are kept; a cell that did not change keeps its type."""
        assert batch.typed is not None
        width = batch.rows.width
        rows = zip(batch.typed, batch.rows.iter_rows(), converted.iter_rows(), kept, strict=True)
        output.write_rows(
            [
                *(cell if old == new else new for cell, old, new in zip(typed, before, after, strict=False)),
                *after[width:],
            ]
            for typed, before, after, keep in rows
            if keep
        )

    def write_rejects(
        self, output: Any, batch: Batch, verdict: pl.DataFrame, kept: pl.Series, malformed: Sequence[Sequence[str]]
    ) -> None:
        """Write the rows that are not kept as they were, and the malformed ones as text, in their order."""
        assert batch.typed is not None
        rows: list[list[object]] = [
            [line, why[0], why[1], *typed]
            for line, why, typed, keep in zip(batch.lines, verdict.iter_rows(), batch.typed, kept, strict=True)
            if not keep
        ]
        rows += [[int(line), *rest] for line, *rest in malformed]
        output.write_rows(sorted(rows, key=lambda row: row[0]))  # type: ignore[arg-type,return-value]


def open_table(path: Path, how: Input, guard: bool = True) -> CsvTable | XlsxTable:
    """Open a file of records by its kind.

    Arguments:
        path: the file.
        how: what the profile says of it.
        guard: whether cells that begin like a formula get an apostrophe in what is written.

    Raises:
        FormatError: it cannot be read.
    """
    kind = XlsxTable if path.suffix.lower() in (".xlsx", ".xlsm") else CsvTable
    return kind(path, how, guard)


def malformed(batch: Batch, language: str) -> list[list[str]]:
    """Return line, rule, reason and text of the rows of a batch that are not well formed."""
    return [[str(r.line), r.rule, rule(r.rule).text(dict(r.arguments), language), r.raw] for r in batch.rejected]
