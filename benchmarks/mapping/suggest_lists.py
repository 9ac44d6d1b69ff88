"""The code lists that the labelled texts are asked of, ready for suggesting."""

import csv
from functools import cache

from code_titles import DATA
from suggest_baseline import Row

from termbank.mapping.suggest.suggesting import Suggester
from termbank.model import Concept, Relation, Term, Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology


def right_codes(row: Row) -> frozenset[str]:
    """Return the codes that are right for a labelled text."""
    return frozenset(code for code in row["expected"].split(";") if code)


@cache
def terminology(target: str) -> Terminology:
    """Return a target system, `id|version`, in memory and nothing beside it."""
    system, _, version = target.partition("|")
    with (DATA / version / f"{system}.csv").open(encoding="utf-8", newline="") as file:
        concepts = [
            Concept(
                id=row["code"],
                terms=(Term(text=row["label"]),),
                relations=(Relation(type="broader", target=row["parent_code"]),) if row["parent_code"] else (),
            )
            for row in csv.DictReader(file)
        ]
    vocabulary = Vocabulary(id=system, title=system, version=version, concepts=concepts)
    return Terminology([MemorySource(vocabulary)])


@cache
def suggester(target: str) -> Suggester:
    """Return a suggester for a target system."""
    return Suggester(terminology(target), target.partition("|")[0])
