"""Decisions that were made on one edition of a code list, applied to another: only what is sure is carried.

Sure is a code that is in the new edition with the same title. Everything else is marked for review: the statement loses
its reviewer, so that `termbank map review` asks about it, and the decision is in the history. What is mapped to a code
that was withdrawn leaves the set, and what took its place, or is near, comes as candidates.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from termbank.mapping import slots
from termbank.mapping.review.reviewing import EXACT, TOOL, Review, Topic
from termbank.model import Coding, Mapping, MappingSet
from termbank.store.entry import Entry
from termbank.terminology.near import near_codes
from termbank.terminology.source import Source

Kind = Literal[
    "unchanged", "retitled", "untitled", "heading", "withdrawn", "unknown", "reconsider", "unmapped", "new-target"
]  # fmt: skip
"""untitled: there is no earlier title to compare with. heading: it is not selectable any more. unknown: the edition is
a fragment that lacks it. reconsider: it was said that there is no counterpart, and the new edition has new codes.
unmapped: a new code that the set does not map."""

Side = Literal["subject", "object"]

KINDS: tuple[Kind, ...] = (
    "withdrawn", "retitled", "heading", "unknown", "reconsider", "untitled", "unmapped", "new-target", "unchanged",
)  # fmt: skip
"""In the order in which a person wants to see them."""

Near = Callable[[Coding], Sequence[Coding]]
"""Proposes codes for one that is withdrawn, the best first."""

_NEAR = 3
_SAID, _LIKE = "semapv:BackgroundKnowledgeBasedMatching", "semapv:LexicalMatching"


class Change(NamedTuple):
    """What a new edition means for a code of the set.

    Arguments:
        kind: see `Kind`.
        side: whether the set maps from the code or to it.
        before: the code as it was, with its title; None for a new one.
        now: the same code in the new edition, with its title there, as before where it is unknown; None where it is
            withdrawn.
        proposals: what took its place, or is near.
        mappings: what the set says of it, as it was decided.
        replaced: the code list itself says that the proposals took its place.
    """

    kind: Kind
    side: Side
    before: Coding | None
    now: Coding | None
    proposals: tuple[Coding, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    replaced: bool = False

    @property
    def sure(self) -> bool:
        """Whether nothing about the code needs a person's eye."""
        return self.kind == "unchanged"


