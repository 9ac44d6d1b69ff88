"""Where findings stand, as SARIF says it, and fingerprints that outlive moved lines."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from termbank.model import Finding
from termbank.reports.characters import visible
from termbank.reports.places import span, words
from termbank.reports.report import Checked

_PLAIN = {".md", ".markdown", ".mdown", ".txt", ".text"}
_AROUND = 24
_LINE_END = re.compile("\n")
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")


def uri(path: str) -> str:
    """Write a path as a URI reference (RFC 3986).

    >>> uri("rutiner/vård och omsorg.md"), uri("C:\\\\rutiner\\\\a.md")
    ('rutiner/v%C3%A5rd%20och%20omsorg.md', 'file:///C:/rutiner/a.md')
    """
    absolute = path.startswith("/")
    if _WINDOWS.match(path):
        return "file:///" + path[:2] + quote(path[2:].replace("\\", "/"), safe="/")
    written = quote(visible(path).replace("\\", "/"), safe="/")
    return "file://" + written if absolute and not written.startswith("//") else written


def artifact(checked: Checked, index: int) -> dict[str, Any]:
    """Return the artifactLocation of a document (3.4)."""
    return {"uri": uri(checked.path), "index": index}


def where(checked: Checked, finding: Finding, index: int, mask: bool) -> dict[str, Any]:
    """Return the location of a finding (3.28).

    Offsets and ends are given only where the text is the file itself, line by line; a document in another format has
    its part as a logical location, and offsets in its text among the properties.

    Arguments:
        checked: the document.
        finding: what was found in it.
        index: of the document among the artifacts.
        mask: no snippet.

    Returns:
        The location as plain data.

    >>> from termbank.model import Location
    >>> finding = Finding(rule="notation", severity="info", location=Location(line=2, column=1, start=4, end=7))
    >>> where(Checked("a.md", "ett\\ntvå"), finding, 0, mask=True)["physicalLocation"]["region"]
    {'startLine': 2, 'startColumn': 1, 'endLine': 2, 'endColumn': 4, 'charOffset': 4, 'charLength': 3}
    """
    physical: dict[str, Any] = {"artifactLocation": artifact(checked, index)}
    result: dict[str, Any] = {"physicalLocation": physical}
    location = finding.location
    if location is None:
        return result
    found = span(finding, len(checked.text))
    if location.line is not None:
        region: dict[str, Any] = {"startLine": location.line}
        if location.column is not None:
            region["startColumn"] = location.column
        if found and _is_the_file(checked, finding):
            region.update(_end(checked.text, *found))
        said = words(checked, finding)
        if said and not mask:
            region["snippet"] = {"text": visible(said)}
        physical["region"] = region
    if location.part:
        result["logicalLocations"] = [{"name": location.part, "kind": "element"}]
    if found and "charOffset" not in physical.get("region", {}):
        result["properties"] = {"textStart": found[0], "textEnd": found[1]}
    return result


def _is_the_file(checked: Checked, finding: Finding) -> bool:
    """Tell whether offsets in the text are offsets in the file: a format of plain text, and the lines agree."""
    location = finding.location
    if location is None or location.start is None or PurePosixPath(checked.path).suffix.lower() not in _PLAIN:
        return False
    return (location.line, location.column) == _place(checked.text, location.start) and not location.part


def _place(whole: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, from 1."""
    starts = _line_starts(whole)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=1)
def _line_starts(whole: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _LINE_END.finditer(whole)))


def _end(whole: str, start: int, end: int) -> dict[str, int]:
    line, column = _place(whole, end)
    return {"endLine": line, "endColumn": column, "charOffset": start, "charLength": end - start}


class Fingerprints:
    """Names the findings of a document so that they are known again when lines have moved.

    A fingerprint is made of the rule, the words and the letters around them; those that are alike are counted. Where
    the report is masked it is made of the rule alone, since short words could be guessed from it.
    """

    def __init__(self, checked: Checked, mask: bool) -> None:
        self.checked = checked
        self.mask = mask
        self.seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """Return the fingerprint of a finding; to be asked in the order of the document."""
        pieces = [finding.rule]
        if not self.mask:
            pieces += [words(self.checked, finding), self._around(finding)]
        joined = "\x1f".join(" ".join(piece.casefold().split()) for piece in pieces)
        digest = hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]
        self.seen[digest] += 1
        return f"{digest}:{self.seen[digest]}"

    def _around(self, finding: Finding) -> str:
        found = span(finding, len(self.checked.text))
        if found is None:
            return ""
        whole, (start, end) = self.checked.text, found
        before = "".join(whole[max(0, start - 4 * _AROUND) : start].split())[-_AROUND:]
        after = "".join(whole[end : end + 4 * _AROUND].split())[:_AROUND]
        return f"{before}|{after}"
