"""check and annotate: what their users are promised."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from command import inside, run

import termbank

ROUTINE = (
    "# Rutin\n\nLandstinget ansvarar för insatsen. Landstingets läkare och SKL.\n\nPersoner med handikapp får stöd.\n"
)
MENDED = ROUTINE.replace("Landstingets", "Regionens").replace("Landstinget", "Regionen").replace("SKL", "SKR")
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture(scope="module")
def bank() -> Iterator[Any]:
    with termbank.open() as opened:
        yield opened


@pytest.fixture(autouse=True)
def one_bank(bank: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Open the bank once for all commands, and keep the screen 100 columns wide."""
    monkeypatch.setenv("COLUMNS", "100")
    with mock.patch("termbank_cli.author.open_bank", lambda path: nullcontext(bank)):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder to work in, with a folder of routines; names have spaces and å."""
    routines = tmp_path / "Rutiner"
    (routines / "Äldre" / "på hög").mkdir(parents=True)
    (routines / "rutin.md").write_text(ROUTINE, encoding="utf-8")
    (routines / "Äldre" / "på hög" / "plan å.txt").write_bytes("På landstinget gäller rutinen.\r\n".encode("cp1252"))
    with inside(tmp_path):
        yield tmp_path


def word(path: Path, text: str) -> None:
    """Write the least that is a Word document."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packages = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{relation}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def found(*arguments: object) -> list[tuple[str, str]]:
    """Return the rules and the words that a command finds."""
    return [(each["rule"], each.get("value", "")) for each in json.loads(run(*arguments, "--format", "json").out)]


def files(path: Path) -> list[str]:
    return sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())


def test_what_is_found_and_how_it_is_said(folder: Path) -> None:
    ran = run("check", "Rutiner/rutin.md", "--lang", "sv")
    assert (ran.code, ran.err) == (0, "")
    assert "Rutiner/rutin.md:3:1  ! varning" in ran.out
    assert "Förslag: skriv ”Regionen” i stället för ”Landstinget”, och 1 till." in ran.out, "not every place again"
    assert "Vad menas? ”funktionsnedsättning”" in ran.out
    assert ran.out.endswith("3 varningar i 1 dokument.\n")
    english = " ".join(run("check", "Rutiner/rutin.md", "--lang", "en").out.split())
    assert "write “Regionen” instead of “Landstinget”, and 1 more" in english
    assert "1 more in this document" in english
    assert not re.search("varning|Råd|Förslag|dokumentet", english)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info"), 1), (("--fail-on", "never"), 0),
        (("--severity", "superseded-term=error"), 1), (("--select", "unknown-code", "--fail-on", "info"), 0),
        (("--severity", "superseded-term=error", "--fail-on", "never"), 0), (("--on", "2015-01-01"), 0),
    ],
)  # fmt: skip
def test_exit_codes(folder: Path, options: tuple[str, ...], code: int) -> None:
    assert run("check", "Rutiner/rutin.md", "--format", "none", *options) == (code, "", "")


def test_which_rules_are_asked(folder: Path) -> None:
    path = "Rutiner/rutin.md"
    assert found("check", path) == [
        ("superseded-term", "Landstinget"), ("superseded-term", "SKL"), ("deprecated-term", "handikapp"),
    ]  # fmt: skip
    assert ("superseded-term", "Landstingets") in found("check", path, "--every")
    assert found("check", path, "--select", "deprecated-term") == [("deprecated-term", "handikapp")]
    assert found("check", path, "--ignore", "superseded-term") == [("deprecated-term", "handikapp")]
    assert found("check", path, "--in", "names") == [("superseded-term", "Landstinget"), ("superseded-term", "SKL")]
    assert found("check", path, "--on", "2015-01-01") == [("deprecated-term", "handikapp")]


