"""Nothing is lost: whatever the file is like, every cell of it is found again, in one place, and says what it said.

The judges are others than termbank: the csv module and openpyxl read what was written, and the codes are asked for one
by one.
"""

import csv
import datetime
import functools
import io
import tempfile
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank import Bank, Coding, Concept, Mapping, MappingSet, Term, Vocabulary
from termbank.records import scan
from termbank.records.guard import neutralise
from termbank.records.profile import Column, Input, Profile, Translate

HEADER = ["Ärende", "Datum", "Kod", "Text"]
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "cp1252": "cp1252", "utf-16-le": "utf-16"}
DAY = datetime.date


def concept(code: str, title: str, start: DAY | None = None, end: DAY | None = None) -> Concept:
    return Concept(id=code, terms=(Term(text=title),), valid_from=start, valid_to=end)


def mapping(code: str, target: str | None, confidence: float, predicate: str = "skos:exactMatch") -> Mapping:
    there = None if target is None else Coding(system="mål", code=target)
    return Mapping.model_validate(
        {"subject": Coding(system="från", code=code), "object": there, "predicate": predicate, "confidence": confidence}
    )


CODES = [
    concept("A1", "Plan"), concept("B2", "Möte; stort"), concept("C3", "Gammal", None, DAY(2025, 12, 31)),
    concept("D4", "Ny", DAY(2026, 1, 1)), concept("E5", "Utan mappning"), concept("F6", "Utan motsvarighet"),
    concept("G7", "Oavgjord"), concept("H8", '"Säker"'),
]  # fmt: skip
TARGETS = [concept(code, f"Mål {code}") for code in ("M1", "M2", "M3")]
MAPPINGS = [
    mapping("A1", "M1", 0.9), mapping("B2", "M2", 0.9, "skos:broadMatch"), mapping("C3", "M1", 0.5),
    mapping("D4", "M3", 0.8, "skos:relatedMatch"), mapping("F6", None, 0.9, "sssom:NoTermFound"),
    mapping("G7", "M1", 0.6), mapping("G7", "M2", 0.6), mapping("H8", "M1", 0.4), mapping("H8", "M3", 0.8),
]  # fmt: skip


@functools.cache
def bank(content: str) -> Bank:
    codes = Vocabulary.model_validate(
        {"id": "från", "title": "Från", "version": "2026", "concepts": CODES, "content": content,
         "notation": ("case", "spaces"), "valid_from": DAY(2020, 1, 1)}
    )  # fmt: skip
    target = Vocabulary(id="mål", title="Mål", concepts=TARGETS)
    sets = [MappingSet(id="par", subject_source="från", object_source="mål", mappings=MAPPINGS)]
    return Bank.from_vocabularies([codes, target], sets)


class Written(NamedTuple):
    """A record as it stands in a file: its cells (None where the record is no row), its text, and what is wrong."""

    cells: list[str]
    text: str
    fault: str = ""


class How(NamedTuple):
    """How a file is written."""

    encoding: str
    separator: str
    newline: str
    final: bool
    titles: int
    total: bool
    block: int


text = st.text(st.sampled_from("aåÖ é'\";,|\t\n=+-@0123456789"), max_size=8) | st.sampled_from(
    ["=1+1", "-5,2", '5" rör', "rad ett\r\nrad två", "en\rtvå", "x^2", "Summa", '""', "  "]
)
codes = st.sampled_from(
    ["A1", "a1", " A1", "A 1", "B2", "C3", "D4", "E5", "F6", "G7", "H8", "X9", "", "  ", "19121212-1212", "=A1"]
)
dates = st.sampled_from(
    ["2026-03-01", "20251231", "2025-06-01 00:00:00", "260101", "2019-05-05", "2026-02-30", "", "igår", " 2026-03-02 "]
)
numbers = st.sampled_from(["0", "00417", "1", "7", "åäö", ""])
hows = st.builds(
    How, st.sampled_from(sorted(ENCODINGS)), st.sampled_from(";,\t|"), st.sampled_from(["\n", "\r\n"]), st.booleans(),
    st.integers(0, 2), st.booleans(), st.sampled_from([40, 200, 1 << 20]),
)  # fmt: skip
profiles = st.builds(
    lambda date, formulas, column, translate: Profile(
        date=date, formulas=formulas, columns=(Column(name="Kod", system="från", translate=translate, **column),)
    ),
    st.sampled_from([None, "Datum"]),
    st.sampled_from(["neutralise", "keep"]),
    st.fixed_dictionaries(
        {
            "invalid": st.sampled_from(["reject", "keep"]),
            "undetermined": st.sampled_from(["reject", "keep"]),
            "required": st.booleans(),
            "canonical": st.booleans(),
            "title_into": st.sampled_from([None, "Titel"]),
        }
    ),
    st.none()
    | st.builds(
        Translate,
        to=st.just("mål"),
        into=st.just("Mål"),
        title_into=st.sampled_from([None, "Måltitel"]),
        choose=st.sampled_from(["reject", "first-by-confidence", "all"]),
        missing=st.sampled_from(["keep", "empty", "reject"]),
    ),
)


