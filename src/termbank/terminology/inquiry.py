"""One question being answered: which version applies, which supplements are used, and what was relied on."""

import datetime
from collections.abc import Mapping, Sequence

from termbank.errors import FormatError
from termbank.model import Finding, ValueSet
from termbank.terminology import extensions
from termbank.terminology.edition import Edition
from termbank.terminology.holdings import USABLE, Holdings
from termbank.terminology.question import Question, VersionRule
from termbank.terminology.refusal import Refusal, issue
from termbank.terminology.version_patterns import listed, matches

MOST_STEPS = 250_000
"""How often something may be looked up for one answer."""


class Inquiry:
    """One question being answered.

    Arguments:
        holdings: what can be seen.
        question: the options of the question.
    """

    def __init__(self, holdings: Holdings, question: Question) -> None:
        self.holdings = holdings
        self.question = question
        self.required = list(dict.fromkeys(question.supplements))
        """Supplements that the question or the value set demands."""
        self.used: set[str] = set()
        """Those of them that were found."""
        self.applied: dict[VersionRule, None] = {}
        """The rules on versions that decided something, in order."""
        self._rules: dict[str, list[VersionRule]] = {}
        for each in question.rules:
            self._rules.setdefault(each.url, []).append(each)
        self._steps = 0

    def step(self, count: int = 1) -> None:
        """Note that something is being done for the answer.

        Raises:
            Refusal: it was done too often; only a question that is made for it comes there.
        """
        self._steps += count
        if self._steps > MOST_STEPS:
            raise Refusal(issue("TERMBANK_TOO_COSTLY", limit=MOST_STEPS), outcome=True)

    def decide(self, url: str, version: str | None) -> str | None:
        """Decide which version of a system or value set applies; this is the one place that does.

        A rule that forces goes before what is stated; a default, and then a check, says it where nothing else does.

        Arguments:
            url: the system or value set.
            version: what is stated where it is used.

        Raises:
            Refusal: two rules contradict each other.
        """
        rules = self._rules.get(url, [])
        forced = self._only([rule for rule in rules if rule.mode == "force"], "SYSTEM_VERSION_MULTIPLE_OVERRIDE")
        if forced is not None:
            return forced
        if version:
            return version
        default = self._only([rule for rule in rules if rule.mode == "default"], "SYSTEM_VERSION_MULTIPLE_DEFAULT")
        if default is not None:
            return default
        for rule in rules:
            if rule.mode == "check":
                self.applied[rule] = None
                return rule.version
        return None

    def _only(self, rules: list[VersionRule], message: str) -> str | None:
        if not rules:
            return None
        other = next((rule for rule in rules if rule.version != rules[0].version), None)
        if other is not None:
            finding = issue(message, system=other.url, version=rules[0].version, other=other.version)
            raise Refusal(finding, 400, outcome=True)
        self.applied[rules[0]] = None
        return rules[0].version

    def check(self, edition: Edition, at: str = "") -> Finding | None:
        """Return what is wrong with using an edition, where a rule says which version it must be.

        Arguments:
            edition: the code system.
            at: where its version was asked for.
        """
        for rule in self._rules.get(edition.url, ()):
            if rule.mode == "check" and not matches(rule.version, edition.version, edition.info.version_algorithm):
                return issue(
                    "VALUESET_VERSION_CHECK", at, system=edition.url, version=edition.version, required=rule.version
                )
        return None

    def check_value_set(self, value_set: ValueSet) -> None:
        """Refuse a value set where a rule says which version it must be, and it is another.

        Raises:
            Refusal: so it is.
        """
        for rule in self._rules.get(value_set.url or "", ()):
            if rule.mode == "check" and not matches(rule.version, value_set.version):
                told = {"version": value_set.version or "", "required": rule.version}
                raise Refusal(issue("VALUESET_VERSION_CHECK", system=value_set.url, **told), 400)

    def edition(
        self,
        url: str | None,
        version: str | None = None,
        kinds: Sequence[str] = USABLE,
        *,
        decided: bool = False,
        on: datetime.date | None = None,
    ) -> Edition | None:
        """Return a code system in the version that applies, with its supplements; None where it is not here.

        Arguments:
            url: the code system.
            version: what is stated where it is used.
            kinds: the kinds of content that will do.
            decided: the version is the one; no rule applies.
            on: the day on which it shall have been in force, where nothing says the version; None: the question's.
        """
        if not url:
            return None
        if not decided:
            version = self.decide(url, version)
        day = on or self.question.on
        if day is not None and not version:
            source = self.holdings.in_force(url, day).source
        else:
            source = self.holdings.find(url, version, kinds)
        if source is None:
            return None
        edition = self.holdings.edition(source, self.holdings.supplements_for(source, self.required))
        self.used.update(each for each in self.required if edition.uses(each))
        return edition

    def canonical(self, system: str | None) -> str:
        """Return the URL of a code system that is here, by whatever name it is known; else the name as it is."""
        return self.holdings.canonical(system) if system else ""

    def missing_name(self, url: str, version: str | None) -> str:
        """Return the name under which a code system that is not here is reported: with its version, if others are."""
        return f"{url}|{version}" if version and self.holdings.versions_of(url) else url

    def missing_system(
        self, url: str, version: str | None, ending: str = "", at: str = "", on: datetime.date | None = None
    ) -> Finding:
        """Return the finding for a code system that is not here.

        Arguments:
            url, version: the system, and the version that applies.
            ending: `_EXP` where a value set was to be expanded.
            at: where it was asked for.
            on: the day on which it should have been in force.
        """
        if not version and on is not None and self.holdings.find(url) is not None:
            return issue("TERMBANK_NO_SYSTEM_ON_DATE", at, system=url, date=on.isoformat())
        if not version:
            return issue(f"UNKNOWN_CODESYSTEM{ending}", at, system=url)
        known = self.holdings.versions_of(url)
        if not known:
            return issue(f"UNKNOWN_CODESYSTEM_VERSION{ending}_NONE", at, system=url, version=version)
        return issue(f"UNKNOWN_CODESYSTEM_VERSION{ending}", at, system=url, version=version, known=listed(known))

    def pin(self, url: str) -> str:
        """Return a value set's URL with the version that the rules give it."""
        bare, _, version = url.partition("|")
        decided = self.decide(bare, version or None)
        return f"{bare}|{decided}" if decided else bare

    def value_set(self, url: str, within: ValueSet | None = None) -> ValueSet | None:
        """Return a value set that is referred to by url, perhaps |version, or by `#id` within another one."""
        if not url.startswith("#"):
            return self.holdings.value_set(url)
        from termbank.formats.fhir import value_sets

        contained = within.extra.get("contained") if within and within.extra else None
        for each in contained if isinstance(contained, list) else ():
            if isinstance(each, dict) and each.get("id") == url[1:] and each.get("resourceType") == "ValueSet":
                try:
                    return value_sets.read(each)
                except FormatError as error:
                    finding = issue("TERMBANK_RESOURCE_INVALID", parameter=url, reason=str(error))
                    raise Refusal(finding, 400, outcome=True) from None
        return None

    def need(self, extra: Mapping[str, object] | None) -> None:
        """Note the supplements that an element says that it needs."""
        for each in extensions.extensions(extra):
            needed = str(extensions.value(each))
            if each["url"] == extensions.SUPPLEMENT and needed not in self.required:
                self.required.append(needed)

    def must_have_supplements(self) -> None:
        """Refuse where a supplement that is demanded was not found.

        Raises:
            Refusal: one is missing.
        """
        missing = [each for each in self.required if each not in self.used]
        if missing:
            variant = "one" if len(missing) == 1 else "other"
            finding = issue(f"VALUESET_SUPPLEMENT_MISSING#{variant}", supplements=",".join(missing))
            raise Refusal(finding, 422, outcome=True)
