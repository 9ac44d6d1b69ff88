"""Mapping sets made of others: turned round, chained, merged; and compared."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import click

from termbank.model import Finding, Mapping, MappingSet, Severity
from termbank_cli.options import emit, open_bank, shared
from termbank_cli.texts import number, text

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write here, in the format of the name.  [default: SSSOM on stdout]",
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The exit code is 1 where there are findings of this severity or above.",
)


class Said:
    """Findings that are written as they come, and counted.

    Arguments:
        lang: the language.
        fail_on: from which severity on they fail the command.
        least: the least severity that is shown.
    """

    def __init__(self, lang: str, fail_on: Severity = "error", least: Severity = "info") -> None:
        from termbank.model.finding import SEVERITIES

        self._lang, self._order = lang, SEVERITIES
        self._fail_on, self._least = SEVERITIES.index(fail_on), SEVERITIES.index(least)
        self.failed = False

    def say(self, findings: Iterable[Finding], path: Path | None = None) -> None:
        """Write findings on stderr."""
        from termbank.model import Location
        from termbank_cli.vocab import _finding

        for finding in findings:
            weight = self._order.index(finding.severity)
            self.failed = self.failed or weight >= self._fail_on
            if weight >= self._least:
                where = finding.location or (Location(path=str(path)) if path else Location())
                _finding(finding.with_(location=where), self._lang, err=True)


def read_set(path: Path, said: Said) -> MappingSet:
    """Read a mapping set in any format, and say what was found in it."""
    from termbank.formats import mapping_files
    from termbank.store import library

    reading = mapping_files.read(path, known=library.shipped_systems())
    said.say(each for each in reading.findings if each.severity != "info")
    return reading.mapping_set


def write_set(mapping_set: MappingSet, output: Path | None, said: Said, lang: str, form: str) -> None:
    """Write a mapping set to a file, or as SSSOM on stdout, and say what could not be written."""
    from termbank.store import library

    known = library.shipped_systems()
    if output is None:
        from termbank.formats.sssom import plan, writing

        if form == "jsonl":
            emit(mapping_set.mappings, form)
            return
        ready = plan.plan(mapping_set, known)
        made = writing.json_text(ready) if form == "json" else writing.tsv_text(ready)
        click.echo(made, nl=not made.endswith("\n"))
        losses = ready.losses
    else:
        from termbank.formats import mapping_files

        losses = mapping_files.write(mapping_set, output, known=known)
        written = len(mapping_set.mappings) - sum(loss.count for loss in losses.losses if loss.field == "mappings")
        if form == "text":
            click.echo(text("set-written", lang, path=output, count=number(written, lang)))
        elif form != "quiet":
            emit([{"path": str(output), "mappings": written}], form)
    from termbank.formats import mapping_files

    said.say(mapping_files.loss_findings(losses, output or Path("-")))
    said.failed = said.failed or any(loss.field == "mappings" for loss in losses.losses)


def same_names(bank: Any) -> Any:
    """Return what gives one name for all names of a system."""
    return lambda name: bank.terminology.names.resolve(name).id


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@OUTPUT
@FAIL_ON
@shared
def invert(file: Path, output: Path | None, fail_on: Severity, bank_path: Path | None, lang: str, form: str) -> int:
    """Turn the mapping set in FILE round: what is mapped to is mapped from."""
    from termbank.mapping.inverting import invert_set

    said = Said(lang, fail_on)
    made = invert_set(read_set(file, said))
    said.say(made.findings, file)
    write_set(made.mapping_set, output, said, lang, form)
    return 1 if said.failed else 0


@click.command()
@FILES
@OUTPUT
@click.option("--from", "source", help="System to map from; with --to, any of FILES may be used in any direction.")
@click.option("--to", "target", help="System to map to.")
@click.option("--via", multiple=True, metavar="SYSTEM", help="System between; several, in order.")
@click.option(
    "--confidence", type=click.Choice(["product", "minimum"]), default="product", show_default=True,
    help="How sure a chain is, of how sure its parts are.",
)  # fmt: skip
@click.option("--across-versions", is_flag=True, help="Chain also where two sets are about different versions.")
@click.option("--id", "name", help="Id of the set that is made.")
@click.option("-v", "--verbose", is_flag=True, help="Say also what could not be chained, pair by pair.")
@FAIL_ON
@shared
def chain(
    files: tuple[Path, ...], output: Path | None, source: str | None, target: str | None, via: tuple[str, ...],
    confidence: Literal["product", "minimum"], across_versions: bool, name: str | None, verbose: bool,
    fail_on: Severity, bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Chain the mapping sets in FILES: from A to B and from B to C, what follows from A to C and no more.

    Without --from and --to the files are chained in their order.
    """
    from termbank.mapping.chaining import chain_sets, compose_sets
    from termbank.mapping.inverting import Derived

    if (source is None) != (target is None) or (via and source is None):
        raise click.UsageError("--from and --to belong together, and --via needs them")
    said = Said(lang, fail_on, "info" if verbose else "warning")
    sets = [read_set(path, said) for path in files]
    with open_bank(bank_path) as bank:
        how: dict[str, Any] = {
            "confidence": confidence, "across_versions": across_versions, "same": same_names(bank),
        }  # fmt: skip
        if source is not None and target is not None:
            made = compose_sets(sets, source, target, via, id=name, **how)
        elif len(sets) == 1:
            raise click.UsageError("one file is no chain; name several, or --from and --to")
        else:
            made = Derived(sets[0])
            for other in sets[1:]:
                more = chain_sets(made.mapping_set, other, id=name, **how)
                made = Derived(more.mapping_set, (*made.findings, *more.findings))
    said.say(made.findings, Path(made.mapping_set.id))
    write_set(made.mapping_set, output, said, lang, form)
    return 1 if said.failed else 0


