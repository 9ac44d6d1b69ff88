"""Packages of strangers: what is dangerous or damaged is refused with a finding, and nothing else is ever raised."""

import random
import time
import zipfile
from pathlib import Path
from types import ModuleType

import make_docx
import make_odt
import pytest
from make_docx import docx, paragraph, run, zipped

from termbank.documents import docx as word
from termbank.documents import limits
from termbank.documents import odt as opendocument
from termbank.errors import FormatError

TEXT = paragraph(run("En rad"))


def parts_of(data: bytes, folder: Path) -> dict[str, bytes]:
    (folder / "parts.zip").write_bytes(data)
    with zipfile.ZipFile(folder / "parts.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(path: Path, rule: str, module: ModuleType = word) -> None:
    with pytest.raises(FormatError) as error:
        module.read(path)
    assert error.value.finding.rule == rule
    assert str(path) in str(error.value) and str(path) in error.value.finding.message("sv")


@pytest.mark.parametrize("module", [word, opendocument])
def test_missing_files_and_folders(tmp_path: Path, module: ModuleType) -> None:
    refused(tmp_path / "saknas.docx", "document-not-found", module)
    refused(tmp_path, "document-unreadable", module)


@pytest.mark.parametrize("module", [word, opendocument])
@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"{\\rtf1 hej}", b"<html></html>", zipped({}), zipped({"a": b"b"})])
def test_what_is_no_package(tmp_path: Path, module: ModuleType, data: bytes) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(data)
    refused(path, "document-broken", module)


def test_compound_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    start = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    path.write_bytes(start + "EncryptedPackage".encode("utf-16-le"))
    refused(path, "document-encrypted")
    path.write_bytes(start + "WordDocument".encode("utf-16-le"))
    refused(path, "document-old-format")


def test_macros(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(docx(TEXT, more={"word/vbaProject.bin": b"x"}))
    refused(path, "document-with-macros")
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    path.write_bytes(docx(TEXT, types=f'<Override PartName="/word/x.xml" ContentType="{kind}"/>'))
    refused(path, "document-with-macros")
    path.write_bytes(make_odt.odt("", more={"Basic/Standard/Module1.xml": b"x"}))
    refused(path, "document-with-macros", opendocument)


def test_a_protected_opendocument_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.odt"
    path.write_bytes(make_odt.odt("", manifest="<manifest:encryption-data/>"))
    refused(path, "document-encrypted", opendocument)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE x>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_document_types(tmp_path: Path, head: str, encoding: str) -> None:
    parts = parts_of(docx(TEXT), tmp_path)
    body = parts["word/document.xml"].decode().partition("?>\n")[2]
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}{body}'
    path = tmp_path / "plan.docx"
    path.write_bytes(zipped(parts | {"word/document.xml": text.encode(encoding)}))
    refused(path, "document-doctype")
    path.write_bytes(zipped(parts | {"word/document.xml": text.replace(head, "").encode(encoding)}))
    assert word.read(path).text == "En rad"
    path.write_bytes(zipped(parts | {"word/document.xml": text.replace(encoding, "utf-7").encode("utf-8")}))
    refused(path, "document-broken")


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x", "word\\x.xml", "c:x", "word/Document.xml"])
def test_names_that_no_ordinary_program_writes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(docx(TEXT, more={name: b""}))
    refused(path, "document-unsafe")


def test_links_duplicates_and_protected_entries(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(docx(TEXT))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    refused(path, "document-unsafe")
    path.write_bytes(docx(TEXT))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", b"")
    refused(path, "document-unsafe")
    data = bytearray(docx(TEXT))
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    refused(path, "document-encrypted")


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(docx(TEXT, more={"word/media/a.bmp": b"\0" * (40 << 20)}))
    refused(path, "document-too-large")
    path.write_bytes(docx(TEXT, more={f"a{n}": b"" for n in range(10_001)}))
    refused(path, "document-too-large")
    path.write_bytes(docx("<w:p/>" * 1_400_000 * 6))
    started = time.monotonic()
    refused(path, "document-too-large")
    assert time.monotonic() - started < 5
    path.write_bytes(docx("<w:p>" * 300 + "</w:p>" * 300))
    refused(path, "document-broken")
    path.write_bytes(docx(TEXT))
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    refused(path, "document-too-large")
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    refused(path, "document-too-large")


@pytest.mark.parametrize("module", [word, opendocument])
def test_damaged_packages_are_read_or_refused(tmp_path: Path, module: ModuleType) -> None:
    whole = make_docx.all_constructs() if module is word else make_odt.all_constructs()
    path = tmp_path / "plan"
    draw = random.Random(7)
    refusals = 0
    for turn in range(600):
        data = bytearray(whole)
        if turn % 3 == 0:
            del data[draw.randrange(len(data)) :]
        else:
            for _ in range(draw.choice((1, 1, 3, 20))):
                data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data)
        started = time.monotonic()
        try:
            module.read(path)
        except FormatError as error:
            refusals += 1
            assert error.finding is not None
        assert time.monotonic() - started < 2
    assert refusals > 200


@pytest.mark.parametrize("module", [word, opendocument])
def test_damaged_xml_is_read_or_refused(tmp_path: Path, module: ModuleType) -> None:
    whole = make_docx.all_constructs() if module is word else make_odt.all_constructs()
    parts = parts_of(whole, tmp_path)
    path = tmp_path / "plan"
    draw = random.Random(8)
    for _ in range(600):
        name = draw.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        data = bytearray(parts[name])
        for _ in range(draw.choice((1, 2))):
            here = draw.randrange(len(data))
            if draw.random() < 0.5:
                data[here] = draw.choice(b'abw:<>"/=0 9\0&;')
            else:
                other = draw.randrange(len(data))
                data[here : here + draw.randrange(30)] = data[other : other + draw.randrange(30)]
        path.write_bytes(zipped(parts | {name: bytes(data)}))
        try:
            document = module.read(path)
            module.comment(path, [], tmp_path / "out")
        except FormatError as error:
            assert error.finding is not None
        else:
            assert module.read(tmp_path / "out").text == document.text
