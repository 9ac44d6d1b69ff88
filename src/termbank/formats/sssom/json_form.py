"""SSSOM as JSON: the set as one object, its mappings in a list, each value with its place."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from termbank.formats.dialect import unreadable
from termbank.formats.sssom import values
from termbank.formats.sssom.metadata import metadata
from termbank.formats.sssom.rows import Refused, Row
from termbank.formats.sssom.sheet import Sheet, external_metadata, fault, name_columns
from termbank.formats.sssom.slots import MAPPING, OLD_SLOTS
from termbank.model import KnownSystem, Location
from termbank.model.rules import rule

_WHITE = re.compile(r"[ \t\r\n]*")
_HALF = re.compile("[\ud800-\udfff]").search
_LINKED = ("@context", "@type", "@id", "@graph")


class _Item(NamedTuple):
    """An element of the list of mappings: its line, its place in the list, and itself."""

    line: int
    place: int
    value: Any


class _Repeated(ValueError):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated(next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1))
    return found


class _Document:
    """The text of a JSON object, walked so that the lines of its keys and of its mappings are known."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=self._constant)
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.items: list[_Item] = []
        self._at, self._line = 0, 1
        end = self._object()
        if self._skip(end) != len(text):
            raise json.JSONDecodeError("Extra data", text, end)

    @staticmethod
    def _constant(name: str) -> Any:
        raise ValueError(f"{name} is no number of JSON")

    def line(self, at: int) -> int:
        """Return the line of a place; places are asked for in rising order."""
        self._line += self.text.count("\n", self._at, at)
        self._at = at
        return self._line

    def _skip(self, at: int) -> int:
        found = _WHITE.match(self.text, at)
        return found.end() if found else at

    def _expect(self, at: int, characters: str) -> tuple[str, int]:
        at = self._skip(at)
        if self.text[at : at + 1] not in tuple(characters):
            raise json.JSONDecodeError(f"Expecting {' or '.join(characters)}", self.text, at)
        return self.text[at], at + 1

    def _object(self) -> int:
        _, at = self._expect(0, "{")
        at = self._skip(at)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            at = self._skip(at)
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError("Expecting a key", self.text, at)
            line = self.line(at)
            key, at = self.decoder.raw_decode(self.text, at)
            if key in self.lines:
                raise _Repeated(key)
            self.lines[key] = line
            _, at = self._expect(at, ":")
            at = self._skip(at)
            if key == "mappings" and self.text[at : at + 1] == "[":
                at = self._array(at + 1)
                self.values[key] = None
            else:
                self.values[key], at = self.decoder.raw_decode(self.text, at)
            character, at = self._expect(at, ",}")
            if character == "}":
                return at

    def _array(self, at: int) -> int:
        at = self._skip(at)
        if self.text[at : at + 1] == "]":
            return at + 1
        while True:
            at = self._skip(at)
            line = self.line(at)
            value, at = self.decoder.raw_decode(self.text, at)
            self.items.append(_Item(line, len(self.items), value))
            character, at = self._expect(at, ",]")
            if character == "]":
                return at


def _document(path: Path) -> _Document:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _Document(text)
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError:
        raise fault(path, 1, "sssom-wrong-encoding") from None
    except json.JSONDecodeError as error:
        raise fault(path, error.lineno, "sssom-not-json", problem=error.msg) from None
    except RecursionError:
        raise fault(path, 1, "sssom-not-json", problem="it is nested too deeply") from None
    except _Repeated as error:
        raise fault(path, 1, "sssom-not-json", problem=f"the key {error} stands twice") from None
    except ValueError as error:
        raise fault(path, 1, "sssom-not-json", problem=str(error)) from None


def open_json(path: Path, known: Iterable[KnownSystem], external: Path | None, *, strict: bool) -> Sheet:
    """Open a JSON file; see `open_sheet`."""
    document = _document(path)
    try:
        block = {key: _scalars(value) for key, value in document.values.items() if key not in _LINKED}
    except RecursionError:
        raise fault(path, 1, "sssom-not-json", problem="it is nested too deeply") from None
    except ValueError as error:
        raise fault(path, 1, "sssom-not-json", problem=str(error)) from None
    context = document.values.get("@context")
    if "curie_map" not in block and isinstance(context, Mapping):
        block["curie_map"] = {key: value for key, value in context.items() if _is_prefix(key, value)}
    if document.values.get("mappings") is not None:
        raise fault(path, document.lines["mappings"], "sssom-not-a-list", "mappings")

    def where(slot: str) -> Location:
        pointer = "/" + slot.replace(".", "/", 1) if slot.partition(".")[0] in document.lines else None
        return Location(path=str(path), line=document.lines.get(slot.partition(".")[0], 1), field=slot, pointer=pointer)

    if external is not None:
        said = external_metadata(external, known, strict=strict, iris=True)
    else:
        said = metadata(block, document.lines, where, known, strict=strict, iris=True)
    names = list(dict.fromkeys(key for item in document.items if isinstance(item.value, dict) for key in item.value))
    ordered = [name for name in MAPPING if name in names] + [name for name in names if name not in MAPPING]
    columns = [name for name in ordered if name not in _LINKED]
    sheet = Sheet(path, said, [], lambda: iter(()))
    if columns:
        needed = ("predicate_id", "mapping_justification", "subject_id", "object_id")
        columns += [name for name in needed if name not in columns and not _came_from(name, columns)]
        name_columns(sheet, columns, document.lines.get("mappings", 1))
    sheet.rows = lambda: _rows(document.items, columns, sheet)
    return sheet


def _came_from(name: str, columns: list[str]) -> bool:
    return any(name in OLD_SLOTS.get(column, ()) for column in columns)


def _is_prefix(key: str, value: Any) -> bool:
    return isinstance(value, str) and not key.startswith("@") and value.endswith(("/", "#", "_", ":", "=", "?"))


def _rows(items: list[_Item], columns: list[str], sheet: Sheet) -> Iterator[Row | Refused]:
    for item in items:
        sheet.pointer = f"/mappings/{item.place}"
        if not isinstance(item.value, dict):
            yield Refused(item.line, rule("sssom-composite-value").finding(sheet.where(item.line), slot="mappings"))
            continue
        cells: list[str] = []
        wrong = None
        for name in columns:
            cell = _cell(item.value.get(name), name)
            wrong = wrong or (name if cell is None else None)
            cells.append(cell or "")
        if any(map(_HALF, cells)):
            yield Refused(item.line, rule("sssom-undecodable").finding(sheet.where(item.line)))
        elif wrong:
            where = sheet.where(item.line, wrong)
            yield Refused(item.line, rule("sssom-composite-value").finding(where, slot=wrong))
        else:
            yield Row(item.line, cells)
    sheet.pointer = None


def _cell(value: Any, name: str) -> str | None:
    """Return a value as it would stand in a cell; None where no cell can hold it."""
    many = name in MAPPING and MAPPING[name].many
    if isinstance(value, list):
        parts = [_scalar(each) for each in value]
        if not many or any(part is None for part in parts):
            return None
        return values.joined([part or "" for part in parts])
    text = _scalar(value)
    return values.joined([text]) if many and text else text


def _scalar(value: Any) -> str | None:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value) if isinstance(value, int | float) else None


def _scalars(value: Any) -> Any:
    """Return a value of the set with its numbers and truth values as texts, as YAML gives them."""
    if isinstance(value, dict):
        return {key: _scalars(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_scalars(each) for each in value]
    if isinstance(value, str) and _HALF(value):
        raise ValueError("a text has half a character in it")
    return None if value is None else _scalar(value)
