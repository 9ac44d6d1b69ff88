"""What was decided before: each decision about a subject, with what the set said until then, kept in the set itself.

The history of a subject is an extension slot (SSSOM) of one of its mappings; that of a subject that has no mapping any
more is a slot of the set. So a set that is copied, sorted or sent has its history with it.
"""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import ValidationError

from termbank.errors import FormatError
from termbank.mapping import slots
from termbank.model import Coding, Location, MappingSet
from termbank.model import Mapping as Statement
from termbank.model.base import Noun
from termbank.model.rules import rule

SLOT = "review_history"
_PREFIX, _URI = "termbank_review", "urn:termbank:slot:"

Action = Literal["accept", "reject", "change", "choose", "none", "comment", "undo", "reapply", "withdraw"]
"""change: another relationship. choose: another code. none: no counterpart. reapply: a new edition of a code list.
withdraw: the subject is not in the new edition."""

Key = tuple[str, str]
"""The system and the code of a subject."""


class Entry(Noun):
    """One decision.

    Arguments:
        subject: `system#code`, so that a history is known from that of another subject which other programs put there.
        number: decisions of a set are numbered as they come.
        action: what was decided.
        by, on, tool: who, when and by what.
        before: what the set said of the subject until then; after the last entry it says what it says.
        option: the candidate that was decided about, where it was not in the set.
        note: what the decision was about, where that is not seen in the mappings.
    """

    subject: str
    number: int
    action: Action
    by: str
    on: datetime.date
    tool: str
    before: tuple[Statement, ...] = ()
    option: Statement | None = None
    note: str | None = None


def key(coding: Coding) -> Key:
    """Return what tells a code from others, whatever its version and title."""
    return coding.system, coding.code


def named(subject: Key) -> str:
    """Return what the entries of a subject name it by."""
    return "#".join(subject)


def undone(history: Sequence[Entry]) -> Entry | None:
    """Return the decision that an undo would undo; None where there is none, or a new edition came after it.

    >>> one = Entry(subject="kva#AU124", number=1, action="accept", by="A", on="2026-01-01", tool="t")
    >>> undone([one, one.with_(number=2), one.with_(number=3, action="undo")]).number
    1
    """
    passed = 0
    for entry in reversed(history):
        if entry.action in ("reapply", "withdraw"):
            return None
        if entry.action == "undo":
            passed += 1
        elif passed:
            passed -= 1
        else:
            return entry
    return None


def taken(statement: Statement) -> tuple[Statement, str | None]:
    """Return a mapping without its history, and the history as it is written."""
    kept = slots.of(statement)
    text = kept.pop(SLOT, None)
    return (statement, None) if text is None else (slots.with_slots(statement, kept), str(text))


def parsed(text: str, where: str) -> list[Entry]:
    """Read a history.

    Raises:
        FormatError: it was damaged; nothing is decided on top of what cannot be read, so that it is not lost.
    """
    try:
        return [Entry.model_validate(each) for each in json.loads(text)]
    except (ValueError, ValidationError, TypeError):
        finding = rule("review-history-damaged").finding(Location(field=SLOT), subject=where)
        raise FormatError(finding.message("en"), finding) from None


def of_set(mapping_set: MappingSet) -> dict[Key, list[Entry]]:
    """Return the histories of subjects that have no mapping in a set any more."""
    text = slots.of(mapping_set).get(SLOT)
    if text is None:
        return {}
    try:
        found = json.loads(str(text))
        return {(each["system"], each["code"]): parsed(json.dumps(each["history"]), each["code"]) for each in found}
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, FormatError):
            raise
        finding = rule("review-history-damaged").finding(Location(field=SLOT), subject=mapping_set.id)
        raise FormatError(finding.message("en"), finding) from None


def given(statement: Statement, history: Sequence[Entry]) -> Statement:
    """Return a mapping with the history of its subject."""
    return slots.with_slots(statement, {**slots.of(statement), SLOT: _text(history)}) if history else statement


def _text(history: Iterable[Entry]) -> str:
    return f"[{','.join(each.to_json() for each in history)}]"


def declared(mapping_set: MappingSet, orphans: Mapping[Key, Sequence[Entry]]) -> MappingSet:
    """Return a set with the histories of subjects that have no mapping, and its metadata telling what the slot is."""
    kept = slots.of(mapping_set)
    lists = [
        f'{{"system":{json.dumps(system)},"code":{json.dumps(code)},"history":{_text(history)}}}'
        for (system, code), history in sorted(orphans.items())
        if history
    ]
    kept[SLOT] = f"[{','.join(lists)}]" if lists else None
    used = bool(lists) or any(SLOT in slots.of(each) for each in mapping_set.mappings)
    given_definitions = kept.get("extension_definitions")
    definitions = [
        each
        for each in (given_definitions if isinstance(given_definitions, list) else [])
        if not (isinstance(each, dict) and each.get("slot_name") == SLOT)
    ]
    curies = {name: uri for name, uri in (kept.get("curie_map") or {}).items() if name != _PREFIX}
    if used:
        definitions.append({"slot_name": SLOT, "property": f"{_PREFIX}:{SLOT}", "type_hint": "xsd:string"})
        curies[_PREFIX] = _URI
    kept["extension_definitions"], kept["curie_map"] = definitions, curies or None
    return slots.with_slots(mapping_set, kept)
