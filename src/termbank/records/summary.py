"""What a run did, in counts: nothing of what the rows say."""

from typing import Literal

from termbank.model import Finding, Severity
from termbank.model.base import Noun


class RuleCount(Noun):
    """How often a rule was found: in cells, or in rows for the rules about rows; `None` is a suppressed small count."""

    rule: str
    severity: Severity
    count: int | None
    rejected: int | None = 0


class CodeCount(Noun):
    """How often a code that exists was found, in the form of its system; `None` is a suppressed small count."""

    code: str
    title: str
    count: int | None


class ColumnSummary(Noun):
    """What was found in a column.

    Arguments:
        name, system: as in the profile.
        cells, empty, valid, invalid, undetermined: numbers of rows, by what the cell holds.
        distinct: how many different cells there were.
        to: the system translated to, or None.
        translated, several, missing, no_counterpart: numbers of rows, by how the translation of a right cell went.
        codes: the codes by how often they were found.
    """

    name: str
    system: str
    cells: int
    empty: int
    valid: int
    invalid: int
    undetermined: int
    distinct: int
    to: str | None = None
    translated: int = 0
    several: int = 0
    missing: int = 0
    no_counterpart: int = 0
    codes: tuple[CodeCount, ...] = ()

    @property
    def coverage(self) -> float | None:
        """Share of the cells that were to be translated that were; None where there were none."""
        asked = self.translated + self.several + self.missing + self.no_counterpart
        return self.translated / asked if self.to and asked else None


class VocabularyUsed(Noun):
    """A version of a vocabulary that answers came from."""

    id: str
    version: str
    content: str
    digest: str
    source: str | None = None
    assumptions: tuple[str, ...] = ()


class Summary(Noun):
    """What a run did.

    Arguments:
        termbank: version of the program.
        profile: title or name of the profile.
        source, output, rejects: file names; output and rejects are None where nothing was written.
        description: how the source is written.
        rows_in, rows_out, rows_rejected: rows below the header; in = out + rejected, always.
        title_rows, blank_lines, trailing_rows: lines that are not rows: above the header, empty, from the sum row on.
        stopped_at_line: the line of the sum row, if any.
        rules: findings by rule.
        columns: the columns with codes.
        vocabularies, mapping_sets: what the answers came from.
        findings: what concerns the file as a whole.
    """

    termbank: str
    profile: str
    source: str
    output: str | None = None
    rejects: str | None = None
    description: str
    rows_in: int
    rows_out: int
    rows_rejected: int
    conserved: Literal[True] = True
    title_rows: int = 0
    blank_lines: int = 0
    trailing_rows: int = 0
    stopped_at_line: int | None = None
    rules: tuple[RuleCount, ...] = ()
    columns: tuple[ColumnSummary, ...] = ()
    vocabularies: tuple[VocabularyUsed, ...] = ()
    mapping_sets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def suppressed(self, minimum: int) -> "Summary":
        """Return the summary without counts of codes and rules below a minimum, which might point at a person.

        >>> from termbank.records.summary import RuleCount
        >>> RuleCount(rule="unknown-code", severity="error", count=3).count
        3
        """

        def kept(count: int | None) -> int | None:
            return None if count is not None and 0 < count < minimum else count

        return self.with_(
            rules=tuple(r.with_(count=kept(r.count), rejected=kept(r.rejected)) for r in self.rules),
            columns=tuple(
                c.with_(codes=tuple(code.with_(count=kept(code.count)) for code in c.codes)) for c in self.columns
            ),
        )
