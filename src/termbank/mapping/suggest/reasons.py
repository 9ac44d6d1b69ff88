"""Why a title is suggested, in words: every reason stands here, in Swedish and English."""

from typing import Literal, NamedTuple

from termbank.mapping.suggest.index import Title, TitleIndex
from termbank.mapping.suggest.ranking import Compared, Comparison
from termbank.mapping.suggest.words import is_function

ReasonKind = Literal[
    "same", "spelled", "form", "synonym", "derived", "kind", "inside", "around", "begun", "misspelled", "abbreviation",
    "order", "above", "missing", "extra", "decided", "decision-term", "synonym-term", "deprecated-term",
    "supplement-term", "mapped-term", "renamed",
]  # fmt: skip

TEXTS: dict[ReasonKind, tuple[str, str]] = {
    "same": ("samma ord: {asked}", "the same words: {asked}"),
    "spelled": ("{asked} stavas också {found}", "{asked} is also spelled {found}"),
    "form": ("{asked} och {found} är former av samma ord", "{asked} and {found} are forms of one word"),
    "synonym": ("{asked} betyder ungefär {found}", "{asked} means about the same as {found}"),
    "derived": ("{asked} och {found} är bildade av samma ord", "{asked} and {found} are made of one word"),
    "kind": ("{found} är ett slags {asked}", "{found} is a kind of {asked}"),
    "inside": ("{asked} ingår i {found}", "{asked} is part of {found}"),
    "around": ("{found} ingår i {asked}", "{found} is part of {asked}"),
    "misspelled": ("{asked} kan vara felskrivet för {found}", "{asked} may be a misspelling of {found}"),
    "begun": ("{found} börjar med {asked}", "{found} begins with {asked}"),
    "abbreviation": ("{asked} står för {found}", "{asked} stands for {found}"),
    "order": ("orden står i annan ordning", "the words stand in another order"),
    "above": ("{asked} står i rubriken ovanför: {found}", "{asked} stands in the heading above: {found}"),
    "missing": ("titeln saknar {asked}", "the title lacks {asked}"),
    "extra": ("titeln har också {found}", "the title also has {found}"),
    "decided": ("{asked} har tidigare mappats hit ({found})", "{asked} was mapped here before ({found})"),
    "decision-term": ("liknar {found}, som tidigare mappats hit ({asked})",
                      "like {found}, which was mapped here before ({asked})"),
    "synonym-term": ("{found} är en annan term för samma sak", "{found} is another term for the same"),
    "deprecated-term": ("{found} är en avrådd term för samma sak", "{found} is a deprecated term for the same"),
    "supplement-term": ("{found} är en term ur {asked}", "{found} is a term of {asked}"),
    "mapped-term": ("{found} är mappat hit ({asked})", "{found} is mapped here ({asked})"),
    "renamed": ("{asked} heter {found} i termbanken", "{asked} is called {found} in the termbank"),
}  # fmt: skip

_FAR = 0.4
_TERMS: dict[str, ReasonKind] = {
    "synonym": "synonym-term", "deprecated": "deprecated-term", "supplement": "supplement-term",
    "mapping": "mapped-term", "decision": "decision-term",
}  # fmt: skip


class Reason(NamedTuple):
    """Why a title is suggested, or what speaks against it.

    Arguments:
        kind: which reason it is.
        asked: the words of the text, or who says it.
        found: the words that they were found in.
    """

    kind: ReasonKind
    asked: str = ""
    found: str = ""

    def text(self, language: str = "sv") -> str:
        """Return the reason in words.

        >>> Reason("inside", "fraktur", "handledsfraktur").text("en")
        'fraktur is part of handledsfraktur'
        """
        return TEXTS[self.kind][language == "en"].format(asked=self.asked, found=self.found)


def of_title(title: Title) -> list[Reason]:
    """Return what is to be said of a title that is not the concept's own preferred term."""
    kind = _TERMS.get(title.path)
    return [Reason(kind, title.source or "", title.text)] if kind else []


def of_words(index: TitleIndex, title: int, comparison: Comparison) -> list[Reason]:
    """Return how the words of a text were found in a title, and what is left on either side."""
    compared = comparison.compare(title)
    asked, units, own = comparison.asked.words, comparison.asked.units, index.words[title]
    words = index.lexis.words
    same: dict[str, None] = {}
    found: dict[Reason, None] = {}
    meant: dict[str, dict[str, None]] = {}
    whole = {units[link.unit].first for link in compared.links if link.kind != "around"}
    for unit, at, kind in compared.links:
        place, text, other = units[unit].first, units[unit].text, words[own[at]]
        if is_function(text):
            continue
        if asked[place].text != asked[place].written:
            meant.setdefault(asked[place].written, {})[asked[place].text] = None
        if kind == "same":
            same[asked[place].written] = None
        elif kind == "around" and place not in whole:
            part = text if units[unit].share < 1 else other
            found[Reason(kind, asked[place].written, part if part == other else f"{part} ({other})")] = None
        elif kind != "around" and text != other:
            found[Reason(kind, text, other)] = None
    full = [word for word in same if word not in meant]
    reasons = [Reason("same", ", ".join(full))] if full else []
    reasons += [Reason("abbreviation", written, " ".join(stands)) for written, stands in meant.items()]
    reasons += found
    if _turned(compared):
        reasons.append(Reason("order"))
    above = comparison.above(title, compared.covered)
    if above:
        over = index.titles[index.titles[title].above].text
        reasons.append(Reason("above", ", ".join(asked[place].written for place in above), over))
    lacks = [
        word.written
        for place, (word, share) in enumerate(zip(asked, compared.covered, strict=True))
        if share < _FAR and not is_function(word.text) and place not in above
    ]
    extra = [
        words[number]
        for number, share in zip(own, compared.reached, strict=True)
        if share < _FAR and not is_function(words[number])
    ]
    if lacks:
        reasons.append(Reason("missing", ", ".join(dict.fromkeys(lacks))))
    if extra:
        reasons.append(Reason("extra", found=", ".join(dict.fromkeys(extra))))
    return reasons


def _turned(compared: Compared) -> bool:
    """Tell whether the words that were found stand in another order."""
    places: dict[int, int] = {}
    for unit, at, kind in compared.links:
        if kind in ("same", "form", "spelled", "misspelled"):
            places.setdefault(unit, at)
    order = list(places.values())
    return order != sorted(order)
