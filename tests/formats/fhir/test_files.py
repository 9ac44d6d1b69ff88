"""FHIR resources in files: one, several, folders and packages; read = accepted + refused."""

import copy
import functools
import gzip
import io
import json
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from samples import CODE_SYSTEM, CONCEPT_MAP, FULL, NAMING_SYSTEM, VALUE_SET

from termbank.errors import FormatError, WriteError
from termbank.formats import code_list
from termbank.formats.fhir import json_form, packages, reading, resources, writing, xml_form
from termbank.model import Concept, Finding, KnownSystem, MappingSet, ValueSet, Vocabulary

NOUNS = [resources.read(each) for each in FULL]
PATIENT = {"resourceType": "Patient", "id": "p"}


def rules(found):
    return [each.rule for each in found if isinstance(each, Finding)]


def read(source):
    found = list(reading.read(source))
    for each in found:
        if isinstance(each, Finding):
            assert each.message("sv").endswith(".") and each.message("en").endswith(".")
            assert "<" not in each.message("en")
    return found


def nouns(found):
    return [each for each in found if not isinstance(each, Finding)]


@pytest.mark.parametrize("suffix", [".json", ".xml"])
@pytest.mark.parametrize("noun", NOUNS, ids=lambda each: type(each).__name__)
def test_one_resource_in_a_file(tmp_path, noun, suffix):
    path = tmp_path / f"a{suffix}"
    assert not writing.write([noun], path)
    assert read(path) == [noun]
    assert read(path.read_bytes()) == [noun]


@pytest.mark.parametrize("name", ["all.json", "all.xml", "all.tgz", "folder"])
@pytest.mark.parametrize("version", ["4.0.1", "5.0.0"])
def test_several_resources(tmp_path, name, version):
    losses = writing.write(NOUNS, tmp_path / name, version)
    assert bool(losses) is (version == "4.0.1"), "R4 has no scope and no additionalAttribute"
    found = read(tmp_path / name)
    assert [type(each) for each in found] and not rules(found)
    assert {type(each) for each in found} == {Vocabulary, ValueSet, MappingSet, KnownSystem}
    if version == "5.0.0":
        assert sorted(found, key=lambda each: each.id) == sorted(NOUNS, key=lambda each: each.id)


def test_the_same_is_written_the_same(tmp_path):
    for name in ("a.tgz", "b.tgz"):
        writing.write(NOUNS, tmp_path / name)
    one, two = (gzip.decompress((tmp_path / name).read_bytes()) for name in ("a.tgz", "b.tgz"))
    assert one.replace(b'"a"', b'"b"') == two.replace(b'"a"', b'"b"')


def test_what_is_in_a_package(tmp_path):
    writing.write([*NOUNS, NOUNS[0]], tmp_path / "Se.Termer.tgz", "4.0.1")
    with tarfile.open(tmp_path / "Se.Termer.tgz") as archive:
        names = archive.getnames()
        about = json.load(archive.extractfile("package/package.json"))
        index = json.load(archive.extractfile("package/.index.json"))
    assert names[:2] == ["package/package.json", "package/.index.json"]
    assert "package/CodeSystem-plans.json" in names and "package/CodeSystem-plans-2.json" in names
    assert about["name"] == "se.termer" and about["fhirVersions"] == ["4.0.1"]
    assert index["index-version"] == 2
    assert index["files"][0] == {
        "filename": "CodeSystem-plans.json", "resourceType": "CodeSystem", "id": "plans",
        "url": "http://example.org/plans", "version": "2026-01", "content": "complete",
    }  # fmt: skip


def test_other_endings_and_places_are_refused(tmp_path):
    with pytest.raises(WriteError, match="choose one of these"):
        writing.write(NOUNS, tmp_path / "a.ttl")
    with pytest.raises(WriteError):
        writing.write(NOUNS, tmp_path / "no" / "a.json")
    with pytest.raises(WriteError):
        writing.write(NOUNS, tmp_path / "no" / "folder")
    with pytest.raises(ValueError, match="not a FHIR version"):
        writing.write(NOUNS, tmp_path / "a.json", "3.0.2")
    assert not list(tmp_path.iterdir())


def test_read_is_accepted_and_refused_in_a_bundle():
    bundle = {
        "resourceType": "Bundle", "type": "collection",
        "entry": [
            {"resource": CODE_SYSTEM}, {"resource": {**VALUE_SET, "compose": 1}}, {"resource": PATIENT},
            {"resource": 1}, {"fullUrl": "http://a"},
            {"resource": {"resourceType": "Bundle", "entry": [{"resource": NAMING_SYSTEM}]}},
            {"resource": {"id": "x"}}, 3, {"resource": PATIENT},
        ],
    }  # fmt: skip
    found = read(json.dumps(bundle).encode())
    assert [type(each) for each in nouns(found)] == [Vocabulary, KnownSystem]
    assert Counter(rules(found)) == {
        "fhir-resource-refused": 3, "fhir-file-refused": 1, "fhir-other-resource": 1,
    }  # fmt: skip
    refused = next(each for each in found if isinstance(each, Finding))
    assert refused.location.pointer == "ValueSet.compose"
    assert found[-1].message("en") == "Resources of the type Patient are not read: 2."


