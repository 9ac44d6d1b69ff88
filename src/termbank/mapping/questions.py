"""What a bank answers about codes elsewhere: their translations, straight on, through others, and many at once."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from termbank.mapping import paths
from termbank.mapping.deciding import decide
from termbank.terminology.engine import Terminology
from termbank.terminology.interpreting import NO_ANSWERS
from termbank.terminology.translation import Translation


class TranslationQuestions:
    """The questions about translations that a bank answers."""

    terminology: Terminology

    def translate(
        self,
        system: str,
        code: str,
        *,
        to: str,
        via: Sequence[str] = (),
        on: datetime.date | None = None,
        answers: Mapping[str, str] | None = None,
        unproven: bool = False,
    ) -> list[Translation]:
        """Return every translation of a code, the closest and surest first; nothing is chosen silently.

        Arguments:
            system: short id, canonical URL or OID of the system that the code is from.
            code: the code.
            to: the system to translate to.
            via: go through these systems, in order, instead of straight on; what is at the end is what the steps
                justify, and each translation has its `steps`.
            on: the day on which targets shall be valid (`Translation.valid`); None: the newest versions.
            answers: what is known of the case, attribute to value (`{"sex": "female", "age": "40"}`): mappings that
                need something else are left out. What is needed and not known stands in `Translation.asked`.
            unproven: also what the steps of `via` lead to without justifying anything of it; relationship None.

        Returns:
            Translations; one whose `coding` is None: somebody looked and there is none; an empty list: nobody has.

        Raises:
            UnknownVocabulary: one of the systems is neither in the bank nor mapped.
            ValueError: mapping sets leave the answer to each other in a circle, or to one that is not here; or an
                answer cannot be understood.
        """
        known = NO_ANSWERS if answers is None else answers
        if via:
            return paths.translate(self.terminology, system, code, to, via, on=on, answers=known, unproven=unproven)
        return self.terminology.interpreter.translate(system, code, to, on, known, decide)

    def translate_codes(
        self, codes: Iterable[str], *, system: str, to: str, on: datetime.date | None = None
    ) -> list[tuple[Translation, ...]]:
        """Return the translations of many codes of one system, in their order; the same as of `translate`.

        Each distinct code is answered once and remembered.

        Arguments:
            codes: the codes.
            system: the system that they are from.
            to: the system to translate to.
            on: the day on which targets shall be valid; None: the newest versions.

        Raises:
            UnknownVocabulary: one of the systems is neither in the bank nor mapped.
            ValueError: mapping sets leave the answer to each other in a circle, or to one that is not here.
        """
        return self.terminology.interpreter.translate_many(system, codes, to, on, decide)
