"""The default bank: what is shipped plus the user's own lists, from an empty cache, at once, and without a cache."""

import gc
import os
import pickle
import subprocess
import sys
import time
import warnings

import pytest

import termbank
from termbank.errors import BankError, FormatError, UnknownVocabulary
from termbank.model import Concept, Term, VocabularyInfo
from termbank.store import own

OWN = VocabularyInfo(id="egen", title="Egen lista", version="1")
CONCEPTS = [Concept(id="E1", terms=(Term(text="egen kod"),))]


@pytest.mark.slow
def test_two_processes_from_an_empty_cache(isolated):
    code = "import termbank; b = termbank.open(); print(b.file.digest, b.validate_code('kva', 'AU124').valid)"
    running = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    assert len({out for out, _ in told}) == 1
    assert told[0][0].split()[1] == b"True"
    assert [path.suffix for path in (isolated / "cache").iterdir()] == [".bank"], "nothing is left over"


def test_an_unwritable_cache_is_warned_of(isolated, monkeypatch):
    (isolated / "file").write_text("x")
    monkeypatch.setenv("TERMBANK_CACHE", str(isolated / "file" / "cache"))
    with pytest.warns(UserWarning, match="cannot be written here") as told:
        bank = termbank.open()
    assert len(told) == 1
    folder = bank.file.path.parent
    assert folder.is_dir()
    assert bank.validate_code("kva", "AU124").valid
    bank.close()
    del bank
    gc.collect()
    assert not folder.exists(), "a bank for this process only is removed"


def test_compiled_once(isolated):
    with termbank.open() as bank:
        path, stamp = bank.file.path, bank.file.path.stat().st_mtime_ns
    with termbank.open() as bank:
        assert (bank.file.path, bank.file.path.stat().st_mtime_ns) == (path, stamp)


def test_a_damaged_cache_is_compiled_anew(isolated):
    with termbank.open() as bank:
        path, digest = bank.file.path, bank.file.digest
    for content in (b"", b"hej", path.read_bytes()[:-4096]):
        path.write_bytes(content)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with termbank.open() as bank:
                assert bank.file.digest == digest


def test_own_lists_come_and_go(isolated):
    with termbank.open() as bank:
        assert bank.validate_code("egen", "E1").valid is None
        digest = bank.file.digest
    path = own.add(OWN, CONCEPTS)
    assert path.parent == isolated / "data" / "vocabularies"
    with termbank.open() as bank:
        assert bank.validate_code("egen", "E1").valid is True
        assert pickle.loads(pickle.dumps(bank)).validate_code("egen", "E1").valid is True
    with pytest.raises(BankError, match=r"egen\|1 is already among your lists"):
        own.add(OWN, CONCEPTS)
    own.add(OWN, [CONCEPTS[0].with_(id="E2")], replace=True)
    with termbank.open() as bank:
        assert [bank.validate_code("egen", code).valid for code in ("E1", "E2")] == [False, True]
    own.remove("egen|1")
    with termbank.open() as bank:
        assert bank.file.digest == digest
    with pytest.raises(UnknownVocabulary, match=r"egen\|1 is not among your lists; they are: none"):
        own.remove("egen|1")


def test_several_versions_side_by_side(isolated):
    for version in ("1", "2"):
        own.add(OWN.with_(version=version), CONCEPTS)
    with termbank.open() as bank:
        assert [v.version for v in bank.vocabularies if v.id == "egen"] == ["1", "2"]
        assert bank.validate_code("egen", "E1").version == "2"


def test_a_damaged_own_list_is_named(isolated):
    path = own.add(OWN, CONCEPTS)
    path.write_bytes(path.read_bytes() + b"{skadad\n")
    with pytest.raises(FormatError, match=":3: damaged"):
        termbank.open()
    assert not list((isolated / "cache").glob(".*")), "nothing is left over"


def test_lists_that_cannot_be_kept(isolated, monkeypatch):
    (isolated / "file").write_text("x")
    monkeypatch.setenv("TERMBANK_DATA", str(isolated / "file" / "data"))
    with pytest.raises(BankError, match="your lists cannot be written here"):
        own.add(OWN, CONCEPTS)


def test_ids_stay_in_the_folder(isolated):
    path = own.add(OWN.with_(id="../../ut", version="a|b"), CONCEPTS)
    assert path.parent == isolated / "data" / "vocabularies"
    own.remove("../../ut|a|b")
    assert not path.exists()


def test_old_banks_are_tidied_away(isolated):
    cache = isolated / "cache"
    cache.mkdir()
    for name, age in (("oldest.bank", 8), ("old.bank", 2), ("new.bank", 1)):
        (cache / name).write_bytes(b"")
        then = time.time() - age * 24 * 3600
        os.utime(cache / name, (then, then))
    termbank.open().close()
    assert not (cache / "oldest.bank").exists(), "only the newest two of other sources stay"
    assert (cache / "old.bank").exists() and (cache / "new.bank").exists()
