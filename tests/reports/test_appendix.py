import datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from making import DAY, TEXTS, Page
from markdown_it import MarkdownIt

from termbank.reports.appendix import Cited, Used, fragment, markdown

CONCEPTS = (
    Used("samverkan", "att handla tillsammans", "post 516", "ours", DAY),
    Used("region", "kommun på regional nivå", "kommunallagen", "official", None, "superseded", ("landsting",)),
)
LAWS = (
    Cited("2 kap. 7 § SoL (2001:453)", "individuell plan", None, datetime.date(2025, 6, 30), ("10 kap. 8 § SoL",)),
    Cited("16 kap. 4 § HSL", "individuell plan", datetime.date(2017, 4, 1)),
)


def test_the_tables_say_what_applies() -> None:
    tree = html.fromstring(fragment(CONCEPTS, LAWS, DAY, "sv"))
    rows = [[cell.text_content() for cell in row] for row in tree.xpath("//tbody/tr")]
    assert rows == [
        ["samverkan", "rekommenderad", "att handla tillsammans (vår formulering)", "post 516", "2026-11-22"],
        ["region (landsting)", "ersatt", "kommun på regional nivå (källans ordalydelse)", "kommunallagen", ""],
        ["2 kap. 7 § SoL (2001:453)", "individuell plan",
         "gäller inte sedan 2025-07-01; ersatt av 10 kap. 8 § SoL", "", ""],
        ["16 kap. 4 § HSL", "individuell plan", "gäller", "", ""],
    ]  # fmt: skip


@given(TEXTS, TEXTS, st.sampled_from(["sv", "en"]))
def test_any_words_stay_in_their_cells(term: str, definition: str, language: str) -> None:
    concepts, laws = [Used(term, definition)], [Cited(term, definition)]
    Page(fragment(concepts, laws, DAY, language)).check()
    rendered = MarkdownIt("commonmark").enable("table").render(markdown(concepts, laws, DAY, language))
    tree = html.fromstring(f"<div>{rendered}</div>")
    assert [len(row) for row in tree.xpath("//tr")] == [5, 5, 5, 5]
    assert not tree.xpath("//script|//a|//img|//em|//code")


def test_without_anything_it_says_so() -> None:
    assert "No legal references were found." in markdown((), (), DAY, "en")
    assert "Inga begrepp hittades." in fragment((), (), DAY, "sv")
