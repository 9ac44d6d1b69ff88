"""ConceptMap in R4 and R5: equivalences and relationships, and elements of other names.

https://hl7.org/fhir/R5/conceptmap.html; the meaning of R4's equivalences follows the table in R5's
ConceptMapRelationship. An equivalence that says more than its relationship is kept as an extension.
"""

from typing import Any

from termbank.formats.fhir.losses import LossReport

_R4 = "http://hl7.org/fhir/4.0/StructureDefinition/extension-ConceptMap.group.element.target."
R4_EQUIVALENCE = _R4 + "equivalence"
R4_COMMENT = _R4 + "comment"

_RELATIONSHIPS = {
    "relatedto": "related-to", "equivalent": "equivalent", "equal": "equivalent",
    "wider": "source-is-narrower-than-target", "subsumes": "source-is-narrower-than-target",
    "narrower": "source-is-broader-than-target", "specializes": "source-is-broader-than-target",
    "inexact": "related-to", "unmatched": "not-related-to", "disjoint": "not-related-to",
}  # fmt: skip
"""R4 reads from the target: `wider` says that the target is wider than the source."""
_EQUIVALENCES = {
    "equivalent": "equivalent", "source-is-narrower-than-target": "wider",
    "source-is-broader-than-target": "narrower", "related-to": "relatedto", "not-related-to": "disjoint",
}  # fmt: skip
_SCOPES = {
    "sourceUri": "sourceScopeUri", "sourceCanonical": "sourceScopeCanonical", "targetUri": "targetScopeUri",
    "targetCanonical": "targetScopeCanonical",
}  # fmt: skip


def to_r5(resource: dict[str, Any]) -> dict[str, Any]:
    """Return a ConceptMap in R5's form; what is of a wrong type is left as it is.

    >>> to_r5({"sourceUri": "http://a"})
    {'sourceScopeUri': 'http://a'}
    """
    found = _renamed(resource, _SCOPES)
    if isinstance(found.get("identifier"), dict):
        found["identifier"] = [found["identifier"]]
    if isinstance(found.get("group"), list):
        found["group"] = [_group_to_r5(each) if isinstance(each, dict) else each for each in found["group"]]
    return found


def from_r5(resource: dict[str, Any], losses: LossReport) -> dict[str, Any]:
    """Return a ConceptMap in R4's form.

    Arguments:
        resource: the resource, as R5 has it.
        losses: takes what R4 cannot say.
    """
    found = _renamed(resource, {new: old for old, new in _SCOPES.items()})
    identifiers = found.get("identifier")
    if isinstance(identifiers, list) and identifiers:
        found["identifier"] = identifiers[0]
        if len(identifiers) > 1:
            losses.add("ConceptMap.identifier", identifiers[1], len(identifiers) - 1)
    if isinstance(found.get("group"), list):
        found["group"] = [_group_to_r4(each, losses) if isinstance(each, dict) else each for each in found["group"]]
    return found


