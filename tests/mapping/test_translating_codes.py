"""Bank.translate: every match, by which way, what becomes of the meaning, what must be asked; as $translate says."""

import datetime
from typing import Any

import pytest
from algebra_making import PLAIN, made, mapping, mappings
from hypothesis import assume, given
from hypothesis import strategies as st

import termbank
from termbank import Bank, Coding, Concept, Term, Vocabulary
from termbank.formats.fhir import concept_maps
from termbank.mapping.chaining import compose_sets
from termbank.model import Condition, Mapping, MappingSet, UnmappedRule

RULES = {
    1: "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 15.0 years",
    2: "IFA 248152002 | Female (finding) |", 3: "OTHERWISE TRUE",
}  # fmt: skip


def bank_of(*sets: MappingSet, **more: Any) -> Bank:
    words = [Vocabulary(id=name, title=name, version="1", **more) for name in "abcd"]
    return Bank.from_vocabularies(words, sets)


def brief(found: list[Any]) -> list[tuple[str | None, str | None]]:
    return [(each.coding and each.coding.code, each.relationship) for each in found]


def test_direction_and_lossiness():
    listed = {
        "skos:exactMatch": "same",
        "skos:broadMatch": "wider",
        "skos:narrowMatch": "narrower",
        "skos:closeMatch": "other",
    }
    for predicate, direction in listed.items():
        bank = bank_of(made(mapping("a1", "b1", predicate)))
        assert bank.translate("a", "1", to="b")[0].direction == direction
    assert bank_of(made(mapping("a1", None), object_source="b")).translate("a", "1", to="b")[0].direction is None
    (back,) = bank_of(made(mapping("a1", "b1", "skos:broadMatch"))).translate("b", "1", to="a")
    assert (back.direction, back.path) == ("narrower", "inverse")


def test_through_another_system():
    bank = bank_of(
        made(mapping("a1", "b1", confidence=0.9), mapping("a2", "b2", "skos:broadMatch"), mapping("a3", "b3"), id="ab"),
        made(
            mapping("c1", "b1", "skos:narrowMatch", confidence=0.5), mapping("c2", "b2", "skos:broadMatch"),
            mapping("c3", "b3", comment="skäl"), mapping("c4", "b3"), id="cb",
        ),
    )  # fmt: skip
    (found,) = bank.translate("a", "1", to="c", via=["b"])
    assert (found.coding.code, found.relationship, found.confidence) == ("1", "source-is-narrower-than-target", 0.45)
    assert (found.path, found.justification, found.mapping_set) == ("chained", "semapv:MappingChaining", "ab > cb")
    assert [(str(s.source), str(s.target), s.path, s.mapping_set) for s in found.steps] == [
        ("a#1", "b#1", "forward", "ab"), ("b#1", "c#1", "inverse", "cb"),
    ]  # fmt: skip
    assert bank.translate("a", "2", to="c", via=["b"]) == []
    (unproven,) = bank.translate("a", "2", to="c", via=["b"], unproven=True)
    assert (unproven.coding.code, unproven.relationship, unproven.confidence) == ("2", None, None)
    assert brief(bank.translate("a", "3", to="c", via=["b"])) == [("3", "equivalent"), ("4", "equivalent")]
    assert bank.translate("a", "1", to="c") == [], "nothing is chained that was not asked for"


def test_no_counterpart_at_the_end_of_a_chain():
    none = made(mapping("b1", None), mapping("b2", None), object_source="c", id="bc")
    bank = bank_of(made(mapping("a1", "b1"), mapping("a2", "b2", "skos:broadMatch"), id="ab"), none)
    (found,) = bank.translate("a", "1", to="c", via=["b"])
    assert found.coding is None and found.relationship is None and len(found.steps) == 2
    assert bank.translate("a", "2", to="c", via=["b"]) == []


chains = (
    st.lists(mappings("a", "b", PLAIN[:5], none=False), max_size=4),
    st.lists(mappings("b", "c", PLAIN[:5], none=False), max_size=4),
)


def plainly(listed: list[Mapping]) -> tuple[Mapping, ...]:
    update = {"conditions": (), "products": (), "stated": None, "extra": None, "negated": False}
    codings = ({"subject": m.subject.with_(version=None), "object": m.object.with_(version=None)} for m in listed)
    return tuple(m.model_copy(update={**update, **more}) for m, more in zip(listed, codings, strict=True))


