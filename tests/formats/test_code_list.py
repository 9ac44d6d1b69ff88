"""Code lists: whatever the encoding, separator and column names, every row is a concept or an error at its line."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.errors import FormatError
from termbank.formats.code_list import COLUMNS, read
from termbank.model import Concept, Finding

LIST = 'code;title;parent\nA;Hälso- och sjukvård;\nA1;"Plan; skriven ""så""";A\n'


def split(path, **options):
    """Read a list; return its concepts, its refused rows and its remarks."""
    items = list(read(path, **options))
    concepts = [item for item in items if isinstance(item, Concept)]
    findings = [item for item in items if isinstance(item, Finding)]
    return concepts, [f for f in findings if f.severity == "error"], [f for f in findings if f.severity != "error"]


@pytest.fixture
def make(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_separators(make, encoding, separator, newline):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=newline)
    writer.writerows([["code", "title"], ["A", "Åtgärd; a, b | c"], ["B", "två\nrader"], ["C", ""]])
    concepts, errors, remarks = split(make(text.getvalue(), encoding))
    assert [(c.id, c.display()) for c in concepts] == [("A", "Åtgärd; a, b | c"), ("B", "två\nrader"), ("C", None)]
    assert errors == []
    assert [f.rule for f in remarks] == (["encoding-assumed"] if encoding == "cp1252" else [])


def test_quotes_and_parents(make):
    concepts, errors, _ = split(make(LIST))
    assert errors == []
    assert concepts[1].display() == 'Plan; skriven "så"'
    assert [c.parents() for c in concepts] == [(), ("A",)]


@pytest.mark.parametrize(
    "header", [f"{code};{title}" for code in COLUMNS["code"] for title in COLUMNS["title"] if code != title]
)
def test_columns_known_by_name(make, header):
    concepts, errors, _ = split(make(f"{header.upper()}\nA;Plan\n"))
    assert (concepts[0].id, concepts[0].display(), errors) == ("A", "Plan", [])


def test_every_column(make):
    header = "kod;titel;title_en;överordnad;giltig från;giltig till;valbar;inaktiv"
    concepts, errors, _ = split(make(f"{header}\nA1;Plan;Plan (en);A;2025-01-01;2026-12-31 00:00:00;nej;ja\n"))
    assert errors == []
    (concept,) = concepts
    assert [(t.text, t.language) for t in concept.terms] == [("Plan", "sv"), ("Plan (en)", "en")]
    assert concept.parents() == ("A",)
    assert (concept.valid_from, concept.valid_to) == (datetime.date(2025, 1, 1), datetime.date(2026, 12, 31))
    assert (concept.abstract, concept.inactive) == (True, True)
    assert [(p.code, p.value) for p in concept.properties] == [("selectable", False)]


def test_mapped_columns(make):
    path = make("Id;Insats;Klartext\n7;A1;Plan\n")
    concepts, errors, _ = split(path, columns={"code": "insats", "title": " Klartext "})
    assert (concepts[0].id, concepts[0].display(), errors) == ("A1", "Plan", [])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"code": "Nyckel"}, "there is no column Nyckel; the columns are Insats, Klartext"),
        ({"colour": "Insats"}, "colour is no column role; the roles are code, title"),
        ({}, "no column holds the code; the columns are Insats, Klartext. Say which: --columns code=NAME"),
    ],
)
def test_missing_columns_are_named(make, columns, said):
    path = make("Insats;Klartext\nA1;Plan\n")
    with pytest.raises(FormatError, match=str(path)) as error:
        list(read(path, columns=columns))
    assert said in str(error.value)


def test_what_is_no_list(make, tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        list(read(tmp_path / "absent.csv"))
    with pytest.raises(FormatError, match="this is a folder"):
        list(read(tmp_path))
    with pytest.raises(FormatError, match="empty"):
        list(read(make("")))
    with pytest.raises(FormatError, match="cannot be read as CSV"):
        list(read(make('code;title\nA;"öppen\nB;b\n')))


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("B", "too-few-fields"),
        ("B;b;;;x", "too-many-fields"),
        (";b;;", "missing-code"),
        ("A;igen;;", "duplicate-code"),
        ("B;b;2026-02-30;", "not-a-date"),
        ("B;b;;i morgon", "not-a-date"),
        ("B;b;2026-01-02;2026-01-01", "dates-reversed"),
    ],
)
def test_refused_rows_are_located(make, row, rule):
    concepts, (error,), _ = split(make(f"code;title;valid_from;valid_to\n\nA;a;;\n{row}\nC;c;;\n"))
    assert [c.id for c in concepts] == ["A", "C"]
    assert (error.rule, error.location.line) == (rule, 4)
    assert error.message("sv") != error.message("en")


