"""Value sets as files: read exactly, mistakes located in both languages, written back the same."""

import json
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies
from termbank.errors import FormatError
from termbank.formats import value_set_files
from termbank.formats.fhir import value_sets as resources
from termbank.formats.value_set_form import WrittenValueSet, from_value_set, to_value_set
from termbank.model import ConceptFilter, ConceptSet, IncludedConcept, Term, ValueSet

WHOLE = """
id = "plan"
title = "Planer"
url = "http://x.se/plan"
version = "2"
description = "Allt som kan sägas."
status = "draft"
experimental = true
language = "sv"
on = 2026-03-01
active = true

[[include]]
system = "kva|2026"
codes = ["AU124", { code = "AU125", display = "SIP ut", designations = [{ text = "SIP out", language = "en" }] }]

[[include]]
system = "icd-10-se"
version = "2026"
under = ["F10-F19", "F20-F29"]
within = "F"
filter = { property = "display", op = "regex", value = ".*akut.*" }
selectable = true
value_sets = "annan"

[[include]]
value_sets = ["en", "två"]

[[exclude]]
system = "kva"
filter = [{ property = "inactive", value = true }, { property = "antal", value = 3 }]
selectable = false
"""


@pytest.fixture
def read(tmp_path):
    def from_text(text, name="namn.valueset.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return value_set_files.read(path)

    return from_text


def kept(property_, op, value):
    return ConceptFilter(property=property_, op=op, value=value)


def test_everything_that_can_be_said(read):
    found = read(WHOLE)
    listed, first, second, imported = found.include
    assert (found.id, found.version, found.inactive, str(found.locked_date)) == ("plan", "2", False, "2026-03-01")
    assert (found.status, found.experimental, found.language, found.url) == ("draft", True, "sv", "http://x.se/plan")
    out = Term(text="SIP out", language="en", status="unknown")
    assert listed == ConceptSet(
        system="kva", version="2026",
        concepts=["AU124", IncludedConcept(code="AU125", display="SIP ut", designations=[out])],
    )  # fmt: skip
    rest = [kept("concept", "is-a", "F"), kept("display", "regex", ".*akut.*"), kept("notSelectable", "=", "false")]
    above = {"system": "icd-10-se", "version": "2026", "value_sets": ["annan"]}
    assert first == ConceptSet(filters=[kept("concept", "descendent-of", "F10-F19"), *rest], **above)
    assert second == ConceptSet(filters=[kept("concept", "descendent-of", "F20-F29"), *rest], **above)
    assert imported == ConceptSet(value_sets=["en", "två"])
    filters = [kept("inactive", "=", "true"), kept("antal", "=", "3"), kept("notSelectable", "=", "true")]
    assert found.exclude == (ConceptSet(system="kva", filters=filters),)


def test_the_name_of_the_file_is_the_id(read):
    assert read("include = []").id == "namn" and read("\ufeffinclude = []").include == ()


WRONG = {
    "": ("missing-key", None, "include"),
    "include = 3": ("not-a-list", 1, "include"),
    'include = ["kva"]': ("not-a-table", 1, "kva"),
    '\n[[include]]\nsystm = "kva"': ("unknown-key", 3, "systm"),
    '[[include]]\nsystem = "kva"\nkoder = ["A"]': ("unknown-key", 3, "koder"),
    '[[include]]\nsystem = "kva"\ncodes = [12]': ("unquoted-text", 3, "12"),
    '[[include]]\nsystem = "kva"\ncodes = [["A"]]': ("invalid-record", 3, ""),
    '[[include]]\nsystem = "kva"\nversion = 2026': ("unquoted-text", 3, "2026"),
    '[[include]]\nsystem = "kva"\nfilter = [{ property = "a", op = "like", value = "b" }]': (
        "unknown-value",
        3,
        "like",
    ),
    '[[include]]\nsystem = "kva"\nfilter = [{ property = "a" }]': ("missing-key", 3, "value"),
    'on = "igår"\ninclude = []': ("not-a-date", 1, "igår"),
    "[[include]]": ("empty-include", 1, ""),
    '[[include]]\nsystem = "kva"\ncodes = ["A"]\nunder = "B"': ("codes-and-conditions", 4, "under"),
    '[[include]]\ncodes = ["A"]': ("no-system", 2, "codes"),
    '[[include]]\nsystem = "kva|1"\nversion = "2"': ("two-versions", 3, "1"),
    "a = [": ("invalid-toml", None, ""),
    "x = 1\nx = 2\n": ("invalid-toml", 2, ""),
    "a = " + "[" * 50_000: ("invalid-toml", None, ""),
    "a = " + "9" * 5_000: ("invalid-toml", None, ""),
    "a = {" + "b = {" * 50_000: ("invalid-toml", None, ""),
    'id = ""\ninclude = []': ("invalid-record", 1, ""),
    "[include]\na = 1": ("not-a-list", 1, "include"),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:30])