@given(*chains)
def test_it_says_what_composed_sets_say(one, two):
    sets = [made(*plainly(one), id="ab"), made(*plainly(two), id="bc")]
    bank = bank_of(*sets)
    composed = compose_sets(sets, "a", "c", via=["b"]).mapping_set
    for code in "123":
        through = {(t.coding.code, t.relationship) for t in bank.translate("a", code, to="c", via=["b"])}
        # a bank keeps one statement of a set about one pair; a composed set keeps them all
        assert through <= {(m.object.code, m.relationship) for m in composed.mappings if m.subject.code == code}
        assert {c for c, _ in through} <= {m.object.code for m in composed.mappings if m.subject.code == code}


def test_on_a_day():
    titles = (
        ("2020", "Gammal", datetime.date(2020, 1, 1), datetime.date(2025, 12, 31)),
        ("2026", "Ny", datetime.date(2026, 1, 1), None),
    )
    words = [
        Vocabulary(id="b", title="b", version=version, valid_from=first, valid_to=last, concepts=concepts)
        for version, title, first, last in titles
        for concepts in ([Concept(id="1", terms=(Term(text=title),)), *[Concept(id="2")] * (version == "2026")],)
    ]
    bank = Bank.from_vocabularies(words, [made(mapping("a1", "b1"), mapping("a1", "b2"))])
    then = bank.translate("a", "1", to="b", on=datetime.date(2023, 1, 1))
    assert [(t.coding.code, t.valid, t.coding.display) for t in then] == [("1", True, "Gammal"), ("2", False, None)]
    now = bank.translate("a", "1", to="b", on=datetime.date(2026, 2, 1))
    assert [(t.valid, t.coding.version) for t in now] == [(True, "2026"), (True, "2026")]
    assert [t.valid for t in bank.translate("a", "1", to="b")] == [None, None]


def test_conditions_are_asked_for_and_evaluated():
    women = mapping("a1", "b1", conditions=(Condition(attribute="sex", value="female"),))
    men = mapping("a1", "b2", conditions=(Condition(attribute="sex", value="male"),))
    bank = bank_of(made(women, men))
    found = bank.translate("a", "1", to="b")
    assert [(t.coding.code, [(q.attribute, q.value) for q in t.asked]) for t in found] == [
        ("1", [("sex", "female")]), ("2", [("sex", "male")]),
    ]  # fmt: skip
    (found,) = bank.translate("a", "1", to="b", answers={"sex": "female"})
    assert found.coding.code == "1" and found.asked == ()
    (back,) = bank.translate("b", "2", to="a")
    assert [q.attribute for q in back.asked] == ["sex"]
    assert bank.translate("b", "2", to="a", answers={"sex": "female"}) == []


def test_rules_of_complex_maps():
    rows = [mapping("a1", f"b{n}", group=1, priority=n, rule=rule) for n, rule in RULES.items()]
    rows.append(mapping("a1", "b9", group=2, priority=1, rule="TRUE"))
    bank = bank_of(made(*rows))
    found = bank.translate("a", "1", to="b")
    asked = {t.coding.code: sorted(q.attribute for q in t.asked) for t in found}
    assert asked == {"1": ["age_at_onset", "sex"], "2": ["age_at_onset", "sex"], "3": ["age_at_onset", "sex"], "9": []}
    assert {t.coding.code: t.group for t in found} == {"1": 1, "2": 1, "3": 1, "9": 2}

    def codes(**answers: str) -> list[str]:
        return sorted(t.coding.code for t in bank.translate("a", "1", to="b", answers=answers))

    assert codes(age_at_onset="10", sex="male") == ["1", "9"]
    assert codes(age_at_onset="40", sex="female") == ["2", "9"]
    assert codes(age_at_onset="40", sex="male") == ["3", "9"]
    assert codes(age_at_onset="40") == ["2", "3", "9"], "the sex is still to be asked for"
    with pytest.raises(ValueError, match="sex"):
        codes(sex="blå")


def test_several_targets_and_further_codes():
    more = (Condition(attribute="site", value="left"),)
    bank = bank_of(made(mapping("a1", "b1", products=more), mapping("a1", "b2", "skos:relatedMatch")))
    found = bank.translate("a", "1", to="b")
    assert brief(found) == [("1", "equivalent"), ("2", "related-to")] and found[0].products == more


def test_sets_that_leave_the_answer_to_others():
    first = made(
        id="first", unmapped_rules=(UnmappedRule(source="a", target="b", mode="other-map", other_map="second"),)
    )
    (found,) = bank_of(first, made(mapping("a1", "b1"), id="second", url="http://second")).translate("a", "1", to="b")
    assert (found.mapping_set, found.asked_before) == ("second", ("first",))


# -- many at once


