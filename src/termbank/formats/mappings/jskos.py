"""JSKOS mappings: one object, a list, a concordance or registry, or an object a line (NDJSON), both ways.

Source: the JSKOS specification (gbv.github.io/jskos).
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from termbank.errors import FormatError
from termbank.files import AtomicFile
from termbank.formats.dialect import unreadable
from termbank.formats.losses import LossReport
from termbank.formats.mappings import gathering, jskos_objects
from termbank.formats.mappings.jskos_objects import BUNDLES, EXTRA, MATCHES, SKOS, Names, Object, Ways, label
from termbank.formats.mappings.relationship_table import RelationshipTable
from termbank.formats.mappings.sheets import encoded
from termbank.formats.sssom import MappingReading
from termbank.model import Finding, KnownSystem, Location, Mapping, MappingSet
from termbank.model.rules import rule

CONTEXT = "https://gbv.github.io/jskos/context.json"
CONCORDANCE = "http://rdf-vocabulary.ddialliance.org/xkos#Correspondence"
REGISTRY = "http://www.w3.org/ns/dcat#Catalog"
_LINES = (".ndjson", ".jsonl")
_ORDER = ("@context", "uri", "type", "notation", "prefLabel", "definition", "version", "license", "fromScheme",
          "toScheme", "from", "to", "mappingRelevance", "justification", "creator", "created", "note", "tool",
          "annotations", "mappings")  # fmt: skip
_LISTS = ("creator", "contributor", "tool", "annotations")


class _Given(NamedTuple):
    """A value where a mapping should stand, and its place."""

    where: Location
    value: Any


def is_jskos(content: Any) -> bool:
    """Tell JSKOS mappings from other JSON, by what has been parsed."""
    given = content[0] if isinstance(content, list) and content else content
    if not isinstance(given, dict):
        return False
    kinds = given["type"] if isinstance(given.get("type"), list) else []
    inner = given.get("mappings")
    if isinstance(inner, list) and inner:
        return is_jskos(inner)
    return ("from" in given and "to" in given) or CONCORDANCE in kinds or REGISTRY in kinds


def read(path: Path, known: Iterable[KnownSystem] = (), *, table: RelationshipTable | None = None) -> MappingReading:
    """Read JSKOS; every mapping object becomes one mapping or several, or a finding that says why not.

    Arguments:
        path: JSON, or NDJSON by the name of the file.
        known: systems whose URLs are known, so that they get their short ids.
        table: relationship values, where other than the usual.

    Raises:
        FormatError: the file is missing or no JSON.
    """
    ways = Ways(Names(known), table or RelationshipTable())
    found = gathering.Gathered(path)
    header: Object = {}
    for where, value in _given(path, header, found):
        problem = _problem(value, where)
        mappings = None if problem else jskos_objects.read(value, ways)
        if problem is None and mappings is None:
            place = where.with_(field="type")
            problem = rule("jskos-type").finding(place, given=", ".join(map(str, value.get("type", []))))
        if problem is not None or mappings is None:
            assert problem is not None
            found.refuse(problem)
            continue
        found.findings += _notes(value, where)
        kept = gathering.beside(value, _own(mappings, ways) or {})
        for mapping in mappings:
            found.accept(gathering.with_kept(mapping, EXTRA, kept), where)
    return found.reading(_header_fields(header, gathering.common_sources(found.mappings), ways))


def parse(data: bytes) -> Any:
    """Parse JSON.

    Raises:
        ValueError: it is none, a key stands twice, or it is nested deeper than Python reads.
    """
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _given(path: Path, header: Object, found: gathering.Gathered) -> Iterator[_Given]:
    """Yield what stands where mappings should; the fields of what they stand in go into the header."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    here = Location(path=str(path))
    if path.suffix.lower() in _LINES:
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            if line.strip():
                where = here.with_(line=number)
                try:
                    yield _Given(where, parse(line))
                except ValueError as error:
                    found.refuse(rule("mapping-not-json").finding(where, problem=error))
        return
    try:
        content = parse(data)
    except ValueError as error:
        at = error.lineno if isinstance(error, json.JSONDecodeError) else None
        finding = rule("mapping-not-json").finding(here.with_(line=at), problem=error)
        raise FormatError(f"{path}: this is no JSON: {error}", finding) from None
    inner = content.get("mappings") if isinstance(content, dict) else None
    if isinstance(content, list):
        yield from (_Given(here.with_(pointer=f"/{place}"), each) for place, each in enumerate(content))
    elif isinstance(inner, list) and "from" not in content:
        header.update({name: value for name, value in content.items() if name != "mappings"})
        yield from (_Given(here.with_(pointer=f"/mappings/{place}"), each) for place, each in enumerate(inner))
    else:
        yield _Given(here.with_(pointer=""), content)


