"""Nothing is lost: every record of a file is either parsed as it was written, or rejected with its text and line."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbank.errors import ConservationError, FormatError
from termbank.formats.dialect import Dialect
from termbank.records.csv_out import CsvWriter
from termbank.records.header import Header
from termbank.records.scan import Block, Rejected, frame, scan


def read(path: Path, dialect: Dialect, **options):
    """Scan a file; return the scan, its rows, their lines, and what was rejected."""
    found = scan(path, dialect, **options)
    rows, lines, rejected = [], [], []
    for block in found.blocks():
        rows += frame(block, found.header, dialect).rows()
        lines += block.lines.tolist()
        rejected += block.rejected
    assert found.records == len(rows) + len(rejected)
    return found, rows, lines, rejected


def of(tmp_path: Path, content: bytes, dialect: Dialect | None = None, **options):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    results = [read(path, dialect or Dialect(), block_size=size, **options) for size in (1, 7, 1 << 20)]
    assert results[0][1:] == results[1][1:] == results[2][1:], "block size must not matter"
    assert len({(r[0].blank, r[0].trailing, r[0].stopped_at_line) for r in results}) == 1
    return results[2]


# Whole tables -------------------------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A random file with what it holds."""

    content: bytes
    dialect: Dialect
    header: list[str]
    rows: list[tuple[str, ...]]
    lines: list[int]
    rejected: list[Rejected]
    block_size: int


text = st.text(st.sampled_from(list('ab7 ;,\t|"\n\rxåÄö^=-')), max_size=6).map(lambda t: t.replace("\r", "\r\n"))


@st.composite
def cases(draw) -> Case:
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]))
    dialect = Dialect(
        encoding=encoding,
        separator=draw(st.sampled_from(";\t,|")),
        newline=draw(st.sampled_from(["\n", "\r\n"])),
        final_newline=draw(st.booleans()),
        bom=encoding.startswith("utf-16") and draw(st.booleans()),
    )
    width = draw(st.integers(1, 4))
    always = draw(st.booleans())
    codec = "utf-8" if encoding == "utf-8-sig" else encoding

    def written(field: str) -> str:
        needed = any(c in field for c in (dialect.separator, '"', "\n", "\r")) or (width == 1 and not field)
        return '"' + field.replace('"', '""') + '"' if always or needed else field

    records, rows, lines, rejected = [], [], [], []
    header = [f"k{i}" for i in range(width)]
    records.append(dialect.separator.join(map(written, header)).encode(codec))
    line = 2
    for _ in range(draw(st.integers(0, 12))):
        row = tuple(draw(st.lists(text, min_size=width, max_size=width)))
        kinds = ["none"] * 4 + ["long", "nul", "short", "bytes", "blank"]
        fault = draw(st.sampled_from(kinds))
        if fault == "blank" or (fault == "short" and width == 1) or (fault == "bytes" and "utf-16" in encoding):
            fault = "none"
        cells = {"short": row[:-1], "long": (*row, "x")}.get(fault, row)
        if fault == "short" and len(cells) == 1 and not cells[0] and not always:
            cells = ("q",)
        raw = dialect.separator.join(map(written, cells))
        data = raw.encode(codec)
        found, expected = (("found", str(len(cells))), ("expected", str(width)))
        if fault == "none":
            rows.append(row)
            lines.append(line)
        elif fault == "nul":
            place = draw(st.sampled_from(range(len(raw) + 1)))
            if '"' in raw:
                place = next(i for i in range(len(raw)) if raw[i] == '"') + 1
            rejected.append(Rejected(line, raw[:place] + "\\x00" + raw[place:], "nul-byte", ()))
            data = (raw[:place] + "\0" + raw[place:]).encode(codec)
        elif fault == "bytes":
            place = raw.index('"') + 1 if '"' in raw else 0
            bad, shown = (b"\x81", "\\x81") if encoding == "cp1252" else (b"\xe5", "\\xe5")
            name = (("encoding", dialect.encoding_name),)
            rejected.append(Rejected(line, raw[:place] + shown + raw[place:], "undecodable", name))
            data = raw[:place].encode(codec) + bad + raw[place:].encode(codec)
        else:
            rule = "too-few-fields" if fault == "short" else "too-many-fields"
            rejected.append(Rejected(line, raw, rule, (found, expected)))
        records.append(data)
        line += 1 + raw.count("\n")
    newline = dialect.newline.encode(codec)
    content = dialect.mark + newline.join(records) + (newline if dialect.final_newline or len(records) == 1 else b"")
    return Case(content, dialect, header, rows, lines, rejected, draw(st.integers(16, 4096)))


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_every_record_is_parsed_or_rejected(tmp_path_factory, case: Case):
    path = tmp_path_factory.getbasetemp() / "random.csv"
    path.write_bytes(case.content)
    found, rows, lines, rejected = read(path, case.dialect, block_size=case.block_size)
    assert found.header.names == case.header
    assert [tuple(cell or "" for cell in row) for row in rows] == case.rows
    assert lines == case.lines
    assert rejected == case.rejected
    assert found.blank == 0

    target = path.with_name("written.csv")
    with CsvWriter(target, case.dialect, guard=False) as writer:
        writer.write_header(found.header.names)
        for block in found.blocks():
            writer.write(frame(block, found.header, case.dialect))
        writer.commit()
    data = target.read_bytes().removeprefix(case.dialect.mark)
    codec = "utf-8" if case.dialect.encoding == "utf-8-sig" else case.dialect.encoding
    again = list(csv.reader(io.StringIO(data.decode(codec), newline=""), delimiter=case.dialect.separator))
    assert [tuple(row) for row in again] == [tuple(case.header), *case.rows]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.text(st.sampled_from(list('ab;"\n\rå\0')), max_size=60), size=st.integers(1, 64))
