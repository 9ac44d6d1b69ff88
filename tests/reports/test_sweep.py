import datetime

from lxml import html
from making import DAY, Page, found, small, written

from termbank.model import Finding
from termbank.reports.counting import WEIGHTS
from termbank.reports.report import Checked, Report
from termbank.reports.sweep import ranked


def document(path: str, new: dict[str, int], known: dict[str, int] | None = None, **more: object) -> Checked:
    findings = [Finding(rule="no-such-file", severity=kind) for kind, count in new.items() for _ in range(count)]
    before = [Finding(rule="no-mapping", severity=kind) for kind, n in (known or {}).items() for _ in range(n)]
    places = frozenset(range(len(findings), len(findings) + len(before)))
    return Checked(path, "x", (), (*findings, *before), known=places, **more)  # type: ignore[arg-type]


def test_the_worst_new_findings_come_first_and_known_ones_part_the_equal() -> None:
    report = Report(
        (
            document("d.md", {}, {"error": 50}),
            document("c.md", {"warning": 1}),
            document("b.md", {"warning": 1}, {"info": 1}),
            document("a.md", {"error": 1}),
            Checked("fin.md", "x"),
        ),
        DAY,
    )
    assert [row.checked.path for row in ranked(report)] == ["a.md", "b.md", "c.md", "d.md"]


def test_what_is_told_of_a_document() -> None:
    tree = html.fromstring(written(small(), "sweep"))
    row = tree.get_element_by_id("r1").text_content()
    for said in ("13 poäng", "Rutin för ansvar", "Nytt: 1 fel, 1 varning; 1 upplysning, känd sedan tidigare", "MAS",
                 "2021-03-01", "med kommentarer", "rad\u00a02,\u00a0tecken\u00a05", "3 anmärkningar"):  # fmt: skip
        assert said in row
    assert "b.pdf" in tree.get_element_by_id("refused").text_content()
    assert "1 dokument utan anmärkningar" in tree.get_element_by_id("calm").text_content()
    weights = f"{WEIGHTS['error']} poäng, en ny varning {WEIGHTS['warning']} och en ny upplysning {WEIGHTS['info']}"
    assert weights in tree.get_element_by_id("overview").text_content()
    rows = [[cell.text_content() for cell in line[1:]] for line in tree.xpath("//table[@class='rules']/tbody/tr")]
    assert rows == [["2", "2", "1"], ["0", "1", "1"]]


def test_every_order_can_be_read_without_script() -> None:
    documents = tuple(
        document(f"{name}.md", {"error": count}, owner=owner, date=date)
        for name, count, owner, date in (
            ("ö", 1, "B", datetime.date(2020, 1, 1)),
            ("a", 2, None, None),
            ("å", 3, "A", datetime.date(2019, 1, 1)),
        )
    )
    tree = html.fromstring(written(Report(documents, DAY), "sweep"))
    orders = [[each.text for each in order.xpath(".//a")] for order in tree.xpath("//ul[@class='order']")]
    assert orders == [["a.md", "å.md", "ö.md"], ["å.md", "ö.md", "a.md"], ["å.md", "ö.md", "a.md"]]


def test_links_lead_from_where_the_page_lies() -> None:
    source = written(small(folder="rapporter"), "sweep")
    assert 'href="../ut/rutin%20%C3%A5.docx"' in source


def test_four_hundred_documents_are_less_than_two_megabytes() -> None:
    text = " ".join(f"landstinget{number}" for number in range(60))
    findings = tuple(found(text, f"landstinget{number}") for number in range(60))
    documents = tuple(Checked(f"mapp/rutin-{number}.md", text, (), findings) for number in range(400))
    source = written(Report(documents, DAY), "sweep")
    assert len(source.encode()) < 2_000_000
    Page(source).check()