def _problem(given: Any, where: Location) -> Finding | None:
    """Return why an object is no mapping that can be read."""
    if not isinstance(given, dict) or ("from" not in given and "to" not in given):
        return rule("jskos-not-a-mapping").finding(where)
    for side in ("from", "to"):
        place = where.with_(field=side)
        bundle = given.get(side)
        if not isinstance(bundle, dict):
            return rule("jskos-wrong-form").finding(place, field=side)
        present = [name for name in BUNDLES if name in bundle]
        if len(present) > 1:
            return rule("jskos-several-bundles").finding(place, field=side, bundles=", ".join(present))
        if present == ["memberRoles"]:
            return rule("jskos-roles").finding(place, field=side)
        inside = bundle[present[0]] if present else []
        last = len(inside) - 1 if isinstance(inside, list) else 0
        if not isinstance(inside, list) or any(
            not _is_member(each) and not (each is None and at == last) for at, each in enumerate(inside)
        ):
            return rule("jskos-wrong-form").finding(place, field=f"{side}.{present[0]}")
    if not jskos_objects.members(given["from"]):
        return rule("jskos-no-subject").finding(where.with_(field="from"))
    if given["to"] and None in next(iter(given["to"].values()), []) and not jskos_objects.members(given["to"]):
        return rule("mapping-no-target").finding(where.with_(field="to"), code=_name(given["from"]))
    return _type_problem(given.get("type"), where.with_(field="type"))


