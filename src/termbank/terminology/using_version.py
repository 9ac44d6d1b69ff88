"""In which version of its system a code is looked for, where the code, the value set and the rules may each say one."""

from collections.abc import Iterable

from termbank.model import Coding, ConceptSet
from termbank.model.finding import Severity
from termbank.terminology.concept_sets import path_to
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import issue
from termbank.terminology.verdict import Verdict
from termbank.terminology.version_patterns import matches, version_key


def newest_first(sets: Iterable[ConceptSet]) -> list[ConceptSet]:
    """Return concept sets in their order, but those of one system that state their version with the newest first."""
    found = list(sets)
    places: dict[str, list[int]] = {}
    for place, each in enumerate(found):
        if each.system and each.version:
            places.setdefault(each.system, []).append(place)
    for same in places.values():
        ordered = sorted((found[place] for place in same), key=lambda each: version_key(each.version), reverse=True)
        for place, each in zip(same, ordered, strict=True):
            found[place] = each
    return found


def version_that_has(inquiry: Inquiry, coding: Coding, stated: Iterable[str | None]) -> str | None:
    """Pick one of several versions that a value set states of a system: the newest that has the code.

    None where it makes no difference: there are not several, or all have it.

    Arguments:
        inquiry: the question.
        coding: the code.
        stated: the versions.
    """
    versions = {each for each in stated if each}
    if len(versions) < 2:
        return None
    having = {version for version in versions if _has(inquiry, coding, version)}
    if having == versions:
        return None
    return max(having or versions, key=version_key)


def _has(inquiry: Inquiry, coding: Coding, version: str) -> bool:
    edition = inquiry.edition(coding.system, version)
    entry = edition.locate(coding.code) if edition else None
    if edition is None or entry is None:
        return False
    return not coding.display or any(each.value == coding.display for each in edition.designations(entry.code))


def version_for(inquiry: Inquiry, at: str, stated: str | None, coding: Coding, verdict: Verdict) -> str | None:
    """Decide which version of a system a code is looked for in, and note where that is not the code's own.

    Arguments:
        inquiry: the question.
        at: where the code stands.
        stated: the version that the value set states.
        coding: the code.
        verdict: takes what is found out.
    """
    system, given = coding.system, coding.version
    version = inquiry.decide(system, stated)
    if not given:
        return version
    anything = inquiry.edition(system, decided=True)
    algorithm = anything.info.version_algorithm if anything else None
    if version and anything is not None and version != given and matches(version, given, algorithm):
        version = given
    if not version:
        known = inquiry.holdings.versions_of(system)
        if given in known or (anything and any(matches(given, each, algorithm) for each in known)):
            version = given
    at_version = path_to(at, "version")
    edition = inquiry.edition(system, version)
    if edition is None:
        if version != given:
            told = {"system": system, "version": version, "given": given}
            verdict.add(issue("VALUESET_VALUE_MISMATCH", at_version, **told), said=True)
        return version
    if edition.version == given or matches(given, edition.version, edition.info.version_algorithm):
        return version
    _say_other(inquiry, at, version, stated, coding, verdict)
    return version


def _say_other(
    inquiry: Inquiry, at: str, version: str | None, stated: str | None, coding: Coding, verdict: Verdict
) -> None:
    """Say that a code is looked for in another version than its own."""
    system, given, at_version = coding.system, coding.version, path_to(at, "version")
    told = {"system": system, "given": given}
    if not version:
        used = inquiry.edition(system)
        severity: Severity | None = "error" if used and used.needs_version else None
        own = (used.version or "") if used else ""
        finding = issue("VALUESET_VALUE_MISMATCH_DEFAULT", at_version, severity, version=own, **told)
    elif version != stated:
        finding = issue("VALUESET_VALUE_MISMATCH_CHANGED", at_version, version=version, stated=stated or "", **told)
    else:
        finding = issue("VALUESET_VALUE_MISMATCH", at_version, version=version, **told)
    verdict.add(finding, said=finding.severity == "error")
    if inquiry.edition(system, given, decided=True) is None:
        verdict.unknown_systems[f"{system}|{given}"] = None
        verdict.add(inquiry.missing_system(system, given, at=path_to(at, "system")), said=True)
