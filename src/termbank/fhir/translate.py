"""ConceptMap/$translate: what a code is called in another code system."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from termbank.errors import FormatError
from termbank.fhir.call import Call
from termbank.fhir.given import Given, invalid, missing, read_coding
from termbank.formats.fhir import concept_maps
from termbank.formats.fhir.concept_map_versions import R4_EQUIVALENCE
from termbank.model import Coding, Condition
from termbank.terminology import extensions
from termbank.terminology.holdings import Holdings, Layer
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.source import MemoryMappings
from termbank.terminology.translating import Held, Match, Said, versioned

_EQUIVALENCES = {
    "equivalent": "equivalent", "source-is-narrower-than-target": "wider",
    "source-is-broader-than-target": "narrower", "related-to": "relatedto", "not-related-to": "disjoint",
}  # fmt: skip
"""R5's relationships as R4 says them, of the target: `wider` where the target is wider."""
_OPPOSITE = {"wider": "narrower", "narrower": "wider", "subsumes": "specializes", "specializes": "subsumes"}
_NEEDED = "sourceCode with system, sourceCoding or sourceCodeableConcept (or the target of each)"

Part = dict[str, Any]


class _Asked(NamedTuple):
    """What is to be translated.

    Arguments:
        codings: the code, or the codes of a concept, the first that has a translation answers.
        backward: what is mapped to it is asked for.
        to: the system that translations shall be of, perhaps `|version`.
        source_scope, target_scope: the value sets that are mapped between.
    """

    codings: list[Coding]
    backward: bool
    to: str | None
    source_scope: str | None
    target_scope: str | None


def answer(call: Call) -> dict[str, Any]:
    """Answer a call (https://hl7.org/fhir/conceptmap-operation-translate.html).

    The result is true where some map has a counterpart; that it has none, or one that is not related, is told, too.

    Raises:
        Refusal: no code is given, the map that is named is not known, or maps refer to each other in a circle.
    """
    call = _with_given_map(call)
    asked = _asked(call)
    maps = _maps(call, asked)
    parameters: list[Part] = []
    if not maps:
        first = asked.codings[0].system
        other = asked.to or (asked.source_scope if asked.backward else asked.target_scope) or "(unspecified)"
        source, target = (other, first) if asked.backward else (first, other)
        none = issue("TERMBANK_NO_MAP_BETWEEN", source=source, target=target)
        parameters.append({"name": "message", "valueString": none.message(call.language)})
        return _parameters(False, parameters)
    matches: list[Match] = []
    for coding in _spellings(call, asked.codings):
        matches, consulted = _told(call, asked, coding, maps)
        parameters = [{"name": "used-conceptmap", "valueUri": each} for each in consulted]
        if matches:
            break
    parameters = [*(_match(call, each) for each in matches), *parameters]
    if not matches:
        nothing = issue("TERMBANK_NO_TRANSLATION")
        parameters.append({"name": "message", "valueString": nothing.message(call.language)})
    return _parameters(any(each.holds for each in matches), parameters)


def _parameters(result: bool, parameters: list[Part]) -> dict[str, Any]:
    return {"resourceType": "Parameters", "parameter": [{"name": "result", "valueBoolean": result}, *parameters]}


# -- what is asked


def _is_r4(call: Call) -> bool:
    return call.fhir_version.startswith("4.")


def _with_given_map(call: Call) -> Call:
    """Let the call see the map that it brings in the parameter `conceptMap`."""
    resource = call.given.resource("conceptMap")
    if resource is None:
        return call
    try:
        given = concept_maps.read(resource)
    except FormatError as error:
        finding = issue("TERMBANK_RESOURCE_INVALID", parameter="conceptMap", reason=str(error))
        raise Refusal(finding, 400, outcome=True) from None
    holdings = Holdings([Layer(mappings=[MemoryMappings([given])]), *call.holdings.layers], call.holdings.names)
    return call._replace(holdings=holdings)


