"""What may stand before or after a term in a Swedish compound."""

import re
from collections.abc import Callable, Mapping

from termbank.language.common_parts import first_parts, last_parts

_VOWEL = re.compile("[aeiouyåäö]")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")

_ONSET = re.compile(
    r"(?:s[ptk]?[rjlvw]?|sch|sh|s[mn]|[ptkbdgfv][rjv]?|[pkbgf]l|[gkf]n|[hl]?j|[clmnrqwxzh]|ch|ph|th|wh)?[aeiouyåäö]"
)
"""How a Swedish word can begin (Elert, Allmän och svensk fonetik, 1989: the clusters before the first vowel)."""

_CODA = re.compile(r"[aeiouyåäö](?:[^aeiouyåäö]{0,3}(?:s|[^aeiouyåäö]s)?|n?sch)$")
"""How a word or the first part of a compound can end."""

_SHORTEST = 4
"""How many letters what stands beside a short term has at least."""

_LINKED = 7
"""How many letters a first part with a linking ending (dödsorsaks-, tandläkar-) has, to be one for sure."""

_PARTICLES = ("in", "an", "av", "ut", "om")
"""Particles that begin verbal nouns, and that other words end in."""

_NO_MODIFIER = frozenset(
    """
    a an anti av be bi bort de dem den des det dig dis du där då ej eller en ens ent er ett fram från för ge gen
    genom han har hon hop hos hur här i in inter iso inte ju kan kom kon kring lik man med men mig mis miss mot ned ner
    nog nu när o och om oss per post pre pro på re sam sen sig ska som sub sym syn så sär till trans und under upp ur
    ut vad van var vem vi vid å är
    """.split()  # noqa: SIM905
)
"""Prefixes, particles and words of function: for-handling, av-handling are no compounds of handling."""

_ALSO_FIRST = frozenset(
    ["by", "bo", "el", "is", "ko", "ny", "sy", "öl", "yt", "års", "del", "eko", "när", "hel", "åter", "efter", "extra"]
)
"""Short first parts of compounds that a word list leaves out or does not class: yt-behandling, åter-besök."""

_DERIVED = re.compile(
    # Endings that make nouns and adjectives.
    r"(?:n?ing(?:en|ar|arna)?|l?are?(?:n|na)?|ar(?:en|na)|j?[ae]nde(?:n|t|na)?|s?lös(?:a|t|het|heten)?|full(?:t|a)?"
    r"|(?:sam|bar)(?:t|a|ma|het|heten)?|het(?:en|er|erna)?|s?(?:akt|mäss|l)?i?g(?:a|t|en|het|heten)?|vis(?:a|t)?"
    r"|skap(?:en|et|er|erna)?|dom(?:en|ar|arna)?|else(?:n|r|rna)?|nad(?:en|er|erna)?|art(?:ad|at|ade)"
    # Endings of foreign words.
    r"|(?:is|t|at|ific|if)?er(?:a|ar|ade|at|as|ad|ande|ing|ingen|ingar)|i?ell(?:a|t)?"
    r"|iel|al(?:a|t|en|er|ism|ist|isera|isering)?|is[mt](?:en|er|erna|isk|iska|iskt)?|isk(?:a|t)?|iv(?:a|t|itet)?|itet(?:en)?|iker(?:n|na)?|inn(?:a|an|or|orna)"
    r"|log(?:en|er)?|eri(?:et|er)?|ant(?:en|er)?|ent(?:en|er)?|ur(?:en|er)?|ion(?:en|er)?"
    # Inflection.
    r"|[aeo]?r?n?a?s?|[ae]n|et|[ae]ns|ets|[aeo]r(?:na)?|ad|ade|ades?|ats?|tt|it|j(?:a|er))s?"
)
"""Endings that make or inflect words: they are no heads of compounds (regional, samordnare, hälsosam)."""

_DERIVED_FIRST = re.compile("(?:skaps?|hets|nings|ings|doms)(?!kap|and|are)[a-zåäö]{3}")
"""An ending with another word after it, which belongs to the term: medborgarskaps-ärende."""

_FOREIGN = re.compile(r"u?al(?![lt])|i[kc]|arie|u?ell|isk|iser|ist|itet|ion|ation|ativ|ator")
"""How what is left of a longer foreign word begins: kommun-ikation, individ-ualitet."""


