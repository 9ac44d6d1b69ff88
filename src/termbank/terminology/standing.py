"""Whether a code system or value set that is relied on is a draft, on trial, no longer in use, or withdrawn."""

from typing import NamedTuple

from termbank.model import Finding, ValueSet
from termbank.terminology import extensions
from termbank.terminology.edition import Edition
from termbank.terminology.refusal import issue


class Standing(NamedTuple):
    """What a resource says about its own standing.

    Arguments:
        kind: `CodeSystem` or `ValueSet`.
        versioned: url|version.
        status: its publication status.
        standards: its standards status, or nothing.
        experimental: it is made for tests and examples.
    """

    kind: str
    versioned: str
    status: str
    standards: str
    experimental: bool

    @property
    def is_draft(self) -> bool:
        """It says that it is a draft, in either way."""
        return "draft" in (self.status, self.standards)


def of_edition(edition: Edition) -> Standing:
    """Return what a code system says about its own standing."""
    info = edition.info
    return Standing("CodeSystem", edition.versioned, info.status, edition.standards_status, bool(info.experimental))


def of_value_set(value_set: ValueSet) -> Standing:
    """Return what a value set says about its own standing."""
    standards = str(extensions.find(value_set.extra, extensions.STANDARDS_STATUS) or "")
    return Standing("ValueSet", value_set.versioned, value_set.status, standards, bool(value_set.experimental))


def remark(resource: Standing, relied_on_by: Standing) -> Finding | None:
    """Return what is to be said of relying on a resource.

    A draft may rely on drafts, and what is on trial on what is on trial.

    Arguments:
        resource: what is relied on.
        relied_on_by: the value set that does.
    """
    message = None
    if resource.standards == "deprecated":
        message = "MSG_DEPRECATED"
    elif resource.standards == "withdrawn":
        message = "MSG_WITHDRAWN"
    elif resource.status == "retired":
        message = "MSG_RETIRED"
    elif resource.experimental and not relied_on_by.experimental:
        message = "MSG_EXPERIMENTAL"
    elif resource.is_draft and not relied_on_by.is_draft:
        message = "MSG_DRAFT"
    return issue(message, kind=resource.kind, resource=resource.versioned) if message else None
