"""Two terms of one concept for the same thing in one document."""

import re
from collections import defaultdict
from collections.abc import Iterator

from termbank.errors import UnknownConcept, UnknownVocabulary
from termbank.language.words import fold, words
from termbank.model import Concept, Term
from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.hits import Hit
from termbank.text.mention import Mention
from termbank.text.settings import Settings
from termbank.text.view import View

_RIGHT = ("preferred", "admitted")
_SPOKEN_OF = re.compile(
    r"\b(?:term(?:en|er|erna)?|begrepp(?:et|en)?|benämning\w*|benämn\w+|beteckning\w*|kalla[sdtr]\w*|kallas|synonym\w*|avses"
    r"|menas|defini\w+|betyder|omnämn\w*|heter|hette|detsamma som|samma sak som|likställ\w*|även känt? som)\b",
    re.IGNORECASE,
)
_PAIRED = re.compile(
    r"\s*(?:\(|/|–|-|,)?\s*(?:eller|och/eller|respektive|även|också|ibland|alltså"
    r"|dvs\.?|d\.\s?v\.\s?s\.|det vill säga|s\.?\s?k\.|så kalla\w+"
    r"|kalla\w+|även kalla\w+|inom parentes|=|\()[\s,(]*(?:(?:även|också|ibland|kalla\w+|ett|en|den|det|som)\s+)*"
)
_LAWFUL = (
    ({"insats", "insatser", "åtgärd", "åtgärder"}, "insats"),
    ({"patient", "brukare", "klient", "enskild", "enskilde", "enskilda"}, "enskild"),
)
"""Words that vary because the law has both, one for each care; a pair that differs by these alone is no variation."""

_FILLERS = frozenset({"den", "det", "en", "ett", "av", "via", "med", "för", "och", "i"})


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> "ConsistencyRule":
    """Make the rule."""
    return ConsistencyRule(terminology)


class ConsistencyRule:
    """Tells documents that use two right terms of one concept.

    Source: SS-ISO 704:2022, on consistent use of one designation for one concept in a text.

    Arguments:
        terminology: the bank's engine, which knows the concepts.
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield the first use of each right term of a concept but the one that the document used first."""
        uses: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
        texts: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in view.mentions:
            concept = _concept(mention)
            if concept and mention.readings[0].status in _RIGHT:
                texts[concept].append(mention)
        for concept, mentions in texts.items():
            if len({mention.readings[0].term for mention in mentions}) < 2:
                continue
            for previous, mention in zip((None, *mentions), mentions, strict=False):
                if not _left_alone(view, mention, previous):
                    uses[concept].setdefault(mention.readings[0].term, mention)
            if len(uses[concept]) > 1:
                yield from self._hits(view, concept, uses[concept])

    def _hits(self, view: View, concept: tuple[str, str], uses: dict[str, Mention]) -> Iterator[Hit]:
        try:
            known = self._terminology.concept(*concept)
        except (UnknownConcept, UnknownVocabulary):
            return
        terms = {term.text: term for term in known.terms if term.status in _RIGHT}
        first, *others = sorted(uses, key=lambda term: uses[term].start)
        for other in others:
            if first in terms and other in terms and _varies(terms[first], terms[other]):
                yield _hit(view, concept, known, terms[first], terms[other], uses)


def _hit(
    view: View, concept: tuple[str, str], known: Concept, first: Term, second: Term, uses: dict[str, Mention]
) -> Hit:
    mention = uses[second.text]
    preferred = next((each.text for each in (first, second) if each.status == "preferred"), None)
    return Hit(
        rule="inconsistent-term",
        start=mention.start,
        end=mention.end,
        key=f"{concept[0]}#{concept[1]}#{second.text}",
        arguments=(("term", first.text), ("other", second.text)),
        hint=(f"Rekommenderad term: {preferred}.", f"The preferred term: {preferred}.") if preferred else None,
        concepts=(f"{concept[0]}#{known.id}",),
    )


def _concept(mention: Mention) -> tuple[str, str] | None:
    """Return the concept that a mention stands for, where there is one way to read it; names are no terms."""
    if mention.match not in ("exact", "inflected") or mention.readings[0].vocabulary == "names":
        return None
    concepts = {(reading.vocabulary, reading.concept, reading.term) for reading in mention.readings}
    return mention.readings[0][:2] if len(concepts) == 1 else None


def _varies(first: Term, second: Term) -> bool:
    """Tell whether two terms are two ways to say one thing, and not one way and its short form.

    >>> _varies(Term(text="läkemedelsform"), Term(text="beredningsform"))
    True
    >>> _varies(Term(text="förebyggande åtgärd"), Term(text="förebyggande insats"))
    False
    """
    if "abbreviation" in (first.type, second.type) or any(_is_name(term) for term in (first, second)):
        return False
    one, two = _lawful(first.text), _lawful(second.text)
    if one == two or set(one) <= set(two) or set(two) <= set(one):
        return False
    shorter, longer = sorted((one, two), key=len)
    return not (len(shorter) == 1 and len(longer) > 1 and longer[-1] == shorter[0])


def _is_name(term: Term) -> bool:
    return term.part_of_speech == "proper-noun" or any(letter.isupper() for letter in term.text[1:].replace("SoL", ""))


def _lawful(term: str) -> tuple[str, ...]:
    """Return the words of a term, with those that vary lawfully as one."""
    found = []
    for word in words(term):
        found.append(next((one for group, one in _LAWFUL if word in group), word))
    return tuple(word for word in found if word not in _FILLERS)


def _left_alone(view: View, mention: Mention, previous: Mention | None) -> bool:
    """Tell whether a term is another's words, a name, spoken of as a word, or the explanation of the one before."""
    text, (first, last) = view.text, view.sentence(mention.start)
    if view.inside(mention.start, mention.end) or _SPOKEN_OF.search(text, first, last):
        return True
    following = re.match(r"\s+(?:[A-ZÅÄÖ][a-zåäö]+|”|\")", text[mention.end : mention.end + 30])
    if following and mention.end < last:
        return True
    inside = text[first : mention.start]
    if inside.count("(") > inside.count(")") and fold(text[mention.end : mention.end + 1]) == ")":
        return True
    return (
        previous is not None and previous.end >= first and bool(_PAIRED.fullmatch(text[previous.end : mention.start]))
    )
