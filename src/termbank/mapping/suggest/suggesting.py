"""Candidates in a code system for a text: ranked, with how likely each is right, and why."""

import datetime
import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from termbank import collector
from termbank.mapping.suggest.calibration import evidence, probability
from termbank.mapping.suggest.index import Path, TitleIndex
from termbank.mapping.suggest.ranking import FEATURES, Comparison
from termbank.mapping.suggest.reasons import Reason, of_title, of_words
from termbank.mapping.suggest.titles import Bridges, Decision, decided, gather, key, stored
from termbank.mapping.suggest.weights import NOTHING, WEIGHTS
from termbank.mapping.suggest.words import LONGEST_TEXT
from termbank.model import Coding, Mapping, MappingSet
from termbank.model.mapping import LITERAL
from termbank.terminology.engine import Terminology
from termbank.version import __version__

_WEIGHTS = [WEIGHTS.get(name, 0.0) for name in FEATURES]
_DECIDED = 0.99
_GOOD = 0.9
"""A text that has such an answer is not asked for in other words."""
_MOST_KEPT = 8
_BRIDGED = 0.5
"""How much worse a title fits that was found by another term for what was asked."""


class Suggestion(NamedTuple):
    """A code that a text may stand for.

    Arguments:
        coding: the code, with its preferred term.
        score: how likely it is right, 0 to 1, as labelled texts have it.
        reasons: why, and what speaks against it.
        path: by what it was found: its own title, a synonym, a deprecated term, a term of a supplement, a mapping from
            the termbank, or an earlier decision.
        term: the text that it was found by.
    """

    coding: Coding
    score: float
    reasons: tuple[Reason, ...]
    path: Path
    term: str


class _Found(NamedTuple):
    fit: float
    title: int
    comparison: Comparison
    renamed: tuple[str, str] | None = None


