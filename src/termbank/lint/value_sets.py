"""Value sets as people write them: the systems, codes and value sets that they name are there."""

import datetime
from collections.abc import Iterator

from termbank.model import ConceptSet, Finding, Location, ValueSet
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology

_CODES = ("is-a", "descendent-of", "descendent-leaf", "is-not-a", "child-of", "generalizes", "=")


def check(
    value_set: ValueSet, terminology: Terminology, where: Location, on: datetime.date | None = None
) -> Iterator[Finding]:
    """Check a value set against a bank.

    Arguments:
        value_set: the value set.
        terminology: the bank.
        where: the file that it stands in.
        on: the day on which it is read, where it does not say one itself.
    """
    for name, parts in (("include", value_set.include), ("exclude", value_set.exclude)):
        for index, part in enumerate(parts):
            at = where.with_(field=f"{name}[{index}]")
            for other in part.value_sets:
                if terminology.holdings.value_set(other) is None:
                    yield rule("unknown-value-set").finding(at, value=other, value_set=other)
            day = None if part.version else value_set.locked_date or on
            yield from _codes(part, day, terminology, at)


def _codes(part: ConceptSet, on: datetime.date | None, terminology: Terminology, at: Location) -> Iterator[Finding]:
    """Check that the codes that a part lists or names in a condition exist, on the day that the set is read on."""
    if not part.system:
        return
    above = [each.value or "" for each in part.filters if each.property in ("concept", "code") and each.op in _CODES]
    codes = [each.code for each in part.concepts]
    answers = terminology.validate_group(part.system, [*codes, *above], [None] * (len(codes) + len(above)),
                                         version=part.version, on=on, near=1)  # fmt: skip
    said: set[str] = set()
    for place, answer in enumerate(answers):
        for finding in answer.findings:
            heading = finding.rule in ("abstract-code", "assumed-abstract")
            once = finding.rule in ("unknown-system", "unknown-version", "assumed-validity", "mistaken-identifier")
            if (heading and place >= len(codes)) or (once and finding.rule in said):
                continue
            said.add(finding.rule)
            near = [f"→ {each.code} {each.display or ''}".strip() for each in answer.near]
            hint = near[0] if near and finding.rule == "unknown-code" else finding.hint
            yield finding.with_(location=at, hint=hint)
