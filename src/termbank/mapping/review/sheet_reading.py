"""A review sheet read back: what a person changed becomes decisions, every other row is accounted for.

Rows may be sorted, filtered, moved or deleted, columns added and moved, cells formatted otherwise, the file saved by
another program. What a row is about is told by its hidden key, and the code that is seen must be that of the key.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from termbank.documents.cells import cell_name
from termbank.documents.package import open_package
from termbank.documents.sheet import check_extent, workbook
from termbank.errors import FormatError
from termbank.formats.formulas import original
from termbank.mapping.review.history import Key, key, undone
from termbank.mapping.review.returned import Returned, agrees, decided_text
from termbank.mapping.review.reviewing import EXACT, Decision, Review
from termbank.mapping.review.sheet import (
    CELL,
    FORM,
    HEADINGS,
    HIDDEN,
    INPUTS,
    META,
    OPTIONS,
    Question,
    label,
    questions,
    set_name,
    state,
    subject_id,
)
from termbank.mapping.review.words import DECISIONS, RELATIONSHIPS, meant, target, word
from termbank.model import Coding, Finding, Location, Mapping
from termbank.model.rules import rule

Find = Callable[[str], Coding | None]
"""Finds a code in the system that is mapped to."""

_HEADER_ROWS = 30


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its number from 0, and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell by the name of its column."""
        return self.cells.get(column, "")


class _Book(NamedTuple):
    """What a workbook holds that we wrote: its rows, of which set they are, which were sent, what they offered."""

    name: str
    columns: dict[str, int]
    lines: list[Line]
    meta: dict[str, str]
    sent: set[str]
    offered: dict[str, dict[str, Mapping]]


def _text(cell: object) -> str:
    """Return a cell as text, whatever type another program made of it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return original(str(cell)).strip()


def _sheets(path: Path) -> dict[str, list[list[object]]]:
    with open_package(path, "xlsx") as package:
        if package.name("xl/workbook.xml") is None:
            raise package.broken()
        check_extent(package)
    with workbook(path) as book:
        opened = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        return {name: list(map(list, sheet.to_python(skip_empty_area=False))) for name, sheet in opened.items()}


def _opened(path: Path) -> _Book:
    sheets = _sheets(path)
    meta = {_text(row[0]): _text(row[1]) for row in sheets.get(META, []) if len(row) > 1 and _text(row[0])}
    if meta.get("form") != FORM:
        raise _unknown(path, META)
    offered: dict[str, dict[str, Mapping]] = {}
    sent = {_text(row[0]) for row in sheets.get(OPTIONS, []) if row} - {""}
    for row in sheets.get(OPTIONS, []):
        if len(row) > 2 and _text(row[2]):
            offered.setdefault(_text(row[0]), {})[_text(row[1])] = _mapping(path, str(row[2]))
    best: tuple[str, dict[str, int], int] | None = None
    lacking = list(HEADINGS)
    for name, rows in sheets.items():
        for number, row in enumerate(rows[:_HEADER_ROWS]):
            columns = _columns(row)
            missing = [each for each in (*HIDDEN, *INPUTS, "code", "title") if each not in columns]
            if not missing:
                best = best or (name, columns, number)
            elif len(missing) < len(lacking):
                lacking = missing
    if best is None:
        raise _unknown(path, ", ".join(word(HEADINGS, each, meta.get("language", "sv")) for each in lacking))
    name, columns, header = best
    lines = []
    for number, row in enumerate(sheets[name]):
        filled = {column: _text(row[place]) for column, place in columns.items() if place < len(row)}
        if number > header and any(filled.values()):
            lines.append(Line(number, filled))
    return _Book(name, columns, lines, meta, sent, offered)


def _columns(row: list[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = meant(HEADINGS, _text(cell)) if isinstance(cell, str) else None
        if column is not None:
            found.setdefault(column, place)
    return found


def _mapping(path: Path, text: str) -> Mapping:
    try:
        return Mapping.from_json(text)
    except ValueError:
        raise _unknown(path, OPTIONS) from None


def _unknown(path: Path, missing: str) -> FormatError:
    found = rule("review-sheet-unknown").finding(Location(path=str(path)), missing=missing)
    return FormatError(f"{path}: {found.message('en')}", found)


class _Refused(ValueError):
    """A row is not used; it knows why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