def test_a_bundle_in_xml_with_other_resources():
    data = (
        b'<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/><entry><resource><Patient><id value="a"/>'
        b'<name><family value="X"/></name></Patient></resource></entry><entry><resource>'
        b'<ValueSet><id value="v"/></ValueSet></resource></entry></Bundle>'
    )
    found = read(data)
    assert nouns(found)[0].id == "v" and rules(found) == ["fhir-other-resource"]


def test_a_folder_is_read_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "one.json").write_text(json.dumps(CODE_SYSTEM))
    (tmp_path / "a.xml").write_bytes(xml_form.data(VALUE_SET))
    (tmp_path / "c.JSON").write_text("{")
    (tmp_path / "d.xml").write_text('<ValueSet xmlns="http://hl7.org/fhir">\n<x/></ValueSet>')
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / ".index.json").write_text("{}")
    (tmp_path / ".hidden" / "a.json").write_text("{")
    (tmp_path / "readme.md").write_text("x")
    found = read(tmp_path)
    assert [type(each).__name__ for each in found] == ["ValueSet", "Vocabulary", "Finding", "Finding"]
    assert found[3].location.line == 2 and found[3].location.path.endswith("d.xml")
    assert rules(read(tmp_path / "missing.json")) == ["fhir-file-refused"]
    assert read(str(tmp_path / "a.xml")) == [found[0]]


def test_a_file_that_is_no_resource():
    assert rules(read(b"{}")) == ["fhir-file-refused"]
    assert rules(read(b"")) == ["fhir-file-refused"]
    assert rules(read(json.dumps(PATIENT).encode())) == ["fhir-other-resource"]
    assert rules(read(b'<Patient xmlns="http://hl7.org/fhir"/>')) == ["fhir-other-resource"]
    assert nouns(read(b"\xef\xbb\xbf" + json.dumps(VALUE_SET).encode()))
    other = '<?xml version="1.0" encoding="UTF-16"?><ValueSet xmlns="http://hl7.org/fhir"><id value="å"/></ValueSet>'
    assert nouns(read(other.encode("utf-16")))[0].id == "å"


# -- packages from strangers


def package(files, mode="w:gz"):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = tarfile.SYMTYPE, data
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def test_a_package_is_read_without_its_examples_and_links():
    data = json.dumps(CODE_SYSTEM).encode()
    found = read(package([
        ("package/package.json", b"{}"), ("package/.index.json", b"{}"), ("package/a.json", data),
        ("package/example/b.json", data), ("../../etc/passwd", b"x"), ("/package/c.json", data),
        ("package/../../d.json", data), ("package/link.json", "/etc/passwd"), ("package/readme.md", b"x"),
        ("package/e.json", b"{"), ("./package/f.json", json.dumps(CONCEPT_MAP).encode()),
    ]))  # fmt: skip
    assert [type(each) for each in nouns(found)] == [Vocabulary, MappingSet]
    assert rules(found) == ["fhir-file-refused", "fhir-package-folder"]
    assert dict(found[-1].arguments) == {"count": "4"}


def test_a_package_names_the_file_in_it(tmp_path):
    (tmp_path / "p.tgz").write_bytes(package([("package/e.json", b"{")]))
    assert read(tmp_path / "p.tgz")[0].location.path == f"{tmp_path / 'p.tgz'}!package/e.json"


