"""Value sets over the code lists as published: the figures that docs/value-sets.md tells."""

import datetime
from pathlib import Path

import pytest

import termbank
from termbank.formats import value_set_files
from termbank.model import Coding, ConceptSet, ValueSet
from termbank.store.lists import add_to_bank, read_list

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "value-sets.md").read_text(encoding="utf-8")
LISTS = (("kva", "2020", "2020/kva.csv"), ("kva", "2026", "2026/kva.csv"), ("icd-10-se", "2026", "2026/icd-10-se.csv"))
PLANNING = value_set_files.read(DOCS / "examples" / "planering.valueset.toml")
CHAPTER = value_set_files.read(DOCS / "examples" / "psykiatri.valueset.toml")
MARCH = datetime.date(2026, 3, 1)


@pytest.fixture(scope="module")
def bank(real_data, tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "lists.bank"
    parts = []
    for system, version, file in LISTS:
        days = {"valid_from": datetime.date(int(version), 1, 1), "valid_to": datetime.date(int(version), 12, 31)}
        info, concepts, _ = read_list(real_data / "codes" / file, system, version, **days)
        parts.append((info, concepts))
    add_to_bank(path, parts, value_sets=[PLANNING, CHAPTER])
    with termbank.open(path) as opened:
        yield opened


def codes(bank, value_set, **options):
    return [each.code for each in bank.expand(value_set, **options).codes]


def test_planning(bank):
    listed = [each.code for part in PLANNING.include for each in part.concepts]
    assert codes(bank, "planering", on=MARCH) == listed and len(listed) == 9
    then = codes(bank, "planering", on=datetime.date(2020, 3, 1))
    assert then == ["AU124", "AU125", "AW010", "XU041", "XU042"]
    assert bank.validate_code("kva", "AW013", value_set="planering", on=MARCH).valid is True
    answer = bank.validate_code("kva", "AW013", value_set="planering", on=datetime.date(2020, 3, 1))
    assert (answer.valid, [finding.rule for finding in answer.findings]) == (False, ["withdrawn-code"])


def test_the_chapter(bank):
    found = codes(bank, "psykiatri")
    assert f"the chapter has {len(found)} selectable codes" in PAGE and found[:2] == ["F00.0", "F00.1"]
    whole = CHAPTER.with_(include=[part.with_(filters=part.filters[1:]) for part in CHAPTER.include])
    everything = codes(bank, whole)
    assert f"there are {len(everything):,} in the whole" in PAGE and set(found) < set(everything)
    assert codes(bank, "psykiatri", text="akut psykos") == shown(PAGE)


def shown(page):
    lines = page.split("Valbara koder i kapitel 05  psykiatri\n")[1].split(" codes.")[0].splitlines()
    return [line.split()[0] for line in lines if line.startswith("  F")]


def test_a_whole_column(bank):
    """Every code of the system: those that are valid in the chapter are those of its expansion."""
    everything = codes(bank, ValueSet(id="alla", include=[ConceptSet(system="icd-10-se", version="2026")]))
    assert len(everything) == 38_928
    found = bank.validate_codes(everything, system="icd-10-se", value_set="psykiatri", on=MARCH)
    right = found.filter(found["valid"])["code"].to_list()
    assert sorted(right) == sorted(codes(bank, "psykiatri"))
    dotless = [Coding(system="icd-10-se", code=code.replace(".", "")) for code in right]
    again = bank.validate_codes(dotless, value_set="psykiatri", on=MARCH)
    assert [each.code for each in again] == right and all(each.valid for each in again)
