"""Where findings stand: the same as by counting from the beginning."""

from hypothesis import given
from hypothesis import strategies as st

from termbank.model import Finding, Location
from termbank.reports.places import excerpt
from termbank.reports.report import Block, Checked
from termbank.reports.sarif_places import _place


@given(st.text("ab\n\r", max_size=40), st.data())
def test_line_and_column(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert _place(text, offset) == (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def test_an_excerpt_stays_in_its_block() -> None:
    text = " ".join(f"ord{number:03}" for number in range(500))
    blocks = tuple(Block(start, start + 6, "cell", None, None) for start in range(0, len(text), 7))
    checked = Checked("a.txt", text, blocks)
    for block in blocks:
        finding = Finding(rule="notation", severity="info", location=Location(start=block.start + 1, end=block.end))
        found = excerpt(checked, finding, 80)
        assert found is not None
        assert found.before + found.words + found.after == text[block.start : block.end]
