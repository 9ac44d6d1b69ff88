"""Decisions applied to a new edition of a code list: what is carried, what is shown, what is asked about again."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_making import DAY, stated

from termbank.formats import sssom
from termbank.mapping.review import reapply_report
from termbank.mapping.review.reapplying import Reapplied, reapply
from termbank.mapping.review.reviewing import Decision, Review
from termbank.model import Concept, Mapping, MappingSet, Relation, Term, Vocabulary
from termbank.store.memory import MemorySource

OLD = {
    "A": "Upprättande av plan", "B": "Samtal", "C": "Borttagen", "D": "Ersatt", "E": "Rubrik", "U": "Utan motsvarighet",
}  # fmt: skip


def edition(version: str, titles: dict[str, str], system: str = "kva", **concepts: dict[str, Any]) -> MemorySource:
    made = [Concept(id=code, terms=(Term(text=title),), **concepts.get(code, {})) for code, title in titles.items()]
    return MemorySource(Vocabulary(id=system, title=system, version=version, concepts=made))


NEW = {"A": "upprättande  av plan", "B": "Samtal med närstående", "D": "Ersatt", "E": "Rubrik", "D2": "Ersätter",
       "N": "Ny kod", "U": "Utan motsvarighet"}  # fmt: skip
REPLACED = {
    "D": {"inactive": True, "relations": (Relation(type="replaced-by", target="D2"),)},
    "E": {"abstract": True},
}


def row(subject: str, target: str | None = "X", **fields: Any) -> Mapping:
    made = stated(subject, target, reviewer="Eva", **fields)
    coding = made.subject.model_copy(update={"version": "2020", "display": OLD.get(subject)})
    return made.model_copy(update={"subject": coding})


def applied(*rows: Mapping) -> Reapplied:
    given_set = MappingSet(id="prov", mappings=rows)
    return reapply(given_set, edition("2026", NEW, **REPLACED), edition("2020", OLD), by="Anna", on=DAY)


def kinds(done: Reapplied) -> dict[str, str]:
    return {(change.before or change.now).code: change.kind for change in done.changes}  # type: ignore[union-attr]


def test_what_is_the_same_is_carried_with_its_decision() -> None:
    done = applied(row("A"))
    (after,) = done.mapping_set.mappings
    assert (after.subject.version, after.subject.display, after.reviewer) == ("2026", "upprättande  av plan", "Eva")
    assert kinds(done)["A"] == "unchanged" and (done.carried, done.to_review) == (1, 0)


def test_another_title_is_shown_beside_the_old_and_asked_about() -> None:
    done = applied(row("B"))
    (change,) = [change for change in done.changes if change.kind == "retitled"]
    assert change.before and change.now
    assert (change.before.display, change.now.display) == ("Samtal", "Samtal med närstående")
    review = Review(done.mapping_set, "Anna", DAY)
    (topic,) = review.open()
    assert topic.rows[0].author == "Eva" and topic.rows[0].reviewer is None
    assert topic.history[-1].note == "kva|2026: B «Samtal» → «Samtal med närstående»"
    assert topic.history[-1].before[0].reviewer == "Eva", "who decided is not forgotten"
    assert (done.carried, done.to_review) == (0, 1)


def test_a_withdrawn_subject_is_closed_and_what_replaced_it_has_candidates() -> None:
    done = applied(row("C"), row("D"))
    assert {name: kind for name, kind in kinds(done).items() if name in "CD"} == {"C": "withdrawn", "D": "withdrawn"}
    (change,) = [change for change in done.changes if change.before and change.before.code == "D"]
    assert [each.code for each in change.proposals] == ["D2"] and change.mappings[0].reviewer == "Eva"
    review = Review(done.mapping_set, "Anna", DAY)
    assert [topic.subject.code for topic in review.open()] == ["D2"]
    closed = review.topic(("kva", "C"))
    assert not closed.rows and closed.history[0].before[0].reviewer == "Eva"


def test_a_withdrawn_target_leaves_and_its_proposals_are_candidates() -> None:
    mapped = stated("X", "D", reviewer="Eva")
    rows = (mapped.model_copy(update={"subject": mapped.object, "object": row("D").subject}),)
    done = applied(*rows)
    (topic,) = Review(done.mapping_set, "Anna", DAY).open()
    (candidate,) = topic.candidates
    assert candidate.object and candidate.object.code == "D2" and candidate.reviewer is None
    after = Review(done.mapping_set, "Anna", DAY).decide(topic.subject, Decision("accept", candidate))
    assert [each.object.code for each in after.rows if each.object] == ["D2"]


def test_what_became_a_heading_is_asked_about() -> None:
    done = applied(row("E"))
    assert kinds(done)["E"] == "heading" and done.to_review == 1


def test_new_codes_are_told_and_mapped_to_nothing() -> None:
    done = applied(row("A"))
    assert {name for name, kind in kinds(done).items() if kind == "unmapped"} == {"N", "D2"}
    assert len(done.mapping_set.mappings) == 1


def test_that_there_was_no_counterpart_is_asked_again_only_where_a_new_code_may_fit() -> None:
    none = stated("S", None, reviewer="Eva")
    fits = none.subject.model_copy(update={"system": "lokal", "display": "ny kod"})
    other = none.subject.model_copy(update={"system": "lokal", "code": "T", "display": "något helt annat"})
    rows = (none.model_copy(update={"subject": fits}), none.model_copy(update={"subject": other}))
    given_set = MappingSet(id="prov", object_source="kva", mappings=rows)
    done = reapply(given_set, edition("2026", NEW), edition("2020", OLD), by="Anna", on=DAY)
    (topic,) = Review(done.mapping_set, "Anna", DAY).open()
    assert [each.object and each.object.code for each in topic.options] == [None, "N"]
    unsure = reapply(given_set, edition("2026", NEW), by="Anna", on=DAY)
    assert unsure.to_review == 2, "without the old edition nobody knows which codes are new"


def test_what_a_fragment_lacks_is_unknown_and_never_withdrawn() -> None:
    fragment = edition("2026", {"A": OLD["A"]})
    fragment.info = fragment.info.with_(content="fragment")
    rows = (row("A"), row("C"), row("U", None))
    done = reapply(MappingSet(id="prov", mappings=rows), fragment, by="Anna", on=DAY)
    assert kinds(done) == {"A": "unchanged", "C": "unknown", "U": "unknown"} and done.carried == 1
    (after,) = [each for each in done.mapping_set.mappings if each.subject.code == "C"]
    assert after.subject.version == "2020" and after.reviewer is None


def test_a_title_that_nobody_knows_is_asked_about() -> None:
    bare = row("A").model_copy(update={"subject": row("A").subject.model_copy(update={"display": None})})
    done = reapply(MappingSet(id="prov", mappings=(bare,)), edition("2026", NEW), by="Anna", on=DAY)
    assert kinds(done) == {"A": "untitled"} and done.to_review == 1


def test_a_set_of_other_systems_is_refused() -> None:
    with pytest.raises(ValueError, match="no codes of icd"):
        reapply(MappingSet(id="prov", mappings=(row("A"),)), edition("2026", NEW, "icd"))


def test_the_report(tmp_path: Path) -> None:
    done = applied(row("A"), row("B"), row("C"), row("D", "Y", predicate="skos:broadMatch"))
    text = "\n".join(reapply_report.lines(done, "sv"))
    assert text.startswith("prov tillämpad på kva|2026\nÖverförda som de är: 1 mappningar. Att granska: 2.\n")
    assert "  B\n    förut  Samtal\n    nu     Samtal med närstående\n    mappad: X Titel X – samma, godtagen" in text
    assert "  D Ersatt\n    i stället? D2 Ersätter\n    mappad: Y Titel Y – målet är vidare" in text
    for name in ("r.txt", "r.json", "r.jsonl", "r.xlsx"):
        reapply_report.write(done, tmp_path / name, "sv")
    records = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert records[0]["counts"] == {"withdrawn": 2, "retitled": 1, "unmapped": 2, "unchanged": 1}
    assert [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()] == records
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert sheet.max_row == 7 and sheet["A2"].value == "Koder som är borttagna" and sheet["F3"].value == "D2 Ersätter"


def test_the_new_set_can_be_written_and_read(tmp_path: Path) -> None:
    done = applied(row("A"), row("B"), row("C"), row("D"))
    assert not sssom.write(done.mapping_set, tmp_path / "ny.sssom.tsv").losses
    again = sssom.read(tmp_path / "ny.sssom.tsv").mapping_set
    review = Review(again, "Anna", DAY)
    assert {topic.subject.code for topic in review.open()} == {"B", "D2"}
    assert review.topic(("kva", "C")).history[0].before[0].reviewer == "Eva"


@given(st.lists(st.tuples(st.sampled_from("ABCDEU"), st.sampled_from(("X", "Y", None)), st.booleans()), max_size=8))
def test_no_decision_is_lost_and_only_what_is_sure_stays_decided(chosen: list[tuple[str, str | None, bool]]) -> None:
    rows = tuple({(a, b): row(a, b, negated=c and b is not None) for a, b, c in chosen}.values())
    if not rows:
        return
    done = applied(*rows)
    review = Review(done.mapping_set, "Anna", DAY)
    now = {each for topic in review for each in topic.rows}
    before = {each for topic in review for entry in topic.history for each in entry.before}
    assert set(rows) <= before
    assert {each.subject.code for each in now if each.reviewer} <= {"A", "U"}
    assert done.carried == sum(each.subject.code in "AU" for each in rows)
