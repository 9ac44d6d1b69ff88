"""Vocabularies: list, add, remove, build, lint."""

import datetime
import time
from pathlib import Path
from typing import Any, Literal

import click

from termbank.errors import FormatError
from termbank.model import Finding, KnownSystem, Location, MappingSet, Severity, ValueSet, Vocabulary
from termbank.model.rules import rule
from termbank_cli.info import _facts, show_value_sets, show_vocabularies, value_set_facts
from termbank_cli.options import emit, open_bank, shared
from termbank_cli.texts import default_language, number, text


@click.group()
def vocab() -> None:
    """List, add and remove vocabularies."""


@vocab.command("list")
@shared
def list_(bank_path: Path | None, lang: str, form: str) -> None:
    """List the vocabularies and the value sets of the bank, each version by itself."""
    with open_bank(bank_path) as bank:
        if form == "text":
            show_vocabularies(bank.vocabularies, lang)
            show_value_sets(bank.value_sets, lang)
        else:
            emit([*map(_facts, bank.vocabularies), *map(value_set_facts, bank.value_sets)], form)


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
@click.option("--as", "system", help="Short id of the system: icd-10-se, kva, ksi ... or your own.")
@click.option("--version", help="Version of the list, in one word.")
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
    help="Whether a code that is absent from the list does not exist, or is unknown.  [default: complete]",
)
@click.option("--skip-errors", is_flag=True, help="Add the rest where rows have errors.")
@click.option("--replace", is_flag=True, help="Replace your list of the same id and version.")
@shared
def add(
    file: Path, system: str | None, version: str | None, title: str | None, valid_from: Any, valid_to: Any,
    columns: Any, content: Literal["complete", "fragment"] | None, skip_errors: bool, replace: bool,
    bank_path: Path | None, lang: str, form: str,
) -> int:  # fmt: skip
    """Add a code list, vocabulary folder, value set or FHIR resources to your own lists, or to a bank (--bank).

    A code list (CSV) needs --as and --version. A vocabulary folder (vocabulary.yaml), a value set (NAME.valueset.toml)
    and FHIR resources (.json, .xml, or a package .tgz) say such things themselves.
    """
    from termbank.lint.check import check
    from termbank.store import own
    from termbank.store.lists import CodeList, add_to_bank, read_list
    from termbank.store.material import Material, collect, says_itself

    material = Material([], [], [], [])
    found: list[Finding] = []
    if file.is_dir() or (file.exists() and says_itself(file)):
        options = (system, version, title, valid_from, valid_to, columns, content)
        if any(options):
            itself = "is a vocabulary folder: its vocabulary.yaml says" if file.is_dir() else "says itself its"
            raise click.UsageError(f"{file} {itself} id, version and the like")
        with open_bank(bank_path if bank_path and bank_path.exists() else None) as bank:
            material = collect([file], bank.file.known_systems())
            found = check(material, bank.terminology)
        whole = [*(each.vocabulary for each in material.vocabularies), *material.of(Vocabulary)]
        lists = [CodeList(each.info(), list(each.concepts), []) for each in whole]
    elif not file.exists():
        missing = rule("no-such-file").finding(Location(path=str(file)))
        raise FormatError(f"{file}: there is no such file or folder", missing)
    elif not (system and version):
        raise click.UsageError("a code list needs --as SYSTEM and --version VERSION")
    else:
        _sound(system, version, valid_from, valid_to)
        lists = [
            read_list(
                file, system, version, title=title, valid_from=valid_from, valid_to=valid_to,
                content=content or "complete", columns=columns,
            )
        ]  # fmt: skip
    findings = [*found, *(finding for each in lists for finding in each.findings)]
    if _say_findings(findings, lang) and not skip_errors:
        return 1
    if not (lists or material.mappings or material.items):
        click.echo(text("nothing-added", lang, path=file), err=True)
        return 1
    started = time.perf_counter()
    parts = [(each.info, each.concepts) for each in lists]
    if bank_path is not None:
        mapped = [*(each.mapping_set for each in material.mappings), *material.of(MappingSet)]
        add_to_bank(bank_path, parts, mapped, material.of(ValueSet), material.of(KnownSystem))
    else:
        items: list[Any] = [*material.of(MappingSet), *material.of(ValueSet), *material.of(KnownSystem)]
        own.add_all(parts, [each.path for each in material.mappings], replace, items)
    with open_bank(bank_path) as bank:
        size = bank.file.path.stat().st_size / 1e6
    seconds = time.perf_counter() - started
    read = [*material.findings, *(finding for each in lists for finding in each.findings)]
    errors = sum(finding.severity == "error" for finding in read)
    if form != "text":
        added = [{"added": each.info.versioned, "concepts": len(each.concepts), "errors": errors} for each in lists]
        added += [{"added": each.versioned, "value_set": True, "errors": errors} for each in material.of(ValueSet)]
        emit(added, form)
        return 0
    _say_added(lists, material, lang)
    if errors:
        click.echo(text("skipped", lang, count=number(errors, lang)))
    click.echo(text("compiled", lang, size=f"{size:.1f}", seconds=f"{seconds:.1f}"))
    return 0


