"""The optional word list: reading Hunspell's format, compiling, and what the list tells."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from termbank.language import lexicon as module
from termbank.language.hunspell import entries, rules
from termbank.language.inflection import forms
from termbank.language.lexicon import Installed, Lexicon, installed, open_lexicon

AFFIXES = """SET UTF-8
SFX A Y 1
SFX A 0 s .
SFX D Y 2
SFX D 0 en [^a]
SFX D 0 ens [^a]
SFX H Y 4
SFX H 0 er [^a]
SFX H 0 erna [^a]
SFX G Y 3
SFX G 0 ar [^ae]
SFX G 0 arna [^ae]
SFX G a or a
SFX M Y 1
SFX M 0 de a
SFX m Y 1
SFX m 0 r .
SFX v N 1
SFX v 0 s/WXZ [^a]
SFX 1 Y 1
SFX 1 0 :a .
"""
WORDS = """6
plan/ADHv
qvisk/ADG
klocka/AG
ordna/AMm
Umeå
stavfel/!A
"""


@pytest.fixture
def small(tmp_path):
    pytest.importorskip("marisa_trie", reason="the extra sv is not installed (pip install 'termbank[sv]')")
    (tmp_path / "sv_SE.aff").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "sv_SE.dic").write_text(WORDS, encoding="utf-8")
    return Installed("1", tmp_path / "sv_SE.dic", tmp_path / "sv_SE.aff")


def test_entries_are_forms_with_lemma_and_class():
    found = set(entries(WORDS.splitlines(), rules(AFFIXES.splitlines())))
    assert ("planer", "plan", "noun") in found
    assert ("ordnade", "ordna", "verb") in found
    assert ("ordnas", "ordna", "verb") in found
    assert ("klockor", "klocka", "noun") in found
    assert ("Umeå", "Umeå", "") in found
    assert not any("stavfel" in entry.form or ":" in entry.form for entry in found)


def test_lemmas_and_genitives(small):
    lexicon = module.compiled(small)
    assert lexicon.lemmas("planerna") == (("plan", "noun"),)
    assert lexicon.lemmas("planernas") == (("plan", "noun"),)
    assert "planet" not in lexicon
    assert "umeå" in lexicon
    assert lexicon.last_part("genomförandeplan", "noun") == "plan"
    assert lexicon.last_part("genomförandeplan", "verb") == ""


def test_the_list_chooses_between_patterns(small):
    lexicon = module.compiled(small)
    assert any(form.guess for form in forms("storqvisk", "noun"))
    found = forms("storqvisk", "noun", (), lexicon)
    assert [form.text for form in found if form.features == ("pl", "ind") and not form.guess] == ["storqviskar"]


def test_compiled_once_and_again_when_the_version_changes(small, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    monkeypatch.setattr(module, "installed", lambda: small)
    assert "planer" in open_lexicon(cache)
    compiled = list(cache.iterdir())
    assert len(compiled) == 1
    monkeypatch.setattr(module, "compiled", None)
    assert open_lexicon(cache).lemmas("planer") == (("plan", "noun"),)
    monkeypatch.undo()
    monkeypatch.setattr(module, "installed", lambda: small._replace(version="2"))
    open_lexicon(cache)
    assert [path.name for path in cache.iterdir()] != [path.name for path in compiled]
    assert len(list(cache.iterdir())) == 1


def test_a_broken_cache_is_made_anew(small, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    monkeypatch.setattr(module, "installed", lambda: small)
    open_lexicon(cache)
    (path,) = cache.iterdir()
    path.write_bytes(b"not a trie")
    assert "planer" in open_lexicon(cache)


def test_a_cache_that_cannot_be_written_is_done_without(small, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "installed", lambda: small)
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.warns(UserWarning, match="held in memory"):
        assert "planer" in open_lexicon(blocked / "cache")


def test_many_at_once(small, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "installed", lambda: small)
    cache = tmp_path / "cache"
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_lexicon(cache), range(8)))
    assert all("planer" in lexicon for lexicon in opened)
    assert len(list(cache.iterdir())) == 1


def test_without_the_extra_there_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert open_lexicon(tmp_path) is None


@pytest.mark.slow
@pytest.mark.skipif(installed() is None, reason="the extra sv is not installed (pip install 'termbank[sv]')")
def test_the_open_list(tmp_path):
    lexicon = open_lexicon(tmp_path)
    assert isinstance(lexicon, Lexicon)
    assert ("sköterska", "noun") in lexicon.lemmas("sköterskornas")
    assert ("bygga", "verb") in lexicon.lemmas("byggts")
    assert "qwxz" not in lexicon


def test_long_words_are_not_remembered(small):
    lexicon = module.compiled(small)
    assert "planer" in lexicon
    kept = lexicon._lemmas.cache_info().currsize
    assert "x" * 81 not in lexicon
    assert lexicon.last_part("x" * 100_000 + "plan", "noun") == "plan"
    assert lexicon._lemmas.cache_info().currsize <= kept + 80


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_others_may_read_the_cache(small, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "installed", lambda: small)
    before = os.umask(0o022)
    try:
        open_lexicon(tmp_path / "cache")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "cache").iterdir()] == [0o644]


def test_a_folder_in_its_place_is_done_without(small, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "installed", lambda: small)
    (tmp_path / "cache" / f"sv-{small.version}-{module._FORMAT}.marisa" / "full").mkdir(parents=True)
    with pytest.warns(UserWarning, match="held in memory"):
        assert "planer" in open_lexicon(tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_file_of_another_user_is_done_without(small, tmp_path, monkeypatch):
    def denied(*_: object) -> None:
        raise PermissionError("another user's")

    monkeypatch.setattr(module, "installed", lambda: small)
    monkeypatch.setattr(module.Path, "replace", denied)
    with pytest.warns(UserWarning, match="held in memory"):
        assert "planer" in open_lexicon(tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())
