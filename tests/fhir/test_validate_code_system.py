"""CodeSystem/$validate-code: does a code exist, and is its display right; each promise once."""

import pytest
from builders import BASE, ask, coding, concept, designation, in_system, supplement, system, value_set

from termbank import Bank
from termbank.model import Concept, Term, Vocabulary

VALIDATE = "CodeSystem/$validate-code"
PLAN = system("plan", concept("A", "Alpha"), concept("B", None), version="1.0.0")
URL = PLAN["url"]


def test_a_code_that_exists_is_valid_and_told_with_its_display_and_version():
    answer = in_system(PLAN, code="A")
    assert (answer.result, answer.code, answer.system, answer.version, answer.display) == (
        True, "A", URL, "1.0.0", "Alpha",
    )  # fmt: skip
    assert not answer.all("issues")


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"code": "X"}, "code"),
        ({"coding": coding(PLAN, "X")}, "Coding.code"),
        ({"codeableConcept": {"coding": [coding(PLAN, "X")]}}, "CodeableConcept.coding[0].code"),
    ],
)
def test_a_code_that_does_not_exist_is_said_where_it_stands(given, at):
    answer = in_system(PLAN, **given)
    assert (answer.result, answer.message) == (
        False,
        f"Unknown code 'X' in the CodeSystem '{URL}' version '1.0.0'",
    )
    assert [each[:3] for each in answer.issues] == [("Unknown_Code_in_Version", "error", at)]


@pytest.mark.parametrize(
    "given",
    [
        {"url": URL, "code": "A"},
        {"url": URL + "|1.0.0", "code": "A"},
        {"system": URL, "code": "A"},
        {"coding": coding(PLAN, "A")},
        {"codeableConcept": {"coding": [coding(PLAN, "A"), coding(PLAN, "B")]}},
    ],
)
def test_the_system_is_named_in_the_call_or_by_the_code(given):
    assert ask(VALIDATE, PLAN, **given).result is True


def test_a_system_given_in_the_call_is_the_one_with_or_without_url():
    nameless = {**PLAN, "id": "mine"}
    del nameless["url"]
    assert ask(VALIDATE, codeSystem=PLAN, code="A").result is True
    assert ask(VALIDATE, codeSystem=nameless, code="A").result is True
    assert ask(VALIDATE, codeSystem=nameless, code="X").result is False


@pytest.mark.parametrize(
    ("given", "id", "unknown"),
    [
        ({"url": "http://x.example.org", "code": "A"}, "UNKNOWN_CODESYSTEM", ["http://x.example.org"]),
        ({"url": URL, "version": "7", "code": "A"}, "UNKNOWN_CODESYSTEM_VERSION", [URL + "|7"]),
        ({"url": BASE + "names", "code": "A"}, "CODESYSTEM_CS_NO_SUPPLEMENT", []),
        ({"url": BASE + "vs", "code": "A"}, "Terminology_TX_System_ValueSet2", []),
        ({"url": "plan", "code": "A"}, "Terminology_TX_System_Relative", ["plan"]),
        ({"coding": {"code": "A"}}, "Coding_has_no_system__cannot_validate", []),
        ({"codeableConcept": {"text": "plan"}}, "Coding_has_no_system__cannot_validate", []),
    ],
)
def test_why_a_system_cannot_be_used(given, id, unknown):
    answer = ask(VALIDATE, PLAN, supplement("names", PLAN), value_set("vs"), **given)
    assert (answer.status, answer.result) == (200, False)
    assert id in answer.ids
    assert answer.all("x-caused-by-unknown-system") == unknown


def test_the_version_is_that_of_the_call_or_of_the_coding_or_the_newest():
    old, new = (system("many", code, version=version) for code, version in (("old", "9"), ("new", "10")))
    assert ask(VALIDATE, old, new, url=old["url"], code="new").result is True
    assert ask(VALIDATE, old, new, url=old["url"], version="9", code="old").result is True
    assert ask(VALIDATE, old, new, coding=coding(old, "old", version="9")).result is True
    assert ask(VALIDATE, old, new, coding=coding(old, "old")).result is False


# -- displays

NAMES = system(
    "names",
    concept(
        "A",
        "Alpha",
        designation=[
            designation("Första", "sv"),
            designation("Gammalt namn", "sv", status="withdrawn"),
            designation("Die Erste", "de-DE", {"system": "http://x.example.org", "code": "long"}),
            designation("First", None, {"system": "http://snomed.info/sct", "code": "900000000000013009"}),
        ],
    ),
    concept("B", "Beta"),
    "c",
    language="en",
    caseSensitive=True,
)


@pytest.mark.parametrize(
    ("display", "languages", "expected"),
    [
        ("Alpha", None, None),
        ("ALPHA", None, None),
        ("First", None, None),
        ("Första", None, None),
        ("Alpha", "en", None),
        ("Första", "sv", None),
        ("Första", "sv-FI", None),
        ("Die Erste", "de", None),
        ("Alpha", "sv, en;q=0.5", None),
        ("Alpha", "sv, *;q=0.1", None),
        ("First", "sv", None),
        ("Alpha ", None, ("Display_Name_WS_for__should_be_one_of__instead_of", "error")),
        ("Omega", None, ("Display_Name_for__should_be_one_of__instead_of", "error")),
        ("Alpha", "sv", ("Display_Name_for__should_be_one_of__instead_of", "error")),
        ("Alpha", "sv, en;q=0", ("Display_Name_for__should_be_one_of__instead_of", "error")),
        ("Gammalt namn", "sv", ("INACTIVE_DISPLAY_FOUND", "warning")),
        ("Alpha", "fi", ("Display_Name_for__should_be_one_of__instead_of", "warning")),
    ],
)
def test_a_display_is_right_in_the_languages_that_are_wanted(display, languages, expected):
    answer = in_system(NAMES, code="A", display=display, **({"displayLanguage": languages} if languages else {}))
    assert [each[:2] for each in answer.issues] == ([expected] if expected else [])
    assert answer.result is (expected is None or expected[1] != "error")


