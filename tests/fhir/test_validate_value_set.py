"""ValueSet/$validate-code: is a code in a value set, and right; each promise once."""

import pytest
from builders import BASE, ask, coding, concept, designation, in_value_set, include, supplement, system, value_set

from termbank import Bank
from termbank.model import Concept, ConceptSet, Term, ValueSet, Vocabulary

VALIDATE = "ValueSet/$validate-code"
PLAN = system(
    "plan",
    concept("A", "Alpha", concept("A1", "Alpha one", "a1x"), concept("A2", "Alpha two")),
    concept("B", "Beta", properties={"status": "retired"}),
    concept("H", "Heading", properties={"notSelectable": True}),
    version="1.0.0",
    property=[
        {"code": "status", "uri": "http://hl7.org/fhir/concept-properties#status", "type": "code"},
        {"code": "notSelectable", "uri": "http://hl7.org/fhir/concept-properties#notSelectable", "type": "boolean"},
    ],
)
OTHER = system("other", "A", "Z")
URL = PLAN["url"]
ALL = value_set("all", include(PLAN))
ALPHA = value_set("alpha", include(PLAN, filters=[("concept", "is-a", "A")]))


def valid(of, code, *resources, system=URL, **given):
    return in_value_set(of, PLAN, OTHER, *resources, code=code, system=system, **given)


# -- membership


@pytest.mark.parametrize(
    ("of", "inside", "outside"),
    [
        (ALL, "A1", "nope"),
        (value_set("listed", include(PLAN, "A1", "nope")), "A1", "nope"),
        (ALPHA, "A2", "B"),
        (value_set("two-filters", include(PLAN, filters=[("concept", "is-a", "A"), ("code", "=", "A1")])), "A1", "A2"),
        (value_set("without", include(PLAN), exclude=[include(PLAN, "A1")]), "A2", "A1"),
        (value_set("import", include(value_sets=[ALPHA])), "A1", "B"),
        (value_set("system-and-import", include(PLAN, "A1", "B", value_sets=[ALPHA])), "A1", "B"),
        (value_set("without-import", include(PLAN), exclude=[include(value_sets=[ALPHA])]), "B", "A1"),
        (value_set("empty"), None, "A1"),
        (value_set("other-system", include(OTHER)), None, "A1"),
    ],
    ids=lambda each: each.get("url", "") if isinstance(each, dict) else None,
)
def test_a_code_is_in_a_value_set_or_not(of, inside, outside):
    if inside:
        assert valid(of, inside, ALPHA).result is True
    answer = valid(of, outside, ALPHA)
    assert answer.result is False
    assert "None_of_the_provided_codes_are_in_the_value_set_one" in answer.ids
    assert of["url"] in answer.message


def test_all_value_sets_of_one_include_must_have_the_code():
    both = value_set("both", include(value_sets=[ALPHA, value_set("few", include(PLAN, "A1", "B"))]))
    few = value_set("few", include(PLAN, "A1", "B"))
    assert [valid(both, each, ALPHA, few).result for each in ("A1", "A2", "B")] == [True, False, False]


def test_an_exclude_of_another_system_says_nothing_of_a_code_even_where_that_system_is_not_here():
    of = value_set("v", include(PLAN), exclude=[include("http://nowhere.example.org")])
    assert valid(of, "A").result is True


def test_an_exclude_of_a_version_that_is_not_here_leaves_the_answer_open():
    answer = valid(value_set("v", include(PLAN), exclude=[include(PLAN, version="7")]), "A")
    assert not answer.result
    assert answer.all("x-caused-by-unknown-system") == [f"{URL}|7"]


def test_a_contained_value_set_and_its_siblings_are_found_and_those_of_other_resources_are_not():
    inner = value_set(None, include(PLAN, "A1"), id="inner")
    outer = value_set(None, include(value_sets=["#inner"]), id="outer")
    of = value_set("holder", include(value_sets=["#outer"]), contained=[inner, outer])
    assert valid(of, "A1").result is True
    stranger = value_set("stranger", include(value_sets=["#inner"]))
    assert "Unable_to_resolve_value_Set_" in valid(stranger, "A1", of).ids


def test_two_resources_may_contain_value_sets_with_the_same_id():
    low = value_set("low", include(value_sets=["#x"]), contained=[value_set(None, include(PLAN, "A1"), id="x")])
    high = value_set("high", include(value_sets=["#x"]), contained=[value_set(None, include(value_sets=[low]), id="x")])
    assert valid(high, "A1", low).result is True


def test_a_value_set_given_in_the_call_needs_no_url():
    def asked(**given):
        return ask(VALIDATE, PLAN, system=URL, valueSet=value_set(None, include(PLAN, "A")), **given)

    assert asked(code="A").result is True
    assert "'(unidentified)'" in asked(code="B").message


