"""Markdown: positions through emphasis, links, tables and quotations; code and addresses left alone."""

import contextlib
import random
from pathlib import Path

import mentions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.documents import limits, markdown
from termbank.documents.document import Document
from termbank.errors import FormatError
from termbank.model import Edit


def read(folder: Path, text: str, encoding: str = "utf-8") -> Document:
    path = folder / "a.md"
    path.write_bytes(text.encode(encoding))
    return markdown.read(path)


def _inline(draw: st.DrawFn, made: mentions.Made, newline: str | None, table: bool = False) -> None:
    """Write words, mentions and what is no word, in one line or, with a line break to use, several."""
    made.raw("Vi får ")
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(
            st.sampled_from(
                [
                    "word",
                    "inside",
                    "strong",
                    "link",
                    "entity",
                    "code",
                    "struck",
                    "break",
                    "auto",
                    "picture",
                    "escape",
                    "html",
                ]
            )
        )
        word = made.word()
        if kind == "word":
            made.mention()
        elif kind == "inside":  # marks inside a word go when nothing is left between them
            made.mention(f"{word[:2]}**{word[2:]}**", edited=lambda new: new)
        elif kind == "strong":
            made.raw("***")
            made.mention(f"{word} {word}", f"{word} {word}")
            made.raw("***")
        elif kind == "link":
            made.raw("[")
            made.mention()
            made.raw(f'](http://example.se/{made.decoy()} "{made.decoy()}")')
        elif kind == "entity":
            made.mention(word.replace("å", "&aring;"))
        elif kind == "code":
            made.raw(f"`{made.decoy()}`")
        elif kind == "struck":
            made.raw(f"~~{made.decoy()}~~")
        elif kind == "break" and newline:
            made.mention(f"{word}{newline}{word}", f"{word}\n{word}")
        elif kind == "auto":
            made.raw(f"<https://example.se/{made.decoy()}>[^1]")
        elif kind == "picture":
            made.raw("![")
            made.mention()
            made.raw(f"]({made.decoy()}.png)")
        elif kind == "escape":
            made.raw("\\|" if table else "\\*")
            made.mention()
        elif kind == "html":
            made.mention(f"<u>{word}</u>", edited=lambda new: f"<u>{new}</u>")
            made.mentions[-1] = made.mentions[-1]._replace(
                start=made.mentions[-1].start + 3, end=made.mentions[-1].end - 4, edited=lambda new: new
            )
        made.raw(draw(st.sampled_from([" på ", ", ", f"{newline or ' '}och "])))
    made.raw("åtgärder")


@st.composite
def pages(draw: st.DrawFn) -> tuple[mentions.Made, str]:
    made = mentions.Made()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if draw(st.booleans()):
        made.raw(f"---{end}title: Plan{end}date: 2026-03-01{end}---{end}")
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(
            st.sampled_from(["p", "h", "setext", "list", "quote", "table", "fence", "code", "comment", "nested"])
        )
        if kind == "p":
            _inline(draw, made, draw(st.sampled_from([end, f"  {end}", f"\\{end}", f"{end}   "])))
        elif kind == "h":
            made.raw("## ")
            _inline(draw, made, None)
            made.raw(draw(st.sampled_from(["", " ##", "  # # #"])))
        elif kind == "setext":
            _inline(draw, made, end)
            made.raw(f"{end}---")
        elif kind == "list":
            made.raw("-\t" if draw(st.booleans()) else "10. ")
            _inline(draw, made, f"{end}    ")
        elif kind == "quote":
            made.raw("> ")
            _inline(draw, made, draw(st.sampled_from([f"{end}> ", f"{end}>", end])))
        elif kind == "nested":
            made.raw("> - > ")
            _inline(draw, made, f"{end}>   > ")
        elif kind == "table":
            made.raw("| ")
            _inline(draw, made, None, table=True)
            made.raw(f" | B |{end}|---|:-:|{end}")
            for _ in range(draw(st.integers(1, 2))):
                made.raw(draw(st.sampled_from(["| ", "", "|"])))
                _inline(draw, made, None, table=True)
                made.raw(" | a\\|")
                _inline(draw, made, None, table=True)
                made.raw(f" |{end}")
        elif kind == "fence":
            made.raw(f"```text{end}{made.decoy()}{end}```")
        elif kind == "code":
            made.raw(f"<!-- ends a list -->{end}{end}    {made.decoy()}")
        else:
            made.raw(f"<!-- {made.decoy()} -->")
        made.raw(end + end)
    return made, draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))


@given(pages(), st.lists(st.booleans(), min_size=60, max_size=60))
def test_mentions_stand_where_they_stand_and_edits_change_them_alone(
    tmp_path_factory: pytest.TempPathFactory, page: tuple[mentions.Made, str], chosen: list[bool]
) -> None:
    made, encoding = page
    path = tmp_path_factory.mktemp("markdown") / "a.md"
    document = read(path.parent, made.source, encoding)
    spans = mentions.finds(document, made, made.source)
    mentions.edits_only(markdown, path, made, spans, chosen, lambda source: source.encode(encoding))


