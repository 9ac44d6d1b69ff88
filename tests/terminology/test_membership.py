"""A code is in a value set if it is in what is included and not in what is excluded, however that is written."""

from hypothesis import given
from hypothesis import strategies as st

from termbank.model import Coding, Concept, ConceptFilter, ConceptSet, Relation, ValueSet, Vocabulary
from termbank.terminology.engine import Terminology
from termbank.terminology.holdings import Holdings
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.membership import Membership
from termbank.terminology.question import Question
from termbank.terminology.verdict import Verdict

CODES = [f"c{number}" for number in range(6)]
TREE = {"c1": "c0", "c2": "c0", "c3": "c1", "c5": "c4"}
SYSTEMS = ("http://example.org/one", "http://example.org/two")
VOCABULARIES = [
    Vocabulary(
        id=url,
        title=url,
        url=url,
        strict=True,
        concepts=tuple(
            Concept(id=code, relations=(Relation(type="broader", target=TREE[code]),) if code in TREE else ())
            for code in CODES
        ),
    )
    for url in SYSTEMS
]
BASE = Terminology([]).overlaid(VOCABULARIES)
PAIRS = [(system, code) for system in SYSTEMS for code in CODES]
NAMED = [f"http://example.org/vs{number}" for number in range(4)]


def at_or_below(code):
    found = {code}
    for _ in CODES:
        found |= {child for child, parent in TREE.items() if parent in found}
    return found


def concept_sets(imports):
    """Draw one include or exclude, which may use value sets that were drawn before."""
    listed = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(tuple)
    roots = st.none() | st.sampled_from(CODES)
    others = st.lists(st.sampled_from(imports), max_size=2, unique=True).map(tuple) if imports else st.just(())
    return st.builds(
        lambda system, codes, root, used: ConceptSet(
            system=system,
            concepts=codes if system else (),
            filters=(ConceptFilter(property="concept", op="is-a", value=root),) if system and root else (),
            value_sets=used,
        ),
        st.none() | st.sampled_from(SYSTEMS),
        listed,
        roots,
        others,
    ).filter(lambda each: each.system or each.value_sets)


@st.composite
def value_sets(draw):
    found = []
    for place, url in enumerate(NAMED):
        sets = st.lists(concept_sets(NAMED[:place]), max_size=3).map(tuple)
        found.append(ValueSet(id=url, url=url, include=draw(sets), exclude=draw(sets)))
    return found


def meant(value_set, by_url):
    """Return what a value set contains, by the words of the FHIR specification."""

    def of(concept_set):
        found = set(PAIRS)
        if concept_set.system:
            listed = {each.code for each in concept_set.concepts}
            filtered = set(CODES)
            for each in concept_set.filters:
                filtered &= at_or_below(each.value)
            codes = listed | filtered if concept_set.filters and listed else listed or filtered
            found = {(concept_set.system, code) for code in codes}
        for url in concept_set.value_sets:
            found &= meant(by_url[url], by_url)
        return found

    included = set().union(*map(of, value_set.include))
    return included.difference(*map(of, value_set.exclude))


def membership(value_set, others=(), **options):
    holdings = Holdings(BASE.overlaid(list(others)).layers, BASE.names)
    return Membership(Inquiry(holdings, Question(**options)), value_set)


@given(value_sets())
def test_includes_filters_imports_and_excludes_are_set_algebra(drawn):
    by_url = {each.url: each for each in drawn}
    for value_set in drawn:
        asked = membership(value_set, drawn)
        found = {
            (system, code) for system, code in PAIRS if asked.contains("", Coding(system=system, code=code), Verdict())
        }
        assert found == meant(value_set, by_url)


@given(value_sets(), st.sampled_from(CODES))
def test_the_system_that_is_inferred_is_the_only_one_under_which_the_code_is_in_the_value_set(drawn, code):
    by_url = {each.url: each for each in drawn}
    asked = membership(drawn[-1], drawn, infer_system=True)
    verdict = Verdict()
    answer = asked.contains("", Coding(system="", code=code), verdict)
    systems = {system for system, each in meant(drawn[-1], by_url) if each == code}
    assert bool(answer) is (len(systems) == 1)
    if answer:
        assert {verdict.implied_system} == systems


@given(value_sets(), st.sampled_from(PAIRS))
def test_the_same_question_is_answered_alike_again(drawn, pair):
    asked, verdict = membership(drawn[-1], drawn), Verdict()
    coding = Coding(system=pair[0], code=pair[1])
    first, facts, findings = asked.contains("", coding, verdict), verdict.facts, list(verdict.findings)
    assert (asked.contains("", coding, verdict), verdict.facts, verdict.findings) == (first, facts, findings)
