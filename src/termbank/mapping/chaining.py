"""Mappings chained: from A to B and from B to C, what follows from A to C, and never more than that.

What follows is in `termbank.mapping.predicates`. The justification is `semapv:MappingChaining`; the statements that a
chain is made of stand in its slot `derivation`.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, product
from typing import Any, Literal

from termbank.mapping import slots
from termbank.mapping.inverting import Derived, invert_set, is_no_term, named
from termbank.mapping.predicates import ALIKE, Meaning, compose, meaning
from termbank.model import Finding, Mapping, MappingSet
from termbank.model.rules import rule

CHAINING = "semapv:MappingChaining"
Confidence = Literal["product", "minimum"] | Callable[[float, float], float]
"""How sure a chain is, of how sure its two parts are: their product (the default: each may be wrong, whether or not the
other is), the lesser of them, or what a function says. Where a part does not say how sure it is, the chain does not
either."""
Same = Callable[[str], str]
"""Gives one name for all names of a system."""

_STEP, _WAY = "; ", " | "
_KEPT = ("subject_category", "subject_type", "subject_source", "object_category", "object_type", "object_source")
TOOL = "termbank"


def _as_it_is(system: str) -> str:
    return system


def sureness(first: float | None, second: float | None, how: Confidence = "product") -> float | None:
    """Return how sure a chain is, with three decimals, as SSSOM writes them.

    >>> sureness(0.9, 0.5), sureness(0.9, 0.5, "minimum"), sureness(0.9, None)
    (0.45, 0.5, None)
    """
    if first is None or second is None:
        return None
    if how == "product":
        return round(first * second, 3)
    return min(first, second) if how == "minimum" else round(how(first, second), 3)


def chain(
    first: Mapping,
    second: Mapping,
    *,
    confidence: Confidence = "product",
    across_versions: bool = False,
    origins: tuple[str, str] = ("", ""),
) -> Mapping | None:
    """Return what follows from a mapping of A to B and one of B to C; None: nothing.

    Arguments:
        first, second: the mappings; that what the first is mapped to is what the second is mapped from, is for the
            caller to know.
        confidence: how sure the chain is; see `Confidence`.
        across_versions: chain also where the two are about different versions of B's system.
        origins: names of the sets that they are from, for `derivation`.

    >>> from termbank.model import Coding
    >>> a, b, c = (Coding(system=system, code="1") for system in "abc")
    >>> one = Mapping(subject=a, object=b, predicate="skos:exactMatch", confidence=0.9)
    >>> other = Mapping(subject=b, object=c, predicate="skos:broadMatch", confidence=0.8)
    >>> found = chain(one, other)
    >>> found.predicate, found.confidence, found.justification
    ('skos:broadMatch', 0.72, 'semapv:MappingChaining')
    """
    found = _follows(first, second, across_versions)
    if isinstance(found, str):
        return None
    ruled = first if _is_ruled(first) else second
    made = Mapping(
        subject=first.subject,
        object=second.object,
        predicate=found.predicate,
        negated=found.negated,
        conditions=tuple(dict.fromkeys((*first.conditions, *second.conditions))),
        group=ruled.group,
        priority=ruled.priority,
        rule=ruled.rule,
        justification=CHAINING,
        confidence=sureness(first.confidence, second.confidence, confidence),
        tool=TOOL,
        products=tuple(dict.fromkeys((*first.products, *second.products))),
    )
    one, other = slots.of(first), slots.of(second)
    kept: dict[str, Any] = {name: (one if name.startswith("subject") else other).get(name) for name in _KEPT}
    ways = (derivation(*each).split(_WAY) for each in zip((first, second), origins, strict=True))
    kept[slots.DERIVATION] = _WAY.join(map(_STEP.join, product(*ways)))
    return slots.with_slots(made, kept)


def derivation(mapping: Mapping, origin: str = "") -> str:
    """Write what a mapping says, and where; of one that was chained, what it was chained from.

    >>> from termbank.model import Coding
    >>> plan, act = Coding(system="plan", code="SIP"), Coding(system="kva", code="AU124")
    >>> derivation(Mapping(subject=plan, object=act, predicate="skos:relatedMatch"), "plans")
    'plan:SIP skos:relatedMatch kva:AU124 [plans]'
    """
    known = slots.of(mapping).get(slots.DERIVATION)
    if isinstance(known, str):
        return known
    other = f"{mapping.object.system}:{mapping.object.code}" if mapping.object else "sssom:NoTermFound"
    said = f"{'not ' if mapping.negated else ''}{mapping.predicate}"
    where = f" [{origin}]" if origin else ""
    return f"{mapping.subject.system}:{mapping.subject.code} {said} {other}{where}"


def _is_ruled(mapping: Mapping) -> bool:
    return mapping.rule is not None or mapping.group is not None or mapping.priority is not None


def _follows(first: Mapping, second: Mapping, across_versions: bool) -> Meaning | str:
    """Return what follows, or the rule that says why nothing does."""
    one, other = meaning(first), meaning(second)
    if first.object is None:
        return "not-chained"
    if not across_versions and _differ(first.object.version, second.subject.version):
        return "chain-across-versions"
    if _is_ruled(first) and _is_ruled(second):
        return "chain-of-rules"
    if second.object is None:  # who has no counterpart, has none under another name either
        return other if not one.negated and one.predicate in ALIKE and not other.negated else "not-chained"
    if is_no_term(first.subject):
        return one if not other.negated and other.predicate in ALIKE and not one.negated else "not-chained"
    return compose(one, other) or "not-chained"


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def chain_sets(
    first: MappingSet,
    second: MappingSet,
    *,
    id: str | None = None,
    confidence: Confidence = "product",
    across_versions: bool = False,
    same: Same = _as_it_is,
) -> Derived:
    """Return what follows from two sets, each statement once, with every way that leads to it.

    Arguments:
        first, second: the sets.
        id: of the set that is made; None: made of theirs.
        confidence: how sure a chain is; of several ways to one statement, the surest counts.
        across_versions: chain also where the two are about different versions of the system between.
        same: gives one name for all names of a system.

    Returns:
        The set; and findings: what could not be chained, and what nothing leads on from.
    """
    onward: dict[tuple[str, str], list[Mapping]] = {}
    for each in second.mappings:
        onward.setdefault((same(each.subject.system), each.subject.code), []).append(each)
    findings: list[Finding] = []
    found: dict[tuple[object, ...], Mapping] = {}
    origins = (first.id, second.id)
    for one in first.mappings:
        if one.object is None:
            continue
        others = onward.get((same(one.object.system), one.object.code), [])
        if not others:
            findings.append(rule("chain-ends").finding(None, **named(one), set=second.id))
        for other in others:
            made = chain(one, other, confidence=confidence, across_versions=across_versions, origins=origins)
            if made is None:
                findings.append(_why_not(one, other, across_versions))
                continue
            key = (made.subject, made.object, made.predicate, made.negated, made.conditions, made.rule, made.group)
            found[key] = _surer(found[key], made) if key in found else made
    made_set = MappingSet(
        id=id or f"{first.id}-{second.id}",
        title=" → ".join(dict.fromkeys(each.title for each in (first, second) if each.title)),
        subject_source=first.subject_source,
        object_source=second.object_source,
        licence=first.licence if first.licence == second.licence else None,
    ).model_copy(update={"mappings": tuple(found.values())})
    if _differ(first.licence, second.licence):
        findings.append(rule("licences-differ").finding(first=first.licence, second=second.licence))
    return Derived(slots.declared(slots.with_slots(made_set, _header(first, second))), tuple(findings))


def _header(first: MappingSet, second: MappingSet) -> dict[str, Any]:
    """Return the metadata of a set that two were made into: their prefixes, and that it was made of them."""
    one, other = slots.of(first), slots.of(second)
    found: dict[str, Any] = {}
    for name in ("curie_map", "systems of prefixes"):
        maps = [each[name] for each in (other, one) if isinstance(each.get(name), dict)]
        found[name] = {key: value for each in maps for key, value in each.items()} or None
    sources = [*(one.get("mapping_set_source") or ()), first.url, *(other.get("mapping_set_source") or ()), second.url]
    found["mapping_set_source"] = list(dict.fromkeys(each for each in sources if each))
    return found


def _why_not(one: Mapping, other: Mapping, across_versions: bool) -> Finding:
    why = _follows(one, other, across_versions)
    target = other.object
    first, second = ("not " * each.negated + each.predicate for each in map(meaning, (one, other)))
    if why == "chain-across-versions" and one.object is not None:
        first, second = str(one.object.version), str(other.subject.version)
    return rule(str(why)).finding(
        None,
        **named(one),
        target=f"{target.system} {target.code}" if target else "–",
        first=first,
        second=second,
    )


def _surer(known: Mapping, other: Mapping) -> Mapping:
    """Join two ways to one statement: the surer one, with the derivations of both."""
    best, less = (known, other) if _sure(known) >= _sure(other) else (other, known)
    ways = [way for each in (best, less) for way in str(slots.of(each).get(slots.DERIVATION, "")).split(_WAY)]
    return slots.with_slots(best, {**slots.of(best), slots.DERIVATION: _WAY.join(dict.fromkeys(ways))})


def _sure(mapping: Mapping) -> float:
    return -math.inf if mapping.confidence is None else mapping.confidence


def compose_sets(
    sets: Iterable[MappingSet],
    source: str,
    target: str,
    via: Sequence[str] = (),
    *,
    id: str | None = None,
    confidence: Confidence = "product",
    across_versions: bool = False,
    same: Same = _as_it_is,
) -> Derived:
    """Return what follows from one system to another through further ones, in that order.

    Each step takes the mappings of all sets between its two systems, those that are written the other way turned round.

    Arguments:
        sets: the sets.
        source, target: the systems to map from and to.
        via: the systems between, in order.
        id: of the set that is made; None: made of the names of the systems.
        confidence, across_versions, same: as of `chain_sets`.
    """
    systems = [same(each) for each in (source, *via, target)]
    listed = list(sets)
    legs = [_leg(listed, *pair, same) for pair in pairwise(systems)]
    found, findings = legs[0]
    for leg in legs[1:]:
        how: dict[str, Any] = {"confidence": confidence, "across_versions": across_versions, "same": same}
        chained = chain_sets(found, leg.mapping_set, **how)
        found, findings = chained.mapping_set, (*findings, *leg.findings, *chained.findings)
    name = id or "-to-".join((source, target))
    return Derived(found.model_copy(update={"id": name}), findings)


def _leg(sets: Sequence[MappingSet], source: str, target: str, same: Same) -> Derived:
    """Return everything that sets say from one system to another, as one set."""
    found: list[Mapping] = []
    findings: list[Finding] = []
    header: MappingSet | None = None
    for mapping_set in sets:
        for turned in (False, True):
            pair = (target, source) if turned else (source, target)
            fits = tuple(each for each in mapping_set.mappings if _is_between(each, mapping_set, pair, same))
            if not fits or (turned and source == target):
                continue
            part = mapping_set.model_copy(update={"mappings": fits, "unmapped_rules": (), "unmapped": "unknown"})
            if turned:
                part, refused = invert_set(part)
                findings += refused
            origin = part.id
            found += [_derived(each, origin) for each in part.mappings]
            header = part if header is None else slots.with_slots(header, _header(header, part))
    name = f"{source}-to-{target}"
    empty = header or MappingSet(id=name)
    whole = empty.model_copy(
        update={"id": name, "mappings": tuple(found), "subject_source": source, "object_source": target}
    )
    return Derived(slots.declared(whole), tuple(findings))


def _derived(mapping: Mapping, origin: str) -> Mapping:
    return slots.with_slots(mapping, {**slots.of(mapping), slots.DERIVATION: derivation(mapping, origin)})


def _is_between(mapping: Mapping, mapping_set: MappingSet, pair: tuple[str, str], same: Same) -> bool:
    other = mapping.object.system if mapping.object is not None else mapping_set.object_source
    subject = mapping.subject.system
    if is_no_term(mapping.subject):
        subject = mapping_set.subject_source or ""
    return other is not None and (same(subject), same(other)) == pair