def test_many_codes_are_the_same_as_one_by_one():
    for count in (5, 400):  # few are looked up one by one, of many whole sets are taken into memory
        listed = [
            mapping(f"a{n}", f"b{n // 2}", "skos:broadMatch" if n % 3 else "skos:exactMatch") for n in range(count)
        ]
        bank = bank_of(made(*listed, mapping("a1", None)))
        codes = [str(n) for n in range(count + 3)]
        many = bank.translate_codes([*codes, *codes], system="a", to="b")
        assert many[: len(codes)] == many[len(codes) :]
        assert many[: len(codes)] == [tuple(bank.translate("a", code, to="b")) for code in codes]
        back = bank.translate_codes(codes, system="b", to="a")
        assert back == [tuple(bank.translate("b", code, to="a")) for code in codes]


def test_many_codes_from_a_bank_file(tmp_path):
    from termbank.store.build import build

    sets = [
        made(*(mapping(f"a{n}", f"b{n}") for n in range(150)), id="m"),
        made(mapping("a1", "b7"), id="n", version="2"),
    ]
    words = [
        Vocabulary(id=name, title=name, version="1", concepts=[Concept(id=str(n)) for n in range(150)]) for name in "ab"
    ]
    build(tmp_path / "x.bank", words, sets)
    codes = [str(n) for n in range(160)]
    with termbank.open(tmp_path / "x.bank") as bank, Bank.from_vocabularies(words, sets) as memory:
        one_by_one = [tuple(bank.translate("a", code, to="b")) for code in codes]
        assert bank.translate_codes(codes, system="a", to="b") == one_by_one
        assert memory.translate_codes(codes, system="a", to="b") == one_by_one
        assert len(one_by_one[1]) == 2


# -- the same as FHIR's operation


def statements(system: str, target: str) -> st.SearchStrategy[list[Mapping]]:
    plain = st.builds(
        lambda one, other, predicate: Mapping(
            subject=Coding(system=system, code=one),
            object=other and Coding(system=target, code=other),
            predicate=predicate,
        ),
        st.sampled_from("123"), st.sampled_from(["x", "y", "z", None]), st.sampled_from(PLAIN[:5]),
    )  # fmt: skip
    return st.lists(plain, max_size=6, unique_by=lambda m: (m.subject.code, m.object and m.object.code))


@given(statements("http://a", "http://b"))
def test_it_agrees_with_the_operation(listed):
    assume(any(each.object is not None for each in listed))  # else no system to translate to is named
    one = MappingSet(
        id="m", url="http://m", subject_source="http://a", object_source="http://b", mappings=tuple(listed)
    )
    resource, _ = concept_maps.write(one)
    bank = Bank.from_resources([resource])
    for code in "123":
        own = bank.translate("http://a", code, to="http://b")
        parameters = {
            "resourceType": "Parameters",
            "parameter": [
                {"name": "url", "valueUri": "http://m"}, {"name": "sourceCode", "valueCode": code},
                {"name": "system", "valueUri": "http://a"}, {"name": "targetSystem", "valueUri": "http://b"},
            ],
        }  # fmt: skip
        status, answer = termbank.fhir.operation("ConceptMap/$translate", parameters, bank=bank)
        assert status == 200
        matches = [p["part"] for p in answer["parameter"] if p["name"] == "match"]
        said = set()
        for parts in matches:
            part = {each["name"]: each for each in parts}
            concept = part.get("concept", {}).get("valueCoding", {})
            said.add((concept.get("code"), part.get("relationship", {}).get("valueCode")))
        assert said == set(brief(own))
        result = next(p["valueBoolean"] for p in answer["parameter"] if p["name"] == "result")
        assert result == any(each.coding is not None for each in own)


# -- records


def test_a_row_is_not_translated_by_guessing(tmp_path):
    from termbank.records.answers import Answers
    from termbank.records.profile import Column, Translate

    rows = [mapping("a1", f"b{n}", group=1, priority=n, rule=rule) for n, rule in RULES.items()]
    rows[0] = rows[0].with_(conditions=(Condition(attribute="445518008", value="< 15.0 years"),))
    words = [Vocabulary(id=name, title=name, version="1", concepts=[Concept(id=c) for c in "123"]) for name in "ab"]
    bank = Bank.from_vocabularies(words, [made(*rows)])

    def answer(**more):
        column = Column(name="kod", system="a", translate=Translate(to="b", into="ny", **more))
        return Answers(bank.terminology, column, "sv").answer(["1"], [None], [None])[0]

    refused = answer()
    assert (refused.rule, refused.mapped, refused.translated) == ("conditional-mapping", "several", "")
    assert answer(choose="first-by-confidence").rule == "conditional-mapping"
    assert sorted(filter(str.isdigit, answer(choose="all").translated)) == ["1", "2", "3"]
