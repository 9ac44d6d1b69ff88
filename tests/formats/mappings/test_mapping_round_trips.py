"""What is written is read again, but for what the loss report says: any set, every format."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_making import CODES, CODINGS, lost, plain, sets

from termbank.formats import mapping_files
from termbank.formats.mapping_files import Format
from termbank.model import Coding, Mapping, MappingSet

pytestmark = pytest.mark.slow

OMOP = st.builds(
    Coding, system=st.just("omop"), code=st.integers(1, 10**6).map(str), display=st.none() | st.just("Plan")
)
SNOMED = st.builds(Coding, system=st.just("http://snomed.info/sct"), code=st.integers(10**5, 10**9).map(str))
ICD = st.builds(Coding, system=st.just("http://hl7.org/fhir/sid/icd-10"), code=CODES)


def compared(mapping: Mapping, ignored: set[str]) -> Any:
    """Return what of a mapping must come back, where some fields are declared as lost."""
    said = plain(mapping).model_dump(mode="json")
    for field in ignored:
        first, _, part = field.removeprefix("Mapping.").partition(".")
        if part and isinstance(said.get(first), dict):
            said[first].pop(part, None)
        elif not part:
            said.pop(first, None)
    return repr(sorted(said.items()))


def check(found: MappingSet, name: str, form: Format, **options: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        report = mapping_files.write(found, path, form)
        reading = mapping_files.read(path, form, **options)
        written = sum(loss.count for loss in report.losses if loss.field == "mappings")
        again = reading.mapping_set
        assert not reading.refused
        assert reading.rows == len(again.mappings) == len(found.mappings) - written
        ignored = {field for field in lost(report) if field.startswith("Mapping.")}
        back = Counter(compared(each, ignored) for each in again.mappings)
        assert not back - Counter(compared(each, ignored) for each in found.mappings)
        for field in MappingSet.model_fields:
            if field not in ("mappings", "extra") and f"MappingSet.{field}" not in lost(report):
                default = MappingSet.model_fields[field].default
                assert getattr(found, field) in (default, getattr(again, field)), field
        mapping_files.write(again, Path(folder, f"again-{name}"), form)
        second = mapping_files.write(again, path, form)
        assert not lost(second) & {"mappings", "Mapping.object", "Mapping.comment"}
        twice = mapping_files.read(path, form, **options).mapping_set
        assert twice == again


@pytest.mark.parametrize(
    ("name", "form"),
    [("plans.csv", "table"), ("plans.xlsx", "table"), ("plans.jskos.json", "jskos"), ("plans.ndjson", "jskos")],
)
@given(found=sets(CODINGS, CODINGS))
def test_any_set_comes_back_but_for_its_losses(found: MappingSet, name: str, form: Format) -> None:
    check(found, name, form)


@given(found=sets(CODINGS, OMOP | CODINGS))
def test_usagi_gives_back_what_goes_to_omop(found: MappingSet) -> None:
    check(found, "plans.usagi.csv", "usagi")


@pytest.mark.parametrize("kind", ["s", "iisssc", "iissscc"])
@given(found=sets(SNOMED, ICD))
def test_a_map_refset_comes_back_but_for_its_losses(found: MappingSet, kind: str) -> None:
    check(found, f"der2_{kind}Refset_plans.txt", "rf2")
