"""Value sets in a bank: which codes are in them, on which day, and what is said of those that are not."""

import datetime
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from termbank import Bank, Coding, Concept, Relation, Term, Vocabulary
from termbank.errors import FormatError, UnknownValueSet
from termbank.model import ConceptFilter, ConceptSet, ValueSet
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.membership import Membership
from termbank.terminology.question import Question
from termbank.terminology.refusal import Refusal
from termbank.terminology.value_sets import Members, ValueSets
from termbank.terminology.verdict import Verdict

DAY = datetime.date


def concept(code, title, above=None, **more):
    relations = [Relation(type="broader", target=above)] if above else []
    return Concept(id=code, terms=(Term(text=title),), relations=relations, **more)


OLD = Vocabulary(
    id="kva", title="KVÅ", url="http://example.org/kva", version="2025", notation=("case", "spaces"),
    valid_from=DAY(2025, 1, 1), valid_to=DAY(2025, 12, 31),
    concepts=[concept("AU", "Planering"), concept("AU120", "Vårdplanering"), concept("AU124", "SIP")],
)  # fmt: skip
NEW = Vocabulary(
    id="kva", title="KVÅ", url="http://example.org/kva", version="2026", notation=("case", "spaces"),
    valid_from=DAY(2026, 1, 1),
    concepts=[
        concept("AU", "Planering", abstract=True), concept("AU124", "SIP", "AU"),
        concept("AU125", "SIP vid utskrivning", "AU"),
        concept("AU126", "Ny insats", "AU", valid_from=DAY(2026, 6, 1)),
        concept("XS005", "Informationsutbyte", inactive=True),
    ],
)  # fmt: skip
PART = Vocabulary(id="del", title="Del", content="fragment", concepts=[concept("A", "Ett"), concept("B", "Två")])


def value_set(name, *include, **more):
    return ValueSet(id=name, include=include, **more)


def under(code, system="kva", *, op="descendent-of"):
    return ConceptSet(system=system, filters=[ConceptFilter(property="concept", op=op, value=code)])


SELECTABLE = ConceptFilter(property="notSelectable", op="=", value="false")
SETS = [
    value_set("sip", ConceptSet(system="kva", concepts=["AU124", "AU125"]), title="SIP"),
    value_set("under", under("AU")),
    value_set("valbara", ConceptSet(system="kva", filters=[SELECTABLE])),
    value_set("alla", ConceptSet(system="http://example.org/kva")),
    value_set("bruk", ConceptSet(system="kva"), inactive=False),
    value_set("låst", ConceptSet(system="kva"), locked_date=DAY(2025, 5, 5)),
    value_set("förra", ConceptSet(system="kva", version="2025", concepts=["AU120"])),
    value_set("både", ConceptSet(value_sets=["sip"]), ConceptSet(system="del", concepts=["A"])),
    value_set("utom", ConceptSet(value_sets=["sip"]), exclude=[ConceptSet(system="kva", concepts=["AU125"])]),
    value_set("utdrag", ConceptSet(system="del", concepts=["A", "C"])),
    value_set("hela-utdraget", ConceptSet(system="del")),
    value_set("annat", ConceptSet(system="kva", concepts=["AU124"]), ConceptSet(system="okänt")),
    value_set("ring", ConceptSet(value_sets=["ring"])),
    value_set("lös", ConceptSet(value_sets=["finns-inte"])),
]
BANK = Bank.from_vocabularies([OLD, NEW, PART]).overlaid(value_sets=SETS)


def codes(name, **options):
    return [each.code for each in BANK.expand(name, **options).codes]


