"""The slots of SSSOM 1.0 and 1.1: one table of facts.

The facts (names, order, types, what is multi-valued, propagated, required, and since when) are those of the SSSOM
schema, src/sssom_schema/schema/sssom_schema.yaml of https://github.com/mapping-commons/sssom, as of 12 May 2026.
"""

from typing import Literal, NamedTuple

Kind = Literal["text", "entity", "uri", "double", "date", "entity-type", "modifier", "cardinality", "version"]


class Slot(NamedTuple):
    """One slot.

    Arguments:
        name: as it stands in a header row, or as a key of the metadata.
        kind: the type of its values; `entity` is a CURIE (or an IRI, where a format has those).
        many: it may hold several values.
        propagated: a value in the set stands for that value in every mapping.
        since: the version of SSSOM that brought it.
        low, high: the least and the greatest number.
    """

    name: str
    kind: Kind = "text"
    many: bool = False
    propagated: bool = False
    since: str = "1.0"
    low: float = 0.0
    high: float = 1.0


def _entity(name: str, many: bool = False, propagated: bool = False, since: str = "1.0") -> Slot:
    return Slot(name, "entity", many, propagated, since)


MAPPING: dict[str, Slot] = {slot.name: slot for slot in (
    _entity("record_id", since="1.1"),
    _entity("subject_id"), Slot("subject_label"), Slot("subject_category"),
    _entity("predicate_id"), Slot("predicate_label"), Slot("predicate_modifier", "modifier"),
    _entity("object_id"), Slot("object_label"), Slot("object_category"),
    _entity("mapping_justification"),
    _entity("author_id", many=True), Slot("author_label", many=True),
    _entity("reviewer_id", many=True), Slot("reviewer_label", many=True),
    _entity("creator_id", many=True), Slot("creator_label", many=True),
    Slot("license", "uri"),
    Slot("subject_type", "entity-type", propagated=True),
    _entity("subject_source", propagated=True), Slot("subject_source_version", propagated=True),
    Slot("object_type", "entity-type", propagated=True),
    _entity("object_source", propagated=True), Slot("object_source_version", propagated=True),
    Slot("predicate_type", "entity-type", propagated=True, since="1.1"),
    Slot("mapping_provider", "uri", propagated=True), _entity("mapping_source"),
    Slot("mapping_cardinality", "cardinality"), Slot("cardinality_scope", "text", True, True, "1.1"),
    Slot("mapping_tool", propagated=True), _entity("mapping_tool_id", propagated=True, since="1.1"),
    Slot("mapping_tool_version", propagated=True),
    Slot("mapping_date", "date", propagated=True), Slot("publication_date", "date"),
    Slot("review_date", "date", since="1.1"),
    Slot("confidence", "double"), Slot("reviewer_agreement", "double", since="1.1", low=-1.0),
    _entity("curation_rule", True, True), Slot("curation_rule_text", "text", True, True),
    _entity("subject_match_field", True, True), _entity("object_match_field", True, True),
    Slot("match_string", many=True),
    _entity("subject_preprocessing", True, True), _entity("object_preprocessing", True, True),
    Slot("similarity_score", "double"), Slot("similarity_measure", propagated=True),
    Slot("see_also", "uri", many=True), _entity("issue_tracker_item"), Slot("other"), Slot("comment"),
)}  # fmt: skip
"""The slots of a mapping, in the order in which a canonical file has them."""

_ON_SET_SINCE_1_1 = {"similarity_measure", "curation_rule", "curation_rule_text"}


def _shared(name: str) -> Slot:
    slot = MAPPING[name]
    return slot._replace(since="1.1") if name in _ON_SET_SINCE_1_1 else slot


