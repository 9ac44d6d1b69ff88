"""A bank file and memory give the same answers, and the hierarchy is what a naive walk says it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies
from termbank.language.words import words
from termbank.model import Concept, Relation, Term, Vocabulary
from termbank.model.notation import loose_key
from termbank.store.build import build
from termbank.store.file import BankFile
from termbank.store.memory import MemorySource


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("differential")


def both(folder, vocabulary):
    """Return a vocabulary in a bank file, after another one so that its numbers start above 0, and in memory."""
    path = folder / "x.bank"
    first = Vocabulary(id="a", title="A", concepts=(Concept(id="A", terms=(Term(text="plan öga vård"),)),))
    build(path, [first, vocabulary])
    bank = BankFile(path)
    return bank, bank.sources[1], MemorySource(vocabulary)


def closure(vocabulary):
    """Return every code with all codes below it, by walking the relations one step at a time."""
    known = {concept.id for concept in vocabulary.concepts}
    above = {concept.id: set(concept.parents()) & known for concept in vocabulary.concepts}
    while True:
        more = {code: set().union(parents, *(above[p] for p in parents)) for code, parents in above.items()}
        if more == above:
            break
        above = more
    return {code: {other for other in known if code in above[other]} for code in known}


def plain(entry, base=0):
    return None if entry is None else entry._replace(ordinal=entry.ordinal - base, last=entry.last - base)


@given(strategies.small_vocabularies(), st.lists(strategies.codes, max_size=3))
def test_codes(folder, vocabulary, others):
    bank, file, memory = both(folder, vocabulary)
    try:
        ids = [concept.id for concept in vocabulary.concepts]
        asked = [*ids, *others]
        base = 1
        assert file.info == memory.info == vocabulary.info()
        assert (file.digest, file.concept_count, file.dates) == (memory.digest, memory.concept_count, memory.dates)
        for code in asked:
            assert plain(file.find(code), base) == plain(memory.find(code))
            assert file.concept(code) == memory.concept(code)
            key = loose_key(code, vocabulary.notation)
            assert file.variants(key) == memory.variants(key)
        assert {c: plain(e, base) for c, e in file.find_many(asked).items()} == memory.find_many(asked)
        assert list(file.concepts()) == list(memory.concepts())
        assert {concept.id for concept in memory.concepts()} == set(ids)
        for start in ("", "A", "a0", "\U0010ffff"):
            for end in ("B", "b", "\U0010ffff"):
                for limit in (0, 2, 100):
                    found = [plain(entry, base) for entry in file.codes_from(start, end, limit)]
                    assert found == memory.codes_from(start, end, limit)
                    assert file.keys_from(start, end, limit) == memory.keys_from(start, end, limit)
    finally:
        bank.close()


@given(strategies.small_vocabularies())
def test_hierarchy(folder, vocabulary):
    bank, file, memory = both(folder, vocabulary)
    try:
        below = closure(vocabulary)
        for source in (file, memory):
            entries = source.find_many(list(below))
            for code, entry in entries.items():
                assert set(source.at(source.descendants(entry))) == below[code]
                assert source.at([entry.ordinal]) == [code]
                for other, other_entry in entries.items():
                    assert source.descends(entry, other_entry) == (other in below[code])
    finally:
        bank.close()


queries = st.lists(
    strategies.title_words | st.sampled_from(["pla", "vå", "sam", "xyz", "ö"]), min_size=1, max_size=3
).map(" ".join)


@given(strategies.small_vocabularies(), queries)
@example(Vocabulary(id="x", title="X", concepts=[Concept(id="A", terms=(Term(text="plan"),))]), "plan plan")
@example(Vocabulary(id="x", title="X", concepts=[Concept(id="A", terms=(Term(text="plan"),))]), "plan pl")
def test_search(folder, vocabulary, query):
    bank, file, memory = both(folder, vocabulary)
    try:
        found = [
            {
                (hit.code, hit.match, hit.score)
                for hit in source.search(query, 60)
                if hit.match in ("exact", "prefix", "words")
            }
            for source in (file, memory)
        ]
        assert found[0] == found[1]
        asked = words(query)
        naive = {
            concept.id
            for concept in vocabulary.concepts
            for term in concept.terms
            if set(asked[:-1]) <= set(words(term.text)) and any(w.startswith(asked[-1]) for w in words(term.text))
        }
        assert {code for code, _, _ in found[0]} == naive
    finally:
        bank.close()


def test_cycles_do_not_hang(folder):
    ring = [
        Concept(id=code, relations=(Relation(type="broader", target=above),))
        for code, above in (("A", "B"), ("B", "C"), ("C", "A"), ("D", "D"), ("E", "A"))
    ]
    bank, file, memory = both(folder, Vocabulary(id="x", title="X", concepts=ring))
    assert {c.id for c in file.concepts()} == {c.id for c in memory.concepts()} == set("ABCDE")
    bank.close()


def test_relations_out_of_the_vocabulary_are_no_parents(folder):
    concepts = [
        Concept(id="A"),
        Concept(id="B", relations=(Relation(type="broader", target="A", vocabulary="other"),)),
        Concept(id="C", relations=(Relation(type="broader", target="missing"), Relation(type="related", target="A"))),
    ]
    bank, file, memory = both(folder, Vocabulary(id="x", title="X", concepts=concepts))
    for source in (file, memory):
        assert not source.descendants(source.find("A"))
    bank.close()


@pytest.mark.parametrize("query", ["menieres", "MÉNIÈRES", "ménières sjukdom", "Me\u0301nie\u0300res"])
def test_accents_and_case(folder, query):
    vocabulary = Vocabulary(id="x", title="X", concepts=[Concept(id="H81.0", terms=(Term(text="Ménières sjukdom"),))])
    bank, file, memory = both(folder, vocabulary)
    for source in (file, memory):
        assert [hit.code for hit in source.search(query, 5)] == ["H81.0"]
        assert source.search("", 5) == source.search("–", 5) == []
    bank.close()