def test_a_settings_file_is_found_and_options_go_over_it(folder: Path) -> None:
    (folder / "termbank.toml").write_text('[check]\nignore = ["superseded-term"]\nevery = true\n', encoding="utf-8")
    assert found("check", "Rutiner/rutin.md") == [("deprecated-term", "handikapp")]
    (folder / "annan.toml").write_text('[check]\nexclude = ["rutin.md"]\n', encoding="utf-8")
    assert found("check", "Rutiner/rutin.md", "--settings", "annan.toml") == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "foo", "--ignore", "bar"), "no rule for texts is called foo, bar; there are deprecated-term"),
        (("--severity", "foo=error"), "no rule for texts is called foo; there are"),
        (("--severity", "sam-usage"), "write RULE=SEVERITY; the severities are info, warning, error"),
        (("--severity", "sam-usage=fatal"), "write RULE=SEVERITY"),
        (("--in", "nope"), "nope is not in the bank. In the bank: "),
        (("--settings", "nope.toml"), "nope.toml: There is no such file"),
        (("--update-baseline",), "--update-baseline needs --baseline"),
        (("--baseline", "Rutiner"), "Rutiner: the baseline cannot be read"),
        (("--fixed", "x.md"), "go with --fix"),
        (("--report", "x.foo"), "name the report .html"),
        (("--report", "nej/x.html"), "the folder nej does not exist"),
        (("--report", "b.json", "--baseline", "b.json"), "need a file each"),
        (("--report", "Rutiner/rutin.md"), "name the report"),
        (("--comments", "UT"), "comments can be written into docx, odt only"),
        (("--fix", "--fixed", "Rutiner/rutin.md"), "this is the document itself"),
        (("--fix", "--fixed", "Rutiner"), "this is the document itself"),
        (("--fix", "--fixed", "x.docx"), "name it .md"),
        (("--appendix", "x.docx"), "name it .html or .htm or .md"),
        (("--on", "2026-13-01"), "does not match"),
    ],
)
def test_what_is_asked_wrongly_is_said_before_anything_is_done(
    folder: Path, options: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ran = run("check", "Rutiner/rutin.md", *options, "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and ran.err.count(said.split(";", maxsplit=1)[0]) == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_outputs_of_folders_are_refused_where_they_would_meet(folder: Path) -> None:
    word(folder / "Rutiner" / "a.docx", "SKL")
    for options, said in (
        (("--comments", "Rutiner"), "this is the document itself"),
        (("--comments", "a.docx"), "there are several documents"),
        (("--fix", "--fixed", "UT", "--comments", "UT"), "give each output a place of its own"),
    ):
        ran = run("check", "Rutiner", *options)
        assert ran.code == 2 and said in ran.err and ran.out == ""
    assert not (folder / "UT").exists()


def test_a_document_that_cannot_be_read_does_not_end_the_run(folder: Path) -> None:
    bad = folder / "Rutiner" / "dåliga"
    bad.mkdir()
    (bad / "skyddad.docx").write_bytes(OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    (bad / "gammal.doc").write_bytes(OLE2 + bytes(1000))
    (bad / "makro.docm").write_bytes(b"PK")
    (bad / "tom.docx").write_bytes(b"")
    (bad / "tom.md").write_bytes(b"")
    (bad / "slump.txt").write_bytes(bytes(range(256)) * 8)
    word(bad / "hel.docx", "SKL gör det. " * 40)
    (bad / "avkortad.docx").write_bytes((bad / "hel.docx").read_bytes()[:400])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", bytes(64 << 20))
    (bad / "bomb.docx").write_bytes(bomb.getvalue())
    (bad / "slinga").symlink_to(folder / "Rutiner")
    (bad / "ett.md").symlink_to(bad / "två.md")
    (bad / "två.md").symlink_to(bad / "ett.md")
    ran = run("check", "Rutiner", "--lang", "sv", "--format", "json")
    assert ran.code == 2 and ran.err == ""
    told = [(Path(each["location"]["path"]).name, each["rule"]) for each in json.loads(ran.out)]
    assert [each for each in told if each[1].startswith("document-")] == [
        ("avkortad.docx", "document-broken"), ("bomb.docx", "document-too-large"),
        ("gammal.doc", "document-old-format"), ("makro.docm", "document-with-macros"),
        ("skyddad.docx", "document-encrypted"),
        ("slump.txt", "document-broken"), ("tom.docx", "document-broken"), ("plan å.txt", "document-encoding"),
    ]  # fmt: skip
    assert {name for name, rule in told if rule == "superseded-term"} == {"hel.docx", "rutin.md", "plan å.txt"}
    ran = run("annotate", "Rutiner/dåliga/tom.docx", "Rutiner/rutin.md", "--lang", "sv")
    assert ran.code == 2 and "handikapp" in ran.out
    assert len(ran.err.splitlines()) == 1 and ran.err.count("tom.docx") == 1
    ran = run("check", "finns ej.docx", "--lang", "sv")
    assert ran == (2, "", "termbank: Filen finns ej.docx finns inte. Kontrollera namnet och mappen.\n")


def test_an_output_that_cannot_be_written_does_not_end_the_run(folder: Path) -> None:
    import errno

    from termbank import files

    make = files._beside

    def refuse(place: Path, mode: int) -> tuple[Path, int]:
        if place.name == "rutin.md":
            raise OSError(errno.EACCES, "Permission denied")
        return make(place, mode)

    with mock.patch("termbank.files._beside", refuse):
        ran = run("check", "Rutiner", "--fix", "--lang", "sv", "--fail-on", "never")
    assert ran.code == 2
    assert "Rutiner/rutin.md kunde inte skrivas." in ran.out and "[document-not-written]" in ran.out
    assert (folder / "Rutiner" / "rutin.md").read_text("utf-8") == ROUTINE
    assert "regionen" in (folder / "Rutiner" / "Äldre" / "på hög" / "plan å.txt").read_text("cp1252")
    assert not files_with_parts(folder)


def files_with_parts(folder: Path) -> list[str]:
    return [each for each in files(folder) if each.endswith(".part")]


def test_fix_in_place_and_to_a_copy(folder: Path) -> None:
    path = folder / "Rutiner" / "rutin.md"
    path.chmod(0o640)
    assert run("check", path, "--fix", "--fixed", "rättad.md", "--format", "none").code == 0
    assert path.read_text("utf-8") == ROUTINE
    assert (folder / "rättad.md").read_text("utf-8") == MENDED
    assert (folder / "rättad.md").stat().st_mode & 0o777 == 0o640
    ran = run("check", path, "--fix", "--format", "json")
    assert path.read_text("utf-8") == MENDED and path.stat().st_mode & 0o777 == 0o640
    assert [each["rule"] for each in json.loads(ran.out)] == ["deprecated-term"], "what is left"
    assert {each["location"]["path"] for each in json.loads(ran.out)} == {str(path)}


def test_folders_of_outputs_keep_the_names_below(folder: Path) -> None:
    word(folder / "Rutiner" / "Äldre" / "vård.docx", "Landstinget stöder personer med handikapp.")
    options = ("--fix", "--fixed", "UT/r", "--comments", "UT/k", "--appendix", "UT/b", "--report", "svep.html")
    ran = run("check", "Rutiner", *options, "--lang", "sv", "--format", "none")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Kommentarer kan skrivas i docx och odt; 2 dokument")
    assert files(folder / "UT" / "r") == files(folder / "Rutiner")
    assert files(folder / "UT" / "k") == ["Äldre/vård.docx"]
    assert files(folder / "UT" / "b") == ["rutin.html", "Äldre/på hög/plan å.html", "Äldre/vård.html"]
    assert (folder / "UT/r/Äldre/på hög/plan å.txt").read_bytes().decode("cp1252") == "På regionen gäller rutinen.\r\n"
    page = (folder / "svep.html").read_text("utf-8")
    assert 'href="UT/k/%C3%84ldre/v%C3%A5rd.docx"' in page
    assert (
        run("check", "Rutiner", "--comments", "Rutiner/UT", "--report", "Rutiner/s.html", "--format", "none").code == 0
    )
    again = run("check", "Rutiner", "--comments", "Rutiner/UT", "--report", "Rutiner/s.html", "--format", "json")
    assert not [each for each in json.loads(again.out) if "UT" in each["location"]["path"]], "outputs are no documents"


def test_documents_of_several_folders_do_not_meet(folder: Path) -> None:
    for name in ("A", "B"):
        (folder / name).mkdir()
        (folder / name / "rutin.md").write_text("SKL", encoding="utf-8")
    (folder / "A" / "rutin.txt").write_text("SKL", encoding="utf-8")
    run("check", "A", "B/rutin.md", "--fix", "--fixed", "UT", "--appendix", "UT/b", "--format", "none")
    assert files(folder / "UT") == [
        "A/rutin.md", "A/rutin.txt", "B/rutin.md",
        "b/A/rutin.md.html", "b/A/rutin.txt.html", "b/B/rutin.html",
    ]  # fmt: skip


def test_what_was_known_is_no_news(folder: Path) -> None:
    options = ("--baseline", "granskat.json", "--update-baseline", "--fail-on", "info")
    assert run("check", "Rutiner", *options).code == 1
    ran = run("check", "Rutiner", *options, "--lang", "sv")
    assert ran.code == 0 and "känd sedan tidigare" in ran.out and "Inget att anmärka." in ran.out
    with inside(folder / "Rutiner"):
        assert run("check", "rutin.md", "--baseline", "../granskat.json", "--fail-on", "info").code == 0
    assert run("check", folder / "Rutiner" / "rutin.md", *options).code == 0, "one document, by its whole name"
    assert run("check", "Rutiner", *options).code == 0, "the others were not forgotten"
    with (folder / "Rutiner" / "rutin.md").open("a", encoding="utf-8") as file:
        file.write("\nÄven Vårdanalys och SKL säger det, enligt 4 kap. 1 § socialtjänstlagen (2001:453).\n")
    assert run("check", "Rutiner", "--baseline", "granskat.json", "--fail-on", "info").code == 1
    (folder / "Rutiner" / "rutin.md").unlink()
    run("check", "Rutiner", *options)
    assert len(json.loads((folder / "granskat.json").read_text("utf-8"))["documents"]) == 1, "gone is forgotten"


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "junit", "github", "html"])
def test_masked_reports_have_no_words_of_the_text(folder: Path, form: str) -> None:
    with (folder / "Rutiner" / "rutin.md").open("a", encoding="utf-8") as file:
        file.write("\nEnligt 4 kap. 1 § socialtjänstlagen (2001:453) gäller detta för Tolvan Tolvansson.\n")
    suffix = {"text": ".txt", "junit": ".xml", "github": ".json"}.get(form, f".{form}")
    for path in ("Rutiner/rutin.md", "Rutiner"):
        ran = run("check", path, "--mask", "--format", form, "--report", f"r{suffix}", "--lang", "sv")
        for said in (ran.out, (folder / f"r{suffix}").read_text("utf-8")):
            assert not re.search(r"landsting|SKL|handikapp|läkare|Tolvan|socialtjänstlagen \(2001", said, re.IGNORECASE)
    assert "handikapp" in run("check", "Rutiner", "--format", form).out


def test_masked_lists_have_no_title_of_the_text(folder: Path) -> None:
    (folder / "r.md").write_text("# Om Tolvan Tolvansson\n\nVårdplan finns.\n", "utf-8")
    run("check", "r.md", "--appendix", "b.html", "--format", "none")
    assert "Tolvan" in (folder / "b.html").read_text("utf-8")
    (folder / "b.html").unlink()
    run("check", "r.md", "--appendix", "b.html", "--format", "none", "--mask")
    written = (folder / "b.html").read_text("utf-8")
    assert "r.md" in written
    assert "Tolvan" not in written


def test_standard_input(folder: Path) -> None:
    def piped(*arguments: object) -> tuple[int, str, str]:
        with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO("SKL är här.".encode()))):
            return run(*arguments)

    assert piped("check", "-", "--lang", "sv")[1].startswith("-:1:1  ! varning: ”SKL” är")
    assert piped("annotate", "-")[1].startswith("-:1:1  SKL  ")
    assert piped("check", "-", "--fix")[0] == 2
    assert piped("check", "-", "--appendix", "b.md", "--format", "none")[0] == 0
    assert (folder / "b.md").read_text("utf-8").startswith("## ")


