"""What a code is called over there: every mapping that says something, and how sure it is."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from types import MappingProxyType
from typing import Any, Literal

from termbank.model import Coding, Condition, Mapping, Relationship
from termbank.model.base import Noun
from termbank.model.mapping import INVERSE
from termbank.terminology.translating import Match, Translator

Path = Literal["forward", "inverse", "unmapped", "chained"]
"""How a translation was found: forward as the mapping is written, inverse read from its other side, unmapped by the
set's rule for codes that it does not map (FHIR group.unmapped), chained from others through further systems."""

Direction = Literal["same", "wider", "narrower", "other"]
"""What becomes of the meaning: the same; wider, so that detail is lost; narrower, so that more is said than was known;
other, something that has to do with it."""

_DIRECTIONS: dict[str, Direction] = {
    "equivalent": "same", "source-is-narrower-than-target": "wider", "source-is-broader-than-target": "narrower",
    "related-to": "other", "not-related-to": "other",
}  # fmt: skip
_NO_ANSWERS: Table[str, str] = MappingProxyType({})


class Question(Noun):
    """What must be known before a mapping can be used.

    Arguments:
        attribute: what is asked for (FHIR dependsOn.attribute; of an RF2 map rule `age`, `sex` or a concept).
        value: the value with which the mapping applies, where it names one.
        text: the name of what is asked for, where it has one.
        rule: the rule that asks, as it is written.
    """

    attribute: str
    value: str | None = None
    text: str | None = None
    rule: str | None = None


Decide = Callable[[Sequence[Mapping], Table[str, str]], Table[int, tuple[Question, ...]]]
"""Tells which of the mappings of one code may apply: their `id`s, each with what must be known first; see
`termbank.mapping.deciding`."""


class Step(Noun):
    """One statement of a chain.

    Arguments:
        source: the code that it is about.
        target: the code that it leads to; None: it says that there is no counterpart.
        relationship, mapping_set, confidence, justification, path, comment: as of a `Translation`.
    """

    source: Coding
    target: Coding | None
    relationship: Relationship | None
    mapping_set: str
    confidence: float | None = None
    justification: str | None = None
    path: Path = "forward"
    comment: str | None = None


class Translation(Noun):
    """One answer to "what is this code over there".

    Arguments:
        coding: the code it is translated to; None where a reviewed mapping says that there is no counterpart.
        relationship: of the source to the target (FHIR R5); None where there is no counterpart, or the set, or the
            chain, does not say how they stand to each other.
        mapping_set: id of the set that says so; of a chain, those of its steps with ` > ` between.
        confidence: 0 to 1, as the mapping's author put it; of a chain, the product of those of its steps.
        justification: how the mapping came about (a semapv term).
        path: how it was found; see `Path`.
        comment: the author's reason.
        steps: of a chain, the statements that it is made of, in order.
        asked_before: the sets that left the answer to this one, in order (FHIR group.unmapped.otherMap).
        group: of a map where several targets belong together, the group that this one stands in (RF2 mapGroup).
        asked: what must be known before it may be used, and is not.
        products: further codes that belong to the target (FHIR target.product).
        valid: the target is right in the version that applies; None: that was not asked, or cannot be told.
    """

    coding: Coding | None
    relationship: Relationship | None
    mapping_set: str
    confidence: float | None = None
    justification: str | None = None
    path: Path = "forward"
    comment: str | None = None
    steps: tuple[Step, ...] = ()
    asked_before: tuple[str, ...] = ()
    group: int | None = None
    asked: tuple[Question, ...] = ()
    products: tuple[Condition, ...] = ()
    valid: bool | None = None

    @property
    def direction(self) -> Direction | None:
        """What becomes of the meaning; see `Direction`. None where there is no counterpart, or nobody says.

        >>> kva = Coding(system="kva", code="GC")
        >>> Translation(coding=kva, relationship="source-is-narrower-than-target", mapping_set="m").direction
        'wider'
        """
        return _DIRECTIONS.get(self.relationship or "")


_ORDER = {"equivalent": 0, "source-is-narrower-than-target": 1, "source-is-broader-than-target": 1, "related-to": 2}


