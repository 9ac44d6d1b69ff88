"""Which codes of a code system meet a filter of a value set (FHIR ValueSet.compose.include.filter)."""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import re2
from pyroaring import BitMap

from termbank.model import ConceptFilter
from termbank.store.entry import Entry
from termbank.terminology.edition import Edition, text_of
from termbank.terminology.refusal import Refusal, issue

_OF_THE_CODE = frozenset({"concept", "code"})
_HIERARCHY = frozenset({"is-a", "descendent-of", "descendent-leaf", "is-not-a", "child-of", "generalizes"})
_OF_VALUES = frozenset({"=", "in", "not-in", "regex", "exists"})
_ALWAYS = frozenset({"notSelectable", "inactive", "status", "deprecated", "display", "definition"})
"""Properties that every code has, or may have, whether or not its system declares them."""
_REGEX_MEMORY = 1024 * 1024
_REGEX_LENGTH = 1_000
_REGEX_WORK = 10_000_000
"""How long an expression times a text may be."""
_REGEX_SECONDS = 5.0
"""How long all codes of a system may take."""


def understands(edition: Edition, wanted: ConceptFilter) -> bool:
    """Tell whether a filter has a meaning in a code system."""
    if wanted.property in _OF_THE_CODE:
        return wanted.op in _HIERARCHY or wanted.op in _OF_VALUES
    if wanted.property in ("parent", "child"):
        return wanted.op in ("=", "in", "exists")
    declared = {each.code for each in edition.info.property_definitions}
    return (wanted.property in declared or wanted.property in _ALWAYS) and wanted.op in _OF_VALUES


def check(edition: Edition, wanted: ConceptFilter, at: str = "") -> None:
    """Refuse a filter that has no value, or no meaning in a code system.

    Arguments:
        edition: the code system.
        wanted: the filter.
        at: where it stands.

    Raises:
        Refusal: so it is.
    """
    told: dict[str, Any] = {"property": wanted.property, "op": wanted.op, "wanted": wanted.value}
    if not wanted.value:
        finding = issue("UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE", at, system=edition.url, **told)
        raise Refusal(finding, 400, outcome=True)
    if not understands(edition, wanted):
        raise Refusal(issue("FILTER_NOT_UNDERSTOOD", at, **told), 400, outcome=True)


def select(edition: Edition, wanted: ConceptFilter) -> BitMap:
    """Return the ordinals of the codes that meet a filter.

    Raises:
        Refusal: the filter has no value or no meaning here, or its regular expression cannot be used.
    """
    check(edition, wanted)
    key = (wanted.property, str(wanted.op), wanted.value or "")
    if key not in edition.selected:
        if len(edition.selected) > 1_000:
            edition.selected.clear()
        edition.selected[key] = _select(edition, *key)
    return edition.selected[key]


def _select(edition: Edition, name: str, op: str, value: str) -> BitMap:
    if name in _OF_THE_CODE:
        return _by_hierarchy(edition, op, value) if op in _HIERARCHY else _by_code(edition, op, value)
    if name in ("parent", "child"):
        return _by_neighbour(edition, name, op, value)
    return _by_values(edition, _values(edition, name), op, value)


def _by_hierarchy(edition: Edition, op: str, code: str) -> BitMap:
    entry = edition.locate(code)
    if entry is None:
        return edition.everything() if op == "is-not-a" else BitMap()
    itself = BitMap([entry.ordinal])
    below = edition.source.descendants(entry)
    if op == "is-a":
        return itself | below
    if op == "descendent-of":
        return below
    if op == "is-not-a":
        return edition.everything() - (itself | below)
    if op == "child-of":
        return BitMap(each.ordinal for each in edition.children(entry))
    if op == "generalizes":
        return itself | _above(edition, entry)
    return BitMap(each.ordinal for each in edition.entries(below) if each.last == each.ordinal and not each.extra)


def _above(edition: Edition, entry: Entry) -> BitMap:
    found, waiting = BitMap(), [entry.code]
    while waiting:
        for code in edition.parents(waiting.pop()):
            above = edition.source.find(code)
            if above is not None and above.ordinal not in found:
                found.add(above.ordinal)
                waiting.append(code)
    return found


