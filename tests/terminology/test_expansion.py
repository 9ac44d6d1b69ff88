"""Expansions: set algebra against Python's sets, order, pages, days, limits and value sets that mean harm."""

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from termbank.model import (
    Concept,
    ConceptFilter,
    ConceptSet,
    IncludedConcept,
    Property,
    PropertyDefinition,
    Relation,
    Term,
    ValueSet,
    Vocabulary,
)
from termbank.store.memory import MemorySource
from termbank.terminology import expansion, inquiry
from termbank.terminology.engine import Terminology
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.question import Question, VersionRule
from termbank.terminology.refusal import Refusal
from termbank.terminology.text_filter import TextFilter

PLAN = "http://example.org/plan"
OTHER = "http://example.org/other"


def concept(code, *parents, display=None, kind=None, **more):
    return Concept(
        id=code,
        terms=(Term(text=display or f"Plan {code}"),),
        relations=tuple(Relation(type="broader", target=each) for each in parents),
        properties=(Property(code="kind", value=kind),) if kind else (),
        **more,
    )


def system(*concepts, url=PLAN, version="1", **more):
    kind = PropertyDefinition(code="kind", type="code")
    return Vocabulary(
        id=url,
        url=url,
        title=url,
        version=version,
        strict=True,
        property_definitions=(kind,),
        concepts=concepts,
        **more,
    )


def value_set(*include, exclude=(), name="vs", **more):
    return ValueSet(id=name, url=f"http://example.org/{name}", include=include, exclude=tuple(exclude), **more)


def expand(items, wanted, **options):
    terminology = Terminology([]).overlaid(items)
    return expansion.expand(Inquiry(terminology.holdings, Question(**options)), wanted)


def codes(found):
    return [each.code for each in found.codes]


def tree(found):
    return {each.code: tree_of(each) for each in found.codes}


def tree_of(code):
    return {each.code: tree_of(each) for each in code.children}


LETTERS = "abcdefgh"


@st.composite
def systems(draw):
    """Draw a small code system: some codes, each perhaps below an earlier one, inactive, or of a kind."""
    concepts = []
    for index, letter in enumerate(LETTERS):
        parents = [draw(st.sampled_from(LETTERS[:index]))] if index and draw(st.booleans()) else []
        kind = draw(st.sampled_from(["x", "y", None]))
        concepts.append(concept(letter, *parents, kind=kind, inactive=draw(st.booleans())))
    return system(*concepts)


def below(concepts, code):
    found = {code}
    for each in concepts:  # parents come first
        if set(each.parents()) & found:
            found.add(each.id)
    return found


@st.composite
def concept_sets(draw):
    kind = draw(st.sampled_from(["all", "listed", "is-a", "is-not-a", "kind"]))
    if kind == "listed":
        listed = draw(st.lists(st.sampled_from(LETTERS + "z"), min_size=1, max_size=5))
        return ConceptSet(system=PLAN, concepts=tuple(IncludedConcept(code=each) for each in listed))
    if kind == "all":
        return ConceptSet(system=PLAN)
    name, op = ("kind", "=") if kind == "kind" else ("concept", kind)
    value = draw(st.sampled_from("xy" if kind == "kind" else LETTERS))
    return ConceptSet(system=PLAN, filters=(ConceptFilter(property=name, op=op, value=value),))


def members(vocabulary, chosen):
    """What a concept set selects, said with Python's sets."""
    everything = {each.id for each in vocabulary.concepts}
    if chosen.concepts:
        return {each.code for each in chosen.concepts} & everything
    if not chosen.filters:
        return everything
    wanted = chosen.filters[0]
    if wanted.property == "kind":
        return {each.id for each in vocabulary.concepts if each.properties and each.properties[0].value == wanted.value}
    under = below(vocabulary.concepts, wanted.value)
    return under if wanted.op == "is-a" else everything - under