def test_the_line_counts_lines_inside_quotes(make):
    _, (error,), _ = split(make('code;title\nA;"två\nrader"\n;x\n'))
    assert error.location.line == 4


def test_dots_are_put_in(make):
    path = make("key,value\nF32,a\nF321,b\nF3210,c\nA00-B99,d\n")
    concepts, errors, remarks = split(path, dot_after=3)
    assert errors == []
    assert [c.id for c in concepts] == ["F32", "F32.1", "F32.10", "A00-B99"]
    assert [(f.rule, dict(f.arguments)) for f in remarks] == [
        ("code-rewritten", {"count": "2", "example": "F321 → F32.1"})
    ]


def test_the_example_of_a_rewritten_code_is_what_was_written(make):
    concepts, _, (remark,) = split(make("code;title\nA1234;Ett\n"), dot_after=4)
    assert dict(remark.arguments)["example"] == f"A1234 → {concepts[0].id}"


def test_parents_by_prefix(make):
    concepts, errors, _ = split(make("code\nA\nA01\nA01AB02\nA01A\nB01\n"), prefix_parents=True)
    assert errors == []
    assert {c.id: c.parents() for c in concepts} == {
        "A": (), "A01": ("A",), "A01AB02": ("A01A",), "A01A": ("A01",), "B01": (),
    }  # fmt: skip


def test_parents_by_prefix_with_dots(make):
    concepts, _, _ = split(make("code\nF32\nF321\nF3210\n"), prefix_parents=True, dot_after=3)
    assert {c.id: c.parents() for c in concepts} == {"F32": (), "F32.1": ("F32",), "F32.10": ("F32.1",)}


cells = st.text('AB1 å"\n;,', max_size=3) | st.sampled_from(["2026-01-01", "2025-13-01", "ja"])


@given(
    st.lists(st.lists(cells, min_size=0, max_size=5), max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_read_is_accepted_plus_refused(tmp_path_factory, rows, encoding, prefix_parents, dot_after):
    text = io.StringIO()
    header = ["code", "title", "valid_from", "selectable"]
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows([header, *rows])
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    concepts, errors, _ = split(path, prefix_parents=prefix_parents, dot_after=dot_after)
    held = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(concepts) + len(errors) == len(held)
    assert len({c.id for c in concepts}) == len(concepts)
    assert len({error.location.line for error in errors}) == len(errors), "no row is refused twice"
    assert {c.id for c in concepts} <= {row[0].strip() for row in held if row} or dot_after


@pytest.mark.parametrize("role", ["selectable", "inactive"])
def test_yes_and_no_are_not_guessed(make, role):
    concepts, errors, _ = split(make("code;flag\nA;ja\nB;nej\nC;\nD;2017:612\n"), columns={role: "flag"})
    assert [concept.id for concept in concepts] == ["A", "B", "C"]
    assert [(f.rule, f.location.line, dict(f.arguments)["given"]) for f in errors] == [("not-yes-or-no", 5, "2017:612")]


def test_the_register_of_statutes_as_a_list_of_ones_own(real_data):
    columns = {"code": "sfs", "title": "title", "valid_from": "in_force"}
    concepts, errors, _ = split(real_data / "law" / "statutes.csv", columns=columns)
    assert (len(concepts), errors) == (1169, [])


def test_a_list_without_titles_is_remarked_on(make):
    concepts, errors, remarks = split(make("kod;kontakttyp\nA;Besök\n"))
    assert ([c.id for c in concepts], errors) == (["A"], [])
    assert [(f.rule, f.location.line) for f in remarks] == [("unread-columns", 1), ("no-titles", 1)]
