"""TOML with line numbers: the parser of the standard library forgets them, and people need them."""

import re
import tomllib
from pathlib import Path
from typing import Any

from termbank.errors import ProfileError

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
        ProfileError: the file is missing, not UTF-8, or no TOML; the text names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProfileError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise ProfileError(f"{path}: the file cannot be read: {error.strerror}") from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"{path}:{place.group(1)}:{place.group(2)}" if place else str(path)
        raise ProfileError(f"{where}: not valid TOML: {str(error).split(' (at ')[0]}") from None
    return content, line_numbers(text)


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
