"""A Word file given back to its author: every planted finding is found, told at its words, and mended; no more."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import make_docx as make
import pytest
from test_docx import looks

import termbank
from termbank.documents import reading
from termbank.reports.report import Checked
from termbank.text.settings import Settings
from termbank.text.sweep import Sweep
from termbank.text.targets import Outputs

PLANTED = {
    "Landstinget": ("Landstinget ansvarar för insatsen här.", "Regionen ansvarar för insatsen här."),
    "handikapp": ("Personer med handikapp får stöd här.", "Personer med handikapp får stöd här."),
    "SKL": ("SKL rekommenderar detta arbetssätt.", "SKR rekommenderar detta arbetssätt."),
}
TOLD = [name for name in make.READ if name != "quotation"]
SOFFICE = shutil.which("soffice")


@dataclass
class Case:
    """A document with something planted in each construct, and the bank that finds it."""

    bank: Any
    path: Path
    words: dict[str, str]

    def run(self, **outputs: Any) -> Checked:
        checker = self.bank.checker(Settings(every=True))
        (checked,) = Sweep(self.bank.terminology, checker, Outputs(**outputs)).run([self.path]).documents
        return checked

    def mended(self) -> str:
        """Return the text as it shall be after the edits."""
        text = reading.read(self.path).text
        for before, after in PLANTED.values():
            text = text.replace(before, after)
        return text


@pytest.fixture(scope="module")
def bank() -> Iterator[Any]:
    with termbank.open() as opened:
        yield opened


@pytest.fixture
def case(bank: Any, tmp_path: Path) -> Case:
    words = {name: list(PLANTED)[at % 3] for at, name in enumerate((*make.READ, *make.NOT_READ))}
    sentences = {name: PLANTED[word][0] for name, word in words.items()}
    path = tmp_path / "rutin å.docx"
    path.write_bytes(make.all_constructs(sentences | {"quotation": "Landstinget svarade för insatsen."}))
    return Case(bank, path, {name: words[name] for name in TOLD})


def test_every_planted_finding_is_found_and_no_other(case: Case) -> None:
    checked = case.run()
    found = sorted(each.value or "" for each in checked.findings)
    assert found == sorted(case.words.values())
    parts = {re.sub(r" \d+.*", "", each.location.part) for each in checked.findings if each.location.part}
    assert parts == {"table", "text box", "picture", "footnote", "endnote", "header", "footer"}


def test_comments_stand_on_the_words_and_nothing_else_changes(case: Case) -> None:
    target = case.path.with_name("kommenterad.docx")
    before = case.path.read_bytes()
    checked = case.run(comments=target)
    commented = reading.read(target)
    assert commented.text == checked.text == reading.read(case.path).text
    assert looks(target.read_bytes()) == looks(before)
    assert case.path.read_bytes() == before
    ours = [each for each in commented.remarks if "termbank:" in each.text]
    moved = [each for each in checked.findings if each.rule == "document-comment-moved"]
    assert len(ours) == len(case.words) and len(moved) == 5, "notes, headers and footers take no comments in Word"
    on_words = [commented.text[each.start : each.end] for each in ours]
    assert sum(word in PLANTED for word in on_words) >= len(ours) - len(moved) - 1, "a picture's text is no words"
    told = sorted(each.value for each in checked.findings if each.value in PLANTED)
    assert sorted(next(word for word in PLANTED if f"”{word}”" in each.text) for each in ours) == told


@pytest.mark.parametrize("track", [False, True])
def test_edits_change_the_words_and_nothing_else(case: Case, track: bool) -> None:
    target = case.path.with_name("rättad.docx")
    wanted, before = case.mended(), case.path.read_bytes()
    checked = case.run(fix=True, fixed=target, track=track)
    assert reading.read(target).text == wanted
    assert case.path.read_bytes() == before
    assert checked.edited == sum(word != "handikapp" for word in case.words.values())
    assert {each.value for each in checked.findings} == {"handikapp"}, "what the author must choose is left"
    assert {each.location.path for each in checked.findings if each.location} == {str(case.path)}


def test_edits_and_comments_together(case: Case) -> None:
    fixed, commented = case.path.with_name("r.docx"), case.path.with_name("k.docx")
    wanted = case.mended()
    case.run(fix=True, fixed=fixed, comments=commented)
    document = reading.read(commented)
    assert document.text == wanted
    assert all("handikapp" in each.text for each in document.remarks if "termbank:" in each.text)
    case.run(fix=True)
    assert reading.read(case.path).text == wanted, "in place"
    assert case.run(fix=True).edited == 0, "a second time there is nothing to mend"


def converted(path: Path, form: str) -> str:
    """Return a document as LibreOffice reads it."""
    profile = f"-env:UserInstallation={path.parent.as_uri()}/profile"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", form, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{form.split(':', maxsplit=1)[0]}").read_text("utf-8-sig")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_what_was_written(case: Case) -> None:
    fixed, tracked, commented = (case.path.with_name(f"{name}.docx") for name in ("rättad", "spårad", "kommenterad"))
    case.run(fix=True, fixed=fixed)
    edited = case.run(fix=True, fixed=tracked, track=True).edited
    case.run(comments=commented)
    before, after = plain(converted(case.path, "fodt")), plain(converted(fixed, "fodt"))
    for old, new in PLANTED.values():
        shown = [word for name, word in case.words.items() if name != "simple-field"]  # LibreOffice computes it anew
        count = sum(PLANTED[word] == (old, new) for word in shown)
        if old != new:
            assert after.count(new) == before.count(old) - after.count(old) == count
        else:
            assert after.count(old) == before.count(old)
    flat = converted(tracked, "fodt")
    authors = re.findall(r"<(?:text:insertion|text:deletion)>\s*<office:change-info>\s*<dc:creator>termbank<", flat)
    assert len(authors) >= 2 * (edited - 2), "LibreOffice has no tracked changes in the oldest text boxes"
    said = re.findall(r"<office:annotation [^>]*>\s*<dc:creator>termbank<", converted(commented, "fodt"))
    assert len(said) == len(case.words)


def plain(flat: str) -> str:
    return re.sub(r"<[^>]+>", "", flat)
