"""What the tests of the main job share: a bank in memory, and a run whose outputs are read back by the csv module."""

import csv
import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from termbank import Bank, Coding, Concept, Mapping, MappingSet, Summary, Term, Vocabulary
from termbank.records.profile import Column, Profile

DAY = datetime.date


def concept(code: str, title: str, start: DAY | None = None, end: DAY | None = None, **more: Any) -> Concept:
    return Concept(id=code, terms=(Term(text=title),), valid_from=start, valid_to=end, **more)


def vocabulary(name: str, *concepts: Concept, **more: Any) -> Vocabulary:
    return Vocabulary.model_validate({"id": name, "title": name, "concepts": concepts, **more})


def mapping(code: str, target: str | None, confidence: float | None = None, match: str = "exactMatch") -> Mapping:
    there = None if target is None else Coding(system="mål", code=target)
    predicate: Any = "sssom:NoTermFound" if target is None else f"skos:{match}"
    return Mapping(subject=Coding(system="lok", code=code), object=there, predicate=predicate, confidence=confidence)


LOCAL = vocabulary(
    "lok",
    concept("SIP", "Samordnad individuell plan"), concept("VPL", "Vårdplanering", None, DAY(2025, 12, 31)),
    concept("NY", "Ny insats", DAY(2026, 1, 1)), concept("ANH", "Stöd till anhörig"), concept("HEM", "Hembesök"),
    concept("LARM", "Trygghetslarm"), concept("KONF", "Konferens"), concept("REM", "Remiss"),
    concept("RUB", "Rubrik", abstract=True), concept("GAM", "Gammal", inactive=True),
    version="1", valid_from=DAY(2015, 1, 1), notation=("case", "spaces"),
)  # fmt: skip
OLD = vocabulary("icd", concept("F32", "Depression"), concept("X1", "Bara i den gamla"),
                 version="2025", valid_from=DAY(2025, 1, 1), valid_to=DAY(2025, 12, 31), notation=("dot",))  # fmt: skip
NEW = vocabulary("icd", concept("F32", "Depressiv episod"), concept("F32.1", "Medelsvår depressiv episod"),
                 concept("Z63.0", "Problem i parrelation"), concept("Y2", "Bara i den nya"),
                 version="2026", valid_from=DAY(2026, 1, 1), notation=("dot",))  # fmt: skip
PART = vocabulary("del", concept("AU124", "Upprättande av SIP"), content="fragment", notation=("case", "spaces"))
TARGET = vocabulary("mål", *(concept(code, f"Mål {code}") for code in ("M1", "M2", "M3", "M4")))
SET = MappingSet(
    id="par", subject_source="lok", object_source="mål",
    mappings=(
        mapping("SIP", "M1", 0.9), mapping("ANH", "M1", 0.6), mapping("ANH", "M2", 0.6),
        mapping("KONF", "M2", 0.5), mapping("KONF", "M3", 0.8), mapping("LARM", None, 0.9),
        mapping("REM", "M4", 0.9, "narrowMatch"), mapping("NY", "M1", 0.7, "broadMatch"),
    ),
)  # fmt: skip
BANK = Bank.from_vocabularies([LOCAL, OLD, NEW, PART, TARGET], [SET])


class Done(NamedTuple):
    """A run: the rows that went out, those that were rejected (line, rule, reason, cells), and the summary."""

    rows: list[list[str]]
    rejects: list[list[str]]
    summary: Summary

    def column(self, place: int = -1) -> list[str]:
        return [row[place] for row in self.rows[1:]]

    def why(self) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self.rejects[1:]]

    def rules(self) -> dict[str, tuple[str, int | None, int | None]]:
        return {each.rule: (each.severity, each.count, each.rejected) for each in self.summary.rules}


def convert(
    folder: Path, lines: Sequence[str], *columns: Column, language: str = "en", bank: Bank = BANK, **profile: Any
) -> Done:
    """Convert some lines, the first of them the header."""
    source, output = folder / "in.csv", folder / "out.csv"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    summary = bank.convert_records(source, Profile(columns=columns, **profile), output, language=language)
    return Done(read(output), read(folder / "out.rejects.csv"), summary)


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), delimiter=";"))
