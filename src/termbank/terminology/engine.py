"""The engine: names, versions, codes, hierarchy, translation and search over any number of sources."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from termbank import collector
from termbank.errors import UnknownConcept, UnknownVocabulary
from termbank.model import Coding, Concept, Finding, KnownSystem, MappingSet, ValueSet, Vocabulary
from termbank.model.rules import rule
from termbank.store.entry import Entry
from termbank.store.memory import MemorySource
from termbank.terminology import searching, supplements, validation
from termbank.terminology.holdings import Holdings, Layer
from termbank.terminology.interpreting import Interpreter
from termbank.terminology.names import Name, Names
from termbank.terminology.near import near_codes
from termbank.terminology.searching import Hit
from termbank.terminology.source import MappingSource, MemoryMappings, Source
from termbank.terminology.subsumption import Subsumption, subsumption
from termbank.terminology.supplements import Supplement
from termbank.terminology.translation import Translation
from termbank.terminology.validation import Validation
from termbank.terminology.versions import Choice, choose, fragments_beside, natural

_NOWHERE = (None, None)
_REMEMBERED = 10_000
"""For how many systems and days the version that applies is remembered."""
_validation: Callable[[tuple[Any, ...]], Validation] = partial(tuple.__new__, Validation)
"""Makes an answer of its fields, faster than `Validation._make`, which counts them."""


class Terminology:
    """Answers questions about concepts and codes.

    Arguments:
        sources: versions of vocabularies, in any number.
        mappings: where mapping sets are.
        known_systems: gives the table of known systems when it is needed.
        value_sets: value sets.
        beneath: what is seen where these have no answer.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        mappings: Iterable[MappingSource] = (),
        known_systems: Callable[[], Sequence[KnownSystem]] = tuple,
        value_sets: Sequence[ValueSet] = (),
        beneath: "Terminology | None" = None,
    ) -> None:
        own = Layer(tuple(sources), value_sets, tuple(mappings))
        self.layers: tuple[Layer, ...] = (own, *(beneath.layers if beneath else ()))
        self.sources = tuple(source for layer in self.layers for source in layer.sources)
        self.mappings = tuple(source for layer in self.layers for source in layer.mappings)
        self.names = Names((source.info for source in self.sources), known_systems)
        self._versions: dict[str, list[Source]] = {}
        for source in self.sources:
            self._versions.setdefault(source.info.id, []).append(source)
        self._supplements: dict[str, list[Source]] = {}
        for source in self.sources:
            if source.info.content == "supplement" and source.info.supplements:
                base = self.names.resolve(source.info.supplements)
                self._supplements.setdefault(base.id, []).append(source)
        self._chosen: dict[tuple[str, str | None, datetime.date | None], tuple[Name, Choice]] = {}

    @cached_property
    def holdings(self) -> Holdings:
        """What FHIR's operations see of it."""
        return Holdings(self.layers, self.names)

    def overlaid(self, items: Iterable[Vocabulary | ValueSet | MappingSet]) -> "Terminology":
        """Return this terminology with further vocabularies, value sets and mapping sets that go before its own."""
        listed = list(items)
        return Terminology(
            [MemorySource(each) for each in listed if isinstance(each, Vocabulary)],
            [MemoryMappings(each for each in listed if isinstance(each, MappingSet))],
            self.names.known_systems,
            [each for each in listed if isinstance(each, ValueSet)],
            beneath=self,
        )

    def versions(self, vocabulary: str) -> list[Source]:
        """Return the loaded versions of a vocabulary; none where it is not known."""
        return self._versions.get(self.names.resolve(vocabulary).id, [])

    def source(self, system: str, version: str | None = None, on: datetime.date | None = None) -> Source:
        """Return the version of a system that applies.

        Raises:
            UnknownVocabulary: the system, or the version, is not here, or none was in force on that day.
        """
        name, choice = self._choose(system, version, on)
        if choice.source is None:
            known = tuple(sorted(source.info.versioned for source in self.sources))
            message = self._why(name, choice, version, on, "").message("en")
            raise UnknownVocabulary(f"{message} In the bank: {', '.join(known) or 'nothing'}.", known)
        return choice.source

    def _choose(self, system: str, version: str | None, on: datetime.date | None) -> tuple[Name, Choice]:
        key = (system, version, on)
        if (known := self._chosen.get(key)) is not None:
            return known
        name = self.names.resolve(system)
        chosen = name, choose(self._versions.get(name.id, ()), version or name.version, on)
        if len(self._chosen) > _REMEMBERED:
            self._chosen.clear()
        self._chosen[key] = chosen
        return chosen

    def _why(self, name: Name, choice: Choice, version: str | None, on: datetime.date | None, code: str) -> Finding:
        loaded = self._versions.get(name.id, [])
        if not loaded:
            return rule("unknown-system").finding(system=name.id)
        if choice.missing == "version":
            known = ", ".join(source.info.version for source in loaded)
            return rule("unknown-version").finding(system=name.id, version=version or name.version, known=known)
        return rule("no-version-on-date").finding(system=name.id, on=on, code=code)

    def concept(self, vocabulary: str, concept_id: str, version: str | None = None) -> Concept:
        """Return a concept by its id.

        Raises:
            UnknownVocabulary: there is no such vocabulary or version.
            UnknownConcept: there is no such concept; `near` has the closest ids.
        """
        source = self.source(vocabulary, version)
        concept = source.concept(concept_id)
        if concept is not None:
            return concept
        beside = [] if version else fragments_beside(source, self._versions[source.info.id])
        for each in (source, *beside):
            entry, _ = validation.find(each, concept_id)
            found = each.concept(entry.code) if entry else None
            if found is not None:
                return found
        near = [hit.code for hit in source.search(concept_id.replace("-", " "), 5)]
        near += [coding.code for coding in near_codes(source, concept_id, 5)]
        nearest = tuple(dict.fromkeys(near))[:5]
        hint = f"; near: {', '.join(nearest)}" if nearest else ""
        raise UnknownConcept(f"{concept_id} is not in {source.info.versioned}{hint}", nearest)

    def validate(
        self,
        system: str,
        code: str,
        version: str | None = None,
        on: datetime.date | None = None,
        display: str | None = None,
        near: int = 5,
    ) -> Validation:
        """Tell whether a code is right; see `Validation`. Never raises on a bad code.

        Raises:
            TypeError: `on` is no date.
        """
        if isinstance(on, datetime.datetime):
            on = on.date()
        if on is not None and not isinstance(on, datetime.date):
            raise TypeError(f"on must be a datetime.date, not {type(on).__name__}")
        name, choice = self._choose(system, version, on)
        before = _before(name, choice, on)
        source = choice.source
        if source is None:
            why = self._why(name, choice, version, on, code)
            return Validation(None, name.id, code, version or name.version, None, (*before, why))
        entry, notation = validation.find(source, code)
        if entry is None and notation is None and (version or name.version) is None:
            for beside in fragments_beside(source, self._versions[name.id], on):
                entry, notation = validation.find(beside, code)
                if entry is not None:
                    source = beside
                    break
        if entry is None:
            others = [s for s in self._versions[name.id] if s is not source and s.info.version != source.info.version]
            others.sort(key=lambda other: natural(other.info.version), reverse=True)
            refused = validation.refuse(source, code, others, near, notation)
            return refused._replace(findings=(*before, *refused.findings))
        if notation:
            before = (*before, notation)
        return _answer(source, entry, before, on, display, self.supplements_of(source))

    def validate_many(
        self,
        codings: Iterable[Coding],
        on: datetime.date | None = None,
        near: int = 0,
        versions: Mapping[str, str | None] = MappingProxyType({}),
    ) -> list[Validation]:
        """Tell of many codings whether they are right; the same answers as `validate`, many at a time.

        Arguments:
            codings: each with its system, and a version and display if they shall be checked.
            on: the day that all of them are asked for.
            near: how many near codes a wrong one is answered with.
            versions: of systems, for codings that state none.

        Returns:
            As many answers as there are codings, in their order.
        """
        asked = codings if isinstance(codings, list) else list(codings)
        if len(asked) == 1:
            one = asked[0]
            return [self.validate(one.system, one.code, one.version or versions.get(one.system), on, one.display, near)]
        with collector.paused():
            return self._validate_many(asked, on, near, versions)

    def _validate_many(
        self, asked: list[Coding], on: datetime.date | None, near: int, versions: Mapping[str, str | None]
    ) -> list[Validation]:
        systems = {(coding.system, coding.version) for coding in asked}
        if len(systems) == 1:
            system, version = systems.pop()
            codes, displays = [coding.code for coding in asked], [coding.display for coding in asked]
            version = version or versions.get(system)
            return self.validate_group(system, codes, displays, version=version, on=on, near=near)
        places: dict[tuple[str, str | None], list[int]] = {}
        for place, coding in enumerate(asked):
            places.setdefault((coding.system, coding.version), []).append(place)
        answers: list[Validation | None] = [None] * len(asked)
        for (system, stated), group in places.items():
            codes = [asked[place].code for place in group]
            displays = [asked[place].display for place in group]
            version = stated or versions.get(system)
            of_group = self.validate_group(system, codes, displays, version=version, on=on, near=near)
            for place, answer in zip(group, of_group, strict=True):
                answers[place] = answer
        return [answer for answer in answers if answer is not None]

    def validate_group(
        self,
        system: str,
        codes: Sequence[str],
        displays: Sequence[str | None],
        *,
        version: str | None = None,
        on: datetime.date | None = None,
        near: int = 0,
    ) -> list[Validation]:
        """Tell of codes of one system whether they are right; the same answers as `validate`."""
        if isinstance(on, datetime.datetime):
            on = on.date()
        name, choice = self._choose(system, version, on)
        found: dict[str, Entry] = {}
        otherwise: dict[str, tuple[Entry | None, Finding | None]] = {}
        before: tuple[Finding, ...] = ()
        more: list[Source] = []
        if choice.source is not None:
            before = _before(name, choice, on)
            found = choice.source.find_many(codes)
            more = self.supplements_of(choice.source)
            if len(found) < len(codes):
                otherwise = validation.find_otherwise(choice.source, set(codes).difference(found))

        def answer(code: str, display: str | None) -> Validation:
            if choice.source is not None and (known := found.get(code)) is not None:
                return _answer(choice.source, known, before, on, display, more)
            entry, notation = otherwise.get(code, _NOWHERE)
            if choice.source is None or entry is None:
                return self.validate(system, code, version, on, display, near)
            return _answer(choice.source, entry, (*before, notation) if notation else before, on, display, more)

        if len(found) * 2 > len(codes):
            return list(map(answer, codes, displays))
        pairs = list(zip(codes, displays, strict=True))  # most are asked more than once
        answers = {pair: answer(*pair) for pair in dict.fromkeys(pairs)}
        return [answers[pair] for pair in pairs]

    def breakpoints(self, system: str) -> list[datetime.date]:
        """Return the days on which an answer about this system may change, sorted."""
        days: set[datetime.date] = set()
        one = datetime.timedelta(days=1)
        for source in self.versions(system):
            for date in source.dates:
                day = datetime.date.fromisoformat(date)
                days |= {day, day + one} if day < datetime.date.max else {day}
            if source.info.valid_from:
                days.add(source.info.valid_from)
            if source.info.valid_to and source.info.valid_to < datetime.date.max:
                days.add(source.info.valid_to + one)
        return sorted(days)

    def subsumes(self, system: str, a: str, b: str, version: str | None = None) -> Subsumption:
        """Tell how two codes stand to each other in the hierarchy.

        Raises:
            UnknownVocabulary: there is no such system or version.
            UnknownConcept: one of the codes does not exist.
        """
        source = self.source(system, version)
        first = source.place(a) or self._entry(source, a)
        second = source.place(b) or self._entry(source, b)
        return subsumption(source, first, second)

    def _entry(self, source: Source, code: str) -> Entry:
        entry, _ = validation.find(source, code)
        if entry is None:
            near = tuple(coding.code for coding in near_codes(source, code, 5))
            hint = f"; near: {', '.join(near)}" if near else ""
            raise UnknownConcept(f"{code} is not in {source.info.versioned}{hint}", near)
        return entry

    def translate(self, system: str, code: str, to: str) -> list[Translation]:
        """Return every translation of a code, with displays; see `termbank.terminology.interpreting`."""
        return self.interpreter.translate(system, code, to)

    @cached_property
    def interpreter(self) -> Interpreter:
        """What translates codes."""
        return Interpreter(self.holdings, self._versions, self.validate_group)

    def supplements_of(self, source: Source) -> list[Source]:
        """Return the supplements that add to a version of a vocabulary."""
        return [each for each in self._supplements.get(source.info.id, ()) if supplements.add_to(each, source.info)]

    def supplements(self, vocabulary: str, concept_id: str, version: str | None = None) -> list[Supplement]:
        """Return what supplements say of a concept, each with the header of the supplement.

        Raises:
            UnknownVocabulary: there is no such vocabulary or version.
        """
        return supplements.said(self.supplements_of(self.source(vocabulary, version)), concept_id)

    def search(
        self, text: str, vocabulary: str | None = None, version: str | None = None, limit: int = 10
    ) -> list[Hit]:
        """Return the concepts whose terms or code fit a text best; a supplement's terms lead to the concept added to.

        Raises:
            UnknownVocabulary: a vocabulary was named that is not here.
        """
        if vocabulary is not None:
            chosen = [self.source(vocabulary, version)]
        else:
            chosen = [source for each in self._versions.values() if (source := choose(each).source)]
        sources = [
            each
            for source in chosen
            for each in (source, *([] if version else fragments_beside(source, self._versions[source.info.id])))
        ]
        places: dict[Source, Source] = {}
        for source in sources:
            base = places[source] = self._base(source)
            if base is source:
                places |= dict.fromkeys(self.supplements_of(source), source)
        return searching.search(places, text, limit)

    def _base(self, source: Source) -> Source:
        """Return the vocabulary that a supplement adds to, where that is here; any other vocabulary is its own."""
        if source.info.content == "supplement" and source.info.supplements:
            return self._choose(source.info.supplements, None, None)[1].source or source
        return source


def _before(name: Name, choice: Choice, on: datetime.date | None) -> tuple[Finding, ...]:
    """Return what is to be said before a code is even looked at: a mistaken name, an assumed validity."""
    before = (name.finding,) if name.finding else ()
    if choice.source is not None and choice.assumed:
        return (*before, rule("assumed-validity").finding(system=choice.source.info.versioned, on=on))
    return before


def _answer(
    source: Source,
    entry: Entry,
    before: tuple[Finding, ...],
    on: datetime.date | None,
    display: str | None,
    more: Sequence[Source],
) -> Validation:
    info = source.info
    code, ordinal, last, extra, title, abstract, inactive, valid_from, valid_to = entry
    plain = not (abstract or inactive or ((last > ordinal or extra) and info.assumptions))
    if plain and on is not None and (valid_from or valid_to):
        plain = (valid_from or "") <= on.isoformat() <= (valid_to or "9999-12-31")
    if plain and (display is None or display == title):
        return _validation((True, info.id, code, info.version, title or None, before, ()))
    findings = (*before, *validation.judge(source, entry, on, display, more))
    wrong = any(finding.severity == "error" for finding in findings)
    return Validation(not wrong, info.id, entry.code, info.version, entry.display or None, findings)
