"""Writing: what is lost is told, what was changed is what is written, JSON with its places."""

import json

import pytest
from sssom_making import block, body, canonical, file, findings, kept, rules, table

from termbank.errors import FormatError, WriteError
from termbank.formats import sssom
from termbank.formats.fhir import concept_map_writing
from termbank.model import Coding, Condition, KnownSystem, Mapping, MappingSet

SIP = Mapping(
    subject=Coding(system="kva", code="AU124"),
    object=Coding(system="ksi", code="XAH.20.75"),
    predicate="skos:exactMatch",
)


def test_what_sssom_cannot_hold_is_counted(tmp_path):
    condition = Condition(attribute="ålder", value="< 18")
    held = {"group": 1, "priority": 2, "rule": "R", "stated": "related-to"}
    mapping_set = MappingSet(
        id="m",
        unmapped="none",
        status="draft",
        source_scope="urn:x",
        extra={"publisher": "P", "sssom": {"kommentar": {"a": 1}}},
        mappings=(
            SIP.with_(conditions=(condition,), products=(condition,), **held),
            SIP.with_(object=None, predicate="sssom:NoTermFound", extra={"code": "x"}),
            SIP.with_(subject=Coding(system="kva", code="AU 124")),
            SIP.with_(stated="equivalent", confidence=0.12345),
        ),
    )
    losses = {loss.field: loss.count for loss in sssom.write(mapping_set, tmp_path / "m.sssom.tsv").losses}
    assert losses == {
        "MappingSet.extra.publisher": 1, "MappingSet.source_scope": 1, "MappingSet.unmapped": 1, "MappingSet.status": 1,
        "Mapping.conditions": 1, "Mapping.group": 1, "Mapping.priority": 1, "Mapping.rule": 1, "Mapping.stated": 1,
        "Mapping.products": 1, "Mapping.extra.code": 1, "Mapping.predicate": 1, "mappings": 1,
        "MappingSet.extra.sssom.kommentar": 1, "confidence, beyond three decimals": 1,
    }  # fmt: skip
    rows = body((tmp_path / "m.sssom.tsv").read_text())
    assert [row["predicate_id"] for row in rows] == ["skos:exactMatch", "skos:exactMatch", "skos:mappingRelation"]


def test_systems_without_prefix(tmp_path):
    kva = KnownSystem(id="kva", title="KVÅ", url="https://example.org/kva")
    codes = [Coding(system=system, code="1") for system in ("ksi", "http://snomed.info/sct", "http://a/", "1.2.752.1")]
    mapping_set = MappingSet(id="m", mappings=tuple(SIP.with_(object=code) for code in codes))
    path = tmp_path / "m.sssom.tsv"
    assert not sssom.write(mapping_set, path, [kva])
    assert path.read_text().startswith(
        "#curie_map:\n#  cs1: http://snomed.info/sct#\n#  id1: urn:termbank:system:1.2.752.1#\n"
        "#  ksi: urn:termbank:system:ksi#\n#  kva: https://example.org/kva#\n#  ns1: http://a/\n"
    )
    assert {each.object for each in sssom.read(path, [kva]).mapping_set.mappings} == set(codes)
    assert [finding for finding in sssom.Audit(path) if finding.severity == "error"] == []


def test_what_someone_changed_is_written(tmp_path):
    row = {"author_id": "a:x", "author_label": "Anna|Bo", "similarity_score": "0.5", "confidence": "0.5"}
    mapping_set = sssom.read(file(tmp_path, block() + table(row))).mapping_set
    (mapping,) = mapping_set.mappings
    assert mapping.author == "Anna, Bo" and kept(mapping)["author_label"] == ["Anna", "Bo"]
    changed = mapping_set.with_(mappings=(mapping.with_(author="Cia", confidence=0.9),))
    (written,) = body(canonical(changed, tmp_path))
    assert (written["author_label"], written["confidence"], written["similarity_score"]) == ("Cia", "0.9", "0.5")
    assert "author_id" not in written, "whose it was is not said of another"


def test_fhir_has_no_slots_of_sssom(tmp_path):
    text = block("other: x") + table({"similarity_score": "0.5"}, {"object_id": "sssom:NoTermFound", "other": "y"})
    resource, losses = concept_map_writing.write(sssom.read(file(tmp_path, text)).mapping_set, "5.0.0")
    assert "sssom" not in json.dumps(resource)
    assert {"MappingSet.extra.sssom", "Mapping.extra.sssom"} <= {loss.field for loss in losses.losses}


def test_a_target_that_cannot_be(tmp_path):
    with pytest.raises(WriteError, match="does not exist"):
        sssom.write(MappingSet(id="m", mappings=(SIP,)), tmp_path / "finns" / "inte.tsv")
    half = MappingSet(id="m", title="\ud800", mappings=(SIP,))
    with pytest.raises(FormatError, match="half a character"):
        sssom.write(half, tmp_path / "m.json")
    assert not (tmp_path / "m.json").exists()


