"""The nouns of termbank: pydantic, frozen, without I/O."""

from termbank.model.coding import Coding
from termbank.model.concept import Characteristic, Concept, Definition, Property, Relation, Term, TermStatus
from termbank.model.finding import Edit, Finding, Location, Severity
from termbank.model.mapping import Condition, Mapping, MappingSet, Relationship, UnmappedRule
from termbank.model.value_set import ConceptFilter, ConceptSet, IncludedConcept, ValueSet
from termbank.model.vocabulary import (
    CharacteristicType,
    Identifier,
    KnownSystem,
    PropertyDefinition,
    Vocabulary,
    VocabularyInfo,
)

__all__ = [
    "Characteristic", "CharacteristicType", "Coding", "Concept", "ConceptFilter", "ConceptSet", "Condition",
    "Definition", "Edit", "Finding", "Identifier", "IncludedConcept", "KnownSystem", "Location", "Mapping",
    "MappingSet", "Property", "PropertyDefinition", "Relation", "Relationship", "Severity", "Term", "TermStatus",
    "UnmappedRule", "ValueSet", "Vocabulary", "VocabularyInfo",
]  # fmt: skip
