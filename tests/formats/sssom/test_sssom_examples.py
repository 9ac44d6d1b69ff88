"""The examples of the specification and of sssom-js: what is read, refused, written and read back."""

import shutil
from pathlib import Path

import pytest
from sssom_making import settled

from termbank.errors import FormatError
from termbank.formats import sssom

REPO = Path(__file__).resolve().parents[3]

JSKOS = {"example.jskos.json", "minimal.jskos.json", "schemes.sssom.json"}
"""What sssom-js writes as JSKOS; the last has the ending of SSSOM, and is none."""

ONLY_MAPPINGS = {"example.mappings.json", "example.sssom.mappings.tsv"}
"""Mappings whose metadata stand in example.metadata.yml, as sssom-js reads them."""

INVALID = {
    "array-value.sssom.tsv": (3, "see_also", "sssom-not-a-uri"),
    "build-in-curie.yml": (4, "curie_map.rdf", "sssom-prefix-redefined"),
    "curie-prefix.yml": (3, "curie_map.$", "sssom-prefix-name"),
    "curie.sssom.tsv": (4, "subject_id", "sssom-undeclared-prefix"),
    "date.sssom.tsv": (3, "mapping_date", "sssom-not-a-date"),
    "empty-line.sssom.tsv": (8, "subject_id", "sssom-missing-column"),
    "empty.sssom.tsv": (1, None, "sssom-empty-file"),
    "enum.sssom.tsv": (3, "subject_type", "sssom-unknown-value"),
    "eol.sssom.tsv": (1, None, "sssom-no-header"),
    "liberal.sssom.tsv": (3, "mapping_justification", "sssom-missing-column"),
    "license.sssom.tsv": (1, "license", "sssom-missing-slot"),
    "metadata-block.sssom.tsv": (2, None, "sssom-metadata"),
    "metadata-only.sssom.tsv": (2, None, "sssom-no-header"),
    "missing-mapping-slot.sssom.tsv": (3, "mapping_justification", "sssom-missing-column"),
    "missing-mapping-slots.sssom.tsv": (3, "predicate_id", "sssom-missing-column"),
    "percent.sssom.tsv": (6, "similarity_score", "sssom-not-a-number"),
    "uri.sssom.tsv": (2, "license", "sssom-not-a-uri"),
    "vertical-bar.sssom.json": (4, "creator", "sssom-composite-value"),
}
"""Where each invalid file of sssom-js is refused: line, field and rule."""

LOSSES = {
    "curation_rule_text.sssom.tsv": {"curie_map"}, "example1.sssom.yml": {"curie_map"},
    "mp-hp-exact-0.0.1.sssom.yml": {"curie_map"}, "example.metadata.yml": {"curie_map"},
}  # fmt: skip
"""Prefixes that nothing in the set uses, which a canonical file leaves out."""


def valid(folder: Path) -> list[Path]:
    found = [*(folder / "sssom/spec-examples").rglob("*.sssom.*"), *(folder / "sssom/js-valid").iterdir()]
    return sorted(path for path in found if path.name not in JSKOS)


def metadata_of(path: Path) -> Path | None:
    return path.with_name("example.metadata.yml") if path.name in ONLY_MAPPINGS else None


def test_the_invalid_files_of_sssom_js(real_data: Path) -> None:
    found = {}
    for path in sorted((real_data / "sssom/js-invalid").iterdir()):
        try:
            first = next(each for each in sssom.Audit(path) if each.severity == "error")
        except FormatError as error:
            first = error.finding
        assert first.location.path == str(path)
        found[path.name] = (first.location.line, first.location.field, first.rule)
    assert found == INVALID


def test_the_valid_files(real_data: Path) -> None:
    paths = valid(real_data)
    assert len(paths) == 46
    errors = {}
    for path in paths:
        audit = sssom.Audit(path, metadata=metadata_of(path))
        found = [each.rule for each in audit if each.severity == "error"]
        assert audit.refused == 0 and audit.rows == audit.accepted
        if found:
            errors[path.name] = found
    assert errors == {"version.sssom.tsv": ["sssom-missing-slot"]}, "the specification's own example has no id"


