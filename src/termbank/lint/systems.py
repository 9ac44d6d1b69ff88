"""The table of known systems: no identifier names two of them, and each is written as its type asks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from termbank.model import Finding, KnownSystem, Location
from termbank.model.rules import rule

_FORMS = {"oid": r"[012](\.(0|[1-9]\d*))+", "url": r"[a-z][a-z0-9+.-]*:\S+"}


def check(systems: Sequence[KnownSystem], where: Location) -> Iterator[Finding]:
    """Check a table of systems."""
    first: dict[str, str] = {}
    for system in systems:
        for identifier in system.identifiers:
            value = identifier.value
            other = first.setdefault(value, system.id)
            if other != system.id:
                yield rule("shared-identifier").finding(where, identifier=value, system=system.id, other=other)
            if not re.fullmatch(_FORMS[identifier.type], value):
                kind = identifier.type.upper()
                yield rule("identifier-form").finding(where, identifier=value, system=system.id, type=kind)
        counts = Counter(identifier.type for identifier in system.identifiers if identifier.status == "preferred")
        for kind, count in counts.items():
            if count > 1:
                yield rule("preferred-identifier").finding(where, system=system.id, count=count, type=kind)
