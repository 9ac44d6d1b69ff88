from termbank.documents.document import Document, Remark, Segment
from termbank.text.hits import Hit
from termbank.text.ignoring import ignored

TEXT = "Om SKL.\nMer om SKL.\nSist SKL."
SEGMENTS = (Segment(0, 7), Segment(8, 19), Segment(20, 29))
HITS = [Hit("superseded-term", start, start + 3, "SKL") for start in (3, 15, 25)]


def silent(*remarks: Remark) -> list[bool]:
    document = Document("a.md", "markdown", TEXT, SEGMENTS, remarks=remarks)
    return [ignored(document, hit) for hit in HITS]


def test_without_remarks_nothing_is_ignored() -> None:
    assert silent() == [False, False, False]
    assert silent(Remark(8, 8, "granska detta")) == [False, False, False]


def test_a_comment_on_words_ignores_them() -> None:
    assert silent(Remark(15, 18, "termbank: ignore")) == [False, True, False]


def test_a_comment_between_paragraphs_ignores_the_next() -> None:
    assert silent(Remark(8, 8, "termbank: ignore superseded-term")) == [False, True, False]
    assert silent(Remark(8, 8, "termbank: ignore sam-usage, repealed-law")) == [False, False, False]


def test_off_and_on_enclose_a_stretch() -> None:
    assert silent(Remark(0, 0, "termbank: off"), Remark(20, 20, "termbank: on")) == [True, True, False]
    assert silent(Remark(8, 8, "termbank:off superseded-term")) == [False, True, True]
