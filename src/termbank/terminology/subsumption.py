"""How two codes stand to each other in the hierarchy of their code system (FHIR CodeSystem/$subsumes)."""

from typing import Literal

from termbank.store.entry import Entry, Place
from termbank.terminology.source import Source

Subsumption = Literal["subsumes", "subsumed-by", "equivalent", "not-subsumed"]


def subsumption(source: Source, first: Entry | Place, second: Entry | Place) -> Subsumption:
    """Tell how two codes of a code system stand to each other.

    Arguments:
        source: the code system.
        first, second: where the codes stand.
    """
    if first.ordinal == second.ordinal:
        return "equivalent"
    if source.descends(first, second):
        return "subsumes"
    return "subsumed-by" if source.descends(second, first) else "not-subsumed"
