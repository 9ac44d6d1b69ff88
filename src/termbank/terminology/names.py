"""By which names a system is known: short id, canonical URL, OID, and the mistakes that circulate."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from termbank.model import Finding, Identifier, KnownSystem, VocabularyInfo
from termbank.model.rules import rule

_REMEMBERED = 10_000


class Name(NamedTuple):
    """What a system name stands for.

    Arguments:
        id: short id of the vocabulary; the name itself, where it is not known.
        version: the version in the name (`kva|2020`), if any.
        finding: where the name is a mistake that circulates.
    """

    id: str
    version: str | None = None
    finding: Finding | None = None


class Names:
    """Resolves the names of systems.

    Arguments:
        vocabularies: what is loaded.
        known: gives the table of known systems, when a name is not the id of something loaded.
    """

    def __init__(self, vocabularies: Iterable[VocabularyInfo], known: Callable[[], Sequence[KnownSystem]]) -> None:
        self._vocabularies = tuple(vocabularies)
        self._ids = {info.id for info in self._vocabularies}
        self._known = known
        self._aliases: dict[str, tuple[str, Identifier | None, str]] = {}
        self._written: dict[str, dict[str, None]] = {}
        self._tabled = False
        self._resolved: dict[str, Name] = {}
        self._spelled: dict[str, tuple[str, ...]] = {}

    def resolve(self, name: str) -> Name:
        """Return what a name stands for: `kva`, `kva|2020`, a canonical URL (with `|version`) or an OID.

        >>> info = VocabularyInfo(id="kva", title="KVÅ", url="http://example.org/kva")
        >>> Names([info], list).resolve("http://example.org/kva|2020")[:2]
        ('kva', '2020')
        """
        if name in self._resolved:
            return self._resolved[name]
        bare, _, version = name.partition("|")
        found = Name(bare, version or None) if bare in self._ids else self._alias(bare, version or None)
        self._resolved[name] = found
        return found

    def canonical(self, name: str) -> str:
        """Return the canonical URL of a system, by which FHIR knows it; a name that is a URL, or not known, as it is.

        >>> Names([VocabularyInfo(id="kva", title="KVÅ", url="http://example.org/kva")], list).canonical("kva")
        'http://example.org/kva'
        """
        bare = name.partition("|")[0]
        if ":" in bare:
            return bare
        self._table()
        return self._aliases.get(_bare(bare), (bare, None, bare))[2]

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return every name under which codes of a system may stand: this one, its id, its URLs and OIDs."""
        if name not in self._spelled:
            if len(self._spelled) > _REMEMBERED:
                self._spelled.clear()
            bare = name.partition("|")[0]
            known = self.resolve(name).id
            self._table()
            self._spelled[name] = tuple(dict.fromkeys((bare, known, *self._written.get(known, ()))))
        return self._spelled[name]

    def known_systems(self) -> Sequence[KnownSystem]:
        """Return the table of known systems."""
        return self._known()

    def _alias(self, given: str, version: str | None) -> Name:
        self._table()
        system_id, identifier, preferred = self._aliases.get(_bare(given), (given, None, given))
        finding = None
        if identifier is not None and identifier.status == "mistake":
            finding = rule("mistaken-identifier").finding(given=given, system=system_id, preferred=preferred)
        return Name(system_id, version, finding)

    def _table(self) -> None:
        """Read the names of all systems, once."""
        if self._tabled:
            return
        named: list[VocabularyInfo | KnownSystem] = [*self._vocabularies, *self._known()]
        for system in named:
            preferred = system.url or system.id
            self._aliases.setdefault(system.id.lower(), (system.id, None, preferred))
            written = self._written.setdefault(system.id, {})
            if system.url:
                self._aliases.setdefault(_bare(system.url), (system.id, None, preferred))
                written[system.url] = None
            for other in system.identifiers:
                self._aliases.setdefault(_bare(other.value), (system.id, other, preferred))
                written[f"urn:oid:{other.value}" if other.type == "oid" else other.value] = None
        self._tabled = True


def _bare(name: str) -> str:
    return name.lower().removeprefix("urn:oid:").rstrip("/")
