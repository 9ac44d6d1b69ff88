"""Proposals for mappings whose codes are gone: what replaced them, by what the vocabularies say and what is near.

A proposal is a mapping to be judged by a person; nothing is applied.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from termbank.language.words import words
from termbank.mapping import slots
from termbank.mapping.chaining import TOOL, derivation
from termbank.mapping.checking import Problem, check
from termbank.mapping.inverting import named
from termbank.mapping.predicates import ALIKE, CLOSE
from termbank.model import Coding, Finding, Mapping, MappingSet
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology

Why = Literal["replaced-by", "same-title", "near"]
"""Why a code is proposed: its vocabulary says so, it has the title of the one that is gone, or it is merely near."""

_MENDED = ("withdrawn-code", "unknown-code", "no-longer-valid", "inactive-code")
_JUSTIFICATIONS: dict[Why, str] = {
    "replaced-by": "semapv:BackgroundKnowledgeBasedMatching",
    "same-title": "semapv:LexicalMatching",
    "near": "semapv:LexicalSimilarityThresholdMatching",
}
_RULES: dict[Why, str] = {"replaced-by": "repair-replaced", "same-title": "repair-same-title", "near": "repair-near"}
_LONGEST = 10
"""How many times in a row a code may have been replaced."""
_MOST_NEAR = 3


class Proposal(NamedTuple):
    """A mapping that could stand in place of one whose code is gone.

    Arguments:
        problem: what is wrong with the one that stands.
        mapping: what is proposed; who made the old one, and how sure, is not taken over.
        why: see `Why`.
        finding: the same in words.
    """

    problem: Problem
    mapping: Mapping
    why: Why
    finding: Finding


def proposals(
    mapping_set: MappingSet, terminology: Terminology, on: datetime.date | None = None, *, language: str = "sv"
) -> Iterator[Proposal]:
    """Propose mappings for those of a set whose codes are withdrawn, unknown, ended or inactive.

    Where the vocabulary says what replaced a code, that is proposed, as often in a row as it takes to come to a code
    that is right; else codes with the same title; else up to three that are near. The predicate stays only where the
    title is the same; what was said to be equal becomes a `skos:closeMatch`.

    Arguments:
        mapping_set: the set.
        terminology: the vocabularies.
        on: the day on which codes shall be right; None: in the newest versions.
        language: of the comments: sv or en.
    """
    for problem in check(mapping_set, terminology, on):
        if problem.finding.rule in _MENDED:
            for coding, why in _candidates(problem, terminology, on):
                yield _proposal(problem, coding, why, mapping_set.id, language)


def _candidates(problem: Problem, terminology: Terminology, on: datetime.date | None) -> Iterable[tuple[Coding, Why]]:
    replaced = successors(problem.coding, terminology, on)
    if replaced:
        return [(each, "replaced-by") for each in replaced]
    title = problem.code.answer.display or problem.coding.display
    same = [each for each in problem.code.answer.near if title and words(each.display or "") == words(title)]
    if same:
        return [(each, "same-title") for each in same]
    return [(each, "near") for each in problem.code.answer.near[:_MOST_NEAR]]


def successors(coding: Coding, terminology: Terminology, on: datetime.date | None = None) -> list[Coding]:
    """Return the codes that replaced a code, by what any version of its vocabulary says; none where nobody says.

    Of a code that was replaced by one that is gone itself, its successors are returned.
    """
    found: dict[str, Coding] = {}
    waiting = [(coding.system, coding.code)]
    for _ in range(_LONGEST):
        said = [each for one in dict.fromkeys(waiting) for each in _replaced_by(*one, terminology)]
        waiting = []
        for system, code in said:
            answer = terminology.validate(system, code, on=on, near=0)
            inactive = any(each.rule == "inactive-code" for each in answer.findings)
            if answer.valid and not inactive:
                right = Coding(system=answer.system, version=answer.version, code=answer.code, display=answer.display)
                found.setdefault(str(right), right)
            else:
                waiting.append((system, code))
        if not waiting:
            break
    return list(found.values())


def _replaced_by(system: str, code: str, terminology: Terminology) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for source in terminology.versions(system):
        concept = source.concept(code)
        for relation in concept.relations if concept is not None else ():
            if relation.type == "replaced-by":
                found[relation.vocabulary or source.info.id, relation.target] = None
    return list(found)


def _proposal(problem: Problem, coding: Coding, why: Why, origin: str, language: str) -> Proposal:
    old = problem.mapping
    title = problem.code.answer.display or problem.coding.display or ""
    finding = rule(_RULES[why]).finding(
        None,
        **named(old),
        code=f"{problem.coding.system} {problem.coding.code}",
        other=f"{coding.system} {coding.code}",
        title=coding.display or "–",
    )
    same = words(title) == words(coding.display or "")
    made = old.model_copy(
        update={
            problem.side: coding,
            "predicate": CLOSE if old.predicate in ALIKE and not same else old.predicate,
            "justification": _JUSTIFICATIONS[why],
            "confidence": None,
            "author": None,
            "reviewer": None,
            "date": None,
            "tool": TOOL,
            "comment": f"{problem.finding.message(language)} {finding.message(language)}",
        }
    )
    kept = {name: value for name, value in slots.of(old).items() if name not in _PERSONAL}
    made = slots.with_slots(made, {**kept, "proposed_from": derivation(old, origin)})
    return Proposal(problem, made, why, finding)


_PERSONAL = (
    "record_id", "author_id", "author_label", "reviewer_id", "reviewer_label", "creator_id", "creator_label",
    "review_date", "reviewer_agreement", "similarity_score", "similarity_measure", "match_string",
)  # fmt: skip
"""What is said of a mapping by those who made and reviewed it, and is not true of another."""


def proposed_set(mapping_set: MappingSet, found: Iterable[Proposal]) -> MappingSet:
    """Return proposals as a set, to be reviewed."""
    mappings = tuple(each.mapping for each in found)
    update = {"id": f"{mapping_set.id}-repairs", "url": None, "mappings": mappings, "unmapped_rules": ()}
    return slots.declared(mapping_set.model_copy(update=update))
