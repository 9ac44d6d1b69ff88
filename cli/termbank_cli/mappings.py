"""Mapping sets: hold them against their specification, convert them from format to format."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from termbank.errors import FormatError
from termbank.model import Finding, Severity
from termbank.model.finding import SEVERITIES
from termbank_cli.map_algebra import chain, diff, invert, merge
from termbank_cli.map_checks import check, coverage
from termbank_cli.map_review import reapply, review
from termbank_cli.options import emit, shared
from termbank_cli.texts import number, text
from termbank_cli.vocab import _finding

_METADATA = click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    help="File with the metadata, where they stand apart.  [default: beside]",
)


@click.group()
def map() -> None:
    """Check, convert, combine and compare mapping sets."""


@map.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_METADATA
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The exit code is 1 where there are findings of this severity or above.",
)
@shared
def lint(
    files: tuple[Path, ...], metadata: Path | None, fail_on: Severity, bank_path: Path | None, lang: str, form: str
) -> int:
    """Hold mapping sets in FILES against SSSOM 1.0 and 1.1: TSV, JSON, or YAML with metadata only.

    Whether the codes exist is checked by termbank vocab lint.
    """
    failed = False
    counts = dict.fromkeys(SEVERITIES, 0)

    def counted() -> Iterator[Finding]:
        nonlocal failed
        for path in files:
            for finding in _findings(path, metadata, lang, form):
                counts[finding.severity] += 1
                failed = failed or SEVERITIES.index(finding.severity) >= SEVERITIES.index(fail_on)
                yield finding

    if form == "text":
        for finding in counted():
            _finding(finding, lang)
        click.echo(
            ", ".join(text(f"count-{each}", lang, count=number(counts[each], lang)) for each in reversed(SEVERITIES))
        )
    else:
        shown = (
            {**each.model_dump(mode="json", exclude_defaults=True), "message": each.message(lang)} for each in counted()
        )
        emit(shown, form)
    return 1 if failed else 0


def _findings(path: Path, metadata: Path | None, lang: str, form: str) -> Iterator[Finding]:
    """Yield what is found in a file, and say how many rows it has."""
    from termbank.formats import sssom

    _must_hold_sssom(path)
    try:
        audit = sssom.Audit(path, metadata=metadata)
    except FormatError as error:
        if error.finding is None:
            raise
        yield error.finding
        return
    yield from audit
    if form == "text":
        counts = {name: number(getattr(audit, name), lang) for name in ("rows", "accepted", "refused")}
        click.echo(text("map-rows", lang, path=path, **counts))


@map.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="NAME.sssom.tsv or NAME.sssom.json."
)
@_METADATA
@click.option("--skip-errors", is_flag=True, help="Convert the rest where rows have errors.")
@shared
def convert(
    file: Path, output: Path, metadata: Path | None, skip_errors: bool, bank_path: Path | None, lang: str, form: str
) -> int:
    """Convert the mapping set in FILE to canonical SSSOM/TSV or to SSSOM JSON, by the ending of the output.

    Nothing is written where a row has an error. What the output cannot hold is said.
    """
    from termbank.formats import sssom
    from termbank.model import Location
    from termbank.model.rules import rule
    from termbank.store import library

    _must_be_sssom(output)
    _must_hold_sssom(file)
    known = library.shipped_systems()
    reading = sssom.read(file, known, metadata=metadata)
    for finding in reading.findings:
        if finding.severity != "info":
            _finding(finding, lang, err=True)
    refused = len(reading.refused)
    errors = sum(finding.severity == "error" for finding in reading.findings)
    if errors and not skip_errors:
        click.echo(text("not-converted", lang, count=number(errors, lang)), err=True)
        return 1
    losses = sssom.write(reading.mapping_set, output, known)
    lost = 0
    for loss in losses.losses:
        lost += loss.count if loss.field == "mappings" else 0
        where = Location(path=str(output))
        _finding(rule("sssom-loss").finding(where, **vars(loss)), lang, err=True)
    done = {"rows": reading.rows, "written": reading.rows - refused - lost, "refused": refused}
    if form == "text":
        click.echo(
            text("map-converted", lang, path=output, **{key: number(value, lang) for key, value in done.items()})
        )
    else:
        emit([{"path": str(output), **done, "losses": [vars(loss) for loss in losses.losses]}], form)
    return 1 if lost else 0


def _must_be_sssom(output: Path) -> None:
    """Refuse a name of another format: the file would not be what its name says."""
    from termbank.errors import WriteError
    from termbank.formats import mapping_files

    with suppress(WriteError):  # a name that says nothing is SSSOM
        if mapping_files.format_by_name(output) != "sssom":
            raise click.UsageError(
                f"{output}: map convert writes SSSOM; name the file NAME.sssom.tsv or NAME.sssom.json. "
                f"Other formats: termbank map merge FILE -o {output}"
            )


def _must_hold_sssom(path: Path) -> None:
    """Refuse a file of another format, of which every line would be told as wrong."""
    from termbank.formats import mapping_files

    form = None
    with suppress(FormatError):  # told by the reader
        form = mapping_files.format_of(path) if path.is_file() else None
    if form in ("fhir", "jskos", "usagi", "rf2"):
        raise click.UsageError(
            f"{path} is no SSSOM but {form}; termbank map merge {path} -o NAME.sssom.tsv makes SSSOM of it"
        )


for _command in (invert, chain, merge, diff, coverage, check, review, reapply):
    map.add_command(_command)
