"""A review: what decisions change, and that nothing of an earlier one is lost, also when the set is kept in a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_making import DAY, code, decide, proposed, review, stated

from termbank.errors import FormatError
from termbank.formats import sssom
from termbank.mapping import slots
from termbank.mapping.review.history import SLOT, undone
from termbank.mapping.review.reviewing import MANUAL, TOOL, Decision, Review
from termbank.model import Coding, Mapping, MappingSet


def test_a_statement_that_is_accepted_stays_its_authors() -> None:
    begun = review(row := stated("A", "X", confidence=0.8))
    (after,) = decide(begun, "A", "accept", row, comment="håller med").rows
    assert (after.author, after.reviewer, after.confidence) == ("Eva", "Anna", 0.8)
    assert after.comment == "Evas skäl [Anna 2026-03-01: håller med]"
    assert slots.of(after)["review_date"] == "2026-03-01"
    assert begun.open_count() == 0


def test_a_candidate_that_is_accepted_is_the_persons_own_and_the_others_leave() -> None:
    begun = review(first := proposed("A", "X"), proposed("A", "Y", 0.5))
    (after,) = decide(begun, "A", "accept", first, comment="prövat").rows
    said = (after.author, after.reviewer, after.date, after.tool, after.justification, after.confidence, after.comment)
    assert said == ("Anna", "Anna", DAY, TOOL, MANUAL, None, "prövat")
    assert [row.object.code for row in begun.topic(("kva", "A")).history[0].before if row.object] == ["X", "Y"]


def test_a_rejected_statement_is_negated_and_says_who() -> None:
    begun = review(row := stated("A", "X"))
    topic = decide(begun, "A", "reject", row)
    (after,) = topic.rows
    assert after.negated and after.author == after.reviewer == "Anna" and after.relationship == "not-related-to"
    assert not topic.is_open


def test_the_next_candidate_is_asked_about_when_one_is_rejected() -> None:
    begun = review(first := proposed("A", "X"), proposed("A", "Y", 0.5))
    topic = decide(begun, "A", "reject", first)
    assert topic.is_open and [each.object.code for each in topic.options if each.object] == ["Y"]


def test_another_relationship_is_stated_anew() -> None:
    (after,) = decide(review(row := stated("A", "X")), "A", "change", row, predicate="skos:broadMatch").rows
    assert (after.predicate, after.author, after.comment) == ("skos:broadMatch", "Anna", None)


def test_another_code_takes_the_place_of_a_statement_which_is_rejected() -> None:
    begun = review(row := stated("A", "X"))
    rows = decide(begun, "A", "choose", stated("A", "Y"), instead=row).rows
    assert [(each.object.code, each.negated) for each in rows if each.object] == [("X", True), ("Y", False)]


def test_no_counterpart_rejects_what_was_stated() -> None:
    begun = review(stated("A", "X"), proposed("A", "Y"))
    rows = decide(begun, "A", "none", comment="letat").rows
    assert [(each.object and each.object.code, each.negated) for each in rows] == [("X", True), (None, False)]
    assert rows[1].comment == "letat"
    rows = decide(begun, "A", "accept", stated("A", "X")).rows
    assert [(each.object and each.object.code, each.negated) for each in rows] == [("X", False)]


def test_that_there_is_no_counterpart_can_be_rejected() -> None:
    begun = review(row := stated("A", None))
    topic = decide(begun, "A", "reject", row)
    assert topic.rows == () and topic.is_open and len(Review(begun.mapping_set, "Anna")) == 1


def test_a_comment_decides_nothing() -> None:
    begun = review(row := stated("A", "X"))
    topic = decide(begun, "A", "comment", row, comment="kolla")
    assert topic.is_open and topic.rows[0].comment == "Evas skäl [Anna 2026-03-01: kolla]"


def test_several_statements_are_asked_about_one_by_one() -> None:
    begun = review(one := stated("A", "X"), two := stated("A", "Y"))
    assert decide(begun, "A", "accept", one).statements == (two,)
    assert not decide(begun, "A", "accept", two).is_open


def test_suggestions_come_where_nothing_is_answered_and_not_again_when_rejected() -> None:
    asked: list[str] = []

    def suggest(subject: Coding) -> list[Mapping]:
        asked.append(subject.code)
        return [proposed(subject.code, "X"), proposed(subject.code, "Y", 0.5)]

    begun = review(stated("A", "X", reviewer="Per"), subjects=[code("B")], suggest=suggest)
    assert asked == [] and len(begun) == 2
    (topic,) = begun.open()
    assert asked == ["B"] and [each.object.code for each in topic.options if each.object] == ["X", "Y"]
    topic = decide(begun, "B", "reject", topic.options[0])
    assert topic.history[0].option is not None and topic.is_open
    again = Review(begun.mapping_set, "Per", DAY, suggest=suggest)
    assert [[each.object.code for each in topic.options if each.object] for topic in again.open()] == [["Y"]]


def test_undo_restores_and_is_remembered() -> None:
    begun = review(row := stated("A", "X"), stated("B", "Y"))
    decide(begun, "A", "accept", row)
    again = Review(begun.mapping_set, "Anna", DAY)
    topic = again.undo()
    assert topic is not None and topic.rows == (row,) and topic.is_open
    assert [entry.action for entry in topic.history] == ["accept", "undo"]
    assert topic.history[1].before[0].reviewer == "Anna"
    assert again.undo() is None


def test_nobody_undoes_what_another_decided_last_unless_asked() -> None:
    begun = review(row := stated("A", "X"))
    decide(begun, "A", "accept", row)
    other = Review(begun.mapping_set, "Per", DAY)
    assert other.undo() is None
    assert decide(other, "A", "undo").rows == (row,)


def test_the_reviewers_id_of_an_earlier_review_does_not_stay() -> None:
    kept = {"reviewer_id": ["orcid:1"], "author_id": ["orcid:2"], "reviewer_label": None}
    row = stated("A", "X", author="orcid:2", reviewer="orcid:1", extra={"sssom": {**kept, "author_label": None}})
    (after,) = decide(review(row), "A", "accept", row).rows
    assert "reviewer_id" not in slots.of(after) and slots.of(after)["author_id"] == ["orcid:2"]


def test_the_history_of_another_subject_is_kept_and_not_undone() -> None:
    begun = review(row := stated("A", "X"))
    decide(begun, "A", "accept", row)
    (after,) = begun.mapping_set.mappings
    turned = after.model_copy(update={"subject": after.object, "object": after.subject})
    again = Review(MappingSet(id="omvänd", mappings=(turned, turned.model_copy(update={"comment": "annat"}))), "Anna")
    assert again.undo() is None and not again.topic(("ksi", "X")).history
    assert slots.of(again.mapping_set.mappings[0])[SLOT] == slots.of(after)[SLOT]


@pytest.mark.parametrize("decision", [Decision("accept"), Decision("undo"), Decision("accept", stated("B", "X"))])
def test_what_cannot_be_decided_is_refused(decision: Decision) -> None:
    with pytest.raises(ValueError, match=r"mapping|nothing"):
        review(stated("A", "X")).decide(("kva", "A"), decision)


def test_a_damaged_history_ends_the_review_before_it_is_overwritten() -> None:
    row = stated("A", "X", extra={"sssom": {SLOT: '[{"number":1'}})
    with pytest.raises(FormatError, match="history of"):
        review(row)
    whole = MappingSet(id="prov", extra={"sssom": {SLOT: "[{}]"}})
    with pytest.raises(FormatError, match="history of"):
        Review(whole, "Anna")


SUBJECTS = ("A", "B", "C")
steps = st.tuples(
    st.sampled_from(("accept", "reject", "change", "choose", "none", "comment", "undo", "undo", "save")),
    st.sampled_from(SUBJECTS),
    st.integers(0, 3),
    st.sampled_from((None, "skäl", "två\nrader", '"; =1+1')),
    st.sampled_from(("Anna", "Per")),
)


def saved(mapping_set: MappingSet, folder: Path) -> MappingSet:
    losses = sssom.write(mapping_set, folder / "prov.sssom.tsv")
    assert not losses.losses
    reading = sssom.read(folder / "prov.sssom.tsv")
    assert not [finding for finding in reading.findings if finding.severity != "info"]
    return reading.mapping_set


@given(st.lists(steps, max_size=14))
def test_nothing_of_an_earlier_decision_is_lost(tmp_path_factory: pytest.TempPathFactory, taken: list) -> None:
    folder = tmp_path_factory.mktemp("review")
    rows = (stated("A", "X", confidence=0.75), stated("A", "Y", "skos:broadMatch"), proposed("B", "X"),
            proposed("B", "Z", 0.5), stated("C", None))  # fmt: skip
    begun = review(*rows)
    told: dict[str, list[tuple[str, str, frozenset[Mapping]]]] = {name: [] for name in SUBJECTS}
    for action, subject, number, comment, by in taken:
        if action == "save":
            begun = Review(saved(begun.mapping_set, folder), by, DAY)
            continue
        begun.by = by
        topic = begun.topic(("kva", subject))
        options = (*topic.rows, stated(subject, "W"))
        option = options[number % len(options)]
        if action == "undo" and undone(topic.history) is None:
            continue
        before = frozenset(topic.rows)
        predicate = "skos:closeMatch" if action == "change" else None
        begun.decide(("kva", subject), Decision(action, option, predicate, comment))
        told[subject].append((action, by, before))
    end = Review(saved(begun.mapping_set, folder), "Eva", DAY)
    for subject in SUBJECTS:
        topic, now = end.topic(("kva", subject)), begun.topic(("kva", subject))
        assert [(entry.action, entry.by, frozenset(entry.before)) for entry in topic.history] == told[subject]
        assert frozenset(topic.rows) == frozenset(now.rows)
        assert topic.history == now.history


@given(st.lists(steps.filter(lambda step: step[0] not in ("undo", "save")), max_size=6))
def test_undoing_everything_leads_back(taken: list) -> None:
    rows = (stated("A", "X"), proposed("B", "X"), proposed("B", "Z", 0.5), stated("C", None))
    begun = review(*rows)
    for action, subject, number, comment, _ in taken:
        topic = begun.topic(("kva", subject))
        options = (*topic.rows, stated(subject, "W"))
        begun.decide(("kva", subject), Decision(action, options[number % len(options)], None, comment))
    while begun.undo() is not None:
        pass
    assert {row for topic in begun for row in topic.rows} == set(rows)
