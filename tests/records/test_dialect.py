"""What is found out about a file before it is read."""

import pytest

from termbank.errors import FormatError
from termbank.formats.dialect import Dialect, detect


def of(tmp_path, content: bytes, **options):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    return detect(path, **options)


TEXT = "Kod;Titel, lång\nAU124;Samordnad individuell planering på svåra ord åäö\n"


@pytest.mark.parametrize(
    ("content", "encoding", "bom"),
    [
        (TEXT.encode(), "utf-8", False),
        (b"Kod;Titel\n1;2\n", "utf-8", False),
        (TEXT.encode("utf-8-sig"), "utf-8-sig", False),
        (TEXT.encode("cp1252"), "cp1252", False),
        (TEXT.encode("utf-16-le"), "utf-16-le", False),
        (TEXT.encode("utf-16-be"), "utf-16-be", False),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", True),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True),
        (b"a;b\n" * 3_000_000 + "å".encode("cp1252"), "cp1252", False),
    ],
)
def test_encoding(tmp_path, content, encoding, bom):
    dialect, findings = of(tmp_path, content)
    assert (dialect.encoding, dialect.bom, dialect.separator) == (encoding, bom, ";")
    assert [f.rule for f in findings] == (["encoding-assumed"] if encoding == "cp1252" else [])


def test_what_the_user_says_holds_but_a_mark_decides(tmp_path):
    assert of(tmp_path, TEXT.encode(), encoding="windows-1252")[0].encoding == "cp1252"
    assert of(tmp_path, b"\xe5;b\n", encoding="utf-8") == (Dialect(), [])
    assert of(tmp_path, TEXT.encode("utf-8-sig"), encoding="utf-8")[0].encoding == "utf-8-sig"
    assert of(tmp_path, b"a,b;c,d\n", separator=";")[0].separator == ";"
    assert of(tmp_path, b"a;b\tc\n", separator="tab")[0].separator == "\t"


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (b"a;b\n1,2,3,4\n", ";"),
        (b"a,b\n", ","),
        (b"a\tb\n", "\t"),
        (b"a|b\n", "|"),
        (b"a\n1\n", ";"),
        (b'"a,b,c";d\n', ";"),
        (b'"a\nb,c,d";e\n', ";"),
        (b'5" a,b;c;d\n', ";"),
        (b"a;b\r1,2,3\r", ";"),
        (b"", ";"),
    ],
)
def test_separator_is_that_of_the_header(tmp_path, content, separator):
    assert of(tmp_path, content)[0].separator == separator


def test_titles_are_skipped(tmp_path):
    assert of(tmp_path, b"Rapport, a, b\n\nkod;titel\n", skip_rows=1)[0].separator == ";"
    assert of(tmp_path, b"Rapport\n", skip_rows=3)[0].separator == ";"


def test_line_ends(tmp_path):
    found = [of(tmp_path, content)[0] for content in (b"a;b\r\n1;2\r\n", b"a;b\n1;2", b'"a\r\nc";b\n', b"a;b\r1;2\r")]
    assert [(d.newline, d.final_newline) for d in found] == [
        ("\r\n", True), ("\n", False), ("\n", True), ("\n", True),
    ]  # fmt: skip
    assert of(tmp_path, "a;b\r\n".encode("utf-16"))[0].newline == "\r\n"


def test_errors_say_what_to_do(tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        detect(tmp_path / "none.csv")
    with pytest.raises(FormatError, match="folder"):
        detect(tmp_path)
    with pytest.raises(FormatError, match="ebcdic"):
        of(tmp_path, b"a\n", encoding="ebcdic")
    with pytest.raises(FormatError, match="separator"):
        of(tmp_path, b"a\n", separator="x")
