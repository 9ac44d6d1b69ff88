"""A region's own terms and codes beside the national ones: the example in docs/examples/region, from end to end."""

import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import inside, run

from termbank import Bank

REPO = Path(__file__).resolve().parents[2]
REGION = REPO / "docs" / "examples" / "region"
GUIDES = [REPO / "docs" / "vocabularies" / name for name in ("your-own-terms.md", "egna-termer.md")]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "region.bank"
    ran = run("vocab", "build", REGION, "-o", path)
    assert (ran.code, ran.err) == (0, "")
    return path


def test_the_example_is_clean() -> None:
    assert run("vocab", "lint", REGION, "--fail-on", "info", "--lang", "sv") == (
        0, "fel: 0, varningar: 0, upplysningar: 0\n", ""
    )  # fmt: skip


def test_the_regions_term_leads_to_the_national_concept_with_both_sources(bank: Path) -> None:
    ran = run("lookup", "gemensam plan", "--in", "termbank", "--bank", bank, "--lang", "sv")
    lines = ran.out.splitlines()
    assert lines[0] == "samordnad individuell plan"
    assert "  gemensam plan är tillåten enligt region-exempel-termer|2026" in lines
    assert "    samordnad individuell plan  (rekommenderad, fras)" in lines, "the national status is kept"
    assert "  tillägg region-exempel-termer|2026 · Region Exempels egna termer · Region Exempel" in lines
    assert "    Källa             Region Exempels termlista, beslutad 2026-03-01" in lines
    assert any(line.startswith("  Källa             http://termbank.socialstyrelsen.se/") for line in lines)


def test_a_national_term_shows_what_the_region_adds(bank: Path) -> None:
    out = run("lookup", "samverkan", "--in", "termbank", "--bank", bank, "--lang", "en").out
    assert "  supplement region-exempel-termer|2026" in out and "länssamverkan  (admitted" in out


def test_status_belongs_to_who_says_it(bank: Path) -> None:
    with Bank.open(bank) as opened:
        (hit,) = [h for h in opened.search("SIP-plan", limit=50) if h.match == "exact"]
        assert (hit.vocabulary.split("|")[0], hit.concept.id) == ("termbank", "samordnad-individuell-plan")
        assert (hit.status, hit.supplement) == ("deprecated", "region-exempel-termer|2026")
        national = opened.concept("termbank", "samordnad-individuell-plan")
        assert "SIP-plan" not in {term.text for term in national.terms}
        ((info, added),) = opened.supplements("termbank", "samordnad-individuell-plan")
        assert (info.publisher, added.terms[0].text) == ("Region Exempel", "gemensam plan")
        assert opened.supplements("termbank", "samarbete") == []
        answer = opened.validate_code("termbank", "samordnad-individuell-plan", display="Gemensam plan")
        assert (answer.valid, answer.findings) == (True, ())
        answer = opened.validate_code("termbank", "samordnad-individuell-plan", display="något annat")
        assert [finding.rule for finding in answer.findings] == ["display-mismatch"]


def test_records_coded_with_the_regions_list(bank: Path, tmp_path: Path) -> None:
    with inside(tmp_path):
        ran = run(
            "convert", REGION / "planer.csv", "--profile", REGION / "profil.toml", "--bank", bank,
            "-o", "ut.csv", "--rejects", "avvisade.csv", "--summary", "s.json", "--allow-rejects", "--lang", "sv",
        )  # fmt: skip
    assert ran.code == 0
    assert (tmp_path / "ut.csv").read_text(encoding="utf-8").splitlines() == [
        "datum;plantyp;benämning;plantyp_namn;riv_ta",
        "2026-03-15;P10;Gemensam plan;Gemensam plan;SIP",
        "2026-04-02;P20;Vårdplan;Vårdplan;VP",
        "2026-05-20;P90;Gemensam plan vid utskrivning;Gemensam plan vid utskrivning;SIP",
    ]
    assert (tmp_path / "avvisade.csv").read_text(encoding="utf-8").count("\n") == 3


def names() -> set[str]:
    return {f"{each['id']}|{each['version']}" for each in json.loads(run("vocab", "list", "--format", "json").out)}


@pytest.mark.slow
def test_added_to_ones_own_lists_and_removed_again(isolated: Path) -> None:
    ran = run("vocab", "add", REGION, "--lang", "sv")
    assert (ran.code, ran.err) == (0, "")
    assert "3 mappningar lades till som plantyper-till-riv-ta." in ran.out
    assert {"region-exempel-termer|2026", "region-exempel-plantyper|2026"} <= names()
    answers = json.loads(run("translate", "--from", "region-exempel-plantyper", "--to", "care-plan-types", "P10",
                             "--format", "json").out)  # fmt: skip
    assert answers[0]["translations"][0]["coding"]["code"] == "SIP"
    ran = run("vocab", "add", REGION)
    assert ran.code == 2 and "is already among your lists" in ran.err
    assert run("vocab", "add", REGION, "--replace").code == 0
    for name in ("region-exempel-termer|2026", "region-exempel-plantyper|2026", "plantyper-till-riv-ta"):
        assert run("vocab", "remove", name).code == 0
    assert not {"region-exempel-termer|2026", "region-exempel-plantyper|2026"} & names()


@pytest.mark.slow
def test_nothing_is_added_where_one_of_several_is_there_already(isolated: Path) -> None:
    assert run("vocab", "add", REGION / "plantyper").code == 0
    assert run("vocab", "add", REGION).code == 2
    assert "region-exempel-termer|2026" not in names()


