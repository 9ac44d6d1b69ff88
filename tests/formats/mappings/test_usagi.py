"""Usagi's CSV: what it saves is read, and what we write it can open."""

import csv
import datetime
from pathlib import Path

import pytest
from mapping_making import OBJECT, OMOP, SUBJECT, file, lost, of, pair, plain, rules

from termbank.errors import FormatError
from termbank.formats.mappings import usagi
from termbank.formats.mappings.relationship_table import RelationshipTable
from termbank.model import Coding

HEADER = ("sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,ADD_INFO:unit,matchScore,mappingStatus,"
          "equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,mappingType,comment,createdBy,createdOn,"
          "assignedReviewer")  # fmt: skip
APPROVED = ('A1,"Plan, ny",12,7;8,mg,0.85,APPROVED,EQUIVALENT,Bo,1772323200000,4144684,Care plan,Procedure,MAPS_TO,ok,'
            "Anna,1772236800123,Cecilia")  # fmt: skip
WAITING = "A2,Besök,1,,,0.61,UNCHECKED,UNREVIEWED,,0,9202,Visit,Visit,MAPS_TO,,<auto>,0,"


def read(folder: Path, *lines: str, header: str = HEADER, **options):
    return usagi.read(file(folder, "\n".join([header, *lines]) + "\n", "kva.usagi.csv"), **options)


def test_review_is_kept(tmp_path: Path):
    found = read(tmp_path, APPROVED, WAITING)
    first, second = found.mapping_set.mappings
    assert first.subject == Coding(system="kva", code="A1", display="Plan, ny")
    assert first.object == Coding(system="omop", code="4144684", display="Care plan")
    assert (first.predicate, first.justification) == ("skos:closeMatch", "semapv:ManualMappingCuration")
    assert (first.author, first.reviewer, first.date, first.comment) == ("Anna", "Bo", datetime.date(2026, 2, 28), "ok")
    assert first.confidence is None and first.extra["usagi"]["statusSetOn"] == "1772323200000"
    assert first.extra["usagi"]["assignedReviewer"] == "Cecilia" and first.extra["usagi"]["ADD_INFO:unit"] == "mg"
    assert (second.confidence, second.justification) == (0.61, "semapv:LexicalSimilarityThresholdMatching")
    assert rules(found) == ["mapping-not-approved"] and found.rows == 2
    assert [place.line for place in found.places] == [2, 3]


def test_what_was_read_is_written_again(tmp_path: Path):
    found = read(tmp_path, APPROVED, WAITING, "A3,Annat,0,,,0.0,UNCHECKED,UNREVIEWED,,0,0,,,MAPS_TO,,,0,")
    report = usagi.write(found.mapping_set, tmp_path / "kva.usagi.csv")
    assert not report
    with (tmp_path / "kva.usagi.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    expected = list(
        csv.DictReader([HEADER, APPROVED, WAITING, "A3,Annat,0,,,0.0,UNCHECKED,UNREVIEWED,,0,0,,,MAPS_TO,,,0,"])
    )
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected
    assert usagi.read(tmp_path / "kva.usagi.csv").mapping_set == found.mapping_set


def test_concepts_of_one_code_hold_together(tmp_path: Path):
    value = WAITING.replace("MAPS_TO,", "MAPS_TO_VALUE,").replace("9202", "9203")
    found = read(tmp_path, WAITING, APPROVED, value)
    assert [(each.subject.code, each.group) for each in found.mapping_set.mappings] == [
        ("A2", 1),
        ("A1", None),
        ("A2", 2),
    ]
    assert found.mapping_set.mappings[2].extra["usagi"]["mappingType"] == "MAPS_TO_VALUE"
    usagi.write(found.mapping_set, tmp_path / "b.usagi.csv")
    with (tmp_path / "b.usagi.csv").open(newline="") as lines:
        assert [row["conceptId"] for row in csv.DictReader(lines)] == ["9202", "9203", "4144684"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (WAITING.replace("9202", "0"), "mapping-no-target"), (WAITING.replace(",9202", ","), "mapping-no-target"),
        (WAITING.replace("UNREVIEWED", "UNMATCHED").replace("9202", "0"), "mapping-no-target"),
        (WAITING.replace("9202", "x"), "mapping-not-a-number"), (WAITING[2:], "mapping-missing-code"),
        (WAITING.replace("UNREVIEWED", "SAME"), "mapping-unknown-relationship"),
        (WAITING.replace("UNREVIEWED", "UNMATCHED"), "mapping-unknown-relationship"),
        (WAITING + ",x", "too-many-fields"), ("A2,Besök", "too-few-fields"),
    ],
)  # fmt: skip
def test_each_row_is_accepted_or_refused(tmp_path: Path, line: str, rule: str):
    found = read(tmp_path, APPROVED, line)
    assert [each.rule for each in found.refused] == [rule] and found.refused[0].location.line == 3
    assert found.rows == 2 and found.refused[0] in found.findings


