"""The command as a whole: help, wrong use, and what it does when the reader goes away."""

import subprocess
import sys

import pytest
from command import run

import termbank
from termbank_cli.main import COMMANDS

SUBCOMMANDS = [(name,) for name in COMMANDS] + [("vocab", name) for name in ("list", "add", "remove", "build")]
SUBCOMMANDS += [("map", name) for name in ("lint", "convert")]


@pytest.mark.parametrize("command", SUBCOMMANDS, ids=" ".join)
def test_help(command: tuple[str, ...]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0 and ran.err == ""
    assert ran.out.startswith(f"Usage: termbank {' '.join(command)} ")
    assert run(*command, "-h").out == ran.out
    if command not in (("vocab",), ("vocab", "build"), ("map",)):
        assert "--lang [sv|en]" in ran.out and "--format [text|json|jsonl" in ran.out and "--bank" in ran.out


def test_help_of_the_whole() -> None:
    ran = run("--help")
    assert ran.code == 0
    for name, (_, said) in COMMANDS.items():
        assert f"  {name} " in ran.out and said[:40] in ran.out
    assert run("--version").out == f"termbank {termbank.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [("konvertera",), ("lookup",), ("lookup", "x", "--lang", "de"), ("search", "x", "--limit", "många"),
     ("translate", "AU124"), ("vocab", "slå"), ("lookup", "x", "--format", "xml"), ("validate", "x.csv")],
    ids=" ".join,
)  # fmt: skip
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2 and ran.out == ""
    assert ran.err.startswith("Usage: termbank") and "Error: " in ran.err


def test_a_defect_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("19121212-1212")

    monkeypatch.setattr(termbank, "open", broken)
    monkeypatch.delenv("TERMBANK_DEBUG", raising=False)
    ran = run("lookup", "x")
    assert ran.code == 2
    assert ran.err == "termbank: a defect of termbank (RuntimeError); TERMBANK_DEBUG=1 shows where; please report it\n"
    monkeypatch.setenv("TERMBANK_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run("lookup", "x")


def test_the_reader_goes_away() -> None:
    command = [sys.executable, "-m", "termbank_cli.main", "info"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=20), err) == (0, b"")
