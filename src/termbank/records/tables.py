"""Files of records, CSV and XLSX alike: read in batches, and written in the way they were read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import polars as pl

from termbank.formats.dialect import detect
from termbank.model import Finding
from termbank.model.rules import rule
from termbank.records import splice
from termbank.records.csv_out import CsvWriter
from termbank.records.profile import Input
from termbank.records.scan import Block, Rejected, frame, scan
from termbank.records.xlsx import read_xlsx
from termbank.records.xlsx_out import XlsxWriter

LINE, RULE, REASON = "termbank_line", "termbank_rule", "termbank_reason"
"""The columns that stand before a rejected row's own."""


class Batch(NamedTuple):
    """Some rows of a file, in order.

    Arguments:
        rows: the well-formed ones, as strings: all columns, or those asked for where `texts` has the rest.
        lines: the line (in a sheet the row) that each starts on.
        rejected: those that are not well formed.
        typed: the well-formed rows with the types of their cells, in a sheet.
        texts: the well-formed rows as they stand in a CSV file, where each is one line.
        suspects: which of these have a cell that may begin like a formula; None: none of them.
    """

    rows: pl.DataFrame
    lines: pl.Series
    rejected: list[Rejected]
    typed: list[list[object]] | None = None
    texts: pl.Series | None = None
    suspects: pl.Series | None = None


class Output(Protocol):
    """A file that appears under its name when it is whole."""

    neutralised: int

    def complete(self) -> None:
        """Bring it to the disk whole, still under another name."""
        ...

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

    def batches(self, needed: Sequence[str]) -> Iterator[Batch]:
        """Yield the rows, some megabytes at a time.

        Arguments:
            needed: the columns that are looked at.
        """
        for block in self.counts.blocks():
            texts = splice.texts(block)
            rows = frame(block, self.header, self.dialect, None if texts is None else needed)
            lines = pl.Series("line", block.lines)
            suspects = splice.suspects(block, self.dialect.separator) if self._guard and texts is not None else None
            yield Batch(rows, lines, block.rejected, None, texts, suspects)

    def output(self, path: Path) -> CsvWriter:
        """Begin a file in the same dialect."""
        return CsvWriter(path, self.dialect, guard=self._guard)

    def write(self, output: Any, batch: Batch, converted: pl.DataFrame, kept: pl.Series) -> None:
        """Write the rows that are kept, converted; a row in which nothing changed goes out as it stands."""
        if batch.texts is None:
            output.write(converted.filter(kept))
            return
        own = batch.rows.columns
        changed = batch.suspects
        for name in own:
            differs = converted[name].ne_missing(batch.rows[name])
            changed = differs if changed is None else changed | differs
        changed = None if changed is None else changed & kept
        records = self._rewritten(output, batch.texts, changed, converted.select(own))
        added = output.guarded(converted.drop(batch.rows.columns).filter(kept))
        output.write_records(splice.spliced(records.filter(kept), added, self.dialect.separator))

    def _rewritten(
        self, output: Any, texts: pl.Series, changed: pl.Series | None, columns: pl.DataFrame | None
    ) -> pl.Series:
        """Write anew the records that changed, or that may have a formula.

        Arguments:
            output: counts the formulas.
            texts: the records as they stand.
            changed: which of them; None: none.
            columns: the columns that changed; None: none.
        """
        if changed is None or not changed.any():
            return texts
        data = "\n".join(texts.filter(changed)).encode() + b"\n"
        block = Block(data, np.arange(int(changed.sum())), [], 0)
        whole = frame(block, self.header, self.dialect)
        if columns is not None:
            whole = whole.with_columns(columns.filter(changed))
        return texts.clone().scatter(changed.arg_true(), splice.joined(output.guarded(whole), self.dialect.separator))

    def write_rejects(
        self, output: Any, batch: Batch, verdict: pl.DataFrame, kept: pl.Series, malformed: Sequence[Sequence[str]]
    ) -> None:
        """Write the rows that are not kept as they were, and the malformed ones as they stood, in their order."""
        refused = ~kept
        numbers = batch.lines.filter(refused)
        why = pl.DataFrame([numbers.cast(pl.String).alias(LINE), *verdict.filter(refused)])
        if batch.texts is None:
            whole = output.guarded(batch.rows.filter(refused))
            records = splice.joined(whole, self.dialect.separator)
        else:
            suspect = None if batch.suspects is None else batch.suspects.filter(refused)
            records = self._rewritten(output, batch.texts.filter(refused), suspect, None)
        records = splice.spliced(records, why, self.dialect.separator, first=True)
        if malformed:
            lines = pl.Series([int(line) for line, *_ in malformed], dtype=numbers.dtype)
            raw = pl.Series([output.raw(fields, text) for *fields, text in malformed], dtype=pl.String)
            records = pl.concat([records, raw])[pl.concat([numbers, lines]).arg_sort()]
        output.write_records(records)


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

    def batches(self, needed: Sequence[str]) -> Iterator[Batch]:
        """Yield the rows, some thousands at a time, with all columns."""
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
    return (XlsxTable if is_workbook(path) else CsvTable)(path, how, guard)


def is_workbook(path: Path) -> bool:
    """Tell by its name whether a file is a workbook; an old one (XLS) too, which is then refused by that name."""
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xls")


def malformed(batch: Batch, language: str) -> list[list[str]]:
    """Return line, rule, reason and text of the rows of a batch that are not well formed."""
    return [[str(r.line), r.rule, rule(r.rule).text(dict(r.arguments), language), r.raw] for r in batch.rejected]