def _say_added(lists: list[Any], material: Any, lang: str) -> None:
    for mapped in material.mappings:
        count = number(len(mapped.mapping_set.mappings), lang)
        click.echo(text("added-mappings", lang, count=count, name=mapped.mapping_set.id))
    for each in material.of(MappingSet):
        click.echo(text("added-mappings", lang, count=number(len(each.mappings), lang), name=each.id))
    for each in material.of(ValueSet):
        click.echo(text("added-value-set", lang, name=each.versioned, title=each.title or "").rstrip(" :"))
    for each in lists:
        click.echo(text("added", lang, count=number(len(each.concepts), lang), name=each.info.versioned))
        if each.info.assumptions:
            what = "; ".join(text(f"assume-{assumed}", lang) for assumed in each.info.assumptions)
            click.echo(text("assumptions", lang, what=what))


def _say_findings(findings: list[Finding], lang: str) -> int:
    """Write what was found in a list, the errors first; return how many errors there are."""
    errors = [finding for finding in findings if finding.severity == "error"]
    others = [finding for finding in findings if finding.severity != "error"]
    for finding in errors[:20]:
        _finding(finding, lang, err=True)
    if len(errors) > 20:
        click.echo(text("more", lang, count=number(len(errors) - 20, lang)), err=True)
    for finding in others[:20]:
        _finding(finding, lang, err=True)
    if errors:
        click.echo(text("not-added", lang, count=number(len(errors), lang)), err=True)
    return len(errors)


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
    """Remove one of your own lists, mapping sets or value sets, by its NAME: kva|2026."""
    from termbank.store import own

    if bank_path is not None:
        raise click.UsageError("remove works on your own lists; build a bank anew without the list instead")
    own.remove(name)
    with open_bank(None):
        click.echo(text("removed", lang, name=name))


@vocab.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the bank to this file.")
@click.option("--lang", type=click.Choice(["sv", "en"]), default=default_language)
def build(folders: tuple[Path, ...], output: Path | None, lang: str) -> int:
    """Compile what is shipped plus your own lists anew, or with FOLDERS to a file that others can open with --bank.

    FOLDERS hold vocabularies (vocabulary.yaml), mapping sets (NAME.sssom.tsv) and value sets (NAME.valueset.toml) that
    are to go in as well; a FHIR package (.tgz) or resource may be named too.
    """
    from termbank.store import library

    if folders and output is None:
        raise click.UsageError("say where the bank shall stand: -o FILE; termbank vocab add FOLDER makes it your own")
    if folders:
        with open_bank(None) as bank:
            found = bank.lint(*folders)
        if any(finding.severity == "error" for finding in found):
            _say_findings(found, lang)
            return 1
    started = time.perf_counter()
    path = library.rebuild(output, folders)
    size, seconds = path.stat().st_size / 1e6, time.perf_counter() - started
    click.echo(text("compiled", lang, size=f"{size:.1f}", seconds=f"{seconds:.1f}") + f" {path}")
    return 0


@vocab.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The exit code is 1 where there are findings of this severity or above.",
)
@shared
def lint(paths: tuple[Path, ...], fail_on: Severity, bank_path: Path | None, lang: str, form: str) -> int:
    """Check vocabularies, mapping sets and value sets in PATHS: ids, terms, relations, definitions, dates, codes.

    PATHS are vocabulary folders, folders that hold several, mapping sets or value sets. Without any, what is shipped is
    checked.
    """
    from termbank.model.finding import SEVERITIES
    from termbank.store import places

    with open_bank(bank_path) as bank:
        findings = bank.lint(*(paths or (places.shipped("vocabularies"), places.shipped("mappings"))))
    if form != "text":
        emit([{**finding.model_dump(mode="json", exclude_defaults=True), "message": finding.message(lang)}
              for finding in findings], form)  # fmt: skip
    else:
        for finding in findings:
            _finding(finding, lang)
        counts = ", ".join(
            text(f"count-{severity}", lang, count=number(sum(f.severity == severity for f in findings), lang))
            for severity in reversed(SEVERITIES)
        )
        click.echo(counts)
    severe = SEVERITIES[SEVERITIES.index(fail_on) :]
    return 1 if any(finding.severity in severe for finding in findings) else 0


def _finding(finding: Finding, lang: str, err: bool = False) -> None:
    """Write a finding on a line that editors can follow to its place, and below it what to do."""
    colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
    severity = click.style(text(finding.severity, lang), fg=colour)
    click.echo(f"{finding.location}: {severity}: {finding.message(lang)} [{finding.rule}]", err=err)
    advice = rule(finding.rule).advice(lang)
    click.echo(click.style(f"    {advice} {finding.hint}" if finding.hint else f"    {advice}", dim=True), err=err)
