"""Make docs/mappings/relationships.md from the table of relationship values between the formats."""

from pathlib import Path

from termbank.formats.mappings.relationship_table import (
    OVERRIDABLE,
    READ_TOO,
    ROWS,
    WORDS,
    Format,
    RelationshipTable,
    values,
)

PAGE = Path(__file__).parent / "mappings" / "relationships.md"
NAMES: dict[str, str] = {
    "fhir-r5": "FHIR R5", "fhir-r4": "FHIR R4", "jskos": "JSKOS", "usagi": "Usagi", "rf2": "RF2 correlation",
}  # fmt: skip
TABLE = RelationshipTable()

TEXT = """\
# Relationships between the formats

Made by `docs/make_relationships.py` from `termbank.formats.mappings.relationship_table`; do not edit.

What each format writes for each predicate; SSSOM and our tables write the predicate itself. A value is read as the
predicate it stands at; where it stands at several, as the one where it is **bold**, so at the others something is lost,
and the loss report says so. A mapping whose predicate is not here goes by its FHIR relationship. Where a cell is empty
the format cannot say it, and the mapping is not written, but counted.

{rows}

Read, too, but never written:

{read_too}

In a table's column of relationships any of these is read, with or without prefix, and words that people write, of the
target (*vidare*: the target is wider); before any of them *not* denies it:

{words}

## Your own

Where you disagree, lay your own entries over the table, in a TOML file that `relationship_table.load` reads, or as
`RelationshipTable(reads=..., writes=...)`, and give it to `mapping_files.read` and `write` as `relationships`:

```toml
[usagi.read]
EQUIVALENT = "skos:exactMatch"   # our reviewers mean exact

[usagi.write]
"skos:exactMatch" = "EQUIVALENT"
```

The formats are {formats}. FHIR R4 is read and written as R5.

## Where the values come from

- SKOS: [mapping properties](https://www.w3.org/TR/skos-reference/#mapping), read *subject predicate object*:
  `skos:broadMatch` means that the object is broader.
- FHIR: [ConceptMapRelationship](https://hl7.org/fhir/R5/valueset-concept-map-relationship.html), from the source;
  [ConceptMapEquivalence](https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html), from the target: `wider` says
  that the target is wider.
- JSKOS: [item types](https://gbv.github.io/jskos/) of mappings. A mapping to nothing has an empty bundle `to`.
- Usagi: [its own names](https://github.com/OHDSI/Usagi): it shows EQUAL as exactMatch and EQUIVALENT as closeMatch.
- RF2: map correlation values of SNOMED CT, the older (4475...) and those above them in its hierarchy (11935...). The
  maps to ICD-10 say 447561005, *not specified*, in every row; what counts there are the rules and categories.
- OWL and RDFS have no values in these formats; they are written as what they imply for concepts.
"""


def page() -> str:
    """Return the page as Markdown."""
    rows = [["predicate", *NAMES.values()]]
    for row in ROWS:
        rows.append([f"`{row.predicate}`", *(_cell(form, value, row.predicate) for form, value in values(row).items())])
    read_too = [["format", "value", "predicate"]]
    read_too += [[NAMES[form], value, f"`{predicate}`"] for (form, value), predicate in READ_TOO.items()]
    words: dict[str, list[str]] = {}
    for word, predicate in WORDS.items():
        words.setdefault(predicate, []).append(f"`{word}`" if word in "<>=~" else word)
    return TEXT.format(
        rows=_table(rows),
        read_too=_table(read_too),
        words=_table([["predicate", "words"], *([f"`{name}`", ", ".join(each)] for name, each in words.items())]),
        formats=", ".join(f"`{form}`" for form in OVERRIDABLE),
    )


def _table(rows: list[list[str]]) -> str:
    lines = ["|".join(["", *(f" {cell} " if cell else " " for cell in row), ""]) for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _cell(form: Format, value: str, predicate: str) -> str:
    alone = sum(values(row)[form] == value for row in ROWS) == 1
    return f"**{value}**" if value and not alone and TABLE.read(form, value) == predicate else value


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
