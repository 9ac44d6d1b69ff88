"""The optional open word list of Swedish: which words there are, and which words a form belongs to.

The list is the package hunspell-sv (LGPL-3.0), installed with the extra `sv`. It is compiled once, into a trie in the
user's cache folder that opens in milliseconds; nothing of it is part of termbank.
"""

import os
import tempfile
import warnings
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from termbank.language.hunspell import Entry, entries, rules

if TYPE_CHECKING:
    import marisa_trie

PACKAGE = "hunspell-sv"
_FORMAT = 1
_CLASSES = ("", "noun", "verb", "adjective")
_SHORTEST = 3
_LONGEST = 80
"""How many letters a word has at most that is looked up and remembered; the list has none of forty."""


class Lexicon:
    """An open word list.

    Arguments:
        trie: forms, each with how to get its lemmas: the word class, how many letters to cut off, and what to add.
    """

    def __init__(self, trie: "marisa_trie.BytesTrie") -> None:
        self._trie = trie
        self._lemmas = lru_cache(maxsize=65536)(self._look)

    @classmethod
    def from_entries(cls, found: Iterable[Entry]) -> "Lexicon":
        """Build a word list in memory.

        Arguments:
            found: forms with their lemmas.
        """
        return cls(_trie(found))

    def save(self, path: Path) -> None:
        """Write the compiled list, beside its place first, so that no process ever meets half of it."""
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        os.close(handle)
        try:
            self._trie.save(beside)
            os.chmod(beside, 0o666 & ~_umask())  # noqa: PTH101 - words are no secret: as readable as any file
            Path(beside).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink(missing_ok=True)
            raise

    def __contains__(self, word: object) -> bool:
        """Tell whether a word in lower case is a form of a word of the list, or the genitive of one."""
        return isinstance(word, str) and bool(self.lemmas(word))

    def lemmas(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return the words that a form belongs to.

        Arguments:
            word: a form in lower case.

        Returns:
            Lemmas with part of speech (noun, verb, adjective; empty: not known). Empty: it is no word of the list.
        """
        return self._lemmas(word) if len(word) <= _LONGEST else ()

    def last_part(self, word: str, part_of_speech: str) -> str:
        """Return the longest last part of a word, or the word, that is a lemma of that class; empty: there is none.

        Arguments:
            word: a word in lower case.
            part_of_speech: noun, verb or adjective.
        """
        for start in range(max(0, len(word) - _LONGEST), len(word) - _SHORTEST + 1):
            if start == 1:
                continue
            part = word[start:]
            if (part, part_of_speech) in self._lemmas(part):
                return part
        return ""

    def _look(self, word: str) -> tuple[tuple[str, str], ...]:
        found = self._trie.get(word)
        if not found and word.endswith("s"):
            word = word[:-1]
            found = self._trie.get(word)
        if not found:
            return ()
        return tuple(_decoded(word, value) for value in found)


def _trie(found: Iterable[Entry]) -> "marisa_trie.BytesTrie":
    import marisa_trie

    known: set[tuple[str, bytes]] = set()
    bare: set[str] = set()
    for form, lemma, kind in found:
        if kind:
            known.add((form.lower(), _encoded(form.lower(), lemma.lower(), kind)))
        else:
            bare.add(form.lower())
    bare.difference_update(form for form, _ in known)
    known.update((form, _encoded(form, form, "")) for form in bare)
    return marisa_trie.BytesTrie(known)


def _encoded(form: str, lemma: str, kind: str) -> bytes:
    shared = next((at for at, pair in enumerate(zip(form, lemma, strict=False)) if pair[0] != pair[1]), None)
    shared = min(len(form), len(lemma)) if shared is None else shared
    return bytes((_CLASSES.index(kind), len(form) - shared)) + lemma[shared:].encode()


def _decoded(form: str, value: bytes) -> tuple[str, str]:
    return form[: len(form) - value[1]] + value[2:].decode(), _CLASSES[value[0]]


class Installed(NamedTuple):
    """The files of the installed word list."""

    version: str
    words: Path
    affixes: Path


def installed() -> Installed | None:
    """Return the installed word list; None where the extra `sv` is not installed."""
    if find_spec("marisa_trie") is None:
        return None
    from importlib import metadata

    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        return None
    files = {file.name: Path(str(package.locate_file(file))).resolve() for file in package.files or ()}
    if "sv_SE.dic" not in files or "sv_SE.aff" not in files:
        return None
    return Installed(package.version, files["sv_SE.dic"], files["sv_SE.aff"])


def open_lexicon(cache: Path) -> Lexicon | None:
    """Open the word list; compile it first where this version of it is not in the cache yet, which takes seconds.

    Arguments:
        cache: the folder of what can be rebuilt.

    Returns:
        The word list; None where the extra `sv` is not installed. Where the cache can be neither read nor written it is
        held in memory, with a warning.
    """
    source = installed()
    if source is None:
        return None
    import marisa_trie

    path = cache / f"sv-{source.version}-{_FORMAT}.marisa"
    with suppress(RuntimeError, ValueError, OSError):  # it is not there, broken, or another user's
        return Lexicon(marisa_trie.BytesTrie().mmap(str(path)))
    lexicon = compiled(source)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lexicon.save(path)
    except OSError as error:
        warnings.warn(f"{error}; the word list is held in memory, and compiled anew by each start", stacklevel=2)
        return lexicon
    for older in cache.glob("sv-*.marisa"):
        if older != path:
            with suppress(OSError):
                older.unlink()
    return lexicon


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def compiled(source: Installed) -> Lexicon:
    """Compile a word list from its files."""
    suffixes = rules(source.affixes.read_text(encoding="utf-8").splitlines())
    with source.words.open(encoding="utf-8") as lines:
        return Lexicon.from_entries(entries(lines, suffixes))
