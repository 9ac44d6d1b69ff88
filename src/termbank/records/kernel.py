"""Moves the rows: each distinct cell is answered once, and the answers are joined back to the rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import polars as pl

from termbank.model import Finding, ValueSet
from termbank.model.rules import rule
from termbank.records.answers import NO_DAY, Answer, Answers, MembersOn
from termbank.records.cells import day_of
from termbank.records.profile import Column, Profile
from termbank.records.tables import REASON, RULE
from termbank.terminology.engine import Terminology
from termbank.terminology.value_sets import ValueSets

_FIELDS = ("rule", "reason", "title", "translated", "translated_title", "written")


class ColumnKernel:
    """One column with codes: its answers, and how often each was given.

    Arguments:
        terminology: who knows.
        column: what the profile says of the column.
        date: the column whose date rules validity, or None.
        language: of the reasons.
        members: tells, for a day, which codes are in the value set that the column must be in; None: there is none.
    """

    def __init__(
        self,
        terminology: Terminology,
        column: Column,
        date: str | None,
        language: str,
        members: MembersOn | None = None,
    ) -> None:
        self.column = column
        self.date = date
        self.answers: list[Answer] = []
        self._counts = np.zeros(0, dtype=np.int64)
        self._answers = Answers(terminology, column, language, members)
        self._known: dict[str, pl.DataFrame] = {}
        strings = dict.fromkeys(_FIELDS, pl.String)
        numbers = {"first": pl.Int32, "last": pl.Int32}
        self._table = pl.DataFrame(schema={**strings, **numbers, "rewritten": pl.Boolean})
        self._fields = _fields(column)

    def apply(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Answer for every row.

        Arguments:
            rows: the columns of the file as strings, and `day of DATE` where a date rules.

        Returns:
            For each row: rule and reason (null where it is not rejected), what the profile adds of title, translated
            and translated_title, and written where some cell is written otherwise than it was.
        """
        numbers = self._number(rows)
        self._counts = _longer(self._counts, len(self.answers))
        self._counts += np.bincount(numbers.to_numpy(), minlength=len(self.answers))
        rewritten = self.column.canonical and self._table["rewritten"][numbers].any()
        return self._table.select([*self._fields, "written"] if rewritten else self._fields)[numbers]

    def counted(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each answer, and for how many rows it was given."""
        return ((number, int(count)) for number, count in enumerate(self._counts) if count)

    def _tabulate(self) -> None:
        """Add new answers to the table that rows take theirs from."""
        new = [
            (
                a.rule,
                a.reason or None,
                a.title or None,
                a.translated or None,
                a.translated_title or None,
                a.written,
                a.first,
                a.last,
                a.written != a.cell,
            )
            for a in self.answers[self._table.height :]
        ]
        self._table = self._table.vstack(pl.DataFrame(new, schema=self._table.schema, orient="row")).rechunk()

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
            return self._joined(rows.select(*keys, pl.lit(None, pl.Int32).alias("day")), "no date")
        days = rows[f"day of {self.date}"].alias("day")
        asked = rows.select(*keys, days)
        versions = pl.Series(self._answers.version_changes, dtype=pl.Int32).search_sorted(days, "right")
        present = versions.unique()
        if len(present) == 1:
            numbers = self._joined(asked, f"version {present[0]}")
        else:
            numbers = pl.zeros(len(days), dtype=pl.UInt32, eager=True)
            for version in present:
                rows_of = (versions == version).arg_true()
                numbers = numbers.scatter(rows_of, self._joined(asked[rows_of], f"version {version}"))
        outside = (days < self._table["first"][numbers]) | (days > self._table["last"][numbers])
        if not outside.any():
            return numbers
        again = asked.filter(outside)
        stretches = pl.Series(self._answers.changes, dtype=pl.Int32).search_sorted(again["day"], "right")
        corrected = self._joined(again.with_columns(stretches.alias("stretch")), "stretch")
        return numbers.scatter(outside.arg_true(), corrected)

    def _joined(self, asked: pl.DataFrame, group: str) -> pl.Series:
        """Join the numbers of answers to the rows; what was never asked before is answered first.

        Arguments:
            asked: cell, perhaps text, day, and perhaps the stretch of days.
            group: what was asked before is known by it.
        """
        keys = [name for name in asked.columns if name != "day"]
        known = self._known.get(group)
        if known is None:
            known = asked.clear().select(keys).with_columns(number=pl.lit(None, pl.UInt32))
        numbers = _looked_up(asked, known, keys)
        if numbers.null_count():
            latest = pl.col("day").max().over("stretch") if group == "stretch" else pl.col("day").max()
            new = asked.filter(numbers.is_null()).with_columns(latest).unique(keys)
            start = len(self.answers)
            texts = new["text"] if "text" in keys else [None] * len(new)
            self.answers += self._answers.answer(list(new["cell"]), list(texts), list(new["day"]))
            self._tabulate()
            place = pl.Series("number", range(start, len(self.answers)), dtype=pl.UInt32)
            known = pl.concat([known, new.select(*keys, place)])
            self._known[group] = known
            numbers = _looked_up(asked, known, keys)
        return numbers


def _fields(column: Column) -> list[str]:
    """Return what of the answers a column's rows take, besides what is written."""
    translate = column.translate
    wanted = {
        "title": column.title_into,
        "translated": translate and translate.into,
        "translated_title": translate and translate.title_into,
    }
    return ["rule", "reason", *(field for field, into in wanted.items() if into)]


def _longer(counts: npt.NDArray[np.int64], length: int) -> npt.NDArray[np.int64]:
    return np.concatenate([counts, np.zeros(length - len(counts), dtype=np.int64)])


def _looked_up(asked: pl.DataFrame, known: pl.DataFrame, keys: list[str]) -> pl.Series:
    return asked.join(known, on=keys, how="left", maintain_order="left", nulls_equal=True)["number"]


class Kernel:
    """A whole profile: every column with codes, and the dates that rule.

    Arguments:
        terminology: who knows; it holds the profile's own lists too.
        profile: what to do.
        language: of the reasons.
        value_sets: the value sets of the terminology.
        chosen: those that columns must be in, by the names of the columns.
    """

    def __init__(
        self,
        terminology: Terminology,
        profile: Profile,
        language: str,
        value_sets: ValueSets | None = None,
        chosen: Mapping[str, ValueSet] = MappingProxyType({}),
    ) -> None:
        self.profile = profile
        self.bad_dates: Counter[str] = Counter()
        known = value_sets or ValueSets(terminology)
        members = {name: partial(known.members, value_set) for name, value_set in chosen.items()}
        self.columns = [
            ColumnKernel(terminology, c, c.date or profile.date, language, members.get(c.name)) for c in profile.columns
        ]
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
        texts = rows[name]
        days = texts.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32) if self.profile.date_format is None else None
        if days is None or days.null_count():
            distinct = texts.unique() if days is None else texts.filter(days.is_null()).unique()
            for text in distinct:
                if text not in self._days:
                    self._days[text] = day_of(text, self.profile.date_format)
            table = {text: day for text in distinct if (day := self._days[text]) is not None}
            others = texts.replace_strict(table, default=None, return_dtype=pl.Int32) if table else None
            days = _first(days, others, len(texts))
        return rows.with_columns(days.fill_null(NO_DAY).alias(f"day of {name}")), days.is_null()

    def _place(self, out: dict[str, pl.Series], column: Column, answers: pl.DataFrame) -> None:
        """Put what a column's answers give where the profile wants it."""
        if "written" in answers.columns:
            out[column.name] = _kept(answers["written"], out[column.name])
        if column.title_into:
            out[column.title_into] = answers["title"]
        if column.translate:
            out[column.translate.into] = answers["translated"]
            if column.translate.title_into:
                out[column.translate.title_into] = answers["translated_title"]


def _first(days: pl.Series | None, others: pl.Series | None, length: int) -> pl.Series:
    """Return the days that were found in the one way or the other."""
    if days is None:
        return pl.Series([None] * length, dtype=pl.Int32) if others is None else others
    return days if others is None else pl.select(pl.coalesce(days, others)).to_series()


def _kept(written: pl.Series, original: pl.Series) -> pl.Series:
    """Keep an empty cell as it was: nothing, or two quotes."""
    both = pl.DataFrame({"written": written, "original": original})
    return both.select(pl.when(pl.col("original").is_not_null()).then("written"))["written"]
