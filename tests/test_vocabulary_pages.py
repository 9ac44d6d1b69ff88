"""The pages of docs/vocabularies: made of the vocabularies as they are, and every link in them leads somewhere."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from termbank.formats.vocabulary_files import read
from termbank.language.words import collation_key

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "vocabularies"
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_vocabularies", ROOT / "docs" / "make_vocabularies.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(maker: ModuleType) -> dict[str, str]:
    return dict(maker.pages())


def anchor(concept: str) -> str:
    return re.sub(r"\W+", "-", concept).strip("-")


def test_the_pages_are_current(maker: ModuleType, pages: dict[str, str]) -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    made = {name for name, text in there.items() if maker.MADE in text}
    assert made == set(pages), "run docs/make_vocabularies.py, and delete pages that it no longer makes"
    assert not [name for name, text in pages.items() if there[name] != text], "run docs/make_vocabularies.py"


def test_the_same_data_give_the_same_pages(maker: ModuleType, pages: dict[str, str]) -> None:
    assert maker.pages() == pages


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for target in LINK.findall(text):
            file, _, fragment = target.partition("#")
            assert not file or file in pages or (FOLDER / file).exists(), f"{name}: {target}"
            assert not fragment or f'<a id="{fragment}"></a>' in pages[file or name], f"{name}: {target}"


def test_no_anchor_stands_twice_or_is_hidden_by_a_heading(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        anchors = ANCHOR.findall(text)
        assert len(anchors) == len(set(anchors)), name
        titles = re.findall(r"^##? (.+)$", text, re.MULTILINE)
        assert not {re.sub(r"\W+", "-", title.lower()) for title in titles} & {each.lower() for each in anchors}, name


def test_every_concept_has_its_record(pages: dict[str, str]) -> None:
    folders = ROOT / "vocabularies"
    for folder, page in {"termbank": None, "names": "names", "sfs": "statutes", "regulations": "statutes"}.items():
        if not (folders / folder).is_dir():
            continue
        reading = read(folders / folder)
        for concept in reading.vocabulary.concepts:
            text = pages[f"{page or reading.places[concept.id].path.stem}.md"]
            assert f'<a id="{anchor(concept.id)}"></a>\n\n### {concept.display()}\n' in text.replace("\\", ""), (
                concept.id
            )
            for term in concept.terms:
                assert f"\n- **{term.text}** – " in text.replace("\\", ""), term.text


def test_every_section_stands_in_the_table_of_its_statute(pages: dict[str, str]) -> None:
    folder = ROOT / "vocabularies" / "sfs-sections"
    if not folder.is_dir():
        pytest.skip("there are no sections")
    for concept in read(folder).vocabulary.concepts:
        assert f'| <a id="{anchor(concept.id)}"></a>' in pages["statutes.md"], concept.id


def test_records_stand_in_swedish_order(pages: dict[str, str]) -> None:
    headings = re.findall(r"^### (.+)$", pages["plans.md"], re.MULTILINE)
    assert headings == sorted(headings, key=collation_key) and len(headings) > 10


def test_relations_are_shown_from_both_ends(pages: dict[str, str]) -> None:
    plans = pages["plans.md"]
    above, below = ("vård-och-omsorgsplan", "samordnad-individuell-plan")
    records = {each: plans.split(f'<a id="{each}"></a>')[1].split("<a id=")[0] for each in (above, below)}
    assert re.search(rf"^- Slag: .*\(#{below}\)", records[above], re.MULTILINE)
    assert re.search(rf"^- Är ett slags: .*\(#{above}\)", records[below], re.MULTILINE)


def test_diagrams_are_small_and_draw_only_what_they_name(pages: dict[str, str]) -> None:
    drawn = 0
    for name, text in pages.items():
        for diagram in re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL):
            nodes = re.findall(r'^  (n\d+)\["([^"]+)"\](?::::outside)?$', diagram, re.MULTILINE)
            edges = re.findall(r"^  (n\d+) (?:-->|--o|==>|-\.-) (n\d+)$", diagram, re.MULTILINE)
            assert len(nodes) + len(edges) + 3 == len(diagram.splitlines()), name
            assert {each for edge in edges for each in edge} == {node for node, _ in nodes}, name
            assert 2 <= len(nodes) <= 30 and not any(set(label) & set("()<>") for _, label in nodes), name
            drawn += 1
    assert drawn > 10


def test_a_text_is_written_as_it_is(maker: ModuleType) -> None:
    assert maker.escaped("a*b_c|d [e] <f>") == r"a\*b\_c\|d \[e\] \<f\>"
    assert (
        maker.escaped("se https://a.se/b_c?d=1, f (https://g.se).") == "se <https://a.se/b_c?d=1>, f (<https://g.se>)."
    )
