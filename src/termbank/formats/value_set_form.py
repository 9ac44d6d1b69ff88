"""Value sets in the few words that people write: which codes of which system, and what not."""

import datetime
from itertools import product
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field

from termbank.formats.fhir.losses import LossReport
from termbank.model import ConceptFilter, ConceptSet, Finding, IncludedConcept, Location, Term, ValueSet
from termbank.model.base import Noun
from termbank.model.rules import rule
from termbank.model.value_set import FilterOperator
from termbank.model.vocabulary import PublicationStatus

_UNDER, _WITHIN, _SELECTABLE = "descendent-of", "is-a", "notSelectable"


def _several(given: Any) -> Any:
    return [given] if isinstance(given, str | dict) else given


def _as_text(given: Any) -> Any:
    if isinstance(given, bool):
        return "true" if given else "false"
    return str(given) if isinstance(given, int | datetime.date) else given


Texts = Annotated[tuple[str, ...], BeforeValidator(_several, json_schema_input_type=str | tuple[str, ...])]
"""One text or several."""


class Condition(Noun):
    """A condition on a property, as FHIR has it.

    Arguments:
        property: a property of the system, or `code`, `display`, `concept`.
        op: how it is compared.
        value: with what; for `in` and `not-in` several values with commas between.
    """

    property: str
    op: FilterOperator = "="
    value: Annotated[str, BeforeValidator(_as_text, json_schema_input_type=str | bool | int)]


Conditions = Annotated[
    tuple[Condition, ...], BeforeValidator(_several, json_schema_input_type=Condition | tuple[Condition, ...])
]
"""One condition or several, all of which hold."""


class Designation(Noun):
    """A further name that a value set gives a code."""

    text: str
    language: str = "sv"


class ListedCode(Noun):
    """A code that is listed, with a name of the value set's own; without one the code itself is enough."""

    code: str
    display: str | None = None
    designations: tuple[Designation, ...] = ()


def _listed_code(given: Any) -> Any:
    return given if isinstance(given, dict | ListedCode) else {"code": given}


Codes = tuple[Annotated[ListedCode, BeforeValidator(_listed_code, json_schema_input_type=str | ListedCode)], ...]


class Part(Noun):
    """Some codes of one system: those listed, or those that meet every condition, or all of them.

    Arguments:
        system: id (`kva`, or `kva|2020` for a version), canonical URL or OID.
        version: its version; None: the one in force on the day that is asked for, else the newest.
        codes: the codes, listed.
        under: the codes below this one, at any level, without itself; of several, those below any of them.
        within: this code and those below it.
        filter: conditions on properties.
        selectable: only the codes that may be selected, no headings; `false`: only the headings.
        value_sets: only what these value sets have too; without a system, what they have.
    """

    system: str | None = None
    version: str | None = None
    codes: Codes = ()
    under: Texts = ()
    within: Texts = ()
    filter: Conditions = ()
    selectable: bool | None = None
    value_sets: Texts = ()


class WrittenValueSet(Noun):
    """A value set: everything in one of `include` and in none of `exclude`.

    Arguments:
        id: short id; None: the name of the file.
        title: name for people.
        url, version: canonical URL and version, where it is shared with others.
        description: a few lines for people.
        status, experimental, language: as of a vocabulary.
        on: it is read as of this day, whatever day is asked for; None: as of the day that is asked for.
        active: `true`: inactive codes are not in it.
        include: what is in it.
        exclude: what of that is not.
    """

    id: str | None = Field(default=None, min_length=1)
    title: str = ""
    url: str | None = None
    version: str | None = None
    description: str | None = None
    status: PublicationStatus = "active"
    experimental: bool | None = None
    language: str | None = None
    on: datetime.date | None = None
    active: bool | None = None
    include: tuple[Part, ...]
    exclude: tuple[Part, ...] = ()


def problems(written: WrittenValueSet) -> list[tuple[tuple[str | int, ...], Finding]]:
    """Return what is wrong with a value set that is well-formed, each with the keys where it stands."""
    found: list[tuple[tuple[str | int, ...], Finding]] = []
    for name, parts in (("include", written.include), ("exclude", written.exclude)):
        for index, part in enumerate(parts):
            at, where = (name, index), Location()
            conditions = [key for key in ("under", "within", "filter") if getattr(part, key)]
            conditions += ["selectable"] if part.selectable is not None else []
            needing = [*(["codes"] if part.codes else []), *conditions, *(["version"] if part.version else [])]
            if part.system is None and not part.value_sets and not needing:
                found.append((at, rule("empty-include").finding(where)))
            elif part.system is None and needing:
                found.append(((*at, needing[0]), rule("no-system").finding(where, keys=", ".join(needing))))
            if part.codes and conditions:
                conflict = rule("codes-and-conditions").finding(where, conditions=", ".join(conditions))
                found.append(((*at, conditions[0]), conflict))
            stated = (part.system or "").partition("|")[2]
            if stated and part.version and stated != part.version:
                finding = rule("two-versions").finding(where, first=stated, second=part.version)
                found.append(((*at, "version"), finding))
    return found


