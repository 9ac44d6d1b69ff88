"""Sets merged and compared: nothing is lost, contradictions are found, and a difference can be made good."""

import pytest
from algebra_making import made, mapping, mappings, sets
from hypothesis import given
from hypothesis import strategies as st

from termbank.mapping import slots
from termbank.mapping.cardinality import cardinalities, cardinality, with_cardinalities
from termbank.mapping.differing import diff, patch
from termbank.mapping.merging import conflicts, merge
from termbank.model import Mapping, UnmappedRule

pytestmark = pytest.mark.slow

one_set, other_set = sets(id="one"), sets(id="other")


def content(mapping_set):
    return sorted(map(Mapping.to_json, mapping_set.mappings))


@given(one_set)
def test_merged_with_itself_it_says_the_same(one):
    once, twice = merge([one]), merge([one, one])
    assert once == twice
    assert merge([once.mapping_set]).mapping_set.mappings == once.mapping_set.mappings
    plain = {each.model_copy(update={"extra": None}).to_json() for each in once.mapping_set.mappings}
    assert plain == {each.model_copy(update={"extra": None}).to_json() for each in one.mappings}


@given(one_set, other_set)
def test_the_order_does_not_matter(one, other):
    left, right = merge([one, other]), merge([other, one])
    assert content(left.mapping_set) == content(right.mapping_set)
    assert sorted(each.rule for each in left.findings) == sorted(each.rule for each in right.findings)


@given(one_set, other_set, sets(id="third"))
def test_nor_how_they_are_grouped(one, other, third):
    left = merge([merge([one, other]).mapping_set, third]).mapping_set
    assert content(left) == content(merge([one, merge([other, third]).mapping_set]).mapping_set)


def test_each_says_where_it_came_from():
    known = mapping("a3", "b3", extra={"sssom": {"mapping_source": "x:y"}})
    found = merge([made(mapping("a1", "b1"), id="one"), made(mapping("a2", "b2"), known, id="two", url="http://two")])
    sources = [slots.of(each)["mapping_source"] for each in found.mapping_set.mappings]
    assert sources == ["urn:termbank:mappings:one", "http://two", "x:y"]
    assert slots.of(found.mapping_set)["mapping_set_source"] == ["http://two"]


def test_what_the_sets_say_of_themselves():
    rule = UnmappedRule(source="a", target="b", mode="use-source-code")
    one, two = (made(mapping("a1", "b1"), id=name, licence=name, subject_source="a", unmapped="none") for name in "xy")
    found = merge([one, two.with_(unmapped_rules=(rule,))], id="both")
    assert (found.mapping_set.id, found.mapping_set.licence, found.mapping_set.subject_source) == ("both", None, "a")
    assert (found.mapping_set.unmapped, found.mapping_set.unmapped_rules) == ("none", (rule,))
    assert [each.rule for each in found.findings] == ["licences-differ"]


EXACT, BROAD, CLOSE, RELATED = "skos:exactMatch", "skos:broadMatch", "skos:closeMatch", "skos:relatedMatch"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (mapping("a1", "b1"), mapping("a1", "b1", BROAD), "mapping-contradicted"),
        (mapping("a1", "b1", "owl:sameAs"), mapping("a1", "b1", RELATED), "mapping-contradicted"),
        (mapping("a1", "b1", BROAD), mapping("a1", "b1", "skos:narrowMatch"), "mapping-contradicted"),
        (mapping("a1", "b1"), mapping("a1", "b1", negated=True), "mapping-contradicted"),
        (mapping("a1", "b1"), mapping("a1", "b1", CLOSE, negated=True), "mapping-contradicted"),
        (mapping("a1", "b1"), mapping("a1", "b1", CLOSE), "mapping-otherwise"),
        (mapping("a1", "b1", CLOSE), mapping("a1", "b1", RELATED), "mapping-otherwise"),
        (mapping("a1", "b1"), mapping("a1", "b2"), "several-exact"),
        (mapping("a1", "b1"), mapping("a1", None), "counterpart-after-all"),
        (mapping("a1", "b1", BROAD), mapping("a1", "b1", negated=True), None),
        (mapping("a1", "b1"), mapping("a1", "b1", comment="annat skäl"), None),
        (mapping("a1", "b1", RELATED), mapping("a1", None), None),
        (mapping("a1", "b1"), mapping("a2", "b1"), None),
        (mapping("a1", "b1"), mapping("a1", "c1"), None),
        (mapping("a1", "b1", rule="x"), mapping("a1", "b1", BROAD), None),
    ],
)
def test_contradictions(one, other, expected):
    found = merge([made(one, id="x"), made(other, id="y")])
    assert len(found.mapping_set.mappings) == 2, "nothing is decided"
    assert [each.rule for each in found.findings] == ([expected] if expected else [])
    assert [each.rule for each in conflicts([other, one])] == ([expected] if expected else [])


