"""Puts the rules together: everything that is to be said of a material, in the order of its files."""

from termbank.formats import value_set_files
from termbank.lint import dates, declared, definitions, mappings, relations, supplements, systems, terms, value_sets
from termbank.model import Finding, ValueSet, Vocabulary
from termbank.store.material import Material
from termbank.store.memory import MemorySource
from termbank.terminology.engine import Terminology


def check(material: Material, terminology: Terminology) -> list[Finding]:
    """Check vocabularies, mapping sets, value sets and known systems.

    Arguments:
        material: what was read, as `termbank.store.material.collect` gives it.
        terminology: the bank in which relations and mappings to other vocabularies are looked up; a vocabulary of the
            material goes before the same one in the bank.

    Returns:
        What was found, also when reading, ordered by file and line.
    """
    whole = _overlaid(material, terminology)
    findings = list(material.findings)
    for reading in material.vocabularies:
        findings += [
            *terms.check(reading),
            *dates.check(reading),
            *definitions.check(reading),
            *declared.check(reading),
        ]
        findings += [*relations.check(reading, whole), *supplements.check(reading, whole)]
    for mapping_set in material.mappings:
        findings += mappings.check(mapping_set, whole)
    for where, table in material.systems:
        findings += systems.check(table, where)
    for where, item in material.items:
        if isinstance(item, ValueSet) and (where.path or "").endswith(value_set_files.SUFFIX):
            findings += value_sets.check(item, whole, where)
    return sorted(findings, key=_place)


def _overlaid(material: Material, terminology: Terminology) -> Terminology:
    own = [*(reading.vocabulary for reading in material.vocabularies), *material.of(Vocabulary)]
    same = {(vocabulary.versioned, vocabulary.content) for vocabulary in own}
    sources = (s for s in terminology.sources if (s.info.versioned, s.info.content) not in same)
    chosen = [*material.of(ValueSet), *(each for layer in terminology.layers for each in layer.value_sets)]
    return Terminology(
        (*sources, *map(MemorySource, own)), terminology.mappings, terminology.names.known_systems, chosen
    )


def _place(finding: Finding) -> tuple[str, int]:
    where = finding.location
    return (where.path or "", where.line or 0) if where else ("", 0)
