"""SSSOM mapping sets: what is shipped, what the specification shows, and what is wrong, located."""

import datetime
from pathlib import Path

import pytest

from termbank.errors import FormatError
from termbank.formats import sssom

REPO = Path(__file__).resolve().parents[2]
HEADER = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n"
ROW = "kva:AU124\tUpprättande av SIP\tskos:exactMatch\tksi:XAH.20.75\tsemapv:ManualMappingCuration\t0.9\tSamma sak\n"


@pytest.fixture
def make(tmp_path):
    def write(text):
        path = tmp_path / "kva-to-ksi.sssom.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def rows_of(path: Path) -> int:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return len([line for line in lines if line and not line.startswith("#")]) - 1


@pytest.mark.parametrize("path", sorted((REPO / "mappings").glob(f"*{sssom.SUFFIX}")), ids=lambda path: path.name)
def test_what_is_shipped(path):
    mapping_set, findings, *_ = sssom.read(path)
    assert findings == []
    assert len(mapping_set.mappings) == rows_of(path)
    if mapping_set.subject_source != mapping_set.object_source:
        assert f"{mapping_set.subject_source}-to-{mapping_set.object_source}" == mapping_set.id
    for mapping in mapping_set.mappings:
        assert mapping.subject.system == mapping_set.subject_source
        assert mapping.confidence is not None and mapping.comment


def test_examples_of_others(real_data):
    counts = {}
    for path in sorted((real_data / "sssom").rglob(f"*{sssom.SUFFIX}")):
        name = str(path.relative_to(real_data / "sssom"))
        try:
            mapping_set, findings, *_ = sssom.read(path)
        except FormatError as error:
            assert str(error).startswith(f"{path}:"), "every error says where"
            counts[name] = None
        else:
            counts[name] = (len(mapping_set.mappings), len(findings))
            assert sum(counts[name]) == rows_of(path), f"{name}: read is accepted plus refused"
            assert all(finding.location.line for finding in findings)
    assert len(counts) == 52
    assert counts["spec-examples/embedded/mp-hp-exact-0.0.1.sssom.tsv"] == (42, 0)
    assert counts["spec-examples/embedded/foodie-inc-2022-05-01.sssom.tsv"] == (5, 0)
    assert counts["spec-examples/schema/no_term_found.sssom.tsv"] == (2, 0)
    assert counts["spec-examples/schema/predicate-types.sssom.tsv"] == (0, 4)
    assert counts["js-valid/example.sssom.tsv"] == (4, 0)
    assert counts["js-invalid/metadata-block.sssom.tsv"] is None
    refused = {name for name, count in counts.items() if count is None and not name.startswith("js-invalid")}
    assert refused == {"spec-examples/schema/literals.sssom.tsv"}, "literal mappings have no subject_id"


def test_a_row_and_its_metadata(make):
    metadata = (
        "#mapping_set_title: KVÅ till KSI\n#mapping_set_version: 1.0\n#license: MIT\n#mapping_date: 2026-03-01\n"
        "#subject_source_version: 2026\n#curie_map:\n#  kva: https://example.org/kva/\n#subject_source: 'kva:'\n"
    )
    mapping_set, findings, *_ = sssom.read(make(metadata + HEADER + ROW))
    assert findings == []
    assert (mapping_set.id, mapping_set.title, mapping_set.version) == ("kva-to-ksi", "KVÅ till KSI", "1.0")
    assert mapping_set.subject_source == "kva"
    (mapping,) = mapping_set.mappings
    assert str(mapping.subject) == "kva|2026#AU124"
    assert mapping.subject.display == "Upprättande av SIP"
    assert (mapping.confidence, mapping.date) == (0.9, datetime.date(2026, 3, 1))
    assert mapping.relationship == "equivalent"


def test_a_source_is_known_by_its_url(make):
    metadata = "#curie_map:\n#  kva: https://example.org/kva/\n#subject_source: https://example.org/kva\n"
    assert sssom.read(make(metadata + HEADER))[0].subject_source == "kva"


def test_no_counterpart(make):
    mapping_set, *_ = sssom.read(make(HEADER + ROW.replace("ksi:XAH.20.75", sssom.NO_TERM)))
    assert mapping_set.mappings[0].object is None
    assert mapping_set.mappings[0].relationship is None


def test_a_denial(make):
    text = (HEADER + ROW).replace("\tcomment\n", "\tpredicate_modifier\n").replace("Samma sak", "Not")
    (mapping,) = sssom.read(make(text))[0].mappings
    assert (mapping.negated, mapping.relationship) == (True, "not-related-to")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("skos:exactMatch", "skos:sameish"), "skos:sameish is not one of"),
        (ROW.replace("kva:AU124", ""), "subject_id is empty"),
        (ROW.replace("kva:AU124", "AU124"), "AU124 is no CURIE"),
        (ROW.replace("kva:AU124", "https://example.org/AU124"), "is no CURIE"),
        (ROW.replace("0.9", "1.9"), "confidence"),
        (ROW.replace("0.9", "hög"), "hög"),
        (ROW.replace("0.9", "nan"), "confidence"),
        (ROW.replace("\n", "\tfler\n"), "more fields than the header"),
        ("kva:AU124\tUpprättande\n", "predicate_id, object_id, mapping_justification is empty"),
    ],
)
def test_a_refused_row_is_located(make, row, said):
    mapping_set, (finding,), *_ = sssom.read(make("#license: MIT\n" + HEADER + ROW + row + ROW))
    assert len(mapping_set.mappings) == 2
    assert (finding.rule, finding.location.line) == ("invalid-record", 4)
    assert said in finding.message("en")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "are missing"),
        ("#license: MIT\n" + HEADER.replace("predicate_id\t", ""), 2, "predicate_id"),
        ("#title: @a\n" + HEADER, 1, "not valid YAML"),
        ("#- a\n" + HEADER, 1, "not a YAML mapping"),
        ("#curie_map: [a]\n#subject_source: a\n" + HEADER, 1, "curie_map"),
        ("#mapping_date: 2026-02-30\n" + HEADER, 1, "day is out of range"),
        (HEADER + ROW + ROW.replace("Samma sak", '"öppen') + ROW + ROW, 3, "cannot be read"),
        ('"' + HEADER + ROW, 1, "cannot be read"),
    ],
)
def test_what_is_no_mapping_set(make, text, line, said):
    path = make(text)
    with pytest.raises(FormatError) as error:
        sssom.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert said in str(error.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        sssom.read(tmp_path / "absent.sssom.tsv")
    with pytest.raises(FormatError, match="cannot be read"):
        sssom.read(tmp_path)
    (tmp_path / "a.sssom.tsv").write_bytes(HEADER.encode() + "vård".encode("cp1252"))
    with pytest.raises(FormatError, match="not UTF-8"):
        sssom.read(tmp_path / "a.sssom.tsv")


def test_a_long_comment_and_lines_inside_quotes(make):
    long = ROW.replace("Samma sak", "x" * 200_000)
    quoted = ROW.replace("Samma sak", '"två\nrader"')
    mapping_set, (finding,), *_ = sssom.read(make(HEADER + long + quoted + ROW.replace("kva:", "")))
    assert len(mapping_set.mappings[0].comment) == 200_000
    assert mapping_set.mappings[1].comment == "två\nrader"
    assert finding.location.line == 5