def test_a_stored_expansion_alone_is_used_in_all_its_depth():
    entry = {"system": URL, "code": "A", "contains": [{"system": URL, "version": "1.0.0", "code": "A1"}]}
    of = value_set("stored", expansion={"contains": [entry]})
    del of["compose"]
    assert [valid(of, each).result for each in ("A", "A1", "A2")] == [True, True, False]
    assert valid(of, "A1", systemVersion="1.0.0").result is True
    assert valid(of, "A1", systemVersion="2.0.0").result is False
    assert in_value_set(of, PLAN, code="A1", inferSystem=True).system == URL
    names = supplement("names", PLAN, concept("A", "Första"))
    assert valid(of, "A", names, useSupplement=names["url"], display="Första").result is True


def test_a_value_set_without_definition_cannot_be_used():
    bare = value_set("bare")
    del bare["compose"]
    assert valid(bare, "A").result is False
    nothing = value_set("nothing", {"concept": [{"code": "A"}]})
    assert valid(nothing, "A").status == 422


def test_codes_without_regard_to_case_are_the_same_where_the_system_says_so():
    loose = system("loose", "Ab", caseSensitive=False)
    for of in (value_set("v", include(loose)), value_set("v", include(loose, "aB"))):
        answer = in_value_set(of, loose, code="AB", system=loose["url"])
        assert (answer.result, answer.normalized_code, answer.ids) == (True, "Ab", ["CODE_CASE_DIFFERENCE"])
    assert valid(ALL, "a1").result is False


# -- headings, inactive codes, standing


@pytest.mark.parametrize(
    ("code", "of", "options", "result"),
    [
        ("H", ALL, {}, True),
        ("H", ALL, {"abstract": True}, True),
        ("H", ALL, {"abstract": False}, False),
        ("B", ALL, {}, True),
        ("B", ALL, {"activeOnly": True}, False),
        ("B", value_set("listed", include(PLAN, "B")), {"activeOnly": True}, False),
        ("B", value_set("active", include(PLAN), compose={"inactive": False}), {}, False),
        ("B", value_set("inactive", include(PLAN), compose={"inactive": True}), {}, True),
    ],
)
def test_headings_and_inactive_codes(code, of, options, result):
    assert valid(of, code, **options).result is result


def test_a_code_that_is_no_longer_in_use_is_valid_with_a_warning():
    answer = valid(ALL, "B")
    assert (answer.result, answer.inactive, answer.status) == (True, True, 200)
    assert answer.all("status") == ["retired"]
    assert [each[:3] for each in answer.issues] == [("INACTIVE_CONCEPT_FOUND", "warning", "code")]


def test_the_status_is_that_of_the_code_that_is_answered_and_every_inactive_code_has_its_warning():
    answer = in_value_set(ALL, PLAN, codeableConcept={"coding": [coding(PLAN, "A"), coding(PLAN, "B")]})
    assert (answer.result, answer.code, answer.inactive) == (True, "A", None)
    assert [each.at for each in answer.issues] == ["CodeableConcept.coding[1]"]


@pytest.mark.parametrize(
    ("system_fields", "of_fields", "expected"),
    [
        ({"status": "draft"}, {}, ["MSG_DRAFT"]),
        ({"status": "draft"}, {"status": "draft"}, []),
        ({"experimental": True}, {}, ["MSG_EXPERIMENTAL"]),
        ({"experimental": True}, {"experimental": True}, []),
        ({"status": "retired"}, {}, ["MSG_RETIRED"]),
        ({}, {"status": "retired"}, ["MSG_RETIRED"]),
    ],
)
def test_what_is_relied_on_and_is_a_draft_or_out_of_use_is_named(system_fields, of_fields, expected):
    base = system("base", "A", **system_fields)
    answer = in_value_set(value_set("v", include(base), **of_fields), base, code="A", system=base["url"])
    assert (answer.result, answer.ids) == (True, expected)


def test_a_value_set_that_is_excluded_is_relied_on_too():
    old = value_set("old", include(PLAN, "A1"), status="retired")
    answer = valid(value_set("v", include(PLAN), exclude=[include(value_sets=[old])]), "A", old)
    assert (answer.result, answer.ids) == (True, ["MSG_RETIRED"])


def test_a_code_that_the_value_set_marks_as_deprecated_is_valid_with_a_warning():
    url = "http://hl7.org/fhir/StructureDefinition/valueset-deprecated"
    marked = {"code": "A", "extension": [{"url": url, "valueBoolean": True}]}
    answer = valid(value_set("v", include(PLAN, marked)), "A")
    assert (answer.result, answer.ids) == (True, ["CONCEPT_DEPRECATED_IN_VALUESET"])