def _asked(call: Call) -> _Asked:
    """Read what is to be translated; R4's names and R5's are both understood."""
    given = call.given
    source_scope, target_scope = _first(given, "sourceScope", "source"), _first(given, "targetScope", "target")
    source, target = _first(given, "sourceSystem", "system"), _first(given, "targetSystem", "targetsystem")
    version = _first(given, "sourceVersion", "version")
    codings = _codings(given, ("sourceCoding", "coding"), ("sourceCodeableConcept", "codeableConcept"))
    if not codings and (code := _first(given, "sourceCode", "code")):
        if not source:
            raise missing("system")
        codings = [Coding(system=source, version=version, code=code)]
    backward = _reverse(call)
    if codings:
        if backward:
            source_scope, target_scope = target_scope, source_scope
        return _Asked(codings, backward, target, source_scope, target_scope)
    codings = _codings(given, ("targetCoding",), ("targetCodeableConcept",))
    if not codings and (code := _first(given, "targetCode", "targetcode")):
        if not target:
            raise missing("targetSystem")
        codings = [Coding(system=target, version=given.text("targetVersion"), code=code)]
    if not codings:
        raise missing(_NEEDED)
    if backward:
        raise invalid("reverse", "the target itself is given")
    return _Asked(codings, True, source, source_scope, target_scope)


def _reverse(call: Call) -> bool:
    reverse = call.given.boolean("reverse")
    if reverse is not None and not _is_r4(call):
        finding = issue("TERMBANK_REVERSE_NOT_DEFINED", version=call.fhir_version)
        raise Refusal(finding, 400, outcome=True)
    return bool(reverse)


def _first(given: Given, *names: str) -> str | None:
    return next((found for name in names if (found := given.text(name))), None)


def _codings(given: Given, codings: tuple[str, ...], concepts: tuple[str, ...]) -> list[Coding]:
    for name in codings:
        coding = given.complex(name, "Coding")
        if coding is not None:
            return [_whole(read_coding(coding, name), name)]
    for name in concepts:
        concept = given.complex(name, "CodeableConcept")
        if concept is not None:
            listed = concept.get("coding")
            if not isinstance(listed, list) or not listed:
                raise invalid(name, "it has no coding")
            return [_whole(read_coding(each, name), name) for each in listed]
    return []


def _whole(coding: Coding, name: str) -> Coding:
    if not coding.system or not coding.code:
        raise invalid(name, f"a coding has no {'code' if coding.system else 'system'}")
    return coding


def _maps(call: Call, asked: _Asked) -> list[Held]:
    """Return the maps to ask: the one that is named, or those that map between what is asked for."""
    given, translator = call.given, call.holdings.translator
    brought = given.resource("conceptMap")
    url = given.text("url") or (brought and (brought.get("url") or brought.get("id")))
    if url:
        version = given.text("conceptMapVersion")
        held = translator.find(str(url), version)
        if held is None:
            shown = f"{url} version {version}" if version else str(url)
            raise Refusal(issue("TERMBANK_NO_MAP", asked=shown), 404, outcome=True)
        return [held]
    system = asked.codings[0].system
    if asked.backward:
        return translator.covering(asked.to, system, asked.source_scope, asked.target_scope)
    return translator.covering(system, asked.to, asked.source_scope, asked.target_scope)


def _spellings(call: Call, codings: list[Coding]) -> Iterator[Coding]:
    """Yield codes as they are given, and then as their code systems write them."""
    for coding in codings:
        yield coding
        source = call.holdings.find(coding.system, coding.version)
        entry = call.holdings.edition(source).locate(coding.code) if source else None
        if entry is not None and entry.code != coding.code:
            yield coding.with_(code=entry.code)


# -- what is told


def _told(call: Call, asked: _Asked, coding: Coding, maps: list[Held]) -> tuple[list[Match], list[str]]:
    """Return what the maps say, each counterpart once, and which further maps they left the answer to."""
    translator = call.holdings.translator
    dependencies = _dependencies(call.given)
    matches: dict[Any, Match] = {}
    consulted: dict[str, None] = {}
    for held in maps:
        if asked.backward:
            said: Said = translator.backward(held, coding, asked.to)
        else:
            said = translator.forward(held, coding, asked.to, dependencies)
        consulted |= {versioned(each): None for each in said.consulted}
        for match in said.matches:
            target = match.target and (match.target.system, match.target.code)
            key = (versioned(match.path[0]), match.source, target) if match.inverse else target
            matches.setdefault(key, match)
    return list(matches.values()), list(consulted)