@given(systems(), st.lists(concept_sets(), min_size=1, max_size=4), st.lists(concept_sets(), max_size=3), st.booleans())
def test_include_and_exclude_are_union_and_difference(vocabulary, include, exclude, active_only):
    wanted = set().union(*(members(vocabulary, each) for each in include))
    wanted -= set().union(*(members(vocabulary, each) for each in exclude))
    if active_only:
        wanted -= {each.id for each in vocabulary.concepts if each.inactive}
    found = expand([vocabulary], value_set(*include, exclude=exclude), active_only=active_only, exclude_nested=True)
    assert sorted(codes(found)) == sorted(wanted)  # each once
    assert found.total == len(wanted)


@given(systems(), st.lists(concept_sets(), min_size=1, max_size=3), concept_sets())
def test_an_import_beside_a_system_is_an_intersection(vocabulary, include, imported):
    inner = value_set(imported, name="inner")
    outer = value_set(*(each.with_(value_sets=(inner.url,)) for each in include))
    found = expand([vocabulary, inner], outer)
    wanted = set().union(*(members(vocabulary, each) for each in include)) & members(vocabulary, imported)
    assert set(codes(found)) == wanted


@given(systems(), concept_sets(), concept_sets())
def test_several_imports_are_an_intersection_and_can_be_excluded(vocabulary, first, second):
    one, two = value_set(first, name="one"), value_set(second, name="two")
    both = expand([vocabulary, one, two], value_set(ConceptSet(value_sets=(one.url, two.url))))
    assert set(codes(both)) == members(vocabulary, first) & members(vocabulary, second)
    without = value_set(ConceptSet(system=PLAN), exclude=[ConceptSet(value_sets=(one.url, two.url))])
    left = expand([vocabulary, one, two], without)
    everything = {each.id for each in vocabulary.concepts}
    assert set(codes(left)) == everything - (members(vocabulary, first) & members(vocabulary, second))


@given(
    systems(), st.lists(concept_sets(), min_size=1, max_size=4), st.lists(concept_sets(), max_size=2), st.integers(1, 5)
)
def test_pages_make_the_whole(vocabulary, include, exclude, size):
    wanted = value_set(*include, exclude=exclude)
    whole = expand([vocabulary], wanted, exclude_nested=True)
    pages = [expand([vocabulary], wanted, offset=start, count=size) for start in range(0, max(whole.total, 1), size)]
    assert [code for page in pages for code in codes(page)] == codes(whole)
    assert {page.total for page in pages} == {whole.total}
    assert codes(expand([vocabulary], wanted, offset=whole.total + 5, count=size)) == []


@given(systems())
def test_nesting_follows_the_first_parent_and_keeps_every_code(vocabulary):
    found = expand([vocabulary], value_set(ConceptSet(system=PLAN)))
    parents = {each.id: next(iter(each.parents()), None) for each in vocabulary.concepts}
    seen, waiting = {}, [(None, found.codes)]
    while waiting:
        above, level = waiting.pop()
        for each in level:
            seen[each.code] = above
            waiting.append((each.code, each.children))
    assert seen == parents


TREE = system(concept("a"), concept("b", "a"), concept("c", "b"), concept("d"))


def test_listed_codes_keep_the_order_of_the_list():
    listed = ConceptSet(system=PLAN, concepts=("d", "b", "a", "b", "nowhere"))
    assert codes(expand([TREE], value_set(listed))) == ["d", "b", "a"]
    assert codes(expand([TREE], value_set(listed), offset=1, count=1)) == ["b"]


def test_includes_stand_in_their_order_and_each_code_where_it_comes_first():
    one, two = ConceptSet(system=PLAN, concepts=("d",)), ConceptSet(system=PLAN)
    assert codes(expand([TREE], value_set(one, two))) == ["d", "a", "b", "c"]