def test_expand():
    assert codes("sip") == ["AU124", "AU125"]
    assert codes("under") == ["AU124", "AU125", "AU126"]
    assert codes("valbara") == ["AU124", "AU125", "AU126", "XS005"]
    assert codes("alla") == ["AU", "AU124", "AU125", "AU126", "XS005"]
    assert codes("bruk") == codes("alla", active_only=True) == ["AU", "AU124", "AU125", "AU126"]
    assert codes("både") == ["AU124", "AU125", "A"]
    assert codes("utom") == ["AU124"]
    assert codes("alla", text="utskriv") == ["AU125"]
    pages = [code for offset in range(0, 6, 2) for code in codes("alla", count=2, offset=offset)]
    assert pages == codes("alla") and BANK.expand("alla", count=2).total == 5
    (top, last) = BANK.expand("alla", nested=True).codes
    assert ([each.code for each in top.children], last.code) == (["AU124", "AU125", "AU126"], "XS005")


def test_expand_on_a_day():
    assert codes("alla", on=DAY(2026, 3, 1)) == ["AU", "AU124", "AU125", "XS005"]
    assert codes("alla", on=datetime.datetime(2026, 7, 1)) == codes("alla")
    assert codes("alla", on=DAY(2025, 3, 1)) == codes("låst") == codes("låst", on=DAY(2026, 3, 1))
    assert codes("förra", on=DAY(2026, 3, 1)) == ["AU120"]
    with pytest.raises(Refusal, match="2019-01-01"):
        BANK.expand("alla", on=DAY(2019, 1, 1))


def test_a_value_set_of_the_call_and_names():
    assert BANK.value_set("sip").title == "SIP"
    assert {each.id for each in BANK.value_sets} == {each.id for each in SETS}
    assert [each.code for each in BANK.expand(value_set("egen", ConceptSet(value_sets=["sip"]))).codes] == codes("sip")
    with pytest.raises(UnknownValueSet, match=r"no value set nej\. There are: alla, annat") as error:
        BANK.expand("nej")
    assert "sip" in error.value.known and error.value.finding.message("sv") == "Det finns inget urval nej."
    for name in ("ring", "lös"):
        for ask in (BANK.expand, lambda name: BANK.validate_code("kva", "AU124", value_set=name)):
            with pytest.raises(Refusal):
                ask(name)


def told(system, code, name, **options):
    answer = BANK.validate_code(system, code, value_set=name, **options)
    return answer.valid, [finding.rule for finding in answer.findings]


@pytest.mark.parametrize(
    ("system", "code", "name", "valid", "rules"),
    [
        ("kva", "AU124", "sip", True, []),
        ("http://example.org/kva", "AU124", "sip", True, []),
        ("kva", " au124", "sip", True, ["notation"]),
        ("kva", "XS005", "sip", False, ["inactive-code", "not-in-value-set"]),
        ("kva", "ZZ", "sip", False, ["unknown-code"]),
        ("kva", "AU120", "sip", False, ["withdrawn-code"]),
        ("kva", "AU", "alla", False, ["abstract-code"]),
        ("kva", "AU120", "förra", True, []),
        ("kva|2026", "AU120", "förra", False, ["withdrawn-code"]),
        ("kva", "XS005", "bruk", False, ["inactive-code", "not-in-value-set"]),
        ("del", "A", "både", True, []),
        ("del", "B", "både", False, ["not-in-value-set"]),
        ("kva", "AU125", "utom", False, ["not-in-value-set"]),
        # a fragment: what is listed but not in it cannot be told; what is not listed is surely not in the value set
        ("del", "C", "utdrag", None, ["not-in-fragment", "value-set-undetermined"]),
        ("del", "D", "utdrag", False, ["not-in-fragment", "not-in-value-set"]),
        ("del", "D", "hela-utdraget", None, ["not-in-fragment", "value-set-undetermined"]),
        # a system that is not here: the codes of the others have their answer
        ("kva", "AU124", "annat", True, []),
        ("kva", "AU125", "annat", False, ["not-in-value-set"]),
        ("okänt", "1", "annat", None, ["unknown-system", "value-set-undetermined"]),
        ("okänt", "1", "sip", False, ["unknown-system", "not-in-value-set"]),
    ],
)  # fmt: skip
def test_validate(system, code, name, valid, rules):
    assert told(system, code, name) == (valid, rules)
    many = BANK.validate_codes([Coding(system=system, code=code)] * 2, value_set=name)
    assert [(each.valid, [f.rule for f in each.findings]) for each in many] == [(valid, rules)] * 2


