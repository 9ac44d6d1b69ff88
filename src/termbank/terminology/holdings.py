"""Everything that a question can see: code systems, supplements, value sets and mappings, those of the call first."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from termbank.model import ValueSet
from termbank.terminology import extensions
from termbank.terminology.edition import Edition
from termbank.terminology.names import Names
from termbank.terminology.source import MappingSource, Source
from termbank.terminology.translating import Translator
from termbank.terminology.version_patterns import matches, version_key
from termbank.terminology.versions import Choice, choose

USABLE = ("complete", "fragment")
"""The kinds of content from which something can be told."""
_REMEMBERED = 1_000


class Layer(NamedTuple):
    """What was loaded together.

    Arguments:
        sources: code systems and supplements.
        value_sets: value sets.
        mappings: where mapping sets are.
    """

    sources: Sequence[Source] = ()
    value_sets: Sequence[ValueSet] = ()
    mappings: Sequence[MappingSource] = ()


class Holdings:
    """What a question can see.

    Arguments:
        layers: what was loaded, the first before the others: the resources of a call before those of a bank.
        names: the names by which systems are known.
    """

    def __init__(self, layers: Iterable[Layer], names: Names) -> None:
        self.layers = tuple(layers)
        self.names = names
        self._found: dict[tuple[str, str | None, tuple[str, ...]], Source | None] = {}
        self._editions: dict[tuple[int, ...], Edition] = {}
        self._canonical: dict[str, str] = {}
        self._added: dict[tuple[int, frozenset[str]], list[Source]] = {}
        self._over: dict[int, Holdings] = {}

    def over(self, layer: Layer) -> "Holdings":
        """Return the same with one more layer beneath; the same object each time for the same layer."""
        if id(layer) not in self._over:
            self._over[id(layer)] = Holdings((*self.layers, layer), self.names)
        return self._over[id(layer)]

    @cached_property
    def translator(self) -> Translator:
        """The mapping sets, ready to be asked."""
        return Translator([each for layer in self.layers for each in layer.mappings], self.names)

    def versions_of(self, url: str) -> list[str]:
        """Return the versions of a code system that are here, in the order of their names."""
        return sorted({each.info.version for named in self._named(url) for each in named if each.info.version})

    def canonical(self, system: str) -> str:
        """Return the URL of a code system that is here, by whatever name it is known; else the name as it is."""
        if system not in self._canonical:
            if len(self._canonical) > _REMEMBERED:
                self._canonical.clear()
            first = next((each for named in self._named(system) for each in named), None)
            self._canonical[system] = (first.info.url or first.info.id) if first else system
        return self._canonical[system]

    @cached_property
    def _sources(self) -> list[dict[str, list[Source]]]:
        """The code systems of each layer, by URL and by id."""
        found: list[dict[str, list[Source]]] = []
        for layer in self.layers:
            found.append({})
            for source in layer.sources:
                for name in {source.info.url, source.info.id} - {None, ""}:
                    found[-1].setdefault(str(name), []).append(source)
        return found

    def _named(self, url: str) -> Iterator[list[Source]]:
        """Yield the code systems of each layer that are known by a name; a strict one by its URL and identifiers."""
        known = self.names.resolve(url).id
        for sources in self._sources:
            others = sources.get(known, []) if known != url else []
            yield [*sources.get(url, []), *(each for each in others if not each.info.strict or _is_named(each, url))]

    def in_force(self, url: str, on: datetime.date) -> Choice:
        """Return the version of a code system that was in force on a day; the first layer that has one decides."""
        choices = [choose(named, on=on) for named in self._named(url)]
        usable = (each for each in choices if each.source and each.source.info.content in USABLE)
        return next(usable, Choice(None, missing="date" if self.find(url) else "version"))

    def find(self, url: str, version: str | None = None, kinds: Sequence[str] = USABLE) -> Source | None:
        """Return a code system, in the newest version that is asked for; a complete one before any other.

        Arguments:
            url: canonical URL, or another name by which it is known.
            version: the version, or a pattern of it; None: any.
            kinds: the kinds of content that will do (see `termbank.model.vocabulary.Content`).
        """
        key = (url, version, tuple(kinds))
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = self._search(url, version, kinds)
        return self._found[key]

    def _search(self, url: str, version: str | None, kinds: Sequence[str]) -> Source | None:
        other = None
        for named in self._named(url):
            fits = [
                source
                for source in named
                if not version or matches(version, source.info.version or None, source.info.version_algorithm)
            ]
            whole = [source for source in fits if source.info.content == "complete" and "complete" in kinds]
            if whole:
                return newest(whole)
            other = other or newest([source for source in fits if source.info.content in kinds])
        return other

    def supplements_for(self, source: Source, stated: Iterable[str] = ()) -> list[Source]:
        """Return the supplements to use with a code system: language packs, our own, and those that are stated."""
        key = id(source), frozenset(stated)
        if key not in self._added:
            if len(self._added) > _REMEMBERED:
                self._added.clear()
            self._added[key] = self._adding(source, key[1])
        return self._added[key]

    @cached_property
    def _supplements(self) -> list[Source]:
        sources = (source for layer in self.layers for source in layer.sources)
        return [each for each in sources if each.info.content == "supplement" and each.info.supplements]

    def _adding(self, source: Source, stated: frozenset[str]) -> list[Source]:
        found: dict[str, Source] = {}
        for each in self._supplements:
            info = each.info
            if not self._adds_to(info.supplements or "", source):
                continue
            named = bool(stated & {info.url, f"{info.url}|{info.version}"})
            pack = extensions.find(info.extra, extensions.SUPPLEMENT_TYPE) == "lang-pack"
            if named or pack or not info.strict:
                found.setdefault(f"{info.url or info.id}|{info.version}", each)
        return list(found.values())

    def _adds_to(self, supplements: str, source: Source) -> bool:
        base, _, version = supplements.partition("|")
        if version and not matches(version, source.info.version, source.info.version_algorithm):
            return False
        return base in (source.info.url, source.info.id) or self.names.resolve(base).id == source.info.id

    def edition(self, source: Source, supplements: Sequence[Source] = ()) -> Edition:
        """Return a code system with supplements, ready to be asked."""
        key = tuple(map(id, (source, *supplements)))
        if key not in self._editions:
            if len(self._editions) > _REMEMBERED:
                self._editions.clear()
            self._editions[key] = Edition(source, supplements)
        return self._editions[key]

    def value_set(self, url: str, version: str | None = None) -> ValueSet | None:
        """Return a value set, in the newest version that is asked for.

        Arguments:
            url: canonical URL or short id, perhaps with `|version`.
            version: the version, or a pattern of it.
        """
        bare, _, stated = url.partition("|")
        version = version or stated or None
        for named in self._value_sets:
            fits = [each for each in named.get(bare, ()) if not version or matches(version, each.version)]
            if fits:
                return max(reversed(fits), key=lambda each: version_key(each.version))
        return self._whole_system(bare, version)

    @cached_property
    def _value_sets(self) -> list[dict[str, list[ValueSet]]]:
        """The value sets of each layer, by URL and by id."""
        found: list[dict[str, list[ValueSet]]] = []
        for layer in self.layers:
            found.append({})
            for value_set in layer.value_sets:
                for name in {value_set.url, value_set.id} - {None, ""}:
                    found[-1].setdefault(str(name), []).append(value_set)
        return found

    def _whole_system(self, url: str, version: str | None) -> ValueSet | None:
        """Return the value set of all codes of a code system that says that it has one (FHIR CodeSystem.valueSet)."""
        from termbank.model import ConceptSet

        for layer in self.layers:
            for source in layer.sources:
                info = source.info
                if info.extra and info.extra.get("valueSet") == url and info.content in USABLE:
                    if version and not matches(version, info.version or None):
                        continue
                    include = ConceptSet(system=info.url, version=info.version or None)
                    return ValueSet(id=url, url=url, version=info.version or None, title=info.title, include=(include,))
        return None


def _is_named(source: Source, name: str) -> bool:
    """Tell whether a code system says that it has another name."""
    said = (f"urn:oid:{each.value}" if each.type == "oid" else each.value for each in source.info.identifiers)
    return name in said


def newest(sources: Sequence[Source]) -> Source | None:
    """Return the newest of some versions of a code system: by the day it came into force, then by its version."""
    if any(source.info.valid_from for source in sources):
        return choose(sources).source
    return max(reversed(sources), key=lambda source: version_key(source.info.version), default=None)