def test_a_code_whose_heading_is_hidden_goes_to_the_one_above():
    headings = system(concept("a"), concept("b", "a", abstract=True), concept("c", "b"), concept("d"))
    found = expand([headings], value_set(ConceptSet(system=PLAN)), exclude_not_for_ui=True)
    assert tree(found) == {"a": {"c": {}}, "d": {}}
    retired = system(concept("a"), concept("b", "a", inactive=True), concept("c", "b"))
    assert tree(expand([retired], value_set(ConceptSet(system=PLAN)), active_only=True)) == {"a": {"c": {}}}


def test_what_a_filter_leaves_out_is_no_parent():
    kinds = system(concept("a", kind="x"), concept("b", "a"), concept("c", "b", kind="x"), concept("d", "a", kind="x"))
    wanted = ConceptSet(system=PLAN, filters=(ConceptFilter(property="kind", op="=", value="x"),))
    assert tree(expand([kinds], value_set(wanted))) == {"a": {"d": {}}, "c": {}}


def test_several_parents_cannot_be_nested():
    found = expand([system(concept("a"), concept("b"), concept("c", "a", "b"))], value_set(ConceptSet(system=PLAN)))
    assert tree(found) == {"a": {}, "c": {}, "b": {}}


def test_a_hierarchy_without_end_is_flat():
    chain = [concept("c0"), *(concept(f"c{index}", f"c{index - 1}") for index in range(1, 300))]
    found = expand([system(*chain)], value_set(ConceptSet(system=PLAN)))
    assert len(found.codes) == 300
    assert not any(each.children for each in found.codes)


# -- versions


OLD = system(concept("a", display="Old a"), concept("b"), version="1.0")
NEW = system(concept("a", display="New a"), concept("c"), version="2.0")


def of_version(version, *listed):
    return ConceptSet(system=PLAN, version=version, concepts=listed)


def test_codes_of_two_versions_are_two_codes_unless_versions_match():
    both = value_set(of_version("1.0"), of_version("2.0"))
    assert [(each.code, each.version) for each in expand([OLD, NEW], both).codes] == [
        ("a", "2.0"), ("c", "2.0"), ("a", "1.0"), ("b", "1.0"),
    ]  # fmt: skip
    merged = expand([OLD, NEW], both, versions_match=True)
    assert [(each.code, each.display) for each in merged.codes] == [("a", "New a"), ("c", "Plan c"), ("b", "Plan b")]
    assert ("versionsMatch", "true") in merged.notes


def test_one_version_without_another_is_what_is_new():
    assert codes(expand([OLD, NEW], value_set(of_version("2.0"), exclude=[of_version("1.0")]))) == ["c"]
    apart = expand([OLD, NEW], value_set(of_version("2.0"), exclude=[of_version("1.0")]), versions_match=False)
    assert codes(apart) == ["a", "c"]


def test_the_rule_that_decided_a_version_is_noted():
    rule = VersionRule(PLAN, "1.0", "default")
    found = expand([OLD, NEW], value_set(ConceptSet(system=PLAN)), rules=(rule,))
    assert codes(found) == ["a", "b"]
    assert ("system-version", f"{PLAN}|1.0") in found.notes


# -- days


def test_a_locked_date_reads_the_version_of_that_day_and_its_valid_codes():
    day = datetime.date
    first = system(concept("a"), concept("b", valid_to=day(2024, 6, 30)), valid_from=day(2024, 1, 1), version="2024",
                   valid_to=day(2024, 12, 31))  # fmt: skip
    second = system(concept("c"), valid_from=day(2025, 1, 1), version="2025")
    every = ConceptSet(system=PLAN)
    assert codes(expand([first, second], value_set(every))) == ["c"]
    assert codes(expand([first, second], value_set(every, locked_date=day(2024, 3, 1)))) == ["a", "b"]
    assert codes(expand([first, second], value_set(every, locked_date=day(2024, 7, 1)))) == ["a"]
    assert codes(expand([first, second], value_set(every), on=day(2024, 7, 1))) == ["a"]
    with pytest.raises(Refusal, match="2023-01-01"):
        expand([first, second], value_set(every, locked_date=day(2023, 1, 1)))
    assert codes(expand([first, second], value_set(of_version("2024"), locked_date=day(2026, 1, 1)))) == ["a", "b"]


