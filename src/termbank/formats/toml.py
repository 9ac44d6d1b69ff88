"""TOML with line numbers: the parser of the standard library forgets them, and people need them."""

import re
import tomllib
from pathlib import Path
from typing import Any

from termbank.errors import FormatError
from termbank.model import Location
from termbank.model.rules import rule

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*(?:\.[^=]*)?=")

Path_ = tuple[str | int, ...]


def load(path: Path) -> tuple[dict[str, Any], dict[Path_, int]]:
    """Read a TOML file.

    Arguments:
        path: the file, in UTF-8.

    Returns:
        Its content, and the line of each table and key, by their path: `("columns", 0, "name")`.

    Raises:
        FormatError: the file is missing, not UTF-8, or no TOML; the text names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        missing = rule("no-such-file").finding(Location(path=str(path)))
        raise FormatError(f"{path}: there is no such file", missing) from None
    except UnicodeDecodeError:
        encoding = rule("wrong-encoding").finding(Location(path=str(path)))
        raise FormatError(f"{path}: the file is not UTF-8; save it as UTF-8", encoding) from None
    except OSError as error:
        raise FormatError(f"{path}: the file cannot be read: {error.strerror}") from None
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise _fault(path, None, "nested too deep") from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        raise _fault(path, place, str(error).split(" (at ")[0]) from None
    return content, line_numbers(text)


def _fault(path: Path, place: re.Match[str] | None, problem: str) -> FormatError:
    line, column = (int(place.group(1)), int(place.group(2))) if place else (None, None)
    where = Location(path=str(path), line=line, column=column)
    finding = rule("invalid-toml").finding(where, problem=problem)
    return FormatError(f"{where}: not valid TOML: {problem}", finding)


def line_numbers(text: str) -> dict[Path_, int]:
    """Return at which line each table and key of a TOML text stands.

    >>> line_numbers('a = 1\\n[[b]]\\nc = 2\\n')
    {('a',): 1, ('b', 0): 2, ('b', 0, 'c'): 3}
    """
    lines: dict[Path_, int] = {}
    counts: dict[Path_, int] = {}
    table: Path_ = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = ()
            parts = [part.strip().strip('"') for part in header.group(2).split(".")]
            for depth, part in enumerate(parts):
                table = (*table, part)
                if header.group(1) == "[[" and depth == len(parts) - 1:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
            lines[table] = number
        elif key := _KEY.match(line):
            lines.setdefault((*table, key.group(1).strip('"')), number)
    return lines


def place(path: Path | None, lines: dict[Path_, int], keys: Path_, otherwise: str) -> str:
    """Return where in a file a key stands: the file's name and the line of the nearest table or key that is known."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in lines:
            return f"{path or otherwise}:{lines[keys[:length]]}"
    return str(path or otherwise)


def problem(path: Path, lines: dict[Path_, int], error: dict[str, Any], what: str) -> str:
    """Say one of pydantic's errors about the content of a file: where, which key, and what is wrong with it."""
    keys = error["loc"]
    name = ".".join(str(key) for key in keys if not isinstance(key, int))
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"there is no such key in {what}"
    elif error["type"] == "missing":
        message = "is missing"
    elif error["type"] == "too_short":
        message = "at least one is needed"
    return f"{place(path, lines, keys, what)}: {name + ': ' if name else ''}{message}"
