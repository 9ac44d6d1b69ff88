"""The data we ship: clean by its own lint, and held against the facts."""

import csv
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from termbank import Bank
from termbank.formats import sssom
from termbank.formats.vocabulary_files import read, read_systems
from termbank.model import Concept, Mapping, Vocabulary

REPO = Path(__file__).resolve().parents[1]
VOCABULARIES = REPO / "vocabularies"
MAPPINGS = REPO / "mappings"
FRAGMENTS = ("kva", "ksi", "icf", "icd-10-se")
FOLDERS = sorted(path.parent.name for path in VOCABULARIES.glob("*/vocabulary.yaml"))
STATUS = {"rekommenderad": "preferred", "tillåten": "admitted", "avrådd": "deprecated"}
CENTRAL = ("samordning", "samverkan", "samarbete")


def vocabulary(name: str) -> Vocabulary:
    return read(VOCABULARIES / name).vocabulary


@pytest.fixture(scope="module")
def concepts() -> dict[str, Concept]:
    return {concept.id: concept for concept in vocabulary("termbank").concepts}


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    with Bank.open() as opened:
        yield opened


def shared(*parts: str) -> Path:
    folder = Path(os.environ.get("TERMBANK_TEST_DATA") or REPO.parent / "shared" / "data")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path.name} is not here: set TERMBANK_TEST_DATA to the folder of test data")
    return path


def facts(*parts: str) -> list[dict[str, str]]:
    with shared(*parts).open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def mappings() -> list[tuple[str, Mapping]]:
    sets = [sssom.read(path).mapping_set for path in sorted(MAPPINGS.glob("*.sssom.tsv"))]
    return [(each.id, mapping) for each in sets for mapping in each.mappings]