def _renamed(element: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return an element with some names changed, those of their ids and extensions (`_name`) too."""
    both = {**names, **{f"_{old}": f"_{new}" for old, new in names.items()}}
    return {(both.get(name, name) if isinstance(name, str) else name): value for name, value in element.items()}


def _group_to_r5(group: dict[str, Any]) -> dict[str, Any]:
    found = dict(group)
    for name in ("source", "target"):
        version = found.get(f"{name}Version")
        if isinstance(version, str) and isinstance(found.get(name), str):
            found[name] = f"{found[name]}|{version}"
            del found[f"{name}Version"]
    if isinstance(found.get("element"), list):
        found["element"] = [_element_to_r5(each) if isinstance(each, dict) else each for each in found["element"]]
    unmapped = found.get("unmapped")
    if isinstance(unmapped, dict):
        unmapped = _renamed(unmapped, {"url": "otherMap"})
        found["unmapped"] = {**unmapped, "mode": "use-source-code"} if unmapped.get("mode") == "provided" else unmapped
    return found


def _element_to_r5(element: dict[str, Any]) -> dict[str, Any]:
    targets = element.get("target")
    if not isinstance(targets, list):
        return element
    if len(targets) == 1 and isinstance(targets[0], dict) and "noMap" not in element:
        only = targets[0]
        if only.get("equivalence") == "unmatched" and set(only) <= {"equivalence", "comment"}:
            found = {name: value for name, value in element.items() if name != "target"} | {"noMap": True}
            if "comment" in only:
                said = [{"url": R4_COMMENT, "valueString": only["comment"]}]
                known = found.get("extension")
                found["extension"] = [*(known if isinstance(known, list) else []), *said]
            return found
    return {**element, "target": [_target_to_r5(each) if isinstance(each, dict) else each for each in targets]}


def _target_to_r5(target: dict[str, Any]) -> dict[str, Any]:
    found = _renamed(target, {"equivalence": "relationship"}) if "relationship" not in target else dict(target)
    equivalence = target.get("equivalence")
    if isinstance(equivalence, str) and "relationship" not in target:
        relationship = _RELATIONSHIPS.get(equivalence, equivalence)
        found["relationship"] = relationship
        if _EQUIVALENCES.get(relationship, equivalence) != equivalence:
            known = found.get("extension")
            said = {"url": R4_EQUIVALENCE, "valueCode": equivalence}
            found["extension"] = [*(known if isinstance(known, list) else []), said]
    for name in ("dependsOn", "product"):
        if isinstance(found.get(name), list):
            found[name] = [_condition_to_r5(each) if isinstance(each, dict) else each for each in found[name]]
    return found


def _condition_to_r5(condition: dict[str, Any]) -> dict[str, Any]:
    if "property" not in condition or "attribute" in condition:
        return condition
    found = _renamed(condition, {"property": "attribute"})
    value = found.pop("value", None)
    if "system" in found or "display" in found:
        coding = {"system": found.pop("system", None), "code": value, "display": found.pop("display", None)}
        found["valueCoding"] = {name: said for name, said in coding.items() if said is not None}
    elif value is not None:
        found["valueString"] = value
    return found


def _group_to_r4(group: dict[str, Any], losses: LossReport) -> dict[str, Any]:
    found = dict(group)
    for name in ("source", "target"):
        if isinstance(found.get(name), str) and "|" in found[name]:
            found[name], _, found[f"{name}Version"] = found[name].partition("|")
    if isinstance(found.get("element"), list):
        found["element"] = [
            _element_to_r4(each, losses) if isinstance(each, dict) else each for each in found["element"]
        ]
    unmapped = found.get("unmapped")
    if isinstance(unmapped, dict):
        unmapped = _renamed(unmapped, {"otherMap": "url"})
        found["unmapped"] = {**unmapped, "mode": "provided"} if unmapped.get("mode") == "use-source-code" else unmapped
    return found


def _element_to_r4(element: dict[str, Any], losses: LossReport) -> dict[str, Any]:
    found = dict(element)
    if found.pop("noMap", None) is True:
        comment, left = _said(found.get("extension"), R4_COMMENT, "valueString")
        target = {"equivalence": "unmatched"}
        found["target"] = [target if comment is None else {**target, "comment": comment}]
        _extended(found, left)
        return found
    if isinstance(found.get("target"), list):
        found["target"] = [_target_to_r4(each, losses) if isinstance(each, dict) else each for each in found["target"]]
    return found


def _target_to_r4(target: dict[str, Any], losses: LossReport) -> dict[str, Any]:
    found = _renamed(target, {"relationship": "equivalence"})
    said, left = _said(found.get("extension"), R4_EQUIVALENCE, "valueCode")
    relationship = target.get("relationship")
    if isinstance(said, str) and _RELATIONSHIPS.get(said) == relationship:
        found["equivalence"] = said
        _extended(found, left)
    elif isinstance(relationship, str):
        found["equivalence"] = _EQUIVALENCES.get(relationship, relationship)
    for name in ("dependsOn", "product"):
        if isinstance(found.get(name), list):
            found[name] = [_condition_to_r4(each, losses) if isinstance(each, dict) else each for each in found[name]]
    return found


def _condition_to_r4(condition: dict[str, Any], losses: LossReport) -> dict[str, Any]:
    found = _renamed(condition, {"attribute": "property"})
    for name in [name for name in found if name.startswith("value") and name != "value"]:
        value = found.pop(name)
        if isinstance(value, dict):
            named = {"system": value.get("system"), "value": value.get("code"), "display": value.get("display")}
            found |= {key: each for key, each in named.items() if each is not None}
        else:
            found["value"] = value if isinstance(value, str) else str(value).lower()
    if _condition_to_r5(found) != condition:
        losses.add("ConceptMap.group.element.target.dependsOn.value", condition.get("attribute"))
    return found


def _said(extensions: Any, url: str, name: str) -> tuple[Any, list[Any]]:
    """Return what an extension says, and the other extensions."""
    if not isinstance(extensions, list):
        return None, []
    hits = [each for each in extensions if isinstance(each, dict) and each.get("url") == url]
    return (hits[0].get(name) if hits else None), [each for each in extensions if each not in hits]


def _extended(found: dict[str, Any], left: list[Any]) -> None:
    if left:
        found["extension"] = left
    else:
        found.pop("extension", None)
