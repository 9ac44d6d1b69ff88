"""TOML keeps the line of each table and key."""

import tomllib

import pytest

from termbank.errors import FormatError
from termbank.formats import toml

TEXT = """\
# en profil
profile = 1

[input]
encoding = "utf-8"  # kommentar

[[columns]]
name = "Kod"
system = "kva"

  [columns.translate]
  to = "ksi"

[[columns]]
"name" = "Diagnos"
"""


def test_lines():
    lines = toml.line_numbers(TEXT)
    assert lines["profile",] == 2
    assert lines["input",] == 4
    assert lines["input", "encoding"] == 5
    assert lines["columns", 0, "system"] == 9
    assert lines["columns", 0, "translate", "to"] == 12
    assert lines["columns", 1] == 14
    assert lines["columns", 1, "name"] == 15


def test_load(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text("\ufeff" + TEXT, encoding="utf-8")
    content, lines = toml.load(path)
    assert content == tomllib.loads(TEXT)
    assert lines == toml.line_numbers(TEXT)


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1\nb = \n", ":2:5: "), ("a = 1\na = 2\n", ":2:"), ("[a\n", ":1:"), ("d = 2026-02-30\n", ":1:")],
)
def test_mistakes_are_located(tmp_path, text, place):
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as error:
        toml.load(path)
    assert str(error.value).startswith(f"{path}{place}")


def test_what_is_no_file(tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        toml.load(tmp_path / "absent.toml")
    with pytest.raises(FormatError, match="cannot be read"):
        toml.load(tmp_path)
    (tmp_path / "p.toml").write_bytes(b'a = "v\xe5rd"')
    with pytest.raises(FormatError, match="not UTF-8"):
        toml.load(tmp_path / "p.toml")
