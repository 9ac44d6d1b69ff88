"""What the rules of a map choose for one patient or person: asked for what it needs to know, never guessed.

Source: SNOMED CT release file specification, 5.2.3.3 (complex and extended maps): each group gives at most one
target, of the first mapping by priority whose rule is true.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Table
from decimal import Decimal
from typing import Literal, NamedTuple

from termbank.formats.mappings import rf2_rules
from termbank.formats.mappings.rf2_rules import AGE, AGE_AT_ONSET, DAYS, FEMALE, MALE, Clause
from termbank.model import Coding, Mapping

Answer = str | bool | int | float
"""An age in years, or as a text with its unit ("20 days"); female, male, other or unknown; true or false."""

_NAMES = {AGE: "age", AGE_AT_ONSET: "age_at_onset", FEMALE: "sex", MALE: "sex"}
_SEXES = {"female": FEMALE, "male": MALE, "f": FEMALE, "m": MALE, "kvinna": FEMALE, "man": MALE}


class Question(NamedTuple):
    """What must be known before a rule can be decided.

    Arguments:
        key: under which the answer is looked for: `age`, `age_at_onset`, `sex`, the id of a concept, an attribute, or a
            rule that cannot be read, as it stands.
        kind: an age, a sex, whether a concept holds, the value of an attribute, or whether a rule holds.
        text: the concept's or attribute's name, or the rule.
    """

    key: str
    kind: Literal["age", "sex", "concept", "attribute", "rule"]
    text: str


class Group(NamedTuple):
    """What one group of a map gives.

    Arguments:
        number: of the group; None for a mapping outside any.
        chosen: the mappings whose rule is the first that is true; several only where they have the same priority, or
            none.
        asked: what must be known to decide; nothing is chosen then.
    """

    number: int | None
    chosen: tuple[Mapping, ...]
    asked: tuple[Question, ...]


class Outcome(NamedTuple):
    """What a map gives.

    Arguments:
        groups: each group, in order.
        asked: all questions that are open, each once.
    """

    groups: tuple[Group, ...]
    asked: tuple[Question, ...]

    @property
    def decided(self) -> bool:
        """Tell whether nothing must be asked."""
        return not self.asked

    @property
    def targets(self) -> tuple[Coding, ...]:
        """The targets of the groups that are decided; what cannot be classified has none."""
        return tuple(each.object for group in self.groups for each in group.chosen if each.object is not None)


def evaluate(mappings: Iterable[Mapping], answers: Table[str, Answer] | None = None) -> Outcome:
    """Evaluate the rules of the mappings of one code.

    Arguments:
        mappings: of one subject.
        answers: what is known, by the keys of questions; an answer that is None or unknown is none.

    Raises:
        ValueError: the mappings are of several subjects, or an answer cannot be understood.

    >>> bronchitis = Coding(system="http://snomed.info/sct", code="32398004")
    >>> rules = {"J20.9": "IFA 445518008 | Age at onset of clinical finding | < 15.0 years", "J40": "OTHERWISE TRUE"}
    >>> rows = [Mapping(subject=bronchitis, object=Coding(system="icd-10", code=code), predicate="skos:mappingRelation",
    ...         group=1, priority=place, rule=rule) for place, (code, rule) in enumerate(rules.items(), start=1)]
    >>> evaluate(rows).asked[0].key
    'age_at_onset'
    >>> [target.code for target in evaluate(rows, {"age_at_onset": 40}).targets]
    ['J40']
    """
    known = _known(answers or {})
    groups: dict[tuple[int, int | None], list[Mapping]] = {}
    subjects = set()
    for place, mapping in enumerate(mappings):
        subjects.add((mapping.subject.system, mapping.subject.code))
        key = (1, -place) if mapping.group is None else (0, mapping.group)
        groups.setdefault(key, []).append(mapping)
    if len(subjects) > 1:
        raise ValueError(f"the mappings are of {len(subjects)} codes; give those of one")
    found = tuple(
        _group(None if outside else number, each, known)
        for (outside, number), each in sorted(groups.items(), key=lambda item: (item[0][0], abs(item[0][1] or 0)))
    )
    return Outcome(found, tuple(dict.fromkeys(question for group in found for question in group.asked)))


def _known(answers: Table[str, Answer]) -> dict[str, Answer]:
    """Return the answers, with ages by concept and each sex as a concept that holds or not."""
    found = {key: value for key, value in answers.items() if value is not None and value != "unknown"}
    for concept, name in _NAMES.items():
        if name in found and concept in (AGE, AGE_AT_ONSET):
            found.setdefault(concept, found[name])
    if "sex" in found:
        sex = str(found["sex"]).strip().lower()
        if sex not in _SEXES and sex != "other":
            raise ValueError(f"sex: {sex} is none of female, male, other and unknown")
        for concept in (FEMALE, MALE):
            found.setdefault(concept, _SEXES.get(sex) == concept)
    return found


def _group(number: int | None, mappings: list[Mapping], known: Table[str, Answer]) -> Group:
    asked: list[Question] = []
    ordered = sorted(mappings, key=lambda mapping: (mapping.priority is None, mapping.priority or 0))
    chosen: list[Mapping] = []
    for mapping in ordered:
        if chosen and chosen[0].priority != mapping.priority:
            break
        holds, open_questions = _holds(mapping, known)
        if holds:
            chosen.append(mapping)
        asked += open_questions
    return Group(number, () if asked else tuple(chosen), tuple(dict.fromkeys(asked)))


def _holds(mapping: Mapping, known: Table[str, Answer]) -> tuple[bool, list[Question]]:
    """Tell whether a mapping's conditions hold, or what must be asked."""
    if mapping.rule is None:
        given = [(each, known.get(each.attribute)) for each in mapping.conditions]
        if any(value is not None and _plain(value) != each.value for each, value in given):
            return False, []
        open_ones = [Question(each.attribute, "attribute", each.attribute) for each, value in given if value is None]
        return not open_ones, open_ones
    rule = rf2_rules.parse(mapping.rule)
    if rule.kind == "unknown":
        said = known.get(mapping.rule)
        return _truth(said, mapping.rule), [Question(mapping.rule, "rule", mapping.rule)] if said is None else []
    results = [(clause, _clause(clause, known)) for clause in rule.clauses]
    if any(result is False for _, result in results):
        return False, []
    open_questions = [_question(clause) for clause, result in results if result is None]
    return not open_questions, open_questions


