import json
import os

import pytest
from hypothesis import given
from lxml import etree
from making import DAY, SENTENCE, found, reports, small, written

from termbank.model import Finding, Location
from termbank.model.parts import part_text
from termbank.reports.forms import FORMS, writer
from termbank.reports.report import Checked, Report
from termbank.reports.texts import TEXTS


def test_every_form_has_its_writer() -> None:
    for form in FORMS:
        assert callable(writer(form))


def test_every_text_takes_the_same_arguments_in_both_languages() -> None:
    import string

    for key, (swedish, english) in TEXTS.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(each) if name} for each in (swedish, english)]
        assert fields[0] == fields[1], key


@given(reports())
def test_any_report_is_written_in_every_form(report: Report) -> None:
    for language in ("sv", "en"):
        for line in written(report, "jsonl", language).split("\n")[:-1]:
            assert {"rule", "severity", "message", "location"} <= json.loads(line).keys()
        count = sum(1 if each.refused else len(each.findings) for each in report.documents)
        assert len(json.loads(written(report, "json", language))) == count
        written(report, "json", language).encode()
        etree.fromstring(written(report, "junit", language).encode())
        github = written(report, "github", language).split("\n")
        assert all(line.startswith("::") for line in github[:-2])
        sarif = json.loads(written(report, "sarif", language))
        assert len(sarif["runs"][0]["results"]) == sum(len(e.findings) for e in report.documents if not e.refused)
        assert "\x1b" not in written(report, "text", language)


def test_a_line_of_json_has_what_programs_need() -> None:
    first, second, third, refused = map(json.loads, written(small(), "jsonl", "en").splitlines())
    assert first["location"] == {"path": "rutiner/rutin.md", "line": 2, "column": 5, "start": 11, "end": 22}
    assert first["edits"] == [{"start": 11, "end": 22, "text": "regionen"}]
    assert first["value"] == "landstinget"
    assert first["concepts"] == ["names#region"]
    assert "known" not in second and third["known"] is True
    assert refused["location"] == {"path": "b.pdf"}


def test_junit_counts_what_it_holds() -> None:
    root = etree.fromstring(written(small(), "junit", "en").encode())
    assert dict(root.attrib) == {"name": "termbank", "tests": "4", "failures": "2", "errors": "1", "skipped": "0"}
    for suite in root:
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(name) == str(len(suite.findall(f"testcase/{tag}")))
        assert suite.get("tests") == str(len(suite.findall("testcase")))


def test_github_commands_are_escaped_and_the_worst_come_first() -> None:
    finding = found("a\nb", "b", value="50 %, a:b", arguments=(("term", "50 %,\r\n::error::"), ("preferred", "x")))
    lines = written(Report((Checked("a,b:c.md", "a\nb", (), (finding,)), *small().documents), DAY), "github").split(
        "\n"
    )
    commands = [line.split(" ")[0] for line in lines[:-2]]
    assert commands == ["::error", "::error", "::warning", "::warning"]
    odd = next(line for line in lines if "a%2Cb%3Ac.md" in line)
    assert "50 %25," in odd and odd.count("::warning") == 1 and ",line=2,col=1," in odd


@pytest.mark.parametrize(
    ("part", "swedish"),
    [
        ("table 2, cell B7", "tabell 2, cell B7"),
        ("sheet Blad1, cell B7", "blad Blad1, cell B7"),
        ("header 1, table 2, cell A1", "sidhuvud 1, tabell 2, cell A1"),
        ("footnote 2", "fotnot 2"),
        ("text box 1", "textruta 1"),
        ("page 3", "sida 3"),
        ("pages of it", "pages of it"),
    ],
)
def test_parts_are_named_in_swedish(part: str, swedish: str) -> None:
    assert part_text(part, "sv") == swedish
    assert part_text(part, "en") == part


def carets(text: str, words: str) -> tuple[str, str]:
    lines = written(Report((Checked("a.md", text, (), (found(text, words),)),), DAY), "text").split("\n")
    place = next(place for place, line in enumerate(lines) if line.strip(" |^") == "" and "^" in line)
    return lines[place - 1], lines[place]


def test_carets_stand_under_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    line, under = carets(SENTENCE, "landstinget")
    assert line[under.index("^") : under.rindex("^") + 1] == "landstinget"
    line, under = carets("漢字 landstinget", "landstinget")
    assert under.index("^") == line.index("l") + 2
    line, under = carets("cafe\u0301 landstinget", "landstinget")
    assert under.index("^") == line.index("l") - 1
    line, under = carets("ord " * 60 + "landstinget " + "ord " * 60, "landstinget")
    assert line[under.index("^") : under.rindex("^") + 1] == "landstinget" and len(line) <= 60
    assert line.startswith("  | …") and line.endswith("…")


def test_the_terminal_sees_no_control_characters() -> None:
    text = "\x1b[31mlandstinget\x07 \u202eabc"
    source = written(Report((Checked("a\x1b.md", text, (), (found(text, "landstinget"),)),), DAY), "text")
    assert not [
        character for character in source if character != "\n" and (ord(character) < 32 or character == "\u202e")
    ]


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = written(small(), "text")
    screen = Screen()
    writer("text")(small(), screen, "sv")
    assert "\x1b[" in screen.getvalue()
    import click

    assert click.unstyle(screen.getvalue()) == plain
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    screen = Screen()
    writer("text")(small(), screen, "sv")
    assert screen.getvalue() == plain


def test_a_finding_without_a_place_is_told_of_the_document() -> None:
    report = Report((Checked("a.md", "x", (), (Finding(rule="no-such-file", severity="info"),)),), DAY)
    assert written(report, "text", "en").startswith("a.md  i info: There is no such file or folder.")
    part = Location(part="header 1", start=0, end=1)
    report = Report((Checked("a.docx", "x", (), (Finding(rule="no-such-file", severity="info", location=part),)),), DAY)
    assert written(report, "text", "sv").startswith("a.docx (sidhuvud 1)  i upplysning")
