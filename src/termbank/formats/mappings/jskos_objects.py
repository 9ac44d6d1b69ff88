"""One JSKOS mapping object as mappings of ours, and back.

Source: the JSKOS specification (gbv.github.io/jskos): mapping, concept bundle, item, resource. A bundle's members
hold together (memberSet; memberList in that order) or are alternatives (memberChoice); ours are in groups 1, 2 ... or
all in group 1. A bundle `to` without members says that there is no counterpart. Further subjects that hold together
are conditions.
"""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from termbank.formats.mappings import gathering
from termbank.formats.mappings.relationship_table import NO_TERM, NOT, UNSPECIFIED, RelationshipTable
from termbank.formats.sssom.curies import split_iri
from termbank.model import Coding, Condition, KnownSystem, Mapping
from termbank.model.mapping import LITERAL

EXTRA = "jskos"
TOGETHER = "together-with"
"""The attribute of a condition: another concept, `system#code`, is mapped from together with the subject."""

SKOS = "http://www.w3.org/2004/02/skos/core#"
SEMAPV = "https://w3id.org/semapv/vocab/"
BUNDLES = ("memberSet", "memberList", "memberChoice", "memberRoles")
MATCHES = ("mappingRelation", "closeMatch", "exactMatch", "broadMatch", "narrowMatch", "relatedMatch")
LANGUAGES = ("sv", "en", "und")
_OURS = "urn:termbank:system:"
_ENDS = ("/", "#", "=", ":")
Object = dict[str, Any]


class Names:
    """The URIs of systems and of their codes.

    Arguments:
        known: systems whose URLs and OIDs are known; any other is named as it is, or by a URN of ours.

    >>> Names().uri("kva"), Names().system("urn:termbank:system:kva")
    ('urn:termbank:system:kva', 'kva')
    """

    def __init__(self, known: Iterable[KnownSystem] = ()) -> None:
        self._uris: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        for each in known:
            for name in (each.url, *(identifier.value for identifier in each.identifiers)):
                if name:
                    self._ids.setdefault(name.rstrip("/#"), each.id)
                    self._ids.setdefault(f"urn:oid:{name}", each.id)
            if each.url:
                self._uris[each.id] = each.url

    def uri(self, system: str) -> str:
        """Return the URI of a system."""
        return self._uris.get(system) or (system if ":" in system else f"{_OURS}{system}")

    def system(self, uri: str) -> str:
        """Return the system of a URI."""
        plain = uri.rstrip("/#")
        if plain in self._ids:
            return self._ids[plain]
        return uri[len(_OURS) :] if uri.startswith(_OURS) and ":" not in uri[len(_OURS) :] else uri

    def concept(self, coding: Coding) -> str:
        """Return the URI of a code."""
        base = self.uri(coding.system)
        return f"{base}{coding.code}" if base.endswith(_ENDS) else f"{base}#{coding.code}"

    def code(self, uri: str, scheme: str | None) -> tuple[str, str]:
        """Return system and code of a concept's URI."""
        base = None if scheme is None else scheme if scheme.endswith(_ENDS) else f"{scheme}#"
        if scheme is not None and base is not None and uri.startswith(base) and len(uri) > len(base):
            return self.system(scheme), uri[len(base) :]
        namespace, code = split_iri(uri)
        return self.system(scheme or namespace), code or uri


class Ways(NamedTuple):
    """How objects are read and written: names of systems, and the table of relationships."""

    names: Names
    table: RelationshipTable


def label(value: Any) -> str | None:
    """Return the text of a language map, or the first of its list: Swedish, English, or whichever comes first."""
    if not isinstance(value, dict):
        return None
    languages = [*(language for language in LANGUAGES if language in value), *value]
    for language in languages:
        given: Any = value[language]
        text = given[0] if isinstance(given, list) and given else given
        if isinstance(text, str) and text and not str(language).endswith("-"):
            return text
    return None


def first(value: Any) -> Object:
    """Return the first object of a list; empty if there is none."""
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def members(bundle: Any) -> list[Object]:
    """Return the known members of a bundle."""
    found: Any = next((bundle[name] for name in BUNDLES[:3] if name in bundle), []) if isinstance(bundle, dict) else []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def read(given: Object, ways: Ways) -> list[Mapping] | None:
    """Return the mappings that an object says, which has been found to be sound; None: its relation is not known."""
    predicate = UNSPECIFIED
    if given.get("type"):
        said = ways.table.read("jskos", f"skos:{str(given['type'][0]).removeprefix(SKOS)}")
        if said is None:
            return None
        predicate = said
    sources = [_coding(each, given.get("fromScheme"), ways) for each in members(given["from"])]
    targets = [_coding(each, given.get("toScheme"), ways) for each in members(given["to"])]
    together: tuple[Condition, ...] = ()
    if len(sources) > 1 and "memberChoice" not in given["from"]:
        together = tuple(Condition(attribute=TOGETHER, value=str(each)) for each in sources[1:])
        sources = sources[:1]
    choice, several = "memberChoice" in given["to"], len(targets) > 1
    return [
        Mapping(
            subject=subject,
            object=target,
            predicate=NO_TERM if target is None else predicate.removeprefix(NOT),
            negated=target is not None and predicate.startswith(NOT),
            conditions=together,
            group=None if not several else 1 if choice else place,
            justification=_justification(given.get("justification")),
            confidence=_relevance(given.get("mappingRelevance")),
            author=label(first(given.get("creator")).get("prefLabel")),
            reviewer=_reviewer(given.get("annotations")),
            date=_date(given.get("created")),
            tool=_tool(first(given.get("tool"))),
            comment=label(given.get("note")),
        )
        for subject in sources
        for place, target in enumerate(targets or [None], start=1)
    ]


