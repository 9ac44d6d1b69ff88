"""Compiles vocabularies, mapping sets and value sets into a bank file: to a temporary path, then moved into place."""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from termbank import collector
from termbank.errors import BankError, FormatError
from termbank.language.spelling import deletes
from termbank.language.words import words
from termbank.model import Concept, KnownSystem, MappingSet, ValueSet, Vocabulary, VocabularyInfo
from termbank.model.notation import loose_key
from termbank.model.relations import Ends, complete
from termbank.store import hierarchy, schema

_Numbered = tuple[int, int, int, str, str]
"""A term on its way in: its number of words and of letters, the index of its concept, its text, its folded words."""

Part = tuple[VocabularyInfo, Iterable[Concept]]


def build(
    path: Path | str,
    vocabularies: Iterable[Part | Vocabulary],
    mappings: Iterable[MappingSet] = (),
    systems: Iterable[KnownSystem] = (),
    value_sets: Iterable[ValueSet] = (),
) -> str:
    """Compile a bank.

    The same vocabularies, mapping sets and value sets give the same digest, in whatever order they are given.

    Arguments:
        path: where the bank shall stand; whatever stands there is replaced in one step, once the new one is whole.
        vocabularies: each whole, or as its header and a stream of its concepts.
        mappings: mapping sets to go with them.
        systems: the table of known systems, by which names are resolved.
        value_sets: value sets to go with them.

    Returns:
        The digest of the bank's content, in hexadecimal.

    Raises:
        FormatError: a vocabulary has the same concept id twice.
        BankError: the place cannot be written, or is full; nothing is left there.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise BankError(f"{target}: the bank cannot be written here: {error.strerror}") from None
    try:
        with collector.paused():
            digest = _compile(name, vocabularies, mappings, systems, value_sets)
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - terms are no secret: as readable as any file
        Path(name).replace(target)
    except sqlite3.Error as error:
        raise BankError(f"{target}: the bank could not be written: {error} (is the disk full?)") from None
    except OSError as error:
        raise BankError(f"{target}: the bank could not be written: {error.strerror}") from None
    finally:
        for leftover in (name, f"{name}-journal"):
            Path(leftover).unlink(missing_ok=True)
    return digest


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _compile(
    name: str,
    vocabularies: Iterable[Part | Vocabulary],
    mappings: Iterable[MappingSet],
    systems: Iterable[KnownSystem],
    value_sets: Iterable[ValueSet],
) -> str:
    db = sqlite3.connect(name, isolation_level=None)
    try:
        db.executescript(
            f"PRAGMA application_id={schema.APPLICATION_ID}; PRAGMA user_version={schema.FORMAT};"
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-100000;"
        )
        db.executescript(schema.TABLES)
        db.execute("BEGIN")
        writer = _Writer(db)
        digests = [writer.vocabulary(*_parts(vocabulary)) for vocabulary in vocabularies]
        digests += [writer.mapping_set(mapping_set) for mapping_set in mappings]
        digests += writer.value_sets(value_sets)
        writer.spelling()
        for index in schema.INDEXES:
            db.execute(index)
        table = "\n".join(sorted(system.to_json() for system in systems))
        digests.append(hashlib.sha256(table.encode()).hexdigest())
        digest = hashlib.sha256("\n".join([str(schema.FORMAT), *sorted(digests)]).encode()).hexdigest()
        db.execute("INSERT INTO meta VALUES ('digest', ?), ('systems', ?)", (digest, table))
        db.execute("INSERT INTO words(words) VALUES ('optimize')")
        db.execute("COMMIT")
        db.execute("ANALYZE")
        return digest
    finally:
        db.close()


def _parts(vocabulary: Part | Vocabulary) -> Part:
    return (vocabulary.info(), vocabulary.concepts) if isinstance(vocabulary, Vocabulary) else vocabulary


class _Writer:
    """Writes one vocabulary after the other, with ordinals and term numbers that go on."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.ordinal = 0
        self.term = 1
        self.number = 0
        self.sets = 0

    def vocabulary(self, info: VocabularyInfo, concepts: Iterable[Concept]) -> str:
        """Write a vocabulary; return its digest."""
        self.number += 1
        facts: list[tuple[str, str, int, int, str | None, str | None]] = []
        parents: list[tuple[str, ...]] = []
        blobs: list[bytes] = []
        terms: list[_Numbered] = []
        ends = Ends()
        for index, concept in enumerate(concepts):
            ends.see(concept)
            facts.append((
                concept.id, concept.display() or "", concept.abstract, concept.inactive,
                concept.valid_from.isoformat() if concept.valid_from else None,
                concept.valid_to.isoformat() if concept.valid_to else None,
            ))  # fmt: skip
            parents.append(concept.parents())
            blobs.append(concept.to_json().encode())
            for term in concept.terms:
                split = words(term.text)
                terms.append((len(split), len(term.text), index, term.text, " ".join(split)))
        place = {fact[0]: index for index, fact in enumerate(facts)}
        if len(place) < len(facts):
            raise FormatError(f"{info.versioned} has the same concept id twice")
        for code, missing in ends.missing().items():
            if (index := place.get(code, -1)) >= 0:
                whole = complete(Concept.from_json(blobs[index]), missing)
                blobs[index], parents[index] = whole.to_json().encode(), whole.parents()
        numbering = hierarchy.number([[place[p] for p in above if p in place] for above in parents])
        ordinals = self._concepts(info, facts, blobs, numbering)
        first_term = self.term
        self._terms(terms, ordinals)
        digest = hashlib.sha256(info.to_json().encode() + b"\n")
        for index in sorted(range(len(facts)), key=lambda i: facts[i][0]):
            digest.update(blobs[index] + b"\n")
        dates = sorted({date for fact in facts for date in fact[4:6] if date})
        self.db.execute(
            "INSERT INTO vocabulary VALUES (?,?,?,?,?,?,?)",
            (self.number, info.to_json(), digest.hexdigest(), len(facts), first_term, self.term - 1, json.dumps(dates)),
        )
        return digest.hexdigest()

    def _concepts(
        self, info: VocabularyInfo, facts: Sequence[tuple[str, str, int, int, str | None, str | None]],
        blobs: list[bytes], numbering: hierarchy.Numbering,
    ) -> list[int]:  # fmt: skip
        base = self.ordinal
        ordinals = [0] * len(facts)
        for position, index in enumerate(numbering.order):
            ordinals[index] = base + position
        self.db.executemany(
            "INSERT INTO code VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    self.number,
                    facts[i][0],
                    ordinal,
                    base + numbering.last[place],
                    place in numbering.extra,
                    *facts[i][1:],
                )
                for i in sorted(range(len(facts)), key=lambda i: facts[i][0].encode())
                for ordinal, place in [(ordinals[i], ordinals[i] - base)]
            ),
        )
        self.db.executemany(
            "INSERT INTO concept VALUES (?,?)", ((ordinals[index], blobs[index]) for index in numbering.order)
        )
        self.db.executemany(
            "INSERT INTO below VALUES (?,?)",
            ((base + at, bitmap.shift(base).serialize()) for at, bitmap in sorted(numbering.extra.items())),
        )
        if info.variants:
            keys = ((loose_key(fact[0], info.variants), fact[0]) for fact in facts)
            self.db.executemany(
                "INSERT INTO variant VALUES (?,?,?)", ((self.number, key, code) for key, code in sorted(keys))
            )
        self.ordinal += len(facts)
        return ordinals

    def _terms(self, terms: list[_Numbered], ordinals: list[int]) -> None:
        """Write the terms, those with the fewest words and letters first: a search meets the nearest first."""
        terms.sort()
        numbered = list(enumerate(terms, start=self.term))
        self.db.executemany(
            "INSERT INTO term VALUES (?,?,?)", ((number, ordinals[term[2]], term[3]) for number, term in numbered)
        )
        self.db.executemany(
            "INSERT INTO words(rowid, text) VALUES (?,?)", ((number, term[4]) for number, term in numbered)
        )
        self.term += len(terms)

    def mapping_set(self, mapping_set: MappingSet) -> str:
        """Write a mapping set; return its digest."""
        self.sets += 1
        digest = hashlib.sha256(mapping_set.to_json().encode()).hexdigest()
        header = mapping_set.with_(mappings=())
        self.db.execute("INSERT INTO mapping_set VALUES (?,?,?)", (self.sets, header.to_json(), digest))
        self.db.executemany(
            "INSERT INTO mapping (mapping_set, subject_system, subject_code, object_system, object_code, data)"
            " VALUES (?,?,?,?,?,?)",
            (
                (
                    self.sets, m.subject.system, m.subject.code, m.object.system if m.object else None,
                    m.object.code if m.object else None, m.to_json().encode(),
                )
                for m in mapping_set.mappings
            ),
        )  # fmt: skip
        return digest

    def value_sets(self, value_sets: Iterable[ValueSet]) -> list[str]:
        """Write value sets; return their digests."""
        written = [value_set.to_json() for value_set in value_sets]
        digests = [hashlib.sha256(data.encode()).hexdigest() for data in written]
        self.db.executemany("INSERT INTO value_set (data, digest) VALUES (?,?)", zip(written, digests, strict=True))
        return digests

    def spelling(self) -> None:
        """Write the spelling keys of every word long enough to have typing errors found in it."""
        stock = [row[0] for row in self.db.execute("SELECT term FROM word")]
        keys = sorted((key, word) for word in stock if len(word) > 2 and word.isalpha() for key in deletes(word, 1))
        self.db.executemany("INSERT INTO spelling VALUES (?,?)", keys)
