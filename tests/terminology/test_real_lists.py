"""The code lists as published: every row is taken in, and what is known of them is what is said."""

import csv
import datetime

import pytest

import termbank
from termbank.model import Coding
from termbank.store.build import build
from termbank.store.lists import add_to_bank, read_list

LISTS = {
    ("ksi", "2026"): ("2026/ksi.csv", 2_074),
    ("icf", "2026"): ("2026/icf.csv", 1_632),
    ("kva", "2020"): ("2020/kva.csv", 10_552),
    ("kva", "2026"): ("2026/kva.csv", 13_548),
    ("atc", "2026"): ("2026/atc.csv", 16_264),
    ("icd-10-se", "2020"): ("2020/icd10se.csv", 33_547),
    ("icd-10-se", "2026"): ("2026/icd-10-se.csv", 38_928),
}
IN_2020 = datetime.date(2020, 5, 5)
IN_2026 = datetime.date(2026, 5, 5)


def add(path, folder, system, version):
    """Add a list to a bank as `vocab add` does; return how many codes it has, and what was found."""
    year = int(version)
    info, concepts, findings = read_list(
        folder / "codes" / LISTS[system, version][0],
        system,
        version,
        valid_from=datetime.date(year, 1, 1),
        valid_to=datetime.date(year, 12, 31),
    )
    add_to_bank(path, [(info, concepts)])
    return len(concepts), findings


@pytest.fixture(scope="module")
def kva(real_data, tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "kva.bank"
    for version in ("2020", "2026"):
        add(path, real_data, "kva", version)
    with termbank.open(path) as bank:
        yield bank


@pytest.fixture(scope="module")
def everything(real_data, tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "all.bank"
    added = {each: add(path, real_data, *each) for each in LISTS}
    with termbank.open(path) as bank:
        yield bank, added


# -- KVÅ, two versions side by side


def test_a_withdrawn_code(kva):
    assert kva.validate_code("kva|2020", "AU120").valid is True
    assert kva.validate_code("kva", "AU120", on=IN_2020).version == "2020"
    for answer in (kva.validate_code("kva", "AU120"), kva.validate_code("kva", "AU120", on=IN_2026)):
        assert (answer.valid, answer.version) == (False, "2026")
        (finding,) = answer.findings
        assert finding.rule == "withdrawn-code"
        assert "kva|2020" in finding.message("sv") and "vård- och omsorgsplan" in finding.message("sv")
        assert {"AU124", "AU125"} <= {coding.code for coding in answer.near}
        assert all(coding.display and coding.version == "2026" for coding in answer.near)


def test_a_year_that_is_not_loaded(kva):
    answer = kva.validate_code("kva", "AU124", on=datetime.date(2023, 1, 1))
    assert (answer.valid, [f.rule for f in answer.findings]) == (None, ["no-version-on-date"])


def test_figures_that_changed_places(kva):
    answer = kva.validate_code("kva", "AU214")
    assert (answer.valid, answer.near[0].code) == (False, "AU124")
    assert kva.validate_code("kva", " au124 ").code == "AU124"


def test_a_title_is_compared(kva):
    right = "Upprättande av samordnad individuell plan (SIP)"
    assert kva.validate_code("kva", "AU124", display=right.upper()).findings == ()
    (finding,) = kva.validate_code("kva", "AU124", display="Upprättande av vårdplan").findings
    assert finding.rule == "display-mismatch" and right in finding.message("sv")


def test_search_finds_the_plan(kva):
    codes = [hit.concept.id for hit in kva.search("samordnad individuel plan", limit=5)]
    assert {"AU124", "AW010"} <= set(codes)


# -- all lists in one bank


@pytest.mark.slow
def test_every_code_of_every_list(everything):
    bank, added = everything
    for each, (_, count) in LISTS.items():
        number, findings = added[each]
        assert number == count, each
        assert not [finding for finding in findings if finding.severity != "info"], each
    assert {(v.id, v.version): v.concept_count for v in bank.vocabularies} == {
        each: count for each, (_, count) in LISTS.items()
    }
    per_year = {year: sum(count for (_, v), (_, count) in LISTS.items() if v == year) for year in ("2020", "2026")}
    assert per_year == {"2020": 44_099, "2026": 72_446}
    bank.file.verify()


@pytest.mark.slow
def test_every_written_code_is_found(everything, real_data):
    bank, _ = everything
    for (system, version), (name, count) in LISTS.items():
        with (real_data / "codes" / name).open(encoding="utf-8", newline="") as rows:
            codings = [Coding(system=system, version=version, code=row[0]) for row in list(csv.reader(rows))[1:]]
        answers = bank.validate_codes(codings)
        assert len(answers) == count
        assert not [answer.code for answer in answers if answer.valid is not True], (system, version)
        assert {f.rule for a in answers for f in a.findings} <= {"notation", "assumed-abstract"}


@pytest.mark.slow
def test_the_codes_of_2020_in_2026(everything):
    bank, _ = everything
    source = bank.terminology.source("icd-10-se", "2020")
    codings = [Coding(system="icd-10-se", version="2026", code=concept.id) for concept in source.concepts()]
    answers = bank.validate_codes(codings)
    rules = [{finding.rule for finding in answer.findings} for answer in answers]
    assert sum("assumed-abstract" in each for each in rules) == 820, "leaves of 2020 that are headings in 2026"
    assert all(each == {"withdrawn-code"} for each, answer in zip(rules, answers, strict=True) if not answer.valid)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "code", "valid"),
    [
        ("F32.1", "F32.1", True), ("F321", "F32.1", True), ("f32.1", "F32.1", True), ("A17.0†", "A17.0", True),
        ("A170†", "A17.0", True), ("G01*", "G01", True), ("F32", "F32", True), ("F32.10", "F32.10", False),
        ("F3210", "F3210", False), ("F32.l", "F32.l", False),
    ],
)  # fmt: skip
def test_icd(everything, written, code, valid):
    answer = everything[0].validate_code("icd-10-se", written)
    assert (answer.code, answer.valid) == (code, valid)
    if not valid:
        assert "F32.1" in [coding.code for coding in answer.near]


@pytest.mark.slow
def test_hierarchies(everything):
    bank, _ = everything
    assert bank.subsumes("icd-10-se", "F32", "F321") == "subsumes"
    assert bank.subsumes("atc", "N02", "N02BE01") == "subsumes"
    assert bank.subsumes("atc", "N02BE01", "A") == "not-subsumed"
    assert bank.validate_code("icf", "d450.2").code == "d450"


@pytest.mark.slow
def test_the_digest_does_not_depend_on_the_order_of_adding(everything, tmp_path):
    bank, _ = everything
    again = tmp_path / "again.bank"
    parts = [(source.info, source.concepts()) for source in reversed(bank.terminology.sources)]
    assert build(again, parts, (), bank.file.known_systems()) == bank.file.digest
