"""What is installed."""

from pathlib import Path
from typing import Any

import click

from termbank_cli.options import emit, open_bank, paragraph, shared
from termbank_cli.texts import number, text


@click.command()
@click.option("--verify", is_flag=True, help="Read the whole bank and check that it is sound.")
@shared
def info(verify: bool, bank_path: Path | None, lang: str, form: str) -> int:
    """Show what is installed: banks, versions, digests, paths."""
    import platform

    import termbank
    from termbank.store import places

    with open_bank(bank_path) as bank:
        if verify:
            bank.file.verify()
        facts = {
            "termbank": termbank.__version__,
            "python": platform.python_version(),
            "bank": str(bank.file.path),
            "digest": bank.file.digest,
            "data": str(places.data_folder()),
            "cache": str(places.cache_folder()),
            "vocabularies": [_facts(loaded) for loaded in bank.vocabularies],
            "mapping_sets": [
                {"id": each.id, "title": each.title, "version": each.version} for each in bank.mapping_sets
            ],
            "value_sets": [value_set_facts(each) for each in bank.value_sets],
        }
        value_sets = bank.value_sets
    if form != "text":
        emit([facts], form)
        return 0
    click.echo(click.style(f"termbank {termbank.__version__}", bold=True) + f"  (Python {facts['python']})")
    for key in ("bank", "digest", "data", "cache"):
        click.echo(paragraph(text(key, lang), str(facts[key])))
    click.echo(f"\n{text('vocabularies', lang)}")
    show_vocabularies(bank.vocabularies, lang)
    click.echo(f"\n{text('mapping-sets', lang)}")
    for each in bank.mapping_sets:
        click.echo(f"  {click.style(f'{each.id:<38}', bold=True)} {each.title}")
    show_value_sets(value_sets, lang)
    return 0


def _facts(loaded: Any) -> dict[str, Any]:
    header = loaded.info.model_dump(mode="json", exclude_defaults=True)
    return {**header, "version": loaded.version, "content": loaded.content, "concepts": loaded.concept_count,
            "digest": loaded.digest}  # fmt: skip


def value_set_facts(value_set: Any) -> dict[str, Any]:
    """Return what is said of a value set in a list of what there is."""
    names = ("id", "title", "url", "version", "status", "description")
    said = {name: value for name in names if (value := getattr(value_set, name))}
    return {"value_set": value_set.id, **said, "systems": _systems(value_set)}


def _systems(value_set: Any) -> list[str]:
    parts = value_set.include
    named = [f"{each.system}|{each.version}" if each.version else each.system for each in parts if each.system]
    return list(dict.fromkeys([*named, *(name for each in parts for name in each.value_sets)]))


def show_value_sets(value_sets: Any, lang: str) -> None:
    """Write the value sets as a table, where there are any."""
    if value_sets:
        click.echo(f"\n{text('value-sets', lang)}")
    for each in sorted(value_sets, key=lambda each: (each.id, each.version or "")):
        name = f"{each.id}|{each.version}" if each.version else each.id
        click.echo(f"  {click.style(f'{name:<38}', bold=True)} {each.title}")
        click.echo(click.style(f"  {'':<38} {', '.join(_systems(each))}", dim=True))


def show_vocabularies(vocabularies: Any, lang: str) -> None:
    """Write the vocabularies as a table."""
    for loaded in sorted(vocabularies, key=lambda each: (each.id, each.version, each.content)):
        header = loaded.info
        dates = [
            f"{text(key, lang)} {date}" for key, date in (("from", header.valid_from), ("to", header.valid_to)) if date
        ]
        count = number(loaded.concept_count, lang)
        line = f"{header.versioned:<24}{count:>9}  {text(header.content, lang):<11} "
        click.echo(f"  {click.style(line, bold=True)}{' '.join(dates) or text('always', lang)}")
        click.echo(
            click.style(
                f"  {'':<24}{'':>9}  {header.title}{' · ' + header.publisher if header.publisher else ''}", dim=True
            )
        )
        if header.assumptions:
            what = "; ".join(text(f"assume-{each}", lang) for each in header.assumptions)
            click.echo(click.style(f"  {'':<24}{'':>9}  {text('assumed', lang)}: {what}", dim=True))
