"""What the elements of terminology resources are: their order, their types, and which repeat; R4 and R5 together.

JSON says nothing of order, and XML nothing of types or repetition, so both need this table. It holds facts of the
specification (https://hl7.org/fhir/R5/resourcelist.html, https://hl7.org/fhir/R4/resourcelist.html). One line for each
type: `name type`, `*` where it repeats, `name[x]` with every type that it may have. A type that begins with a dot is
the part of that name of the type it stands in. One order serves both releases, since R5 only adds. Types that no
terminology resource is known to use (Dosage, DataRequirement ...) are left out: in XML they are refused, in JSON kept.
"""

from functools import cache
from typing import NamedTuple

PRIMITIVES = frozenset({
    "base64Binary", "boolean", "canonical", "code", "date", "dateTime", "decimal", "id", "instant", "integer",
    "integer64", "markdown", "oid", "positiveInt", "string", "time", "unsignedInt", "uri", "url", "uuid", "xhtml",
})  # fmt: skip
INTEGERS = frozenset({"integer", "positiveInt", "unsignedInt"})

_ANY = (
    "base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|integer64|markdown|oid|positiveInt|"
    "string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|CodeableReference|Coding|"
    "ContactDetail|ContactPoint|Count|Distance|Duration|Expression|HumanName|Identifier|Meta|Money|Period|Quantity|"
    "Range|Ratio|RatioRange|Reference|RelatedArtifact|Signature|Timing|UsageContext|ParameterDefinition|"
    "ExtendedContactDetail"
)
_RESOURCE = "id id, meta Meta, implicitRules uri, language code"
_DOMAIN = f"{_RESOURCE}, text Narrative, contained Resource*, extension Extension*, modifierExtension Extension*"
_ELEMENT = "id string, extension Extension*"
_PART = f"{_ELEMENT}, modifierExtension Extension*"
_VERSION = "version string, versionAlgorithm[x] string|Coding"
_ABOUT = (
    "date dateTime, publisher string, contact ContactDetail*, description markdown, useContext UsageContext*, "
    "jurisdiction CodeableConcept*"
)
_REVIEW = (
    "copyrightLabel string, approvalDate date, lastReviewDate date, effectivePeriod Period, topic CodeableConcept*, "
    "author ContactDetail*, editor ContactDetail*, reviewer ContactDetail*, endorser ContactDetail*, "
    "relatedArtifact RelatedArtifact*"
)
_CANONICAL = (
    f"url uri, identifier Identifier*, {_VERSION}, name string, title string, status code, experimental boolean, "
    f"{_ABOUT}"
)
_DESIGNATION = "language code, use Coding, additionalUse Coding*, value string"
_PROPERTY_VALUE = "value[x] code|Coding|string|integer|boolean|dateTime|decimal"

