"""The texts by which the concepts of a code system can be found: own titles, others' terms, earlier decisions."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termbank.mapping.review.reviewing import is_candidate
from termbank.mapping.suggest.index import Path, Title
from termbank.mapping.suggest.words import root, split
from termbank.model import Concept, Mapping, MappingSet
from termbank.model.mapping import LITERAL
from termbank.terminology.engine import Terminology
from termbank.terminology.source import Source

BRIDGE = "termbank"
"""The vocabulary whose synonyms, deprecated terms and mappings lead to other systems."""
_LANGUAGE = "sv"
_LONGEST_TERM = 6
_NO = (None, "not-related-to")


class Decision(NamedTuple):
    """An earlier decision: a text and the code that a person chose.

    Arguments:
        code: the code.
        who: who decided, when, or in which set.
        confidence: how sure.
    """

    code: str
    who: str
    confidence: float


class Material(NamedTuple):
    """What there is to suggest.

    Arguments:
        codes: the concepts' codes, as titles number them.
        displays: their preferred terms.
        titles: the texts by which they are found.
    """

    codes: list[str]
    displays: list[str]
    titles: list[Title]


def key(text: str) -> str:
    """Return a text as decisions are looked up: its words, folded.

    >>> key("Upprätta  SIP!") == key("upprätta sip")
    True
    """
    return " ".join(word.written for word in split(text))


def decided(sets: Iterable[MappingSet | Mapping], terminology: Terminology, system: str) -> dict[str, list[Decision]]:
    """Return the earlier decisions about texts, by the text.

    Arguments:
        sets: mapping sets, or mappings, from texts or codes with a text to codes; what a program proposed and nobody
            reviewed is no decision.
        terminology: resolves the names of systems.
        system: the code system that is decided for.
    """
    found: dict[str, dict[str, Decision]] = {}
    for each in sets:
        for mapping in each.mappings if isinstance(each, MappingSet) else (each,):
            subject, target = mapping.subject, mapping.object
            text = subject.code if subject.system == LITERAL else subject.display
            if target is None or not text or mapping.relationship in _NO or is_candidate(mapping):
                continue
            if terminology.names.resolve(target.system).id != system:
                continue
            day = mapping.date.isoformat() if mapping.date else ""
            by = mapping.reviewer or mapping.author or (each.title or each.id if isinstance(each, MappingSet) else "")
            who = ", ".join(part for part in (by, day) if part)
            sure = 1.0 if mapping.confidence is None else mapping.confidence
            found.setdefault(key(text), {}).setdefault(target.code, Decision(target.code, who, sure))
    return {text: list(codes.values()) for text, codes in found.items()}


def stored(terminology: Terminology, system: str) -> list[MappingSet]:
    """Return the mapping sets of a terminology from texts to codes of a system."""
    return [
        header.with_(mappings=tuple(each for each in source.mappings_of(header) if each.subject.system == LITERAL))
        for source in terminology.mappings
        for header in source.mapping_sets()
        if any(one == LITERAL and terminology.names.resolve(other).id == system for one, other in source.pairs(header))
    ]


def gather(
    terminology: Terminology, source: Source, on: datetime.date | None, decisions: dict[str, list[Decision]]
) -> Material:
    """Return what can be suggested of a version of a code system.

    Arguments:
        terminology: where supplements and mappings are.
        source: the version.
        on: the day on which codes must be valid; None: whenever.
        decisions: earlier decisions by text.
    """
    concepts = [concept for concept in source.concepts() if _applies(concept, on)]
    number = {concept.id: at for at, concept in enumerate(concepts)}
    above = {parent for concept in concepts for parent in concept.parents()}
    titles: list[Title] = []
    first: dict[str, int] = {}
    displays = []
    for at, concept in enumerate(concepts):
        displays.append(concept.display() or concept.id)
        over = next((first[parent] for parent in concept.parents() if parent in first), -1)
        first[concept.id] = len(titles)
        for text, path in _terms(concept):
            titles.append(Title(at, text, path, None, over, concept.id in above))

    def add(code: str, text: str, path: Path, who: str) -> None:
        at = number.get(code)
        if at is not None:
            own = titles[first[code]]
            titles.append(Title(at, text, path, who, own.above, own.below))

    for supplement in terminology.supplements_of(source):
        for concept in supplement.concepts():
            for text, _ in _terms(concept):
                add(concept.id, text, "supplement", supplement.info.title or supplement.info.versioned)
    for code, text, who in _mapped(terminology, source.info.id):
        add(code, text, "mapping", who)
    for text, answers in decisions.items():
        for answer in answers:
            add(answer.code, text, "decision", answer.who)
    return Material([concept.id for concept in concepts], displays, titles)


def _applies(concept: Concept, on: datetime.date | None) -> bool:
    if concept.inactive or not concept.terms:
        return False
    return on is None or (concept.valid_from or on) <= on <= (concept.valid_to or on)


def _terms(concept: Concept) -> Iterator[tuple[str, Path]]:
    """Yield the terms of a concept in Swedish, else in any language, its preferred one first."""
    display = concept.display(_LANGUAGE)
    swedish = [term for term in concept.terms if term.language == _LANGUAGE]
    if display:
        yield display, "title"
    for term in swedish:
        if term.text != display:
            yield term.text, "deprecated" if term.status in ("deprecated", "superseded") else "synonym"


def _mapped(terminology: Terminology, system: str) -> Iterator[tuple[str, str, str]]:
    """Yield codes of a system, with the terms of termbank concepts that are mapped to them, and the set."""
    if system == BRIDGE or not terminology.versions(BRIDGE):
        return
    if not any(system in pair for source in terminology.mappings for each in source.mapping_sets()
               for pair in source.pairs(each)):  # fmt: skip
        return
    for concept in terminology.source(BRIDGE).concepts():
        for answer in terminology.translate(BRIDGE, concept.id, system):
            if answer.coding is not None and answer.relationship == "equivalent":
                for text, _ in _terms(concept):
                    yield answer.coding.code, text, answer.mapping_set


class Bridges:
    """Terms of the termbank inside a text, and what else the same concepts are called.

    Arguments:
        terminology: where the termbank is; without one nothing is bridged.
        system: the code system that is asked; the termbank itself needs no bridge.
    """

    def __init__(self, terminology: Terminology, system: str) -> None:
        self._others: dict[tuple[str, ...], list[str]] = {}
        if system == BRIDGE or not terminology.versions(BRIDGE):
            return
        for concept in terminology.source(BRIDGE).concepts():
            terms = [text for text, _ in _terms(concept)]
            for text in terms:
                roots = set(map(root, _key(text)))
                others = [other for other in terms if set(map(root, _key(other))) != roots]
                if others:
                    self._others.setdefault(_key(text), []).extend(others)

    def variants(self, text: str, most: int = 3) -> list[tuple[str, str, str]]:
        """Return a text with a term in it replaced by another of the same concept, the longest terms first.

        Arguments:
            text: the text.
            most: how many variants at most.

        Returns:
            The text, the term in it, and the term that took its place.
        """
        if not self._others:
            return []
        words = [word.written for word in split(text)]
        found = []
        for length in range(min(_LONGEST_TERM, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                part = tuple(words[start : start + length])
                for other in self._others.get(part, ())[:2]:
                    found.append((" ".join([*words[:start], other, *words[start + length :]]), " ".join(part), other))
        return found[:most]


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.written for word in split(text))
