"""What concepts use and the vocabulary declares: properties, and the characteristics that tell concepts apart."""

import datetime
from collections.abc import Iterator

from termbank.formats.vocabulary_files import Reading
from termbank.model import Concept, Finding, Property, PropertyDefinition
from termbank.model.rules import rule

_OF_LISTS = {"selectable": PropertyDefinition(code="selectable", type="boolean")}
"""What the columns of a code list become without being declared."""


def check(reading: Reading) -> Iterator[Finding]:
    """Check that properties and characteristics are declared, well typed, and tell related concepts apart."""
    properties = _OF_LISTS | {each.code: each for each in reading.vocabulary.property_definitions}
    kinds = {each.code: {value.code for value in each.values} for each in reading.vocabulary.characteristic_types}
    for concept in reading.vocabulary.concepts:
        place = reading.places[concept.id]
        for index, each in enumerate(concept.properties):
            where = place.at("properties", index)
            if each.code not in properties:
                yield rule("undeclared").finding(where, what="property", name=each.code, concept=concept.id)
            elif not _is_value(each, properties[each.code]):
                name = f"{each.code}: {each.value}"
                yield rule("undeclared").finding(where, what="property", name=name, concept=concept.id)
            elif not _fits(each, properties[each.code]):
                kind = properties[each.code].type
                yield rule("wrong-type").finding(
                    where, property=each.code, concept=concept.id, given=each.value, type=kind
                )
        for index, characteristic in enumerate(concept.characteristics):
            where = place.at("characteristics", index)
            if characteristic.type not in kinds:
                name = characteristic.type
                yield rule("undeclared").finding(where, what="characteristic", name=name, concept=concept.id)
            elif characteristic.value not in kinds[characteristic.type]:
                name = f"{characteristic.type}: {characteristic.value}"
                yield rule("undeclared").finding(where, what="characteristic", name=name, concept=concept.id)
    yield from _indistinct(reading)


def _is_value(given: Property, declared: PropertyDefinition) -> bool:
    return not declared.values or given.value in {value.code for value in declared.values}


def _fits(given: Property, declared: PropertyDefinition) -> bool:
    value = given.value
    if declared.type == "boolean":
        return isinstance(value, bool)
    if declared.type == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if declared.type == "decimal":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if declared.type == "date":
        return isinstance(value, str) and _is_date(value)
    return isinstance(value, str)


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _indistinct(reading: Reading) -> Iterator[Finding]:
    concepts = {concept.id: concept for concept in reading.vocabulary.concepts}
    for concept in concepts.values():
        for relation in concept.relations:
            other = (
                concepts.get(relation.target) if relation.type == "related" and relation.vocabulary is None else None
            )
            if other is not None and concept.id < other.id and _alike(concept, other):
                where = reading.places[concept.id].at("characteristics")
                yield rule("indistinct-concepts").finding(where, concept=concept.id, other=other.id)


def _alike(one: Concept, other: Concept) -> bool:
    return bool(one.characteristics and other.characteristics) and not one.differences(other)
