"""The language of map rules in RF2's complex and extended map refsets.

Source: SNOMED CT to ICD-10 map specification, appendix A (mapRule grammar): a rule is TRUE, OTHERWISE TRUE, or
clauses that begin with IFA and are joined by AND, each a finding (a concept that holds) or an observable with an
operator and a value. Releases also have `>` and `<=`, and rules that are empty where there are no alternatives.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, NamedTuple

from termbank.model import Condition

Operator = Literal["<", "<=", ">", ">=", "="]

FEMALE, MALE = "248152002", "248153007"
AGE, AGE_AT_ONSET = "424144002", "445518008"

_AND = re.compile(r"\s+AND\s+(?=IFA\b)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"IFA\s+(?P<concept>\d{6,18})\s*\|(?P<term>[^|]*)\|"
    r"(?:\s*(?P<operator><=|>=|<|>|=)\s*(?P<value>[^\s|]+)(?:\s+(?P<unit>[A-Za-z]+))?)?\s*",
    re.IGNORECASE,
)
DAYS = {
    "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
}  # fmt: skip
"""The length of each unit in days; months and years are UCUM's, the mean of the Julian calendar."""


class Clause(NamedTuple):
    """One condition: a concept that shall hold, or an observable that shall have a value.

    Arguments:
        concept: its SNOMED CT id.
        term: as the rule has it.
        operator, value, unit: of an observable; None for a finding.
    """

    concept: str
    term: str
    operator: Operator | None = None
    value: str | None = None
    unit: str | None = None

    @property
    def number(self) -> Decimal | None:
        """The value as a number, if it is one."""
        return number(self.value)


class Rule(NamedTuple):
    """A rule.

    Arguments:
        kind: true; otherwise (true where none before it was); clauses (all of them hold); unknown (it cannot be read).
        clauses: of that kind.
    """

    kind: Literal["true", "otherwise", "clauses", "unknown"]
    clauses: tuple[Clause, ...] = ()


@lru_cache(maxsize=4096)
def parse(rule: str | None) -> Rule:
    """Read a map rule.

    >>> parse("OTHERWISE TRUE").kind
    'otherwise'
    >>> parse("IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days").clauses[0][2:]
    ('<', '28.0', 'day')
    """
    text = (rule or "").strip()
    plain = " ".join(text.upper().split())
    if plain in ("", "TRUE"):
        return Rule("true")
    if plain == "OTHERWISE TRUE":
        return Rule("otherwise")
    clauses = [_clause(part) for part in _AND.split(text)]
    known = [clause for clause in clauses if clause is not None]
    return Rule("clauses", tuple(known)) if len(known) == len(clauses) else Rule("unknown")


def _clause(text: str) -> Clause | None:
    match = _CLAUSE.fullmatch(text.strip())
    if match is None:
        return None
    operator: Operator | None = match["operator"]  # type: ignore[assignment]
    unit = match["unit"].lower().removesuffix("s") if match["unit"] else None
    if operator is not None and (number(match["value"]) is None or (unit is not None and unit not in DAYS)):
        return None
    return Clause(match["concept"], match["term"].strip(), operator, match["value"], unit)


def number(text: str | None) -> Decimal | None:
    """Return a text as a number; None if it is none.

    >>> number("28.0"), number("inf")
    (Decimal('28.0'), None)
    """
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def conditions(rule: Rule) -> tuple[Condition, ...]:
    """Return the clauses of a rule as conditions of a mapping; a finding has the value `true`.

    >>> conditions(parse("IFA 248152002 | Female (finding) |"))
    (Condition(attribute='248152002', value='true'),)
    """
    return tuple(
        Condition(attribute=clause.concept, value="true" if clause.operator is None else _value(clause))
        for clause in rule.clauses
    )


def _value(clause: Clause) -> str:
    unit = f" {clause.unit}s" if clause.unit else ""
    return f"{clause.operator} {clause.value}{unit}"


def from_conditions(given: tuple[Condition, ...]) -> str | None:
    """Write conditions as a rule; None: one of them is none that a rule can say.

    >>> from_conditions((Condition(attribute="445518008", value=">= 12.0 years"),))
    'IFA 445518008 | 445518008 | >= 12.0 years'
    """
    said = []
    for each in given:
        end = "" if each.value == "true" else f" {each.value}"
        said.append(f"IFA {each.attribute} | {each.attribute} |{end}")
    rule = " AND ".join(said)
    return rule if given and conditions(parse(rule)) == given else None
