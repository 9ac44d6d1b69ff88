"""The rule catalogue: every finding that termbank can make, with its severity and its text in Swedish and English.

Nothing is reported that does not stand here. The reference page `docs/rules.md` is generated from this module.
"""

from functools import cache
from typing import Any

from termbank.model.base import Noun
from termbank.model.finding import Finding, Location, Severity
from termbank.model.parts import part_text


class _Shown(dict[str, str]):
    """Arguments of a text; one that was not given is shown by its name."""

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


class Rule(Noun):
    """One rule.

    Arguments:
        id: the rule's name, the same in every output.
        severity: what a finding by it weighs unless told otherwise.
        group: which room finds it: codes, mappings, records, files, identifiers or vocabulary.
        sv, en: the text, with `{argument}` where a finding's arguments go.
        advice_sv, advice_en: what to do about it.
        message_id: HL7's id of the message, for findings that are issues of a FHIR OperationOutcome.
        issue, tx_type: the kind of issue (FHIR issue-type, tx-issue-type) of such a finding.
    """

    id: str
    severity: Severity
    group: str
    sv: str
    en: str
    advice_sv: str = ""
    advice_en: str = ""
    message_id: str | None = None
    issue: str | None = None
    tx_type: str | None = None

    def text(self, arguments: dict[str, str], language: str = "sv") -> str:
        """Fill the rule's text with a finding's arguments; `part` is a part of a document, named in the language."""
        template = self.en if language == "en" else self.sv
        if "part" not in arguments:
            return template.format_map(_Shown(arguments))
        said = template.format_map(_Shown({**arguments, "part": part_text(arguments["part"], language)}))
        return said[:1].upper() + said[1:] if template.startswith("{part}") else said

    def advice(self, language: str = "sv") -> str:
        """Return what to do about such a finding."""
        return self.advice_en if language == "en" else self.advice_sv

    def finding(
        self, location: Location | None = None, value: str | None = None, hint: str | None = None, **arguments: Any
    ) -> Finding:
        """Make a finding by this rule.

        >>> rule("unknown-code").finding(code="XX9", system="kva|2026").severity
        'error'
        """
        return Finding(
            rule=self.id,
            severity=self.severity,
            arguments=tuple((name, str(argument)) for name, argument in arguments.items()),
            location=location,
            value=value,
            hint=hint,
        )


def rule(rule_id: str) -> Rule:
    """Return the rule of that id.

    Raises:
        KeyError: nothing uncatalogued is ever emitted, so this is a defect of termbank.
    """
    return catalogue()[rule_id]


@cache
def catalogue() -> dict[str, Rule]:
    """Return every rule by its id, in the order of the reference page."""
    from termbank.model import rule_texts
    from termbank.model.fhir_messages import MESSAGES

    rules = {
        rule_id: Rule(
            id=rule_id, severity=severity, group=group, sv=sv, en=en, advice_sv=advice_sv, advice_en=advice_en
        )
        for group, rows in rule_texts.GROUPS.items()
        for rule_id, severity, sv, en, advice_sv, advice_en in rows
    }
    messages = {
        message.id: Rule(
            id=message.id,
            severity=message.severity,
            group="fhir",
            sv=message.sv,
            en=message.en,
            message_id=message.id.partition("#")[0],
            issue=message.issue,
            tx_type=message.tx_type or None,
        )
        for message in MESSAGES
    }
    return rules | messages
