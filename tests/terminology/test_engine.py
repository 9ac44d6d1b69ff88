"""Names, hierarchy, translation and search."""

import datetime

import pytest

from termbank import Bank, UnknownConcept, UnknownVocabulary
from termbank.language.words import collation_key, fold, words
from termbank.model import Coding, Concept, Identifier, KnownSystem, Mapping, MappingSet, Relation, Term, Vocabulary
from termbank.store import library
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology
from termbank.terminology.source import MemoryMappings


def code(code, *titles, above=()):
    return Concept(
        id=code,
        terms=tuple(Term(text=title) for title in titles),
        relations=tuple(Relation(type="broader", target=parent) for parent in above),
    )


KVA = Vocabulary(
    id="kva",
    title="KVÅ",
    version="2026",
    notation=("case", "spaces"),
    concepts=(
        code("AU", "Planering"),
        code("AU124", "Upprättande av samordnad individuell plan (SIP)", above=["AU"]),
        code("AU125", "Upprättande av SIP vid utskrivning", above=["AU"]),
        code("GC", "Samordning"),
        code("GC001", "Samordning av öga, näsa och hals", above=["GC", "AU"]),
    ),
)
KSI = Vocabulary(id="ksi", title="KSI", version="2026", concepts=(code("XAH.20.75", "Upprätta SIP"), code("XAH.20.65")))


def mapping(subject, target, predicate, confidence=None, **more):
    return Mapping(
        subject=Coding(system="kva", code=subject),
        object=Coding(system="ksi", code=target) if target else None,
        predicate=predicate,
        confidence=confidence,
        **more,
    )


SETS = [
    MappingSet(
        id="first",
        subject_source="kva",
        object_source="ksi",
        mappings=(
            mapping("AU124", "XAH.20.65", "skos:closeMatch", 1.0),
            mapping("AU124", "XAH.10.ZZ", "skos:broadMatch", 0.5),
            mapping("AU124", "XAH.20.75", "skos:exactMatch", 0.9, comment="samma sak"),
            mapping("AU125", "XAH.20.75", "skos:exactMatch", negated=True),
            mapping("GC", None, "skos:exactMatch"),
        ),
    )
]
BANK = Bank.from_vocabularies([KVA, KVA.with_(version="2020"), KSI], SETS)


# -- names

OFFICIAL = "https://www.socialstyrelsen.se/statistik-och-data/klassifikationer-och-koder/kva/"
MISTAKE = "1.2.752.116.1.1.1.1.1"


@pytest.fixture(scope="module")
def known():
    return Terminology([MemorySource(KVA), MemorySource(KVA.with_(version="2020"))], (), library.shipped_systems)


@pytest.mark.parametrize(
    "name",
    [
        "kva", "KVA", OFFICIAL, OFFICIAL.rstrip("/"), OFFICIAL.upper(), "1.2.752.116.1.3.2.1.4",
        "urn:oid:1.2.752.116.1.3.2.1.4", "URN:OID:1.2.752.116.1.3.2.1.4", MISTAKE, f"urn:oid:{MISTAKE}",
    ],
)  # fmt: skip
def test_every_name_of_a_system(known, name):
    resolved = known.names.resolve(name)
    assert (resolved.id, resolved.version) == ("kva", None)
    assert (resolved.finding is not None) == (MISTAKE in name)
    assert known.names.resolve(f"{name}|2020")[:2] == ("kva", "2020")
    assert known.validate(f"{name}|2020", "AU124").version == "2020"


def test_a_mistake_says_what_to_write(known):
    finding = known.validate(MISTAKE, "AU124").findings[0]
    assert (finding.rule, finding.severity) == ("mistaken-identifier", "warning")
    assert OFFICIAL in finding.message("sv") and MISTAKE in finding.message("sv")


def test_a_name_that_nobody_knows(known):
    assert known.names.resolve("hittepå|3") == ("hittepå", "3", None)
    with pytest.raises(UnknownVocabulary, match=r"hittepå.*kva\|2020, kva\|2026") as error:
        known.source("hittepå")
    assert error.value.known == ("kva|2020", "kva|2026")
    with pytest.raises(UnknownVocabulary, match="2017"):
        known.source("kva", "2017")


def test_what_is_loaded_goes_before_what_is_known():
    own = Vocabulary(id="egen", title="E", identifiers=(Identifier(value="1.2.3", type="oid"),))
    table = [KnownSystem(id="annan", title="A", identifiers=(Identifier(value="1.2.3", type="oid"),))]
    assert Terminology([MemorySource(own)], (), lambda: table).names.resolve("1.2.3").id == "egen"


