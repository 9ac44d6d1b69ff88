"""HTML: positions through tags and character references; scripts, code, hidden and foreign text left alone."""

import contextlib
import random
from pathlib import Path

import mentions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.documents import html
from termbank.documents.document import Document
from termbank.errors import FormatError
from termbank.model import Edit

LEFT_OUT = (
    "<script>if (a < b) '{}'</script>", "<style>{}</style>", "<!-- {} -->", "<del>{}</del>",
    "<template><p>{}</p></template>",
    "<span hidden>{}</span>", '<span style="display: none">{}</span>', '<i lang="en">{}</i>', "<code>{}</code>",
    "<kbd>{}</kbd>", '<a title="{}" href="http://{}.se">x</a>', "<textarea>{}</textarea>", "<?{}?>", "<![CDATA[{}]]>",
    '<b translate="no">{}</b>', "<noscript><p>{}</p></noscript>", "<!--noindex-->{}<!--/noindex-->",
    "<svg><text>{}</text></svg>",
)  # fmt: skip
BLOCKS = (
    "<p>{}", "<p class='a>b'>{}</p>", "<h2>{}</h2>", "<ul><li>{}<li>x</ul>", "<blockquote><p>{}</p></blockquote>",
    "<div>{}</div>", "<table><tr><th>{}<td>y</table>", "<figure><figcaption>{}</figcaption></figure>", "{}<hr>",
    "<dl><dt>{}<dd>z</dl>", "<footer>{}</footer>", "<TABLE><TBODY><TR><TD>{}</TD></TR></TBODY></TABLE>",
    "</p></b>{}<br/>",
)  # fmt: skip


def read(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Document:
    path = folder / "a.html"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return html.read(path)


def _inline(draw: st.DrawFn, made: mentions.Made, end: str) -> None:
    made.raw("Vi får ")
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["word", "inside", "reference", "space", "left", "alt", "soft", "many"]))
        word = made.word()
        if kind == "word":
            made.mention()
        elif kind == "inside":
            made.mention(f"{word[:1]}<b\n a=1>{word[1:]}", edited=lambda new: f"{new}<b\n a=1>")
            made.raw("</b>")
        elif kind == "reference":
            made.mention(word.replace("å", draw(st.sampled_from(["&aring;", "&#229;", "&#xE5;", "&#xe5;"]))))
        elif kind == "space":
            made.mention(f"{word}{end}\t {word}", f"{word} {word}")
        elif kind == "left":
            made.raw(draw(st.sampled_from(LEFT_OUT)).replace("{}", made.decoy()))
        elif kind == "alt":
            made.raw(draw(st.sampled_from(['<img src=x alt="', "<IMG ALT = '"])))
            made.mention(word.replace("ö", "&ouml;"))
            made.raw('">' if made.parts[-2].endswith('"') else "'/>")
        elif kind == "soft":
            made.mention(f"{word}&shy;{word}", f"{word}\u00ad{word}")
        else:
            made.mention(f"{word}&nbsp;<i>{word}", f"{word}\u00a0{word}", lambda new: f"{new}<i>")
            made.raw("</i>")
        made.raw(draw(st.sampled_from([" på ", ", ", f"{end} och ", " &amp; ", " 1 < 2 & 3 "])))
    made.raw("åtgärder")


@st.composite
def pages(draw: st.DrawFn) -> tuple[mentions.Made, str]:
    made = mentions.Made()
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if draw(st.booleans()) or encoding == "mac-roman":
        label = {"cp1252": "iso-8859-1", "mac-roman": "macintosh"}.get(encoding, "utf-8")
        made.raw(f'<!DOCTYPE html>{end}<html lang=en><head><meta charset="{label}"><title>')
        made.mention()
        made.raw(f"</title><script>{made.decoy()}</script></head><body>")
    for _ in range(draw(st.integers(1, 6))):
        before, after = draw(st.sampled_from(BLOCKS)).split("{}")
        made.raw(before)
        _inline(draw, made, end)
        made.raw(after + end)
    return made, encoding


@given(pages(), st.lists(st.booleans(), min_size=60, max_size=60))
def test_mentions_stand_where_they_stand_and_edits_change_them_alone(
    tmp_path_factory: pytest.TempPathFactory, page: tuple[mentions.Made, str], chosen: list[bool]
) -> None:
    made, encoding = page
    path = tmp_path_factory.mktemp("html") / "a.html"
    document = read(path.parent, made.source, encoding)
    spans = mentions.finds(document, made, made.source)
    mentions.edits_only(html, path, made, spans, chosen, lambda source: source.encode(encoding))


