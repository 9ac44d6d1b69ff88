"""What a value set contains: its includes, excludes and imports as sets of ordinals; no code is written out.

The rules are those of FHIR (ValueSet.compose), and of HL7's terminology ecosystem where FHIR leaves room.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyroaring import BitMap

from termbank.model import ConceptSet, IncludedConcept, ValueSet
from termbank.terminology import extensions, filters, standing, stored
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.membership import DEEPEST_IMPORT, circle
from termbank.terminology.parts import A_STEP, Composition, Part, Taken
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.text_filter import TextFilter
from termbank.terminology.version_patterns import version_key

_CHEAP = frozenset({"=", "in", "is-a", "descendent-of", "is-not-a"})
"""Filters that need not look at every code."""


class Composer:
    """Finds out what value sets contain, each once.

    Arguments:
        inquiry: the question.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.question = inquiry.question
        self._text = TextFilter(self.question.text or "")
        self._done: dict[int, tuple[ValueSet, Composition]] = {}

    def compose(self, value_set: ValueSet, chain: tuple[str, ...] = (), root: ValueSet | None = None) -> Composition:
        """Return what a value set contains.

        Arguments:
            value_set: the value set.
            chain: those that include it, outermost first.
            root: the one that it is contained in.

        Raises:
            Refusal: it includes what is not here, or itself, or has a filter without sense.
        """
        if id(value_set) not in self._done:
            if value_set.versioned in chain or len(chain) > DEEPEST_IMPORT:
                raise circle((*chain, value_set.versioned))
            chain = (*chain, value_set.versioned)
            if value_set.composed:
                found = _Composing(self, value_set, chain, root or value_set).result()
            else:
                found = Composition([self.admitted(part) for part in stored.parts(value_set)], flat=True)
            self._done[id(value_set)] = value_set, found
        return self._done[id(value_set)][1]

    def admitted(self, part: Part, active_only: bool = False) -> Part:
        """Leave out what the question does not want: inactive codes, headings, those without the words."""
        edition, codes = part.edition, part.codes
        if active_only or self.question.active_only:
            codes = codes - edition.inactive
        if self.question.exclude_not_for_ui:
            codes = codes - edition.abstract
        return replace(part, codes=self._text.select(edition, codes, part.listed))


