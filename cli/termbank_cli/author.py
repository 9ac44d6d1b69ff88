"""Authors' texts: find the terms in them, and check them."""

import datetime
import sys
from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, open_bank, shared, shared_with
from termbank_cli.texts import text

FORMS = ["text", "json", "jsonl", "sarif", "junit", "github", "html"]
WEIGHT = ("info", "warning", "error")

_file = click.Path(path_type=Path)
_paths = click.argument("paths", nargs=-1, required=True, type=_file)


@click.command()
@_paths
@click.option(
    "--in", "vocabularies", multiple=True, help="Look for the terms of this vocabulary only; may be repeated."
)
@shared
def annotate(
    paths: tuple[Path, ...], vocabularies: tuple[str, ...], bank_path: Path | None, lang: str, form: str
) -> int:
    """Find every mention of a concept in PATHS: documents, or folders of them; `-` reads text from standard input."""
    from termbank.documents import reading

    with open_bank(bank_path) as bank:
        items = []
        for path in reading.find(paths):
            document = reading.read(path)
            for mention in bank.annotate_document(document, vocabularies=vocabularies or None):
                location = document.location(mention.start, mention.end)
                items.append((location, mention))
    if form != "text":
        emit([_plain(location, mention) for location, mention in items], form)
        return 0
    for location, mention in items:
        place = click.style(f"{location}", dim=True)
        readings = "; ".join(
            f"{each.vocabulary}#{each.concept} ({text(each.status, lang)})" for each in mention.readings
        )
        click.echo(f"{place}  {click.style(mention.text, bold=True)}  {text(mention.match, lang)}  {readings}")
    return 0


def _plain(location: Any, mention: Any) -> dict[str, Any]:
    return {
        "location": location.model_dump(exclude_none=True),
        "text": mention.text,
        "match": mention.match,
        **({"part": {"start": mention.part[0], "end": mention.part[1]}} if mention.part else {}),
        "readings": [
            {"vocabulary": r.vocabulary, "concept": r.concept, "term": r.term, "status": r.status,
             **({"forms": [list(form) for form in r.forms]} if r.forms else {})}
            for r in mention.readings
        ],
    }  # fmt: skip


@click.command()
@_paths
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge every document for this day.  "
              "[default: the day that each document states, else today]")  # fmt: skip
@click.option("--select", multiple=True, metavar="RULE", help="Ask only these rules; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not ask this rule; may be repeated.")
@click.option("--severity", multiple=True, metavar="RULE=SEVERITY", help="What a rule's findings weigh.")
@click.option("--every", is_flag=True, help="Tell every place, not only the first for each concept and document.")
@click.option(
    "--in", "vocabularies", multiple=True, help="Look for the terms of this vocabulary only; may be repeated."
)
@click.option("--settings", "settings_path", type=_file, help="A settings file.  [default: the nearest termbank.toml]")
@click.option("--baseline", "baseline_path", type=_file, help="Compare with what this file says was found last time.")
@click.option("--update-baseline", is_flag=True, help="Write what is found to the baseline.")
@click.option("--comments", type=_file, help="Write copies with comments (docx, odt) to this folder.")
@click.option("--fix", is_flag=True, help="Edit what is safe to edit (docx, Markdown, HTML, text).")
@click.option("--fixed", type=_file, help="With --fix, write edited copies here and leave the documents as they are.")
@click.option("--track", is_flag=True, help="With --fix, write the edits in Word files as tracked changes.")
@click.option("--appendix", type=_file, help="Write each document's list of concepts and legal references here.")
@click.option("--report", "report_path", type=_file, help="Write a report: NAME.html, .sarif, .json, .jsonl, .xml.")
@click.option("--mask", is_flag=True, help="Show no words of the documents.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="error",
              show_default=True, help="Exit with 1 where there are new findings of this severity.")  # fmt: skip
