import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from making import DAY, Page, documents, found, reports, small, written

from termbank.model import Finding, Location
from termbank.reports.characters import visible
from termbank.reports.report import Block, Checked, Report

LANGUAGES = st.sampled_from(["sv", "en"])


def squeezed(text: str) -> str:
    return "".join(visible(text).split())


@given(documents(), LANGUAGES)
def test_any_text_with_any_findings_is_complete_and_unchanged(checked: Checked, language: str) -> None:
    page = Page(written(Report((checked,), DAY), "html", language))
    page.check()
    assert squeezed("".join(page.texts)) == squeezed(checked.text)
    for block in checked.blocks:
        said = visible(checked.text[block.start : block.end])
        assert any(said in each for each in page.texts)
    assert {f"d1-n{number}" for number in range(1, len(checked.findings) + 1)} <= set(page.ids)


@given(reports(), LANGUAGES)
def test_every_page_keeps_its_promises(report: Report, language: str) -> None:
    for form in ("html", "sweep"):
        page = Page(written(report, form, language))
        page.check()
        assert page.elements[0] == ("html", {"lang": language})


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8))
def test_overlapping_nested_and_adjacent_marks_cover_exactly_their_words(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghij klmnopqrs"
    findings = tuple(
        Finding(rule="no-such-file", severity="error", location=Location(start=min(span), end=max(span)))
        for span in spans
    )
    tree = html.fromstring(written(Report((Checked("a.txt", text, (), findings),), DAY), "html"))
    covered = {place for span in spans for place in range(min(span), max(span))}
    place = 0
    for node in tree.xpath("//div[@class='document']//*[contains(@class,'b')]/descendant-or-self::text()"):
        owner = node.getparent()
        inside = owner if not node.is_tail else owner.getparent()
        if inside.get("class", "").startswith("ref"):
            continue
        for _ in node:
            assert (inside.tag == "mark") == (place in covered)
            place += 1
    assert place == len(text)


def test_what_an_author_reads() -> None:
    tree = html.fromstring(written(small(), "html"))
    note = tree.get_element_by_id("d1-n1").text_content()
    for said in ("Varning", "rad 2, tecken 5", "Skriv ”regionen” i stället för ”landstinget”.", "Råd:", "region",
                 "källans ordalydelse", "kommun på regional nivå", "Ersatt term", "kommunallagen"):  # fmt: skip
        assert said in note
    assert tree.get_element_by_id("d1-m1").getprevious().text == "landstinget"
    assert "känd sedan tidigare" in tree.get_element_by_id("d1-n3").text_content()
    assert "Råd: se 1" in tree.get_element_by_id("d1-n2").text_content()
    assert tree.xpath("string(//section[@id='found']/p[1])") == "1 fel och 1 varning i 2 dokument."
    assert tree.xpath("//p[@class='files']/a/@href") == ["ut/rutin%20%C3%A5.docx"]
    assert [each.tag for each in tree.xpath("//h1|//h2|//h3|//h4")] == ["h1", "h2", "h2", "h3", "h3", "h2", "h2"]
    assert tree.xpath("//div[@class='document']/@lang") == ["sv", "sv"]


def test_in_english_the_text_stays_swedish() -> None:
    tree = html.fromstring(written(small(), "html", "en"))
    assert tree.get("lang") == "en"
    assert tree.xpath("//div[@class='document']/@lang") == ["sv", "sv"]
    assert set(tree.xpath("//div[@class='document']//ul[@class='notes']/@lang")) == {"en"}
    assert "Write “regionen” instead of “landstinget”." in tree.get_element_by_id("d1-n1").text_content()


def test_table_cells_stand_in_rows_and_columns() -> None:
    text = "Vad\nVem\nMöte\nregion"
    blocks = (
        Block(0, 3, "cell", "table 1, cell A1", None),
        Block(4, 7, "cell", "table 1, cell B1", None),
        Block(8, 12, "cell", "table 1, cell A2", None),
        Block(13, 19, "cell", "table 1, cell C2", None),
    )
    tree = html.fromstring(written(Report((Checked("a.docx", text, blocks),), DAY), "html"))
    rows = [[cell.text_content() for cell in row] for row in tree.xpath("//tr")]
    assert rows == [["Vad", "Vem", ""], ["Möte", "", "region"]]
    assert tree.xpath("string(//caption)") == "Tabell 1"


def test_a_finding_across_blocks_is_marked_in_both_and_noted_once() -> None:
    text = "ett två\ntre fyra"
    blocks = (Block(0, 7, "paragraph", None, None), Block(8, 16, "paragraph", None, None))
    finding = Finding(rule="no-such-file", severity="error", location=Location(start=4, end=11))
    tree = html.fromstring(written(Report((Checked("a.md", text, blocks, (finding,)),), DAY), "html"))
    assert [mark.text for mark in tree.xpath("//div[@class='document']//mark")] == ["två", "tre"]
    assert len(tree.xpath("//a[@id='d1-m1']")) == len(tree.xpath("//li[@id='d1-n1']")) == 1


def test_a_page_runs_only_its_own_script() -> None:
    text = "</script><script>alert(1)</script> \"'&"
    source = written(Report((Checked("</title>.md", text, (), (found(text, "alert"),)),), DAY), "html")
    assert source.count("<script>") == source.count("</script>") == source.count("<style>") == 1
    assert "default-src 'none'" in source.replace("&#x27;", "'")
    assert "http" not in source.replace("http-equiv", "")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "junit", "github", "html", "sweep"])