class Reapplied(NamedTuple):
    """A set applied to a new edition.

    Arguments:
        mapping_set: the set, ready to be reviewed.
        changes: what the edition means, code by code; see `KINDS` for their order.
        carried: how many mappings were carried as they are.
        to_review: how many subjects are open now, and were not before.
        edition: `id|version` of the new edition.
    """

    mapping_set: MappingSet
    changes: tuple[Change, ...]
    carried: int
    to_review: int
    edition: str

    def counts(self) -> dict[Kind, int]:
        """Return how many codes there are of each kind that there are any of."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in KINDS if found[kind]}


def reapply(
    mapping_set: MappingSet,
    edition: Source,
    old: Source | None = None,
    *,
    by: str = TOOL,
    on: datetime.date | None = None,
    side: Side | None = None,
    resolve: Callable[[str], str] = str,
    near: Near | None = None,
) -> Reapplied:
    """Apply a set to a new edition of the code list that it maps from or to.

    Arguments:
        mapping_set: the set, with what was decided.
        edition: the new edition.
        old: the edition that the decisions were made on, where it is here: for titles, and to see which codes are new.
        by, on: who applies it, and when.
        side: the side that the edition is of; None: every side that has codes of its system.
        resolve: returns the short id of a system that may be named otherwise.
        near: proposes codes of the new edition for one that is withdrawn; None: those with a like title or code.

    Raises:
        ValueError: the set has no codes of that system.
    """
    return _Reapplying(mapping_set, edition, old, resolve, side, near).run(Review(mapping_set, by, on))


class _Reapplying:
    """One set and one edition."""

    def __init__(
        self, mapping_set: MappingSet, edition: Source, old: Source | None, resolve: Callable[[str], str],
        side: Side | None, near: Near | None,
    ) -> None:  # fmt: skip
        self._near = near or (lambda coding: near_codes(edition, coding.code, _NEAR, coding.display))
        self._set, self._edition, self._old, self._resolve = mapping_set, edition, old, resolve
        self._sides = [side] if side else [each for each in ("subject", "object") if self._has(each)]
        if not any(map(self._has, self._sides)):
            raise ValueError(f"{mapping_set.id} has no codes of {edition.info.id}")
        self._new = self._new_codes()
        self._verdicts: dict[tuple[Side, str, str | None], Change] = {}
        self._about: dict[tuple[Side, str, str | None], list[Mapping]] = {}
        self._mapped = {row.subject.code for row in mapping_set.mappings if self._ours(row.subject)}

    def _ours(self, coding: Coding | None) -> bool:
        return coding is not None and self._resolve(coding.system) == self._edition.info.id

    def _has(self, side: Side) -> bool:
        stated = getattr(self._set, f"{side}_source")
        if stated is not None and self._resolve(stated) == self._edition.info.id:
            return True
        return any(self._ours(getattr(row, side)) for row in self._set.mappings)

    def _new_codes(self) -> dict[str, Coding]:
        """Return the codes that can be chosen in the new edition and were not in the old one."""
        if self._old is None:
            return {}
        entries = [e for e in self._edition.entries(self._edition.everything()) if selectable(self._edition, e)]
        known = self._old.find_many([entry.code for entry in entries])
        return {each.code: self._coding(each.code, each.display) for each in entries if each.code not in known}

    def _coding(self, code: str, display: str | None) -> Coding:
        info = self._edition.info
        return Coding(system=info.id, code=code, version=info.version, display=display or None)

    def run(self, review: Review) -> Reapplied:
        was_open = {topic.subject for topic in review if topic.is_open}
        carried = 0
        proposed: list[tuple[Coding, Mapping]] = []
        for topic in list(review):
            rows, note, gone = self._rows(topic, proposed)
            carried += sum(_same(row, before) for row in rows for before in topic.rows)
            if note is not None:
                review.record(topic.subject, rows, "withdraw" if gone else "reapply", note)
        for coding, row in proposed:
            known = review.topic(coding).rows if (coding.system, coding.code) in review else ()
            review.record(coding, [*known, row], "reapply", self._note(row.subject, None))
        to_review = sum(topic.is_open and topic.subject not in was_open for topic in review)
        changes = sorted(self._changes(), key=lambda change: KINDS.index(change.kind))
        return Reapplied(review.mapping_set, tuple(changes), carried, to_review, self._edition.info.versioned)

    def _changes(self) -> Iterator[Change]:
        for name, change in self._verdicts.items():
            yield change._replace(mappings=tuple(dict.fromkeys(self._about[name])))
        for side in self._sides:
            for code, coding in self._new.items():
                if side == "object":
                    yield Change("new-target", side, None, coding)
                elif code not in self._mapped:
                    yield Change("unmapped", side, None, coding)

    def _verdict(self, side: Side, coding: Coding, row: Mapping) -> Change:
        name = (side, coding.code, coding.display)
        self._about.setdefault(name, []).append(row)
        if name not in self._verdicts:
            self._verdicts[name] = self._judged(side, coding)
        return self._verdicts[name]

    def _judged(self, side: Side, coding: Coding) -> Change:
        earlier = self._old.find(coding.code) if self._old is not None else None
        title = coding.display or (earlier.display if earlier else None)
        before = coding.model_copy(update={"display": title})
        entry = self._edition.find(coding.code)
        if entry is None and self._edition.info.content != "complete":
            return Change("unknown", side, before, before)
        if entry is None or entry.inactive:
            successors = tuple(self._successors(coding.code))
            near = () if successors else tuple(self._selectable(self._near(before)))
            return Change("withdrawn", side, before, None, successors or near, replaced=bool(successors))
        now = self._coding(entry.code, entry.display)
        was = earlier is None or self._old is None or selectable(self._old, earlier)
        if was and not selectable(self._edition, entry):
            return Change("heading", side, before, now)
        if title is None:
            return Change("untitled", side, before, now)
        same = _plain(title) == _plain(entry.display)
        return Change("unchanged" if same else "retitled", side, before, now)

    def _selectable(self, codings: Sequence[Coding]) -> Iterator[Coding]:
        entries = self._edition.find_many([coding.code for coding in codings])
        return (each for each in codings if each.code in entries and selectable(self._edition, entries[each.code]))

    def _successors(self, code: str) -> Iterator[Coding]:
        """Yield what took the place of a code, as the code list says."""
        found: dict[str, None] = {}
        for source in (self._edition, self._old):
            concept = source.concept(code) if source is not None else None
            for relation in concept.relations if concept is not None else ():
                if relation.type == "replaced-by" and relation.vocabulary in (None, self._edition.info.id):
                    found[relation.target] = None
        for each in self._edition.find_many(list(found)).values():
            if not each.inactive:
                yield self._coding(each.code, each.display)

    def _rows(self, topic: Topic, proposed: list[tuple[Coding, Mapping]]) -> tuple[list[Mapping], str | None, bool]:
        """Return what the set says of a subject in the new edition, why, and whether the subject is gone."""
        note: str | None = None
        if "subject" in self._sides and self._ours(topic.subject) and topic.rows:
            change = self._verdict("subject", topic.rows[0].subject, topic.rows[0])
            self._about["subject", topic.rows[0].subject.code, topic.rows[0].subject.display] += topic.rows[1:]
            if change.kind == "withdrawn":
                proposed += self._moved(topic, change)
                return [], self._note(change.before, None), True
            note = self._note(change.before, change.now)
        else:
            change = None
        rows: list[Mapping] = []
        notes = [note] if change is not None and not change.sure and note else []
        for row in topic.rows:
            made = row if change is None else row.model_copy(update={"subject": change.now})
            made = made if change is None or change.sure else _reopened(made)
            note = note or self._touch(made)
            rows += self._of_object(made, row, notes)
        return rows, "; ".join(notes) or note, False

    def _touch(self, row: Mapping) -> str | None:
        touched = "object" in self._sides and (row.object is None or self._ours(row.object))
        return f"{self._edition.info.versioned}" if touched else None

    def _of_object(self, row: Mapping, stated: Mapping, notes: list[str]) -> list[Mapping]:
        """Return what becomes of a mapping by what the edition says of its object."""
        if "object" not in self._sides:
            return [row]
        if row.object is None:
            return self._none(row, stated, notes)
        if not self._ours(row.object):
            return [row]
        change = self._verdict("object", row.object, stated)
        if change.now is not None:
            if not change.sure:
                notes.append(self._note(change.before, change.now))
                row = _reopened(row)
            return [row.model_copy(update={"object": change.now})]
        notes.append(self._note(change.before, None))
        why = _SAID if change.replaced else _LIKE
        return [] if row.negated else [_candidate(row, row.subject, each, why) for each in change.proposals]

    def _none(self, row: Mapping, stated: Mapping, notes: list[str]) -> list[Mapping]:
        """Return what becomes of the statement that there is no counterpart: with new codes there may be one."""
        hits = self._edition.search(row.subject.display or row.subject.code, 20) if self._new else []
        found = [self._new[hit.code] for hit in hits if hit.code in self._new][:_NEAR]
        if self._old is not None and not found and self._edition.info.content == "complete":
            return [row]
        name: tuple[Side, str, str | None] = ("object", f"– {row.subject.code}", None)
        self._about.setdefault(name, []).append(stated)
        self._verdicts[name] = Change("reconsider", "object", row.subject, None, tuple(found))
        notes.append(f"{self._edition.info.versioned}: – → {', '.join(each.code for each in found) or '?'}")
        return [_reopened(row), *(_candidate(row, row.subject, each, _LIKE) for each in found)]

    def _moved(self, topic: Topic, change: Change) -> Iterator[tuple[Coding, Mapping]]:
        """Yield what is proposed for the codes that took the place of a subject."""
        for each in change.proposals if change.replaced else ():
            if each.code not in self._mapped:
                for row in topic.rows:
                    if not row.negated and row.object is not None:
                        yield each, _candidate(row, each, row.object, _SAID)

    def _note(self, before: Coding | None, now: Coding | None) -> str:
        code, title = (before.code, before.display or "") if before is not None else ("", "")
        after = "–" if now is None else "?" if now == before else f"«{now.display or ''}»"
        return f"{self._edition.info.versioned}: {code} «{title}» → {after}"


def selectable(source: Source, entry: Entry) -> bool:
    """Tell whether a code can be chosen: it is in use and, as far as its list says or is taken to say, no heading."""
    above = (entry.last > entry.ordinal or entry.extra) and "selectable" in source.info.assumptions
    return not (entry.abstract or entry.inactive or above)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _same(row: Mapping, before: Mapping) -> bool:
    """Tell whether a mapping was carried: decided alike, about the same codes."""
    ends = [(one and (one.system, one.code)) == (other and (other.system, other.code))
            for one, other in ((row.subject, before.subject), (row.object, before.object))]  # fmt: skip
    return all(ends) and (row.predicate, row.negated, row.reviewer) == (
        before.predicate, before.negated, before.reviewer,
    )  # fmt: skip


def _reopened(row: Mapping) -> Mapping:
    """Return a mapping that is to be reviewed again."""
    names = ("reviewer_id", "reviewer_label", "review_date", "reviewer_agreement")
    kept = {name: value for name, value in slots.of(row).items() if name not in names}
    return slots.with_slots(row.model_copy(update={"reviewer": None}), kept)


def _candidate(row: Mapping, subject: Coding, target: Coding, justification: str) -> Mapping:
    """Return a proposal in the place of a mapping."""
    return Mapping(
        subject=subject,
        object=target,
        predicate=EXACT if row.object is None else row.predicate,
        justification=justification,
        tool=TOOL,
        conditions=row.conditions,
        group=row.group,
        priority=row.priority,
        rule=row.rule,
    )
