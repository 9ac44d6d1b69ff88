"""Nothing is lost: read is accepted and refused under any damage, and what is written reads back as it was."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sssom_making import block, file, kept, settled, table

import strategies as made
from termbank.errors import FormatError
from termbank.formats import sssom
from termbank.formats.sssom.cardinality import of
from termbank.formats.sssom.slots import MAPPING, SET, VALUES
from termbank.formats.sssom.values import joined, split
from termbank.formats.sssom.yaml_block import parse, scalar
from termbank.model import Coding, Mapping, MappingSet
from termbank.model.mapping import LITERAL

pytestmark = pytest.mark.slow

# -- texts that a file can hold: no halves of characters, and something that is not only space

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
tricky = st.text(st.sampled_from("ab å\"\t\n\r|\\#:-,[]{}'&*!%@`~\x85\u2028\ufeff"), min_size=1, max_size=8)
any_text = (texts | tricky.filter(str.strip)).filter(lambda text: "\0" not in text)
names = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,5}", fullmatch=True).filter(lambda name: name[:2] not in ("ns", "cs"))
local = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc", "Cf"]), min_size=1, max_size=8).filter(
    lambda text: not any(map(str.isspace, text)) and not text.startswith("//")
)
systems = st.sampled_from(["kva", "ksi", "icd-10-se", "http://snomed.info/sct", "urn:oid:1.2.3", "http://a/b#", "1x"])


@st.composite
def codings(draw: st.DrawFn, literal: bool = True) -> Coding:
    version = draw(st.none() | any_text)
    if literal and draw(st.integers(0, 4)) == 0:
        text = draw(any_text)
        return Coding(system=LITERAL, code=text, display=text, version=version)
    return Coding(system=draw(systems), code=draw(local), display=draw(st.none() | any_text), version=version)


def values_of(name: str, on_set: bool = False) -> st.SearchStrategy[Any]:
    """Return what a slot may hold, as our nouns keep it."""
    slot = (SET if on_set else MAPPING)[name]
    ones: dict[str, st.SearchStrategy[Any]] = {
        "text": any_text,
        "entity": st.builds(lambda prefix, code: f"{prefix}:{code}", st.sampled_from(["kva", "ksi"]), local),
        "uri": st.builds(lambda code: f"https://example.org/{code}", local),
        "double": st.integers(int(slot.low * 1000), 1000).map(lambda number: number / 1000),
        "date": st.dates().map(datetime.date.isoformat),
    }
    one = ones[slot.kind] if slot.kind in ones else st.sampled_from(VALUES[slot.kind])
    return st.lists(one, min_size=1, max_size=3) if slot.many else one


_OWN = {
    "subject_id", "subject_label", "subject_type", "subject_source_version", "object_id", "object_label", "object_type",
    "object_source_version", "predicate_id", "predicate_modifier", "mapping_justification", "confidence", "author_id",
    "author_label", "reviewer_id", "reviewer_label", "mapping_date", "mapping_tool", "comment", "review_date",
    "reviewer_agreement", "subject_source", "object_source",
}  # fmt: skip
further = st.fixed_dictionaries({}, optional={name: values_of(name) for name in MAPPING if name not in _OWN})


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    extra = draw(st.none() | further.filter(bool))
    return Mapping(
        subject=draw(codings()),
        object=draw(st.none() | codings()),
        predicate=draw(st.sampled_from(["skos:exactMatch", "skos:broadMatch", "kva:annan"])),
        negated=draw(st.booleans()),
        justification=draw(st.sampled_from(["semapv:MappingReview", "semapv:UnspecifiedMatching"])),
        confidence=draw(st.none() | st.integers(0, 1000).map(lambda number: number / 1000)),
        author=draw(st.none() | any_text),
        reviewer=draw(st.none() | any_text),
        date=draw(st.none() | st.dates()),
        tool=draw(st.none() | any_text),
        comment=draw(st.none() | any_text),
        extra={"sssom": extra} if extra else None,
    )


_HEADER = ("creator_id", "creator_label", "see_also", "issue_tracker", "other", "comment", "mapping_set_confidence")


@st.composite
def mapping_sets(draw: st.DrawFn) -> MappingSet:
    found = tuple(draw(st.lists(mappings(), max_size=4)))
    header = draw(st.fixed_dictionaries({}, optional={name: values_of(name, True) for name in _HEADER}))
    return MappingSet(
        id="set",
        title=draw(any_text),
        version=draw(st.none() | any_text),
        description=draw(st.none() | any_text),
        licence=draw(st.none() | st.just("https://example.org/licence")),
        url=draw(st.none() | st.just("https://example.org/set")),
        extra={"sssom": {**header, "subject_source": None, "object_source": None}},
        mappings=found,
    )


def plain(mapping_set: MappingSet) -> Any:
    """Return what a set says, without the prefixes that writing it declared and what only follows from the rows."""
    head, rows = settled(mapping_set)
    apart = ("curie_map", "systems of prefixes", "subject_source", "object_source")
    slots = {name: value for name, value in kept(head).items() if name not in apart}
    return head.model_copy(update={"extra": slots, "subject_source": None, "object_source": None}), rows


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(mapping_sets(), st.sampled_from([".sssom.tsv", ".sssom.json"]))
def test_nouns_written_and_read_back(mapping_set: MappingSet, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"set{ending}")
        losses = sssom.write(mapping_set, path)
        assert not losses, losses
        reading = sssom.read(path)
        assert not [finding for finding in reading.findings if finding.severity == "error"]
        again = plain(reading.mapping_set)
        assert again == plain(mapping_set)
        other = Path(folder, f"two{ending}")
        sssom.write(reading.mapping_set, other)
        assert other.read_bytes() == path.read_bytes(), "what is canonical stays as it is"


@given(made.mapping_sets)
def test_any_set_is_written_and_what_is_lost_is_told(mapping_set: MappingSet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "set.sssom.tsv")
        try:
            losses = sssom.write(mapping_set, path)
        except FormatError as error:
            assert "half a character" in str(error)
            return
        lost = sum(loss.count for loss in losses.losses if loss.field == "mappings")
        reading = sssom.read(path)
        assert (len(reading.mapping_set.mappings), reading.refused) == (len(mapping_set.mappings) - lost, ())


WHOLE = (
    block("mapping_tool: T", "subject_type: skos concept")
    + table(*({"object_id": f"b:{n}", "comment": f"anmärkning {n}", "confidence": "0.5"} for n in range(12)))
).encode()
_ODD = [b'"', b"\t", b"\n", b"\r", b"\0", b"\xff", b"#", b"|", b"\\", b"\xc3", b",", b":", b'""', b"\r\n", b"\n\n"]


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.sampled_from(_ODD), st.integers(0, 3)), max_size=6))
def test_read_is_accepted_and_refused_under_any_damage(damage: list[tuple[int, bytes, int]]) -> None:
    data = WHOLE
    for at, odd, cut in damage:
        data = data[:at] + odd + data[at + cut :]
    with tempfile.TemporaryDirectory() as folder:
        path = file(Path(folder), data.decode("utf-8", "surrogateescape"))
        try:
            reading = sssom.read(path)
        except FormatError as error:
            assert str(error).startswith(f"{path}:"), "what is no mapping set at all is told where"
            return
        audit = sssom.Audit(path)
        refused = [finding for finding in audit if finding.severity == "error"]
    assert reading.rows == len(reading.mapping_set.mappings) + len(reading.refused) == audit.rows
    assert audit.rows == audit.accepted + audit.refused
    assert bool(audit.refused) <= bool(refused)
    assert len(reading.places) == len(reading.mapping_set.mappings)
    at = [place.line for place in reading.places] + [finding.location.line for finding in reading.refused]
    assert len(set(at)) == reading.rows, "each row has a line of its own"
    assert all(str(finding.location) and "<" not in finding.message("sv") for finding in reading.findings)
    if b'"' not in data and not data.startswith(b"\r") and b"\n" in data:
        text = data.decode("utf-8", "surrogateescape")
        below = [line for line in text.split("\n") if line.strip()]
        first = next((index for index, line in enumerate(below) if not line.startswith("#")), len(below))
        assert reading.rows == len(below) - first - 1, "no line is dropped"


@given(any_text)
def test_a_scalar_reads_back(text: str) -> None:
    assert parse(f"k: {scalar(text)}").values == {"k": text}
    assert parse(f"- {scalar(text)}".replace("- ", "k:\n  - ", 1)).values == {"k": [text]}


@given(st.lists(st.text(st.sampled_from("ab|\\"), max_size=4), min_size=1, max_size=4))
def test_several_values_in_a_cell(parts: list[str]) -> None:
    assert split(joined(parts)) == parts


@given(st.lists(st.tuples(st.sampled_from(["s1", "s2", ""]), st.sampled_from(["o1", "o2", ""])), max_size=8))
def test_cardinality_by_counting(pairs: list[tuple[str, str]]) -> None:
    no_term = "sssom:NoTermFound"
    records = [{"subject_id": s or no_term, "object_id": o or no_term} for s, o in pairs]
    for (s, o), found in zip(pairs, of(records), strict=True):
        if s and o:
            objects = {other for subject, other in pairs if subject == s and other}
            subjects = {subject for subject, other in pairs if other == o and subject}
            assert found == f"{'n' if len(subjects) > 1 else 1}:{'n' if len(objects) > 1 else 1}"
        else:
            assert found == f"{int(bool(s))}:{int(bool(o))}"
