"""The system of a code that was given without one: the one system of the value set whose code it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from termbank.model import Coding
from termbank.terminology.refusal import issue
from termbank.terminology.verdict import Verdict

if TYPE_CHECKING:
    from termbank.terminology.membership import Membership


def infer(membership: "Membership", code: str, verdict: Verdict) -> str | None:
    """Find the one system of a value set whose code this is; None, and why, where there is none or several.

    Where the code is in the value set under no system, the one system that the value set draws codes from and that has
    the code will do: then the answer tells why the code is not in the value set.

    Arguments:
        membership: the value set.
        code: the code.
        verdict: takes what is found out.
    """
    systems: dict[str, None] = {}
    unsure = False
    for system, anything in _systems(membership, code).items():
        aside = Verdict()
        found = membership.contains("", Coding(system=system, code=code), aside)
        if found is None:
            unsure = unsure or anything
        elif found and not any(finding.rule == "UNKNOWN_CODE_IN_FRAGMENT" for finding in aside.findings):
            systems[system] = None
    if not systems:
        systems = dict.fromkeys(_having(membership, code))
    if len(systems) == 1 and not unsure:
        return next(iter(systems))
    told = {"code": code, "valueset": membership.name}
    if len(systems) > 1:
        message = "Unable_to_resolve_system__value_set_has_multiple_matches"
        verdict.add(issue(message, "code", systems=", ".join(sorted(systems)), **told), said=True)
    else:
        verdict.add(issue("UNABLE_TO_INFER_CODESYSTEM", "code", **told), said=True)
    return None


def _systems(membership: "Membership", code: str) -> dict[str, bool]:
    """Return the systems that a value set draws codes from, itself or through others, and whether it may be this one.

    It may not where only other codes are listed.
    """
    found: dict[str, bool] = {}
    seen: dict[int, Membership] = {}
    waiting = [membership]
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen[id(each)] = each
        for concept_set in each.value_set.include:
            if concept_set.system:
                system = each.inquiry.canonical(concept_set.system)
                listed = any(concept.code == code for concept in concept_set.concepts)
                found[system] = found.get(system, False) or listed or not concept_set.concepts
        found |= {system: True for system, its in each.expanded if its == code}
        waiting += each.imported.values()
    return found


def _having(membership: "Membership", code: str) -> Iterator[str]:
    """Yield the systems that the value set itself draws codes from, and that have a code."""
    if membership.imported:
        return
    for concept_set in membership.value_set.include:
        edition = membership.edition(concept_set)
        entry = edition.locate(code) if edition else None
        if edition and entry and membership.concept_sets.lists(edition, concept_set, entry):
            yield edition.url
