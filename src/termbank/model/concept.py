"""Concepts and their terms, by ISO 1087 and ISO 30042: one shape for a termbank and for a code system."""

import datetime
from typing import Literal

from termbank.model.base import Extra, Noun
from termbank.model.coding import Coding

TermStatus = Literal["preferred", "admitted", "deprecated", "superseded", "unknown"]
"""preferred, admitted, deprecated: rekommenderad, tillåten, avrådd in Socialstyrelsens termbank. superseded: ours, for
the old name of a renamed thing. unknown: the source lists the term as a synonym without a status."""

TermType = Literal["full-form", "abbreviation", "acronym", "short-form", "variant"]

PartOfSpeech = Literal["noun", "proper-noun", "verb", "adjective", "adverb", "phrase", "other"]

RelationType = Literal[
    "broader", "narrower",  # hierarchical, kind not said (a code and its heading)
    "broader-generic", "narrower-generic",  # kind of (ISO 25964)
    "broader-partitive", "narrower-partitive",  # part of
    "related",  # associative: see also, compare
    "replaced-by", "replaces",
]  # fmt: skip

BROADER: frozenset[str] = frozenset({"broader", "broader-generic", "broader-partitive"})
"""The relations that make the hierarchy: from a concept to the one above it."""

PropertyType = Literal["string", "integer", "boolean", "decimal", "code", "date", "dateTime", "Coding"]
"""Types of property values: FHIR's, and `date` for our own lists."""

Wording = Literal["official", "ours"]

NameChange = Literal["renamed", "merged", "split", "moved", "abolished"]
"""Why a name was superseded. renamed: the same thing has another name. merged: it went up in another. split: it was
divided among several. moved: what it did is done by another. abolished: nothing took its place."""

StillRight = Literal["history", "bibliography", "title", "quotation", "transition"]
"""Where a superseded name is the right one: about the time when it was used; in a reference to what was published under
it; in the title of a statute or another work; in a quotation; where a transitional rule keeps it."""

Strength = Literal["delimiting", "typical", "weak"]
"""How much a characteristic tells. delimiting: it sets the concept apart (ISO 1087). typical: usual, not necessary.
weak: seen together with the concept, but with its neighbours too."""


class Term(Noun):
    """One designation of a concept. Its status belongs to it *in this concept*, never to the string.

    Arguments:
        text: the term, as it is written.
        language: BCP 47 tag.
        status: what the source says of its use; see `TermStatus`.
        part_of_speech: word class of the term, or `phrase`.
        type: full form, abbreviation and so on (ISO 30042).
        inflection: forms that rules for the part of speech would not give.
        use: where the term is used (a profession, a region, a law).
        context: words, or beginnings of words, that show near the term that this concept is meant; they tell homonyms
            apart, and which of several replacements fits.
        note: anything a reader should know about the term.
        source: where the term was seen.
        valid_from, valid_to: the first and the last day on which this was the name; None: not stated.
        change: why a superseded name is one; see `NameChange`.
        still_right: where a superseded name is right all the same; see `StillRight`.
        designation_use: what a FHIR designation is for (CodeSystem.concept.designation.use), where the source says.
        extra: what else came with it in a FHIR resource.

    >>> Term(text="samverkan", part_of_speech="noun").status
    'preferred'
    """

    text: str
    language: str = "sv"
    status: TermStatus = "preferred"
    part_of_speech: PartOfSpeech | None = None
    type: TermType | None = None
    inflection: tuple[str, ...] = ()
    use: str | None = None
    context: tuple[str, ...] = ()
    note: str | None = None
    source: str | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    change: NameChange | None = None
    still_right: tuple[StillRight, ...] = ()
    designation_use: Coding | None = None
    extra: Extra | None = None


class Definition(Noun):
    """What a concept is, in one language.

    Arguments:
        text: the definition.
        language: BCP 47 tag.
        wording: `official` where the text is the source's own, `ours` where this project (or the user) wrote it.
        source: what the definition describes or quotes.
    """

    text: str
    language: str = "sv"
    wording: Wording = "ours"
    source: str | None = None


