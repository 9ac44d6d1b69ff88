"""Small vocabularies to suggest from."""

import datetime
from collections.abc import Iterable, Mapping

from termbank.mapping.suggest.suggesting import Suggester, Suggestion
from termbank.model import Coding, Concept, Relation, Term, Vocabulary
from termbank.model import Mapping as Statement
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology
from termbank.terminology.source import MemoryMappings

DISEASES = {
    "J20": "Akut bronkit",
    "J42": "Kronisk bronkit",
    "S62": "Fraktur på handled och hand",
    "S82": "Fraktur på underben",
    "K35": "Akut appendicit (blindtarmsinflammation)",
    "N18": "Kronisk njursvikt",
    "N19": "Ospecificerad njursvikt",
    "K11": "Sjukdomar i spottkörtlarna",
    "E11": "Diabetes mellitus typ 2",
    "E10": "Diabetes mellitus typ 1",
    "N20": "Sten i njure och uretär",
    "F03": "Ospecificerad demens",
    "I77": "Arteriell förträngning i arteria renalis",
    "Z01": "Endoskopisk undersökning av buken",
}


def vocabulary(titles: Mapping[str, str] = DISEASES, name: str = "sjukdomar", **more: object) -> Vocabulary:
    concepts = [Concept(id=code, terms=(Term(text=title),)) for code, title in titles.items()]
    return Vocabulary.model_validate({"id": name, "title": name, "version": "1", "concepts": concepts, **more})


def suggester(*vocabularies: Vocabulary, to: str = "sjukdomar", **more: object) -> Suggester:
    sources = [MemorySource(each) for each in vocabularies or (vocabulary(),)]
    mappings = [MemoryMappings(more.pop("mappings", ()))]  # type: ignore[arg-type]
    return Suggester(Terminology(sources, mappings), to, **more)  # type: ignore[arg-type]


def kinds(found: Suggestion) -> dict[str, str]:
    return {reason.kind: reason.text("sv") for reason in found.reasons}


def decision(text: str, code: str, **more: object) -> Statement:
    return Statement.model_validate(
        {
            "subject": Coding(system="rdfs:Literal", code=text),
            "object": Coding(system="sjukdomar", code=code),
            "predicate": "skos:exactMatch",
            "justification": "semapv:ManualMappingCuration",
            "author": "Maj Ek",
            "date": datetime.date(2026, 3, 1),
            **more,
        }
    )


def with_headings(rows: Iterable[tuple[str, str, str]]) -> Vocabulary:
    """Make a vocabulary of (code, title, code above)."""
    concepts = [
        Concept(
            id=code,
            terms=(Term(text=title),),
            relations=(Relation(type="broader", target=above),) if above else (),
        )
        for code, title, above in rows
    ]
    return Vocabulary(id="sjukdomar", title="Sjukdomar", version="1", concepts=concepts)
