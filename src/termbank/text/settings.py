"""How texts are checked: a project's `termbank.toml`, or what a command says."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError, field_validator

from termbank.errors import FormatError
from termbank.formats import toml
from termbank.model.base import Noun
from termbank.model.finding import Severity

RULES = (
    "deprecated-term", "superseded-term", "admitted-term", "sam-usage", "repealed-law", "unknown-code",
    "withdrawn-code", "misspelled-term", "inconsistent-term", "undefined-abbreviation",
)  # fmt: skip
"""The rules for texts, in the order of the reference page."""

OFF = frozenset({"admitted-term"})
"""The rules that are asked only where they are selected."""

FILE = "termbank.toml"


_Rules = TypeVar("_Rules", bound=Iterable[str])


class Override(Noun):
    """What else is ignored in some files.

    Arguments:
        path: a pattern of file names, such as `Arkiv/*`.
        ignore: rules.
    """

    path: str
    ignore: tuple[str, ...]

    @field_validator("ignore")
    @classmethod
    def _known(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        return _catalogued(rules)


class Settings(Noun):
    """How texts are checked.

    Arguments:
        select: the rules that are asked; empty: all but those that are off by default.
        ignore: rules that are not asked.
        severity: what a rule's findings weigh, instead of what the catalogue says.
        every: tell every place, not only the first for each concept and document.
        vocabularies: whose terms are looked for; empty: every vocabulary of words.
        words: words and abbreviations that readers know and that are spelled right (Lifecare, NSV).
        exclude: patterns of file names that are not checked.
        overrides: what else is ignored in some files.

    >>> "admitted-term" in Settings().chosen("a.docx"), "sam-usage" in Settings(ignore=("sam-usage",)).chosen("a.docx")
    (False, False)
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = Field(default_factory=dict)
    every: bool = False
    vocabularies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()

    @field_validator("select", "ignore", "severity")
    @classmethod
    def _known(cls, rules: Any) -> Any:
        return _catalogued(rules)

    def chosen(self, path: str) -> frozenset[str]:
        """Return the rules that are asked of a file."""
        selected = set(self.select) or set(RULES) - OFF
        for override in self.overrides:
            if matches(path, override.path):
                selected -= set(override.ignore)
        return frozenset(selected - set(self.ignore))


def _catalogued(rules: _Rules) -> _Rules:
    """Return rules, or the keys of what belongs to rules, if there are rules of those names."""
    unknown = [rule for rule in rules if rule not in RULES]
    if unknown:
        raise ValueError(f"no rule for texts is called {', '.join(unknown)}; there are {', '.join(RULES)}")
    return rules


def matches(path: str, pattern: str) -> bool:
    """Tell whether a file name fits a pattern: whole, or from any folder on.

    >>> matches("Rutiner/Arkiv/a.docx", "Arkiv/*"), matches("a.docx", "*.odt")
    (True, False)
    """
    name = Path(path).as_posix()
    return fnmatchcase(name, pattern) or fnmatchcase(name, f"*/{pattern}")


def find(start: Path) -> Path | None:
    """Return the nearest `termbank.toml` in a folder or above it, or None."""
    folder = start if start.is_dir() else start.parent
    return next((each / FILE for each in (folder, *folder.absolute().parents) if (each / FILE).is_file()), None)


def read(path: Path) -> Settings:
    """Read the `[check]` table of a settings file.

    Raises:
        FormatError: the file is not TOML, or has a key or value that is not known; the text names the line.
    """
    content, lines = toml.load(path)
    found = {("check", *key[1:]): line for key, line in lines.items() if key[0] == "check"}
    try:
        return Settings.model_validate(content.get("check", {}))
    except ValidationError as error:
        problems = [{**each, "loc": ("check", *each["loc"])} for each in error.errors()]
        raise FormatError("\n".join(toml.problem(path, found, each, "[check]") for each in problems)) from None


def with_options(settings: Settings, select: Iterable[str], ignore: Iterable[str], **changes: Any) -> Settings:
    """Return settings with what a command says laid over what a file says."""
    return Settings.model_validate(
        {**settings.model_dump(), **changes, **({"select": tuple(select)} if select else {}),
         "ignore": (*settings.ignore, *ignore)}
    )  # fmt: skip
