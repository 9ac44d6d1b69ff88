"""Whatever the parameters are, there is an answer, or an OperationOutcome that says why not."""

from asking import code, coding, system, uri, value_set
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.fhir import OPERATIONS, operation

URL, SET, MAP = "http://example.org/a", "http://example.org/vs", "http://example.org/map"
ELEMENT = {
    "code": "a",
    "target": [{"code": "b", "relationship": "equivalent"}],
    "extension": [{"url": "x"}, {"valueString": "y"}],
}
RESOURCES = [
    system(URL, {"code": "a", "display": "A", "concept": [{"code": "b"}]}, version="1"),
    value_set(SET, {"system": URL}),
    {"resourceType": "ConceptMap", "url": MAP, "date": "2026", "group": [
        {"source": URL, "target": URL, "element": [ELEMENT], "unmapped": {"mode": "use-source-code"}},
    ]},
]  # fmt: skip
NAMES = (
    "system", "code", "version", "coding", "codeA", "codeB", "codingA", "codingB", "date", "property",
    "displayLanguage",
    "sourceCode", "sourceCoding", "sourceCodeableConcept", "targetCode", "targetCoding", "targetSystem", "targetScope",
    "url", "conceptMap", "conceptMapVersion", "dependency", "reverse", "thisUrl", "otherUrl", "thisValueSet",
    "otherValueSet", "diagnostics", "valueSetVersion", "validation", "useSupplement", "system-version", "valueSet",
)  # fmt: skip
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([URL, SET, MAP, "a", "b", "", "1", "sv", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["system", "code", "coding", "version", "url", "name", "value"]), inner, max_size=3
        )
    ),
    max_leaves=4,
)
right = st.sampled_from([code("a"), code("b"), uri(URL), uri(SET), uri(MAP), coding(URL, "a"), ("Boolean", True)]).map(
    lambda each: {f"value{each[0]}": each[1]}
)
wrong = st.dictionaries(
    st.sampled_from(["valueString", "valueCoding", "valueCodeableConcept", "valueBoolean", "part", "resource"]),
    json,
    max_size=2,
)
nested = st.builds(lambda listed: {"resource": {"resourceType": "Parameters", "parameter": listed}}, json)
parameters = st.lists(
    st.builds(lambda name, value: {**value, "name": name}, st.sampled_from(NAMES), right | wrong | nested), max_size=6
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(OPERATIONS)), parameters, st.sampled_from(["4.0.1", "5.0.0"]))
def test_there_is_always_an_answer(name, listed, fhir_version):
    given_ = [{"name": "tx-resource", "resource": each} for each in RESOURCES]
    asked = {"resourceType": "Parameters", "parameter": [*given_, *listed]}
    status, answer = operation(name, asked, fhir_version=fhir_version)
    assert answer["resourceType"] in ("Parameters", "ValueSet", "OperationOutcome")
    assert (status == 200) == (answer["resourceType"] != "OperationOutcome")
