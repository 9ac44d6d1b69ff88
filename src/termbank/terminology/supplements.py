"""Supplements: vocabularies that add terms to the concepts of another, whose own terms keep their status."""

from collections.abc import Iterable
from typing import NamedTuple

from termbank.model import Concept, VocabularyInfo
from termbank.terminology.source import Source


class Supplement(NamedTuple):
    """What a supplement says of a concept.

    Arguments:
        info: the header of the supplement: who says it.
        concept: what it adds; its id is that of the concept it adds to.
    """

    info: VocabularyInfo
    concept: Concept


def add_to(supplement: Source, base: VocabularyInfo) -> bool:
    """Tell whether a supplement of a vocabulary adds to this version of it; one that names no version adds to all."""
    _, bar, version = (supplement.info.supplements or "").partition("|")
    return not bar or version == base.version


def said(supplements: Iterable[Source], concept_id: str) -> list[Supplement]:
    """Return what each supplement says of a concept."""
    found = ((source.info, source.concept(concept_id)) for source in supplements)
    return [Supplement(info, concept) for info, concept in found if concept is not None]
