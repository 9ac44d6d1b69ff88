"""A mention of a concept in a text, and the ways to read it."""

from typing import Literal, NamedTuple

from termbank.model.concept import TermStatus

Match = Literal["exact", "inflected", "compound-head", "compound-modifier", "elliptic", "abbreviation"]
"""How the words of a text stand for a term. exact: as the term is written, but for case. inflected: a form of it.
compound-head: a compound of which the term is the last part (vårdsamverkan). compound-modifier: one that begins with
it (samverkansavtal). elliptic: a part of the term stands with another word (vård- och omsorgsplan, for vårdplan).
abbreviation: an abbreviation with an ending (SIP:en)."""


class Reading(NamedTuple):
    """One way to read a mention: as this term of this concept.

    Arguments:
        vocabulary: short id of the vocabulary.
        concept: id of the concept.
        term: the term as the vocabulary writes it.
        status: what the vocabulary says of the term in this concept.
        forms: which form of the term stands in the text, such as `("pl", "def", "gen")`; several where forms look
            alike, none where it is not known.
    """

    vocabulary: str
    concept: str
    term: str
    status: TermStatus
    forms: tuple[tuple[str, ...], ...] = ()


class Mention(NamedTuple):
    """Words of a text that stand for a concept.

    Arguments:
        start, end: offsets of the words in the text, in code points, the end not included; a compound's whole word.
        text: the words as they stand.
        match: how they stand for the term.
        readings: every way to read them; a homonym has several.
        part: of a compound, the offsets of the part that is the term.
    """

    start: int
    end: int
    text: str
    match: Match
    readings: tuple[Reading, ...]
    part: tuple[int, int] | None = None

    def moved(self, by: int) -> "Mention":
        """Return the same mention in a text that has `by` characters before this one."""
        part = self.part and (self.part[0] + by, self.part[1] + by)
        return self._replace(start=self.start + by, end=self.end + by, part=part)
