"""The codes of a stored expansion (FHIR ValueSet.expansion), for value sets that have nothing else."""

from typing import Any

from termbank.model import Concept, Term, ValueSet, Vocabulary
from termbank.store.memory import MemorySource
from termbank.terminology.edition import Edition
from termbank.terminology.parts import Part
from termbank.terminology.refusal import Refusal, issue


def parts(value_set: ValueSet) -> list[Part]:
    """Return the codes of a stored expansion, by system and version.

    Raises:
        Refusal: there is none.
    """
    if value_set.expansion is None:
        raise Refusal(issue("TERMBANK_NO_DEFINITION", valueset=value_set.versioned), outcome=True)
    concepts: dict[tuple[str, str], dict[str, Concept]] = {}
    waiting: list[Any] = [value_set.expansion]
    while waiting:
        element = waiting.pop()
        inside = element.get("contains")
        if isinstance(inside, list):
            waiting += [each for each in reversed(inside) if isinstance(each, dict)]
        system, code = element.get("system"), element.get("code")
        if isinstance(system, str) and isinstance(code, str):
            of_system = concepts.setdefault((system, str(element.get("version") or "")), {})
            of_system.setdefault(code, _concept(element, code, value_set.language or ""))
    found = []
    for (system, version), known in concepts.items():
        vocabulary = Vocabulary(
            id=system, title=system, url=system, version=version, strict=True, concepts=tuple(known.values())
        )
        edition = Edition(MemorySource(vocabulary))
        found.append(Part(edition, edition.everything(), versioned=bool(version)))
    return found


def _concept(element: dict[str, Any], code: str, language: str) -> Concept:
    display, designations = element.get("display"), element.get("designation")
    terms = [Term(text=display, language=language)] if isinstance(display, str) else []
    for each in designations if isinstance(designations, list) else ():
        if isinstance(each, dict) and isinstance(each.get("value"), str):
            terms.append(Term(text=each["value"], language=str(each.get("language") or ""), status="unknown"))
    return Concept(
        id=code,
        terms=tuple(terms),
        abstract=element.get("abstract") is True,
        inactive=element.get("inactive") is True,
    )
