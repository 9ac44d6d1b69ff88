"""Sets chained: what follows from two mappings, what does not, and how sure it is."""

from itertools import product

import pytest
from algebra_making import PLAIN, made, mapping, mappings, sets
from hypothesis import given
from hypothesis import strategies as st

from termbank.mapping import slots
from termbank.mapping.chaining import CHAINING, chain, chain_sets, compose_sets, derivation
from termbank.mapping.paths import follows
from termbank.mapping.predicates import Meaning, compose
from termbank.model import Mapping
from termbank.model.mapping import RELATIONSHIPS

pytestmark = pytest.mark.slow

EXACT, BROAD, NARROW, CLOSE, RELATED = (
    f"skos:{name}Match" for name in ("exact", "broad", "narrow", "close", "related")
)
meanings = st.builds(Meaning, st.sampled_from(PLAIN), st.booleans())

TABLE = {
    (EXACT, EXACT): EXACT, (EXACT, BROAD): BROAD, (EXACT, NARROW): NARROW, (EXACT, CLOSE): CLOSE,
    (EXACT, RELATED): RELATED, (BROAD, EXACT): BROAD, (NARROW, EXACT): NARROW, (CLOSE, EXACT): CLOSE,
    (RELATED, EXACT): RELATED, (BROAD, BROAD): BROAD, (NARROW, NARROW): NARROW,
}  # fmt: skip


@pytest.mark.parametrize("pair", list(product((EXACT, BROAD, NARROW, CLOSE, RELATED), repeat=2)))
def test_the_table_of_skos(pair):
    found = compose(*map(Meaning, pair))
    assert (found and found.predicate) == TABLE.get(pair)


def test_owl_and_what_has_no_rule():
    same, kind = Meaning("owl:equivalentClass"), Meaning("rdfs:subClassOf")
    assert compose(same, same) == same and compose(kind, kind) == kind, "T1"
    assert compose(same, kind) == compose(kind, same) == compose(kind, Meaning(EXACT)) == Meaning(BROAD), "RG1, RG2"
    assert compose(same, Meaning("owl:sameAs")) == Meaning(EXACT)
    for unruled in ("oboInOwl:hasDbXref", "rdfs:seeAlso", "ex:unknown", "semapv:crossSpeciesExactMatch"):
        assert compose(Meaning(EXACT), Meaning(unruled)) is compose(Meaning(unruled), Meaning(EXACT)) is None


def test_what_does_not_hold():
    no = Meaning(EXACT, negated=True)
    assert compose(Meaning(EXACT), no) == compose(no, Meaning(EXACT)) == no
    assert compose(no, no) is compose(Meaning(BROAD), no) is compose(Meaning(CLOSE), no) is None
    no_class = Meaning("owl:equivalentClass", negated=True)
    assert compose(Meaning(EXACT), no_class) is None, "what is called equal need not be the same class"
    assert compose(Meaning("owl:equivalentClass"), no_class) == no_class


@given(meanings, meanings, meanings)
def test_it_is_associative(one, two, three):
    first, second = compose(one, two), compose(two, three)
    left = compose(first, three) if first else None
    right = compose(one, second) if second else None
    assert left == right


@given(st.sampled_from(sorted(RELATIONSHIPS)), st.sampled_from(sorted(RELATIONSHIPS)))
def test_relationships_follow_as_predicates_do(one, other):
    found = compose(Meaning(one), Meaning(other))
    if found is not None:
        assert follows(RELATIONSHIPS[one], RELATIONSHIPS[other]) == RELATIONSHIPS[found.predicate]


@given(mappings("a", "b", (EXACT, BROAD, NARROW, CLOSE, RELATED), none=False))
def test_a_chain_with_itself_equal_is_the_same(one):
    same = Mapping(subject=one.object, object=one.object, predicate=EXACT, confidence=1.0)
    found = chain(one, same)
    assert found is not None
    assert (found.subject, found.object, found.relationship) == (one.subject, one.object, one.relationship)
    assert found.confidence == one.confidence
    assert (found.conditions, found.products) == (one.conditions, one.products)


def statements(mapping_set):
    return {(str(e.subject), str(e.object), e.predicate, e.negated, e.conditions) for e in mapping_set.mappings}


plain_sets = [sets(source, target, source, predicates=PLAIN[:8], none=False) for source, target in ("ab", "bc", "cd")]


@given(*plain_sets)
def test_sets_are_chained_associatively(one, two, three):
    left = chain_sets(chain_sets(one, two).mapping_set, three).mapping_set
    right = chain_sets(one, chain_sets(two, three).mapping_set).mapping_set
    plain = {(a, b, p, n, frozenset(c)) for a, b, p, n, c in statements(left)}
    assert plain == {(a, b, p, n, frozenset(c)) for a, b, p, n, c in statements(right)}


@given(*plain_sets[:2])
def test_every_pair_is_chained_or_found(one, two):
    found = chain_sets(one, two)
    pairs = [(a, b) for a in one.mappings for b in two.mappings if a.object.code == b.subject.code]
    follow = [pair for pair in pairs if chain(*pair) is not None]
    ends = [a for a in one.mappings if all(a.object.code != b.subject.code for b in two.mappings)]
    assert len(found.findings) == len(pairs) - len(follow) + len(ends)
    assert len(statements(found.mapping_set)) <= len(follow)


