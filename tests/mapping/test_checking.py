"""Sets held against code lists: codes that are gone, what could stand instead, coverage, and new editions."""

import datetime

import pytest
from algebra_making import made
from hypothesis import given
from hypothesis import strategies as st

from termbank.errors import FormatError
from termbank.mapping import slots
from termbank.mapping.checking import check
from termbank.mapping.counting import counts
from termbank.mapping.covering import coverage, data_coverage
from termbank.mapping.editions import affected
from termbank.mapping.repairing import proposals, proposed_set, successors
from termbank.model import Coding, Concept, Mapping, Relation, Term, UnmappedRule, Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology

DAY = datetime.date


def concept(code: str, title: str, *, after: str | None = None, **more) -> Concept:
    relations = (Relation(type="replaced-by", target=after),) if after else ()
    return Concept(id=code, terms=(Term(text=title),), relations=relations, **more)


OLD = Vocabulary(
    id="k", title="K", version="2020", valid_from=DAY(2020, 1, 1), valid_to=DAY(2025, 12, 31),
    concepts=[
        concept("A1", "Upprätta plan"), concept("A2", "Följa upp plan", after="A3"),
        concept("A3", "Uppföljning", after="B3"),
        concept("A4", "Avsluta plan"), concept("A5", "Samtal"), concept("A6", "Möte"), concept("A7", "Rubrik"),
    ],
)  # fmt: skip
NEW = Vocabulary(
    id="k", title="K", version="2026", valid_from=DAY(2026, 1, 1),
    concepts=[
        concept("A1", "Upprätta vårdplan"), concept("B3", "Uppföljning av plan"), concept("C4", "Avsluta plan"),
        concept("A5", "Samtal", inactive=True), concept("A7", "Rubrik", abstract=True), concept("N1", "Nytt"),
    ],
)  # fmt: skip
LOCAL = Vocabulary(id="l", title="L", version="1", concepts=[concept(str(n), f"Lokal {n}") for n in range(1, 9)])
HERE = Terminology(map(MemorySource, (OLD, NEW, LOCAL)))


def to_k(code: str, target: str | None, predicate: str = "skos:exactMatch", **more) -> Mapping:
    subject = Coding(system="l", code=code)
    return Mapping(
        subject=subject, object=target and Coding(system="k", code=target, version="2020"), predicate=predicate, **more
    )


WHOLE = made(
    to_k("1", "A1"), to_k("2", "A2", author="Anna", confidence=0.9), to_k("3", "ZZ"), to_k("4", "A4"), to_k("5", "A5"),
    to_k("6", "B3"), to_k("7", "A7"), to_k("8", None), to_k("9", "B3"),
    id="local", subject_source="l", object_source="k",
)  # fmt: skip


def rules(found) -> list[tuple[str, str, str]]:
    return [(each.mapping.subject.code, each.side, each.finding.rule) for each in found]


def test_codes_that_are_not_right_now():
    assert rules(check(WHOLE, HERE)) == [
        ("2", "object", "withdrawn-code"), ("3", "object", "unknown-code"), ("4", "object", "withdrawn-code"),
        ("5", "object", "inactive-code"), ("9", "subject", "unknown-code"),
    ]  # fmt: skip
    headings = [each for each in rules(check(WHOLE, HERE, headings=True)) if each[2] == "mapped-heading"]
    assert headings == [("7", "object", "mapped-heading")]


def test_on_a_day_the_version_in_force_then_counts():
    then = check(WHOLE, HERE, DAY(2023, 6, 1))
    assert [each for each in rules(then) if each[1] == "object"] == [
        ("3", "object", "unknown-code"), ("6", "object", "withdrawn-code"), ("9", "object", "withdrawn-code")
    ]  # fmt: skip


def test_a_label_that_is_not_the_codes():
    named = to_k("1", "A1").with_(object=Coding(system="k", code="A1", display="Upprätta plan"))
    (found,) = check(made(named), HERE)
    assert found.finding.rule == "mapped-label" and "Upprätta vårdplan" in found.finding.message("sv")
    assert list(check(made(named), HERE, DAY(2023, 6, 1))) == []


def test_successors_are_followed_to_one_that_is_right():
    (found,) = successors(Coding(system="k", code="A2"), HERE)
    assert (found.code, found.version, found.display) == ("B3", "2026", "Uppföljning av plan")
    assert successors(Coding(system="k", code="A6"), HERE) == []


def test_successors_in_a_circle_end():
    ring = Vocabulary(
        id="r", title="R", version="1",
        concepts=[concept("1", "x", after="2", inactive=True), concept("2", "y", after="1", inactive=True)],
    )  # fmt: skip
    assert successors(Coding(system="r", code="1"), Terminology([MemorySource(ring)])) == []


