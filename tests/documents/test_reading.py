"""One way in: formats by name and content, folders, and what each format can do."""

import io
import zipfile
from pathlib import Path

import pytest

from termbank.documents import reading
from termbank.documents.document import Comment
from termbank.errors import FormatError
from termbank.model import Edit


def refused(path: Path, data: bytes | None = None) -> FormatError:
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(FormatError) as error:
        reading.read(path)
    assert error.value.finding is not None
    return error.value


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "rule", "said"),
    [
        ("a.docx", b"Samverkan", "document-broken", ""),
        ("a.docx", b"%PDF-1.4", "document-broken", "pdf"),
        ("a.docx", zipped("xl/workbook.xml"), "document-broken", "xlsx"),
        ("a.docx", b"{\\rtf1}", "document-broken", "rtf"),
        ("a.xlsx", zipped("word/document.xml"), "document-broken", "docx"),
        ("a.pdf", b"<html>", "document-broken", ""),
        ("a.txt", b"\x89PNG\r\n", "document-broken", "png"),
        ("a.md", zipped("word/document.xml"), "document-broken", "docx"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "document-old-format", "docx"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "document-old-format", ""),
        ("a.xls", b"x", "document-unsupported", "xlsx"),
        ("a.ppt", b"x", "document-unsupported", "pdf"),
        ("a.rtf", b"{\\rtf1}", "document-unsupported", "docx"),
        ("a.docm", zipped("word/document.xml"), "document-with-macros", ""),
        ("a.exe", b"MZ", "document-unsupported", ""),
        ("a", b"x", "document-unsupported", ""),
    ],
)
def test_what_is_refused_says_why(tmp_path: Path, name: str, data: bytes, rule: str, said: str) -> None:
    error = refused(tmp_path / name, data)
    assert error.finding.rule == rule
    assert said in str(error)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt").finding.rule == "document-not-found"
    assert refused(tmp_path / "a.xyz").finding.rule == "document-not-found"
    (tmp_path / "b.txt").mkdir()
    assert refused(tmp_path / "b.txt").finding.rule == "document-unreadable"
    with pytest.raises(FormatError):
        reading.find([tmp_path / "nowhere"])


def test_the_format_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_text("# Hej")
    assert reading.read(path, "markdown").segments[0].kind == "heading"
    with pytest.raises(ValueError, match="formats are"):
        reading.read(path, "word")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt", "a.HTM"])
def test_edits_change_the_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Vi samverkar om vård.\n", "utf-8")
    path.chmod(0o640)
    document = reading.read(path)
    reading.edit(document, [Edit(start=3, end=12, text="samarbetar")], path, track=True)
    assert path.read_text("utf-8") == "Vi samarbetar om vård.\n"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(FormatError, match="changed"):
        reading.edit(document, [Edit(start=3, end=12, text="")], path)


def test_an_edit_stands_within_one_segment(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Ett `kod` två")
    document = reading.read(path)
    with pytest.raises(ValueError, match="one segment"):
        reading.edit(document, [Edit(start=0, end=len(document.text), text="")], path)


def test_what_a_format_cannot_do_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    with pytest.raises(FormatError, match="comments cannot be written"):
        reading.comment(reading.read(path), [Comment(0, 1, "b")], tmp_path / "b.txt")
    assert {"docx"} <= reading.COMMENTABLE
    assert {"docx", "markdown", "html", "text"} == reading.EDITABLE


def test_documents_in_folders(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.TXT",
        "sub/c.html",
        ".hidden/d.md",
        ".e.md",
        "~$f.docx",
        ".~lock.g.odt#",
        "h.py",
        "sub/i.pdf",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.md").symlink_to(tmp_path / "nowhere.md")
    found = reading.find([tmp_path / "h.py", tmp_path, tmp_path / "b.md", Path("-")])
    names = [str(path.relative_to(tmp_path)) if path != Path("-") else "-" for path in found]
    assert names == ["h.py", "a.TXT", "b.md", str(Path("sub/c.html")), str(Path("sub/i.pdf")), "-"]


def test_standard_input_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Vård".encode("cp1252"))))
    document = reading.read("-")
    assert (document.text, document.format) == ("Vård", "text")
