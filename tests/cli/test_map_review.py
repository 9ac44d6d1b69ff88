"""`termbank map review` and `map reapply`: the dialogue, scripts, spreadsheets, what is kept and what is refused."""

import io
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from command import Ran, run

from termbank.errors import WriteError
from termbank.formats import sssom
from termbank.mapping.review.reviewing import Review
from termbank.model import Coding, Mapping, MappingSet

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def own(prepared: Path) -> Path:
    """A set of two statements and two candidates."""
    rows = [
        Mapping(
            subject=Coding(system="kva", code=code, display=title),
            object=Coding(system="ksi", code=other, display=named),
            predicate="skos:exactMatch",
            justification=f"semapv:{why}",
            confidence=0.8 if other != "XAA.20.ZZ" else 0.6,
        )
        for code, title, other, named, why in (
            ("AU124", "Upprättande av SIP", "XAH.20.75", "Upprätta SIP", "ManualMappingCuration"),
            ("AU125", "Upprättande av SIP vid utskrivning", "XAH.20.65", "Upprätta SIP ...", "ManualMappingCuration"),
            ("XS007", "Konferens med patient", "XAH.24.ZZ", "Delta i samrådsmöte", "LexicalMatching"),
            ("XS007", "Konferens med patient", "XAA.20.ZZ", "Aktualisera", "LexicalMatching"),
        )
    ]
    path = prepared / "prov.sssom.tsv"
    sssom.write(MappingSet(id="prov", mappings=tuple(rows)), path)
    return path


def answer(monkeypatch: pytest.MonkeyPatch, path: Path, lines: str, *options: object) -> Ran:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return run("map", "review", path, "--as", "Anna", "--lang", "sv", *options)


def kept(path: Path) -> Review:
    return Review(sssom.read(path).mapping_set, "Anna")