def ancestors(concepts: dict[str, Concept], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(concepts[start].parents())
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += concepts[one].parents()
    return found


def linked(concepts: dict[str, Concept], a: str, b: str) -> bool:
    """Tell whether two concepts are related, one is above the other, or both are directly below the same one."""
    related = any(r.type == "related" and r.target == b for r in concepts[a].relations)
    siblings = set(concepts[a].parents()) & set(concepts[b].parents())
    return related or b in ancestors(concepts, a) or a in ancestors(concepts, b) or bool(siblings)


def by_preferred(concepts: dict[str, Concept]) -> dict[str | None, Concept]:
    return {concept.display(): concept for concept in concepts.values()}


# -- the whole


def test_the_lint_finds_nothing(bank: Bank) -> None:
    assert [f"{f.location}: {f.message('en')}" for f in bank.lint(VOCABULARIES, MAPPINGS)] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_headers_agree_with_systems(name: str) -> None:
    system = {s.id: s for s in read_systems(VOCABULARIES / "systems.yaml")}[name]
    header = vocabulary(name)
    assert header.id == name
    for field in ("title", "url", "publisher", "licence", "case_sensitive", "hierarchy", "notation"):
        assert getattr(header, field) == getattr(system, field), field


def test_no_machine_paths() -> None:
    files = [p for folder in (VOCABULARIES, MAPPINGS) for p in folder.rglob("*") if p.is_file()]
    for path in files:
        assert not re.search(r"/(work|home|tmp|root)/", path.read_text(encoding="utf-8")), path


def test_the_field_terms_of_the_seed_texts_are_found(bank: Bank) -> None:
    with (REPO / "tests" / "seed_terms.csv").open(encoding="utf-8", newline="") as rows:
        wanted = list(csv.DictReader(rows))
    assert len(wanted) > 150
    missing = []
    for row in wanted:
        hits = {
            (h.vocabulary.split("|")[0], h.concept.id) for h in bank.search(row["term"], limit=50) if h.match == "exact"
        }
        if (row["vocabulary"], row["concept"]) not in hits:
            missing.append((row["text"], row["term"], hits))
    assert missing == []


# -- systems


def test_systems_say_where_each_identifier_was_seen() -> None:
    for system in read_systems(VOCABULARIES / "systems.yaml"):
        names = {i.value for i in system.identifiers if i.status == "preferred"}
        assert system.url is not None
        assert system.url.removeprefix("urn:oid:") in names, system.id
        assert all(identifier.seen for identifier in system.identifiers), system.id


def test_known_mistakes() -> None:
    mistakes = {
        (system.id, identifier.value)
        for system in read_systems(VOCABULARIES / "systems.yaml")
        for identifier in system.identifiers
        if identifier.status == "mistake"
    }
    assert ("kva", "1.2.752.116.1.1.1.1.1") in mistakes
    assert any(value.startswith("1.2.759.") for _, value in mistakes)


def test_the_table_of_systems_has_what_care_is_documented_with() -> None:
    known = {system.id for system in read_systems(VOCABULARIES / "systems.yaml")}
    assert known >= {
        "icd-10-se", "kva", "ksi", "icf", "atc", "snomed-ct", "hsa-id", "personnummer", "samordningsnummer",
        "organisationsnummer", "care-plan-types",
    }  # fmt: skip


# -- concepts


def test_ids_are_the_preferred_terms(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        assert concept.id == re.sub("-+", "-", (concept.display() or "").replace(" ", "-"))


def test_every_concept_says_what_is_known_of_the_authoritys_record(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        (known,) = [p.value for p in concept.properties if p.code == "authority_record"]
        numbered = any(p.code == "fTid" for p in concept.properties)
        assert known in ("seen", "mentioned", "not-seen") and (known == "seen" or not numbered), concept.id


@pytest.mark.parametrize("name", ["termbank", "names", "sfs", "sfs-sections", "regulations"])
def test_definitions_are_ours_and_have_a_source(name: str) -> None:
    for concept in vocabulary(name).concepts:
        for definition in concept.definitions:
            assert definition.wording == "ours" and definition.source, concept.id
            assert not definition.text.endswith("."), concept.id


def test_english_terms_say_where_they_come_from() -> None:
    for name in ("termbank", "names"):
        for concept in vocabulary(name).concepts:
            assert all(term.source for term in concept.terms if term.language == "en"), concept.id


@pytest.mark.parametrize("central", CENTRAL)
def test_the_three_central_concepts_can_be_told_apart(concepts: dict[str, Concept], central: str) -> None:
    concept = concepts[central]
    assert (concept.comment or "").startswith("Förväxlas med")
    for other in set(CENTRAL) - {central}:
        assert linked(concepts, central, other)
        assert concept.differences(concepts[other]), other
    kinds = {each.type: each.strength for each in concept.characteristics}
    assert {"aim", "acted-on", "level"} <= set(kinds)
    assert kinds.get("actors") == "weak", "who acts is weak evidence"


def test_status_belongs_to_the_term_in_its_concept(concepts: dict[str, Concept]) -> None:
    def status(concept: str, text: str) -> str:
        return next(t.status for t in concepts[concept].terms if t.text == text)

    assert status("hälso-och-sjukvårdspersonal", "vårdgivare") == "deprecated"
    assert status("vårdgivare", "vårdgivare") == "preferred"
    assert status("vårdgivare", "hälso- och sjukvårdspersonal") == "deprecated"
    assert status("funktionsnedsättning", "handikapp") == "deprecated"
    assert status("funktionshinder", "handikapp") == "deprecated"
    assert status("samordnad-plan-vid-utskrivning", "vård- och omsorgsplan") == "deprecated"
    assert status("vård-och-omsorgsplan", "vård- och omsorgsplan") == "preferred"


# -- names and statutes


def test_superseded_names_say_when_and_where_they_are_still_right() -> None:
    superseded = [(c, t) for c in vocabulary("names").concepts for t in c.terms if t.status == "superseded"]
    assert len(superseded) > 30
    for concept, term in superseded:
        assert term.change and term.still_right, (concept.id, term.text)
        assert term.valid_to or term.note or concept.comment, (concept.id, term.text)


def test_known_names(bank: Bank) -> None:
    def now(old: str) -> set[str | None]:
        found: set[str | None] = set()
        for hit in bank.search(old, vocabulary="names", limit=50):
            if hit.match == "exact" and hit.status == "superseded":
                after = [r.target for r in hit.concept.relations if r.type == "replaced-by"]
                found |= {bank.concept("names", each).display() for each in after} or {hit.concept.display()}
        return found

    assert now("SKL") == {"Sveriges Kommuner och Regioner"}
    assert now("Myndigheten för vårdanalys") == {"Myndigheten för vård- och omsorgsanalys"}
    assert now("Statens folkhälsoinstitut") == {"Folkhälsomyndigheten"}
    assert now("Datainspektionen") == {"Integritetsskyddsmyndigheten"}
    assert now("Stockholms läns landsting") == {"Region Stockholm"}


def test_statutes_agree_with_the_register() -> None:
    register = {row["sfs"]: row for row in facts("law", "statutes.csv")}
    statutes = {concept.id: concept for concept in vocabulary("sfs").concepts}
    assert len(statutes) >= 55
    for number, concept in statutes.items():
        properties = {p.code: p.value for p in concept.properties}
        row = register.get(number)
        if row is not None:
            assert properties.get("issued") in (None, row["issued"]), number
            if row["in_force"]:
                assert concept.valid_from is None or str(concept.valid_from) == row["in_force"], number
            repealed = re.match(r"\d{4}:\d+", row["repealed_by_and_date"])
            if repealed and properties.get("repealed_by"):
                assert properties["repealed_by"] == repealed.group(), number


def test_transitional_scope(bank: Bank) -> None:
    old = bank.concept("sfs", "1990:1404")
    properties = {p.code: p.value for p in old.properties}
    assert str(old.valid_to) == "2017-12-31" and "psykiatrisk" in str(properties["transitional_scope"])
    new = {p.code: p.value for p in bank.concept("sfs", "2017:612").properties}
    assert new["transitional_to"] == "2018-12-31" and "psykiatrisk" in str(new["transitional_scope"])
    assert [r.target for r in old.relations if r.type == "replaced-by"] == ["2017:612"]


def test_no_section_of_the_old_act_is_given_a_successor_without_evidence() -> None:
    """A section has rows in the concordance, with evidence, or is marked as unverified; never neither, never both."""
    rows = [mapping for name, mapping in mappings() if name == "sol-2001-453-to-2025-400"]
    assert rows
    mapped = {mapping.subject.code for mapping in rows if mapping.predicate != "skos:relatedMatch"}
    for mapping in rows:
        assert mapping.comment and mapping.confidence, mapping.subject.code
    sections = [c for c in vocabulary("sfs-sections").concepts if c.id.startswith("2001:453-")]
    for section in sections:
        said = {p.value for p in section.properties if p.code == "successor"}
        assert said == ({"section-verified"} if section.id in mapped else {"section-unverified"}), section.id
    assert mapped <= {section.id for section in sections}


# -- codes and mappings


def test_care_plan_types_are_complete() -> None:
    found = vocabulary("care-plan-types")
    assert found.content == "complete"
    assert [c.id for c in found.concepts] == ["SIP", "SPLPTLRV", "SPU", "VP", "HP", "RP", "GP", "SVP"]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_codes_are_those_of_the_whole_lists(name: str) -> None:
    shipped = vocabulary(name)
    assert (shipped.content, shipped.version) == ("fragment", "2026")
    whole = {row["code"]: row for row in facts("codes", "2026", f"{name}.csv")}
    ids = {concept.id for concept in shipped.concepts}
    for concept in shipped.concepts:
        row = whole[concept.id]
        assert concept.display() == " ".join(unicodedata.normalize("NFC", row["label"]).split()), concept.id
        assert set(concept.parents()) == ({row["parent_code"]} & ids), concept.id
        assert (str(concept.valid_from) if concept.valid_from else "") in ("", row["valid_from"]), concept.id


def test_an_act_is_not_a_document() -> None:
    kinds = {"care-plan-types": "document", "kva": "act", "ksi": "act"}
    for name, mapping in mappings():
        if mapping.object is not None:
            two = {kinds.get(mapping.subject.system), kinds.get(mapping.object.system)}
            if two == {"document", "act"}:
                assert mapping.predicate == "skos:relatedMatch", (name, mapping.subject.code)


def test_a_plan_is_never_the_same_as_an_act(concepts: dict[str, Concept]) -> None:
    plans = {c.id for c in concepts.values() if "plan" in ancestors(concepts, c.id)}
    assert {"vårdplan", "samordnad-individuell-plan"} <= plans
    to_acts = [m for _, m in mappings() if m.subject.code in plans and m.object and m.object.system in ("kva", "ksi")]
    assert to_acts and {mapping.predicate for mapping in to_acts} == {"skos:relatedMatch"}


def test_mapping_metadata() -> None:
    systems = {s.id: s for s in read_systems(VOCABULARIES / "systems.yaml")}
    for path in sorted(MAPPINGS.glob("*.sssom.tsv")):
        lines = [x[1:] for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("#")]
        metadata = yaml.safe_load("\n".join(lines))
        for prefix, url in metadata["curie_map"].items():
            assert url == f"{systems[prefix].url}#", path
        for side in ("subject", "object"):
            prefix = metadata[f"{side}_source"].removesuffix(":")
            assert metadata[f"{side}_source_version"] == vocabulary(prefix).version, path
        assert "published by nobody else" in metadata["mapping_set_description"], path
        assert metadata["mapping_set_id"] and metadata["license"]


# -- against the facts of the termbank


def test_records(concepts: dict[str, Concept]) -> None:
    preferred = by_preferred(concepts)
    records = facts("termbank", "termposter_facts.csv")
    assert len(records) == 44
    for record in records:
        number = int(record["fTid"])
        (concept,) = [c for c in concepts.values() if any(p.code == "fTid" and p.value == number for p in c.properties)]
        terms = {t.text: t for t in concept.terms}
        assert terms[record["term"]].status == STATUS[record["status"]], number
        pages = {p.value for p in concept.properties if p.code == "page"}
        assert record["url"] in {concept.source, terms[record["term"]].source, *pages}, number
        synonyms = [text for text in record["synonymer"].split("|") if text]
        assert set(synonyms) <= set(terms), number
        if record["status"] != "rekommenderad":
            assert concept.display() in synonyms, number
        year = re.search(r"\d{4}", record["beslutad"])
        assert concept.decided == (int(year.group()) if year else None), number
        fields = {p.value for p in concept.properties if p.code == "authority_subject_field"}
        assert record["amnesomrade"] in fields, number
        for text in filter(None, record["jamfor"].split("|")):
            assert linked(concepts, concept.id, preferred[text].id), (number, text)


def test_list_rows(concepts: dict[str, Concept]) -> None:
    rows = facts("termbank", "list_rows_nonrecommended_facts.csv")
    assert len(rows) == 21
    preferred = by_preferred(concepts)
    for row in rows:
        named = re.search(r": concept (\w+)\)", row["list_page"])
        others = row["other_terms_of_the_entry"].replace(" (concept)", "").split("|")
        concept = preferred[named.group(1) if named else next(text for text in others if text in preferred)]
        assert next(t.status for t in concept.terms if t.text == row["term"]) == STATUS[row["status"]], row["term"]


def test_statuses_are_no_invention(concepts: dict[str, Concept]) -> None:
    """A term is deprecated or admitted because a record says so, or the source that the term itself names."""
    known = {(r["term"], STATUS[r["status"]]) for r in facts("termbank", "list_rows_nonrecommended_facts.csv")}
    known |= {(r["term"], STATUS[r["status"]]) for r in facts("termbank", "termposter_facts.csv")}
    for concept in concepts.values():
        for term in concept.terms:
            if term.status in ("deprecated", "admitted"):
                assert (term.text, term.status) in known or term.source, term.text


def test_the_proposed_pairs_are_all_judged() -> None:
    ids = {"KVÅ": "kva", "KSI": "ksi", "TypeOfCarePlan": "care-plan-types"}
    judged = {
        (m.subject.system, m.subject.code, m.object.code if m.object else "")
        for name, m in mappings()
        if name in ("kva-to-ksi", "kva-to-care-plan-types", "ksi-to-care-plan-types")
    }
    proposed = {
        (ids[r["source_system"]], r["source_code"], r["target_code"])
        for r in facts("termbank", "candidate_map_plans.csv")
    }
    assert len(proposed) == 12 and proposed <= judged


def test_the_page_of_the_concordance_has_its_rows() -> None:
    """Each row stands on the page with the two sections, the predicate and the confidence that the mapping has."""
    page = (REPO / "docs" / "vocabularies" / "concordance.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in page if line.startswith("| ")]
    shown = {(row[0], row[1], f"skos:{row[2]}Match", row[3]) for row in cells if len(row) == 5}
    missing = []
    for name, mapping in mappings():
        if name == "sol-2001-453-to-2025-400" and mapping.object is not None:
            old, new = (str(c.display).split(" socialtjänst")[0] for c in (mapping.subject, mapping.object))
            if (old, new, mapping.predicate, f"{mapping.confidence:g}") not in shown:
                missing.append((old, new, mapping.predicate, mapping.confidence))
    assert missing == []