def test_structure(tmp_path: Path) -> None:
    text = """<html><head><title>Plan &amp; vård</title><meta name=author content="Anna &Ouml;"><meta
        property="dcterms.modified" content="2026-02-03T10:00Z"></head><body><header>Region</header><h1>Syfte</h1>
        <p>sam<b>verkan</b> och
        vård&shy;plan <code>x</code> nu<br>rad</p><ul><li>ett<ul><li>två</ul></ul><blockquote>citat<p>mer</blockquote>
        <table><caption>T</caption><thead><tr><th>Term<th>Kod</thead><tr><td rowspan=2>a<td>b<tr><td>c</table>
        <p lang=en>care <span lang=sv>vård</span> plan</p>"""
    document = read(tmp_path, text)
    assert (document.title, document.owner, str(document.date)) == ("Plan & vård", "Anna Ö", "2026-02-03")
    found = [(s.kind, document.text[s.start : s.end], s.part, s.column) for s in document.segments]
    assert found == [
        ("title", "Plan & vård", None, None), ("header", "Region", None, None), ("heading", "Syfte", None, None),
        ("paragraph", "samverkan och vård\u00adplan", None, None), ("paragraph", "nu\nrad", None, None),
        ("list-item", "ett", None, None), ("list-item", "två", None, None),
        ("quotation", "citat", None, None), ("quotation", "mer", None, None), ("caption", "T", None, None),
        ("cell", "Term", "table 1, cell A1", None), ("cell", "Kod", "table 1, cell B1", None),
        ("cell", "a", "table 1, cell A2", "Term"), ("cell", "b", "table 1, cell B2", "Kod"),
        ("cell", "c", "table 1, cell B3", "Kod"), ("paragraph", "vård", None, None),
    ]  # fmt: skip


def test_comments_are_remarks(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>Ett<!-- ett --> två</p><!-- två --><p>Tre</p>")
    places = [(remark.text, document.text[remark.start :][:4].strip()) for remark in document.remarks]
    assert places == [("ett", "två"), ("två", "Tre")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=iso-8859-1><p>vård".encode("cp1252"), "cp1252"),
        ('<meta http-equiv=content-type content="text/html; charset=windows-1252"><p>vård'.encode("cp1252"), "cp1252"),
        ("<meta charset=iso-8859-1><p>vård".encode(), "utf-8"),
        ("<meta charset=utf-8><p>vård och åtgärd".encode("cp1252"), "cp1252"),
        ("<?xml version='1.0' encoding='macintosh'?><p>vård".encode("mac-roman"), "mac-roman"),
    ],
)
def test_the_encoding_is_what_the_bytes_bear_out(tmp_path: Path, data: bytes, encoding: str) -> None:
    assert "vård" in read(tmp_path, data).text


@given(
    st.text(alphabet="ab&<>\"'= ;#å`", min_size=1, max_size=12).filter(lambda text: text == " ".join(text.split())),
    st.sampled_from(
        ["<p>en gammal plan", "<img alt='gammal'>", '<img alt="gammal">', "<img alt=gammal src=x>", "gammal"]
    ),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_new_words_mean_themselves(
    tmp_path_factory: pytest.TempPathFactory, text: str, source: str, encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("html")
    start = read(folder, source, encoding).text.index("gammal")
    html.edit(folder / "a.html", [Edit(start=start, end=start + 6, text=text)], folder / "a.html")
    assert html.read(folder / "a.html").text == read(folder, source).text.replace("gammal", text)


def test_what_the_encoding_lacks_is_written_as_a_reference(tmp_path: Path) -> None:
    read(tmp_path, "<meta charset=iso-8859-1><p>vård", "cp1252")
    html.edit(tmp_path / "a.html", [Edit(start=0, end=4, text="≥")], tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes() == b"<meta charset=iso-8859-1><p>&#8805;"


@given(st.lists(st.sampled_from(["<", ">", "<p>", "</p>", "<b", "a", "å1", " ", "\n", "&", "&amp;", "&aring",
";", "=", '"', "'", "<td>", "<li>",
    "<table>", "</table>", "<!--", "-->", "<code>", "</code>", "<br>", "<i lang=en>", "</i>", "<blockquote>",
    "/", "!", "&#0;", "&#xD800;", "<h1>",
    "</tr>", "<title>", "</title>", "<script>", "</script>", "<img alt=a>"]), max_size=40).map("".join))  # fmt: skip
def test_any_page_keeps_its_places(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.html"
    path.write_bytes(text.encode())
    document = html.read(path)
    mentions.holds_together(document)
    lines = text.split("\n")
    for segment in document.segments:
        for offset in range(segment.start, segment.end):
            if document.text[offset].isalnum():
                line, column = document.place(offset)
                assert lines[line - 1][column - 1] in (document.text[offset], "&"), (text, document.text, offset)


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000 + "</b>" * 100_000, "<b><td>" + "<div>" * 100_000 + "</b>" * 100_000, "<!--" * 100_000,
        '<a b="' * 50_000, "&" * 300_000, "&" + "a" * 300_000, "<script>" * 50_000, "<title>" * 50_000,
        "<a =" * 100_000,
        "<table><tr><td colspan=9999 rowspan=9999>" * 2_000, "<p>" * 100_000, "</" * 100_000, "<li>" * 100_000,
        "&#" + "9" * 100_000 + ";",
    ],
)  # fmt: skip
def test_hostile_pages_take_no_longer(tmp_path: Path, text: str) -> None:
    mentions.holds_together(read(tmp_path, text))


def test_cut_and_broken_files(tmp_path: Path) -> None:
    whole = (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Å</title></head><body><p class='a'>Vård&aring;\n<b>ö</b>"
        * 3
    )
    chance = random.Random(1)
    for _ in range(500):
        data = bytearray(whole.encode()[: chance.randrange(len(whole))])
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(FormatError):
            mentions.holds_together(read(tmp_path, bytes(data)))
