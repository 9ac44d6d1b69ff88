"""Resources as XML (https://hl7.org/fhir/xml.html), to and from what their JSON form is."""

import html.entities
import re
from typing import Any
from xml.parsers import expat

from lxml import etree

from termbank.errors import FormatError
from termbank.formats.fhir.elements import LARGEST_INTEGER, shortened
from termbank.formats.fhir.losses import LossReport
from termbank.formats.fhir.structure import INTEGERS, PRIMITIVES, RESOURCES, Part, types
from termbank.model.numbers import Number, number

FHIR = "http://hl7.org/fhir"
XHTML = "http://www.w3.org/1999/xhtml"
DEEPEST = 450
"""How deep elements may be nested; Python itself goes little further."""
_BLOCK = 1 << 16
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def parse(data: bytes) -> dict[str, Any]:
    """Parse a resource into what its JSON form is.

    Of a resource in a Bundle whose type is not read here, only the type and the id are kept.

    Arguments:
        data: XML; a document type declaration is refused, so no entity is ever resolved or fetched.

    Raises:
        FormatError: it is no XML or no resource, has a DOCTYPE, an element that FHIR has not, a value that is not of
            its type, or is nested too deep; the text names the line.

    >>> parse(b'<ValueSet xmlns="http://hl7.org/fhir"><status value="draft"/></ValueSet>')
    {'resourceType': 'ValueSet', 'status': 'draft'}
    """
    if _has_doctype(data):
        raise FormatError("line 1: there is a DOCTYPE, which FHIR does not allow; remove it")
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise FormatError(f"line {error.lineno}: no XML: {error.msg}") from None
    except ValueError as error:
        raise FormatError(f"no XML: {error}") from None
    _refuse_depth(root)
    return _resource(root, top=True)


class _Known(Exception):
    """What was asked is known; the rest need not be parsed."""


def _has_doctype(data: bytes) -> bool:
    """Tell whether there is a DOCTYPE, without going further than it: its entities would be expanded in attributes."""
    found = False

    def doctype(*_: Any) -> None:
        nonlocal found
        found = True
        raise _Known

    def element(*_: Any) -> None:
        raise _Known

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        for start in range(0, len(data), _BLOCK):
            parser.Parse(data[start : start + _BLOCK], False)
    except _Known:
        return found
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FormatError(f"line {parser.CurrentLineNumber}: no XML: {error}") from None
    return found


def _refuse_depth(root: Any) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise FormatError(f"line {element.sourceline}: nested deeper than {DEEPEST} elements")


def _local(element: Any) -> str:
    name = element.tag
    if not isinstance(name, str):
        raise FormatError(f"line {element.sourceline}: there is something here that is no element; remove it")
    namespace, _, local = name.rpartition("}")
    if namespace != "{" + FHIR:
        raise FormatError(f"line {element.sourceline}: {shortened(local)} is not in the namespace {FHIR}")
    return str(local)


def _resource(element: Any, top: bool = False, bundled: bool = False) -> dict[str, Any]:
    kind = _local(element)
    if kind in RESOURCES:
        return {"resourceType": kind, **_complex(element, kind)}
    if not top and not bundled:
        raise FormatError(f"line {element.sourceline}: a resource of the type {shortened(kind)} cannot be read here")
    ids = [each.get("value") for each in element if each.tag == f"{{{FHIR}}}id" and each.get("value")]
    return {"resourceType": kind, **({"id": ids[0]} if ids else {})}


def _complex(element: Any, kind: str) -> dict[str, Any]:
    parts = types()[kind]
    found: dict[str, Any] = {}
    for name, value in element.attrib.items():
        if name == "id" or (name == "url" and kind == "Extension"):
            found[name] = value
        elif not name.startswith("{"):
            raise FormatError(f"line {element.sourceline}: {kind} has no attribute {shortened(name)}")
    _no_text(element, kind)
    for child in element:
        if child.tag == f"{{{XHTML}}}div" and kind == "Narrative":
            found["div"] = etree.tostring(child, encoding="unicode", with_tail=False)
            continue
        name = _local(child)
        part = parts.get(name)
        if part is None:
            raise FormatError(f"line {child.sourceline}: {kind} has no element {shortened(name)} in FHIR R4 or R5")
        _take(child, name, part, found, kind)
    return found


