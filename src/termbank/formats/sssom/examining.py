"""Rows examined one by one: what is wrong with each, and whether it is refused for that."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from termbank.formats.sssom import values
from termbank.formats.sssom.metadata import propagate
from termbank.formats.sssom.rows import Refused, Row
from termbank.formats.sssom.sheet import Sheet
from termbank.formats.sssom.slots import LITERAL_TYPE, MAPPING, OLD_VALUES, REQUIRED, SET
from termbank.formats.sssom.typed import misfit
from termbank.formats.sssom.values import Problem, Record
from termbank.model import Finding, Location
from termbank.model.rules import rule

_REMEMBERED = 1 << 12
"""How many distinct cells of a column are remembered as sound, so that each is checked once."""

_NONE: tuple[Finding, ...] = ()


class Examined(NamedTuple):
    """One row.

    Arguments:
        line: where it begins.
        cells: its cells; None where it could not be cut into cells.
        findings: what was found in it.
        refused: the finding for which it is refused; None where it is taken.
    """

    line: int
    cells: list[str] | None
    findings: tuple[Finding, ...]
    refused: Finding | None


class Examiner:
    """Examines the rows of a sheet.

    After each run `rows` is `accepted` and `refused` together.

    Arguments:
        sheet: the opened file; what its set says for all mappings is taken from it here.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.accepted = self.refused = 0
        self.findings: list[Finding] = []
        self.rules = sheet.metadata.rules
        self._at = {name: index for index, name in enumerate(sheet.columns) if name}
        self.common = self._common()
        self._checks = [self._check(index, name) for index, name in enumerate(sheet.columns) if self._checked(name)]
        self._needed = [(name, self._at[name]) for name in REQUIRED if name in self._at]
        self._sides = [self._side(side) for side in ("subject", "object")]
        named = {*self._at, *self.common, *(["object_type"] if "match_term_type" in sheet.old.values() else [])}
        self._order = [*(name for name in MAPPING if name in named), *sorted(named - MAPPING.keys())]
        self._reviewed = [self._at[name] for name in ("review_date", "reviewer_agreement") if name in self._at]
        self._reviewers = [self._at[name] for name in ("reviewer_id", "reviewer_label") if name in self._at]

    @property
    def rows(self) -> int:
        """How many rows were examined."""
        return self.accepted + self.refused

    def _checked(self, name: str) -> bool:
        if name in MAPPING:
            return MAPPING[name].kind != "text"
        return name in self.sheet.metadata.extensions

    def _common(self) -> Record:
        """Take what the set says for all its mappings; a first look at the rows where a column has such a slot too."""
        both = [name for name in self._at if name in SET and name in self.sheet.metadata.record]
        both = [name for name in both if MAPPING[name].propagated]
        own: set[str] = set()
        differing: set[str] = set()
        for row in self.sheet.rows() if both else ():
            if isinstance(row, Row):
                own.update(name for name in both if row.cells[self._at[name]].strip())
                differing.update(name for name in both if not self._repeats(row.cells[self._at[name]], name))
        for name in sorted(own & differing):
            self.findings.append(rule("sssom-not-propagated").finding(self._on_set(name), slot=name))
        for name in own - differing:
            del self.sheet.metadata.record[name]  # every row says it by itself
        return propagate(self.sheet.metadata, own)

    def _repeats(self, cell: str, name: str) -> bool:
        """Tell whether a cell says what the set says."""
        said = self.sheet.metadata.record[name]
        return values.split(cell) == said if isinstance(said, list) else cell == str(said)

    def _on_set(self, name: str) -> Location:
        return self.sheet.where(self.sheet.metadata.lines.get(name, 1), name)

    def _side(self, side: str) -> tuple[str, int | None, int | None, int | None, bool]:
        literal = self.common.get(f"{side}_type") == LITERAL_TYPE
        places = (self._at.get(f"{side}_{part}") for part in ("id", "label", "type"))
        return (side, *places, literal)  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Examined]:
        """Examine every row, in the order of the file."""
        self.accepted = self.refused = 0
        for row in self.sheet.rows():
            if isinstance(row, Row):
                found = self._examine(row)
                if found.refused is None:
                    self.accepted += 1
                else:
                    self.refused += 1
                yield found
            elif isinstance(row, Refused):
                self.refused += 1
                yield Examined(row.line, None, (row.finding,), row.finding)
            else:
                yield Examined(row.location.line or 0 if row.location else 0, None, (row,), None)

    def _examine(self, row: Row) -> Examined:
        line, cells = row
        found: list[tuple[str, str, Problem]] | None = None
        for index, sound, check in self._checks:
            cell = cells[index]
            if cell and cell not in sound:
                wrong = check(cell)
                if wrong is not None:
                    found = [*(found or ()), (self.sheet.columns[index], cell, wrong)]
                elif len(sound) < _REMEMBERED:
                    sound.add(cell)
        for needed, index in self._needed:
            if not cells[index].strip():
                found = [*(found or ()), (needed, "", Problem("sssom-empty-slot", {"slot": needed}))]
        for side in self._sides:
            lacking = self._lacking(cells, *side)
            if lacking is not None:
                found = [*(found or ()), lacking]
        if self._reviewed and not any(cells[index] for index in self._reviewers):
            name = next((self.sheet.columns[index] for index in self._reviewed if cells[index]), None)
            if name is not None:
                found = [*(found or ()), (name, "", Problem("sssom-no-reviewer", {"slot": name}))]
        if found is None:
            return Examined(line, cells, _NONE, None)
        return self._said(line, cells, found)

    def _said(self, line: int, cells: list[str], found: list[tuple[str, str, Problem]]) -> Examined:
        findings = tuple(
            rule(wrong.rule).finding(self.sheet.where(line, name), value=cell or None, **wrong.arguments)
            for name, cell, wrong in found
        )
        refused = next((finding for finding in findings if finding.severity == "error"), None)
        return Examined(line, cells, findings, refused)

    def _lacking(
        self, cells: list[str], side: str, named: int | None, label: int | None, typed: int | None, literal: bool
    ) -> tuple[str, str, Problem] | None:
        literal = literal or (typed is not None and cells[typed].strip() in (LITERAL_TYPE, "TermMatch"))
        if literal:
            if label is None or not cells[label]:
                return f"{side}_label", "", Problem("sssom-literal-without-label", {"slot": f"{side}_label"})
        elif named is None or not cells[named].strip():
            return f"{side}_id", "", Problem("sssom-empty-slot", {"slot": f"{side}_id"})
        return None

    def _check(self, index: int, name: str) -> tuple[int, set[str], Callable[[str], Problem | None]]:
        slot = MAPPING.get(name)
        if slot is None:
            extension = self.sheet.metadata.extension(name)
            return index, set(), lambda cell: misfit(cell, extension, self.rules)
        old = OLD_VALUES.get(self.sheet.old.get(index, ""))
        if old is not None:
            return index, set(), lambda cell: self._old(cell, old, self.sheet.old[index])
        if not slot.many:
            return index, set(), lambda cell: values.problem(cell, slot, self.rules)

        def each(cell: str) -> Problem | None:
            wrong = (values.problem(part, slot, self.rules) for part in values.split(cell) if part)
            return next((problem for problem in wrong if problem is not None), None)

        return index, set(), each

    @staticmethod
    def _old(cell: str, known: dict[str, str], name: str) -> Problem | None:
        if cell.strip() in known:
            return None
        return Problem("sssom-unknown-value", {"slot": name, "given": cell, "expected": ", ".join(known)})

    def record(self, cells: list[str]) -> Record:
        """Return what an accepted row says, with what its set says for all mappings."""
        found: Record = dict(self.common)
        for index, name in enumerate(self.sheet.columns):
            cell = cells[index]
            if not cell or not name:
                continue
            old = OLD_VALUES.get(self.sheet.old.get(index, ""))
            if old is not None:
                cell = old[cell.strip()]
                if self.sheet.old[index] == "match_term_type":
                    found["object_type"] = cell
            slot = MAPPING.get(name)
            if slot is None:
                found[name] = cell
            elif slot.many:
                parts = [str(values.read(part, slot, self.rules)) for part in values.split(cell) if part]
                if parts:
                    found[name] = parts
            elif slot.kind == "text" or cell.strip():
                found[name] = values.read(cell, slot, self.rules)
        return {name: found[name] for name in self._order if name in found}
