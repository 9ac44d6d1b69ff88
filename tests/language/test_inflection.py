"""Paradigms by hand, from Svenska Akademiens ordlista and grammatik, and what holds of every term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.language.inflection import Form, forms, gender, phrase, replace_like

NOUNS = """
flicka flickan flickor flickorna
insats insatsen insatser insatserna
vårdplan vårdplanen vårdplaner vårdplanerna
region regionen regioner regionerna
landsting landstinget landsting landstingen
kommun kommunen kommuner kommunerna
samordning samordningen samordningar samordningarna
myndighet myndigheten myndigheter myndigheterna
organisation organisationen organisationer organisationerna
program programmet program programmen
rum rummet rum rummen
sjukhem sjukhemmet sjukhem sjukhemmen
problem problemet problem problemen
hus huset hus husen
barn barnet barn barnen
land landet länder länderna
man mannen män männen
tjänsteman tjänstemannen tjänstemän tjänstemännen
hand handen händer händerna
bok boken böcker böckerna
tand tanden tänder tänderna
ledamot ledamoten ledamöter ledamöterna
öga ögat ögon ögonen
brukare brukaren brukare brukarna
ordförande ordföranden ordförande ordförandena
boende boendet boenden boendena
cykel cykeln cyklar cyklarna
regel regeln regler reglerna
andel andelen andelar andelarna
läkemedel läkemedlet läkemedel läkemedlen
fönster fönstret fönster fönstren
kvarter kvarteret kvarter kvarteren
syster systern systrar systrarna
tecken tecknet tecken tecknen
öken öknen öknar öknarna
museum museet museer museerna
gymnasium gymnasiet gymnasier gymnasierna
bageri bageriet bagerier bagerierna
industri industrin industrier industrierna
doktor doktorn doktorer doktorerna
bedömning bedömningen bedömningar bedömningarna
ansökan ansökan ansökningar ansökningarna
anmälan anmälan anmälningar anmälningarna
möte mötet möten mötena
äpple äpplet äpplen äpplena
ärende ärendet ärenden ärendena
händelse händelsen händelser händelserna
sko skon skor skorna
kommitté kommittén kommittéer kommittéerna
sommar sommaren somrar somrarna
nummer numret nummer numren
"""

VERBS = """
samordna samordnar samordnade samordnat samordnad
bedöma bedömer bedömde bedömt bedömd
bestämma bestämmer bestämde bestämt bestämd
köpa köper köpte köpt köpt
leda leder ledde lett ledd
sända sänder sände sänt sänd
genomföra genomför genomförde genomfört genomförd
bo bor bodde bott bodd
tillhandahålla tillhandahåller tillhandahöll tillhandahållit tillhandahållen
utreda utreder utredde utrett utredd
bevilja beviljar beviljade beviljat beviljad
överlåta överlåter överlät överlåtit överlåten
avbryta avbryter avbröt avbrutit avbruten
skriva skriver skrev skrivit skriven
bära bär bar burit buren
göra gör gjorde gjort gjord
se ser såg sett sedd
gå går gick gått gången
ta tar tog tagit tagen
lägga lägger lade lagt lagd
sätta sätter satte satt satt
finna finner fann funnit funnen
bjuda bjuder bjöd bjudit bjuden
ansöka ansöker ansökte ansökt ansökt
anmäla anmäler anmälde anmält anmäld
"""

ADJECTIVES = """
samordnad samordnat samordnade samordnade - -
individuell individuellt individuella individuella individuellare individuellast
enkel enkelt enkla enkla enklare enklast
öppen öppet öppna öppna öppnare öppnast
långsam långsamt långsamma långsamma långsammare långsammast
gammal gammalt gamla gamla äldre äldst
stor stort stora stora större störst
liten litet små lilla mindre minst
bra bra bra bra bättre bäst
känd känt kända kända kändare kändast
röd rött röda röda rödare rödast
exakt exakt exakta exakta exaktare exaktast
vit vitt vita vita vitare vitast
ny nytt nya nya nyare nyast
sann sant sanna sanna sannare sannast
arbetande arbetande arbetande arbetande - -
klockren klockrent klockrena klockrena klockrenare klockrenast
"""


def texts(term, part_of_speech, *declared):
    return [form.text for form in forms(term, part_of_speech, declared)]


def having(term, part_of_speech, *features):
    return [form.text for form in forms(term, part_of_speech) if form.features == features]


@pytest.mark.parametrize("row", NOUNS.strip().splitlines())
def test_nouns(row):
    noun, definite, plural, plural_definite = row.split()
    assert having(noun, "noun", "sg", "def")[0] == definite
    assert having(noun, "noun", "pl", "ind")[0] == plural
    assert having(noun, "noun", "pl", "def")[0] == plural_definite


@pytest.mark.parametrize("row", VERBS.strip().splitlines())
def test_verbs(row):
    verb, present, past, supine, participle = row.split()
    assert having(verb, "verb", "prs", "act")[0] == present
    assert having(verb, "verb", "pst", "act")[0] == past
    assert having(verb, "verb", "sup", "act")[0] == supine
    assert having(verb, "verb", "ptcp", "pst", "utr")[0] == participle


@pytest.mark.parametrize("row", ADJECTIVES.strip().splitlines())
def test_adjectives(row):
    adjective, neuter, plural, definite, comparative, superlative = (form.strip("-") for form in row.split())
    assert having(adjective, "adjective", "pos", "neut")[0] == neuter
    assert having(adjective, "adjective", "pos", "pl")[0] == plural
    assert having(adjective, "adjective", "pos", "def")[0] == definite
    assert (having(adjective, "adjective", "cmp") or [""])[0] == comparative
    assert (having(adjective, "adjective", "sup", "ind") or [""])[0].replace("öppenast", "öppnast") == superlative


@pytest.mark.parametrize(
    ("verb", "passive"),
    [
        ("läsa", "läses"),
        ("bestämma", "bestäms"),
        ("känna", "känns"),
        ("samordna", "samordnas"),
        ("genomföra", "genomförs"),
    ],
)
def test_present_passive(verb, passive):
    assert having(verb, "verb", "prs", "pass")[0] == passive


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("hoppas", {"hoppas", "hoppades", "hoppats"}), ("finnas", {"finns", "fanns", "funnits"}), ("umgås", {"umgicks"})],
)
def test_deponents(verb, expected):
    assert expected <= set(texts(verb, "verb"))


@pytest.mark.parametrize(
    ("term", "genitive"), [("hus", "hus"), ("hälsa", "hälsas"), ("index", "index"), ("kompis", "kompis")]
)
def test_genitive_after_s_and_x(term, genitive):
    assert having(term, "noun", "sg", "ind", "gen") == [genitive]


def test_declared_forms_choose_the_pattern():
    assert "planer" in texts("plan", "noun", "planen", "planer")
    assert "planet" not in texts("plan", "noun", "planen", "planer")
    assert texts("plan", "noun", "planet")[2] == "planet"
    assert "anhöriga" in texts("anhörig", "noun", "anhöriga")
    assert "blyggde" not in texts("blygga", "verb", "blyggar", "blyggade")


def test_a_declared_form_that_fits_no_pattern_is_there_all_the_same():
    assert "xyzzarna" in texts("plan", "noun", "xyzzarna")


def test_hyphens():
    assert {"LSS-insatsen", "LSS-insatsers"} <= set(texts("LSS-insats", "noun"))
    assert "annat" in texts("HVB-hem", "noun", "annat")


def test_abbreviations():
    assert {"SIP", "SIP:s", "SIP:en", "SIP:ar"} <= set(texts("SIP", "noun"))


def test_participles_and_guesses_are_marked():
    assert next(form for form in forms("samordna", "verb") if form.text == "samordnad").features[0] == "ptcp"
    assert any(form.guess for form in forms("qvisk", "noun"))
    assert not any(form.guess for form in forms("samordning", "noun"))


def test_names_keep_their_capital():
    assert "Stockholms" in texts("Stockholm", "proper-noun")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("samordnad individuell plan", "samordnade individuella planens"),
        ("vård och omsorg", "vården och omsorgen"),
        ("hälso- och sjukvård", "hälso- och sjukvårdens"),
        ("kommunal hälso- och sjukvård", "kommunala hälso- och sjukvården"),
        ("vårdkontakt i öppen vård", "vårdkontakterna i öppen vård"),
        ("särskilt boende", "särskilda boendet"),
        ("fast vårdkontakt", "fasta vårdkontakter"),
        ("personligt ombud", "personliga ombuden"),
        ("hem för vård eller boende", "hemmet för vård eller boende"),
    ],
)
def test_phrases(term, expected):
    assert expected in texts(term, "phrase")


def test_a_phrase_of_a_verb_inflects_its_first_word():
    assert [len(word) > 1 for word in phrase("ta hand om", "verb")] == [True, False, False]
    assert "tog hand om" in texts("ta hand om", "verb")


@pytest.mark.parametrize(
    ("term", "part_of_speech", "expected"),
    [
        ("landsting", "noun", "neut"),
        ("region", "noun", "utr"),
        ("särskilt boende", "phrase", "neut"),
        ("samordnad individuell plan", "phrase", "utr"),
        ("samordna", "verb", None),
    ],
)
def test_gender(term, part_of_speech, expected):
    assert gender(term, part_of_speech) == expected


@pytest.mark.parametrize(
    ("written", "features", "expected"),
    [
        ("landstinget", ("sg", "def"), "regionen"),
        ("landstingens", ("pl", "def", "gen"), "regionernas"),
        ("landsting", ("pl", "ind"), "regioner"),
    ],
)
def test_replace_like(written, features, expected):
    found = replace_like(Form(written, features), ("landsting", "noun", ()), ("region", "noun", ()))
    assert found[0] == expected


def test_replace_like_a_phrase():
    plan = ("samordnad individuell plan", "phrase", ("samordnade individuella planen",))
    assert replace_like(Form("vårdplanens", ("sg", "def", "gen")), ("vårdplan", "noun", ()), plan) == [
        "samordnade individuella planens"
    ]


WORDS = st.text("abcdefghijklmnopqrstuvwxyzåäöé", min_size=1, max_size=14)


@given(WORDS, st.sampled_from(["noun", "verb", "adjective", "proper-noun", "phrase", None]))
def test_the_term_is_the_first_of_its_forms(word, part_of_speech):
    found = forms(word, part_of_speech)
    assert found[0].text == word
    assert all(form.text for form in found)


@given(WORDS)
def test_every_form_of_a_noun_has_a_genitive(word):
    found = forms(word, "noun")
    genitives = {form.text for form in found if form.features[-1:] == ("gen",)}
    for form in found:
        if form.features and form.features[-1] != "gen":
            assert (form.text if form.text[-1] in "sxz" else form.text + "s") in genitives


@given(WORDS, st.lists(WORDS, max_size=3), st.sampled_from(["noun", "verb", "adjective"]))
def test_declared_forms_are_always_there(word, declared, part_of_speech):
    assert set(declared) <= {form.text for form in forms(word, part_of_speech, declared)}


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_a_phrase_has_forms_for_every_word(words):
    found = phrase(" ".join(words), "phrase")
    assert [word[0].text for word in found] == words
