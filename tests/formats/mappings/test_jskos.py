"""JSKOS mappings: bundles, places, what is kept, and the labelled examples of its makers."""

import json
from pathlib import Path
from typing import Any

import pytest
from mapping_making import OBJECT, SUBJECT, file, lost, of, pair, plain, rules

from termbank.errors import FormatError
from termbank.formats.mappings import jskos
from termbank.formats.mappings.jskos_objects import SKOS, TOGETHER
from termbank.model import Coding, Condition, KnownSystem, Mapping

A, B, C = ({"uri": f"http://x.se/{name}", "notation": [name]} for name in "abc")
KNOWN = [
    KnownSystem(id="kva", title="KVÅ", url="https://x.se/kva"),
    KnownSystem(id="ksi", title="KSI", url="https://x.se/ksi/"),
]


def mapping(start: Any = None, to: Any = None, kind: str = "exactMatch", **fields: Any) -> dict[str, Any]:
    return {"from": {"memberSet": [A]} if start is None else start, "to": {"memberSet": [B]} if to is None else to,
            "type": [SKOS + kind], **fields}  # fmt: skip


def read(folder: Path, content: Any, name: str = "a.json", **options: Any) -> jskos.MappingReading:
    return jskos.read(file(folder, json.dumps(content), name), **options)


def codes(found: jskos.MappingReading) -> list[tuple[str, str | None, int | None]]:
    return [(each.subject.code, each.object and each.object.code, each.group) for each in found.mapping_set.mappings]


def test_the_labelled_mapping_says_what_it_says(real_data: Path):
    path = real_data / "jskos" / "mapping" / "pass" / "mapping.1.json"
    found = jskos.read(path)
    (only,) = found.mapping_set.mappings
    assert only.subject == Coding(system="http://dewey.info/scheme/edition/e22/", code="612.112")
    assert only.object == Coding(system="http://d-nb.info/gnd/7749153-1", code="4074195-3", display="Leukozyt")
    assert (only.predicate, only.justification) == ("skos:closeMatch", "semapv:ManualMappingCuration")
    assert only.tool == "https://coli-conc.gbv.de/cocoda/"
    assert found.rows == 1 and not found.findings


@pytest.mark.parametrize("verdict", ["pass", "fail"])
def test_each_labelled_example_is_read(real_data: Path, verdict: str):
    """Mappings are accepted or refused as they are labelled; what is no mapping is refused as none, not misread."""
    paths = sorted((real_data / "jskos").glob(f"*/{verdict}/*.json"))
    assert len(paths) > 9
    for path in paths:
        found = jskos.read(path)
        if path.parts[-3] == "mapping":
            assert bool(found.mapping_set.mappings) == (verdict == "pass") and found.rows == 1
            assert bool(found.refused) == (verdict == "fail")
        else:
            assert not found.mapping_set.mappings and rules(found) == ["jskos-not-a-mapping"], path


@pytest.mark.parametrize(
    ("bundle", "groups"),
    [("memberSet", [1, 2]), ("memberList", [1, 2]), ("memberChoice", [1, 1])],
)  # fmt: skip
def test_a_group_keeps_what_it_means(tmp_path: Path, bundle: str, groups: list[int]):
    given = mapping(to={bundle: [B, C]})
    found = read(tmp_path, given)
    assert [each.group for each in found.mapping_set.mappings] == groups
    assert {each.pointer for each in found.places} == {""} and found.rows == 2
    report = jskos.write(found.mapping_set, tmp_path / "a.ndjson")
    assert json.loads((tmp_path / "a.ndjson").read_text()) == given and not lost(report)


def test_subjects_that_hold_together_are_conditions(tmp_path: Path):
    found = read(tmp_path, mapping(start={"memberSet": [A, C]}))
    (only,) = found.mapping_set.mappings
    assert only.conditions == (Condition(attribute=TOGETHER, value="http://x.se/#c"),)
    report = jskos.write(of(plain(only)), tmp_path / "b.ndjson")
    assert "Mapping.conditions" not in lost(report)
    assert plain(jskos.read(tmp_path / "b.ndjson").mapping_set.mappings[0]) == plain(only)
    either = read(tmp_path, mapping(start={"memberChoice": [A, C]}))
    assert codes(either) == [("a", "b", None), ("c", "b", None)]


