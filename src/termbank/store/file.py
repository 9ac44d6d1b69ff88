"""Opens a bank file and answers from it, without reading more than the answer needs."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import ValidationError
from pyroaring import BitMap

from termbank.errors import BankError
from termbank.model import Concept, KnownSystem, Mapping, MappingSet, VocabularyInfo
from termbank.model.base import Noun
from termbank.store import schema
from termbank.store.entry import Entry, Place, TermHit
from termbank.store.search import TermIndex
from termbank.store.value_sets import StoredValueSets

_ENTRY = "code, ordinal, last, extra, display, abstract, inactive, valid_from, valid_to"
_FIND = f"SELECT {_ENTRY} FROM code WHERE vocabulary = ? AND code = ?"
_PLACE = "SELECT ordinal, last, extra FROM code WHERE vocabulary = ? AND code = ?"
_CONCEPT = "SELECT data FROM code CROSS JOIN concept USING (ordinal) WHERE vocabulary = ? AND code = ?"
_CHUNK = 400
_DEARER = 6
"""To find a code by its number costs so many times what it costs to read one after the other."""

_entry: Callable[[tuple[Any, ...]], Entry] = partial(tuple.__new__, Entry)
"""Makes an entry of a row, faster than `Entry._make`, which checks what SQLite has counted."""

N = TypeVar("N", bound=Noun)


class BankFile:
    """A bank file, opened read-only.

    Safe to use from several threads (each gets a connection of its own), and across processes.

    Arguments:
        path: the file.

    Raises:
        BankError: there is no such file, or it is no bank, damaged, or of another format version.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._pairs: dict[tuple[str, str | None], list[tuple[str, str]]] | None = None
        self._check()
        rows = self.rows("SELECT number, info, digest, concepts, first_term, last_term, dates FROM vocabulary")
        self.sources = tuple(FileSource(self, *row) for row in rows)
        self.value_sets = StoredValueSets(self.rows, self.parsed)
        digest = self.rows("SELECT value FROM meta WHERE key = 'digest'")
        if not digest:
            raise self.damaged("it has no digest")
        self.digest: str = digest[0][0]

    def _check(self) -> None:
        try:
            with self.path.open("rb") as file:
                start = file.read(100)
        except FileNotFoundError:
            raise BankError(f"{self.path}: there is no such bank") from None
        except OSError as error:
            raise BankError(f"{self.path}: the bank cannot be opened: {error.strerror}") from None
        if not start.startswith(b"SQLite format 3\0") or len(start) < 100:
            raise BankError(f"{self.path}: this is not a bank")
        if int.from_bytes(start[68:72], "big") != schema.APPLICATION_ID:
            raise BankError(f"{self.path}: this is an SQLite file, but not a bank")
        version = int.from_bytes(start[60:64], "big")
        if version != schema.FORMAT:
            raise BankError(
                f"{self.path}: the bank has format {version}, this termbank reads format {schema.FORMAT}; "
                "build it again from its sources (termbank vocab build)"
            )
        page = int.from_bytes(start[16:18], "big")
        expected = (65536 if page == 1 else page) * int.from_bytes(start[28:32], "big")
        if self.path.stat().st_size != expected:
            raise BankError(
                f"{self.path}: the bank is damaged: {self.path.stat().st_size} bytes, {expected} expected; "
                "build it again from its sources (termbank vocab build)"
            )

    def damaged(self, why: object) -> BankError:
        """Return the error for a bank whose content cannot be read."""
        return BankError(
            f"{self.path}: the bank is damaged ({why}); build it again from its sources (termbank vocab build)"
        )

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        try:
            connection: sqlite3.Connection = self._local.connection
        except AttributeError:
            connection = self._local.connection = self._connect()
        return connection

    def _connect(self) -> sqlite3.Connection:
        uri = f"file:{quote(str(self.path))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            connection.execute(f"PRAGMA mmap_size={self.path.stat().st_size}")
        except (sqlite3.Error, OSError) as error:
            raise self.damaged(error) from None
        self._connections.append(connection)
        return connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Run a query and return all its rows; text that is no Unicode (half a surrogate pair) is nowhere in a bank."""
        try:
            return self.connection().execute(sql, parameters).fetchall()
        except UnicodeEncodeError:
            return []
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self.damaged(error) from None

    def row(self, sql: str, parameters: Sequence[Any]) -> Any:
        """Run a query and return its first row, or None."""
        try:
            return self.connection().execute(sql, parameters).fetchone()
        except UnicodeEncodeError:
            return None
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self.damaged(error) from None

    def parsed(self, kind: type[N], data: str | bytes) -> N:
        """Read a noun from the bank."""
        try:
            return kind.from_json(data)
        except ValidationError as error:
            raise self.damaged(error) from None

    def known_systems(self) -> list[KnownSystem]:
        """Return the table of known systems."""
        rows = self.rows("SELECT value FROM meta WHERE key = 'systems'")
        return [self.parsed(KnownSystem, line) for row in rows for line in row[0].split("\n") if line]

    def mapping_sets(self) -> list[MappingSet]:
        """Return the headers of the mapping sets, without their mappings."""
        return [self.parsed(MappingSet, row[0]) for row in self.rows("SELECT info FROM mapping_set ORDER BY number")]

    def mappings(self, side: str, system: str, code: str) -> list[tuple[MappingSet, Mapping]]:
        """Return the mappings whose `subject` or `object` (the side) is that code."""
        rows = self.rows(
            "SELECT info, data FROM mapping JOIN mapping_set ON mapping_set.number = mapping.mapping_set"
            f" WHERE {side}_system = ? AND {side}_code = ? ORDER BY mapping.id",
            (system, code),
        )
        return [(self.parsed(MappingSet, info), self.parsed(Mapping, data)) for info, data in rows]

    def pairs(self, mapping_set: MappingSet) -> list[tuple[str, str]]:
        """Return the systems that a set maps from and to, pair by pair, in the order of its mappings."""
        if self._pairs is None:
            pairs: dict[tuple[str, str | None], list[tuple[str, str]]] = {}
            for info, subject, object_ in self.rows(
                "SELECT info, subject_system, object_system FROM mapping"
                " JOIN mapping_set ON mapping_set.number = mapping.mapping_set WHERE object_system IS NOT NULL"
                " GROUP BY mapping_set.number, subject_system, object_system ORDER BY min(mapping.id)"
            ):
                header = self.parsed(MappingSet, info)
                pairs.setdefault((header.id, header.version), []).append((subject, object_))
            self._pairs = pairs
        return self._pairs.get((mapping_set.id, mapping_set.version), [])

    def mappings_of(self, mapping_set: MappingSet) -> list[Mapping]:
        """Return all mappings of a set, in order."""
        key = (mapping_set.id, mapping_set.version)
        numbers = [number for number, info in self._numbered() if (info.id, info.version) == key]
        return [each for number in numbers for each in self._in(number)]

    def _numbered(self) -> list[tuple[int, MappingSet]]:
        rows = self.rows("SELECT number, info FROM mapping_set ORDER BY number")
        return [(number, self.parsed(MappingSet, info)) for number, info in rows]

    def _in(self, number: int) -> list[Mapping]:
        rows = self.rows("SELECT data FROM mapping WHERE mapping_set = ? ORDER BY id", (number,))
        return [self.parsed(Mapping, row[0]) for row in rows]

    def whole_mapping_sets(self) -> list[MappingSet]:
        """Return the mapping sets with their mappings, to build another bank from."""
        return [info.with_(mappings=tuple(self._in(number))) for number, info in self._numbered()]

    def verify(self) -> None:
        """Read the whole file and check it.

        Raises:
            BankError: something in it is damaged.
        """
        problem = self.rows("PRAGMA quick_check(1)")[0][0]
        if problem != "ok":
            raise self.damaged(problem)
        for source in self.sources:
            if source.read_digest() != source.digest:
                raise self.damaged(f"{source.info.versioned} is not what was written")
        for data, digest in self.rows("SELECT data, digest FROM value_set"):
            if hashlib.sha256(data.encode()).hexdigest() != digest:
                raise self.damaged("a value set is not what was written")

    def close(self) -> None:
        """Close every connection."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()


