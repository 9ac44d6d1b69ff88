"""Authors' texts: find the terms in them, and check them."""

import datetime
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, open_bank, shared, shared_with, tell_error
from termbank_cli.texts import text

FORMS = ["text", "json", "jsonl", "sarif", "junit", "github", "html"]
WEIGHT = ("info", "warning", "error")

_file = click.Path(path_type=Path, readable=False)  # what cannot be read is told document by document
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
    from termbank.errors import FormatError

    items, refused = [], 0
    with open_bank(bank_path) as bank:
        for path in reading.find(paths):
            try:
                document = reading.read(path)
            except FormatError as error:
                refused += 1
                tell_error(error)
                continue
            for mention in bank.annotate_document(document, vocabularies=vocabularies or None):
                items.append((document.location(mention.start, mention.end), mention))
    if form != "text":
        emit([_plain(location, mention) for location, mention in items], form)
        return 2 if refused else 0
    for location, mention in items:
        place = click.style(_place(location, lang), dim=True)
        readings = "; ".join(
            f"{each.vocabulary}#{each.concept} ({text(each.status, lang)})" for each in mention.readings
        )
        click.echo(f"{place}  {click.style(mention.text, bold=True)}  {text(mention.match, lang)}  {readings}")
    return 2 if refused else 0


def _place(location: Any, lang: str) -> str:
    from termbank.model.parts import part_text

    return str(location.model_copy(update={"part": location.part and part_text(location.part, lang)}))


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
    from termbank.files import same_file
    from termbank.reports.forms import writer
    from termbank.text import baseline
    from termbank.text.sweep import Sweep
    from termbank.text.targets import Outputs

    if update_baseline and baseline_path is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if (fixed or track) and not fix:
        raise click.UsageError("--fixed and --track go with --fix")
    if report_path and baseline_path and same_file(report_path, baseline_path):
        raise click.UsageError(f"{report_path}: --report and --baseline need a file each")
    settings = _settings(paths[0], asked.pop("settings_path"), **asked)
    known = baseline.read(baseline_path) if baseline_path else baseline.Baseline()
    outputs = Outputs(
        comments=comments, fix=fix, fixed=fixed, track=track, appendix=appendix, report=report_path, mask=mask
    )
    with open_bank(bank_path) as bank, _report_file(report_path) as report_file:
        sweep = Sweep(bank.terminology, bank.checker(settings), outputs, known, on.date() if on else None, lang)
        with _Progress(lang) as progress:
            report = sweep.run(paths, progress)._replace(mask=mask)
        if report_file:
            _write(report, report_file, lang)
    if form != "none":
        writer(_shape(form, report))(report, sys.stdout, lang)
    for said in _left_alone(report, outputs, lang):
        click.echo(said, err=True)
    if update_baseline and baseline_path:
        found = [(each.path, each.text, each.findings) for each in report.documents if not each.refused]
        baseline.write(baseline_path, report.made_on, found, known, paths)
    return _exit_code(report, fail_on)


def _settings(first: Path, path: Path | None, severity: tuple[str, ...], **asked: Any) -> Any:
    from pydantic import ValidationError

    from termbank.text import settings

    path = path or settings.find(first)
    base = settings.read(path) if path else settings.Settings()
    weights: dict[str, Any] = dict(base.severity)
    for each in severity:
        rule, sign, weight = each.partition("=")
        if not sign or weight not in WEIGHT:
            raise click.UsageError(f"--severity {each}: write RULE=SEVERITY; the severities are {', '.join(WEIGHT)}")
        weights[rule] = weight
    named = dict.fromkeys((*asked["select"], *asked["ignore"], *weights))
    if unknown := [each for each in named if each not in settings.RULES]:
        listed = ", ".join(settings.RULES)
        raise click.UsageError(f"no rule for texts is called {', '.join(unknown)}; there are {listed}")
    try:
        return settings.with_options(base, severity=weights, **_given(asked))
    except ValidationError as error:
        problems = dict.fromkeys(each["msg"].removeprefix("Value error, ") for each in error.errors())
        raise click.UsageError("; ".join(problems)) from None


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given; select and ignore are always asked for."""
    return {name: value for name, value in asked.items() if value or name in ("select", "ignore")}


class _Progress:
    """Tells on stderr how far a run has come, where that is a terminal, and leaves nothing of it there."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._shown = False

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def __call__(self, done: int, of: int, name: str) -> None:
        if sys.stderr.isatty() and of > 1 and done < of:
            self._shown = True
            columns = shutil.get_terminal_size((80, 24)).columns - 1
            said = text("checking", self._lang, done=done, of=of, name=name)
            shown = said if len(said) <= columns else f"{said[: columns // 2]}…{said[len(said) - columns // 2 + 2 :]}"
            click.echo(f"\r\033[K{shown}", nl=False, err=True)


_BY_NAME = {".html": "html", ".htm": "html", ".sarif": "sarif", ".json": "json", ".jsonl": "jsonl", ".xml": "junit",
            ".txt": "text"}  # fmt: skip


def _report_file(path: Path | None) -> Any:
    """Begin the file of the report before the work, so that what cannot be written is told at once."""
    from termbank.files import AtomicFile

    if path is None:
        return nullcontext()
    if path.suffix.lower() not in _BY_NAME:
        raise click.UsageError(f"{path}: name the report {', '.join(_BY_NAME)}")
    return AtomicFile(path, private=False)


def _shape(form: str, report: Any) -> str:
    """Return the form that is written: of several documents, HTML is the ranked page."""
    return "sweep" if form == "html" and len(report.documents) > 1 else form


def _write(report: Any, file: Any, lang: str) -> None:
    """Write a report to a file; its form follows the name."""
    from io import StringIO

    from termbank.reports.forms import writer

    stream = StringIO()
    form = _shape(_BY_NAME[file.path.suffix.lower()], report)
    writer(form)(report._replace(folder=str(file.path.parent)), stream, lang)
    file.write(stream.getvalue().encode("utf-8", "replace"))
    file.commit()


def _left_alone(report: Any, outputs: Any, lang: str) -> list[str]:
    """Say what was asked for and could not be done with some of the documents, because of their formats."""
    from termbank.documents import reading

    if not report.documents:
        return [text("no-documents", lang)]
    formats = [(reading.format_name(Path(each.path)), each.findings) for each in report.documents if not each.refused]
    bare = sum(name not in reading.COMMENTABLE and bool(found) for name, found in formats)
    whole = sum(name not in reading.EDITABLE and any(each.edits for each in found) for name, found in formats)
    said = [text("not-commented", lang, count=bare)] if outputs.comments and bare else []
    return said + ([text("not-fixed", lang, count=whole)] if outputs.fix and whole else [])


def _exit_code(report: Any, fail_on: str) -> int:
    findings = [finding for document in report.documents for finding in document.findings]
    if any(document.refused for document in report.documents) or any(
        finding.rule == "document-not-written" for finding in findings
    ):
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