def test_what_is_wrong_is_located(read, text):
    rule, line, word = WRONG[text]
    with pytest.raises(FormatError) as error:
        read(text)
    finding = error.value.finding
    assert (finding.rule, finding.location.line, finding.severity) == (rule, line, "error")
    assert finding.location.path.endswith("namn.valueset.toml")
    for language in ("sv", "en"):
        assert word in finding.message(language) and len(finding.message(language)) < 400
    assert word in str(error.value)


def test_files_that_are_none(tmp_path):
    for name in ("x.valueset.toml", "x.json"):
        with pytest.raises(FormatError) as error:
            value_set_files.read(tmp_path / name)
        assert error.value.finding.rule == "no-such-file"
    (tmp_path / "x.valueset.toml").write_bytes("titel = 'å'".encode("latin-1"))
    with pytest.raises(FormatError) as error:
        value_set_files.read(tmp_path / "x.valueset.toml")
    assert error.value.finding.rule == "wrong-encoding"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"[[include]]\nsystem = '\x00'")
def test_anything_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.valueset.toml"
    path.write_bytes(content)
    try:
        assert isinstance(value_set_files.read(path), ValueSet)
    except FormatError as error:
        assert error.finding is not None and error.finding.message("sv")


def test_resources(tmp_path, read):
    resource, _ = resources.write(read(WHOLE))
    (tmp_path / "x.json").write_text(json.dumps(resource), encoding="utf-8")
    assert value_set_files.read(tmp_path / "x.json").include == read(WHOLE).include
    xml = '<ValueSet xmlns="http://hl7.org/fhir"><url value="http://x.se/a"/><status value="active"/></ValueSet>'
    assert read(xml, "x.xml").url == "http://x.se/a"
    for text in ('{"resourceType": "CodeSystem", "url": "a"}', '{"resourceType": "Patient"}', "{", "[]"):
        with pytest.raises(FormatError):
            read(text, "y.json")


# -- writing


def sayable(text):
    """Return a strategy of value sets that a file can hold whole."""
    condition = st.builds(ConceptFilter, property=strategies.names, value=text,
                          op=st.sampled_from(["=", "is-a", "descendent-of", "regex", "in"]))  # fmt: skip
    usual = st.sampled_from([
        kept("concept", "is-a", "A"), kept("concept", "descendent-of", "B"),
        kept("notSelectable", "=", "false"), kept("notSelectable", "=", "true"), kept("notSelectable", "=", "x"),
    ])  # fmt: skip
    designation = st.builds(Term, text=text, language=st.sampled_from(["sv", "en"]), status=st.just("unknown"))
    listed = st.builds(IncludedConcept, code=text, display=st.none() | text,
                       designations=strategies.some(designation))  # fmt: skip
    system = text.filter(lambda name: "|" not in name)
    more = {"version": text, "value_sets": strategies.some(text)}
    return st.fixed_dictionaries({"system": system}, optional=more).flatmap(
        lambda said: st.one_of(
            strategies.some(listed, 3).map(lambda concepts: ConceptSet(concepts=concepts, **said)),
            strategies.some(condition | usual, 4).map(lambda filters: ConceptSet(filters=filters, **said)),
        )
    )


@given(
    st.fixed_dictionaries(
        {"id": strategies.names, "include": strategies.some(sayable(st.text(max_size=8)))},
        optional={
            "title": strategies.texts, "url": strategies.texts, "version": strategies.names,
            "exclude": strategies.some(sayable(st.text(max_size=8))), "inactive": st.booleans(),
            "locked_date": strategies.dates, "description": st.text(max_size=300), "experimental": st.booleans(),
            "status": st.sampled_from(["draft", "retired"]), "language": strategies.names,
        },
    ).map(ValueSet.model_validate)
)  # fmt: skip
@example(ValueSet(id="x", title='"\\\x7f\x00\u2028\n', include=()))
def test_round_trip(tmp_path_factory, value_set):
    text, losses = value_set_files.write(value_set)
    assert not losses, losses
    path = tmp_path_factory.mktemp("round") / "annat.valueset.toml"
    path.write_bytes(text.encode())
    assert value_set_files.read(path) == value_set
    assert value_set_files.write(value_set_files.read(path))[0] == text


@given(strategies.value_sets)
def test_what_cannot_be_written_is_told(value_set):
    text, losses = value_set_files.write(value_set)
    written = WrittenValueSet.model_validate(tomllib.loads(text))
    assert written == from_value_set(value_set)[0]
    assert bool(losses) or to_value_set(written, value_set.id) == value_set


def test_a_long_list_stands_in_lines():
    codes = [f"AU{number}" for number in range(100, 140)]
    text, _ = value_set_files.write(ValueSet(id="x", include=[ConceptSet(system="kva", concepts=codes)]))
    assert '\n  "AU101",\n' in text and tomllib.loads(text)["include"][0]["codes"] == codes