def _coding(member: Object, scheme: Any, ways: Ways) -> Coding:
    own = first(member.get("inScheme")) or (scheme if isinstance(scheme, dict) else {})
    said = own.get("uri") if isinstance(own.get("uri"), str) else None
    version = own.get("version") if isinstance(own.get("version"), str) else None
    notation = member.get("notation")
    display = label(member.get("prefLabel"))
    uri = member.get("uri")
    system, code = ways.names.code(uri, said) if isinstance(uri, str) else (ways.names.system(said or ""), "")
    if isinstance(notation, list) and notation and isinstance(notation[0], str) and notation[0]:
        code = notation[0]
    if not code:
        return Coding(system=LITERAL, code=display or "", version=version)
    return Coding(system=system, code=code, version=version or None, display=display)


def _justification(value: Any) -> str:
    if not isinstance(value, str) or not value:
        return gathering.UNSPECIFIED_MATCHING
    return f"semapv:{value[len(SEMAPV) :]}" if value.startswith(SEMAPV) else value


def _relevance(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 else None


def _date(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) and len(value) >= 10 else None
    except ValueError:
        return None


def _reviewer(value: Any) -> str | None:
    """Return who assessed the mapping as right: JSKOS has that as an annotation."""
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict) and each.get("motivation") == "assessing" and each.get("bodyValue") == "+1":
            creator = each.get("creator")
            name = creator.get("name") if isinstance(creator, dict) else creator
            return name if isinstance(name, str) and name else None
    return None


def _tool(item: Object) -> str | None:
    for found in (item.get("url"), item.get("uri"), label(item.get("prefLabel"))):
        if isinstance(found, str) and found:
            return found
    return None


def own(mappings: list[Mapping], bundle: str, ways: Ways) -> Object | None:
    """Return the object that the fields of mappings make that belong together; None: JSKOS cannot say it.

    Arguments:
        mappings: of one subject, alike in all but their targets.
        bundle: how their targets belong together: memberSet or memberChoice.
        ways: how they are written.
    """
    one = mappings[0]
    relation = ways.table.write_mapping("jskos", one)
    if relation is None or not one.subject.code:
        return None
    sources = [one.subject, *(_other(each) for each in one.conditions if each.attribute == TOGETHER)]
    targets = [mapping.object for mapping in mappings if mapping.object is not None]
    found: Object = {"type": [f"{SKOS}{relation.removeprefix('skos:')}"]} if one.object is not None else {}
    for side, codings in (("from", sources), ("to", targets)):
        scheme = _scheme(codings[0], ways) if codings and codings[0].system != LITERAL else None
        found[side] = {bundle if side == "to" else "memberSet": [_member(each, scheme, ways) for each in codings]}
        if scheme is not None:
            found[f"{side}Scheme"] = scheme
    if one.confidence is not None:
        found["mappingRelevance"] = one.confidence
    if one.justification != gathering.UNSPECIFIED_MATCHING:
        semapv = one.justification.startswith("semapv:")
        found["justification"] = SEMAPV + one.justification[len("semapv:") :] if semapv else one.justification
    if one.author:
        found["creator"] = [{"prefLabel": {"und": one.author}}]
    if one.date is not None:
        found["created"] = one.date.isoformat()
    if one.tool:
        found["tool"] = [{"url": one.tool} if one.tool.startswith("http") else {"prefLabel": {"und": one.tool}}]
    if one.comment:
        found["note"] = {"und": [one.comment]}
    if one.reviewer:
        found["annotations"] = [{"motivation": "assessing", "bodyValue": "+1", "creator": {"name": one.reviewer}}]
    return found


def _other(condition: Condition) -> Coding:
    name, _, code = condition.value.partition("#")
    system, _, version = name.partition("|")
    if ":" in name and "#" in code:  # the system itself has a fragment
        name, _, code = condition.value.rpartition("#")
        system, _, version = name.partition("|")
    return Coding(system=system, code=code, version=version or None)


def _scheme(coding: Coding, ways: Ways) -> Object:
    uri = ways.names.uri(coding.system)
    return {"uri": uri, "version": coding.version} if coding.version else {"uri": uri}


def _member(coding: Coding, scheme: Object | None, ways: Ways) -> Object:
    if coding.system == LITERAL:
        return {"prefLabel": {"und": coding.code}}
    found: Object = {"uri": ways.names.concept(coding), "notation": [coding.code]}
    if coding.display:
        found["prefLabel"] = {"und": coding.display}
    own_scheme = _scheme(coding, ways)
    return found if own_scheme == scheme else {**found, "inScheme": [own_scheme]}
