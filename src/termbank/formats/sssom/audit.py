"""A whole file held against the specification, row by row, in little memory."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from termbank.formats.sssom import values
from termbank.formats.sssom.cardinality import Tally
from termbank.formats.sssom.examining import Examiner
from termbank.formats.sssom.sheet import Sheet, open_sheet
from termbank.formats.sssom.slots import LITERAL_TYPE, MAPPING, NEW_VALUES, NO_TERM
from termbank.formats.sssom.values import Record
from termbank.model import Finding, KnownSystem
from termbank.model.rules import rule


class SetChecks:
    """What is only seen in many rows together: repeated rows and ids, cardinality, features newer than the set says.

    Arguments:
        sheet: the opened file.
        common: what its set says for all mappings.
    """

    def __init__(self, sheet: Sheet, common: Record) -> None:
        self.sheet, self.common = sheet, common
        self._at = {name: index for index, name in enumerate(sheet.columns) if name}
        self._first: dict[int, int] = {}
        self._ids: dict[int, int] = {}
        self._without_id = 0
        self._tally = Tally() if "mapping_cardinality" in self._at else None
        self._newer = dict(sheet.metadata.newer)
        self._newer_columns = [
            (name, index) for name, index in self._at.items() if name in MAPPING and self._may_be_new(name)
        ]
        self._open = [
            (side, self._at[f"{side}_id"], self._at.get(f"{side}_source"))
            for side in ("subject", "object")
            if f"{side}_id" in self._at and f"{side}_source" not in common
        ]

    @staticmethod
    def _may_be_new(name: str) -> bool:
        return MAPPING[name].since != "1.0" or MAPPING[name].kind in ("entity-type", "cardinality")

    def row(self, line: int, cells: list[str]) -> Iterator[Finding]:
        """Look at a row that was accepted."""
        key = hash(tuple(cells))
        first = self._first.setdefault(key, line)
        if first != line:
            yield rule("sssom-repeated-row").finding(self.sheet.where(line), first=str(first))
        for name, index in self._newer_columns:
            cell = cells[index]
            if cell and (MAPPING[name].since != "1.0" or cell.strip() in NEW_VALUES):
                self._newer.setdefault(name, self.sheet.where(line, name))
        if "record_id" in self._at:
            yield from self._record_id(line, cells[self._at["record_id"]].strip())
        for side, index, source in self._open:
            if cells[index] == NO_TERM and (source is None or not cells[source]):
                yield rule("sssom-no-source").finding(self.sheet.where(line, f"{side}_id"), slot=f"{side}_source")
        if self._tally is not None:
            self._count(self._tally, line, cells)

    def _record_id(self, line: int, name: str) -> Iterator[Finding]:
        if not name:
            self._without_id = self._without_id or line
            return
        first = self._ids.setdefault(hash(name), line)
        if first != line:
            where = self.sheet.where(line, "record_id")
            yield rule("sssom-repeated-id").finding(where, name, given=name, first=str(first))

    def _count(self, tally: Tally, line: int, cells: list[str]) -> None:
        scope = self._cell(cells, "cardinality_scope")
        names = values.split(scope) if scope else self.common.get("cardinality_scope") or []
        within = tuple(self._cell(cells, str(name)) for name in names) if isinstance(names, list) else ()
        stated = cells[self._at["mapping_cardinality"]].strip()
        tally.add(line, (str(names), within), self._end(cells, "subject"), self._end(cells, "object"), stated)

    def _cell(self, cells: list[str], name: str) -> str:
        index = self._at.get(name)
        return "" if index is None else cells[index].strip()

    def _end(self, cells: list[str], side: str) -> str | None:
        kind = self._cell(cells, f"{side}_type") or self.common.get(f"{side}_type")
        if kind == LITERAL_TYPE:
            return f"\0{self._cell(cells, f'{side}_label')}"
        name = self._cell(cells, f"{side}_id")
        return None if name == NO_TERM else name

    def whole(self) -> Iterator[Finding]:
        """Say what the rows together show, once all of them were seen."""
        self._first.clear()
        if self._tally is not None:
            for line, stated, computed in self._tally.wrong():
                where = self.sheet.where(line, "mapping_cardinality")
                yield rule("sssom-wrong-cardinality").finding(where, stated, given=stated, computed=computed)
        if self._without_id and self._ids:
            yield rule("sssom-missing-id").finding(self.sheet.where(self._without_id, "record_id"))
        if self._newer and not self.sheet.metadata.says_1_1:
            for name, where in self._newer.items():
                if name != "sssom_version":
                    yield rule("sssom-newer-slot").finding(where, slot=name)


class Audit:
    r"""Holds a file against the specification: iterate over it for the findings, in the order in which they are met.

    The rows are read one at a time, so that a file of any length fits. After the iteration `rows`, `accepted` and
    `refused` are counted, and `rows` is the other two together.

    Arguments:
        path: TSV, comma-separated values, JSON, or YAML with nothing but metadata.
        known: systems whose names are known, beside the prefixes that the file declares.
        metadata: the file with the metadata, where they stand apart.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.sssom.tsv")
    ...     _ = path.write_text("#mapping_set_id: urn:a\n#license: urn:b\nsubject_id\tpredicate_id\tobject_id\t"
    ...                         "mapping_justification\nx:1\tskos:exactMatch\tx:2\tsemapv:MappingReview\n")
    ...     audit = Audit(path)
    ...     [finding.rule for finding in audit], audit.rows, audit.refused
    (['sssom-undeclared-prefix', 'sssom-undeclared-prefix'], 1, 1)
    """

    def __init__(self, path: Path, known: Iterable[KnownSystem] = (), metadata: Path | None = None) -> None:
        self.path = path
        self.sheet = open_sheet(path, known, metadata, strict=True)
        self._examiner = Examiner(self.sheet)

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self._examiner.rows

    @property
    def accepted(self) -> int:
        """How many of them are as they should be, or nearly so."""
        return self._examiner.accepted

    @property
    def refused(self) -> int:
        """How many of them are not taken; each has a finding of severity error."""
        return self._examiner.refused

    def __iter__(self) -> Iterator[Finding]:
        """Yield what is found."""
        yield from self.sheet.metadata.findings
        yield from self.sheet.findings
        yield from self._examiner.findings
        checks = SetChecks(self.sheet, self._examiner.common)
        for row in self._examiner:
            yield from row.findings
            if row.cells is not None and row.refused is None:
                yield from checks.row(row.line, row.cells)
        yield from checks.whole()
