"""Is a code in one concept set of a value set: listed, met by its filters, or any; and may it be used."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from termbank.model import Coding, ConceptSet, Finding, IncludedConcept, ValueSet
from termbank.store.entry import Entry
from termbank.terminology import extensions, filters
from termbank.terminology.designations import Designation, Designations
from termbank.terminology.edition import Edition
from termbank.terminology.question import Question
from termbank.terminology.refusal import issue
from termbank.terminology.verdict import Verdict


def path_to(at: str, name: str) -> str:
    """Return the expression of an element of what stands at another."""
    return f"{at}.{name}" if at else name


class Search(NamedTuple):
    """One code that is looked for.

    Arguments:
        at: where it stands.
        coding: the code.
        verdict: takes what is found out.
        out: the set is excluded, so nothing is to be said of the code.
    """

    at: str
    coding: Coding
    verdict: Verdict
    out: bool = False

    def say(self, message: str, **arguments: object) -> None:
        """Note a finding on the code."""
        self.verdict.add(issue(message, path_to(self.at, "code"), **arguments))


class ConceptSets:
    """Tells whether the concept sets of a value set have codes.

    Arguments:
        question: the options.
        value_set: the value set.
        on: the day on which codes must be valid where the version of their system is not stated.
    """

    def __init__(self, question: Question, value_set: ValueSet, on: datetime.date | None) -> None:
        self.question = question
        self.value_set = value_set
        self.on = on
        self._listed: dict[tuple[int, int], tuple[Edition, dict[int, list[IncludedConcept]]]] = {}

    def has(self, search: Search, edition: Edition, concept_set: ConceptSet) -> bool:
        """Tell whether a concept set has a code.

        Arguments:
            search: the code.
            edition: the code system.
            concept_set: the concept set.
        """
        whole = not concept_set.concepts and not concept_set.filters
        entry = edition.locate(search.coding.code)
        if entry is None:
            return whole and not search.out and self._not_there(search, edition)
        if self._is_out_of_force(search, edition, concept_set, entry):
            return False
        if whole:
            return self._admits(search, edition, entry, whole=True)
        if any(self._is_listed(search, edition, entry, each) for each in self._of(edition, concept_set, entry)):
            return True
        if not concept_set.filters:
            return False
        if not all(entry.ordinal in filters.select(edition, each) for each in concept_set.filters):
            return False
        return self._admits(search, edition, entry)

    def lists(self, edition: Edition, concept_set: ConceptSet, entry: Entry) -> bool:
        """Tell whether a concept set lists a code, or does not list any."""
        return not concept_set.concepts or bool(self._of(edition, concept_set, entry))

    def _of(self, edition: Edition, concept_set: ConceptSet, entry: Entry) -> list[IncludedConcept]:
        """Return what a concept set says of a code where it lists it, however the code is written there."""
        if not concept_set.concepts:
            return []
        key = id(edition), id(concept_set)
        if key not in self._listed:
            known = edition.source.find_many([each.code for each in concept_set.concepts])
            found: dict[int, list[IncludedConcept]] = {}
            for each in concept_set.concepts:
                there = known.get(each.code) or edition.locate(each.code)
                if there is not None:
                    found.setdefault(there.ordinal, []).append(each)
            self._listed[key] = edition, found
        return self._listed[key][1].get(entry.ordinal, [])

    def _is_listed(self, search: Search, edition: Edition, entry: Entry, listed: IncludedConcept) -> bool:
        if not self._admits(search, edition, entry, listed):
            return False
        marked = extensions.find(listed.extra, extensions.STANDARDS_STATUS)
        if extensions.has(listed.extra, extensions.DEPRECATED):
            marked = marked or "deprecated"
        if marked in ("withdrawn", "deprecated") and not search.out:
            told = {"system": edition.url, "code": search.coding.code, "valueset": self.value_set.versioned}
            search.say("CONCEPT_DEPRECATED_IN_VALUESET", status=marked, **told)
        return True

    def _not_there(self, search: Search, edition: Edition) -> bool:
        if self.question.membership_only:
            return False
        if not edition.complete:
            told = {"code": search.coding.code, "system": edition.url}
            search.say("UNKNOWN_CODE_IN_FRAGMENT", version=edition.version or "", **told)
            return True
        search.verdict.add(*unknown_code(edition, search.coding.code, path_to(search.at, "code")))
        return False

    def _is_out_of_force(self, search: Search, edition: Edition, concept_set: ConceptSet, entry: Entry) -> bool:
        if self.on is None or concept_set.version or search.coding.version:
            return False
        day = self.on.isoformat()
        if not ((entry.valid_from and day < entry.valid_from) or (entry.valid_to and day > entry.valid_to)):
            return False
        if not search.out and not self.question.membership_only:
            search.say("TERMBANK_CODE_NOT_IN_FORCE", code=entry.code, system=edition.versioned, date=day)
        return True

    def _note_writing(self, search: Search, edition: Edition, entry: Entry) -> None:
        given = search.coding.code
        if entry.code == given:
            return
        search.verdict.know(normalised=entry.code)
        other = edition.notation(given)
        if other is not None:
            search.verdict.add_new(other)
        else:
            search.say("CODE_CASE_DIFFERENCE", given=given, code=entry.code, system=edition.versioned)

    def _admits(
        self, search: Search, edition: Edition, entry: Entry, listed: IncludedConcept | None = None, whole: bool = False
    ) -> bool:
        """Tell whether a code that is in a set may be used: headings and inactive codes perhaps not."""
        spoken = not search.out and not self.question.membership_only
        if not search.out:
            own = list(_own_designations(listed)) if listed else []
            known = edition.designations(entry.code)
            search.verdict.know(designations=Designations([*known, *own], edition.language) if own else known)
            self._note_writing(search, edition, entry)
        if entry.abstract and not self.question.abstract:
            if spoken:
                search.say("ABSTRACT_CODE_NOT_ALLOWED", system=edition.url, code=search.coding.code)
            return False
        inactive = edition.is_inactive(entry)
        if inactive and (self.value_set.inactive is False or self.question.active_only):
            if whole and not search.out:
                inactive_code = issue("STATUS_CODE_WARNING_CODE", path_to(search.at, "code"), code=search.coding.code)
                search.verdict.add(inactive_code, said=True)
            if spoken:
                search.verdict.know(inactive=True, status=edition.status(entry.code))
            return False
        if not search.out:
            search.verdict.know(inactive=inactive, status=edition.status(entry.code))
        return True


def _own_designations(listed: IncludedConcept) -> Iterator[Designation]:
    if listed.display:
        yield Designation(listed.display.strip())
    for term in listed.designations:
        yield Designation(term.text, term.language, term.designation_use)


def unknown_code(edition: Edition, code: str, at: str) -> list[Finding]:
    """Return what is to be said of a code that a code system does not have."""
    if edition.version:
        found = [issue("Unknown_Code_in_Version", at, code=code, system=edition.url, version=edition.version)]
    else:
        found = [issue("Unknown_Code_in", at, code=code, system=edition.url)]
    if edition.info.extra and edition.info.extra.get("compositional") is True:
        found.append(issue("TERMBANK_COMPOSITIONAL", at, system=edition.url))
    return found
