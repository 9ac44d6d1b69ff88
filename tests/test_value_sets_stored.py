"""Value sets and FHIR resources in bank files: they persist, in the order in which they are defined."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
import termbank
from termbank import Bank, Concept, Vocabulary
from termbank.errors import BankError
from termbank.formats import normalised
from termbank.formats.fhir import code_systems
from termbank.model import ConceptSet, ValueSet
from termbank.store.build import build
from termbank.store.file import BankFile
from termbank.store.lists import add_to_bank
from termbank.store.memory import MemorySource

TREE = {
    "resourceType": "CodeSystem", "url": "http://x.se/plan", "version": "1", "status": "active", "content": "complete",
    "concept": [
        {"code": "9", "concept": [{"code": "z"}, {"code": "c", "concept": [{"code": "y"}]}, {"code": "a"}]},
        {"code": "1"}, {"code": "m", "concept": [{"code": "b"}]},
    ],
}  # fmt: skip
ORDER = ["9", "z", "c", "y", "a", "1", "m", "b"]
ALL = ValueSet(id="all", include=[ConceptSet(system="http://x.se/plan")])


@given(st.lists(strategies.value_sets, max_size=3))
def test_value_sets_come_back(tmp_path_factory, sets):
    path = tmp_path_factory.mktemp("stored") / "x.bank"
    digest = build(path, [], value_sets=sets)
    assert digest == build(path, [], value_sets=reversed(sets))
    bank = BankFile(path)
    assert list(bank.value_sets) == sets[::-1] and len(bank.value_sets) == len(sets)
    bank.verify()
    bank.close()


def test_a_damaged_value_set(tmp_path):
    import sqlite3

    build(tmp_path / "x.bank", [], value_sets=[ALL])
    with sqlite3.connect(tmp_path / "x.bank") as db:
        db.execute("UPDATE value_set SET data = replace(data, 'all', 'alt')")
    with pytest.raises(BankError, match="a value set is not what was written"):
        BankFile(tmp_path / "x.bank").verify()


@given(strategies.small_vocabularies())
def test_the_order_of_definition_is_kept(tmp_path_factory, vocabulary):
    """In memory, compiled, compiled again from a bank, and through the user's own lists."""
    vocabulary = vocabulary.with_(strict=True)
    folder = tmp_path_factory.mktemp("order")
    memory = MemorySource(vocabulary)
    expected = [each.id for each in memory.concepts()]
    build(folder / "1.bank", [vocabulary])
    first = BankFile(folder / "1.bank")
    build(folder / "2.bank", [(each.info, each.concepts()) for each in first.sources])
    with (folder / "list").open("wb") as target:
        normalised.write(vocabulary.info(), vocabulary.concepts, target)
    build(folder / "3.bank", [normalised.read(folder / "list")])
    for name in ("1", "2", "3"):
        bank = BankFile(folder / f"{name}.bank")
        (source,) = bank.sources
        assert [each.id for each in source.concepts()] == expected
        assert [each.code for each in source.entries(source.everything())] == expected
        assert [each.code for each in memory.entries(memory.everything())] == expected
        assert source.digest == memory.digest
        bank.close()
    shutil.rmtree(folder)


def test_expansion_of_a_bank_file_is_that_of_memory(tmp_path):
    system = code_systems.read(TREE)
    build(tmp_path / "x.bank", [Vocabulary(id="a", title="A", concepts=[Concept(id="1")]), system], value_sets=[ALL])
    with Bank.open(tmp_path / "x.bank") as bank:
        assert [each.code for each in bank.expand("all").codes] == ORDER
        assert bank.expand("all", nested=True) == Bank.from_resources([TREE]).expand(ALL, nested=True)
        assert [each.code for each in bank.expand(ALL.with_(id="ny")).codes] == ORDER


def test_adding_to_a_bank(tmp_path):
    path = tmp_path / "x.bank"
    add_to_bank(path, [], value_sets=[ALL, ALL.with_(version="1")])
    add_to_bank(path, [], value_sets=[ALL.with_(title="Ny"), ALL.with_(id="other")])
    with termbank.open(path) as bank:
        found = {(each.id, each.version): each.title for each in bank.value_sets}
        assert found == {("all", "1"): "", ("all", None): "Ny", ("other", None): ""}
        assert bank.value_set("all").version == "1" and bank.value_set("all|1").version == "1"
