"""OpenDocument texts: everything is read, and comments land on exactly the words."""

import datetime
import zipfile
from pathlib import Path

import make_odt as make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from make_odt import odt, paragraph, text_box

from termbank.documents import odt as opendocument
from termbank.documents.document import Comment, Document
from termbank.errors import WriteError

WHEN = datetime.datetime(2026, 3, 1, 8, 30)


def written(folder: Path, data: bytes, name: str = "plan.odt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def shown(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.segments]


def test_everything_is_read_once(tmp_path: Path) -> None:
    document = opendocument.read(written(tmp_path, make.all_constructs()))
    text = "\n".join(shown(document))
    assert [name for name in make.READ if text.count(f"Texten i {name}.") != 1] == []
    assert [name for name in make.NOT_READ if f"Texten i {name}." in document.text] == []
    found = {text: each[2:] for text, each in zip(shown(document), document.segments, strict=True)}
    assert found["Texten i title."] == ("title", None, None, None)
    assert found["Texten i heading."] == ("heading", None, 2, None)
    assert found["Texten i list-item."][0] == "list-item"
    assert found["Texten i caption."][0] == "caption"
    assert found["Texten i quotation."][0] == "quotation"
    assert found["Texten i cell."] == ("cell", "table 1, cell A2", None, "Insats")
    assert found["Texten i nested-cell."] == ("cell", "table 2, cell A1", None, None)
    assert found["Texten i text-box."][:2] == ("text-box", "text box 1")
    assert found["Texten i footnote."][:2] == ("footnote", "footnote 1")
    assert found["Texten i header."][:2] == ("header", "header 1")
    assert found["Texten i footer. Sida 1"][:2] == ("footer", "footer 1")
    assert (document.title, document.owner) == ("Samverkan vid utskrivning", "Anna Ek")
    assert document.date == datetime.date(2026, 3, 1)
    (remark,) = document.remarks
    assert document.text[remark.start : remark.end] == "Texten i paragraph." and remark.text == "Texten i comment."


def test_blanks_show_as_the_standard_says(tmp_path: Path) -> None:
    body = paragraph(
        '\n  En  <text:span>\n samver</text:span>kan<text:tab/>a<text:s text:c="2"/> b<text:line-break/>c\n'
    )
    assert shown(opendocument.read(written(tmp_path, odt(body)))) == ["En samverkan\ta   b\nc"]


def test_comments_in_all_constructs(tmp_path: Path) -> None:
    source = written(tmp_path, make.all_constructs())
    before = opendocument.read(source)
    comments = [Comment(each.start, each.end, f"Om {n}\nOch & <mer>") for n, each in enumerate(before.segments)]
    moved = opendocument.comment(source, comments, tmp_path / "out.odt", "termbank", WHEN)
    after = opendocument.read(tmp_path / "out.odt")
    assert after.text == before.text and after.segments == before.segments
    assert len(after.remarks) == len(comments) + 1
    remarks = {each.text: before.text[each.start : each.end] for each in after.remarks}
    elsewhere = {(each.location.start, each.location.end) for each in moved if each.location}
    for each in comments:
        words = before.text[each.start : each.end]
        if (each.start, each.end) in elsewhere:
            assert any(text.endswith(each.text) and f": ”{words}”" in text for text in remarks)
        elif before.segment(each.start).kind != "alternative-text":  # type: ignore[union-attr]
            assert remarks[each.text] == words
    assert len(moved) == 5
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "out.odt") as new:
        assert new.testzip() is None
        assert new.infolist()[0].filename == "mimetype" and new.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["content.xml"]
        roots = [etree.fromstring(archive.read("content.xml")) for archive in (old, new)]
    assert "".join(roots[0].itertext()) == "".join(without_annotations(roots[1]).itertext())


def without_annotations(root: "etree._Element") -> "etree._Element":
    for each in list(root.iter("{*}annotation", "{*}annotation-end")):
        name = each.get("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}name")
        if name == "a1":
            continue
        above, before = each.getparent(), each.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (each.tail or "")
        else:
            above.text = (above.text or "") + (each.tail or "")
        each.tail = None
        above.remove(each)
    return root


def test_a_comment_is_not_written_over_the_document(tmp_path: Path) -> None:
    source = written(tmp_path, odt(paragraph("En rad")))
    with pytest.raises(WriteError):
        opendocument.comment(source, [], source)


def test_a_document_without_text_takes_a_comment(tmp_path: Path) -> None:
    opendocument.comment(written(tmp_path, odt("")), [Comment(0, 0, "Tomt")], tmp_path / "out.odt")
    assert [each.text for each in opendocument.read(tmp_path / "out.odt").remarks] == ["Tomt"]


def test_a_picture_that_hangs_on_the_page_takes_a_comment(tmp_path: Path) -> None:
    frame = '<draw:frame text:anchor-type="page"><svg:desc>Bild av samverkan</svg:desc></draw:frame>'
    source = written(tmp_path, odt(frame + paragraph("En rad")))
    opendocument.comment(source, [Comment(8, 17, "Ja")], tmp_path / "out.odt")
    assert [each.text for each in opendocument.read(tmp_path / "out.odt").remarks] == ["Bild 1: ”samverkan”\nJa"]


PIECES = st.tuples(
    st.text(st.sampled_from("abåäö  \n"), min_size=1, max_size=8),
    st.sampled_from(["", "span", "a", "bookmark", "s", "tab", "nested", "annotation", "control"]),
)


def body_of(paragraphs: list[list[tuple[str, str]]]) -> str:
    return "".join(paragraph("".join(_piece(*each) for each in pieces)) for pieces in paragraphs)


def _piece(text: str, wrapper: str) -> str:
    return {
        "span": f'<text:span text:style-name="T1">{text}</text:span>',
        "a": f'<text:a xlink:href="#x">{text}</text:a>',
        "bookmark": f'{text}<text:bookmark text:name="x"/>',
        "s": f'{text}<text:s text:c="3"/>',
        "tab": f"<text:tab/>{text}<text:line-break/>",
        "nested": f"<text:span>{text}<text:span>{text}</text:span>{text}</text:span>",
        "annotation": f"<office:annotation><text:p>{text}</text:p></office:annotation>{text}",
        "control": text_box(paragraph(text)),
    }.get(wrapper, text)


@settings(max_examples=150)
@given(st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=4), st.data())
def test_comments_land_on_exactly_the_words(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[tuple[str, str]]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("odt")
    source = written(folder, odt(body_of(paragraphs)))
    before = opendocument.read(source)
    spans: list[tuple[int, int]] = []
    for each in before.segments:
        cuts = data.draw(st.lists(st.integers(each.start, each.end), max_size=6))
        spans += [(min(pair), max(pair)) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    spans = [(start, end) for start, end in spans if before.text[start:end].strip() == before.text[start:end] != ""]
    comments = [Comment(start, end, f"nr {n}") for n, (start, end) in enumerate(spans)]
    opendocument.comment(source, comments, folder / "out.odt", "termbank", WHEN)
    after = opendocument.read(folder / "out.odt")
    assert after.text == before.text and after.segments == before.segments
    ours = {tuple(each) for each in after.remarks if each.text.startswith("nr ")}
    assert ours == {tuple(each) for each in comments}
