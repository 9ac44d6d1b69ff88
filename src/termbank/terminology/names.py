"""By which names a system is known: short id, canonical URL, OID, and the mistakes that circulate."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from termbank.model import Finding, Identifier, KnownSystem, VocabularyInfo
from termbank.model.rules import rule


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
        self._aliases: dict[str, tuple[str, Identifier | None, str]] | None = None
        self._resolved: dict[str, Name] = {}

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

    def known_systems(self) -> Sequence[KnownSystem]:
        """Return the table of known systems."""
        return self._known()

    def _alias(self, given: str, version: str | None) -> Name:
        if self._aliases is None:
            self._aliases = {}
            named: list[VocabularyInfo | KnownSystem] = [*self._vocabularies, *self._known()]
            for system in named:
                preferred = system.url or system.id
                self._aliases.setdefault(system.id.lower(), (system.id, None, preferred))
                if system.url:
                    self._aliases.setdefault(_bare(system.url), (system.id, None, preferred))
                for other in system.identifiers:
                    self._aliases.setdefault(_bare(other.value), (system.id, other, preferred))
        system_id, identifier, preferred = self._aliases.get(_bare(given), (given, None, given))
        finding = None
        if identifier is not None and identifier.status == "mistake":
            finding = rule("mistaken-identifier").finding(given=given, system=system_id, preferred=preferred)
        return Name(system_id, version, finding)


def _bare(name: str) -> str:
    return name.lower().removeprefix("urn:oid:").rstrip("/")
