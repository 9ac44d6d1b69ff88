"""What the rules of a map choose: groups, priorities, ages, sexes, conditions; asked for, never guessed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.formats.mappings import rf2_rules
from termbank.mapping.rules import Question, evaluate
from termbank.model import Coding, Condition, Mapping

CONCEPT = Coding(system="http://snomed.info/sct", code="32398004")
FEMALE = "IFA 248152002 | Female (finding) |"
MALE = "IFA 248153007 | Male (finding) |"
ONSET = "IFA 445518008 | Age at onset of clinical finding (observable entity) |"
AGE = "IFA 424144002 | Current chronological age (observable entity) |"
OTHERWISE = "OTHERWISE TRUE"


def row(
    target: str | None, rule: str | None, group: int | None = 1, priority: int | None = 1, **fields: Any
) -> Mapping:
    coding = None if target is None else Coding(system="icd-10", code=target)
    predicate = "sssom:NoTermFound" if target is None else "skos:mappingRelation"
    return Mapping(
        **{"subject": CONCEPT, "object": coding, "predicate": predicate, "rule": rule, "group": group,
           "priority": priority, **fields}
    )  # fmt: skip


def targets(mappings: list[Mapping], **answers: Any) -> list[str]:
    outcome = evaluate(mappings, answers)
    assert outcome.decided, outcome.asked
    return [target.code for target in outcome.targets]


def test_a_rule_that_is_true_needs_no_answer():
    assert targets([row("J40", "TRUE")]) == ["J40"]
    assert targets([row("J40", "")]) == ["J40"]


def test_sex_decides_and_is_asked_for():
    rows = [row("N50", MALE, priority=1), row("N94", FEMALE, priority=2), row("R10", OTHERWISE, priority=3)]
    assert evaluate(rows).asked == (Question("sex", "sex", "sex"),)
    assert evaluate(rows).targets == () == evaluate(rows, {"sex": "unknown"}).targets
    assert targets(rows, sex="male") == ["N50"]
    assert targets(rows, sex="kvinna") == ["N94"]
    assert targets(rows, sex="other") == ["R10"]
    with pytest.raises(ValueError, match="sex"):
        evaluate(rows, {"sex": "q"})


def test_age_at_onset_is_not_the_age_of_today():
    rows = [row("J20.9", f"{ONSET} < 15.0 years", priority=1), row("J40", OTHERWISE, priority=2)]
    outcome = evaluate(rows, {"age": 3})
    assert [each.key for each in outcome.asked] == ["age_at_onset"] and outcome.asked[0].kind == "age"
    assert "Age at onset" in outcome.asked[0].text
    assert targets(rows, age_at_onset=14) == ["J20.9"]
    assert targets(rows, age_at_onset="15 years") == ["J40"]


@pytest.mark.parametrize(
    ("age", "code"),
    [("27 days", "P22"), ("28 days", "J80"), ("3 weeks", "P22"), (0, "P22"), (1, "J80"), ("20 day", "P22")],
)
def test_days_weeks_and_years_are_compared(age, code):
    rows = [row("P22", f"{ONSET} < 28.0 days", priority=1), row("J80", OTHERWISE, priority=2)]
    assert targets(rows, age_at_onset=age) == [code]


def test_a_birthday_is_where_the_years_say():
    rows = [row("A", f"{AGE} >= 12.0 years AND {AGE} < 19.0 years", priority=1), row("B", OTHERWISE, priority=2)]
    found = {age: targets(rows, age=age)[0] for age in (11, 12, 18, 19, "18.9 years")}
    assert found == {11: "B", 12: "A", 18: "A", 19: "B", "18.9 years": "A"}


def test_one_clause_that_is_false_decides_alone():
    rows = [row("A", f"{FEMALE} AND {AGE} >= 50 years"), row("B", OTHERWISE, priority=2)]
    assert targets(rows, sex="male") == ["B"]
    assert [each.key for each in evaluate(rows, {"sex": "female"}).asked] == ["age"]


def test_each_group_gives_a_target():
    rows = [
        row("S72.0", "TRUE", group=1), row("W19", f"{AGE} >= 65.0 years", group=2, priority=1),
        row(None, OTHERWISE, group=2, priority=2),
    ]  # fmt: skip
    outcome = evaluate(rows)
    assert [target.code for target in outcome.targets] == ["S72.0"] and not outcome.decided
    assert [(group.number, len(group.chosen)) for group in outcome.groups] == [(1, 1), (2, 0)]
    assert targets(rows, age=70) == ["S72.0", "W19"]
    young = evaluate(rows, {"age": 20})
    assert young.decided and young.groups[1].chosen[0].object is None and len(young.targets) == 1


def test_a_condition_is_a_concept_that_holds_or_not():
    rows = [
        row("G47.3", "IFA 104831000119109 | Drug induced central sleep apnea (disorder) |"),
        row("G47.9", OTHERWISE, priority=2),
    ]
    assert evaluate(rows).asked[0][:2] == ("104831000119109", "concept")
    assert targets(rows, **{"104831000119109": True}) == ["G47.3"]
    assert targets(rows, **{"104831000119109": "nej"}) == ["G47.9"]
    with pytest.raises(ValueError, match="neither"):
        evaluate(rows, {"104831000119109": "maybe"})


def test_a_rule_that_cannot_be_read_is_asked_for_as_it_stands():
    rows = [row("A", "IF PREGNANT"), row("B", OTHERWISE, priority=2)]
    assert evaluate(rows).asked == (Question("IF PREGNANT", "rule", "IF PREGNANT"),)
    assert targets(rows, **{"IF PREGNANT": True}) == ["A"]
    assert targets(rows, **{"IF PREGNANT": False}) == ["B"]


def test_cannot_be_classified_has_no_target():
    outcome = evaluate([row(None, "TRUE")])
    assert outcome.decided and outcome.targets == () and outcome.groups[0].chosen[0].predicate == "sssom:NoTermFound"


def test_nothing_is_chosen_among_equals():
    rows = [row("A", None, group=1, priority=None), row("B", None, group=1, priority=None)]
    assert targets(rows) == ["A", "B"]
    assert targets([row("A", None, None, None), row("B", None, None, None)]) == ["A", "B"]


def test_conditions_of_fhir_are_asked_for():
    rows = [row("A", None, conditions=(Condition(attribute="http://x.se/side", value="left"),))]
    assert evaluate(rows).asked == (Question("http://x.se/side", "attribute", "http://x.se/side"),)
    assert targets(rows, **{"http://x.se/side": "left"}) == ["A"]
    assert targets(rows, **{"http://x.se/side": "right"}) == []


def test_wrong_answers_are_errors():
    rows = [row("A", f"{AGE} < 5 years")]
    for age in ("old", "5 parsecs", True):
        with pytest.raises(ValueError, match="age"):
            evaluate(rows, {"age": age})
    other = Mapping(subject=Coding(system="a", code="1"), object=None, predicate="sssom:NoTermFound")
    with pytest.raises(ValueError, match="2 codes"):
        evaluate([*rows, other])


@pytest.mark.parametrize(
    ("text", "kind"),
    [("true", "true"), (" otherwise  true ", "otherwise"), ("IFA 1", "unknown"), (f"{FEMALE} AND", "unknown"),
     (f"{AGE} < x years", "unknown"), (f"{AGE} < 5 moons", "unknown"), (f"{AGE} <= 5", "clauses"),
     ("IFA 248152002 | Female | AND IFA 248153007 | Male |", "clauses")],
)  # fmt: skip
def test_rules_are_read(text, kind):
    assert rf2_rules.parse(text).kind == kind


def test_names_may_hold_and():
    rule = rf2_rules.parse("IFA 123456 | Fall AND fracture (disorder) | AND IFA 248152002 | Female |")
    assert [clause.concept for clause in rule.clauses] == ["123456", "248152002"]


RULES = st.sampled_from([FEMALE, MALE, f"{AGE} < 18 years", f"{ONSET} >= 1 month", OTHERWISE, "?"])


@given(
    rules=st.lists(st.tuples(RULES, st.integers(1, 3)), max_size=6),
    age=st.integers(0, 99),
    sex=st.sampled_from(["male", "female", "other"]),
)
def test_what_is_asked_is_enough(rules, age, sex):
    rows = [row(f"C{place}", rule, group, place) for place, (rule, group) in enumerate(rules)]
    answers: dict[str, Any] = {}
    everything = {"age": age, "age_at_onset": age, "sex": sex, "?": False}
    for _ in range(4):
        outcome = evaluate(rows, answers)
        if outcome.decided:
            break
        assert not answers.keys() & {each.key for each in outcome.asked}
        answers |= {each.key: everything[each.key] for each in outcome.asked}
    assert outcome.decided and outcome == evaluate(rows, everything)
    assert all(len(group.chosen) <= 1 for group in outcome.groups)