def test_validate_on_a_day():
    assert told("kva", "AU126", "under", on=DAY(2026, 7, 1)) == (True, [])
    assert told("kva", "AU126", "under", on=DAY(2026, 3, 1)) == (False, ["not-yet-valid"])
    assert told("kva", "AU120", "alla", on=DAY(2025, 3, 1)) == (True, [])
    assert told("kva", "AU124", "alla", on=DAY(2019, 1, 1))[0] is None
    assert told("kva", "AU125", "låst", on=DAY(2026, 3, 1)) == (False, ["not-in-value-set"])
    assert told("kva", "AU120", "låst") == (True, [])


def test_the_texts():
    (finding,) = BANK.validate_code("del", "B", value_set="både").findings
    assert finding.message("sv") == "B i del|1 ingår inte i urvalet både."
    assert finding.message("en") == "B in del|1 is not in the value set både."
    finding = BANK.validate_code("del", "C", value_set="utdrag").findings[-1]
    assert finding.severity == "warning" and "del|1 finns inte här, i sin helhet" in finding.message("sv")


def test_arrays():
    found = BANK.validate_codes(["au124", "XS005", None], system="kva", value_set="sip")
    assert found.to_dicts() == [
        {"code": "AU124", "valid": True, "version": "2026", "display": "SIP", "rule": None},
        {"code": "XS005", "valid": False, "version": "2026", "display": "Informationsutbyte", "rule": "inactive-code"},
        {"code": None, "valid": None, "version": None, "display": None, "rule": None},
    ]


def test_an_assumed_heading_is_not_selectable():
    listed = NEW.with_(assumptions=("selectable",), concepts=[each.with_(abstract=False) for each in NEW.concepts])
    bank = Bank.from_vocabularies([listed])
    found = bank.expand(value_set("valbara", ConceptSet(system="kva", filters=[SELECTABLE])))
    assert [each.code for each in found.codes] == ["AU124", "AU125", "AU126", "XS005"]


# -- resources


PLAN = {
    "resourceType": "CodeSystem", "url": "http://x.se/plan", "status": "active", "content": "complete",
    "concept": [{"code": "b", "concept": [{"code": "z"}, {"code": "c"}]}, {"code": "a", "display": "A"}],
}  # fmt: skip
CHOSEN = {
    "resourceType": "ValueSet", "url": "http://x.se/vs", "id": "vs", "status": "active",
    "compose": {"include": [{"system": "http://x.se/plan", "concept": [{"code": "a"}, {"code": "c"}]}]},
}  # fmt: skip


def test_from_resources():
    naming = {
        "resourceType": "NamingSystem", "name": "Plan", "status": "active", "kind": "codesystem", "date": "2026-01-01",
        "uniqueId": [{"type": "uri", "value": "http://x.se/plan", "preferred": True}],
    }  # fmt: skip
    bank = Bank.from_resources([CHOSEN, PLAN, {"resourceType": "Patient"}, naming])
    assert [each.code for each in bank.expand("http://x.se/vs").codes] == ["a", "c"]
    assert bank.validate_code("http://x.se/plan", "b", value_set="http://x.se/vs").valid is False
    for broken in ({"resourceType": "CodeSystem", "concept": 3}, {}, [], None, {"resourceType": ["CodeSystem"]}):
        with pytest.raises(FormatError):
            Bank.from_resources([broken])


def test_pickling():
    with pytest.raises(TypeError, match="in memory cannot be pickled"):
        pickle.dumps(BANK)


# -- the compiled set and the engine give the same answers


