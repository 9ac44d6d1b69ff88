"""Finds the lists of references in a document, entries that stand alone, and what is printed about a publication."""

import re
from collections.abc import Iterator

from termbank.documents.document import Document, Segment
from termbank.text.tense import tense
from termbank.text.view import Zone

_HEADING = re.compile(
    r"^\W*(?:(?:\d+(?:\.\d+)*|[A-ZÅÄÖ]|[IVX]+)\.?\s+)?(?:referens(?:er|lista|litteratur|förteckning)"
    r"|referenser och .{0,40}"
    r"|käll(?:or|förteckning|hänvisning(?:ar)?|material)(?: och .{0,40})?"
    r"|litteratur(?:förteckning|lista|hänvisning(?:ar)?|referenser|tips)?(?: och .{0,40})?|lästips|läs mer"
    r"|fotnoter|noter"
    r"|bibliografi|mer att läsa|vidare läsning|publikationer|lagar och (?:andra )?(?:referenser|källor)"
    r"|dokumenthistorik|versionshistorik|ändringshistorik|ändringslogg|ändringsförteckning|revisionshistorik|historik)"
    r"\W*$",
    re.IGNORECASE,
)
"""What stands above a list of references, or of the versions of a document."""

_COLUMN = re.compile(
    r"\b(?:version|ändring|historik|revisionsdatum|ändrat|tidigare|upphävd|ersatt|ersätter|referens|källa)",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d[a-z]?(?!:\d)"
_NUMBER = r"\W*(?:\[?\d{1,3}[\].)]?\s+|\[\d{1,3}\]\s*)?"
_ENTRIES = (
    # who. What. Place: publisher, year
    re.compile(
        rf"{_NUMBER}[A-ZÅÄÖ][^\n]{{2,120}}?[.,:;]\s[^\n]{{5,260}}?[\s;,(:/]{_YEAR}\W*(?:[\[(][^\n\])]{{0,60}}[\])])?\W*"
    ),
    # who (year). What
    re.compile(
        rf"{_NUMBER}[A-ZÅÄÖ][^\n]{{1,140}}?\(\s?(?:{_YEAR}|u\.å\.|under utgivning)[^)\n]{{0,20}}\)"
        r"[.,:]?\s[^\n]{5,330}"
    ),
    # SFS 1982:763. Hälso- och sjukvårdslag. Stockholm: Socialdepartementet.
    re.compile(
        rf"{_NUMBER}(?:SFS|SOU|SOSFS|HSLF-FS|Ds|Prop\.?|Dir\.?|Bet\.?)\s*(?:19|20)\d\d(?:/\d\d)?:\d+[.,:]?\s[^\n]{{4,160}}"
        r"(?:Stockholm|departementet|Fritzes|Norstedts|Thomson|Notisum|Socialstyrelsen)[^\n]{0,40}"
    ),
)
"""An entry of a list of references, in the styles of APA, Harvard, Oxford and Vancouver."""

_PUBLISHED = re.compile(
    r"\b(?:(?:Stockholm|Göteborg|Lund|Uppsala|Umeå|Malmö|Linköping|Örebro)\s?[:,.]|Studentlitteratur|Norstedts|Fritzes"
    r"|Gothia|Liber\b|Natur (?:och|&) Kultur|[Hh]ämtad\W+(?:från|den|\d)|[Tt]illgänglig (?:på|via|från)|[Cc]iterad"
    r"|ISBN|ISSN|s\. ?\d+|https?:|www\.)|\[[Ii]nternet\]|\b\d{1,4}[-–]\d{1,4}\W*$"
)
_IMPRINT = re.compile(
    r"^\W{0,2}(?:©|källa(?:n|or)?:|foto(?:graf)?:|utgivare:|tryck:|produktion:|isbn|issn|publikationsnummer|artikelnummer"
    r"|best(?:ällnings)?\.?\s?n(?:r|ummer)|förlag:|referens(?:er)?:|copyright|bild:|illustration(?:er)?:)",
    re.IGNORECASE,
)
_DATED = re.compile(rf"{_NUMBER}[A-ZÅÄÖ][^\n]{{1,140}}?\({_YEAR}\)[.,:]?\s")
_PASSIVE = re.compile(r"\w{3,}(?:[rlnktdgbsv]as|igs|[lr]ds)")
_TEXTUAL = ("paragraph", "list-item", "footnote", "endnote", "cell", "caption")
_LONGEST = 420


def bibliographies(document: Document) -> Iterator[Zone]:
    """Yield lists of references and of versions: from their heading to the next heading that is not below it.

    Arguments:
        document: the document.

    >>> from termbank.documents.plain import document
    >>> text = "1 Syfte\\n\\nSamverkan.\\n\\n2 Referenser\\n\\nSKL. Använd SIP."
    >>> [text[zone.start:zone.end] for zone in bibliographies(document(text))]
    ['Referenser\\n\\nSKL. Använd SIP.']
    """
    start: int | None = None
    level = 1
    for segment in document.segments:
        short = segment.end - segment.start < 60
        heading = segment.kind in ("heading", "title")
        if start is not None and heading and (segment.level or 1) <= level:
            yield Zone(start, segment.start, "bibliography")
            start = None
        if start is None and short and segment.kind != "cell" and _HEADING.match(_first_line(document, segment)):
            start, level = segment.start, (segment.level or 1) if heading else 9
    if start is not None and document.segments:
        yield Zone(start, document.segments[-1].end, "bibliography")


def _first_line(document: Document, segment: Segment) -> str:
    return document.text[segment.start : segment.end].partition("\n")[0]


def entries(text: str, segment: Segment) -> Iterator[Zone]:
    """Yield the lines of a segment that are entries of a list of references, or tell of a publication.

    Arguments:
        text: the document's text.
        segment: one of its segments.
    """
    if segment.kind not in _TEXTUAL:
        return
    if segment.kind == "cell" and segment.column and _COLUMN.search(segment.column):
        yield Zone(segment.start, segment.end, "bibliography")
        return
    for start, end in _lines(text, segment):
        if end - start < _LONGEST and is_entry(text[start:end]):
            yield Zone(start, end, "bibliography")


def is_entry(line: str) -> bool:
    """Tell whether a line is an entry of a list of references, or names source, photographer or printer.

    >>> is_entry("SKL (2012): Bättre liv för sjuka äldre. Stockholm.")
    True
    >>> is_entry("Landstinget ansvarar för läkarna, och det gäller även 2026.")
    False
    """
    if _IMPRINT.match(line):
        return True
    if not any(entry.fullmatch(line) for entry in _ENTRIES):
        return False
    told = _DATED.match(line)
    return not _has_verb(told[0]) if told else bool(_PUBLISHED.search(line)) or not _has_verb(line)


def _has_verb(text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    return any(tense(word) or _PASSIVE.fullmatch(word) for word in words)


def _lines(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    start = segment.start
    for line in text[segment.start : segment.end].splitlines(keepends=True):
        yield start, start + len(line.rstrip())
        start += len(line)
