"""Helpers of the SSSOM tests: small files made of what matters, and reading them both ways."""

import json
from pathlib import Path
from typing import Any

from termbank.formats import sssom
from termbank.model import Finding, Mapping, MappingSet

PREFIXES = {"a": "https://example.org/a/", "b": "https://example.org/b/"}
MORE = PREFIXES | {"p": "https://example.org/p/"}
REASON = "semapv:ManualMappingCuration"


def block(*lines: str, prefixes: dict[str, str] | None = None, needed: bool = True) -> str:
    """Return a metadata block: prefixes, what every set has, and further lines."""
    declared = PREFIXES if prefixes is None else prefixes
    said = ["curie_map:", *(f"  {prefix}: {iri}" for prefix, iri in declared.items())] if declared else []
    said += ["mapping_set_id: https://example.org/set", "license: https://example.org/licence"] if needed else []
    return "".join(f"#{line}\n" for line in (*said, *lines))


def table(*rows: dict[str, str], columns: tuple[str, ...] = ()) -> str:
    """Return rows as TSV, with what every mapping has filled in; `columns` are added although nothing is in them."""
    full = [
        {"subject_id": "a:1", "predicate_id": "skos:exactMatch", "object_id": "b:1", "mapping_justification": REASON}
        | row
        for row in rows
    ]
    names = list(dict.fromkeys([*(name for row in full for name in row), *columns]))
    return "".join("\t".join(line) + "\n" for line in (names, *([row.get(n, "") for n in names] for row in full)))


def file(folder: Path, text: str, name: str = "set.sssom.tsv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def findings(path: Path, **options: Any) -> list[Finding]:
    return list(sssom.Audit(path, **options))


def rules(path: Path, **options: Any) -> list[str]:
    return [finding.rule for finding in findings(path, **options)]


def one(path: Path) -> Mapping:
    reading = sssom.read(path)
    (mapping,) = reading.mapping_set.mappings
    return mapping


def kept(noun: Mapping | MappingSet) -> dict[str, Any]:
    """Return the slots that a noun keeps beside its fields."""
    found = (noun.extra or {}).get("sssom") or {}
    assert isinstance(found, dict)
    return found


def canonical(mapping_set: MappingSet, folder: Path, **options: Any) -> str:
    path = folder / "out.sssom.tsv"
    sssom.write(mapping_set, path, **options)
    return path.read_bytes().decode()


def rewritten(text: str, folder: Path) -> str:
    """Return a file as termbank writes what it reads."""
    return canonical(sssom.read(file(folder, text)).mapping_set, folder)


def body(text: str) -> list[dict[str, str]]:
    """Return the rows of a file without quotes, each by its columns."""
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def settled(mapping_set: MappingSet) -> tuple[MappingSet, list[str]]:
    """Return what a set says, whatever the order of its mappings."""
    rows = (each.model_dump(mode="json", exclude_defaults=True) for each in mapping_set.mappings)
    return mapping_set.model_copy(update={"mappings": ()}), sorted(json.dumps(each, sort_keys=True) for each in rows)
