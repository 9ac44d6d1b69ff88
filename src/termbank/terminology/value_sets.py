"""Value sets as people ask for them: by name, on a day, and for many codes at a time."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from termbank import collector
from termbank.errors import UnknownValueSet
from termbank.model import Coding, ConceptSet, ValueSet
from termbank.model.rules import rule
from termbank.terminology.composing import Composer
from termbank.terminology.edition import Edition
from termbank.terminology.engine import Terminology
from termbank.terminology.expansion import LARGEST, Expansion, expand
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.languages import Languages
from termbank.terminology.membership import Membership
from termbank.terminology.parts import Composition, Taken
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal
from termbank.terminology.source import Source
from termbank.terminology.validation import Validation
from termbank.terminology.verdict import Verdict

_REMEMBERED = 100
"""How many value sets, each on a day, are kept compiled."""


class ValueSets:
    """The value sets of a terminology.

    Arguments:
        terminology: what they are read against.
    """

    def __init__(self, terminology: Terminology) -> None:
        self.terminology = terminology
        self._members: dict[tuple[int, datetime.date | None], Members] = {}

    def __iter__(self) -> Iterator[ValueSet]:
        """Yield every value set, in every version."""
        return (each for layer in self.terminology.layers for each in layer.value_sets)

    def find(self, name: ValueSet | str) -> ValueSet:
        """Return a value set by its id or URL, perhaps with `|version`; one that is given as it is.

        Raises:
            UnknownValueSet: there is none of that name.
        """
        if isinstance(name, ValueSet):
            return name
        found = self.terminology.holdings.value_set(name)
        if found is None:
            known = tuple(sorted(each.versioned for each in self))
            listed = ", ".join(known[:20]) or "none"
            finding = rule("unknown-value-set").finding(value_set=name)
            raise UnknownValueSet(f"{finding.message('en')} There are: {listed}.", known, finding)
        return found

    def members(self, name: ValueSet | str, on: datetime.date | None = None) -> "Members":
        """Return what tells which codes are in a value set on a day.

        Raises:
            UnknownValueSet: there is no such value set.
            Refusal: it cannot be used (see `Members`).
        """
        value_set = self.find(name)
        key = (id(value_set), on)
        if key not in self._members:
            if len(self._members) > _REMEMBERED:
                self._members.clear()
            self._members[key] = Members(self.terminology, value_set, on)
        return self._members[key]

    def validate(
        self, codings: Sequence[Coding], name: ValueSet | str, on: datetime.date | None = None, near: int = 0
    ) -> list[Validation]:
        """Tell of codes whether they are right and in a value set; see `Members.narrow`.

        Raises:
            UnknownValueSet, Refusal: see `members`.
        """
        members = self.members(name, on)
        systems = {each.system for each in codings}
        versions = {system: members.version(system) for system in systems if "|" not in system}
        with collector.paused():
            return members.narrow(self.terminology.validate_many(codings, on, near, versions))

    def expand(
        self,
        name: ValueSet | str,
        *,
        text: str | None = None,
        on: datetime.date | None = None,
        language: str | None = None,
        count: int | None = None,
        offset: int = 0,
        active_only: bool = False,
        nested: bool = False,
    ) -> Expansion:
        """Write out the codes of a value set; see `termbank.Bank.expand`."""
        if isinstance(on, datetime.datetime):
            on = on.date()
        if on is not None and not isinstance(on, datetime.date):
            raise TypeError(f"on must be a datetime.date, not {type(on).__name__}")
        if offset < 0 or (count or 0) < 0:
            raise ValueError("count and offset must not be negative")
        question = Question(
            on=on,
            text=text,
            languages=Languages.parse(language, any_other=True) if language else None,
            count=count,
            offset=offset,
            active_only=active_only,
            exclude_nested=not nested,
            limit=LARGEST,
        )
        return expand(Inquiry(self.terminology.holdings, question), self.find(name))


class Members:
    """Tells which codes are in a value set on a day: the set compiled to one set of numbers a code system.

    Where that cannot be done since some code system is not here, each code is asked for by itself, so that those of
    the other systems still have their answer.

    Arguments:
        terminology: what the value set is read against.
        value_set: the value set.
        on: the day.

    Raises:
        Refusal: the value set cannot be used: it includes itself, or a value set that is not here, or has a condition
            without sense.
    """

    def __init__(self, terminology: Terminology, value_set: ValueSet, on: datetime.date | None = None) -> None:
        self.terminology = terminology
        self.value_set = value_set
        self.on = on.date() if isinstance(on, datetime.datetime) else on
        self.name = value_set.id if value_set.id != value_set.url else value_set.versioned
        self._inquiry = Inquiry(
            terminology.holdings, Question(on=value_set.locked_date or self.on, versions_match=True)
        )
        self._sets: dict[int, BitMap] = {}
        self._named: dict[str, frozenset[str] | None] = {}
        self._membership: Membership | None = None
        try:
            self._composition = Composer(self._inquiry).compose(value_set)
        except Refusal:
            self._composition = Composition()
            self._membership = Membership(self._inquiry, value_set)
        self._taken = Taken(self._composition.parts)

    def version(self, system: str, stated: str | None = None) -> str | None:
        """Return the version of a system in which codes are to be validated.

        Arguments:
            system: the system, perhaps with its version (`kva|2020`).
            stated: the version that is asked for.

        Returns:
            That; else, where no day is asked for, the one that the value set is read in, if that is one.
        """
        name = self.terminology.names.resolve(system)
        if stated or name.version or self.on is not None:
            return stated
        found = {part.edition.version for part in self._composition.parts if part.edition.info.id == name.id}
        return found.pop() if len(found) == 1 else None

    def covers(self, system: str) -> bool:
        """Tell whether the value set has anything to do with a code system."""
        return self._nameable(self.terminology.names.resolve(system).id) != frozenset()

    def narrow(self, answers: Iterable[Validation]) -> list[Validation]:
        """Tell of codes that were validated whether they are in the value set, too.

        A code that is right but not in the value set is not valid; where it cannot be told whether it is in it, its
        answer is None. What was found before is kept.
        """
        asked = list(answers)
        distinct = list({id(each): each for each in asked}.values())  # a coding that was asked again has the same one
        narrowed = {
            id(answer): answer if inside or answer.valid is False else self._narrowed(answer, inside)
            for answer, inside in zip(distinct, self._inside(distinct), strict=True)
        }
        return [narrowed[id(each)] for each in asked]

    def _narrowed(self, answer: Validation, inside: bool | None) -> Validation:
        system = f"{answer.system}|{answer.version}" if answer.version else answer.system
        told: dict[str, Any] = {"code": answer.code, "system": system, "value_set": self.name}
        if inside is False:
            finding = rule("not-in-value-set").finding(value=answer.code, **told)
        else:
            finding = rule("value-set-undetermined").finding(missing=self._missing(answer), **told)
        return answer._replace(valid=inside, findings=(*answer.findings, finding))

    def _inside(self, answers: list[Validation]) -> list[bool | None]:
        if self._membership is not None:
            return [self._alone(self._membership, answer) for answer in answers]
        groups: dict[tuple[str, str | None], set[str]] = {}
        for answer in answers:
            groups.setdefault((answer.system, answer.version), set()).add(answer.code)
        found = {group: self._among(*group, codes) for group, codes in groups.items()}
        return [
            True if answer.code in found[answer.system, answer.version] else self._outside(answer) for answer in answers
        ]

    def _among(self, system: str, version: str | None, codes: set[str]) -> set[str]:
        """Return those of some codes of a system that are in the value set."""
        sources = [each for each in self.terminology.versions(system) if each.info.version == (version or "")]
        if not sources:  # there is no such version here: the code may be in the value set in another one
            sources = self.terminology.versions(system)
        found: set[str] = set()
        for source in sources:
            numbers = self._numbers(source)
            found |= {code for code, entry in source.find_many(list(codes)).items() if entry.ordinal in numbers}
        return found

    def _numbers(self, source: Source) -> BitMap:
        """Return the ordinals of the codes that are in the value set."""
        if id(source) not in self._sets:
            self._sets[id(source)] = self._taken.of(Edition(source))
        return self._sets[id(source)]

    # -- codes that the value set is not known to have

    @cached_property
    def _fragments(self) -> list[Source]:
        """The fragments that the value set was read against: what they lack may be in it all the same."""
        if self._membership is not None:
            return [each for each in self.terminology.sources if each.info.content == "fragment"]
        used = {value for name, value in self._composition.notes if name == "used-fragment"}
        return [each for each in self.terminology.sources if Edition(each).versioned in used]

    def _outside(self, answer: Validation) -> bool | None:
        fragments = [each for each in self._fragments if each.info.id == answer.system]
        if all(each.find(answer.code) is not None for each in fragments):
            return False
        nameable = self._nameable(answer.system)
        return None if nameable is None or answer.code in nameable else False

    def _nameable(self, system: str) -> frozenset[str] | None:
        """Return the codes of a system that the value set can have at most; None: any, since it has conditions."""
        if system not in self._named:
            self._named[system] = self._reached(self.value_set, system, {})
        return self._named[system]

    def _reached(
        self, value_set: ValueSet, system: str, known: dict[int, frozenset[str] | None]
    ) -> frozenset[str] | None:
        if id(value_set) not in known:
            known[id(value_set)] = frozenset()  # for those that include each other
            parts = [self._reached_by(part, value_set, system, known) for part in value_set.include]
            some = frozenset[str]().union(*(each for each in parts if each is not None))
            known[id(value_set)] = some if value_set.composed and None not in parts else None
        return known[id(value_set)]

    def _reached_by(
        self, part: ConceptSet, value_set: ValueSet, system: str, known: dict[int, frozenset[str] | None]
    ) -> frozenset[str] | None:
        if part.system:
            if self.terminology.names.resolve(part.system).id != system:
                return frozenset()
            whole = part.filters or not part.concepts
            return None if whole else frozenset(each.code for each in part.concepts)
        others = [self._inquiry.value_set(self._inquiry.pin(url), value_set) for url in part.value_sets]
        found = [self._reached(each, system, known) for each in others if each is not None]
        limits = [each for each in found if each is not None]
        return frozenset.intersection(*limits) if limits else None

    def _alone(self, membership: Membership, answer: Validation) -> bool | None:
        """Tell of one code, under any name of its system, whether it is in the value set."""
        found: set[bool | None] = set()
        for name in self.terminology.names.spellings(answer.system):
            verdict = Verdict()
            try:
                inside = membership.contains("", Coding(system=name, code=answer.code), verdict)
            except Refusal:  # a system that is excluded from it is not here
                inside = None
            unsure = any(finding.rule == "UNKNOWN_CODE_IN_FRAGMENT" for finding in verdict.findings)
            found.add(None if unsure else inside)
        if True in found:
            return True
        return None if None in found else self._outside(answer)

    def _missing(self, answer: Validation) -> str:
        """Name what would have to be here to tell whether a code is in the value set."""
        of_system = [each.info.versioned for each in self._fragments if each.info.id == answer.system]
        return ", ".join(of_system) or answer.system
