"""Small CodeSystems and ValueSets, questions about them, and answers that a test can read.

plan = system("plan", concept("A", "Alpha", concept("A1", "Alpha one")), "B")
some = value_set("some", include(plan, "A1"))
answer = ask("ValueSet/$validate-code", plan, some, url=some["url"], system=plan["url"], code="A1")
assert answer.result
"""

from typing import Any, NamedTuple

from termbank.fhir import operation

BASE = "http://example.org/"
Json = dict[str, Any]


def concept(code: str, display: str | None = None, *below: "str | Json", **fields: Any) -> Json:
    """Make a concept of a CodeSystem; `below` are its children, `properties` its properties by code."""
    found: Json = {"code": code, **({"display": display} if display is not None else {})}
    properties = fields.pop("properties", {})
    if properties:
        found["property"] = [{"code": name, **_property(value)} for name, value in properties.items()]
    if below:
        found["concept"] = [_concept(each) for each in below]
    return {**found, **fields}


def _concept(given: "str | Json") -> Json:
    return concept(given, given.capitalize()) if isinstance(given, str) else given


def _property(value: Any) -> Json:
    kind = {bool: "valueBoolean", int: "valueInteger"}.get(type(value), "valueCode")
    return {kind: value}


def designation(value: str, language: str | None = None, use: Json | None = None, status: str | None = None) -> Json:
    """Make a designation of a concept; the status is its standards status."""
    found: Json = {"value": value}
    if language:
        found["language"] = language
    if use:
        found["use"] = use
    if status:
        found["extension"] = [{"url": _HL7 + "structuredefinition-standards-status", "valueCode": status}]
    return found


_HL7 = "http://hl7.org/fhir/StructureDefinition/"


def system(name: str, *concepts: "str | Json", **fields: Any) -> Json:
    """Make a CodeSystem; a plain text is a code whose display is that text with a capital."""
    return {
        "resourceType": "CodeSystem",
        "url": BASE + name,
        "status": "active",
        "content": "complete",
        "caseSensitive": True,
        "concept": [_concept(each) for each in concepts],
        **fields,
    }


def supplement(name: str, base: Json, *concepts: Json, pack: bool = False, **fields: Any) -> Json:
    """Make a supplement of a CodeSystem; a `pack` is a language pack, which is used without being asked for."""
    if pack:
        fields["extension"] = [{"url": _HL7 + "codesystem-supplement-type", "valueCode": "lang-pack"}]
    return system(name, *concepts, content="supplement", supplements=base["url"], **fields)


def include(of: "Json | str | None" = None, *codes: "str | Json", **fields: Any) -> Json:
    """Make an include or exclude: of a CodeSystem (or URL), of listed codes or all; `filters` are (name, op, value)."""
    found: Json = {}
    if of is not None:
        found["system"] = of if isinstance(of, str) else of["url"]
    if codes:
        found["concept"] = [{"code": each} if isinstance(each, str) else each for each in codes]
    filters = fields.pop("filters", ())
    if filters:
        found["filter"] = [{"property": name, "op": op, "value": value} for name, op, value in filters]
    imports = fields.pop("value_sets", ())
    if imports:
        found["valueSet"] = [each if isinstance(each, str) else each["url"] for each in imports]
    return {**found, **fields}


def value_set(name: str | None, *includes: Json, exclude: "tuple[Json, ...] | list[Json]" = (), **fields: Any) -> Json:
    """Make a ValueSet; without a name it has neither URL nor id. What is for `compose` is given as such."""
    compose: Json = {"include": list(includes), **fields.pop("compose", {})}
    if exclude:
        compose["exclude"] = list(exclude)
    found: Json = {"resourceType": "ValueSet", "status": "active", "compose": compose, **fields}
    return found if name is None else {**found, "url": BASE + name}


class Issue(NamedTuple):
    """One issue of an OperationOutcome."""

    id: str
    severity: str
    at: str
    text: str


class Answer(NamedTuple):
    """What an operation answered."""

    status: int
    resource: Json

    def all(self, name: str) -> list[Any]:
        """Return the values of a parameter."""
        found = [each for each in self.resource.get("parameter", []) if each["name"] == name]
        return [next(value for key, value in each.items() if key != "name") for each in found]

    def __getattr__(self, name: str) -> Any:
        """Return the value of a parameter, or None; its name may be written with `_`."""
        if name.startswith("__"):
            raise AttributeError(name)
        return next(iter(self.all(name) or self.all(name.replace("_", "-"))), None)

    @property
    def issues(self) -> list[Issue]:
        """The issues, of the answer or beside it."""
        outcome = self.resource if self.resource["resourceType"] == "OperationOutcome" else self.all("issues")
        return [
            Issue(
                id=next((each["valueString"] for each in issue.get("extension", ())), ""),
                severity=issue["severity"],
                at=next(iter(issue.get("expression", ())), ""),
                text=issue["details"]["text"],
            )
            for one in (outcome if isinstance(outcome, list) else [outcome])
            for issue in one["issue"]
        ]

    @property
    def ids(self) -> list[str]:
        """The message ids of the issues that are HL7's."""
        return [each.id for each in self.issues if each.id]

    @property
    def said(self) -> str:
        """The texts of all issues."""
        return " ".join(each.text for each in self.issues)


def parameters(*resources: Json, **given: Any) -> Json:
    """Make a Parameters resource; `_` in a name stands for `-`, a list for a parameter that is repeated."""
    found: list[Json] = [{"name": "tx-resource", "resource": each} for each in resources]
    for name, value in given.items():
        for each in value if isinstance(value, list) else [value]:
            found.append({"name": name.replace("_", "-"), **_value(name, each)})
    return {"resourceType": "Parameters", "parameter": found}


def _value(name: str, value: Any) -> Json:
    if isinstance(value, dict):
        kinds = {"coding": "valueCoding", "codeableConcept": "valueCodeableConcept"}
        return {"resource" if "resourceType" in value else kinds[name]: value}
    kind = {bool: "valueBoolean", int: "valueInteger"}.get(type(value), "valueString")
    return {kind: value}


def ask(name: str, *resources: Json, bank: Any = None, language: str | None = None, **given: Any) -> Answer:
    """Ask an operation; the resources come with the call."""
    return Answer(*operation(name, parameters(*resources, **given), bank=bank, accept_language=language))


def in_value_set(of: Json, *resources: Json, bank: Any = None, language: str | None = None, **given: Any) -> Answer:
    """Ask ValueSet/$validate-code about a value set, which comes with the call like the resources."""
    return ask("ValueSet/$validate-code", of, *resources, bank=bank, language=language, url=of["url"], **given)


def in_system(of: Json, *resources: Json, bank: Any = None, language: str | None = None, **given: Any) -> Answer:
    """Ask CodeSystem/$validate-code about a code system, which comes with the call like the resources."""
    return ask("CodeSystem/$validate-code", of, *resources, bank=bank, language=language, url=of["url"], **given)


def coding(of: "Json | str | None", code: str | None = None, **fields: Any) -> Json:
    """Make a Coding."""
    found = {} if of is None else {"system": of if isinstance(of, str) else of["url"]}
    return {**found, **({} if code is None else {"code": code}), **fields}