def test_parts_of_documents_are_named_in_the_language(folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["B2"] = "Landstinget ansvarar."
    book.save(folder / "a.xlsx")
    assert "blad Sheet, cell B2" in run("check", "a.xlsx", "--lang", "sv").out
    assert "sheet Sheet, cell B2" in run("check", "a.xlsx", "--lang", "en").out
    assert "blad Sheet, cell B2" in run("annotate", "a.xlsx", "--lang", "sv").out


def test_a_folder_without_documents_is_said(folder: Path) -> None:
    (folder / "tomt").mkdir()
    assert run("check", "tomt", "--lang", "sv") == (0, "Inget att anmärka.\n", "Där fanns inget dokument att läsa.\n")


def test_progress_is_told_on_a_terminal_and_leaves_nothing(folder: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    from termbank_cli.author import _Progress

    with mock.patch("sys.stderr", Terminal()) as screen:
        with _Progress("sv") as progress:
            progress(0, 2, "a" * 300)
            progress(1, 2, "b.docx")
            progress(2, 2, "")
        lines = screen.getvalue().split("\r\033[K")
    assert lines[1].startswith("0 av 2: a") and len(lines[1]) < 100 and lines[2:] == ["1 av 2: b.docx", ""]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise")
def test_ctrl_c_leaves_nothing_half_written(folder: Path) -> None:
    for number in range(200):
        word(folder / "Rutiner" / f"{number}.docx", "Landstinget ansvarar för insatsen. " * 200)
    command = [sys.executable, "-m", "termbank_cli.main", "check", "Rutiner", "--comments", "UT", "--report", "s.html"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (folder / "UT").exists() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "nothing half-written was left" in said and "Traceback" not in said
    assert not files_with_parts(folder) and not (folder / "s.html").exists()
    for path in (folder / "UT").iterdir():
        assert zipfile.ZipFile(path).testzip() is None
