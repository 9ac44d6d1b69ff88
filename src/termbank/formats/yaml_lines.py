"""YAML with the line of every key, and what is wrong in it said in words that people know."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from termbank.errors import FormatError
from termbank.formats.dialect import unreadable
from termbank.model import Finding, KnownSystem, Location, Vocabulary
from termbank.model.rules import rule

T = TypeVar("T", bound=BaseModel)

_SWEDISH = {
    "rekommenderad": "preferred", "tillåten": "admitted", "avrådd": "deprecated", "ersatt": "superseded",
    "okänd": "unknown", "substantiv": "noun", "adjektiv": "adjective", "egennamn": "proper-noun", "fras": "phrase",
    "förkortning": "abbreviation", "kortform": "short-form", "tillägg": "supplement", "utdrag": "fragment",
    "fullständig": "complete", "ordklass": "part_of_speech", "utgivare": "publisher", "källa": "source",
    "titel": "title", "termer": "terms", "begrepp": "concepts", "definition": "definitions", "kommentar": "comment",
}  # fmt: skip
"""What a Swedish writer may write for the word that is meant."""


class Place(NamedTuple):
    """Where something was read.

    Arguments:
        path: the file.
        line: where it begins.
        entry: it, as it was written, with the line of each key; None where the file is not YAML.
    """

    path: Path
    line: int | None = None
    entry: Any = None

    def at(self, *keys: int | str) -> Location:
        """Return the location of a part, as `at("terms", 2)`."""
        line = line_of(self.entry, keys) if self.entry else None
        return Location(path=str(self.path), line=line or self.line)


class _Lines(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that remembers at which line each mapping, and each key in it, stands."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in lines:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value} stands twice", key.start_mark)
            lines[str(key.value)] = key.start_mark.line + 1
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        mapping["__lines__"] = lines
        return mapping


def _date(loader: Any, node: Any) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value}: {error}", node.start_mark) from None


_Lines.add_constructor("tag:yaml.org,2002:timestamp", _date)


def load(path: Path) -> Any:
    """Read a YAML file; each mapping in it has its line under `__line__`, and those of its keys under `__lines__`.

    Raises:
        FormatError: the file is missing or no YAML; the error has a finding, with the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return yaml.load(text, Loader=_Lines)  # noqa: S506 - a subclass of SafeLoader
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError:
        raise fault(rule("wrong-encoding").finding(Location(path=str(path)))) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        where = Location(path=str(path), line=line)
        raise fault(rule("invalid-yaml").finding(where, problem=error.problem)) from None
    except yaml.reader.ReaderError as error:
        where = Location(path=str(path), line=text.encode()[: error.position].count(b"\n") + 1)
        raise fault(rule("invalid-yaml").finding(where, problem=error.reason)) from None


def fault(finding: Finding) -> FormatError:
    """Return the error for a finding that ends the reading; it says so in English, and carries the finding."""
    return FormatError(f"{finding.location}: {finding.message('en')}", finding)


def validated(kind: type[T], place: Place) -> T | list[Finding]:
    """Make a noun of an entry, or say everything that is wrong with it, each with its line."""
    try:
        return kind.model_validate(plain(place.entry))
    except ValidationError as error:
        return [told(problem, place.at(*problem["loc"])) for problem in error.errors()]


def plain(entry: Any) -> Any:
    """Return an entry without the lines."""
    if isinstance(entry, dict):
        return {key: plain(value) for key, value in entry.items() if key not in ("__line__", "__lines__")}
    return [plain(value) for value in entry] if isinstance(entry, list) else entry


def line_of(entry: Any, keys: tuple[int | str, ...]) -> int | None:
    """Return the line of a part of an entry; of the nearest part around it where it has none of its own."""
    line: int | None = None
    for key in keys:
        if isinstance(entry, dict):
            line = entry.get("__lines__", {}).get(key) or entry.get("__line__", line)
            entry = entry.get(key)
        elif isinstance(entry, list) and isinstance(key, int) and key < len(entry):
            entry = entry[key]
            line = entry.get("__line__", line) if isinstance(entry, dict) else line
    return line


def told(problem: Mapping[str, Any], place: Location, *kinds: type[BaseModel]) -> Finding:
    """Return one of pydantic's errors as a finding.

    Arguments:
        problem: the error.
        place: where it is.
        kinds: what may be written there; none: a vocabulary, or the table of systems.
    """
    field = ".".join(str(part) for part in problem["loc"])
    where = place.with_(field=field or None)
    key = next((part for part in reversed(problem["loc"]) if isinstance(part, str)), "")
    kind, given = problem["type"], problem["input"]
    if kind == "extra_forbidden":
        return rule("unknown-key").finding(where, value=key, hint=_near(key, _keys(*kinds)), key=key)
    if kind == "missing":
        return rule("missing-key").finding(where, key=key)
    if kind == "literal_error":
        expected = str(problem["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        near = _near(str(given), set(expected.split(", ")))
        return rule("unknown-value").finding(
            where, value=str(given), hint=near, key=key, given=given, expected=expected
        )
    if kind == "string_type" and not isinstance(given, dict | list):
        return rule("unquoted-text").finding(where, key=key, given=given)
    if kinds and kind in ("tuple_type", "list_type"):
        return rule("not-a-list").finding(where, key=key)
    if kinds and kind in ("model_type", "dict_type"):
        return rule("not-a-table").finding(where, key=key or field, given=shown(given))
    if kind.startswith("date_"):
        return rule("not-a-date").finding(where, value=str(given), field=key, given=given)
    return rule("invalid-record").finding(where, reason=f"{field}: {problem['msg']}" if field else problem["msg"])


def shown(given: Any) -> str:
    """Return what was written, as far as a message has room for it."""
    text = str(given)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _near(written: str, known: set[str]) -> str | None:
    """Return the word that was probably meant."""
    meant = _SWEDISH.get(written.lower())
    if meant in known:
        return f"→ {meant}"
    found = difflib.get_close_matches(written.lower(), known, n=1)
    return f"→ {found[0]}" if found else None


def _keys(*kinds: type[BaseModel]) -> set[str]:
    """Return every key that may stand in such a file; without kinds in a vocabulary or in the table of systems."""
    found: set[str] = set()
    waiting: list[Any] = list(kinds or (Vocabulary, KnownSystem))
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
            seen.add(kind)
            found |= set(kind.model_fields)
            waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += [part for part in get_args(kind) if part is not Ellipsis]
    return found
