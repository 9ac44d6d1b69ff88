"""SSSOM mapping sets as a bank reads them: systems, sources, and what is wrong, located."""

import datetime
from pathlib import Path

import pytest

from termbank.errors import FormatError
from termbank.formats import sssom
from termbank.model import KnownSystem

REPO = Path(__file__).resolve().parents[3]
HEADER = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n"
ROW = "kva:AU124\tUpprättande av SIP\tskos:exactMatch\tksi:XAH.20.75\tsemapv:ManualMappingCuration\t0.9\tSamma sak\n"


@pytest.fixture
def make(tmp_path):
    def write(text):
        path = tmp_path / "kva-to-ksi.sssom.tsv"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
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
    ("row", "rule", "field"),
    [
        (ROW.replace("kva:AU124", ""), "sssom-empty-slot", "subject_id"),
        (ROW.replace("kva:AU124", "AU124"), "sssom-not-a-curie", "subject_id"),
        (ROW.replace("kva:AU124", "kva:"), "sssom-not-a-curie", "subject_id"),
        (ROW.replace("kva:AU124", "kva:AU 124"), "sssom-not-a-curie", "subject_id"),
        (ROW.replace("kva:AU124", "https://example.org/AU124"), "sssom-not-a-curie", "subject_id"),
        (ROW.replace("0.9", "1.9"), "sssom-not-a-number", "confidence"),
        (ROW.replace("0.9", "hög"), "sssom-not-a-number", "confidence"),
        (ROW.replace("0.9", "nan"), "sssom-not-a-number", "confidence"),
        (ROW.replace("0.9", "٠.٩"), "sssom-not-a-number", "confidence"),
        (ROW.replace("\n", "\tfler\n"), "too-many-fields", None),
        (ROW.replace("Samma", "Sam\0ma"), "nul-byte", None),
        (ROW.replace("Samma", "Sam\udcffma"), "sssom-undecodable", None),
        (ROW.replace("Samma sak", '"öppen'), "unclosed-quote", None),
    ],
)
def test_a_refused_row_is_located(make, row, rule, field):
    text = "#license: MIT\n" + HEADER + ROW + row + ROW
    reading = sssom.read(make(text))
    assert (reading.rows, len(reading.mapping_set.mappings), len(reading.places)) == (3, 2, 2)
    (finding,) = reading.refused
    assert finding in reading.findings and finding.severity == "error"
    assert (finding.rule, finding.location.line, finding.location.field) == (rule, 4, field)
    assert "<" not in finding.message("sv")


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (ROW.replace("skos:exactMatch", "skos:nearMatch"), ["sssom-no-such-relation"]),
        (ROW.replace("0.9", "0,9"), ["sssom-decimal-comma"]),
        (ROW.replace("\t0.9\tSamma sak", ""), ["sssom-short-row"]),
        (ROW.replace("\n", "\t\t\n"), []),
        (ROW.replace("Samma sak", 'den "samma" saken'), ["sssom-stray-quote"]),
        (ROW.replace("Samma sak", '"samma" sak'), ["sssom-stray-quote"]),
        ("\n" + ROW, ["sssom-blank-line"]),
        ("  \t \n" + ROW, ["sssom-blank-line"]),
        (ROW.replace("\n", "\r\n"), []),
    ],
)
def test_what_is_let_through_and_said(make, row, rules):
    reading = sssom.read(make(HEADER + ROW + row + ROW))
    assert ([each.rule for each in reading.findings], len(reading.mapping_set.mappings)) == (rules, 3)
    assert not reading.refused


def test_a_row_without_what_it_needs_has_one_finding_for_each(make):
    reading = sssom.read(make(HEADER + "kva:AU124\tUpprättande\n" + ROW))
    assert [finding.location.field for finding in reading.findings[1:]] == [
        "predicate_id", "mapping_justification", "object_id",
    ]  # fmt: skip
    assert len(reading.refused) == 1 and reading.rows == 2


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "is empty"),
        ("#license: MIT\n" + HEADER.replace("predicate_id\t", ""), 2, "predicate_id"),
        ("#title: @a\n" + HEADER, 1, "not valid YAML"),
        ("#license: MIT\n#title: a: b\n" + HEADER, 2, "not valid YAML"),
        ("#a: \x01\n" + HEADER, 1, "not valid YAML"),
        ("#a: \udcff\n" + HEADER, 1, "not UTF-8"),
        ("#a: 1\n#a: 2\n" + HEADER, 2, "the key a stands twice"),
        ("#a: " + "[" * 99 + "]" * 99 + "\n" + HEADER, 1, "nested too deeply"),
        ("#- a\n" + HEADER, 1, "not a YAML mapping"),
        ('"' + HEADER + ROW, 1, "header row"),
        (HEADER.replace("comment", "confidence") + ROW, 1, "confidence stands twice"),
    ],
)
def test_what_is_no_mapping_set(make, text, line, said):
    path = make(text)
    with pytest.raises(FormatError) as error:
        sssom.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert said in str(error.value)
    assert error.value.finding.location.line == line and "<" not in error.value.finding.message("sv")


