"""RF2 map refsets: members and their states, rules as conditions, what is written."""

import datetime
from pathlib import Path

import pytest
from mapping_making import lost, of, plain, rules

from termbank.errors import FormatError
from termbank.formats.mappings import rf2_maps
from termbank.formats.mappings.rf2_maps import COLUMNS
from termbank.mapping.rules import evaluate
from termbank.model import Coding, Condition, Mapping

ICD = "http://hl7.org/fhir/sid/icd-10"
ONSET = "IFA 445518008 | Age at onset of clinical finding (observable entity) |"
NAME = "der2_iisssccRefset_ExtendedMapSnapshot_INT_20260101.txt"


def member(id: str = "m1", time: str = "20260101", active: str = "1", group: str = "1", priority: str = "1",
           rule: str = "TRUE", advice: str = "ALWAYS J40", target: str = "J40", correlation: str = "447561005",
           category: str = "447637006", concept: str = "32398004", refset: str = "447562003") -> list[str]:  # fmt: skip
    return [
        id,
        time,
        active,
        "449080006",
        refset,
        concept,
        group,
        priority,
        rule,
        advice,
        target,
        correlation,
        category,
    ]


def refset(folder: Path, *members: list[str], kind: rf2_maps.Kind = "extended", name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes("".join("\t".join(row) + "\r\n" for row in (COLUMNS[kind], *members)).encode())
    return path


def test_an_extended_map_is_read_with_its_rules(tmp_path: Path):
    path = refset(
        tmp_path,
        member("m1", rule=f"{ONSET} < 15.0 years", target="J20.9", category="447639009", advice="IF ... CHOOSE J20.9"),
        member("m2", priority="2", rule="OTHERWISE TRUE"),
        member("m3", concept="1", target="", rule="TRUE", category="447638001", advice="CANNOT BE CLASSIFIED"),
    )
    found = rf2_maps.read(path)
    first, _, none = found.mapping_set.mappings
    assert first.subject == Coding(system="http://snomed.info/sct", code="32398004")
    assert first.object == Coding(system=ICD, code="J20.9") and first.predicate == "skos:mappingRelation"
    assert first.conditions == (Condition(attribute="445518008", value="< 15.0 years"),)
    assert (first.group, first.priority, first.date) == (1, 1, datetime.date(2026, 1, 1))
    assert none.object is None and none.predicate == "sssom:NoTermFound" and none.comment == "CANNOT BE CLASSIFIED"
    assert first.extra == {"rf2": {"id": "m1", "moduleId": "449080006"}}
    outcome = evaluate(found.mapping_set.mappings[:2], {"age_at_onset": 70})
    assert [target.code for target in outcome.targets] == ["J40"]
    assert found.mapping_set.url == "http://snomed.info/id/447562003" and found.rows == 3 and not found.findings


def test_what_was_read_is_written_again(tmp_path: Path):
    path = refset(tmp_path, member(time="20260101"), member("m2", refset="446608001", category="447640006", rule=""))
    before = path.read_bytes()
    report = rf2_maps.write(rf2_maps.read(path).mapping_set, path)
    assert path.read_bytes() == before and not report


def test_only_the_latest_state_counts_and_on_a_day_the_one_of_then(tmp_path: Path):
    path = refset(
        tmp_path, member(time="20240101", target="J41"), member(time="20250101", target="J40"),
        member("m2", time="20240101", target="J42"), member("m2", time="20250601", active="0", target="J42"),
    )  # fmt: skip
    found = rf2_maps.read(path)
    assert [each.object.code for each in found.mapping_set.mappings] == ["J40"] and found.rows == 1
    assert found.findings[0].rule == "map-refset-inactive" and dict(found.findings[0].arguments) == {"count": "3"}
    then = rf2_maps.read(path, on=datetime.date(2024, 12, 31))
    assert [each.object.code for each in then.mapping_set.mappings] == ["J41", "J42"]


@pytest.mark.parametrize(
    ("row", "rule", "field"),
    [
        (member(time="2026"), "map-refset-field", "effectiveTime"),
        (member(time="20261301"), "map-refset-field", "effectiveTime"),
        (member(active="yes"), "map-refset-field", "active"),
        (member(concept="A"), "map-refset-field", "referencedComponentId"),
        (member(group="x"), "map-refset-field", "mapGroup"), (member(priority="-1"), "map-refset-field", "mapPriority"),
        (member(correlation="1"), "mapping-unknown-relationship", "correlationId"),
        (member(correlation="447556008"), "mapping-unknown-relationship", "correlationId"),
        (member()[:-1], "too-few-fields", None), ([*member(), ""], "too-many-fields", None),
    ],
)  # fmt: skip
def test_a_member_that_cannot_be_right_is_refused(tmp_path: Path, row: list[str], rule: str, field: str | None):
    found = rf2_maps.read(refset(tmp_path, member("m0"), row))
    assert [each.rule for each in found.refused] == [rule] and found.rows == 2
    assert (found.refused[0].location.line, found.refused[0].location.field) == (3, field)


def test_a_rule_that_cannot_be_read_is_told_and_kept(tmp_path: Path):
    found = rf2_maps.read(refset(tmp_path, member(rule="IF PREGNANT")))
    assert rules(found) == ["map-refset-rule"] and found.mapping_set.mappings[0].rule == "IF PREGNANT"
    assert evaluate(found.mapping_set.mappings).asked[0].kind == "rule"


@pytest.mark.parametrize(
    ("correlation", "predicate"),
    [("447557004", "skos:exactMatch"), ("447558009", "skos:broadMatch"), ("447559001", "skos:narrowMatch"),
     ("447560006", "skos:relatedMatch"), ("1193548004", "skos:exactMatch"), ("1193549007", "skos:broadMatch")],
)  # fmt: skip
def test_correlations_old_and_new(tmp_path: Path, correlation: str, predicate: str):
    found = rf2_maps.read(refset(tmp_path, member(correlation=correlation)))
    assert found.mapping_set.mappings[0].predicate == predicate
    rf2_maps.write(found.mapping_set, tmp_path / NAME)
    assert correlation in (tmp_path / NAME).read_text()


def test_simple_and_complex_maps(tmp_path: Path):
    simple = refset(tmp_path, [*member()[:6], "8010/3"], kind="simple", name="der2_sRefset_SimpleMap.txt")
    found = rf2_maps.read(simple, target="icd-o")
    assert found.mapping_set.mappings[0].object == Coding(system="icd-o", code="8010/3")
    before = simple.read_bytes()
    assert not rf2_maps.write(found.mapping_set, simple) and simple.read_bytes() == before
    complex_ = refset(tmp_path, member()[:-1], kind="complex", name="der2_iissscRefset_ComplexMap.txt")
    before = complex_.read_bytes()
    found = rf2_maps.read(complex_)
    assert not rf2_maps.write(found.mapping_set, complex_) and complex_.read_bytes() == before


def test_what_is_no_refset_or_has_an_unknown_target(tmp_path: Path):
    with pytest.raises(FormatError, match="target of the refset 99"):
        rf2_maps.read(refset(tmp_path, member(refset="99")))
    assert rf2_maps.read(refset(tmp_path, member(refset="99")), target="x").rows == 1
    (tmp_path / "a.txt").write_text("id\tterm\n")
    with pytest.raises(FormatError, match="columns"):
        rf2_maps.read(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(FormatError, match="UTF-8"):
        rf2_maps.read(tmp_path / "a.txt")
    with pytest.raises(FormatError, match="no such file"):
        rf2_maps.read(tmp_path / "b.txt")


def test_a_set_of_ours_becomes_an_extended_map(tmp_path: Path):
    subject, target = Coding(system="http://snomed.info/sct", code="32398004"), Coding(system=ICD, code="J20.9")
    ruled = Mapping(
        subject=subject, object=target, predicate="skos:broadMatch", group=1, priority=1,
        conditions=(Condition(attribute="445518008", value="< 15.0 years"),),
    )  # fmt: skip
    other = ruled.with_(conditions=(), priority=2, rule="OTHERWISE TRUE", author="Anna")
    local = Mapping(subject=Coding(system="kva", code="AU124"), object=target, predicate="skos:exactMatch")
    report = rf2_maps.write(of(ruled, other, local), tmp_path / NAME)
    assert lost(report) == {"mappings", "Mapping.rule", "Mapping.author", "MappingSet.id"}
    found = rf2_maps.read(tmp_path / NAME)
    assert [plain(each).conditions for each in found.mapping_set.mappings] == [ruled.conditions, ()]
    assert found.mapping_set.mappings[0].rule == "IFA 445518008 | 445518008 | < 15.0 years"
    assert [target.code for target in evaluate(found.mapping_set.mappings, {"age_at_onset": 3}).targets] == ["J20.9"]
    ids = [row.split("\t")[0] for row in (tmp_path / NAME).read_text().splitlines()[1:]]
    rf2_maps.write(of(ruled, other), tmp_path / NAME)
    assert [row.split("\t")[0] for row in (tmp_path / NAME).read_text().splitlines()[1:]] == ids


def test_no_two_members_are_one(tmp_path: Path):
    one = rf2_maps.read(refset(tmp_path, member())).mapping_set.mappings[0]
    other = one.with_(object=Coding(system=ICD, code="J41"))
    report = rf2_maps.write(of(one, other, one), tmp_path / NAME)
    found = rf2_maps.read(tmp_path / NAME)
    assert [each.object.code for each in found.mapping_set.mappings] == ["J40", "J41"] and not found.findings
    assert [loss.count for loss in report.losses if loss.field == "mappings"] == [1]


def test_an_unknown_refset_must_be_named_to_be_written(tmp_path: Path):
    one = Mapping(
        subject=Coding(system="http://snomed.info/sct", code="1"),
        object=Coding(system="kva", code="A"),
        predicate="x:y",
    )
    assert lost(rf2_maps.write(of(one), tmp_path / "m.txt")) == {"mappings", "MappingSet.id"}
    rf2_maps.write(of(one), tmp_path / "m.txt", refset="99")
    assert rf2_maps.read(tmp_path / "m.txt", target="kva").mapping_set.mappings[0].object.code == "A"