def test_a_cell_like_a_formula_stays_exact(tmp_path):
    mapping_set = MappingSet(id="m", mappings=(SIP.with_(comment="=1+1"),))
    assert body(canonical(mapping_set, tmp_path))[0]["comment"] == "=1+1"


# -- JSON

SET = {
    "curie_map": {"a": "https://a/", "b": "https://b/"},
    "mapping_set_id": "https://example.org/set",
    "license": "https://example.org/licence",
}
PAIR = {
    "subject_id": "a:1",
    "predicate_id": "http://www.w3.org/2004/02/skos/core#exactMatch",
    "object_id": "https://b/1",
    "mapping_justification": "semapv:MappingReview",
}


def as_json(folder, *rows, **said):
    return file(folder, json.dumps({**SET, **said, "mappings": rows}, indent=1), "m.sssom.json")


def test_values_have_places(tmp_path):
    path = as_json(tmp_path, PAIR, PAIR | {"confidence": 2}, PAIR | {"comment": ["x"]}, "x", other={"a": 1})
    found = [(f.rule, f.location.line, f.location.field, f.location.pointer) for f in findings(path)]
    assert found == [
        ("sssom-composite-value", 8, "other", "/other"),
        ("sssom-not-a-number", 18, "confidence", "/mappings/1/confidence"),
        ("sssom-composite-value", 25, "comment", "/mappings/2/comment"),
        ("sssom-composite-value", 34, None, "/mappings/3"),
    ]
    assert [each.rule for each in sssom.read(path).refused] == ["sssom-not-a-number"] + ["sssom-composite-value"] * 2


def test_iris_and_curies(tmp_path):
    (mapping,) = sssom.read(as_json(tmp_path, PAIR | {"author_id": ["https://orcid.org/1"]})).mapping_set.mappings
    assert (mapping.predicate, str(mapping.object), mapping.author) == ("skos:exactMatch", "b#1", "https://orcid.org/1")


@pytest.mark.parametrize("ending", ["tsv", "json"])
def test_what_is_kept_stays_where_prefixes_are_made(tmp_path, ending):
    row = PAIR | {"subject_id": "https://c/1", "author_id": ["a:x", "a:y"], "author_label": ["X"]}
    mapping_set = sssom.read(as_json(tmp_path, row)).mapping_set
    assert str(mapping_set.mappings[0].subject) == "https://c/#1"
    sssom.write(mapping_set, tmp_path / f"n.{ending}")
    again = sssom.read(tmp_path / f"n.{ending}").mapping_set
    assert again.mappings == mapping_set.mappings and kept(again.mappings[0])["author_id"] == ["a:x", "a:y"]


def test_a_context_for_prefixes(tmp_path):
    said = {key: value for key, value in SET.items() if key != "curie_map"}
    context = {"a": "https://a/", "b": {"@id": "https://b/"}, "mappings": {"@id": "sssom:mappings"}}
    path = file(tmp_path, json.dumps({**said, "@context": context, "mappings": [PAIR]}), "m.json")
    assert rules(path) == [] and str(sssom.read(path).mapping_set.mappings[0].subject) == "a#1"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "not valid JSON"),
        ("[]", 1, "not valid JSON"),
        ('{"a": 1,\n}', 2, "not valid JSON"),
        ('{"mappings": [\n{"a": 1}\n{"b": 1}]}', 3, "not valid JSON"),
        ('{"mappings": [{"a": 1, "a": 2}]}', 1, "the key a stands twice"),
        ('{"a": 1, "a": 2}', 1, "the key a stands twice"),
        ('{"mappings": [{"confidence": NaN}]}', 1, "NaN is no number"),
        ('{\n"mappings": {}}', 2, "no list"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", 1, "nested too deeply"),
        ('{"mappings": [{"a:b": 1}]} x', 1, "not valid JSON"),
        ('{"mappings": [],\n"x": "å\udcff"}', 1, "not UTF-8"),
    ],
)
def test_what_is_no_json(tmp_path, text, line, said):
    path = file(tmp_path, text, "m.json")
    with pytest.raises(FormatError, match=said) as error:
        sssom.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")


def test_halves_of_characters(tmp_path):
    (finding,) = sssom.read(as_json(tmp_path, PAIR | {"comment": "\ud800"}, PAIR)).refused
    assert finding.rule == "sssom-undecodable"
    with pytest.raises(FormatError, match="half a character"):
        sssom.read(as_json(tmp_path, PAIR, comment="\udfff"))


def test_rows_without_what_they_need(tmp_path):
    path = as_json(tmp_path, {"subject_id": "a:1"}, {}, PAIR)
    reading = sssom.read(path)
    assert (reading.rows, len(reading.refused)) == (3, 2)
    assert reading.refused[0].location.pointer == "/mappings/0/predicate_id"
    reading = sssom.read(as_json(tmp_path))
    assert (reading.rows, reading.findings) == (0, [])
    only_empty = sssom.read(as_json(tmp_path, {}, {}))
    assert (only_empty.rows, len(only_empty.refused)) == (2, 2)
