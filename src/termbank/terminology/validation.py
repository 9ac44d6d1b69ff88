"""Is this code right: does it exist, on that day, in that version, may it be selected, does the text fit."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from termbank.language.words import words
from termbank.model import Coding, Finding
from termbank.model.notation import loose_key
from termbank.model.rules import rule
from termbank.store.entry import Entry
from termbank.terminology.near import near_codes
from termbank.terminology.source import Source


class Validation(NamedTuple):
    """The answer to "is this code right".

    Arguments:
        valid: True, False, or None where it cannot be told: the system, the version or the date is not covered here,
            or the list is a fragment.
        system: short id of the code system.
        code: the code in the form of the code system (as given, where it was not found).
        version: the version that the answer comes from.
        display: preferred term of the code.
        findings: every reason and remark.
        near: for a code that does not exist, the nearest that do.
    """

    valid: bool | None
    system: str
    code: str
    version: str | None = None
    display: str | None = None
    findings: tuple[Finding, ...] = ()
    near: tuple[Coding, ...] = ()


def find(source: Source, code: str) -> tuple[Entry | None, Finding | None]:
    """Find a code as written, or written in a way that the vocabulary accepts.

    Returns:
        The entry, and a finding where the code is written otherwise than in the system (or is ambiguous).
    """
    entry = source.find(code)
    variants = source.info.variants
    if entry is not None or not variants:
        return entry, None
    codes = source.variants(loose_key(code, variants))
    return _otherwise(source, code, codes, source.find(codes[0]) if len(codes) == 1 else None)


def find_otherwise(source: Source, codes: Iterable[str]) -> dict[str, tuple[Entry | None, Finding | None]]:
    """Find codes that the vocabulary does not have as written, in a way that it accepts; the same as `find`."""
    variants = source.info.variants
    if not variants:
        return {}
    keys = {code: loose_key(code, variants) for code in codes}
    written = source.variants_many(list(keys.values()))
    entries = source.find_many([each[0] for each in written.values() if len(each) == 1])
    return {
        code: _otherwise(source, code, written[key], entries.get(written[key][0]))
        for code, key in keys.items()
        if key in written
    }


def _otherwise(source: Source, code: str, codes: list[str], entry: Entry | None) -> tuple[Entry | None, Finding | None]:
    """Answer for a code that is written otherwise: the codes with its loose key, and the entry where that is one."""
    variants = source.info.variants
    if len(codes) > 1:
        listed = ", ".join(codes[:5])
        return None, rule("ambiguous-notation").finding(given=code, system=source.info.versioned, codes=listed)
    if not codes:
        return None, None
    if not source.info.case_sensitive and code.upper() == codes[0].upper():
        return entry, None
    plain = [variant for variant in variants if variant != "qualifier"]
    qualified = len(plain) < len(variants) and loose_key(code, plain) != loose_key(codes[0], plain)
    which = rule("qualifier" if qualified else "notation")
    return entry, which.finding(given=code, system=source.info.versioned, code=codes[0])


def judge(
    source: Source, entry: Entry, on: datetime.date | None, display: str | None, supplements: Sequence[Source] = ()
) -> tuple[Finding, ...]:
    """Judge a code that exists: its dates, whether it may be selected, and its text."""
    findings: list[Finding] = []
    name = source.info.versioned
    if on is not None:
        day = on.isoformat()
        if entry.valid_from and day < entry.valid_from:
            findings.append(rule("not-yet-valid").finding(code=entry.code, system=name, date=entry.valid_from, on=day))
        if entry.valid_to and day > entry.valid_to:
            findings.append(rule("no-longer-valid").finding(code=entry.code, system=name, date=entry.valid_to, on=day))
    if entry.abstract:
        findings.append(rule("abstract-code").finding(code=entry.code, system=name))
    elif (entry.last > entry.ordinal or entry.extra) and "selectable" in source.info.assumptions:
        findings.append(rule("assumed-abstract").finding(code=entry.code, system=name))
    if entry.inactive:
        findings.append(rule("inactive-code").finding(code=entry.code, system=name))
    if display is not None and not display_fits(source, entry, display, supplements):
        shown = entry.display or "–"
        findings.append(rule("display-mismatch").finding(value=display, code=entry.code, system=name, display=shown))
    return tuple(findings)


def display_fits(source: Source, entry: Entry, display: str, supplements: Sequence[Source] = ()) -> bool:
    """Tell whether a text is one of a code's terms, or one that a supplement adds, whatever its case and spaces."""
    if display == entry.display:
        return True
    asked = words(display)
    if asked == words(entry.display):
        return True
    concepts = (each.concept(entry.code) for each in (source, *supplements))
    return any(words(term.text) == asked for concept in concepts if concept for term in concept.terms)


def refuse(source: Source, code: str, others: list[Source], near: int, ambiguity: Finding | None) -> Validation:
    """Answer for a code that is not in the version that applies."""
    info = source.info
    if ambiguity is not None:
        return Validation(False, info.id, code, info.version, findings=(ambiguity,))
    if info.content != "complete":
        finding = rule("not-in-fragment").finding(code=code, system=info.versioned, id=info.id)
        return Validation(None, info.id, code, info.version, findings=(finding,))
    for other in others:
        entry, _ = find(other, code)
        if entry is not None:
            finding = rule("withdrawn-code").finding(
                code=entry.code, system=info.versioned, other=other.info.versioned, title=entry.display
            )
            nearest = near_codes(source, entry.code, near, entry.display) if near else ()
            return Validation(False, info.id, entry.code, info.version, entry.display, (finding,), nearest)
    finding = rule("unknown-code").finding(value=code, code=code, system=info.versioned)
    nearest = near_codes(source, code, near) if near else ()
    return Validation(False, info.id, code, info.version, findings=(finding,), near=nearest)