# -- words


SWEDISH = system(
    concept("1", display="Vårdsamverkan"),
    concept("2", display="Samordnad individuell plan (SIP)"),
    concept("3", display="Öga, höger"),
    concept("AB12", display="Ärende"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("samverkan", ["1"]),
        ("VÅRD", ["1"]),
        ("plan ind", ["2"]),
        ("sip", ["2"]),
        ("öga", ["3"]),
        ("Ä", ["AB12"]),
        ("ab1", ["AB12"]),
        ("a", ["AB12"]),  # begun words only: no letter is looked for inside others
        ("oga", []),
        ("plan öga", []),
        ("...", ["1", "2", "3", "AB12"]),
    ],
)
def test_words_are_found_begun_and_inside_compounds(text, wanted):
    assert codes(expand([SWEDISH], value_set(ConceptSet(system=PLAN)), text=text)) == wanted


def test_words_are_found_in_every_designation_and_in_what_the_value_set_says():
    spoken = Concept(id="x", terms=(Term(text="eye", language="en"), Term(text="öga", status="unknown")))
    assert codes(expand([system(spoken)], value_set(ConceptSet(system=PLAN)), text="öga")) == ["x"]
    listed = ConceptSet(system=PLAN, concepts=(IncludedConcept(code="x", display="synorgan"),))
    assert codes(expand([system(spoken)], value_set(listed), text="syn")) == ["x"]


def test_many_codes_are_searched_as_few_are():
    many = system(*(concept(str(index), display=f"Plan {index} å") for index in range(1_500)))
    edition = Terminology([MemorySource(many)]).holdings
    source = edition.edition(edition.find(PLAN))
    few = BitMap(range(1_400, 1_450))
    alone = TextFilter("plan 14").select(source, few, {})
    assert alone == TextFilter("plan 14").select(source, source.everything(), {}) & few == few


# -- limits


def test_too_many_codes_are_refused_unless_some_are_asked_for():
    many = system(*(concept(str(index)) for index in range(expansion.DEFAULT_LIMIT + 5)))
    whole = value_set(ConceptSet(system=PLAN))
    with pytest.raises(Refusal, match=">1000"):
        expand([many], whole)
    assert len(expand([many], whole, count=2_000).codes) == expansion.DEFAULT_LIMIT + 5
    assert len(expand([many], whole, count=10).codes) == 10
    part = expand([many], whole, incomplete_ok=True)
    assert (len(part.codes), part.too_costly, part.total) == (expansion.DEFAULT_LIMIT, True, 1_005)
    with pytest.raises(Refusal, match=">3"):
        expand([many], whole, limit=3)
    assert len(expand([many], value_set(ConceptSet(system=PLAN, concepts=("1", "2")))).codes) == 2


def imports(name, *others):
    return value_set(ConceptSet(value_sets=tuple(f"http://example.org/{each}" for each in others)), name=name)


def test_value_sets_in_a_circle_are_refused_with_the_way():
    ring = [imports("one", "two"), imports("two", "three"), imports("three", "one")]
    with pytest.raises(Refusal, match=r"one.*two.*three.*one"):
        expand([TREE, *ring], ring[0])


def test_a_chain_without_end_is_refused():
    chain = [imports(f"v{index}", f"v{index + 1}") for index in range(2_000)]
    with pytest.raises(Refusal):
        expand([TREE, *chain, value_set(ConceptSet(system=PLAN), name="v2000")], chain[0])


