"""The bank file: the same sources give the same bank, it stands whole or not at all, and damage is said as damage."""

import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import termbank
from termbank.errors import BankError, TermbankError
from termbank.model import Coding, Concept, KnownSystem, Mapping, MappingSet, Relation, Term, Vocabulary
from termbank.store import schema
from termbank.store.build import build
from termbank.store.file import BankFile

WORDS = ["upprättande", "uppföljning", "plan", "vård", "omsorg", "samverkan", "samtal", "bedömning", "öga", "hörsel"]
CONCEPTS = tuple(
    Concept(
        id=f"A{number:03}",
        terms=(Term(text=f"{WORDS[number % 10].capitalize()} av {WORDS[number // 10 % 10]} {number}"),),
        relations=(Relation(type="broader", target=f"A{number // 10:03}"),) if number >= 10 else (),
    )
    for number in range(600)
)
A = Vocabulary(id="a", title="A", version="2026", notation=("case",), concepts=CONCEPTS)
OLD = Vocabulary(id="a", title="A", version="2020", concepts=CONCEPTS[:300])
B = Vocabulary(id="b", title="B", concepts=(Concept(id="1", terms=(Term(text="ett"),)),))
MAPPINGS = MappingSet(
    id="a-to-b",
    mappings=(
        Mapping(
            subject=Coding(system="a", code="A001"), object=Coding(system="b", code="1"), predicate="skos:exactMatch"
        ),
    ),
)
SYSTEMS = [KnownSystem(id="a", title="A\u2028 med radskiljare"), KnownSystem(id="b", title="B")]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "a.bank"
    build(path, [A, OLD, B], [MAPPINGS], SYSTEMS)
    return path


@pytest.fixture
def path(original, tmp_path):
    return Path(shutil.copy(original, tmp_path / "a.bank"))


def ask(path):
    """Ask everything there is of a bank, and say what it said."""
    with termbank.open(path) as bank:
        return [
            [loaded.info for loaded in bank.vocabularies],
            [list(source.concepts()) for source in bank.terminology.sources],
            [bank.validate_code("a", code) for code in ("A001", "a500", "B01", "A1", "A599", "A60")],
            [bank.search(text) for text in ("plan", "uppf", "samvekran", "A00", "plan vård okänt")],
            bank.translate("a", "A001", to="b"),
            bank.mapping_sets,
            [bank.subsumes("a", "A001", code) for code in ("A012", "A123", "A599")],
            [source.at(source.descendants(source.find("A001"))) for source in bank.terminology.sources[:2]],
            bank.file.known_systems(),
            bank.file.whole_mapping_sets(),
        ]


# -- building


def test_the_digest_does_not_depend_on_the_order(original, tmp_path):
    digest = BankFile(original).digest
    shuffled = list(CONCEPTS)
    random.Random(3).shuffle(shuffled)
    other = A.with_(concepts=tuple(shuffled))
    assert build(tmp_path / "x", [B, other, OLD], [MAPPINGS], reversed(SYSTEMS)) == digest
    assert build(tmp_path / "x", [A, OLD], [MAPPINGS], SYSTEMS) != digest
    assert build(tmp_path / "x", [A, OLD, B], [], SYSTEMS) != digest
    assert build(tmp_path / "x", [A, OLD, B], [MAPPINGS]) != digest
    assert build(tmp_path / "x", [A.with_(licence="fri"), OLD, B], [MAPPINGS], SYSTEMS) != digest


def test_the_same_order_gives_the_same_bytes(original, tmp_path):
    build(tmp_path / "again", [A, OLD, B], [MAPPINGS], SYSTEMS)
    assert (tmp_path / "again").read_bytes() == original.read_bytes()


def test_a_stream_gives_the_same_bank(original, tmp_path):
    build(tmp_path / "x", [(v.info(), iter(v.concepts)) for v in (A, OLD, B)], iter([MAPPINGS]), iter(SYSTEMS))
    assert (tmp_path / "x").read_bytes() == original.read_bytes()


def test_a_failing_stream_leaves_the_old_bank(path):
    before = path.read_bytes()

    def failing():
        yield CONCEPTS[0]
        raise RuntimeError("strömmen tog slut")

    with pytest.raises(RuntimeError, match="tog slut"):
        build(path, [(B.info(), failing())])
    with pytest.raises(ValueError, match=r"b\|1 has the same concept id twice"):
        build(path, [(B.info(), [*B.concepts, *B.concepts])])
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path], "nothing is left over"


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BankError, match="cannot be written here"):
        build(tmp_path / "file" / "a.bank", [B])
    (tmp_path / "folder").mkdir()
    with pytest.raises(BankError, match="could not be written"):
        build(tmp_path / "folder", [B])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