def test_structure(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Rutin för SIP\nauthor: [Anna, Bo]\ndate: 2026-03-01\n---\n# Syfte\n\n- a\n- b\n\n"
        "> citat\n\n> [!NOTE]\n> råd\n\n"
        "| Term | Kod |\n|---|---|\n| *x* | y\\|z |\n\n[^1]: Not.\n"
    )
    document = read(tmp_path, text)
    assert (document.title, document.owner, str(document.date)) == ("Rutin för SIP", "Anna, Bo", "2026-03-01")
    found = [(s.kind, document.text[s.start : s.end], s.part, s.column) for s in document.segments]
    assert found == [
        ("title", "Rutin för SIP", None, None), ("heading", "Syfte", None, None),
        ("list-item", "a", None, None), ("list-item", "b", None, None),
        ("quotation", "citat", None, None), ("paragraph", "[!NOTE]\nråd", None, None),
        ("cell", "Term", "table 1, cell A1", None), ("cell", "Kod", "table 1, cell B1", None),
        ("cell", "x", "table 1, cell A2", "Term"), ("cell", "y|z", "table 1, cell B2", "Kod"),
        ("footnote", "Not.", "footnote 1", None),
    ]  # fmt: skip


def test_comments_are_remarks(tmp_path: Path) -> None:
    document = read(tmp_path, "Ett <!-- ett --> två\n\n<!-- två -->\n\nTre\n\n[//]: # (tre)\n\nFyra\n")
    places = [(remark.text, document.text[remark.start : remark.start + 4].strip()) for remark in document.remarks]
    assert places == [("ett", "tv"), ("två", "Tre"), ("tre", "Fyra")]


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("individuell **plan** nu", "individuell plan", "X nu"),
        ("sam**verkan** nu", "samverkan", "X nu"),
        ("***a*** nu", "a", "***X*** nu"),
        ("> individuell\n> plan nu", "individuell\nplan", "> X nu"),
    ],
)
def test_marks_of_emphasis_never_stand_empty(tmp_path: Path, source: str, words: str, expected: str) -> None:
    document = read(tmp_path, source)
    start = document.text.index(words)
    markdown.edit(tmp_path / "a.md", [Edit(start=start, end=start + len(words), text="X")], tmp_path / "b.md")
    assert (tmp_path / "b.md").read_text() == expected


@given(st.text(alphabet="ab*_`[]<>&|#-1.~\\ ", min_size=1, max_size=12).filter(lambda text: text == text.strip()))
def test_new_words_mean_themselves(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("markdown")
    for source in ("gammal", "en gammal plan", "| a |\n|---|\n| gammal |\n"):
        start = read(folder, source).text.index("gammal")
        markdown.edit(folder / "a.md", [Edit(start=start, end=start + 6, text=text)], folder / "a.md")
        assert text in markdown.read(folder / "a.md").text


@given(st.text(alphabet='ab*_`[]()<>&;!|-#> \n\t~\\^:.å1="/', max_size=100))
def test_any_markdown_keeps_its_places(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(text.encode())
    document = markdown.read(path)
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
        "[" * 30000, "*a_ " * 10000, "`" * 20000 + "a", "<" * 30000, "![" * 10000, "a**b" * 10000,
        "- " * 2000, "|a" * 500 + "\n" + "|-" * 500 + "\n|" * 2000,
    ],
)  # fmt: skip
def test_hostile_markdown_takes_no_longer(tmp_path: Path, text: str) -> None:
    mentions.holds_together(read(tmp_path, text))


@pytest.mark.parametrize("text", ["> " * 5000 + "a", "- " * 2000 + "a"])
def test_markdown_nested_without_end_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError):
        read(tmp_path, text)


def test_cut_and_broken_files(tmp_path: Path) -> None:
    whole = (
        "---\ntitle: Vård\n---\n# Å\n\n> - **a** `b` [c](d)\n\n| é | b |\n|---|---|\n| ö | [^1] |\n\n[^1]: x\n".encode()
    )
    chance = random.Random(1)
    for _ in range(300):
        data = bytearray(whole[: chance.randrange(len(whole))])
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "a.md").write_bytes(data)
        with contextlib.suppress(FormatError):
            mentions.holds_together(markdown.read(tmp_path / "a.md"))


def test_our_own_documents() -> None:
    root = Path(__file__).resolve().parents[2]
    for path in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        document = markdown.read(path)
        mentions.holds_together(document)
        lines = path.read_text("utf-8").split("\n")
        for segment in document.segments:
            for offset in (segment.start, segment.end - 1):
                line, column = document.place(offset)
                assert lines[line - 1][column - 1] in (document.text[offset], "&"), (path, segment)


@pytest.mark.parametrize("mark", ["> ", "- ", "> - "])
def test_what_is_nested_too_deep_is_refused_and_not_lost(tmp_path: Path, mark: str) -> None:
    deepest = limits.NESTING // {"> ": 1, "- ": 2, "> - ": 3}[mark] - 1
    assert read(tmp_path, f"{mark * deepest}ord\n\nsist\n").text == "ord\n\nsist"
    with pytest.raises(FormatError):
        read(tmp_path, f"{mark * limits.NESTING * 2}ord\n\nsist\n")
    assert "ord" in read(tmp_path, f"{'[' * 400}ord{']' * 400}\n").text
