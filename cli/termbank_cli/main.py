"""The `termbank` command: finds the command that was asked for, and turns every error into one clear message."""

import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

COMMANDS = {
    "lookup": ("look", "Show a term or a code: what it means, and how it stands."),
    "search": ("look", "Find terms and codes, also when misspelled or only begun."),
    "translate": ("translating", "Translate codes from one system to another."),
    "suggest": ("suggesting", "Suggest codes for a text, or for a column of local terms."),
    "expand": ("expanding", "Show the codes of a value set."),
    "validate": ("batch", "Check a file of records against a profile."),
    "convert": ("batch", "Check a file of records and write it converted."),
    "check": ("author", "Check the terms, laws and codes in documents, and mend or comment them."),
    "annotate": ("author", "Find every mention of a concept in documents."),
    "vocab": ("vocab", "List, add and remove vocabularies."),
    "map": ("mappings", "Check, convert, combine and compare mapping sets."),
    "info": ("info", "Show what is installed: banks, versions, digests, paths."),
}


class Lazy(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command; for the list of commands only its name and help."""
        if name not in COMMANDS:
            return None
        module, short_help = COMMANDS[name]
        if ctx.resilient_parsing or ctx.invoked_subcommand is None:
            return click.Command(name, short_help=short_help)
        command: click.Command = getattr(import_module(f"termbank_cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, really."""
        name = args[0]
        if name not in COMMANDS:
            return super().resolve_command(ctx, args)
        return name, getattr(import_module(f"termbank_cli.{COMMANDS[name][0]}"), name), args[1:]


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"termbank {version('termbank')}")
        ctx.exit()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """Shared terms and codes for Swedish health and social care.

    Look up what a term or code means, check whether codes are right, translate them, and convert whole files.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; exit codes: 0 clean, 1 findings or rejects, 2 usage or unreadable input, 130 stopped."""
    import warnings

    from termbank.errors import TermbankError
    from termbank_cli.options import tell_error

    warnings.showwarning = _warn
    signal.signal(signal.SIGTERM, _terminated)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        result: Any = cli.main(args=arguments, prog_name="termbank", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except TermbankError as error:
        tell_error(error)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("termbank: interrupted; nothing half-written was left", err=True)
        sys.exit(130)
    except SystemExit:
        if not type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):  # click's sign that the reader went away
            raise
        sys.exit(0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("TERMBANK_DEBUG"):
            raise
        kind = type(error).__name__
        click.echo(
            f"termbank: a defect of termbank ({kind}); TERMBANK_DEBUG=1 shows where; please report it",
            err=True,
        )
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)


def _terminated(*_: object) -> NoReturn:
    """Leave as on an error, so that nothing half-written stays."""
    sys.exit(143)


def _warn(message: Warning | str, *_: Any, **__: Any) -> None:
    click.echo(f"{click.style('termbank:', fg='yellow')} {message}", err=True)


if __name__ == "__main__":
    main()