def test_a_value_set_that_is_imported_again_and_again_is_read_once():
    levels = [value_set(ConceptSet(system=PLAN), name="l0")]
    for index in range(1, 30):  # two ways from each level to the next: 2**29 ways in all
        below_it = f"http://example.org/l{index - 1}"
        include = (ConceptSet(value_sets=(below_it,)), ConceptSet(value_sets=(below_it,)))
        levels.append(value_set(*include, name=f"l{index}"))
    started = time.perf_counter()
    assert codes(expand([TREE, *levels], levels[-1])) == ["a", "b", "c", "d"]
    assert time.perf_counter() - started < 5


def test_thousands_of_includes_and_imports_are_read():
    inner = [
        value_set(ConceptSet(system=PLAN, concepts=("abcd"[index % 4],)), name=f"i{index}") for index in range(3_000)
    ]
    outer = value_set(*(ConceptSet(value_sets=(each.url,)) for each in inner), *[ConceptSet(system=PLAN)] * 2_000)
    assert codes(expand([TREE, *inner], outer)) == ["a", "b", "c", "d"]


def test_filters_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(inquiry, "MOST_STEPS", 20_000)
    many = system(*(concept(str(index)) for index in range(1_000)))
    costly = [
        ConceptSet(system=PLAN, filters=(ConceptFilter(property="code", op="regex", value=f"{index}|x"),))
        for index in range(1_000)
    ]
    with pytest.raises(Refusal):
        expand([many], value_set(*costly), count=1)


# -- what was used


def test_what_was_used_is_noted():
    fragment = system(concept("x"), url=OTHER, content="fragment", status="draft")
    inner = value_set(ConceptSet(system=PLAN, concepts=("a",)), name="inner", status="retired")
    outer = value_set(ConceptSet(value_sets=(inner.url,)), ConceptSet(system=OTHER))
    found = expand([TREE, fragment, inner], outer)
    assert set(found.notes) == {
        ("used-codesystem", f"{PLAN}|1"),
        ("used-codesystem", f"{OTHER}|1"),
        ("used-fragment", f"{OTHER}|1"),
        ("used-valueset", inner.versioned),
        ("warning-retired", inner.versioned),
        ("warning-draft", f"{OTHER}|1"),
    }
    assert len(found.unclosed) == 1


def test_what_is_missing_is_refused():
    with pytest.raises(Refusal, match="nowhere"):
        expand([TREE], imports("vs", "nowhere"))
    with pytest.raises(Refusal, match="could not be found"):
        expand([TREE], value_set(ConceptSet(system=OTHER)))
    with pytest.raises(Refusal, match="could not be found"):
        expand([TREE], value_set(ConceptSet(system=PLAN), exclude=[of_version("9")]))
    assert codes(expand([TREE], value_set(ConceptSet(system=PLAN), exclude=[ConceptSet(system=OTHER)])))
    with pytest.raises(Refusal):
        expand([TREE], ValueSet(id="vs", composed=False))
    with pytest.raises(Refusal):
        expand([TREE], value_set(ConceptSet()))


def test_a_stored_expansion_is_used_where_there_is_nothing_else():
    stored = ValueSet(
        id="stored",
        url="http://example.org/stored",
        composed=False,
        expansion={"contains": [
            {"system": PLAN, "code": "d", "display": "Dee"},
            {"code": "heading", "contains": [{"system": PLAN, "code": "a"}, {"system": PLAN, "code": "gone"}]},
        ]},
    )  # fmt: skip
    assert expand([TREE], stored).stored == stored.expansion
    assert codes(expand([TREE], stored, offset=1, count=1)) == ["a"]
    within = value_set(ConceptSet(system=PLAN, value_sets=(stored.url,)))
    assert [(each.code, each.display) for each in expand([TREE, stored], within).codes] == [
        ("a", "Plan a"), ("d", "Plan d"),
    ]  # fmt: skip
    assert codes(expand([TREE, stored], imports("vs", "stored"))) == ["d", "a", "gone"]