def read(path: Path, review: Review, find: Find | None = None) -> Returned:
    """Read what was decided in a sheet; nothing is decided yet, see `Returned.apply`.

    Arguments:
        path: the sheet, as `review_sheet.write` made it and people changed it.
        review: a review of the set that the sheet was written from, as the set stands now.
        find: finds codes that were written instead of chosen; None: only candidates can be chosen.

    Returns:
        The decisions, and a finding for every row that is not used.

    Raises:
        FormatError: the file is no such sheet, or one of another set; the error has a finding.
    """
    book = _opened(path)
    name = set_name(review.mapping_set)
    if book.meta.get("set") != name:
        finding = rule("review-sheet-of-another-set").finding(
            Location(path=str(path)), given=book.meta.get("set", "–"), expected=name
        )
        raise FormatError(f"{path}: {finding.message('en')}", finding)
    return _Reading(path, book, review, find).read(name)


class _Reading:
    """Turns the rows of a sheet into decisions."""

    def __init__(self, path: Path, book: _Book, review: Review, find: Find | None) -> None:
        self._path, self._book, self._review, self._find = path, book, review, find
        self._language = book.meta.get("language", "sv")
        self._findings: list[Finding] = []
        self._unchanged = self._already = self._refused = 0

    def read(self, name: str) -> Returned:
        subjects = {subject_id(name, key(topic.subject)): key(topic.subject) for topic in self._review}
        met: dict[str, tuple[Line, Decision | None]] = {}
        twice: set[str] = set()
        extra = 0
        for line in self._book.lines:
            try:
                subject = self._subject(line, subjects)
                decision = self._decision(line, subject, name)
            except _Refused as refused:
                self._refuse(refused.finding)
                continue
            first = met.get(line["id"])
            if first is None:
                met[line["id"]] = line, decision
            elif first[1] == decision:
                extra += 1
            else:
                twice.add(line["id"])
                code, number = self._review.topic(subject).subject.code, first[0].number + 1
                self._refuse(rule("review-sheet-row-twice").finding(self._where(line), code=code, first=number))
        decisions = []
        for mark, (line, decision) in met.items():
            if mark in twice:
                self._refused += 1
            elif decision is not None:
                decisions.append((subjects[mark.partition(":")[0]], decision, self._where(line, "decision")))
        self._unchanged += extra
        missing = len(self._book.sent - {line["id"] for line in self._book.lines})
        counts = (len(self._book.lines), self._unchanged, self._already, self._refused, missing)
        return Returned(tuple(decisions), tuple(self._findings), *counts)

    def _refuse(self, finding: Finding) -> None:
        self._findings.append(finding)
        self._refused += 1

    def _where(self, line: Line, column: str = "code") -> Location:
        cell = cell_name(line.number, self._book.columns.get(column, 0))
        return Location(path=str(self._path), line=line.number + 1, part=f"sheet {self._book.name}, cell {cell}")

    def _subject(self, line: Line, subjects: dict[str, Key]) -> Key:
        found = subjects.get(line["id"].partition(":")[0])
        if found is None:
            raise _Refused(rule("review-sheet-row-unknown").finding(self._where(line, "id")))
        subject = self._review.topic(found).subject
        shown = line["code"] or line["title"]
        expected = subject.code if subject.code != subject.display else subject.display
        if _plain(shown) != _plain(expected[:CELL]):
            raise _Refused(rule("review-sheet-key").finding(self._where(line), shown, code=shown, expected=expected))
        return found

    def _decision(self, line: Line, subject: Key, name: str) -> Decision | None:
        """Return what a row decides; None where that is nothing new."""
        try:
            was = dict(zip(INPUTS, (_text(each) for each in json.loads(line["was"])), strict=True))
        except (ValueError, TypeError):
            raise _Refused(rule("review-sheet-row-unknown").finding(self._where(line, "was"))) from None
        changed = {each for each in INPUTS if " ".join(line[each].split()) != " ".join(was[each].split())}
        if not changed:
            self._unchanged += 1
            return None
        topic = self._review.topic(subject)
        same = state(topic) == line["state"]
        question = next((each for each in questions(topic, name) if each.id == line["id"]), None) if same else None
        question = question or Question(line["id"], topic, None)
        decision = self._meant(line, was, changed, question)
        if same:
            return decision
        if agrees(topic, decision):
            self._already += 1
            return None
        given = f"{decision.action} {target(decision.option, self._language) if decision.option else ''}".strip()
        where, decided = self._where(line, "decision"), decided_text(topic, self._language)
        raise _Refused(rule("review-conflict").finding(where, code=subject[1], given=given, decided=decided))

    def _meant(self, line: Line, was: dict[str, str], changed: set[str], question: Question) -> Decision:
        code = question.topic.subject.code
        said, where = line["decision"], self._where(line, "decision")
        action = meant(DECISIONS, said) if said else None
        if (said and action is None) or (not said and was["decision"]):
            expected = ", ".join(word(DECISIONS, each, self._language) for each in DECISIONS)
            raise _Refused(rule("review-sheet-word").finding(where, said, given=said or "–", expected=expected))
        comment = line["comment"] or None
        beside = [each for each in ("object", "relationship") if each in changed and line[each]]
        if action in ("reject", "none", "undo") and beside:
            field = word(HEADINGS, beside[0], self._language)
            found = rule("review-sheet-contradiction").finding(where, code=code, decision=said, field=field)
            raise _Refused(found)
        if action == "undo":
            if undone(question.topic.history) is None:
                expected = ", ".join(word(DECISIONS, each, self._language) for each in DECISIONS if each != "undo")
                raise _Refused(rule("review-sheet-word").finding(where, said, given=said, expected=expected))
            return Decision("undo")
        if changed == {"comment"}:
            option = question.row or (self._option(line, question) if line["object"] else None)
            if option is None:
                raise self._no_answer(line, code)
            return Decision("comment", option, comment=comment)
        empty = question.row is not None and question.row.object is None and not line["object"]
        if action == "none" or (action == "accept" and empty):
            return Decision("none", comment=comment)
        if not line["object"] and not (action == "reject" and question.row is not None):
            raise self._no_answer(line, code)
        predicate = self._predicate(line)
        if action == "reject":
            return Decision("reject", question.row or self._option(line, question), predicate, comment)
        if "object" in changed and question.row is not None:
            return Decision("choose", self._option(line, question), predicate, comment, instead=question.row)
        option = question.row or self._option(line, question)
        return Decision("change" if "relationship" in changed else "accept", option, predicate, comment)

    def _no_answer(self, line: Line, code: str) -> _Refused:
        said = line["decision"] or "–"
        return _Refused(rule("review-sheet-no-answer").finding(self._where(line, "object"), code=code, decision=said))

    def _predicate(self, line: Line) -> str | None:
        said = line["relationship"]
        if not said:
            return None
        found = meant(RELATIONSHIPS, said) or (said if ":" in said and " " not in said else None)
        if found is None:
            expected = ", ".join(word(RELATIONSHIPS, each, self._language) for each in RELATIONSHIPS)
            where = self._where(line, "relationship")
            raise _Refused(rule("review-sheet-relationship").finding(where, said, given=said, expected=expected))
        return found

    def _option(self, line: Line, question: Question) -> Mapping:
        """Return the mapping that a row names: a candidate, or a code that was written."""
        said = line["object"]
        offered = self._book.offered.get(line["id"], {})
        for each in self._named(question, offered):
            if each.object is not None:
                names = (original(label(each, self._language)), each.object.code)
                if _plain(said) in map(_plain, names):
                    return each
        coding = None
        for text in (said, said.partition(" ")[0]):
            coding = coding or (self._find(text) if self._find is not None else None)
        if coding is None:
            system = self._review.mapping_set.object_source or "?"
            where = self._where(line, "object")
            raise _Refused(rule("review-sheet-code").finding(where, said, given=said, system=system))
        return Mapping(subject=question.topic.subject, object=coding, predicate=EXACT)

    def _named(self, question: Question, offered: dict[str, Mapping]) -> Iterator[Mapping]:
        yield from question.topic.options
        yield from question.topic.rows
        subject = question.topic.subject  # whatever stands in the hidden sheet, it is a candidate of this subject
        yield from (each.model_copy(update={"subject": subject, "reviewer": None}) for each in offered.values())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