@pytest.mark.parametrize(
    ("display", "id", "severity"),
    [
        ("Beta", "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK", "information"),
        ("Omega", "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR", "error"),
    ],
)
def test_where_there_is_none_in_the_language_the_systems_own_will_do(display, id, severity):
    answer = in_system(NAMES, code="B", display=display, displayLanguage="sv")
    assert ([each[:2] for each in answer.issues], answer.result) == ([(id, severity)], severity != "error")


def test_a_wrong_display_is_a_warning_for_the_lenient():
    answer = in_system(NAMES, code="A", display="Omega", lenient_display_validation=True)
    assert (answer.result, answer.issues[0].severity) == (True, "warning")


def test_of_very_many_displays_a_message_lists_some():
    many = system("many", concept("A", "x", designation=[designation(f"name {n}") for n in range(500)]))
    answer = in_system(many, code="A", display="wrong")
    assert "one of 501 choices" in answer.message
    assert answer.message.count("name ") < 200


@pytest.mark.parametrize(
    ("header", "asked", "shown"),
    [
        (None, None, "Alpha"),
        ("sv", None, "Första"),
        ("sv", "en", "Alpha"),
        ("fi, sv;q=0.2", None, "Första"),
        ("de", None, "Die Erste"),
        ("no such header", None, "Alpha"),
    ],
)
def test_the_display_that_is_answered_is_in_the_language_that_is_wanted(header, asked, shown):
    answer = in_system(NAMES, language=header, code="A", **({"displayLanguage": asked} if asked else {}))
    assert answer.display == shown


def test_a_display_language_that_is_none_is_refused():
    answer = in_system(NAMES, code="A", displayLanguage="sv;q=7")
    assert (answer.status, answer.ids) == (400, ["INVALID_DISPLAY_NAME"])


def test_a_language_pack_is_used_without_being_asked_for():
    pack = supplement("pack", NAMES, concept("B", "Andra"), pack=True, language="sv")
    answer = in_system(NAMES, pack, code="B", displayLanguage="sv", display="Andra")
    assert (answer.result, answer.display) == (True, "Andra")
    assert in_system(NAMES, {**pack, "supplements": NAMES["url"] + "|7"}, code="B", display="Andra").result is False


def test_messages_are_in_the_language_of_the_header_before_that_of_displays():
    assert "finns inte" in in_system(PLAN, language="sv", code="X", displayLanguage="en").message
    assert "finns inte" in in_system(PLAN, code="X", displayLanguage="sv").message
    assert "Unknown code" in in_system(PLAN, language="en", code="X", displayLanguage="sv").message


# -- our own vocabularies, and dates

KVA = Vocabulary(
    id="kva",
    title="KVÅ",
    version="2026",
    url="https://example.org/kva",
    identifiers=({"value": "1.2.3", "type": "oid"},),
    notation=("case", "spaces", "dagger-asterisk"),
    concepts=(
        Concept(id="AU124", terms=(Term(text="Plan"),), valid_from="2020-01-01", valid_to="2024-12-31"),
        Concept(id="AU125", terms=(Term(text="Planering"), Term(text="Plan för vård"))),
    ),
)
BANK = Bank.from_vocabularies([KVA])


@pytest.mark.parametrize("name", ["https://example.org/kva", "kva", "urn:oid:1.2.3", "https://example.org/KVA/"])
def test_our_own_vocabulary_is_known_by_all_its_names(name):
    answer = ask(VALIDATE, bank=BANK, url=name, code="AU125", display="Plan för vård")
    assert (answer.result, answer.display) == (True, "Planering")


@pytest.mark.parametrize("code", ["au125", " AU125", "AU125*"])
def test_our_own_vocabulary_lets_codes_be_written_as_it_declares(code):
    answer = ask(VALIDATE, bank=BANK, url="kva", code=code)
    assert (answer.result, answer.normalized_code) == (True, "AU125")
    assert ask(VALIDATE, bank=BANK, url="kva", code="AU-125").result is False


@pytest.mark.parametrize(
    ("date", "result"), [(None, True), ("2024-12-31", True), ("2025-01-01", False), ("2019-12-31", False)]
)
def test_a_code_is_valid_only_on_its_days(date, result):
    answer = ask(VALIDATE, bank=BANK, url="kva", code="AU124", **({"date": date} if date else {}))
    assert answer.result is result
    if not result:
        assert f"was not in force on {date}" in answer.message


def test_no_version_may_have_been_in_force():
    dated = system("dated", "A", version="2", effectivePeriod={"start": "2026-01-01"})
    answer = in_system(dated, code="A", date="2025-01-01")
    assert (answer.result, "in force on 2025-01-01" in answer.message) == (False, True)
