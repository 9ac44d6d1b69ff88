"""Finds what in a document is not the author's own words: quotations, titles, names, references, addresses."""

import re
from collections.abc import Iterable, Iterator

from termbank.documents.document import Document, Segment
from termbank.text.mention import Mention
from termbank.text.references import bibliographies, entries
from termbank.text.view import Zone

_QUOTED = re.compile(r"”[^”\n]{1,600}”|“[^”“\n]{1,600}[”“]|„[^”“\n]{1,600}[”“]|\"[^\"\n]{1,600}\"|»[^«»\n]{1,600}[«»]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]+|(?<![\w-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,8}\.(?:se|nu|com|org|eu|net)(?:/\S*)?\b"
    r"|(?<![\w-])[\w-]{1,120}\.(?:docx?|xlsx?|pdf|pptx?|odt|html?|txt|csv|xml)\b",
    re.IGNORECASE,
)
_STATUTE = re.compile(
    r"\b(?:[A-ZÅÄÖa-zåäö]{0,60}(?:[Ll]ag|[Ff]örordning|[Bb]alk|ordning)(?:en)?"
    r"|[Ff]öreskrift(?:er(?:na)?)?(?: och allmänna råd)?"
    r"|[Aa]llmänna råd(?:en)?)(?P<number>\s*\((?:[A-ZÅÄÖ-]{2,10} )?(?:1[89]|20)\d\d:\d{1,4}\))?"
    r"(?:(?=(?P<title>\s+(?:om|med|angående)\s[^.;:()\n”\"]{3,200})))?"
)
_SECTION_TEXT = re.compile(r"\W*\d{1,3}(?: ?[a-z])? § +(?:[A-ZÅÄÖ][a-zåäö]+ ){1}")
"""A paragraph that begins as a section of a statute does: its words are quoted."""

_CIRCULAR = re.compile(r"[^().,;\n]{0,40}\b[Cc]irkulär\w{0,20}(?: nr)? \d{2,4}:\d+(?:,? från [^.;()\n]{3,60})?")
"""A circular is cited by its number, beside the name that its sender had then."""

_NUMBERED_TITLE = re.compile(r"\b(?:SFS|SOSFS|HSLF-FS|AFS) \d{4}:\d{1,4},? [A-ZÅÄÖ][^.;)\n]{10,160}")
"""The number of a statute or regulation, and its title after it."""

_CLAUSE = re.compile(
    r"\s(?:ska|skall|får|kan|bör|måste|gäller|anges|framgår|finns|regleras|har|är|trädde|upphörde|upphävdes|ersatte[s]?"
    r"|ersätts|samt|innebär|säger|anger|reglerar|ställer|som\s+(?:trädde|gäller|gällde|upphävdes|ersatte))\b"
)
_NAME_HEAD = re.compile(
    r"\b(?:Nationell[at]?|Svensk[at]?|Sveriges|Statens|Riksförbundet|Föreningen|Förbundet|Stiftelsen|Institutet|Centrum"
    r"|Kompetenscentrum|Samverkansnämnden|Samordningsförbundet|Kunskapscentrum|Nätverket|Tidskriften|Tidningen"
    r"|Handikappförbundens samarbetsorgan"
    r"|(?:Myndigheten|Förvaltningen|Enheten|Avdelningen|Nämnden|Utskottet|Rådet|Delegationen|Kommittén|Utredningen)"
    r"(?= (?:för|mot|om|i|av)\b))\b"
    r"(?: (?:för|i|om|av|och(?= [a-zåäö])|mot|till|på|vid|de|den|inom|[A-ZÅÄÖ][\wåäö-]*"
    r"|[a-zåäö]{4,}(?= (?:och|i|för|med) )))*"
)


def zones(document: Document, mentions: Iterable[Mention] = ()) -> list[Zone]:
    """Return the stretches of a document that are not the author's own words of today.

    Arguments:
        document: the document.
        mentions: its mentions; those of statutes and names are zones too.

    >>> from termbank.documents.document import Segment
    >>> text = "Termen ”handikapp” är avrådd."
    >>> [(text[z.start:z.end], z.kind) for z in zones(Document("a", "text", text, (Segment(0, 29),)))]
    [('”handikapp”', 'quotation')]
    """
    found = [*bibliographies(document), *_named(mentions)]
    for segment in document.segments:
        found.extend(_within(document.text, segment))
    return sorted(found)


def _within(text: str, segment: Segment) -> Iterator[Zone]:
    if segment.kind == "quotation":
        yield Zone(segment.start, segment.end, "quotation")
        return
    for match in _QUOTED.finditer(text, segment.start, segment.end):
        yield Zone(match.start(), match.end(), "quotation")
    for match in _ADDRESS.finditer(text, segment.start, segment.end):
        yield Zone(match.start(), match.end(), "address")
    yield from entries(text, segment)
    if _SECTION_TEXT.match(text, segment.start, segment.end):
        yield Zone(segment.start, segment.end, "statute")
    for match in _CIRCULAR.finditer(text, segment.start, segment.end):
        yield Zone(match.start(), match.end(), "bibliography")
    for match in _NUMBERED_TITLE.finditer(text, segment.start, segment.end):
        yield Zone(match.start(), match.end(), "statute")
    for match in _STATUTE.finditer(text, segment.start, segment.end):
        if match.group("number") or match.group("title"):
            yield Zone(match.start(), _title_end(match), "statute")
    for match in _NAME_HEAD.finditer(text, segment.start, segment.end):
        if " " in match.group():
            yield Zone(match.start(), match.end(), "name")


def _title_end(match: re.Match[str]) -> int:
    """Return where the title of a statute ends: before a verb, or a comma that is not of a list in the title."""
    title = match.group("title") or ""
    beyond = _CLAUSE.search(title)
    until = beyond.start() if beyond else len(title)
    comma = title.find(",")
    if 0 <= comma < until and "mellan" not in title[:comma]:
        until = comma
    return match.start("title") + until if title else match.end()


def _named(mentions: Iterable[Mention]) -> Iterator[Zone]:
    for mention in mentions:
        if mention.match not in ("exact", "inflected", "abbreviation"):
            continue
        if any(r.vocabulary in ("sfs", "sfs-sections", "regulations") for r in mention.readings):
            yield Zone(mention.start, mention.end, "statute")
        elif " " in mention.text and any(
            r.vocabulary == "names" and r.status != "superseded" for r in mention.readings
        ):
            yield Zone(mention.start, mention.end, "name")