def _is_member(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    uri, notation = value.get("uri"), value.get("notation")
    if (uri is not None and not (isinstance(uri, str) and uri)) or not isinstance(notation, list | None):
        return False
    named = bool(notation) and isinstance(notation, list) and isinstance(notation[0], str) and bool(notation[0])
    return bool(uri) or named or label(value.get("prefLabel")) is not None


def _name(bundle: Object) -> str:
    one = jskos_objects.members(bundle)[0]
    return str(jskos_objects.label(one.get("prefLabel")) or one.get("uri") or one.get("notation"))


def _type_problem(kinds: Any, where: Location) -> Finding | None:
    if kinds is None or kinds == []:
        return None
    if not isinstance(kinds, list) or any(not isinstance(each, str) for each in kinds):
        return rule("jskos-wrong-form").finding(where, field="type")
    ours = [each for each in kinds if each.removeprefix(SKOS) in MATCHES and each.startswith(SKOS)]
    if len(ours) != 1 or kinds[0] != ours[0]:
        return rule("jskos-type").finding(where, given=", ".join(kinds))
    return None


def _notes(given: Object, where: Location) -> Iterator[Finding]:
    """Yield what a mapping that was read has beside that one should know."""
    for side in ("from", "to"):
        if any(isinstance(each, list) and None in each for each in given[side].values()):
            yield rule("jskos-open-set").finding(where.with_(field=side), field=side)
    odd = [name for name in _LISTS if name in given and not isinstance(given[name], list)]
    odd += [name for name in ("created", "justification") if name in given and not isinstance(given[name], str)]
    odd += ["note"] if "note" in given and not isinstance(given["note"], dict) else []
    relevance = given.get("mappingRelevance")
    good = isinstance(relevance, int | float) and not isinstance(relevance, bool) and 0 <= relevance <= 1
    odd += ["mappingRelevance"] if relevance is not None and not good else []
    for name in odd:
        yield rule("jskos-odd-field").finding(where.with_(field=name), field=name)


def _own(mappings: list[Mapping], ways: Ways) -> Object | None:
    """Return the object of mappings that were one object or are to be."""
    choice = len(mappings) > 1 and len({mapping.group for mapping in mappings}) == 1
    return jskos_objects.own(mappings, "memberChoice" if choice else "memberSet", ways)


def _header_fields(header: Object, common: dict[str, str | None], ways: Ways) -> dict[str, Any]:
    """Return what the object around the mappings says as fields of a set, and what is kept of it."""
    fields: dict[str, Any] = {}
    notation = header.get("notation")
    if isinstance(notation, list) and notation and isinstance(notation[0], str) and notation[0]:
        fields["id"] = notation[0]
    for field, value in (
        ("url", header.get("uri")),
        ("title", label(header.get("prefLabel"))),
        ("version", header.get("version")),
        ("description", label(header.get("definition"))),
        ("licence", jskos_objects.first(header.get("license")).get("uri")),
    ):
        if isinstance(value, str) and value:
            fields[field] = value
    for field, name in (("subject_source", "fromScheme"), ("object_source", "toScheme")):
        scheme = header.get(name)
        uri = scheme.get("uri") if isinstance(scheme, dict) else None
        if isinstance(uri, str) and uri:
            fields[field] = ways.names.system(uri)
    if header:
        own = _header(MappingSet(**{"id": "", **common, **fields}), common, ways)
        kept = gathering.beside(header, {name: value for name, value in own.items() if name != "notation" or value[0]})
        fields["extra"] = {EXTRA: kept} if kept else None
    return fields


def _header(mapping_set: MappingSet, common: dict[str, str | None], ways: Ways) -> Object:
    """Return the object that stands around mappings: a concordance, or a registry where they are of several systems."""
    sources = {"fromScheme": mapping_set.subject_source, "toScheme": mapping_set.object_source}
    concordance = bool(sources["fromScheme"] and sources["toScheme"]) and all(
        common[field] in (None, getattr(mapping_set, field)) for field in ("subject_source", "object_source")
    )
    found: Object = {"@context": CONTEXT, "type": [CONCORDANCE if concordance else REGISTRY]}
    if mapping_set.url:
        found["uri"] = mapping_set.url
    found["notation"] = [mapping_set.id]
    if mapping_set.title:
        found["prefLabel"] = {"und": mapping_set.title}
    if mapping_set.description:
        found["definition"] = {"und": [mapping_set.description]}
    if mapping_set.version:
        found["version"] = mapping_set.version
    if mapping_set.licence:
        found["license"] = [{"uri": mapping_set.licence}]
    if concordance:
        found |= {name: {"uri": ways.names.uri(system)} for name, system in sources.items() if system}
    return found


def write(
    mapping_set: MappingSet,
    target: Path | str,
    known: Iterable[KnownSystem] = (),
    *,
    table: RelationshipTable | None = None,
) -> LossReport:
    """Write JSKOS: a concordance with its mappings, or an object a line where the file ends in `.ndjson`.

    Mappings of one subject that are alike but for target and group are one object: in groups of their own they hold
    together (memberSet), in one group they are alternatives (memberChoice).

    Arguments:
        mapping_set: the set.
        target: the file, which appears when it is whole.
        known: systems whose URLs are known.
        table: relationship values, where other than the usual.

    Returns:
        What JSKOS cannot hold; a mapping that it cannot, such as a negated one, is counted under `mappings`.

    Raises:
        WriteError: the file cannot be written.
        FormatError: a text has half a character in it.
    """
    path = Path(target)
    losses = LossReport()
    ways = Ways(Names(known), table or RelationshipTable())
    written: list[Object] = []
    again: list[Mapping] = []
    for mappings in _together(mapping_set.mappings):
        found = _whole(mappings, ways)
        if found is None:
            for mapping in mappings:
                gathering.not_written(mapping, losses)
            continue
        for mapping, read_again in zip(mappings, found[1], strict=True):
            gathering.count_lost(mapping, read_again, EXTRA, losses)
        written.append(found[0])
        again += found[1]
    common = gathering.common_sources(again)
    if path.suffix.lower() in _LINES:
        read_set = MappingSet(**{"id": gathering.stem(path), **common})
        text = "".join(json.dumps(_ordered(each), ensure_ascii=False) + "\n" for each in written)
    else:
        kept = (mapping_set.extra or {}).get(EXTRA)
        header = gathering.laid_over(_header(mapping_set, common, ways), kept if isinstance(kept, dict) else {})
        fields = _header_fields(header, common, ways)
        said = {name: fields[name] for name in fields if name != "extra"}
        if any(getattr(mapping_set, name) != value for name, value in said.items() if name != "id"):
            header = _header(mapping_set, common, ways)
            fields = _header_fields(header, common, ways)
        read_set = MappingSet(**{"id": gathering.stem(path), **common, **fields})
        header["mappings"] = [_ordered(each) for each in written]
        text = json.dumps(_ordered(header), ensure_ascii=False, indent=2) + "\n"
    gathering.count_lost_in_set(mapping_set, read_set, EXTRA, losses)
    with AtomicFile(path, private=False) as file:
        file.write(encoded(text, path))
        file.commit()
    return losses


def _ordered(given: Object) -> Object:
    names = [name for name in _ORDER if name in given] + sorted(given.keys() - set(_ORDER))
    return {name: given[name] for name in names}


def _together(mappings: Iterable[Mapping]) -> Iterator[list[Mapping]]:
    """Yield the mappings that make one object, in the order in which each object is first met."""
    found: dict[Any, list[Mapping]] = {}
    for place, mapping in enumerate(mappings):
        alike = mapping.model_copy(update={"object": None, "group": 0, "priority": None, "extra": None})
        beside = json.dumps(gathering.kept(mapping, EXTRA), sort_keys=True, default=str)
        alone = mapping.group is None or mapping.object is None
        found.setdefault((place,) if alone else (alike, mapping.predicate, beside), []).append(mapping)
    for each in found.values():
        groups = {mapping.group for mapping in each}
        if len(each) == 1 or len(groups) not in (1, len(each)):
            yield from ([mapping] for mapping in each)
        else:
            yield sorted(each, key=lambda mapping: mapping.group or 0)


def _whole(mappings: list[Mapping], ways: Ways) -> tuple[Object, list[Mapping]] | None:
    """Return the object of mappings, with what was kept of it, and what it is read as; None: it cannot be written."""
    own = _own(mappings, ways)
    if own is None:
        return None
    kept = gathering.kept(mappings[0], EXTRA)
    fields = ("from", "to", "fromScheme", "toScheme", "type", "creator", "created", "note", "tool", "annotations",
              "mappingRelevance", "justification")  # fmt: skip
    for beside, sure in ((kept, False), ({name: kept[name] for name in kept if name not in fields}, True)):
        record = gathering.laid_over(own, beside)
        found = None if _problem(record, Location()) else jskos_objects.read(record, ways)
        if found is None or len(found) != len(mappings):
            continue
        if sure or all(gathering.alike(one, other) for one, other in zip(found, mappings, strict=True)):
            left = gathering.beside(record, _own(found, ways) or {})
            return record, [gathering.with_kept(each, EXTRA, left) for each in found]
    return None
