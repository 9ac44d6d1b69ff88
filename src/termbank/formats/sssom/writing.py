"""Mapping sets written: the canonical form of SSSOM/TSV, and JSON."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from termbank.errors import FormatError
from termbank.files import AtomicFile
from termbank.formats.losses import LossReport
from termbank.formats.sssom import values, yaml_block
from termbank.formats.sssom.curies import BUILT_IN, is_iri, made_prefix, split_iri
from termbank.formats.sssom.plan import Plan, plan, used_prefixes
from termbank.formats.sssom.slots import MAPPING, SET, Slot
from termbank.formats.sssom.values import Value
from termbank.model import KnownSystem, MappingSet

_UNQUOTED = frozenset(name for name, slot in SET.items() if slot.kind in ("double", "date"))


def write(
    mapping_set: MappingSet, target: Path | str, known: Iterable[KnownSystem] = (), *, condense: bool = True
) -> LossReport:
    """Write a mapping set; the file appears when it is whole.

    Arguments:
        mapping_set: the set.
        target: the file; one that ends in `.json` is written as JSON, any other as canonical SSSOM/TSV.
        known: systems whose URLs are known, for prefixes that the set does not declare.
        condense: say once in the set what all its mappings say alike.

    Returns:
        What SSSOM cannot hold; a mapping that it cannot is counted under `mappings`.

    Raises:
        WriteError: the file cannot be written.
        FormatError: a text has half a character in it.

    >>> import tempfile
    >>> from termbank.model import Coding, Mapping
    >>> kva, ksi = Coding(system="kva", code="AU124"), Coding(system="ksi", code="XAH.20.75")
    >>> pair = Mapping(subject=kva, object=ksi, predicate="skos:exactMatch")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     losses = write(MappingSet(id="a", mappings=(pair,)), Path(folder, "a.sssom.tsv"))
    ...     print(Path(folder, "a.sssom.tsv").read_text().splitlines()[-1].expandtabs(1))
    kva:AU124 skos:exactMatch ksi:XAH.20.75 semapv:UnspecifiedMatching
    """
    path = Path(target)
    ready = plan(mapping_set, known, condense=condense)
    text = json_text(ready) if path.suffix.lower() == ".json" else tsv_text(ready)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise FormatError(f"{path}: there is half a character in a text; correct it at its source") from None
    with AtomicFile(path, private=False) as file:
        file.write(data)
        file.commit()
    return ready.losses


def tsv_text(ready: Plan) -> str:
    """Write a prepared set as canonical SSSOM/TSV."""
    _name_all(ready)
    used = used_prefixes(ready)
    block = _block(ready, used)
    unused = sorted(ready.prefixes.declared.keys() - used - BUILT_IN.keys())
    if unused:
        ready.losses.add("curie_map", unused[0], len(unused))
    present = {name for record in ready.records for name in record}
    columns = [name for name in MAPPING if name in present or (name in _ALWAYS and not _literal(name, present, ready))]
    columns += ready.ordered(present - MAPPING.keys())
    rows = sorted([_cell(record.get(name), MAPPING.get(name), ready.losses) for name in columns]
                  for record in ready.records)  # fmt: skip
    lines = [f"#{line}" for line in yaml_block.written(block, _UNQUOTED)]
    lines += ["\t".join(map(_quoted, row)) for row in (columns, *rows)]
    return "\n".join(lines) + "\n"


_ALWAYS = ("subject_id", "predicate_id", "object_id", "mapping_justification")
"""Columns that are written although no mapping fills them, but where there are literals only."""


def _literal(name: str, present: set[str], ready: Plan) -> bool:
    typed = name.replace("_id", "_type")
    return name.replace("_id", "_label") in present and (typed in present or typed in ready.record)


def _block(ready: Plan, used: set[str]) -> dict[str, Any]:
    """Return the metadata in their order: slots, definitions of extensions, extensions."""
    named = sorted(used & ready.prefixes.declared.keys())
    said: dict[str, Any] = {}
    for name, slot in SET.items():
        if name in ready.record:
            said[name] = _plain(ready.record[name], slot, ready.losses)
        if name == "sssom_version" and named:
            said["curie_map"] = {prefix: ready.prefixes.declared[prefix] for prefix in named}
    present = {name for record in (ready.record, *ready.records) for name in record}
    defined = [name for name in ready.ordered(ready.extensions) if name in present]
    for name in ready.extensions.keys() - present:
        ready.losses.add("extension_definitions", name)
    if defined:
        keys = ("slot_name", "property", "type_hint")
        items = [ready.extensions[name].definition or {} for name in defined]
        said["extension_definitions"] = [{key: item[key] for key in keys if key in item} for item in items]
    said |= {name: str(ready.record[name]) for name in ready.ordered(ready.record.keys() - SET.keys())}
    return said


def _plain(value: Value, slot: Slot, losses: LossReport) -> Any:
    if isinstance(value, float):
        return _number(value, slot.name, losses)
    return value if not slot.many or isinstance(value, list) else [value]


def _number(value: float, name: str, losses: LossReport) -> str:
    text = values.number(value)
    if float(text) != value:
        losses.add(f"{name}, beyond three decimals", repr(value))
    return text


def _cell(value: Value | None, slot: Slot | None, losses: LossReport) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return _number(value, slot.name if slot else "", losses)
    if isinstance(value, list):
        return values.joined(value)
    return values.joined([value]) if slot and slot.many else value


def _quoted(cell: str) -> str:
    if '"' in cell or "\t" in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _name_all(ready: Plan) -> None:
    """Name by CURIEs what is named by IRIs, with new prefixes where none fits."""
    for slots, record in ((SET, ready.record), *((MAPPING, record) for record in ready.records)):
        for name, value in record.items():
            slot = slots.get(name)
            if slot and slot.kind == "entity":
                named = [_curie(text, ready) for text in (value if isinstance(value, list) else [str(value)])]
                record[name] = named if isinstance(value, list) else named[0]


def _curie(text: str, ready: Plan) -> str:
    prefix, _, local = text.partition(":")
    if not is_iri(text) or (prefix in ready.prefixes.all and not local.startswith("//")):
        return text
    known = ready.prefixes.contract(text)
    if known is not None:
        return known
    namespace, name = split_iri(text)
    made, expansion = made_prefix(namespace, ready.prefixes.all)
    if expansion != namespace:
        return text
    ready.prefixes = type(ready.prefixes)({**ready.prefixes.declared, made: expansion})
    return f"{made}:{name}"


def json_text(ready: Plan) -> str:
    """Write a prepared set as JSON: the slots of the set in their order, then its mappings."""
    said: dict[str, Any] = {}
    for name, slot in SET.items():
        if name in ready.record:
            said[name] = _json(ready.record[name], slot)
        if name == "sssom_version" and ready.prefixes.declared:
            said["curie_map"] = ready.prefixes.declared
    definitions = [ready.extensions[name].definition for name in ready.ordered(ready.extensions)]
    if definitions:
        said["extension_definitions"] = definitions
    said |= {name: ready.record[name] for name in ready.ordered(ready.record.keys() - SET.keys())}
    said["mappings"] = sorted(_ordered(ready), key=lambda record: json.dumps(record, ensure_ascii=False))
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _ordered(ready: Plan) -> Iterator[dict[str, Any]]:
    for record in ready.records:
        names = [name for name in MAPPING if name in record] + ready.ordered(record.keys() - MAPPING.keys())
        yield {name: _json(record[name], MAPPING.get(name)) for name in names}


def _json(value: Value, slot: Slot | None) -> Any:
    return [value] if slot and slot.many and not isinstance(value, list) else value
