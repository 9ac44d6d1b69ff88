"""How versions are compared and matched: semantic versions with wildcards, dates, numbers and other text.

The rules are those that HL7's terminology ecosystem shares: a pattern for a semantic version may have `x` or `*` in
place of a part, and end with `?` for whatever follows; a version of another kind is met by the text that it begins
with (`2026` by `2026-01`); a plain number only by itself.
"""

import re
from collections.abc import Sequence

from termbank.terminology.versions import natural

_SEMVER = re.compile(
    r"(?P<numbers>(?:0|[1-9]\d*|[xX*])(?:\.(?:0|[1-9]\d*|[xX*])){0,2})"
    r"(?:-(?P<label>[^+]+))?(?:\+(?P<build>.+))?(?P<open>\?)?"
)
_PLAIN = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){1,2}([-+].*)?")
_DATE = re.compile(r"((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?(?:T.*)?)?", re.ASCII)


def has_wildcards(version: str) -> bool:
    """Tell whether a text is a pattern for several versions.

    >>> has_wildcards("1.x"), has_wildcards("1.0?"), has_wildcards("1.0.0")
    (True, True, False)
    """
    found = _SEMVER.fullmatch(version)
    return bool(found and (found["open"] or re.search(r"(^|\.)[xX*](\.|$)", found["numbers"]) or found["label"] == "*"))


def algorithm(version: str) -> str:
    """Tell of what kind a version seems to be: `semver`, `date`, `integer` or `alpha`."""
    if _PLAIN.fullmatch(version) or has_wildcards(version):
        return "semver"
    if _DATE.fullmatch(version):
        return "date"
    return "integer" if version.isascii() and version.isdigit() else "alpha"


def matches(pattern: str | None, version: str | None, kind: str | None = None) -> bool:
    """Tell whether a version is the one asked for, or one of those that a pattern stands for.

    Arguments:
        pattern: a version or a pattern.
        version: the version that is there.
        kind: how its system orders versions (`semver`, `date`, `integer`, `natural`, `alpha`); None: seen from it.

    >>> matches("1.x.x", "1.2.0"), matches("1.x", "1.2.0"), matches("1.2?", "1.2.0-draft"), matches("2026", "2026-07")
    (True, False, True, True)
    """
    if pattern == version:
        return True
    if not pattern or not version:
        return False
    kind = kind or algorithm(version)
    if kind == "semver":
        return _semver_matches(pattern, version)
    return kind != "integer" and version.startswith(pattern)


def _semver_matches(pattern: str, version: str) -> bool:
    asked, there = _SEMVER.fullmatch(pattern), _SEMVER.fullmatch(version)
    if asked is None or there is None:
        return False
    wanted, found = _parts(asked), _parts(there)
    for place, (part, actual) in enumerate(zip(wanted, found, strict=True)):
        if asked["open"] and not any(wanted[place:]):
            return True
        wild = part == "*" or (place < 3 and part in ("x", "X"))
        if (actual is None) if wild else part != actual:
            return False
    return True


def _parts(version: re.Match[str]) -> list[str | None]:
    numbers: list[str | None] = [*version["numbers"].split("."), None, None]
    return [*numbers[:3], version["label"], version["build"]]


def version_key(version: str | None) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders versions, the oldest first; no version at all is older than any.

    >>> sorted(["10", "9", "2"], key=version_key), sorted(["1.0.0", "1.0.0-draft"], key=version_key)
    (['2', '9', '10'], ['1.0.0-draft', '1.0.0'])
    """
    if not version:
        return ()
    date = _DATE.fullmatch(version)
    if date:
        return natural("-".join(part for part in date.groups() if part))
    if _PLAIN.fullmatch(version) and "-" in version:
        return natural(version.replace("-", "", 1))  # what leads up to a release comes before it
    return natural(f"{version}~")


def compare(a: str | None, b: str | None) -> int:
    """Compare two versions: negative where the first is the older.

    >>> compare("1.10.0", "1.9.0") > 0, compare("2025-12-01", "202601") < 0
    (True, True)
    """
    one, two = version_key(a), version_key(b)
    return (one > two) - (one < two)


def listed(versions: Sequence[str]) -> str:
    """Write versions as a message lists them.

    >>> listed(["1", "2"]), listed(["1", "2", "3"])
    ('1 or 2', '1, 2 and 3')
    """
    if len(versions) < 3:
        return " or ".join(versions)
    return f"{', '.join(versions[:-1])} and {versions[-1]}"


def is_canonical(there: str | None, asked: str | None) -> bool:
    """Tell whether a canonical URL is the one that is asked for, with or without a version."""
    if not there or not asked:
        return False
    (url, _, version), (wanted, _, pattern) = there.partition("|"), asked.partition("|")
    return url == wanted and (not pattern or matches(pattern, version or None))
