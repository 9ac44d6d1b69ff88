"""Helpers of the tests of mapping formats: small sets, small files, and what is compared."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from termbank.formats.losses import LossReport
from termbank.formats.sssom import MappingReading
from termbank.model import Coding, Mapping, MappingSet
from termbank.model.mapping import LITERAL

SUBJECT = Coding(system="kva", code="AU124", display="Upprättande av SIP")
OBJECT = Coding(system="ksi", code="XAH.20.75")
OMOP = Coding(system="omop", code="4144684")


def pair(subject: Coding = SUBJECT, object: Coding | None = OBJECT, **fields: Any) -> Mapping:
    return Mapping(**{"subject": subject, "object": object, "predicate": "skos:exactMatch", **fields})


def of(*mappings: Mapping, **fields: Any) -> MappingSet:
    return MappingSet(**{"id": "plans", "mappings": mappings, **fields})


def file(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def lost(report: LossReport) -> set[str]:
    return {loss.field for loss in report.losses}


def rules(reading: MappingReading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def plain(mapping: Mapping) -> Mapping:
    return mapping.model_copy(update={"extra": None})


WORDS = st.text("abåäö1 .;,'\"=-#|\t\n\r+<&", min_size=1, max_size=8)
CODES = st.from_regex(r"[A-Z][A-Z0-9.]{0,5}", fullmatch=True)
SYSTEMS = st.sampled_from(["kva", "ksi", "http://snomed.info/sct", "urn:oid:1.2.3", "http://x.se/a#", "http://x.se/b/"])
LITERALS = st.builds(Coding, system=st.just(LITERAL), code=st.sampled_from(["upprätta SIP", "plan"]))
CODINGS = LITERALS | st.builds(
    Coding, system=SYSTEMS, code=CODES, version=st.none() | st.just("2026"), display=st.none() | WORDS
)
PREDICATES = st.sampled_from([
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
    "skos:mappingRelation", "owl:sameAs", "rdfs:subClassOf", "sssom:NoTermFound", "x:own",
])  # fmt: skip


def sets(subjects: st.SearchStrategy[Coding], objects: st.SearchStrategy[Coding]) -> st.SearchStrategy[MappingSet]:
    """Return sets whose mappings have anything that people write in them."""
    mappings = st.builds(
        Mapping,
        subject=subjects,
        object=st.none() | objects,
        predicate=PREDICATES,
        negated=st.booleans(),
        group=st.none() | st.integers(1, 3),
        priority=st.none() | st.integers(1, 3),
        rule=st.none() | st.sampled_from(["TRUE", "OTHERWISE TRUE", "IFA 248152002 | Female |", "no rule\tat all"]),
        justification=st.sampled_from(["semapv:UnspecifiedMatching", "semapv:ManualMappingCuration", "x:why"]),
        confidence=st.none() | st.floats(0, 1),
        author=st.none() | WORDS,
        reviewer=st.none() | WORDS,
        date=st.none() | st.dates(),
        tool=st.none() | WORDS,
        comment=st.none() | WORDS,
    )
    return st.builds(
        MappingSet,
        id=st.just("plans"),
        title=st.sampled_from(["", "Planer"]),
        version=st.none() | st.just("1"),
        url=st.none() | st.just("http://x.se/map"),
        subject_source=st.none() | SYSTEMS,
        object_source=st.none() | SYSTEMS,
        licence=st.none() | st.just("https://creativecommons.org/licenses/by/4.0/"),
        description=st.none() | WORDS,
        unmapped=st.sampled_from(["unknown", "none"]),
        mappings=st.lists(mappings, max_size=4).map(tuple),
    )