@st.composite
def files(draw: st.DrawFn) -> tuple[How, list[Written]]:
    how = draw(hows)
    records = []
    for _ in range(draw(st.integers(0, 12))):
        cells = [draw(numbers), draw(dates), draw(codes), draw(text)]
        fault = draw(st.sampled_from(["", "", "", "", "few", "many", "nul", "undecodable", "blank"]))
        if how.total and any(first.strip() for first in cells):
            first = next(cell for cell in cells if cell.strip()).strip()
            if first.casefold().startswith("summa"):
                cells[0] = "0"
        if fault == "few":
            cells = cells[: draw(st.integers(2, 3))]
        elif fault == "many":
            cells += draw(st.lists(text, min_size=1, max_size=2))
        elif fault == "nul":
            cells[3] += "\0"
        elif fault == "undecodable":
            if how.encoding.startswith("utf-16"):
                fault = ""
            else:
                cells[0] = "byte"
        elif fault == "blank":
            cells = []
        records.append(Written(cells, quoted(draw, cells, how.separator), fault))
    return how, records


def quoted(draw: st.DrawFn, cells: list[str], separator: str) -> str:
    fields = []
    for cell in cells:
        needs = any(char in cell for char in (separator, '"', "\n", "\r"))
        double = '"' + cell.replace('"', '""') + '"'
        fields.append(double if needs or draw(st.booleans()) else cell)
    return separator.join(fields)


def stored(how: How, records: list[Written]) -> tuple[bytes, list[int]]:
    """Write a file; return its bytes, and the line on which each record starts."""
    codec = "cp1252" if how.encoding == "cp1252" else how.encoding.replace("-sig", "")
    bad = {"utf-8": b"\xff", "cp1252": b"\x81"}.get(codec, b"")
    texts = [f"Titel {number}" for number in range(how.titles)]
    texts += [how.separator.join(HEADER), *(record.text for record in records)]
    faults = [""] * (how.titles + 1) + [record.fault for record in records]
    if how.total:
        texts += [f"Summa:{how.separator}12", "Utskriven av systemet"]
        faults += ["", ""]
    pieces = []
    lines = []
    line = 1
    for written, fault in zip(texts, faults, strict=True):
        data = written.encode(codec)
        pieces.append(data.replace(b"byte", b"byte" + bad, 1) if fault == "undecodable" else data)
        lines.append(line)
        line += written.count("\n") + 1
    content = how.newline.encode(codec).join(pieces) + (how.newline.encode(codec) if how.final else b"")
    mark = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe"}.get(how.encoding, b"")
    return mark + content, lines[how.titles + 1 :][: len(records)]


class Verdict(NamedTuple):
    """What should become of a row: the rule that rejects it, or the cells that go out."""

    rule: str | None
    cells: list[str]


def day_of(cell: str) -> DAY | None:
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.datetime.strptime(cell.strip(), form).date()
        except ValueError:
            pass
    for digits, start in ((8, ""), (6, "20")):
        if len(cell) == digits and cell.isdigit():
            return datetime.datetime.strptime(start + cell, "%Y%m%d").date()
    return None


def judged(cells: list[str], profile: Profile, bank: Bank) -> Verdict:
    """Ask the bank about one row."""
    column = profile.columns[0]
    on = day_of(cells[1]) if profile.date else None
    rule = "invalid-date" if profile.date and on is None else None
    cell = cells[2]
    code, title, translated = cell, "", [""]
    targets: dict[str, str] = {}
    if not cell.strip():
        rule = rule or ("missing-value" if column.required else None)
    else:
        found = bank.validate_code("från", cell, on=on)
        title = found.display or ""
        for valid, choice, severity in ((False, column.invalid, "error"), (None, column.undetermined, "warning")):
            if found.valid is valid and choice == "reject":
                rule = rule or next(each.rule for each in found.findings if each.severity == severity)
        if column.canonical and any(each.rule == "notation" for each in found.findings):
            code = found.code
        if column.translate and rule is None:
            rule, targets = translation(found.code, column.translate, bank)
    out = [cells[0], cells[1], code, cells[3]]
    if column.title_into:
        out.append(title)
    if column.translate:
        translated = [column.translate.separator.join(targets)]
        out += translated
        if column.translate.title_into:
            out.append("; ".join(filter(None, targets.values())))
    return Verdict(rule, out)