def test_approved_as_unmatched_says_that_there_is_none(tmp_path: Path):
    found = read(tmp_path, "A4,X,1,,,0.0,APPROVED,UNMATCHED,Bo,0,0,,,MAPS_TO,,,0,")
    assert found.mapping_set.mappings[0].object is None
    usagi.write(of(pair(object=None, predicate="sssom:NoTermFound")), tmp_path / "a.csv")
    assert usagi.read(tmp_path / "a.csv").mapping_set.mappings[0].predicate == "sssom:NoTermFound"


def test_an_old_file_lacks_columns(tmp_path: Path):
    found = read(
        tmp_path,
        "A,Plan,1,0.5,APPROVED,44",
        header="sourceCode,sourceName,sourceFrequency,matchScore,mappingStatus,conceptId",
    )
    assert found.mapping_set.mappings[0].predicate == "skos:mappingRelation" and not found.refused
    with pytest.raises(FormatError, match="columns"):
        read(tmp_path, "A,1", header="sourceCode,conceptId")


def test_numbers_that_are_none_are_kept(tmp_path: Path):
    found = read(tmp_path, WAITING.replace("0.61", "NaN").replace("<auto>,0", "<auto>,later"))
    only = found.mapping_set.mappings[0]
    assert only.confidence is None and only.date is None
    assert only.extra["usagi"]["matchScore"] == "NaN" and only.extra["usagi"]["createdOn"] == "later"


def test_what_usagi_cannot_say_is_declared(tmp_path: Path):
    proposal = pair(object=OMOP, predicate="skos:broadMatch", confidence=0.7, justification="semapv:LexicalMatching")
    report = usagi.write(of(proposal, pair(), pair(object=OMOP, negated=True), title="T"), tmp_path / "plans.usagi.csv")
    assert lost(report) == {"mappings", "Mapping.justification", "MappingSet.title"}
    assert next(loss for loss in report.losses if loss.field == "mappings").count == 2
    found = usagi.read(tmp_path / "plans.usagi.csv").mapping_set.mappings[0]
    assert found.subject == SUBJECT and found.predicate == "skos:broadMatch" and found.confidence == 0.7


def test_a_change_after_reading_is_what_is_written(tmp_path: Path):
    only = read(tmp_path, APPROVED).mapping_set.mappings[0]
    changed = only.with_(predicate="skos:exactMatch", date=datetime.date(2026, 5, 1))
    usagi.write(of(changed, id="kva"), tmp_path / "kva.usagi.csv")
    again = usagi.read(tmp_path / "kva.usagi.csv").mapping_set.mappings[0]
    assert plain(again) == plain(changed) and again.extra["usagi"]["assignedReviewer"] == "Cecilia"


def test_the_table_can_be_overridden(tmp_path: Path):
    table = RelationshipTable(
        reads={("usagi", "EQUIVALENT"): "skos:exactMatch"}, writes={("usagi", "skos:exactMatch"): "EQUIVALENT"}
    )
    found = read(tmp_path, APPROVED, table=table)
    assert found.mapping_set.mappings[0].predicate == "skos:exactMatch"
    report = usagi.write(found.mapping_set, tmp_path / "kva.usagi.csv", table=table)
    assert "EQUIVALENT" in (tmp_path / "kva.usagi.csv").read_text() and not report


def test_targets_of_another_system_are_no_concept_ids(tmp_path: Path):
    report = usagi.write(of(pair(object=OBJECT)), tmp_path / "plans.usagi.csv")
    assert lost(report) == {"mappings"}
    assert usagi.read(tmp_path / "plans.usagi.csv").rows == 0