def test_any_text_is_conserved_whatever_the_block_size(tmp_path_factory, body: str, size: int):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"k0;k1\n" + body.encode())
    first, second = read(path, Dialect(), block_size=size), read(path, Dialect(), block_size=1 << 20)
    assert first[1:] == second[1:] and first[0].blank == second[0].blank
    kept = "".join(cell or "" for row in second[1] for cell in row) + "".join(r.raw for r in second[3])
    for letter in "abå":
        assert kept.count(letter) == body.count(letter)
    assert kept.count("\\x00") == body.count("\0")


# Single things ------------------------------------------------------------------------------------------------------


def test_fields_that_are_too_few_or_too_many(tmp_path):
    found, rows, lines, rejected = of(tmp_path, b"a;b\n1;2\n3\n;\n4;5;6\n\n7;8")
    assert rows == [("1", "2"), (None, None), ("7", "8")]
    assert lines == [2, 4, 7]
    assert found.blank == 1
    assert rejected == [
        Rejected(3, "3", "too-few-fields", (("found", "1"), ("expected", "2"))),
        Rejected(5, "4;5;6", "too-many-fields", (("found", "3"), ("expected", "2"))),
    ]


def test_quotes_inside_unquoted_fields_are_characters(tmp_path):
    content = 'a;b\n5" rör;="007"\n"x ""y""";"5" rör"\r\n"p\nq";z"\n1;2;3" x\n'.encode()
    _, rows, lines, rejected = of(tmp_path, content)
    assert rows == [('5" rör', '="007"'), ('x "y"', '5" rör'), ("p\nq", 'z"')]
    assert lines == [2, 3, 4]
    assert rejected[0].raw == '1;2;3" x'
    assert rejected[0].line == 6


@pytest.mark.parametrize("rest", ['c;"d"\ne;f\n', "c;d\ne;f\n"])
def test_an_unclosed_quote_costs_one_line(tmp_path, rest):
    _, rows, lines, rejected = of(tmp_path, f'k;l\na;"b\n{rest}'.encode())
    assert rows == [("c", "d"), ("e", "f")]
    assert lines == [3, 4]
    assert rejected == [Rejected(2, 'a;"b', "unclosed-quote", ())]