class Suggester:
    """Suggests codes of one version of a code system.

    Arguments:
        terminology: the code system, its supplements, the termbank and the mappings.
        to: the code system; short id, canonical URL or OID.
        version: its version; None: the one in force on the day, or the newest.
        decisions: mapping sets, or mappings, of texts that were decided before; they come first, as do those of the
            terminology's own mapping sets from texts.
        on: the day on which the codes must be valid; None: whenever.

    Raises:
        UnknownVocabulary: there is no such system or version.

    >>> from termbank.model import Concept, Term, Vocabulary
    >>> from termbank.store.memory import MemorySource
    >>> titles = {"S62": "Fraktur på handled och hand", "S93": "Luxation och distorsion i fotled"}
    >>> concepts = [Concept(id=code, terms=(Term(text=title),)) for code, title in titles.items()]
    >>> small = Terminology([MemorySource(Vocabulary(id="icd", title="ICD", concepts=concepts))])
    >>> best = Suggester(small, "icd").suggest("handledsfraktur")[0]
    >>> best.coding.code, [reason.text("en") for reason in best.reasons][:2]
    ('S62', ['handled is part of handledsfraktur', 'fraktur is part of handledsfraktur'])
    """

    def __init__(
        self,
        terminology: Terminology,
        to: str,
        version: str | None = None,
        decisions: Iterable[MappingSet | Mapping] = (),
        on: datetime.date | None = None,
    ) -> None:
        with collector.paused():
            source = terminology.source(to, version, on)
            self.info = source.info
            known = [*decisions, *stored(terminology, self.info.id)]
            self._decisions = decided(known, terminology, self.info.id)
            material = gather(terminology, source, on, self._decisions)
            self.codes, self._displays = material.codes, material.displays
            self._numbers = {code: number for number, code in enumerate(self.codes)}
            self.index = TitleIndex(material.titles)
            self._bridges = Bridges(terminology, self.info.id)

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """Return the codes that a text may stand for, the likeliest first; none where no word of it is in any title.

        Arguments:
            text: a local term.
            limit: how many codes at most.
        """
        if limit < 1:
            return []
        known = [each for each in self._decisions.get(key(text), ()) if each.code in self._numbers]
        before = [self._decided(text, each, len(known)) for each in known]
        done = {each.coding.code for each in before}
        found = self._found(text)
        scores = self._scores(found, limit + len(done))
        if not before and (not scores or scores[0] < _GOOD):
            more = [
                _Found(each.fit - _BRIDGED, each.title, each.comparison, (term, other))
                for variant, term, other in self._bridges.variants(text)
                for each in self._found(variant)
            ]
            if more:
                found = self._best_first([*found, *more])
                scores = self._scores(found, limit)
        most = 1 - max((each.score for each in before), default=0.0)
        others = [
            self._suggestion(each, score if not before else min(score, most))
            for each, score in zip(found, scores, strict=False)
            if self.codes[self.index.titles[each.title].concept] not in done
        ]
        return [*before, *others][:limit]

    def suggest_many(self, texts: Sequence[str], limit: int = 5) -> list[list[Suggestion]]:
        """Return the suggestions for many texts, in their order; each distinct text is asked once."""
        answers = {text: self.suggest(text, limit) for text in dict.fromkeys(texts)}
        return [answers[text] for text in texts]

    def propose(self, subject: Coding, limit: int = 5) -> list[Mapping]:
        """Return the suggestions for a subject as mappings that nobody has reviewed, the likeliest first.

        Arguments:
            subject: a code with its text, or a text alone (system `LITERAL`).
            limit: how many at most.
        """
        text = subject.code if subject.system == LITERAL else subject.display or subject.code
        return [
            Mapping(
                subject=subject,
                object=each.coding,
                predicate="skos:relatedMatch",
                justification="semapv:LexicalMatching",
                confidence=each.score,
                tool=f"termbank {__version__}",
                comment="; ".join(reason.text() for reason in each.reasons),
            )
            for each in self.suggest(text, limit)
        ]

    def _found(self, text: str) -> list[_Found]:
        asked = self.index.ask(text)
        comparison = Comparison(self.index, asked)
        rows = []
        for title in self.index.candidates(asked):
            features = comparison.features(title)
            fit = sum(map(float.__mul__, features, _WEIGHTS))
            rows.append(_Found(fit, title, comparison))
        return self._best_first(rows)

    def _best_first(self, rows: list[_Found]) -> list[_Found]:
        """Return the best row of each concept; of equals, what comes first in the list."""
        rows.sort(key=lambda each: (-each.fit, each.title))
        best: dict[int, _Found] = {}
        for each in rows:
            best.setdefault(self.index.titles[each.title].concept, each)
        return list(best.values())

    def _scores(self, found: list[_Found], limit: int) -> list[float]:
        plain = self.index.plain
        scores = []
        for each in found[:limit]:
            own = plain[each.title]
            other = next((rival.fit for rival in found if plain[rival.title] != own), NOTHING)
            scores.append(round(probability(evidence(each.fit, other)), 3))
        return scores

    def _suggestion(self, each: _Found, score: float) -> Suggestion:
        title = self.index.titles[each.title]
        reasons = [Reason("renamed", *each.renamed)] if each.renamed else []
        reasons += of_title(title)
        reasons += of_words(self.index, each.title, each.comparison)
        return Suggestion(self._coding(title.concept), score, tuple(reasons), title.path, title.text)

    def _decided(self, text: str, decision: Decision, several: int) -> Suggestion:
        score = round(min(_DECIDED, decision.confidence) / several, 3)
        shown = " ".join(text[:LONGEST_TEXT].split())
        reason = Reason("decided", shown, decision.who)
        return Suggestion(self._coding(self._numbers[decision.code]), score, (reason,), "decision", shown)

    def _coding(self, number: int) -> Coding:
        info = self.info
        display = self._displays[number]
        return Coding(system=info.id, code=self.codes[number], version=info.version or None, display=display)


class Suggesters:
    """The suggesters of a bank, each made when it is first asked; the latest few are kept.

    Arguments:
        terminology: what is in the bank.
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology
        self._made: dict[tuple[str, str | None, datetime.date | None], Suggester] = {}
        self._lock = threading.Lock()

    def get(self, to: str, version: str | None, on: datetime.date | None) -> Suggester:
        """Return the suggester of a code system."""
        with self._lock:
            found = self._made.get((to, version, on))
            if found is None:
                if len(self._made) == _MOST_KEPT:
                    del self._made[next(iter(self._made))]
                found = self._made[to, version, on] = Suggester(self._terminology, to, version, on=on)
            return found