# -- systems that are not here, or no code systems


@pytest.mark.parametrize(
    ("given", "id", "unknown"),
    [
        ({"system": "http://x.example.org"}, "UNKNOWN_CODESYSTEM", "http://x.example.org"),
        (
            {"system": "http://x.example.org", "systemVersion": "1"},
            "UNKNOWN_CODESYSTEM_VERSION_NONE",
            "http://x.example.org",
        ),
        ({"system": BASE + "other", "systemVersion": "7"}, "UNKNOWN_CODESYSTEM_VERSION", BASE + "other|7"),
        ({"system": BASE + "all"}, "Terminology_TX_System_ValueSet2", None),
        ({"system": BASE + "names"}, "CODESYSTEM_CS_NO_SUPPLEMENT", None),
        ({"system": "plan"}, "Terminology_TX_System_Relative", "plan"),
        ({"system": URL.upper()}, "UNKNOWN_CODESYSTEM", URL.upper()),
        ({"system": URL + "/"}, "UNKNOWN_CODESYSTEM", URL + "/"),
    ],
)
def test_why_a_system_cannot_be_used(given, id, unknown):
    answer = in_value_set(ALPHA, ALL, PLAN, {**OTHER, "version": "1"}, supplement("names", PLAN), code="A", **given)
    assert answer.result is False
    assert id in answer.ids
    assert answer.all("x-unknown-system") == ([unknown] if unknown else [])


def test_where_the_value_set_itself_uses_an_unknown_system_that_is_the_cause():
    answer = in_value_set(value_set("v", include("http://x.example.org")), code="A", system="http://x.example.org")
    assert (answer.result, answer.all("x-caused-by-unknown-system")) == (False, ["http://x.example.org"])


@pytest.mark.parametrize("first", [True, False])
def test_an_unknown_system_behind_an_import_leaves_the_answer_open_whatever_the_order(first):
    far = value_set("far", include("http://x.example.org"))
    includes = [include(value_sets=[far]), include(PLAN)]
    of = value_set("v", *(includes if first else reversed(includes)))
    answer = in_value_set(of, far, PLAN, code="Q", system="http://x.example.org")
    assert answer.all("x-caused-by-unknown-system") == ["http://x.example.org"]


@pytest.mark.parametrize("content", ["not-present", "example"])
def test_a_system_whose_codes_are_not_there_is_no_system(content):
    base = system("base", "A", content=content)
    answer = in_value_set(value_set("v", include(base)), base, code="A", system=base["url"])
    assert (answer.result, answer.ids) == (False, ["UNKNOWN_CODESYSTEM"])


def test_a_code_that_a_fragment_lacks_may_be_valid():
    base = system("base", "A", content="fragment")
    answer = in_value_set(value_set("v", include(base)), base, code="Q", system=base["url"])
    assert (answer.result, answer.ids) == (True, ["UNKNOWN_CODE_IN_FRAGMENT"])


def test_a_system_that_needs_its_version_is_not_used_without():
    base = system("base", "A", version="2", versionNeeded=True)
    of = value_set("v", include(base))
    assert in_value_set(of, base, code="A", system=base["url"], systemVersion="2").result is True
    answer = in_value_set(of, base, code="A", system=base["url"])
    assert (answer.result, answer.issues[0].at) == (False, "version")


def test_it_is_said_where_a_code_may_be_composed_by_a_grammar_that_is_not_known():
    base = system("base", "A", compositional=True)
    answer = in_value_set(value_set("v", include(base)), base, code="A+A", system=base["url"])
    assert answer.result is False
    assert "its grammar is not known" in answer.said


# -- supplements, modifiers, circles


def test_a_supplement_that_is_needed_is_used_or_its_absence_said():
    names = supplement("names", PLAN, concept("A", designation=[designation("Förstaplan", "sv")]))
    extension = [{"url": "http://hl7.org/fhir/StructureDefinition/valueset-supplement", "valueCanonical": names["url"]}]
    for of in (value_set("v", include(PLAN), extension=extension), value_set("v", include(PLAN, extension=extension))):
        answer = valid(of, "A", names, display="Förstaplan")
        assert (answer.result, answer.ids) == (True, [])
        assert valid(of, "A").status == 422
    assert valid(ALL, "A", names, display="Förstaplan").result is False
    assert valid(ALL, "A", names, display="Förstaplan", useSupplement=names["url"]).result is True


