"""The main job: validate and convert files of records."""

import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, open_bank, paragraph, shared
from termbank_cli.texts import number, text

COLOUR = {"error": "red", "warning": "yellow", "info": "cyan"}
WEIGHT = ("info", "warning", "error")

_records = click.argument("records", type=click.Path(path_type=Path))
_profile = click.option(
    "-p", "--profile", required=True, type=click.Path(path_type=Path), help="What to do: a TOML file."
)
_summary = click.option(
    "-s", "--summary", "summary_path", type=click.Path(path_type=Path), help="Write the counts as JSON."
)
_min_count = click.option(
    "--min-count", type=click.IntRange(0), default=0, help="Leave out counts of codes and rules below this number."
)
_fail_on = click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="error",
                        show_default=True, help="Exit with 1 where there are findings of this severity.")  # fmt: skip


@click.command()
@_records
@_profile
@_summary
@_min_count
@_fail_on
@shared
def validate(
    records: Path, profile: Path, summary_path: Path | None, min_count: int, fail_on: str,
    bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Check RECORDS, a CSV or XLSX file, against a profile; nothing but the summary is written."""
    from termbank.records.profile import LoadedProfile

    _own_file(summary_path, records, *LoadedProfile.read(profile).files())
    with open_bank(bank_path) as bank, _summary_file(summary_path) as file:
        with _Progress(lang) as progress:
            summary = bank.validate_records(records, profile, language=lang, progress=progress)
        _report(summary.suppressed(min_count), file, form, lang)
    if fail_on == "never":
        return 0
    found = (*summary.rules, *summary.findings)
    return int(any(WEIGHT.index(each.severity) >= WEIGHT.index(fail_on) for each in found))


@click.command()
@_records
@_profile
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Where the converted file shall stand."
)
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="Where rejected rows shall stand.  [default: beside the output]"
)
@_summary
@_min_count
@click.option("--allow-rejects", is_flag=True, help="Exit with 0 although rows were rejected.")
@shared
def convert(
    records: Path, profile: Path, output: Path, rejects: Path | None, summary_path: Path | None, min_count: int,
    allow_rejects: bool, bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Check RECORDS, a CSV or XLSX file, and write it converted; every row goes to the output or to the rejects."""
    rejects = rejects or output.with_name(f"{output.stem}.rejects{output.suffix}")
    from termbank.records.profile import LoadedProfile

    _own_file(summary_path, records, output, rejects, *LoadedProfile.read(profile).files())
    with open_bank(bank_path) as bank, _summary_file(summary_path) as file:
        with _Progress(lang) as progress:
            summary = bank.convert_records(records, profile, output, rejects=rejects, language=lang, progress=progress)
        _report(summary.suppressed(min_count), file, form, lang)
    return int(summary.rows_rejected > 0 and not allow_rejects)


class _Progress:
    """Tells on stderr how many rows are done, where that is a terminal; lets Ctrl-C wait for the end of a batch.

    A second Ctrl-C does not wait.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._shown = False
        self._interrupted = False
        self._before: Any = None

    def __enter__(self) -> "_Progress":
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def __call__(self, rows: int) -> None:
        if self._interrupted:
            raise KeyboardInterrupt
        if sys.stderr.isatty():
            self._shown = True
            click.echo(f"\r{number(rows, self._lang)} {text('rows', self._lang)}", nl=False, err=True)

    def _interrupt(self, *_: object) -> None:
        if self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True


def _summary_file(path: Path | None) -> Any:
    """Begin the file of the summary before the work, so that a folder that cannot be written is told at once."""
    from termbank.files import AtomicFile

    return nullcontext() if path is None else AtomicFile(path)


def _own_file(path: Path | None, *others: Path | None) -> None:
    """Refuse to write the summary over another file of the run."""
    if path is not None and path.resolve() in [other.resolve() for other in others if other is not None]:
        raise click.UsageError(f"{path}: the summary needs a file of its own")


def _report(summary: Any, file: Any, form: str, lang: str) -> None:
    if file is not None:
        file.write(summary.model_dump_json(indent=2).encode() + b"\n")
        file.commit()
    if form != "text":
        emit([summary], form)
        return
    _rows(summary, lang)
    rejecting = [each for each in summary.rules if each.rejected != 0]
    _rules("why-rejected", rejecting, lang)
    for column in summary.columns:
        _column(column, lang)
    others = [each for each in summary.rules if each.rejected == 0]
    _rules("remarks", sorted(others, key=lambda each: -WEIGHT.index(each.severity)), lang)
    for finding in summary.findings:
        said = f"{finding.message(lang)} {click.style(f'[{finding.rule}]', dim=True)}"
        click.echo(f"\n{text('whole-file', lang)}: {click.style(said, fg=COLOUR[finding.severity])}")
    click.echo(f"\n{text('used', lang)}")
    for used in summary.vocabularies:
        assumed = "; ".join(text(f"assume-{each}", lang) for each in used.assumptions)
        note = f"{text('assumed', lang)}: {assumed}" if assumed else ""
        name = f"{used.id}|{used.version}  {text(used.content, lang)}"
        click.echo(f"  {name}  {click.style(note, dim=True)}".rstrip())
    for name in summary.mapping_sets:
        click.echo(f"  {name}")
    written = {
        "out": (summary.output, summary.rows_out),
        "rejects": (summary.rejects, summary.rows_rejected),
        "summary": (file and str(file.path), 0),
    }
    if any(path for path, _ in written.values()):
        click.echo(f"\n{text('written', lang)}")
    for key, (path, count) in written.items():
        if path:
            note = text(f"written-{key}", lang, count=number(count, lang))
            click.echo(f"  {path}  {click.style(f'({note})', dim=True)}")


def _rows(summary: Any, lang: str) -> None:
    click.echo(click.style(summary.profile, bold=True))
    click.echo(paragraph(text("source-file", lang), f"{summary.source} ({summary.description})"))
    rows, out, rejected = (number(n, lang) for n in (summary.rows_in, summary.rows_out, summary.rows_rejected))
    sure = text("conserved", lang, rows=rows, out=out, rejected=rejected)
    for key, count, tail in (
        ("rows-in", rows, ""), ("rows-out" if summary.output else "rows-kept", out, ""),
        ("rows-rejected", rejected, f"   ({sure})"),
    ):  # fmt: skip
        click.echo(paragraph(text(key, lang), f"{count:>{len(rows)}}{tail}"))
    others = [
        text(key, lang, count=number(count, lang))
        for key, count in (
            ("title-rows", summary.title_rows), ("blank-lines", summary.blank_lines),
            ("trailing-rows", summary.trailing_rows),
        )
        if count
    ]  # fmt: skip
    if others:
        click.echo(paragraph(text("not-rows", lang), "; ".join(others)))


def _column(column: Any, lang: str) -> None:
    name = click.style(column.name, bold=True)
    click.echo("\n" + text("column", lang, name=name, system=click.style(column.system, bold=True)))
    statuses = {"right": column.valid, "wrong": column.invalid, "undetermined": column.undetermined}
    click.echo(f"  {_counts({**statuses, 'empty': column.empty}, lang)}")
    if column.coverage is not None:
        asked = column.translated + column.several + column.missing + column.no_counterpart
        share = f"{100 * column.coverage:.1f}".replace(".", "," if lang == "sv" else ".")
        said = f"{number(column.translated, lang)} / {number(asked, lang)} ({share} %)"
        without = {"missing": column.missing, "without-counterpart": column.no_counterpart}
        rest = _counts({**without, "several": column.several}, lang)
        click.echo(f"  {said} {text('coverage', lang, to=column.to)}{'; ' + rest if rest else ''}")
    for place, code in enumerate(column.codes[:3]):
        label = "" if place else text("commonest", lang)
        click.echo(click.style(f"  {label:<12}{number(code.count, lang):>7}  {code.code} {code.title}", dim=True))


def _counts(counts: dict[str, int], lang: str) -> str:
    return ", ".join(f"{number(count, lang)} {text(key, lang)}" for key, count in counts.items() if count)


def _rules(heading: str, rules: Any, lang: str) -> None:
    from termbank.model.rules import rule

    if rules:
        click.echo(f"\n{click.style(text(heading, lang), bold=True)}")
    for each in rules:
        said = click.style(text(each.rule, lang), fg=COLOUR[each.severity])
        count = each.rejected if heading == "why-rejected" else each.count
        click.echo(f"  {number(count, lang):>7}  {said}  {click.style(f'[{each.rule}]', dim=True)}")
        if each.severity != "info":
            click.echo(click.style(f"  {'':>7}  {rule(each.rule).advice(lang)}", dim=True))