def _by_code(edition: Edition, op: str, value: str) -> BitMap:
    if op in ("=", "in", "not-in"):
        codes = [value] if op == "=" else _listed(value)
        found = BitMap(entry.ordinal for code in codes if (entry := edition.locate(code)) is not None)
        return edition.everything() - found if op == "not-in" else found
    if op == "exists":
        return edition.everything() if value == "true" else BitMap()
    fits = _regex(value)
    return BitMap(each.ordinal for each in edition.entries(edition.everything()) if fits(each.code))


def _by_neighbour(edition: Edition, name: str, op: str, value: str) -> BitMap:
    if op == "exists":
        entries = edition.entries(edition.everything())
        if name == "child":
            having = BitMap(each.ordinal for each in entries if each.last > each.ordinal or each.extra)
        else:
            having = BitMap(each.ordinal for each in entries if edition.parents(each.code))
        return having if value == "true" else edition.everything() - having
    found = BitMap()
    for code in [value] if op == "=" else _listed(value):
        entry = edition.locate(code)
        if entry is None:
            continue
        near = edition.children(entry) if name == "parent" else map(edition.locate, edition.parents(entry.code))
        found |= BitMap(each.ordinal for each in near if each is not None)
    return found


def _by_values(edition: Edition, values: dict[str, BitMap], op: str, value: str) -> BitMap:
    if op == "=":
        return values.get(value, BitMap())
    if op == "exists":
        having = _union(values.values())
        return having if value == "true" else edition.everything() - having
    if op == "regex":
        fits = _regex(value)
        return _union(found for text, found in values.items() if fits(text))
    found = _union(values.get(each, BitMap()) for each in _listed(value))
    return edition.everything() - found if op == "not-in" else found


def _values(edition: Edition, name: str) -> dict[str, BitMap]:
    """Return the values that a property has, each with the codes that have it; read once for a code system."""
    if name not in edition.values and name == "notSelectable" and not edition.info.strict:
        headings = _headings(edition)
        edition.values[name] = {"true": headings, "false": edition.everything() - headings}
    if name not in edition.values:
        values: dict[str, BitMap] = {}
        told = _teller(edition, name)
        for ordinal, concept in zip(edition.everything(), edition.source.concepts(), strict=True):
            for text in told(concept):
                values.setdefault(text, BitMap()).add(ordinal)
        edition.values[name] = values
    return edition.values[name]


def _headings(edition: Edition) -> BitMap:
    """Return the codes of one of our own systems that are headings, or are assumed to be since codes are below them."""
    assumed = "selectable" in edition.info.assumptions
    return BitMap(
        each.ordinal
        for each in edition.entries(edition.everything())
        if each.abstract or (assumed and (each.last > each.ordinal or each.extra))
    )


def _teller(edition: Edition, name: str) -> Callable[[Any], Iterable[str]]:
    """Return what tells the values that a concept has of a property."""
    if name == "display":
        return lambda concept: [text] if (text := concept.display()) else []
    if name == "definition":
        return lambda concept: [each.text for each in concept.definitions]
    if name == "status" and not any(each.code == name for each in edition.info.property_definitions):
        return lambda concept: [status] if (status := edition.status(concept.id)) else []
    if name == "inactive":
        return lambda concept: ["true" if concept.inactive else "false"]
    if name == "deprecated":
        return lambda concept: ["true" if edition.status(concept.id) in ("deprecated", "retired") else "false"]
    return lambda concept: [text_of(each) for each in concept.properties if each.code == name]


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",")]


def _union(maps: Iterable[BitMap]) -> BitMap:
    found = BitMap()
    for each in maps:
        found |= each
    return found


def _regex(pattern: str) -> Callable[[str], bool]:
    """Return a test for whole texts; RE2 takes time in proportion to the text, whatever the expression."""
    compiled, end = _compiled(pattern), time.monotonic() + _REGEX_SECONDS

    def fits(text: str) -> bool:
        if len(text) * len(pattern) > _REGEX_WORK or time.monotonic() > end:
            raise _invalid(pattern, "it takes too long")
        return compiled.fullmatch(text) is not None

    return fits


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = _REGEX_MEMORY
    options.log_errors = False
    try:
        if len(pattern) > _REGEX_LENGTH:
            raise ValueError("it is too long")
        return re2.compile(pattern, options=options)
    except (re2.error, ValueError) as error:
        reason = error.args[0] if error.args else error
        reason = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise _invalid(pattern, reason) from None


def _invalid(pattern: str, reason: str) -> Refusal:
    return Refusal(issue("INVALID_REGEX", regex=pattern[:100], reason=reason), 422, outcome=True)
