"""The main job: validate and convert files of records."""

import sys
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
_min_count = click.option("--min-count", default=0, help="Leave out counts of codes and rules below this number.")
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
    with open_bank(bank_path) as bank:
        summary = bank.validate_records(records, profile, language=lang)
    _report(summary.suppressed(min_count), summary_path, form, lang)
    if fail_on == "never":
        return 0
    return int(any(WEIGHT.index(each.severity) >= WEIGHT.index(fail_on) for each in summary.rules))


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
    with open_bank(bank_path) as bank:
        progress = _Progress(lang)
        summary = bank.convert_records(records, profile, output, rejects=rejects, language=lang, progress=progress)
        progress.done()
    _report(summary.suppressed(min_count), summary_path, form, lang)
    return int(summary.rows_rejected > 0 and not allow_rejects)


class _Progress:
    """Tells on stderr how many rows are done, where that is a terminal."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._shown = False

    def __call__(self, rows: int) -> None:
        if sys.stderr.isatty():
            self._shown = True
            click.echo(f"\r{number(rows, self._lang)} {text('rows', self._lang)}", nl=False, err=True)

    def done(self) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)


def _report(summary: Any, path: Path | None, form: str, lang: str) -> None:
    if path is not None:
        from termbank.records.atomic import AtomicFile

        with AtomicFile(path) as file:
            file.write(summary.model_dump_json(indent=2).encode() + b"\n")
            file.commit()
    if form != "text":
        emit([summary], form)
        return
    _rows(summary, lang)
    for column in summary.columns:
        _column(column, lang)
    _findings(summary, lang)
    click.echo(f"\n{text('used', lang)}")
    for used in summary.vocabularies:
        assumed = "; ".join(text(f"assume-{each}", lang) for each in used.assumptions)
        note = f"{text('assumed', lang)}: {assumed}" if assumed else ""
        name = f"{used.id}|{used.version}  {text(used.content, lang)}  {used.digest[:12]}"
        click.echo(f"  {name}  {click.style(note, dim=True)}".rstrip())
    for name in summary.mapping_sets:
        click.echo(f"  {name}")
    written = [each for each in (summary.output, summary.rejects, path and str(path)) if each]
    if written:
        click.echo(f"\n{text('written', lang)}")
        for each in written:
            click.echo(f"  {each}")


def _rows(summary: Any, lang: str) -> None:
    click.echo(click.style(summary.profile, bold=True))
    click.echo(paragraph(text("source-file", lang), f"{summary.source} ({summary.description})"))
    out = "rows-out" if summary.output else "rows-kept"
    for key, count in (("rows-in", summary.rows_in), (out, summary.rows_out), ("rows-rejected", summary.rows_rejected)):
        tail = f"   ({text('conserved', lang)})" if key == "rows-rejected" else ""
        click.echo(paragraph(text(key, lang), f"{number(count, lang):>11}{tail}"))
    if summary.title_rows or summary.blank_lines or summary.trailing_rows:
        said = text(
            "not-rows", lang, titles=summary.title_rows, blank=summary.blank_lines, trailing=summary.trailing_rows
        )
        click.echo(click.style(f"  {said}", dim=True))


def _column(column: Any, lang: str) -> None:
    click.echo(f"\n{click.style(column.name, bold=True)}  {click.style(column.system, dim=True)}")
    counts = [
        f"{number(count, lang)} {text(key, lang)}"
        for key, count in (
            ("right", column.valid), ("wrong", column.invalid),
            ("undetermined", column.undetermined), ("empty", column.empty),
        )
        if count
    ]  # fmt: skip
    click.echo(f"  {', '.join(counts)}")
    if column.coverage is not None:
        asked = column.translated + column.several + column.missing + column.no_counterpart
        share = f"{100 * column.coverage:.1f}".replace(".", "," if lang == "sv" else ".")
        said = f"{number(column.translated, lang)} / {number(asked, lang)} ({share} %)"
        click.echo(f"  {said} {text('coverage', lang, to=column.to)}")
    for code in column.codes[:3]:
        click.echo(click.style(f"  {number(code.count, lang):>9}  {code.code} {code.title}", dim=True))


def _findings(summary: Any, lang: str) -> None:
    from termbank.model.rules import rule

    if summary.rules or summary.findings:
        click.echo(f"\n{text('findings', lang)}")
    for each in summary.rules:
        severity = click.style(f"{text(each.severity, lang):<11}", fg=COLOUR[each.severity])
        rejected = f"  ({text('of-which-rejected', lang)}: {number(each.rejected, lang)})" if each.rejected != 0 else ""
        click.echo(f"  {severity}{number(each.count, lang):>9}  {each.rule}{rejected}")
        click.echo(click.style(f"  {'':<22}{rule(each.rule).advice(lang)}", dim=True))
    for finding in summary.findings:
        severity = click.style(f"{text(finding.severity, lang):<11}", fg=COLOUR[finding.severity])
        click.echo(f"  {severity}{'':>9}  {finding.message(lang)}")
