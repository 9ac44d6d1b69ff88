"""The day that a document is judged for: as it says itself."""

import datetime
import re
from collections.abc import Iterator

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join((*_MONTHS, *(rf"{month[:3]}t?\b\.?" for month in _MONTHS)))
_FULL = (
    r"(?:(?P<year>(?:19|20)\d\d)[-–/.](?P<month>\d\d?)[-–/.](?P<day>\d\d?)(?!\d)"
    rf"|(?:den )?(?P<d>\d\d?)(?:\s?:?[ae])? (?P<m>{_MONTH}),? (?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)"
    r"|(?P<d3>\d\d?)[./](?P<m3>\d\d?)[ ./](?P<y3>(?:19|20)\d\d)(?!\d))"
)
DATE = (
    rf"(?:{_FULL}|(?P<m4>{_MONTH}) (?P<y4>(?:19|20)\d\d)|(?P<y5>(?:19|20)\d\d)[-/](?P<m5>\d\d)(?![\d/-])"
    r"|(?P<y6>(?:19|20)\d\d)(?![\d:/-]))"
)
"""A date as Swedes write it, a month or a year; the first day of it where no day stands there."""

_PARTICIPLE = (
    r"(?:fastställ(?:d|t)|beslut(?:ad|at)|antag(?:en|et|na)|revider(?:ad|at)|(?:senast )?(?:ändra[dt]|uppdatera[dt])"
    r"|upprätta[dt]|utfärda[dt]|publicera[dt]|skapa[dt]|godkän[dt])\b"
)
_LABEL = (
    r"(?:fastställelse|besluts|reviderings|version[s]?|dokument|sammanträdes|publicerings|uppdaterings|ikraftträdande)?datum"
    r"|ikraftträdande|giltighetstid|(?:gäller|giltig[ta]?) (?:från|fr\.?\s?o\.?\s?m\.?|sedan)(?: och med)?|version"
)
_FINITE = (
    r"(?:fastställde|antog|beslutade|reviderade|upprättade|uppdaterade|publicerade|godkände)s"
    r"|gäller (?:från|fr\.?\s?o\.?\s?m\.?|sedan)"
)
_ITSELF = (
    r"\b(?:denna|detta|\w*(?:riktlinje|rutin|plan|policy|dokument|program|överenskommelse|avtal|handling|instruktion"
    r"|reglemente|ordning|strategi|anvisning|vägledning|handbok|checklista|styrdokument|skrivelse|rapport))(?:n|en|et|erna|rna)?\b"
)
_GAP = r"(?:(?! till\b| till och med\b| senast\b)[^\n.\d]|\.(?=\s?[a-zåäö:])|\d(?=[.)]\d? )){0,70}?"
_CUES = (
    re.compile(
        rf"(?<!nästa )(?<!senast )\b(?:{_PARTICIPLE}|senast (?:ändrad|uppdaterad|reviderad)){_GAP}[\s:,(]{DATE}", re.I
    ),
    re.compile(rf"^(?:fastställda|antagna|reviderade|uppdaterade|ändrade)\b{_GAP}[\s:,(]{DATE}", re.I | re.M),
    re.compile(rf"(?:^|\n|[;:.,(|\t]\s*|  )(?:{_LABEL})\b[\w. :/]{{0,25}}?\n?[^\n\d]{{0,40}}?[\s:(]{DATE}", re.I),
    re.compile(rf"{_ITSELF}[^.\n]{{0,40}}?\b(?:{_FINITE})\b{_GAP}[\s:,(]{DATE}", re.I),
    re.compile(rf"^[A-ZÅÄÖ][a-zåäö]+(?: [A-ZÅÄÖ][a-zåäö]+)?,? (?:den |i )?{DATE}[ \t]*$", re.M),
    re.compile(rf"(?:^|[.!?] )[A-ZÅÄÖ][a-zåäö]+ den {_FULL}(?= [A-ZÅÄÖ])", re.M),  # and a name
    re.compile(rf"\b[Bb]eslut(?:ad)? vid \w*sammanträde(?:t)? (?:den )?{_FULL}"),
    re.compile(rf"\bTid: (?:[A-ZÅÄÖa-zåäö]+dag(?:en)? )?{_FULL}"),
    re.compile(rf"(?<=\d )(?:Gäller|Giltig) (?:från|fr\.?\s?o\.?\s?m\.?)(?: och med)? {DATE}"),
)
_NOT_THIS = re.compile(
    r"\b(?:nästa|kommande|lag(?:en)?|förordning(?:en)?|proposition(?:en)?)\b[^.\n]{0,25}$", re.IGNORECASE
)
_TITLE = re.compile(
    r"\b\w*(?:berättelse|redovisning|rapport|protokoll|minnesanteckningar|handlingsplan|verksamhetsplan|kallelse|budget)\b"
    rf"[^\n.]{{0,50}}?[\s(]{DATE}(?!\s?[–-]\s?(?:20|\d\d\b))",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\b(?:från och med|fr\.?\s?o\.?\s?m|till och med|sedan|före|efter|senast)\b", re.IGNORECASE)
_LOOKED_AT = 6_000
"""How many characters at the document's beginning and at its end are searched."""


def find_date(match: re.Match[str]) -> datetime.date | None:
    """Return the day that a match of `DATE` names, or None where there is no such day."""
    parts = match.groupdict()

    def first(*names: str) -> str | None:
        return next((parts[name] for name in names if parts.get(name)), None)

    month = first("month", "m2", "m3", "m5")
    written = first("m", "m4")
    if written:
        month = str(next(number for number, name in enumerate(_MONTHS, 1) if name[:3] == written.lower()[:3]))
    try:
        return datetime.date(
            int(first("year", "y", "y2", "y3", "y4", "y5", "y6") or 0),
            int(month or 1),
            int(first("day", "d", "d2", "d3") or 1),
        )
    except ValueError:
        return None


def document_date(text: str) -> datetime.date | None:
    """Return the day on which a document says that it was last decided or began to apply; None: it does not say.

    Looked for near its beginning and end: after words such as *fastställd*, *gäller från* and *reviderad*, after the
    place in a line of its own, and in a title such as *Protokoll 2014-03-06*. What laws and others decided is no date
    of the document. Of several dates the latest counts, since the text was read again then.

    >>> document_date("Rutin för SIP. Fastställd 2024-03-01 av Anna.")
    datetime.date(2024, 3, 1)
    >>> document_date("Antagen av socialnämnden den 4 maj 2015, § 65. Reviderad i mars 2021.")
    datetime.date(2021, 3, 1)
    >>> document_date("Datainspektionen beslutade den 25 maj 2011 att granska sjukhusets rutiner.")
    """
    ends = text if len(text) <= 2 * _LOOKED_AT else text[:_LOOKED_AT] + "\n" + text[-_LOOKED_AT:]
    found = list(_told(ends))
    return max(found) if found else _titled(text)


def _told(text: str) -> Iterator[datetime.date]:
    for cue in _CUES:
        for match in cue.finditer(text):
            if not _NOT_THIS.search(text[max(0, match.start() - 40) : match.start() + 1]):
                day = find_date(match)
                if day:
                    yield day


def _titled(text: str) -> datetime.date | None:
    """Return the date in the first lines, where they are no sentences."""
    for line in [line.strip() for line in text[:800].splitlines() if line.strip()][:4]:
        if len(line) > 90 or line[-1] in ".!?;" or _PERIOD.search(line):
            continue
        match = re.fullmatch(
            rf"[^\n]{{0,60}}?(?:^|[\s,(]){_FULL}\)?(?:[\s,]+[\w/ :-]{{0,20}})?", line
        ) or _TITLE.search(line)
        if match:
            return find_date(match)
    return None
