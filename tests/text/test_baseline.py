import datetime
from pathlib import Path

import pytest

from termbank.errors import FormatError
from termbank.model import Finding, Location
from termbank.text import baseline

DAY = datetime.date(2026, 11, 22)


def finding(text: str, word: str, position: int = 0) -> Finding:
    start = text.index(word, position)
    location = Location(start=start, end=start + len(word))
    return Finding(rule="superseded-term", severity="warning", location=location, value=word)


def test_what_was_found_before_is_known_though_the_text_has_moved(tmp_path: Path) -> None:
    before = "Rutin. Ansvaret har SKL i dag."
    path = tmp_path / "baseline.json"
    baseline.write(path, DAY, [("Rutiner/a.docx", before, [finding(before, "SKL")])])
    read = baseline.read(path)
    after = "Ny inledning.\n" + before + " Också SKL svarar."
    findings = [finding(after, "SKL"), finding(after, "SKL", 40)]
    assert read.made_on == DAY
    assert read.known("Rutiner/a.docx", after, findings) == {0}
    assert read.known("Rutiner/b.docx", after, findings) == frozenset()


def test_the_same_words_twice_are_two_findings(tmp_path: Path) -> None:
    text = "SKL"
    path = tmp_path / "baseline.json"
    baseline.write(path, DAY, [("a", text, [finding(text, "SKL")])])
    assert baseline.read(path).known("a", text, [finding(text, "SKL"), finding(text, "SKL")]) == {0}


def test_a_baseline_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert baseline.read(tmp_path / "none.json") == baseline.Baseline(folder=tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"form": 2}', '{"form": 1, "made_on": "x", "documents": {}}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(FormatError, match="baseline"):
        baseline.read(path)
