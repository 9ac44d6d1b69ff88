"""Is a code, a Coding or a CodeableConcept right, in a value set: membership, displays, status, and what to say."""

import re
from typing import Any, Literal, NamedTuple

from termbank.model import Coding, ValueSet
from termbank.model.finding import Severity
from termbank.terminology import standing
from termbank.terminology.concept_sets import path_to, unknown_code
from termbank.terminology.inquiry import Inquiry
from termbank.terminology.membership import Membership
from termbank.terminology.refusal import issue
from termbank.terminology.verdict import Facts, Verdict

Mode = Literal["code", "coding", "codeableConcept"]
"""How a code was given; issues point to it accordingly."""

_PLACE: dict[Mode, str] = {"code": "", "coding": "Coding", "codeableConcept": "CodeableConcept"}


class Judgement(NamedTuple):
    """The answer to "is this right, in this value set".

    Arguments:
        valid: the answer.
        coding: the code that it is about: the first that is in the value set, else, where only one was given, that.
        verdict: everything that was found out.
        facts: what is known of that code.
        unknown: systems that are not here, where they are the reason (`caused`) or only beside it.
        caused: they are the reason.
    """

    valid: bool
    coding: Coding | None
    verdict: Verdict
    facts: Facts
    unknown: tuple[str, ...]
    caused: bool


def judge(
    inquiry: Inquiry, value_set: ValueSet, codings: list[Coding], mode: Mode, *, whole_system: bool = False
) -> Judgement:
    """Validate a code, a Coding or a CodeableConcept against a value set.

    Arguments:
        inquiry: the question.
        value_set: the value set.
        codings: the codes, which stand for the same thing; one right code is enough.
        mode: how they were given.
        whole_system: the value set was made of a whole code system, and is not itself spoken of.

    Raises:
        Refusal: the value set cannot be used.
    """
    return _Judge(inquiry, value_set, mode, whole_system).judge(codings)


