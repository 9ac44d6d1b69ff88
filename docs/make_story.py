"""Runs every command of docs/story/README.md from a clean state and writes down what came, and docs/story/resultat/.

The page is its own script: each line `$ termbank ...` or `$ python ...` in a block marked `console` is run, in order,
in a copy of the folder with lists and cache of its own, and what follows it in the block is what it wrote. `< FILE` and
`| head -N` are understood. The day of the run is written as DAY, so that two runs are alike.
"""

import contextlib
import datetime
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "docs" / "story"
DAY = "2026-06-29"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


@contextlib.contextmanager
def _inside(folder: Path, top: Path) -> Iterator[None]:
    """Work in a folder, with lists and cache of its own, in English."""
    before, environment = Path.cwd(), dict(os.environ)
    os.environ |= {
        "TERMBANK_DATA": str(top / "data"), "TERMBANK_CACHE": str(top / "cache"), "COLUMNS": "100",
        "LC_ALL": "en_GB.UTF-8", "LANGUAGE": "en", "LANG": "en_GB.UTF-8",
    }  # fmt: skip
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)


def _termbank(arguments: list[str], answers: str | None) -> str:
    """Run termbank here; return what it wrote to the screen, results before remarks."""
    from termbank_cli.main import main

    out, err = io.StringIO(), io.StringIO()
    before = sys.stdin
    with (
        Path(answers or os.devnull).open(encoding="utf-8") as given,
        contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
    ):  # fmt: skip
        sys.stdin = given
        try:
            main(arguments)
        except SystemExit as stopped:
            if stopped.code == 2:
                raise RuntimeError(f"termbank {shlex.join(arguments)}\n{err.getvalue()}") from stopped
        finally:
            sys.stdin = before
    return out.getvalue() + err.getvalue()


def _said(command: str) -> str:
    """Run a command as it stands on the page."""
    command, _, head = command.partition(" | head -")
    command, _, answers = command.partition(" < ")
    program, *arguments = shlex.split(command)
    if program == "termbank":
        said = _termbank(arguments, answers.strip() or None)
    else:
        ran = subprocess.run([sys.executable, *arguments], capture_output=True, encoding="utf-8", check=True)  # noqa: S603
        said = ran.stdout
    lines = [line.rstrip() for line in said.replace("\r\n", "\n").splitlines()]
    return "\n".join(lines[: int(head)] if head else lines).strip("\n")


def _dated() -> None:
    """Write the day of the run as DAY in what was written so far."""
    today = datetime.date.today().isoformat()
    for path in Path("resultat").glob("*.sssom.tsv"):
        path.write_bytes(path.read_bytes().replace(today.encode(), DAY.encode()))


def _block(block: str) -> str:
    """Run the commands of a block; return it with what they wrote."""
    told = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        said = _said(command).replace(datetime.date.today().isoformat(), DAY)
        _dated()
        told.append(f"$ {command}\n{said}".rstrip())
    return "\n".join(told) + "\n"


def run() -> dict[str, bytes]:
    """Run the page.

    Returns:
        What stands in docs/story afterwards: README.md and the files in resultat/, by name.
    """
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "docs", "story")
        shutil.copytree(STORY, folder, ignore=shutil.ignore_patterns("resultat", "__pycache__"))
        shutil.copytree(ROOT / "mappings", Path(top, "mappings"))
        shutil.copytree(ROOT / "docs" / "examples", Path(top, "docs", "examples"))
        (folder / "resultat").mkdir()
        with _inside(folder, Path(top)):
            page = _BLOCK.sub(lambda found: _block(found[1]), (STORY / "README.md").read_text(encoding="utf-8"))
        results = {f"resultat/{path.name}": path.read_bytes() for path in sorted((folder / "resultat").iterdir())}
    return {"README.md": page.encode()} | results


def main() -> None:
    """Write the page and the results."""
    written = run()
    shutil.rmtree(STORY / "resultat", ignore_errors=True)
    (STORY / "resultat").mkdir()
    for name, content in written.items():
        (STORY / name).write_bytes(content)


if __name__ == "__main__":
    main()