def test_an_empty_target_says_that_there_is_none(tmp_path: Path):
    found = read(tmp_path, mapping(to={"memberSet": []}))
    assert found.mapping_set.mappings[0].object is None
    assert found.mapping_set.mappings[0].predicate == "sssom:NoTermFound"
    jskos.write(of(pair(object=None, predicate="sssom:NoTermFound")), tmp_path / "b.ndjson")
    assert json.loads((tmp_path / "b.ndjson").read_text())["to"] == {"memberSet": []}


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ([], None), ([1], "jskos-not-a-mapping"), ({"from": {"memberSet": [A]}}, "jskos-wrong-form"),
        (mapping(start=[A]), "jskos-wrong-form"), (mapping(to={"memberSet": "b"}), "jskos-wrong-form"),
        (mapping(to={"memberSet": [{}]}), "jskos-wrong-form"),
        (mapping(to={"memberSet": [None, B]}), "jskos-wrong-form"),
        (mapping(to={"memberSet": [{"uri": 1}]}), "jskos-wrong-form"), (mapping(start={}), "jskos-no-subject"),
        (mapping(to={"memberSet": [B], "memberList": [B]}), "jskos-several-bundles"),
        (mapping(to={"memberRoles": {"x:r": [B]}}), "jskos-roles"), (mapping(kind="broader"), "jskos-type"),
        (mapping(to={"memberSet": [None]}), "mapping-no-target"),
        ({**mapping(), "type": "exactMatch"}, "jskos-wrong-form"),
        ({**mapping(), "type": [SKOS + "exactMatch", SKOS + "closeMatch"]}, "jskos-type"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, given: Any, rule: str | None):
    found = read(tmp_path, [mapping(), *(given if isinstance(given, list) else [given])])
    assert [each.rule for each in found.refused] == ([rule] if rule else [])
    assert found.rows == len(found.mapping_set.mappings) + len(found.refused)
    assert all(each.location.pointer == "/1" for each in found.refused)


def test_odd_fields_and_open_sets_are_told_and_kept(tmp_path: Path):
    given = mapping(to={"memberSet": [B, None]}, created=2018, creator={}, mappingRelevance=7, note="n", x=[1])
    found = read(tmp_path, given)
    assert sorted(rules(found)) == ["jskos-odd-field"] * 4 + ["jskos-open-set"]
    jskos.write(found.mapping_set, tmp_path / "b.ndjson")
    assert json.loads((tmp_path / "b.ndjson").read_text()) == given


def test_a_line_that_is_no_json_is_refused(tmp_path: Path):
    path = file(tmp_path, f"{json.dumps(mapping())}\n\n{{bad\n", "a.ndjson")
    found = jskos.read(path)
    assert found.rows == 2 and found.refused[0].rule == "mapping-not-json"
    assert (found.places[0].line, found.refused[0].location.line) == (1, 3)
    for text in ("{", '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000):
        with pytest.raises(FormatError, match="JSON"):
            jskos.read(file(tmp_path, text, "b.json"))
    with pytest.raises(FormatError, match="no such file"):
        jskos.read(tmp_path / "c.json")


def test_a_concordance_is_a_set(tmp_path: Path):
    whole = Mapping(
        subject=SUBJECT, object=OBJECT, predicate="skos:broadMatch", confidence=0.9, author="Anna", reviewer="Bo",
        date="2026-03-01", comment="Ksi is wider", tool="https://x.se/tool",
        justification="semapv:ManualMappingCuration",
    )  # fmt: skip
    kept = of(whole, url="https://x.se/map", title="Planer", version="1", description="Some", licence="https://x.se/l",
              subject_source="kva", object_source="ksi")  # fmt: skip
    report = jskos.write(kept, tmp_path / "plans.jskos.json", KNOWN)
    assert not report
    written = json.loads((tmp_path / "plans.jskos.json").read_text())
    assert written["type"] == [jskos.CONCORDANCE] and written["fromScheme"] == {"uri": "https://x.se/kva"}
    assert written["mappings"][0]["from"]["memberSet"][0]["uri"] == "https://x.se/kva#AU124"
    assert written["mappings"][0]["to"]["memberSet"][0]["uri"] == "https://x.se/ksi/XAH.20.75"
    assert jskos.read(tmp_path / "plans.jskos.json", KNOWN).mapping_set == kept
    assert lost(jskos.write(kept, tmp_path / "plans.ndjson", KNOWN)) == {
        f"MappingSet.{field}" for field in ("url", "title", "version", "description", "licence")
    }


def test_what_came_with_a_concordance_is_written_again(tmp_path: Path):
    given = {"@context": jskos.CONTEXT, "type": [jskos.CONCORDANCE], "uri": "http://x.se/m", "extent": "1",
             "notation": ["m"], "prefLabel": {"sv": "Karta", "de": "Karte"},
             "fromScheme": {"uri": "http://x.se/", "notation": ["X"]}, "toScheme": {"uri": "http://x.se/"},
             "mappings": [mapping(uri="urn:uuid:1", created="2026-03-01T09:11:10.665Z")]}  # fmt: skip
    found = read(tmp_path, given)
    assert found.mapping_set.title == "Karta" and found.mapping_set.id == "m"
    jskos.write(found.mapping_set, tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text()) == given
    changed = found.mapping_set.with_(title="Annan", mappings=(found.mapping_set.mappings[0].with_(comment="changed"),))
    jskos.write(changed, tmp_path / "b.json")
    again = json.loads((tmp_path / "b.json").read_text())
    assert again["prefLabel"] == {"und": "Annan"} and again["mappings"][0]["note"] == {"und": ["changed"]}
    assert again["mappings"][0]["uri"] == "urn:uuid:1"


def test_what_jskos_cannot_say_is_declared(tmp_path: Path):
    report = jskos.write(
        of(pair(negated=True), pair(predicate="owl:sameAs", priority=2), unmapped="none"), tmp_path / "a.ndjson"
    )
    assert lost(report) == {"mappings", "Mapping.predicate", "Mapping.priority", "MappingSet.id", "MappingSet.unmapped"}
    assert not list(tmp_path.glob(".*"))
