"""What is found out about codes while they are validated against a value set."""

from collections.abc import Iterable

from termbank.model import Finding
from termbank.terminology.designations import Designations


class Verdict:
    """What is found out about one code or several that stand for the same thing.

    `findings` become issues; `said` is what the answer's message says, which is not all of them.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.said: list[Finding] = []
        self.unknown_systems: dict[str, None] = {}
        """Systems that are not here, as url or url|version, in order."""
        self.unknown_codes: set[tuple[str, str | None, str]] = set()
        self.inactive = False
        self.inactive_at = ""
        self.status: str | None = None
        self.normalised: str | None = None
        self.implied_system: str | None = None
        self.forget()

    def forget(self) -> None:
        """Forget what holds for one code only, before the next."""
        self.version: str | None = None
        self.designations = Designations()
        self.language = ""

    def add(self, *findings: Finding, said: bool = False) -> None:
        """Note findings; what is `said` is part of the message too."""
        self.findings += findings
        if said:
            self.say(*findings)

    def add_new(self, finding: Finding | None) -> None:
        """Note a finding, unless it was noted."""
        if finding is not None and finding not in self.findings:
            self.findings.append(finding)

    def say(self, *findings: Finding) -> None:
        """Let the message say something."""
        self.said += findings

    def see_inactive(self, at: str, status: str | None) -> None:
        """Note that a code is no longer in use."""
        self.inactive = True
        self.inactive_at = at
        self.status = status

    @property
    def wrong(self) -> bool:
        """Some finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)

    def message(self, language: str) -> str | None:
        """Write the message in a language, or None: what was said, and the errors that were not, sorted."""
        texts = {finding.message(language) for finding in _said(self.said, self.findings)}
        return "; ".join(sorted(texts)) or None


def _said(said: list[Finding], findings: list[Finding]) -> Iterable[Finding]:
    yield from said
    yield from (finding for finding in findings if finding.severity == "error")
