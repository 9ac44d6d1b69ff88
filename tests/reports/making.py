"""Reports for tests, and a strict reader of the pages."""

import datetime
import io
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import strategies as st

from termbank.model import Concept, Definition, Edit, Finding, Location, Term
from termbank.reports.forms import writer
from termbank.reports.report import Block, Checked, Report

DAY = datetime.date(2026, 11, 22)
REGION = Concept(
    id="region",
    terms=(Term(text="region"), Term(text="landsting", status="superseded")),
    definitions=(Definition(text="kommun på regional nivå", wording="official", source="kommunallagen (2017:725)"),),
    comment="Namnet ändrades 2019.",
)
VOID = {"meta", "input", "br", "link", "hr", "img"}
SENTENCE = "För landstinget gäller 2 kap. 7 § SoL."


def written(report: Report, form: str, language: str = "sv") -> str:
    stream = io.StringIO()
    writer(form)(report, stream, language)
    return stream.getvalue()


def found(whole: str, words: str, path: str = "rutin.md", replacement: str | None = None, **more: object) -> Finding:
    """A finding about the first place of words in a text that is its file."""
    start = whole.index(words)
    location = Location(
        path=path,
        line=whole.count("\n", 0, start) + 1,
        column=start - whole.rfind("\n", 0, start),
        start=start,
        end=start + len(words),
    )
    fields: dict[str, object] = {
        "rule": "deprecated-term",
        "severity": "warning",
        "arguments": (("term", words), ("preferred", "region")),
        "location": location,
        "value": words,
        "edits": (Edit(start=start, end=start + len(words), text=replacement),) if replacement else (),
        "concepts": ("names#region",),
        **more,
    }
    return Finding.model_validate(fields)


def small(**more: object) -> Report:
    """One document that something was found in, one that is fine, one that could not be read."""
    text = f"Avsikt\n{SENTENCE}\n"
    blocks = (Block(0, 6, "heading", None, 1), Block(7, 7 + len(SENTENCE), "paragraph", None, None))
    first = Checked(
        "rutiner/rutin.md",
        text,
        blocks,
        (
            found(text, "landstinget", replacement="regionen"),
            found(text, "2 kap. 7 § SoL", severity="error"),
            Finding(rule="no-such-file", severity="info"),
        ),
        title="Rutin för ansvar",
        owner="MAS",
        date=datetime.date(2021, 3, 1),
        known=frozenset({2}),
        outputs=(("commented", "ut/rutin å.docx"),),
    )
    refused = Checked("b.pdf", refused=Finding(rule="no-such-file", severity="error"))
    fields: dict[str, object] = {
        "documents": (first, Checked("fin.md", "Bra text."), refused),
        "made_on": DAY,
        "entries": {"names#region": REGION},
        "banks": ("termbank|2026-11-22",),
        **more,
    }
    return Report(**fields)  # type: ignore[arg-type]


class Page(HTMLParser):
    """Reads a page strictly: every element closed where it should be; keeps ids, links and texts."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.all: list[str] = []
        self.feed(source)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "href" in attributes:
            self.links.append(attributes["href"])
        if tag not in VOID:
            self.open.append((tag, attributes))
        if "b" in attributes.get("class", "").split() and tag in ("p", "pre", "div", "h3", "h4", "h5", "h6"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag, tag

    def handle_data(self, data: str) -> None:
        classes = [attributes.get("class", "").split() for _, attributes in self.open]
        self.all.append(data)
        if any("b" in each for each in classes) and not any("ref" in each for each in classes):
            self.texts[-1] += data

    def check(self) -> None:
        """Hold what every page promises."""
        assert len(set(self.ids)) == len(self.ids)
        for link in self.links:
            if link.startswith("#"):
                assert link[1:] in self.ids, link
        for tag, attributes in self.elements:
            assert "style" not in attributes, tag
            assert not [name for name in attributes if name.startswith("on")], tag
            assert "src" not in attributes, tag
            assert not attributes.get("href", "").lower().startswith(("http", "javascript", "data")), attributes
        marks = {name for name in self.ids if "-m" in name}
        notes = {name for name in self.ids if "-n" in name}
        assert {mark.replace("-m", "-n") for mark in marks} <= notes


_PARTS = (
    None,
    None,
    "header 1",
    "footnote 2",
    "page 3",
    "table 1, cell A1",
    "table 1, cell C2",
    "sheet Blad1, cell B7",
)
_KINDS = ("title", "heading", "paragraph", "list-item", "cell", "caption", "quotation", "footnote")
_RULES = ("deprecated-term", "unknown-code", "no-such-file", "no-mapping")
TEXTS = st.text(
    st.one_of(
        st.sampled_from("abcåäö <>&\"'\n\r\t\x00\x0b\x1b\x1c\x85\u2028\u202e\ud800\ufffe漢e\u0301[](){}0|`%:,"),
        st.characters(),
    ),
    max_size=120,
) | st.sampled_from(["</script><script>alert(1)</script>", "]]><!--", "<mark>", "::error::\n::warning::x"])


@st.composite
def documents(draw: st.DrawFn) -> Checked:
    """Any text in any blocks with any findings."""
    text = draw(TEXTS)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    blocks = []
    for start, end in pairwise(cuts):
        if draw(st.booleans()):
            part = draw(st.sampled_from(_PARTS))
            level = draw(st.sampled_from([None, 1, 2, 5]))
            blocks.append(Block(start, end, draw(st.sampled_from(_KINDS)), part, level))
    findings = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) + 2))
        end = draw(st.integers(start, len(text) + 4))
        value = draw(st.none() | TEXTS)
        line = draw(st.none() | st.integers(1, 9))
        location = Location(start=start, end=end, line=line, column=line, part=draw(st.sampled_from(_PARTS)))
        findings.append(
            Finding(
                rule=draw(st.sampled_from(_RULES)),
                severity=draw(st.sampled_from(["info", "warning", "error"])),
                arguments=(("term", value or "x"), ("code", text[:9])),
                location=draw(st.sampled_from([location, location, location, None, Location()])),
                value=value,
                hint=draw(st.none() | TEXTS),
                edits=(Edit(start=start, end=end, text=draw(TEXTS)),) if draw(st.booleans()) else (),
                concepts=("names#region",) if draw(st.booleans()) else (),
            )
        )
    known = frozenset(draw(st.sets(st.integers(0, max(0, len(findings) - 1)), max_size=2))) if findings else frozenset()
    name = draw(st.sampled_from(["a.md", "b b.docx", "å,%:.txt", "C:\\x\\y.md", "</title>.md"]))
    return Checked(name, text, tuple(blocks), tuple(findings), title=draw(st.none() | TEXTS), known=known)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any run."""
    refused = st.just(Checked("c.pdf", refused=Finding(rule="no-such-file", severity="error")))
    checked = draw(st.lists(st.one_of(documents(), documents(), refused), max_size=3))
    return Report(tuple(checked), DAY, {"names#region": REGION}, ("termbank|2026",), mask=draw(st.booleans()))
