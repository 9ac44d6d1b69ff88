"""What a question can see: code systems by name and version, supplements, value sets; those of the call first."""

import datetime

import pytest

from termbank.model import Concept, Term, ValueSet, Vocabulary
from termbank.terminology.engine import Terminology

URL = "http://example.org/plan"
DAY = datetime.date


def vocabulary(*codes, **fields):
    concepts = tuple(Concept(id=code, terms=(Term(text=code.capitalize()),)) for code in codes)
    return Vocabulary(**{"id": URL, "title": "Plan", "url": URL, "strict": True, "concepts": concepts, **fields})


def holdings(*layers):
    found = Terminology([])
    for layer in reversed(layers):
        found = found.overlaid(layer)
    return found.holdings


def version(of, *args, **named):
    source = of.find(*args, **named)
    return source.info.version if source else None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(None, "10"), ("9", "9"), ("8", None), ("1.x", None)],
)
def test_the_newest_version_that_is_asked_for(asked, expected):
    assert version(holdings([vocabulary(version="9"), vocabulary(version="10")]), URL, asked) == expected


def test_the_newest_is_the_one_that_came_into_force_last_where_that_is_said():
    of = holdings(
        [vocabulary(version="B", valid_from=DAY(2026, 1, 1)), vocabulary(version="C", valid_from=DAY(2025, 1, 1))]
    )
    assert version(of, URL) == "B"
    assert [of.in_force(URL, DAY(year, 6, 1)).source.info.version for year in (2025, 2026)] == ["C", "B"]
    assert of.in_force(URL, DAY(2024, 1, 1)).missing == "date"


def test_a_complete_system_goes_before_a_fragment_and_the_call_before_the_bank():
    whole, part = vocabulary(version="1"), vocabulary(version="2", content="fragment")
    assert version(holdings([whole, part]), URL) == "1"
    assert version(holdings([part], [whole]), URL) == "1"
    assert version(holdings([part]), URL) == "2"
    assert version(holdings([whole], [vocabulary(version="3")]), URL) == "1"
    assert version(holdings([whole], [vocabulary(version="3")]), URL, "3") == "3"
    assert holdings([whole], [vocabulary(version="3")]).versions_of(URL) == ["1", "3"]


@pytest.mark.parametrize("content", ["not-present", "example", "supplement"])
def test_what_has_no_codes_of_its_own_is_not_used(content):
    fields = {"supplements": "http://example.org/base"} if content == "supplement" else {}
    of = holdings([vocabulary(content=content, **fields)])
    assert of.find(URL) is None
    assert of.find(URL, kinds=[content]) is not None


def test_a_strict_system_has_one_url_and_the_identifiers_that_it_states_and_ours_many_names():
    oid = {"value": "1.2.3", "type": "oid"}
    strict = holdings([vocabulary(identifiers=(oid,))])
    ours = holdings([vocabulary(id="plan", strict=False, identifiers=(oid,))])
    for name, one, other in [
        (URL, URL, URL),
        ("urn:oid:1.2.3", URL, URL),
        (URL.upper(), URL.upper(), URL),
        (URL + "/", URL + "/", URL),
        ("plan", "plan", URL),
    ]:
        assert (strict.canonical(name), ours.canonical(name)) == (one, other)


def test_which_supplements_are_used():
    base = vocabulary("a", version="1.0.0")
    add = {"content": "supplement", "supplements": URL, "concepts": ()}
    extension = "http://hl7.org/fhir/StructureDefinition/codesystem-supplement-type"
    pack = {"extension": [{"url": extension, "valueCode": "lang-pack"}]}
    named = {name: "http://example.org/" + name for name in ("pack", "stated", "ours", "other", "patterned")}
    of = holdings(
        [
            base,
            vocabulary(**add | {"id": "pack", "url": named["pack"], "extra": pack}),
            vocabulary(**add | {"id": "stated", "url": named["stated"], "version": "7"}),
            vocabulary(**add | {"id": "ours", "url": named["ours"], "strict": False}),
            vocabulary(**add | {"id": "other", "url": named["other"], "extra": pack, "supplements": URL + "|2"}),
            vocabulary(**add | {"id": "p", "url": named["patterned"], "extra": pack, "supplements": URL + "|1.x.x"}),
        ]
    )
    source = of.find(URL)

    def used(*stated):
        return {each.info.url for each in of.supplements_for(source, stated)}

    without = {named["pack"], named["ours"], named["patterned"]}
    assert used() == without
    for name in (named["stated"], named["stated"] + "|7"):
        assert used(name) == {*without, named["stated"]}
        assert of.edition(source, of.supplements_for(source, [name])).uses(name)
    assert used(named["stated"] + "|8") == without


def test_value_sets_by_url_id_and_version_and_those_that_a_system_has():
    first, second = (ValueSet(id="vs", url="http://example.org/vs", version=each) for each in ("1.0.0", "1.10.0"))
    whole = vocabulary(version="5", extra={"valueSet": "http://example.org/whole"})
    of = holdings([first, second, whole])
    for asked, expected in [
        ("http://example.org/vs", "1.10.0"),
        ("vs", "1.10.0"),
        ("vs|1.0.0", "1.0.0"),
        ("http://example.org/vs|1.x.x", "1.10.0"),
    ]:
        assert of.value_set(asked).version == expected
    assert of.value_set("http://example.org/vs", "3") is None
    assert of.value_set("http://example.org/whole").include[0].system == URL
    assert of.value_set("http://example.org/whole|6") is None
