"""Every noun serialises to JSON and back exactly, is frozen, and refuses what it does not know."""

import json

import pytest
from hypothesis import given
from pydantic import ValidationError

import strategies
from termbank.model import Coding, Concept, Finding, KnownSystem, Term, Vocabulary, VocabularyInfo
from termbank.model.notation import dotted, loose_key

KINDS = ["concepts", "terms", "vocabularies", "value_sets", "mappings", "mapping_sets", "codings", "findings"]


@pytest.mark.parametrize("kind", KINDS)
def test_json_and_back(kind):
    @given(getattr(strategies, kind))
    def check(noun):
        text = noun.to_json()
        again = type(noun).from_json(text)
        assert again == noun
        assert again.to_json() == text, "written twice is the same"
        assert type(noun).from_json(noun.model_dump_json()) == noun, "the long form says the same"
        assert "\n" not in text, "one line"
        assert hash(again) == hash(noun)

    check()


@given(strategies.properties)
def test_a_property_keeps_the_type_of_its_value(value):
    assert type(type(value).from_json(value.to_json()).value) is type(value.value)


@pytest.mark.parametrize("kind", KINDS)
def test_frozen_and_strict(kind):
    @given(getattr(strategies, kind))
    def check(noun):
        field = next(iter(type(noun).model_fields))
        with pytest.raises(ValidationError):
            setattr(noun, field, "x")
        with pytest.raises(ValidationError):
            type(noun).model_validate({**noun.model_dump(), "colour": "red"})
        with pytest.raises(ValidationError):
            type(noun).from_json(json.dumps({**json.loads(noun.to_json()), "colour": "red"}))

    check()


@given(strategies.vocabularies)
def test_info_is_the_vocabulary_without_its_concepts(vocabulary):
    info = vocabulary.info()
    assert type(info) is VocabularyInfo
    assert Vocabulary.model_validate({**dict(info), "concepts": vocabulary.concepts}) == vocabulary


@given(strategies.concepts, strategies.texts)
def test_with_changes_one_field(concept, comment):
    changed = concept.with_(comment=comment)
    assert changed.comment == comment
    assert changed.with_(comment=concept.comment) == concept


def test_with_validates_anew():
    with pytest.raises(ValidationError):
        Coding(system="kva", code="AU124").with_(code=None)
    with pytest.raises(ValidationError):
        Coding(system="kva", code="AU124").with_(kod="AU124")


def test_no_infinite_confidence():
    for number in (float("nan"), float("inf"), 1.5, -0.1):
        with pytest.raises(ValidationError):
            strategies.Mapping(
                subject=Coding(system="a", code="1"), object=None, predicate="skos:exactMatch", confidence=number
            )


def test_display_prefers_the_language_then_swedish_then_any():
    concept = Concept(
        id="x",
        terms=(
            Term(text="avrådd", status="deprecated"),
            Term(text="plan", language="en"),
            Term(text="planering"),
        ),
    )
    assert concept.display() == "planering"
    assert concept.display("en") == "plan"
    assert concept.display("fi") == "planering"
    assert Concept(id="x", terms=concept.terms[:1]).display() == "avrådd"
    assert Concept(id="x").display() is None


def test_finding_is_written_in_two_languages():
    finding = Finding(rule="unknown-code", severity="error", arguments=(("code", "X"), ("system", "kva|2026")))
    assert finding.message() == "Koden X finns inte i kva|2026."
    assert finding.message("en") == "The code X does not exist in kva|2026."
    assert "<system>" in finding.with_(arguments=(("code", "X"),)).message("en"), "a missing argument shows its name"


def test_known_system_gives_a_header():
    system = KnownSystem(id="kva", title="KVÅ", notation=("case",), dot_after=3)
    info = system.info(version="2026", title=None)
    assert (info.id, info.title, info.version, info.notation) == ("kva", "KVÅ", "2026", ("case",))


# -- notation


@given(strategies.codes, strategies.one_of(strategies.NotationVariant))
def test_a_loose_key_is_its_own_key(code, variant):
    key = loose_key(code, {variant})
    assert loose_key(key, {variant}) == key
    assert loose_key(code, ()) == code


@pytest.mark.parametrize(
    ("written", "variant", "key"),
    [
        ("f32.1", "case", "F32.1"), (" F32 .1 ", "spaces", "F32.1"), ("F32.1", "dot", "F321"),
        ("A170†", "dagger-asterisk", "A170"), ("G01*", "dagger-asterisk", "G01"),
        ("A17.0+", "dagger-asterisk", "A17.0"),
        ("d450.2", "qualifier", "d450"), ("d450.12", "qualifier", "d450"), ("e310+3", "qualifier", "e310"),
        ("b1", "qualifier", "b1"),
    ],
)  # fmt: skip
def test_each_variant(written, variant, key):
    assert loose_key(written, {variant}) == key
    assert loose_key(written, ()) == written


def test_dotted_leaves_other_codes_alone():
    assert [dotted(code, 3) for code in ("A000", "F3210", "F32.1", "01", "A00-B99", "", "f321", "AU124")] == [
        "A00.0", "F32.10", "F32.1", "01", "A00-B99", "", "f321", "AU124",
    ]  # fmt: skip
