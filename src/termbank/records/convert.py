"""The main job: a file of records, checked and converted, with every row accounted for."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from termbank.errors import ConservationError, WriteError
from termbank.model.finding import SEVERITIES, Severity
from termbank.model.rules import catalogue, rule
from termbank.records.kernel import Kernel
from termbank.records.profile import LoadedProfile
from termbank.records.summary import ColumnSummary, RuleCount, Summary, VocabularyUsed
from termbank.records.tables import LINE, REASON, RULE, Batch, CsvTable, XlsxTable, is_workbook, malformed, open_table
from termbank.terminology.engine import Terminology
from termbank.terminology.value_sets import ValueSets
from termbank.version import __version__

if TYPE_CHECKING:
    from termbank.records.kernel import ColumnKernel

T = TypeVar("T")

_AHEAD = 4
"""How many batches are read before they are asked for: the first takes long to answer, when most cells are new."""


def run(
    terminology: Terminology,
    source: Path,
    profile: LoadedProfile,
    output: Path | None = None,
    rejects: Path | None = None,
    *,
    language: str = "sv",
    progress: Callable[[int], None] = lambda rows: None,
) -> Summary:
    """Check a file of records and, where an output is named, write it converted.

    Arguments:
        terminology: who knows the codes; the profile's own lists among them.
        source: a CSV or XLSX file.
        profile: what to do.
        output: where the converted rows shall stand; None: only check.
        rejects: where the refused rows shall stand, each with line, rule and reason before its own cells.
        language: of the reasons: sv or en.
        progress: is told how many rows are done.

    Returns:
        What was done, in counts.

    Raises:
        FormatError: the source cannot be read, or does not fit the profile.
        WriteError: an output cannot be written whole; none of them is left.
        ConservationError: rows in were not rows out plus rows rejected; nothing is left of the outputs.
    """
    _outputs_fit([source, *profile.files()], output, rejects)
    table = open_table(source, profile.profile.input, profile.profile.formulas == "neutralise")
    profile.check_header(table.header.names)
    profile.check_systems(terminology)
    value_sets = ValueSets(terminology)
    kernel = Kernel(terminology, profile.profile, language, value_sets, profile.value_sets(value_sets))
    job = _Job(table, kernel, language)
    with ExitStack() as files:
        if output is not None:
            job.out = files.enter_context(table.output(output))
            job.out.write_header(job.names())
        if rejects is not None:
            job.rejects = files.enter_context(table.output(rejects))
            job.rejects.write_header([LINE, RULE, REASON, *table.header.names])
        for rows in job.steps():
            progress(rows)
        job.check()
        written = [file for file in (job.rejects, job.out) if file is not None]
        for file in written:
            file.complete()
        for file in written:
            file.commit()
    return job.summary(terminology, profile, source, output, rejects)


class _Job:
    """A run: its files and its counts."""

    def __init__(self, table: CsvTable | XlsxTable, kernel: Kernel, language: str) -> None:
        self.table = table
        self.kernel = kernel
        self.out: Any = None
        self.rejects: Any = None
        self.rows_out = 0
        self.rows_rejected = 0
        self.malformed: Counter[str] = Counter()
        self.rejected_by: Counter[str] = Counter()
        self._language = language

    def names(self) -> list[str]:
        """Return the names of the columns that go out."""
        names = dict.fromkeys(self.table.header.names)
        names.update(dict.fromkeys(self.kernel.profile.added()))
        return list(names)

    def steps(self) -> Iterator[int]:
        """Do the work; yield the number of rows done after each batch.

        While one batch is answered, the next is read and the one before is written, each in a thread of its own.
        """
        with ThreadPoolExecutor(max_workers=1) as writer:
            writing: Future[None] | None = None
            for batch in _ahead(self.table.batches(self.kernel.profile.needed())):
                converted, verdict = self.kernel.apply(batch.rows)
                if writing is not None:
                    writing.result()
                kept = verdict[RULE].is_null()
                count = int(kept.sum())
                self.rows_out += count
                self.rows_rejected += len(kept) - count + len(batch.rejected)
                self.malformed.update(record.rule for record in batch.rejected)
                self.rejected_by.update(dict(verdict[RULE].drop_nulls().value_counts().iter_rows()))
                writing = writer.submit(self._write, batch, converted, verdict, kept)
                yield self.rows_out + self.rows_rejected
            if writing is not None:
                writing.result()

    def _write(self, batch: Batch, converted: pl.DataFrame, verdict: pl.DataFrame, kept: pl.Series) -> None:
        if self.out is not None:
            self.table.write(self.out, batch, converted, kept)
        if self.rejects is not None:
            self.table.write_rejects(self.rejects, batch, verdict, kept, malformed(batch, self._language))

    def check(self) -> None:
        """Check that no row was lost.

        Raises:
            ConservationError: one was.
        """
        seen = self.table.counts.records
        if seen != self.rows_out + self.rows_rejected:
            raise ConservationError(
                f"{seen} rows were read, but {self.rows_out} went out and {self.rows_rejected} were rejected; "
                "this is a defect of termbank, and no output was kept"
            )

    def summary(
        self, terminology: Terminology, profile: LoadedProfile, source: Path, output: Path | None, rejects: Path | None
    ) -> Summary:
        """Say what was done."""
        counts = self.table.counts
        findings = list(self.table.findings)
        neutralised = sum(file.neutralised for file in (self.out, self.rejects) if file is not None)
        if neutralised:
            findings.append(rule("formula-neutralised").finding(count=neutralised))
        used = {(v, version) for column in self.kernel.columns for v, version in column.used()}
        sources = [source for name, version in sorted(used) for source in [terminology.source(name, version)]]
        return Summary(
            termbank=__version__,
            profile=profile.profile.title or (profile.path.name if profile.path else ""),
            source=str(source),
            output=str(output) if output else None,
            rejects=str(rejects) if rejects else None,
            description=self.table.description,
            rows_in=counts.records,
            rows_out=self.rows_out,
            rows_rejected=self.rows_rejected,
            title_rows=len(self.table.header.titles),
            blank_lines=counts.blank,
            trailing_rows=counts.trailing,
            stopped_at_line=counts.stopped_at_line,
            rules=self._rules(),
            columns=tuple(_column(column) for column in self.kernel.columns),
            vocabularies=tuple(
                VocabularyUsed(
                    id=s.info.id, version=s.info.version, content=s.info.content, digest=s.digest,
                    source=s.info.source, assumptions=s.info.assumptions,
                )
                for s in sources
            ),
            mapping_sets=tuple(sorted({name for column in self.kernel.columns for name in column.mapping_sets()})),
            findings=tuple(findings),
        )  # fmt: skip

    def _rules(self) -> tuple[RuleCount, ...]:
        found: Counter[str] = Counter(self.malformed)
        severities = {name: each.severity for name, each in catalogue().items()}
        weights: dict[str, Severity] = {}
        for wrong in self.kernel.bad_dates.values():
            found["invalid-date"] += wrong
        for column in self.kernel.columns:
            for number, count in column.counted():
                for name, weight in {each.rule: each.severity for each in column.answers[number].findings}.items():
                    found[name] += count
                    weights[name] = max(weight, weights.get(name, weight), key=SEVERITIES.index)
        rejected = self.rejected_by + self.malformed
        order = {name: place for place, name in enumerate(severities)}
        return tuple(
            RuleCount(rule=name, severity=weights.get(name, severities[name]), count=count, rejected=rejected[name])
            for name, count in sorted(found.items(), key=lambda pair: (-pair[1], order[pair[0]]))
        )


def _column(kernel: "ColumnKernel") -> ColumnSummary:
    statuses: Counter[str] = Counter()
    mapped: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for number, count in kernel.counted():
        answer = kernel.answers[number]
        statuses[answer.status] += count
        mapped[answer.mapped] += count
        for code, title in answer.codes:
            codes[code] += count
            titles[code] = title
    translate = kernel.column.translate
    return ColumnSummary(
        name=kernel.column.name,
        system=kernel.column.system,
        cells=sum(statuses.values()),
        empty=statuses["empty"],
        valid=statuses["valid"],
        invalid=statuses["invalid"],
        undetermined=statuses["undetermined"],
        distinct=len({answer.cell for answer in kernel.answers}),
        to=translate.to if translate else None,
        translated=mapped["translated"],
        several=mapped["several"],
        missing=mapped["missing"],
        no_counterpart=mapped["no-counterpart"],
        codes=[  # made into models in one go, which is faster
            {"code": c, "title": titles[c], "count": n}
            for c, n in sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    )


def _outputs_fit(read: list[Path], output: Path | None, rejects: Path | None) -> None:
    """Refuse to write over what is read, both outputs to one file, or under a name that is not of the source's kind.

    Arguments:
        read: the source first, then the profile and its lists.
        output, rejects: what is written.
    """
    kept = {path.resolve() for path in read}
    written = [path for path in (output, rejects) if path is not None]
    for path in written:
        if path.resolve() in kept:
            raise WriteError(f"{path}: this file is read by the run and would be overwritten; name another")
        if is_workbook(path) != is_workbook(read[0]):
            kind = "XLSX" if is_workbook(read[0]) else "CSV"
            raise WriteError(f"{path}: what is written has the format of the source, {kind}; name the file so.")
    if len({path.resolve() for path in written}) < len(written):
        raise WriteError(f"{output}: the output and the rejects must be different files")


def _ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield the items while the next ones are made in another thread."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        end = object()
        waiting = deque(worker.submit(next, items, end) for _ in range(_AHEAD))
        while (item := waiting.popleft().result()) is not end:
            waiting.append(worker.submit(next, items, end))
            yield item  # type: ignore[misc]