def translation(code: str, wanted: Translate, bank: Bank) -> tuple[str | None, dict[str, str]]:
    known = bank.translate("från", code, to="mål")
    fit = [each for each in known if each.coding and each.relationship in wanted.accept]
    best = sorted(fit, key=lambda each: -(each.confidence or 0))
    if not fit:
        rule = "no-counterpart" if any(each.coding is None for each in known) else "no-mapping"
        return (rule, {}) if wanted.missing == "reject" else (None, {code: ""} if wanted.missing == "keep" else {})
    tied = len(best) > 1 and best[0].confidence == best[1].confidence
    if len(best) > 1 and (wanted.choose == "reject" or (wanted.choose == "first-by-confidence" and tied)):
        return "several-mappings", {}
    if wanted.choose == "first-by-confidence":
        best = best[:1]
    return None, {each.coding.code: each.coding.display or "" for each in best if each.coding}


def read(path: Path, how: How) -> list[list[str]]:
    content = path.read_bytes().decode(ENCODINGS[how.encoding])
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=how.separator))


@given(files(), profiles, st.sampled_from(["complete", "fragment"]))
@settings(max_examples=150)
def test_every_cell_is_found_again(file: tuple[How, list[Written]], profile: Profile, content: str) -> None:
    how, records = file
    data, lines = stored(how, records)
    encoding = how.encoding.replace("-sig", "").replace("-le", "")
    given_ = Input(
        encoding=encoding, separator=how.separator, skip_rows=how.titles, stop_at=("summa",) if how.total else ()
    )
    profile = profile.with_(input=given_)
    asked = bank(content)
    blocks = functools.partial(scan.scan, block_size=how.block)
    quick = mock.patch("os.fsync")
    with tempfile.TemporaryDirectory() as top, quick, mock.patch("termbank.records.tables.scan", blocks):
        folder = Path(top)
        (folder / "in.csv").write_bytes(data)
        summary = asked.convert_records(folder / "in.csv", profile, folder / "out.csv", language="en")
        again = asked.convert_records(folder / "in.csv", profile, folder / "again.csv", language="en")
        assert again.with_(output=summary.output, rejects=summary.rejects) == summary
        assert (folder / "out.csv").read_bytes() == (folder / "again.csv").read_bytes()
        assert (folder / "out.rejects.csv").read_bytes() == (folder / "again.rejects.csv").read_bytes()
        out, rejects = read(folder / "out.csv", how), read(folder / "out.rejects.csv", how)
        written = [(folder / name).read_bytes() for name in ("out.csv", "out.rejects.csv")]

    safe = neutralise if profile.formulas == "neutralise" else str
    expected_out, expected_rejects = [], []
    for record, line in zip(records, lines, strict=True):
        if not record.cells:
            continue
        rule = {"few": "too-few-fields", "many": "too-many-fields", "nul": "nul-byte"}.get(record.fault, record.fault)
        if rule:
            byte = "byte\\xff" if how.encoding.startswith("utf-8") else "byte\\x81"
            shown = [cell.replace("\0", "\\x00") for cell in record.cells]
            shown[0] = shown[0].replace("byte", byte)
            expected_rejects.append([str(line), rule, *map(safe, shown)])
            continue
        verdict = judged(record.cells, profile, asked)
        if verdict.rule:
            expected_rejects.append([str(line), verdict.rule, *map(safe, record.cells)])
        else:
            expected_out.append([*map(safe, verdict.cells)])

    rows = [record for record in records if record.cells]
    assert summary.rows_in == len(rows) == summary.rows_out + summary.rows_rejected
    unseen = bool(records) and not (records[-1].cells or how.final or how.total)  # nothing after the last line end
    assert summary.blank_lines == len(records) - len(rows) - unseen
    assert out[0] == [*HEADER, *profile.added()]
    assert out[1:] == expected_out
    assert rejects[0] == ["termbank_line", "termbank_rule", "termbank_reason", *HEADER]
    assert [[row[0], row[1], *row[3:]] for row in rejects[1:]] == expected_rejects
    assert all(row[2] for row in rejects[1:])
    codec = "utf-16-le" if how.encoding == "utf-16-le" else ENCODINGS[how.encoding].replace("-sig", "")
    for each in written:
        assert each.endswith(how.newline.encode(codec)) or not how.final
        assert (each[:3] == b"\xef\xbb\xbf") == (how.encoding == "utf-8-sig")


