"""Make docs/vocabularies/mappings.md below its marker: the count of each mapping set, and the reason of every row."""

from pathlib import Path

from termbank.formats import sssom
from termbank.model import Coding, Mapping, MappingSet

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "vocabularies" / "mappings.md"
MARKER = "<!-- What follows is made by docs/make_mappings.py from the files in mappings/; do not edit it here. -->"
OWN_PAGE = "sol-2001-453-to-2025-400"
"""The concordance has a page of its own, with its evidence."""


def page() -> str:
    """Return the page: what stands above the marker as it is, and the sets below it."""
    above, _, _ = PAGE.read_text(encoding="utf-8").partition(MARKER)
    sets = [sssom.read(path).mapping_set for path in sorted((ROOT / "mappings").glob(f"*{sssom.SUFFIX}"))]
    sets = [each for each in sets if each.id != OWN_PAGE]
    return "\n".join(
        [above.rstrip(), "", MARKER, "", *_table(sets), *(line for each in sets for line in _reasons(each))]
    )


def _table(sets: list[MappingSet]) -> list[str]:
    lines = [
        "| set | rows | exact | close, narrower, broader | related | no counterpart |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for each in sets:
        kinds = [_kind(mapping) for mapping in each.mappings]
        counts = " | ".join(str(kinds.count(kind)) for kind in ("exact", "partly", "related", "none"))
        lines.append(f"| [`{each.id}`](#{each.id}) | {len(kinds)} | {counts} |")
    return [*lines, ""]


def _kind(mapping: Mapping) -> str:
    if mapping.object is None:
        return "none"
    return {"skos:exactMatch": "exact", "skos:relatedMatch": "related"}.get(mapping.predicate, "partly")


def _reasons(each: MappingSet) -> list[str]:
    """Return a section: the rows of a set, those that share a reason together."""
    lines = [f"## {each.id}", "", f"{each.title}. [The file](../../mappings/{each.id}{sssom.SUFFIX}).", ""]
    by_reason: dict[str, list[Mapping]] = {}
    for mapping in each.mappings:
        by_reason.setdefault(mapping.comment or "", []).append(mapping)
    for reason, mappings in by_reason.items():
        lines += [f"- {_row(mapping)}" for mapping in mappings]
        lines += ["", f"  {reason}", ""]
    return lines


def _row(mapping: Mapping) -> str:
    sure = f", {mapping.confidence:g}" if mapping.confidence is not None else ""
    if mapping.object is None:
        return f"**{_name(mapping.subject)}** has no counterpart (`{mapping.predicate}` was sought{sure})"
    return f"**{_name(mapping.subject)}** → **{_name(mapping.object)}** (`{mapping.predicate}`{sure})"


def _name(coding: Coding) -> str:
    display = coding.display or ""
    return display if display.replace(" ", "-") == coding.code else f"{coding.code} {display}".strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
