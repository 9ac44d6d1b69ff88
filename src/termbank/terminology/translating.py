"""What mapping sets say of a code: forward, backward, and by rule where they map nothing (FHIR ConceptMap).

The one implementation behind `Bank.translate` and ConceptMap/$translate. A set maps between pairs of systems (FHIR:
groups). Each pair speaks for itself: where it maps a code that is what it says, where it says that there is no
counterpart that is what it says, and else its rule for unmapped codes speaks.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import NamedTuple

from termbank.model import Coding, Mapping, MappingSet, Relationship, UnmappedRule
from termbank.terminology import extensions
from termbank.terminology.names import Names
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.source import MappingSource
from termbank.terminology.version_patterns import is_canonical, matches, version_key

LONGEST_CHAIN = 50
"""How many sets in a row may each leave the answer to the next."""
_REMEMBERED = 10_000
"""Of how many pairs of names of systems it is remembered what they have to do with each other."""
_Statements = dict[tuple[int | str, str, str | None], list[Mapping]]


class Match(NamedTuple):
    """One thing that a mapping set says of a code.

    Arguments:
        source: the code that is mapped, as the set has it.
        target: the code that it is mapped to; None: the set says that there is no counterpart.
        relationship: of the source to the target; None where the set does not say.
        path: the sets that were asked, from the first to the one that says so.
        mapping: the statement; None: it comes from the rule for codes that are not mapped.
        inverse: it was found by its target.
    """

    source: Coding
    target: Coding | None
    relationship: Relationship | None
    path: tuple[MappingSet, ...]
    mapping: Mapping | None = None
    inverse: bool = False

    @property
    def holds(self) -> bool:
        """It says that the code has a counterpart, and not that the two are unrelated."""
        return self.target is not None and self.relationship != "not-related-to"

    @property
    def source_comment(self) -> str | None:
        """What the set remarks on the code itself (FHIR ConceptMap.group.element.comment)."""
        if self.mapping is None:
            return None
        if self.target is None:
            return self.mapping.comment
        return extensions.element_comment(self.path[-1], self.source)


class Said(NamedTuple):
    """What a mapping set says of a code.

    Arguments:
        matches: in the order of the set.
        consulted: the other sets that it left the answer to, in order.
    """

    matches: tuple[Match, ...]
    consulted: tuple[MappingSet, ...] = ()


@dataclass(frozen=True, eq=False)
class Held:
    """A mapping set and where it is held; equal only to itself.

    Arguments:
        info: its header.
        place: number of the place.
    """

    info: MappingSet
    place: int


Outline = dict[tuple[str, str], list[UnmappedRule]]


class Translator:
    """Mapping sets, ready to be asked.

    Arguments:
        sources: where mapping sets are; of two sets of the same name and version the first is meant.
        names: the names of systems.

    >>> from termbank.terminology.source import MemoryMappings
    >>> plan, act = Coding(system="plan", code="SIP"), Coding(system="kva", code="AU124")
    >>> made = MappingSet(id="m", mappings=(Mapping(subject=plan, object=act, predicate="skos:relatedMatch"),))
    >>> translator = Translator([MemoryMappings([made])], Names((), tuple))
    >>> [each.target.code for each in translator.forward(translator.sets[0], plan).matches]
    ['AU124']
    """

    def __init__(self, sources: Iterable[MappingSource], names: Names) -> None:
        self._sources = tuple(sources)
        self._names = names
        self.sets = [Held(info, place) for place, each in enumerate(self._sources) for info in each.mapping_sets()]
        """Every set that can be seen."""
        self._outlines: dict[Held, Outline] = {}
        self._about: dict[tuple[str, str], list[Held]] = {}
        self._loaded: dict[Held, _Statements] = {}
        self._known_same: dict[tuple[str, str | None], bool] = {}
        self._latest: tuple[tuple[str, str, str] | None, _Statements] = (None, {})

    # -- which sets

    def find(self, url: str, version: str | None = None) -> Held | None:
        """Return a set by its canonical URL or id, perhaps with `|version`; in the newest version that is asked for."""
        bare, _, stated = url.partition("|")
        version = version or stated or None
        for place in range(len(self._sources)):
            fits = [
                each
                for each in self.sets
                if each.place == place
                and bare in (each.info.url, each.info.id)
                and (not version or matches(version, each.info.version))
            ]
            if fits:
                return max(reversed(fits), key=lambda each: version_key(each.info.version))
        return None

    def covering(
        self,
        source: str | None = None,
        target: str | None = None,
        source_scope: str | None = None,
        target_scope: str | None = None,
    ) -> list[Held]:
        """Return the sets that map from one system to another, or from one value set to another.

        Arguments:
            source, target: the systems.
            source_scope, target_scope: the value sets; where the set maps to the target scope, a source will do.

        Returns:
            Those that leave the answer to others before these, then the latest first (FHIR ConceptMap.date).
        """
        found: dict[tuple[str, str | None], Held] = {}
        for each in self.sets:
            info = each.info
            pairs = self.outline(each)
            scoped = is_canonical(info.target_scope, target_scope) and (
                is_canonical(info.source_scope, source_scope)
                if source_scope
                else any(self._same(pair[0], source) for pair in pairs)
            )
            paired = (
                source and target and any(self._same(pair[0], source) and self._same(pair[1], target) for pair in pairs)
            )
            if scoped or paired:
                found.setdefault((info.url or info.id, info.version), each)
        return self._ordered(list(found.values()))

    def about(self, system: str, other: str) -> list[Held]:
        """Return the sets that map from one system to another, or the other way round; what a set names not is any."""
        if (system, other) not in self._about:
            if len(self._about) > _REMEMBERED:
                self._about.clear()
            ways = ((system, other), (other, system))
            self._about[system, other] = [
                each
                for each in self.sets
                if any(self.is_between(pair, *way) for pair in self.outline(each) for way in ways)
            ]
        return self._about[system, other]

    def load(self, sets: Iterable[Held]) -> None:
        """Take whole sets into memory, to be asked of many codes."""
        for held in sets:
            if held in self._loaded:
                continue
            found: _Statements = {}
            for each in self._sources[held.place].mappings_of(held.info):
                found.setdefault(("subject", each.subject.system, each.subject.code), []).append(each)
                if each.object is not None:
                    found.setdefault(("object", each.object.system, each.object.code), []).append(each)
            self._loaded[held] = found

    def outline(self, held: Held) -> Outline:
        """Return between which pairs of systems a set maps, in its order, each with its rules for unmapped codes."""
        if held not in self._outlines:
            self._outlines[held] = self._outline(held)
        return self._outlines[held]

    def _outline(self, held: Held) -> Outline:
        info = held.info
        rules: Outline = {}
        for rule in info.unmapped_rules:
            rules.setdefault((_bare(rule.source), _bare(rule.target)), []).append(rule)
        ruled = list(rules)
        place = {pair: index for index, pair in enumerate(ruled)}
        found: Outline = {}
        done = 0
        for pair in self._sources[held.place].pairs(info):
            for before in ruled[done : place.get(pair, 0)]:
                found[before] = rules[before]
            done = max(done, place.get(pair, 0))
            found[pair] = rules.get(pair, [])
        found |= {pair: rules[pair] for pair in ruled[done:]}
        whole = (info.subject_source or "", info.object_source or "")
        return found | {whole: rules.get(whole, [])} if all(whole) or not found else found

    def _same(self, one: str, other: str | None) -> bool:
        """Tell whether two names are of one system."""
        if (one, other) not in self._known_same:
            if len(self._known_same) > _REMEMBERED:
                self._known_same.clear()
            names = self._names
            self._known_same[one, other] = (
                other is not None and names.resolve(_bare(one)).id == names.resolve(_bare(other)).id
            )
        return self._known_same[one, other]

    def _ordered(self, sets: list[Held]) -> list[Held]:
        waiting = sorted(sets, key=lambda each: str((each.info.extra or {}).get("date") or ""), reverse=True)
        left_to = {each: {self.find(r.other_map) for r in each.info.unmapped_rules if r.other_map} for each in waiting}
        found: list[Held] = []
        while waiting:
            free = (each for each in waiting if not any(each in left_to[o] for o in waiting if o is not each))
            chosen = next(free, waiting[0])
            waiting.remove(chosen)
            found.append(chosen)
        return found

    # -- what they say

    def forward(
        self, held: Held, coding: Coding, to: str | None = None, dependencies: Table[str, str] | None = None
    ) -> Said:
        """Return what a set says that a code is mapped to.

        Arguments:
            held: the set.
            coding: the code.
            to: the system to translate to, perhaps `|version`; None: any.
            dependencies: what is known of other elements (FHIR dependsOn), attribute to value: a mapping that depends
                on another value of one of them does not apply.

        Raises:
            Refusal: sets leave the answer to each other in a circle, or to one that is not here.
        """
        asked = _Asked(self, coding, to, dependencies or {})
        return Said(tuple(asked.say((held,))), tuple(each.info for each in asked.consulted))

    def backward(self, held: Held, coding: Coding, source: str | None = None) -> Said:
        """Return what a set says that is mapped to a code; relationships read from the source to the target.

        Arguments:
            held: the set.
            coding: the code that is mapped to.
            source: the system to find codes of, perhaps `|version`; None: any.
        """
        found = [
            Match(mapping.subject, mapping.object, mapping.relationship, (held.info,), mapping, inverse=True)
            for mapping in self.statements("object", coding, held)
            if mapping.object is not None
            and _version_fits(mapping.object.version, coding.version)
            and (source is None or self.is_of(mapping.subject, source))
        ]
        return Said(tuple(found))

    def statements(self, side: str, coding: Coding, held: Held) -> list[Mapping]:
        """Return the mappings of a set whose `subject` or `object` (the side) is a code, in order."""
        if (whole := self._loaded.get(held)) is not None:
            spellings = self._names.spellings(coding.system)
            return [each for system in spellings for each in whole.get((side, system, coding.code), ())]
        key = (side, coding.system, coding.code)
        known, found = self._latest
        if known != key:
            found = {}
            for place, source in enumerate(self._sources):
                for system in self._names.spellings(coding.system):
                    for info, mapping in source.mappings(side, system, coding.code):
                        found.setdefault((place, info.id, info.version), []).append(mapping)
            self._latest = key, found
        return found.get((held.place, held.info.id, held.info.version), [])

    def is_of(self, coding: Coding, system: str) -> bool:
        """Tell whether a code is of a system, perhaps `|version`."""
        return self._same(coding.system, system) and _version_fits(coding.version, system.partition("|")[2] or None)

    def is_between(self, pair: tuple[str, str], source: str, target: str | None) -> bool:
        """Tell whether a pair of systems is between these; what a set does not name is any."""
        return (not pair[0] or self._same(pair[0], source)) and (
            target is None or not pair[1] or self._same(pair[1], target)
        )


class _Asked:
    """One code being translated forward: every set is asked once."""

    def __init__(self, translator: Translator, coding: Coding, to: str | None, known: Table[str, str]) -> None:
        self.translator, self.coding, self.to, self.known = translator, coding, to, known
        self.consulted: dict[Held, None] = {}

    def say(self, path: tuple[Held, ...]) -> Iterator[Match]:
        """Yield what the last set of a path says, pair by pair."""
        held = path[-1]
        infos = tuple(each.info for each in path)
        none: list[Mapping] = []
        told = False
        found: dict[tuple[str, str], list[Mapping]] = {}
        for each in self.translator.statements("subject", self.coding, held):
            if not _version_fits(each.subject.version, self.coding.version) or not self._applies(each):
                continue
            if each.object is None:
                none.append(each)
            else:
                found.setdefault((each.subject.system, each.object.system), []).append(each)
        for pair, rules in self.translator.outline(held).items():
            if not self.translator.is_between(pair, self.coding.system, self.to):
                continue
            if none and not told:
                told = True
                yield Match(none[0].subject, None, None, infos, none[0])
            for each in sorted(found.get(pair, ()), key=lambda each: (each.group or 0, each.priority or 0)):
                yield Match(each.subject, each.object, each.relationship, infos, each)
            rule = next(filter(self._in_version, rules), None)
            if rule is not None and pair not in found and not none:
                yield from self._by_rule(rule, path)

    def _applies(self, mapping: Mapping) -> bool:
        if mapping.object is not None and self.to is not None and not self.translator.is_of(mapping.object, self.to):
            return False
        if mapping.rule is not None:  # what it says is more than a comparison of texts; see termbank.mapping.rules
            return True
        return all(self.known.get(each.attribute, each.value) == each.value for each in mapping.conditions)

    def _in_version(self, rule: UnmappedRule) -> bool:
        wanted = self.to.partition("|")[2] if self.to else ""
        return _version_fits(rule.source.partition("|")[2] or None, self.coding.version) and _version_fits(
            rule.target.partition("|")[2] or None, wanted or None
        )

    def _by_rule(self, rule: UnmappedRule, path: tuple[Held, ...]) -> Iterator[Match]:
        if rule.extra and "valueSet" in rule.extra:
            raise Refusal(issue("TERMBANK_UNMAPPED_VALUESET", map=versioned(path[-1].info)), outcome=True)
        if rule.mode == "other-map":
            if rule.other_map:
                yield from self._by_other(rule.other_map, path)
            return
        target = rule.coding
        if rule.mode == "use-source-code":
            system, _, version = rule.target.partition("|")
            target = Coding(system=system, version=version or None, code=self.coding.code)
        if target is not None:
            source = Coding(system=self.coding.system, code=self.coding.code)
            yield Match(source, target, rule.relationship, tuple(each.info for each in path))

    def _by_other(self, other_map: str, path: tuple[Held, ...]) -> Iterator[Match]:
        other = self.translator.find(other_map)
        name = versioned(path[-1].info)
        if other is None:
            raise Refusal(issue("TERMBANK_OTHER_MAP_UNKNOWN", other=other_map), outcome=True)
        if other in path:
            shown = versioned(other.info)
            shown = shown if shown == other_map else f"{shown} (referenced as {other_map})"
            raise Refusal(issue("TERMBANK_OTHER_MAP_CIRCULAR", map=name, other=shown), outcome=True)
        if len(path) >= LONGEST_CHAIN:
            raise Refusal(issue("TERMBANK_OTHER_MAP_CHAIN", map=name, limit=LONGEST_CHAIN), outcome=True)
        if other not in self.consulted:
            self.consulted[other] = None
            yield from self.say((*path, other))


def versioned(mapping_set: MappingSet) -> str:
    """Return the name of a set with its version, as far as it has one.

    >>> versioned(MappingSet(id="m", url="http://example.org/m", version="2"))
    'http://example.org/m|2'
    """
    name = mapping_set.url or mapping_set.id
    return f"{name}|{mapping_set.version}" if mapping_set.version else name


def _bare(system: str) -> str:
    return system.partition("|")[0]


def _version_fits(stated: str | None, asked: str | None) -> bool:
    """Tell whether what is stated for a version, or for any, is for the one that is asked for, or for any."""
    return not stated or not asked or matches(stated, asked)