def _plain(value: Answer) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _truth(value: Answer | None, key: str) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    if str(value).strip().lower() in ("true", "yes", "ja", "1"):
        return True
    if str(value).strip().lower() in ("false", "no", "nej", "0"):
        return False
    raise ValueError(f"{key}: {value} is neither true nor false")


def _clause(clause: Clause, known: Table[str, Answer]) -> bool | None:
    said = known.get(clause.concept)
    if said is None:
        return None
    if clause.operator is None:
        return _truth(said, clause.concept)
    limit = clause.number
    assert limit is not None
    value, unit = _measure(said, clause)
    if unit != clause.unit and unit is not None and clause.unit is not None:
        value, limit = value * DAYS[unit], limit * DAYS[clause.unit]
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit,
    }[clause.operator]  # fmt: skip


def _measure(said: Answer, clause: Clause) -> tuple[Decimal, str | None]:
    """Return an answer as a number and its unit; an age without one is in years."""
    number, _, unit = str(said).strip().partition(" ")
    value = None if isinstance(said, bool) else rf2_rules.number(number)
    name = unit.strip().lower().removesuffix("s") or ("year" if clause.unit else None)
    if value is None or (name is not None and name not in DAYS):
        raise ValueError(
            f"{_NAMES.get(clause.concept, clause.concept)}: {said} is no number with a unit such as days or years"
        )
    return value, name


def _question(clause: Clause) -> Question:
    key = _NAMES.get(clause.concept, clause.concept)
    kind: Literal["age", "sex", "concept", "attribute"] = "concept"
    if key == "sex":
        kind = "sex"
    elif clause.operator is not None:
        kind = "age" if clause.unit else "attribute"
    return Question(key, kind, "sex" if key == "sex" else clause.term)
