"""Codes of an expansion as elements of a ValueSet, R5 and R4."""

from typing import Any

from termbank.formats.fhir.terms import coding_element
from termbank.formats.fhir.versions import release
from termbank.model import Coding
from termbank.terminology import extensions
from termbank.terminology.designations import Designation
from termbank.terminology.portrait import ExpandedCode, Shown

_R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion."
_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_KEPT = frozenset(
    {_HL7 + name for name in ("coding-sctdescid", "rendering-style", "rendering-xhtml", "codesystem-alternate")}
    | {extensions.STANDARDS_STATUS}
)
"""The extensions of a designation that are shown."""


def extension(url: str, kind: str, value: Any) -> dict[str, Any]:
    """Return an extension with a value of a FHIR type."""
    return {"url": url, f"value{kind}": value}


class Writer:
    """Writes the codes of an expansion.

    R4 has no properties there; they are written as HL7's extensions for elements of R5.

    Arguments:
        fhir_version: R4 (`4.0.1`) or R5.

    >>> code = ExpandedCode("http://x.se/plan", "SIP", "Plan", properties=(Shown("order", "decimal", 1),))
    >>> Writer("5.0.0").contains([code])[0]["property"]
    [{'code': 'order', 'valueDecimal': 1}]
    """

    def __init__(self, fhir_version: str) -> None:
        self.has_properties = release(fhir_version) == "R5"

    def declare(self, element: dict[str, Any], properties: dict[str, str]) -> None:
        """Add to an expansion what its properties are: code and URI."""
        if not properties:
            return
        if self.has_properties:
            element["property"] = [{"code": code, "uri": uri} for code, uri in properties.items()]
            return
        declared = ([extension("code", "Code", code), extension("uri", "Uri", uri)] for code, uri in properties.items())
        said = [{"url": f"{_R5}property", "extension": each} for each in declared]
        element["extension"] = [*element.get("extension", ()), *said]

    def contains(self, codes: list[ExpandedCode]) -> list[dict[str, Any]]:
        """Write codes, each with those below it."""
        return [self._code(each) for each in codes]

    def _code(self, code: ExpandedCode) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if code.extensions:
            found["extension"] = list(code.extensions)
        found["system"] = code.system
        if code.abstract:
            found["abstract"] = True
        if code.inactive:
            found["inactive"] = True
        if code.version:
            found["version"] = code.version
        found["code"] = code.code
        if code.display:
            found["display"] = code.display
        if code.designations:
            found["designation"] = [_designation(each) for each in code.designations]
        if code.properties:
            self._properties(found, code.properties)
        if code.children:
            found["contains"] = self.contains(code.children)
        return found

    def _properties(self, found: dict[str, Any], properties: tuple[Shown, ...]) -> None:
        written = [(each.code, _value(each)) for each in properties]
        if self.has_properties:
            found["property"] = [{"code": code, **value} for code, value in written]
            return
        said = [
            {
                "url": f"{_R5}contains.property",
                "extension": [extension("code", "Code", code), {"url": "value", **value}],
            }
            for code, value in written
        ]
        found["extension"] = [*found.get("extension", ()), *said]


def _value(shown: Shown) -> dict[str, Any]:
    name = f"value{shown.type[0].upper()}{shown.type[1:]}"
    return {name: coding_element(shown.value) if isinstance(shown.value, Coding) else shown.value}


def _designation(designation: Designation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    shown = [each for each in designation.extension if each.get("url") in _KEPT]
    if shown:
        found["extension"] = shown
    if designation.language:
        found["language"] = designation.language
    if designation.use is not None:
        found["use"] = coding_element(designation.use)
    found["value"] = designation.value
    return found
