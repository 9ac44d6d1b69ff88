"""The entry to all formats: which format a file is, reading and writing it, and what is none."""

import json
from pathlib import Path

import pytest
from mapping_making import OBJECT, OMOP, SUBJECT, file, lost, of, pair, plain

from termbank.errors import FormatError, WriteError
from termbank.formats import mapping_files
from termbank.formats.mappings.relationship_table import RelationshipTable
from termbank.model import Coding
from termbank.model.mapping import LITERAL

SCT = Coding(system="http://snomed.info/sct", code="32398004")
ICD = Coding(system="http://hl7.org/fhir/sid/icd-10", code="J40")
REFSET = "der2_iisssccRefset_ExtendedMapSnapshot_INT_20260101.txt"

SETS = {
    "plans.sssom.tsv": ("sssom", of(pair())), "plans.sssom.json": ("sssom", of(pair())),
    "plans.tsv": ("sssom", of(pair())),
    "plans.fhir.json": ("fhir", of(pair(), url="http://x.se/m")), "plans.xml": ("fhir", of(pair(), url="http://x.se/m")),
    "plans.jskos.json": ("jskos", of(pair())), "plans.ndjson": ("jskos", of(pair())),
    "plans.usagi.csv": ("usagi", of(pair(object=OMOP))), "plans.csv": ("table", of(pair())),
    "plans.xlsx": ("table", of(pair())), REFSET: ("rf2", of(pair(SCT, ICD))),
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_each_format_by_its_name_and_by_its_content(tmp_path: Path, name: str):
    form, given = SETS[name]
    mapping_files.write(given, tmp_path / name)
    assert mapping_files.format_of(tmp_path / name) == form
    found = mapping_files.read(tmp_path / name)
    assert len(found.mapping_set.mappings) == len(found.places) == found.rows == 1
    assert found.mapping_set.mappings[0].object.code == given.mappings[0].object.code
    plainer = {".json": "a.json", ".txt": "a.txt", ".tsv": "a.txt", ".csv": "a.csv"}.get((tmp_path / name).suffix)
    if plainer:
        (tmp_path / name).rename(tmp_path / plainer)
        assert mapping_files.format_of(tmp_path / plainer) == form
        again = mapping_files.read(tmp_path / plainer).mapping_set
        assert plain(again.mappings[0]) == plain(found.mapping_set.mappings[0])


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", "{}"), ("a.json", "[1]"), ("a.txt", "prosa utan tabell\n"), ("a.csv", "\n"), ("a.csv", "a\0b;c"),
     ("a.docx", "x"), ("a.json", '{"mappings": [{"a": 1}]}')],
)  # fmt: skip
def test_what_is_none_of_them_is_told(tmp_path: Path, name: str, text: str):
    with pytest.raises(FormatError) as error:
        mapping_files.read(file(tmp_path, text, name))
    assert error.value.finding.rule == "mapping-unknown-format"


def test_errors_say_what_is_wrong(tmp_path: Path):
    with pytest.raises(FormatError) as error:
        mapping_files.read(file(tmp_path, "{\n,", "a.json"))
    assert error.value.finding.rule == "mapping-not-json" and error.value.finding.location.line == 2
    with pytest.raises(FormatError, match="no such file"):
        mapping_files.read(tmp_path / "b.txt")
    with pytest.raises(WriteError, match="does not say the format"):
        mapping_files.write(of(pair()), tmp_path / "a.json")
    none = file(tmp_path, json.dumps({"resourceType": "ValueSet", "url": "http://x.se/v"}), "c.json")
    with pytest.raises(FormatError) as error:
        mapping_files.read(none)
    assert error.value.finding.rule == "mapping-not-one-set"
    wrong = file(tmp_path, json.dumps({"resourceType": "ConceptMap", "url": "u", "group": [{"element": 1}]}), "c.json")
    with pytest.raises(FormatError) as error:
        mapping_files.read(wrong)
    assert error.value.finding.rule == "fhir-resource-refused"