def _no_text(element: Any, kind: str) -> None:
    texts = [element.text, *(child.tail for child in element)]
    if any(text and not text.isspace() for text in texts):
        raise FormatError(f"line {element.sourceline}: there is text in {kind}; a value stands in the attribute value")


def _take(child: Any, name: str, part: Part, found: dict[str, Any], kind: str) -> None:
    if (name in found and not part.repeats) or (f"_{name}" in found and not part.repeats):
        raise FormatError(f"line {child.sourceline}: {kind}.{name} stands twice; keep one of them")
    if part.type in PRIMITIVES:
        value, side = _primitive(child, part.type, f"{kind}.{name}")
        if not part.repeats:
            if value is not None:
                found[name] = value
            if side:
                found[f"_{name}"] = side
            return
        values = found.setdefault(name, [])
        values.append(value)
        if side or f"_{name}" in found:
            sides = found.setdefault(f"_{name}", [None] * (len(values) - 1))
            sides.append(side or None)
        return
    inner = _inner(child, part, kind, name)
    if part.repeats:
        found.setdefault(name, []).append(inner)
    else:
        found[name] = inner


def _inner(child: Any, part: Part, kind: str, name: str) -> dict[str, Any]:
    if part.type != "Resource":
        return _complex(child, part.type)
    resources = list(child)
    if len(resources) != 1:
        raise FormatError(f"line {child.sourceline}: {kind}.{name} holds {len(resources)} resources; it holds one")
    return _resource(resources[0], bundled=kind == "Bundle.entry")


def _primitive(element: Any, kind: str, place: str) -> tuple[Any, dict[str, Any]]:
    side: dict[str, Any] = {}
    said = None
    for name, value in element.attrib.items():
        if name == "value":
            said = value
        elif name == "id":
            side["id"] = value
        elif not name.startswith("{"):
            raise FormatError(f"line {element.sourceline}: {place} has no attribute {shortened(name)}")
    _no_text(element, place)
    for child in element:
        if _local(child) != "extension":
            raise FormatError(f"line {child.sourceline}: {place} has no elements but extensions")
        side.setdefault("extension", []).append(_complex(child, "Extension"))
    if said is None:
        return None, side
    try:
        return _value(said, kind), side
    except ValueError:
        raise FormatError(f"line {element.sourceline}: {place}: {shortened(said)} is no {kind}") from None


def _value(said: str, kind: str) -> Any:
    if kind == "boolean":
        return {"true": True, "false": False}[said] if said in ("true", "false") else _raise(said)
    if kind in INTEGERS:
        if not re.fullmatch(r"[+-]?[0-9]{1,19}", said) or abs(int(said)) > LARGEST_INTEGER:
            _raise(said)
        return int(said)
    if kind == "decimal":
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", said):
            _raise(said)
        return int(said) if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", said) else number(said)
    return said


def _raise(said: str) -> Any:
    raise ValueError(said)


def data(resource: dict[str, Any], losses: LossReport | None = None) -> bytes:
    """Write a resource as XML, its elements in the order of the specification.

    Arguments:
        resource: the resource, as its JSON form is.
        losses: takes what FHIR's XML has no element for.

    Returns:
        XML in UTF-8.

    Raises:
        FormatError: the resource is of another type than those that are written.

    >>> data({"resourceType": "ValueSet", "status": "draft"}).decode().splitlines()[1]
    '<ValueSet xmlns="http://hl7.org/fhir">'
    """
    losses = LossReport() if losses is None else losses
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or kind not in RESOURCES:
        raise FormatError(f"resourceType: {shortened(kind)} cannot be written as XML")
    root = etree.Element(f"{{{FHIR}}}{kind}", nsmap={None: FHIR})  # type: ignore[dict-item]
    try:
        _fill(root, resource, kind, kind, losses)
    except RecursionError:
        raise FormatError(f"{kind}: nested too deep to be written") from None
    _indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _indent(root: Any) -> None:
    """Set the elements in, but for what stands in narratives, where space means something."""
    narratives = [(each, each.getparent()) for each in root.iter(f"{{{XHTML}}}div") if _is_narrative(each)]
    for each, parent in narratives:
        parent.remove(each)
    etree.indent(root)
    for each, parent in narratives:
        parent.append(each)


