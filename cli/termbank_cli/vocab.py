"""Vocabularies: list, add, remove, build."""

import datetime
import time
from pathlib import Path
from typing import Any, Literal

import click

from termbank_cli.info import _facts, show_vocabularies
from termbank_cli.options import emit, open_bank, shared
from termbank_cli.texts import number, text


@click.group()
def vocab() -> None:
    """List, add and remove vocabularies."""


@vocab.command("list")
@shared
def list_(bank_path: Path | None, lang: str, form: str) -> None:
    """List the vocabularies of the bank, each version by itself."""
    with open_bank(bank_path) as bank:
        if form == "text":
            show_vocabularies(bank.vocabularies, lang)
        else:
            emit([_facts(loaded) for loaded in bank.vocabularies], form)


def _pairs(_: click.Context, __: click.Parameter, value: str | None) -> dict[str, str]:
    pairs = [part.partition("=") for part in value.split(",")] if value else []
    if any(not (key and name) for key, _, name in pairs):
        raise click.BadParameter("write it as code=NAME,title=NAME")
    return {key.strip(): name.strip() for key, _, name in pairs}


def _date(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is no date; write it as 2026-01-31") from None


@vocab.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "system", required=True, help="Short id of the system: icd-10-se, kva, ksi ... or your own.")
@click.option("--version", required=True, help="Version of the list, in one word.")
@click.option("--title", help="Name of the system, where it is your own.")
@click.option("--valid-from", callback=_date, metavar="DATE", help="First day on which this version is in force.")
@click.option("--valid-to", callback=_date, metavar="DATE", help="Last day on which this version is in force.")
@click.option(
    "--columns",
    callback=_pairs,
    metavar="ROLE=NAME,...",
    help="Columns: code, title, title_en, parent, valid_from, valid_to, selectable, inactive.",
)
@click.option(
    "--content",
    type=click.Choice(["complete", "fragment"]),
    default="complete",
    show_default=True,
    help="Whether a code that is absent from the list does not exist, or is unknown.",
)
@click.option("--skip-errors", is_flag=True, help="Add the rest where rows have errors.")
@click.option("--replace", is_flag=True, help="Replace your list of the same id and version.")
@shared
def add(
    file: Path, system: str, version: str, title: str | None, valid_from: Any, valid_to: Any,
    columns: Any, content: Literal["complete", "fragment"], skip_errors: bool, replace: bool,
    bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Add a code list, a CSV FILE, as a version of a system: to your own lists, or to a bank of its own (--bank)."""
    from termbank.store import library
    from termbank.store.lists import add_to_bank, read_list

    _sound(system, version, valid_from, valid_to)
    found = read_list(
        file, system, version, title=title, valid_from=valid_from, valid_to=valid_to, content=content, columns=columns
    )
    errors = [finding for finding in found.findings if finding.severity == "error"]
    others = [finding for finding in found.findings if finding.severity != "error"]
    for finding in errors[:20]:
        click.echo(
            f"{finding.location}: {click.style(text('error', lang), fg='red')}: {finding.message(lang)}", err=True
        )
    if len(errors) > 20:
        click.echo(text("more", lang, count=number(len(errors) - 20, lang)), err=True)
    for finding in others[:20]:
        click.echo(f"{finding.location}: {finding.message(lang)}", err=True)
    if errors and not skip_errors:
        click.echo(text("not-added", lang, count=number(len(errors), lang)), err=True)
        return 1
    started = time.perf_counter()
    if bank_path is not None:
        add_to_bank(bank_path, found.info, found.concepts)
    else:
        library.add(found.info, found.concepts, replace)
    with open_bank(bank_path) as bank:
        size = bank.file.path.stat().st_size / 1e6
    seconds = time.perf_counter() - started
    if form != "text":
        emit([{"added": found.info.versioned, "concepts": len(found.concepts), "errors": len(errors)}], form)
        return 0
    click.echo(text("added", lang, count=number(len(found.concepts), lang), name=found.info.versioned))
    if errors:
        click.echo(text("skipped", lang, count=number(len(errors), lang)))
    if found.info.assumptions:
        what = "; ".join(text(f"assume-{each}", lang) for each in found.info.assumptions)
        click.echo(text("assumptions", lang, what=what))
    click.echo(text("compiled", lang, size=f"{size:.1f}", seconds=f"{seconds:.1f}"))
    return 0


def _sound(system: str, version: str, valid_from: Any, valid_to: Any) -> None:
    """Refuse a name that is nearly that of a known system, names of several words, and dates in the wrong order."""
    from termbank.language.words import bare, fold
    from termbank.store import library

    def plain(name: str) -> str:
        return "".join(character for character in bare(fold(name)) if character.isalnum())

    for option, value in (("--as", system), ("--version", version)):
        if not value or any(character.isspace() or character in "|/\\" for character in value):
            raise click.UsageError(f"{option} {value}: write it in one word, without | and slashes")
    meant = [known.id for known in library.shipped_systems() if plain(known.id) == plain(system)]
    if meant and system not in meant:
        raise click.UsageError(f"--as {system}: did you mean {meant[0]}? That is the id of the known system")
    if valid_from and valid_to and valid_to < valid_from:
        raise click.UsageError(f"--valid-to {valid_to} comes before --valid-from {valid_from}")


@vocab.command()
@click.argument("name")
@shared
def remove(name: str, bank_path: Path | None, lang: str, form: str) -> None:
    """Remove one of your own lists, by its NAME: kva|2026."""
    from termbank.store import library

    if bank_path is not None:
        raise click.UsageError("remove works on your own lists; build a bank anew without the list instead")
    library.remove(name)
    with open_bank(None):
        click.echo(text("removed", lang, name=name))


@vocab.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the bank to this file.")
@click.option("--lang", type=click.Choice(["sv", "en"]), default="en", hidden=True)
def build(output: Path | None, lang: str) -> None:
    """Compile what is shipped plus your own lists anew, or to a file that others can open with --bank."""
    from termbank.store import library

    started = time.perf_counter()
    path = library.rebuild(output)
    size, seconds = path.stat().st_size / 1e6, time.perf_counter() - started
    click.echo(text("compiled", lang, size=f"{size:.1f}", seconds=f"{seconds:.1f}") + f" {path}")