class _Judge:
    def __init__(self, inquiry: Inquiry, value_set: ValueSet, mode: Mode, whole_system: bool) -> None:
        self.inquiry = inquiry
        self.question = inquiry.question
        self.value_set = value_set
        self.mode = mode
        self.whole_system = whole_system
        self.place = _PLACE[mode]
        self.membership = Membership(inquiry, value_set)
        inquiry.must_have_supplements()
        self.verdict = Verdict()
        self.found: Coding | None = None
        self.tried: Coding | None = None
        self.display: str | None = None
        self.facts: Facts | None = None
        """What is known of the code that was found."""
        self.statuses: list[tuple[str, Coding, Facts]] = []
        """The codes that may have a status worth a word, each with its place."""

    def judge(self, codings: list[Coding]) -> Judgement:
        verdict = self.verdict
        own = standing.of_value_set(self.value_set)
        if not self.whole_system:
            verdict.add_new(standing.remark(own, own))
        ok: bool | None = False
        for index, coding in enumerate(codings):
            at = f"{self.place}.coding[{index}]" if self.mode == "codeableConcept" else self.place
            if not coding.code:
                verdict.add(issue("TERMBANK_CODING_WITHOUT_CODE", at, system=coding.system))
                break
            verdict.forget()
            found = self.membership.contains(at, coding, verdict)
            self._see(at, coding, found)
            self.statuses.append((at, coding, verdict.facts))
            if found or (found is None and ok is False):
                ok = found
        if ok is False and (not self.whole_system or not verdict.wrong):
            self._say_not_in_set(codings)
        self._say_statuses()
        seen = [facts for _, _, facts in self.statuses]
        facts = self.facts or next((each for each in seen if each.inactive), seen[-1] if seen else Facts())
        valid = ok is True and not verdict.wrong
        return Judgement(valid, self._answer(ok), verdict, facts, tuple(verdict.unknown_systems), ok is not False)

    def _see(self, at: str, coding: Coding, found: bool | None) -> None:
        verdict = self.verdict
        system = verdict.implied_system or coding.system
        if self.tried is None or found:
            self.tried = coding.with_(version=coding.version or verdict.facts.version)
        elif not self.tried.version and verdict.facts.version:
            self.tried = self.tried.with_(version=verdict.facts.version)
        if found is False and self.mode == "codeableConcept" and not self.whole_system:
            verdict.add(
                issue(
                    "None_of_the_provided_codes_are_in_the_value_set_one#this",
                    f"{at}.code",
                    code=self._shown(coding),
                    valueset=self.membership.name,
                )
            )
        if found:
            if not coding.version and self._needs_version(system):
                told = {"system": system, "code": coding.code}
                verdict.add(issue("TERMBANK_VERSION_NEEDED", path_to(at, "version"), **told), said=True)
            if coding.display and verdict.facts.designations:
                self._check_display(at, coding)
            if self.found is None:
                self.found = coding.with_(version=verdict.facts.version)
                self.facts = verdict.facts
                self.display = self._best_display()
        elif system and not self.question.membership_only:
            self._look_in_system(at, coding, system)

    def _needs_version(self, system: str) -> bool:
        edition = self.inquiry.edition(system, self.verdict.facts.version, decided=True)
        return edition is not None and edition.needs_version

    def _best_display(self) -> str | None:
        designations = self.verdict.facts.designations
        return designations.display(self.question.shown_languages) or designations.display(None)

    # -- a code that is not in the value set: what of its system

    def _look_in_system(self, at: str, coding: Coding, system: str) -> None:
        """Say what is wrong with a code that is not in the value set: its system, its version, itself, its display."""
        verdict, inquiry = self.verdict, self.inquiry
        at_system = path_to(at, "system")
        edition = inquiry.edition(system, coding.version, on=self.membership.on)
        if not is_absolute(system) and (edition is None or edition.url == system):  # no short name of a system
            verdict.add(issue("Terminology_TX_System_Relative", at_system), said=True)
        if edition is None:
            self._say_no_system(at_system, coding, system)
            return
        wrong = inquiry.check(edition, path_to(at, "version"))
        if wrong is not None:
            verdict.add(wrong)
        verdict.add_new(standing.remark(standing.of_edition(edition), self.membership.standing))
        entry = edition.locate(coding.code)
        if entry is None:
            key = (system, edition.version, coding.code)
            if key not in verdict.unknown_codes:
                verdict.unknown_codes.add(key)
                findings = unknown_code(edition, coding.code, path_to(at, "code"))
                for finding in findings:
                    verdict.add_new(finding)
                    if finding.severity == "error":
                        verdict.say(finding)
            return
        verdict.know(designations=edition.designations(entry.code), language=edition.language or "en")
        if edition.is_inactive(entry):
            verdict.know(inactive=True, status=edition.status(entry.code))
        self.display = self.display or self._best_display()
        if coding.display and verdict.facts.designations:
            self._check_display(at, coding)
        if self.tried is not None and not self.tried.version and edition.version:
            self.tried = self.tried.with_(version=edition.version)

    def _say_no_system(self, at: str, coding: Coding, system: str) -> None:
        """Say why there is no code system: it is a value set or a supplement, or not here."""
        supplement = self.inquiry.edition(system, coding.version, ["supplement"])
        if self.inquiry.holdings.value_set(system) is not None:
            self.verdict.add(issue("Terminology_TX_System_ValueSet2", at, system=system), said=True)
        elif supplement is not None:
            self.verdict.add(issue("CODESYSTEM_CS_NO_SUPPLEMENT", at, system=supplement.versioned), said=True)
        else:
            self._say_unknown_system(at, coding, system)

    def _say_unknown_system(self, at: str, coding: Coding, system: str) -> None:
        verdict, inquiry = self.verdict, self.inquiry
        version = coding.version or None
        if version is None and inquiry.edition(system) is None:
            finding, name = issue("UNKNOWN_CODESYSTEM", at, system=system), system
        else:
            finding = inquiry.missing_system(system, version, at=at, on=self.membership.on)
            name = inquiry.missing_name(system, version)
        if name not in verdict.unknown_systems:
            verdict.unknown_systems[name] = None
            verdict.add(finding)
        verdict.say(finding)

    # -- displays

    def _check_display(self, at: str, coding: Coding) -> None:
        """Check the display of a code that exists, in the languages that are wanted, and else in the system's own."""
        verdict, wanted = self.verdict, self.question.shown_languages
        there, text = verdict.facts.designations, coding.display or ""
        self.inquiry.step(len(there))
        told: dict[str, Any] = {
            "display": text,
            "system": coding.system or verdict.implied_system,
            "code": coding.code,
        }
        languages = self.question.language_summary
        severity: Severity = "warning" if self.question.lenient_display else "error"
        at = path_to(at, "display")
        if there.has(text, wanted):
            if not there.has(text, wanted, current=True):
                right = ",".join(f'"{each.value}"' for each in there if each.is_current and each.is_display)
                verdict.add(issue("INACTIVE_DISPLAY_FOUND", at, display=text, code=coding.code, right=right))
            return
        count = there.count(wanted)
        if not count:
            count, severity = there.count(wanted, displays_only=False), "warning"
        if count:
            message = "Display_Name_for__should_be_one_of__instead_of"
            if there.has_but_for_spaces(text, wanted):
                message = "Display_Name_WS_for__should_be_one_of__instead_of"
            told |= {"right": there.listed(wanted), "languages": languages, "count": count}
            finding = issue(f"{message}#{'one' if count == 1 else 'other'}", at, severity, **told)
        else:
            own = there.display(None)
            told |= {"languages": languages, "right": own}
            if not own:
                finding = issue("NO_VALID_DISPLAY_AT_ALL", at, **told)
            elif there.has(text, wanted, beside=verdict.facts.language):
                finding = issue("NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK", at, **told)
            else:
                lenient = self.question.lenient_display
                finding = issue("NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR", at, "warning" if lenient else None, **told)
        verdict.add(finding, said=True)

    # -- what is said at the end

    def _shown(self, coding: Coding) -> str:
        system = self.verdict.implied_system or coding.system or ""
        named = f"{system}|{coding.version}" if coding.version else system
        display = f" ('{coding.display}')" if coding.display else ""
        return f"'{named}#{coding.code}{display}'"

    def _say_not_in_set(self, codings: list[Coding]) -> None:
        if self.mode == "codeableConcept":
            finding = issue("TX_GENERAL_CC_ERROR_MESSAGE", valueset=self.membership.name)
        else:
            shown = ", ".join(self._shown(coding) for coding in codings)
            message = "None_of_the_provided_codes_are_in_the_value_set_one"
            finding = issue(message, path_to(self.place, "code"), code=shown, valueset=self.membership.name)
        self.verdict.add(finding, said=True)

    def _say_statuses(self) -> None:
        for at, coding, facts in self.statuses:
            status, code = facts.status or "", coding.code
            if facts.inactive:
                plain = status in ("inactive", "DISCOURAGED")
                message = "INACTIVE_CONCEPT_FOUND" if plain else "INACTIVE_CONCEPT_FOUND#also-inactive"
                self.verdict.add(issue(message, at or "code", code=code, status=status), said=True)
            elif status.lower() == "deprecated":
                self.verdict.add(issue("DEPRECATED_CONCEPT_FOUND", self.place or "code", code=code), said=True)

    def _answer(self, ok: bool | None) -> Coding | None:
        """Return the code that the answer is about."""
        if self.found is not None:
            return self.found.with_(display=self.display)
        if self.mode == "codeableConcept" or self.tried is None:
            return None
        return self.tried.with_(display=self.display)


def is_absolute(url: str) -> bool:
    """Tell whether a URI is absolute: whether it begins with a scheme (`http:`, `urn:`)."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) is not None


def of_system(url: str, version: str | None, value_set: str | None = None) -> ValueSet:
    """Return the value set of all codes of a code system.

    Arguments:
        url, version: the code system.
        value_set: the URL that the system itself gives that value set.
    """
    from termbank.model import ConceptSet

    name = value_set or f"{url}/vs"
    return ValueSet(id=name, url=name, version=version, include=(ConceptSet(system=url, version=version),))
