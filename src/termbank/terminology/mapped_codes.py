"""The codes of mappings judged: does the code exist, is it a heading, is it called what the mapping says."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from termbank.language.words import words
from termbank.model import Coding, Finding
from termbank.model.finding import SEVERITIES
from termbank.model.mapping import LITERAL
from termbank.terminology.engine import Terminology
from termbank.terminology.validation import Validation

NO_SYSTEMS = (LITERAL, "sssom")
"""What stands for a text without a code, and for a side that is not there."""
_HEADINGS = ("abstract-code", "assumed-abstract")


class MappedCode(NamedTuple):
    """What is to be said of a code that is mapped.

    Arguments:
        coding: as the mapping has it.
        answer: what the vocabulary says.
        wrong: the weightiest reason why it is not right, or cannot be told to be; that it is a heading is none, since
            a heading may be mapped.
        heading: it is one.
        inactive: it is.
        renamed: it is called something else than the mapping says.
    """

    coding: Coding
    answer: Validation
    wrong: Finding | None = None
    heading: Finding | None = None
    inactive: Finding | None = None
    renamed: bool = False

    @property
    def near(self) -> str:
        """The codes that are nearest to a wrong one, to be offered."""
        return ", ".join(each.code for each in self.answer.near)


def judge(
    terminology: Terminology, codings: Sequence[Coding], on: datetime.date | None = None, near: int = 3
) -> list[MappedCode]:
    """Judge codes of mappings, in their order.

    Arguments:
        terminology: who knows.
        codings: the codes; each in the version that it states, if it does.
        on: the day on which they shall be valid; None: any.
        near: how many near codes a wrong one is answered with.
    """
    asked = [each for each in codings if each.system not in NO_SYSTEMS]
    plain = [each.model_copy(update={"display": None}) for each in asked]
    answers = iter(terminology.validate_many(plain, on, near))
    return [
        MappedCode(each, Validation(None, each.system, each.code))
        if each.system in NO_SYSTEMS
        else _judged(each, next(answers))
        for each in codings
    ]


def _judged(coding: Coding, answer: Validation) -> MappedCode:
    reasons = sorted(answer.findings, key=lambda finding: SEVERITIES.index(finding.severity), reverse=True)
    by_rule = {each.rule: each for each in reversed(reasons)}
    heading = next((by_rule[name] for name in _HEADINGS if name in by_rule), None)
    wrong = None
    if answer.valid is not True and reasons and not by_rule.keys() <= set(_HEADINGS):
        wrong = next(each for each in reasons if each.rule not in _HEADINGS)
    renamed = bool(coding.display and answer.display and words(coding.display) != words(answer.display))
    return MappedCode(coding, answer, wrong, heading, by_rule.get("inactive-code"), renamed and wrong is None)
