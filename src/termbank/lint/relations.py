"""Relations: their targets exist, both ends say them, and they neither contradict each other nor go in circles."""

from collections.abc import Iterator

from termbank.errors import UnknownVocabulary
from termbank.formats.vocabulary_files import Reading
from termbank.model import Concept, Finding, Location
from termbank.model.relations import INVERSES, completed
from termbank.model.rules import rule
from termbank.terminology.engine import Terminology

_UP = ("broader", "broader-generic", "broader-partitive")
_DOWN = ("narrower", "narrower-generic", "narrower-partitive")
_BOTH_ENDS = ("related", "replaced-by", "replaces")
"""Relations that are written at both ends. The hierarchy is written at the lower end only."""


def check(reading: Reading, terminology: Terminology) -> Iterator[Finding]:
    """Check the relations of a vocabulary."""
    concepts = {concept.id: concept for concept in reading.vocabulary.concepts}
    for concept in concepts.values():
        yield from _targets(concept, concepts, reading, terminology)
    whole = {concept.id: concept for concept in completed(concepts.values())}
    for concept in whole.values():
        yield from _contradictions(concept, reading)
    yield from _cycles(whole, reading, _UP, "hierarchy-cycle")
    yield from _cycles(whole, reading, ("replaced-by",), "replacement-cycle")


def _targets(
    concept: Concept, concepts: dict[str, Concept], reading: Reading, terminology: Terminology
) -> Iterator[Finding]:
    for index, relation in enumerate(concept.relations):
        where = reading.places[concept.id].at("relations", index)
        if relation.vocabulary is not None:
            yield from elsewhere(relation.vocabulary, relation.target, concept.id, where, terminology)
        elif relation.target == concept.id:
            yield rule("relation-to-itself").finding(where, concept=concept.id)
        elif (target := concepts.get(relation.target)) is None:
            yield rule("unknown-target").finding(
                where, value=relation.target, concept=concept.id, target=relation.target
            )
        elif relation.type in _BOTH_ENDS:
            inverse = INVERSES[relation.type]
            if not any(r.type == inverse and r.target == concept.id and r.vocabulary is None for r in target.relations):
                yield rule("one-sided-relation").finding(
                    where, concept=concept.id, type=relation.type, target=target.id, inverse=inverse
                )


def elsewhere(
    vocabulary: str, target: str, concept: str, where: Location, terminology: Terminology
) -> Iterator[Finding]:
    """Check a reference to a concept of another vocabulary."""
    try:
        source = terminology.source(vocabulary)
    except UnknownVocabulary:
        yield rule("unknown-system").finding(where, system=vocabulary)
        return
    if source.find(target) is None:
        name = f"{source.info.versioned} {target}"
        if source.info.content == "complete":
            yield rule("unknown-target").finding(where, value=target, concept=concept, target=name)
        else:
            fragment = source.info
            yield rule("not-in-fragment").finding(where, code=target, system=fragment.versioned, id=fragment.id)


def _contradictions(concept: Concept, reading: Reading) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for relation in concept.relations:
        if relation.vocabulary is not None or relation.target not in reading.places:
            continue
        kind = "broader" if relation.type in _UP else "narrower" if relation.type in _DOWN else relation.type
        other = first.setdefault(relation.target, kind)
        if other != kind and concept.id < relation.target:
            where = reading.places[concept.id].at("relations")
            yield rule("contradicting-relations").finding(
                where, concept=concept.id, type=other, other=kind, target=relation.target
            )


def _cycles(concepts: dict[str, Concept], reading: Reading, kinds: tuple[str, ...], found: str) -> Iterator[Finding]:
    ahead = {
        concept.id: [r.target for r in concept.relations if r.type in kinds and r.vocabulary is None]
        for concept in concepts.values()
    }
    for circle in circles(ahead):
        path = " > ".join([*circle, circle[0]])
        where = reading.places[circle[0]].at("relations")
        yield rule(found).finding(where, code=circle[0], concept=circle[0], path=path)


def circles(ahead: dict[str, list[str]]) -> list[list[str]]:
    """Return one shortest circle for every group of nodes that lead to each other.

    >>> circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    [['a', 'b', 'c']]
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(ahead):
        if start not in done and (circle := _way_back(ahead, start)):
            found.append(circle)
            done.update(circle)
    return found


def _way_back(ahead: dict[str, list[str]], start: str) -> list[str] | None:
    """Return the shortest way from a node back to itself, breadth first."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for node in waiting:
        for following in ahead.get(node, ()):
            if following == start:
                way = [node]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following not in came_from:
                came_from[following] = node
                waiting.append(following)
    return None