def test_a_masked_report_shows_nothing_of_the_texts(form: str) -> None:
    for language in ("sv", "en"):
        source = written(small(mask=True), form, language)
        for words in ("landstinget", "2 kap. 7 § SoL", "Avsikt", "regionen", "Rutin för ansvar", "Bra text"):
            assert words not in source, (form, words)
        assert "rutin.md" in source


def test_a_big_document_stays_small_and_quick() -> None:
    line = "När landstinget och kommunen samverkar ska det framgå vem som svarar för vad och hur det följs upp. " * 2
    text = "\n".join([line] * 4000)
    step = len(text) // 500
    findings = tuple(found(text, "landstinget").with_(
        location=Location(start=place, end=place + 11)) for place in range(0, step * 500, step))  # fmt: skip
    assert len(written(Report((Checked("a.docx", text, (), findings),), DAY), "html").encode()) < 3_000_000


def test_advice_is_given_once_and_hints_every_time() -> None:
    text = "landstinget och landstingen"
    findings = (found(text, "landstinget", hint="Första."), found(text, "landstingen", hint="Andra."))
    report = Report((Checked("a.md", text, (), findings),), DAY)
    for form in ("html", "text"):
        source = written(report, form)
        assert source.count("Byt ut termen") == source.count("Första.") == source.count("Andra.") == 1


def test_code_within_a_paragraph_does_not_end_it() -> None:
    text = "Kör `a b`, sedan landstinget `c`\n\n```\nkod\n```\nSlut"
    places = [(0, 4), (9, 29), (text.index("Slut"), len(text))]
    blocks = tuple(Block(start, end, "paragraph", None, None) for start, end in places)
    checked = Checked("a.md", text, blocks, (found(text, "landstinget"),))
    tree = html.fromstring(written(Report((checked,), DAY), "html"))
    for ref in tree.xpath("//a[contains(@class,'ref')]"):
        ref.text = ""
    said = [each.text_content() for each in tree.xpath("//*[contains(concat(' ',@class,' '),' b ')]")]
    assert said == ["Kör `a b`, sedan landstinget `c`", "```\nkod\n```", "Slut"]
    assert [each.text for each in tree.xpath("//code")] == ["`a b`", "`c`"]
