"""Terms that their vocabulary advises against, that have been replaced, or beside which another is preferred."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from termbank.language.words import fold
from termbank.model import Concept, Edit, Term
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.history import tells_of_then
from termbank.text.hits import Hit
from termbank.text.mention import Mention, Reading
from termbank.text.replacing import replacement
from termbank.text.rules.standing import (
    beside_its_successor,
    in_another_sense,
    is_name,
    kept,
    larger,
    otherwise_defined,
    spoken_of,
)
from termbank.text.settings import Settings
from termbank.text.view import View

_STATUS = {"deprecated-term": "deprecated", "superseded-term": "superseded", "admitted-term": "admitted"}
_RENAMED = (None, "renamed")
"""Why a name was replaced, where the new one can be put in its place: the thing is the same."""


class _Meant(NamedTuple):
    """One way to read a term that ought to be another: its concept, the term as it is there, and what it should be."""

    reading: Reading
    concept: Concept
    term: Term
    preferred: Term


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "StatusRule":
    """Make the rule of that id."""
    return StatusRule(rule_id, terminology)


class StatusRule:
    """Tells terms of one status.

    Arguments:
        rule_id: deprecated-term, superseded-term or admitted-term.
        terminology: the bank's engine, which knows the concepts.
    """

    def __init__(self, rule_id: str, terminology: Terminology) -> None:
        self._rule = rule_id
        self._status = _STATUS[rule_id]
        self._terminology = terminology
        self._concepts: dict[tuple[str, str], Concept] = {}

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the terms of that status, but not where the words are somebody else's or of another time."""
        for mention in view.mentions:
            if mention.match not in ("exact", "inflected", "abbreviation"):
                continue
            if not any(reading.status == self._status for reading in mention.readings) or self._left_alone(
                view, mention
            ):
                continue
            meant, severity = self._meant(view, mention)
            if meant:
                yield self._hit(view, mention, meant, severity)

    def _left_alone(self, view: View, mention: Mention) -> bool:
        others = (
            zone for zone in view.touching(mention.start, mention.end) if zone.kind != "name" or larger(zone, mention)
        )
        if any(True for _ in others) or spoken_of(view, mention):
            return True
        return self._status == "deprecated" and is_name(view, mention)

    def _meant(self, view: View, mention: Mention) -> tuple[list[_Meant], str | None]:
        """Return what else a mention should be called, for each concept that may be meant, and what that weighs.

        A term with a `context` is meant only where the words around it show it; a string that is a good term of another
        concept is left where they do not.
        """
        bad = [meant for reading in mention.readings if (meant := self._look_up(view, mention, reading))]
        good = [reading for reading in mention.readings if reading.status in ("preferred", "unknown", "admitted")]
        if self._status == "admitted":
            good = [reading for reading in good if reading.status != "admitted"]
        first, last = view.sentence(mention.start)
        around = fold(f"{view.text[first : mention.start]} {view.text[mention.end : last]}")
        pointed = [meant for meant in bad if _points(meant.term, around)]
        if not good:
            return pointed or [meant for meant in bad if not meant.term.context], None
        ours = [self._term(reading) for reading in good]
        if any(term and _points(term, around) for term in ours):
            return [], None
        return pointed, "info"

    def _look_up(self, view: View, mention: Mention, reading: Reading) -> _Meant | None:
        if reading.status != self._status:
            return None
        concept = self._concept(reading.vocabulary, reading.concept)
        term = self._term(reading)
        if term is None or self._right(view, mention, reading, concept, term):
            return None
        preferred = self._preferred(concept, term, reading.vocabulary)
        if preferred is None or (self._status == "admitted" and term.type == "variant"):
            return None  # a variant is the same term in another form: den enskilde, enskild
        return _Meant(reading, concept, term, preferred)

    def _concept(self, vocabulary: str, concept: str) -> Concept:
        key = (vocabulary, concept)
        if key not in self._concepts:
            self._concepts[key] = self._terminology.concept(vocabulary, concept)
        return self._concepts[key]

    def _term(self, reading: Reading) -> Term | None:
        concept = self._concept(reading.vocabulary, reading.concept)
        return next(
            (term for term in concept.terms if term.text == reading.term and term.status == reading.status), None
        )

    def _preferred(self, concept: Concept, term: Term, vocabulary: str) -> Term | None:
        """Return the term to write instead: of the same concept, or of the one that replaced it."""
        targets = [each for each in concept.relations if each.type == "replaced-by"]
        candidates = [concept] + [self._concept(each.vocabulary or vocabulary, each.target) for each in targets]
        for each in candidates:
            swedish = [other for other in each.terms if other.language == term.language]
            short = [
                other for other in swedish if other.type == "abbreviation" and other.status in ("preferred", "admitted")
            ]
            if term.type == "abbreviation" and short:
                return None if term in short else short[0]
            for other in swedish:
                if other.status == "preferred":
                    return other
        return None

    def _replaceable(self, meant: _Meant) -> bool:
        """Tell whether the preferred term can be put in the other's place without asking: the thing is the same."""
        if self._status == "superseded":
            return meant.term.change in _RENAMED
        return meant.term.note is None and meant.term.part_of_speech == meant.preferred.part_of_speech

    def _right(self, view: View, mention: Mention, reading: Reading, concept: Concept, term: Term) -> bool:
        """Tell whether a term stands rightly: it tells of then, is kept as a title, or means something else."""
        if self._status == "superseded":
            return (
                tells_of_then(view, mention.start, mention.end, term.valid_to, "name")
                or kept(view, mention, term)
                or beside_its_successor(view, mention, term, reading.vocabulary, concept)
                or otherwise_defined(view, mention, term, reading.vocabulary, concept.id)
            )
        only = all(each.status == self._status for each in mention.readings)
        if term.context and only and in_another_sense(view, mention):
            return True
        return tells_of_then(view, mention.start, mention.end, term.valid_to)

    def _hit(self, view: View, mention: Mention, meant: list[_Meant], severity: str | None) -> Hit:
        distinct = {each.preferred.text: each for each in meant}
        names = list(distinct)
        edit: str | None = None
        agreeing: tuple[Edit, ...] = ()
        hint: tuple[str, str] | None = None
        if len(names) == 1:
            only = distinct[names[0]]
            if severity is None and self._replaceable(only):
                new = replacement(view.text, mention, only.term, only.preferred)
                if new:
                    edit, agreeing = new
            notes = only.term.note
            if notes:
                hint = (notes, notes)
        else:
            hint = _question(list(distinct.values()))
        shown = " / ".join(f"”{name}”" for name in names)
        until = meant[0].term.valid_to
        return Hit(
            rule=self._rule,
            start=mention.start,
            end=mention.end,
            key="|".join(sorted({f"{each.reading.vocabulary}#{each.reading.concept}" for each in meant})),
            arguments=(
                ("term", mention.text),
                ("preferred", shown),
                ("since", f" (–{until.isoformat()})" if until else ""),
            ),
            edit=edit,
            hint=hint,
            concepts=tuple(dict.fromkeys(f"{each.reading.vocabulary}#{each.reading.concept}" for each in meant)),
            severity=severity,  # type: ignore[arg-type]
            agreeing=agreeing,
        )


def _points(term: Term, around: str) -> bool:
    """Tell whether the words around a term show that its concept is meant."""
    return bool(term.context) and bool(_words(term.context).search(around))


@cache
def _words(context: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(fold(word)) for word in context)})")


def _question(meant: list[_Meant]) -> tuple[str, str]:
    """Ask which concept is meant, with what each of them is."""
    told = defaultdict(str)
    for each in meant:
        definition = each.concept.definition("sv")
        told[each.preferred.text] = definition.text if definition else ""
    listed = "; ".join(f"”{name}”: {text}" for name, text in told.items())
    return f"Vad menas? {listed}.", f"Which is meant? {listed}."
