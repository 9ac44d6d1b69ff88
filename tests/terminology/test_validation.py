"""Is this code right: yes, no or not to be told, and for each reason a finding in two languages."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from termbank import Bank
from termbank.model import Coding, Concept, Identifier, Relation, Term, Vocabulary
from termbank.model.rule_texts import GROUPS
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology

D = datetime.date


def code(code, title="", above=None, **more):
    terms = (Term(text=title),) if title else ()
    relations = (Relation(type="broader", target=above),) if above else ()
    return Concept(id=code, terms=terms, relations=relations, **more)


ICD = Vocabulary(
    id="icd",
    title="ICD",
    version="2026",
    url="https://example.org/icd",
    identifiers=(
        Identifier(value="1.2.3", type="oid"),
        Identifier(value="1.2.9", type="oid", status="mistake"),
    ),
    valid_from=D(2026, 1, 1),
    notation=("case", "spaces", "dot", "dagger-asterisk"),
    concepts=(
        code("F00-F99", "Psykiska sjukdomar", abstract=True),
        code("F32", "Depressiv episod", "F00-F99"),
        code("F32.1", "Medelsvår depressiv episod", "F32"),
        code("F32.2", "Svår depressiv episod", "F32", inactive=True),
        code("F33.1", "Recidiverande depression", "F00-F99", valid_from=D(2026, 3, 1), valid_to=D(2026, 3, 31)),
        code("A17.0", "Tuberkulös meningit"),
        code("G01", "Hjärnhinneinflammation"),
    ),
)
ICD_2020 = ICD.with_(
    version="2020",
    valid_from=D(2020, 1, 1),
    valid_to=D(2020, 12, 31),
    concepts=(code("F32.1", "Medelsvår depression"), code("F38.8", "Svår depressiv episod, annan")),
)
ICF = Vocabulary(
    id="icf", title="ICF", notation=("qualifier",), concepts=(code("d450", "Att gå"), code("d4", "Rörelse"))
)
PART = Vocabulary(id="part", title="Utdrag", content="fragment", concepts=(code("A1", "Plan"),))
TREE = Vocabulary(
    id="tree",
    title="Träd",
    assumptions=("selectable", "validity"),
    concepts=(code("A", "Rubrik"), code("A1", "Kod", "A")),
)
CLASH = Vocabulary(
    id="clash", title="Krock", notation=("case", "dot"), concepts=(code("A1.1"), code("A.11"), code("b"))
)
BANK = Bank.from_vocabularies([ICD, ICD_2020, ICF, PART, TREE, CLASH])


def rules(answer):
    return [finding.rule for finding in answer.findings]


CASES = [
    # system, code, options, valid, rules
    ("icd", "F32.1", {}, True, []),
    ("icd", "F32", {}, True, []),
    ("icd", "X99", {}, False, ["unknown-code"]),
    ("icd", "F38.8", {}, False, ["withdrawn-code"]),
    ("icd", "f388", {}, False, ["withdrawn-code"]),
    ("icd", "G01", {"version": "2020"}, False, ["withdrawn-code"]),
    ("icd", "F33.1", {"on": D(2026, 2, 28)}, False, ["not-yet-valid"]),
    ("icd", "F33.1", {"on": D(2026, 3, 1)}, True, []),
    ("icd", "F33.1", {"on": D(2026, 3, 31)}, True, []),
    ("icd", "F33.1", {"on": D(2026, 4, 1)}, False, ["no-longer-valid"]),
    ("icd", "F33.1", {}, True, []),
    ("icd", "F32.1", {"on": D(2021, 5, 5)}, None, ["no-version-on-date"]),
    ("icd", "F32.1", {"on": D(2020, 5, 5)}, True, []),
    ("icd", "F32.1", {"version": "2017"}, None, ["unknown-version"]),
    ("icd|2017", "F32.1", {}, None, ["unknown-version"]),
    ("icd|2020", "F38.8", {}, True, []),
    ("nope", "F32.1", {}, None, ["unknown-system"]),
    ("part", "A1", {}, True, []),
    ("part", "A2", {}, None, ["not-in-fragment"]),
    ("icd", "F00-F99", {}, False, ["abstract-code"]),
    ("icd", "F32.2", {}, True, ["inactive-code"]),
    ("tree", "A", {}, True, ["assumed-abstract"]),
    ("tree", "A1", {}, True, []),
    ("tree", "A1", {"on": D(2026, 1, 1)}, True, ["assumed-validity"]),
    ("icd", "F32.1", {"display": "medelsvår  DEPRESSIV episod."}, True, []),
    ("icd", "F32.1", {"display": "Lindrig depressiv episod"}, True, ["display-mismatch"]),
    ("icd", "f321", {}, True, ["notation"]),
    ("icf", "d450.2", {}, True, ["qualifier"]),
    ("clash", "a11", {}, False, ["ambiguous-notation"]),
    ("clash", "B", {}, True, ["notation"]),
    ("1.2.9", "F32.1", {}, True, ["mistaken-identifier"]),
]


@pytest.mark.parametrize(("system", "given_code", "options", "valid", "expected"), CASES)
def test_answers(system, given_code, options, valid, expected):
    answer = BANK.validate_code(system, given_code, **options)
    assert (answer.valid, rules(answer)) == (valid, expected)
    for finding in answer.findings:
        swedish, english = finding.message("sv"), finding.message("en")
        assert swedish != english
        assert "<" not in swedish + english, "every argument is given"


def test_every_rule_about_codes_is_tried():
    tried = {rule for *_, expected in CASES for rule in expected}
    assert tried >= {row[0] for group in ("codes", "identifiers") for row in GROUPS[group]}


def test_error_means_invalid():
    for system, given_code, options, valid, _ in CASES:
        severities = {finding.severity for finding in BANK.validate_code(system, given_code, **options).findings}
        assert ("error" in severities) == (valid is False)
        if valid is None:
            assert "warning" in severities


def test_an_answer_in_full():
    answer = BANK.validate_code("https://example.org/icd", " f321 ", on=D(2026, 5, 1))
    assert answer._replace(findings=()) == (True, "icd", "F32.1", "2026", "Medelsvår depressiv episod", (), ())
    assert answer.findings[0].message("sv") == " f321  är skriven på annat sätt än i icd|2026; koden är F32.1."


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("F321", "F32.1"), ("f32.1", "F32.1"), (" F32.1", "F32.1"), ("F 32.1", "F32.1"), ("F32.1*", "F32.1"),
        ("a170†", "A17.0"), ("A17.0+", "A17.0"), ("G01*", "G01"), ("G01.", "G01"), ("F32.1", "F32.1"),
    ],
)  # fmt: skip
def test_icd_is_written_in_many_ways(written, found):
    answer = BANK.validate_code("icd", written)
    assert (answer.valid, answer.code) == (True, found)
    assert rules(answer) == ([] if written == found else ["notation"])


@pytest.mark.parametrize("written", ["D450", "d 450", "d450x", "d45.0"])
def test_icf_takes_qualifiers_only(written):
    assert BANK.validate_code("icf", written).valid is False


def test_an_ambiguous_code_names_the_codes():
    (finding,) = BANK.validate_code("clash", "a11").findings
    assert dict(finding.arguments)["codes"] == "A.11, A1.1"


def test_near_codes():
    def near(given_code, **options):
        return [coding.code for coding in BANK.validate_code("icd", given_code, **options).near]

    assert set(near("F32.3")[:3]) == {"F32", "F32.1", "F32.2"}
    assert near("f32.11")[0] == "F32.1"
    assert near("GO1")[0] == "G01", "the letter O for nought"
    assert near("F38.8")[0] == "F32.2", "like the title of a withdrawn code"
    assert len(near("F32.3", near=1)) == 1
    assert near("F32.3", near=0) == []
    assert near("QQQQQQ") == []
    first = BANK.validate_code("icd", "f32.11").near[0]
    assert first == Coding(system="icd", version="2026", code="F32.1", display="Medelsvår depressiv episod")


@given(
    st.sampled_from(["icd", "icf", "part", "tree", "clash", "nope", "1.2.9", ""]),
    st.text(max_size=8),
    st.none() | st.dates(),
)
def test_it_never_raises_on_a_bad_code(system, given_code, day):
    answer = BANK.validate_code(system, given_code, on=day)
    assert answer.valid in (True, False, None)
    assert answer.valid is True or answer.findings


@pytest.mark.parametrize(
    "given_code", ["", " ", "\0", "\U0010ffff", "\ud7ff", "\ue000x", "%", "_", "'", '"', "F" * 10_000]
)
@pytest.mark.parametrize("system", ["icd", "icf", "tree"])
def test_odd_codes(system, given_code):
    assert BANK.validate_code(system, given_code).valid is False


# -- many at once


@st.composite
def batches(draw):
    """Draw versions of a small vocabulary, and codings of it."""
    versions = [draw(strategies.small_vocabularies(version=str(number))) for number in range(draw(st.integers(1, 3)))]
    written = [c.id for v in versions for c in v.concepts]
    titles = [t.text for v in versions for c in v.concepts for t in c.terms]
    asked = st.builds(
        Coding,
        system=st.sampled_from(["x", "x", "x|1", "y"]),
        code=(st.sampled_from(written) if written else strategies.codes) | strategies.codes,
        version=st.sampled_from([None, None, "0", "7"]),
        display=st.none() | (st.sampled_from(titles) if titles else strategies.titles),
    )
    return versions, draw(st.lists(asked, max_size=6))


@given(batches(), st.none() | strategies.days, st.sampled_from([0, 3]))
def test_many_are_answered_as_one_by_one(batch, day, near):
    versions, codings = batch
    terminology = Terminology(map(MemorySource, versions))
    assert terminology.validate_many(iter(codings), day, near) == [
        terminology.validate(c.system, c.code, c.version, day, c.display, near) for c in codings
    ]


@given(batches())
def test_nothing_changes_between_breakpoints(batch):
    versions, codings = batch
    terminology = Terminology(map(MemorySource, versions))
    points = terminology.breakpoints("x")
    assert points == sorted(set(points))
    one = datetime.timedelta(days=1)
    days = [D(2024, 12, 28) + one * number for number in range(10)]
    for coding in codings:
        for before, after in itertools.pairwise(days):
            if after not in points:
                answers = [terminology.validate(coding.system, coding.code, on=day, near=0) for day in (before, after)]
                assert answers[0].valid == answers[1].valid
                assert answers[0].version == answers[1].version
                assert rules(answers[0]) == rules(answers[1])


def test_breakpoints_at_the_ends_of_time():
    vocabulary = Vocabulary(
        id="x", title="X", valid_from=D.min, valid_to=D.max, concepts=(code("A", valid_from=D.min, valid_to=D.max),)
    )
    assert Terminology([MemorySource(vocabulary)]).breakpoints("x")
    assert Terminology([]).breakpoints("x") == []


def test_arrays():
    table = BANK.validate_codes(["F32.1", "f321", "X99", None, "F32.1", "F00-F99"], system="icd", on=D(2026, 5, 1))
    assert table.columns == ["code", "valid", "version", "display", "rule"]
    assert table["code"].to_list() == ["F32.1", "F32.1", "X99", None, "F32.1", "F00-F99"]
    assert table["valid"].to_list() == [True, True, False, None, True, False]
    assert table["rule"].to_list() == [None, None, "unknown-code", None, None, "abstract-code"]


def test_what_one_fragment_leaves_out_another_may_have():
    older = PART.with_(version="0", concepts=(code("A1", "Gammal"), code("B1", "Annan")))
    both = Terminology([MemorySource(PART), MemorySource(older)])
    assert both.validate("part", "A1")[:5] == (True, "part", "A1", "1", "Plan"), "the newest goes first"
    assert both.validate("part", "B1")[:5] == (True, "part", "B1", "0", "Annan")
    assert both.validate("part", "B1", version="1").valid is None, "a named version is asked alone"
    assert both.validate("part", "C1").valid is None
    assert both.concept("part", "B1").display() == "Annan"
    assert [hit.vocabulary for hit in both.search("annan")] == ["part|0"]
    assert [hit.vocabulary for hit in both.search("A1")] == ["part|1"], "each concept once, from the newest"
    assert [answer.valid for answer in both.validate_group("part", ["A1", "B1", "C1"], [None] * 3)] == [
        True,
        True,
        None,
    ]
