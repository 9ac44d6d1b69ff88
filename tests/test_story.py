"""The worked story: its page and results are what its commands give, and what its text says is so."""

import csv
import importlib.util
import io
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

STORY = Path(__file__).parent.parent / "docs" / "story"
TAKEN = {
    ("ANH", "exactMatch", "SPG.SZ.ZZ"),
    ("BEHOV", "exactMatch", "XAH.10.ZZ"),
    ("HTJ", "broadMatch", "XAC.24.ZZ"),
    ("KALL", "exactMatch", "XAH.08.ZZ"),
    ("KALLM", "exactMatch", "XAH.09.ZZ"),
    ("LARM", "exactMatch", "YAA.35.ZZ"),
    ("MOTE", "broadMatch", "XAH.24.ZZ"),
    ("SAMT", "exactMatch", "XAH.16.ZZ"),
    ("SIP", "exactMatch", "XAH.20.75"),
    ("SIPU", "exactMatch", "XAH.20.65"),
    ("TEL", "exactMatch", "NoTermFound"),
    ("UPPF", "exactMatch", "NoTermFound"),
    ("UPPF", "Not exactMatch", "XAH.20.75"),
    ("UPPG", "exactMatch", "XAH.14.ZZ"),
}


def read(content: bytes, separator: str = ";") -> list[dict[str, str]]:
    lines = [line for line in io.StringIO(content.decode("utf-8"), newline="") if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=separator))


def mappings(content: bytes) -> set[tuple[str, str, str]]:
    return {
        (
            row["subject_id"].partition(":")[2],
            f"{row.get('predicate_modifier') or ''} {row['predicate_id'].removeprefix('skos:')}".strip(),
            row["object_id"].partition(":")[2],
        )
        for row in read(content, "\t")
    }


@pytest.fixture(scope="module")
def story() -> dict[str, bytes]:
    """What is kept; that it is current is the first test."""
    paths = [STORY / "README.md", *STORY.glob("resultat/*")]
    return {path.relative_to(STORY).as_posix(): path.read_bytes().replace(b"\r\n", b"\n") for path in paths}


def test_the_page_and_its_results_are_current(story: dict[str, bytes]) -> None:
    spec = importlib.util.spec_from_file_location("make_story", STORY.parent / "make_story.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = {name: content.replace(b"\r\n", b"\n").decode("utf-8") for name, content in module.run().items()}
    assert {name: content.decode("utf-8") for name, content in story.items()} == made, "run docs/make_story.py"


def test_no_row_is_lost(story: dict[str, bytes]) -> None:
    for name, result, counts in (("kommun", "kommun-i-ksi", (25, 22, 3)), ("region", "region-i-ksi", (20, 18, 2))):
        source = read((STORY / f"{name}.csv").read_bytes())
        out, rejected = read(story[f"resultat/{result}.csv"]), read(story[f"resultat/{result}.rejects.csv"])
        assert (len(source), len(out), len(rejected)) == counts
        lines = {int(row["termbank_line"]) for row in rejected}
        assert [row["Datum"] for row in out] == [row["Datum"] for n, row in enumerate(source, 2) if n not in lines]
        assert all(row["termbank_reason"] for row in rejected)


def test_the_decisions_are_those_that_the_text_tells_of(story: dict[str, bytes]) -> None:
    assert mappings(story["resultat/lokala-ord-till-ksi.sssom.tsv"]) == TAKEN
    assert mappings(story["resultat/lokala-ord-till-kva.sssom.tsv"]) == {
        ("SIP", "exactMatch", "AU124"),
        ("SIPU", "exactMatch", "AU125"),
        ("ANH", "closeMatch", "QT011"),
        ("UPPF", "Not exactMatch", "AU124"),
    }
    page = story["README.md"].decode("utf-8")
    words = {row["ord"]: row["kod"] for row in read((STORY / "lokala-ord.csv").read_bytes())}
    first = set(re.findall(r"^\d+: (.*)\n  \d\.\d\d  (\S+)", page, re.MULTILINE))
    assert len(first) == len(words) == 14
    assert sum((words[word], "exactMatch", code) in TAKEN for word, code in first) == 8
    assert {("Kallelse mottagen", "XAH.08.ZZ"), ("SIP-möte", "XAH.20.75"), ("Uppföljning av SIP", "XAH.20.75")} <= first


def test_what_the_report_counts_is_in_the_files(story: dict[str, bytes]) -> None:
    page = story["README.md"].decode("utf-8")
    for place, name in enumerate(("kommun", "region")):
        coded = [row["KSI"] for row in read(story[f"resultat/{name}-i-ksi.csv"]) if row["KSI"]]
        for code in set(coded):
            (counts,) = re.findall(rf"^ +(\d+) +(\d+)  {re.escape(code)} ", page, re.MULTILINE)
            assert int(counts[place]) == coded.count(code), code
        (totals,) = re.findall(r"^ +(\d+) +(\d+)  acts with a KSI code", page, re.MULTILINE)
        assert int(totals[place]) == len(coded)


@pytest.mark.parametrize(
    ("shown", "english", "swedish"),
    [
        ("mapped                 18 rows", "", "18 av kommunens 25 rader"),
        ("with no counterpart    4 rows", "", "4 saknar\nmotsvarighet"),
        ("with no mapping        2 rows", "", "2 väntar på beslut"),
        ("Rows without error   4\n", "Of the region's twenty rows four are planning", "Fyra av regionens rader"),
        ("25 = 22 + 3", "", "25 rader = 22 kvar + 3 avvisade"),
        ("20 = 18 + 2", "", "20 = 18 + 2"),
        ("    17       9  acts", "", "17 och 9"),
        ("\n5 codes.", "there were five of them", ""),
        ("Carried as they are: 3 mappings. To review: 3.", "Three decisions carry over. Three", "tre beslut av sex"),
    ],
)
def test_figures_of_the_text_come_from_the_run(shown: str, english: str, swedish: str) -> None:
    page, story = (
        " ".join((STORY / name).read_text(encoding="utf-8").split()) for name in ("README.md", "berattelse.md")
    )
    assert all(" ".join(text.split()) in page for text in (shown, english)) and " ".join(swedish.split()) in story


def test_the_two_small_editions_agree_with_the_whole_lists(real_data: Path) -> None:
    def whole(path: Path, code: str, title: str) -> dict[str, str]:
        with path.open(encoding="utf-8", newline="") as file:
            return {row[code]: row[title].removesuffix(" (i)") for row in csv.DictReader(file)}

    lists = {
        "2020": whole(real_data / "codes" / "2020" / "kva.csv", "key", "value"),
        "2026": whole(real_data / "codes" / "2026" / "kva.csv", "code", "label"),
    }
    own = {year: read((STORY / f"kva-{year}.csv").read_bytes(), ",") for year in lists}
    small = {year: {row["kod"]: row["titel"] for row in rows} for year, rows in own.items()}
    assert {year: len(each) for year, each in lists.items()} == {"2020": 10_552, "2026": 13_548}
    needed = set().union(*small.values())
    for year, each in small.items():
        assert each == {code: lists[year][code] for code in needed if code in lists[year]}
