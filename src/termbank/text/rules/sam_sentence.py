"""A sentence as `sam-usage` sees it: its words, and one letter for the class of each."""

import re
from functools import cached_property
from typing import NamedTuple

from termbank.language.tokens import Cleaned, clean
from termbank.text.rules import sam_words as words
from termbank.text.view import View

_TOKEN = re.compile(r"[^\W_]+(?:[-:’'][^\W_]+)*-?|[^\w\s]")
_FORMS = {
    "F": re.compile(r"(?:samverka|samarbeta)(?:r|de)"),
    "N": re.compile(r"(?:samverka|samarbeta)t?"),
    "S": re.compile(r"(?:samverka|samarbeta)(?:s|des|ts)"),
    "U": re.compile(r"(?:samverka|samarbeta)d"),
    "n": re.compile(r"samverkan|samarbete(?:t|n|na)?"),
}
_CLASSES = (
    ("z", words.POSSESSIVES), ("2", words.listed("två tre fyra båda bägge")), ("D", words.listed("de dom")),
    ("d", words.DETERMINERS), ("e", words.listed("en ett")), ("o", words.listed("och samt eller &")),
    ("q", words.listed("som")), ("p", words.PRONOUNS), ("m", words.listed("med")), ("M", words.listed("mellan")),
    ("k", words.AUXILIARIES), ("t", words.ADVERBS), ("r", words.PREPOSITIONS), ("u", words.SUBORDINATORS),
    (",", words.listed(",")),
)  # fmt: skip
_PATTERNS = (
    ("P", words.PROFESSION_DEFINITE), ("G", words.PROFESSION_GENITIVE), ("I", words.PROFESSION),
    ("L", words.PROFESSIONS), ("O", words.PLANNABLE), ("T", words.SCHEDULES), ("H", words.SHARED), ("s", words.ACTORS),
    ("c", words.CARE), ("g", words.GENITIVE),
)  # fmt: skip
CLASSES = """F samverkar, samverkade; N samverka, samverkat; S the passive; U samverkad; n the nouns; so too samarbeta
z possessive; D de; d other determiner; e en, ett; 2 numeral; a adjective; g genitive; h word with a hyphen at its end
P definite profession; G its genitive; I profession without ending; L professions; s other actor; p pronoun; X name
O plannable; T schedule; H what is negotiated too; c care; k auxiliary; t adverb; r preposition; m med; M mellan
u subordinator; q som; o och; , comma; . other sign; x other word"""


class Token(NamedTuple):
    """A word or sign of a sentence, in the sentence's cleaned text."""

    start: int
    end: int
    text: str


class Sentence:
    """A sentence of a document with a letter for the class of each word (see `CLASSES`).

    Arguments:
        view: the document.
        start, end: the sentence.

    >>> import datetime
    >>> from termbank.documents.document import Document, Segment
    >>> text = "Koordinatorn samverkar insatserna."
    >>> view = View(Document("a", "text", text, (Segment(0, 34),)), [], [], datetime.date(2026, 1, 1))
    >>> Sentence(view, 0, 34).tags
    'PFO.'
    """

    def __init__(self, view: View, start: int, end: int) -> None:
        self.view = view
        self.start = start
        self._cleaned: Cleaned = clean(view.text[start:end])
        self.text = self._cleaned.text
        self.lower = self.text.lower()
        self.tokens = [Token(each.start(), each.end(), each.group()) for each in _TOKEN.finditer(self.text)]

    @cached_property
    def tags(self) -> str:
        """The classes of the words, one letter each."""
        return "".join(_class(token.text, position == 0) for position, token in enumerate(self.tokens))

    def words(self, first: int, last: int) -> str:
        """Return the text from one token up to, not with, another."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def place(self, position: int) -> tuple[int, int]:
        """Return the offsets of a token in the document's text."""
        start, end = self._cleaned.original(self.tokens[position].start, self.tokens[position].end)
        return self.start + start, self.start + end


def _class(text: str, first: bool) -> str:
    word = text.lower()
    for letter, form in _FORMS.items():
        if form.fullmatch(word):
            return letter
    for letter, listed in _CLASSES:
        if word in listed:
            return letter
    if not word[0].isalnum():
        return "."
    if word.endswith("-"):
        return "h"
    for letter, pattern in _PATTERNS:
        if pattern.fullmatch(word):
            return letter
    if text[0].isupper() and not first:
        return "g" if text.endswith("s") else "X"
    return "a" if words.ADJECTIVE.fullmatch(word) else "x"
