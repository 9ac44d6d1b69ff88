"""Is a code in a value set: includes and excludes, imports, filters, versions, headings and inactive codes.

The rules are those of FHIR's $validate-code, and of HL7's terminology ecosystem where FHIR leaves room.
"""

from functools import cached_property

from termbank.model import Coding, ConceptSet, Finding, ValueSet
from termbank.store.entry import Entry
from termbank.terminology import extensions, filters, standing
from termbank.terminology.designations import Designation, Designations
from termbank.terminology.edition import Edition
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.verdict import Verdict
from termbank.terminology.version_patterns import matches, version_key

DEEPEST_IMPORT = 50
"""How many value sets may include each other in a chain."""


def path_to(at: str, name: str) -> str:
    """Return the expression of an element of what stands at another."""
    return f"{at}.{name}" if at else name


class Membership:
    """Tells whether codes are in a value set.

    Arguments:
        inquiry: the question.
        value_set: the value set.
        chain: the value sets that include it, outermost first.

    Raises:
        Refusal: the value set cannot be used: it includes what is not here, or itself, or has a filter without sense.
    """

    def __init__(self, inquiry: Inquiry, value_set: ValueSet, chain: tuple[str, ...] = ()) -> None:
        self.inquiry = inquiry
        self.question = inquiry.question
        self.value_set = value_set
        self.standing = standing.of_value_set(value_set)
        self.imported: dict[str, Membership] = {}
        self._chain = (*chain, value_set.versioned)
        if value_set.versioned in chain or len(chain) > DEEPEST_IMPORT:
            raise circle(self._chain)
        for name, sets in (("include", value_set.include), ("exclude", value_set.exclude)):
            for index, concept_set in enumerate(sets):
                self._prepare(concept_set, f"ValueSet.compose.{name}[{index}]")

    def _prepare(self, concept_set: ConceptSet, at: str) -> None:
        for url in concept_set.value_sets:
            pinned = self.inquiry.pin(url)
            if pinned not in self.imported:
                other = self.inquiry.value_set(pinned, self.value_set)
                if other is None:
                    raise Refusal(issue("Unable_to_resolve_value_Set_", valueset=pinned))
                self.imported[pinned] = Membership(self.inquiry, other, self._chain)
        edition = self.inquiry.edition(concept_set.system, concept_set.version)
        if edition is not None:
            for index, wanted in enumerate(concept_set.filters):
                filters.check(edition, wanted, f"{at}.filter[{index}]")

    @cached_property
    def _newest_first(self) -> list[ConceptSet]:
        """The includes, those of one system that state their version with the newest first."""
        found = list(self.value_set.include)
        places: dict[str, list[int]] = {}
        for place, each in enumerate(found):
            if each.system and each.version:
                places.setdefault(each.system, []).append(place)
        for same in places.values():
            ordered = sorted((found[place] for place in same), key=lambda each: version_key(each.version), reverse=True)
            for place, each in zip(same, ordered, strict=True):
                found[place] = each
        return found

    def contains(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        """Tell whether a code is in the value set; None where its code system is not here.

        Arguments:
            at: where the code stands.
            coding: the code, with its system, and perhaps a version and a display; an empty system is inferred where
                the question allows it.
            verdict: takes what is found out.
        """
        if not coding.system and not self.question.infer_system:
            verdict.add(issue("Coding_has_no_system__cannot_validate", at), said=True)
            return False
        if not coding.system:
            system = self._infer(coding.code, verdict)
            if system is None:
                return False
            verdict.implied_system = system
            coding = coding.with_(system=system)
        self.inquiry.must_have_supplements()
        if not self.value_set.composed:
            return self._in_expansion(at, coding, verdict)
        result = self._included(at, coding, verdict)
        return False if result and self._excluded(at, coding, verdict) else result

    # -- includes

    def _included(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        only = None if coding.version else self._version_that_has(coding)
        pinned = {each.version for each in self.value_set.include}
        result: bool | None = False
        for concept_set in self._newest_first:
            if not concept_set.system:
                result = True
            elif (
                concept_set.system == coding.system
                and (not only or concept_set.version == only)
                and (not coding.version or concept_set.version == coding.version or coding.version not in pinned)
            ):
                result = self._in_system(at, concept_set, coding, verdict)
                if result is None:
                    return None
            else:
                result = False
            if result:
                result = self._in_imports(at, concept_set, coding, verdict)
            if result:
                break
        return result

    def _in_imports(self, at: str, concept_set: ConceptSet, coding: Coding, verdict: Verdict) -> bool | None:
        result: bool | None = True
        for url in concept_set.value_sets:
            other = self.imported[self.inquiry.pin(url)]
            verdict.add_new(standing.remark(other.standing, self.standing))
            if result:
                result = other.contains(at, coding, verdict)
        return result

    def _in_system(self, at: str, concept_set: ConceptSet, coding: Coding, verdict: Verdict) -> bool | None:
        version = self._version(at, concept_set, coding, verdict)
        edition = self.inquiry.edition(coding.system, version)
        if edition is None:
            return None if self._missing(at, coding.system, version, verdict) else False
        wrong = self.inquiry.check(edition, path_to(at, "version"))
        if wrong is not None:
            verdict.add(wrong)
        verdict.language = edition.language or "en"
        verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
        if self._has(at, edition, concept_set, coding, verdict):
            verdict.version = edition.version
            return True
        return False

    def _missing(self, at: str, system: str, version: str | None, verdict: Verdict) -> bool:
        """Note that a code system is not here; False where only the membership is asked for."""
        if self.question.membership_only:
            return False
        finding = self.inquiry.missing_system(system, version, at=path_to(at, "system"))
        known = version and self.inquiry.holdings.versions_of(system)
        name = f"{system}|{version}" if known else system
        if not version or name not in verdict.unknown_systems:
            verdict.add(finding)
        verdict.unknown_systems[name] = None
        verdict.say(finding)
        return True

    def _version_that_has(self, coding: Coding) -> str | None:
        """Pick one of several versions that the value set states of a system: the newest that has the code.

        None where it makes no difference: there are not several, or all have it.
        """
        versions = {each.version for each in self.value_set.include if each.system == coding.system and each.version}
        if len(versions) < 2:
            return None
        having = {version for version in versions if version and self._fits(coding, version)}
        if having == versions:
            return None
        return max(having or versions, key=version_key)

    def _fits(self, coding: Coding, version: str) -> bool:
        edition = self.inquiry.edition(coding.system, version)
        entry = edition.locate(coding.code) if edition else None
        if edition is None or entry is None:
            return False
        designations = edition.designations(entry.code)
        return not coding.display or any(each.value == coding.display for each in designations)

    def _version(self, at: str, concept_set: ConceptSet, coding: Coding, verdict: Verdict) -> str | None:
        """Decide which version of a system a code is looked for in, and note where that is not the code's own."""
        system, given = coding.system, coding.version
        anything = self.inquiry.edition(system, decided=True)
        algorithm = anything.info.version_algorithm if anything else None
        version = self.inquiry.decide(system, concept_set.version)
        if not given:
            return version
        if version and anything is not None and version != given and matches(version, given, algorithm):
            version = given
        if not version:
            known = self.inquiry.holdings.versions_of(system)
            if given in known or (anything and any(matches(given, each, algorithm) for each in known)):
                version = given
        at_version = path_to(at, "version")
        edition = self.inquiry.edition(system, version)
        if edition is None:
            if version != given:
                verdict.add(
                    issue("VALUESET_VALUE_MISMATCH", at_version, system=system, version=version, given=given), said=True
                )
            return version
        if edition.version == given or matches(given, edition.version, edition.info.version_algorithm):
            return version
        told = {"system": system, "given": given}
        if not version:
            needed = bool(edition.info.extra and edition.info.extra.get("versionNeeded"))
            finding = issue(
                "VALUESET_VALUE_MISMATCH_DEFAULT",
                at_version,
                "error" if needed else None,
                version=edition.version or "",
                **told,
            )
        elif version != concept_set.version:
            finding = issue(
                "VALUESET_VALUE_MISMATCH_CHANGED", at_version, version=version, stated=concept_set.version or "", **told
            )
        else:
            finding = issue("VALUESET_VALUE_MISMATCH", at_version, version=version, **told)
        verdict.add(finding, said=finding.severity == "error")
        if self.inquiry.edition(system, given, decided=True) is None:
            verdict.unknown_systems[f"{system}|{given}"] = None
            verdict.add(self.inquiry.missing_system(system, given, at=path_to(at, "system")), said=True)
        return version

    # -- one concept set

    def _has(
        self, at: str, edition: Edition, concept_set: ConceptSet, coding: Coding, verdict: Verdict, out: bool = False
    ) -> bool:
        """Tell whether a concept set of a code system has a code; `out` where the set is excluded."""
        if not concept_set.concepts and not concept_set.filters:
            entry = edition.locate(coding.code)
            if entry is None:
                return not out and self._not_there(at, edition, coding, verdict)
            if not out:
                self._note_writing(at, edition, entry, coding, verdict)
            verdict.designations = edition.designations(entry.code)
            return self._admits(at, edition, entry, coding, verdict, out, whole=True)
        for listed in concept_set.concepts:
            entry = edition.locate(coding.code) if listed.code == coding.code else None
            if entry is None:
                continue
            own = [
                Designation(listed.display.strip()) if listed.display else None,
                *(Designation(term.text, term.language, term.designation_use) for term in listed.designations),
            ]
            verdict.designations = Designations(
                [*edition.designations(entry.code), *(each for each in own if each)], edition.language
            )
            if self._admits(at, edition, entry, coding, verdict, out):
                marked = extensions.find(listed.extra, extensions.STANDARDS_STATUS)
                if extensions.has(listed.extra, extensions.DEPRECATED):
                    marked = marked or "deprecated"
                if marked in ("withdrawn", "deprecated"):
                    verdict.add(
                        issue(
                            "CONCEPT_DEPRECATED_IN_VALUESET",
                            path_to(at, "code"),
                            system=edition.url,
                            code=coding.code,
                            status=marked,
                            valueset=self.value_set.versioned,
                        )
                    )
                return True
        if not concept_set.filters:
            return False
        entry = edition.locate(coding.code)
        if entry is None or not all(entry.ordinal in filters.select(edition, each) for each in concept_set.filters):
            return False
        verdict.designations = edition.designations(entry.code)
        return self._admits(at, edition, entry, coding, verdict, out)

    def _not_there(self, at: str, edition: Edition, coding: Coding, verdict: Verdict) -> bool:
        if self.question.membership_only:
            return False
        told = {"code": coding.code, "system": edition.url}
        if not edition.complete:
            verdict.add(issue("UNKNOWN_CODE_IN_FRAGMENT", path_to(at, "code"), version=edition.version or "", **told))
            return True
        verdict.add(unknown_code(edition, coding.code, path_to(at, "code")))
        return False

    def _note_writing(self, at: str, edition: Edition, entry: Entry, coding: Coding, verdict: Verdict) -> None:
        if entry.code == coding.code:
            return
        verdict.normalised = entry.code
        other = edition.notation(coding.code)
        if other is not None:
            verdict.add(other)
            return
        verdict.add(
            issue(
                "CODE_CASE_DIFFERENCE",
                path_to(at, "code"),
                given=coding.code,
                code=entry.code,
                system=edition.versioned,
            )
        )

    def _admits(
        self,
        at: str,
        edition: Edition,
        entry: Entry,
        coding: Coding,
        verdict: Verdict,
        out: bool,
        whole: bool = False,
    ) -> bool:
        """Tell whether a code that is in a set may be used: headings and inactive codes perhaps not."""
        only_membership = self.question.membership_only
        inactive = edition.is_inactive(entry)
        if entry.abstract and not self.question.abstract:
            if not only_membership and not out:
                verdict.add(
                    issue("ABSTRACT_CODE_NOT_ALLOWED", path_to(at, "code"), system=edition.url, code=coding.code)
                )
            return False
        if inactive and (self.value_set.inactive is False or self.question.active_only):
            if out:
                return False
            if whole:
                verdict.add(issue("STATUS_CODE_WARNING_CODE", path_to(at, "code"), code=coding.code), said=True)
            if not only_membership:
                verdict.see_inactive(at, edition.status(entry.code))
            return False
        if not out:
            verdict.inactive, verdict.inactive_at = inactive, at
            verdict.status = edition.status(entry.code)
        return True

    # -- excludes, stored expansions, inference

    def _excluded(self, at: str, coding: Coding, verdict: Verdict) -> bool:
        for concept_set in self.value_set.exclude:
            excluded: bool | None = True
            if concept_set.system:
                edition = self.inquiry.edition(concept_set.system, concept_set.version)
                if edition is None:
                    raise Refusal(self.inquiry.missing_system(concept_set.system, concept_set.version))
                verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
                excluded = concept_set.system == coding.system and self._has(
                    at, edition, concept_set, coding, verdict, out=True
                )
            for url in concept_set.value_sets:
                if excluded:
                    aside = Verdict()
                    excluded = self.imported[self.inquiry.pin(url)].contains(at, coding, aside)
            if excluded:
                return True
        return False

    def _in_expansion(self, at: str, coding: Coding, verdict: Verdict) -> bool | None:
        listed = stored(self.value_set, coding)
        if listed is None:
            return False
        version = listed.version or coding.version
        edition = self.inquiry.edition(coding.system, version)
        if edition is None:
            return None if self._missing(at, coding.system, version, verdict) else False
        verdict.add_new(standing.remark(standing.of_edition(edition), self.standing))
        verdict.language, verdict.version = edition.language or "en", edition.version
        return self._has(at, edition, ConceptSet(system=coding.system), coding, verdict)

    def _infer(self, code: str, verdict: Verdict) -> str | None:
        """Find the one system of the value set whose code this is; None, and why, where there is none or several."""
        systems: dict[str, None] = {}
        for membership in self._with_imports():
            for concept_set in membership.value_set.include:
                if concept_set.system and concept_set.system not in systems:
                    aside = Verdict()
                    coding = Coding(system=concept_set.system, code=code)
                    if self.inquiry.edition(concept_set.system, concept_set.version) is None:
                        continue
                    if self.contains("", coding, aside) and not _unsure(aside):
                        systems[concept_set.system] = None
        if len(systems) == 1:
            return next(iter(systems))
        told = {"code": code, "valueset": self.value_set.versioned}
        if systems:
            message = "Unable_to_resolve_system__value_set_has_multiple_matches"
            verdict.add(issue(message, "code", systems=", ".join(sorted(systems)), **told), said=True)
        else:
            verdict.add(issue("UNABLE_TO_INFER_CODESYSTEM", "code", **told), said=True)
        return None

    def _with_imports(self) -> "list[Membership]":
        found: list[Membership] = [self]
        for each in self.imported.values():
            found += each._with_imports()
        return found


def _unsure(verdict: Verdict) -> bool:
    return any(finding.rule == "UNKNOWN_CODE_IN_FRAGMENT" for finding in verdict.findings)


def unknown_code(edition: Edition, code: str, at: str) -> Finding:
    """Return the finding for a code that a code system does not have."""
    if edition.version:
        return issue("Unknown_Code_in_Version", at, code=code, system=edition.url, version=edition.version)
    return issue("Unknown_Code_in", at, code=code, system=edition.url)


def circle(chain: tuple[str, ...]) -> Refusal:
    """Return the refusal of value sets that include each other in a circle."""
    shown = chain if len(chain) < 12 else (*chain[:5], "...", *chain[-5:])
    return Refusal(issue("VALUESET_CIRCULAR_REFERENCE", chain=", ".join(shown)), outcome=True)


def stored(value_set: ValueSet, coding: Coding) -> Coding | None:
    """Return the entry of a code in a value set's stored expansion, or None."""
    waiting = [value_set.expansion or {}]
    while waiting:
        contains = waiting.pop().get("contains")
        for each in contains if isinstance(contains, list) else ():
            if not isinstance(each, dict):
                continue
            version = each.get("version")
            same = each.get("system") == coding.system and each.get("code") == coding.code
            if same and (not coding.version or not version or version == coding.version):
                return Coding(system=coding.system, code=coding.code, version=str(version) if version else None)
            waiting.append(each)
    return None