@shared_with([*FORMS, "none"])
def check(
    paths: tuple[Path, ...], on: datetime.datetime | None, baseline_path: Path | None, update_baseline: bool,
    comments: Path | None, fix: bool, fixed: Path | None, track: bool, appendix: Path | None, report_path: Path | None,
    mask: bool, fail_on: str, bank_path: Path | None, lang: str, form: str, **asked: Any,
) -> int:  # fmt: skip
    """Check the terms, laws and codes in PATHS: documents (docx, odt, html, Markdown, pdf, xlsx, text) or folders.

    Settings that a project shares stand in termbank.toml, under [check]. A comment in the document that says
    "termbank: ignore" leaves its words alone.
    """
    from termbank.reports.forms import writer
    from termbank.text import baseline
    from termbank.text.sweep import Outputs, Sweep

    if update_baseline and baseline_path is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if (fixed or track) and not fix:
        raise click.UsageError("--fixed and --track go with --fix")
    settings = _settings(paths[0], asked.pop("settings_path"), **asked)
    known = baseline.read(baseline_path) if baseline_path else baseline.Baseline()
    outputs = Outputs(comments=comments, fix=fix, fixed=fixed, track=track, appendix=appendix)
    with open_bank(bank_path) as bank:
        checker = bank.checker(settings)
        sweep = Sweep(bank.terminology, checker, outputs, known, on.date() if on else None, lang)
        report = sweep.run(paths, _progress(lang))._replace(mask=mask)
    if report_path:
        _write(report, report_path, lang)
    if form != "none":
        writer(form)(report, sys.stdout, lang)
    if update_baseline and baseline_path:
        baseline.write(baseline_path, report.made_on, [(d.path, d.text, d.findings) for d in report.documents])
    return _exit_code(report, fail_on)


def _settings(first: Path, path: Path | None, severity: tuple[str, ...], **asked: Any) -> Any:
    from pydantic import ValidationError

    from termbank.text import settings

    path = path or settings.find(first)
    base = settings.read(path) if path else settings.Settings()
    weights = dict(base.severity)
    for each in severity:
        rule, _, weight = each.partition("=")
        weights[rule] = weight
    try:
        return settings.with_options(base, severity=weights, **asked)
    except ValidationError as error:
        raise click.UsageError(
            "; ".join(each["msg"].removeprefix("Value error, ") for each in error.errors())
        ) from None


def _progress(lang: str) -> Any:
    def tell(done: int, of: int, name: str) -> None:
        if sys.stderr.isatty() and of > 1:
            said = text("checking", lang, done=done, of=of, name=name) if done < of else ""
            click.echo(f"\r\033[K{said}", nl=False, err=True)

    return tell


_BY_NAME = {".html": "html", ".htm": "html", ".sarif": "sarif", ".json": "json", ".jsonl": "jsonl", ".xml": "junit",
            ".txt": "text"}  # fmt: skip


def _write(report: Any, path: Path, lang: str) -> None:
    """Write a report to a file; its form follows the name, and several documents make the ranked page."""
    from io import StringIO

    from termbank.records.atomic import AtomicFile
    from termbank.reports.forms import writer

    form = _BY_NAME.get(path.suffix.lower())
    if form is None:
        raise click.UsageError(f"{path}: name the report {', '.join(_BY_NAME)}")
    if form == "html" and len(report.documents) > 1:
        form = "sweep"
    stream = StringIO()
    writer(form)(report, stream, lang)
    with AtomicFile(path) as file:
        file.write(stream.getvalue().encode())
        file.commit()


def _exit_code(report: Any, fail_on: str) -> int:
    if any(document.refused for document in report.documents):
        return 2
    if fail_on == "never":
        return 0
    new = (
        finding
        for document in report.documents
        for position, finding in enumerate(document.findings)
        if position not in document.known
    )
    return int(any(WEIGHT.index(finding.severity) >= WEIGHT.index(fail_on) for finding in new))
