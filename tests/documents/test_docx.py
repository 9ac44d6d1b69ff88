"""Word documents: everything is read, comments land on exactly the words, edits change exactly those."""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import make_docx as make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from make_docx import W, changed, control, docx, field, paragraph, run, table, text_box

from termbank.documents import docx as word
from termbank.documents.document import Comment, Document
from termbank.errors import WriteError
from termbank.model.finding import Edit

WHEN = datetime.datetime(2026, 3, 1, 8, 30)


def written(folder: Path, data: bytes, name: str = "plan.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(folder: Path, body: str, **more: Any) -> Document:
    return word.read(written(folder, docx(body, **more)))


def shown(document: Document) -> list[str]:
    return [document.text[each.start : each.end] for each in document.segments]


def looks(data: bytes, part: str = "word/document.xml") -> list[tuple[str, str]]:
    """Return every character of a part's `w:t` with the formatting of its run."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    for each in root.iter(f"{{{W}}}r"):
        properties = each.find(f"{{{W}}}rPr")
        look = "" if properties is None else etree.tostring(properties, with_tail=False).decode()
        look = re.sub(r' xmlns:\w+="[^"]*"', "", look)
        found += [(character, look) for text in each.findall(f"{{{W}}}t") for character in text.text or ""]
    return found


def commented(folder: Path, source: Path, comments: list[Comment]) -> Document:
    word.comment(source, comments, folder / "out.docx", "termbank", WHEN)
    return word.read(folder / "out.docx")


def test_everything_is_read_once(tmp_path: Path) -> None:
    document = word.read(written(tmp_path, make.all_constructs()))
    text = "\n".join(shown(document))
    assert [name for name in make.READ if text.count(f"Texten i {name}.") != 1] == []
    assert [name for name in make.NOT_READ if f"Texten i {name}." in document.text] == []
    kinds = {
        text: (each.kind, each.level, each.part, each.column)
        for text, each in zip(shown(document), document.segments, strict=False)
    }
    assert kinds["Texten i title."] == ("title", None, None, None)
    assert kinds["Texten i heading."] == ("heading", 2, None, None)
    assert kinds["Texten i list-item."][0] == "list-item"
    assert kinds["Texten i caption."][0] == "caption"
    assert kinds["Texten i quotation."][0] == "quotation"
    assert kinds["Texten i cell."] == ("cell", None, "table 1, cell A2", "Insats")
    assert kinds["Texten i nested-cell."] == ("cell", None, "table 2, cell A1", None)
    assert kinds["Texten i text-box."][::2] == ("text-box", "text box 1")
    assert kinds["Texten i footnote."][::2] == ("footnote", "footnote 1")
    assert kinds["Texten i note-in-cell."][::2] == ("footnote", "footnote 2")
    assert kinds["Texten i endnote."][::2] == ("endnote", "endnote 1")
    assert kinds["Texten i header."][::2] == ("header", "header 1")
    assert kinds["Texten i footer. Sida 1"][::2] == ("footer", "footer 1")
    assert kinds["Texten i alternative-text."][::2] == ("alternative-text", "picture 1")
    assert (document.title, document.owner) == ("Samverkan vid utskrivning", "Anna Ek")
    assert document.date == datetime.date(2026, 3, 1)
    (remark,) = document.remarks
    assert document.text[remark.start : remark.end] == "Texten i paragraph." and remark.text == "Texten i comment."


def test_the_strict_namespace_is_read_and_commented_alike(tmp_path: Path) -> None:
    document = word.read(written(tmp_path, make.all_constructs()))
    parts = {}
    with zipfile.ZipFile(io.BytesIO(make.all_constructs())) as archive:
        for name in archive.namelist():
            data = archive.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            parts[name] = data.replace(office, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    path = written(tmp_path, make.zipped(parts), "strict.docx")
    assert word.read(path).text == document.text
    assert len(commented(tmp_path, path, [Comment(0, 6, "a"), Comment(9, 14, "b")]).remarks) == 3


def test_what_is_no_letter_has_its_character(tmp_path: Path) -> None:
    body = paragraph(
        "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>hälsa</w:t><w:tab/><w:t>vård</w:t><w:softHyphen/><w:t>plan</w:t><w:br/>"
        '<w:t xml:space="preserve"> a</w:t><w:sym w:font="Symbol" w:char="00B7"/><w:cr/><w:t> b </w:t></w:r>'
    )
    assert read(tmp_path, body).text == "e\u2011hälsa\tvård\u00adplan\n a·\nb"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (paragraph(run("a") + field("REF x", run("b") + field("DATE", run("c"))) + run("d")), ["abcd"]),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("kvar")), ["kvar"]),
        (paragraph(run("före") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" efter")), ["före efter"]),
        (paragraph(run("vård"), "", "<w:rPr><w:del/></w:rPr>") + paragraph(run("plan")), ["vårdplan"]),
        (paragraph(run("syns", '<w:vanish w:val="0"/>') + run(" ej", "<w:vanish/>")), ["syns"]),
        (paragraph(run("dold"), "Dold") + paragraph(run("syns")), ["syns"]),
        (paragraph(run("a")) + paragraph("") + paragraph(run("  ")) + paragraph(run("b")), ["a", "b"]),
        (
            table([paragraph(run("x"))]).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'),
            [],
        ),
        (
            paragraph(
                f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('r')}</w:rt><w:rubyBase>{run('bas')}</w:rubyBase></w:ruby></w:r>"
            ),
            ["bas"],
        ),
    ],
)  # fmt: skip
def test_odd_constructs(tmp_path: Path, body: str, texts: list[str]) -> None:
    assert shown(read(tmp_path, body)) == texts


def test_merged_cells_and_cells_in_content_controls(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(run(text))}</w:tc>"

    wide, first = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell('A och B', wide)}{cell('C')}</w:tr>"
        f"<w:tr>{cell('a', first)}<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>{cell('c')}</w:tr>"
        '<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        f"{cell('d')}{cell('e')}</w:tr></w:sdtContent></w:sdt>"
        f"<w:tr>{cell('dold', '<w:vMerge/>')}</w:tr>"
    )
    document = read(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    found = {text: (each.part, each.column) for text, each in zip(shown(document), document.segments, strict=False)}
    assert "dold" not in found
    assert found["C"] == ("table 1, cell C1", None)
    assert found["b"] == ("table 1, cell B2", "A och B")
    assert found["c"] == ("table 1, cell C2", "C")
    assert found["d"] == ("table 1, cell B3", "A och B")


def test_comments_in_all_constructs(tmp_path: Path) -> None:
    source = written(tmp_path, make.all_constructs())
    source.chmod(0o640)
    before = word.read(source)
    comments = [Comment(each.start, each.end, f"Om {n}\nOch & <mer>") for n, each in enumerate(before.segments)]
    moved = word.comment(source, comments, tmp_path / "out.docx", "termbank", WHEN)
    after = word.read(tmp_path / "out.docx")
    assert after.text == before.text and after.segments == before.segments
    remarks = {each.text: before.text[each.start : each.end] for each in after.remarks}
    assert len(after.remarks) == len(comments) + 1
    elsewhere = {(each.location.start, each.location.end) for each in moved if each.location}
    for each in comments:
        words = before.text[each.start : each.end]
        if (each.start, each.end) in elsewhere:
            (said,) = (text for text in remarks if text.endswith(each.text) and f"”{words}”" in text)
            assert re.match(r"(Sidhuvud|Sidfot|Fotnot|Slutnot) \d: ", said)
        elif before.segment(each.start).kind != "alternative-text":  # type: ignore[union-attr]
            assert remarks[each.text] == words
    assert {each.rule for each in moved} == {"document-comment-moved"} and len(moved) == 5
    data = (tmp_path / "out.docx").read_bytes()
    assert looks(source.read_bytes()) == looks(data)
    assert (tmp_path / "out.docx").stat().st_mode & 0o777 == 0o640
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
        assert new.testzip() is None and new.namelist() == old.namelist()
        different = {name for name in old.namelist() if old.read(name) != new.read(name)}
        comment = etree.fromstring(new.read("word/comments.xml"))[1]
    assert different == {"word/document.xml", "word/comments.xml"}
    assert dict(comment.attrib) == {
        f"{{{W}}}id": "5", f"{{{W}}}author": "termbank", f"{{{W}}}date": "2026-03-01T08:30:00Z", f"{{{W}}}initials": "T"
    }  # fmt: skip


def test_the_first_comment_makes_its_part(tmp_path: Path) -> None:
    source = written(tmp_path, docx(paragraph(run("En samverkan."))))
    after = commented(tmp_path, source, [Comment(3, 12, "Ja")])
    assert [after.text[each.start : each.end] for each in after.remarks] == ["samverkan"]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "out.docx") as new:
        changed_parts = {
            name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)
        }
        assert b"comments+xml" in new.read("[Content_Types].xml")
    assert changed_parts == {
        "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"
    }  # fmt: skip


def test_a_document_without_text_takes_no_comment_but_a_place(tmp_path: Path) -> None:
    after = commented(tmp_path, written(tmp_path, docx("")), [Comment(0, 0, "Tomt")])
    assert [each.text for each in after.remarks] == ["Tomt"]


def test_comments_are_refused(tmp_path: Path) -> None:
    source = written(tmp_path, docx(paragraph(run("En rad"))))
    with pytest.raises(WriteError):
        word.comment(source, [], source)
    for wrong in (Comment(-1, 2, ""), Comment(0, 7, ""), Comment(4, 3, "")):
        with pytest.raises(ValueError, match="no stretch"):
            word.comment(source, [wrong], tmp_path / "out.docx")
    with pytest.raises(WriteError):
        word.comment(source, [], tmp_path / "missing" / "out.docx")
    assert [each.name for each in tmp_path.iterdir()] == ["plan.docx"]


@pytest.mark.parametrize("track", [False, True])
def test_edits_in_all_constructs(tmp_path: Path, track: bool) -> None:
    source = written(tmp_path, make.all_constructs())
    before = word.read(source)
    edits = [
        Edit(start=each.start + 4, end=each.start + 11, text="nya ord")
        for each, text in zip(before.segments, shown(before), strict=False)
        if text.startswith("Texten i")
    ]
    word.edit(source, edits, tmp_path / "out.docx", track=track, date=WHEN)
    after = word.read(tmp_path / "out.docx")
    assert after.text == replaced(before.text, edits)
    assert len(after.segments) == len(before.segments)
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count("nya ordxt-box") == (0 if track else 2), "the copy for older programs says the same"
    assert ('w:author="termbank"' in body) == track
    numbers = re.findall(
        r'<w:(?:ins|del|moveTo|moveFrom) w:id="(\d+)" w:author="termbank"',
        re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", body),
    )
    assert len(numbers) == len(set(numbers))


def replaced(text: str, edits: list[Edit]) -> str:
    for each in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def test_an_edit_in_place_keeps_the_look_of_the_first_run(tmp_path: Path) -> None:
    source = written(tmp_path, docx(paragraph(run("En ") + run("sam", "<w:b/>") + run("verkan", "<w:i/>") + run("."))))
    word.edit(source, [Edit(start=3, end=12, text="samordning\tnu")], source)
    assert word.read(source).text == "En samordning\tnu."
    assert [look for character, look in looks(source.read_bytes()) if character in "og"] == [
        "<w:rPr><w:b/></w:rPr>"
    ] * 2


@pytest.mark.parametrize("track", [False, True])
def test_neighbouring_edits_keep_each_its_look(tmp_path: Path, track: bool) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph(run("Ett ") + run("landsting", "<w:b/>") + run(" ansvarar."))))
    edits = [Edit(start=0, end=3, text="En"), Edit(start=4, end=13, text="region")]
    word.edit(source, edits, source, track=track, date=WHEN)
    assert word.read(source).text.strip() == "En region ansvarar."
    body = zipfile.ZipFile(source).read("word/document.xml").decode()
    looks = {
        said: "<w:b/>" in each
        for each in re.findall(r"<w:r>.*?</w:r>", body)
        for said in re.findall(r">([^<]+)</w:t>", each)
    }
    assert looks["region"] and not any(bold for said, bold in looks.items() if said != "region")


def test_a_tracked_edit_in_another_author_s_insertion_is_our_own(tmp_path: Path) -> None:
    source = written(tmp_path, docx(paragraph(changed("ins", run("en samverkan här")))))
    word.edit(source, [Edit(start=3, end=12, text="samordning")], tmp_path / "out.docx", track=True, date=WHEN)
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    said = [
        (each.get(f"{{{W}}}author"), "".join(each.itertext()))
        for each in root.iter(f"{{{W}}}ins", f"{{{W}}}del")
    ]  # fmt: skip
    assert said == [("Anna", "en samverkan"), ("termbank", "samverkan"), ("termbank", "samordning"), ("Anna", " här")]


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(start=0, end=3, text="x"), Edit(start=2, end=4, text="y")],
        [Edit(start=1, end=1, text="x"), Edit(start=1, end=1, text="y")],
        [Edit(start=0, end=9, text="x")],
        [Edit(start=0, end=99, text="x")],
        [Edit(start=0, end=1, text="\0")],
    ],
)
def test_edits_are_refused(tmp_path: Path, edits: list[Edit]) -> None:
    source = written(tmp_path, docx(paragraph(run("En rad")) + paragraph(run("och en"))))
    before = source.read_bytes()
    for track in (False, True):
        with pytest.raises(ValueError, match=r"edit|stretch"):
            word.edit(source, edits, source, track=track)
    assert source.read_bytes() == before


WORDS = st.text(st.sampled_from("abåäö "), min_size=1, max_size=8)
LOOKS = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>'])
PIECES = st.tuples(
    WORDS,
    LOOKS,
    st.sampled_from(
        ["", "ins", "del", "hyperlink", "sdt", "smartTag", "bookmark", "proofErr", "field", "tab", "comment"]
    ),
)
BODIES = st.lists(st.lists(PIECES, max_size=6), min_size=1, max_size=4)


def body_of(paragraphs: list[list[tuple[str, str, str]]]) -> str:
    return "".join(paragraph("".join(_piece(*each) for each in pieces)) for pieces in paragraphs)


def _piece(text: str, look: str, wrapper: str) -> str:
    content = run(text, look)
    return {
        "ins": changed("ins", content),
        "del": changed("del", content),
        "hyperlink": f'<w:hyperlink w:anchor="a">{content}{run(text)}</w:hyperlink>',
        "sdt": control(content),
        "smartTag": f"<w:smartTag>{content}</w:smartTag>",
        "bookmark": f'<w:bookmarkStart w:id="1" w:name="x"/>{content}<w:bookmarkEnd w:id="1"/>',
        "proofErr": f'<w:proofErr w:type="spellStart"/>{content}<w:proofErr w:type="spellEnd"/>',
        "field": field("REF a", content),
        "tab": f"<w:r><w:t>{text}</w:t><w:tab/><w:softHyphen/><w:t>{text}</w:t></w:r>",
        "comment": f'<w:commentRangeStart w:id="0"/>{content}<w:commentRangeEnd w:id="0"/>',
    }.get(wrapper, content)


def spans(data: st.DataObject, document: Document, apart: bool) -> list[tuple[int, int]]:
    """Draw stretches that stand within segments and begin and end with no white space."""
    found: list[tuple[int, int]] = []
    for each in document.segments:
        cuts = data.draw(st.lists(st.integers(each.start, each.end), max_size=6))
        if apart:
            cuts = sorted(set(cuts))
            found += list(zip(cuts[::2], cuts[1::2], strict=False))
        else:
            found += [(min(pair), max(pair)) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return [(start, end) for start, end in found if document.text[start:end].strip() == document.text[start:end] != ""]


@settings(max_examples=120)
@given(BODIES, st.data())
def test_comments_land_on_exactly_the_words(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("docx")
    source = written(folder, docx(body_of(paragraphs)))
    before = word.read(source)
    comments = [Comment(*span, f"nr {n}") for n, span in enumerate(spans(data, before, apart=False))]
    after = commented(folder, source, comments)
    assert after.text == before.text and after.segments == before.segments
    assert sorted(each.text for each in after.remarks) == sorted(each.text for each in comments)
    assert {tuple(each) for each in after.remarks} == {tuple(each) for each in comments}

    def visible(data: bytes) -> list[tuple[str, str]]:
        return [each for each in looks(data) if each[0] != " "]

    assert visible(source.read_bytes()) == visible((folder / "out.docx").read_bytes())


@settings(max_examples=120)
@given(BODIES, st.booleans(), st.data())
def test_edits_change_exactly_the_words(
    tmp_path_factory: pytest.TempPathFactory,
    paragraphs: list[list[tuple[str, str, str]]],
    track: bool,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("docx")
    source = written(folder, docx(body_of(paragraphs)))
    before = word.read(source)
    edits = [
        Edit(start=start, end=end, text=data.draw(st.sampled_from(["", "ny", "n\ty", "ett nytt"])) or "x")
        for start, end in spans(data, before, apart=True)
    ]
    word.edit(source, edits, folder / "out.docx", track=track, date=WHEN)
    assert word.read(folder / "out.docx").text == replaced(before.text, edits)


def test_many_comments_in_a_long_document_are_quick(tmp_path: Path) -> None:
    source = written(tmp_path, docx("".join(paragraph(make.cut(f"Rad {n} om samverkan.")) for n in range(3000))))
    document = word.read(source)
    comments = [Comment(found.start(), found.end(), "Ja") for found in re.finditer("samverkan", document.text)]
    started = datetime.datetime.now()
    after = commented(tmp_path, source, comments)
    assert datetime.datetime.now() - started < datetime.timedelta(seconds=10)
    assert {after.text[each.start : each.end] for each in after.remarks} == {"samverkan"}
    assert len(after.remarks) == 3000


def test_text_boxes_with_other_fallbacks_stay_apart(tmp_path: Path) -> None:
    source = written(tmp_path, docx(paragraph(text_box(paragraph(run("en")), "") + text_box(paragraph(run("två"))))))
    word.edit(source, [Edit(start=4, end=7, text="tre")], tmp_path / "out.docx")
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count(">tre<") == 2 and body.count(">en<") == 1
