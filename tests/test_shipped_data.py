"""The data we ship: vocabularies, systems and mappings, held against each other and against the facts."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from termbank.formats.vocabulary_files import read, read_systems
from termbank.model import Concept, Vocabulary
from termbank.model.concept import BROADER

REPO = Path(__file__).resolve().parents[1]
VOCABULARIES = REPO / "vocabularies"
MAPPINGS = REPO / "mappings"
FRAGMENTS = {"kva": 63, "ksi": 42, "icf": 5, "icd-10-se": 60}
FOLDERS = sorted(path.parent.name for path in VOCABULARIES.glob("*/vocabulary.yaml"))
STATUS = {"rekommenderad": "preferred", "tillåten": "admitted", "avrådd": "deprecated"}


def vocabulary(name: str) -> Vocabulary:
    return read(VOCABULARIES / name)[0]


@pytest.fixture(scope="module")
def concepts() -> dict[str, Concept]:
    return {concept.id: concept for concept in vocabulary("termbank").concepts}


def facts(name: str) -> list[dict[str, str]]:
    folder = Path(os.environ.get("TERMBANK_TEST_DATA") or REPO.parent / "shared" / "data")
    path = folder / "termbank" / name
    if not path.exists():
        pytest.skip(f"{name} is not here: set TERMBANK_TEST_DATA to the folder of test data")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def mapping_rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in sorted(MAPPINGS.glob("*.sssom.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        body = [line for line in lines if not line.startswith("#")]
        found += [(path.name, row) for row in csv.DictReader(body, delimiter="\t")]
    return found


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
    related = any(r.type == "related" and r.target == b for r in concepts[a].relations)
    return related or b in ancestors(concepts, a) or a in ancestors(concepts, b)


def by_preferred(concepts: dict[str, Concept]) -> dict[str, Concept]:
    return {concept.display(): concept for concept in concepts.values()}


# -- files and counts


def test_all_folders_are_known() -> None:
    assert set(FOLDERS) == {*FRAGMENTS, "care-plan-types", "termbank"}


@pytest.mark.parametrize("name", FOLDERS)
def test_reads_without_findings(name: str) -> None:
    found, findings, *_ = read(VOCABULARIES / name)
    assert findings == []
    assert found.id == name


@pytest.mark.parametrize(("name", "count"), FRAGMENTS.items())
def test_fragment_sizes(name: str, count: int) -> None:
    found = vocabulary(name)
    assert (len(found.concepts), found.content, found.version) == (count, "fragment", "2026")


def test_fragments_hold_170_codes() -> None:
    assert sum(len(vocabulary(name).concepts) for name in FRAGMENTS) == 170


def test_care_plan_types_are_complete() -> None:
    found = vocabulary("care-plan-types")
    assert found.content == "complete"
    assert [c.id for c in found.concepts] == ["SIP", "SPLPTLRV", "SPU", "VP", "HP", "RP", "GP", "SVP"]


@pytest.mark.parametrize("name", FOLDERS)
def test_parents_exist_and_do_not_circle(name: str) -> None:
    all_of_them = {concept.id: concept for concept in vocabulary(name).concepts}
    for concept in all_of_them.values():
        assert set(concept.parents()) <= set(all_of_them), concept.id
        assert concept.id not in ancestors(all_of_them, concept.id)


@pytest.mark.parametrize("name", FOLDERS)
def test_headers_agree_with_systems(name: str) -> None:
    system = {s.id: s for s in read_systems(VOCABULARIES / "systems.yaml")}[name]
    header = vocabulary(name)
    for field in ("title", "url", "publisher", "licence", "case_sensitive", "hierarchy", "notation"):
        assert getattr(header, field) == getattr(system, field), field


# -- systems


def test_systems() -> None:
    systems = read_systems(VOCABULARIES / "systems.yaml")
    assert not [i for i, n in Counter(s.id for s in systems).items() if n > 1]
    values = Counter(identifier.value for system in systems for identifier in system.identifiers)
    assert not [value for value, n in values.items() if n > 1]
    for system in systems:
        preferred = Counter(i.type for i in system.identifiers if i.status == "preferred")
        assert preferred and max(preferred.values()) == 1, system.id
        names = {i.value for i in system.identifiers if i.status == "preferred"}
        assert system.url is not None
        assert system.url.removeprefix("urn:oid:") in names, system.id
        for identifier in system.identifiers:
            assert identifier.seen, identifier.value
            shape = r"https?://\S+" if identifier.type == "url" else r"[012](\.\d+)+"
            assert re.fullmatch(shape, identifier.value), identifier.value


def test_known_mistakes() -> None:
    mistakes = {
        (system.id, identifier.value)
        for system in read_systems(VOCABULARIES / "systems.yaml")
        for identifier in system.identifiers
        if identifier.status == "mistake"
    }
    assert ("kva", "1.2.752.116.1.1.1.1.1") in mistakes
    assert any(value.startswith("1.2.759.") for _, value in mistakes)


# -- concepts of the termbank


def test_every_concept_says_where_and_when(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        assert concept.source and concept.checked_on, concept.id


def test_ids_are_the_preferred_terms(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        assert concept.id == re.sub("-+", "-", (concept.display() or "").replace(" ", "-"))


def test_one_preferred_term_per_language(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        preferred = Counter(t.language for t in concept.terms if t.status == "preferred")
        assert preferred["sv"] == 1 and max(preferred.values()) == 1, concept.id
        assert len({(t.language, t.text) for t in concept.terms}) == len(concept.terms), concept.id


def test_every_term_has_a_part_of_speech(concepts: dict[str, Concept]) -> None:
    assert not [t.text for c in concepts.values() for t in c.terms if t.part_of_speech is None]


def test_preferred_terms_are_unique(concepts: dict[str, Concept]) -> None:
    assert len(by_preferred(concepts)) == len(concepts)


def test_relations_are_mirrored_and_lead_somewhere(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        for relation in concept.relations:
            assert relation.target in concepts, (concept.id, relation.target)
            if relation.type == "related":
                back = {r.target for r in concepts[relation.target].relations if r.type == "related"}
                assert concept.id in back, (concept.id, relation.target)
                assert relation.target not in ancestors(concepts, concept.id), "related and above at once"
            else:
                assert relation.type in BROADER


def test_definitions_are_ours_and_do_not_circle(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        for definition in concept.definitions:
            assert definition.wording == "ours" and definition.source, concept.id
            assert (concept.display() or "") not in definition.text, concept.id
            assert not definition.text.endswith("."), concept.id


def test_what_has_no_definition_says_so(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        if not concept.definitions:
            assert "definition skrivs inte" in (concept.comment or ""), concept.id


def test_properties_are_declared() -> None:
    found = vocabulary("termbank")
    declared = {p.code for p in found.property_definitions}
    assert {p.code for c in found.concepts for p in c.properties} <= declared


@pytest.mark.parametrize("central", ["samordning", "samverkan", "samarbete"])
def test_the_three_central_concepts(concepts: dict[str, Concept], central: str) -> None:
    others = {"samordning", "samverkan", "samarbete"} - {central}
    assert (concepts[central].comment or "").startswith("Förväxlas med")
    assert {r.target for r in concepts[central].relations} >= others


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


def test_no_machine_paths() -> None:
    files = [p for folder in (VOCABULARIES, MAPPINGS) for p in folder.rglob("*") if p.is_file()]
    for path in files:
        assert not re.search(r"/(work|home|tmp|root)/", path.read_text(encoding="utf-8")), path


# -- against the facts


def test_records(concepts: dict[str, Concept]) -> None:
    preferred = by_preferred(concepts)
    records = facts("termposter_facts.csv")
    assert len(records) == 44
    for record in records:
        number = int(record["fTid"])
        (concept,) = [c for c in concepts.values() if any(p.code == "fTid" and p.value == number for p in c.properties)]
        terms = {t.text: t for t in concept.terms}
        assert terms[record["term"]].status == STATUS[record["status"]], number
        assert record["url"] in {concept.source, terms[record["term"]].source}, number
        synonyms = [text for text in record["synonymer"].split("|") if text]
        assert set(synonyms) <= set(terms), number
        if record["status"] != "rekommenderad":
            assert concept.display() in synonyms, number
        year = re.search(r"\d{4}", record["beslutad"])
        assert concept.decided == (int(year.group()) if year else None), number
        assert concept.subject_field == record["amnesomrade"], number
        for text in filter(None, record["jamfor"].split("|")):
            assert linked(concepts, concept.id, preferred[text].id), (number, text)


def test_list_rows(concepts: dict[str, Concept]) -> None:
    rows = facts("list_rows_nonrecommended_facts.csv")
    assert len(rows) == 21
    preferred = by_preferred(concepts)
    for row in rows:
        named = re.search(r": concept (\w+)\)", row["list_page"])
        others = row["other_terms_of_the_entry"].replace(" (concept)", "").split("|")
        concept = preferred[named.group(1) if named else next(text for text in others if text in preferred)]
        assert next(t.status for t in concept.terms if t.text == row["term"]) == STATUS[row["status"]], row["term"]


def test_non_recommended_terms_are_no_invention(concepts: dict[str, Concept]) -> None:
    known = {(r["term"], STATUS[r["status"]]) for r in facts("list_rows_nonrecommended_facts.csv")}
    known |= {(r["term"], STATUS[r["status"]]) for r in facts("termposter_facts.csv")}
    for concept in concepts.values():
        for term in concept.terms:
            if term.status in ("deprecated", "admitted"):
                assert (term.text, term.status) in known, term.text


def test_codes() -> None:
    ids = {"KVÅ": "kva", "KSI": "ksi", "ICF": "icf", "ICD-10-SE": "icd-10-se"}
    shipped = {
        (name, c.id): (c.display(), c.valid_from.isoformat() if c.valid_from else "")
        for name in FRAGMENTS
        for c in vocabulary(name).concepts
    }
    rows = facts("coordination_codes.csv")
    assert shipped == {(ids[r["system"]], r["code"]): (r["title"], r["valid_from"]) for r in rows}


# -- mappings


def test_twelve_mappings() -> None:
    rows = mapping_rows()
    assert len(rows) == 12
    for _, row in rows:
        assert None not in row and row["comment"]
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert 0 < float(row["confidence"]) <= 1


def test_mapped_codes_are_shipped() -> None:
    titles = {f"{name}:{c.id}": c.display() for name in FOLDERS for c in vocabulary(name).concepts}
    for file, row in mapping_rows():
        assert titles[row["subject_id"]] == row["subject_label"], file
        if row["object_id"] == "sssom:NoTermFound":
            assert row["object_label"] == ""
        else:
            assert titles[row["object_id"]] == row["object_label"], file
        source, target = file.removesuffix(".sssom.tsv").split("-to-", 1)
        assert row["subject_id"].startswith(f"{source}:")
        assert row["object_id"].startswith((f"{target}:", "sssom:"))


def test_an_act_is_not_a_document() -> None:
    for _, row in mapping_rows():
        if row["object_id"].startswith("care-plan-types:"):
            assert row["predicate_id"] == "skos:relatedMatch"


def test_mapping_metadata() -> None:
    systems = {s.id: s for s in read_systems(VOCABULARIES / "systems.yaml")}
    for path in sorted(MAPPINGS.glob("*.sssom.tsv")):
        lines = [x[1:] for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("#")]
        metadata = yaml.safe_load("\n".join(lines))
        for prefix, url in metadata["curie_map"].items():
            assert url == f"{systems[prefix].url}#"
        for side in ("subject", "object"):
            prefix = metadata[f"{side}_source"].removesuffix(":")
            assert metadata[f"{side}_source_version"] == vocabulary(prefix).version
        assert "published by nobody else" in metadata["mapping_set_description"]
        assert metadata["mapping_set_id"] and metadata["license"]


def test_mappings_are_the_proposed_pairs() -> None:
    ids = {"KVÅ": "kva", "KSI": "ksi", "TypeOfCarePlan": "care-plan-types"}
    proposed = {
        (
            f"{ids[r['source_system']]}:{r['source_code']}",
            f"{ids[r['target_system']]}:{r['target_code']}" if r["target_code"] else "sssom:NoTermFound",
        )
        for r in facts("candidate_map_plans.csv")
    }
    assert {(row["subject_id"], row["object_id"]) for _, row in mapping_rows()} == proposed
