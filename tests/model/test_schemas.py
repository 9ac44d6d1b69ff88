"""The JSON Schemas in docs/schemas are what the models say today."""

import importlib.util
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def make():
    spec = importlib.util.spec_from_file_location("make_schemas", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["vocabulary", "profile", "systems"])
def test_schemas_are_current(name):
    path = FOLDER / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == make().schema(name), "run: python docs/schemas/make.py"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["additionalProperties"] is False
    assert "$schema" in schema


def test_every_schema_is_made():
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.schema.json")} == set(make().SCHEMAS)
