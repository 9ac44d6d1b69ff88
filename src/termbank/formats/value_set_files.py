"""Value sets in files: `NAME.valueset.toml`, written by people, and FHIR's own JSON and XML."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from termbank.errors import FormatError
from termbank.formats import toml
from termbank.formats.fhir import reading
from termbank.formats.fhir.losses import LossReport
from termbank.formats.value_set_form import WrittenValueSet, from_value_set, problems, to_value_set
from termbank.formats.yaml_lines import fault, told
from termbank.model import Finding, Location, ValueSet

SUFFIX = ".valueset.toml"
FHIR = (".json", ".xml")
_WIDE = 100


def is_file(name: str) -> bool:
    """Tell whether a name is that of a file with a value set, by its ending."""
    return name.endswith((SUFFIX, *FHIR))


def read(path: Path) -> ValueSet:
    """Read the value set of a file: as people write it, or as a FHIR ValueSet in JSON or XML.

    Raises:
        FormatError: the file is missing, or something in it is wrong; the error has a finding, with the line.
    """
    return _written(path) if path.name.endswith(SUFFIX) else _resource(path)


def _written(path: Path) -> ValueSet:
    content, lines = toml.load(path)

    def at(keys: tuple[str | int, ...]) -> Location:
        near = next((lines[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in lines), None)
        return Location(path=str(path), line=near)

    found = checked(content, at)
    if isinstance(found, Finding):
        raise fault(found)
    return to_value_set(found, path.name.removesuffix(SUFFIX))


def checked(content: Mapping[str, Any], at: Callable[[tuple[str | int, ...]], Location]) -> WrittenValueSet | Finding:
    """Return a value set as it is written, or the first thing that is wrong with it.

    Arguments:
        content: what the file says.
        at: gives the location of some keys.
    """
    try:
        written = WrittenValueSet.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        return told(first, at(first["loc"]), WrittenValueSet)
    for keys, finding in problems(written):
        return finding.with_(location=at(keys).with_(field=".".join(map(str, keys))))
    return written


def _resource(path: Path) -> ValueSet:
    if not path.is_file():
        toml.load(path)  # says that there is no such file, or no file
    sets: list[ValueSet] = []
    for item in reading.read(path):
        if isinstance(item, Finding) and item.severity == "error":
            raise fault(item)
        if isinstance(item, ValueSet):
            sets.append(item)
    if len(sets) != 1:
        raise FormatError(f"{path}: {len(sets)} value sets are in this file; name a file with one")
    return sets[0]


def write(value_set: ValueSet) -> tuple[str, LossReport]:
    """Write a value set as people do; `read` gives the same one, but for what is in the report.

    >>> from termbank.model import ConceptSet
    >>> print(write(ValueSet(id="sip", title="SIP", include=(ConceptSet(system="kva", concepts=("AU124",)),)))[0])
    id = "sip"
    title = "SIP"
    <BLANKLINE>
    [[include]]
    system = "kva"
    codes = ["AU124"]
    <BLANKLINE>
    """
    written, losses = from_value_set(value_set)
    plain = written.model_dump(exclude_defaults=True)
    parts = [(name, part) for name in ("include", "exclude") for part in plain.pop(name, ())]
    if not written.include:
        plain["include"] = ()
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for name, part in parts:
        lines += ["", f"[[{name}]]", *(f"{key} = {_value(_plain(key, value))}" for key, value in part.items())]
    return "\n".join(lines) + "\n", losses


def _plain(key: str, value: Any) -> Any:
    """Return the value of a key as briefly as it can be written."""
    if key == "codes":
        return [each["code"] if each.keys() == {"code"} else each for each in value]
    return value[0] if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str) else value


def _value(value: Any, inside: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each, True)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        items = [_value(each, True) for each in value]
        line = f"[{', '.join(items)}]"
        return line if inside or len(line) <= _WIDE else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
