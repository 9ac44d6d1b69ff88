"""What a question asks for beside the code or the value set: versions, languages, what to show, and how much."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from termbank.terminology.languages import Languages

RuleMode = Literal["default", "check", "force"]


class VersionRule(NamedTuple):
    """One rule on the version of a code system or value set.

    Arguments:
        url: the system or value set.
        version: the version, or a pattern of it.
        mode: `default`: where nothing else says the version. `check`: that must be the one. `force`: whatever else
            is said.
        value_set: it is a rule on a value set.
    """

    url: str
    version: str
    mode: RuleMode
    value_set: bool = False

    @property
    def parameter(self) -> str:
        """Name of the FHIR parameter that states such a rule."""
        if self.value_set:
            return f"{self.mode}-valueset-version"
        return "system-version" if self.mode == "default" else f"{self.mode}-system-version"


@dataclass(frozen=True, slots=True)
class Question:
    """The options of a question; the defaults are those of FHIR.

    Arguments:
        rules: on versions.
        languages: those of the request (Accept-Language); None: not said.
        display_languages: those that displays are wanted in; None: as `languages`.
        supplements: supplements that shall be used (url, perhaps |version).
        abstract: headings are allowed.
        active_only: inactive codes are not.
        infer_system: find out the system of a code.
        lenient_display: a wrong display is a warning.
        membership_only: tell only whether the code is in the value set.
        designations: languages or uses of the designations that are wanted (`sv`, `system|code`).
        include_designations, include_definition: show them in an expansion.
        properties: codes of the properties to show.
        exclude_nested: a flat expansion.
        exclude_not_for_ui: no headings in an expansion.
        text: only codes with these words.
        offset, count: the part of the expansion that is wanted; None: all of it.
        limit: how many codes may be expanded at most; None: the default.
        incomplete_ok: a part will do where the whole would be too much.
        versions_match: a code is the same whatever the version of its system; None: not said.
        on: the day on which systems are read where nothing says their version.
    """

    rules: tuple[VersionRule, ...] = ()
    languages: Languages | None = None
    display_languages: Languages | None = None
    supplements: tuple[str, ...] = ()
    abstract: bool = True
    active_only: bool = False
    infer_system: bool = False
    lenient_display: bool = False
    membership_only: bool = False
    designations: tuple[str, ...] = ()
    include_designations: bool | None = None
    include_definition: bool | None = None
    properties: tuple[str, ...] = ()
    exclude_nested: bool | None = None
    exclude_not_for_ui: bool | None = None
    text: str | None = None
    offset: int | None = None
    count: int | None = None
    limit: int | None = None
    incomplete_ok: bool = False
    versions_match: bool | None = None
    on: datetime.date | None = None
    stated: frozenset[str] = field(default=frozenset())
    """Names of the FHIR parameters that the request itself states; an expansion repeats them."""

    def with_(self, **changes: object) -> "Question":
        """Return the same question with some options changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def shown_languages(self) -> Languages | None:
        """The languages in which displays are wanted."""
        return self.display_languages or self.languages

    @property
    def language_summary(self) -> str:
        """Those languages as a message shows them."""
        wanted = self.shown_languages
        return str(wanted) if wanted is not None else "--"

    def rules_for(self, url: str) -> list[VersionRule]:
        """Return the rules on a code system or value set."""
        return [rule for rule in self.rules if rule.url == url]
