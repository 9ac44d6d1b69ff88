"""FHIR R4 and R5: what the one has and the other has not. We read into R5's form and write from it.

An element that only R5 has is written to R4 as HL7's extension for elements of other releases
(https://hl7.org/fhir/versions.html#extensions), and read from there; what does not fit into one is counted as lost.
"""

from typing import Any, Literal

from termbank.errors import FormatError
from termbank.formats.fhir import concept_map_versions
from termbank.formats.fhir.losses import LossReport

Release = Literal["R4", "R5"]

R4_COMMENT = concept_map_versions.R4_COMMENT
_R5_EXTENSION = "http://hl7.org/fhir/5.0/StructureDefinition/extension-"
_PARTIES = {"author": "ContactDetail", "editor": "ContactDetail", "reviewer": "ContactDetail"}
_COMMON = {
    "versionAlgorithmString": "String", "versionAlgorithmCoding": "Coding", "copyrightLabel": "String",
    "approvalDate": "Date", "lastReviewDate": "Date", "effectivePeriod": "Period", "topic": "CodeableConcept",
    **_PARTIES, "endorser": "ContactDetail", "relatedArtifact": "RelatedArtifact",
}  # fmt: skip
_R5_ONLY: dict[str, dict[str, str]] = {
    "CodeSystem": _COMMON,
    "CodeSystem.concept.designation": {"additionalUse": "Coding"},
    "ValueSet": {**_COMMON, "scope": ""},
    "ValueSet.compose": {"property": "String"},
    "ValueSet.compose.include": {"copyright": "String"},
    "ValueSet.compose.exclude": {"copyright": "String"},
    "ValueSet.compose.include.concept.designation": {"additionalUse": "Coding"},
    "ValueSet.compose.exclude.concept.designation": {"additionalUse": "Coding"},
    "ValueSet.expansion": {"next": "Uri", "property": ""},
    "ValueSet.expansion.contains": {"property": ""},
    "ValueSet.expansion.contains.designation": {"additionalUse": "Coding"},
    "ConceptMap": {**_COMMON, "property": "", "additionalAttribute": ""},
    "ConceptMap.group.element": {"valueSet": "Canonical"},
    "ConceptMap.group.element.target": {"valueSet": "Canonical", "property": ""},
    "ConceptMap.group.element.target.dependsOn": {"valueSet": "Canonical"},
    "ConceptMap.group.element.target.product": {"valueSet": "Canonical"},
    "ConceptMap.group.unmapped": {"valueSet": "Canonical", "relationship": "Code"},
    "NamingSystem": {
        "url": "Uri", "identifier": "Identifier", "version": "String", "title": "String", "experimental": "Boolean",
        "purpose": "Markdown", "copyright": "Markdown", **_COMMON,
    },
    "NamingSystem.uniqueId": {"authoritative": "Boolean"},
}  # fmt: skip
"""What R5 has and R4 has not: the type of its extension in R4; empty: it cannot be said in one."""
_REPEATED = frozenset({"topic", *_PARTIES, "endorser", "relatedArtifact", "additionalUse", "property", "identifier"})
_CHILDREN = frozenset(path.rsplit(".", 1)[0] for path in _R5_ONLY) | {
    ".".join(path.split(".")[:length]) for path in _R5_ONLY for length in range(1, path.count(".") + 1)
}
_R5_OPERATORS = frozenset({"child-of", "descendent-leaf"})
_DEEPEST = 500


def release(fhir_version: str) -> Release:
    """Return the release that a version belongs to.

    Raises:
        ValueError: it is neither R4 nor R5.

    >>> release("4.0.1"), release("5.0.0")
    ('R4', 'R5')
    """
    if fhir_version.startswith("4.") or fhir_version in ("4", "R4", "R4B"):
        return "R4"
    if fhir_version.startswith("5.") or fhir_version in ("5", "R5"):
        return "R5"
    raise ValueError(f"{fhir_version} is not a FHIR version that is written; take 4.0.1 or 5.0.0")


