"""The command that shows the codes of a value set."""

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, open_bank, shared_with
from termbank_cli.texts import number, text

_MISSING = frozenset({"unknown-code", "withdrawn-code", "not-in-fragment", "ambiguous-notation"})
_FEW = 50
"""How many codes are shown on the screen where nobody says how many."""


def _date(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is no date; write it as 2026-01-31") from None


@click.command()
@click.argument("value_set", metavar="NAME|FILE")
@click.option("--text", "words", help="Only codes with these words, whole or begun.")
@click.option("--on", callback=_date, metavar="DATE", help="As of this day: versions in force, codes valid.")
@click.option("--count", type=click.IntRange(min=0), help="How many codes at most.  [default: 50 as text, else all]")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many codes are passed over first.")
@click.option("--active-only", is_flag=True, help="Leave inactive codes out.")
@shared_with(["text", "json", "jsonl", "csv", "fhir"])
def expand(
    value_set: str, words: str | None, on: datetime.date | None, count: int | None, offset: int, active_only: bool,
    bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Show the codes of a value set: one in the bank by its NAME (id or URL), or in a FILE.

    FILE is a NAME.valueset.toml, or a FHIR ValueSet in JSON or XML.
    """
    from termbank.formats import value_set_files
    from termbank.model import Location
    from termbank.terminology.refusal import Refusal

    if count is None and form == "text":
        count = _FEW
    path = Path(value_set)
    is_file = "://" not in value_set and (path.is_file() or value_set_files.is_file(path.name))
    with open_bank(bank_path) as opened:
        bank = opened.overlaid(*_beside(path)) if is_file and path.suffix in value_set_files.FHIR else opened
        asked = value_set_files.read(path) if is_file else bank.value_set(value_set)
        options = {"text": words, "on": on, "language": lang, "count": count, "offset": offset}
        try:
            found = bank.expand(asked, active_only=active_only, **options)
        except Refusal as refusal:
            if is_file:
                at = refusal.finding.location
                inside = ((at and at.pointer) or "").removeprefix("ValueSet.compose.")
                where = Location(path=str(path), pointer=inside or None)
                refusal.finding = refusal.finding.with_(location=where)
            raise
        names = bank.terminology.names
        named = {each.system: names.resolve(each.system).id for each in found.codes}
        found.notes = [(name, _short(names.resolve(value)) if form == "text" else value) for name, value in found.notes]
        if not (is_file and path.suffix in value_set_files.FHIR):
            _say_what_is_missing(asked, bank, Location(path=str(path if is_file else asked.versioned)), on, lang)
        _write(asked, found, named, form, lang, options)
    return 0


def _short(name: Any) -> str:
    return f"{name.id}|{name.version}" if name.version else str(name.id)


def _say_what_is_missing(asked: Any, bank: Any, where: Any, on: datetime.date | None, lang: str) -> None:
    """Say which codes that a value set names do not exist: they are in no list of its codes."""
    from termbank.lint.value_sets import check

    for finding in check(asked, bank.terminology, where, on):
        if finding.rule in _MISSING:
            click.echo(f"{finding.location}: {finding.message(lang)} {finding.hint or ''}".rstrip(), err=True)


def _beside(path: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """Return what else is in a FHIR file: the code systems of a Bundle with a value set."""
    from termbank.formats.fhir import reading
    from termbank.model import MappingSet, ValueSet, Vocabulary

    items = list(reading.read(path)) if path.is_file() else []
    kinds = (Vocabulary, MappingSet, ValueSet)
    vocabularies, mappings, value_sets = ([each for each in items if isinstance(each, kind)] for kind in kinds)
    return vocabularies, mappings, value_sets


def _write(asked: Any, found: Any, named: dict[str, str], form: str, lang: str, options: dict[str, Any]) -> None:
    if form == "fhir":
        click.echo(_resource(asked, found, options))
    elif form == "csv":
        click.echo(_csv(found, named), nl=False)
    elif form != "text":
        emit(_plain(found, named), form)
    else:
        _show(asked, found, named, lang, options)


def _plain(found: Any, named: dict[str, str]) -> Iterator[dict[str, Any]]:
    for each in found.codes:
        said = {"system": named[each.system], "version": each.version, "code": each.code, "display": each.display}
        flags = {"abstract": each.abstract, "inactive": each.inactive}
        yield {key: value for key, value in {**said, **flags}.items() if value}


def _csv(found: Any, named: dict[str, str]) -> str:
    from termbank.records.guard import neutralise

    target = io.StringIO()
    rows = csv.writer(target, delimiter=";", lineterminator="\n")
    rows.writerow(["system", "code", "title"])
    rows.writerows([named[each.system], *map(neutralise, (each.code, each.display or ""))] for each in found.codes)
    return target.getvalue()


def _resource(asked: Any, found: Any, options: dict[str, Any]) -> str:
    from termbank.fhir.expand import resource
    from termbank.formats.fhir import json_form
    from termbank.terminology.languages import Languages
    from termbank.terminology.question import Question

    languages = Languages.parse(options.pop("language"), any_other=True)
    return json_form.text(resource(asked, found, Question(languages=languages, **options)))


def _show(asked: Any, found: Any, named: dict[str, str], lang: str, options: dict[str, Any]) -> None:
    click.echo(f"{click.style(asked.title or asked.id, bold=True)}  {click.style(asked.versioned, dim=True)}")
    several = len(set(named.values())) > 1
    for each in found.codes:
        remarks = [text(key, lang).lower() for key in ("abstract", "inactive") if getattr(each, key)]
        remark = click.style(f"  ({', '.join(remarks)})", dim=True) if remarks else ""
        system = f"  {click.style(named[each.system], dim=True)}" if several else ""
        click.echo(f"  {click.style(f'{each.code:<12}', bold=True)} {each.display or ''}{remark}{system}")
    shown = text("codes-shown", lang, shown=number(len(found.codes), lang), total=number(found.total, lang))
    click.echo(
        text("codes-in-all", lang, total=number(found.total, lang)) if len(found.codes) == found.total else shown
    )
    used = [value for name, value in found.notes if name == "used-codesystem"]
    if used:
        click.echo(f"{text('used', lang)}: {', '.join(used)}")
    fragments = [value for name, value in found.notes if name == "used-fragment"]
    if fragments:
        click.echo(text("fragments-used", lang, names=", ".join(fragments)))
