"""What mapping sets say of a code: relationships, rules for unmapped codes, chains, circles, versions, and backward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import Bank
from termbank.model import Coding, Condition, Identifier, Mapping, MappingSet, UnmappedRule, VocabularyInfo
from termbank.model.mapping import INVERSE, RELATIONSHIPS
from termbank.terminology.names import Names
from termbank.terminology.refusal import Refusal
from termbank.terminology.source import MemoryMappings
from termbank.terminology.translating import LONGEST_CHAIN, Translator

A, B, C = "http://a", "http://b", "http://c"


def mapping(code: str, target: str | None, predicate: str = "skos:exactMatch", to: str = B, **more) -> Mapping:
    subject = Coding(system=A, code=code)
    if target is None:
        return Mapping(subject=subject, object=None, predicate="sssom:NoTermFound", **more)
    return Mapping(subject=subject, object=Coding(system=to, code=target), predicate=predicate, **more)


def rule(mode: str, source: str = A, target: str = B, **more) -> UnmappedRule:
    return UnmappedRule(source=source, target=target, mode=mode, **more)


def translator(*sets: MappingSet, names: Names | None = None) -> Translator:
    return Translator([MemoryMappings(sets)], names or Names((), tuple))


def said(made: Translator, code: str, to: str | None = None, which: str | None = None, system: str = A, **more):
    held = made.find(which) if which else made.sets[0]
    return made.forward(held, Coding(system=system, code=code), to, **more)


def targets(*given_, **more) -> list[str | None]:
    return [each.target and each.target.code for each in said(*given_, **more).matches]


@pytest.mark.parametrize(("predicate", "relationship"), RELATIONSHIPS.items())
def test_every_relationship_both_ways(predicate, relationship):
    made = translator(MappingSet(id="m", mappings=(mapping("1", "x", predicate),)))
    (forward,) = said(made, "1").matches
    (backward,) = made.backward(made.sets[0], Coding(system=B, code="x")).matches
    assert (forward.relationship, forward.holds) == (relationship, True)
    assert (backward.source.code, backward.target.code) == ("1", "x")
    assert backward.relationship == relationship, "it reads from the source, however it was found"


def test_what_is_not_related_is_told_but_does_not_hold():
    made = translator(MappingSet(id="m", mappings=(mapping("1", "x", negated=True),)))
    (match,) = said(made, "1").matches
    assert (match.relationship, match.holds) == ("not-related-to", False)


def test_no_counterpart_is_said_and_no_rule_speaks_instead():
    rules = (rule("use-source-code"),)
    made = translator(MappingSet(id="m", mappings=(mapping("1", None), mapping("2", "x")), unmapped_rules=rules))
    (match,) = said(made, "1").matches
    assert (match.target, match.relationship, match.holds) == (None, None, False)
    assert targets(made, "3") == ["3"]


def test_several_targets_and_complex_maps_stand_in_their_order():
    plain = MappingSet(id="m", mappings=(mapping("1", "x"), mapping("1", "y")))
    assert targets(translator(plain), "1") == ["x", "y"]
    complex_ = (
        mapping("1", "z", group=2, priority=1), mapping("1", "y", group=1, priority=2),
        mapping("1", "x", group=1, priority=1),
    )  # fmt: skip
    assert targets(translator(MappingSet(id="m", mappings=complex_)), "1") == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (rule("use-source-code", relationship="related-to"), "9"),
        (rule("fixed", coding=Coding(system=B, code="other", display="Övrigt")), "other"),
        (rule("fixed"), None),
        (rule("other-map"), None),
    ],
)
def test_modes_of_the_unmapped(made, expected):
    sets = translator(MappingSet(id="m", mappings=(mapping("1", "x"),), unmapped_rules=(made,)))
    found = said(sets, "9").matches
    assert [each.target.code for each in found] == ([expected] if expected else [])
    if found:
        assert (found[0].mapping, found[0].relationship, found[0].source.code) == (None, made.relationship, "9")
    assert targets(sets, "1") == ["x"]
    assert targets(sets, "9", C) == [] == targets(sets, "9", system=C)


def test_a_rule_with_a_value_set_is_refused():
    made = rule("fixed", extra={"valueSet": "http://vs"})
    with pytest.raises(Refusal, match=r"unmapped\.valueSet"):
        said(translator(MappingSet(id="m", unmapped_rules=(made,))), "1")


def test_each_pair_of_systems_speaks_for_itself_in_its_order():
    made = MappingSet(
        id="m",
        mappings=(mapping("1", "x"), mapping("2", "y", to=C), mapping("3", "z", to=C)),
        unmapped_rules=(rule("fixed", coding=Coding(system=B, code="none")),),
    )
    assert targets(translator(made), "2") == ["none", "y"]
    assert targets(translator(made), "2", C) == ["y"]
    assert targets(translator(made), "1") == ["x"]


def chain(length: int, last: UnmappedRule | None = None) -> list[MappingSet]:
    sets = [
        MappingSet(id=f"m{i}", url=f"http://m/{i}", unmapped_rules=(rule("other-map", other_map=f"http://m/{i + 1}"),))
        for i in range(length)
    ]
    end = (last,) if last else ()
    return [*sets, MappingSet(id="end", url=f"http://m/{length}", mappings=(mapping("1", "x"),), unmapped_rules=end)]


def test_a_chain_of_sets_is_followed_and_told():
    found = said(translator(*chain(3)), "1")
    (match,) = found.matches
    assert [each.id for each in match.path] == ["m0", "m1", "m2", "end"]
    assert [each.id for each in found.consulted] == ["m1", "m2", "end"]
    assert said(translator(*chain(3)), "2").matches == ()


def test_circles_and_endless_chains_are_refused():
    itself = MappingSet(id="m", unmapped_rules=(rule("other-map", other_map="m"),))
    for sets in ([itself], chain(2, rule("other-map", other_map="http://m/0"))):
        with pytest.raises(Refusal, match="circular") as refused:
            said(translator(*sets), "9")
        assert refused.value.status == 422
    with pytest.raises(Refusal, match=f"more than {LONGEST_CHAIN} steps"):
        said(translator(*chain(LONGEST_CHAIN)), "1")
    with pytest.raises(Refusal, match=r"http://m/1 .* was not found"):
        said(translator(chain(2)[0]), "1")


def test_two_ways_to_one_set_are_no_circle_and_ask_it_once():
    width = 12
    sets = [
        MappingSet(
            id=f"m{i}",
            unmapped_rules=(
                rule("other-map", other_map=f"m{i + 1}"),
                rule("other-map", target=C, other_map=f"m{i + 1}"),
            ),
        )
        for i in range(width)
    ]
    end = MappingSet(id=f"m{width}", mappings=(mapping("1", "x"),))
    found = said(translator(*sets, end), "1")
    assert [each.target.code for each in found.matches] == ["x"]
    assert len(found.consulted) == width


def test_what_a_mapping_depends_on():
    conditions = (Condition(attribute="sex", value="f"),)
    made = translator(MappingSet(id="m", mappings=(mapping("1", "x", conditions=conditions), mapping("1", "y"))))
    assert targets(made, "1") == ["x", "y"]
    assert targets(made, "1", dependencies={"sex": "f", "age": "3"}) == ["x", "y"]
    assert targets(made, "1", dependencies={"sex": "m"}) == ["y"]


def test_versions_of_systems():
    old, new = (
        Mapping(
            subject=Coding(system=A, version=version, code="1"), object=Coding(system=B, version=version, code=version),
            predicate="skos:exactMatch",
        )
        for version in ("1.0.0", "2.0.0")
    )  # fmt: skip
    made = translator(MappingSet(id="m", mappings=(old, new)))
    held = made.sets[0]
    for coding, to, expected in (
        (Coding(system=A, code="1"), None, ["1.0.0", "2.0.0"]),
        (Coding(system=A, code="1", version="2.0.0"), None, ["2.0.0"]),
        (Coding(system=A, code="1"), f"{B}|1.0.0", ["1.0.0"]),
        (Coding(system=A, code="1", version="3.0.0"), None, []),
    ):
        assert [each.target.code for each in made.forward(held, coding, to).matches] == expected
    assert [m.source.version for m in made.backward(held, Coding(system=B, code="2.0.0", version="2.0.0")).matches] == [
        "2.0.0"
    ]


def test_versions_of_sets():
    sets = [MappingSet(id=f"m{v}", url="http://m", version=v, mappings=(mapping("1", v),)) for v in ("1.9", "1.10")]
    made = translator(*sets)
    assert made.find("http://m").info.version == "1.10"
    assert made.find("http://m|1.9").info.version == made.find("http://m", "1.9").info.version == "1.9"
    assert made.find("http://m", "2") is None
    assert targets(made, "1", which="http://m|1.9") == ["1.9"]


def test_the_first_place_goes_before_the_others():
    here, there = (MappingSet(id="m", version="1", mappings=(mapping("1", x),)) for x in ("here", "there"))
    made = Translator([MemoryMappings([here]), MemoryMappings([there])], Names((), tuple))
    assert targets(made, "1", which="m") == ["here"]
    assert len(made.covering(A, B)) == 1


def test_which_sets_map_between_systems_or_value_sets():
    dated = [
        MappingSet(id=day, extra={"date": day}, mappings=(mapping("1", day),)) for day in ("2024", "2026-02-01", "2025")
    ]
    asking = MappingSet(id="asking", unmapped_rules=(rule("other-map", other_map="2024"),))
    scoped = MappingSet(
        id="scoped", source_scope="http://vs/a", target_scope="http://vs/b|2", mappings=(mapping("1", "s"),)
    )
    made = translator(*dated, asking, scoped)
    assert [each.info.id for each in made.covering(A, B)] == ["2026-02-01", "2025", "asking", "2024", "scoped"]
    assert made.covering(A, C) == made.covering(A) == made.covering(None, B) == []
    for scopes in (("http://vs/a", "http://vs/b"), ("http://vs/a", "http://vs/b|2"), (None, "http://vs/b")):
        assert [each.info.id for each in made.covering(A, None, *scopes)] == ["scoped"]
    for scopes in (("http://vs/b", "http://vs/b"), ("http://vs/a", "http://vs/b|3"), ("http://vs/a", None)):
        assert made.covering(A, None, *scopes) == []


def test_a_system_is_known_by_all_its_names():
    info = VocabularyInfo(id="a", title="A", url=A, identifiers=(Identifier(value="1.2.3", type="oid"),))
    made = translator(MappingSet(id="m", mappings=(mapping("1", "x"),)), names=Names([info], tuple))
    for name in ("a", A, "urn:oid:1.2.3", "1.2.3"):
        assert targets(made, "1", system=name) == ["x"]
        assert len(made.covering(name, B)) == 1


def test_the_remark_on_a_code():
    element = {"code": "1", "comment": "om koden", "target": [{"code": "x", "relationship": "equivalent"}]}
    from termbank.formats.fhir import concept_maps

    resource = {
        "resourceType": "ConceptMap",
        "url": "http://m",
        "group": [{"source": A, "target": B, "element": [element]}],
    }
    made = translator(concept_maps.read(resource))
    (match,) = said(made, "1").matches
    assert match.source_comment == "om koden"


codes = st.sampled_from("123")
predicates = st.sampled_from(list(RELATIONSHIPS))
statements = st.lists(st.builds(mapping, codes, st.sampled_from("xyz"), predicates), max_size=6)


@given(statements)
def test_backward_is_forward_read_from_the_other_side(listed):
    made = translator(MappingSet(id="m", mappings=tuple(listed)))
    forward = {(code, m.target.code, m.relationship) for code in "123" for m in said(made, code).matches}
    backward = {
        (m.source.code, code, m.relationship)
        for code in "xyz"
        for m in made.backward(made.sets[0], Coding(system=B, code=code)).matches
    }
    assert forward == backward == {(m.subject.code, m.object.code, m.relationship) for m in listed}


@given(statements)
def test_a_bank_says_the_same(listed):
    bank = Bank.from_vocabularies([], [MappingSet(id="m", mappings=tuple(listed))])
    made = bank.terminology.holdings.translator
    for code in "123" if listed else "":
        known = {(m.target.code, m.relationship) for m in said(made, code).matches}
        found = {(t.coding.code, t.relationship) for t in bank.translate(A, code, to=B)}
        assert {code for code, _ in found} == {code for code, _ in known}
        assert found <= known
        for target, relationship in found:
            back = bank.translate(B, target, to=A)
            assert (code, INVERSE[relationship], "inverse") in {(t.coding.code, t.relationship, t.path) for t in back}


def test_a_bank_follows_the_rules_for_the_unmapped():
    fixed = rule("fixed", coding=Coding(system=B, code="other"), relationship="source-is-narrower-than-target")
    bank = Bank.from_vocabularies([], [MappingSet(id="m", mappings=(mapping("1", "x"),), unmapped_rules=(fixed,))])
    (found,) = bank.translate(A, "9", to=B)
    assert (found.coding.code, found.relationship, found.path, found.mapping_set) == (
        "other", "source-is-narrower-than-target", "unmapped", "m",
    )  # fmt: skip
    assert [each.path for each in bank.translate(A, "1", to=B)] == ["forward"]
