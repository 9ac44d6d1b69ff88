"""Whatever stands in a file: every row is accepted or refused, and nothing else than a FormatError is raised."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.errors import FormatError
from termbank.formats import mapping_files
from termbank.formats.mapping_files import Format
from termbank.formats.mappings import rf2_maps, table, usagi

pytestmark = pytest.mark.slow

WORDS = st.sampled_from(
    ["", " ", "1", "0", "-1", "A1", "APPROVED", "UNCHECKED", "UNMATCHED", "EQUAL", "saknas", "not =", "0,5",
     "2026-03-01", "20260101", "TRUE", "IFA 248152002 | F |", "447562003", "447557004", "1E99", "nan", "inf", "1e400",
     "9" * 40, "²", "x:y", ":", "not x:y", "sssom:NoTermFound", "447556008"]
) | st.text(max_size=4)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(allow_nan=False) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["uri", "und", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
CONCEPT = st.fixed_dictionaries({}, optional={"uri": WORDS, "notation": st.lists(WORDS, max_size=2),
                                              "prefLabel": st.dictionaries(WORDS, WORDS, max_size=1),
                                              "inScheme": st.lists(JSON, max_size=1)})  # fmt: skip
BUNDLE = JSON | st.dictionaries(
    st.sampled_from(["memberSet", "memberList", "memberChoice", "memberRoles"]),
    JSON | st.lists(CONCEPT | st.none(), max_size=3),
    max_size=1,
)  # fmt: skip
TYPES = JSON | st.just(["http://www.w3.org/2004/02/skos/core#exactMatch"])
FIELDS = [
    "fromScheme",
    "toScheme",
    "created",
    "creator",
    "tool",
    "note",
    "annotations",
    "mappingRelevance",
    "justification",
]
OBJECT = st.fixed_dictionaries(
    {"from": BUNDLE, "to": BUNDLE}, optional={"type": TYPES, **dict.fromkeys([*FIELDS, "x"], JSON)}
)  # fmt: skip
HEADER = st.dictionaries(
    st.sampled_from(["uri", "prefLabel", "license", "notation", "fromScheme", "version"]), JSON, max_size=3
)


def read_again(path: Path, form: Format, rows: int | None) -> None:
    try:
        found = mapping_files.read(path, form, source="a", target="b")
    except FormatError:
        return
    assert found.rows == len(found.mapping_set.mappings) + len(found.refused)
    assert len(found.places) == len(found.mapping_set.mappings)
    assert all(refusal in found.findings for refusal in found.refused)
    if rows is not None:
        assert found.rows >= rows
    for finding in found.findings:
        assert finding.message("sv") and finding.location and finding.location.path
    if not any("\ud800" <= letter <= "\udfff" for letter in found.mapping_set.to_json()):
        mapping_files.write(found.mapping_set, path, form)
        assert mapping_files.read(path, form, source="a", target="b").rows >= 0


@given(content=st.one_of(OBJECT, st.lists(OBJECT | JSON, max_size=3), st.tuples(HEADER, st.lists(OBJECT, max_size=2))))
def test_any_jskos(content: Any) -> None:
    whole = {**content[0], "mappings": content[1]} if isinstance(content, tuple) else content
    rows = len(content[1]) if isinstance(content, tuple) else len(content) if isinstance(content, list) else 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.json")
        path.write_text(json.dumps(whole), encoding="utf-8")
        read_again(path, "jskos", rows)


@pytest.mark.parametrize(
    ("form", "columns", "separator"),
    [("usagi", usagi.COLUMNS, ","), ("table", tuple(table.COLUMNS), ";"), ("rf2", rf2_maps.COLUMNS["extended"], "\t")],
)  # fmt: skip
@given(data=st.data())
def test_any_rows(form: Format, columns: tuple[str, ...], separator: str, data: st.DataObject) -> None:
    common = {"active": "1", "sourceCode": "A", "source_code": "A", "referencedComponentId": "1", "conceptId": "7",
              "target_code": "B", "id": "i", "refsetId": "447562003"}  # fmt: skip
    row = st.fixed_dictionaries({name: st.just(common.get(name, "")) | WORDS for name in columns})
    rows = data.draw(st.lists(row, min_size=1, max_size=3))
    clean = [[cell.translate(dict.fromkeys(map(ord, '"\r\n\t;,\0'))) for cell in each.values()] for each in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_text(
            "".join(separator.join(each) + "\n" for each in [list(columns), *clean]), encoding="utf-8", errors="replace"
        )
        blank = sum(not any(cell.strip() for cell in each) for each in clean)
        read_again(path, form, None if form == "rf2" else len(rows) - blank)


@pytest.mark.parametrize("form", ["usagi", "table", "rf2", "jskos"])
@given(data=st.binary(max_size=60))
def test_any_bytes(form: Format, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(data)
        read_again(path, form, None)
