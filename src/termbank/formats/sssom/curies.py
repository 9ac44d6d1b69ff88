"""CURIEs and their prefixes: declared, built in, and the systems that they stand for."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from termbank.model import KnownSystem

BUILT_IN: dict[str, str] = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "linkml": "https://w3id.org/linkml/",
}
"""Prefixes that need no declaration (the table "IRI prefixes" of the specification)."""

NAME = re.compile(r"[^\W\d][\w.\-]*")
"""The name of a prefix or of an extension slot: an XML name without colon."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://|urn:|mailto:|tag:|doi:", re.IGNORECASE)
_MADE = re.compile(r"(ns|cs|id)[1-9]\d*")
_ENDS = ("/", "#", "_", ":", "=", "?", "&")
_OURS = "urn:termbank:system:"


def is_iri(text: str) -> bool:
    """Tell an IRI from a CURIE.

    >>> is_iri("https://orcid.org/0000"), is_iri("kva:AU124")
    (True, False)
    """
    return _IRI.match(text) is not None


def is_absolute(text: str) -> bool:
    """Tell whether a URI has a scheme, and is so not relative to anything.

    >>> is_absolute("urn:x:y"), is_absolute("//example.org/"), is_absolute("GPL")
    (True, False, False)
    """
    return _SCHEME.match(text) is not None and not any(map(str.isspace, text))


class Prefixes:
    """The prefixes of one mapping set.

    Arguments:
        declared: prefix to IRI prefix (`curie_map`).
        known: systems whose ids, URLs and OIDs are known; a prefix that is written or named otherwise but stands for
            one of them is taken as that.

    >>> prefixes = Prefixes({"kva": "https://example.org/kva/"})
    >>> prefixes.expand("kva:AU124"), prefixes.contract("https://example.org/kva/AU124")
    ('https://example.org/kva/AU124', 'kva:AU124')
    """

    def __init__(self, declared: Mapping[str, str], known: Iterable[KnownSystem] = ()) -> None:
        self.declared = dict(declared)
        self.all = {**BUILT_IN, **self.declared}
        self._longest = sorted(self.all.items(), key=lambda pair: -len(pair[1]))
        self.known_ids: set[str] = set()
        self.systems = self._systems(known)

    def _systems(self, known: Iterable[KnownSystem]) -> dict[str, str]:
        """Return the system that each prefix stands for, where that has another name than the prefix."""
        ids: dict[str, str] = {}
        for system in known:
            self.known_ids.add(system.id)
            for name in (system.id, system.url, *(identifier.value for identifier in system.identifiers)):
                if name:
                    ids.setdefault(name.lower().rstrip("/#"), system.id)
        found: dict[str, str] = {}
        for prefix, expansion in self.declared.items():
            if made := _MADE.fullmatch(prefix):
                plain = expansion if made[1] == "ns" else expansion.removesuffix("#")
                found[prefix] = unquote(plain.removeprefix(_OURS), errors="surrogatepass") if made[1] == "id" else plain
            for name in (prefix, expansion.removeprefix("urn:oid:")):
                plain = name.lower().rstrip("/#.")
                if plain in ids:
                    found[prefix] = ids[plain]
        return {prefix: system for prefix, system in found.items() if system != prefix}

    def system(self, prefix: str) -> str:
        """Return the id of the system that a prefix stands for."""
        return self.systems.get(prefix, prefix)

    def expand(self, reference: str) -> str:
        """Return the IRI of a CURIE; what is none, or has a prefix that nobody declared, stays."""
        prefix, colon, local = reference.partition(":")
        return self.all[prefix] + local if colon and prefix in self.all and not local.startswith("//") else reference

    def contract(self, iri: str) -> str | None:
        """Return the CURIE of an IRI, by the longest prefix that fits; None where none does."""
        for prefix, expansion in self._longest:
            if expansion and iri.startswith(expansion):
                return f"{prefix}:{iri[len(expansion) :]}"
        return None


def split_iri(iri: str) -> tuple[str, str]:
    """Cut an IRI that no prefix fits into a namespace and a name.

    >>> split_iri("https://kewl-foodie.inc/food/F001")
    ('https://kewl-foodie.inc/food/', 'F001')
    """
    at = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":") if "://" not in iri else -1) + 1
    return (iri[:at], iri[at:]) if at < len(iri) else (iri, "")


def expansion_of(system: str, url: str | None = None) -> str:
    """Return what a prefix of a system's own name stands for.

    >>> expansion_of("egen"), expansion_of("kva", "https://example.org/kva")
    ('urn:termbank:system:egen#', 'https://example.org/kva#')
    """
    url = url or _OURS + system
    return url if url.endswith(("/", "#")) else f"{url}#"


def made_prefix(system: str, taken: Iterable[str]) -> tuple[str, str]:
    """Make a prefix for a system whose name cannot be one, such that the name is found again from what it stands for.

    It is `ns1` for the URL itself, `cs1` for the URL and a `#`, `id1` for any other name.

    >>> made_prefix("http://snomed.info/sct", ["cs1"]), made_prefix("1.2.752", [])
    (('cs2', 'http://snomed.info/sct#'), ('id1', 'urn:termbank:system:1.2.752#'))
    """
    if not is_absolute(system):
        kind, expansion = "id", f"{_OURS}{quote(system, safe='', errors='surrogatepass')}#"
    elif system.endswith(_ENDS):
        kind, expansion = "ns", system
    else:
        kind, expansion = "cs", f"{system}#"
    used = set(taken)
    number = next(n for n in range(1, len(used) + 2) if f"{kind}{n}" not in used)
    return f"{kind}{number}", expansion