def to_r5(resource: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return a resource in R5's form; nothing in the given one is changed, and what is of a wrong type is left.

    Arguments:
        resource: the resource.
        kind: its type.

    Raises:
        FormatError: it is nested deeper than Python goes.
    """
    if not isinstance(resource, dict):
        return resource
    if kind == "ConceptMap":
        resource = concept_map_versions.to_r5(resource)
    if not _has_extensions(resource):
        return resource
    try:
        found: dict[str, Any] = _restored(resource, kind, 0)
    except RecursionError:
        raise FormatError(f"{kind}: nested too deep to be read") from None
    return found


def _has_extensions(resource: dict[str, Any]) -> bool:
    """Tell whether a resource has extensions that stand for R5's elements."""
    waiting: list[Any] = [resource]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend([inner for inner in each if isinstance(inner, dict | list)])
            continue
        url = each.get("url")
        if isinstance(url, str) and url.startswith(_R5_EXTENSION):
            return True
        waiting.extend([inner for inner in each.values() if isinstance(inner, dict | list)])
    return False


def from_r5(resource: dict[str, Any], fhir_version: str, losses: LossReport) -> dict[str, Any]:
    """Return a resource in the form of a release; what R4 has no element for is counted as lost.

    Arguments:
        resource: the resource, in R5's form.
        fhir_version: R4 (`4.0.1`) or R5.
        losses: takes what R4 cannot say.

    >>> losses = LossReport()
    >>> found = from_r5({"resourceType": "CodeSystem", "approvalDate": "2026-01-01"}, "4.0.1", losses)
    >>> found["extension"][0]["valueDate"]
    '2026-01-01'
    """
    if release(fhir_version) == "R5":
        return resource
    try:
        found: dict[str, Any] = _lowered(resource, str(resource.get("resourceType")), losses)
    except RecursionError:
        raise FormatError(f"{resource.get('resourceType')}: nested too deep to be written") from None
    if resource.get("resourceType") == "ConceptMap":
        found = concept_map_versions.from_r5(found, losses)
    return found


def _lowered(element: Any, path: str, losses: LossReport) -> Any:
    """Return an element with what only R5 has as extensions."""
    if isinstance(element, list):
        return [_lowered(each, path, losses) for each in element]
    if not isinstance(element, dict):
        return element
    only = _R5_ONLY.get(path, {})
    found: dict[str, Any] = {}
    extensions: list[Any] = []
    for name, value in element.items():
        if name not in only:
            below = f"{path}.{name}"
            found[name] = _lowered(value, _same_kind(below), losses) if _has_more(below) else value
        elif not only[name]:
            losses.add(f"{path}.{name}", "not in R4", len(value) if isinstance(value, list) else 1)
        else:
            url = _R5_EXTENSION + path + "." + _element_name(name)
            for each in value if isinstance(value, list) else [value]:
                extensions.append({"url": url, f"value{only[name]}": each})
    if path.endswith(".filter") and found.get("op") in _R5_OPERATORS:
        losses.add(f"{path}.op", found["op"])
    if extensions:
        kept = found.get("extension")
        found["extension"] = [*(kept if isinstance(kept, list) else []), *extensions]
    return found


def _restored(element: Any, path: str, depth: int) -> Any:
    """Return an element with the extensions that stand for R5's elements as those elements."""
    if depth > _DEEPEST or not isinstance(element, dict | list):
        return element
    if isinstance(element, list):
        changed = [_restored(each, path, depth + 1) for each in element]
        return changed if any(new is not old for new, old in zip(changed, element, strict=True)) else element
    found: dict[str, Any] | None = None
    for name, value in element.items():
        below = f"{path}.{name}"
        if isinstance(value, dict | list) and _has_more(below):
            new = _restored(value, _same_kind(below), depth + 1)
            if new is not value:
                found = dict(element) if found is None else found
                found[name] = new
    extensions = element.get("extension")
    only = _R5_ONLY.get(path)
    if only and isinstance(extensions, list):
        found = _taken(dict(element) if found is None else found, extensions, path, only) or found
    return element if found is None else found


def _taken(found: dict[str, Any], extensions: list[Any], path: str, only: dict[str, str]) -> dict[str, Any] | None:
    """Take the extensions that stand for R5's elements; None: there are none."""
    left, taken = [], False
    for each in extensions:
        name = _name(each, path, only)
        if name is None or (name in found and name not in _REPEATED):
            left.append(each)
            continue
        taken = True
        value = each[f"value{only[name]}"]
        if name in _REPEATED:
            known = found.get(name)
            found[name] = [*(known if isinstance(known, list) else []), value]
        else:
            found[name] = value
    if not taken:
        return None
    if left:
        found["extension"] = left
    else:
        del found["extension"]
    return found


def _name(extension: Any, path: str, only: dict[str, str]) -> str | None:
    """Return the R5 element that an extension stands for."""
    url = extension.get("url") if isinstance(extension, dict) else None
    if not isinstance(url, str) or not url.startswith(_R5_EXTENSION) or len(extension) != 2:
        return None
    for name, kind in only.items():
        if kind and url == f"{_R5_EXTENSION}{path}.{_element_name(name)}" and f"value{kind}" in extension:
            return name
    return None


def _element_name(name: str) -> str:
    return "versionAlgorithm" if name.startswith("versionAlgorithm") else name


def _has_more(path: str) -> bool:
    """Tell whether there may be something in this element, or below it, that only R5 has."""
    path = _same_kind(path)
    return path in _R5_ONLY or path in _CHILDREN or path.endswith(".filter")


def _same_kind(path: str) -> str:
    """Return the path of the element that one is like: concepts in concepts."""
    return path.replace(".concept.concept", ".concept").replace(".contains.contains", ".contains")