class FileSource:
    """One version of one vocabulary in a bank file; implements `termbank.terminology.source.Source`."""

    def __init__(
        self, bank: BankFile, number: int, info: str, digest: str, concepts: int, first: int, last: int, dates: str
    ) -> None:
        self.info = bank.parsed(VocabularyInfo, info)
        self.digest = digest
        self.concept_count = concepts
        try:
            self.dates: tuple[str, ...] = tuple(json.loads(dates))
        except ValueError as error:
            raise bank.damaged(error) from None
        self._bank = bank
        self._number = number
        self._terms = TermIndex(bank.rows, first, last)
        self._below = lru_cache(maxsize=256)(self._read_below)
        self._keys = lru_cache(maxsize=64)(self._read_keys)
        self._parse = Concept.__pydantic_validator__.validate_json

    def read_digest(self) -> str:
        """Return the SHA-256 of the content as it now stands in the file."""
        digest = hashlib.sha256(self.info.to_json().encode() + b"\n")
        sql = "SELECT data FROM code CROSS JOIN concept USING (ordinal) WHERE vocabulary = ? ORDER BY code"
        for (data,) in self._bank.rows(sql, (self._number,)):
            digest.update(bytes(data) + b"\n")
        return digest.hexdigest()

    def find(self, code: str) -> Entry | None:
        """Return what is known of a code, or None."""
        row = self._bank.row(_FIND, (self._number, code))
        return None if row is None else Entry._make(row)

    def find_many(self, codes: Sequence[str]) -> dict[str, Entry]:
        """Return what is known of many codes; unknown ones are left out."""
        found: dict[str, Entry] = {}
        ordered = sorted(set(codes))  # neighbours in the list are neighbours in the file
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT {_ENTRY} FROM code WHERE vocabulary = ? AND code IN ({marks})"
            rows = self._bank.rows(sql, (self._number, *chunk))
            found.update(zip(map(itemgetter(0), rows), map(_entry, rows), strict=True))
            if not rows:  # one of them may be no Unicode
                found.update((code, entry) for code in chunk if (entry := self.find(code)) is not None)
        return found

    def place(self, code: str) -> Place | None:
        """Return where a code stands in the hierarchy, or None."""
        row = self._bank.row(_PLACE, (self._number, code))
        return None if row is None else Place._make(row)

    def variants(self, key: str) -> list[str]:
        """Return the codes that share a loose key."""
        sql = "SELECT code FROM variant WHERE vocabulary = ? AND key = ?"
        return [row[0] for row in self._bank.rows(sql, (self._number, key))]

    def variants_many(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return the codes that share each of many loose keys; keys that no code has are left out."""
        found: dict[str, list[str]] = {}
        ordered = sorted(set(keys))
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT key, code FROM variant WHERE vocabulary = ? AND key IN ({marks})"
            rows = self._bank.rows(sql, (self._number, *chunk))
            for key, code in rows:
                found.setdefault(key, []).append(code)
            if not rows:  # one of them may be no Unicode
                found.update((key, codes) for key in chunk if (codes := self.variants(key)))
        return found

    def concept(self, code: str) -> Concept | None:
        """Return the concept of a code, or None."""
        row = self._bank.row(_CONCEPT, (self._number, code))
        if row is None:
            return None
        try:
            concept: Concept = self._parse(row[0])
        except ValidationError as error:
            raise self._bank.damaged(error) from None
        return concept

    def concepts(self) -> Iterator[Concept]:
        """Yield every concept, in pre-order."""
        sql = (
            "SELECT data FROM concept WHERE ordinal BETWEEN (SELECT min(ordinal) FROM code WHERE vocabulary = ?)"
            " AND (SELECT max(ordinal) FROM code WHERE vocabulary = ?) ORDER BY ordinal"
        )
        try:
            for (data,) in self._bank.connection().execute(sql, (self._number, self._number)):
                yield self._bank.parsed(Concept, data)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._bank.damaged(error) from None

    def codes_from(self, start: str, end: str, limit: int) -> list[Entry]:
        """Return the codes from start up to but not including end, in code order."""
        sql = f"SELECT {_ENTRY} FROM code WHERE vocabulary = ? AND code >= ? AND code < ? LIMIT ?"
        return [Entry._make(row) for row in self._bank.rows(sql, (self._number, start, end, limit))]

    def keys_from(self, start: str, end: str, limit: int) -> dict[str, str]:
        """Return code to loose key for the keys from start up to but not including end."""
        return self._keys(start, end, limit)

    def _read_keys(self, start: str, end: str, limit: int) -> dict[str, str]:
        table, key = ("variant", "key") if self.info.variants else ("code", "code")
        sql = f"SELECT {key}, code FROM {table} WHERE vocabulary = ? AND {key} >= ? AND {key} < ? LIMIT ?"
        return {code: key for key, code in self._bank.rows(sql, (self._number, start, end, limit))}

    def at(self, ordinals: Iterable[int]) -> list[str]:
        """Return the codes that have those ordinals, in that order."""
        sql = "SELECT data FROM concept WHERE ordinal = ?"
        found = [self._bank.rows(sql, (ordinal,)) for ordinal in ordinals]
        if not all(found):
            raise self._bank.damaged("a concept is missing")
        return [self._bank.parsed(Concept, rows[0][0]).id for rows in found]

    def everything(self) -> BitMap:
        """Return the ordinals of all codes."""
        low, high = self._span
        return BitMap() if low is None or high is None else BitMap(range(low, high + 1))

    @cached_property
    def _span(self) -> tuple[int, int] | tuple[None, None]:
        sql = "SELECT min(ordinal), max(ordinal) FROM code WHERE vocabulary = ?"
        span: tuple[int, int] | tuple[None, None] = self._bank.row(sql, (self._number,))
        return span

    def entries(self, ordinals: BitMap) -> list[Entry]:
        """Return what is known of the codes that have those ordinals, in rising order."""
        if not ordinals:
            return []
        low, high = ordinals.min(), ordinals.max()
        if len(ordinals) * _DEARER < high - low + self.concept_count // 12:  # to pass over a row costs a twelfth
            found = self.find_many(self.at(ordinals)).values()
        else:
            sql = f"SELECT {_ENTRY} FROM code WHERE vocabulary = ? AND ordinal BETWEEN ? AND ?"
            found = map(_entry, self._bank.rows(sql, (self._number, low, high)))  # type: ignore[assignment]
        return sorted((each for each in found if each.ordinal in ordinals), key=itemgetter(1))

    def descends(self, above: Entry | Place, below: Entry | Place) -> bool:
        """Tell whether one code is below another."""
        if above.ordinal < below.ordinal <= above.last:
            return True
        extra = self._below(above.ordinal) if above.extra else None
        return extra is not None and below.ordinal in extra

    def descendants(self, entry: Entry) -> BitMap:
        """Return the ordinals of everything below a code."""
        below = BitMap(range(entry.ordinal + 1, entry.last + 1))
        extra = self._below(entry.ordinal) if entry.extra else None
        return below if extra is None else below | extra

    def _read_below(self, ordinal: int) -> BitMap | None:
        rows = self._bank.rows("SELECT bitmap FROM below WHERE ordinal = ?", (ordinal,))
        try:
            return BitMap.deserialize(rows[0][0]) if rows else None
        except (ValueError, TypeError) as error:
            raise self._bank.damaged(error) from None

    def search(self, text: str, limit: int) -> list[TermHit]:
        """Return the terms nearest to a text, best first, each concept once."""
        hits: dict[str, TermHit] = {}
        for ordinal, term, match, score in self._terms.search(text, limit):
            code = self.at((ordinal,))[0]
            hits.setdefault(code, TermHit(code, term, match, score))
        return list(hits.values())