def parts(most):
    filters = st.builds(
        ConceptFilter,
        property=st.just("concept"),
        op=st.sampled_from(["is-a", "descendent-of", "is-not-a", "child-of", "generalizes", "in", "not-in", "regex"]),
        value=strategies.codes.filter(lambda code: "," not in code and "*" not in code),
    )
    kinds = {"concepts": st.lists(strategies.codes, max_size=4), "filters": st.lists(filters, max_size=2)}
    chosen = st.one_of(*(st.fixed_dictionaries({name: kind}) for name, kind in kinds.items()))
    version = st.sampled_from([{}, {}, {"version": "1"}])
    return st.lists(
        st.tuples(chosen, version).map(lambda both: ConceptSet(system="x", **both[0], **both[1])), max_size=most
    )


@given(strategies.small_vocabularies(), parts(3), parts(2), parts(2), st.booleans(), st.none() | st.just(False))
def test_compiled_and_engine_agree(vocabulary, include, exclude, other, both, inactive):
    vocabulary = vocabulary.with_(notation=(), content="complete", valid_from=None, valid_to=None)
    first = ValueSet(id="first", include=other)
    include = [*include, ConceptSet(value_sets=["first"])] if both else include
    include = [*include, ConceptSet(system="x", value_sets=["first"])] if other and not both else include
    chosen = ValueSet(id="chosen", include=include, exclude=exclude, inactive=inactive)
    terminology = Terminology([MemorySource(vocabulary)], value_sets=[first, chosen])
    ids = [each.id for each in vocabulary.concepts]
    members = Members(terminology, chosen)
    assert members._membership is None
    answers = members._inside(terminology.validate_many([Coding(system="x", code=code) for code in ids]))
    membership = Membership(Inquiry(terminology.holdings, Question()), chosen)
    asked = [membership.contains("", Coding(system="x", code=code), Verdict()) for code in ids]
    assert answers == asked
    expanded = {each.code for each in ValueSets(terminology).expand("chosen").codes}
    assert expanded == {code for code, inside in zip(ids, asked, strict=True) if inside}


# -- what the answer depends on


def test_a_system_that_is_not_here_beside_a_fragment():
    sets = [value_set("b", ConceptSet(system="del", concepts=["A", "C"]), ConceptSet(system="okänt"))]
    bank = Bank.from_vocabularies([PART]).overlaid(value_sets=sets)
    for code, valid in (("A", True), ("B", False), ("C", None), ("D", False)):
        assert bank.validate_code("del", code, value_set="b").valid is valid, code
    with pytest.raises(Refusal, match="okänt"):
        bank.expand("b")


def test_value_sets_in_many_layers_are_told_at_once():
    """Each of forty value sets includes the next one twice: 2**40 paths lead through them."""
    layers = [
        value_set(f"lager{n}", ConceptSet(value_sets=[f"lager{n + 1}"]), ConceptSet(value_sets=[f"lager{n + 1}"]))
        for n in range(40)
    ]
    layers.append(value_set("lager40", ConceptSet(system="del", concepts=["A", "C"])))
    bank = Bank.from_vocabularies([PART]).overlaid(value_sets=layers)
    for code, valid in (("A", True), ("B", False), ("C", None)):
        assert bank.validate_code("del", code, value_set="lager0").valid is valid
    members = ValueSets(bank.terminology).members("lager0")
    assert members.covers("del") and not members.covers("kva")


def test_a_file_is_read_once_and_again_when_it_changes(tmp_path):
    path = tmp_path / "x.valueset.toml"
    for listed in ("AU124", "AU125"):
        path.write_text(f'title = "{listed * 3}"\n[[include]]\nsystem = "kva"\ncodes = ["{listed}"]\n', "utf-8")
        assert [each.code for each in BANK.expand(path).codes] == [listed]
        assert BANK._value_set(path) is BANK._value_set(path)
        assert BANK.validate_code("kva", listed, value_set=path).valid is True
        path.unlink()
    with pytest.raises(FormatError, match="no such file"):
        BANK.expand(path)


@pytest.mark.parametrize("options", [{"count": -1}, {"offset": -1}, {"language": "!"}, {"on": "2026-03-01"}])
def test_what_makes_no_sense(options):
    with pytest.raises((TypeError, ValueError)):
        BANK.expand("sip", **options)
