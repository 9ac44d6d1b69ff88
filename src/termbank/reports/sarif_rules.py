"""Rules as SARIF describes them, with their texts in Swedish and English, and its way of writing messages."""

import re
from typing import Any

from termbank.model import Finding
from termbank.model.rules import rule

LEVELS: dict[str, str] = {"error": "error", "warning": "warning", "info": "note"}
"""SARIF's word for each severity."""

_ARGUMENT = re.compile(r"\{([a-z_]+)\}")
_SPECIAL = re.compile(r"\{\d+\}|\[[^\[\]]*\]\([^()]*\)")


def described(rule_id: str, language: str) -> dict[str, Any]:
    """Return a rule as a SARIF reportingDescriptor (3.49).

    It has no `helpUri`, since where a project publishes its pages is not known here; `help` says what to do.

    Arguments:
        rule_id: id of the rule.
        language: of the descriptions; `messageStrings` has both.

    Returns:
        The descriptor as plain data.

    >>> described("no-mapping", "en")["messageStrings"]["sv"]
    {'text': '{0} har ingen översättning till {1}.'}
    """
    each = rule(rule_id)
    advice = each.advice(language) or each.text({}, language)
    template = each.sv if language == "sv" else each.en
    readable = _ARGUMENT.sub(lambda match: f"‹{match[1]}›", template)
    return {
        "id": each.id,
        "shortDescription": {"text": message(readable)},
        "fullDescription": {"text": message(f"{readable} {each.advice(language)}".rstrip())},
        "messageStrings": {"sv": {"text": _numbered(each.sv)}, "en": {"text": _numbered(each.en, each.sv)}},
        "defaultConfiguration": {"level": LEVELS[each.severity]},
        "help": {"text": message(f"{advice} (docs/rules.md#{each.id})")},
        "properties": {"tags": ["terminology", each.group]},
    }


def ordered_arguments(finding: Finding) -> list[str]:
    """Return the arguments of a finding in the order that the numbers of its rule's message strings mean.

    >>> ordered_arguments(Finding(rule="no-mapping", severity="warning", arguments=(("to", "ksi"), ("code", "A"))))
    ['A', 'ksi']
    """
    given = dict(finding.arguments)
    return [given.get(name, f"<{name}>") for name in _names(rule(finding.rule).sv)]


def message(said: str) -> str:
    r"""Write a plain text message (3.11.3) in which nothing looks like a placeholder or an embedded link.

    >>> message("[a](b) {0}")
    '\\[a\\](b) {{0}}'
    """
    return _SPECIAL.sub(_escaped, said)


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith("{"):
        return f"{{{found}}}"
    return found.replace("[", "\\[").replace("]", "\\]")


def _names(template: str) -> list[str]:
    return list(dict.fromkeys(_ARGUMENT.findall(template)))


def _numbered(template: str, order: str | None = None) -> str:
    """Put numbers for names, in the order of the Swedish text; a name that only this text has comes after."""
    names = list(dict.fromkeys([*_names(order or template), *_names(template)]))
    return _ARGUMENT.sub(lambda match: f"{{{names.index(match[1])}}}", template)