class _Composing:
    """One value set being composed."""

    def __init__(self, composer: Composer, value_set: ValueSet, chain: tuple[str, ...], root: ValueSet) -> None:
        self.composer, self.value_set, self.chain, self.root = composer, value_set, chain, root
        self.inquiry, self.question = composer.inquiry, composer.question
        self.standing = standing.of_value_set(value_set)
        self.found = Composition()
        self.on = value_set.locked_date or self.question.on
        self._imports: dict[str, ValueSet] = {}
        sets = (*value_set.include, *value_set.exclude)
        stated: dict[str | None, set[str | None]] = {}
        for each in sets:
            stated.setdefault(each.system, set()).add(each.version)
        self.versioned = any(system and len(versions) > 1 for system, versions in stated.items())
        self.apart = self.versioned and not self._versions_match()
        """The same code of two versions is two codes."""

    def _versions_match(self) -> bool:
        if self.question.versions_match is None:
            include, exclude = (
                {(each.system, each.version) for each in sets}
                for sets in (self.value_set.include, self.value_set.exclude)
            )
            one = len({system for system, _ in include | exclude}) == 1
            if not (exclude and one and all(version for _, version in include | exclude) and not include & exclude):
                return False
        elif not self.question.versions_match:
            return False
        self.found.notes["versionsMatch", "true"] = None
        return True

    def result(self) -> Composition:
        """Return what it contains."""
        value_set, extra = self.value_set, self.value_set.extra or {}
        extensions.must_be_known(extra, "ValueSet")
        extensions.must_be_known(extra.get("compose"), "ValueSet.compose")
        self.inquiry.need(extra)
        self._warn(self.standing)
        named = [(each, f"ValueSet.compose.include[{i}]") for i, each in enumerate(value_set.include)]
        left_out = [(each, f"ValueSet.compose.exclude[{i}]") for i, each in enumerate(value_set.exclude)]
        for concept_set, at in (*named, *left_out):
            self._prepare(concept_set, at)
        excluded = Taken(inquiry=self.inquiry)
        for concept_set, at in left_out:
            self._exclude(concept_set, at, excluded)
        seen = Taken(inquiry=self.inquiry)
        for concept_set, at in _newest_first(named):
            for part in self._parts(concept_set, at):
                self._take(part, excluded, seen)
        return self.found

    def _take(self, part: Part, excluded: Taken, seen: Taken) -> None:
        edition = part.edition
        version = (edition.version or "") if self.apart else None
        codes = part.codes - excluded.of(edition, version)
        again = codes & seen.of(edition, version)
        if again:
            self.found.flat = True
            codes -= again
        if codes:
            seen.add(edition, codes, version)
            self.found.parts.append(replace(part, codes=codes))

    # -- what is checked before anything is read

    def _prepare(self, concept_set: ConceptSet, at: str) -> None:
        extensions.must_be_known(concept_set.extra, at)
        self.inquiry.need(concept_set.extra)
        if not concept_set.system and not concept_set.value_sets:
            raise Refusal(issue("TERMBANK_NO_DEFINITION", at, valueset=self.value_set.versioned), outcome=True)
        for url in concept_set.value_sets:
            if url not in self._imports:
                pinned = self.inquiry.pin(url) if not url.startswith("#") else url
                other = self.inquiry.value_set(pinned, self.root)
                if other is None:
                    raise _unknown_import(pinned)
                self._imports[url] = other
        edition = self._edition(concept_set)
        if edition is None:
            return
        wrong = self.inquiry.check(edition)
        if wrong is not None:
            raise Refusal(wrong, 400, outcome=True)
        if not edition.complete:
            self.found.notes["used-fragment", edition.versioned] = None
            reason = f"This extension is based on a fragment of the code system {edition.url}"
            self.found.unclosed[reason] = None

    def _edition(self, concept_set: ConceptSet) -> Edition | None:
        if not concept_set.system:
            return None
        version = self.inquiry.decide(concept_set.system, concept_set.version)
        return self.inquiry.edition(
            concept_set.system, version, decided=True, on=None if concept_set.version else self.on
        )

    def _warn(self, of: standing.Standing) -> None:
        found = standing.remark(of, self.standing)
        if found is None or (found.rule == "MSG_RETIRED" and self.standing.status == "retired"):
            return
        self.found.notes[found.rule.replace("MSG_", "warning-").lower(), of.versioned] = None

    # -- includes and excludes

    def _parts(self, concept_set: ConceptSet, at: str) -> Iterator[Part]:
        imported = [self._import(url) for url in concept_set.value_sets]
        if concept_set.value_sets or concept_set.concepts or len(concept_set.filters) > 1:
            self.found.flat = True
        if not concept_set.system:
            first, *others = imported
            self.found.notes |= first.notes
            self.found.unclosed |= first.unclosed
            parts: Iterable[Part] = first.parts
        else:
            edition = self._edition(concept_set)
            if edition is None:
                raise self._unknown_system(concept_set)
            others = imported
            parts = self._selected(edition, concept_set, at)
        limits = [Taken(other.parts, self.inquiry) for other in others]
        for part in parts:
            codes = part.codes
            for limit in limits:
                codes = codes & limit.of(part.edition)
            yield replace(part, codes=codes)

    def _import(self, url: str) -> Composition:
        other = self._imports[url]
        contained = url.startswith("#")
        found = self.composer.compose(other, self.chain, self.root if contained else None)
        self._warn(standing.of_value_set(other))
        if other.url and not contained:
            self.found.notes["used-valueset", other.versioned] = None
        return found

    def _selected(self, edition: Edition, concept_set: ConceptSet, at: str) -> Iterator[Part]:
        self._use(edition)
        if not concept_set.concepts and not concept_set.filters:
            self.found.flat |= bool(self.question.text)
            yield self._admitted(Part(edition, edition.everything(), whole=True), concept_set)
        if concept_set.concepts:
            yield self._admitted(self._listed(edition, concept_set, at), concept_set)
        if concept_set.filters:
            codes = edition.everything()
            for index, wanted in enumerate(concept_set.filters):
                place = f"{at}.filter[{index}]"
                extensions.must_be_known(wanted.extra, place)
                filters.check(edition, wanted, place)
                if wanted.op not in _CHEAP:
                    self.inquiry.step(edition.source.concept_count // A_STEP)
                codes = codes & filters.select(edition, wanted)
            yield self._admitted(Part(edition, codes), concept_set)

    def _listed(self, edition: Edition, concept_set: ConceptSet, at: str) -> Part:
        found = edition.source.find_many([each.code for each in concept_set.concepts])
        order: dict[int, None] = {}
        said: dict[int, IncludedConcept] = {}
        for index, each in enumerate(concept_set.concepts):
            if each.extra:
                extensions.must_be_known(each.extra, f"{at}.concept[{index}]")
            entry = found.get(each.code) or edition.locate(each.code)
            if entry is not None and entry.ordinal not in order:
                order[entry.ordinal] = None
                if each.display or each.designations or each.extra:
                    said[entry.ordinal] = each
        return Part(edition, BitMap(order), tuple(order), said, self.value_set.language or "")

    def _admitted(self, part: Part, concept_set: ConceptSet) -> Part:
        if self.on is not None and not concept_set.version:
            part = replace(part, codes=part.codes - out_of_force(part.edition, self.on))
        admitted = self.composer.admitted(part, active_only=self.value_set.inactive is False)
        return replace(admitted, versioned=self.versioned)

    def _use(self, edition: Edition) -> None:
        self._warn(standing.of_edition(edition))
        self.found.notes["used-codesystem", edition.versioned] = None
        for each in edition.supplements:
            named = f"{each.info.url}|{each.info.version}" if each.info.version else str(each.info.url)
            if {each.info.url, named} & set(self.inquiry.required):
                self.found.notes["used-supplement", named] = None

    def _exclude(self, concept_set: ConceptSet, at: str, excluded: Taken) -> None:
        system = concept_set.system
        if system and self._edition(concept_set) is None:
            if self.inquiry.holdings.versions_of(system):
                raise self._unknown_system(concept_set)
            return  # nothing of a system that is not here can have been included
        for part in self._parts(concept_set, at):
            every_version = part.whole and not concept_set.version
            excluded.add(
                part.edition, part.codes, None if every_version or not self.apart else part.edition.version or ""
            )

    def _unknown_system(self, concept_set: ConceptSet) -> Refusal:
        system = concept_set.system or ""
        version = self.inquiry.decide(system, concept_set.version)
        return Refusal(self.inquiry.missing_system(system, version, "_EXP", on=self.on), outcome=True)


def _newest_first(named: list[tuple[ConceptSet, str]]) -> list[tuple[ConceptSet, str]]:
    """Return the includes, those of one system that state their version with the newest first, in their places."""
    found = list(named)
    places: dict[str, list[int]] = {}
    for place, (each, _) in enumerate(named):
        if each.system and each.version:
            places.setdefault(each.system, []).append(place)
    for same in places.values():
        ordered = sorted(same, key=lambda place: version_key(named[place][0].version), reverse=True)
        for place, taken in zip(same, ordered, strict=True):
            found[place] = named[taken]
    return found


def out_of_force(edition: Edition, on: datetime.date) -> BitMap:
    """Return the ordinals of the codes that are not valid on a day."""
    if not edition.source.dates:
        return BitMap()
    day = on.isoformat()
    return BitMap(
        each.ordinal
        for each in edition.entries(edition.everything())
        if (each.valid_from and day < each.valid_from) or (each.valid_to and day > each.valid_to)
    )


def _unknown_import(url: str) -> Refusal:
    bare, _, version = url.partition("|")
    if version:
        return Refusal(issue("VS_EXP_IMPORT_UNK_PINNED", valueset=bare, version=version), outcome=True)
    return Refusal(issue("VS_EXP_IMPORT_UNK", valueset=bare), outcome=True)
