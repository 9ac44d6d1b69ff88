"""What follows from predicates: their inverses, what two of them together justify, and which contradict each other.

The rules are SSSOM's (https://mapping-commons.github.io/sssom/chaining-rules/): T1 transitivity, RCE1 and RCE2 role
chains over exact matches, RI inverses, RG generalisations. What no rule gives is not given.
"""

from typing import NamedTuple

from termbank.model import Mapping, Relationship

EXACT = "skos:exactMatch"
BROAD, NARROW, CLOSE, RELATED = "skos:broadMatch", "skos:narrowMatch", "skos:closeMatch", "skos:relatedMatch"

ALIKE = frozenset({EXACT, "owl:equivalentClass", "owl:equivalentProperty", "owl:sameAs"})
"""Predicates that let one code stand for the other."""

TRANSITIVE = ALIKE | {BROAD, NARROW, "rdfs:subClassOf", "rdfs:subPropertyOf"}
"""SSSOM's rule T1."""

GENERAL: dict[str, str] = {
    **dict.fromkeys(ALIKE, EXACT),
    "rdfs:subClassOf": BROAD, "rdfs:subPropertyOf": BROAD,
    **{each: each for each in (BROAD, NARROW, CLOSE, RELATED)},
}  # fmt: skip
"""The SKOS predicate that each predicate implies (RG1, RG2); one that is not here has no rule and is not chained."""

INVERSES: dict[str, str] = {
    BROAD: NARROW, NARROW: BROAD,
    "semapv:crossSpeciesBroadMatch": "semapv:crossSpeciesNarrowMatch",
    "semapv:crossSpeciesNarrowMatch": "semapv:crossSpeciesBroadMatch",
    **{each: each for each in (
        *ALIKE, CLOSE, RELATED, "skos:mappingRelation", "oboInOwl:hasDbXref", "rdfs:seeAlso",
        "semapv:crossSpeciesExactMatch", "sssom:NoTermFound",
    )},
}  # fmt: skip
"""RI1 to RI5, and the predicates that say the same from either side."""

WEAKER_INVERSES: dict[str, str] = {"rdfs:subClassOf": NARROW, "rdfs:subPropertyOf": NARROW}
"""Predicates whose inverse has no name: what it implies (RG2 and RI2)."""

_STATED: dict[Relationship, str] = {
    "equivalent": EXACT, "source-is-narrower-than-target": BROAD, "source-is-broader-than-target": NARROW,
    "related-to": RELATED, "not-related-to": RELATED,
}  # fmt: skip

_APART = (
    {EXACT, BROAD}, {EXACT, NARROW}, {EXACT, RELATED}, {BROAD, NARROW}, {BROAD, RELATED}, {NARROW, RELATED},
)  # fmt: skip
"""Predicates that cannot both hold (SKOS S27 and S46, and that nothing is both wider and narrower)."""

_IMPLIED = {EXACT: {EXACT, CLOSE}}


class Meaning(NamedTuple):
    """What a mapping says of its two codes.

    Arguments:
        predicate: the predicate, a CURIE.
        negated: it is said not to hold.
    """

    predicate: str
    negated: bool = False


def meaning(mapping: Mapping) -> Meaning:
    """Return what a mapping says: its predicate, unless the relationship that its source stated says otherwise."""
    stated = mapping.stated
    if stated is None or stated == mapping.model_copy(update={"stated": None}).relationship:
        return Meaning(mapping.predicate, mapping.negated)
    return Meaning(_STATED[stated], stated == "not-related-to")


def compose(first: Meaning, second: Meaning) -> Meaning | None:
    """Return what follows from "A first B" and "B second C" for A and C; None: nothing.

    >>> compose(Meaning("skos:exactMatch"), Meaning("skos:broadMatch"))
    Meaning(predicate='skos:broadMatch', negated=False)
    >>> compose(Meaning("skos:broadMatch"), Meaning("skos:narrowMatch"))
    """
    if first.negated or second.negated:
        return _negated(first, second)
    if first == second and first.predicate in TRANSITIVE:
        return first
    one, other = GENERAL.get(first.predicate), GENERAL.get(second.predicate)
    if one is None or other is None:
        return None
    if EXACT in (one, other):
        return Meaning(other if one == EXACT else one)
    return Meaning(one) if one == other and one in TRANSITIVE else None


def _negated(first: Meaning, second: Meaning) -> Meaning | None:
    """A code that stands for another takes over what does not hold of it, too."""
    positive, negative = (second, first) if first.negated else (first, second)
    if positive.negated or positive.predicate not in ALIKE:
        return None
    known = negative.predicate in GENERAL.values() or negative.predicate == positive.predicate
    return negative if known else None


def contradict(one: Meaning, other: Meaning) -> bool:
    """Tell whether two statements about the same codes cannot both be right.

    >>> contradict(Meaning("skos:exactMatch"), Meaning("skos:broadMatch"))
    True
    >>> contradict(Meaning("skos:exactMatch"), Meaning("skos:closeMatch", negated=True))
    True
    """
    if one.negated and other.negated:
        return False
    if one.negated or other.negated:
        positive, negative = (other, one) if one.negated else (one, other)
        if positive.predicate == negative.predicate:
            return True
        general = GENERAL.get(positive.predicate, positive.predicate)
        return negative.predicate in _IMPLIED.get(general, {general})
    return {GENERAL.get(one.predicate, ""), GENERAL.get(other.predicate, "")} in _APART
