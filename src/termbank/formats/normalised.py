"""The normalised form of a vocabulary: JSON Lines, the header first and then a concept a line, ordered by id.

The concepts of a FHIR CodeSystem keep the order in which it defines them, since its value sets are expanded in it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from termbank.errors import FormatError
from termbank.formats.dialect import unreadable
from termbank.model import Concept, VocabularyInfo

SUFFIX = ".vocabulary.jsonl"


def write(info: VocabularyInfo, concepts: Iterable[Concept], target: IO[bytes]) -> str:
    """Write a vocabulary; the same content always gives the same bytes.

    Returns:
        SHA-256 of what was written, in hexadecimal.
    """
    digest = hashlib.sha256()
    ordered = concepts if info.strict else sorted(concepts, key=lambda concept: concept.id)
    for item in (info, *ordered):
        line = item.to_json().encode() + b"\n"
        digest.update(line)
        target.write(line)
    return digest.hexdigest()


def digest(info: VocabularyInfo, concepts: Iterable[Concept]) -> str:
    """Return the SHA-256 of a vocabulary, whatever the order of its concepts; of one ordered by id `write` gives it."""
    total = hashlib.sha256(info.to_json().encode() + b"\n")
    for concept in sorted(concepts, key=lambda concept: concept.id):
        total.update(concept.to_json().encode() + b"\n")
    return total.hexdigest()


def read(path: Path) -> tuple[VocabularyInfo, Iterator[Concept]]:
    """Read a vocabulary that `write` wrote.

    Returns:
        The header, and the concepts as they are read.

    Raises:
        FormatError: the file is missing or damaged; the text says at which line.
    """
    try:
        with path.open("rb") as lines:
            info = VocabularyInfo.from_json(lines.readline())
    except OSError as error:
        raise unreadable(path, error) from None
    except ValidationError as error:
        raise FormatError(f"{path}:1: not a normalised vocabulary: {_reason(error)}") from None
    return info, _concepts(path)


def _concepts(path: Path) -> Iterator[Concept]:
    with path.open("rb") as lines:
        lines.readline()
        for number, line in enumerate(lines, start=2):
            try:
                yield Concept.from_json(line)
            except ValidationError as error:
                raise FormatError(f"{path}:{number}: damaged: {_reason(error)}") from None


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
