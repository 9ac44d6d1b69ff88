"""How two value sets stand to each other (ValueSet/$compare): from their definitions, else from their codes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from pyroaring import BitMap

from termbank.model import ConceptFilter, ConceptSet, Finding, ValueSet
from termbank.terminology.composing import Composer
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.parts import Composition, Part, Taken
from termbank.terminology.refusal import Refusal
from termbank.terminology.subsumption import subsumption

Outcome = Literal["same", "superset", "subset", "overlapping", "disjoint", "empty", "indeterminate"]
"""What the first value set is to the second."""
Failure = Literal["NO_COMPOSE", "THIS_FAILED", "OTHER_FAILED", "BOTH_FAILED", "THIS_UNCLOSED", "OTHER_UNCLOSED",
                  "BOTH_UNCLOSED"]  # fmt: skip
"""Why nothing can be told."""


_Filters = tuple[tuple[str, str, str], ...]


class Overlap(NamedTuple):
    """What two sets of codes have in common, and what not.

    Arguments:
        left, right, common: there are codes that only the first has, only the second, or both.
        sure: it follows from what is written, whatever the code systems say.
        missing, extra, shared: those codes, as far as they were looked at.
    """

    left: bool = False
    right: bool = False
    common: bool = False
    sure: bool = True
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What the first set is to the second.

        >>> Overlap(left=True, common=True).outcome
        'superset'
        """
        if not self.common:
            return "disjoint" if self.left or self.right else "empty"
        if self.left:
            return "overlapping" if self.right else "superset"
        return "subset" if self.right else "same"

    def joined(self, other: "Overlap") -> "Overlap":
        """Return this together with what is true of other code systems."""
        return Overlap(
            self.left or other.left, self.right or other.right, self.common or other.common,
            self.sure and other.sure, self.missing + other.missing, self.extra + other.extra,
            self.shared + other.shared,
        )  # fmt: skip


class Comparison(NamedTuple):
    """How two value sets stand to each other.

    Arguments:
        outcome: what the first is to the second.
        expanded: their definitions did not tell; their codes were compared.
        overlap: the codes that were compared.
        failure: why nothing can be told.
        blamed: the value set without definition, where that is why.
        reasons: why a value set has no codes that could be compared.
    """

    outcome: Outcome
    expanded: bool = False
    overlap: Overlap = Overlap()
    failure: Failure | None = None
    blamed: ValueSet | None = None
    reasons: tuple[Finding, ...] = ()


def compare(this: tuple[Inquiry, ValueSet], other: tuple[Inquiry, ValueSet], listed: bool = False) -> Comparison:
    """Tell how two value sets stand to each other.

    Arguments:
        this, other: the value sets, each with the question that it is read by.
        listed: the codes are wanted, too.
    """
    for _, value_set in (this, other):
        if not value_set.composed:
            return Comparison("indeterminate", failure="NO_COMPOSE", blamed=value_set)
    written = _by_definition(this, other)
    if written is not None and written.sure:
        return Comparison(written.outcome, overlap=written)
    found = _by_codes(this, other, listed)
    if written is None:
        return found
    return Comparison(written.outcome if found.failure else found.outcome, overlap=written)


# -- by their codes


def _by_codes(this: tuple[Inquiry, ValueSet], other: tuple[Inquiry, ValueSet], listed: bool) -> Comparison:
    ours, theirs = _composed(*this), _composed(*other)
    if isinstance(ours, Finding) and isinstance(theirs, Finding):
        return Comparison("indeterminate", True, failure="BOTH_FAILED", reasons=(ours, theirs))
    if isinstance(ours, Finding):
        return Comparison("indeterminate", True, failure="THIS_FAILED", reasons=(ours,))
    if isinstance(theirs, Finding):
        return Comparison("indeterminate", True, failure="OTHER_FAILED", reasons=(theirs,))
    if ours.unclosed or theirs.unclosed:
        which: Failure = "BOTH_UNCLOSED" if ours.unclosed and theirs.unclosed else "THIS_UNCLOSED"
        return Comparison("indeterminate", True, failure=which if ours.unclosed else "OTHER_UNCLOSED")
    overlap = _overlap(ours, theirs, listed)
    return Comparison(overlap.outcome, True, overlap)


def _composed(inquiry: Inquiry, value_set: ValueSet) -> Composition | Finding:
    """Return the codes of a value set, or why there are none."""
    try:
        found = Composer(inquiry).compose(value_set)
        inquiry.must_have_supplements()
    except Refusal as refusal:
        return refusal.finding
    return found


def _overlap(ours: Composition, theirs: Composition, listed: bool) -> Overlap:
    mine, yours = _taken(ours), _taken(theirs)
    missing = [(part, part.codes - yours.of(part.edition, _version(part))) for part in ours.parts]
    shared = [(part, part.codes & yours.of(part.edition, _version(part))) for part in ours.parts]
    extra = [(part, part.codes - mine.of(part.edition, _version(part))) for part in theirs.parts]
    left, right, common = (any(codes for _, codes in each) for each in (missing, extra, shared))
    if not listed or not (left or right):
        return Overlap(left, right, common)
    return Overlap(left, right, common, True, _codes(missing), _codes(extra), _codes(shared))


