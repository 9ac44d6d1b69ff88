"""Mapping sets held against the vocabularies that are here: codes that are gone, retired, or called otherwise."""

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from termbank.mapping.inverting import named
from termbank.model import Coding, Finding, Mapping, MappingSet
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology
from termbank.terminology.mapped_codes import NO_SYSTEMS, MappedCode, judge

Side = Literal["subject", "object"]


class Problem(NamedTuple):
    """One side of a mapping that is not right any more.

    Arguments:
        place: which of the set's mappings it is, counted from 0.
        mapping: the mapping.
        side: of it.
        code: what is known of the code.
        finding: what is wrong; its texts say which mapping it is about.
    """

    place: int
    mapping: Mapping
    side: Side
    code: MappedCode
    finding: Finding

    @property
    def coding(self) -> Coding:
        """The code, as the mapping has it."""
        return self.code.coding


def check(
    mapping_set: MappingSet, terminology: Terminology, on: datetime.date | None = None, *, headings: bool = False
) -> Iterator[Problem]:
    """Find the codes of a set that are not right in the version that applies.

    That is the version in force on the day, or else the newest, whatever version the set was made for: a code that its
    own version had and this one has not is withdrawn. (Whether a set fits the versions that it names is told by
    `termbank vocab lint`.)

    Arguments:
        mapping_set: the set.
        terminology: the vocabularies.
        on: the day; None: the newest versions, and no dates of codes.
        headings: find codes that are headings, too.
    """
    sides = [
        (place, mapping, side, coding)
        for place, mapping in enumerate(mapping_set.mappings)
        for side, coding in (("subject", mapping.subject), ("object", mapping.object))
        if coding is not None and coding.system not in NO_SYSTEMS
    ]
    codings = {each: each.model_copy(update={"version": None}) for *_, each in sides}
    distinct = list(dict.fromkeys(codings.values()))
    judged = dict(zip(distinct, judge(terminology, distinct, on), strict=True))
    for place, mapping, side, coding in sides:
        code = judged[codings[coding]]._replace(coding=coding)
        which: Side = "object" if side == "object" else "subject"
        for finding in _findings(code, mapping, headings):
            yield Problem(place, mapping, which, code, finding)


def _findings(code: MappedCode, mapping: Mapping, headings: bool) -> Iterator[Finding]:
    names = named(mapping)
    if code.wrong is not None:
        yield _about(code.wrong, names, f"→ {code.near}" if code.near else None)
    if code.inactive is not None:
        yield _about(code.inactive, names)
    if headings and code.heading is not None:
        yield rule("mapped-heading").finding(None, **names, code=code.answer.code, system=code.answer.system)
    if code.renamed:
        arguments = {"code": code.answer.code, "display": code.answer.display or "", "label": code.coding.display or ""}
        yield rule("mapped-label").finding(None, **names, **arguments)


def _about(finding: Finding, names: dict[str, str], hint: str | None = None) -> Finding:
    arguments = (*finding.arguments, ("mapping", f"{names['subject']} → {names['object']}"))
    return finding.with_(arguments=arguments, hint=hint)
