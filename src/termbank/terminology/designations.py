"""The designations of a code, in every language that is there: which is shown, and whether a given text is one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from termbank.model import Coding
from termbank.terminology.languages import DEPTHS, Languages, Wanted

PREFERRED = Coding(system="http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra", code="preferredForLanguage")
"""The use of a designation that is the display in its language."""
SYNONYM = Coding(system="http://snomed.info/sct", code="900000000000013009")
_SHOWN = {(PREFERRED.system, PREFERRED.code), ("http://snomed.info/sct", "900000000000548007")}
_LISTED = 100
"""How many displays a message lists at most."""
_INACTIVE = ("withdrawn", "inactive", "deprecated")


class Designation(NamedTuple):
    """One designation.

    Arguments:
        value: the text.
        language: BCP 47 tag; empty: not known.
        use: what it is for; None: it is a display.
        status: `active`, or the standards status that was given to it (`deprecated`, `withdrawn`).
        extension: extensions that came with it.
        source: the supplement that it comes from, if any (url|version).
    """

    value: str
    language: str = ""
    use: Coding | None = None
    status: str = "active"
    extension: tuple[dict[str, Any], ...] = ()
    source: str | None = None

    @property
    def is_display(self) -> bool:
        """It may be shown as the name of the code."""
        return self.use is None or (self.use.system, self.use.code) in _SHOWN

    @property
    def is_current(self) -> bool:
        """It has not been withdrawn."""
        return self.status not in _INACTIVE


class Designations:
    """The designations of one code.

    Arguments:
        designations: them, those of the code system before those of its supplements.
        language: language of the code system, for those that do not say theirs.
    """

    def __init__(self, designations: Iterable[Designation] = (), language: str = "") -> None:
        self.all = list(designations)
        self.language = language

    def __iter__(self) -> Iterator[Designation]:
        """Yield them in order."""
        return iter(self.all)

    def __len__(self) -> int:
        """Count them."""
        return len(self.all)

    def shown(self, languages: Languages | None) -> Designation | None:
        """Return the designation to show to someone who wants certain languages; None where none will do."""
        if not self.all:
            return None
        if languages is None:
            orders = (
                lambda each: each.is_display and each.is_current,
                lambda each: each.is_display,
                lambda each: True,
            )
            return next(each for fits in orders for each in self.all if fits(each))
        for wanted in languages:
            if wanted.weight > 0 and (found := self._best(wanted)) is not None:
                return found
        return next((each for each in self.all if not each.language and each.is_display), None)

    def _best(self, wanted: Wanted) -> Designation | None:
        for current in (True, False):
            for depth in DEPTHS:
                met = [
                    each
                    for each in self.all
                    if (each.is_current or not current) and wanted.matches(each.language or self.language, depth)
                ]
                if met:
                    kinds = (
                        [each for each in met if each.is_display],
                        [each for each in met if each.use == SYNONYM],
                        met,
                    )
                    return next(kind[0] for kind in kinds if kind)
        return None

    def display(self, languages: Languages | None) -> str | None:
        """Return the text to show; see `shown`."""
        found = self.shown(languages)
        return found.value if found else None

    def fitting(self, languages: Languages | None, beside: str = "") -> list[Designation]:
        """Return those in a language that is wanted, or that is unknown, or that is `beside`."""
        return [
            each
            for each in self.all
            if languages is None
            or languages.match(each.language)
            or (beside and each.language.split("-")[0] == beside.split("-", maxsplit=1)[0])
        ]

    def has(self, text: str, languages: Languages | None, beside: str = "", current: bool = False) -> bool:
        """Tell whether a text is one of them, whatever its case."""
        asked = text.lower()
        return any(
            each.value.lower() == asked for each in self.fitting(languages, beside) if each.is_current or not current
        )

    def has_but_for_spaces(self, text: str, languages: Languages | None, beside: str = "") -> bool:
        """Tell whether a text is one of them but for its white space."""
        asked = _spaced(text)
        return any(_spaced(each.value) == asked for each in self.fitting(languages, beside))

    def count(self, languages: Languages | None, displays_only: bool = True) -> int:
        """Return how many there are in the languages that are wanted, as closely as any is."""
        among = [each for each in self.all if each.is_display or not displays_only]
        for depth in DEPTHS:
            found = sum(languages is None or languages.match(each.language, depth) for each in among)
            if found:
                return found
        return 0

    def listed(self, languages: Languages | None) -> str:
        """Write the displays in the languages that are wanted, else all of them, as a message lists them."""
        displays = [each for each in self.all if each.is_display]
        found = [each for each in displays if languages is None or languages.match(each.language)] or displays
        first = found[:_LISTED]
        shown = [f"'{each.value}' ({each.language})" if each.language else f"'{each.value}'" for each in first]
        shown += ["..."] if len(found) > _LISTED else []
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}" if shown else ""


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()
