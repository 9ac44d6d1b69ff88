"""Vocabularies as people write them: a folder with `vocabulary.yaml` and, beside it, concepts in YAML or CSV."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from termbank.errors import FormatError
from termbank.formats import code_list
from termbank.formats.dialect import unreadable
from termbank.model import Concept, Finding, KnownSystem, Location, Vocabulary, VocabularyInfo
from termbank.model.rules import rule

T = TypeVar("T", bound=BaseModel)

HEADER = "vocabulary.yaml"
SYSTEMS = "systems.yaml"


class Place(NamedTuple):
    """Where a concept was read.

    Arguments:
        path: the file.
        line: where the concept begins.
        entry: the concept as it was written, with the line of each part; None in a CSV file.
    """

    path: Path
    line: int | None = None
    entry: dict[str, Any] | None = None

    def at(self, *keys: int | str) -> Location:
        """Return the location of a part of the concept, as `at("terms", 2)`."""
        line = _line(self.entry, keys) if self.entry else None
        return Location(path=str(self.path), line=line or self.line)


class Reading(NamedTuple):
    """A vocabulary that was read from its folder.

    Arguments:
        vocabulary: the vocabulary.
        findings: what was found; a finding of severity error stands for a concept that was left out.
        places: where each concept stands, by its id.
        header: where the header stands.
    """

    vocabulary: Vocabulary
    findings: list[Finding]
    places: dict[str, Place]
    header: Location


class _Lines(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that remembers at which line each mapping stands."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value} stands twice", key.start_mark)
            seen.add(str(key.value))
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def _date(loader: Any, node: Any) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, f"{node.value}: {error}", node.start_mark) from None


_Lines.add_constructor("tag:yaml.org,2002:timestamp", _date)


def load(path: Path) -> Any:
    """Read a YAML file; each mapping in it has its line under `__line__`.

    Raises:
        FormatError: the file is missing or no YAML; the text names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return yaml.load(text, Loader=_Lines)  # noqa: S506 - a subclass of SafeLoader
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError:
        raise FormatError(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormatError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise FormatError(f"{path}:{line}: not valid YAML: {error.reason}") from None


def read(folder: Path) -> Reading:
    """Read a vocabulary from its folder.

    Arguments:
        folder: holds `vocabulary.yaml` (the header, and concepts if they are few) and any number of further `*.yaml`
            (each with a list `concepts`) and `*.csv` files (see `termbank.formats.code_list`).

    Raises:
        FormatError: the header is missing or wrong, or a file is no YAML or CSV.
    """
    header = load(folder / HEADER)
    if not isinstance(header, dict):
        raise FormatError(f"{folder / HEADER}:1: expected keys such as id, title and version")
    own = header.pop("concepts", None) or []
    if not isinstance(own, list):
        raise FormatError(f"{folder / HEADER}:1: expected a list under the key concepts")
    info = _one(VocabularyInfo, header, folder / HEADER)
    concepts: dict[str, Concept] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for item, place in _items(folder, own):
        if isinstance(item, Finding):
            findings.append(item)
        elif item.id in concepts:
            other = places[item.id]
            first = other.line if other.path == place.path else other.at()
            findings.append(rule("duplicate-code").finding(place.at(), value=item.id, code=item.id, first=first))
        else:
            concepts[item.id] = item
            places[item.id] = place
    fields = {name: getattr(info, name) for name in info.model_fields_set}
    vocabulary = Vocabulary.model_validate({**fields, "concepts": tuple(concepts.values())})
    return Reading(vocabulary, findings, places, Location(path=str(folder / HEADER), line=1))


def read_systems(path: Path) -> list[KnownSystem]:
    """Read the table of known systems: a YAML file with a list `systems`.

    Raises:
        FormatError: an entry is wrong; the text names file, line and key.
    """
    table = load(path)
    if not isinstance(table, dict) or not isinstance(table.get("systems"), list):
        raise FormatError(f"{path}:1: expected a list under the key systems")
    return [_one(KnownSystem, entry, path) for entry in table["systems"]]


def _items(folder: Path, own: list[dict[str, Any]]) -> Iterator[tuple[Concept | Finding, Place]]:
    yield from _concepts(own, folder / HEADER)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != HEADER:
            table = load(path)
            if not isinstance(table, dict) or not isinstance(table.get("concepts"), list):
                raise FormatError(f"{path}:1: expected a list under the key concepts")
            yield from _concepts(table["concepts"], path)
    for path in sorted(folder.glob("*.csv")):
        yield from ((item, Place(path, where.line)) for item, where in code_list.located(path))


def _concepts(entries: list[dict[str, Any]], path: Path) -> Iterator[tuple[Concept | Finding, Place]]:
    for entry in entries:
        line = entry.get("__line__") if isinstance(entry, dict) else None
        place = Place(path, line, entry)
        try:
            yield Concept.model_validate(_plain(entry)), place
        except ValidationError as error:
            for problem in error.errors():
                field = ".".join(str(part) for part in problem["loc"])
                where = Location(path=str(path), line=_line(entry, problem["loc"]) or line, field=field)
                reason = f"{field}: {_said(problem)}" if field else _said(problem)
                yield rule("invalid-record").finding(where, reason=reason), place


def _line(entry: Any, keys: tuple[int | str, ...]) -> int | None:
    line: int | None = None
    for key in keys:
        if isinstance(entry, dict):
            line = entry.get("__line__", line)
            entry = entry.get(key)
        elif isinstance(entry, list) and isinstance(key, int) and key < len(entry):
            entry = entry[key]
    return entry.get("__line__", line) if isinstance(entry, dict) else line


def _plain(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _plain(value) for key, value in entry.items() if key != "__line__"}
    return [_plain(value) for value in entry] if isinstance(entry, list) else entry


def _one(kind: type[T], entry: Any, path: Path) -> T:
    try:
        return kind.model_validate(_plain(entry))
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        line = _line(entry, problem["loc"]) or 1
        raise FormatError(f"{path}:{line}: {field}: {_said(problem)}") from None


def _said(problem: Mapping[str, Any]) -> str:
    """Return what is wrong with a value; a number where a text is needed lacks its quotes."""
    if problem["type"] == "string_type" and isinstance(problem["input"], int | float):
        return f"{problem['input']} must be a text: put it in quotes"
    return str(problem["msg"])
