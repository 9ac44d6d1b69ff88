"""What a code is called over there: every mapping that says something, and how sure it is."""

from typing import Literal

from termbank.model import Coding, Relationship
from termbank.model.base import Noun
from termbank.model.mapping import INVERSE
from termbank.terminology.translating import Match, Translator

Path = Literal["forward", "inverse", "unmapped"]
"""How a translation was found: forward as the mapping is written, inverse read from its other side, unmapped by the
set's rule for codes that it does not map (FHIR group.unmapped)."""


class Translation(Noun):
    """One answer to "what is this code over there".

    Arguments:
        coding: the code it is translated to; None where a reviewed mapping says that there is no counterpart.
        relationship: of the source to the target (FHIR R5); None where there is no counterpart.
        mapping_set: id of the set that says so.
        confidence: 0 to 1, as the mapping's author put it.
        justification: how the mapping came about (a semapv term).
        path: how it was found; see `Path`.
        comment: the author's reason.
    """

    coding: Coding | None
    relationship: Relationship | None
    mapping_set: str
    confidence: float | None = None
    justification: str | None = None
    path: Path = "forward"
    comment: str | None = None


_ORDER = {"equivalent": 0, "source-is-narrower-than-target": 1, "source-is-broader-than-target": 1, "related-to": 2}


def translations(translator: Translator, coding: Coding, to: str) -> list[Translation]:
    """Return what mapping sets say of a code, the closest and surest first; nothing is chosen.

    Arguments:
        translator: the mapping sets.
        coding: the code, in the form of its system.
        to: short id of the system to translate to.

    Raises:
        Refusal: sets leave the answer to each other in a circle, or to one that is not here.
    """
    found: dict[tuple[str, str | None], Translation] = {}
    for held in translator.sets:
        for said in (translator.forward(held, coding, to), translator.backward(held, coding, to)):
            for match in said.matches:
                if match.holds or match.target is None:
                    translation = _translation(match, to)
                    key = (translation.mapping_set, translation.coding.code if translation.coding else None)
                    found.setdefault(key, translation)
    return sorted(
        found.values(),
        key=lambda t: (_ORDER.get(t.relationship or "", 3), -(t.confidence or 0), t.coding.code if t.coding else "~"),
    )


def _translation(match: Match, to: str) -> Translation:
    path: Path = "inverse" if match.inverse else "forward" if match.mapping else "unmapped"
    relationship = match.relationship
    if relationship is not None and match.inverse:
        relationship = INVERSE[relationship]
    coding = match.source if match.inverse else match.target
    mapping = match.mapping
    return Translation(
        coding=coding and coding.with_(system=to),
        relationship=relationship,
        mapping_set=match.path[-1].id,
        confidence=mapping and mapping.confidence,
        justification=mapping and mapping.justification,
        path=path,
        comment=mapping and mapping.comment,
    )
