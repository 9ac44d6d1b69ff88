"""Moves the rows: each distinct cell is answered once, and the answers are joined back to the rows."""

from collections import Counter

import polars as pl

from termbank.model import Finding
from termbank.model.rules import rule
from termbank.records.answers import NO_DAY, Answer, Answers
from termbank.records.cells import day_of
from termbank.records.profile import Column, Profile
from termbank.records.tables import REASON, RULE
from termbank.terminology.engine import Terminology

_FIELDS = ("rule", "reason", "written", "title", "translated", "translated_title")


class ColumnKernel:
    """One column with codes: its answers, and how often each was given.

    Arguments:
        terminology: who knows.
        column: what the profile says of the column.
        date: the column whose date rules validity, or None.
        language: of the reasons.
    """

    def __init__(self, terminology: Terminology, column: Column, date: str | None, language: str) -> None:
        self.column = column
        self.date = date
        self.answers: list[Answer] = []
        self.counts: Counter[int] = Counter()
        self._answers = Answers(terminology, column, language)
        self._known: dict[str, pl.DataFrame] = {}
        self._table = pl.DataFrame(schema=dict.fromkeys(_FIELDS, pl.String))

    def apply(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Answer for every row.

        Arguments:
            rows: the columns of the file as strings, and `day of DATE` where a date rules.

        Returns:
            For each row: rule and reason (null where it is not rejected), written, title, translated and
            translated_title.
        """
        numbers = self._number(rows)
        for number, count in numbers.value_counts().iter_rows():
            self.counts[number] += count
        new = self.answers[self._table.height :]
        if new:
            more = [(a.rule, a.reason or None, a.written, *(text or None for text in a[5:8])) for a in new]
            self._table = self._table.vstack(pl.DataFrame(more, schema=self._table.schema, orient="row"))
        return self._table[numbers]

    def used(self) -> set[tuple[str, str]]:
        """Return id and version of the vocabularies that answers came from."""
        return self._answers.used

    def mapping_sets(self) -> set[str]:
        """Return the mapping sets that answers came from."""
        return self._answers.mapping_sets

    def _number(self, rows: pl.DataFrame) -> pl.Series:
        """Return the number of the answer of each row.

        An answer holds from one day to another. Nearly all rows of a cell lie between these for the version in force;
        the others are asked for again, by the stretch of days in which nothing at all changes.
        """
        keys = [pl.col(self.column.name).alias("cell")]
        if self.column.title:
            keys.append(pl.col(self.column.title).alias("text"))
        if self.date is None:
            return self._joined(rows.select(*keys, pl.lit(None, pl.Int32).alias("day"), pl.lit(0).alias("version")))
        days = rows[f"day of {self.date}"].alias("day")
        versions = pl.Series("version", self._answers.version_changes, dtype=pl.Int32).search_sorted(days, "right")
        asked = rows.select(*keys, days, versions.alias("version"))
        numbers = self._joined(asked)
        first = pl.Series([answer.first for answer in self.answers], dtype=pl.Int32)[numbers]
        last = pl.Series([answer.last for answer in self.answers], dtype=pl.Int32)[numbers]
        outside = (days < first) | (days > last)
        if not outside.any():
            return numbers
        again = asked.filter(outside)
        stretches = pl.Series(self._answers.changes, dtype=pl.Int32).search_sorted(again["day"], "right")
        corrected = self._joined(again.drop("version").with_columns(stretches.alias("stretch")))
        return numbers.scatter(outside.arg_true(), corrected)

    def _joined(self, asked: pl.DataFrame) -> pl.Series:
        """Join the numbers of answers to the rows; what was never asked before is answered first.

        Arguments:
            asked: cell, perhaps text, day, and last what groups the days: version or stretch.
        """
        keys = [name for name in asked.columns if name != "day"]
        known = self._known.get(keys[-1])
        if known is None:
            known = asked.clear().select(keys).with_columns(number=pl.lit(None, pl.UInt32))
        numbers = _looked_up(asked, known, keys)
        if numbers.null_count():
            new = asked.filter(numbers.is_null()).with_columns(pl.col("day").max().over(keys[-1])).unique(keys)
            start = len(self.answers)
            texts = new["text"] if "text" in keys else [None] * len(new)
            self.answers += self._answers.answer(list(new["cell"]), list(texts), list(new["day"]))
            place = pl.Series("number", range(start, len(self.answers)), dtype=pl.UInt32)
            known = pl.concat([known, new.select(*keys, place)])
            self._known[keys[-1]] = known
            numbers = _looked_up(asked, known, keys)
        return numbers


def _looked_up(asked: pl.DataFrame, known: pl.DataFrame, keys: list[str]) -> pl.Series:
    return asked.join(known, on=keys, how="left", maintain_order="left", nulls_equal=True)["number"]


class Kernel:
    """A whole profile: every column with codes, and the dates that rule.

    Arguments:
        terminology: who knows; it holds the profile's own lists too.
        profile: what to do.
        language: of the reasons.
    """

    def __init__(self, terminology: Terminology, profile: Profile, language: str) -> None:
        self.profile = profile
        self.bad_dates: Counter[str] = Counter()
        self.columns = [ColumnKernel(terminology, c, c.date or profile.date, language) for c in profile.columns]
        self._language = language
        self._days: dict[str | None, int | None] = {None: None}

    def apply(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Check and convert some rows.

        Arguments:
            rows: the columns of the file, as strings.

        Returns:
            The rows with the profile's changes and added columns; and for each of them why it is rejected: rule and
            reason, null where it is not.
        """
        rules: list[pl.Series] = []
        reasons: list[pl.Series] = []
        dated = rows
        for name in self.profile.dates():
            dated, wrong = self._dated(dated, name)
            if wrong.any():
                finding = self._finding(name)
                self.bad_dates[name] += int(wrong.sum())
                empty = pl.lit(None, pl.String)
                said = pl.select(
                    rule=pl.when(wrong).then(pl.lit(finding.rule)).otherwise(empty),
                    reason=pl.when(wrong).then(pl.lit(finding.message(self._language))).otherwise(empty),
                )
                rules.append(said["rule"])
                reasons.append(said["reason"])
        out: dict[str, pl.Series] = {name: rows[name] for name in rows.columns}
        for kernel in self.columns:
            answers = kernel.apply(dated)
            rules.append(answers["rule"])
            reasons.append(answers["reason"])
            self._place(out, kernel.column, answers)
        verdict = pl.select(
            pl.coalesce(rules).alias(RULE), pl.concat_str(reasons, separator=" ", ignore_nulls=True).alias(REASON)
        )
        return pl.DataFrame(out), verdict

    def _finding(self, column: str) -> Finding:
        return rule("invalid-date").finding(column=column)

    def _dated(self, rows: pl.DataFrame, name: str) -> tuple[pl.DataFrame, pl.Series]:
        """Add the day of a date column; a day that cannot be read is `NO_DAY` and its row rejected."""
        distinct = rows[name].unique()
        for text in distinct:
            if text not in self._days:
                self._days[text] = day_of(text, self.profile.date_format)
        days = pl.Series("day", [self._days[text] for text in distinct], dtype=pl.Int32)
        table = pl.DataFrame([distinct.rename("text"), days])
        joined = rows.select(pl.col(name).alias("text")).join(
            table, on="text", how="left", maintain_order="left", nulls_equal=True
        )["day"]
        return rows.with_columns(joined.fill_null(NO_DAY).alias(f"day of {name}")), joined.is_null()

    def _place(self, out: dict[str, pl.Series], column: Column, answers: pl.DataFrame) -> None:
        """Put what a column's answers give where the profile wants it."""
        if column.canonical:
            out[column.name] = _kept(answers["written"], out[column.name])
        if column.title_into:
            out[column.title_into] = answers["title"]
        if column.translate:
            out[column.translate.into] = answers["translated"]
            if column.translate.title_into:
                out[column.translate.title_into] = answers["translated_title"]


def _kept(written: pl.Series, original: pl.Series) -> pl.Series:
    """Keep an empty cell as it was: nothing, or two quotes."""
    both = pl.DataFrame({"written": written, "original": original})
    return both.select(pl.when(pl.col("original").is_not_null()).then("written"))["written"]