def _taken(composition: Composition) -> Taken:
    taken = Taken()
    for part in composition.parts:
        taken.add(part.edition, part.codes, _version(part))
    return taken


def _version(part: Part) -> str | None:
    """Return the version that is part of what a code is, where its system says so (FHIR CodeSystem.versionNeeded)."""
    return (part.edition.version or "") if _version_needed(part.edition) else None


def _version_needed(edition: Edition | None) -> bool:
    return edition is not None and bool((edition.info.extra or {}).get("versionNeeded"))


def _codes(found: Iterable[tuple[Part, BitMap]]) -> tuple[str, ...]:
    codes: list[str] = []
    for part, ordinals in found:
        wanted = [each for each in part.order if each in ordinals] if part.order else list(ordinals)
        codes += part.edition.source.at(wanted)
    return tuple(codes)


# -- by their definitions


class _Side(NamedTuple):
    """What a value set says of one code system.

    Arguments:
        whole: it includes all codes.
        codes: the codes that it lists.
        filters: the conditions of each include that has some.
    """

    whole: bool
    codes: frozenset[str]
    filters: frozenset[_Filters]


def _by_definition(this: tuple[Inquiry, ValueSet], other: tuple[Inquiry, ValueSet]) -> Overlap | None:
    """Return what the definitions tell, or None where they do not tell."""
    inquiry = this[0]
    ours, theirs = this[1], other[1]
    if not (_is_plain(*this) and _is_plain(*other)) or ours.inactive != theirs.inactive:
        return None
    found = Overlap()
    for system in dict.fromkeys(each.system or "" for each in (*ours.include, *theirs.include)):
        mine, yours = ([each for each in vs.include if each.system == system] for vs in (ours, theirs))
        try:
            editions = [inquiry.edition(system, each.version) for each in (*mine, *yours)]
        except Refusal:
            return None
        versions = {
            edition.version if edition else each.version
            for each, edition in zip((*mine, *yours), editions, strict=True)
        }
        filtered = any(each.filters for each in (*mine, *yours))
        if len(versions) > 1 and (filtered or any(map(_version_needed, editions))):
            return None
        told = _of_system(editions[0], _side(mine), _side(yours), one_version=len(versions) == 1)
        if told is None:
            return None
        found = found.joined(told)
    return found


def _is_plain(inquiry: Inquiry, value_set: ValueSet) -> bool:
    """Tell whether a value set only includes codes by their systems, and nothing else narrows it."""
    question = inquiry.question
    narrowed = question.active_only or question.exclude_not_for_ui or question.text or question.on
    return not (narrowed or value_set.exclude or value_set.locked_date) and all(
        each.system and not each.value_sets and not (each.concepts and each.filters) for each in value_set.include
    )


def _side(includes: list[ConceptSet]) -> _Side:
    return _Side(
        any(not each.concepts and not each.filters for each in includes),
        frozenset(code.code for each in includes for code in each.concepts),
        frozenset(tuple(sorted(map(_key, each.filters))) for each in includes if each.filters),
    )


def _key(wanted: ConceptFilter) -> tuple[str, str, str]:
    return wanted.property, str(wanted.op), wanted.value or ""


def _of_system(edition: Edition | None, mine: _Side, yours: _Side, one_version: bool) -> Overlap | None:
    """Return what is written of one code system, or None where that does not tell."""
    if not any(mine) or not any(yours):
        side = mine if any(mine) else yours
        return Overlap(left=any(mine), right=any(yours), sure=not side.filters or side.whole or bool(side.codes))
    if mine.whole or yours.whole:
        same = mine.whole and yours.whole
        return Overlap(not yours.whole, not mine.whole, common=True, sure=same and one_version)
    if not mine.filters and not yours.filters:
        return _of_lists(mine.codes, yours.codes)
    if mine == yours:
        return Overlap(common=True)
    if mine.codes or yours.codes or len(mine.filters) > 1 or len(yours.filters) > 1:
        return None
    (first,), (second,) = mine.filters, yours.filters
    return _of_subtrees(edition, first, second)


def _of_lists(mine: frozenset[str], yours: frozenset[str]) -> Overlap:
    missing, extra, shared = (tuple(sorted(each)) for each in (mine - yours, yours - mine, mine & yours))
    return Overlap(bool(missing), bool(extra), bool(shared), True, missing, extra, shared)


def _of_subtrees(edition: Edition | None, first: _Filters, second: _Filters) -> Overlap | None:
    """Return how two subtrees of a hierarchy stand to each other; None where they are none, or may share codes."""
    if edition is None or len(first) != 1 or len(second) != 1:
        return None
    (name, op, above), (other_name, other_op, other_above) = *first, *second
    if op != "is-a" or (name, op) != (other_name, other_op) or name not in ("concept", "code"):
        return None
    a, b = edition.locate(above), edition.locate(other_above)
    if a is None or b is None:
        return None
    relation = subsumption(edition.source, a, b)
    if relation != "not-subsumed":
        return Overlap(relation == "subsumes", relation == "subsumed-by", common=True, sure=False)
    below = edition.source.descendants(a) & edition.source.descendants(b)
    return None if below else Overlap(True, True, sure=False)