SET: dict[str, Slot] = {slot.name: slot for slot in (
    Slot("sssom_version", "version", since="1.1"),
    Slot("mapping_set_id", "uri"), Slot("mapping_set_version"), Slot("mapping_set_source", "uri", many=True),
    Slot("mapping_set_title"), Slot("mapping_set_description"),
    Slot("mapping_set_confidence", "double", since="1.1"),
    *map(_shared, (
        "creator_id", "creator_label", "license", "subject_type", "subject_source", "subject_source_version",
        "object_type", "object_source", "object_source_version", "predicate_type", "mapping_provider",
        "cardinality_scope", "mapping_tool", "mapping_tool_id", "mapping_tool_version", "mapping_date",
        "publication_date", "subject_match_field", "object_match_field", "subject_preprocessing",
        "object_preprocessing", "similarity_measure", "curation_rule", "curation_rule_text", "see_also",
    )),
    Slot("issue_tracker", "uri"), Slot("other"), Slot("comment"),
)}  # fmt: skip
"""The slots of a mapping set, in their order; `curie_map` stands second, `extension_definitions` last."""

PROPAGATED: tuple[str, ...] = tuple(name for name, slot in MAPPING.items() if slot.propagated)

REQUIRED_OF_SET = ("mapping_set_id", "license")
REQUIRED = ("predicate_id", "mapping_justification")
"""What every mapping has; it has a subject and an object too, as ids or as literals."""

VALUES: dict[str, tuple[str, ...]] = {
    "entity-type": (
        "owl class", "owl object property", "owl data property", "owl annotation property", "owl named individual",
        "skos concept", "rdfs resource", "rdfs class", "rdfs literal", "rdfs datatype", "rdf property",
        "composed entity expression",
    ),
    "modifier": ("Not",),
    "cardinality": ("1:1", "1:n", "n:1", "n:n", "1:0", "0:1", "0:0"),
}  # fmt: skip
"""The values of each kind that has a list of them."""

NEW_VALUES = {"composed entity expression": "1.1", "0:0": "1.1"}
"""Values of such lists that came after 1.0."""

LITERAL_TYPE = "rdfs literal"
NO_TERM = "sssom:NoTermFound"
NO_LICENCE = "https://w3id.org/sssom/license/unspecified"

JUSTIFICATIONS = frozenset(f"semapv:{name}" for name in (
    "MappingReview", "ManualMappingCuration", "LogicalReasoning", "LexicalMatching", "CompositeMatching",
    "UnspecifiedMatching", "SemanticSimilarityThresholdMatching", "LexicalSimilarityThresholdMatching",
    "MappingChaining", "MappingInversion", "StructuralMatching", "InstanceBasedMatching",
    "BackgroundKnowledgeBasedMatching",
))  # fmt: skip

SKOS_RELATIONS = frozenset(f"skos:{name}" for name in (
    "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "mappingRelation", "semanticRelation",
    "broader", "narrower", "related", "broaderTransitive", "narrowerTransitive",
))  # fmt: skip
"""Every relation that SKOS has; any other name after `skos:` is a slip of the pen."""

OLD_SLOTS: dict[str, tuple[str, ...]] = {
    "match_type": ("mapping_justification",),
    "match_term_type": ("subject_type", "object_type"),
    "semantic_similarity_score": ("similarity_score",),
    "semantic_similarity_measure": ("similarity_measure",),
}
"""Slots of versions before 1.0, and what they became."""

OLD_VALUES: dict[str, dict[str, str]] = {
    "match_type": {
        "Lexical": "semapv:LexicalMatching", "Logical": "semapv:LogicalMatching",
        "HumanCurated": "semapv:ManualMappingCuration", "Complex": "semapv:CompositeMatching",
        "Unspecified": "semapv:UnspecifiedMatching",
        "SemanticSimilarity": "semapv:SemanticSimilarityThresholdMatching",
    },
    "match_term_type": {
        "ConceptMatch": "skos concept", "ClassMatch": "owl class", "ObjectPropertyMatch": "owl object property",
        "IndividualMatch": "owl named individual", "DataPropertyMatch": "owl data property",
        "TermMatch": "rdfs literal",
    },
}  # fmt: skip
"""Their values, and what those became."""

OLD_NO_TERM = "sssom:NoMapping"
"""What stood for `sssom:NoTermFound` before 1.0."""
