"""Codes that do not exist, or no longer do, where the text says that they are codes of a classification."""

import re
from collections.abc import Iterator
from functools import lru_cache

from termbank.model import Finding
from termbank.terminology.engine import Terminology
from termbank.terminology.validation import Validation
from termbank.text.annotate import Annotator
from termbank.text.history import sentence, tells_of_then
from termbank.text.hits import Hit
from termbank.text.rules.code_cues import SHAPES, Coded, coded, columns_without_system
from termbank.text.settings import Settings
from termbank.text.view import View

_SAID_SO = re.compile(
    r"tog(?:s|its)? bort|tas? bort|bort(?:tag|plock)\w+|utgå(?:r|tt|tts|ngna?)?\b|utgick|upphör\w*|inte längre"
    r"|avveckla\w*|slopa\w*|ersatt\w*|ersätt\w*|ogiltig\w*|finns (?:inte|ej)|saknas|tidigare|äldre|användes|fanns"
    r"|(?:lokala?|egen|egna|påhitta\w+|fiktiva?|felaktiga?|okända?)\s+\w*kod",
    re.IGNORECASE,
)
_OTHER_SYSTEM = re.compile(
    r"\b(?:KSH\s?-?97|ICPC|SNOMED|DSM|ICD-?\s?(?:8|9|11|O)\b|Orpha|ORPHA|NCSP|NOMESCO|NordDRG|DRG|LOINC|ICF-CY|BVC-kod)"
)
_OF_YEAR = re.compile(r"\b(?:KVÅ|KSI|ICF|ATC|ICD-?\s?10(?:-SE)?),? (?:version |från |för )?((?:19|20)\d\d)\b")
_SHOWN = 3


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "CodeRule":
    """Make the rule of that id: unknown-code or withdrawn-code."""
    return CodeRule(rule_id, terminology)


class CodeRule:
    """Tells codes that are in no list, or in an older one only.

    A fragment of a list never tells that a code does not exist. Where no version of the list is known to apply on the
    document's day, nothing is said.

    Arguments:
        rule_id: unknown-code or withdrawn-code.
        terminology: the bank's engine, with the code lists.

    >>> CodeRule("unknown-code", Terminology([])).rule
    'unknown-code'
    """

    def __init__(self, rule_id: str, terminology: Terminology) -> None:
        self.rule = rule_id
        self._terminology = terminology

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the codes that the version in force on the document's day does not have."""
        seen: set[tuple[int, str]] = set()
        for each in (*coded(view), *self._inferred(view)):
            if (each.start, each.system) in seen or view.inside(each.start, each.end):
                continue
            seen.add((each.start, each.system))
            if _is_placeholder(each.code) or _names_other_system(view, each):
                continue
            answer = self._terminology.validate(each.system, each.code, on=view.on)
            finding = _decisive(answer)
            if finding is None or self._too_early(view, answer):
                continue
            rule = "unknown-code" if finding.rule == "unknown-code" else "withdrawn-code"
            if rule == self.rule and not self._told(view, each, finding):
                yield self._hit(view, each, answer, finding)

    def _inferred(self, view: View) -> Iterator[Coded]:
        """Yield the codes of columns headed *kod* alone, where most of the column are codes of one system."""
        for found in columns_without_system(view).values():
            for system, shape in SHAPES.items():
                fitting = [each for each in found if shape.fullmatch(each[2])]
                valid = sum(self._terminology.validate(system, code, near=0).valid is True for _, _, code in fitting)
                if valid >= 2 and valid >= 2 * (len(found) - valid):
                    yield from (Coded(start, end, code, system) for start, end, code in fitting)
                    break

    def _too_early(self, view: View, answer: Validation) -> bool:
        """Tell whether a document may be older than a list of which nobody has said from when it applies."""
        if not view.dated or all(each.rule != "assumed-validity" for each in answer.findings):
            return False
        year = re.match(r"\d{4}", answer.version or "")
        return year is None or view.on.year < int(year.group())

    def _told(self, view: View, each: Coded, finding: Finding) -> bool:
        """Tell whether the text itself says that the code is gone, or tells of the time when it was used."""
        first, last = sentence(view, each.start)
        if _says_so(view.text[first:last]):
            return True
        until = None
        if finding.rule == "withdrawn-code":
            system, _, version = dict(finding.arguments)["other"].partition("|")
            until = self._terminology.source(system, version).info.valid_to
        return finding.rule != "unknown-code" and tells_of_then(view, each.start, each.end, until)

    def _hit(self, view: View, each: Coded, answer: Validation, finding: Finding) -> Hit:
        arguments = dict(finding.arguments)
        if finding.rule == "no-longer-valid":
            system = arguments["system"]
            arguments = {
                "code": answer.code,
                "system": f"{system}, {view.on.isoformat()}",
                "other": f"{system}, –{arguments['date']}",
                "title": answer.display or "",
            }
        arguments.pop("value", None)
        return Hit(
            rule=self.rule,
            start=each.start,
            end=each.end,
            key=f"{each.system}#{each.code}",
            arguments=tuple(arguments.items()),
            hint=self._hint(each.system, answer),
            concepts=tuple(f"{each.system}#{near.code}" for near in answer.near[:_SHOWN]),
        )

    def _hint(self, system: str, answer: Validation) -> tuple[str, str] | None:
        """Return what took the code's place, where a list says so, or else the nearest codes."""
        for source in self._terminology.versions(system):
            concept = source.concept(answer.code)
            targets = [each.target for each in concept.relations if each.type == "replaced-by"] if concept else []
            if targets:
                listed = ", ".join(targets)
                return f"Ersatt av {listed}.", f"Replaced by {listed}."
        nearest = "; ".join(
            f"{near.code} ({near.display})" if near.display else near.code for near in answer.near[:_SHOWN]
        )
        return (f"Närmast: {nearest}.", f"The nearest: {nearest}.") if nearest else None


def _decisive(answer: Validation) -> Finding | None:
    """Return the finding that says that a code does not exist, or no longer does."""
    wrong = ("unknown-code", "withdrawn-code", "no-longer-valid")
    return next((each for each in answer.findings if each.rule in wrong), None) if answer.valid is False else None


def _names_other_system(view: View, each: Coded) -> bool:
    """Tell whether the sentence or the column names another classification, or this one as it was another year."""
    segment = view.document.segment(each.start)
    first, last = sentence(view, each.start)
    for text in ((segment.column or "") if segment else "", view.text[first:last]):
        other, years = _named_systems(text)
        if other or any(year != view.on.year for year in years):
            return True
    return False


@lru_cache(maxsize=64)
def _says_so(written: str) -> bool:
    return bool(_SAID_SO.search(written))


@lru_cache(maxsize=64)
def _named_systems(text: str) -> tuple[bool, frozenset[int]]:
    """Return whether a text names another classification, and the years of these that it names."""
    return bool(_OTHER_SYSTEM.search(text)), frozenset(map(int, _OF_YEAR.findall(text)))


def _is_placeholder(code: str) -> bool:
    """Tell a pattern that stands for any code: XX000, ABC12.

    >>> _is_placeholder("XX000"), _is_placeholder("XS999")
    (True, False)
    """
    return code.startswith(("XX", "YY", "ZZ", "ABC"))