def test_how_sure_and_by_which_way():
    one, two = mapping("a1", "b1", confidence=0.9), mapping("b1", "c1", BROAD, confidence=0.8)
    found = chain(one, two, origins=("first", "second"))
    assert (found.confidence, found.justification, found.tool, found.author) == (0.72, CHAINING, "termbank", None)
    assert slots.of(found)["derivation"] == "a:1 skos:exactMatch b:1 [first]; b:1 skos:broadMatch c:1 [second]"
    assert chain(one, two, confidence="minimum").confidence == 0.8
    assert chain(one, two, confidence=lambda a, b: (a + b) / 2).confidence == 0.85
    assert chain(one.with_(confidence=None), two).confidence is None, "nobody said how sure the first is"


def test_several_ways_to_one_statement_are_kept_and_the_surest_counts():
    one = made(mapping("a1", "b1", confidence=0.5), mapping("a1", "b2", confidence=0.9), id="x")
    two = made(mapping("b1", "c1", confidence=1.0), mapping("b2", "c1", confidence=1.0), id="y")
    (found,) = chain_sets(one, two).mapping_set.mappings
    assert found.confidence == 0.9
    ways = slots.of(found)["derivation"].split(" | ")
    assert [way.split("; ")[0] for way in ways] == ["a:1 skos:exactMatch b:2 [x]", "a:1 skos:exactMatch b:1 [x]"]


def test_several_ways_go_on_together():
    one = made(mapping("a1", "b1"), mapping("a1", "b2"), id="x")
    two = made(mapping("b1", "c1"), mapping("b2", "c1"), id="y")
    three = made(mapping("c1", "d1"), id="z")
    (found,) = chain_sets(chain_sets(one, two).mapping_set, three).mapping_set.mappings
    assert [len(way.split("; ")) for way in slots.of(found)["derivation"].split(" | ")] == [3, 3]


def test_no_counterpart_is_passed_on_by_what_is_equal():
    none = mapping("b1", None)
    assert chain(mapping("a1", "b1"), none).object is None
    assert chain(mapping("a1", "b1", BROAD), none) is None, "what is narrower may have one"
    assert chain(mapping("a1", None), mapping("b1", "c1")) is None


def test_what_is_not_chained_says_why():
    cases = {
        "not-chained": (mapping("a1", "b1", BROAD), mapping("b1", "c1", NARROW)),
        "chain-of-rules": (mapping("a1", "b1", rule="TRUE"), mapping("b1", "c1", group=1)),
        "chain-ends": (mapping("a1", "b1"), mapping("b2", "c1")),
    }
    for name, (one, two) in cases.items():
        found = chain_sets(made(one), made(two))
        assert found.mapping_set.mappings == ()
        assert [each.rule for each in found.findings] == [name]


def test_versions_must_agree_unless_told_otherwise():
    one = mapping("a1", "b1")
    old, new = (one.with_(object=one.object.with_(version=version)) for version in ("2020", "2026"))
    two = mapping("b1", "c1").with_(subject=new.object)
    assert chain(new, two) is not None and chain(one, two) is not None
    assert chain(old, two) is None and chain(old, two, across_versions=True) is not None
    (finding,) = chain_sets(made(old), made(two)).findings
    assert finding.rule == "chain-across-versions" and "2020, 2026" in finding.message("sv")


def test_rules_of_one_side_are_kept():
    ruled = mapping("a1", "b1", rule="IFA 248152002 | Female |", group=2, priority=1)
    found = chain(ruled, mapping("b1", "c1"))
    assert (found.rule, found.group, found.priority) == (ruled.rule, 2, 1)


def test_a_stated_relationship_goes_before_a_weaker_predicate():
    one = mapping("a1", "b1", RELATED, stated="equivalent")
    assert chain(one, mapping("b1", "c1", BROAD)).predicate == BROAD
    unrelated = mapping("a1", "b1", RELATED, stated="not-related-to")
    assert chain(unrelated, mapping("b1", "c1")).relationship == "not-related-to"


def test_through_several_systems_in_either_direction():
    first = made(mapping("a1", "b1", BROAD), id="ab")
    second = made(mapping("c1", "b1", NARROW), mapping("c2", "x1"), id="cb")
    third = made(mapping("c1", "d1"), id="cd")
    found = compose_sets([third, first, second], "a", "d", via=["b", "c"])
    (one,) = found.mapping_set.mappings
    assert (str(one.subject), one.predicate, str(one.object), found.mapping_set.id) == ("a#1", BROAD, "d#1", "a-to-d")
    assert slots.of(one)["derivation"] == (
        "a:1 skos:broadMatch b:1 [ab]; b:1 skos:broadMatch c:1 [cb-inverted]; c:1 skos:exactMatch d:1 [cd]"
    )
    assert compose_sets([third], "d", "c").mapping_set.mappings[0].predicate == EXACT
    assert compose_sets([first], "a", "d", via=["x"]).mapping_set.mappings == ()


def test_that_there_is_none_is_no_beginning():
    sets_ = [made(mapping("b1", None), id="ba", object_source="a"), made(mapping("b1", "c1", RELATED), id="bc")]
    assert compose_sets(sets_, "a", "c", via=["b"]).mapping_set.mappings == ()
    assert chain(mapping("a1", None), mapping("b1", "c1")) is None


def test_names_of_systems_may_differ():
    one, two = made(mapping("a1", "b1")), made(mapping("B1", "c1"))
    assert chain_sets(one, two).mapping_set.mappings == ()
    assert len(chain_sets(one, two, same=str.lower).mapping_set.mappings) == 1


def test_licences_that_differ_are_found():
    one, two = made(mapping("a1", "b1"), licence="MIT"), made(mapping("b1", "c1"), licence="CC0")
    assert [each.rule for each in chain_sets(one, two).findings] == ["licences-differ"]


def test_a_derivation_names_what_is_denied():
    assert derivation(mapping("a1", None, negated=True)) == "a:1 not skos:exactMatch sssom:NoTermFound"