@pytest.mark.parametrize("place", ["root", "compose", "include", "filter"])
def test_an_element_whose_meaning_is_changed_in_an_unknown_way_is_not_used(place):
    of = value_set("v", include(PLAN, filters=[("concept", "is-a", "A")]))
    element = {"root": of, "compose": of["compose"], "include": of["compose"]["include"][0]}
    element["filter"] = element["include"]["filter"][0]
    element[place]["modifierExtension"] = [{"url": "http://x.example.org/not", "valueBoolean": True}]
    answer = valid(of, "A")
    assert (answer.status, "http://x.example.org/not" in answer.said) == (422, True)


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        (("concept", "is-a", ""), "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE"),
        (("colour", "=", "red"), "FILTER_NOT_UNDERSTOOD"),
        (("concept", "near", "A"), "FILTER_NOT_UNDERSTOOD"),
        (("code", "regex", "("), "INVALID_REGEX"),
    ],
)
def test_a_filter_that_is_not_understood_is_refused(wanted, id):
    answer = valid(value_set("v", include(PLAN, filters=[wanted])), "A")
    assert (answer.resource["resourceType"], answer.ids) == ("OperationOutcome", [id])


def test_value_sets_that_include_each_other_are_refused_but_one_may_be_reached_along_many_ways():
    a, b = value_set("a", include(value_sets=[BASE + "b"])), value_set("b", include(value_sets=[BASE + "a"]))
    assert valid(a, "A", b).ids == ["VALUESET_CIRCULAR_REFERENCE"]
    left, right = (value_set(each, include(value_sets=[ALPHA])) for each in ("left", "right"))
    top = value_set("top", include(value_sets=[left, right]), exclude=[include(value_sets=[left]), include(PLAN, "A")])
    assert valid(top, "A1", left, right, ALPHA).result is False
    assert valid(value_set("top", include(value_sets=[left, right])), "A1", left, right, ALPHA).result is True


# -- what is asked


@pytest.mark.parametrize(
    "given",
    [
        {"code": "A", "system": URL},
        {"url": BASE + "all"},
        {"url": BASE + "all", "code": "A"},
        {"context": "http://x.example.org#Patient.gender", "code": "A", "system": URL},
        {"url": BASE + "all", "code": "A", "system": URL, "date": "2025"},
    ],
)
def test_a_question_that_lacks_something_or_cannot_be_read_is_refused(given):
    assert ask(VALIDATE, ALL, PLAN, **given).status == 400


# -- our own vocabularies

ICD = Vocabulary(
    id="icd",
    title="ICD",
    version="2026",
    url="https://example.org/icd",
    notation=("dot",),
    case_sensitive=False,
    concepts=(
        Concept(id="S72.0", terms=(Term(text="Fraktur på lårbenshals", language="sv"),)),
        Concept(id="A00", terms=(Term(text="Kolera", language="sv", status="preferred"),)),
    ),
)


def test_our_own_vocabularies_are_as_lenient_as_they_declare_and_known_by_all_their_names():
    bank = Bank.from_vocabularies([ICD])
    for of in (include("https://example.org/icd"), include("icd", "S72.0"), include("https://example.org/icd", "S720")):
        for name in ("https://example.org/icd", "icd"):
            answer = in_value_set(value_set("v", of), bank=bank, language="sv", code="S720", system=name)
            assert (answer.result, answer.normalized_code, answer.display) == (True, "S72.0", "Fraktur på lårbenshals")
    strict = system("icd", concept("S72.0", "Fraktur"))
    assert in_value_set(value_set("v", include(strict)), strict, code="S720", system=strict["url"]).result is False


def test_answers_are_in_swedish_for_those_who_read_it():
    bank = Bank.from_vocabularies([ICD])
    of = value_set("v", include("https://example.org/icd"))
    answer = in_value_set(of, bank=bank, language="sv", code="B99", system="https://example.org/icd")
    assert "finns inte i kodverket" in answer.message
    answer = in_value_set(of, bank=bank, language="de, sv;q=0.5", code="B99", system="https://example.org/icd")
    assert "finns inte i kodverket" in answer.message
    wrong = in_value_set(of, bank=bank, language="sv", code="A00", system="https://example.org/icd", display="Pest")
    assert wrong.message.startswith("'Pest' är fel benämning")


def test_the_value_sets_of_a_terminology_are_seen():
    own = ValueSet(id="own", url=BASE + "own", include=(ConceptSet(system="icd", concepts=("A00",)),))
    terminology = Bank.from_vocabularies([ICD]).terminology.overlaid([own])
    given = {"bank": terminology, "system": "https://example.org/icd"}
    assert ask(VALIDATE, url=BASE + "own", code="A00", **given).result is True
    assert ask(VALIDATE, url="own", code="S72.0", **given).result is False
