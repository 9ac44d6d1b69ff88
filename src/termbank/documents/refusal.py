"""How a document that is not read is refused: one sentence in either language, and what to do."""

from pathlib import Path
from typing import Any

from termbank.errors import FormatError
from termbank.model.finding import Location
from termbank.model.rules import rule


def refusal(rule_id: str, path: Path | str, **arguments: Any) -> FormatError:
    """Return the error that refuses a document by a rule of the catalogue; it is for the caller to raise.

    Arguments:
        rule_id: one of the rules of the group `documents`.
        path: the document; it is the rule's argument `path`.
        arguments: the rule's other arguments.

    >>> print(refusal("document-encrypted", "plan.docx"))
    plan.docx is protected with a password. Save a copy without a password.
    """
    finding = rule(rule_id).finding(location=Location(path=str(path)), path=str(path), **arguments)
    return FormatError(f"{finding.message('en')} {rule(rule_id).advice('en')}", finding=finding)


def shown_size(count: int) -> str:
    """Return a number of bytes as a person reads it, the same in Swedish and English.

    >>> shown_size(3_500_000_000), shown_size(64 * 2**20), shown_size(10)
    ('3337 MB', '64 MB', '10 B')
    """
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count} B"