def test_a_full_disk(path):
    before = path.read_bytes()
    code = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_bank_file import A, OLD, B, build
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
try:
    build({str(path)!r}, [A, OLD, B])
except OSError as error:
    print(type(error).__name__, error)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.startswith(f"BankError {path}: the bank could not be written"), told
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


# -- refusing


def test_a_missing_bank(tmp_path):
    with pytest.raises(BankError, match="there is no such bank"):
        termbank.open(tmp_path / "absent.bank")
    with pytest.raises(BankError, match="cannot be opened"):
        termbank.open(tmp_path)
    with pytest.raises(OSError, match="no such bank"):
        termbank.open(tmp_path / "absent.bank")


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"hej" * 100])
def test_what_is_no_bank(tmp_path, content):
    (tmp_path / "a.bank").write_bytes(content)
    with pytest.raises(BankError, match="this is not a bank"):
        termbank.open(tmp_path / "a.bank")


def test_another_sqlite_file(tmp_path):
    db = sqlite3.connect(tmp_path / "a.bank")
    db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(BankError, match="an SQLite file, but not a bank"):
        termbank.open(tmp_path / "a.bank")


def test_a_bank_without_tables(tmp_path):
    db = sqlite3.connect(tmp_path / "a.bank")
    db.executescript(
        f"PRAGMA application_id={schema.APPLICATION_ID}; PRAGMA user_version={schema.FORMAT}; CREATE TABLE t (x)"
    )
    db.close()
    with pytest.raises(BankError, match="damaged"):
        termbank.open(tmp_path / "a.bank")


@pytest.mark.parametrize("version", [0, schema.FORMAT + 1, 99])
def test_another_format(path, version):
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version={version}")
    db.close()
    with pytest.raises(BankError, match=f"has format {version}, this termbank reads format {schema.FORMAT}"):
        termbank.open(path)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.999])
def test_a_truncated_bank(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: max(150, int(len(content) * share))])
    with pytest.raises(BankError, match="the bank is damaged"):
        termbank.open(path)


def test_verify_accepts_a_whole_bank(original):
    BankFile(original).verify()


def test_flipped_bytes_are_never_raw_errors(path):
    """Whatever byte is damaged, a question is answered or refused as a damaged bank."""
    content = path.read_bytes()
    random_place = random.Random(7)
    refused = 0
    for _ in range(120):
        damaged = bytearray(content)
        start = random_place.randrange(100, len(content) - 40)
        damaged[start : start + 30] = bytes(byte ^ 0xFF for byte in damaged[start : start + 30])
        path.write_bytes(damaged)
        try:
            ask(path)
        except BankError as error:
            assert str(path) in str(error)
            refused += 1
        except TermbankError:
            pass  # an answer that is not there any more
    assert refused > 10


def test_verify_finds_a_changed_letter(path):
    """SQLite's own check does not see a changed letter in a concept; the digest does."""
    content = path.read_bytes()
    marker = b'"text":"Uppf'
    assert content.count(marker) > 10
    path.write_bytes(content.replace(marker, b'"text":"Uppg', 1))
    with pytest.raises(BankError, match="damaged"):
        BankFile(path).verify()


# -- using


def test_it_answers(original):
    first, second = ask(original), ask(original)
    assert first == second
    assert first[8] == SYSTEMS
    assert first[9] == [MAPPINGS]
    assert first[4][0].coding == Coding(system="b", code="1", version="1", display="ett")
    assert first[6] == ["subsumes", "subsumes", "not-subsumed"]


def test_several_threads(original):
    with termbank.open(original) as bank:
        expected = [bank.validate_code("a", concept.id) for concept in CONCEPTS[:100]]
        hits = bank.search("samvekran")
        wrong: list[object] = []

        def work():
            try:
                for _ in range(3):
                    if [bank.validate_code("a", concept.id) for concept in CONCEPTS[:100]] != expected:
                        wrong.append("validate")
                    if bank.search("samvekran") != hits:
                        wrong.append("search")
            except Exception as error:
                wrong.append(error)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


def test_pickling_by_path(original):
    with termbank.open(original) as bank:
        pickled = pickle.dumps(bank)
        assert len(pickled) < 1000
        with pickle.loads(pickled) as again:
            assert again.validate_code("a", "A001") == bank.validate_code("a", "A001")
        with pytest.raises(TypeError, match="in memory cannot be pickled"):
            pickle.dumps(bank.overlaid([B.with_(id="c")]))
    with pytest.raises(TypeError, match="in memory cannot be pickled"):
        pickle.dumps(termbank.Bank.from_vocabularies([A]))


def test_a_name_with_special_characters(original, tmp_path):
    path = Path(shutil.copy(original, tmp_path / "å?b#c %20;&.bank"))
    with termbank.open(str(path)) as bank:
        assert bank.validate_code("a", "A001").valid
