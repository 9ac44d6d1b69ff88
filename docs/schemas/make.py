"""Writes the JSON Schemas of the files that people write by hand: python docs/schemas/make.py."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from termbank.formats.value_set_form import WrittenValueSet
from termbank.model import KnownSystem, Vocabulary
from termbank.model.base import Noun
from termbank.records.profile import Profile

FOLDER = Path(__file__).parent


class Systems(Noun):
    """The table of known systems, `systems.yaml`."""

    systems: tuple[KnownSystem, ...]


SCHEMAS: dict[str, tuple[type[BaseModel], str]] = {
    "vocabulary": (Vocabulary, "A vocabulary: vocabulary.yaml, and concepts in the YAML files beside it"),
    "profile": (Profile, "A profile of a batch of records (TOML)"),
    "valueset": (WrittenValueSet, "A value set: NAME.valueset.toml"),
    "systems": (Systems, "The table of known systems: systems.yaml"),
}


def schema(name: str) -> str:
    """Return a schema as JSON; the same model always gives the same text."""
    model, title = SCHEMAS[name]
    made: dict[str, Any] = TypeAdapter(model).json_schema()
    made |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> None:
    """Write every schema beside this script."""
    for name in SCHEMAS:
        (FOLDER / f"{name}.schema.json").write_text(schema(name), encoding="utf-8")


if __name__ == "__main__":
    main()
