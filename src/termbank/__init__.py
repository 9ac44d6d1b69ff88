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
    KnownSystem,
    Location,
    Mapping,
    MappingSet,
    Property,
    PropertyDefinition,
    Relation,
    Term,
    ValueSet,
    Vocabulary,
    VocabularyInfo,
)
from termbank.version import __version__

if TYPE_CHECKING:
    from termbank.bank import Bank, open
    from termbank.documents.document import Comment, Document, Remark, Segment
    from termbank.errors import (
        BankError,
        ConservationError,
        FormatError,
        ProfileError,
        TermbankError,
        UnknownConcept,
        UnknownVocabulary,
        WriteError,
    )
    from termbank.records.profile import Profile
    from termbank.records.summary import Summary
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
    "TermbankError": "errors", "UnknownConcept": "errors", "UnknownVocabulary": "errors", "WriteError": "errors",
    "Profile": "records.profile", "Summary": "records.summary",
    "Hit": "terminology.searching", "Supplement": "terminology.supplements",
    "Translation": "terminology.translation", "Validation": "terminology.validation",
    "Comment": "documents.document", "Document": "documents.document", "Remark": "documents.document",
    "Segment": "documents.document",
    "Checker": "text.check", "Mention": "text.mention", "Reading": "text.mention", "Settings": "text.settings",
}  # fmt: skip

__all__ = [
    "Bank", "BankError", "Characteristic", "CharacteristicType", "Checker", "Coding", "Comment", "Concept",
    "ConceptFilter", "ConceptSet", "Condition", "ConservationError", "Definition", "Document", "Edit", "Finding",
    "FormatError", "Hit", "Identifier", "KnownSystem", "Location", "Mapping", "MappingSet", "Mention", "Profile",
    "ProfileError", "Property", "PropertyDefinition", "Reading", "Relation", "Remark", "Segment", "Settings",
    "Summary", "Supplement", "Term", "TermbankError", "Translation", "UnknownConcept", "UnknownVocabulary",
    "Validation", "ValueSet", "Vocabulary", "VocabularyInfo", "WriteError", "__version__", "open",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'termbank' has no attribute {name!r}")
    value = getattr(import_module(f"termbank.{_LAZY[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
