"""Value sets on the command line: added, listed, removed, and their codes shown."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from command import inside, run

import termbank
from termbank.errors import UnknownVocabulary
from termbank.store import own

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
TREE = {
    "resourceType": "CodeSystem", "url": "http://x.se/plan", "version": "1", "status": "active", "content": "complete",
    "concept": [
        {"code": "9", "concept": [{"code": "z"}, {"code": "c", "concept": [{"code": "y"}]}, {"code": "a"}]},
        {"code": "1"}, {"code": "m", "concept": [{"code": "b"}]},
    ],
}  # fmt: skip
ORDER = ["9", "z", "c", "y", "a", "1", "m", "b"]
SIP = '[[include]]\nsystem = "kva"\ncodes = ["AU124"]\n'
MAP = {
    "resourceType": "ConceptMap", "url": "http://x.se/map", "status": "active",
    "group": [{
        "source": "http://x.se/plan", "target": "http://x.se/other",
        "element": [{"code": "a", "target": [{"code": "q", "relationship": "equivalent"}]}],
    }],
}  # fmt: skip
NAMING = {
    "resourceType": "NamingSystem", "name": "Plan", "id": "plan", "status": "active", "kind": "codesystem",
    "date": "2026-01-01", "uniqueId": [{"type": "uri", "value": "http://x.se/plan", "preferred": True}],
}  # fmt: skip


@pytest.mark.slow
def test_your_own(prepared, tmp_path):
    (tmp_path / "sip.valueset.toml").write_text('title = "SIP"\nversion = "1"\n' + SIP, encoding="utf-8")
    resource = {"resourceType": "ValueSet", "url": "http://x.se/vs", "version": "2", "status": "active",
                "compose": {"include": [{"system": "http://x.se/plan"}]}}  # fmt: skip
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": each} for each in (TREE, TREE, resource, resource, MAP, NAMING)],
    }
    (tmp_path / "all.json").write_text(json.dumps(bundle), encoding="utf-8")
    ran = run("vocab", "add", tmp_path / "sip.valueset.toml", "--lang", "en")
    assert (ran.code, "The value set sip|1 was added: SIP" in ran.out) == (0, True)
    ran = run("vocab", "add", tmp_path / "all.json", "--lang", "en")
    assert ran.code == 0 and "8 codes were added as http://x.se/plan|1" in ran.out and "1 mappings" in ran.out
    ran = run("vocab", "add", tmp_path / "sip.valueset.toml", "--lang", "en")
    assert ran.code == 2 and "already among your lists" in ran.err
    assert run("vocab", "add", tmp_path / "sip.valueset.toml", "--replace").code == 0
    with termbank.open() as bank:
        assert {each.versioned for each in bank.value_sets} == {"sip|1", "http://x.se/vs|2"}
        assert [each.code for each in bank.expand("http://x.se/vs").codes] == ORDER
        assert bank.translate("http://x.se/plan", "a", to="http://x.se/other")[0].coding.code == "q"
        assert bank.validate_code("kva", "AU125", value_set="sip").valid is False
    listed = run("vocab", "list", "--lang", "sv").out
    assert "Urval\n" in listed and "sip|1" in listed and "http://x.se/plan" in listed
    facts = json.loads(run("info", "--format", "json").out)[0]["value_sets"]
    assert {
        "value_set": "sip",
        "id": "sip",
        "title": "SIP",
        "version": "1",
        "status": "active",
        "systems": ["kva"],
    } in facts
    for name in ("sip|1", "http://x.se/vs|2", "http://x.se/map", "http://x.se/plan|1"):
        assert run("vocab", "remove", name).code == 0, name
    with pytest.raises(UnknownVocabulary, match="sip"):
        own.remove("sip|1")
    with termbank.open() as bank:
        assert not bank.value_sets


@pytest.mark.slow
def test_your_own_in_a_bank_of_its_own(tmp_path):
    (tmp_path / "sip.valueset.toml").write_text(SIP, encoding="utf-8")
    (tmp_path / "plan.json").write_text(json.dumps(TREE), encoding="utf-8")
    path = tmp_path / "own.bank"
    assert run("vocab", "add", tmp_path / "plan.json", "--bank", path).code == 0
    assert run("vocab", "add", tmp_path / "sip.valueset.toml", "--bank", path).code == 0
    with termbank.open(path) as bank:
        assert [each.id for each in bank.value_sets] == ["sip"] and len(bank.vocabularies) == 1
    assert run("vocab", "build", tmp_path, "-o", tmp_path / "built.bank").code == 0
    with termbank.open(tmp_path / "built.bank") as bank:
        assert [each.id for each in bank.value_sets] == ["sip"]


def test_what_cannot_be_added(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"resourceType": "CodeSystem", "concept": 3}), encoding="utf-8")
    (tmp_path / "x.valueset.toml").write_text("include = 3\n", encoding="utf-8")
    ran = run("vocab", "add", tmp_path / "x.json", "--bank", tmp_path / "x.bank", "--lang", "sv")
    assert ran.code == 1 and "kan inte läsas" in ran.err and not (tmp_path / "x.bank").exists()
    ran = run("vocab", "add", tmp_path / "x.valueset.toml", "--lang", "sv")
    assert ran.code == 2 and "include ska vara en lista" in ran.err
    ran = run("vocab", "add", tmp_path / "x.valueset.toml", "--as", "kva", "--lang", "sv")
    assert ran.code == 2 and "says itself its id" in ran.err


# -- expand


@pytest.fixture
def sip(tmp_path):
    path = tmp_path / "sip.valueset.toml"
    path.write_text(
        'title = "SIP"\n[[include]]\nsystem = "kva"\ncodes = ["AU125", "AU124", "ZZ999"]\n', encoding="utf-8"
    )
    return path


def test_expand_a_file(sip):
    ran = run("expand", sip, "--lang", "sv")
    assert ran.code == 0
    lines = [line.split() for line in ran.out.splitlines()]
    assert [line[0] for line in lines[1:3]] == ["AU125", "AU124"] and lines[0] == ["SIP", "sip"]
    assert "2 koder." in ran.out and "Svaren kommer från: kva|2026" in ran.out and "Utdrag" in ran.out
    assert "Koden ZZ999 är okänd här" in ran.err
    ran = run("expand", sip, "--text", "utskrivning", "--lang", "en")
    assert "AU125" in ran.out and "AU124" not in ran.out and "1 codes." in ran.out
    assert "1 of 2 codes" in run("expand", sip, "--count", 1, "--lang", "en").out


def test_expand_for_machines(sip):
    plain = json.loads(run("expand", sip, "--format", "json").out)
    assert [(each["system"], each["code"]) for each in plain] == [("kva", "AU125"), ("kva", "AU124")]
    assert [json.loads(line) for line in run("expand", sip, "--format", "jsonl").out.splitlines()] == plain
    rows = list(csv.reader(run("expand", sip, "--format", "csv").out.splitlines(), delimiter=";"))
    assert rows[0] == ["system", "code", "title"] and rows[1][:2] == ["kva", "AU125"]
    resource = json.loads(run("expand", sip, "--format", "fhir", "--on", "2026-03-01").out)
    assert resource["resourceType"] == "ValueSet" and resource["expansion"]["total"] == 2
    assert [each["code"] for each in resource["expansion"]["contains"]] == ["AU125", "AU124"]
    assert {"name": "date", "valueDateTime": "2026-03-01"} in resource["expansion"]["parameter"]


def test_expand_a_resource(tmp_path):
    resource = {"resourceType": "ValueSet", "url": "http://x.se/vs", "status": "active",
                "compose": {"include": [{"system": "http://x.se/plan"}]}}  # fmt: skip
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource}, {"resource": TREE}]}
    (tmp_path / "all.json").write_text(json.dumps(bundle), encoding="utf-8")
    plain = json.loads(run("expand", tmp_path / "all.json", "--format", "json").out)
    assert [each["code"] for each in plain] == ORDER
    (tmp_path / "vs.json").write_text(json.dumps(resource), encoding="utf-8")
    ran = run("expand", tmp_path / "vs.json", "--lang", "sv")
    assert ran.code == 2 and "http://x.se/plan" in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nej", "Det finns inget urval nej"),
        ("nej.valueset.toml", "Filen eller mappen finns inte"),
        ("nej.json", "Filen eller mappen finns inte"),
        ("http://x.se/nej.json", "Det finns inget urval http://x.se/nej.json"),
    ],
)
def test_what_is_not_there(tmp_path, name, says):
    with inside(tmp_path):
        ran = run("expand", name, "--lang", "sv")
    assert ran.code == 2 and says in ran.err
    assert run("expand", name, "--on", "i går").code == 2


def test_the_example_in_a_profile(tmp_path):
    shutil.copy(EXAMPLES / "planering.valueset.toml", tmp_path)
    (tmp_path / "p.toml").write_text(
        '[[columns]]\nname = "kod"\nsystem = "kva"\nvalue_set = "planering.valueset.toml"\n', encoding="utf-8"
    )
    (tmp_path / "rader.csv").write_text("kod\nAU124\nAV004\nau125\n", encoding="utf-8")
    ran = run("validate", tmp_path / "rader.csv", "--profile", tmp_path / "p.toml", "--lang", "sv", "--format", "json")
    assert ran.code == 1 and "not-in-value-set" in ran.out


@pytest.mark.slow
def test_lists_whose_names_look_alike_are_kept_apart(prepared, tmp_path):
    looks = ["http://x.se/a", "http://x.se:a", "http://x.se/a\0", "http://x.se/" + "a" * 300]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": {**TREE, "url": each}} for each in looks]}
    (tmp_path / "all.json").write_text(json.dumps(bundle), encoding="utf-8")
    ran = run("vocab", "add", tmp_path / "all.json")
    assert (ran.code, ran.err) == (0, "")
    with termbank.open() as bank:
        assert {each.id for each in bank.vocabularies} >= set(looks)
    assert run("vocab", "remove", "http://x.se:a|1").code == 0
    assert "http://x.se/a|1" in run("vocab", "list").out


def test_nothing_to_add(prepared, tmp_path):
    (tmp_path / "p.json").write_text('{"resourceType": "Patient"}', encoding="utf-8")
    ran = run("vocab", "add", tmp_path / "p.json", "--lang", "en")
    assert ran.code == 1 and "nothing was added" in ran.err and ran.out == ""


def test_a_value_set_that_cannot_be_expanded_is_named(prepared, tmp_path):
    path = tmp_path / "v.valueset.toml"
    path.write_text('[[include]]\nsystem = "kva"\nfilter = { property = "nope", value = "x" }\n', encoding="utf-8")
    ran = run("expand", path, "--lang", "sv")
    assert ran.code == 2 and f'{path}: include[0].filter[0]: Villkoret "nope = x" förstås inte' in ran.err


def test_a_short_name_of_a_system_is_no_fault(prepared):
    chosen = {"resourceType": "ValueSet", "url": "http://x.se/v", "status": "active",
              "compose": {"include": [{"system": "kva", "concept": [{"code": "AU124"}]}]}}  # fmt: skip
    given = [{"name": "valueSet", "resource": chosen}, {"name": "code", "valueCode": "AU125"}]

    def message(system):
        asked = {"resourceType": "Parameters", "parameter": [*given, {"name": "system", "valueUri": system}]}
        _, answer = termbank.fhir.operation("ValueSet/$validate-code", asked, bank)
        return next(each["valueString"] for each in answer["parameter"] if each["name"] == "message")

    with termbank.open() as bank:
        assert "absolute" not in message("kva")
        assert "absolute" in message("nonsense")
