"""The options that commands share, and how results go out."""

import datetime
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from termbank_cli import texts
from termbank_cli.texts import default_language

Command = Callable[..., Any]


def _remember(_: click.Context, __: click.Parameter, value: str) -> str:
    """Keep the language, for an error that ends the run."""
    texts.language = value
    return value


def shared(function: Command) -> Command:
    """Add `--bank`, `--lang` and `--format` to a command."""
    return shared_with(["text", "json", "jsonl"])(function)


def shared_with(forms: list[str]) -> Callable[[Command], Command]:
    """Return what adds `--bank`, `--lang` and `--format` with those forms to a command."""

    def add(function: Command) -> Command:
        function = click.option(
            "--bank", "bank_path", type=click.Path(path_type=Path), help="Use this bank instead of the default one."
        )(function)
        function = click.option(
            "--lang",
            type=click.Choice(["sv", "en"]),
            default=default_language,
            callback=_remember,
            help="Language of texts.  [default: locale]",
        )(function)
        return click.option("--format", "form", type=click.Choice(forms), default="text", show_default=True)(function)

    return add


def day(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    """Read a date that an option was given."""
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is no date; write it as 2026-01-31") from None


def open_bank(path: Path | None) -> Any:
    """Open the bank that a command shall use."""
    import termbank

    return termbank.open(path)


def emit(items: Iterable[Any], form: str) -> None:
    """Write results as JSON (one array) or JSON Lines; each item is a model, or plain data."""
    plain = [
        item.model_dump(mode="json", exclude_defaults=True) if hasattr(item, "model_dump") else item for item in items
    ]
    if form == "json":
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for item in plain:
            click.echo(json.dumps(item, ensure_ascii=False))


def tell_error(error: Exception) -> None:
    """Say an error on stderr, in the language asked for where it can be said so, and what to do about it."""
    click.echo(f"{click.style('termbank:', fg='red')} {_said(error)}", err=True)


def _said(error: Exception) -> str:
    finding = getattr(error, "finding", None)
    if finding is None:
        return str(error)
    from termbank.model.rules import rule

    spoken = texts.language or default_language()
    message, hint = finding.message(spoken), f" {finding.hint}" if finding.hint else ""
    at = finding.location
    where = f"{at}: " if at is not None and str(at) and not (at.path and at.path in message) else ""
    return f"{where}{message}{hint} {rule(finding.rule).advice(spoken)}".rstrip()


def width() -> int:
    """Return how wide a text may be."""
    import shutil

    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 100))


def paragraph(label: str, body: str, indent: int = 2) -> str:
    """Return a labelled text, wrapped, its lines under each other."""
    import textwrap

    margin = max(18, len(label) + 2)
    lines = textwrap.wrap(body, max(width() - indent - margin, 30), break_on_hyphens=False) or [""]
    head = " " * indent + click.style(f"{label:<{margin}}", dim=True) + lines[0]
    return "\n".join([head, *(" " * (indent + margin) + line for line in lines[1:])])


def hanging(body: str, indent: int) -> str:
    """Return a text, wrapped, every line but the first indented further."""
    import textwrap

    first, rest = " " * indent, " " * (indent + 4)
    return "\n".join(textwrap.wrap(body, width(), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False))
