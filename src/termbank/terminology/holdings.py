"""Everything that a question can see: code systems, supplements, value sets and mappings, those of the call first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.model import ValueSet
from termbank.terminology import extensions
from termbank.terminology.edition import Edition
from termbank.terminology.names import Names
from termbank.terminology.source import MappingSource, Source
from termbank.terminology.version_patterns import matches, version_key
from termbank.terminology.versions import choose

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

    def versions_of(self, url: str) -> list[str]:
        """Return the versions of a code system that are here, in the order of their names."""
        return sorted({s.info.version for layer in self.layers for s in self._named(layer, url) if s.info.version})

    def _named(self, layer: Layer, url: str) -> Iterator[Source]:
        known = self.names.resolve(url).id
        return (s for s in layer.sources if url in (s.info.url, s.info.id) or (s.info.id == known and known != url))

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
        for layer in self.layers:
            fits = [
                source
                for source in self._named(layer, url)
                if not version or matches(version, source.info.version or None, source.info.version_algorithm)
            ]
            whole = [source for source in fits if source.info.content == "complete" and "complete" in kinds]
            if whole:
                return newest(whole)
            other = other or newest([source for source in fits if source.info.content in kinds])
        return other

    def supplements_for(self, source: Source, stated: Iterable[str] = ()) -> list[Source]:
        """Return the supplements to use with a code system: language packs, our own, and those that are stated."""
        stated = set(stated)
        found: dict[str, Source] = {}
        for layer in self.layers:
            for each in layer.sources:
                info = each.info
                if info.content != "supplement" or not info.supplements or not self._adds_to(info.supplements, source):
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
        for layer in self.layers:
            fits = [
                value_set
                for value_set in layer.value_sets
                if bare in (value_set.url, value_set.id) and (not version or matches(version, value_set.version))
            ]
            if fits:
                return max(reversed(fits), key=lambda each: version_key(each.version))
        return self._whole_system(bare, version)

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

    def value_set_versions(self, url: str) -> list[str]:
        """Return the versions of a value set that are here."""
        sets = (each for layer in self.layers for each in layer.value_sets)
        return sorted({each.version for each in sets if each.version and url in (each.url, each.id)})


def newest(sources: Sequence[Source]) -> Source | None:
    """Return the newest of some versions of a code system: by the day it came into force, then by its version."""
    if any(source.info.valid_from for source in sources):
        return choose(sources).source
    return max(reversed(sources), key=lambda source: version_key(source.info.version), default=None)
