"""Translation through further systems: step by step, and no more at the end than the steps justify."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from termbank.mapping.chaining import CHAINING, sureness
from termbank.mapping.deciding import decide
from termbank.model import Coding, Relationship
from termbank.terminology.engine import Terminology
from termbank.terminology.interpreting import NO_ANSWERS
from termbank.terminology.translation import Step, Translation, ordered

_STEP = " > "
_ONE_WAY = ("source-is-narrower-than-target", "source-is-broader-than-target")


def follows(first: Relationship | None, second: Relationship | None) -> Relationship | None:
    """Return how A stands to C, by how A stands to B and B to C; None: nothing follows.

    The same as `termbank.mapping.predicates.compose` says of predicates.

    >>> follows("equivalent", "related-to"), follows("related-to", "related-to")
    ('related-to', None)
    """
    if first == "equivalent":
        return second
    if second == "equivalent":
        return first
    return first if first == second and first in _ONE_WAY else None


def translate(
    terminology: Terminology,
    system: str,
    code: str,
    to: str,
    via: Sequence[str],
    *,
    on: datetime.date | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
    unproven: bool = False,
) -> list[Translation]:
    """Return what a code is called in a system that is reached through others, in that order; nothing is chosen.

    Arguments:
        terminology: the vocabularies and mapping sets.
        system, code: the code.
        to: the system to translate to.
        via: the systems between, in order.
        on, answers: as of `termbank.terminology.interpreting.Interpreter.translate`.
        unproven: also what the steps lead to without justifying anything of it; its relationship is None.

    Raises:
        UnknownVocabulary: one of the systems is neither in the bank nor mapped.
        Refusal: mapping sets leave the answer to each other in a circle, or to one that is not here.
    """
    interpreter = terminology.interpreter
    first = Coding(system=system, code=code)
    reached: list[tuple[Translation, ...]] = [()]
    systems = [system, *via, to]
    for one, other in pairwise(systems):
        known: dict[str, list[Translation]] = {}
        onward: list[tuple[Translation, ...]] = []
        for way in reached:
            coding = way[-1].coding if way else first
            if coding is not None:
                if coding.code not in known:
                    known[coding.code] = interpreter.translate(one, coding.code, other, on, answers, decide)
                onward += [(*way, each) for each in known[coding.code]]
        reached = onward
    return ordered(list(_ends(first, reached, unproven)))


def _ends(first: Coding, ways: list[tuple[Translation, ...]], unproven: bool) -> Iterator[Translation]:
    """Yield what is at the end of each way."""
    for way in ways:
        *before, last = way
        relationship: Relationship | None = "equivalent"
        confidence: float | None = 1.0
        for each in before:
            relationship = follows(relationship, each.relationship)
        if last.coding is None:
            if relationship != "equivalent":
                continue  # what has another meaning may have a counterpart all the same
            relationship = None
        else:
            relationship = follows(relationship, last.relationship)
            if relationship is None and not unproven:
                continue
        for each in way:
            confidence = sureness(confidence, each.confidence)
        yield Translation(
            coding=last.coding,
            relationship=relationship,
            mapping_set=_STEP.join(each.mapping_set for each in way),
            confidence=confidence if relationship is not None or last.coding is None else None,
            justification=CHAINING,
            path="chained",
            steps=tuple(_steps(first, way)),
            group=last.group,
            asked=tuple(dict.fromkeys(question for each in way for question in each.asked)),
            products=tuple(dict.fromkeys(product for each in way for product in each.products)),
            valid=last.valid,
        )


def _steps(first: Coding, way: tuple[Translation, ...]) -> Iterator[Step]:
    source = first
    for each in way:
        yield Step(
            source=source,
            target=each.coding,
            relationship=each.relationship,
            mapping_set=each.mapping_set,
            confidence=each.confidence,
            justification=each.justification,
            path=each.path,
            comment=each.comment,
        )
        source = each.coding or source
