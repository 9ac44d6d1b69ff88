"""Reads a Swedish Hunspell word list: its entries and rules become forms with lemma and word class.

Hunspell's format (hunspell(5)): an entry is a word and flags; a flag names suffix rules, each with what is cut off,
what is added, and how the word must end. The Swedish list of the project Den stora svenska ordlistan (SFOL) gives each
declension and conjugation flags of its own, so a flag and the word's last letter tell its class.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_VERB_AFTER_A = frozenset("JKLMNOPQRm")
_NOUN_AFTER_A = frozenset("EGH")
_NOUN = frozenset("BCDEFGHIJ")
_VOWELS = frozenset("eiouyåäö")


class Suffix(NamedTuple):
    """A rule: cut this off, add that, where the word ends so."""

    cut: str
    add: str
    condition: re.Pattern[str] | None


class Entry(NamedTuple):
    """A form of a word with its lemma and class; the class is empty where the flags do not tell it."""

    form: str
    lemma: str
    part_of_speech: str


def rules(lines: Iterable[str]) -> dict[str, list[Suffix]]:
    """Read the suffix rules of an affix file; what builds compounds and derivations is left out.

    Arguments:
        lines: the lines of the .aff file.

    Returns:
        The rules of each flag.

    >>> rules(["SFX E Y 1", "SFX E 0 n [^m]"])["E"][0][:2]
    ('', 'n')
    """
    found: dict[str, list[Suffix]] = {}
    for line in lines:
        fields = line.split()
        if len(fields) < 5 or fields[0] != "SFX" or "/" in fields[3] or ":" in fields[3] or "-" in fields[3]:
            continue
        flag, cut, add, condition = fields[1:5]
        if flag.isdigit() or flag in "edT":
            continue
        pattern = None if condition == "." else re.compile(condition + "$")
        found.setdefault(flag, []).append(Suffix("" if cut == "0" else cut, "" if add == "0" else add, pattern))
    return found


def entries(lines: Iterable[str], suffixes: dict[str, list[Suffix]]) -> Iterator[Entry]:
    """Yield every form of every word of a list, without the genitives, which follow from the others.

    Arguments:
        lines: the lines of the .dic file.
        suffixes: the rules, from `rules`.
    """
    expand = _Expander(suffixes)
    for line in lines:
        word, _, flags = line.strip().partition("/")
        if not word or not word[0].isalpha() or "!" in flags or "%" in flags or "Z" in flags or "¤" in flags:
            continue
        yield from expand(word, flags)


class _Expander:
    def __init__(self, suffixes: dict[str, list[Suffix]]) -> None:
        self._suffixes = suffixes
        self._fitting: dict[tuple[str, str], list[tuple[int, str, str]]] = {}

    def __call__(self, word: str, flags: str) -> Iterator[Entry]:
        classes: set[str] = set()
        for flag in flags:
            for cut, add, kind in self._rules(flag, word):
                form = word[: len(word) - cut] + add
                if kind == "participle":
                    yield Entry(form, form, "adjective")
                elif kind == "action":
                    yield Entry(form, word + "nde", "noun")
                else:
                    classes.add(kind)
                    yield Entry(form, word, kind)
        if "A" in flags and "verb" in classes and word[-1] == "a":
            yield Entry(word + "s", word, "verb")
        for kind in classes or {""}:
            yield Entry(word, word, kind)

    def _rules(self, flag: str, word: str) -> list[tuple[int, str, str]]:
        key = flag, word[-6:]
        if key not in self._fitting:
            if len(self._fitting) > 300_000:
                self._fitting.clear()
            found = []
            for cut, add, condition in self._suffixes.get(flag, ()):
                if condition and not condition.search(word):
                    continue
                kind = _kind(flag, word, add)
                if kind and not _is_genitive(kind, add):
                    found.append((len(cut), add, kind))
            self._fitting[key] = found
        return self._fitting[key]


def _is_genitive(kind: str, add: str) -> bool:
    return kind != "verb" and add.endswith("s")


def _kind(flag: str, word: str, add: str) -> str:
    last = word[-1]
    if last == "a":
        if add.startswith("nde"):
            return "participle" if flag == "D" else "action"
        if flag in _VERB_AFTER_A:
            return "verb"
        return "noun" if flag in _NOUN_AFTER_A else ""
    if flag in _NOUN:
        return "noun"
    if flag == "m":
        return "verb" if last in _VOWELS else ""
    if flag in "KLMN" and (last in _VOWELS or last == "s"):
        return "verb"
    return "adjective" if flag in "KLMNOPQR" else ""
