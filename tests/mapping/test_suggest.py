"""Suggest: what is found, by which reasons, in which order, and that nothing breaks it."""

import datetime
import time

import pytest
from suggesting_help import DISEASES, decision, kinds, suggester, vocabulary, with_headings

import termbank
from termbank.errors import UnknownVocabulary
from termbank.mapping.suggest.reasons import TEXTS, Reason
from termbank.mapping.suggest.suggesting import Suggester
from termbank.model import Coding, Concept, MappingSet, Term
from termbank.model.mapping import LITERAL
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology


@pytest.fixture(scope="module")
def small() -> Suggester:
    return suggester()


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("Akut bronkit", "J20", "same"),
        ("kroniska bronkiter", "J42", "form"),
        ("sjukdom i spottkörtel", "K11", "form"),
        ("handledsfraktur", "S62", "around"),
        ("kronisk svikt", "N18", "inside"),
        ("blindtarmsinflammation", "K35", "same"),
        ("akut brokit", "J20", "misspelled"),
        ("njusvikt, kronisk", "N18", "misspelled"),
        ("bronkit, akut", "J20", "order"),
        ("Diabetes typ II", "E11", "form"),
        ("demens UNS", "F03", "abbreviation"),
        ("demens utan närmare specifikation", "F03", "same"),
        ("sten i urinledare", "N20", "synonym"),
        ("förträngning i a. renalis", "I77", "abbreviation"),
        ("akut append.", "K35", "begun"),
    ],
)
def test_each_reason(small: Suggester, text: str, code: str, kind: str) -> None:
    best = small.suggest(text)[0]
    assert (best.coding.code, best.coding.display) == (code, DISEASES[code])
    assert kind in kinds(best), kinds(best)


def test_reasons_are_said_in_both_languages(small: Suggester) -> None:
    best = small.suggest("akut brokit i lunga")[0]
    assert [reason.text("en") for reason in best.reasons] == [
        "the same words: akut",
        "brokit may be a misspelling of bronkit",
        "the title lacks lunga",
    ]
    assert [reason.text("sv") for reason in best.reasons] == [
        "samma ord: akut",
        "brokit kan vara felskrivet för bronkit",
        "titeln saknar lunga",
    ]
    for kind, texts in TEXTS.items():
        assert len(set(texts)) == 2, kind
        assert all(Reason(kind, "ett", "två").text(language) for language in ("sv", "en"))


def test_kind_and_derived() -> None:
    found = suggester(vocabulary({"A": "Torakoskopisk biopsi av pleura", "B": "Öppen biopsi av pleura"}))
    best = found.suggest("endoskopisk biopsi av pleura")[0]
    assert (best.coding.code, kinds(best)["kind"]) == ("A", "torakoskopisk är ett slags endoskopisk")
    found = suggester(vocabulary({"A": "Träning av handfunktion", "B": "Bedömning av handfunktion"}))
    best = found.suggest("träna handfunktion")[0]
    assert best.coding.code == "A"
    assert kinds(best)["derived"] == "träna och träning är bildade av samma ord" or "form" in kinds(best)


def test_the_heading_above() -> None:
    rows = [("A", "Operationer på näthinnan", ""), ("A1", "Laserbehandling", "A"), ("B", "Operationer på huden", ""),
            ("B1", "Laserbehandling", "B")]  # fmt: skip
    found = suggester(with_headings(rows))
    best = found.suggest("laserbehandling av huden")
    assert best[0].coding.code == "B1", [each.coding.code for each in best]
    assert kinds(best[0])["above"] == "huden står i rubriken ovanför: Operationer på huden"


def test_synonyms_and_deprecated_terms() -> None:
    words = vocabulary().with_(
        concepts=[
            Concept(
                id="person",
                terms=(
                    Term(text="person med funktionsnedsättning"),
                    Term(text="funktionshindrad", status="deprecated"),
                    Term(text="individ med funktionsnedsättning", status="admitted"),
                ),
            )
        ]
    )
    found = suggester(words)
    best = found.suggest("funktionshindrade")[0]
    assert (best.path, best.term, best.coding.display) == (
        "deprecated",
        "funktionshindrad",
        "person med funktionsnedsättning",
    )
    assert kinds(best)["deprecated-term"] == "funktionshindrad är en avrådd term för samma sak"
    assert found.suggest("individ med funktionsnedsättning")[0].path == "synonym"