def _is_narrative(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{{{FHIR}}}text"


def _fill(element: Any, value: dict[str, Any], kind: str, place: str, losses: LossReport) -> None:
    resource = kind in RESOURCES
    done = {"resourceType"} if resource else set()
    for name, part in types()[kind].items():
        if name not in value and f"_{name}" not in value:
            continue
        done |= {name, f"_{name}"}
        if (name == "id" and not resource) or (name == "url" and kind == "Extension"):
            _attribute(element, name, value.get(name), f"{place}.{name}", losses)
            continue
        inner = value.get(name)
        many = inner if isinstance(inner, list) else [inner]
        sides = value.get(f"_{name}")
        side = sides if isinstance(sides, list) else [sides]
        for index in range(max(len(many) if name in value else 0, len(side) if f"_{name}" in value else 0)):
            one = many[index] if index < len(many) and name in value else None
            beside = side[index] if index < len(side) else None
            _child(element, name, part, one, beside, f"{place}.{name}", losses)
    for name, lost in value.items():
        if name not in done and lost is not None:
            losses.add(f"{place}.{name}", "no element of FHIR" if isinstance(lost, dict | list) else lost)


def _child(element: Any, name: str, part: Part, value: Any, side: Any, place: str, losses: LossReport) -> None:
    if part.type == "xhtml":
        _narrative(element, value, place, losses)
        return
    made = etree.SubElement(element, f"{{{FHIR}}}{name}")
    if part.type in PRIMITIVES:
        if isinstance(value, dict | list):
            losses.add(place, "of the wrong type")
        elif value is not None:
            _attribute(made, "value", value, place, losses)
        _beside(made, side, place, losses)
    elif not isinstance(value, dict):
        element.remove(made)
        losses.add(place, "of the wrong type")
    elif part.type == "Resource":
        kind = value.get("resourceType")
        if not isinstance(kind, str) or kind not in RESOURCES:
            element.remove(made)
            losses.add(place, f"a resource of the type {shortened(kind)}")
            return
        _fill(etree.SubElement(made, f"{{{FHIR}}}{kind}"), value, kind, str(kind), losses)
    else:
        _fill(made, value, part.type, place, losses)


def _beside(element: Any, side: Any, place: str, losses: LossReport) -> None:
    """Write the id and the extensions of a primitive."""
    if side is None:
        return
    if not isinstance(side, dict):
        losses.add(place, "of the wrong type")
        return
    for name, value in side.items():
        if name == "id" and isinstance(value, str):
            _attribute(element, "id", value, place, losses)
        elif name == "extension" and isinstance(value, list) and all(isinstance(each, dict) for each in value):
            for each in value:
                _fill(etree.SubElement(element, f"{{{FHIR}}}extension"), each, "Extension", place, losses)
        else:
            losses.add(f"{place}.{name}", "of the wrong type")


def _attribute(element: Any, name: str, value: Any, place: str, losses: LossReport) -> None:
    if isinstance(value, bool):
        said = "true" if value else "false"
    else:
        said = value.text if isinstance(value, Number) else str(value)
    try:
        element.set(name, said)
    except ValueError:  # a character that XML has not
        losses.add(place, ascii(said))
        element.set(name, "".join(letter if _in_xml(letter) else "\ufffd" for letter in said))


def _in_xml(letter: str) -> bool:
    return letter in "\t\n\r" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"


def _narrative(element: Any, value: Any, place: str, losses: LossReport) -> None:
    if not isinstance(value, str):
        losses.add(place, "of the wrong type")
        return
    said = _ENTITY.sub(_entity, value).encode()
    try:
        div = None if _has_doctype(said) else etree.fromstring(said, _parser())
    except (etree.XMLSyntaxError, ValueError):
        div = None
    if div is None or div.tag != f"{{{XHTML}}}div":
        losses.add(place, "no XHTML")
        return
    element.append(div)


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    letter = html.entities.html5.get(f"{name};")
    return match.group() if name in _OWN_ENTITIES or letter is None else letter
