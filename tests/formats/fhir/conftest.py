"""What the tests of FHIR resources share: every resource of HL7's terminology test cases."""

import json
from pathlib import Path

import pytest


def inside(value):
    """Yield every resource in a parsed JSON value."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "resourceType" in each:
                yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


@pytest.fixture(scope="session")
def tx_files(real_data: Path) -> list[Path]:
    files = sorted((real_data / "tx").rglob("*.json"))
    assert len(files) > 900
    return files


@pytest.fixture(scope="session")
def tx(tx_files) -> list[tuple[str, dict]]:
    """Return every resource in HL7's test cases with its file, those inside other resources too."""
    return [
        (path.name, resource)
        for path in tx_files
        for resource in inside(json.loads(path.read_text(encoding="utf-8-sig")))
    ]