def test_terms_of_a_supplement() -> None:
    own = vocabulary({"J20": "luftrörskatarr"}, "region", content="supplement", supplements="sjukdomar")
    best = suggester(vocabulary(), own).suggest("luftrörskatarr")[0]
    assert (best.coding.code, best.path, best.coding.display) == ("J20", "supplement", "Akut bronkit")
    assert kinds(best)["supplement-term"] == "luftrörskatarr är en term ur region"


def test_bridges_of_the_termbank() -> None:
    bridge = vocabulary().with_(
        id="termbank",
        concepts=[Concept(id="sip", terms=(Term(text="samlad plan"), Term(text="rundplan", status="deprecated")))],
    )
    plans = vocabulary({"P1": "Upprättande av samlad plan", "P2": "Uppföljning av behandling"})
    best = suggester(plans, bridge).suggest("upprätta rundplan")[0]
    assert best.coding.code == "P1"
    assert kinds(best)["renamed"] == "rundplan heter samlad plan i termbanken"


def test_concepts_that_are_mapped() -> None:
    bridge = vocabulary({"dagbok": "vårdloggbok"}, "termbank")
    mapped = MappingSet(
        id="termbank-till-sjukdomar",
        mappings=(decision("", "J20", subject=Coding(system="termbank", code="dagbok")),),
    )
    best = suggester(vocabulary(), bridge, mappings=[mapped]).suggest("vårdloggbok")[0]
    assert (best.coding.code, best.path) == ("J20", "mapping")
    assert kinds(best)["mapped-term"] == "vårdloggbok är mappat hit (termbank-till-sjukdomar)"


def test_earlier_decisions_come_first() -> None:
    found = suggester(decisions=[decision("Akut bronkit", "J42")])
    best, second = found.suggest("akut  BRONKIT")[:2]
    assert (best.coding.code, best.path, best.score) == ("J42", "decision", 0.99)
    assert kinds(best) == {"decided": "akut BRONKIT har tidigare mappats hit (Maj Ek, 2026-03-01)"}
    assert second.coding.code == "J20" and second.score <= 0.01 + 1e-9
    near = found.suggest("akut bronkitt")
    assert {each.path for each in near if each.coding.code == "J42"} == {"decision"}


def test_decisions_of_the_bank() -> None:
    kept = MappingSet(id="beslut", mappings=(decision("hosta", "J42"),))
    with termbank.Bank.from_vocabularies([vocabulary()], mappings=[kept]) as bank:
        best = bank.suggest("Hosta", to="sjukdomar")[0]
    assert (best.coding.code, best.path) == ("J42", "decision")


def test_what_reads_the_same_comes_first() -> None:
    turned = {f"A{number}": f"Sedering. Start: {one} gas. Sedan: {other} gas. Sedan: lugn" for number, (one, other) in
              enumerate([("med", "utan"), ("utan", "med"), ("utan", "utan"), ("med", "med")])}  # fmt: skip
    found = suggester(vocabulary(turned))
    for code, title in turned.items():
        assert found.suggest(title.upper())[0].coding.code == code


def test_decisions_that_differ_are_all_shown() -> None:
    found = suggester(decisions=[MappingSet(id="s", mappings=(decision("hosta", "J42"), decision("hosta", "J20")))])
    assert [(each.coding.code, each.score) for each in found.suggest("hosta")] == [("J42", 0.495), ("J20", 0.495)]


def test_what_is_no_decision() -> None:
    refused = decision("hosta", "J42", negated=True)
    proposed = decision("hosta", "J42", justification="semapv:LexicalMatching")
    gone = decision("hosta", "J99")
    none = decision("hosta", "J42", object=None, predicate="sssom:NoTermFound")
    assert suggester(decisions=[refused, proposed, gone, none]).suggest("hosta") == []


def test_proposals_are_mappings(small: Suggester) -> None:
    subject = Coding(system="lokal", code="17", display="akut bronkit")
    best = small.propose(subject)[0]
    assert (best.subject, best.object and best.object.code) == (subject, "J20")
    assert (best.justification, best.reviewer, best.comment) == (
        "semapv:LexicalMatching",
        None,
        "samma ord: akut, bronkit",
    )
    assert small.propose(Coding(system=LITERAL, code="akut bronkit"))[0].object == best.object


