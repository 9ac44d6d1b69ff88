"""What `vocab lint` finds: for each rule a folder that breaks it, at which line, and one that does not."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank import Bank, Concept, Term, Vocabulary
from termbank.errors import FormatError
from termbank.lint.relations import circles
from termbank.model.rules import catalogue

HEADER = """id: prov
title: Prov
"""
GOOD = """id: prov
title: Prov
expected: [preferred, part_of_speech, definition, subject_field, relation, source, checked_on]
property_definitions:
  - {code: number, type: integer}
  - {code: since, type: date}
  - {code: seen, type: code, values: [{code: "yes"}, {code: "no"}]}
characteristic_types:
  - {code: aim, values: [{code: task}, {code: purpose}]}
concepts:
  - id: samverkan
    terms:
      - {text: samverkan, part_of_speech: noun}
      - {text: samverka, part_of_speech: verb, status: admitted}
      - {text: coordination, language: en, part_of_speech: noun}
    definitions: [{text: att organisationer agerar tillsammans}]
    subject_field: Prov
    relations: [{type: related, target: samarbete}]
    characteristics: [{type: aim, value: purpose}]
    properties: [{code: number, value: 1}, {code: since, value: "2026-01-01"}, {code: seen, value: "no"}]
    source: prov
    decided: 2011
    checked_on: 2026-01-02
  - id: samarbete
    terms:
      - {text: samarbete, part_of_speech: noun}
      - {text: samarbetning, part_of_speech: noun, status: deprecated}
      - {text: SA, part_of_speech: noun, type: abbreviation, status: admitted}
    definitions: [{text: arbete tillsammans med en uppgift}]
    subject_field: Prov
    relations: [{type: related, target: samverkan}]
    characteristics: [{type: aim, value: task}]
    source: prov
    checked_on: 2026-01-02
