"""The metadata of a mapping set as YAML: read as the text that stands there, written in the canonical form."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

_DEEPEST = 8
_NULLS = ("", "~", "null", "Null", "NULL")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.SafeLoader("")
_CORE = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class BlockError(ValueError):
    """The block is no YAML mapping, or uses what SSSOM forbids; it knows the line within the block."""

    def __init__(self, problem: str, line: int = 1) -> None:
        super().__init__(problem)
        self.line = line


class Block(NamedTuple):
    """A metadata block: its keys with their values, all scalars as text, and the line of each key within the block.

    Keys inside `curie_map` have theirs under `curie_map.PREFIX`.
    """

    values: dict[str, Any]
    lines: dict[str, int]


def parse(text: str) -> Block:
    """Read a block of YAML.

    Raises:
        BlockError: it is not valid, not a mapping, or has anchors, aliases, tags or directives.

    >>> parse("mapping_set_version: 1.10").values
    {'mapping_set_version': '1.10'}
    """
    lines: dict[str, int] = {}
    try:
        events = iter(list(_plain(text)))
        first = next(events, None)
        if first is None or _is_null(first):
            return Block({}, lines)
        found = _node(first, events, lines, ())
    except yaml.MarkedYAMLError as error:
        raise BlockError(error.problem or "no YAML", error.problem_mark.line + 1 if error.problem_mark else 1) from None
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        raise BlockError(error.reason, text.encode("utf-8", "replace")[:position].count(b"\n") + 1) from None
    except UnicodeEncodeError as error:
        raise BlockError("it is not UTF-8", text[: error.start].count("\n") + 1) from None
    if not isinstance(found, dict):
        raise BlockError("it is not a YAML mapping")
    return Block(found, lines)


def _plain(text: str) -> Iterator[Any]:
    """Yield the events of the one document, and refuse what a metadata block must not have."""
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1 or event.version or event.tags:
                raise BlockError("directives and several documents are not allowed", line)
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BlockError("anchors and aliases are not allowed", line)
        elif isinstance(event, yaml.NodeEvent):
            if getattr(event, "tag", None):
                raise BlockError("tags are not allowed", line)
            yield event
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            yield event


def _is_null(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value in _NULLS


def _node(event: Any, events: Iterator[Any], lines: dict[str, int], path: tuple[str, ...]) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return None if _is_null(event) else event.value
    if len(path) > _DEEPEST:
        raise BlockError("it is nested too deeply", event.start_mark.line + 1)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_node(each, events, lines, (*path, "")) for each in _until(yaml.SequenceEndEvent, events)]
    found: dict[str, Any] = {}
    for key in _until(yaml.MappingEndEvent, events):
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent):
            raise BlockError("a key is no plain word", line)
        if key.value in found:
            raise BlockError(f"the key {key.value} stands twice", line)
        if len(path) < 2:
            lines[".".join((*path, key.value))] = line
        found[key.value] = _node(next(events), events, lines, (*path, key.value))
    return found


def _until(end: type, events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def written(values: Mapping[str, Any], plain: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the lines of a canonical block: block sequences, plain scalars where that is possible.

    Arguments:
        values: texts, lists of texts or of mappings of texts, and mappings of texts.
        plain: keys whose values are dates or numbers, and are so never put in quotes.

    >>> list(written({"creator_id": ["orcid:1"], "sssom_version": "1.1"}))
    ['creator_id:', '  - orcid:1', 'sssom_version: "1.1"']
    """
    for key, value in values.items():
        name = scalar(key)
        if isinstance(value, Mapping):
            yield f"{name}:"
            yield from (f"  {scalar(each)}: {scalar(text)}" for each, text in value.items())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{name}:"
            for item in value:
                yield from _item(item)
        else:
            yield f"{name}: {value if key in plain else scalar(value)}"


def _item(item: Any) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"  - {scalar(item)}"
        return
    for index, (key, value) in enumerate(item.items()):
        yield f"  {'-' if index == 0 else ' '} {scalar(key)}: {scalar(value)}"


def scalar(text: str) -> str:
    r"""Write a text as a YAML scalar: plain where it reads back as this text, else in double quotes.

    >>> scalar("kva"), scalar("2026"), scalar("a: b")
    ('kva', '"2026"', '"a: b"')
    """
    if _plain_is_safe(text):
        return text
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _plain_is_safe(text: str) -> bool:
    if not text or not text.isprintable() or text != text.strip() or _CORE.fullmatch(text):
        return False
    if _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) != "tag:yaml.org,2002:str":
        return False
    try:
        found = yaml.load(f"k: {text}\nl:\n  - {text}\n", Loader=yaml.BaseLoader)  # noqa: S506 - the base loader
    except yaml.YAMLError:
        return False
    return bool(found == {"k": text, "l": [text]})
