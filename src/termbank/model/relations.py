"""Relations read from both ends: what one concept says of another, the other says too."""

from collections.abc import Iterable

from termbank.model.concept import Concept, Relation, RelationType

INVERSES: dict[RelationType, RelationType] = {
    "narrower": "broader",
    "broader-generic": "narrower-generic",
    "narrower-generic": "broader-generic",
    "broader-partitive": "narrower-partitive",
    "narrower-partitive": "broader-partitive",
    "related": "related",
    "replaced-by": "replaces",
    "replaces": "replaced-by",
}
"""What the target of a relation has back. `broader` has nothing back: the codes below a heading are found by the
hierarchy, and a chapter with ten thousand of them would have as many relations."""


class Ends:
    """Collects the relations of a vocabulary's concepts, and tells which are said at one end only.

    Relations to another vocabulary are not looked at.

    >>> ends = Ends()
    >>> ends.see(Concept(id="plan"))
    >>> ends.see(Concept(id="sip", relations=(Relation(type="broader-generic", target="plan"),)))
    >>> ends.missing()
    {'plan': (Relation(type='narrower-generic', target='sip', vocabulary=None),)}
    """

    def __init__(self) -> None:
        self._said: set[tuple[str, RelationType, str]] = set()
        self._wanted: set[tuple[str, RelationType, str]] = set()

    def see(self, concept: Concept) -> None:
        """Take in the relations of a concept."""
        for relation in concept.relations:
            if relation.vocabulary is None and relation.type != "broader":
                self._said.add((concept.id, relation.type, relation.target))
                self._wanted.add((relation.target, INVERSES[relation.type], concept.id))

    def missing(self) -> dict[str, tuple[Relation, ...]]:
        """Return concept id to the relations that it lacks, sorted."""
        found: dict[str, list[Relation]] = {}
        for subject, kind, target in sorted(self._wanted - self._said):
            found.setdefault(subject, []).append(Relation(type=kind, target=target))
        return {subject: tuple(relations) for subject, relations in found.items()}


def completed(concepts: Iterable[Concept]) -> list[Concept]:
    """Return the concepts of a vocabulary, every relation said at both its ends."""
    listed = list(concepts)
    ends = Ends()
    for concept in listed:
        ends.see(concept)
    missing = ends.missing()
    return [complete(concept, missing[concept.id]) if concept.id in missing else concept for concept in listed]


def complete(concept: Concept, missing: tuple[Relation, ...]) -> Concept:
    """Return a concept with the relations that it lacks."""
    known = set(concept.relations)
    return concept.with_(relations=(*concept.relations, *(each for each in missing if each not in known)))