def test_the_table_of_relationships_holds_for_fhir_too(tmp_path: Path):
    table = RelationshipTable(
        reads={("fhir-r5", "related-to"): "skos:closeMatch"}, writes={("fhir-r5", "skos:closeMatch"): "equivalent"}
    )
    given = of(pair(predicate="skos:relatedMatch"), url="http://x.se/m")
    mapping_files.write(given, tmp_path / "a.fhir.json")
    found = mapping_files.read(tmp_path / "a.fhir.json", relationships=table).mapping_set.mappings[0]
    assert found.predicate == "skos:closeMatch" and found.relationship == "related-to"
    mapping_files.write(of(pair(predicate="skos:closeMatch"), url="u"), tmp_path / "b.fhir.json", relationships=table)
    assert '"equivalent"' in (tmp_path / "b.fhir.json").read_text()


def test_losses_are_findings(tmp_path: Path):
    report = mapping_files.write(of(pair(), title="T"), tmp_path / "plans.csv")
    (finding,) = mapping_files.loss_findings(report, tmp_path / "plans.csv")
    assert (
        finding.message("en") == "MappingSet.title has no place in the format and was not written: 1 (for example T)."
    )


def test_options_reach_the_readers(tmp_path: Path):
    path = file(tmp_path, "a;b\n1;2\n", "x.csv")
    found = mapping_files.read(path, source="s", target="t", columns={"source_code": "b", "target_code": "a"})
    assert str(found.mapping_set.mappings[0].subject) == "s#2"
    assert mapping_files.read(path, "table", source="s", target="t").rows == 1


FEATURES = {
    "any system, version": pair(SUBJECT.with_(version="2026"), OBJECT.with_(version="1")),
    "titles": pair(SCT.with_(display="Bronkit"), OMOP.with_(display="Bronchitis")),
    "a text without a code": pair(Coding(system=LITERAL, code="upprätta SIP"), OMOP),
    "any predicate": pair(SCT, OMOP, predicate="x:own"),
    "*does not* correspond": pair(SCT, OMOP, negated=True, predicate="skos:relatedMatch"),
    "no counterpart": pair(SCT, object=None, predicate="sssom:NoTermFound"),
    "confidence": pair(SCT, OMOP, confidence=0.5),
    "justification": pair(SCT, OMOP, justification="semapv:LexicalMatching"),
    "tool": pair(SCT, OMOP, tool="termbank"),
    "comment": pair(SCT, OMOP, comment="so"),
}
COLUMNS = ["plans.sssom.tsv", "plans.fhir.json", "plans.jskos.json", "plans.usagi.csv", REFSET, "plans.csv"]


@pytest.mark.parametrize("feature", FEATURES)
def test_the_page_of_formats_says_what_is_lost(tmp_path: Path, feature: str):
    page = Path(__file__).parents[3] / "docs" / "mappings" / "formats.md"
    line = next(line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {feature} |"))
    for name, cell in zip(COLUMNS, line.split("|")[2:], strict=False):
        one = FEATURES[feature]
        if name == REFSET and one.object is not None and one.object.system == "omop":
            one = one.model_copy(update={"object": ICD.with_(display=one.object.display)})
        report = mapping_files.write(of(one, object_source=ICD.system), tmp_path / name)
        others = {"Mapping.justification"} - {f"Mapping.{feature}"}
        others |= {"Mapping.predicate"} if one.object is None else set()  # SSSOM says it by the object alone
        found = {field for field in lost(report) - others if not field.startswith("MappingSet")}
        if cell.strip() in ("yes", "no", "not written"):
            assert bool(found) == (cell.strip() != "yes"), (name, found)


@pytest.mark.parametrize("name", ["plans.csv", "plans.xlsx", "plans.jskos.json", "plans.ndjson"])
def test_the_shipped_sets_come_back(tmp_path: Path, name: str):
    paths = sorted((Path(__file__).parents[3] / "mappings").glob("*.sssom.tsv"))
    assert len(paths) > 5
    for path in paths:
        given = mapping_files.read(path).mapping_set
        report = mapping_files.write(given, tmp_path / name)
        again = mapping_files.read(tmp_path / name)
        assert not lost(report) & {"mappings", "Mapping.comment", "Mapping.confidence", "Mapping.date"}
        assert again.rows == len(given.mappings) and not again.refused
        pairs = [[(each.subject, each.object) for each in one.mappings] for one in (given, again.mapping_set)]
        assert pairs[0] == pairs[1]
