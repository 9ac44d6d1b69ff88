"""Questions and answers of FHIR operations, short."""

from typing import Any

from termbank.fhir import operation

Resource = dict[str, Any]


def ask(name: str, *resources: Resource, fhir_version: str = "5.0.0", language: str | None = None, bank=None, **given):
    """Ask an operation; parameters by name: a pair of type and value, or a list of them. Return status and answer."""
    parameters: list[Resource] = [{"name": "tx-resource", "resource": each} for each in resources]
    for key, values in given.items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                parameters.append({"name": key, "resource": value})
            else:
                parameters.append({"name": key, f"value{value[0]}": value[1]})
    asked = {"resourceType": "Parameters", "parameter": parameters}
    return operation(name, asked, bank=bank, accept_language=language, fhir_version=fhir_version)


def code(text: str) -> tuple[str, str]:
    return "Code", text


def uri(text: str) -> tuple[str, str]:
    return "Uri", text


def coding(system: str, text: str, **more: str) -> tuple[str, Resource]:
    return "Coding", {"system": system, "code": text, **more}


def value(part: Resource) -> Any:
    """Return the value of a parameter; of one with parts, the parts by name."""
    if "part" in part:
        return {each["name"]: value(each) for each in part["part"]}
    return next((found for key, found in part.items() if key.startswith("value")), part.get("resource"))


def values(answer: Resource, name: str) -> list[Any]:
    return [value(each) for each in answer.get("parameter", []) if each["name"] == name]


def only(answer: Resource, name: str) -> Any:
    (found,) = values(answer, name)
    return found


def reason(answer: Resource) -> tuple[str, str]:
    """Return the code and the text of the first issue of an OperationOutcome."""
    assert answer["resourceType"] == "OperationOutcome"
    first = answer["issue"][0]
    return first["code"], first["details"]["text"]


def system(url: str, *concepts: Any, **more: Any) -> Resource:
    """Make a CodeSystem; a concept may be a plain code."""
    listed = [{"code": each} if isinstance(each, str) else each for each in concepts]
    head = {"resourceType": "CodeSystem", "url": url, "status": "active", "content": "complete"}
    return {**head, "caseSensitive": True, **more, "concept": listed}


def value_set(url: str, *includes: Resource, exclude: list[Resource] | None = None, **more: Any) -> Resource:
    compose: Resource = {"include": list(includes)}
    if exclude:
        compose["exclude"] = exclude
    return {"resourceType": "ValueSet", "url": url, "status": "active", "compose": compose, **more}