def _dependencies(given: Given) -> dict[str, str]:
    """Read what is known of other elements: attribute (R4: element) to value."""
    found = {}
    for each in given.all("dependency"):
        listed = each.get("part")
        parts = {p.get("name"): p for p in listed if isinstance(p, dict)} if isinstance(listed, list) else {}
        attribute = parts.get("attribute") or parts.get("element") or {}
        value = parts.get("value") or parts.get("concept") or {}
        name, said = extensions.value(attribute), extensions.value(value)
        if isinstance(said, dict):
            concept = said.get("coding")
            coding = concept[0] if isinstance(concept, list) and concept else said
            said = coding.get("code") if isinstance(coding, dict) else None
        if not isinstance(name, str) or said is None:
            raise invalid("dependency", "it needs an attribute and a value")
        found[name] = ("true" if said else "false") if isinstance(said, bool) else str(said)
    return found


def _match(call: Call, match: Match) -> Part:
    parts = _r4_parts(call, match) if _is_r4(call) else _r5_parts(call, match)
    return {"name": "match", "part": list(parts)}


def _r5_parts(call: Call, match: Match) -> Iterator[Part]:
    if match.target is None:
        yield {"name": "noMap", "valueBoolean": True}
    else:
        fixed = match.target.display if match.mapping is None else None
        yield {"name": "concept", "valueCoding": _coding(call, match.target, fixed)}
    yield {"name": "sourceConcept", "valueCoding": _coding(call, match.source)}
    if match.relationship:
        yield {"name": "relationship", "valueCode": match.relationship}
    if comment := match.source_comment:
        yield {"name": "sourceComment", "valueString": comment}
    mapping = match.mapping
    if mapping is not None and mapping.object is not None:
        if mapping.comment:
            yield {"name": "targetComment", "valueString": mapping.comment}
        for name, conditions in (("product", mapping.products), ("dependsOn", mapping.conditions)):
            for condition, value in _values(conditions, (mapping.extra or {}).get(name)):
                attribute = {"name": "attribute", "valueUri": condition.attribute}
                yield {"name": name, "part": [attribute, {"name": "value", **value}]}
    yield {"name": "originMap", "valueCanonical": versioned(match.path[0])}


def _r4_parts(call: Call, match: Match) -> Iterator[Part]:
    yield {"name": "equivalence", "valueCode": _equivalence(match)}
    found = match.source if match.inverse else match.target
    if found is not None:
        yield {"name": "concept", "valueCoding": _coding(call, found)}
    mapping = match.mapping
    if mapping is not None:
        for condition, value in _values(mapping.products, (mapping.extra or {}).get("product")):
            coding = value.get("valueCoding", {"code": condition.value})
            element = {"name": "element", "valueUri": condition.attribute}
            yield {"name": "product", "part": [element, {"name": "concept", "valueCoding": coding}]}
    yield {"name": "source", "valueUri": versioned(match.path[0])}


def _equivalence(match: Match) -> str:
    """Return R4's equivalence, as an R4 map says it itself; read from the code that was asked for."""
    if match.target is None:
        return "unmatched"
    stated = extensions.find(match.mapping.extra, R4_EQUIVALENCE) if match.mapping else None
    found = str(stated) if stated else _EQUIVALENCES.get(match.relationship or "", "relatedto")
    return _OPPOSITE.get(found, found) if match.inverse else found


def _values(conditions: tuple[Condition, ...], kept: Any) -> Iterator[tuple[Condition, Part]]:
    """Yield conditions or products with their values as they came."""
    raw = kept if isinstance(kept, list) and len(kept) == len(conditions) else [{}] * len(conditions)
    for condition, given in zip(conditions, raw, strict=True):
        value = {name: found for name, found in given.items() if name.startswith("value")}
        yield condition, value or {"valueString": condition.value}


def _coding(call: Call, coding: Coding, display: str | None = None) -> Part:
    """Write a code; with its display in the language that is asked for, if one is."""
    system = call.holdings.names.canonical(coding.system)
    found = {"system": system, "code": coding.code}
    if coding.version:
        found["version"] = coding.version
    languages = call.question.shown_languages
    if languages is not None and (edition := call.inquiry().edition(system, coding.version)) is not None:
        display = edition.designations(coding.code).display(languages) or display
    return {**found, "display": display} if display else found