@pytest.mark.parametrize(
    ("line", "rule", "field"),
    [
        ("curie_map: [a]", "sssom-no-mapping", "curie_map"),
        ("curie_map: {x: 1}", "sssom-prefix-expansion", "curie_map.x"),
        ("mapping_date: 2026-02-30", "sssom-not-a-date", "mapping_date"),
        ("mapping_set_confidence: 2", "sssom-not-a-number", "mapping_set_confidence"),
        ("creator_id: {a: b}", "sssom-composite-value", "creator_id"),
        ("creator_id: [{a: b}]", "sssom-composite-value", "creator_id"),
        ("comment: [a, b]", "sssom-composite-value", "comment"),
    ],
)
def test_what_is_wrong_in_the_metadata(make, line, rule, field):
    reading = sssom.read(make(f"#license: MIT\n#{line}\n" + HEADER + ROW))
    (finding,) = reading.findings
    assert (finding.rule, finding.location.line, finding.location.field) == (rule, 2, field)
    assert len(reading.mapping_set.mappings) == 1 and "<" not in finding.message("sv")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        sssom.read(tmp_path / "absent.sssom.tsv")
    with pytest.raises(FormatError, match="this is a folder"):
        sssom.read(tmp_path)


def test_a_long_comment_and_lines_inside_quotes(make):
    long = ROW.replace("Samma sak", "x" * 200_000)
    quoted = ROW.replace("Samma sak", '"två\nrader"')
    mapping_set, (finding,), *_ = sssom.read(make(HEADER + long + quoted + ROW.replace("kva:", "")))
    assert len(mapping_set.mappings[0].comment) == 200_000
    assert mapping_set.mappings[1].comment == "två\nrader"
    assert finding.location.line == 5


def test_a_quote_that_closes_where_it_was_not_meant_to(make):
    opened = ROW.replace("Samma sak", '"öppen')
    reading = sssom.read(make(HEADER + opened + ROW + ROW + opened + ROW))
    assert [(f.rule, f.location.line) for f in reading.refused] == [("unclosed-quote", 2), ("unclosed-quote", 5)]
    assert len(reading.mapping_set.mappings) == 3, "the rows after it are not drawn in"


def test_many_quotes_that_never_close_are_not_slow(make):
    opened = ROW.replace("Samma sak", '"öppen ""')
    reading = sssom.read(make(HEADER + opened * 5_000))
    assert len(reading.refused) == reading.rows == 5_000


def test_commas_old_line_ends_and_names_of_columns(make):
    text = HEADER.replace("\t", ",") + ROW.replace("\t", ",")
    reading = sssom.read(make(text))
    assert ([f.rule for f in reading.findings], reading.rows) == (["sssom-comma-separated"], 1)
    reading = sssom.read(make((HEADER + ROW + ROW).replace("\n", "\r")))
    assert (reading.findings, reading.rows) == ([], 2)
    reading = sssom.read(
        make("Subject ID\tpredicate-id \tOBJECT_ID\tmapping_justification\t\nkva:1\tx:y\tksi:1\ta:b\tc\n")
    )
    assert [f.rule for f in reading.findings] == ["sssom-nameless-column"] and reading.rows == 1


def test_a_prefix_of_a_known_system(make):
    icd = KnownSystem(id="icd-10-se", title="ICD", url="http://hl7.org/fhir/sid/icd-10-se")
    text = "#curie_map:\n#  ICD: http://hl7.org/fhir/sid/icd-10-se#\n" + HEADER + ROW.replace("kva:AU124", "ICD:F32")
    path = make(text)
    mapping_set = sssom.read(path, [icd]).mapping_set
    assert str(mapping_set.mappings[0].subject) == "icd-10-se#F32"
    assert mapping_set.subject_source == "icd-10-se"
    sssom.write(mapping_set, path, [icd])
    written = path.read_text()
    assert "\nICD:F32\t" in written and "#  ICD: http://hl7.org/fhir/sid/icd-10-se#\n" in written
    again = sssom.read(path, [icd]).mapping_set
    assert again.mappings == mapping_set.mappings and again.subject_source == "icd-10-se"


def test_metadata_alone(tmp_path):
    path = tmp_path / "a.sssom.yml"
    path.write_text("mapping_set_title: T\nsubject_type: owl class\n", encoding="utf-8")
    reading = sssom.read(path)
    assert (reading.mapping_set.title, reading.rows) == ("T", 0)
    assert reading.mapping_set.extra == {"sssom": {"subject_type": "owl class"}}
