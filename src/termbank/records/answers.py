"""What the engine says of a cell on a day, and from when until when it says the same."""

import datetime
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from termbank.model import Coding, Finding, Relationship, Severity
from termbank.model.rules import rule
from termbank.records.cells import Part, date_of, days_since, looks_personal, parts
from termbank.records.profile import Column, Translate
from termbank.terminology.engine import Terminology
from termbank.terminology.translation import Translation
from termbank.terminology.validation import Validation
from termbank.terminology.value_sets import Members

Status = Literal["empty", "valid", "invalid", "undetermined"]
Mapped = Literal["", "translated", "several", "missing", "no-counterpart"]

FAR = 10**7
"""Further away than any date, in days."""

NO_DAY = FAR - 1
"""Stands for a day that cannot be read: the row is rejected for it, and its codes are judged without a date."""

_ITS_DAY = {"sv": "dag raden avser", "en": "the day of the row"}
"""How a reason names the day: an answer holds for many, and the row says its own."""


MembersOn = Callable[[datetime.date | None], Members]


class Answer(NamedTuple):
    """What is said of one cell of one column.

    Arguments:
        cell: the cell as it was.
        status: of the worst code in it.
        rule: the rule that rejects the row, or None.
        reason: why, in words.
        written: the cell as it goes out.
        title: title of its codes.
        translated, translated_title: what it is translated to.
        mapped: how the translation went.
        codes: the codes that exist, in the form of the system, with their titles.
        findings: everything that was found.
        first, last: the days, since 1970-01-01, between which all this holds.
    """

    cell: str
    status: Status
    rule: str | None
    reason: str
    written: str
    title: str
    translated: str
    translated_title: str
    mapped: Mapped
    codes: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    first: int = -FAR
    last: int = FAR


