"""The rules for authors' texts: one module a kind of mistake, each asked by the id that the catalogue has."""

from importlib import import_module

from termbank.terminology.engine import Terminology
from termbank.text.annotate import Annotator
from termbank.text.hits import TextRule
from termbank.text.settings import RULES, Settings

_MODULES = {
    "deprecated-term": "statuses", "superseded-term": "statuses", "admitted-term": "statuses",
    "sam-usage": "sam_usage", "repealed-law": "laws", "unknown-code": "codes", "withdrawn-code": "codes",
    "misspelled-term": "spelling", "inconsistent-term": "consistency", "undefined-abbreviation": "abbreviations",
}  # fmt: skip


def make(terminology: Terminology, annotator: Annotator, settings: Settings) -> dict[str, TextRule]:
    """Make the rules that some file may ask for, by their ids.

    Each module has `make(rule_id, terminology, annotator, settings) -> TextRule`.
    """
    wanted = set(settings.select) if settings.select else set(RULES)
    return {
        rule_id: import_module(f"{__name__}.{module}").make(rule_id, terminology, annotator, settings)
        for rule_id, module in _MODULES.items()
        if rule_id in wanted
    }
