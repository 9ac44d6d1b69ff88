"""The one table of relationship values between the formats: what each format says for each predicate.

Everything that reads or writes relationships asks this table; `docs/mappings/relationships.md` is made from it. A
project that disagrees lays its own entries over it, as an argument or in a TOML file.

Sources: SKOS reference (mapping properties); FHIR R5 ConceptMapRelationship, with its table of R4's
ConceptMapEquivalence; JSKOS (item types of mappings); OHDSI Usagi, whose `Equivalence` shows EQUAL as exactMatch,
EQUIVALENT as closeMatch, WIDER as broadMatch, NARROWER as narrowMatch and INEXACT as relatedMatch; SNOMED CT release
file specification, map correlation values (447247004, and 1193546000 above it).
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from termbank.errors import FormatError
from termbank.formats import toml
from termbank.model import Location, Mapping
from termbank.model.rules import rule

Format = Literal["fhir-r5", "fhir-r4", "jskos", "usagi", "rf2"]
"""The formats with relationship values of their own; SSSOM and our plain tables write the predicate itself."""

OVERRIDABLE = ("fhir-r5", "jskos", "usagi", "rf2")
"""The formats that something can be laid over; FHIR R4 is read and written as R5."""

NO_TERM = "sssom:NoTermFound"
UNSPECIFIED = "skos:mappingRelation"
NOT = "not "


class Row(NamedTuple):
    """What each format writes for a predicate; empty where it cannot say it."""

    predicate: str
    fhir_r5: str
    fhir_r4: str
    jskos: str
    usagi: str
    rf2: str


ROWS = (
    Row("skos:exactMatch", "equivalent", "equivalent", "skos:exactMatch", "EQUAL", "447557004"),
    Row("skos:closeMatch", "related-to", "relatedto", "skos:closeMatch", "EQUIVALENT", "447560006"),
    Row("skos:broadMatch", "source-is-narrower-than-target", "wider", "skos:broadMatch", "WIDER", "447558009"),
    Row("skos:narrowMatch", "source-is-broader-than-target", "narrower", "skos:narrowMatch", "NARROWER", "447559001"),
    Row("skos:relatedMatch", "related-to", "relatedto", "skos:relatedMatch", "INEXACT", "447560006"),
    Row("skos:mappingRelation", "related-to", "relatedto", "skos:mappingRelation", "UNREVIEWED", "447561005"),
    Row("owl:sameAs", "equivalent", "equivalent", "skos:exactMatch", "EQUAL", "447557004"),
    Row("owl:equivalentClass", "equivalent", "equivalent", "skos:exactMatch", "EQUAL", "447557004"),
    Row("owl:equivalentProperty", "equivalent", "equivalent", "skos:exactMatch", "EQUAL", "447557004"),
    Row("rdfs:subClassOf", "source-is-narrower-than-target", "wider", "skos:broadMatch", "WIDER", "447558009"),
    Row("rdfs:subPropertyOf", "source-is-narrower-than-target", "wider", "skos:broadMatch", "WIDER", "447558009"),
    Row("oboInOwl:hasDbXref", "related-to", "relatedto", "skos:relatedMatch", "INEXACT", "447560006"),
    Row(NOT + "skos:relatedMatch", "not-related-to", "disjoint", "", "", ""),
    Row(NO_TERM, "noMap", "unmatched", "empty to", "UNMATCHED", "447556008"),
)  # fmt: skip

READ_FIRST: dict[tuple[str, str], str] = {
    ("fhir-r5", "related-to"): "skos:relatedMatch",
    ("fhir-r4", "relatedto"): "skos:relatedMatch",
    ("rf2", "447560006"): "skos:relatedMatch",
}
"""What a value that several predicates are written as is read as, where that is not the first of them."""

READ_TOO: dict[tuple[str, str], str] = {
    ("fhir-r4", "equal"): "skos:exactMatch",
    ("fhir-r4", "subsumes"): "skos:broadMatch",
    ("fhir-r4", "specializes"): "skos:narrowMatch",
    ("fhir-r4", "inexact"): "skos:relatedMatch",
    ("rf2", "1193548004"): "skos:exactMatch",
    ("rf2", "1193549007"): "skos:broadMatch",
    ("rf2", "1193547009"): "skos:narrowMatch",
    ("rf2", "1193550007"): "skos:relatedMatch",
    ("rf2", "1193552004"): "skos:mappingRelation",
    ("rf2", "1193551006"): NO_TERM,
}
"""Values that are read but never written."""

WORDS: dict[str, str] = {
    "exakt": "skos:exactMatch", "lika": "skos:exactMatch", "samma": "skos:exactMatch", "exact": "skos:exactMatch",
    "=": "skos:exactMatch", "nära": "skos:closeMatch", "close": "skos:closeMatch", "vidare": "skos:broadMatch",
    "bredare": "skos:broadMatch", "broader": "skos:broadMatch", "<": "skos:broadMatch", "snävare": "skos:narrowMatch",
    "smalare": "skos:narrowMatch", ">": "skos:narrowMatch", "besläktad": "skos:relatedMatch",
    "relaterad": "skos:relatedMatch", "related": "skos:relatedMatch", "~": "skos:relatedMatch", "saknas": NO_TERM,
    "ingen": NO_TERM, "none": NO_TERM, "no match": NO_TERM, "no-match": NO_TERM,
}  # fmt: skip
"""Words that people write in a column of relationships, of the target: the target is wider, narrower ..."""

_GENERAL = {
    "equivalent": "skos:exactMatch", "source-is-narrower-than-target": "skos:broadMatch",
    "source-is-broader-than-target": "skos:narrowMatch", "related-to": "skos:relatedMatch",
    "not-related-to": NOT + "skos:relatedMatch",
}  # fmt: skip


def key(mapping: Mapping) -> str:
    """Return the predicate of a mapping as the table names it.

    >>> from termbank.model import Coding
    >>> pair = Coding(system="a", code="1"), Coding(system="b", code="2")
    >>> key(Mapping(subject=pair[0], object=pair[1], predicate="skos:exactMatch", negated=True))
    'not skos:exactMatch'
    """
    if mapping.object is None:
        return NO_TERM
    return f"{NOT}{mapping.predicate}" if mapping.negated else mapping.predicate


@dataclass(frozen=True)
class RelationshipTable:
    """The table, with what somebody laid over it.

    Arguments:
        reads: (format, value) to predicate, where it differs from the table.
        writes: (format, predicate) to value, where it differs.

    >>> RelationshipTable().read("usagi", "EQUIVALENT"), RelationshipTable().write("usagi", "owl:sameAs")
    ('skos:closeMatch', 'EQUAL')
    """

    reads: Table[tuple[str, str], str] = field(default_factory=dict)
    writes: Table[tuple[str, str], str] = field(default_factory=dict)

    def read(self, form: Format, value: str) -> str | None:
        """Return the predicate that a format's value means; None: it is no value of the format."""
        return self.reads.get((form, value)) or _READ.get((form, value))

    def write(self, form: Format, predicate: str) -> str | None:
        """Return what a format writes for a predicate (see `key`); None: it cannot say it."""
        found = self.writes.get((form, predicate))
        return found if found is not None else _WRITTEN.get((form, predicate)) or None

    def write_mapping(self, form: Format, mapping: Mapping) -> str | None:
        """Return what a format writes for a mapping; for a predicate that the table lacks, by its relationship."""
        asked = key(mapping)
        if (form, asked) in self.writes or (form, asked) in _WRITTEN:
            return self.write(form, asked)
        return self.write(form, _GENERAL.get(mapping.relationship or "", UNSPECIFIED))

    def loses(self, form: Format, predicate: str) -> str | None:
        """Return what a predicate is read as when it was written, if another; empty if it cannot be written."""
        value = self.write(form, predicate)
        again = "" if value is None else self.read(form, value) or ""
        return None if again == predicate else again