class Relation(Noun):
    """A typed relation from a concept to another.

    Arguments:
        type: what the target is to this concept: `broader` means the target is above it.
        target: id of the other concept.
        vocabulary: where the target lives, if not in the same vocabulary.
    """

    type: RelationType
    target: str
    vocabulary: str | None = None


class Property(Noun):
    """A further fact about a concept; its code is declared by the vocabulary.

    Arguments:
        code: its name, as the vocabulary's property definitions have it.
        value: the value; dates as ISO text.
        type: FHIR type of the value, where it is not what the definition says (or there is none).
        extra: what else came with it in a FHIR resource.
    """

    code: str
    value: bool | int | float | str | Coding
    type: PropertyType | None = None
    extra: Extra | None = None


class Characteristic(Noun):
    """A characteristic of a concept (ISO 1087), for programs that must tell it from its neighbours.

    Arguments:
        type: what kind of characteristic it is; the vocabulary declares the types and their values.
        value: one of the values of that type.
        strength: how much it tells; see `Strength`.
        note: how it is seen in a text or a record.
        source: what it is taken from.
    """

    type: str
    value: str
    strength: Strength = "delimiting"
    note: str | None = None
    source: str | None = None


class Concept(Noun):
    """A concept with its terms: an entry of a termbank, or a code of a code system.

    Arguments:
        id: the identifier within the vocabulary; the code, in a code system.
        terms: designations in any number of languages.
        definitions: what it is; at most one per language and wording.
        comment: on use, and on what the concept is confused with.
        notes, examples: further text.
        subject_field: ISO 30042 subjectField (*Planer*, *Roller* ...).
        relations: to other concepts.
        characteristics: what sets it apart from its neighbours, in structured form.
        properties: further facts.
        abstract: a heading that is not selected itself.
        inactive: retired, kept for old data.
        valid_from, valid_to: the first and the last day on which the concept applies; None: not limited.
        decided: the year in which the authority decided the entry.
        checked_on: when somebody last compared the entry with its source.
        source: where the entry was seen.
        extra: what else came with it in a FHIR resource.

    >>> concept = Concept(id="samverkan", terms=(Term(text="samverkan", part_of_speech="noun"),))
    >>> concept.display()
    'samverkan'
    """

    id: str
    terms: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    comment: str | None = None
    notes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    subject_field: str | None = None
    relations: tuple[Relation, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    properties: tuple[Property, ...] = ()
    abstract: bool = False
    inactive: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    decided: int | None = None
    checked_on: datetime.date | None = None
    source: str | None = None
    extra: Extra | None = None

    def display(self, language: str = "sv") -> str | None:
        """Return the preferred term in a language, else in Swedish, else the first preferred, else any term."""
        for wanted in (language, "sv", None):
            for term in self.terms:
                if term.status == "preferred" and wanted in (term.language, None):
                    return term.text
        return self.terms[0].text if self.terms else None

    def definition(self, language: str = "sv") -> Definition | None:
        """Return the definition in a language, else the first there is."""
        for definition in self.definitions:
            if definition.language == language:
                return definition
        return self.definitions[0] if self.definitions else None

    def differences(self, other: "Concept") -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
        """Return what sets this concept apart from another: for each type of delimiting characteristic, both's values.

        Only types that both concepts have, with no value in common, set them apart.

        >>> task = Concept(id="a", characteristics=(Characteristic(type="aim", value="delimited-task"),))
        >>> purpose = Concept(id="b", characteristics=(Characteristic(type="aim", value="overarching-purpose"),))
        >>> task.differences(purpose)
        (('aim', frozenset({'delimited-task'}), frozenset({'overarching-purpose'})),)
        """
        mine, theirs = _delimiting(self), _delimiting(other)
        return tuple(
            (kind, frozenset(values), frozenset(theirs[kind]))
            for kind, values in mine.items()
            if kind in theirs and not values & theirs[kind]
        )

    def parents(self) -> tuple[str, ...]:
        """Return the ids of the concepts directly above this one in the same vocabulary."""
        return tuple(r.target for r in self.relations if r.type in BROADER and r.vocabulary is None)


def _delimiting(concept: Concept) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for each in concept.characteristics:
        if each.strength == "delimiting":
            values.setdefault(each.type, set()).add(each.value)
    return values