def test_a_script_of_decisions(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answer(monkeypatch, own, "# torsdag\na\n\nk för snäv\nc 3\n2\n~\n")
    assert ran.code == 0 and "Beslut: 3. Kvar: 0." in ran.out
    rows = {row.subject.code: row for topic in kept(own) for row in topic.rows}
    assert rows["AU124"].reviewer == "Anna" and rows["AU124"].author is None
    assert (rows["AU125"].predicate, rows["AU125"].comment) == ("skos:broadMatch", "för snäv")
    assert rows["XS007"].object == Coding(system="ksi", code="XAA.20.ZZ", display="Aktualisera")
    assert rows["XS007"].predicate == "skos:relatedMatch" and rows["XS007"].tool.startswith("termbank ")
    ran = answer(monkeypatch, own, "")
    assert ran.code == 0 and "allt är granskat (3)" in ran.out


def test_it_goes_on_where_one_stopped(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answer(monkeypatch, own, "s\nr\nq\n")
    assert "Beslut: 1. Kvar: 2." in ran.out
    ran = answer(monkeypatch, own, "q\n")
    assert "2 av 3 att granska" in ran.out and "[1/2]  AU124 " in ran.out
    ran = answer(monkeypatch, own, "u\nu\nq\n")
    assert "Ångrat: AU125" in ran.out and "[1/3]  AU125 " in ran.out and "Du har inget beslut att ångra." in ran.out
    assert kept(own).open_count() == 3
    assert [entry.action for entry in kept(own).topic(("kva", "AU125")).history] == ["reject", "undo"]


def test_another_code_and_no_counterpart(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answer(monkeypatch, own, "o XAH.10.ZZ\nn\no QQQ\nq\n", "--to", "ksi")
    assert ran.code == 0 and "QQQ finns inte i ksi|2026." in ran.out
    review = kept(own)
    first = review.topic(("kva", "AU124")).rows
    assert {(row.object.code, row.negated) for row in first if row.object} == {
        ("XAH.20.75", True),
        ("XAH.10.ZZ", False),
    }
    assert [row.object for row in review.topic(("kva", "AU125")).rows if not row.negated] == [None]


def test_a_line_that_means_nothing_ends_a_script_after_what_was_decided(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = answer(monkeypatch, own, "a\nja tack\na\n")
    assert ran.code == 2 and "rad 2: ja betyder ingenting" in ran.err
    assert kept(own).open_count() == 2


def test_json_for_programs(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answer(monkeypatch, own, "a\n", "--format", "json")
    assert json.loads(ran.out) == [{"path": str(own), "decided": 1, "left": 2}]


def test_who_decides_must_be_said(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\n"))
    ran = run("map", "review", own)
    assert ran.code == 2 and "--as NAME" in ran.err


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> object:
        yield "a\n"
        own.write_text(own.read_text(encoding="utf-8").replace("Aktualisera", "Annat"), encoding="utf-8")
        yield "a\n"

    monkeypatch.setattr(sys, "stdin", Lines(lines()))
    ran = run("map", "review", own, "--as", "Anna", "--lang", "en")
    assert ran.code == 2 and "was changed by somebody else" in ran.err and "Start again" in ran.err
    assert "Annat" in own.read_text(encoding="utf-8") and kept(own).open_count() == 2


class Lines(io.StringIO):
    """Lines that are made as they are read."""

    def __init__(self, lines: object) -> None:
        super().__init__()
        self._made = lines

    def __iter__(self) -> object:
        return self._made


def test_a_disk_that_is_full_leaves_the_last_whole_set(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = own.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise WriteError("there is no space left for the file")

    monkeypatch.setattr(sssom, "write", full)
    ran = answer(monkeypatch, own, "a\n")
    assert ran.code == 2 and "no space left" in ran.err and own.read_bytes() == before


def test_rows_that_cannot_be_read_are_not_lost(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with own.open("a", encoding="utf-8") as file:
        file.write("kva:X\n")
    ran = answer(monkeypatch, own, "a\n")
    assert ran.code == 2 and "skulle gå förlorade" in ran.err
    other = own.with_name("ny.sssom.tsv")
    ran = answer(monkeypatch, own, "a\n", "-o", other)
    assert other.exists() and kept(other).open_count() == 2
    ran = answer(monkeypatch, own, "a\n", "-o", other)
    assert kept(other).open_count() == 1, "the review goes on in the output"


def test_a_column_of_local_words_with_suggestions(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prepared / "lokala.sssom.tsv"
    rows = (Mapping(subject=Coding(system="lokal", code="L1", display="upprätta SIP"), object=None,
                    predicate="skos:exactMatch", justification="semapv:UnspecifiedMatching"),)  # fmt: skip
    sssom.write(MappingSet(id="lokala", mappings=rows), path)
    ran = answer(monkeypatch, path, "2\n=\n", "--to", "ksi", "--suggest")
    assert ran.code == 0 and "XAH.20.75" in ran.out
    (row,) = kept(path).topic(("lokal", "L1")).rows
    assert row.object is not None and row.object.system == "ksi" and row.author == "Anna"


def test_codes_that_the_set_does_not_have(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answer(monkeypatch, own, "s\ns\ns\nn\nq\n", "--from", "kva")
    left, count = ran.out.split(": ")[1].split(" att granska")[0].split(" av ")
    assert left == count and int(count) > 20 and "Beslut: 1." in ran.out
    assert len(kept(own)) == 4, "only what was decided is kept"


def test_through_a_spreadsheet(own: Path) -> None:
    sheet = own.with_name("blad.xlsx")
    ran = run("map", "review", own, "--sheet", sheet, "--lang", "sv")
    assert ran.code == 0 and "3 rader att granska" in ran.out
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0]["D2"], book.worksheets[0]["D4"] = "godta", "kanske"
    book.worksheets[0]["E3"] = "XAH.10.ZZ"
    book.save(sheet)
    ran = run("map", "review", own, "--apply", sheet, "--as", "Bo", "--to", "ksi", "--lang", "sv")
    assert ran.code == 1 and "rader 3; beslut 2, redan beslutade 0, orörda 0, ej använda 1" in ran.out
    assert "sheet Granskning, cell D4" in ran.err and "[review-sheet-word]" in ran.err
    assert {row.reviewer for topic in kept(own) for row in topic.decided} == {"Bo"}
    found = json.loads(run("map", "review", own, "--apply", sheet, "--as", "Bo", "--to", "ksi", "--format", "json").out)
    assert (found[0]["decided"], found[0]["already"], found[0]["left"]) == (0, 2, 1)


def test_through_usagi(prepared: Path) -> None:
    path, usagi = prepared / "omop.sssom.tsv", prepared / "omop.usagi.csv"
    row = Mapping(subject=Coding(system="lokal", code="L1", display="Besök"), object=Coding(system="omop", code="9202"),
                  predicate="skos:exactMatch", justification="semapv:LexicalMatching", confidence=0.7)  # fmt: skip
    sssom.write(MappingSet(id="omop", subject_source="lokal", object_source="omop", mappings=(row,)), path)
    assert run("map", "review", path, "--usagi", usagi).code == 0
    text = usagi.read_text(encoding="utf-8").replace("UNCHECKED", "APPROVED")
    header, *lines = text.splitlines()
    place = header.split(",").index("statusSetBy")
    cells = lines[0].split(",")
    cells[place] = "Bo"
    usagi.write_text("\n".join((header, ",".join(cells))) + "\n", encoding="utf-8")
    ran = run("map", "review", path, "--apply", usagi, "--as", "Anna", "--lang", "sv")
    assert ran.code == 0 and "beslut 1" in ran.out
    assert [row.reviewer for topic in kept(path) for row in topic.rows] == ["Anna"]


def test_a_set_that_is_no_sssom_needs_a_place_for_the_review(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prepared / "par.csv"
    path.write_text("source;target\nAU124;XAH.20.75\n", encoding="utf-8")
    ran = answer(monkeypatch, path, "a\n")
    assert ran.code == 2 and "-o NAMN.sssom.tsv" in ran.err


@pytest.mark.slow
def test_a_new_edition(prepared: Path) -> None:
    for version, titles in (
        ("1", "kod;titel\nA;Besök\nB;Samtal\nC;Brev\n"),
        ("2", "kod;titel\nA;Besök\nB;Telefon\nD;Ny\n"),
    ):
        listed = prepared / f"egen{version}.csv"
        listed.write_text(titles, encoding="utf-8")
        assert run("vocab", "add", listed, "--as", "egen", "--version", version).code == 0
    rows = [
        Mapping(subject=Coding(system="egen", code=code, version="1", display=title), reviewer="Eva",
                object=Coding(system="ksi", code="XAH.24.ZZ"), predicate="skos:exactMatch")
        for code, title in (("A", "Besök"), ("B", "Samtal"), ("C", "Brev"))
    ]  # fmt: skip
    path, new, report = (prepared / name for name in ("gammal.sssom.tsv", "ny.sssom.tsv", "ändrat.xlsx"))
    sssom.write(MappingSet(id="gammal", mappings=tuple(rows)), path)
    ran = run("map", "reapply", path, "--edition", "egen|2", "-o", new, "--lang", "sv")
    assert ran.code == 0, ran.err
    for said in ("gammal tillämpad på egen|2", "förut  Samtal", "nu     Telefon", "borttagna: 1", "D Ny"):
        assert said in ran.out
    assert [topic.subject.code for topic in kept(new).open()] == ["B"]
    assert run("map", "reapply", path, "--edition", "egen|2", "-o", new, "--report", report).code == 0
    assert openpyxl.load_workbook(report).worksheets[0].max_row == 5
    records = json.loads(run("map", "reapply", path, "--edition", "egen|2", "-o", new, "--format", "json").out)
    assert (records[0]["carried"], records[0]["to_review"]) == (1, 1)
    ran = run("map", "reapply", path, "--edition", "kva", "-o", new)
    assert ran.code == 2 and "no codes of kva" in ran.err


def test_a_person_at_a_keyboard_who_presses_ctrl_c(own: Path) -> None:
    above, below = pytest.importorskip("pty").openpty()
    command = [sys.executable, "-m", "termbank_cli.main", "map", "review", str(own), "--as", "Anna", "--lang", "sv"]
    child = subprocess.Popen(
        command, stdin=below, stdout=below, stderr=below, env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
        start_new_session=True, cwd=REPO,
    )  # fmt: skip
    os.close(below)
    seen = _until(above, "XAH.20.75")
    assert "a godta" in _until(above, "> ", seen)
    time.sleep(0.3)  # what is typed before the program listens is thrown away
    os.write(above, b"a")
    _until(above, "> ", _until(above, "AU125").partition("AU125")[2])
    time.sleep(0.3)
    os.write(above, b"\x03")
    child.wait(timeout=20)
    os.close(above)
    assert child.returncode == 130
    assert kept(own).open_count() == 2


def _until(terminal: int, text: str, seen: str = "") -> str:
    """Read what a terminal shows until a text is there."""
    ends = time.monotonic() + 30
    while text not in seen:
        assert time.monotonic() < ends, f"{text!r} did not come; there was {seen!r}"
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
    return seen


def test_a_title_cannot_command_the_terminal(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Mapping(subject=Coding(system="kva", code="A", display="\x1b[2Jtitel"), object=None,
                  predicate="skos:exactMatch", comment="rad\nett \x07")  # fmt: skip
    sssom.write(MappingSet(id="prov", mappings=(row,)), own)
    ran = answer(monkeypatch, own, "q\n")
    assert "titel" in ran.out and "rad ett" in ran.out and not {"\x1b", "\x07"} & set(ran.out)


def test_another_code_with_the_sign_of_its_relationship():
    from termbank_cli.review_dialogue import _with_sign

    assert _with_sign("QT011 <") == ("QT011", "skos:broadMatch")
    assert _with_sign("QT011") == ("QT011", "skos:exactMatch")
    assert _with_sign("samordnad plan") == ("samordnad plan", "skos:exactMatch")
