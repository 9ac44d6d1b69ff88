"""A review of a mapping set, decision by decision: what is open, what a decision changes, and what was before.

Nothing is read or written here. A statement of the set is *decided* when it has a reviewer. One that a program proposed
(see `is_candidate`) is a *candidate*: one answer of several, and not asked about again once a person has answered.
Statements are never struck out: a rejected one is negated (`predicate_modifier: Not`), a candidate that was not chosen
leaves the set, and what a decision changed is in the history of its subject.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.formats.sssom.slots import MAPPING as SLOTS
from termbank.mapping import slots
from termbank.mapping.review import history as review_history
from termbank.mapping.review.history import Action, Entry, Key, key, named, undone
from termbank.model import Coding, Mapping, MappingSet
from termbank.version import __version__

TOOL = f"termbank {__version__}"
MANUAL = "semapv:ManualMappingCuration"
EXACT = "skos:exactMatch"
PREDICATES = (EXACT, "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
"""The relationships that a person chooses from."""

_PROPOSED = frozenset(f"semapv:{name}" for name in (
    "LexicalMatching", "LexicalSimilarityThresholdMatching", "SemanticSimilarityThresholdMatching",
    "CompositeMatching", "StructuralMatching", "InstanceBasedMatching", "BackgroundKnowledgeBasedMatching",
))  # fmt: skip
_OF_THE_REVIEWER = ("reviewer_id", "reviewer_label", "review_date", "reviewer_agreement")
_OF_THE_ENDS = ("license", "see_also", "issue_tracker_item", "other", "subject_category", "subject_type",
                "subject_source", "subject_source_version", "object_category", "object_type", "object_source",
                "object_source_version")  # fmt: skip

Suggest = Callable[[Coding], Sequence[Mapping]]
"""Proposes mappings for a subject, the best first."""


def is_candidate(mapping: Mapping) -> bool:
    """Tell whether a program proposed a mapping and nobody has decided about it."""
    return mapping.reviewer is None and mapping.justification in _PROPOSED


class Decision(NamedTuple):
    """What a person says about a subject.

    Arguments:
        action: what is decided.
        option: the mapping that it is about: one of the topic's, or (choose) one that the person makes.
        predicate: the relationship, where it is another than the option's.
        comment: why.
        instead: with choose, the statement that the chosen one takes the place of; it is rejected.
    """

    action: Action
    option: Mapping | None = None
    predicate: str | None = None
    comment: str | None = None
    instead: Mapping | None = None


class Topic(NamedTuple):
    """A subject as it stands in the review.

    Arguments:
        subject: the code or text.
        rows: what the set says of it.
        history: what was decided about it, the oldest first.
        suggested: candidates that are not in the set.
    """

    subject: Coding
    rows: tuple[Mapping, ...] = ()
    history: tuple[Entry, ...] = ()
    suggested: tuple[Mapping, ...] = ()

    @property
    def decided(self) -> tuple[Mapping, ...]:
        """What somebody decided."""
        return tuple(row for row in self.rows if row.reviewer is not None)

    @property
    def answered(self) -> bool:
        """Whether somebody said what the subject is mapped to, or that there is nothing."""
        return any(not row.negated for row in self.decided)

    @property
    def statements(self) -> tuple[Mapping, ...]:
        """What was stated and nobody has decided about; each is asked about."""
        return tuple(row for row in self.rows if row.reviewer is None and not is_candidate(row))

    @property
    def candidates(self) -> tuple[Mapping, ...]:
        """What programs propose, the surest first; nothing where there is an answer."""
        if self.answered:
            return ()
        known = {key(row.object) for row in self.rows if row.object}
        more = [each for each in self.suggested if each.object and key(each.object) not in known]
        own = sorted(filter(is_candidate, self.rows), key=lambda row: -(row.confidence or 0))
        return (*own, *more)

    @property
    def options(self) -> tuple[Mapping, ...]:
        """What is asked about, in order: statements, then candidates."""
        return (*self.statements, *self.candidates)

    @property
    def is_open(self) -> bool:
        """Whether something is left to decide."""
        if _withdrawn(self):
            return False
        return bool(self.statements) or (not self.answered and (not self.decided or bool(self.candidates)))


class Review:
    """A review of a mapping set by one person.

    Arguments:
        mapping_set: the set, with what was decided before.
        by: the person.
        on: the day; None: today.
        subjects: further codes or texts that are to be mapped.
        suggest: proposes candidates where nothing is answered.
        tool: name and version of the program.

    Raises:
        FormatError: the history that the set has with it is damaged.

    >>> kva, ksi = Coding(system="kva", code="AU124"), Coding(system="ksi", code="XAH.20.75")
    >>> proposed = Mapping(subject=kva, object=ksi, predicate="skos:exactMatch", justification="semapv:LexicalMatching")
    >>> review = Review(MappingSet(id="a", mappings=(proposed,)), "Anna", datetime.date(2026, 3, 1))
    >>> [topic.subject.code for topic in review.open()]
    ['AU124']
    >>> after = review.decide(kva, Decision("accept", proposed))
    >>> after.rows[0].reviewer, after.rows[0].justification, list(review.open())
    ('Anna', 'semapv:ManualMappingCuration', [])
    """

    def __init__(
        self,
        mapping_set: MappingSet,
        by: str,
        on: datetime.date | None = None,
        *,
        subjects: Iterable[Coding] = (),
        suggest: Suggest | None = None,
        tool: str = TOOL,
    ) -> None:
        self.by, self.on, self.tool = by, on or datetime.date.today(), tool
        self._header, self._suggest = mapping_set, suggest
        self._asked: set[Key] = set()
        found: dict[Key, tuple[Coding, list[Mapping], list[Entry]]] = {}
        for each in mapping_set.mappings:
            row, text = review_history.taken(each)
            _, rows, history = found.setdefault(key(row.subject), (row.subject, [], []))
            rows.append(row)
            if text is not None:
                history += review_history.parsed(text, str(row.subject))
        for name, entries in review_history.of_set(mapping_set).items():
            coding = next((each.subject for entry in entries for each in entry.before), None)
            found.setdefault(name, (coding or Coding(system=name[0], code=name[1]), [], []))[2].extend(entries)
        for coding in subjects:
            found.setdefault(key(coding), (coding, [], []))
        self._topics: dict[Key, Topic] = {}
        self._foreign: dict[Key, list[Entry]] = {}
        """Entries of other subjects, as where a set was turned round: kept, and of no use here."""
        for name, (coding, rows, entries) in found.items():
            history = sorted(dict.fromkeys(entries), key=lambda entry: entry.number)
            own = tuple(entry for entry in history if entry.subject == named(name))
            self._topics[name] = Topic(coding, tuple(rows), own)
            self._foreign[name] = [entry for entry in history if entry.subject != named(name)]
        self._number = max((entry.number for topic in self._topics.values() for entry in topic.history), default=0)

    def __len__(self) -> int:
        """Return how many subjects there are."""
        return len(self._topics)

    def __iter__(self) -> Iterator[Topic]:
        """Yield every subject, in the order of the set."""
        return map(self.topic, self._topics)

    def __contains__(self, name: object) -> bool:
        """Tell whether a subject (system and code) is in the review."""
        return name in self._topics

    def topic(self, subject: Coding | Key) -> Topic:
        """Return a subject as it stands now.

        Raises:
            KeyError: it is not in the review.
        """
        name = key(subject) if isinstance(subject, Coding) else subject
        topic = self._topics[name]
        if self._suggest is not None and not topic.answered and name not in self._asked:
            self._asked.add(name)
            topic = self._topics[name] = topic._replace(suggested=tuple(self._suggest(topic.subject)))
        return topic

    def open(self) -> Iterator[Topic]:
        """Yield the subjects where something is left to decide."""
        for name in self.pending():
            if (topic := self.topic(name)).is_open:
                yield topic

    def pending(self) -> list[Key]:
        """Return the subjects that are open, or may be with more suggestions; nothing is suggested yet."""
        return [
            name
            for name, topic in self._topics.items()
            if topic.is_open or (self._suggest is not None and not topic.answered and not _withdrawn(topic))
        ]

    def open_count(self) -> int:
        """Return how many subjects are open, without asking for suggestions."""
        return sum(topic.is_open for topic in self._topics.values())

    def decide(self, subject: Coding | Key, decision: Decision) -> Topic:
        """Take a decision.

        Returns:
            The subject as it stands then.

        Raises:
            KeyError: the subject is not in the review.
            ValueError: the decision lacks what it is about, or there is nothing to undo.
        """
        topic = self.topic(subject)
        if decision.action == "undo":
            entry = undone(topic.history)
            if entry is None:
                raise ValueError(f"nothing was decided about {topic.subject} that could be undone")
            return self._put(topic, entry.before, decision)
        if decision.action == "none":
            return self._put(topic, self._without(topic, decision), decision)
        option = decision.option
        if option is None:
            raise ValueError(f"{decision.action} is about a mapping; name it")
        if key(option.subject) != key(topic.subject):
            raise ValueError(f"the mapping is of {option.subject}, not of {topic.subject}")
        decision = decision._replace(predicate=decision.predicate or option.predicate)
        option = _found(topic, option)
        if decision.action == "comment":
            made = option.model_copy(update={"comment": self._noted(option.comment, decision.comment)})
            rows = [made if row == option else row for row in topic.rows]
            return self._put(topic, rows if option in topic.rows else [*rows, made], decision)
        if decision.action == "reject" and option.object is None:
            return self._put(topic, [row for row in topic.rows if row != option], decision)
        if decision.action == "reject":
            made = self._decided(topic, option, True, decision)
            rows = [made if row == option else row for row in topic.rows if row == option or not _alike(row, made)]
            return self._put(topic, rows if made in rows else [*rows, made], decision)
        return self._put(topic, self._with(topic, option, decision), decision)

    def undo(self) -> Topic | None:
        """Undo the last decision of this person that is not undone; None where there is none."""
        last = [
            (entry.number, name)
            for name, topic in self._topics.items()
            if (entry := undone(topic.history)) is not None and entry.by == self.by
        ]
        return self.decide(max(last)[1], Decision("undo")) if last else None

    def record(self, subject: Coding, rows: Iterable[Mapping], action: Action, note: str | None = None) -> Topic:
        """Say what the set says of a subject from now on, and why; it need not be in the review."""
        topic = self._topics.get(key(subject)) or Topic(subject)
        return self._put(topic, rows, Decision(action), note)

    def _put(self, topic: Topic, rows: Iterable[Mapping], decision: Decision, note: str | None = None) -> Topic:
        self._number += 1
        option = decision.option if decision.option not in topic.rows and decision.action != "choose" else None
        entry = Entry(
            subject=named(key(topic.subject)),
            number=self._number,
            action=decision.action,
            by=self.by,
            on=self.on,
            tool=self.tool,
            before=topic.rows,
            option=option,
            note=note,
        )
        after = topic._replace(rows=tuple(dict.fromkeys(rows)), history=(*topic.history, entry))
        self._topics[key(topic.subject)] = after
        return after

    def _with(self, topic: Topic, option: Mapping, decision: Decision) -> list[Mapping]:
        """Return the rows when an option is taken: no candidates, and nothing that says the opposite."""
        made = self._decided(topic, option, False, decision)
        rows: list[Mapping] = []
        for row in topic.rows:
            if row == option:
                rows.append(made)
            elif is_candidate(row) or _alike(row, made) or (row.object is None and made.object is not None):
                continue
            elif row == decision.instead:
                rows.append(self._decided(topic, row, True, Decision("reject")))
            else:
                rows.append(row)
        return rows if made in rows else [*rows, made]

    def _without(self, topic: Topic, decision: Decision) -> list[Mapping]:
        """Return the rows when there is no counterpart: what was stated is rejected."""
        stated = next((row for row in topic.rows if row.object is None), None)
        empty = stated or Mapping(subject=topic.subject, object=None, predicate=EXACT)
        made = self._decided(topic, empty, False, decision)
        rejected = Decision("reject")
        rows = [
            row if row.negated and row.reviewer is not None else self._decided(topic, row, True, rejected)
            for row in topic.rows
            if row.object is not None and not is_candidate(row)
        ]
        return [*rows, made]

    def _decided(self, topic: Topic, option: Mapping, negated: bool, decision: Decision) -> Mapping:
        """Return a mapping as this person decided it: confirmed as it was stated, or stated anew."""
        predicate = decision.predicate or option.predicate
        kept = {name: value for name, value in slots.of(option).items() if name not in _OF_THE_REVIEWER}
        reviewed = {"review_date": self.on.isoformat()}
        stated = option in topic.rows and not is_candidate(option)
        if stated and predicate == option.predicate and negated == option.negated:
            comment = self._noted(option.comment, decision.comment)
            confirmed = option.model_copy(update={"reviewer": self.by, "comment": comment})
            return slots.with_slots(confirmed, {**kept, **reviewed})
        about = {name: value for name, value in kept.items() if name in _OF_THE_ENDS or name not in SLOTS}
        made = option.model_copy(
            update={
                "predicate": predicate, "negated": negated, "justification": MANUAL, "confidence": None,
                "author": self.by, "reviewer": self.by, "date": self.on, "tool": self.tool,
                "comment": decision.comment, "stated": None,
            }
        )  # fmt: skip
        return slots.with_slots(made, {**about, **reviewed})

    def _noted(self, before: str | None, comment: str | None) -> str | None:
        """Return a comment that stands, with what this person adds to it."""
        added = f"[{self.by} {self.on}: {comment}]" if comment and before else comment
        return " ".join(each for each in (before, added) if each) or None

    @property
    def mapping_set(self) -> MappingSet:
        """The set as it stands now, with its history."""
        mappings: list[Mapping] = []
        orphans: dict[Key, Sequence[Entry]] = {}
        for name, topic in self._topics.items():
            history = (*topic.history, *self._foreign.get(name, ()))
            for place, row in enumerate(topic.rows):
                mappings.append(review_history.given(row, history) if place == 0 else row)
            if history and not topic.rows:
                orphans[name] = history
        whole = self._header.model_copy(update={"mappings": tuple(mappings)})
        return review_history.declared(whole, orphans)


def _withdrawn(topic: Topic) -> bool:
    return bool(topic.history) and topic.history[-1].action == "withdraw"


def _alike(one: Mapping, other: Mapping) -> bool:
    """Tell whether two mappings are about the same relation to the same code, whatever they say of it."""
    if one.object is None or other.object is None:
        return one.object is other.object
    same = (one.predicate, one.conditions, one.group, one.rule)
    return key(one.object) == key(other.object) and same == (
        other.predicate, other.conditions, other.group, other.rule
    )  # fmt: skip


def _found(topic: Topic, option: Mapping) -> Mapping:
    """Return the row of a topic that an option is about; the option itself where the topic has no such row.

    A decision about a set as it was some decisions ago may name a row that has changed since.
    """
    if option in topic.rows:
        return option
    meant = option.object and key(option.object)
    same = [row for row in topic.rows if (row.object and key(row.object)) == meant]
    return next((row for row in same if row.predicate == option.predicate), same[0] if same else option)
