"""termbank: shared terms and codes for Swedish health and social care.

>>> import termbank
>>> coding = termbank.Coding(system="kva", code="AU124")
>>> coding.code
'AU124'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from termbank.model import (
    Characteristic,
    CharacteristicType,
    Coding,
    Concept,
    ConceptFilter,
    ConceptSet,
    Condition,
    Definition,
    Edit,
    Finding,
    Identifier,
    IncludedConcept,
    KnownSystem,
    Location,
    Mapping,
    MappingSet,
    Property,
    PropertyDefinition,
    Relation,
    Term,
    UnmappedRule,
    ValueSet,
    Vocabulary,
    VocabularyInfo,
)
from termbank.version import __version__

if TYPE_CHECKING:
    from termbank import fhir
    from termbank.bank import Bank, open
    from termbank.documents.document import Comment, Document, Remark, Segment
    from termbank.errors import (
        BankError,
        ConservationError,
        FormatError,
        ProfileError,
        TermbankError,
        UnknownConcept,
        UnknownValueSet,
        UnknownVocabulary,
        WriteError,
    )
    from termbank.mapping.suggest.reasons import Reason
    from termbank.mapping.suggest.suggesting import Suggester, Suggestion
    from termbank.records.profile import Profile
    from termbank.records.summary import Summary
    from termbank.terminology.expansion import Expansion
    from termbank.terminology.portrait import ExpandedCode
    from termbank.terminology.searching import Hit
    from termbank.terminology.supplements import Supplement
    from termbank.terminology.translation import Translation
    from termbank.terminology.validation import Validation
    from termbank.text.check import Checker
    from termbank.text.mention import Mention, Reading
    from termbank.text.settings import Settings

_LAZY = {
    "Bank": "bank", "open": "bank",
    "BankError": "errors", "ConservationError": "errors", "FormatError": "errors", "ProfileError": "errors",
    "TermbankError": "errors", "UnknownConcept": "errors", "UnknownValueSet": "errors",
    "UnknownVocabulary": "errors", "WriteError": "errors",
    "Profile": "records.profile", "Summary": "records.summary",
    "ExpandedCode": "terminology.portrait", "Expansion": "terminology.expansion",
    "Reason": "mapping.suggest.reasons", "Suggester": "mapping.suggest.suggesting",
    "Suggestion": "mapping.suggest.suggesting",
    "Hit": "terminology.searching", "Supplement": "terminology.supplements",
    "Translation": "terminology.translation", "Validation": "terminology.validation",
    "Comment": "documents.document", "Document": "documents.document", "Remark": "documents.document",
    "Segment": "documents.document",
    "Checker": "text.check", "Mention": "text.mention", "Reading": "text.mention", "Settings": "text.settings",
}  # fmt: skip

__all__ = [
    "Bank", "BankError", "Characteristic", "CharacteristicType", "Checker", "Coding", "Comment", "Concept",
    "ConceptFilter", "ConceptSet", "Condition", "ConservationError", "Definition", "Document", "Edit",
    "ExpandedCode", "Expansion", "Finding", "FormatError", "Hit", "Identifier", "IncludedConcept", "KnownSystem",
    "Location", "Mapping", "MappingSet", "Mention", "Profile", "ProfileError", "Property", "PropertyDefinition",
    "Reading", "Reason", "Relation", "Remark", "Segment", "Settings", "Suggester", "Suggestion", "Summary",
    "Supplement", "Term", "TermbankError", "Translation", "UnknownConcept", "UnknownValueSet", "UnknownVocabulary",
    "UnmappedRule", "Validation", "ValueSet", "Vocabulary", "VocabularyInfo", "WriteError", "__version__", "fhir",
    "open",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "fhir":
        return import_module("termbank.fhir")
    if name not in _LAZY:
        raise AttributeError(f"module 'termbank' has no attribute {name!r}")
    value = getattr(import_module(f"termbank.{_LAZY[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