class Surroundings:
    """Tells whether what surrounds a term in a word can be the rest of a compound.

    Arguments:
        heads: forms that may end a compound.
        modifiers: forms that may begin one.
        is_word: tells whether a folded form is a Swedish word; None: there is no word list.
    """

    def __init__(
        self, heads: Mapping[str, object], modifiers: Mapping[str, object], is_word: Callable[[str], bool] | None
    ) -> None:
        self._heads, self._modifiers = heads, modifiers
        self._is_word = is_word
        self.known = is_word is not None

    def begins(self, word: str, start: int, strictly: bool) -> bool:
        """Tell whether the beginning of a word, before a head, can be the first part of a compound.

        Arguments:
            word: the word, folded.
            start: where the head begins.
            strictly: the head is short, so the rest must be a word for sure.
        """
        text, head = word[:start], word[start:]
        if text in _NO_MODIFIER or text.removeprefix("o") in _NO_MODIFIER or not _VOWEL.search(text):
            return False
        if self._is_word is not None and ((len(text) == 2 and self._is_word(word)) or self._takes_particle(text, head)):
            return False
        if strictly:
            return self._surely_begins(word, start)
        if self._is_word is None:
            return len(text) > 2 and self._shaped(text)
        if head.startswith("enhet") and self._is_word(text + "en"):
            return False  # erfaren-het, medveten-het
        if self._first(text, 3) and not (self._weak(text) and self._contested(word, start, start + 1, len(word) - 2)):
            return True
        return text[-1] == head[0] and text[-1] in _CONSONANTS and self._first(text + head[0], 2)

    def _surely_begins(self, word: str, start: int) -> bool:
        text, head = word[:start], word[start:]
        if text in first_parts() or (text in self._modifiers and len(text) > _SHORTEST):
            return True
        if self._is_word is None:
            return len(text) >= _LINKED and text.endswith(("s", "ar")) and self._shaped(text)
        if len(text) < 3 or (head.startswith("enhet") and self._is_word(text + "en")):
            return False
        return self._is_first(text) and not self._contested(word, start, max(3, start - 2), len(word) - 2)

    def _shaped(self, text: str) -> bool:
        return bool(_CODA.search(text)) and bool(_ONSET.match(text))

    def _takes_particle(self, text: str, head: str) -> bool:
        """Tell whether a head may rather begin after its particle, which ends the word before: maskin-skrivning."""
        is_word = self._is_word
        return is_word is not None and any(
            head.startswith(each) and is_word(text + each) and is_word(head[len(each) :]) for each in _PARTICLES
        )

    def ends(self, word: str, end: int, strictly: bool) -> bool:
        """Tell whether the end of a word, after a modifier, can be the rest of a compound.

        Arguments:
            word: the word, folded.
            end: where the modifier ends.
            strictly: the modifier is short, so the rest must be a word for sure.
        """
        modifier, text = word[:end], word[end:]
        if strictly:
            return self._surely_ends(word, end)
        if self._is_last(text, 3):
            return True
        last = modifier[-1]
        if last not in _CONSONANTS or modifier[-2:-1] != last or _DERIVED.fullmatch(text):
            return False
        return self._is_last(last + text, 2)  # sekretess-skydd is written sekretesskydd

    def _surely_ends(self, word: str, end: int) -> bool:
        text = word[end:]
        if text in last_parts() or (text in self._heads and len(text) > _SHORTEST):
            return True
        if self._is_word is None or len(text) < _SHORTEST:
            return False
        return self._is_last(text, 2, _SHORTEST) and not self._contested(word, end, 2, end + 2)

    # First parts.

    def is_first(self, text: str) -> bool:
        """Tell whether a text is a known first part of compounds."""
        return text in first_parts() or self._first(text, 2)

    def _first(self, text: str, parts: int) -> bool:
        if text in self._modifiers or self._is_first(text):
            return True
        return parts > 1 and any(
            self._is_first(text[:end]) and self._first(text[end:], parts - 1) for end in range(len(text) - 2, 2, -1)
        )

    def _is_first(self, text: str) -> bool:
        """Tell whether a text is one word in the form that begins a compound: regel, skydds, skol, gatu, arbets."""
        is_word = self._is_word
        if is_word is None or len(text) < 2 or text in _NO_MODIFIER:
            return False
        if text in _ALSO_FIRST:
            return True
        if len(text) == 2:
            return False
        if is_word(text) or is_word(text + "a") or (is_word(text + "e") and text + "e" not in _NO_MODIFIER):
            return True
        if len(text) == 3:
            return False
        if text[-1] == "s":
            return is_word(text[:-1]) or is_word(text[:-1] + "e")
        if text[-1] in "eu" and len(text) > 5 and is_word(text[:-1]):
            return True
        return text[-1] in "oue" and is_word(text[:-1] + "a")

    def _weak(self, text: str) -> bool:
        return self._is_word is not None and not self._is_word(text) and text not in self._modifiers

    # Last parts.

    def _is_last(self, text: str, parts: int, least: int = 3) -> bool:
        if len(text) < 3 or not _VOWEL.search(text) or _DERIVED.fullmatch(text) or _DERIVED_FIRST.match(text):
            return False
        if text in self._heads:
            return True
        is_word = self._is_word
        if is_word is None:
            return bool(_ONSET.match(text)) and not _FOREIGN.match(text)
        if is_word(text) or (text[-1] == "s" and is_word(text[:-1])):
            return True
        if parts == 1 or _FOREIGN.match(text):
            return False
        return any(
            self._first(text[:end], 1) and self._is_last(text[end:], parts - 1, least)
            for end in range(least, len(text) - least + 1)
        )

    # Other ways to cut a word.

    def _contested(self, word: str, boundary: int, first: int, last: int) -> bool:
        """Tell whether a word can be cut in two known words elsewhere: vår-dag, svar-takt, veterinär-vård."""
        same = boundary - 1 if word[boundary - 1] == "s" else boundary
        return any(self._cuts(word, other) for other in range(first, last) if other not in (boundary, same))

    def _cuts(self, word: str, boundary: int) -> bool:
        is_word, first, last = self._is_word, word[:boundary], word[boundary:]
        return is_word is not None and is_word(first) and is_word(last) and first not in _NO_MODIFIER and not (
            _DERIVED.fullmatch(last)
        )  # fmt: skip