def test_jskos_is_not_sssom(real_data: Path) -> None:
    audit = sssom.Audit(real_data / "sssom/js-valid/schemes.sssom.json")
    assert "sssom-composite-value" in {each.rule for each in audit}
    assert (audit.rows, audit.refused) == (2, 2)


@pytest.mark.parametrize("ending", [".sssom.tsv", ".sssom.json"])
def test_every_example_written_and_read_back(real_data: Path, tmp_path: Path, ending: str) -> None:
    for path in valid(real_data):
        reading = sssom.read(path, metadata=metadata_of(path))
        assert reading.rows == len(reading.mapping_set.mappings) and not reading.refused
        out = tmp_path / f"{reading.mapping_set.id}{ending}"
        losses = sssom.write(reading.mapping_set, out)
        if path.name == "example.mappings.json" and ending == ".sssom.tsv":
            assert "\nKF_FOOD:F001\t" in out.read_text(), "IRIs are named by the prefixes of the set"
            continue
        lost = {loss.field for loss in losses.losses}
        assert lost == (LOSSES.get(path.name, set()) if ending == ".sssom.tsv" else set()), path
        again = sssom.read(out)
        if not lost:
            assert settled(again.mapping_set) == settled(reading.mapping_set), path
        assert settled(again.mapping_set)[1] == settled(reading.mapping_set)[1], path
        turned = again.mapping_set.model_copy(update={"mappings": again.mapping_set.mappings[::-1]})
        sssom.write(turned, tmp_path / f"x{ending}")
        assert (tmp_path / f"x{ending}").read_bytes() == out.read_bytes(), "the same whatever the order was"
        assert not [each for each in sssom.Audit(out) if each.severity != "info"], path


def test_each_row_of_the_examples_is_counted(real_data: Path) -> None:
    for path in valid(real_data):
        if path.suffix == ".tsv":
            lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
            assert sssom.read(path, metadata=metadata_of(path)).rows == len(lines) - 1, path


def test_examples_in_numbers(real_data: Path) -> None:
    folder = real_data / "sssom/spec-examples"
    mapping_set = sssom.read(folder / "schema/pipe-escaping.sssom.tsv").mapping_set
    labels = [mapping.extra["sssom"]["author_label"] for mapping in mapping_set.mappings]
    assert labels == [["Alice|Bob", "Charlie"], ["Alice\\Bob", "Charlie\\", "David\\|Eve\\"]]
    mapping_set = sssom.read(folder / "schema/literals.sssom.tsv").mapping_set
    assert [mapping.subject.code for mapping in mapping_set.mappings] == ["alice", "bob", "daphne", "eve"]
    mapping_set = sssom.read(folder / "embedded/foodie-inc-2022-05-01.sssom.tsv").mapping_set
    assert [mapping.object is None for mapping in mapping_set.mappings] == [False, False, False, True, False]
    mapping_set = sssom.read(folder / "schema/reviewer_agreement.sssom.tsv").mapping_set
    assert [mapping.extra["sssom"]["reviewer_agreement"] for mapping in mapping_set.mappings] == [0.99, 0.0, -0.99]


@pytest.mark.parametrize("path", sorted((REPO / "mappings").glob(f"*{sssom.SUFFIX}")), ids=lambda path: path.name)
def test_what_is_shipped(path: Path, tmp_path: Path) -> None:
    assert list(sssom.Audit(path)) == []
    reading = sssom.read(path)
    for mapping in reading.mapping_set.mappings:
        assert (mapping.extra is None) == (mapping.object is not None), "only what was searched in vain is kept apart"
        assert mapping.extra is None or set(mapping.extra["sssom"]) <= {"object_source_version"}
    out = tmp_path / path.name
    assert not sssom.write(reading.mapping_set, out)
    assert settled(sssom.read(out).mapping_set) == settled(reading.mapping_set)
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(out, again)
    sssom.write(sssom.read(again / path.name).mapping_set, again / path.name)
    assert (again / path.name).read_bytes() == out.read_bytes()
