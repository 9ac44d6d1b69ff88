"""Codes of systems that are here, translated: as their system writes them, with displays, each distinct code once."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from termbank import collector
from termbank.errors import UnknownVocabulary
from termbank.model import Coding
from termbank.terminology import validation
from termbank.terminology.holdings import Holdings
from termbank.terminology.names import Name
from termbank.terminology.source import Source
from termbank.terminology.translation import Decide, Translation, made, translations
from termbank.terminology.validation import Validation
from termbank.terminology.versions import choose

_REMEMBERED = 500_000
"""For how many codes the translations are remembered."""
_MANY = 100
"""From how many codes on whole mapping sets are taken into memory."""
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})
_Answers = dict[str, tuple[Translation, ...]]
_Validate = Callable[..., list[Validation]]


class Interpreter:
    """Translates codes.

    Arguments:
        holdings: the mapping sets and the names of systems.
        versions: the loaded versions of each vocabulary, by its id.
        validate: tells of codes of one system whether they are right.
    """

    def __init__(self, holdings: Holdings, versions: Mapping[str, Sequence[Source]], validate: _Validate) -> None:
        self._holdings = holdings
        self._names = holdings.names
        self._versions = versions
        self._validate = validate
        self._remembered: dict[tuple[str, Name, datetime.date | None, Decide | None], _Answers] = {}

    def translate(
        self,
        system: str,
        code: str,
        to: str,
        on: datetime.date | None = None,
        answers: Mapping[str, str] = NO_ANSWERS,
        decide: Decide | None = None,
    ) -> list[Translation]:
        """Return every translation of a code, with displays; see `termbank.terminology.translation`.

        Arguments:
            system, to: the systems, by any of their names.
            code: the code.
            on: the day on which targets shall be valid, and whose displays are shown; None: the newest.
            answers: what is known of other elements, attribute to value.
            decide: evaluates the rules of maps that have rules.

        Raises:
            UnknownVocabulary: one of the systems is neither in the bank nor mapped.
            Refusal: mapping sets leave the answer to each other in a circle, or to one that is not here.
        """
        return list(self._answered(*self._known(system, to), [code], on, answers, decide)[code])

    def translate_many(
        self,
        system: str,
        codes: Iterable[str],
        to: str,
        on: datetime.date | None = None,
        decide: Decide | None = None,
    ) -> list[tuple[Translation, ...]]:
        """Return the translations of many codes of one system, each distinct code answered once; as `translate`."""
        name, target = self._known(system, to)
        known = self._remembered.setdefault((name.id, target, on, decide), {})
        asked = codes if isinstance(codes, list) else list(codes)
        new = [code for code in dict.fromkeys(asked) if code not in known]
        if new:
            if sum(map(len, self._remembered.values())) + len(new) > _REMEMBERED:
                known.clear()
                self._remembered = {(name.id, target, on, decide): known}
                new = list(dict.fromkeys(asked))
            with collector.paused():
                known |= self._answered(name, target, new, on, NO_ANSWERS, decide)
        return list(map(known.__getitem__, asked))

    def _answered(
        self,
        name: Name,
        target: Name,
        codes: list[str],
        on: datetime.date | None,
        answers: Mapping[str, str],
        decide: Decide | None,
    ) -> _Answers:
        translator = self._holdings.translator
        if len(codes) >= _MANY:
            translator.load(translator.about(name.id, target.id))
        written = self.written(name.id, codes)
        codings = {code: Coding(system=name.id, code=written.get(code, code)) for code in codes}
        found = {code: translations(translator, coding, target.id, answers, decide) for code, coding in codings.items()}
        return self._shown(found, target, on)

    def written(self, system: str, codes: Sequence[str]) -> dict[str, str]:
        """Return the codes that a system here knows, each in the form in which it has them."""
        found: dict[str, str] = {}
        left = list(codes)
        for source in self._versions.get(system, ()):
            exact = source.find_many(left)
            others = validation.find_otherwise(source, [code for code in left if code not in exact])
            found |= {code: entry.code for code, (entry, _) in others.items() if entry is not None}
            found |= {code: entry.code for code, entry in exact.items()}
            left = [code for code in left if code not in found]
            if not left:
                break
        return found

    def _shown(self, found: dict[str, list[Translation]], target: Name, on: datetime.date | None) -> _Answers:
        """Add displays, and whether targets are valid on the day."""
        source = choose(self._versions.get(target.id, ()), target.version, on).source
        targets = list({each.coding.code for listed in found.values() for each in listed if each.coding is not None})
        entries = source.find_many(targets) if source is not None and targets else {}
        valid: dict[str, bool | None] = {}
        if on is not None and targets:
            judged = self._validate(target.id, targets, [None] * len(targets), version=target.version, on=on)
            valid = {code: each.valid for code, each in zip(targets, judged, strict=True)}
        codings = {}
        if source is not None:
            version = source.info.version
            for code, entry in entries.items():
                codings[code] = Coding(system=target.id, code=code, version=version, display=entry.display or None)

        def shown(each: Translation) -> Translation:
            if each.coding is None:
                return each
            code = each.coding.code
            said = {name: getattr(each, name) for name in each.model_fields_set}
            if code in codings:
                said["coding"] = codings[code]
            if valid:
                said["valid"] = valid[code]
            return made(said)

        return {code: tuple(map(shown, listed)) for code, listed in found.items()}

    def _known(self, *systems: str) -> tuple[Name, Name]:
        names = [self._names.resolve(system) for system in systems]
        for name in names:
            if name.id not in self._everything:
                known = tuple(sorted(self._everything))
                raise UnknownVocabulary(
                    f"{name.id} is not in the bank, and nothing is mapped from or to it; known: {', '.join(known)}",
                    known,
                )
        return names[0], names[1]

    @cached_property
    def _everything(self) -> frozenset[str]:
        """Every system that is loaded, mapped from or to, or known by name."""
        translator = self._holdings.translator
        pairs = [pair for held in translator.sets for pair in translator.outline(held)]
        mapped = {self._names.resolve(side).id for pair in pairs for side in pair if side}
        return frozenset(mapped | set(self._versions) | {system.id for system in self._names.known_systems()})
