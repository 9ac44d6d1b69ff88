"""The command that suggests codes for local terms."""

import csv
import datetime
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from termbank_cli.options import day, emit, open_bank, shared_with
from termbank_cli.texts import text

_HEADER = ("line", "text", "rank", "score", "system", "version", "code", "title", "path", "found by", "reasons")
_SHOWN = 200
"""How many characters of a term the terminal is given."""


@click.command()
@click.argument("what", metavar="TEXT|FILE")
@click.option("--to", required=True, help="Suggest codes of this system (kva, kva|2026), or of the termbank.")
@click.option("--column", help="The column of FILE with the terms.  [default: the only one, or text, term ...]")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="How many codes for each at most.")
@click.option("--min-score", default=0.0, type=click.FloatRange(0, 1), help="Leave out what is less likely.")
@click.option("--on", callback=day, metavar="DATE", help="The day on which the codes must be valid.")
@click.option(
    "--decisions",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A mapping set with earlier decisions about such terms, which come first.",
)
@shared_with(["text", "json", "jsonl", "csv"])
def suggest(
    what: str, to: str, column: str | None, limit: int, min_score: float, on: datetime.date | None,
    decisions: tuple[Path, ...], bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Suggest codes for a TEXT, or for each term in a column of a CSV or XLSX FILE, with how likely each is and why.

    The score is the share of such suggestions that were right in labelled texts. Nothing is chosen.
    """
    from termbank.mapping.suggest import columns

    column_read = None
    cells = [columns.Cell(0, what)]
    if columns.is_file(what):
        column_read = columns.read(Path(what), column)
        cells = column_read.cells
        for finding in (*column_read.findings, *column_read.refused):
            click.echo(f"{finding.location}: {finding.message(lang)}", err=True)
    elif column is not None:
        raise click.BadParameter(f"{what} is no CSV or XLSX file", param_hint="--column")
    with open_bank(bank_path) as bank:
        asked = bank.suggester(to, on=on, decisions=_sets(decisions, to, lang))
        answers = asked.suggest_many([cell.text for cell in cells], limit)
        kept = [[each for each in found if each.score >= min_score] for found in answers]
        rows = list(zip(cells, kept, strict=True))
        if form == "csv":
            click.echo(_csv(rows, lang), nl=False)
        elif form != "text":
            emit(_plain(rows, lang, column_read is not None), form)
        else:
            _show(rows, lang)
            if asked.info.content == "fragment":
                click.echo(text("fragments", lang, names=asked.info.versioned))
    return 1 if not all(kept) or (column_read is not None and column_read.refused) else 0


def _sets(paths: Iterable[Path], to: str, lang: str) -> list[Any]:
    """Read earlier decisions, and say which rows of them cannot be read."""
    from termbank.formats import mapping_files
    from termbank.store import library

    read = []
    for path in paths:
        reading = mapping_files.read(path, known=library.shipped_systems(), target=to)
        for finding in reading.findings:
            if finding.severity == "error":
                click.echo(f"{finding.location}: {finding.message(lang)}", err=True)
        read.append(reading.mapping_set)
    return read


def _plain(rows: Iterable[Any], lang: str, lines: bool) -> Iterable[dict[str, Any]]:
    for cell, found in rows:
        suggestions = [
            {
                "coding": each.coding.model_dump(mode="json", exclude_defaults=True),
                "score": each.score,
                "path": each.path,
                "term": each.term,
                "reasons": [{"kind": reason.kind, "text": reason.text(lang)} for reason in each.reasons],
            }
            for each in found
        ]
        yield {**({"line": cell.line} if lines else {}), "text": cell.text, "suggestions": suggestions}


def _csv(rows: Iterable[Any], lang: str) -> str:
    """Return the suggestions, a row each; a term without any has a row without a code."""
    from termbank.formats.formulas import neutralise

    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for cell, found in rows:
        if not found:
            writer.writerow([cell.line or "", neutralise(cell.text), *[""] * (len(_HEADER) - 2)])
        for rank, each in enumerate(found, start=1):
            coding = each.coding
            reasons = "; ".join(reason.text(lang) for reason in each.reasons)
            said = (coding.system, coding.version or "", coding.code, coding.display or "", each.path, each.term)
            row = [cell.line or "", neutralise(cell.text), rank, f"{each.score:.3f}", *map(neutralise, said)]
            writer.writerow([*row, neutralise(reasons)])
    return target.getvalue()


def _show(rows: Iterable[Any], lang: str) -> None:
    from termbank.reports.characters import one_line

    for cell, found in rows:
        where = f"{cell.line}: " if cell.line else ""
        shown = one_line(cell.text[:_SHOWN])
        click.echo(f"{where}{click.style(shown, bold=True)}")
        if not found:
            click.echo(f"  {text('no-hits', lang, text=shown)}")
        for each in found:
            score = f"{each.score:.2f}".replace(".", "," if lang == "sv" else ".")
            click.echo(f"  {score}  {click.style(f'{each.coding.code:<12}', bold=True)} {each.coding.display or ''}")
            reasons = "; ".join(reason.text(lang) for reason in each.reasons)
            click.echo(click.style(f"        {one_line(reasons)}", dim=True))