def to_value_set(written: WrittenValueSet, name: str) -> ValueSet:
    """Return the value set that is meant.

    Arguments:
        written: as it was written.
        name: its id, where it says none.

    >>> part = Part(system="icd-10-se", under="F00-F99", selectable=True)
    >>> [(each.op, each.value) for each in to_value_set(WrittenValueSet(include=(part,)), "psyk").include[0].filters]
    [('descendent-of', 'F00-F99'), ('=', 'false')]
    """
    said = {
        "title": written.title, "url": written.url, "version": written.version, "description": written.description,
        "status": written.status, "experimental": written.experimental, "language": written.language,
        "locked_date": written.on, "inactive": None if written.active is None else not written.active,
        "include": tuple(each for part in written.include for each in _concept_sets(part)),
        "exclude": tuple(each for part in written.exclude for each in _concept_sets(part)),
    }  # fmt: skip
    return ValueSet.model_validate({"id": written.id or name, **{k: v for k, v in said.items() if v is not None}})


def _concept_sets(part: Part) -> list[ConceptSet]:
    """Return what a part stands for: one set of concepts, or one for each of several codes above."""
    system, bar, version = (part.system or "").partition("|")
    said: dict[str, Any] = {"system": None if part.system is None else system, "value_sets": part.value_sets}
    said |= {"version": version if bar else part.version, "concepts": tuple(_included(each) for each in part.codes)}
    filters = [ConceptFilter(property=each.property, op=each.op, value=each.value) for each in part.filter]
    if part.selectable is not None:
        value = "false" if part.selectable else "true"
        filters.append(ConceptFilter(property=_SELECTABLE, op="=", value=value))
    found = []
    for under, within in product(part.under or [None], part.within or [None]):
        above = [
            ConceptFilter(property="concept", op=op, value=code)
            for op, code in ((_UNDER, under), (_WITHIN, within))
            if code is not None
        ]
        given = {**said, "filters": (*above, *filters)}
        found.append(ConceptSet.model_validate({key: value for key, value in given.items() if value not in (None, ())}))
    return found


def _included(given: ListedCode) -> IncludedConcept:
    terms = tuple(Term(text=each.text, language=each.language, status="unknown") for each in given.designations)
    return IncludedConcept(code=given.code, display=given.display, designations=terms)


def from_value_set(value_set: ValueSet) -> tuple[WrittenValueSet, LossReport]:
    """Return a value set as people write it, and what cannot be written so."""
    losses = LossReport()
    for name in ("expansion", "extra"):
        if (held := getattr(value_set, name)) is not None:
            losses.add(f"ValueSet.{name}", held)
    if not value_set.composed:
        losses.add("ValueSet.composed", "false")
    names = ("id", "title", "url", "version", "description", "status", "experimental", "language")
    said = {name: getattr(value_set, name) for name in names} | {"id": value_set.id or None}
    said |= {"on": value_set.locked_date, "active": None if value_set.inactive is None else not value_set.inactive}
    said = {name: value for name, value in said.items() if value is not None}
    return WrittenValueSet.model_validate(
        {
            **said,
            "include": tuple(_part(each, losses) for each in value_set.include),
            "exclude": tuple(_part(each, losses) for each in value_set.exclude),
        }
    ), losses


def _part(given: ConceptSet, losses: LossReport) -> Part:
    if given.extra is not None:
        losses.add("ConceptSet.extra", given.extra)
    if "|" in (given.system or ""):
        losses.add("ConceptSet.system", given.system)
    if given.concepts and given.filters:
        losses.add("ConceptSet.filters", given.filters[0].property, len(given.filters))
    filters = [] if given.concepts else [each for each in given.filters if _can_be_said(each, losses)]
    said: dict[str, Any] = {"codes": tuple(_listed(each, losses) for each in given.concepts)}
    for key, op in (("under", _UNDER), ("within", _WITHIN)):
        if filters and filters[0].property == "concept" and filters[0].op == op:
            said[key] = (filters.pop(0).value,)
    last = filters[-1] if filters else None
    if last and (last.property, last.op) == (_SELECTABLE, "=") and last.value in ("true", "false"):
        said["selectable"] = filters.pop().value == "false"
    said["filter"] = [{"property": each.property, "op": each.op, "value": each.value} for each in filters]
    said |= {"system": given.system, "version": given.version, "value_sets": given.value_sets}
    return Part.model_validate({key: value for key, value in said.items() if value not in (None, (), [])})


_OPERATORS = frozenset(get_args(FilterOperator))


def _can_be_said(given: ConceptFilter, losses: LossReport) -> bool:
    if given.extra is not None:
        losses.add("ConceptFilter.extra", given.extra)
    if given.value is None or given.op not in _OPERATORS:
        losses.add("ConceptFilter", f"{given.property} {given.op} {given.value}")
        return False
    return True


def _listed(given: IncludedConcept, losses: LossReport) -> ListedCode:
    if given.extra is not None:
        losses.add("IncludedConcept.extra", given.extra)
    for term in given.designations:
        plain = Term(text=term.text, language=term.language, status="unknown")
        if term != plain:
            losses.add("IncludedConcept.designations", term.to_json())
    designations = tuple(Designation(text=term.text, language=term.language) for term in given.designations)
    return ListedCode(code=given.code, display=given.display, designations=designations)