def test_proposals():
    listed = list(proposals(WHOLE, HERE, language="sv"))
    found = {each.problem.mapping.subject.code: each for each in listed if each.problem.side == "object"}
    replaced, same = found["2"], found["4"]
    assert (replaced.why, str(replaced.mapping.object)) == ("replaced-by", "k|2026#B3")
    assert replaced.mapping.predicate == "skos:closeMatch", "another title: no longer said to be equal"
    assert replaced.mapping.justification == "semapv:BackgroundKnowledgeBasedMatching"
    assert (replaced.mapping.author, replaced.mapping.confidence) == (None, None), "Anna has not seen it"
    assert slots.of(replaced.mapping)["proposed_from"] == "l:2 skos:exactMatch k:A2 [local]"
    assert "A2" in replaced.mapping.comment and "B3" in replaced.mapping.comment
    assert (same.why, same.mapping.object.code, same.mapping.predicate) == ("same-title", "C4", "skos:exactMatch")
    assert same.mapping.justification == "semapv:LexicalMatching"
    assert all(each.finding.severity == "info" for each in found.values())
    assert "5" not in found, "inactive, and nothing is known to replace it"
    made_set = proposed_set(WHOLE, listed)
    assert made_set.id == "local-repairs" and len(made_set.mappings) == len(listed)


def test_a_near_code_is_proposed_with_care():
    near = made(to_k("1", "A11"))
    found = list(proposals(near, HERE))
    assert found and {each.why for each in found} == {"near"}
    assert {each.mapping.predicate for each in found} == {"skos:closeMatch"}


# -- coverage


def test_how_much_is_covered():
    sets = [
        WHOLE,
        made(
            Mapping(
                subject=Coding(system="k", code="N1"), object=Coding(system="l", code="1"), predicate="skos:broadMatch"
            )
        ),
    ]
    found = coverage(HERE, sets, "l", "k")
    assert (found.system, found.to, found.complete, found.count()) == ("l|1", "k", True, 8)
    assert (found.count("mapped"), found.count("none"), found.count("missing")) == (7, 1, 0)
    assert found.directions() == {"same": 7}
    back = coverage(HERE, sets, "k", "l")
    assert {each.code: (each.status, each.targets) for each in back.codes} == {
        "A1": ("mapped", 1), "B3": ("mapped", 2), "C4": ("missing", 0), "A5": ("mapped", 1), "N1": ("mapped", 1),
    }  # fmt: skip
    assert back.directions() == {"same": 3, "wider": 1}
    assert coverage(HERE, sets, "k", "l", headings=True).count() == 6
    assert coverage(HERE, sets, "k|2020", "l").system == "k|2020"
    assert coverage(HERE, sets, "k", "l", on=DAY(2023, 1, 1)).system == "k|2020"


def test_a_rule_for_the_rest_covers_it():
    rule = UnmappedRule(source="l", target="k", mode="fixed", coding=Coding(system="k", code="N1"))
    found = coverage(HERE, [made(to_k("1", "A1"), unmapped_rules=(rule,))], "l", "k")
    assert found.count("mapped") == 8


@given(st.dictionaries(st.sampled_from(["1", "2", "8", "77", "x"]), st.integers(0, 50)))
def test_rows_are_counted_whole(rows):
    found = data_coverage(HERE, [WHOLE], "l", "k", rows)
    assert found.rows() == sum(rows.values())
    assert found.rows("mapped") == rows.get("1", 0) + rows.get("2", 0)
    assert found.rows("none") == rows.get("8", 0)
    assert found.rows("unknown") == rows.get("77", 0) + rows.get("x", 0)
    assert found.rows("missing") == 0
    assert [each.rows for each in found.codes] == sorted((each.rows for each in found.codes), reverse=True)


def test_columns_are_counted(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("Kod;Annat\nA1;x\n A1 ;y\n;z\nB2;z\n", encoding="cp1252")
    assert counts(path, "kod")[0] == {"A1": 2, "B2": 1}
    with pytest.raises(FormatError, match="no column finns-inte; the columns are Kod, Annat"):
        counts(path, "finns-inte", only=True)
    path.write_text("Åtgärd\nA1\n", encoding="utf-8")
    assert counts(path, "kva", only=True)[0] == {"A1": 1}


# -- editions


def test_what_a_new_edition_means():
    found = [(m and m.subject.code, f.rule) for m, f in affected(WHOLE, HERE, "k", "2020", "2026")]
    assert found == [
        ("1", "edition-reworded"), ("2", "edition-code-gone"), ("4", "edition-code-gone"),
        ("5", "edition-not-selectable"), ("7", "edition-not-selectable"), (None, "edition-new-code"),
        (None, "edition-new-code"),
    ]  # fmt: skip
    assert all(m for m, _ in affected(WHOLE, HERE, "k", "2020", "2026", new=False))
    assert list(affected(WHOLE, HERE, "k", "2026", "2026")) == []