@click.command()
@FILES
@OUTPUT
@click.option("--id", "name", default="merged", show_default=True, help="Id of the set that is made.")
@FAIL_ON
@shared
def merge(
    files: tuple[Path, ...], output: Path | None, name: str, fail_on: Severity, bank_path: Path | None, lang: str,
    form: str,
) -> int:  # fmt: skip
    """Merge the mapping sets in FILES; nothing is lost, and what contradicts is said."""
    from termbank.mapping import merging

    said = Said(lang, fail_on)
    made = merging.merge([read_set(path, said) for path in files], id=name)
    said.say(made.findings, Path(made.mapping_set.id))
    write_set(made.mapping_set, output, said, lang, form)
    return 1 if said.failed else 0


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", required=False, type=click.Path(path_type=Path))
@click.option(
    "--edition", "editions", nargs=2, metavar="OLD NEW",
    help="Instead of AFTER: what a new edition of a code list means for BEFORE (kva|2020 kva|2026).",
)  # fmt: skip
@FAIL_ON
@shared
def diff(
    before: Path, after: Path | None, editions: tuple[str, str] | None, fail_on: Severity, bank_path: Path | None,
    lang: str, form: str,
) -> int:  # fmt: skip
    """Show how the mapping set in AFTER differs from the one in BEFORE; the exit code is 1 where it does."""
    from termbank.mapping import differing

    if (after is None) == (editions is None):
        raise click.UsageError("name a second file, or --edition OLD NEW")
    said = Said(lang, fail_on)
    first = read_set(before, said)
    if after is None:
        assert editions is not None
        return _editions(first, editions, fail_on, bank_path, lang, form)
    found = differing.diff(first, read_set(after, said))
    if form != "text":
        emit(_plain(found), form)
    elif not found:
        click.echo(text("set-same", lang))
    else:
        _show(found, lang)
    return 1 if found or said.failed else 0


def _editions(
    mapping_set: MappingSet, editions: tuple[str, str], fail_on: Severity, bank_path: Path | None, lang: str, form: str
) -> int:
    from termbank.mapping.editions import affected
    from termbank.model.finding import SEVERITIES
    from termbank_cli.vocab import _finding

    (system, _, old), (same, _, new) = (each.partition("|") for each in editions)
    if not (old and new) or system != same:
        raise click.UsageError("--edition needs two versions of one system, as kva|2020 kva|2026")
    with open_bank(bank_path) as bank:
        found = [finding for _, finding in affected(mapping_set, bank.terminology, system, old, new)]
    if form == "text":
        for finding in found:
            _finding(finding.with_(location={"path": mapping_set.id}), lang)
        if not found:
            click.echo(text("set-same", lang))
    else:
        emit(
            ({**each.model_dump(mode="json", exclude_defaults=True), "message": each.message(lang)} for each in found),
            form,
        )
    return 1 if any(SEVERITIES.index(each.severity) >= SEVERITIES.index(fail_on) for each in found) else 0


def _plain(found: Any) -> list[dict[str, Any]]:
    rows = [{"kind": "header", "slots": [each._asdict() for each in found.header]}] if found.header else []
    for kind, mappings in (("added", found.added), ("removed", found.removed)):
        rows += [{"kind": kind, "mapping": each.model_dump(mode="json", exclude_defaults=True)} for each in mappings]
    for change in found.changed:
        slots = [{"name": each.name, "before": _json(each.before), "after": _json(each.after)} for each in change.slots]
        rows.append({"kind": "changed", "mapping": _named(change.after), "slots": slots})
    return rows


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def _named(mapping: Mapping) -> str:
    other = f"{mapping.object.system} {mapping.object.code}" if mapping.object else "–"
    return f"{mapping.subject.system} {mapping.subject.code} → {other}"


def _show(found: Any, lang: str) -> None:
    def heading(key: str, count: int) -> None:
        click.echo(click.style(f"{text(key, lang)} ({number(count, lang)})", bold=True))

    def slot(each: Any) -> None:
        before, after = (text("set-nothing", lang) if value is None else value for value in (each.before, each.after))
        click.echo(f"    {each.name}: {before} → {after}")

    if found.header:
        heading("set-header", len(found.header))
        for each in found.header:
            slot(each)
    for key, mappings in (("set-added", found.added), ("set-removed", found.removed)):
        if mappings:
            heading(key, len(mappings))
        for mapping in mappings:
            click.echo(f"  {_named(mapping)}  {'not ' if mapping.negated else ''}{mapping.predicate}")
    if found.changed:
        heading("set-changed", len(found.changed))
    for change in found.changed:
        click.echo(f"  {_named(change.after)}")
        for each in change.slots:
            slot(each)