class Answers:
    """Answers for the cells of one column, each made once.

    Arguments:
        terminology: who knows.
        column: what the profile says of the column.
        language: of the reasons.
        members: tells, for a day, which codes are in the value set that the column must be in; None: there is none.
    """

    def __init__(
        self, terminology: Terminology, column: Column, language: str, members: MembersOn | None = None
    ) -> None:
        self._terminology = terminology
        self._column = column
        self._language = language
        self._members = members
        self.used: set[tuple[str, str]] = set()
        self.mapping_sets: set[str] = set()
        self._translations: dict[str, list[Translation]] = {}
        sources = terminology.versions(column.system)
        bounds = {source.info.valid_from for source in sources}
        bounds |= {_after(source.info.valid_to) for source in sources}
        self.version_changes = [*sorted(days_since(date) for date in bounds if date is not None), NO_DAY]
        self.changes = [*map(days_since, terminology.breakpoints(column.system)), NO_DAY]
        self._changes_of: dict[str, tuple[int, ...]] = {}
        self._ordered: dict[frozenset[int], tuple[int, ...]] = {}

    def answer(
        self, cells: Sequence[str | None], titles: Sequence[str | None], days: Sequence[int | None]
    ) -> list[Answer]:
        """Answer for cells, each on a day.

        Arguments:
            cells: the cells; None: it is empty.
            titles: the titles that another column has for them, or None.
            days: days since 1970-01-01; None: no date is checked.
        """
        asked = [parts(cell, self._column) if cell and cell.strip() else [] for cell in cells]
        judged = self._judged(asked, titles, days)
        if any(day is not None for day in days):
            self._note_changes({validation.code for each in judged for validation in each})
        return [
            self._answer(cell, day, *both)
            for cell, day, both in zip(cells, days, zip(asked, judged, strict=True), strict=True)
        ]

    def _judged(
        self, asked: list[list[Part]], titles: Sequence[str | None], days: Sequence[int | None]
    ) -> list[list[Validation]]:
        """Validate every code of every cell, all those of one day at a time."""
        column = self._column
        judged: list[list[Validation]] = [[] for _ in asked]
        for day in set(days):
            cells = [place for place, each in enumerate(days) if each == day]
            on = None if day is None or day == NO_DAY else date_of(day)
            members = self._members(on) if self._members else None
            found = self._terminology.validate_group(
                column.system,
                [part.code for place in cells for part in asked[place]],
                [part.title or titles[place] for place in cells for part in asked[place]],
                version=members.version(column.system, column.version) if members else column.version,
                on=on,
                near=3,
            )
            answers = iter(members.narrow(found) if members else found)
            for place in cells:
                judged[place] = [next(answers) for _ in asked[place]]
        self.used |= {(v.system, v.version) for each in judged for v in each if v.version is not None}
        return judged

    def _answer(self, cell: str | None, day: int | None, asked: list[Part], judged: list[Validation]) -> Answer:
        column = self._column
        if cell is None or not cell.strip():
            if column.required:
                missing = rule("missing-value").finding(column=column.name)
                return self._refused(cell or "", "empty", missing)
            return Answer(cell or "", "empty", None, "", cell or "", "", "", "", "", (), ())
        if not asked:
            return self._refused(cell, "invalid", rule("unreadable-cell").finding(column=column.name))
        if len(judged) == 1 and column.translate is None and judged[0].valid and not judged[0].findings:
            one = judged[0]
            title = one.display or ""
            between = self._between([one.code], day)
            return Answer(cell, "valid", None, "", cell, title, "", "", "", ((one.code, title),), (), *between)
        findings = [finding for validation in judged for finding in validation.findings]
        status = _worst(judged)
        if status != "valid" and any(looks_personal(part.code) for part in asked):
            findings.append(rule("personal-number").finding(column=column.name))
        refusal = self._refusal(status, findings, judged)
        written = cell
        if column.canonical and any(finding.rule == "notation" for finding in findings):
            known = [v.code if v.valid is not None else part.code for part, v in zip(asked, judged, strict=True)]
            written = "".join(code + part.after for part, code in zip(asked, known, strict=True))
        answer = Answer(
            cell=cell,
            status=status,
            rule=refusal[0],
            reason=refusal[1],
            written=written,
            title="; ".join(v.display or "" for v in judged),
            translated="",
            translated_title="",
            mapped="",
            codes=tuple((v.code, v.display or "") for v in judged if v.valid or v.display is not None),
            findings=tuple(findings),
        )
        if column.translate and refusal[0] is None:
            answer = self._translated(answer, column.translate, [v.code for v in judged])
        first, last = self._between([v.code for v in judged], day)
        return answer._replace(first=first, last=last)

    def _refused(self, cell: str, status: Status, finding: Finding) -> Answer:
        reason = finding.message(self._language)
        return Answer(cell, status, finding.rule, reason, cell, "", "", "", "", (), (finding,))

    def _refusal(self, status: Status, findings: list[Finding], judged: list[Validation]) -> tuple[str | None, str]:
        column = self._column
        if status == "invalid" and column.invalid == "reject":
            weight: Severity = "error"
        elif status == "undetermined" and column.undetermined == "reject":
            weight = "warning"
        else:
            return None, ""
        why = [finding for finding in findings if finding.severity == weight]
        said = [rule(f.rule).text(dict(f.arguments) | {"on": _ITS_DAY[self._language]}, self._language) for f in why]
        near = [f"{c.code} {c.display or ''}".strip() for v in judged for c in v.near]
        nearest = {"sv": "Närmast: ", "en": "Nearest: "}[self._language] + "; ".join(near) + "." if near else ""
        return why[0].rule, " ".join([f"{column.name}:", *said, nearest]).strip()

    def _translated(self, answer: Answer, wanted: Translate, codes: list[str]) -> Answer:
        """Translate every code of a cell; what is not clear is decided by the profile, never here."""
        targets: dict[str, str] = {}
        findings = list(answer.findings)
        mapped: Mapped = "translated"
        for code in codes:
            known = self._known(code, wanted.to)
            fit = [t for t in known if t.coding is not None and t.relationship in wanted.accept]
            if not fit:
                mapped, finding = _none(code, known, wanted.to)
                findings.append(finding)
                if wanted.missing == "reject":
                    return self._rejected(answer, finding, findings, mapped)
                if wanted.missing == "keep":
                    targets[code] = ""
                continue
            if conditional := [t for t in fit if t.asked]:
                finding = _conditional(code, conditional, wanted.to)
                findings.append(finding)
                if wanted.choose != "all":
                    return self._rejected(answer, finding, findings, "several")
            chosen, several = _chosen(code, fit, wanted)
            findings.extend(several)
            if not chosen:
                return self._rejected(answer, several[0], findings, "several")
            for coding, relationship in chosen:
                if relationship != "equivalent":
                    inexact = rule("inexact-mapping")
                    findings.append(inexact.finding(code=code, target=coding.code, relationship=relationship))
                if self._terminology.validate(coding.system, coding.code, near=0).valid is False:
                    findings.append(rule("target-not-valid").finding(code=code, target=coding.code, to=wanted.to))
                targets.setdefault(coding.code, coding.display or "")
        return answer._replace(
            translated=wanted.separator.join(targets),
            translated_title="; ".join(filter(None, targets.values())),
            mapped=mapped,
            findings=tuple(findings),
        )

    def _known(self, code: str, to: str) -> list[Translation]:
        """Return the translations of a code, asked for once."""
        if code not in self._translations:
            known = self._terminology.translate(self._column.system, code, to)
            self._translations[code] = known
            self.mapping_sets |= {t.mapping_set for t in known}
            self.used |= {(t.coding.system, t.coding.version) for t in known if t.coding and t.coding.version}
        return self._translations[code]

    def _rejected(self, answer: Answer, finding: Finding, findings: list[Finding], mapped: Mapped) -> Answer:
        reason = f"{self._column.name}: {finding.message(self._language)}"
        return answer._replace(rule=finding.rule, reason=reason, mapped=mapped, findings=tuple(findings))

    def _note_changes(self, codes: set[str]) -> None:
        """Note on which days something about these codes changes, in any version."""
        new = [code for code in codes if code not in self._changes_of]
        own: dict[str, frozenset[int]] = {}
        for source in self._terminology.versions(self._column.system):
            for code, entry in source.find_many(new).items():
                if days := _changes(entry.valid_from, entry.valid_to):
                    own[code] = own[code] | days if code in own else days
        for code in new:
            self._changes_of[code] = self._with_versions(own.get(code, frozenset()))

    def _with_versions(self, days: frozenset[int]) -> tuple[int, ...]:
        """Return days together with those on which another version comes into force, in order."""
        if days not in self._ordered:
            self._ordered[days] = tuple(sorted({*days, *self.version_changes}))
        return self._ordered[days]

    def _between(self, codes: list[str], day: int | None) -> tuple[int, int]:
        """Return the first and the last day, around a day, between which nothing about these codes changes."""
        if day is None:
            return -FAR, FAR
        changes = self._changes_of[codes[0]]
        if len(codes) > 1:
            changes = tuple(sorted({change for code in codes for change in self._changes_of[code]}))
        place = bisect_right(changes, day)
        first = changes[place - 1] if place else -FAR
        last = changes[place] - 1 if place < len(changes) else FAR
        return first, last