def test_added_to_a_bank_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "own.bank"
    assert run("vocab", "add", REGION / "plantyper", "--bank", path).code == 0
    assert run("vocab", "add", REGION / "plantyper", "--bank", path).code == 0, "it replaces itself"
    with Bank.open(path) as opened:
        assert [loaded.id for loaded in opened.vocabularies] == ["region-exempel-plantyper"]
        assert [each.id for each in opened.mapping_sets] == ["plantyper-till-riv-ta"]


def with_a_further_concept(place: Path, concept: str, term: str) -> Path:
    """Copy the example, and add a concept to its terms."""
    folder = place / "region"
    shutil.copytree(REGION, folder)
    with (folder / "termer" / "termer.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: {concept}\n    terms: [{term}]\n")
    return folder


def test_a_folder_with_mistakes_is_not_added(isolated: Path) -> None:
    folder = with_a_further_concept(isolated, "samråd", "{text: rådslag, status: bra}")
    ran = run("vocab", "add", folder, "--lang", "sv")
    assert ran.code == 1 and "termer.yaml:21" in ran.err and "terms.0.status" in ran.err
    assert "region-exempel-termer|2026" not in names()
    ran = run("vocab", "lint", folder, "--lang", "en")
    assert ran.code == 1 and "errors: 1" in ran.out
    ran = run("vocab", "lint", folder, "--format", "json")
    found = json.loads(ran.out)[0]
    assert (found["rule"], found["location"]["line"], found["value"]) == ("unknown-value", 21, "bra")


def test_what_would_never_be_found_is_not_added(isolated: Path) -> None:
    folder = with_a_further_concept(isolated, "samverkann", "{text: rådslag, status: admitted}")
    ran = run("vocab", "add", folder, "--lang", "sv")
    assert ran.code == 1 and "Det finns inget begrepp samverkann i termbank|2026-11" in ran.err
    assert "region-exempel-termer|2026" not in names()
    lines = run("vocab", "lint", folder, "--lang", "sv").out.splitlines()
    assert "→ samverkan," in lines[1], "what was probably meant"
    ran = run("vocab", "build", folder, "-o", isolated / "x.bank", "--lang", "sv")
    assert (
        ran.code == 1
        and "Det finns inget begrepp samverkann" in ran.err
        and "Ingenting skrevs. Antal fel: 1." in ran.err
    )
    assert not (isolated / "x.bank").exists()


def test_a_list_with_headings_as_the_guide_says_it_is_written(isolated: Path) -> None:
    folder = isolated / "kontakter"
    folder.mkdir()
    (folder / "vocabulary.yaml").write_text("id: kontakter\ntitle: Kontakter\n", encoding="utf-8")
    rows = "code;title;parent;selectable\nK;Kontakter;;nej\nK1;Besök;K;ja\n"
    (folder / "kontakter.csv").write_text(rows, encoding="utf-8")
    assert run("vocab", "lint", folder, "--fail-on", "info").code == 0
    assert run("vocab", "add", folder).code == 0
    with Bank.open() as opened:
        assert [opened.validate_code("kontakter", code).valid for code in ("K", "K1", "K2")] == [False, True, False]


def test_an_error_that_ends_the_run_is_said_in_swedish(isolated: Path) -> None:
    (isolated / "vocabulary.yaml").write_text("id: x\ntitle: X\nutgivare: Vi\n", encoding="utf-8")
    ran = run("vocab", "lint", isolated, "--lang", "sv")
    assert ran.code == 2 and ran.err.startswith(
        f"termbank: {isolated / 'vocabulary.yaml'}:3: utgivare: Nyckeln utgivare"
    )
    assert "→ publisher" in ran.err


def test_a_bank_can_be_read_by_others(bank: Path) -> None:
    before = os.umask(0o022)
    os.umask(before)
    assert bank.stat().st_mode & 0o777 == 0o666 & ~before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", REGION, "--as", "egen"), "is a vocabulary folder: its vocabulary.yaml says id"),
        (("add", REGION / "planer.csv"), "a code list needs --as SYSTEM and --version VERSION"),
        (("build", REGION), "say where the bank shall stand: -o FILE"),
        (("lint", REGION / "absent"), "There is no such file or folder. Check the name"),
        (("add", REGION / "absent"), "There is no such file or folder. Check the name"),
        (("add", REPO / "docs" / "schemas"), "the folder has neither a vocabulary"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[object, ...], said: str) -> None:
    ran = run("vocab", *arguments)
    assert ran.code == 2 and said in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_to_ones_own_terms_runs(guide: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(REGION, isolated / "region")
    monkeypatch.chdir(isolated)
    text = guide.read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 7
    for line in lines:
        ran = run(*shlex.split(line)[1:])
        refused = line.startswith("termbank validate")  # two of the example's rows
        assert (ran.code, ran.err) == (int(refused), ""), line
    for program in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        found: dict[str, Any] = {}
        exec(program, found)
        hit = found["hit"]
        told = ("samordnad-individuell-plan", "deprecated", "region-exempel-termer|2026")
        assert (hit.concept.id, hit.status, hit.supplement) == told and str(told) in program


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_what_the_guide_says_of_files_stands_in_them(guide: Path) -> None:
    files = [path for kind in ("*.yaml", "*.toml") for path in REGION.rglob(kind)]
    lines = {line for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    blocks = re.findall(r"```(?:yaml|toml)\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 5
    assert not [line for block in blocks for line in block.splitlines() if line not in lines]