def test_no_identifier_is_shared_by_two_systems():
    seen: dict[str, str] = {}
    for system in library.shipped_systems():
        for identifier in system.identifiers:
            assert seen.setdefault(identifier.value, system.id) == system.id


# -- concepts and hierarchy


def test_concept():
    assert BANK.concept("kva", "AU124").display() == "Upprättande av samordnad individuell plan (SIP)"
    assert BANK.concept("kva|2020", " au124").id == "AU124"
    with pytest.raises(UnknownConcept, match=r"AU134 is not in kva\|2026; near: AU124") as error:
        BANK.concept("kva", "AU134")
    assert error.value.near[0] == "AU124"
    with pytest.raises(LookupError):
        BANK.concept("kva", "AU134")
    assert BANK.concept("kva", "AU134", strict=False) is None
    assert BANK.concept("hittepå", "A", strict=False) is None


def test_subsumes():
    assert BANK.subsumes("kva", "AU", "AU124") == "subsumes"
    assert BANK.subsumes("kva", "AU124", "AU") == "subsumed-by"
    assert BANK.subsumes("kva", "AU124", "au124") == "equivalent"
    assert BANK.subsumes("kva", "AU124", "AU125") == "not-subsumed"
    assert BANK.subsumes("kva", "AU", "GC001") == "subsumes", "under the second of its parents too"
    assert BANK.subsumes("kva", "GC001", "AU", version="2020") == "subsumed-by"
    with pytest.raises(UnknownConcept, match="AU126 is not in") as error:
        BANK.subsumes("kva", "AU", "AU126")
    assert set(error.value.near) == {"AU124", "AU125"}
    with pytest.raises(UnknownVocabulary):
        BANK.subsumes("kvo", "AU", "AU124")


# -- translation


def test_translations_are_ordered_and_shown():
    found = BANK.translate("kva", "au124", to="ksi")
    assert [(t.coding.code, t.relationship, t.confidence) for t in found] == [
        ("XAH.20.75", "equivalent", 0.9),
        ("XAH.10.ZZ", "source-is-narrower-than-target", 0.5),
        ("XAH.20.65", "related-to", 1.0),
    ]
    assert found[0].coding == Coding(system="ksi", code="XAH.20.75", version="2026", display="Upprätta SIP")
    assert (found[0].path, found[0].mapping_set, found[0].comment) == ("forward", "first", "samma sak")
    assert found[1].coding.display is None, "not in the list, and still told"


def test_the_inverse():
    (found,) = BANK.translate("ksi", "XAH.10.ZZ", to="kva")
    assert (found.coding.code, found.path) == ("AU124", "inverse")
    assert found.relationship == "source-is-broader-than-target"
    assert BANK.translate("ksi", "XAH.20.75", to="kva")[0].coding.code == "AU124"


def test_no_counterpart_is_not_the_same_as_nobody_looked():
    (found,) = BANK.translate("kva", "GC", to="ksi")
    assert (found.coding, found.relationship, found.mapping_set) == (None, None, "first")
    assert BANK.translate("kva", "GC001", to="ksi") == []
    with pytest.raises(UnknownVocabulary, match="icf is not in the bank, and nothing is mapped"):
        BANK.translate("kva", "GC", to="icf")


def test_a_denied_mapping_translates_nothing():
    assert BANK.translate("kva", "AU125", to="ksi") == []


def test_two_sets_may_differ():
    other = MappingSet(id="second", mappings=(mapping("AU124", "XAH.20.75", "skos:closeMatch", 0.2),))
    terminology = Terminology([MemorySource(KVA)], [MemoryMappings([*SETS, other])])
    found = [(t.mapping_set, t.relationship) for t in terminology.translate("kva", "AU124", "ksi")]
    assert found[0] == ("first", "equivalent")
    assert ("second", "related-to") in found


# -- search


EYES = Vocabulary(
    id="ord",
    title="Ord",
    concepts=(
        code("c1", "öga"), code("c2", "samverkan"), code("c3", "samordning"), code("c4", "ål"),
        code("c5", "alm"), code("c6", "samordnad individuell plan", "SIP"), code("c7", "Café"),
    ),
)  # fmt: skip
WORDS = Bank.from_vocabularies([EYES])