@lru_cache(maxsize=4096)
def word(text: str) -> str | None:
    """Return the predicate that a word in a table of mappings means (see `key`): ours, any format's, or a plain word.

    >>> word("exactMatch"), word("Vidare"), word("not skos:exactMatch"), word("ungefär")
    ('skos:exactMatch', 'skos:broadMatch', 'not skos:exactMatch', None)
    """
    plain = text.strip()
    negated = plain.lower().startswith(NOT)
    if negated:
        inner = word(plain[len(NOT) :])
        return f"{NOT}{inner}" if inner is not None and inner != NO_TERM and not inner.startswith(NOT) else None
    if ":" in plain and " " not in plain and not plain.startswith(":") and not plain.endswith(":"):
        return plain
    lower = plain.lower()
    for row in ROWS:
        if lower == row.predicate.rpartition(":")[2].lower():
            return row.predicate
    found = WORDS.get(lower)
    for form in ("fhir-r5", "fhir-r4", "usagi", "rf2"):
        found = found or _READ.get((form, lower)) or _READ.get((form, plain.upper()))
    return found


def load(path: Path) -> RelationshipTable:
    """Read what a project lays over the table: a TOML file with the tables `[FORMAT.read]` and `[FORMAT.write]`.

    In `read` stand values with the predicate that each means, in `write` predicates with the value for each.

    Raises:
        FormatError: the file is no TOML, or an entry is none; the text names the line.
    """
    content, lines = toml.load(path)
    reads: dict[tuple[str, str], str] = {}
    writes: dict[tuple[str, str], str] = {}
    for form, both in content.items():
        if form not in OVERRIDABLE or not isinstance(both, dict):
            raise _wrong(path, _line(lines, form), form)
        for way, entries in both.items():
            if way not in ("read", "write") or not isinstance(entries, dict):
                raise _wrong(path, _line(lines, form, way), f"{form}.{way}")
            for name, value in entries.items():
                if not isinstance(value, str) or not value or not name:
                    raise _wrong(path, _line(lines, form, way, name), f"{form}.{way}.{name}")
                (reads if way == "read" else writes)[form, name] = value
    return RelationshipTable(reads, writes)


def _line(lines: Table[tuple[str | int, ...], int], *path: str) -> int | None:
    """Return the first line that has to do with a table or key."""
    return min((line for place, line in lines.items() if place[: len(path)] == path), default=None)


def _wrong(path: Path, line: int | None, name: str) -> FormatError:
    where = Location(path=str(path), line=line, field=name)
    found = rule("relationship-table-entry").finding(where, field=name)
    return FormatError(f"{where}: no entry of the table of relationships", found)


def values(row: Row) -> dict[Format, str]:
    """Return what the formats write for a row's predicate."""
    fields: dict[str, Any] = row._asdict()
    return {form: fields[form.replace("-", "_")] for form in get_args(Format)}


_WRITTEN: dict[tuple[str, str], str] = {
    (form, row.predicate): value for row in ROWS for form, value in values(row).items()
}
_READ: dict[tuple[str, str], str] = {
    **{(form, value): row.predicate for row in reversed(ROWS) for form, value in values(row).items() if value},
    **READ_FIRST,
    **READ_TOO,
}
