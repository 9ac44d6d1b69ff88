"""Is a code in a value set: includes and excludes, imports, stored expansions; which version, and which system.

The rules are those of FHIR's $validate-code, and of HL7's terminology ecosystem where FHIR leaves room.
"""

from functools import cached_property

from termbank.model import Coding, ConceptSet, ValueSet
from termbank.terminology import extensions, filters, standing
from termbank.terminology.concept_sets import ConceptSets, Search, path_to
from termbank.terminology.edition import Edition
from termbank.terminology.inference import infer
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.using_version import newest_first, version_for, version_that_has
from termbank.terminology.verdict import Verdict
from termbank.terminology.version_patterns import matches

DEEPEST_IMPORT = 50
"""How many value sets may include each other in a chain."""


class Membership:
    """Tells whether codes are in a value set.

    Arguments:
        inquiry: the question.
        value_set: the value set.
        by: the value set that includes it, if any.
        contained: it is contained in the resource of that one.

    Raises:
        Refusal: the value set cannot be used: it includes what is not here, or itself, or has a filter without sense.
    """

    def __init__(
        self, inquiry: Inquiry, value_set: ValueSet, by: "Membership | None" = None, contained: bool = False
    ) -> None:
        self.inquiry = inquiry
        self.question = inquiry.question
        self.value_set = value_set
        self.standing = standing.of_value_set(value_set)
        self.on = value_set.locked_date or self.question.on
        self.concept_sets = ConceptSets(self.question, value_set, self.on)
        self.imported: dict[str, Membership] = {}
        self.height = 1
        """How many value sets include each other in a chain from this one on."""
        self.root: ValueSet = by.root if by and contained else value_set
        """The value set whose resource contains it, or itself."""
        self._name = f"{self.root.versioned}#{value_set.id}" if contained else value_set.versioned
        self._chain: tuple[str, ...] = (*(by._chain if by else ()), self._name)
        self._prepared: dict[str, Membership] = by._prepared if by else {}
        if len(self._chain) > DEEPEST_IMPORT:
            raise circle(self._chain)
        inquiry.check_value_set(value_set)
        compose = value_set.extra.get("compose") if value_set.extra else None
        extensions.must_be_known(value_set.extra, "ValueSet")
        extensions.must_be_known(compose, "ValueSet.compose")
        for name, sets in (("include", value_set.include), ("exclude", value_set.exclude)):
            for index, concept_set in enumerate(sets):
                self._prepare(concept_set, f"ValueSet.compose.{name}[{index}]")
        if not value_set.composed and value_set.expansion is None:
            raise Refusal(issue("TERMBANK_NO_DEFINITION", valueset=value_set.versioned))
        for system in {system for system, _ in self.expanded}:
            inquiry.edition(system)  # with the supplements that are demanded
        self._prepared[self._name] = self

    def _prepare(self, concept_set: ConceptSet, at: str) -> None:
        extensions.must_be_known(concept_set.extra, at)
        self.inquiry.need(concept_set.extra)
        if not concept_set.system and not concept_set.value_sets:
            raise Refusal(issue("TERMBANK_NO_DEFINITION", at, valueset=self.value_set.versioned), outcome=True)
        for index, listed in enumerate(concept_set.concepts):
            if listed.extra:
                extensions.must_be_known(listed.extra, f"{at}.concept[{index}]")
        for url in concept_set.value_sets:
            if url not in self.imported:
                self.imported[url] = self._import(url)
        edition = self.edition(concept_set)
        if edition is not None:
            for index, wanted in enumerate(concept_set.filters):
                extensions.must_be_known(wanted.extra, f"{at}.filter[{index}]")
                filters.check(edition, wanted, f"{at}.filter[{index}]")

    def _import(self, url: str) -> "Membership":
        contained = url.startswith("#")
        pinned = url if contained else self.inquiry.pin(url)
        other = self.inquiry.value_set(pinned, self.root)
        if other is None:
            raise Refusal(issue("Unable_to_resolve_value_Set_", valueset=pinned))
        name = f"{self.root.versioned}#{other.id}" if contained else other.versioned
        if name in self._chain:
            raise circle((*self._chain, name))
        known = self._prepared.get(name) or Membership(self.inquiry, other, self, contained)
        self.height = max(self.height, known.height + 1)
        if self.height > DEEPEST_IMPORT:
            raise circle((*self._chain, name))
        return known

    @property
    def name(self) -> str:
        """What the value set is called in messages."""
        return self.value_set.versioned if self.value_set.url else "(unidentified)"

    # -- the answer

    def contains(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        """Tell whether a code is in the value set; None where its code system is not here.

        Arguments:
            at: where the code stands.
            coding: the code, with its system, and perhaps a version and a display; an empty system is inferred where
                the question allows it.
            verdict: takes what is found out.
        """
        question = id(self), at, coding.system, coding.version, coding.code, coding.display
        known = verdict.recall(question)
        if known is None:
            self.inquiry.step()
            known = (self._contains(at, coding, verdict),)
            verdict.remember(question, known[0])
        return known[0]

    def _contains(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        if not coding.system and not self.question.infer_system:
            verdict.add(issue("Coding_has_no_system__cannot_validate", at), said=True)
            return False
        if not coding.system:
            system = infer(self, coding.code, verdict)
            if system is None:
                return False
            verdict.implied_system = system
            coding = coding.with_(system=system)
        self.inquiry.must_have_supplements()
        if not self.value_set.composed:
            return self._in_expansion(at, coding, verdict)
        found = self._included(at, coding, verdict)
        return False if found and self._excluded(at, coding, verdict) else found

    # -- includes

    @cached_property
    def _includes(self) -> list[tuple[str, ConceptSet]]:
        """The includes, each with its system as it is known; the newest of one system first."""
        return [(self.inquiry.canonical(each.system), each) for each in newest_first(self.value_set.include)]

    def includes_of(self, system: str) -> list[ConceptSet]:
        """Return the includes that may have codes of a system: its own, and those of other value sets only."""
        known = self.inquiry.canonical(system)
        return [each for its, each in self._includes if its in ("", known)]

    def _included(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        includes = self.includes_of(coding.system)
        stated = {each.version for each in includes if each.system and each.version}
        only = None if coding.version else version_that_has(self.inquiry, coding, stated)
        own = coding.version if coding.version in stated else None
        unsure = False
        for concept_set in includes:
            self.inquiry.step()
            found: bool | None = True
            if concept_set.system:
                if concept_set.version != (own or only or concept_set.version):
                    continue
                found = self._in_system(at, concept_set, coding, verdict)
                if found is None:
                    return None
            for url in concept_set.value_sets:
                other = self.imported[url]
                verdict.add_new(standing.remark(other.standing, self.standing))
                if found:
                    found = other.contains(at, coding, verdict)
            if found:
                return True
            unsure = unsure or found is None
        return None if unsure else False

    def edition(self, concept_set: ConceptSet) -> Edition | None:
        """Return the code system of a concept set, in the version that applies; None where it is not here."""
        return self.inquiry.edition(concept_set.system, concept_set.version, on=self.on)

    def _in_system(self, at: str, concept_set: ConceptSet, coding: Coding, verdict: Verdict) -> bool | None:
        version = version_for(self.inquiry, at, concept_set.version, coding, verdict)
        edition = self.inquiry.edition(coding.system, version, on=self.on)
        if edition is None:
            return None if self._missing(at, coding.system, version, verdict) else False
        wrong = self.inquiry.check(edition, path_to(at, "version"))
        if wrong is not None:
            verdict.add(wrong)
        verdict.know(language=edition.language or "en")
        verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
        if self.concept_sets.has(Search(at, coding, verdict), edition, concept_set):
            verdict.know(version=edition.version)
            return True
        return False

    def _missing(self, at: str, system: str, version: str | None, verdict: Verdict) -> bool:
        """Note that a code system is not here; False where only the membership is asked for."""
        if self.question.membership_only:
            return False
        finding = self.inquiry.missing_system(system, version, at=path_to(at, "system"), on=self.on)
        name = self.inquiry.missing_name(system, version)
        if not version or name not in verdict.unknown_systems:
            verdict.add(finding)
        verdict.unknown_systems[name] = None
        verdict.say(finding)
        return True

    # -- excludes and stored expansions

    def _excluded(self, at: str, coding: Coding, verdict: Verdict) -> bool:
        system = self.inquiry.canonical(coding.system)
        for concept_set in self.value_set.exclude:
            self.inquiry.step()
            excluded: bool | None = True
            if concept_set.system:
                if self.inquiry.canonical(concept_set.system) != system:
                    continue
                edition = self.edition(concept_set)
                if edition is None:
                    finding = self.inquiry.missing_system(concept_set.system, concept_set.version, on=self.on)
                    name = self.inquiry.missing_name(concept_set.system, concept_set.version)
                    raise Refusal(finding, unknown_system=name)
                verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
                excluded = self.concept_sets.has(Search(at, coding, verdict, out=True), edition, concept_set)
            for url in concept_set.value_sets:
                other = self.imported[url]
                verdict.add_new(standing.remark(other.standing, self.standing))
                excluded = excluded and other.contains(at, coding, verdict.aside())
            if excluded:
                return True
        return False

    @cached_property
    def expanded(self) -> dict[tuple[str, str], list[str | None]]:
        """The codes of the stored expansion, where there is nothing else, each with the versions that it has there."""
        found: dict[tuple[str, str], list[str | None]] = {}
        waiting = [] if self.value_set.composed else [self.value_set.expansion or {}]
        while waiting:
            element = waiting.pop()
            system, code, version = (element.get(name) for name in ("system", "code", "version"))
            if isinstance(system, str) and isinstance(code, str):
                found.setdefault((system, code), []).append(version if isinstance(version, str) else None)
            inside = element.get("contains")
            waiting += [each for each in inside if isinstance(each, dict)] if isinstance(inside, list) else []
        return found

    def _in_expansion(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        given = coding.version
        listed = self.expanded.get((coding.system, coding.code), [])
        fitting = [each for each in listed if not given or not each or matches(each, given) or matches(given, each)]
        if not fitting:
            return False
        version = fitting[0] or given
        edition = self.inquiry.edition(coding.system, version, on=self.on)
        if edition is None:
            return None if self._missing(at, coding.system, version, verdict) else False
        verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
        verdict.know(language=edition.language or "en", version=edition.version)
        return self.concept_sets.has(Search(at, coding, verdict), edition, ConceptSet(system=coding.system))


def circle(chain: tuple[str, ...]) -> Refusal:
    """Return the refusal of value sets that include each other in a circle, or in too long a chain."""
    if chain[-1] not in chain[:-1]:
        return Refusal(issue("TERMBANK_IMPORTS_TOO_DEEP", valueset=chain[0], limit=DEEPEST_IMPORT), outcome=True)
    shown = chain if len(chain) < 12 else (*chain[:5], "...", *chain[-5:])
    return Refusal(issue("VALUESET_CIRCULAR_REFERENCE", chain=", ".join(shown)), outcome=True)
