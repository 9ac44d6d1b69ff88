"""Vocabularies as people write them: a folder with `vocabulary.yaml` and, beside it, concepts in YAML or CSV."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from termbank.errors import FormatError
from termbank.formats import code_list
from termbank.formats.yaml_lines import Place, fault, load, validated
from termbank.model import Concept, Finding, KnownSystem, Vocabulary, VocabularyInfo
from termbank.model.rules import rule

T = TypeVar("T", bound=BaseModel)

HEADER = "vocabulary.yaml"
SYSTEMS = "systems.yaml"


class Reading(NamedTuple):
    """A vocabulary that was read from its folder.

    Arguments:
        vocabulary: the vocabulary.
        findings: what was found; a finding of severity error stands for a concept that was left out.
        places: where each concept stands, by its id.
        place: where the header stands.
    """

    vocabulary: Vocabulary
    findings: list[Finding]
    places: dict[str, Place]
    place: Place


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
    return Reading(vocabulary, findings, places, Place(folder / HEADER, 1, header))


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
            try:
                table = load(path)
            except FormatError as error:
                if error.finding is None:
                    raise
                yield error.finding, Place(path, 1)
                continue
            if not isinstance(table, dict) or not isinstance(table.get("concepts"), list):
                raise FormatError(f"{path}:1: expected a list under the key concepts")
            yield from _concepts(table["concepts"], path)
    for path in sorted(folder.glob("*.csv")):
        yield from ((item, Place(path, where.line)) for item, where in code_list.located(path))


def _concepts(entries: list[dict[str, Any]], path: Path) -> Iterator[tuple[Concept | Finding, Place]]:
    for entry in entries:
        place = Place(path, entry.get("__line__") if isinstance(entry, dict) else None, entry)
        found = validated(Concept, place)
        if isinstance(found, Concept):
            yield found, place
        else:
            yield from ((finding, place) for finding in found)


def _one(kind: type[T], entry: Any, path: Path) -> T:
    found = validated(kind, Place(path, 1, entry))
    if isinstance(found, list):
        raise fault(found[0])
    return found