@pytest.mark.parametrize(
    ("text", "concept", "match"),
    [
        ("samverkan", "c2", "exact"), ("SAMVERKAN", "c2", "exact"), ("samvekran", "c2", "spelling"),
        ("samverkn", "c2", "spelling"), ("samv", "c2", "prefix"), ("öga", "c1", "exact"), ("ÖGA", "c1", "exact"),
        ("oga", "c1", "spelling"), ("cafe", "c7", "exact"), ("sip", "c6", "exact"), ("individuell plan", "c6", "words"),
        ("plan samordnad", "c6", "words"), ("samordnad indiv", "c6", "prefix"), ("individuel plan", "c6", "spelling"),
        ("plan av något slag", "c6", "some-words"), ("c3", "c3", "code"),
    ],
)  # fmt: skip
def test_search(text, concept, match):
    first = WORDS.search(text)[0]
    assert (first.concept.id, first.match) == (concept, match)
    assert 0 <= first.score <= 1


def test_swedish_letters_are_letters():
    assert [(hit.concept.id, hit.match) for hit in WORDS.search("oga")] == [("c1", "spelling")]
    assert [hit.concept.id for hit in WORDS.search("al") if hit.match in ("exact", "prefix", "words")] == ["c5"]
    assert WORDS.search("xyzzy") == []
    assert WORDS.search("") == WORDS.search("  ") == []


def test_a_code_and_the_beginning_of_one():
    hits = BANK.search("AU124")
    assert (hits[0].concept.id, hits[0].match, hits[0].score, hits[0].vocabulary) == ("AU124", "code", 1.0, "kva|2026")
    assert BANK.search("au 124")[0].match == "code"
    assert [hit.concept.id for hit in BANK.search("AU12") if hit.match == "prefix"] == ["AU124", "AU125"]
    assert [hit.concept.id for hit in BANK.search("XAH")] == ["XAH.20.65", "XAH.20.75"]


def test_search_in_one_and_in_few():
    assert {hit.vocabulary for hit in BANK.search("sip")} == {"kva|2026", "ksi|2026"}, "the newest of each"
    assert {hit.vocabulary for hit in BANK.search("sip", vocabulary="kva|2020")} == {"kva|2020"}
    assert {hit.vocabulary for hit in BANK.search("sip", vocabulary="kva", version="2020")} == {"kva|2020"}
    assert len(BANK.search("sip", limit=1)) == 1
    with pytest.raises(UnknownVocabulary):
        BANK.search("sip", vocabulary="kvo")


def test_scores_fall():
    scores = [hit.score for hit in BANK.search("upprättande sip", limit=20)]
    assert scores == sorted(scores, reverse=True)


# -- words


def test_swedish_order():
    ordered = ["apa", "Bo", "bo", "zon", "ål", "Äpple", "ärende", "Öga", "övning"]
    assert sorted({*ordered}, key=collation_key) == ordered


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åäö", "åäö"), ("A\u030a", "å"), ("Ménière", "meniere"), ("sam\u00advårdsplan", "samvårdsplan"),
        ("ÅÄÖ É", "åäö e"), ("", ""),
    ],
)  # fmt: skip
def test_fold(text, folded):
    assert fold(text) == folded


def test_words():
    assert words("SIP:en, vård- och omsorgsplan/ÅTGÄRD") == ["sip", "en", "vård", "och", "omsorgsplan", "åtgärd"]


def test_of_two_with_the_same_term_the_one_that_applies_comes_first():
    old = code("1", "socialtjänstlagen").with_(valid_to=datetime.date(2025, 6, 30))
    gone = code("2", "socialtjänstlagen").with_(inactive=True)
    now = code("3", "socialtjänstlagen").with_(valid_to=datetime.date.max)
    statutes = Vocabulary(id="sfs", title="Lagar", concepts=(old, gone, now))
    hits = Terminology([MemorySource(statutes)]).search("socialtjänstlagen")
    assert [hit.concept.id for hit in hits] == ["3", "1", "2"]


def test_a_supplement_of_one_version_adds_to_that_version_only():
    base = Vocabulary(id="bas", title="Bas", version="1", concepts=(code("A", "ett"),))
    added = Vocabulary(
        id="eget",
        title="Eget",
        content="supplement",
        supplements="bas|1",
        concepts=(code("A", "uno"), code("B", "due")),
    )
    both = Terminology([MemorySource(base), MemorySource(added)])
    (hit,) = both.search("uno")
    assert (hit.vocabulary, hit.concept.display(), hit.supplement) == ("bas|1", "ett", "eget|1")
    assert both.search("due") == [], "what it adds to does not exist"
    assert [s.info.id for s in both.supplements("bas", "A")] == ["eget"]
    assert both.search("uno", vocabulary="eget")[0].vocabulary == "bas|1"
    newer = Terminology([MemorySource(base.with_(version="2")), MemorySource(added)])
    assert newer.supplements("bas", "A") == [] and newer.search("uno", vocabulary="bas") == []
    alone = Terminology([MemorySource(added)])
    assert alone.search("uno")[0].vocabulary == "eget|1", "without what it adds to, it stands for itself"
