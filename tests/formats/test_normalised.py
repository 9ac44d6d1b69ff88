"""The normalised form: exact, the same bytes for the same content, damage located."""

import io
import random

import pytest
from hypothesis import given

import strategies
from termbank.errors import FormatError
from termbank.formats import normalised
from termbank.model import Concept, Term, VocabularyInfo
from termbank.store.memory import MemorySource

INFO = VocabularyInfo(id="x", title="X")
CONCEPTS = [Concept(id=code, terms=(Term(text=f"term {code}"),)) for code in ("C", "A", "Å", "B")]


def written(info, concepts):
    target = io.BytesIO()
    return normalised.write(info, concepts, target), target.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / f"x@1{normalised.SUFFIX}"
    path.write_bytes(written(INFO, CONCEPTS)[1])
    return path


@given(strategies.small_vocabularies())
def test_round_trip_and_digest(tmp_path_factory, vocabulary):
    info, concepts = vocabulary.info(), list(vocabulary.concepts)
    digest, content = written(info, concepts)
    path = tmp_path_factory.mktemp("normalised") / "x"
    path.write_bytes(content)
    header, again = normalised.read(path)
    again = list(again)
    assert header == info
    assert again == sorted(concepts, key=lambda concept: concept.id)
    random.Random(1).shuffle(concepts)
    assert written(info, concepts) == (digest, content), "the order does not matter"
    assert normalised.digest(info, concepts) == digest
    assert MemorySource(vocabulary).digest == digest


def test_any_change_changes_the_digest():
    digest = normalised.digest(INFO, CONCEPTS)
    assert normalised.digest(INFO.with_(version="2"), CONCEPTS) != digest
    assert normalised.digest(INFO, CONCEPTS[1:]) != digest
    assert normalised.digest(INFO, [*CONCEPTS[1:], CONCEPTS[0].with_(abstract=True)]) != digest


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda lines: [b"hej\n", *lines[1:]], 1),
        (lambda lines: lines[1:], 1),
        (lambda lines: [*lines[:2], b'{"id": "B", "terms"\n', *lines[3:]], 3),
        (lambda lines: [*lines[:3], b'{"id": "C", "colour": "red"}\n'], 4),
        (lambda lines: [*lines[:3], lines[3][:-5]], 4),
        (lambda lines: [*lines[:2], b"\n", *lines[2:]], 3),
        (lambda lines: [*lines[:2], b"\xff\xfe\n"], 3),
        (lambda lines: [], 1),
    ],
)
def test_a_damaged_line_is_located(path, damage, line):
    path.write_bytes(b"".join(damage(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(FormatError) as error:
        list(normalised.read(path)[1])
    assert str(error.value).startswith(f"{path}:{line}: ")


def test_a_missing_file(tmp_path):
    with pytest.raises(FormatError, match="no such file"):
        normalised.read(tmp_path / "absent")