def test_a_contradiction_names_the_sets():
    found = merge([made(mapping("a1", "b1"), id="x"), made(mapping("a1", "b1", BROAD), id="y")])
    assert "skos:exactMatch [x]" in found.findings[0].message("sv")


def test_none_in_another_system_contradicts_nothing():
    none = mapping("a1", None, extra={"sssom": {"object_source": "c:"}})
    assert conflicts([mapping("a1", "b1"), none]) == []
    assert len(conflicts([mapping("a1", "c1"), none])) == 1


@given(one_set)
def test_a_set_does_not_differ_from_itself(one):
    found = diff(one, one)
    assert not found and found.header == found.added == found.removed == found.changed == ()


@given(one_set, other_set)
def test_a_difference_can_be_made_good(one, other):
    found = diff(one, other)
    mended = patch(one, found, header=other)
    assert content(mended) == content(other)
    assert mended.with_(mappings=()) == other.with_(mappings=())
    assert not diff(mended, other)
    back = diff(other, one)
    assert (len(back.added), len(back.removed), len(back.changed)) == tuple(
        map(len, (found.removed, found.added, found.changed))
    )


@given(one_set, st.permutations(range(6)))
def test_the_order_is_no_difference(one, order):
    shuffled = one.model_copy(update={"mappings": tuple(one.mappings[i] for i in order if i < len(one.mappings))})
    assert not diff(one, shuffled)


@given(mappings(), mappings())
def test_the_slots_of_a_change_say_all_of_it(one, other):
    found = diff(made(one), made(other))
    for change in found.changed:
        assert change.slots and all(each.before != each.after for each in change.slots)


def test_what_is_not_there_cannot_be_patched():
    found = diff(made(mapping("a1", "b1")), made(mapping("a1", "b1", BROAD)))
    with pytest.raises(ValueError, match=r"a#1 → b#1 is not in m"):
        patch(made(mapping("a2", "b2")), found)


def test_a_difference_slot_by_slot():
    old = mapping("a1", "b1", author="Anna", extra={"sssom": {"see_also": ["x"]}})
    new = mapping("a1", "b1", BROAD, author="Anna", confidence=0.5)
    found = diff(made(old, title="Gammal"), made(new, mapping("a2", "b2"), title="Ny"))
    assert {each.name: (each.before, each.after) for each in found.changed[0].slots} == {
        "predicate_id": (EXACT, BROAD), "confidence": (None, 0.5), "see_also": (["x"], None),
    }  # fmt: skip
    assert [each.name for each in found.header] == ["title"] and len(found.added) == 1


# -- cardinality


def test_cardinalities():
    whole = made(
        mapping("a1", "b1"), mapping("a2", "b2"), mapping("a2", "b3"), mapping("a3", "b4"), mapping("a4", "b4"),
        mapping("a5", None), mapping("a6", "b1", negated=True),
        Mapping(subject=mapping("a1", "b1").subject.with_(system="sssom", code="NoTermFound"),
                object=mapping("a1", "b9").object, predicate=EXACT),
    )  # fmt: skip
    assert cardinalities(whole) == ["1:1", "1:n", "1:n", "n:1", "n:1", "1:0", "1:1", "0:1"]
    assert cardinality(whole) == "n:n" and cardinality(made(mapping("a1", None))) is None
    assert cardinality(made(mapping("a1", "b1"))) == "1:1"


def test_within_a_scope():
    whole = made(mapping("a1", "b1"), mapping("a1", "b2", BROAD), mapping("a1", "c3"))
    assert cardinalities(whole) == ["1:n"] * 3
    assert cardinalities(whole, ["predicate_id"]) == ["1:n", "1:1", "1:n"]
    assert cardinalities(whole, ["predicate_id", "object_source"]) == ["1:1"] * 3
    stated = with_cardinalities(whole, ["predicate_id"])
    assert slots.of(stated.mappings[1]) == {"mapping_cardinality": "1:1", "cardinality_scope": ["predicate_id"]}
    assert cardinalities(stated) == ["1:n", "1:1", "1:n"], "each in the scope that it names"
