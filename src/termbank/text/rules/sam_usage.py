"""The rule `sam-usage`: asks about samverka and samarbeta where the sentence shows that another sam-word is meant.

A fourth kind of mistake, samordna for samarbeta (samordna med varandra kring), has no pattern: what is put in
order often stands before the verb or is understood, so that the sentence alone does not tell.
"""

import re
from collections.abc import Callable, Iterator

from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.history import sentence as stretch
from termbank.text.hits import Hit, TextRule
from termbank.text.rules.sam_level import samarbete_for_overarching, samverkan_for_task
from termbank.text.rules.sam_sentence import Sentence
from termbank.text.rules.sam_silence import foreign, silent
from termbank.text.rules.sam_syntax import Found, syntax
from termbank.text.settings import Settings
from termbank.text.view import View

RULE = "sam-usage"
PATTERNS: dict[str, Callable[[Sentence], Iterator[Found]]] = {
    "syntax": syntax,
    "samverkan-for-task": samverkan_for_task,
    "samarbete-for-overarching": samarbete_for_overarching,
}
ENABLED = frozenset({"syntax", "samverkan-for-task", "samarbete-for-overarching"})
"""The patterns that are asked: those whose measured precision is 0.9 or more (`benchmarks/text/sam_usage.py`)."""

_WORD = re.compile("sam\u00ad?(?:verk|arbet)", re.IGNORECASE)


class SamUsage:
    """Asks where samverka or samarbeta stands in a sentence that gives clear evidence of another one of the sam-words.

    Source: the termbank's concepts samordning, samverkan and samarbete, told apart by their characteristics.

    Arguments:
        enabled: the patterns that are asked.
    """

    def __init__(self, enabled: frozenset[str] = ENABLED) -> None:
        self._patterns = [(name, pattern) for name, pattern in PATTERNS.items() if name in enabled]

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield a hit for each word that is asked about, at most one a word.

        Arguments:
            view: the document.

        >>> import datetime
        >>> from termbank.documents.document import Document, Segment
        >>> text = "Koordinatorn samverkar insatserna."
        >>> view = View(Document("a", "text", text, (Segment(0, 34),)), [], [], datetime.date(2026, 1, 1))
        >>> [hit.arguments for hit in SamUsage().hits(view)]
        [(('word', 'samverkar'), ('better', 'samordna'))]
        """
        done = 0
        for match in _WORD.finditer(view.text):
            if match.start() < done or not view.document.segment(match.start()):
                continue
            start, end = stretch(view, match.start())
            if not start <= match.start() < end:
                continue
            sentence = Sentence(view, start, end)
            if not silent(sentence):
                yield from (hit for hit in self._within(sentence) if hit.start >= done)
            done = end

    def _within(self, sentence: Sentence) -> Iterator[Hit]:
        asked = set()
        for name, pattern in self._patterns:
            for found in pattern(sentence):
                if found.position not in asked and not foreign(sentence, found.position):
                    asked.add(found.position)
                    yield _hit(sentence, name, found)


def _hit(sentence: Sentence, pattern: str, found: Found) -> Hit:
    start, end = sentence.place(found.position)
    word = sentence.tokens[found.position].text
    used = "samverkan" if word.lower().startswith("samverk") else "samarbete"
    meant = {"syntax": "samordning", "samverkan-for-task": "samarbete", "samarbete-for-overarching": "samverkan"}[
        pattern
    ]
    noun = sentence.tags[found.position] == "n"
    better = meant if noun else {"samordning": "samordna", "samarbete": "samarbeta", "samverkan": "samverka"}[meant]
    return Hit(
        rule=RULE,
        start=start,
        end=end,
        key=f"{pattern}/{used}",
        arguments=(("word", word), ("better", better)),
        hint=_REASONS[found.manner](word, found.evidence),
        concepts=(f"termbank#{used}", f"termbank#{meant}"),
    )


_ORDER = (
    " Att ordna insatser och resurser är att samordna; man samverkar eller samarbetar om eller kring något.",
    " To put efforts and resources in order is samordna; one samverkar or samarbetar about (om, kring) something.",
)


def _as_object(word: str, evidence: str) -> tuple[str, str]:
    return (
        f"”{evidence}” står som objekt till ”{word}”.{_ORDER[0]}",
        f"”{evidence}” is the object of ”{word}”.{_ORDER[1]}",
    )


def _as_passive(word: str, evidence: str) -> tuple[str, str]:
    return (
        f"”{evidence}” är det som ”{word}”, i passiv form.{_ORDER[0]}",
        f"”{evidence}” is what is acted on by ”{word}”, a passive.{_ORDER[1]}",
    )


def _as_participle(word: str, evidence: str) -> tuple[str, str]:
    return (
        f"”{word}” beskriver ”{evidence}”, som om de vore föremål för handlingen.{_ORDER[0]}",
        f"”{word}” describes ”{evidence}” as what is acted on.{_ORDER[1]}",
    )


def _as_task(word: str, evidence: str) -> tuple[str, str]:
    return (
        f"”{word}” gäller här några yrkesutövare och en avgränsad uppgift (”{evidence}”). Det är samarbete enligt "
        "termbanken; samverkan är övergripande handlande på organisatorisk nivå.",
        f"”{word}” is here about a few professionals and one delimited task (”{evidence}”). That is samarbete in the "
        "termbank; samverkan is overarching action on an organisational level.",
    )


def _as_overarching(word: str, evidence: str) -> tuple[str, str]:
    return (
        f"”{word}” gäller här ledningar och ett övergripande ändamål (”{evidence}”). Det är samverkan enligt "
        "termbanken; samarbete gäller en avgränsad uppgift.",
        f"”{word}” is here about managements and an overarching purpose (”{evidence}”). That is samverkan in the "
        "termbank; samarbete is about a delimited task.",
    )


_REASONS: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "object": _as_object,
    "passive": _as_passive,
    "participle": _as_participle,
    "predicate": _as_participle,
    "task": _as_task,
    "overarching": _as_overarching,
}


def make(rule_id: str, terminology: Terminology, annotator: Annotator, settings: Settings) -> TextRule:
    """Return the rule; it needs neither the bank nor its mentions."""
    return SamUsage()
