"""What is found out about codes while they are validated against a value set."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from termbank.model import Finding
from termbank.terminology.designations import Designations


class Facts(NamedTuple):
    """What is known of one code.

    Arguments:
        version: of its system.
        designations: its names, those that the value set gives it after the others.
        language: of its system.
        normalised: the code as its system writes it, where it was given otherwise.
        inactive: it is no longer in use.
        status: the status that its system gives it.
    """

    version: str | None = None
    designations: Designations = Designations()
    language: str = ""
    normalised: str | None = None
    inactive: bool = False
    status: str | None = None


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
        self.implied_system: str | None = None
        self.facts = Facts()
        """What is known of the code at hand."""
        self._seen: set[tuple[Hashable, ...]] = set()
        self._answers: dict[Hashable, tuple[bool | None, Facts]] = {}
        self._aside: Verdict | None = None

    def know(self, **facts: object) -> None:
        """Note facts of the code at hand."""
        self.facts = self.facts._replace(**facts)  # type: ignore[arg-type]

    def forget(self) -> None:
        """Forget what holds for one code only, before the next."""
        self.facts = Facts()

    def aside(self) -> "Verdict":
        """Return a verdict for what is only tried, and of which nothing is said."""
        if self._aside is None:
            self._aside = Verdict()
            self._aside._aside = self._aside
        return self._aside

    # -- answers that were given before: value sets may include each other along many ways

    def recall(self, question: Hashable) -> tuple[bool | None] | None:
        """Return the answer to a question that was answered before, and know again what was known then."""
        if question not in self._answers:
            return None
        answer, self.facts = self._answers[question]
        return (answer,)

    def remember(self, question: Hashable, answer: bool | None) -> None:
        """Note the answer to a question."""
        self._answers[question] = answer, self.facts

    # -- findings

    def add(self, *findings: Finding, said: bool = False) -> None:
        """Note findings; what is `said` is part of the message too."""
        self.findings += findings
        self._seen.update(map(_key, findings))
        if said:
            self.say(*findings)

    def add_new(self, finding: Finding | None) -> None:
        """Note a finding, unless it was noted."""
        if finding is not None and _key(finding) not in self._seen:
            self.add(finding)

    def say(self, *findings: Finding) -> None:
        """Let the message say something."""
        self.said += findings

    @property
    def wrong(self) -> bool:
        """Some finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)

    def message(self, language: str) -> str | None:
        """Write the message in a language, or None: what was said, and the errors that were not, sorted."""
        texts = {finding.message(language) for finding in _said(self.said, self.findings)}
        return "; ".join(sorted(texts)) or None


def _key(finding: Finding) -> tuple[Hashable, ...]:
    return finding.rule, finding.severity, finding.arguments, finding.location and finding.location.pointer


def _said(said: list[Finding], findings: list[Finding]) -> Iterable[Finding]:
    yield from said
    yield from (finding for finding in findings if finding.severity == "error")
