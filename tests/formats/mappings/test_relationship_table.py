"""The table of relationships: it agrees with itself, with the model and with FHIR, and can be overridden."""

from pathlib import Path
from typing import get_args

import pytest
from mapping_making import file, pair

from termbank.errors import FormatError
from termbank.formats.fhir import concept_map_versions, concept_maps
from termbank.formats.mappings import relationship_table
from termbank.formats.mappings.relationship_table import NO_TERM, ROWS, WORDS, Format, RelationshipTable, values, word
from termbank.model import MappingSet
from termbank.model.mapping import RELATIONSHIPS, Relationship

TABLE = RelationshipTable()


def test_each_value_is_read_and_each_predicate_stands_once():
    assert len({row.predicate for row in ROWS}) == len(ROWS)
    for row in ROWS:
        for form, value in values(row).items():
            assert not value or TABLE.read(form, value) in {each.predicate for each in ROWS}


def test_it_agrees_with_the_model():
    rows = {row.predicate: row for row in ROWS}
    for predicate, relationship in RELATIONSHIPS.items():
        assert rows[predicate].fhir_r5 == relationship
    assert {row.fhir_r5 for row in ROWS} == {*get_args(Relationship), "noMap"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.predicate)
@pytest.mark.parametrize("version", ["5.0.0", "4.0.1"])
def test_it_says_what_fhir_is_written_with(row: relationship_table.Row, version: str):
    said = row.predicate.removeprefix("not ")
    none = said == NO_TERM
    one = pair(object=None, predicate=said) if none else pair(predicate=said, negated=said != row.predicate)
    element = concept_maps.write(MappingSet(id="m", mappings=(one,)), version)[0]["group"][0]["element"][0]
    if none:
        assert element.get("noMap") or element["target"] == [{"equivalence": "unmatched"}]
    elif version == "5.0.0":
        assert element["target"][0]["relationship"] == row.fhir_r5
    else:
        assert element["target"][0]["equivalence"] == row.fhir_r4


def test_it_reads_what_fhir_reads():
    for relationship, predicate in concept_maps._PREDICATES.items():
        negated = "not " if relationship == "not-related-to" else ""
        assert TABLE.read("fhir-r5", relationship) == f"{negated}{predicate}"
    for equivalence, relationship in concept_map_versions._RELATIONSHIPS.items():
        if equivalence != "unmatched":
            assert TABLE.read("fhir-r4", equivalence) == TABLE.read("fhir-r5", relationship)


def test_what_cannot_be_said_is_known():
    assert TABLE.loses("jskos", "owl:sameAs") == "skos:exactMatch"
    assert TABLE.loses("usagi", "not skos:relatedMatch") == ""
    assert TABLE.loses("usagi", "skos:closeMatch") is None
    assert TABLE.loses("rf2", "skos:closeMatch") == "skos:relatedMatch"


def test_a_predicate_that_it_lacks_goes_by_its_relationship():
    assert TABLE.write_mapping("usagi", pair(predicate="x:own")) == "INEXACT"
    assert TABLE.write_mapping("usagi", pair(predicate="x:own", stated="equivalent")) == "EQUAL"
    assert TABLE.write_mapping("usagi", pair(negated=True)) is None


def test_words_that_people_write():
    texts = ("exactMatch", "Vidare", "wider", "EQUIVALENT", "not exactMatch", "x:own")
    assert {text: word(text) for text in texts} == {
        "exactMatch": "skos:exactMatch", "Vidare": "skos:broadMatch", "wider": "skos:broadMatch",
        "EQUIVALENT": "skos:exactMatch", "not exactMatch": "not skos:exactMatch", "x:own": "x:own",
    }  # fmt: skip
    for text in ("", "not", "not saknas", "not not exact", "ungefär", ":", "a b:c"):
        assert word(text) is None
    assert all(word(text) == predicate for text, predicate in WORDS.items())


def test_a_project_lays_its_own_over_it(tmp_path: Path):
    text = '[usagi.read]\nEQUIVALENT = "skos:exactMatch"\n[usagi.write]\n"skos:exactMatch" = "EQUIVALENT"\n'
    table = relationship_table.load(file(tmp_path, text, "own.toml"))
    assert table.read("usagi", "EQUIVALENT") == "skos:exactMatch" and table.read("usagi", "EQUAL") == "skos:exactMatch"
    assert (
        table.write("usagi", "skos:exactMatch") == "EQUIVALENT" and table.write("rf2", "skos:exactMatch") == "447557004"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[usage.read]\n",
        "[fhir-r4.read]\n",
        "usagi = 1\n",
        "[usagi.reads]\n",
        "[usagi]\nread = 1\n",
        "[usagi.read]\nA = 1\n",
    ],
)
def test_a_wrong_entry_is_told_with_its_line(tmp_path: Path, text: str):
    with pytest.raises(FormatError) as error:
        relationship_table.load(file(tmp_path, text, "own.toml"))
    assert error.value.finding.rule == "relationship-table-entry" and error.value.finding.location.line
    assert set(get_args(Format)) == {"fhir-r5", "fhir-r4", "jskos", "usagi", "rf2"}
