"""What was found, where, and what could be done: one type for lint, records, text and FHIR."""

from typing import Literal

from termbank.model.base import Noun

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""In rising order."""


class Location(Noun):
    """Where something was found; only what is known is set.

    Arguments:
        path: file name.
        line, column: 1-based.
        start, end: offsets in Unicode code points, the end not included.
        part: part of a document (header, footnote 3, cell B7).
        field: column or key.
        pointer: JSON pointer (RFC 6901) or FHIRPath expression.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    part: str | None = None
    field: str | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        """Write `path:line:column field`, what is known of it.

        >>> str(Location(path="plan.toml", line=3, field="columns"))
        'plan.toml:3: columns'
        """
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return ": ".join(part for part in (place, self.part, self.field, self.pointer) if part)


class Edit(Noun):
    """A change to a text that would mend a finding: replace start to end with the text."""

    start: int
    end: int
    text: str


class Finding(Noun):
    """One thing that was found, by one rule of the catalogue.

    Arguments:
        rule: id of the rule; its texts and severity stand in `termbank.model.rules`.
        severity: error, warning or info.
        arguments: what the rule's text is filled with, as (name, value) pairs.
        location: where.
        value: the offending text; masked by whoever shows it, where it comes from records.
        hint: what to do, where that is more than the rule's own advice.
        edits: changes that would mend it.
        concepts: related concepts, as `vocabulary#id`.

    >>> finding = Finding(rule="unknown-code", severity="error", arguments=(("code", "XX9"), ("system", "kva|2026")))
    >>> finding.message("en")
    'The code XX9 does not exist in kva|2026.'
    """

    rule: str
    severity: Severity
    arguments: tuple[tuple[str, str], ...] = ()
    location: Location | None = None
    value: str | None = None
    hint: str | None = None
    edits: tuple[Edit, ...] = ()
    concepts: tuple[str, ...] = ()

    def message(self, language: str = "sv") -> str:
        """Write the finding as one sentence in Swedish (`sv`) or English (`en`)."""
        from termbank.model.rules import rule

        return rule(self.rule).text(dict(self.arguments), language)