def test_scores_fall_and_do_not_depend_on_what_was_asked_before(small: Suggester) -> None:
    texts = ["fraktur", "kronisk sjukdom i njure", "diabetes typ 1", "akut", "demens eller diabetes"]
    first = [small.suggest(text) for text in texts]
    assert [suggester().suggest(text) for text in reversed(texts)] == first[::-1]
    for found in first:
        scores = [each.score for each in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_ties_follow_the_list() -> None:
    found = suggester(vocabulary({"B": "Akut bronkit", "A": "Akut bronkit"})).suggest("akut bronkit")
    assert [each.coding.code for each in found] == ["B", "A"]
    assert found[0].score == found[1].score, "like titles are as likely"


def test_what_tells_titles_apart(small: Suggester) -> None:
    assert small.suggest("diabetes typ 1")[0].coding.code == "E10"
    assert small.suggest("kronisk bronkit")[0].score > 0.9
    assert {each.coding.code: each.score for each in small.suggest("kronisk bronkit")}["J20"] < 0.3


def test_nothing_fits(small: Suggester) -> None:
    for text in ("", "   ", "!?", "...", "xyzzy", "och"):
        assert all(each.score < 0.2 for each in small.suggest(text)), text
    assert small.suggest("") == small.suggest("(((") == []
    assert small.suggest("bronkit", limit=0) == []
    assert len(small.suggest("fraktur på handled och underben", limit=1)) == 1
    assert suggester(vocabulary({})).suggest("bronkit") == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "bronkit " * 200_000,
        "(" * 100_000,
        "akut\x00bronkit\x1b[31m\u202e",
        "\ud800",
        "e\u0301" * 50_000,
        "ej klassificeras på " * 50_000,
        "a-" * 500_000,
        "٣ ߁ ² ½ Ⅷ",
        " - " * 300_000,
    ],
    ids=["long", "many", "brackets", "control", "half", "accents", "phrases", "hyphens", "digits", "dashes"],
)
def test_hostile_texts(small: Suggester, text: str) -> None:
    started = time.perf_counter()
    found = small.suggest(text)
    assert time.perf_counter() - started < 2
    assert all("\x1b" not in reason.text() and "\x00" not in reason.text() for each in found for reason in each.reasons)


def test_many_texts(small: Suggester) -> None:
    texts = ["akut bronkit", "demens", "akut bronkit"]
    assert small.suggest_many(texts, limit=2) == [small.suggest(text, limit=2) for text in texts]


def test_versions_days_and_what_no_longer_holds() -> None:
    old, new = datetime.date(2019, 12, 31), datetime.date(2020, 1, 1)
    concepts = [
        Concept(id="A", terms=(Term(text="Akut bronkit"),), valid_to=old),
        Concept(id="B", terms=(Term(text="Akut bronkit"),), valid_from=new),
        Concept(id="C", terms=(Term(text="Akut bronkit"),), inactive=True),
    ]
    sources = Terminology([MemorySource(vocabulary().with_(concepts=concepts))])
    codes = [[each.coding.code for each in Suggester(sources, "sjukdomar", on=day).suggest("akut bronkit")]
             for day in (None, old, new)]  # fmt: skip
    assert codes == [["A", "B"], ["A"], ["B"]]
    with pytest.raises(UnknownVocabulary):
        Suggester(sources, "sjukdomar", "3")


def test_other_languages_do_not_mix_in() -> None:
    terms = (Term(text="Akut bronkit"), Term(text="Acute bronchitis", language="en"))
    found = suggester(vocabulary().with_(concepts=[Concept(id="J20", terms=terms)]))
    assert found.suggest("akut bronkit")[0].coding.display == "Akut bronkit"
    assert {each.term for each in found.suggest("bronchitis")} <= {"Akut bronkit"}


def test_the_bank_asks_it() -> None:
    with termbank.Bank.from_vocabularies([vocabulary()]) as bank:
        best = bank.suggest("akut brokit", to="sjukdomar")[0]
        assert best.coding == Coding(system="sjukdomar", code="J20", version="1", display="Akut bronkit")
        assert bank.suggest_many(["akut brokit"], "sjukdomar") == [bank.suggest("akut brokit", "sjukdomar")]
        assert bank.suggester("sjukdomar") is bank.suggester("sjukdomar")
        decided = bank.suggest_many(["hosta"], "sjukdomar", decisions=[decision("hosta", "J42")])
        assert [each.coding.code for each in decided[0]] == ["J42"]
        with pytest.raises(UnknownVocabulary):
            bank.suggest("akut bronkit", to="kva")


def test_the_shipped_fragments() -> None:
    with termbank.open() as bank:
        assert bank.suggest("upprätta SIP", to="kva", limit=1)[0].coding.code == "AU124"
        assert bank.suggest("samordnad individuell plan", to="ksi")
        assert bank.suggest("vårdplaner", to="termbank")[0].coding.system == "termbank"
        assert bank.suggest("stöd och relationer", to="icf")