@cache
def _changes(valid_from: str | None, valid_to: str | None) -> frozenset[int]:
    """Return the days on which a code begins to be valid, and ceases to be."""
    first = {days_since(datetime.date.fromisoformat(valid_from))} if valid_from else set()
    after = {days_since(datetime.date.fromisoformat(valid_to)) + 1} if valid_to else set()
    return frozenset(first | after)


def _after(date: datetime.date | None) -> datetime.date | None:
    return None if date is None or date == datetime.date.max else date + datetime.timedelta(days=1)


def _worst(judged: list[Validation]) -> Status:
    if any(validation.valid is False for validation in judged):
        return "invalid"
    return "undetermined" if any(validation.valid is None for validation in judged) else "valid"


def _none(code: str, known: list[Translation], to: str) -> tuple[Mapped, Finding]:
    """Say that a code has no translation that counts: nobody has made one, or somebody found that there is none."""
    reviewed = next((translation for translation in known if translation.coding is None), None)
    if reviewed is None:
        return "missing", rule("no-mapping").finding(code=code, to=to)
    return "no-counterpart", rule("no-counterpart").finding(code=code, to=to, set=reviewed.mapping_set)


def _conditional(code: str, conditional: list[Translation], to: str) -> Finding:
    """Say that translations of a code apply only under conditions, of which nothing is known of a row."""
    names = dict.fromkeys(each.attribute for translation in conditional for each in translation.asked)
    targets = dict.fromkeys(each.coding.code for each in conditional if each.coding is not None)
    asked = rule("conditional-mapping")
    return asked.finding(code=code, to=to, targets=", ".join(targets), names=", ".join(names))


def _chosen(
    code: str, fit: list[Translation], wanted: Translate
) -> tuple[list[tuple[Coding, Relationship | None]], list[Finding]]:
    """Choose among translations as the profile says.

    Returns:
        The chosen codings, none where the row is to be rejected; and a finding where there was a choice.
    """
    distinct: dict[str, Translation] = {}
    for translation in fit:
        if translation.coding is not None:
            distinct.setdefault(translation.coding.code, translation)
    surest = sorted(distinct.values(), key=lambda t: -(t.confidence or 0))
    findings: list[Finding] = []
    if len(surest) > 1:
        listed = ", ".join(sorted(distinct))
        finding = rule("several-mappings").finding(code=code, to=wanted.to, targets=listed)
        tied = wanted.choose == "first-by-confidence" and surest[0].confidence == surest[1].confidence
        if wanted.choose == "reject" or tied:
            return [], [finding]
        findings.append(finding.with_(severity="info"))
        if wanted.choose == "first-by-confidence":
            surest = surest[:1]
    return [(t.coding, t.relationship) for t in surest if t.coding is not None], findings
