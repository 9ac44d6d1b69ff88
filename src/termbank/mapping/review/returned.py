"""What came back as decisions: from a spreadsheet, or from a mapping set that others reviewed (Usagi)."""

from collections.abc import Iterable
from typing import NamedTuple

from termbank.mapping.review.history import Action, Key, key
from termbank.mapping.review.reviewing import Decision, Review, Topic
from termbank.mapping.review.words import standing, target
from termbank.model import Finding, Location, Mapping, MappingSet
from termbank.model.rules import rule


class Returned(NamedTuple):
    """What came back; every row is in one of the counts.

    Arguments:
        decisions: the subject, the decision, and where it stands.
        findings: what is to be said: rows that were refused, and conflicts.
        rows: how many rows there were.
        unchanged: how many of them nobody touched.
        already: how many say what is decided already.
        refused: how many were not used, each with a finding.
        missing: how many rows that were sent did not come back.
    """

    decisions: tuple[tuple[Key, Decision, Location], ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    unchanged: int = 0
    already: int = 0
    refused: int = 0
    missing: int = 0

    def apply(self, review: Review) -> int:
        """Take the decisions; return how many there were."""
        for subject, decision, _ in self.decisions:
            review.decide(subject, decision)
        return len(self.decisions)


def agrees(topic: Topic, decision: Decision) -> bool:
    """Tell whether a decision is what is decided already."""
    if decision.action == "none":
        return any(row.object is None for row in topic.decided)
    if decision.action == "undo":
        return bool(topic.history) and topic.history[-1].action == "undo"
    option = decision.option
    if option is None or option.object is None:
        return False
    same = [row for row in topic.rows if row.object and key(row.object) == key(option.object)]
    if decision.action == "comment":
        return any((decision.comment or "") in (row.comment or "") for row in same)
    wanted = decision.predicate or option.predicate
    negated = decision.action == "reject"
    return any(row.reviewer and row.negated == negated and row.predicate == wanted for row in same)


def decided_text(topic: Topic, language: str) -> str:
    """Return in words what is decided about a subject."""
    said = [f"{target(row, language)} ({standing(row, language)})" for row in topic.decided]
    if not said:
        last = topic.history[-1] if topic.history else None
        return f"{last.action} ({last.by} {last.on})" if last else "–"
    return "; ".join(said)


def of_set(review: Review, returned: MappingSet, places: Iterable[Location] = (), language: str = "sv") -> Returned:
    """Take the decisions of others from a mapping set in any format: the mappings in it that somebody reviewed.

    Where a subject has a decision here that says otherwise, that is a conflict: shown, not overwritten.

    Arguments:
        review: the review.
        returned: the set that came back.
        places: where each of its mappings stands.
        language: of what is said in findings.
    """
    where = dict(enumerate(places))
    by_code: dict[str, list[Key]] = {}
    for topic in review:
        by_code.setdefault(topic.subject.code, []).append(key(topic.subject))
    decisions: list[tuple[Key, Decision, Location]] = []
    findings: list[Finding] = []
    unchanged = already = 0
    for number, mapping in enumerate(returned.mappings):
        place = where.get(number, Location())
        name = _subject(review, mapping, by_code)
        if name is None:
            findings.append(rule("review-returned-unknown").finding(place, code=mapping.subject.code))
            continue
        topic = review.topic(name)
        if mapping.reviewer is None:
            unchanged += 1
            continue
        decision = _decision(topic, mapping)
        if agrees(topic, decision):
            already += 1
        elif topic.answered or _opposed(topic, decision):
            said = target(mapping, language)
            decided = decided_text(topic, language)
            code = topic.subject.code
            findings.append(rule("review-conflict").finding(place, code=code, given=said, decided=decided))
        else:
            decisions.append((name, decision, place))
    rows = len(returned.mappings)
    return Returned(tuple(decisions), tuple(findings), rows, unchanged, already, len(findings))


def _subject(review: Review, mapping: Mapping, by_code: dict[str, list[Key]]) -> Key | None:
    """Return the subject that a mapping is of; by its code alone where the other program does not know systems."""
    name = key(mapping.subject)
    if name in review:
        return name
    same = by_code.get(mapping.subject.code, [])
    return same[0] if len(same) == 1 else None


def _decision(topic: Topic, mapping: Mapping) -> Decision:
    if mapping.object is None:
        return Decision("none", comment=mapping.comment)
    here = [row for row in topic.options if row.object and row.object.code == mapping.object.code]
    known = next((row for row in here if row.predicate == mapping.predicate), here[0] if here else None)
    option = known or mapping.model_copy(update={"subject": topic.subject, "reviewer": None, "extra": None})
    comment = mapping.comment if mapping.comment != option.comment or known is None else None
    if mapping.negated:
        return Decision("reject", option, mapping.predicate, comment)
    action: Action = "accept" if known and known.predicate == mapping.predicate else "change" if known else "choose"
    return Decision(action, option, mapping.predicate, comment)


def _opposed(topic: Topic, decision: Decision) -> bool:
    """Tell whether something that is decided says the opposite of a decision."""
    option = decision.option
    if option is None or option.object is None:
        return topic.answered
    return any(row.object and key(row.object) == key(option.object) and row.predicate == decision.predicate
               for row in topic.decided)  # fmt: skip
