"""Reads a code list as a version of a known system, and declares what the list does not say."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from termbank.formats import code_list
from termbank.model import Concept, Finding, KnownSystem, Location, MappingSet, ValueSet, VocabularyInfo
from termbank.model.rules import rule
from termbank.model.vocabulary import NotationVariant
from termbank.store import library
from termbank.store.build import Part, build
from termbank.store.file import BankFile
from termbank.store.hierarchy import number


class CodeList(NamedTuple):
    """A code list that was read: its header, its concepts, and what was found; errors stand for refused rows."""

    info: VocabularyInfo
    concepts: list[Concept]
    findings: list[Finding]


def read_list(
    path: Path,
    system: str | KnownSystem,
    version: str,
    *,
    title: str | None = None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    content: Literal["complete", "fragment"] = "complete",
    columns: Mapping[str, str] | None = None,
    notation: tuple[NotationVariant, ...] | None = None,
) -> CodeList:
    """Read a code list.

    What the list does not say becomes an assumption in the header: `selectable` (a code with codes below it is taken to
    be a heading), `validity` (the version is taken to be in force always), `hierarchy` (the code above a code is the
    longest other code that it begins with).

    Arguments:
        path: a CSV file; see `termbank.formats.code_list`.
        system: short id, or the known system; what is known of it (names, notation) is taken over.
        version: version of the list.
        title: name of the system, where it is not a known one.
        valid_from, valid_to: first and last day on which the version is in force.
        content: whether what is absent from the list does not exist.
        columns: role to column name.
        notation: accepted variants of a code, where not those of the known system.

    Raises:
        FormatError: the file cannot be read.
    """
    if isinstance(system, str):
        system = library.known_system(system) or new_system(system)
    concepts: list[Concept] = []
    findings: list[Finding] = []
    by_prefix = system.parents == "prefix"
    for item in code_list.read(path, columns=columns, dot_after=system.dot_after, prefix_parents=by_prefix):
        if isinstance(item, Concept):
            concepts.append(item)
        else:
            findings.append(item)
    findings += _hierarchy_findings(path, concepts)
    said = {prop.code for concept in concepts[:1000] for prop in concept.properties}
    assumptions = [
        *(["selectable"] if "selectable" not in said else []),
        *(["validity"] if valid_from is None and valid_to is None else []),
        *(["hierarchy"] if by_prefix else []),
    ]
    info = system.info(
        version=version, title=title, valid_from=valid_from, valid_to=valid_to, content=content, notation=notation,
        source=path.name, assumptions=tuple(assumptions),
    )  # fmt: skip
    return CodeList(info, concepts, findings)


def _hierarchy_findings(path: Path, concepts: list[Concept]) -> list[Finding]:
    """Find codes whose parent is not in the list, and codes that are above themselves."""
    place = {concept.id: index for index, concept in enumerate(concepts)}
    where = Location(path=str(path))
    findings = [
        rule("missing-parent").finding(where, code=concept.id, parent=parent)
        for concept in concepts
        for parent in concept.parents()
        if parent not in place
    ]
    numbering = number([[place[p] for p in concept.parents() if p in place] for concept in concepts])
    for index in numbering.cycles:
        chain = [concepts[index].id]
        while (above := concepts[place[chain[-1]]].parents()[0]) not in chain:
            chain.append(above)
        path_up = " > ".join([*chain, above])
        findings.append(rule("hierarchy-cycle").finding(where, code=concepts[index].id, path=path_up))
    return findings


def new_system(name: str) -> KnownSystem:
    """Return a system of the user's own, of which nothing is known but its id."""
    return KnownSystem(id=name, title=name, notation=("case", "spaces"))


def add_to_bank(
    path: Path,
    vocabularies: Sequence[Part],
    mappings: Sequence[MappingSet] = (),
    value_sets: Sequence[ValueSet] = (),
    systems: Sequence[KnownSystem] = (),
) -> str:
    """Add to a bank file, or make one; what has the same id and version is replaced.

    Arguments:
        path: the bank file.
        vocabularies, mappings, value_sets: what is added.
        systems: further known systems.

    Returns:
        The digest of the bank.

    Raises:
        BankError: the bank cannot be read or written; what stood there is untouched.
    """
    parts: list[Part] = []
    sets: list[MappingSet] = []
    chosen: list[ValueSet] = []
    vocabularies = list({(part[0].versioned, part[0].content): part for part in vocabularies}.values())
    value_sets = list({(each.id, each.version): each for each in value_sets}.values())
    known = library.shipped_systems()
    if path.exists():
        bank = BankFile(path)
        replaced = {info.versioned for info, _ in vocabularies} | {each.id for each in mappings}
        parts = [(s.info, s.concepts()) for s in bank.sources if s.info.versioned not in replaced]
        sets = [each for each in bank.whole_mapping_sets() if each.id not in replaced]
        same = {(each.id, each.version) for each in value_sets}
        chosen = [each for each in bank.value_sets if (each.id, each.version) not in same]
        known = bank.known_systems() or known
    table = {system.id: system for system in (*known, *systems)}
    return build(path, [*parts, *vocabularies], [*sets, *mappings], list(table.values()), [*chosen, *value_sets])
