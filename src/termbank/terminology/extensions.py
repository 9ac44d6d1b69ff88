"""The few FHIR extensions that the engine knows, read from what came with a resource."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from termbank.model import Coding, MappingSet
from termbank.terminology.refusal import Refusal, issue

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
STANDARDS_STATUS = _HL7 + "structuredefinition-standards-status"
SUPPLEMENT = _HL7 + "valueset-supplement"
SUPPLEMENT_TYPE = _HL7 + "codesystem-supplement-type"
ITEM_WEIGHT = _HL7 + "itemWeight"
DEPRECATED = _HL7 + "valueset-deprecated"
EXPANSION_PARAMETER = (
    _HL7 + "valueset-expansion-parameter",
    "http://hl7.org/fhir/tools/StructureDefinition/valueset-expansion-parameter",
)
_COMMENTS = tuple(
    f"http://hl7.org/fhir/{release}/StructureDefinition/extension-ConceptMap.group.element.comment"
    for release in ("5.0", "6.0")
)


def extensions(element: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield the extensions of an element; what is no extension is passed over."""
    found = element.get("extension") if element else None
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict) and isinstance(each.get("url"), str))


def value(extension: Mapping[str, Any]) -> Any:
    """Return the value of an extension, or None."""
    return next((found for key, found in extension.items() if key.startswith("value")), None)


def find(element: Mapping[str, Any] | None, *urls: str) -> Any:
    """Return the value of the first extension of that name, or None."""
    return next((value(each) for each in extensions(element) if each["url"] in urls), None)


def has(element: Mapping[str, Any] | None, url: str) -> bool:
    """Tell whether there is such an extension."""
    return any(each["url"] == url for each in extensions(element))


def must_be_known(element: Any, at: str) -> None:
    """Refuse an element whose meaning is changed by an extension that is not known (FHIR modifierExtension).

    Arguments:
        element: what came with the element.
        at: where it stands.

    Raises:
        Refusal: so it is.
    """
    found = element.get("modifierExtension") if isinstance(element, Mapping) else None
    if found:
        first = found[0] if isinstance(found, list) and isinstance(found[0], Mapping) else {}
        raise Refusal(issue("TERMBANK_MODIFIER_EXTENSION", at, url=str(first.get("url", "?"))), outcome=True)


def element_comment(mapping_set: MappingSet, source: Coding) -> str | None:
    """Return the remark on a code that is in the groups of a ConceptMap as it came."""
    from termbank.formats.fhir.concept_map_writing import GROUPS

    groups = (mapping_set.extra or {}).get(GROUPS)
    for group in groups if isinstance(groups, Sequence) else ():
        if (group.get("source") or "").partition("|")[0] != source.system:
            continue
        for element in group.get("element", ()):
            if element.get("code") == source.code:
                found = element.get("comment") or find(element, *_COMMENTS)
                if isinstance(found, str):
                    return found
    return None