def test_bombs_and_damaged_packages(monkeypatch):
    whole = package([("package/a.json", json.dumps(CODE_SYSTEM).encode() + b" " * 100_000)])
    for cut in (3, 20, len(whole) // 2, len(whole) - 4):
        assert "fhir-file-refused" in rules(read(whole[:cut])), cut
    assert rules(read(gzip.compress(b"no tar file"))) == ["fhir-file-refused"]
    monkeypatch.setattr(packages, "LARGEST_FILE", 1000)
    assert rules(read(whole)) == ["fhir-file-refused"]
    monkeypatch.undo()
    with pytest.raises(FormatError, match="larger than"):
        list(packages.members(io.BytesIO(whole), most=10_000))
    monkeypatch.setattr(packages, "MOST_FILES", 3)
    assert rules(read(package([(f"package/{n}.txt", b"") for n in range(9)]))) == ["fhir-file-refused"]


def test_a_gzip_bomb_is_refused_before_it_is_unpacked():
    zeros = gzip.compress(b"\0" * (1 << 26))
    bomb = package([("package/a.json", json.dumps(VALUE_SET).encode())])[:-1] + zeros
    assert len(bomb) < 100_000
    list(reading.read(bomb))
    with pytest.raises(FormatError, match="larger than"):
        list(
            packages.members(
                io.BytesIO(gzip.compress(package([("package/a.json", b" " * (1 << 24))], "w"))), most=1 << 20
            )
        )


def test_a_large_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    (tmp_path / "a.json").write_text(json.dumps(VALUE_SET))
    assert rules(read(tmp_path / "a.json")) == ["fhir-file-refused"]


# -- HL7's test cases and the Swedish lists


def test_every_file_of_the_test_cases_is_read_or_told(real_data):
    found = list(reading.read(real_data / "tx"))
    kinds = Counter(type(each).__name__ for each in found)
    refused = [each for each in found if isinstance(each, Finding) and each.severity == "error"]
    assert [each.location.path.rpartition("/")[2] for each in refused] == ["test-cases.json"]
    assert kinds["Vocabulary"] > 35 and kinds["ValueSet"] > 150 and kinds["MappingSet"] == 2
    told = {
        dict(each.arguments).get("type"): int(dict(each.arguments).get("count", 1))
        for each in found
        if isinstance(each, Finding)
    }
    read = sum(kinds[name] for name in ("Vocabulary", "ValueSet", "MappingSet")) + sum(told.values())
    assert read == len(list((real_data / "tx").rglob("*.json"))) + _more_in_bundles(real_data / "tx")


def _more_in_bundles(folder: Path) -> int:
    more = 0
    for path in folder.rglob("*.json"):
        resource = json.loads(path.read_text(encoding="utf-8-sig"))
        if resource.get("resourceType") == "Bundle":
            more += sum("resource" in entry for entry in resource.get("entry", [])) - 1
    return more


@pytest.fixture(scope="module")
def swedish(real_data):
    @functools.cache
    def read_list(name: str) -> Vocabulary:
        path = real_data / "codes" / "2026" / f"{name}.csv"
        concepts = [each for each in code_list.read(path) if isinstance(each, Concept)]
        url = f"http://example.org/{name}"
        unique = tuple({each.id: each for each in concepts}.values())
        return Vocabulary(id=name, title=name.upper(), url=url, version="2026", concepts=unique)

    return read_list


LARGE = [pytest.param(name, marks=pytest.mark.slow) for name in ("atc", "icd-10-se")]


@pytest.mark.parametrize("name", ["icf", "ksi", "kva", *LARGE])
def test_a_swedish_list_comes_back(swedish, name):
    ours = swedish(name)
    resource, _ = resources.write(ours)
    assert json_form.parse(json_form.text(resource)) == resource
    again = resources.read(resource)
    assert [each.id for each in again.concepts] == [each.id for each in ours.concepts]
    for one, other in zip(ours.concepts, again.concepts, strict=True):
        assert other.parents() == one.parents()
        assert other.display() == one.display()
        assert (other.valid_from, other.valid_to) == (one.valid_from, one.valid_to)
    assert resources.write(again)[0] == resource


@pytest.mark.parametrize("version", ["4.0.1", "5.0.0"])
def test_another_library_reads_the_swedish_lists(swedish, version):
    pytest.importorskip("fhir.resources")
    if version == "5.0.0":
        from fhir.resources.codesystem import CodeSystem
    else:
        from fhir.resources.R4B.codesystem import CodeSystem
    for name in ("icf", "ksi", "kva"):
        resource, _ = resources.write(swedish(name), version)
        assert len(CodeSystem.model_validate(resource).concept) == len(resource["concept"])
    full = copy.deepcopy(CODE_SYSTEM)
    full["concept"][0]["property"].pop()  # a value that has only an extension, which that library refuses
    CodeSystem.model_validate(resources.write(resources.read(full), version)[0])


@pytest.mark.parametrize("version", ["4.0.1", "5.0.0"])
def test_another_library_reads_what_is_written(version):
    fhir = pytest.importorskip("fhir.resources")
    folder = "fhir.resources" if version == "5.0.0" else "fhir.resources.R4B"
    import importlib

    assert fhir
    system = KnownSystem(id="kva", title="KVÅ", url="http://x.se/kva")
    sound = copy.deepcopy(VALUE_SET) | {"title": "V"}
    del sound["compose"]["include"][0]["concept"][0]["designation"]
    for noun in (NOUNS[2], NOUNS[3], system, resources.read(sound)):
        resource, _ = resources.write(noun, version)
        kind = resource["resourceType"]
        model = getattr(importlib.import_module(f"{folder}.{kind.lower()}"), kind)
        found = model.model_validate(resource)
        assert found.model_dump_json()
