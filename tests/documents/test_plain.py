"""Plain text: its encodings, its paragraphs, and edits that touch nothing else."""

import re
from pathlib import Path

import mentions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.documents import plain
from termbank.documents.encoding import best_guess, decode
from termbank.errors import FormatError
from termbank.model import Edit

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac-roman")
SENTENCE = "Vården och omsorgen på kvällen: åtgärder för äldre i öppna former. Även ÖPPENVÅRD ingår."


def file(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "a.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


@st.composite
def texts(draw: st.DrawFn) -> tuple[mentions.Made, str]:
    made = mentions.Made()
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    for _ in range(draw(st.integers(1, 5))):
        mark = draw(st.sampled_from(["", "- ", "1) ", "> ", "2.1 "]))
        made.raw(mark + "Vi får ")
        for _ in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(["word", "words", "break"]))
            if kind == "word":
                made.mention()
            else:
                word = made.word()
                between = " " if kind == "words" or mark == "> " else newline
                made.mention(f"{word}{between}{word}", rf"{word}\s{word}")
            made.raw(draw(st.sampled_from([" på ", ", ", f"{newline}{mark if mark == '> ' else ''}och "])))
        made.raw(f"åtgärder för äldre.{newline}" + draw(st.sampled_from(["", newline, f"  {newline}{newline}"])))
    return made, draw(st.sampled_from(ENCODINGS))


@given(texts(), st.lists(st.booleans(), min_size=20, max_size=20))
def test_mentions_stand_where_they_stand_and_edits_change_them_alone(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[mentions.Made, str], chosen: list[bool]
) -> None:
    text, encoding = made
    path = file(tmp_path_factory.mktemp("plain"), text.source, encoding)
    document = plain.read(path)
    spans = mentions.finds(document, text, text.source)
    mentions.edits_only(plain, path, text, spans, chosen, lambda source: source.encode(encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    document = plain.read(file(tmp_path, SENTENCE, encoding))
    assert document.text == SENTENCE
    guessed = encoding in ("cp1252", "cp850", "mac-roman") or encoding in ("utf-16-le", "utf-16-be")
    assert [finding.rule for finding in document.findings] == ["document-encoding"] * guessed


@given(
    st.lists(st.sampled_from(SENTENCE.split()), min_size=4).map(" ".join),
    st.sampled_from(["cp1252", "cp850", "mac-roman"]),
)
def test_the_encoding_is_chosen_by_its_letters(text: str, encoding: str) -> None:
    if re.search("[åäöÅÄÖ]", text):
        assert best_guess(text.encode(encoding)) == encoding


def test_one_broken_byte_does_not_make_utf8_another_encoding(tmp_path: Path) -> None:
    data = (SENTENCE + "\n").encode() * 3 + b"\xe5\xff\n" + b"slut"
    path = file(tmp_path, data)
    document = plain.read(path)
    assert document.text.startswith(SENTENCE) and "\ufffd\ufffd" in document.text
    start = document.text.index("slut")
    plain.edit(path, [Edit(start=start, end=start + 4, text="änd")], path)
    assert path.read_bytes() == data[:-4] + "änd".encode()


def test_structure() -> None:
    text = "Rutin\n=====\n\n1.2 Syfte\n\nEtt\nstycke\n- ett\n  mer\n- två\n\n"
    text += "> citat\n> mer\n\n-----\n3.1 Det här är en mening.\n"
    found = [(each.kind, text[each.start : each.end], each.level) for each in plain.document(text).segments]
    assert found == [
        ("heading", "Rutin", 1), ("heading", "Syfte", 2), ("paragraph", "Ett\nstycke", None),
        ("list-item", "ett\n  mer", None), ("list-item", "två", None), ("quotation", "citat\n> mer", None),
        ("paragraph", "3.1 Det här är en mening.", None),
    ]  # fmt: skip
    assert plain.document(text).title == "Rutin"


@pytest.mark.parametrize(
    "data", [b"a\x00b\x01\x02", bytes(range(32)) * 20, b"\x7fELF\x00\x00", b"\xff\xfea\x00\x00\x00"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FormatError) as error:
        plain.read(file(tmp_path, data))
    assert error.value.finding.rule == "document-broken"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = file(tmp_path, SENTENCE, "cp1252")
    with pytest.raises(FormatError, match="lacks"):
        plain.edit(path, [Edit(start=0, end=5, text="≥")], path)
    assert path.read_bytes() == SENTENCE.encode("cp1252")


def test_overlapping_edits_are_refused(tmp_path: Path) -> None:
    path = file(tmp_path, SENTENCE)
    with pytest.raises(ValueError, match="overlaps"):
        plain.edit(path, [Edit(start=0, end=5, text=""), Edit(start=4, end=6, text="")], path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_refused(data: bytes) -> None:
    try:
        source = decode(data, "a.txt")
    except FormatError:
        return
    assert source.encoded(source.exact) == data
    mentions.holds_together(plain.document(source.text))


@given(st.text(alphabet="ab 1.-=>*\r\n\t~#å", max_size=80))
def test_any_text_keeps_its_offsets(text: str) -> None:
    document = plain.document(text)
    assert document.text == text
    mentions.holds_together(document)
