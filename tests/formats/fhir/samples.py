"""Resources with everything in them, what the nouns model and what they do not."""

EXTENSION = {"url": "http://example.org/ext", "valueString": "kept"}
SIDE = {"id": "a", "extension": [EXTENSION]}

CODE_SYSTEM = {
    "resourceType": "CodeSystem",
    "id": "plans",
    "meta": {"versionId": "1", "profile": ["http://example.org/p"]},
    "language": "sv",
    "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p><b>b</b> <i>c</i></p></div>'},
    "contained": [{"resourceType": "ValueSet", "id": "inner", "status": "draft"}],
    "extension": [EXTENSION],
    "url": "http://example.org/plans",
    "_url": SIDE,
    "identifier": [{"use": "official", "system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.752.1"}],
    "version": "2026-01",
    "versionAlgorithmCoding": {"system": "http://hl7.org/fhir/version-algorithm", "code": "natural"},
    "name": "Plans",
    "title": "Planer",
    "_title": SIDE,
    "status": "draft",
    "experimental": True,
    "date": "2026-02",
    "publisher": "Region X",
    "contact": [{"name": "Anna", "telecom": [{"system": "email", "value": "a@example.org", "rank": 1}]}],
    "description": "Planer",
    "useContext": [{"code": {"code": "focus"}, "valueCodeableConcept": {"text": "vård"}}],
    "jurisdiction": [{"coding": [{"system": "urn:iso:std:iso:3166", "code": "SE"}]}],
    "purpose": "test",
    "copyright": "CC0",
    "copyrightLabel": "CC0",
    "approvalDate": "2026-01-01",
    "effectivePeriod": {"start": "2026-01-01", "end": "2026-12-31"},
    "topic": [{"text": "planer"}],
    "author": [{"name": "B"}, {"name": "C"}],
    "relatedArtifact": [{"type": "derived-from", "display": "x"}],
    "caseSensitive": False,
    "valueSet": "http://example.org/vs",
    "hierarchyMeaning": "is-a",
    "compositional": False,
    "versionNeeded": True,
    "content": "complete",
    "count": 3,
    "filter": [{"code": "f", "operator": ["=", "in"], "_operator": [None, SIDE], "value": "v"}],
    "property": [
        {"code": "n", "type": "decimal", "description": "a number", "_description": SIDE},
        {"code": "c", "type": "Coding", "uri": "http://example.org/c"},
        {"code": "status", "type": "code", "uri": "http://hl7.org/fhir/concept-properties#status"},
        {"code": "up", "type": "code", "uri": "http://hl7.org/fhir/concept-properties#parent"},
    ],
    "concept": [
        {
            "id": "c1",
            "code": "A",
            "_code": SIDE,
            "display": "Plan",
            "_display": SIDE,
            "definition": "en plan",
            "_definition": SIDE,
            "designation": [
                {"language": "en", "use": {"system": "http://u", "code": "x", "userSelected": True}, "value": "plan",
                 "additionalUse": [{"code": "y"}], "extension": [EXTENSION]},
                {"value": "p"},
            ],
            "property": [
                {"code": "n", "valueDecimal": 1.5},
                {"code": "n", "valueInteger": 1, "extension": [EXTENSION]},
                {"code": "c", "valueCoding": {"code": "z", "extension": [EXTENSION]}},
                {"code": "status", "valueCode": "retired", "_valueCode": SIDE},
                {"code": "undeclared", "valueDateTime": "2026"},
                {"code": "n", "_valueDecimal": SIDE},
            ],
            "concept": [
                {"code": "B", "concept": [{"code": "C", "property": [{"code": "up", "valueCode": "B"}]}]},
                {"code": "D", "property": [{"code": "up", "valueCode": "C"}]},
            ],
        },
        {"code": "E", "extension": [EXTENSION]},
    ],
}  # fmt: skip
VALUE_SET = {
    "resourceType": "ValueSet", "id": "vs", "url": "http://example.org/vs", "title": "", "status": "active",
    "immutable": False, "date": "2026",
    "compose": {
        "id": "c", "lockedDate": "2026-01-01", "inactive": False, "_inactive": SIDE,
        "include": [
            {"system": "http://example.org/plans", "version": "1", "copyright": "x", "extension": [EXTENSION],
             "concept": [
                 {"code": "A", "display": "B", "_display": SIDE,
                  "designation": [{"language": "", "value": "x", "use": {}}]},
                 {"code": "B"},
             ]},
            {"system": "http://example.org/plans", "filter": [{"property": "p", "op": "=", "_value": SIDE}]},
            {"valueSet": ["http://example.org/a|1"]},
        ],
        "exclude": [{"system": "http://example.org/plans", "filter": [{"property": "p", "op": "is-a", "value": "A"}]}],
        "property": ["p"],
    },
    "expansion": {"timestamp": "2026-01-01", "total": 1, "contains": [{"code": "A", "contains": [{"code": "B"}]}]},
    "scope": {"inclusionCriteria": "x"},
}  # fmt: skip
CONCEPT_MAP = {
    "resourceType": "ConceptMap", "id": "cm", "url": "http://example.org/cm", "status": "active",
    "identifier": [{"value": "1"}], "sourceScopeCanonical": "http://example.org/vs", "targetScopeUri": "http://b",
    "copyright": "CC0",
    "additionalAttribute": [{"code": "kön", "type": "string"}],
    "group": [
        {
            "source": "http://a|1", "target": "http://b|2",
            "element": [
                {"code": "1", "display": "ett", "target": [
                    {"code": "x", "display": "X", "relationship": "equivalent", "comment": "granskad"},
                    {"code": "y", "relationship": "related-to", "extension": [EXTENSION],
                     "dependsOn": [{"attribute": "kön", "valueString": "K"}],
                     "product": [{"attribute": "del", "valueCoding": {"system": "http://c", "code": "q"}}]},
                ]},
                {"code": "2", "noMap": True},
                {"code": "3", "target": [{"code": "z", "relationship": "not-related-to"}]},
            ],
            "unmapped": {"mode": "fixed", "code": "x", "display": "X", "relationship": "related-to"},
        },
        {"source": "http://a|1", "target": "http://c",
         "element": [{"code": "2", "_code": SIDE, "noMap": True}, {"code": "4"}],
         "unmapped": {"mode": "other-map", "otherMap": "http://example.org/cm2"}},
    ],
}  # fmt: skip
NAMING_SYSTEM = {
    "resourceType": "NamingSystem", "id": "kva", "name": "Kva", "title": "KVÅ", "status": "active",
    "kind": "codesystem", "date": "2026", "publisher": "Socialstyrelsen", "responsible": "x",
    "usage": "vård", "contact": [{"name": "A"}],
    "uniqueId": [
        {"type": "oid", "value": "1.2.752.116.1.3.2.1.4", "preferred": True, "period": {"start": "2010"}},
        {"type": "uri", "value": "http://example.org/kva", "comment": "äldre"},
        {"type": "uri", "value": "http://example.org/ny", "preferred": True, "authoritative": True},
        {"type": "other", "value": "KVA"},
    ],
}  # fmt: skip
FULL = [CODE_SYSTEM, VALUE_SET, CONCEPT_MAP, NAMING_SYSTEM]
