"""Mappings turned round: what is mapped to is mapped from."""

from typing import Any, NamedTuple

from termbank.formats.fhir.concept_map_versions import R4_EQUIVALENCE
from termbank.mapping import slots
from termbank.mapping.predicates import INVERSES, WEAKER_INVERSES
from termbank.model import Coding, Finding, Mapping, MappingSet
from termbank.model.mapping import INVERSE
from termbank.model.rules import rule

INVERSION = "semapv:MappingInversion"
NO_TERM = Coding(system="sssom", code="NoTermFound")
"""Stands as the subject where something has no counterpart among what is mapped from; it may have a version."""
_SIDE = {"display": "label", "version": "source_version"}
_MARK = "-inverted"
_CARDINALITIES = {"1:n": "n:1", "n:1": "1:n", "1:0": "0:1", "0:1": "1:0"}
_EQUIVALENCES = {"wider": "narrower", "narrower": "wider", "subsumes": "specializes", "specializes": "subsumes"}
_FHIR = {"dependsOn": "product", "product": "dependsOn"}


class Derived(NamedTuple):
    """A mapping set that was made of others.

    Arguments:
        mapping_set: the set.
        findings: what of the others it does not hold, and why.
    """

    mapping_set: MappingSet
    findings: tuple[Finding, ...] = ()


def invert(mapping: Mapping) -> Mapping | None:
    """Return a mapping read from its other side; None where that cannot be said.

    Who made it, when, how sure and why stay as they are. The justification becomes `semapv:MappingInversion`; what it
    was is kept, so that turning it round again gives the same mapping.

    A mapping with a rule (RF2) has no inverse: its rule is about what is mapped from. Nor has one whose predicate has
    no known inverse.

    >>> kva, ksi = Coding(system="kva", code="GC001"), Coding(system="ksi", code="XAH")
    >>> turned = invert(Mapping(subject=kva, object=ksi, predicate="skos:broadMatch"))
    >>> str(turned.subject), turned.predicate, turned.justification
    ('ksi#XAH', 'skos:narrowMatch', 'semapv:MappingInversion')
    """
    if mapping.rule is not None or mapping.group is not None or mapping.priority is not None:
        return None
    kept = slots.of(mapping)
    restored = mapping.justification == INVERSION and "inverted_justification" in kept
    predicate = kept.pop("inverted_predicate", None) or _inverse(mapping)
    if predicate is None:
        return None
    if mapping.predicate in WEAKER_INVERSES:
        kept["inverted_predicate"] = mapping.predicate
    turned: dict[str, Any] = {}
    for name, value in kept.items():
        turned[_other_side(name)] = _cardinality(name, value)
    if restored:
        justification = turned.pop("inverted_justification")
        turned["record_id"] = turned.pop("inverted_record", None)
    else:
        justification = INVERSION
        turned["inverted_justification"] = mapping.justification
        turned["inverted_record"] = turned.pop("record_id", None)
    other: Coding | None = mapping.subject
    if is_no_term(mapping.subject):
        other = None
        for field, slot in _SIDE.items():
            turned[f"object_{slot}"] = getattr(mapping.subject, field)
    subject = mapping.object
    if subject is None:
        subject = NO_TERM.with_(**{field: turned.pop(f"subject_{slot}", None) for field, slot in _SIDE.items()})
    found = mapping.model_copy(
        update={
            "subject": subject,
            "object": other,
            "predicate": predicate,
            "justification": justification,
            "conditions": mapping.products,
            "products": mapping.conditions,
            "stated": mapping.stated and INVERSE[mapping.stated],
            "extra": {_FHIR.get(name, name): _r4(value) for name, value in (mapping.extra or {}).items()} or None,
        }
    )
    return slots.with_slots(found, turned)


def is_no_term(coding: Coding) -> bool:
    """Tell whether a coding stands for there being none."""
    return coding.system == NO_TERM.system and coding.code == NO_TERM.code


def _r4(value: Any) -> Any:
    """Turn the equivalence that an R4 map stated, which is kept as an extension."""
    if not isinstance(value, list):
        return value
    stated = [each for each in value if isinstance(each, dict) and each.get("url") == R4_EQUIVALENCE]
    return [{**each, "valueCode": _opposite(each.get("valueCode"))} if each in stated else each for each in value]


def _opposite(equivalence: Any) -> Any:
    return _EQUIVALENCES.get(str(equivalence), equivalence)


def _inverse(mapping: Mapping) -> str | None:
    inverse = INVERSES.get(mapping.predicate)
    if inverse is None and not mapping.negated:
        inverse = WEAKER_INVERSES.get(mapping.predicate)
    return inverse


def _other_side(name: str) -> str:
    """Return the slot that says the same of the other side.

    >>> _other_side("subject_source"), _other_side("confidence")
    ('object_source', 'confidence')
    """
    for one, other in (("subject_", "object_"), ("object_", "subject_")):
        if name.startswith(one):
            return other + name.removeprefix(one)
    return name


def _cardinality(name: str, value: Any) -> Any:
    if name == "mapping_cardinality":
        return _CARDINALITIES.get(str(value), value)
    if name == "cardinality_scope" and isinstance(value, list):
        return [_other_side(str(each)) for each in value]
    return value


def invert_set(mapping_set: MappingSet) -> Derived:
    """Return a set turned round; the set of what can be turned round, turned round again, is that set.

    Its id gets the ending `-inverted`, and it has no canonical URL of its own. What the set says of codes that are not
    mapped is about one side only and is left out, with a finding.
    """
    findings = []
    mappings = []
    for each in mapping_set.mappings:
        turned = invert(each)
        if turned is None:
            findings.append(_refused(each))
        else:
            mappings.append(turned)
    if mapping_set.unmapped_rules or mapping_set.unmapped != "unknown":
        findings.append(rule("unmapped-rule-left-out").finding(set=mapping_set.id))
    kept = {_other_side(name): _cardinality(name, value) for name, value in slots.of(mapping_set).items()}
    name, url = mapping_set.id, mapping_set.url
    if "inverted_set" in kept:
        name, url = name.removesuffix(_MARK), kept.pop("inverted_set")
        url = None if url == _default_url(name) else url
    else:
        kept["inverted_set"] = url or _default_url(name)
        name, url = f"{name}{_MARK}", None
    found = MappingSet(
        id=name,
        title=mapping_set.title,
        version=mapping_set.version,
        subject_source=mapping_set.object_source,
        object_source=mapping_set.subject_source,
        licence=mapping_set.licence,
        description=mapping_set.description,
        url=url,
        source_scope=mapping_set.target_scope,
        target_scope=mapping_set.source_scope,
        status=mapping_set.status,
        experimental=mapping_set.experimental,
    ).model_copy(update={"mappings": tuple(mappings)})
    return Derived(slots.declared(slots.with_slots(found, kept)), tuple(findings))


def _default_url(name: str) -> str:
    """Return the name by which a set without a URL is known in files."""
    return name if "://" in name or name.startswith("urn:") else f"urn:termbank:mappings:{name}"


def _refused(mapping: Mapping) -> Finding:
    why = mapping.predicate if mapping.rule is None and mapping.group is None and mapping.priority is None else "rule"
    return rule("no-inverse").finding(None, **named(mapping), predicate=why)


def named(mapping: Mapping) -> dict[str, str]:
    """Return the two sides of a mapping, as findings name them."""
    other = mapping.object
    return {
        "subject": f"{mapping.subject.system} {mapping.subject.code}",
        "object": f"{other.system} {other.code}" if other else "–",
    }
