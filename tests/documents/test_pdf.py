"""PDF: paragraphs from lines, pages as parts, and files that are damaged, protected or hostile."""

import contextlib
import random
import zlib
from pathlib import Path

import mentions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.documents import limits, pdf
from termbank.documents.document import Document
from termbank.errors import FormatError

Line = tuple[str, float, float]
"""Text, height on the page, size of its letters."""


def made_pdf(pages: list[list[Line]], info: str = "", packed: bool = True, content: bytes | None = None) -> bytes:
    """Return a PDF of those lines, in Helvetica."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for page in pages:
        drawing = content or b"".join(
            b"BT /F1 %d Tf 72 %d Td (%s) Tj ET\n"
            % (size, height, text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for text, height, size in page
        )
        data = zlib.compress(drawing) if packed else drawing
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" * packed, data))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects.append(f"<<{info}>>".encode("cp1252"))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(objects), start,
    )  # fmt: skip


def read(folder: Path, data: bytes) -> Document:
    (folder / "a.pdf").write_bytes(data)
    return pdf.read(folder / "a.pdf")


def lines(*texts: str, size: float = 11, top: float = 700) -> list[Line]:
    return [(text, top - index * size * 1.3, size) for index, text in enumerate(texts)]


def test_structure(tmp_path: Path) -> None:
    first = [
        ("Rutin för vård", 780, 18),
        *lines("Samverkan (på väg) är en", "vård-", "planering."),
        *lines("Nytt stycke.", top=600),
    ]
    second = lines("- ett", "- två", "1. tre")
    data = made_pdf([first, second, []], "/Title(Rutin)/Author(Anna)/ModDate(D:20260301120000Z)")
    document = read(tmp_path, data)
    found = [(s.kind, document.text[s.start : s.end], s.part, s.level) for s in document.segments]
    assert found == [
        ("heading", "Rutin för vård", "page 1", 1),
        ("paragraph", "Samverkan (på väg) är en\nvård-\nplanering.", "page 1", None),
        ("paragraph", "Nytt stycke.", "page 1", None),
        ("list-item", "ett", "page 2", None), ("list-item", "två", "page 2", None), ("list-item", "tre",
        "page 2", None),
    ]  # fmt: skip
    assert (document.title, document.owner, str(document.date)) == ("Rutin", "Anna", "2026-03-01")
    assert [(each.rule, each.location.part) for each in document.findings] == [("document-without-text", "page 3")]


def test_headers_and_footers_are_told_by_being_repeated(tmp_path: Path) -> None:
    pages = [[("Region Nord", 800, 9), *lines(f"Text {n} om vård"), (f"Sida {n} av 4", 40, 9)] for n in range(1, 5)]
    kinds = [segment.kind for segment in read(tmp_path, made_pdf(pages)).segments]
    assert kinds == ["header", "paragraph", "footer"] * 4


@given(st.lists(st.lists(st.integers(1, 4), max_size=5), min_size=1, max_size=4), st.booleans())
def test_mentions_stand_on_their_pages(
    tmp_path_factory: pytest.TempPathFactory, shape: list[list[int]], packed: bool
) -> None:
    pages: list[list[Line]] = []
    where = {}
    for number, paragraphs in enumerate(shape, start=1):
        page, height = [], 780.0
        for count in paragraphs:
            for _ in range(count):
                word = f"qå{len(where)}ö"
                where[word] = f"page {number}"
                page.append((f"Vi får {word} (på) åtgärder", height, 11))
                height -= 14
            height -= 16
        pages.append(page)
    document = read(tmp_path_factory.getbasetemp(), made_pdf(pages, packed=packed))
    mentions.holds_together(document)
    for word, part in where.items():
        start = document.text.index(word)
        assert document.location(start, start + len(word)).part == part
    if len(shape) < 3:  # in more pages, lines that are alike are headers
        for number, page in enumerate(shape, start=1):
            assert len([each for each in document.segments if each.part == f"page {number}"]) == len(page)


@pytest.mark.parametrize(("user", "rule"), [("", None), ("hemligt", "document-encrypted")])
def test_a_password_that_is_empty_is_none(tmp_path: Path, user: str, rule: str | None) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(_file(tmp_path, made_pdf([lines("Samverkan")]))))
    writer.encrypt(user, "ägare", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    if rule is None:
        assert pdf.read(tmp_path / "locked.pdf").text == "Samverkan"
    else:
        with pytest.raises(FormatError) as error:
            pdf.read(tmp_path / "locked.pdf")
        assert error.value.finding.rule == rule


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "plain.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.slow
def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_SECONDS", 0.5)
    bombs = [
        made_pdf([[]], content=b" " * (limits.PAGE_BYTES + 1)),
        made_pdf([[]], content=b"BT /F1 9 Tf (a) Tj ET\n" * 300_000),
        made_pdf([[]], content=b"0" * (200 << 20)),
    ]
    for bomb in bombs:
        with pytest.raises(FormatError) as error:
            read(tmp_path, bomb)
        assert error.value.finding.rule in ("document-too-large", "document-broken")


def test_without_pypdf_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(FormatError, match=r"termbank\[pdf\]"):
        read(tmp_path, made_pdf([lines("a")]))


def test_cut_and_broken_files(tmp_path: Path) -> None:
    whole = made_pdf([lines("Samverkan om vård", "och omsorg"), lines("två")], "/Title(x)", packed=False)
    chance = random.Random(1)
    for number in range(300):
        data = bytearray(whole[: chance.randrange(len(whole))] if number % 2 else whole)
        for _ in range(chance.randrange(1, 9)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(FormatError):
            mentions.holds_together(read(tmp_path, bytes(data)))