def test_a_quote_that_is_closed_too_late(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(b'k;l\na;"b\n' + b"c;d\n" * 300_000 + b'e;f"\ng;"h"\n')
    for size in (1 << 16, 32 << 20):
        _, rows, lines, rejected = read(path, Dialect(), block_size=size)
        assert len(rows) == 300_002 and rows[-2:] == [("e", 'f"'), ("g", "h")]
        assert [r[:3:2] for r in rejected] == [(2, "unclosed-quote")]
        assert lines == list(range(3, 300_005))


def test_line_ends(tmp_path):
    assert of(tmp_path, b"a;b\r\n1;2\n3;4\r\n5;6\r")[1] == [("1", "2"), ("3", "4"), ("5", "6")]
    assert of(tmp_path, b'a;b\r1;2\r"x\ry";4\r\r5;6')[1] == [("1", "2"), ("x\ry", "4"), ("5", "6")]
    assert of(tmp_path, b"a;b\n1\r;2\r\r\n")[1] == [("1\r", "2\r")]
    assert of(tmp_path, b"a;b\r1\r")[3][0].raw == "1"


def test_polars_does_not_take_text_for_compressed_data_or_a_mark(tmp_path):
    for start in (b"x^a", b"x\x01a", "\ufeffa".encode()):
        assert of(tmp_path, b"a;b\n" + start + b";2\n")[1] == [(start.decode(), "2")]


def test_one_column(tmp_path):
    found, rows, lines, _ = of(tmp_path, b'a\n1\n\n""\r\n\r\n2\n')
    assert rows == [("1",), ("",), ("2",)]
    assert (lines, found.blank) == ([2, 4, 6], 2)


def test_empty_and_quoted_empty_differ(tmp_path):
    assert of(tmp_path, b'a;b\n"";\n;""\n')[1] == [("", None), (None, "")]


def test_undecodable_utf16_keeps_its_bytes(tmp_path):
    good = "a;b\n1;2\nx;".encode("utf-16-le")
    _, rows, _, rejected = of(tmp_path, good + b"\x00\xd8", Dialect(encoding="utf-16-le"))
    assert rows == [("1", "2")]
    assert rejected == [Rejected(3, "x;\\x00\\xd8", "undecodable", (("encoding", "utf-16-le"),))]
    assert of(tmp_path, good + b"y", Dialect(encoding="utf-16-le"))[3][0].raw == "x;\\x79"


@pytest.mark.parametrize("stop", ["Summa", "summa", "SUMMA ANT"])
def test_data_ends_at_a_sum_row(tmp_path, stop):
    content = b'a;b\n1;2\n\n;"summa antal"\n9\n\n;Totalt;3\n'
    found, rows, _, rejected = of(tmp_path, content, stop_at=[stop])
    assert rows == [("1", "2")] and not rejected
    assert (found.stopped_at_line, found.trailing, found.blank) == (4, 3, 1)


def test_sum_rows_with_swedish_letters(tmp_path):
    assert of(tmp_path, "a;b\n1;2\nÅRSSUMMA;2\n".encode(), stop_at=["årssumma"])[0].stopped_at_line == 3
    assert of(tmp_path, b"a;b\n1;summa\n", stop_at=["summa"])[0].stopped_at_line is None


def test_header(tmp_path):
    found = of(tmp_path, b'Rapport;\n\n\n"Kod\nett";;Titel\n1;2;3\n', skip_rows=1)[0]
    assert found.header.names == ["Kod\nett", "column_2", "Titel"]
    assert (found.header.line, found.header.titles) == (4, ["Rapport;"])
    for content, words in (
        (b"", "no header"), (b"\n\n", "no header"), (b"a;a\n", "'a'"), (b'a;"b\n', "never closed"),
        (b"a\0;b\n", "NUL"), (b"v\xe5rd;b\n", "not utf-8"),
    ):  # fmt: skip
        with pytest.raises(FormatError, match=words):
            of(tmp_path, content)


def test_a_file_without_data(tmp_path):
    found, rows, _, _ = of(tmp_path, b"a;b")
    assert (rows, found.records) == ([], 0)


def test_frame_watches_conservation():
    import numpy as np

    with pytest.raises(ConservationError):
        frame(Block(b"1\n2\n", np.array([2]), [], 0), Header(["a"], 1, []), Dialect())


def test_many_rows_with_newlines_in_quotes(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(b"a;b\n" + b'"x\n;""\n""";y\n' * 400_000)
    found = scan(path, Dialect())
    tables = [frame(block, found.header, Dialect()) for block in found.blocks()]
    table = pl.concat(tables)
    assert table.height == found.records == 400_000
    assert table.unique().rows() == [('x\n;"\n"', "y")]