def translations(
    translator: Translator,
    coding: Coding,
    to: str,
    answers: Table[str, str] = _NO_ANSWERS,
    decide: Decide | None = None,
) -> list[Translation]:
    """Return what mapping sets say of a code, the closest and surest first; nothing is chosen.

    Arguments:
        translator: the mapping sets.
        coding: the code, in the form of its system.
        to: short id of the system to translate to.
        answers: what is known of other elements, attribute to value: a mapping that depends on another value of one
            of them is left out, and what it depends on that is not known is asked for.
        decide: evaluates the rules of maps that have rules; None: every rule is asked about as it stands.

    Raises:
        Refusal: sets leave the answer to each other in a circle, or to one that is not here.
    """
    found: dict[tuple[object, ...], Translation] = {}
    for held in translator.about(coding.system, to):
        forward = translator.forward(held, coding, to, answers).matches
        backward = translator.backward(held, coding, to).matches
        ruled = [each.mapping for each in forward if each.mapping is not None]
        apply = None
        if decide is not None and any(each.rule is not None for each in ruled):
            apply = decide(ruled, answers)
        for match in (*forward, *backward):
            mapping = match.mapping
            if not (match.holds or match.target is None):
                continue
            if mapping is not None and match.inverse and not _may_apply(mapping, answers):
                continue
            asked = None
            if apply is not None and mapping is not None and not match.inverse:
                if id(mapping) not in apply:
                    continue
                asked = apply[id(mapping)]
            translation = _translation(match, to, answers, asked)
            code = translation.coding.code if translation.coding else None
            when = (mapping.conditions, mapping.rule, mapping.group) if mapping is not None else ()
            found.setdefault((translation.mapping_set, code, *when), translation)
    return sorted(found.values(), key=_closeness) if len(found) > 1 else list(found.values())


def ordered(found: list[Translation]) -> list[Translation]:
    """Return translations, the closest and surest first."""
    return sorted(found, key=_closeness)


def _closeness(each: Translation) -> tuple[int, float, str]:
    return _ORDER.get(each.relationship or "", 3), -(each.confidence or 0), each.coding.code if each.coding else "~"


def _may_apply(mapping: Mapping, answers: Table[str, str]) -> bool:
    return mapping.rule is not None or all(
        answers.get(each.attribute, each.value) == each.value for each in mapping.conditions
    )


def _translation(
    match: Match, to: str, answers: Table[str, str], asked: tuple[Question, ...] | None = None
) -> Translation:
    relationship = match.relationship
    if relationship is not None and match.inverse:
        relationship = INVERSE[relationship]
    coding = match.source if match.inverse else match.target
    said: dict[str, Any] = {
        "coding": coding and _of_system(coding, to),
        "relationship": relationship,
        "mapping_set": match.path[-1].id,
    }
    mapping = match.mapping
    if mapping is None:
        said["path"] = "unmapped"
    else:
        said |= {"confidence": mapping.confidence, "justification": mapping.justification, "comment": mapping.comment}
        if match.inverse:
            said["path"] = "inverse"
        if mapping.group is not None:
            said["group"] = mapping.group
        if mapping.products and not match.inverse:
            said["products"] = mapping.products
        if asked is not None:
            said["asked"] = asked
        elif mapping.conditions:
            unknown = (each for each in mapping.conditions if each.attribute not in answers)
            written = mapping.rule
            said["asked"] = tuple(Question(attribute=e.attribute, value=e.value, rule=written) for e in unknown)
    if len(match.path) > 1:
        said["asked_before"] = tuple(each.id for each in match.path[:-1])
    return made(said)


def made(said: dict[str, Any]) -> Translation:
    """Make a translation of values that are right already; ten times as fast as checking them again."""
    found = Translation.__new__(Translation)
    object.__setattr__(found, "__dict__", {**_DEFAULTS, **said})
    object.__setattr__(found, "__pydantic_fields_set__", set(said))
    object.__setattr__(found, "__pydantic_extra__", None)
    object.__setattr__(found, "__pydantic_private__", None)
    return found


_DEFAULTS = {name: None if field.is_required() else field.default for name, field in Translation.model_fields.items()}
"""What is not said of a translation; those that have no default are always said."""


def _of_system(coding: Coding, system: str) -> Coding:
    return coding if coding.system == system else coding.with_(system=system)
