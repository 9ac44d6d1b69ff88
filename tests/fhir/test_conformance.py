"""HL7's own terminology tests, where they are at hand: the score may rise, never fall."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
RECORDED = tomllib.loads((REPO / "tests" / "fhir" / "recorded.toml").read_text(encoding="utf-8"))


def runner():
    spec = importlib.util.spec_from_file_location("conformance", REPO / "benchmarks" / "conformance.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("option", [None, "--preload", "--rename", "--hl7"])
def test_the_score_does_not_fall(option):
    """The resources in the call or in a bank, under their own names or others: always the same score."""
    tests = runner()
    folder = tests.data()
    if folder is None:
        pytest.skip("HL7's terminology tests are not here (../shared/data/tx or TERMBANK_TEST_DATA)")
    passed, ran, results, shown = tests.run(folder, *([option] if option else []))
    print(shown)
    assert RECORDED["revision"] in shown
    assert ran == RECORDED["tests"]
    assert passed >= RECORDED["hl7_rules" if option == "--hl7" else "strict"], [
        name for name, why in results.items() if why
    ]
    assert not [why for why in results.values() if why and why.startswith("crash")]


def test_the_docs_say_the_recorded_score():
    page = (REPO / "docs" / "fhir" / "conformance.md").read_text(encoding="utf-8")
    assert f"**{RECORDED['strict']} of {RECORDED['tests']}**" in page
    assert RECORDED["revision"] in page


def test_no_test_is_known_by_name():
    """What the tests use for names stands nowhere in the source."""
    names = re.compile(r"hl7\.org/fhir/test|fhir/test/|tx-ecosystem-ig|tesu/")
    found = [
        f"{path.name}: {line}"
        for path in sorted((REPO / "src").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if names.search(line)
    ]
    assert not found