def test_a_quote_that_never_closes_takes_nothing_with_it(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('Ärende;Datum;Kod;Text\n1;;A1;"öppen\n2;;A1;b\n3;;X9;c\n4;;A1;d\n', encoding="utf-8")
    profile = Profile(columns=(Column(name="Kod", system="från"),))
    summary = bank("complete").convert_records(source, profile, tmp_path / "out.csv")
    how = How("utf-8", ";", "\n", True, 0, False, 0)
    assert [row[0] for row in read(tmp_path / "out.csv", how)] == ["Ärende", "2", "4"]
    rejects = read(tmp_path / "out.rejects.csv", how)
    assert [row[:2] for row in rejects[1:]] == [["2", "unclosed-quote"], ["4", "unknown-code"]]
    assert rejects[1][3] == '1;;A1;"öppen'
    assert (summary.rows_in, summary.rows_out, summary.rows_rejected) == (4, 2, 2)


def test_a_rejected_row_cannot_start_a_formula_either(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('Ärende;Kod\n=1+1;"@x";=2\n-5;A1;+46 70\n', encoding="utf-8")
    profile = Profile(columns=(Column(name="Kod", system="från"),))
    summary = bank("complete").convert_records(source, profile, tmp_path / "out.csv")
    how = How("utf-8", ";", "\n", True, 0, False, 0)
    rejects = read(tmp_path / "out.rejects.csv", how)
    assert [row[3:] for row in rejects[1:]] == [["'=1+1", "'@x", "'=2"], ["-5", "A1", "+46 70"]]
    assert [finding.rule for finding in summary.findings] == ["formula-neutralised"]


CELLS = [
    ["00417", DAY(2026, 3, 1), "A1", "text"],
    ["00418", datetime.datetime(2026, 3, 1, 14, 30), "a1", 12.5],
    [7, DAY(2025, 6, 1), "C3", True],
    [8, DAY(2026, 6, 1), "C3", None],
    ["9", "20260301", "X9", -3],
    [None, None, None, None],
    ["10", DAY(2026, 3, 1), "B2", "=1+1"],
    ["11", "inte än", "A1", datetime.time(8, 15)],
    ["12", DAY(2026, 3, 1), None, "rad\nbyte", "för mycket"],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as made:
        formats = {
            DAY: made.add_format({"num_format": "yyyy-mm-dd"}),
            datetime.datetime: made.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            datetime.time: made.add_format({"num_format": "hh:mm"}),
        }
        sheet = made.add_worksheet("Rader")
        sheet.write_row(0, 0, ["Uttag ur systemet"])
        sheet.write_row(1, 0, HEADER)
        for number, row in enumerate(CELLS, start=2):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell, formats.get(type(cell)))
        sheet.write_row(len(CELLS) + 2, 0, ["Summa", None, None, 9])
    return path


def sheet_of(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def test_a_workbook_keeps_its_types(workbook: Path) -> None:
    profile = Profile(
        date="Datum",
        input=Input(skip_rows=1, stop_at=("summa",)),
        columns=(Column(name="Kod", system="från", translate=Translate(to="mål", into="Mål", missing="empty")),),
    )
    out, rejects = workbook.with_name("out.xlsx"), workbook.with_name("rejects.xlsx")
    summary = bank("complete").convert_records(workbook, profile, out, rejects=rejects)
    midnight = datetime.datetime.combine
    at = {day: midnight(day, datetime.time()) for day in (DAY(2026, 3, 1), DAY(2025, 6, 1), DAY(2026, 6, 1))}
    assert sheet_of(out) == [
        [*HEADER, "Mål"],
        ["00417", at[DAY(2026, 3, 1)], "A1", "text", "M1"],
        ["00418", datetime.datetime(2026, 3, 1, 14, 30), "A1", 12.5, "M1"],
        [7, at[DAY(2025, 6, 1)], "C3", True, "M1"],
        ["10", at[DAY(2026, 3, 1)], "B2", "'=1+1", "M2"],
    ]
    found = sheet_of(rejects)
    assert [(row[0], row[1]) for row in found[1:]] == [
        (6, "no-longer-valid"), (7, "unknown-code"), (10, "invalid-date"), (11, "too-many-fields"),
    ]  # fmt: skip
    assert found[1][3:] == [8, at[DAY(2026, 6, 1)], "C3", None]
    assert found[2][3:] == ["9", "20260301", "X9", -3]
    assert found[3][3:] == ["11", "inte än", "A1", datetime.time(8, 15)]
    assert "för mycket" in str(found[4][3])
    counts = (summary.rows_in, summary.rows_out, summary.rows_rejected, summary.blank_lines, summary.trailing_rows)
    assert counts == (8, 4, 4, 1, 1)
    again = workbook.with_name("again.xlsx")
    bank("complete").convert_records(workbook, profile, again, rejects=workbook.with_name("again.rejects.xlsx"))
    assert sheet_of(again) == sheet_of(out)
    assert [oct(path.stat().st_mode & 0o777) for path in (out, rejects)] == ["0o600", "0o600"]