_TYPES = f"""
CodeSystem: {_DOMAIN}, {_CANONICAL}, purpose markdown, copyright markdown, {_REVIEW}, caseSensitive boolean, valueSet canonical, hierarchyMeaning code, compositional boolean, versionNeeded boolean, content code, supplements canonical, count unsignedInt, filter .filter*, property .property*, concept .concept*
CodeSystem.filter: {_PART}, code code, description string, operator code*, value string
CodeSystem.property: {_PART}, code code, uri uri, description string, type code
CodeSystem.concept: {_PART}, code code, display string, definition string, designation .designation*, property .property*, concept CodeSystem.concept*
CodeSystem.concept.designation: {_PART}, {_DESIGNATION}
CodeSystem.concept.property: {_PART}, code code, {_PROPERTY_VALUE}
ValueSet: {_DOMAIN}, {_CANONICAL}, immutable boolean, purpose markdown, copyright markdown, {_REVIEW}, compose .compose, expansion .expansion, scope .scope
ValueSet.compose: {_PART}, lockedDate date, inactive boolean, include .include*, exclude ValueSet.compose.include*, property string*
ValueSet.compose.include: {_PART}, system uri, version string, concept .concept*, filter .filter*, valueSet canonical*, copyright string
ValueSet.compose.include.concept: {_PART}, code code, display string, designation CodeSystem.concept.designation*
ValueSet.compose.include.filter: {_PART}, property code, op code, value string
ValueSet.expansion: {_PART}, identifier uri, next uri, timestamp dateTime, total integer, offset integer, parameter .parameter*, property .property*, contains .contains*
ValueSet.expansion.parameter: {_PART}, name string, value[x] string|boolean|integer|decimal|uri|code|dateTime
ValueSet.expansion.property: {_PART}, code code, uri uri
ValueSet.expansion.contains: {_PART}, system uri, abstract boolean, inactive boolean, version string, code code, display string, designation CodeSystem.concept.designation*, property .property*, contains ValueSet.expansion.contains*
ValueSet.expansion.contains.property: {_PART}, code code, {_PROPERTY_VALUE}, subProperty CodeSystem.concept.property*
ValueSet.scope: {_PART}, inclusionCriteria string, exclusionCriteria string
ConceptMap: {_DOMAIN}, {_CANONICAL}, purpose markdown, copyright markdown, {_REVIEW}, property .property*, additionalAttribute .additionalAttribute*, source[x] uri|canonical, sourceScope[x] uri|canonical, target[x] uri|canonical, targetScope[x] uri|canonical, group .group*
ConceptMap.property: {_PART}, code code, uri uri, description string, type code, system canonical
ConceptMap.additionalAttribute: {_PART}, code code, uri uri, description string, type code
ConceptMap.group: {_PART}, source uri, sourceVersion string, target uri, targetVersion string, element .element*, unmapped .unmapped
ConceptMap.group.element: {_PART}, code code, display string, valueSet canonical, noMap boolean, target .target*
ConceptMap.group.element.target: {_PART}, code code, display string, valueSet canonical, equivalence code, relationship code, comment string, property .property*, dependsOn .dependsOn*, product ConceptMap.group.element.target.dependsOn*
ConceptMap.group.element.target.property: {_PART}, code code, {_PROPERTY_VALUE}
ConceptMap.group.element.target.dependsOn: {_PART}, property uri, attribute code, system canonical, value string, value[x] code|Coding|string|boolean|Quantity, valueSet canonical, display string
ConceptMap.group.unmapped: {_PART}, mode code, code code, display string, valueSet canonical, relationship code, otherMap canonical, url canonical
NamingSystem: {_DOMAIN}, url uri, identifier Identifier*, {_VERSION}, name string, title string, status code, kind code, experimental boolean, date dateTime, publisher string, contact ContactDetail*, responsible string, type CodeableConcept, description markdown, useContext UsageContext*, jurisdiction CodeableConcept*, purpose markdown, copyright markdown, {_REVIEW}, usage string, uniqueId .uniqueId*
NamingSystem.uniqueId: {_PART}, type code, value string, preferred boolean, comment string, period Period, authoritative boolean
Bundle: {_RESOURCE}, identifier Identifier, type code, timestamp instant, total unsignedInt, link .link*, entry .entry*, signature Signature, issues Resource
Bundle.link: {_PART}, relation string, url uri
Bundle.entry: {_PART}, link Bundle.link*, fullUrl uri, resource Resource, search .search, request .request, response .response
Bundle.entry.search: {_PART}, mode code, score decimal
Bundle.entry.request: {_PART}, method code, url uri, ifNoneMatch string, ifModifiedSince instant, ifMatch string, ifNoneExist string
Bundle.entry.response: {_PART}, status string, location uri, etag string, lastModified instant, outcome Resource
Parameters: {_RESOURCE}, parameter .parameter*
Parameters.parameter: {_PART}, name string, value[x] {_ANY}, resource Resource, part Parameters.parameter*
OperationOutcome: {_DOMAIN}, issue .issue*
OperationOutcome.issue: {_PART}, severity code, code code, details CodeableConcept, diagnostics string, location string*, expression string*
Address: {_ELEMENT}, use code, type code, text string, line string*, city string, district string, state string, postalCode string, country string, period Period
Annotation: {_ELEMENT}, author[x] Reference|string, time dateTime, text markdown
Attachment: {_ELEMENT}, contentType code, language code, data base64Binary, url url, size integer64, hash base64Binary, title string, creation dateTime, height positiveInt, width positiveInt, frames positiveInt, duration decimal, pages positiveInt
CodeableConcept: {_ELEMENT}, coding Coding*, text string
CodeableReference: {_ELEMENT}, concept CodeableConcept, reference Reference
Coding: {_ELEMENT}, system uri, version string, code code, display string, userSelected boolean
ContactDetail: {_ELEMENT}, name string, telecom ContactPoint*
ContactPoint: {_ELEMENT}, system code, value string, use code, rank positiveInt, period Period
Expression: {_ELEMENT}, description string, name code, language code, expression string, reference uri
ExtendedContactDetail: {_ELEMENT}, purpose CodeableConcept, name HumanName*, telecom ContactPoint*, address Address, organization Reference, period Period
Extension: {_ELEMENT}, url uri, value[x] {_ANY}
HumanName: {_ELEMENT}, use code, text string, family string, given string*, prefix string*, suffix string*, period Period
Identifier: {_ELEMENT}, use code, type CodeableConcept, system uri, value string, period Period, assigner Reference
Meta: {_ELEMENT}, versionId id, lastUpdated instant, source uri, profile canonical*, security Coding*, tag Coding*
Money: {_ELEMENT}, value decimal, currency code
Narrative: {_ELEMENT}, status code, div xhtml
ParameterDefinition: {_ELEMENT}, name code, use code, min integer, max string, documentation string, type code, profile canonical
Period: {_ELEMENT}, start dateTime, end dateTime
Quantity: {_ELEMENT}, value decimal, comparator code, unit string, system uri, code code
Range: {_ELEMENT}, low Quantity, high Quantity
Ratio: {_ELEMENT}, numerator Quantity, denominator Quantity
RatioRange: {_ELEMENT}, lowNumerator Quantity, highNumerator Quantity, denominator Quantity
Reference: {_ELEMENT}, reference string, type uri, identifier Identifier, display string
RelatedArtifact: {_ELEMENT}, type code, classifier CodeableConcept*, label string, display string, citation markdown, url url, document Attachment, resource canonical, resourceReference Reference, publicationStatus code, publicationDate date
Signature: {_ELEMENT}, type Coding*, when instant, who Reference, onBehalfOf Reference, targetFormat code, sigFormat code, data base64Binary
Timing: {_PART}, event dateTime*, repeat .repeat, code CodeableConcept
Timing.repeat: {_ELEMENT}, bounds[x] Duration|Range|Period, count positiveInt, countMax positiveInt, duration decimal, durationMax decimal, durationUnit code, frequency positiveInt, frequencyMax positiveInt, period decimal, periodMax decimal, periodUnit code, dayOfWeek code*, timeOfDay time*, when code*, offset unsignedInt
UsageContext: {_ELEMENT}, code Coding, value[x] CodeableConcept|Quantity|Range|Reference
"""  # noqa: E501 - a table, a row a line
_SAME = {"Age": "Quantity", "Count": "Quantity", "Distance": "Quantity", "Duration": "Quantity"}

RESOURCES = frozenset({
    "CodeSystem", "ValueSet", "ConceptMap", "NamingSystem", "Bundle", "Parameters", "OperationOutcome",
})  # fmt: skip
"""The resources that are read and written."""


class Part(NamedTuple):
    """What an element is: the type, and whether it repeats."""

    type: str
    repeats: bool


@cache
def types() -> dict[str, dict[str, Part]]:
    """Return the elements of each type, in their order.

    >>> types()["CodeSystem.concept"]["designation"]
    Part(type='CodeSystem.concept.designation', repeats=True)
    """
    found: dict[str, dict[str, Part]] = {}
    for line in _TYPES.strip().splitlines():
        name, _, rest = line.partition(": ")
        parts: dict[str, Part] = {}
        for item in rest.split(", "):
            element, kind = item.split(" ")
            repeats = kind.endswith("*")
            kind = kind.removesuffix("*")
            if element.endswith("[x]"):
                for each in kind.split("|"):
                    parts[element.removesuffix("[x]") + each[0].upper() + each[1:]] = Part(_SAME.get(each, each), False)
            else:
                parts[element] = Part(f"{name}{kind}" if kind.startswith(".") else kind, repeats)
        found[name] = parts
    return found
