"""Small mapping sets to be reviewed, from kva to ksi."""

import datetime

from termbank.mapping.review.reviewing import EXACT, MANUAL, Decision, Review, Topic
from termbank.model import Coding, Mapping, MappingSet

DAY = datetime.date(2026, 3, 1)
LEXICAL = "semapv:LexicalMatching"


def code(name: str, system: str = "kva") -> Coding:
    return Coding(system=system, code=name, display=f"Titel {name}")


def stated(subject: str, target: str | None, predicate: str = EXACT, **fields: object) -> Mapping:
    said = {"justification": MANUAL, "author": "Eva", "comment": "Evas skäl", **fields}
    return Mapping(subject=code(subject), object=(target and code(target, "ksi")) or None, predicate=predicate, **said)


def proposed(subject: str, target: str, confidence: float = 0.9) -> Mapping:
    return stated(subject, target, justification=LEXICAL, author=None, comment=None, confidence=confidence)


def review(*mappings: Mapping, by: str = "Anna", **options: object) -> Review:
    return Review(MappingSet(id="prov", mappings=mappings), by, DAY, **options)


def decide(begun: Review, subject: str, action: str, option: Mapping | None = None, **said: object) -> Topic:
    return begun.decide(("kva", subject), Decision(action, option, **said))