"""
A = "concepts:\n- id: a\n"
PAIR = "concepts:\n- id: a\n  relations: [{type: %s, target: b}]\n- id: b\n  relations: [{type: %s, target: a}]\n"

WRONG = {
    "unusable-id": (HEADER + 'concepts:\n- id: "a|b"\n', 4),
    "untidy-text": (HEADER + A + "  terms:\n  - text: ett\n  - {text: 'två  ord', status: admitted}\n", 7),
    "several-preferred": (HEADER + A + "  terms: [{text: ett}, {text: två}]\n", 5),
    "repeated-term": (HEADER + A + "  terms:\n  - {text: ett}\n  - {text: ett, status: admitted}\n", 7),
    "same-preferred-term": (
        HEADER + "expected: [preferred]\n" + A + "  terms: [{text: x}]\n- id: b\n  terms: [{text: x}]\n", 8
    ),
    "no-replacement": (HEADER + A + "  terms: [{text: ett, status: deprecated}]\n", 5),
    "superseded-how": (HEADER + A + "  terms:\n  - {text: ett}\n  - {text: gammal, status: superseded}\n", 7),
    "no-full-form": (HEADER + A + "  terms: [{text: SIP, type: abbreviation}]\n", 5),
    "missing-field": (HEADER + "expected: [source]\n" + A, 5),
    "unknown-target": (HEADER + A + "  relations: [{type: broader, target: b}]\n", 5),
    "relation-to-itself": (HEADER + A + "  relations: [{type: related, target: a}]\n", 5),
    "one-sided-relation": (HEADER + A + "  relations: [{type: related, target: b}]\n- id: b\n", 5),
    "contradicting-relations": (HEADER + PAIR % ("broader-generic", "related"), 5),
    "hierarchy-cycle": (HEADER + PAIR % ("broader-generic", "broader"), 5),
    "replacement-cycle": (HEADER + PAIR % ("replaced-by", "replaced-by"), 5),
    "date-order": (HEADER + A + "  valid_from: 2026-02-01\n  valid_to: 2026-01-01\n", 4),
    "future-date": (HEADER + A + "  checked_on: 2999-01-01\n", 4),
    "definition-repeats-term": (
        HEADER + A + "  terms: [{text: plan}]\n  definitions: [{text: skriven planering av planer}]\n", 6
    ),
    "circular-definitions": (
        HEADER + A + "  terms: [{text: vård}]\n  definitions: [{text: det som patienter får}]\n"
        "- id: b\n  terms: [{text: patient}]\n  definitions: [{text: den som får vården}]\n", 6
    ),
    "undeclared": (HEADER + A + "  properties: [{code: colour, value: red}]\n", 5),
    "wrong-type": (
        HEADER + "property_definitions: [{code: n, type: integer}]\n" + A + "  properties: [{code: n, value: ett}]\n", 6
    ),
    "indistinct-concepts": (
        HEADER + "characteristic_types: [{code: aim, values: [{code: task}]}]\n"
        "concepts:\n- id: a\n  relations: [{type: related, target: b}]\n  characteristics: [{type: aim, value: task}]\n"
        "- id: b\n  relations: [{type: related, target: a}]\n  characteristics: [{type: aim, value: task}]\n", 7
    ),
    "supplement-of-nothing": (HEADER + "content: supplement\n" + A, 3),
}  # fmt: skip

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "author_label", "confidence", "comment",
)  # fmt: skip
MAPPED = "#curie_map: {kva: https://kva.example/#, ksi: https://ksi.example/#}\n#mapping_set_title: Prov\n"
MAPPED += "\t".join(COLUMNS) + "\n"
REASON = "semapv:ManualMappingCuration\tvi\t0.9\tsamma sak"
WRONG_MAPPINGS = {
    "unknown-code": f"kva:A9\t\tskos:exactMatch\tksi:B1\t\t{REASON}\n",
    "not-in-fragment": f"kva:A1\t\tskos:exactMatch\tksi:B9\t\t{REASON}\n",
    "unknown-system": f"kva:A1\t\tskos:exactMatch\tannat:B9\t\t{REASON}\n",
    "mapped-label": f"kva:A1\tEtt\tskos:exactMatch\tksi:B1\tTvå\t{REASON}\n",
    "mapping-without-reason": "kva:A1\t\tskos:exactMatch\tksi:B1\t\tsemapv:ManualMappingCuration\tvi\t\t\n",
    "repeated-mapping": f"kva:A1\t\tskos:closeMatch\tksi:B1\t\t{REASON}\n" * 2,
    "several-exact": "".join(f"kva:A1\t\tskos:exactMatch\tksi:{code}\t\t{REASON}\n" for code in ("B1", "B2")),
}


def code_list(name: str, *titles: str, content: str = "complete") -> Vocabulary:
    letter = {"kva": "A", "ksi": "B"}.get(name, "C")
    concepts = [Concept(id=f"{letter}{n}", terms=(Term(text=title),)) for n, title in enumerate(titles, 1)]
    return Vocabulary(id=name, title=name, concepts=concepts, content=content)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.from_vocabularies(
        [code_list("kva", "Ett"), code_list("ksi", "Ett", "Två", content="fragment"), code_list("hel", "Ett")]
    )


def written(folder: Path, text: str) -> Path:
    (folder / "vocabulary.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_sound_vocabulary(tmp_path: Path, bank: Bank) -> None:
    assert bank.lint(written(tmp_path, GOOD)) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_where_it_stands(tmp_path: Path, bank: Bank, name: str) -> None:
    text, line = WRONG[name]
    (finding,) = [f for f in bank.lint(written(tmp_path, text)) if f.rule == name]
    assert finding.location is not None
    assert (finding.location.path, finding.location.line) == (str(tmp_path / "vocabulary.yaml"), line)
    for language in ("sv", "en"):
        assert "<" not in finding.message(language), "every argument of the text is given"


@pytest.mark.parametrize(
    "name", sorted(set(WRONG) - {"hierarchy-cycle", "replacement-cycle", "contradicting-relations"})
)
def test_one_mistake_gives_one_finding(tmp_path: Path, bank: Bank, name: str) -> None:
    assert [f.rule for f in bank.lint(written(tmp_path, WRONG[name][0]))] == [name]


@pytest.mark.parametrize("name", WRONG_MAPPINGS)
def test_what_is_wrong_in_a_mapping_set(tmp_path: Path, bank: Bank, name: str) -> None:
    path = tmp_path / "prov.sssom.tsv"
    path.write_text(MAPPED + WRONG_MAPPINGS[name], encoding="utf-8")
    (finding,) = bank.lint(path)
    assert finding.rule == name
    assert finding.location is not None
    assert finding.location.line == 3 + WRONG_MAPPINGS[name].count("\n")
    assert "<" not in finding.message("sv")


def test_a_sound_mapping_set(tmp_path: Path, bank: Bank) -> None:
    path = tmp_path / "prov.sssom.tsv"
    path.write_text(MAPPED + f"kva:A1\tEtt\tskos:exactMatch\tksi:B2\tTvå\t{REASON}\n", encoding="utf-8")
    assert bank.lint(path) == []


def test_every_rule_of_the_group_is_tried_here() -> None:
    group = {rule.id for rule in catalogue().values() if rule.group == "vocabulary"}
    assert not [name for name in group if f'"{name}"' not in Path(__file__).read_text(encoding="utf-8")]


def test_relations_to_other_vocabularies(tmp_path: Path, bank: Bank) -> None:
    def to(vocabulary: str, target: str) -> list[str]:
        relation = f"  relations: [{{type: related, target: {target}, vocabulary: {vocabulary}}}]\n"
        return [f.rule for f in bank.lint(written(tmp_path, HEADER + A + relation))]

    assert to("hel", "C1") == []
    assert to("hel", "C2") == ["unknown-target"]
    assert to("ksi", "B9") == ["not-in-fragment"]
    assert to("nej", "B9") == ["unknown-system"]


def test_the_vocabulary_at_hand_goes_before_the_one_in_the_bank(tmp_path: Path, bank: Bank) -> None:
    text = "id: hel\ntitle: Hel\nconcepts:\n- id: ny\n"
    text += "- id: a\n  relations: [{type: broader, target: ny, vocabulary: hel}]\n"
    assert bank.lint(written(tmp_path, text)) == []


SUPPLEMENT = "id: eget\ntitle: Eget\ncontent: supplement\nsupplements: %s\nconcepts:\n- id: %s\n  terms: [%s]\n"


@pytest.mark.parametrize(
    ("supplements", "concept", "term", "rule", "line"),
    [
        ("hel", "C1", "{text: uno, status: admitted}", None, 0),
        ("hel", "C9", "{text: ett, status: admitted}", "nothing-to-supplement", 6),
        ("ksi", "B9", "{text: två, status: admitted}", "nothing-to-supplement", 6),
        ("nej", "C1", "{text: uno, status: admitted}", "unknown-supplemented", 4),
        ("eget", "C1", "{text: uno, status: admitted}", "supplement-of-itself", 1),
        ("hel", "C1", "{text: uno}", "second-preferred", 7),
        ("hel", "C1", "{text: Ett}", None, 0),
        ("hel", "C1", "{text: one, language: en}", None, 0),
    ],
)
def test_supplements(
    tmp_path: Path, bank: Bank, supplements: str, concept: str, term: str, rule: str | None, line: int
) -> None:
    found = bank.lint(written(tmp_path, SUPPLEMENT % (supplements, concept, term)))
    assert [(f.rule, f.location.line if f.location else 0) for f in found] == ([(rule, line)] if rule else [])
    if rule == "nothing-to-supplement":
        assert found[0].hint == {"ett": "→ C1", "två": "→ B2"}[term[7:10]], "what was probably meant"


def test_what_is_not_read_is_said(tmp_path: Path, bank: Bank) -> None:
    whole = tmp_path / "hel"
    whole.mkdir()
    written(whole, HEADER)
    for name in ("termer.yml", "termer.yaml.txt", "par.tsv", "koder.xlsx", "README.md", ".hemlig"):
        (whole / name).write_text("x")
    (tmp_path / "utan").mkdir()
    (tmp_path / "utan" / "termer.yaml").write_text("concepts: []\n")
    (tmp_path / "tom").mkdir()
    found = {(f.rule, Path(f.location.path or "").name) for f in bank.lint(tmp_path) if f.location}
    assert found == {
        ("unread-file", "termer.yml"), ("unread-file", "termer.yaml.txt"), ("unread-file", "par.tsv"),
        ("unread-file", "koder.xlsx"), ("no-header", "utan"), ("empty-vocabulary", "vocabulary.yaml"),
    }  # fmt: skip


def test_columns_that_are_not_read_are_said(tmp_path: Path, bank: Bank) -> None:
    (written(tmp_path, HEADER) / "koder.csv").write_text("kod;benämning;slut\nK1;Ett;2026-01-01\n", encoding="utf-8")
    (finding,) = bank.lint(tmp_path)
    assert (finding.rule, dict(finding.arguments)) == ("unread-columns", {"columns": "slut"})


def test_a_mapping_to_a_code_that_has_ceased(tmp_path: Path) -> None:
    past = Concept(id="B1", valid_to=datetime.date(2020, 1, 1))
    lists = [code_list("kva", "Ett"), Vocabulary(id="ksi", title="KSI", concepts=[past], valid_from=datetime.date.min)]
    path = tmp_path / "prov.sssom.tsv"
    path.write_text(MAPPED + f"kva:A1\t\tskos:exactMatch\tksi:B1\t\t{REASON}\n", encoding="utf-8")
    assert [f.rule for f in Bank.from_vocabularies(lists).lint(path)] == ["no-longer-valid"]
    path.write_text(MAPPED + f"ksi:B1\t\tskos:exactMatch\tkva:A1\t\t{REASON}\n", encoding="utf-8")
    assert Bank.from_vocabularies(lists).lint(path) == [], "what is mapped from may be old"


def test_what_replaces_a_term_may_be_another_concept(tmp_path: Path, bank: Bank) -> None:
    text = (
        "concepts:\n- id: gammal\n  relations: [{type: replaced-by, target: ny}]\n"
        "  terms: [{text: Gammal, status: superseded, change: merged}]\n"
        "- id: ny\n  relations: [{type: replaces, target: gammal}]\n  terms: [{text: Ny}]\n"
        "- id: borta\n  terms: [{text: Borta, status: superseded, change: abolished}]\n"
    )
    assert bank.lint(written(tmp_path, HEADER + text)) == []


def test_words_that_only_look_like_the_term_are_no_repetition(tmp_path: Path, bank: Bank) -> None:
    text = A + "  terms: [{text: vårdplan}]\n  definitions: [{text: plan för vården av en patient}]\n"
    assert bank.lint(written(tmp_path, HEADER + text)) == []


def test_the_longest_term_at_a_place_is_what_a_definition_mentions(tmp_path: Path, bank: Bank) -> None:
    """`särskilt boende` mentions that concept, not `boende`: no circle."""
    text = (
        "concepts:\n- id: boende\n  terms: [{text: boende}]\n  definitions: [{text: bostad eller särskilt boende}]\n"
        "- id: b\n  terms: [{text: särskilt boende}]\n  definitions: [{text: lägenhet med service}]\n"
    )
    assert [f.rule for f in bank.lint(written(tmp_path, HEADER + text))] == []


def test_a_table_of_systems(tmp_path: Path, bank: Bank) -> None:
    path = tmp_path / "systems.yaml"
    path.write_text(
        "systems:\n"
        "- id: a\n  title: A\n  identifiers:\n"
        "  - {value: 1.2.3, type: oid, status: preferred}\n  - {value: 1.2.4, type: oid, status: preferred}\n"
        "- id: b\n  title: B\n  identifiers:\n  - {value: 1.2.3, type: oid}\n  - {value: '1.02', type: oid}\n"
        "  - {value: inget, type: url}\n",
        encoding="utf-8",
    )
    found = [f.rule for f in bank.lint(path)]
    assert found == ["preferred-identifier", "shared-identifier", "identifier-form", "identifier-form"]


def test_a_path_with_nothing_to_check(tmp_path: Path, bank: Bank) -> None:
    with pytest.raises(FormatError, match="there is no such file or folder"):
        bank.lint(tmp_path / "absent")
    with pytest.raises(FormatError, match=r"the folder has neither a vocabulary \(a folder with vocabulary\.yaml\)"):
        bank.lint(tmp_path)
    (tmp_path / "x.txt").write_text("hej")
    with pytest.raises(FormatError, match="the file is neither"):
        bank.lint(tmp_path / "x.txt")


graphs = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3))


@given(graphs)
def test_circles_are_circles_and_none_is_missed(ahead: dict[str, list[str]]) -> None:
    found = circles(ahead)
    for circle in found:
        assert len(set(circle)) == len(circle)
        assert all(after in ahead[before] for before, after in zip(circle, [*circle[1:], circle[0]], strict=True))
    cut = {
        node: [n for n in nodes if not any({n, node} <= set(circle) for circle in found)]
        for node, nodes in ahead.items()
    }

    def reaches(start: str) -> bool:
        waiting, seen = list(cut.get(start, ())), set[str]()
        while waiting:
            node = waiting.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                waiting += cut.get(node, ())
        return False

    inside = {node for circle in found for node in circle}
    assert not [node for node in ahead if node not in inside and reaches(node)]
